//! The ledger as it stands at one moment, loaded as far as a question needs it.
//!
//! What cannot be read is named in `problems`, and the rest is there: a damaged file hides no other. While it loads, no
//! writer can commit; a change set that a crash left committed but not applied is seen through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::attachment;
use super::change::{Pending, View};
use super::definitions::{Definitions, parse_toml, text_of};
use super::folder::{Folder, SCHOOL_FILE};
use super::follow_ups::{Register, Rows};
use super::naming::can_be_of_class;
use super::reading::Reading;
use super::record::{StudentFile, path_of};
use super::seal::Keys;
use super::table::Table;
use super::whose::Whose;
use crate::model::kind::{Kind, Words};
use crate::model::{
    Activity, ActivityAt, Class, Day, FollowUp, FollowUpTypes, Outcome, Place, Problem, School, Student, StudentId,
};

/// The kinds that some rule of a ledger names, by its definitions and its kinds.
pub type KindsNamed = fn(&Definitions, &BTreeMap<String, Kind>) -> Outcome<BTreeSet<String>>;

/// Which logs a question needs.
#[derive(Debug, Clone)]
pub enum Logs {
    None,
    All,
    /// Of these kinds only.
    Kinds(BTreeSet<String>),
    /// Of the kinds that a rule of the ledger names, only.
    Named(KindsNamed),
    /// The one of this kind in which an activity of this day stands, to which a row with a new id is added: what is
    /// sealed need not be opened for that, and follow-ups that have ended are left out.
    Adding {
        kind: String,
        day: Day,
    },
    /// Only the rows in which this child can be named; without `students`, the child's own file alone.
    Naming(StudentId),
    /// Of this kind only; without `students`, the children of this class alone.
    OfClass {
        kind: String,
        class: Class,
    },
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
    pub(super) sealed: Option<Table>,
    /// The rows that are sealed to others than the recipients of the school, as far as they could be opened.
    pub stale: Vec<u32>,
    pub activities: Vec<Activity>,
    /// The children of all activities, by their places in the snapshot's list.
    pub(super) whom: Vec<u32>,
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
    /// Loads what the question needs, without a key: what is sealed stays closed.
    pub fn load(folder: &Folder, need: &Need, pending: &Pending) -> Outcome<Snapshot> {
        Snapshot::load_with(folder, need, pending, &Keys::none())
    }

    /// Loads what the question needs, and opens what the keys open. The caller holds the lock, shared at least.
    pub fn load_with(folder: &Folder, need: &Need, pending: &Pending, keys: &Keys) -> Outcome<Snapshot> {
        let mut problems = Vec::new();
        let school = school(folder, pending)?;
        let view = View { folder: folder.clone(), pending: pending.clone() };
        let definitions = Definitions::of(&view);
        let (kinds, words) = (OnceLock::new(), OnceLock::new());
        let mut read = || match &need.logs {
            _ if need.students => students(folder, pending, &|_| true, &mut problems),
            Logs::OfClass { class, .. } => class_mates(folder, pending, *class, &mut problems),
            Logs::Naming(id) => one_student(folder, pending, id, &mut problems),
            _ => Vec::new(),
        };
        // Whoever asks for what is in the logs asks what it means, too: meanwhile another core reads the definitions.
        let students = match need.logs {
            Logs::All | Logs::Named(_) => {
                rayon::join(read, || (set(&kinds, definitions.kinds()), set(&words, definitions.words()))).0
            }
            _ => read(),
        };
        let named = match (&need.logs, kinds.get()) {
            (Logs::Named(named), Some(kinds)) => Some(Logs::Kinds(named(&definitions, kinds)?)),
            (Logs::Named(named), None) => Some(Logs::Kinds(named(&definitions, &definitions.kinds()?)?)),
            _ => None,
        };
        let whose = Whose::of(&students, need.students);
        let recipients: Vec<&str> = school.privacy.recipient.iter().map(|one| one.key.trim()).collect();
        let reading = Reading {
            folder,
            pending,
            need: named.as_ref().unwrap_or(&need.logs),
            school: &school,
            students: &students,
            whose: &whose,
            keys,
            recipients: &recipients,
        };
        let wanted = if matches!(need.logs, Logs::Adding { .. }) { Rows::Waiting } else { Rows::All };
        let register = || -> Outcome<(Register, Vec<Problem>)> {
            let mut problems = Vec::new();
            let bytes = pending.read(folder, FOLLOW_UPS)?;
            Ok((Register::read(FOLLOW_UPS, bytes, wanted, (keys, &recipients), &mut problems), problems))
        };
        // One log is not worth the start of a thread.
        let ((logs, of_logs), register) = match need.logs {
            Logs::All | Logs::Named(_) => rayon::join(|| reading.logs(), register),
            _ => (reading.logs(), register()),
        };
        let (register, of_register) = register?;
        problems.extend(of_logs.into_iter().chain(of_register));
        if register.has_sealed || logs.iter().any(|log| log.sealed.is_some()) {
            problems.extend(keys.recipients().err().into_iter().flat_map(|wrong| wrong.0));
        }
        Ok(Snapshot {
            school,
            students,
            logs,
            follow_ups: register.follow_ups,
            follow_up_table: register.table,
            stale_follow_ups: register.stale,
            follow_up_rows: register.rows,
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

    /// The paths of all attachments, sorted, and what stands among them that is no file of the ledger's.
    pub fn attachments(&self) -> (Vec<String>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut paths = self.view.folder.plain_files(attachment::DIR, &mut problems);
        self.view.pending.add_paths(&attachment::path_of(""), &mut paths);
        (paths, problems)
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
    let text = text_of(SCHOOL_FILE, &bytes)?;
    let school: School = parse_toml(SCHOOL_FILE, &text)?;
    let mut problems = Vec::new();
    for stretch in school.term.iter().chain(&school.holiday) {
        if stretch.until < stretch.from || !crate::model::is_id(&stretch.name) {
            let quoted = format!("\"{}\"", stretch.name);
            let line = text.lines().position(|line| line.contains(&quoted)).map_or(1, |at| at as u32 + 1);
            problems.push(Problem::data("term-wrong", Place::line(SCHOOL_FILE, line)).with("name", &stretch.name));
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
    let file: File = parse_toml(SCHOOL_FILE, &text_of(SCHOOL_FILE, &bytes).ok()?).ok()?;
    Some(file.school.language)
}

/// The students whose files can be of those that a question is about.
fn students(
    folder: &Folder,
    pending: &Pending,
    is_wanted: &(dyn Fn(&[u8]) -> bool + Sync),
    problems: &mut Vec<Problem>,
) -> Vec<StudentFile> {
    let mut paths = folder.list("students", ".toml", problems);
    pending.add_paths("students/", &mut paths);
    let read = |buffer: &mut Vec<u8>, path: &String| -> Outcome<Option<StudentFile>> {
        match pending.read_into(folder, path, buffer)? && is_wanted(buffer) {
            true => StudentFile::read(path, buffer.clone()).map(Some),
            false => Ok(None),
        }
    };
    let files: Vec<Outcome<Option<StudentFile>>> = paths.par_iter().map_init(Vec::new, read).collect();
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

fn class_mates(folder: &Folder, pending: &Pending, class: Class, problems: &mut Vec<Problem>) -> Vec<StudentFile> {
    let mut found = students(folder, pending, &|bytes| can_be_of_class(bytes, class), problems);
    found.retain(|file| file.student.class == Some(class));
    found
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
