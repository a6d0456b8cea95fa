//! Activities and follow-ups as they are entered, changed and taken back, gathered into one change set.
//!
//! An activity whose field says a problem opens a follow-up for each of its children; one that a follow-up waits for
//! closes it. Taking an activity back takes those steps back too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::ledger::snapshot::{FOLLOW_UPS, log_path};
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::kind::{FieldType, Kind, Misfit};
use crate::model::{
    Confidential, Day, FOLLOW_UP_COLUMNS, FollowUp, FollowUpTypes, IdSource, Outcome, Place, Problem, Problems, RowId,
    StudentId,
};

/// The columns that every log has, before those of its kind.
pub const COMMON_COLUMNS: [&str; 8] = ["id", "date", "students", "staff", "minutes", "attachments", "note", "void"];

/// An activity that is to be recorded. Its field values are as the ledger stores them (see [`read_fields`]).
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
    pub note: String,
    pub fields: BTreeMap<String, String>,
}

/// What a command changes in logs and the register of follow-ups.
pub struct Recording<'a> {
    snapshot: &'a Snapshot,
    types: FollowUpTypes,
    edits: BTreeMap<String, (Table, Edit)>,
    follow_ups: Cow<'a, [FollowUp]>,
    touched: BTreeMap<RowId, bool>,
    pub opened: Vec<FollowUp>,
    pub closed: Vec<FollowUp>,
}

impl<'a> Recording<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Outcome<Recording<'a>> {
        Ok(Recording {
            snapshot,
            types: snapshot.follow_up_types()?,
            edits: BTreeMap::new(),
            follow_ups: Cow::Borrowed(&snapshot.follow_ups),
            touched: BTreeMap::new(),
            opened: Vec::new(),
            closed: Vec::new(),
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
        may_keep(kind, self.snapshot)?;
        let cells = cells_of(kind, activity);
        let path = log_path(&self.snapshot.school.folder_of(activity.day), &kind.name);
        if let Some((log, row)) = self.find(&kind.name, activity.id.as_str()) {
            let same = cells.iter().all(|(column, value)| log.get(row, column) == value);
            let taken = Problem::data("id-taken", log.place(row)).with("id", &activity.id);
            return if same { Ok(false) } else { Err(taken.into()) };
        }
        self.edit(&path, kind).added.push(cells);
        self.close(kind, activity);
        self.open(kind, activity);
        Ok(true)
    }

    fn find(&self, kind: &str, id: &str) -> Option<(&Table, usize)> {
        let logs = self.snapshot.logs.iter().filter(|log| log.kind == kind);
        logs.filter_map(|log| Some((&log.table, log.table.row_of(id)?))).next()
    }

    fn edit(&mut self, path: &str, kind: &Kind) -> &mut Edit {
        let snapshot = self.snapshot;
        let table = || {
            let loaded = snapshot.logs.iter().find(|log| log.table.path == path);
            let columns = columns_of(kind);
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            loaded.map_or_else(|| Table::new(path, Vec::new()), |log| log.table.clone()).with_columns(&columns)
        };
        &mut self.edits.entry(path.to_owned()).or_insert_with(|| (table(), Edit::default())).1
    }

    /// Closes what waits for this: for each child, the follow-ups of a type that names the kind.
    fn close(&mut self, kind: &Kind, activity: &NewActivity) {
        let types: Vec<String> = self
            .types
            .iter()
            .filter(|(_, described)| described.closed_by.contains(&kind.name))
            .map(|(name, _)| name.clone())
            .collect();
        let is_closed = |follow_up: &FollowUp| {
            let meant = match &follow_up.student {
                Some(student) => activity.children.contains(student),
                None => activity.children.is_empty(),
            };
            let waits = follow_up.done.is_none() && follow_up.cancelled.is_none() && follow_up.opened <= activity.day;
            meant && waits && types.contains(&follow_up.kind)
        };
        for at in places(&self.follow_ups, is_closed) {
            let follow_up = &mut self.follow_ups.to_mut()[at];
            follow_up.done = Some(activity.day);
            follow_up.done_by = Some(activity.id.clone());
            self.touched.entry(follow_up.id.clone()).or_insert(false);
            self.closed.push(follow_up.clone());
        }
    }

    /// Opens what the activity's field asks for: one follow-up for each child, or one for the school.
    fn open(&mut self, kind: &Kind, activity: &NewActivity) {
        let Some(opens) = &kind.opens else { return };
        let value = activity.fields.get(&opens.when).map_or("", String::as_str);
        if !opens.fires(value) {
            return;
        }
        let Some(described) = self.types.get(&opens.follow_up) else { return };
        let due = activity.day.plus(i64::from(described.days));
        let what = self.said(kind, &opens.when, value);
        let children: Vec<Option<StudentId>> = match activity.children.is_empty() {
            true => vec![None],
            false => activity.children.iter().cloned().map(Some).collect(),
        };
        for student in children {
            let causes = [activity.id.as_str(), student.as_ref().map_or("", StudentId::as_str)];
            let follow_up = FollowUp {
                id: IdSource::derived_from(&causes).row(),
                kind: opens.follow_up.clone(),
                student,
                opened: activity.day,
                due,
                first_due: None,
                owner: activity.staff.clone(),
                what: what.clone(),
                opened_by: Some(activity.id.clone()),
                done: None,
                done_by: None,
                outcome: String::new(),
                cancelled: None,
                reason: String::new(),
            };
            self.add_follow_up(follow_up);
        }
    }

    /// What the activity said, in the school's language; of a confidential kind, that there is something and no more.
    fn said(&self, kind: &Kind, field: &str, value: &str) -> String {
        let language = &self.snapshot.school.school.language;
        if kind.confidential {
            return kind.label.in_language(language).to_owned();
        }
        let is_choice = kind.field(field).is_some_and(|field| field.kind == FieldType::Choice);
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
    pub fn void(&mut self, kind: &Kind, path: &str, id: &RowId, reason: &str, day: Day) {
        let change = Cells::from([("void".to_owned(), reason.to_owned())]);
        self.change(kind, path, id, change);
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
    }

    /// Changes cells of an activity. A field that begins to say a problem opens its follow-up.
    pub fn amend(&mut self, kind: &Kind, path: &str, amended: &NewActivity, change: Cells) -> Outcome<()> {
        may_keep(kind, self.snapshot)?;
        self.change(kind, path, &amended.id, change);
        let is_open = self.follow_ups.iter().any(|follow_up| follow_up.opened_by.as_ref() == Some(&amended.id));
        if !is_open {
            self.open(kind, amended);
        }
        Ok(())
    }

    fn change(&mut self, kind: &Kind, path: &str, id: &RowId, change: Cells) {
        self.edit(path, kind).changed.entry(id.to_string()).or_default().extend(change);
    }

    /// Everything that was recorded, as one change set.
    pub fn change_set(self, what: &str) -> ChangeSet {
        let mut change_set = ChangeSet::new(what);
        for (path, (table, edit)) in &self.edits {
            if !edit.is_empty() {
                change_set.write(path, table.before(), Some(table.edited(edit)));
            }
        }
        let mut edit = Edit::default();
        for follow_up in self.follow_ups.iter() {
            let cells = || -> Cells {
                FOLLOW_UP_COLUMNS.iter().map(|column| (*column).to_owned()).zip(follow_up.cells()).collect()
            };
            match self.touched.get(&follow_up.id) {
                Some(true) => edit.added.push(cells()),
                Some(false) => {
                    edit.changed.insert(follow_up.id.to_string(), cells());
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
}

/// The places of the follow-ups of which something is true: few of many, which are not copied for them.
fn places(follow_ups: &[FollowUp], is_true: impl Fn(&FollowUp) -> bool) -> Vec<usize> {
    (0..follow_ups.len()).filter(|at| is_true(&follow_ups[*at])).collect()
}

fn columns_of(kind: &Kind) -> Vec<String> {
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
    put("note", activity.note.clone());
    cells.extend(activity.fields.clone());
    cells
}

/// A confidential kind is kept only where the school has said that it may lie in the clear.
fn may_keep(kind: &Kind, snapshot: &Snapshot) -> Outcome<()> {
    if kind.confidential && snapshot.school.privacy.confidential == Confidential::Sealed {
        return Err(Problem::data("no-key", Place::file("guanai.toml")).with("kind", &kind.name).into());
    }
    Ok(())
}

/// Reads field values as typed, into those that the ledger stores. Everything that is wrong is named at once.
pub fn read_fields(
    kind: &Kind,
    typed: &BTreeMap<String, String>,
    snapshot: &Snapshot,
    place: &Place,
) -> Outcome<BTreeMap<String, String>> {
    let mut problems = Vec::new();
    let mut stored = BTreeMap::new();
    for (name, text) in typed {
        match read_field(kind, name, text, snapshot, place) {
            Ok(value) => {
                stored.insert(name.clone(), value);
            }
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(stored) } else { Err(Problems(problems)) }
}

fn read_field(kind: &Kind, name: &str, text: &str, snapshot: &Snapshot, place: &Place) -> Outcome<String> {
    let known = || kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    let problem = |code: &'static str| {
        let mut problem = Problem::data(code, place.clone()).with("field", name).with("kind", &kind.name);
        if *place == Place::Nowhere {
            problem.exit = crate::model::Exit::Usage;
        }
        problem
    };
    let field = kind.field(name).ok_or_else(|| problem("field-unknown").with("known", known()))?;
    if let Some(value) = field.stored(text) {
        return Ok(value.to_owned());
    }
    let words = snapshot.words()?;
    field.read(text, words).map_err(|misfit| {
        let problem = match misfit {
            Misfit::NotAChoice(of) => {
                let language = &snapshot.school.school.language;
                let worded = |code: &String| match words.get(code) {
                    Some(label) => format!("{code} ({})", label.in_language(language)),
                    None => code.clone(),
                };
                problem("field-choice").with("known", of.iter().map(worded).collect::<Vec<_>>().join(", "))
            }
            Misfit::NotA(kind) => problem("field-type").with("type", kind.code()),
        };
        problem.with("value", text).into()
    })
}

/// The fields that a kind asks for and that are missing or empty.
pub fn missing_fields<'a>(kind: &'a Kind, fields: &BTreeMap<String, String>) -> Vec<&'a crate::model::kind::Field> {
    let is_missing = |name: &str| fields.get(name).is_none_or(String::is_empty);
    kind.fields.iter().filter(|field| field.required && is_missing(&field.name)).collect()
}
