//! The ledger as it stands at one moment, loaded as far as a question needs it.
//!
//! What cannot be read is named in `problems`, and the rest is there: a damaged file hides no other. While it loads, no
//! writer can commit; a change set that a crash left committed but not applied is seen through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::change::{Pending, View};
use super::definitions::{Definitions, parse_toml, text_of};
use super::folder::{Folder, SCHOOL_FILE};
use super::follow_ups::follow_ups;
use super::opening::opening;
use super::record::{StudentFile, path_of};
use super::seal::{Keys, SEALED};
use super::table::Table;
use super::whose::{Whose, resolve};
use crate::model::kind::{Kind, Words};
use crate::model::{
    Activity, ActivityAt, Day, FOLLOW_UP_COLUMNS, FollowUp, FollowUpTypes, Outcome, Place, Problem, School, Seal,
    Student, StudentId,
};

/// Which logs a question needs.
#[derive(Debug, Clone)]
pub enum Logs {
    None,
    All,
    /// Of these kinds only.
    Kinds(BTreeSet<String>),
    /// Only the files in which this child can be named; without `students`, the child's own file alone.
    Naming(StudentId),
}

/// What a question needs.
#[derive(Debug, Clone)]
pub struct Need {
    pub students: bool,
    pub logs: Logs,
}

impl Need {
    pub fn everything() -> Need {
        Need { students: true, logs: Logs::All }
    }

    pub fn students() -> Need {
        Need { students: true, logs: Logs::None }
    }
}

/// One log: the activities of a kind in a term.
#[derive(Debug, Clone)]
pub struct Log {
    pub term: String,
    pub kind: String,
    /// As it reads: with the sealed cells open where a key at hand opens them.
    pub table: Table,
    /// As it lies on the disk, where it has sealed cells.
    sealed: Option<Table>,
    /// The rows that are sealed to others than the recipients of the school, as far as they could be opened.
    pub stale: Vec<u32>,
    pub activities: Vec<Activity>,
    /// The children of all activities, by their places in the snapshot's list.
    whom: Vec<u32>,
}

impl Log {
    /// The table as it lies on the disk: a change of the file is made from it.
    pub fn file(&self) -> &Table {
        self.sealed.as_ref().unwrap_or(&self.table)
    }

    /// The children of one of its activities, by their places in [`Snapshot::students`].
    pub fn students(&self, activity: &Activity) -> &[u32] {
        &self.whom[activity.first as usize..activity.end as usize]
    }
}

/// Where a value that supports a conclusion stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A row of a log.
    Activity(ActivityAt),
    /// A row of the register of follow-ups, by its place in the snapshot's list.
    FollowUp(usize),
    /// A key of a student's file, such as `guardian.0.born`; the student by its place in the list.
    Record { student: u32, key: String },
    /// A line of a register, or of another file of the ledger.
    Register { file: &'static str, line: u32 },
}

/// A ledger that has been loaded.
#[derive(Debug)]
pub struct Snapshot {
    pub school: School,
    /// Sorted by id.
    pub students: Vec<StudentFile>,
    /// Sorted by term, then kind.
    pub logs: Vec<Log>,
    pub follow_ups: Vec<FollowUp>,
    /// As it lies on the disk.
    pub follow_up_table: Table,
    /// Its rows that are sealed to others than the recipients of the school, as far as they could be opened.
    pub stale_follow_ups: Vec<u32>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    view: View,
    definitions: Definitions,
    kinds: OnceLock<BTreeMap<String, Kind>>,
    words: OnceLock<Words>,
}

impl Snapshot {
    /// Loads what the question needs, without a key: what is sealed stays closed.
    pub fn load(folder: &Folder, need: &Need, pending: &Pending) -> Outcome<Snapshot> {
        Snapshot::load_with(folder, need, pending, &Keys::none())
    }

    /// Loads what the question needs, and opens what the keys open. The caller holds the lock, shared at least.
    pub fn load_with(folder: &Folder, need: &Need, pending: &Pending, keys: &Keys) -> Outcome<Snapshot> {
        let mut problems = Vec::new();
        let school = school(folder, pending)?;
        let students = match &need.logs {
            _ if need.students => students(folder, pending, &mut problems),
            Logs::Naming(id) => one_student(folder, pending, id, &mut problems),
            _ => Vec::new(),
        };
        let whose = Whose::of(&students, need.students);
        let recipients: Vec<&str> = school.privacy.recipient.iter().map(|one| one.key.trim()).collect();
        let (children, need, finder) = (&students, &need.logs, &whose);
        let reading =
            Reading { folder, pending, need, students: children, whose: finder, keys, recipients: &recipients };
        let logs = reading.logs(&mut problems);
        let follow_up_table =
            Table::read_or_new(FOLLOW_UPS, pending.read(folder, FOLLOW_UPS)?, &["id", "type", "opened", "due"])
                .with_columns(&FOLLOW_UP_COLUMNS);
        problems.extend(follow_up_table.problems.iter().cloned());
        let opened = opening(&follow_up_table, keys, &recipients);
        let (table, seals) = opened.as_ref().map_or((&follow_up_table, &[][..]), |one| (&one.table, &one.seals[..]));
        let follow_ups = follow_ups(table, seals, &mut problems);
        problems.extend(opened.iter().flat_map(|one| one.problems.clone()));
        if opened.is_some() || logs.iter().any(|log| log.sealed.is_some()) {
            problems.extend(keys.recipients().err().into_iter().flat_map(|wrong| wrong.0));
        }
        let stale_follow_ups = opened.map(|one| one.stale).unwrap_or_default();
        let view = View { folder: folder.clone(), pending: pending.clone() };
        Ok(Snapshot {
            school,
            students,
            logs,
            follow_ups,
            follow_up_table,
            stale_follow_ups,
            problems,
            definitions: Definitions::of(&view),
            view,
            kinds: OnceLock::new(),
            words: OnceLock::new(),
        })
    }

    /// The bytes of a file of the ledger, as this snapshot sees it.
    pub fn read(&self, path: &str) -> Outcome<Option<Vec<u8>>> {
        self.view.read(path)
    }

    pub fn student(&self, at: u32) -> &Student {
        &self.students[at as usize].student
    }

    /// The place of a student in the list.
    pub fn place_of_student(&self, id: &StudentId) -> Option<u32> {
        self.students.binary_search_by(|file| file.student.id.cmp(id)).ok().map(|at| at as u32)
    }

    pub fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// Every kind of activity, by name; parsed at the first call.
    pub fn kinds(&self) -> Outcome<&BTreeMap<String, Kind>> {
        if self.kinds.get().is_none() {
            let kinds = self.definitions.kinds()?;
            return Ok(self.kinds.get_or_init(|| kinds));
        }
        Ok(self.kinds.get().expect("set above"))
    }

    /// The words of choice values; parsed at the first call.
    pub fn words(&self) -> Outcome<&Words> {
        if self.words.get().is_none() {
            let words = self.definitions.words()?;
            return Ok(self.words.get_or_init(|| words));
        }
        Ok(self.words.get().expect("set above"))
    }

    pub fn follow_up_types(&self) -> Outcome<FollowUpTypes> {
        self.definitions.follow_up_types()
    }

    pub fn activity(&self, at: ActivityAt) -> (&Log, &Activity) {
        let log = &self.logs[at.log as usize];
        (log, &log.activities[at.row as usize])
    }

    /// Every activity that counts (not void), of the logs that were loaded.
    pub fn activities(&self) -> impl Iterator<Item = (ActivityAt, &Log, &Activity)> {
        self.logs.iter().enumerate().flat_map(|(at, log)| {
            log.activities
                .iter()
                .enumerate()
                .filter(|(_, activity)| !activity.void)
                .map(move |(row, activity)| (ActivityAt { log: at as u32, row: row as u32 }, log, activity))
        })
    }

    /// The file and line of the value that supports a conclusion.
    pub fn place(&self, origin: &Origin) -> Place {
        match origin {
            Origin::Activity(at) => {
                let (log, activity) = self.activity(*at);
                log.table.place(activity.row as usize)
            }
            Origin::FollowUp(at) => {
                let row = self.follow_up_table.row_of(self.follow_ups[*at].id.as_str());
                row.map_or(Place::file(FOLLOW_UPS), |row| self.follow_up_table.place(row))
            }
            Origin::Record { student, key } => {
                let file = &self.students[*student as usize];
                Place::line(&file.path, file.line_of(key))
            }
            Origin::Register { file, line } => Place::line(file, *line),
        }
    }
}

/// The register of follow-ups.
pub const FOLLOW_UPS: &str = "registers/followups.csv";

/// The path of the log of a kind in a term.
pub fn log_path(term: &str, kind: &str) -> String {
    format!("logs/{term}/{kind}.csv")
}

/// Reads `guanai.toml` alone.
pub fn school(folder: &Folder, pending: &Pending) -> Outcome<School> {
    let bytes = pending.read(folder, SCHOOL_FILE)?.unwrap_or_default();
    let school: School = parse_toml(SCHOOL_FILE, &text_of(SCHOOL_FILE, bytes)?)?;
    let mut problems = Vec::new();
    for stretch in school.term.iter().chain(&school.holiday) {
        if stretch.until < stretch.from || !crate::model::is_id(&stretch.name) {
            problems.push(Problem::data("term-wrong", Place::file(SCHOOL_FILE)).with("name", &stretch.name));
        }
    }
    if problems.is_empty() { Ok(school) } else { Err(crate::model::Problems(problems)) }
}

fn students(folder: &Folder, pending: &Pending, problems: &mut Vec<Problem>) -> Vec<StudentFile> {
    let mut paths = folder.list("students", ".toml", problems);
    pending.add_paths("students/", &mut paths);
    let read = |path: &String| -> Outcome<Option<StudentFile>> {
        match pending.read(folder, path)? {
            Some(bytes) => StudentFile::read(path, bytes).map(Some),
            None => Ok(None),
        }
    };
    let files: Vec<Outcome<Option<StudentFile>>> = paths.par_iter().map(read).collect();
    let mut students = Vec::with_capacity(files.len());
    for file in files {
        match file {
            Ok(file) => students.extend(file),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    students.sort_by(|a, b| a.student.id.cmp(&b.student.id));
    students
}

/// The one child that a question is about.
fn one_student(folder: &Folder, pending: &Pending, id: &StudentId, problems: &mut Vec<Problem>) -> Vec<StudentFile> {
    let path = path_of(id);
    match pending.read(folder, &path) {
        Ok(Some(bytes)) => StudentFile::read(&path, bytes).map_or_else(
            |wrong| {
                problems.extend(wrong.0);
                Vec::new()
            },
            |file| vec![file],
        ),
        Ok(None) => Vec::new(),
        Err(wrong) => {
            problems.extend(wrong.0);
            Vec::new()
        }
    }
}

/// What the reading of logs needs to know.
struct Reading<'a> {
    folder: &'a Folder,
    pending: &'a Pending,
    need: &'a Logs,
    students: &'a [StudentFile],
    whose: &'a Whose,
    keys: &'a Keys,
    recipients: &'a [&'a str],
}

impl Reading<'_> {
    fn logs(&self, problems: &mut Vec<Problem>) -> Vec<Log> {
        if matches!(self.need, Logs::None) {
            return Vec::new();
        }
        let mut paths: Vec<String> = Vec::new();
        for term in self.folder.folders("logs") {
            paths.extend(self.folder.list(&format!("logs/{term}"), ".csv", problems));
        }
        self.pending.add_paths("logs/", &mut paths);
        if let Logs::Kinds(kinds) = self.need {
            paths.retain(|path| kind_of(path).is_some_and(|kind| kinds.contains(kind)));
        }
        let read: Vec<Outcome<Option<ReadLog>>> = paths.par_iter().map(|path| self.log(path)).collect();
        let mut logs = Vec::with_capacity(read.len());
        for log in read {
            match log {
                Ok(Some((log, wrong))) => {
                    problems.extend(wrong);
                    logs.push(log);
                }
                Ok(None) => {}
                Err(wrong) => problems.extend(wrong.0),
            }
        }
        logs
    }

    fn log(&self, path: &str) -> Outcome<Option<ReadLog>> {
        let Some(bytes) = self.pending.read(self.folder, path)? else { return Ok(None) };
        if let Logs::Naming(id) = self.need
            && !can_name(&bytes, id)
        {
            return Ok(None);
        }
        let term = path.split('/').nth(1).unwrap_or_default().to_owned();
        let kind = kind_of(path).unwrap_or_default().to_owned();
        let file = Table::read(path, bytes, &["id", "date"]);
        let mut problems = file.problems.clone();
        let (table, sealed, seals, stale) = match opening(&file, self.keys, self.recipients) {
            None => (file, None, Vec::new(), Vec::new()),
            Some(opening) => {
                problems.extend(opening.problems);
                (opening.table, Some(file), opening.seals, opening.stale)
            }
        };
        let activities = Vec::with_capacity(table.len());
        let mut log = Log { term, kind, activities, whom: Vec::new(), table, sealed, stale };
        fill(&mut log, &seals, self.students, self.whose, &mut problems);
        Ok(Some((log, problems)))
    }
}

/// A log, and what in it could not be read.
type ReadLog = (Log, Vec<Problem>);

fn kind_of(path: &str) -> Option<&str> {
    path.rsplit_once('/')?.1.strip_suffix(".csv")
}

/// Whether a log can name a child: by id, by class, or as one of all, or in a sealed cell. Far quicker than parsing it.
fn can_name(bytes: &[u8], id: &StudentId) -> bool {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has_sealed = header.split(|byte| *byte == b',').any(|column| column.trim_ascii() == SEALED.as_bytes());
    has_sealed
        || [id.as_str(), "class:", "all"].iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
}

fn fill(log: &mut Log, seals: &[Seal], students: &[StudentFile], whose: &Whose, problems: &mut Vec<Problem>) {
    let column = |name: &str| log.table.column(name);
    let (Some(date), whom_column, void) = (column("date"), column("students"), column("void")) else { return };
    for row in 0..log.table.len() {
        let Some(day) = Day::parse_bytes(log.table.bytes(row, date)) else {
            let value = log.table.cell(row, date).to_owned();
            problems.push(Problem::data("row-date", log.table.place(row)).with("value", value));
            continue;
        };
        let void = void.is_some_and(|void| !log.table.bytes(row, void).is_empty());
        let seal = seals.get(row).copied().unwrap_or_default();
        let first = log.whom.len() as u32;
        if let Some(column) = whom_column {
            let cell = log.table.bytes(row, column);
            match whose.by_id.get(cell) {
                Some(at) => log.whom.push(*at),
                None if cell.is_empty() => {}
                None => {
                    let cell = log.table.cell(row, column).to_owned();
                    for word in resolve(&cell, day, students, whose, &mut log.whom, first as usize) {
                        // A word that came out of a sealed cell is not said aloud.
                        let word = if seal.is_sealed() { String::new() } else { word };
                        problems.push(Problem::data("unknown-student-id", log.table.place(row)).with("value", word));
                    }
                }
            }
        }
        log.activities.push(Activity { day, row: row as u32, void, seal, first, end: log.whom.len() as u32 });
    }
}
