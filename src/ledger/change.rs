//! One command's change set: written whole, or not at all.
//!
//! The one way in which bytes reach the ledger. Under the lock: the record of the change set (what each file was, what
//! it becomes) and each file as it becomes are written beside the ledger's files and synced; one rename of the record, to
//! `.guanai/pending`, is the commit. Then each file is renamed into its place, and the record moves to `.guanai/undo/`.
//! A crash before the commit leaves the old ledger; after it, whoever comes next rolls the rest forward, and a reader
//! sees the new ledger through the record. One file alone takes a shorter way (`one_file`).

mod one_file;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::disk;
use super::folder::{Folder, STATE_DIR, disk_problem};
use super::place::knows_no_locks;
use crate::model::{Exit, Outcome, Place, Problem, Problems};

const PENDING: &str = ".guanai/pending";
const STAGED: &str = ".guanai/staged";
const UNDO_DIR: &str = ".guanai/undo";
/// The new bytes of the files of a change set wait in the ledger's own state under this name and a number.
const FILE: &str = "file-";
/// Older change sets are forgotten: they hold what records said before, and nobody takes back that many commands.
const MOST_KEPT: usize = 500;
/// The digits of the number of a change set.
const LONGEST_NUMBER: usize = 12;
/// The change set that makes a ledger. It is not taken back: a folder is thrown away by hand, not by one `undo` too many.
pub const MAKING: &str = "init";
pub(super) const LOCK: &str = ".guanai/lock";
/// The first line of a record; a record of another format is not touched.
const MAGIC: &str = "guanai change set 1\n";
/// How long a command waits for another one to finish.
const PATIENCE: Duration = Duration::from_secs(10);

/// What one command writes.
#[derive(Debug, Clone, Default)]
pub struct ChangeSet {
    /// The command, as the undo list shows it.
    pub what: String,
    pub files: Vec<FileChange>,
    /// The undo history goes with it, and it cannot be taken back: the old bytes hold what is to be nowhere any more.
    pub forgets: bool,
}

/// One file of a change set.
#[derive(Debug, Clone)]
pub struct FileChange {
    pub path: String,
    /// The bytes that the change was made from; nothing where there was no file.
    pub before: Option<Vec<u8>>,
    /// Nothing where the file goes away.
    pub after: Option<Vec<u8>>,
}

impl ChangeSet {
    pub fn new(what: &str) -> ChangeSet {
        ChangeSet { what: what.to_owned(), files: Vec::new(), forgets: false }
    }

    /// Adds a file, unless nothing about it changes.
    pub fn write(&mut self, path: &str, before: Option<Vec<u8>>, after: Option<Vec<u8>>) {
        if before != after {
            self.files.push(FileChange { path: path.to_owned(), before, after });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds a change set that was made from what this one leaves; one that was made from anything else is refused, as it
    /// would lose what stands between.
    pub fn merge(&mut self, later: &ChangeSet) -> Outcome<()> {
        for file in &later.files {
            match self.files.iter_mut().find(|own| own.path == file.path) {
                Some(own) if own.after == file.before => own.after.clone_from(&file.after),
                Some(_) => return Err(Problem::data("changed-on-disk", Place::file(&file.path)).into()),
                None => self.files.push(file.clone()),
            }
        }
        self.files.retain(|file| file.before != file.after);
        self.forgets |= later.forgets;
        Ok(())
    }
}

/// A change set that was committed before a crash and is not applied to every file yet. Empty where there is none.
#[derive(Debug, Default, Clone)]
pub struct Pending {
    files: Arc<BTreeMap<String, Patch>>,
}

/// A ledger's files as one question sees them: those on the disk, with the committed or gathered change set over them.
///
/// Whatever reads a file of the ledger for a command reads it here: a command of a batch must see what the lines before
/// it have made, or it would write over them.
#[derive(Debug, Clone)]
pub struct View {
    pub folder: Folder,
    pub pending: Pending,
}

impl View {
    /// The files on the disk alone.
    pub fn of_disk(folder: &Folder) -> View {
        View { folder: folder.clone(), pending: Pending::default() }
    }

    /// The bytes of a file, or nothing where there is no such file.
    pub fn read(&self, path: &str) -> Outcome<Option<Vec<u8>>> {
        self.pending.read(&self.folder, path)
    }
}

impl Pending {
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Sees through a change set that is gathered and not committed yet.
    pub fn of(change_set: &ChangeSet) -> Pending {
        let patch = |file: &FileChange| (file.path.clone(), Patch::of(file.before.as_deref(), file.after.as_deref()));
        Pending { files: Arc::new(change_set.files.iter().map(patch).collect()) }
    }

    /// The bytes of a file as the committed change set has them.
    pub fn read(&self, folder: &Folder, path: &str) -> Outcome<Option<Vec<u8>>> {
        let bytes = folder.read(path)?;
        match self.files.get(path) {
            Some(patch) if hash(bytes.as_deref()) == patch.before => {
                patch.apply(bytes.as_deref()).map_err(|Misfit| damaged("pending-damaged", PENDING).into())
            }
            _ => Ok(bytes),
        }
    }

    /// The same into a buffer; says whether there is such a file.
    pub(super) fn read_into(&self, folder: &Folder, path: &str, bytes: &mut Vec<u8>) -> Outcome<bool> {
        if !self.files.contains_key(path) {
            return folder.read_into(path, bytes);
        }
        let read = self.read(folder, path)?;
        let is_there = read.is_some();
        *bytes = read.unwrap_or_default();
        Ok(is_there)
    }

    /// The same into the beginning of some room, as [`Folder::read_to`]; nothing of a file that the change set changes.
    pub(super) fn read_to(&self, folder: &Folder, path: &str, room: &mut [u8]) -> Option<usize> {
        if self.files.contains_key(path) { None } else { folder.read_to(path, room) }
    }

    /// Adds files that only the committed change set knows to a sorted listing, and takes those away that go with it.
    pub fn add_paths(&self, prefix: &str, paths: &mut Vec<String>) {
        paths.retain(|path| self.files.get(path).is_none_or(Patch::becomes_a_file));
        let new = self.files.iter().filter(|(path, patch)| path.starts_with(prefix) && patch.becomes_a_file());
        let before = paths.len();
        let missing: Vec<String> =
            new.map(|(path, _)| path.clone()).filter(|path| paths.binary_search(path).is_err()).collect();
        paths.extend(missing);
        if paths.len() > before {
            paths.sort();
        }
    }
}

/// How one file changes: what stays at both ends, and what stands between before and after.
#[derive(Debug, Clone)]
struct Patch {
    before: Option<String>,
    after: Option<String>,
    prefix: usize,
    suffix: usize,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl Patch {
    fn of(before: Option<&[u8]>, after: Option<&[u8]>) -> Patch {
        let (old, new) = (before.unwrap_or_default(), after.unwrap_or_default());
        let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let suffix = old[prefix..].iter().rev().zip(new[prefix..].iter().rev()).take_while(|(a, b)| a == b).count();
        Patch {
            before: hash(before),
            after: hash(after),
            prefix,
            suffix,
            old: old[prefix..old.len() - suffix].to_vec(),
            new: new[prefix..new.len() - suffix].to_vec(),
        }
    }

    fn becomes_a_file(&self) -> bool {
        self.after.is_some()
    }

    fn apply(&self, before: Option<&[u8]>) -> Result<Option<Vec<u8>>, Misfit> {
        self.after.as_ref().map(|_| self.between(before.unwrap_or_default(), &self.old, &self.new)).transpose()
    }

    fn reverse(&self, after: Option<&[u8]>) -> Result<Option<Vec<u8>>, Misfit> {
        self.before.as_ref().map(|_| self.between(after.unwrap_or_default(), &self.new, &self.old)).transpose()
    }

    /// A record can have been written by anybody: its lengths need not be those of the file.
    fn between(&self, from: &[u8], out: &[u8], in_: &[u8]) -> Result<Vec<u8>, Misfit> {
        let parts = || {
            let (head, rest) = from.split_at_checked(self.prefix)?;
            let tail = rest.strip_prefix(out)?;
            (tail.len() == self.suffix).then(|| [head, in_, tail].concat())
        };
        parts().ok_or(Misfit)
    }
}

/// A patch does not fit the file that it says it is made from.
#[derive(Debug)]
struct Misfit;

fn damaged(code: &'static str, record: &str) -> Problem {
    Problem::data(code, Place::file(record))
}

/// The content of a file as a name; nothing for no file.
fn hash(bytes: Option<&[u8]>) -> Option<String> {
    bytes.map(|bytes| blake3::hash(bytes).to_hex().to_string())
}

#[derive(Serialize, Deserialize)]
struct RecordHead {
    what: String,
    /// The number of the change set that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undoes: Option<u64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    forgets: bool,
    at: String,
    files: Vec<RecordFile>,
}

#[derive(Serialize, Deserialize)]
struct RecordFile {
    path: String,
    before: Option<String>,
    after: Option<String>,
    prefix: usize,
    suffix: usize,
    old: usize,
    new: usize,
}

/// A change set as it is kept: for rolling forward, and then for undo.
#[derive(Debug, Clone)]
struct Record {
    what: String,
    undoes: Option<u64>,
    forgets: bool,
    at: String,
    files: Vec<(String, Patch)>,
}

impl Record {
    fn bytes(&self) -> Vec<u8> {
        let file = |(path, patch): &(String, Patch)| RecordFile {
            path: path.clone(),
            before: patch.before.clone(),
            after: patch.after.clone(),
            prefix: patch.prefix,
            suffix: patch.suffix,
            old: patch.old.len(),
            new: patch.new.len(),
        };
        let head = RecordHead {
            what: self.what.clone(),
            undoes: self.undoes,
            forgets: self.forgets,
            at: self.at.clone(),
            files: self.files.iter().map(file).collect(),
        };
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend(serde_json::to_vec(&head).expect("the head is plain data"));
        bytes.push(b'\n');
        for (_, patch) in &self.files {
            bytes.extend_from_slice(&patch.old);
            bytes.extend_from_slice(&patch.new);
        }
        let sum = blake3::hash(&bytes);
        bytes.extend_from_slice(sum.as_bytes());
        bytes
    }

    /// Reads a record; nothing where it is not whole.
    fn parse(bytes: &[u8]) -> Option<Record> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        if blake3::hash(body).as_bytes() != sum {
            return None;
        }
        let rest = body.strip_prefix(MAGIC.as_bytes())?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let head: RecordHead = serde_json::from_slice(&rest[..end]).ok()?;
        let mut data = &rest[end + 1..];
        let mut take = |length: usize| -> Option<Vec<u8>> {
            let (part, rest) = data.split_at_checked(length)?;
            data = rest;
            Some(part.to_vec())
        };
        let mut files = Vec::new();
        for file in head.files {
            let (old, new) = (take(file.old)?, take(file.new)?);
            let RecordFile { path, before, after, prefix, suffix, .. } = file;
            files.push((path, Patch { before, after, prefix, suffix, old, new }));
        }
        Some(Record { what: head.what, undoes: head.undoes, forgets: head.forgets, at: head.at, files })
    }
}

/// Whether a path of a record is one that the ledger may write: inside it, and neither its own state nor git's, whose files
/// run. Some systems take `.GIT` and `.git.` for `.git`.
pub fn is_inside(path: &str) -> bool {
    let part = |part: &str| !part.is_empty() && !part.ends_with(['.', ' ']) && !part.contains(['\\', ':', '\0']);
    let first = path.split('/').next().unwrap_or_default().to_ascii_lowercase();
    path.split('/').all(part) && !first.starts_with(STATE_DIR) && first != ".git"
}

/// The lock on a ledger. Shared for reading, alone for writing; the system lets go of it when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
    folder: Folder,
    /// What a crash left committed and not applied. A writer has rolled it forward, so that it finds none.
    pub pending: Pending,
    /// That what a crash left cannot be read: a reader sees the files as they lie, and a writer is refused.
    pub problems: Vec<Problem>,
}

impl Lock {
    /// For reading. In a folder where nothing was ever written, or that cannot be written, there is nothing to wait for.
    pub fn shared(folder: &Folder) -> Outcome<Lock> {
        let file = File::open(folder.path(LOCK)).ok();
        if let Some(file) = &file {
            // A folder that knows no locks has no writer either.
            wait(|| match file.try_lock_shared() {
                Err(TryLockError::Error(error)) if knows_no_locks(&error) => Ok(()),
                locked => locked,
            })?;
        }
        let (pending, problems) = match read_pending(folder) {
            Ok(Some(record)) => (Pending { files: Arc::new(record.files.into_iter().collect()) }, Vec::new()),
            Ok(None) => (Pending::default(), Vec::new()),
            Err(wrong) => (Pending::default(), wrong.0),
        };
        Ok(Lock { _file: file, folder: folder.clone(), pending, problems })
    }

    /// For writing: rolls a committed change set forward and throws away what was only staged.
    pub fn alone(folder: &Folder) -> Outcome<Lock> {
        disk::create_dir(folder, STATE_DIR)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.path(LOCK))
            .map_err(|error| disk_problem("unwritable", LOCK, &error))?;
        wait(|| file.try_lock())?;
        let lock =
            Lock { _file: Some(file), folder: folder.clone(), pending: Pending::default(), problems: Vec::new() };
        lock.recover()?;
        super::answers::forget(folder);
        Ok(lock)
    }

    fn recover(&self) -> Outcome<()> {
        if let Some(record) = read_pending(&self.folder)? {
            self.apply(&record)?;
            self.retire(PENDING, &record)?;
        }
        self.settle_staged()
    }

    /// Writes a change set: all of it, or none. Every file must still be as the change set was made from it.
    ///
    /// `at` is the moment, as the undo list shows it.
    pub fn commit(&self, change_set: &ChangeSet, at: &str) -> Outcome<()> {
        self.commit_record(change_set, at, None)
    }

    fn commit_record(&self, change_set: &ChangeSet, at: &str, undoes: Option<u64>) -> Outcome<()> {
        if change_set.is_empty() {
            return Ok(());
        }
        self.check_unchanged(change_set)?;
        let patch = |file: &FileChange| (file.path.clone(), Patch::of(file.before.as_deref(), file.after.as_deref()));
        let record = Record {
            what: change_set.what.clone(),
            undoes,
            forgets: change_set.forgets,
            at: at.to_owned(),
            files: change_set.files.iter().map(patch).collect(),
        };
        if let [FileChange { path, after: Some(after), .. }] = &change_set.files[..] {
            return self.commit_one_file(change_set, &record, path, after);
        }
        let steps = self.staged(&record).inspect_err(|_| self.throw_away())?;
        self.check_again(change_set)?;
        disk::rename(&self.folder, STAGED, PENDING)?;
        disk::sync_dir(&self.folder, STATE_DIR).map_err(unfinished)?;
        if let Err(wrong) = self.check_unchanged(change_set) {
            // No file is touched yet and nobody can read meanwhile: the commit is taken back.
            disk::rename(&self.folder, PENDING, STAGED).map_err(unfinished)?;
            disk::sync_dir(&self.folder, STATE_DIR).map_err(unfinished)?;
            self.throw_away();
            return Err(wrong);
        }
        self.place(&record, &steps).and_then(|()| self.retire(PENDING, &record)).map_err(unfinished)
    }

    /// Writes the record and what every file becomes beside their places, so that a full disk refuses the change set before
    /// it is committed, and the time between the last look at a file and its rename is short.
    fn staged(&self, record: &Record) -> Outcome<Vec<Step>> {
        disk::write(&self.folder, STAGED, &record.bytes())?;
        let steps = self.stage_all(record, "changed-on-disk")?;
        let written: Vec<&str> = [STAGED].into_iter().chain(steps.iter().filter_map(Step::written)).collect();
        // With the names of before: else the record of the command before, still called pending there, is written over.
        disk::sync_with_names(&self.folder, STATE_DIR, &written)?;
        Ok(steps)
    }

    /// Of a change set that is not committed. The next writer throws away what cannot be thrown away here.
    fn throw_away(&self) {
        let _ = self.settle_staged();
    }

    /// Looks once more, as close to the commit as can be: the disk took its time, and an editor may have saved meanwhile.
    fn check_again(&self, change_set: &ChangeSet) -> Outcome<()> {
        self.check_unchanged(change_set).inspect_err(|_| self.throw_away())
    }

    fn check_unchanged(&self, change_set: &ChangeSet) -> Outcome<()> {
        let mut problems = Vec::new();
        for file in &change_set.files {
            if !is_inside(&file.path) {
                problems.push(Problem::data("outside", Place::file(&file.path)));
                continue;
            }
            if let Some(link) = self.folder.link_above(&file.path) {
                problems.push(Problem::data("link", Place::file(&link)));
                continue;
            }
            match self.folder.read(&file.path) {
                Ok(bytes) if bytes == file.before => {}
                Ok(_) => problems.push(Problem::data("changed-on-disk", Place::file(&file.path))),
                Err(wrong) => problems.extend(wrong.0),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    /// Brings every file to what the record has it become. A file that is there already is left alone.
    fn apply(&self, record: &Record) -> Outcome<()> {
        // Somebody may have saved over a file between the crash and now: their bytes stay, and the change set stays undone.
        let steps = self.stage_all(record, "changed-after-crash")?;
        disk::sync_files(&self.folder, steps.iter().filter_map(Step::written).collect::<Vec<_>>().into_iter())?;
        self.place(record, &steps)
    }

    fn stage_all(&self, record: &Record, changed: &'static str) -> Outcome<Vec<Step>> {
        let staged = |(number, (path, patch)): (usize, &'_ (String, Patch))| self.stage(number, path, patch, changed);
        let files = &record.files;
        // A census makes a file a child: the system takes them from all cores.
        match files.len() > FEW_FILES {
            true => files.par_iter().enumerate().map(staged).collect(),
            false => files.iter().enumerate().map(staged).collect(),
        }
    }

    /// Renames what was staged into its place.
    fn place(&self, record: &Record, steps: &[Step]) -> Outcome<()> {
        let files = &record.files;
        let parents: BTreeSet<&str> = files.iter().filter_map(|(path, _)| Some(path.rsplit_once('/')?.0)).collect();
        parents.into_iter().try_for_each(|parent| disk::create_dir(&self.folder, parent))?;
        let mut touched = Vec::new();
        for (step, (path, _)) in steps.iter().zip(files) {
            match step {
                Step::Done => continue,
                Step::Rename(staged) => disk::rename(&self.folder, staged, path)?,
                Step::Remove => disk::remove_if_there(&self.folder, path)?,
            }
            touched.push(path.as_str());
        }
        disk::sync_parents(&self.folder, touched.into_iter())
    }

    /// Writes what a file becomes beside its place.
    fn stage(&self, number: usize, path: &str, patch: &Patch, changed: &'static str) -> Outcome<Step> {
        let bytes = self.folder.read(path)?;
        let found = hash(bytes.as_deref());
        if found == patch.after {
            return Ok(Step::Done);
        }
        if found != patch.before {
            return Err(Problem::data(changed, Place::file(path)).with("record", PENDING).into());
        }
        let after = patch.apply(bytes.as_deref()).ok().filter(|after| hash(after.as_deref()) == patch.after);
        let Some(after) = after.ok_or_else(|| damaged("pending-damaged", PENDING))? else { return Ok(Step::Remove) };
        let staged = format!("{STATE_DIR}/{FILE}{number}");
        disk::write(&self.folder, &staged, &after)?;
        Ok(Step::Rename(staged))
    }

    /// The change set that `undo` would take back: the last one that was not taken back, takes nothing back
    /// and did not make the ledger.
    ///
    /// # Errors
    /// Where the record of the last one is damaged: an older change set is not what whoever asks has in mind.
    pub fn undoable(&self) -> Outcome<Option<u64>> {
        let history = history(&self.folder);
        if let Some(last) = numbers(&self.folder).last()
            && history.last().is_none_or(|entry| entry.number != *last)
        {
            return Err(damaged("undo-damaged", &undo_path(*last)).into());
        }
        let undone: Vec<u64> = history.iter().filter_map(|entry| entry.undoes).collect();
        let own = |entry: &&Entry| entry.undoes.is_none() && !undone.contains(&entry.number) && entry.what != MAKING;
        Ok(history.iter().filter(own).map(|entry| entry.number).max())
    }

    /// The change set that takes another one back. Every file must still be as that one left it.
    pub fn undoing(&self, number: u64) -> Outcome<ChangeSet> {
        let path = undo_path(number);
        let bytes = self.folder.read(&path)?.unwrap_or_default();
        let record = Record::parse(&bytes).ok_or_else(|| damaged("undo-damaged", &path))?;
        let mut change_set = ChangeSet::new(&record.what);
        let mut problems = Vec::new();
        for (file, patch) in &record.files {
            let bytes = self.folder.read(file)?;
            if hash(bytes.as_deref()) != patch.after {
                problems.push(Problem::data("undo-changed-since", Place::file(file)).with("what", &record.what));
                continue;
            }
            let before = patch.reverse(bytes.as_deref()).ok().filter(|before| hash(before.as_deref()) == patch.before);
            change_set.write(file, bytes, before.ok_or_else(|| damaged("undo-damaged", &path))?);
        }
        if problems.is_empty() { Ok(change_set) } else { Err(Problems(problems)) }
    }

    /// Takes a change set back.
    pub fn undo(&self, number: u64, at: &str) -> Outcome<ChangeSet> {
        let change_set = self.undoing(number)?;
        self.commit_record(&change_set, at, Some(number))?;
        Ok(change_set)
    }
}

/// What the disk refused behind the commit, where the change set stands: whoever is told that it failed enters it twice.
fn unfinished(wrong: Problems) -> Problems {
    let said = |problem: Problem| match problem.exit {
        Exit::Disk => Problem { code: "unfinished", ..problem },
        _ => problem,
    };
    Problems(wrong.0.into_iter().map(said).collect())
}

/// Up to so many files are not worth the start of a thread.
const FEW_FILES: usize = 32;

/// What is left to do for a file of a change set.
enum Step {
    Done,
    /// Its new bytes lie here.
    Rename(String),
    Remove,
}

impl Step {
    fn written(&self) -> Option<&str> {
        match self {
            Step::Rename(staged) => Some(staged),
            Step::Done | Step::Remove => None,
        }
    }
}

/// One line of the undo list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: u64,
    pub at: String,
    pub what: String,
    pub undoes: Option<u64>,
    /// The files that it wrote.
    pub paths: Vec<String>,
}

/// Every change set that is kept, the oldest first.
pub fn history(folder: &Folder) -> Vec<Entry> {
    let entry = |number: u64| {
        let record = Record::parse(&folder.read(&undo_path(number)).ok()??)?;
        let paths = record.files.into_iter().map(|(path, _)| path).collect();
        Some(Entry { number, at: record.at, what: record.what, undoes: record.undoes, paths })
    };
    numbers(folder).into_iter().filter_map(entry).collect()
}

/// Of each record of the undo history that cannot be read.
pub fn damaged_records(folder: &Folder) -> Vec<Problem> {
    let is_whole =
        |number: u64| matches!(folder.read(&undo_path(number)), Ok(Some(bytes)) if Record::parse(&bytes).is_some());
    let damaged = numbers(folder).into_iter().filter(|number| !is_whole(*number));
    damaged.map(|number| self::damaged("undo-damaged", &undo_path(number))).collect()
}

fn undo_path(number: u64) -> String {
    format!("{UNDO_DIR}/{number:08}")
}

fn numbers(folder: &Folder) -> Vec<u64> {
    let Ok(entries) = std::fs::read_dir(folder.path(UNDO_DIR)) else { return Vec::new() };
    // A longer number is none that we gave, and there might be none behind it.
    let number = |name: &str| if name.len() <= LONGEST_NUMBER { name.parse().ok() } else { None };
    let mut numbers: Vec<u64> =
        entries.flatten().filter_map(|entry| number(&entry.file_name().to_string_lossy())).collect();
    numbers.sort_unstable();
    numbers
}

fn read_pending(folder: &Folder) -> Outcome<Option<Record>> {
    let Some(bytes) = folder.read(PENDING)? else { return Ok(None) };
    match Record::parse(&bytes) {
        Some(record) if record.files.iter().all(|(path, _)| is_inside(path)) => Ok(Some(record)),
        _ => Err(Problem::data("pending-damaged", Place::file(PENDING)).into()),
    }
}

fn wait(try_lock: impl Fn() -> Result<(), TryLockError>) -> Outcome<()> {
    let started = Instant::now();
    loop {
        match try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) if knows_no_locks(&error) => {
                return Err(Problem::disk("no-locks", Place::file(LOCK)).with("reason", error).into());
            }
            Err(TryLockError::Error(error)) => return Err(disk_problem("unwritable", LOCK, &error).into()),
            Err(TryLockError::WouldBlock) if started.elapsed() > PATIENCE => {
                return Err(Problem::disk("busy", Place::file(LOCK)).with("seconds", PATIENCE.as_secs()).into());
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}
