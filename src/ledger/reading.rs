//! The logs of a ledger, as far as a question needs them: which files, and what their rows say.

use std::cell::Cell;

use rayon::prelude::*;

use super::change::Pending;
use super::folder::Folder;
use super::naming::{Part, part_naming};
use super::opening::opening;
use super::record::StudentFile;
use super::seal::Keys;
use super::snapshot::{Log, Logs, log_path};
use super::table::Table;
use super::whose::{Whose, resolve};
use crate::model::{Activity, Day, Outcome, Place, Problem, School, Seal, StudentId, is_id};

/// What the reading of logs needs to know.
pub(super) struct Reading<'a> {
    pub folder: &'a Folder,
    pub pending: &'a Pending,
    pub need: &'a Logs,
    pub school: &'a School,
    pub students: &'a [StudentFile],
    pub whose: &'a Whose,
    pub keys: &'a Keys,
    /// The keys that the school names.
    pub recipients: &'a [&'a str],
}

impl Reading<'_> {
    pub fn logs(&self, problems: &mut Vec<Problem>) -> Vec<Log> {
        let paths = self.paths(problems);
        // One file is not worth the start of a thread.
        let read: Vec<Outcome<Option<ReadLog>>> = match paths.len() {
            0 | 1 => paths.iter().map(|path| self.log(path)).collect(),
            _ => paths.par_iter().map(|path| self.log(path)).collect(),
        };
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

    /// The files that can hold what the question needs.
    fn paths(&self, problems: &mut Vec<Problem>) -> Vec<String> {
        if matches!(self.need, Logs::None) {
            return Vec::new();
        }
        let mut paths: Vec<String> = Vec::new();
        // A copy of a sync folder has rows that are there already.
        for term in self.folder.folders("logs").iter().filter(|term| is_id(term)) {
            paths.extend(self.folder.list(&format!("logs/{term}"), ".csv", problems));
        }
        self.pending.add_paths("logs/", &mut paths);
        match self.need {
            Logs::OfClass { kind, .. } => paths.retain(|path| kind_of(path) == Some(kind)),
            Logs::Kinds(kinds) => paths.retain(|path| kind_of(path).is_some_and(|kind| kinds.contains(kind))),
            Logs::Adding { kind, day } => {
                let one = log_path(&self.school.folder_of(*day), kind);
                paths.retain(|path| *path == one);
            }
            Logs::None | Logs::All | Logs::Named(_) | Logs::Naming(_) => {}
        }
        paths
    }

    /// The rows of a log, as far as the question needs them; nothing where it needs none.
    fn table(&self, path: &str) -> Outcome<Option<Table>> {
        match self.need {
            Logs::Naming(id) => self.rows_naming(path, id),
            _ => Ok(self.pending.read(self.folder, path)?.map(|bytes| Table::read(path, bytes, &REQUIRED))),
        }
    }

    /// The rows that can name a child. Most logs have none, so that all of them are looked at in the same memory.
    fn rows_naming(&self, path: &str, id: &StudentId) -> Outcome<Option<Table>> {
        thread_local! {
            static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
        }
        let mut bytes = BYTES.take();
        let table = match self.pending.read_into(self.folder, path, &mut bytes)? {
            false => None,
            true => match part_naming(&bytes, id) {
                Part::Nothing => None,
                Part::Lines { text, numbers } => Some(Table::part(path, text, &numbers)),
                Part::Whole => Some(Table::read(path, bytes.clone(), &REQUIRED)),
            },
        };
        BYTES.set(bytes);
        Ok(table)
    }

    fn log(&self, path: &str) -> Outcome<Option<ReadLog>> {
        let Some(file) = self.table(path)? else { return Ok(None) };
        let term = path.split('/').nth(1).unwrap_or_default().to_owned();
        let kind = kind_of(path).unwrap_or_default().to_owned();
        let mut problems = file.problems.clone();
        if file.source().is_empty() {
            problems.push(Problem::data("file-empty", Place::file(path)));
        }
        let keys = if matches!(self.need, Logs::Adding { .. }) { &Keys::none() } else { self.keys };
        let (table, sealed, seals, stale) = match opening(&file, keys, self.recipients) {
            None => (file, None, Vec::new(), Vec::new()),
            Some(opening) => {
                problems.extend(opening.problems);
                (opening.table, Some(file), opening.seals, opening.stale)
            }
        };
        let (activities, whom) = (Vec::with_capacity(table.len()), Vec::with_capacity(table.len()));
        let mut log = Log { term, kind, activities, whom, table, sealed, stale };
        fill(&mut log, &seals, self.students, self.whose, &mut problems);
        Ok(Some((log, problems)))
    }
}

/// What a row of a log cannot be without.
const REQUIRED: [&str; 2] = ["id", "date"];

/// A log, and what in it could not be read.
type ReadLog = (Log, Vec<Problem>);

fn kind_of(path: &str) -> Option<&str> {
    path.rsplit_once('/')?.1.strip_suffix(".csv")
}

fn fill(log: &mut Log, seals: &[Seal], students: &[StudentFile], whose: &Whose, problems: &mut Vec<Problem>) {
    let column = |name: &str| log.table.column(name);
    let (Some(date), whom_column, void) = (column("date"), column("students"), column("void")) else { return };
    for row in 0..log.table.len() {
        let Some(day) = Day::parse_bytes(log.table.bytes(row, date)) else {
            if !log.table.is_blank(row) {
                let value = log.table.cell(row, date).to_owned();
                problems.push(Problem::data("row-date", log.table.place(row)).with("value", value));
            }
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
