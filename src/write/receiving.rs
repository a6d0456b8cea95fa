//! A package of another ledger, taken in: new children with what was recorded of them. What is there is never written over,
//! and the same package twice changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::handover::{ATTACHMENTS, FOLLOW_UPS, FORMAT, LOGS, MANIFEST, Manifest, SEALED_FILE, STUDENTS, SealedPart};
use super::recording::columns_of;
use super::sealing::{SEALED_COLUMNS, Sealing};
use crate::ledger::attachment::{fits, path_of};
use crate::ledger::package::Files;
use crate::ledger::record::{StudentFile, canonical, path_of as student_path};
use crate::ledger::seal::Shut;
use crate::ledger::snapshot::log_path;
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Keys, Snapshot};
use crate::model::kind::Kind;
use crate::model::{Class, Day, FollowUp, Outcome, Place, Problem, Problems, Seal, Spell, Student};

/// What is to be taken in.
pub struct Asked<'a> {
    /// The name of the package, as messages say it.
    pub file: &'a str,
    pub files: &'a Files,
    pub keys: &'a Keys,
    /// The first day at this school.
    pub since: Day,
    /// The class here, where the package's is another school's.
    pub class: Option<Class>,
}

/// What taking it in writes.
#[derive(Default)]
pub struct Received {
    pub change_set: ChangeSet,
    pub students: Vec<String>,
    /// Children who were there: their records stay as they are.
    pub known: Vec<String>,
    pub rows: usize,
    /// Rows of kinds or types that this ledger does not have.
    pub left_out: usize,
    /// Confidential records in a part that no key at hand opens.
    pub closed: usize,
}

/// Takes a package in.
///
/// # Errors
/// Where it is none, is damaged, is of a later version, or brings a child who is here under another id.
pub fn receiving(snapshot: &Snapshot, asked: &Asked) -> Outcome<Received> {
    let manifest = manifest(asked)?;
    let mut taking = Taking::of(snapshot, asked)?;
    let list = manifest.students.join(" ");
    taking.received.change_set = ChangeSet::new(&format!("student receive {list}"));
    taking.students(&manifest)?;
    taking.attachments()?;
    for (name, bytes) in asked.files.iter().filter(|(name, _)| name.starts_with(LOGS)) {
        taking.log(name, bytes)?;
    }
    if let Some(bytes) = asked.files.get(FOLLOW_UPS) {
        let table = Table::read(&taking.shown(FOLLOW_UPS), bytes.clone(), &["id", "type", "student"]);
        for row in 0..table.len() {
            taking.follow_up(&table.cells_of(row), Seal::Clear);
        }
    }
    taking.sealed(&manifest)?;
    taking.finished()
}

fn manifest(asked: &Asked) -> Outcome<Manifest> {
    let damaged = || Problem::data("receive-damaged", Place::file(asked.file)).with("part", MANIFEST);
    let bytes =
        asked.files.get(MANIFEST).ok_or_else(|| Problem::data("receive-no-package", Place::file(asked.file)))?;
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|_| damaged())?;
    match manifest.format {
        FORMAT => Ok(manifest),
        other => Err(Problem::data("receive-format", Place::file(asked.file)).with("format", other).into()),
    }
}

struct Taking<'a> {
    snapshot: &'a Snapshot,
    asked: &'a Asked<'a>,
    kinds: &'a BTreeMap<String, Kind>,
    sealing: Sealing,
    /// Whom the package may speak of.
    own: Vec<String>,
    /// The ids of rows that were taken in.
    seen: BTreeSet<String>,
    edits: BTreeMap<String, (Table, Edit)>,
    follow_ups: Edit,
    received: Received,
}

impl<'a> Taking<'a> {
    fn of(snapshot: &'a Snapshot, asked: &'a Asked<'a>) -> Outcome<Taking<'a>> {
        Ok(Taking {
            snapshot,
            asked,
            kinds: snapshot.kinds()?,
            sealing: Sealing::of(snapshot),
            own: Vec::new(),
            seen: BTreeSet::new(),
            edits: BTreeMap::new(),
            follow_ups: Edit::default(),
            received: Received::default(),
        })
    }

    fn shown(&self, part: &str) -> String {
        format!("{}/{part}", self.asked.file)
    }

    fn damaged(&self, part: &str) -> Problems {
        Problem::data("receive-damaged", Place::file(self.asked.file)).with("part", part).into()
    }

    fn students(&mut self, manifest: &Manifest) -> Outcome<()> {
        for id in &manifest.students {
            let name = format!("{STUDENTS}{id}.toml");
            let bytes = self.asked.files.get(&name).ok_or_else(|| self.damaged(&name))?;
            let file =
                StudentFile::read(&format!("students/{id}.toml"), bytes.clone()).map_err(|_| self.damaged(&name))?;
            self.student(file.student)?;
        }
        Ok(())
    }

    /// A child who is not here yet is written down as new: of this school from the day, without the consent that the
    /// guardian gave to another school, and without that school's stretches.
    fn student(&mut self, theirs: Student) -> Outcome<()> {
        let id = theirs.id.to_string();
        let path = student_path(&theirs.id);
        if let Some(at) = self.snapshot.place_of_student(&theirs.id) {
            let mine = self.snapshot.student(at);
            let other =
                mine.name != theirs.name && (mine.national_id.is_none() || mine.national_id != theirs.national_id);
            if other {
                return Err(Problem::data("id-taken", Place::file(&path)).with("id", &id).into());
            }
            self.received.known.push(id.clone());
            self.own.push(id);
            return Ok(());
        }
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let here = self.snapshot.students.iter().find(|file| {
            let one = &file.student;
            same(&one.national_id, &theirs.national_id) || same(&one.roll_number, &theirs.roll_number)
        });
        if let Some(file) = here {
            let who = crate::ledger::find::described(&file.student);
            return Err(Problem::data("student-there", Place::file(&file.path)).with("who", who).into());
        }
        let new = Student {
            class: self.asked.class.or(theirs.class),
            consent: None,
            enrolment: vec![Spell::since(self.asked.since)],
            clash: Vec::new(),
            ..theirs
        };
        self.received.change_set.write(&path, None, Some(canonical(&new).into_bytes()));
        self.received.students.push(id.clone());
        self.own.push(id);
        Ok(())
    }

    fn attachments(&mut self) -> Outcome<()> {
        for (name, bytes) in self.asked.files.iter().filter(|(name, _)| name.starts_with(ATTACHMENTS)) {
            let own = &name[ATTACHMENTS.len()..];
            if !fits(own, bytes) {
                return Err(self.damaged(name));
            }
            let path = path_of(own);
            if self.snapshot.read(&path)?.is_none() {
                self.received.change_set.write(&path, None, Some(bytes.clone()));
            }
        }
        Ok(())
    }

    fn log(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        let kind = name.rsplit('/').next().and_then(|file| file.strip_suffix(".csv")).unwrap_or_default().to_owned();
        let table = Table::read(&self.shown(name), bytes.to_vec(), &["id", "date", "students"]);
        if !table.problems.is_empty() {
            return Err(Problems(table.problems));
        }
        for row in 0..table.len() {
            self.row(&kind, table.cells_of(row))?;
        }
        Ok(())
    }

    /// One row, unless it is here or this ledger has no such kind.
    fn row(&mut self, kind: &str, mut cells: Cells) -> Outcome<()> {
        let text = |cells: &Cells, column: &str| cells.get(column).cloned().unwrap_or_default();
        let id = text(&cells, "id");
        let day: Option<Day> = text(&cells, "date").parse().ok();
        let named = text(&cells, "students");
        let is_of_them = !named.is_empty() && named.split(' ').all(|word| self.own.iter().any(|own| own == word));
        let (Some(day), true, true) = (day, crate::model::is_id(&id), is_of_them) else {
            return Err(self.damaged(&format!("{kind} {id}")));
        };
        let Some(kind) = self.kinds.get(kind) else {
            self.received.left_out += 1;
            return Ok(());
        };
        let of_kind = |log: &&crate::ledger::Log| log.kind == kind.name;
        if self.snapshot.logs.iter().filter(of_kind).any(|log| log.table.row_of(&id).is_some()) {
            return Ok(());
        }
        if !self.seen.insert(id.clone()) {
            return Err(self.damaged(&id));
        }
        self.sealing.may_keep(kind)?;
        // A column that the kind does not have would be asked about by every check.
        let columns = columns_of(kind);
        cells.retain(|column, _| columns.contains(column));
        let seals = self.sealing.seals(kind);
        let path = log_path(&self.snapshot.school.folder_of(day), &kind.name);
        let new = || {
            let names: Vec<&str> =
                if seals { SEALED_COLUMNS.to_vec() } else { columns.iter().map(String::as_str).collect() };
            let known = self.snapshot.logs.iter().find(|log| log.table.path == path);
            let table = known.map_or_else(|| Table::new(&path, Vec::new()), |log| log.file().clone());
            (table.with_columns(&names), Edit::default())
        };
        let lies = if seals { self.sealing.added(&cells, &columns) } else { cells };
        self.edits.entry(path.clone()).or_insert_with(new).1.added.push(lies);
        self.received.rows += 1;
        Ok(())
    }

    fn follow_up(&mut self, cells: &Cells, seal: Seal) {
        let text = |column: &str| cells.get(column).map_or("", String::as_str);
        let is_here = self.snapshot.follow_ups.iter().any(|one| one.id.as_str() == text("id"));
        let knows = self.snapshot.follow_up_types().is_ok_and(|types| types.contains_key(text("type")));
        let of_them = self.own.iter().any(|own| own == text("student"));
        let (Ok(id), Ok(opened), Ok(due)) = (text("id").parse(), text("opened").parse(), text("due").parse()) else {
            self.received.left_out += 1;
            return;
        };
        if is_here {
            return;
        }
        if !knows || !of_them || !self.seen.insert(format!("follow-up {}", text("id"))) {
            self.received.left_out += 1;
            return;
        }
        let one = FollowUp {
            student: text("student").parse().ok(),
            first_due: text("first-due").parse().ok(),
            owner: text("owner").to_owned(),
            what: text("what").to_owned(),
            opened_by: text("opened-by").parse().ok(),
            reason: text("reason").to_owned(),
            seal,
            ..FollowUp::new(id, text("type"), opened, due)
        };
        self.follow_ups.added.push(self.sealing.follow_up(&one, None));
        self.received.rows += 1;
    }

    /// The confidential records, where a key at hand opens them: they are sealed again for this school.
    fn sealed(&mut self, manifest: &Manifest) -> Outcome<()> {
        let Some(bytes) = self.asked.files.get(SEALED_FILE) else { return Ok(()) };
        let text = match self.asked.keys.open_file(bytes) {
            Ok(text) => text,
            Err(Shut::NoKey) => {
                self.received.closed = manifest.sealed.unwrap_or(1);
                return Ok(());
            }
            Err(Shut::Damaged) => return Err(self.damaged(SEALED_FILE)),
        };
        let part: SealedPart = serde_json::from_slice(&text).map_err(|_| self.damaged(SEALED_FILE))?;
        for row in part.rows {
            self.row(&row.kind, row.cells)?;
        }
        let seal = if self.snapshot.school.privacy.seals() { Seal::Opened } else { Seal::Clear };
        part.follow_ups.iter().for_each(|cells| self.follow_up(cells, seal));
        Ok(())
    }

    fn finished(mut self) -> Outcome<Received> {
        for (path, (table, edit)) in self.edits {
            if !table.problems.is_empty() {
                return Err(Problems(table.problems));
            }
            self.received.change_set.write(&path, table.before(), Some(table.edited(&edit)));
        }
        if !self.follow_ups.is_empty() {
            let table = &self.snapshot.follow_up_table;
            table.takes_rows()?;
            self.received.change_set.write(&table.path, table.before(), Some(table.edited(&self.follow_ups)));
        }
        Ok(self.received)
    }
}
