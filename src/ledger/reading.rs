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
use super::stretch::{Stretch, read_together};
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
    /// The logs, and what in them could not be read.
    pub fn logs(&self) -> (Vec<Log>, Vec<Problem>) {
        let mut problems = Vec::new();
        let paths = self.paths(&mut problems);
        // One file is not worth the start of a thread.
        let read: Vec<Outcome<Option<ReadLog>>> = match (paths.len(), self.need) {
            (0 | 1, _) => paths.iter().map(|path| self.log(path)).collect(),
            (_, Logs::Naming(_)) => paths.par_iter().map(|path| self.log(path)).collect(),
            _ => self.together(&paths),
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
        (logs, problems)
    }

    /// Reads logs in lots of some megabytes, each into one piece of memory.
    fn together(&self, paths: &[String]) -> Vec<Outcome<Option<ReadLog>>> {
        let size = |path: &String| self.folder.size(path).unwrap_or(0);
        let files: Vec<(&str, usize)> = paths.par_iter().map(|path| (path.as_str(), size(path))).collect();
        let lots: Vec<&[(&str, usize)]> = lots(&files).collect();
        let of_lot = |lot: &[(&str, usize)]| -> Vec<Outcome<Option<ReadLog>>> {
            let read = |path: &str, room: &mut [u8]| self.pending.read_to(self.folder, path, room);
            let whole: usize = lot.iter().map(|(_, size)| size).sum();
            let stretches = if whole < LEAST { vec![None; lot.len()] } else { read_together(lot, read) };
            let log = |((path, _), stretch): (&(&str, usize), Option<Stretch>)| match stretch {
                Some(stretch) => Ok(Some(self.log_of(path, Table::read_shared(path, stretch, &REQUIRED)))),
                None => self.log(path),
            };
            lot.par_iter().zip(stretches).map(log).collect()
        };
        lots.into_par_iter().flat_map_iter(of_lot).collect()
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
        Ok(self.table(path)?.map(|file| self.log_of(path, file)))
    }

    fn log_of(&self, path: &str, file: Table) -> ReadLog {
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
        (log, problems)
    }
}

/// How much is read into one piece of memory, and from where on that pays. Several lots keep all cores busy.
const LOT: usize = 4 << 20;
const LEAST: usize = 1 << 20;

/// Files in lots of about that size, none of them parted.
fn lots<'f, 'a>(files: &'f [(&'a str, usize)]) -> impl Iterator<Item = &'f [(&'a str, usize)]> {
    let mut filled = 0;
    files.chunk_by(move |(_, size), (_, next)| {
        filled += size;
        let fits = filled + next <= LOT;
        filled = if fits { filled } else { 0 };
        fits
    })
}

/// What a row of a log cannot be without.
const REQUIRED: [&str; 2] = ["id", "date"];

/// A log, and what in it could not be read.
type ReadLog = (Log, Vec<Problem>);

fn kind_of(path: &str) -> Option<&str> {
    path.rsplit_once('/')?.1.strip_suffix(".csv")
}

fn fill(log: &mut Log, seals: &[Seal], students: &[StudentFile], whose: &Whose, problems: &mut Vec<Problem>) {
    if log.table.column("date").is_none() {
        return;
    }
    let columns = log.table.columns(["date", "students", "void"]);
    let mut last: (&[u8], Option<Day>) = (&[], None);
    for row in 0..log.table.len() {
        let [date, whom, void] = log.table.bytes_of(row, &columns);
        // Rows stand by day: most have the day of the one before.
        if date != last.0 {
            last = (date, Day::parse_bytes(date));
        }
        let Some(day) = last.1 else {
            if !log.table.is_blank(row) {
                let value = String::from_utf8_lossy(date).into_owned();
                problems.push(Problem::data("row-date", log.table.place(row)).with("value", value));
            }
            continue;
        };
        let void = !void.is_empty();
        let seal = seals.get(row).copied().unwrap_or_default();
        let first = log.whom.len() as u32;
        if !whose.add_ids(whom, &mut log.whom) {
            let cell = std::str::from_utf8(whom).expect("a cell is text");
            for word in resolve(cell, day, students, whose, &mut log.whom, first as usize) {
                // A word that came out of a sealed cell is not said aloud.
                let word = if seal.is_sealed() { String::new() } else { word };
                problems.push(Problem::data("unknown-student-id", log.table.place(row)).with("value", word));
            }
        }
        log.activities.push(Activity { day, row: row as u32, void, seal, first, end: log.whom.len() as u32 });
    }
}
