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
use super::record::{StudentFile, path_of};
use super::table::Table;
use super::whose::{Whose, resolve};
use crate::model::kind::{Kind, Words};
use crate::model::{
    Activity, ActivityAt, Day, FOLLOW_UP_COLUMNS, FollowUp, FollowUpTypes, Outcome, Place, Problem, School, Student,
    StudentId,
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
    pub table: Table,
    pub activities: Vec<Activity>,
    /// The children of all activities, by their places in the snapshot's list.
    whom: Vec<u32>,
}

impl Log {
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
    pub follow_up_table: Table,
    /// What could not be read.
    pub problems: Vec<Problem>,
    view: View,
    definitions: Definitions,
    kinds: OnceLock<BTreeMap<String, Kind>>,
    words: OnceLock<Words>,
}

impl Snapshot {
    /// Loads what the question needs. The caller holds the lock, shared at least.
    pub fn load(folder: &Folder, need: &Need, pending: &Pending) -> Outcome<Snapshot> {
        let mut problems = Vec::new();
        let school = school(folder, pending)?;
        let students = match &need.logs {
            _ if need.students => students(folder, pending, &mut problems),
            Logs::Naming(id) => one_student(folder, pending, id, &mut problems),
            _ => Vec::new(),
        };
        let whose = Whose::of(&students, need.students);
        let logs = logs(folder, pending, &need.logs, &students, &whose, &mut problems);
        let follow_up_table =
            Table::read_or_new(FOLLOW_UPS, pending.read(folder, FOLLOW_UPS)?, &["id", "type", "opened", "due"])
                .with_columns(&FOLLOW_UP_COLUMNS);
        problems.extend(follow_up_table.problems.iter().cloned());
        let follow_ups = follow_ups(&follow_up_table, &mut problems);
        let view = View { folder: folder.clone(), pending: pending.clone() };
        Ok(Snapshot {
            school,
            students,
            logs,
            follow_ups,
            follow_up_table,
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
    let school: School = parse_toml(SCHOOL_FILE, text_of(SCHOOL_FILE, &bytes)?)?;
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

fn logs(
    folder: &Folder,
    pending: &Pending,
    need: &Logs,
    students: &[StudentFile],
    whose: &Whose,
    problems: &mut Vec<Problem>,
) -> Vec<Log> {
    if matches!(need, Logs::None) {
        return Vec::new();
    }
    let mut paths: Vec<String> = Vec::new();
    for term in folder.folders("logs") {
        paths.extend(folder.list(&format!("logs/{term}"), ".csv", problems));
    }
    pending.add_paths("logs/", &mut paths);
    if let Logs::Kinds(kinds) = need {
        paths.retain(|path| kind_of(path).is_some_and(|kind| kinds.contains(kind)));
    }
    let read = |path: &String| read_log(folder, pending, need, path, students, whose);
    let read: Vec<Outcome<Option<ReadLog>>> = paths.par_iter().map(read).collect();
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

/// A log, and what in it could not be read.
type ReadLog = (Log, Vec<Problem>);

fn kind_of(path: &str) -> Option<&str> {
    path.rsplit_once('/')?.1.strip_suffix(".csv")
}

fn read_log(
    folder: &Folder,
    pending: &Pending,
    need: &Logs,
    path: &str,
    students: &[StudentFile],
    whose: &Whose,
) -> Outcome<Option<ReadLog>> {
    let Some(bytes) = pending.read(folder, path)? else { return Ok(None) };
    if let Logs::Naming(id) = need
        && !can_name(&bytes, id)
    {
        return Ok(None);
    }
    let term = path.split('/').nth(1).unwrap_or_default().to_owned();
    let kind = kind_of(path).unwrap_or_default().to_owned();
    let table = Table::read(path, bytes, &["id", "date"]);
    let mut problems = table.problems.clone();
    let mut log = Log { term, kind, activities: Vec::with_capacity(table.len()), whom: Vec::new(), table };
    fill(&mut log, students, whose, &mut problems);
    Ok(Some((log, problems)))
}

/// Whether a log can name a child: by id, by class, or as one of all. Far quicker than parsing it.
fn can_name(bytes: &[u8], id: &StudentId) -> bool {
    [id.as_str(), "class:", "all"].iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
}

fn fill(log: &mut Log, students: &[StudentFile], whose: &Whose, problems: &mut Vec<Problem>) {
    let column = |name: &str| log.table.column(name);
    let (Some(date), whom_column, void) = (column("date"), column("students"), column("void")) else { return };
    for row in 0..log.table.len() {
        let Some(day) = Day::parse_bytes(log.table.bytes(row, date)) else {
            let value = log.table.cell(row, date).to_owned();
            problems.push(Problem::data("row-date", log.table.place(row)).with("value", value));
            continue;
        };
        let void = void.is_some_and(|void| !log.table.bytes(row, void).is_empty());
        let first = log.whom.len() as u32;
        if let Some(column) = whom_column {
            let cell = log.table.bytes(row, column);
            match whose.by_id.get(cell) {
                Some(at) => log.whom.push(*at),
                None if cell.is_empty() => {}
                None => {
                    let cell = log.table.cell(row, column).to_owned();
                    for word in resolve(&cell, day, students, whose, &mut log.whom, first as usize) {
                        problems.push(Problem::data("unknown-student-id", log.table.place(row)).with("value", word));
                    }
                }
            }
        }
        log.activities.push(Activity { day, row: row as u32, void, first, end: log.whom.len() as u32 });
    }
}

fn follow_ups(table: &Table, problems: &mut Vec<Problem>) -> Vec<FollowUp> {
    (0..table.len())
        .filter_map(|row| match follow_up(table, row) {
            Ok(follow_up) => Some(follow_up),
            Err((column, value)) => {
                problems.push(Problem::data("row-value", table.place(row)).with("column", column).with("value", value));
                None
            }
        })
        .collect()
}

fn follow_up(table: &Table, row: usize) -> Result<FollowUp, (&'static str, String)> {
    let text = |column: &'static str| table.get(row, column);
    fn some<T: std::str::FromStr>(column: &'static str, text: &str) -> Result<Option<T>, (&'static str, String)> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, text.to_owned())) }
    }
    let wanted = |column: &'static str| some::<Day>(column, text(column))?.ok_or((column, String::new()));
    Ok(FollowUp {
        id: text("id").parse().map_err(|_| ("id", text("id").to_owned()))?,
        kind: text("type").to_owned(),
        student: some("student", text("student"))?,
        opened: wanted("opened")?,
        due: wanted("due")?,
        first_due: some("first-due", text("first-due"))?,
        owner: text("owner").to_owned(),
        what: text("what").to_owned(),
        opened_by: some("opened-by", text("opened-by"))?,
        done: some("done", text("done"))?,
        done_by: some("done-by", text("done-by"))?,
        outcome: text("outcome").to_owned(),
        cancelled: some("cancelled", text("cancelled"))?,
        reason: text("reason").to_owned(),
    })
}
