//! Activities and follow-ups as they are entered, changed and taken back, gathered into one change set.
//!
//! An activity whose field says a problem opens a follow-up for each of its children; one that a follow-up waits for
//! closes it. Taking an activity back takes those steps back too.

mod settle;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::sealing::{SEALED_COLUMNS, Sealing};
pub use super::values::{missing_fields, read_fields};
use crate::ledger::seal::SEALED;
use crate::ledger::snapshot::{FOLLOW_UPS, log_path};
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Log, Snapshot};
use crate::model::kind::{FieldType, Kind, Opens, is_named};
use crate::model::{Day, FollowUp, FollowUpTypes, IdSource, Outcome, Place, Problem, RowId, Seal, StudentId};

/// The columns that every log has, before those of its kind.
pub const COMMON_COLUMNS: [&str; 8] = ["id", "date", "students", "staff", "minutes", "attachments", "note", "void"];

/// An activity that is to be recorded. Its field values are as the ledger stores them (see [`read_fields`](super::values::read_fields)).
#[derive(Debug, Clone)]
pub struct NewActivity {
    pub id: RowId,
    pub day: Day,
    /// The cell: ids, `class:…`, `all`, `-absent`.
    pub students: String,
    /// The children by name, for whom follow-ups are opened and closed.
    pub children: Vec<StudentId>,
    pub staff: String,
    pub minutes: Option<u32>,
    /// The names of attachments, parted by blanks.
    pub attachments: String,
    pub note: String,
    pub fields: BTreeMap<String, String>,
}

/// What a command changes in logs and the register of follow-ups.
pub struct Recording<'a> {
    pub(super) snapshot: &'a Snapshot,
    types: FollowUpTypes,
    sealing: Sealing,
    edits: BTreeMap<String, LogEdit>,
    follow_ups: Cow<'a, [FollowUp]>,
    touched: BTreeMap<RowId, bool>,
    /// The rows of each kind by id, from the second time that one is looked for: a sheet asks for thousands.
    ids: BTreeMap<String, BTreeMap<&'a str, (&'a Log, usize)>>,
    looked: bool,
    pub opened: Vec<FollowUp>,
    pub closed: Vec<FollowUp>,
    /// Given up, as what asked for them was amended.
    pub given_up: Vec<FollowUp>,
    /// How many closed follow-ups wait for such an activity, of a child that cannot be known without the key.
    pub may_close: usize,
}

/// What is changed in one log. The cells are as they were entered, and sealed when the change set is made.
struct LogEdit {
    table: Table,
    edit: Edit,
    /// The columns that a sealed row has inside, in order; nothing where the rows lie in the clear.
    sealed: Option<Vec<String>>,
}

impl<'a> Recording<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Outcome<Recording<'a>> {
        let sealing = Sealing::of(snapshot);
        snapshot.follow_up_table.takes_rows()?;
        if snapshot.follow_ups.iter().any(|one| one.seal.is_sealed()) {
            sealing.recipients()?;
        }
        Ok(Recording {
            snapshot,
            sealing,
            types: snapshot.follow_up_types()?,
            edits: BTreeMap::new(),
            follow_ups: Cow::Borrowed(&snapshot.follow_ups),
            touched: BTreeMap::new(),
            ids: BTreeMap::new(),
            looked: false,
            opened: Vec::new(),
            closed: Vec::new(),
            given_up: Vec::new(),
            may_close: 0,
        })
    }

    /// The follow-ups as they stand with what was recorded so far.
    pub fn follow_ups(&self) -> &[FollowUp] {
        &self.follow_ups
    }

    pub fn types(&self) -> &FollowUpTypes {
        &self.types
    }

    /// Records an activity. One with this id that says the same is there already: nothing happens, and `false` is given.
    pub fn add(&mut self, kind: &Kind, activity: &NewActivity) -> Outcome<bool> {
        self.sealing.may_keep(kind)?;
        names_nobody(kind, activity)?;
        let cells = cells_of(kind, activity);
        let path = log_path(&self.snapshot.school.folder_of(activity.day), &kind.name);
        if let Some((log, row)) = self.find(&kind.name, activity.id.as_str()) {
            needs_key(log, row)?;
            let same = cells.iter().all(|(column, value)| log.table.get(row, column) == value);
            let taken = Problem::data("id-taken", log.table.place(row)).with("id", &activity.id);
            return if same { Ok(false) } else { Err(taken.into()) };
        }
        self.takes_rows(&path)?;
        self.edit(&path, kind).added.push(cells);
        self.close(kind, activity);
        self.open(kind, activity);
        self.judge(kind, activity)?;
        Ok(true)
    }

    fn find(&mut self, kind: &str, id: &str) -> Option<(&'a Log, usize)> {
        let snapshot = self.snapshot;
        let mut logs = snapshot.logs.iter().filter(|log| log.kind == kind);
        if !std::mem::replace(&mut self.looked, true) {
            return logs.find_map(|log| Some((log, log.table.row_of(id)?)));
        }
        if !self.ids.contains_key(kind) {
            let rows = logs.flat_map(|log| (0..log.table.len()).map(move |row| (log.table.get(row, "id"), (log, row))));
            self.ids.insert(kind.to_owned(), rows.collect());
        }
        self.ids[kind].get(id).copied()
    }

    /// Whether rows of a kind are sealed.
    pub fn seals(&self, kind: &Kind) -> bool {
        self.sealing.seals(kind)
    }

    /// Whether follow-ups of a type are sealed when a person adds them: where only confidential kinds open it, that there is
    /// one tells what happened to the child.
    pub fn seals_type(&self, follow_up: &str) -> Outcome<bool> {
        let kinds = self.snapshot.kinds()?.values();
        let opening: Vec<&Kind> =
            kinds.filter(|kind| kind.opens.iter().any(|opens| opens.follow_up == follow_up)).collect();
        Ok(!opening.is_empty()
            && opening.iter().all(|kind| self.sealing.seals(kind))
            && self.sealing.recipients().is_ok())
    }

    /// The rows of a kind that say the same as an activity, whatever their ids. Needs the key of rows that are sealed.
    pub fn same_as(&self, kind: &Kind, activity: &NewActivity) -> Outcome<Vec<RowId>> {
        let mut cells = cells_of(kind, activity);
        cells.remove("id");
        let mut found = Vec::new();
        for log in self.snapshot.logs.iter().filter(|log| log.kind == kind.name) {
            for one in log.activities.iter().filter(|one| one.day == activity.day) {
                let row = one.row as usize;
                needs_key(log, row)?;
                if cells.iter().all(|(column, value)| column == "void" || log.table.get(row, column) == value) {
                    found.extend(log.table.get(row, "id").parse().ok());
                }
            }
        }
        Ok(found)
    }

    fn edit(&mut self, path: &str, kind: &Kind) -> &mut Edit {
        let (snapshot, seals) = (self.snapshot, self.sealing.seals(kind));
        let table = || {
            let loaded = snapshot.logs.iter().find(|log| log.table.path == path);
            let own = columns_of(kind);
            let columns: Vec<&str> =
                if seals { SEALED_COLUMNS.to_vec() } else { own.iter().map(String::as_str).collect() };
            loaded.map_or_else(|| Table::new(path, Vec::new()), |log| log.file().clone()).with_columns(&columns)
        };
        let edit = || LogEdit { table: table(), edit: Edit::default(), sealed: seals.then(|| columns_of(kind)) };
        &mut self.edits.entry(path.to_owned()).or_insert_with(edit).edit
    }

    /// Closes what waits for this: for each child, the follow-ups of a type that names the kind.
    fn close(&mut self, kind: &Kind, activity: &NewActivity) {
        let types: Vec<String> = self
            .types
            .iter()
            .filter(|(name, described)| {
                described.closed_by.contains(&kind.name) && !kind.still_waits(name, |field| field_of(activity, field))
            })
            .map(|(name, _)| name.clone())
            .collect();
        let waits = |follow_up: &FollowUp| {
            let open = follow_up.done.is_none() && follow_up.cancelled.is_none() && follow_up.opened <= activity.day;
            open && types.contains(&follow_up.kind)
        };
        for at in places(&self.follow_ups, waits) {
            let meant = match &self.follow_ups[at] {
                follow_up if follow_up.seal.is_closed() => {
                    self.may_close += 1;
                    false
                }
                FollowUp { student: Some(student), .. } => activity.children.contains(student),
                FollowUp { student: None, .. } => activity.children.is_empty(),
            };
            if meant {
                let follow_up = &mut self.follow_ups.to_mut()[at];
                follow_up.done = Some(activity.day);
                follow_up.done_by = Some(activity.id.clone());
                self.touched.entry(follow_up.id.clone()).or_insert(false);
                self.closed.push(follow_up.clone());
            }
        }
    }

    /// Opens what the activity asks for: of each type one follow-up for each child, or one for the school.
    fn open(&mut self, kind: &Kind, activity: &NewActivity) {
        for (nth, opens) in kind.opens.iter().enumerate() {
            if opens.fires_on(|field| field_of(activity, field)) && !self.has_opened(&activity.id, &opens.follow_up) {
                self.open_for_each(kind, activity, opens, nth);
            }
        }
    }

    fn has_opened(&self, id: &RowId, kind: &str) -> bool {
        self.follow_ups.iter().any(|one| one.opened_by.as_ref() == Some(id) && one.kind == kind)
    }

    fn open_for_each(&mut self, kind: &Kind, activity: &NewActivity, opens: &Opens, nth: usize) {
        let Some(described) = self.types.get(&opens.follow_up) else { return };
        let seal = if self.sealing.seals(kind) { Seal::Opened } else { Seal::Clear };
        let said = opens.due.as_ref().and_then(|field| activity.fields.get(field)?.parse::<Day>().ok());
        let due = said.unwrap_or_else(|| activity.day.plus(i64::from(described.days))).max(activity.day);
        let owner = opens.owner.as_ref().map_or("", |field| field_of(activity, field));
        let owner = if owner.is_empty() { activity.staff.clone() } else { owner.to_owned() };
        let what = self.said(kind, activity, opens);
        let children: Vec<Option<StudentId>> = match activity.children.is_empty() {
            true => vec![None],
            false => activity.children.iter().cloned().map(Some).collect(),
        };
        for student in children {
            let mut causes = vec![activity.id.as_str(), student.as_ref().map_or("", StudentId::as_str)];
            // The first type is not among the causes, so that ids stay what they are where a kind opens one only.
            causes.extend((nth > 0).then_some(opens.follow_up.as_str()));
            // An id that follows from the child's would tell whom it concerns to whoever tries every child.
            let mut ids = if seal.is_sealed() { IdSource::Random } else { IdSource::derived_from(&causes) };
            let follow_up = FollowUp {
                student,
                owner: owner.clone(),
                what: what.clone(),
                opened_by: Some(activity.id.clone()),
                seal,
                ..FollowUp::new(ids.row(), &opens.follow_up, activity.day, due)
            };
            self.add_follow_up(follow_up);
        }
    }

    /// What the activity said, in the school's language; of a confidential kind, that there is something and no more.
    fn said(&self, kind: &Kind, activity: &NewActivity, opens: &Opens) -> String {
        let language = &self.snapshot.school.school.language;
        let field = opens.when.as_deref().and_then(|name| kind.field(name));
        let value = field.map_or("", |field| field_of(activity, &field.name));
        if kind.confidential || value.is_empty() {
            return kind.label.in_language(language).to_owned();
        }
        let is_choice = field.is_some_and(|field| field.kind == FieldType::Choice);
        let words = self.snapshot.words().ok().and_then(|words| words.get(value)).filter(|_| is_choice);
        words.map_or_else(|| value.to_owned(), |label| label.in_language(language).to_owned())
    }

    /// Adds a follow-up.
    pub fn add_follow_up(&mut self, follow_up: FollowUp) {
        self.touched.insert(follow_up.id.clone(), true);
        self.opened.push(follow_up.clone());
        self.follow_ups.to_mut().push(follow_up);
    }

    /// Changes a follow-up.
    pub fn change_follow_up(&mut self, id: &RowId, change: impl FnOnce(&mut FollowUp)) {
        if let Some(at) = self.follow_ups.iter().position(|follow_up| follow_up.id == *id) {
            change(&mut self.follow_ups.to_mut()[at]);
            self.touched.entry(id.clone()).or_insert(false);
        }
    }

    /// Takes an activity back, with the follow-ups that it opened, and opens again what it closed.
    pub fn void(&mut self, kind: &Kind, log: &Log, id: &RowId, reason: &str, day: Day) -> Outcome<()> {
        let row = log.table.row_of(id.as_str());
        if self.sealing.seals(kind) || row.is_some_and(|row| !log.file().get(row, SEALED).is_empty()) {
            self.sealing.recipients()?;
        }
        self.may_have_closed(kind, log, row)?;
        self.takes_rows(&log.table.path)?;
        self.is_whole(&log.table.path, id)?;
        let change = Cells::from([("void".to_owned(), reason.to_owned())]);
        self.change(kind, &log.table.path, id, change);
        let is_of_it =
            |follow_up: &FollowUp| follow_up.opened_by.as_ref() == Some(id) || follow_up.done_by.as_ref() == Some(id);
        for at in places(&self.follow_ups, is_of_it) {
            let follow_up = &mut self.follow_ups.to_mut()[at];
            if follow_up.opened_by.as_ref() == Some(id) && follow_up.cancelled.is_none() {
                follow_up.cancelled = Some(day.max(follow_up.opened));
                follow_up.reason = reason.to_owned();
                self.touched.entry(follow_up.id.clone()).or_insert(false);
            }
            if follow_up.done_by.as_ref() == Some(id) {
                follow_up.done = None;
                follow_up.done_by = None;
                self.touched.entry(follow_up.id.clone()).or_insert(false);
            }
        }
        Ok(())
    }

    /// Which activity has closed a sealed follow-up stands inside it: one that might have done so is not taken back without
    /// the key, as the follow-up would stay done.
    fn may_have_closed(&self, kind: &Kind, log: &Log, row: Option<usize>) -> Outcome<()> {
        let Some(row) = row else { return Ok(()) };
        let closes = |one: &FollowUp| self.types.get(&one.kind).is_some_and(|of| of.closed_by.contains(&kind.name));
        let day = log.table.get(row, "date").parse::<Day>().ok();
        let may = |one: &&FollowUp| one.seal.is_closed() && one.done.is_some() && one.done == day && closes(one);
        match self.follow_ups.iter().find(may) {
            Some(one) => Err(closed(log.table.place(row), one.id.as_str()).into()),
            None => Ok(()),
        }
    }

    /// Changes cells of an activity. A field that begins to say a problem opens its follow-up.
    pub fn amend(&mut self, kind: &Kind, path: &str, amended: &NewActivity, change: Cells) -> Outcome<()> {
        self.sealing.may_keep(kind)?;
        names_nobody(kind, amended)?;
        if let Some((log, row)) = self.find(&kind.name, amended.id.as_str()) {
            needs_key(log, row)?;
        }
        // What a person has decided of a finding stands while what it rests on is the same.
        let measures = self.snapshot.definitions().health_rules(kind)?.map_or_else(Vec::new, |rules| rules.fields());
        let is_other = change.keys().any(|key| key == "date" || key == "students" || measures.contains(key));
        self.takes_rows(path)?;
        self.is_whole(path, &amended.id)?;
        self.change(kind, path, &amended.id, change);
        self.reopen(kind, amended);
        self.open(kind, amended);
        if is_other { self.judge(kind, amended) } else { Ok(()) }
    }

    /// Changes cells of an activity that say no more than what became of it: nothing is opened or closed.
    pub fn mark(&mut self, kind: &Kind, path: &str, id: &RowId, change: Cells) -> Outcome<()> {
        self.sealing.may_keep(kind)?;
        self.takes_rows(path)?;
        self.is_whole(path, id)?;
        self.change(kind, path, id, change);
        Ok(())
    }

    /// A log in which a row would be lost is not written to before a person has mended it.
    fn takes_rows(&self, path: &str) -> Outcome<()> {
        let log = self.snapshot.logs.iter().find(|log| log.table.path == path);
        log.map_or(Ok(()), |log| log.file().takes_rows())
    }

    /// A row that is written anew has as many cells as there are columns: of one with more, some would be lost.
    fn is_whole(&self, path: &str, id: &RowId) -> Outcome<()> {
        let Some(log) = self.snapshot.logs.iter().find(|log| log.table.path == path) else { return Ok(()) };
        let place = log.file().row_of(id.as_str()).map(|row| log.file().place(row));
        let is_of_it = |problem: &&Problem| problem.code == "row-width" && Some(&problem.place) == place.as_ref();
        log.file().problems.iter().find(is_of_it).map_or(Ok(()), |problem| Err(problem.clone().into()))
    }

    fn change(&mut self, kind: &Kind, path: &str, id: &RowId, change: Cells) {
        self.edit(path, kind).changed.entry(id.to_string()).or_default().extend(change);
    }

    /// The logs of some kinds as they will be, by path.
    pub fn tables_of(&self, kinds: &BTreeSet<String>) -> Vec<(String, Vec<u8>)> {
        let of_kinds = |path: &str| {
            let file = path.rsplit('/').next().and_then(|file| file.strip_suffix(".csv"));
            file.is_some_and(|kind| kinds.contains(kind))
        };
        let changed = self.edits.iter().filter(|(path, edit)| !edit.edit.is_empty() && of_kinds(path));
        changed.map(|(path, edit)| (path.clone(), edit.table.edited(&edit.edit))).collect()
    }

    /// Everything that was recorded, as one change set.
    pub fn change_set(self, what: &str) -> ChangeSet {
        let mut change_set = ChangeSet::new(what);
        for (path, edit) in self.edits.iter().filter(|(_, edit)| !edit.edit.is_empty()) {
            let after = match &edit.sealed {
                Some(columns) => {
                    // What lay in the clear would go on lying there in the undo history.
                    change_set.forgets |= edit.edit.changed.keys().any(|id| lies_clear(&edit.table, id));
                    edit.table.edited(&self.sealed(path, &edit.edit, columns))
                }
                None => edit.table.edited(&edit.edit),
            };
            change_set.write(path, edit.table.before(), Some(after));
        }
        let mut edit = Edit::default();
        for follow_up in self.follow_ups.iter() {
            match self.touched.get(&follow_up.id) {
                Some(true) => edit.added.push(self.sealing.follow_up(follow_up, None)),
                Some(false) => {
                    let before = self.snapshot.follow_ups.iter().find(|one| one.id == follow_up.id);
                    edit.changed.insert(follow_up.id.to_string(), self.sealing.follow_up(follow_up, before));
                }
                None => {}
            }
        }
        if !edit.is_empty() {
            let table = &self.snapshot.follow_up_table;
            change_set.write(FOLLOW_UPS, table.before(), Some(table.edited(&edit)));
        }
        change_set
    }

    /// An edit of a log whose rows are sealed, as it changes the file.
    fn sealed(&self, path: &str, edit: &Edit, columns: &[String]) -> Edit {
        let log = self.snapshot.logs.iter().find(|log| log.table.path == path);
        let changed = edit.changed.iter().filter_map(|(id, change)| {
            let log = log?;
            Some((id.clone(), self.sealing.changed(log, log.table.row_of(id)?, change)))
        });
        Edit {
            added: edit.added.iter().map(|cells| self.sealing.added(cells, columns)).collect(),
            changed: changed.collect(),
        }
    }
}

/// What only a key would show, where there is none.
pub fn closed(place: Place, id: &str) -> Problem {
    Problem::data("seal-closed", place).with("id", id)
}

fn lies_clear(file: &Table, id: &str) -> bool {
    file.row_of(id).is_some_and(|row| file.get(row, SEALED).is_empty())
}

fn needs_key(log: &Log, row: usize) -> Outcome<()> {
    let one = log.activities.iter().find(|one| one.row as usize == row);
    match one.is_some_and(|one| one.seal.is_closed()) {
        true => Err(closed(log.table.place(row), log.table.get(row, "id")).into()),
        false => Ok(()),
    }
}

/// The places of the follow-ups of which something is true: few of many, which are not copied for them.
fn places(follow_ups: &[FollowUp], is_true: impl Fn(&FollowUp) -> bool) -> Vec<usize> {
    (0..follow_ups.len()).filter(|at| is_true(&follow_ups[*at])).collect()
}

/// The columns of a kind's log, where its rows lie in the clear.
pub fn columns_of(kind: &Kind) -> Vec<String> {
    let own = kind.fields.iter().map(|field| field.name.clone());
    COMMON_COLUMNS.iter().map(|column| (*column).to_owned()).chain(own).collect()
}

fn cells_of(kind: &Kind, activity: &NewActivity) -> Cells {
    let mut cells: Cells = columns_of(kind).into_iter().map(|column| (column, String::new())).collect();
    let mut put = |column: &str, value: String| cells.insert(column.to_owned(), value);
    put("id", activity.id.to_string());
    put("date", activity.day.to_string());
    put("students", activity.students.clone());
    put("staff", activity.staff.clone());
    put("minutes", activity.minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
    put("attachments", activity.attachments.clone());
    put("note", activity.note.clone());
    cells.extend(activity.fields.clone());
    cells
}

fn field_of<'a>(activity: &'a NewActivity, name: &str) -> &'a str {
    activity.fields.get(name).map_or("", String::as_str)
}

/// A record of a case without identity has no students.
fn names_nobody(kind: &Kind, activity: &NewActivity) -> Outcome<()> {
    match kind.anonymous && !activity.students.is_empty() {
        true => Err(Problem::usage("kind-anonymous").with("kind", &kind.name).into()),
        false => Ok(()),
    }
}

/// The names of children that stand in the words of an activity, of a kind that shall name none.
pub fn named_in(kind: &Kind, activity: &NewActivity, snapshot: &Snapshot) -> Vec<String> {
    if !kind.anonymous {
        return Vec::new();
    }
    let texts: Vec<&String> = activity.fields.values().chain([&activity.note]).collect();
    let students = snapshot.students.iter().map(|file| &file.student.name);
    students.filter(|name| texts.iter().any(|text| is_named(text, name))).cloned().collect()
}
