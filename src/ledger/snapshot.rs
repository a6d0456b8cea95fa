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
    /// The one of this kind in which an activity of this day stands.
    One {
        kind: String,
        day: Day,
    },
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
    /// The row of the table that each follow-up stands in.
    follow_up_rows: Vec<u32>,
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
        let paths = log_paths(folder, pending, &need.logs, &school, &mut problems);
        let view = View { folder: folder.clone(), pending: pending.clone() };
        let definitions = Definitions::of(&view);
        let mut read = || logs(folder, pending, &need.logs, &paths, &students, &whose, &mut problems);
        let (kinds, words) = (OnceLock::new(), OnceLock::new());
        // Whoever asks for all logs asks what is in them, too: meanwhile another core reads the definitions.
        let logs = match need.logs {
            Logs::All => rayon::join(read, || (set(&kinds, definitions.kinds()), set(&words, definitions.words()))).0,
            _ => read(),
        };
        let follow_up_table =
            Table::read_or_new(FOLLOW_UPS, pending.read(folder, FOLLOW_UPS)?, &["id", "type", "opened", "due"])
                .with_columns(&FOLLOW_UP_COLUMNS);
        problems.extend(follow_up_table.problems.iter().cloned());
        let (follow_ups, follow_up_rows) = follow_ups(&follow_up_table, &mut problems);
        Ok(Snapshot {
            school,
            students,
            logs,
            follow_ups,
            follow_up_table,
            follow_up_rows,
            problems,
            definitions,
            view,
            kinds,
            words,
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
            Origin::FollowUp(at) => self.follow_up_table.place(self.follow_up_rows[*at] as usize),
            Origin::Record { student, key } => {
                let file = &self.students[*student as usize];
                Place::line(&file.path, file.line_of(key))
            }
            Origin::Register { file, line } => Place::line(file, *line),
        }
    }
}

/// Keeps what could be read; whoever asks for what could not is told why.
fn set<T>(place: &OnceLock<T>, read: Outcome<T>) {
    if let Ok(read) = read {
        let _ = place.set(read);
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

/// The language that a ledger's `guanai.toml` names, whatever else in it may be wrong.
pub fn language(view: &View) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct File {
        school: Named,
    }
    #[derive(serde::Deserialize)]
    struct Named {
        language: String,
    }
    let bytes = view.read(SCHOOL_FILE).ok()??;
    let file: File = parse_toml(SCHOOL_FILE, std::str::from_utf8(&bytes).ok()?).ok()?;
    Some(file.school.language)
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

/// The files that can hold what a question needs.
fn log_paths(
    folder: &Folder,
    pending: &Pending,
    need: &Logs,
    school: &School,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    if matches!(need, Logs::None) {
        return Vec::new();
    }
    let mut paths: Vec<String> = Vec::new();
    for term in folder.folders("logs") {
        paths.extend(folder.list(&format!("logs/{term}"), ".csv", problems));
    }
    pending.add_paths("logs/", &mut paths);
    match need {
        Logs::Kinds(kinds) => paths.retain(|path| kind_of(path).is_some_and(|kind| kinds.contains(kind))),
        Logs::One { kind, day } => {
            let one = log_path(&school.folder_of(*day), kind);
            paths.retain(|path| *path == one);
        }
        Logs::None | Logs::All | Logs::Naming(_) => {}
    }
    paths
}

fn logs(
    folder: &Folder,
    pending: &Pending,
    need: &Logs,
    paths: &[String],
    students: &[StudentFile],
    whose: &Whose,
    problems: &mut Vec<Problem>,
) -> Vec<Log> {
    let read = |path: &String| read_log(folder, pending, need, path, students, whose);
    // One file is not worth the start of a thread.
    let read: Vec<Outcome<Option<ReadLog>>> =
        if paths.len() < 2 { paths.iter().map(read).collect() } else { paths.par_iter().map(read).collect() };
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
    let mut log =
        Log { term, kind, activities: Vec::with_capacity(table.len()), whom: Vec::with_capacity(table.len()), table };
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

/// The follow-ups of a register, and the row that each stands in.
fn follow_ups(table: &Table, problems: &mut Vec<Problem>) -> (Vec<FollowUp>, Vec<u32>) {
    let columns = FOLLOW_UP_COLUMNS.map(|name| (name, table.column(name)));
    let mut found = (Vec::with_capacity(table.len()), Vec::with_capacity(table.len()));
    for row in 0..table.len() {
        match follow_up(&FollowUpRow { table, columns: &columns, row }) {
            Ok(follow_up) => {
                found.0.push(follow_up);
                found.1.push(row as u32);
            }
            Err((column, value)) => {
                problems.push(Problem::data("row-value", table.place(row)).with("column", column).with("value", value));
            }
        }
    }
    found
}

/// A row of the register, with the places of its columns.
struct FollowUpRow<'a> {
    table: &'a Table,
    columns: &'a [(&'static str, Option<usize>)],
    row: usize,
}

/// The column whose value cannot be read, and the value.
type Unread = (&'static str, String);

impl<'a> FollowUpRow<'a> {
    fn text(&self, column: &str) -> &'a str {
        let found = self.columns.iter().find(|(name, _)| *name == column);
        found.and_then(|(_, at)| *at).map_or("", |at| self.table.cell(self.row, at))
    }

    fn some<T: std::str::FromStr>(&self, column: &'static str) -> Result<Option<T>, Unread> {
        let text = self.text(column);
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, text.to_owned())) }
    }

    fn wanted<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, Unread> {
        self.text(column).parse().map_err(|_| (column, self.text(column).to_owned()))
    }
}

fn follow_up(row: &FollowUpRow) -> Result<FollowUp, Unread> {
    Ok(FollowUp {
        id: row.wanted("id")?,
        kind: row.text("type").to_owned(),
        student: row.some("student")?,
        opened: row.wanted("opened")?,
        due: row.wanted("due")?,
        first_due: row.some("first-due")?,
        owner: row.text("owner").to_owned(),
        what: row.text("what").to_owned(),
        opened_by: row.some("opened-by")?,
        done: row.some("done")?,
        done_by: row.some("done-by")?,
        outcome: row.text("outcome").to_owned(),
        cancelled: row.some("cancelled")?,
        reason: row.text("reason").to_owned(),
    })
}
