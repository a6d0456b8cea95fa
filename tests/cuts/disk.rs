//! A disk that loses power: from the calls that a command made, every state in which its folder may be found.
//!
//! What was synced is there. Of the rest anything may be: each entry of a folder (a file made, renamed, removed) and the
//! bytes of each file for themselves, which is less than any file system with a journal promises.

use std::collections::{BTreeMap, BTreeSet};

/// A call that changed a folder or made sure of it; paths are relative to it.
#[derive(Debug, Clone)]
pub enum Op {
    Create(String),
    Truncate(String, u64),
    Write {
        path: String,
        at: u64,
        bytes: Vec<u8>,
    },
    Rename(String, String),
    Remove(String),
    MakeDir(String),
    Sync(String),
    SyncAll,
    /// A command said that it was done: what it wrote must last.
    Done,
}

/// A folder's files and folders by path; a folder holds no bytes.
pub type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// A state in which the folder may be found after a cut.
#[derive(Debug)]
pub struct Found {
    pub tree: Tree,
    /// Where it was cut, for a person.
    pub cut: String,
    /// How many commands had said that they were done.
    pub done: usize,
}

/// A change of a folder's entries.
#[derive(Debug, Clone)]
enum Entry {
    Put(String, usize),
    Move(String, String, usize),
    Gone(String),
    Dir(String),
}

/// The bytes of one file, wherever it is called what.
#[derive(Debug, Clone, Default)]
struct Bytes {
    synced: Vec<u8>,
    cached: Vec<u8>,
}

/// What becomes of bytes that nobody synced.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unsynced {
    Kept,
    AsBefore,
    Empty,
    Half,
}

const LOSSES: [Unsynced; 3] = [Unsynced::AsBefore, Unsynced::Empty, Unsynced::Half];

/// A folder between two calls, with what of it is synced.
#[derive(Debug, Clone)]
struct Disk {
    before: Tree,
    files: Vec<Bytes>,
    /// What each path is called that is a file.
    names: BTreeMap<String, usize>,
    entries: Vec<(Entry, bool)>,
    done: usize,
}

impl Disk {
    fn new(before: &Tree) -> Disk {
        let mut disk =
            Disk { before: before.clone(), files: Vec::new(), names: BTreeMap::new(), entries: Vec::new(), done: 0 };
        for (path, bytes) in before {
            if let Some(bytes) = bytes {
                disk.names.insert(path.clone(), disk.files.len());
                disk.files.push(Bytes { synced: bytes.clone(), cached: bytes.clone() });
            }
        }
        disk
    }

    fn make(&mut self, op: &Op) {
        match op {
            Op::Create(path) => {
                self.entries.push((Entry::Put(path.clone(), self.files.len()), false));
                self.names.insert(path.clone(), self.files.len());
                self.files.push(Bytes::default());
            }
            Op::Truncate(path, length) => self.cached(path).resize(*length as usize, 0),
            Op::Write { path, at, bytes } => {
                let cached = self.cached(path);
                let end = *at as usize + bytes.len();
                cached.resize(cached.len().max(end), 0);
                cached[*at as usize..end].copy_from_slice(bytes);
            }
            Op::Rename(from, to) => {
                let file = self.names.remove(from).expect("guanai renames files only");
                self.names.insert(to.clone(), file);
                self.entries.push((Entry::Move(from.clone(), to.clone(), file), false));
            }
            Op::Remove(path) => {
                self.names.remove(path);
                self.entries.push((Entry::Gone(path.clone()), false));
            }
            Op::MakeDir(path) => self.entries.push((Entry::Dir(path.clone()), false)),
            Op::Sync(path) => self.sync(path),
            Op::SyncAll => {
                self.files.iter_mut().for_each(|file| file.synced.clone_from(&file.cached));
                self.entries.iter_mut().for_each(|(_, synced)| *synced = true);
            }
            Op::Done => self.done += 1,
        }
    }

    fn cached(&mut self, path: &str) -> &mut Vec<u8> {
        &mut self.files[self.names[path]].cached
    }

    /// A file's bytes are made sure of, or the entries of a folder: a file that is synced may still have no name.
    fn sync(&mut self, path: &str) {
        if let Some(file) = self.names.get(path) {
            let file = &mut self.files[*file];
            return file.synced.clone_from(&file.cached);
        }
        let stands_in = |entry: &str| entry.rsplit_once('/').map_or("", |(dir, _)| dir) == path;
        for (entry, synced) in &mut self.entries {
            *synced |= match entry {
                Entry::Put(path, _) | Entry::Gone(path) | Entry::Dir(path) => stands_in(path),
                // The two names of one move go together.
                Entry::Move(from, to, _) => stands_in(from) || stands_in(to),
            };
        }
    }

    fn unsynced(&self) -> Vec<usize> {
        (0..self.entries.len()).filter(|at| !self.entries[*at].1).collect()
    }

    /// What is found when the power comes back.
    fn tree(&self, is_kept: impl Fn(usize) -> bool, unsynced: Unsynced) -> Tree {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut dirs: BTreeSet<&str> = BTreeSet::new();
        let mut at = 0;
        for (path, bytes) in &self.before {
            match bytes {
                Some(_) => {
                    names.insert(path, at);
                    at += 1;
                }
                None => {
                    dirs.insert(path);
                }
            }
        }
        for (at, (entry, synced)) in self.entries.iter().enumerate() {
            if !synced && !is_kept(at) {
                continue;
            }
            match entry {
                Entry::Put(path, file) => {
                    names.insert(path, *file);
                }
                Entry::Move(from, to, file) => {
                    names.retain(|path, own| path != from || own != file);
                    names.insert(to, *file);
                }
                Entry::Gone(path) => {
                    names.remove(path.as_str());
                    dirs.remove(path.as_str());
                }
                Entry::Dir(path) => {
                    dirs.insert(path);
                }
            }
        }
        let is_reached = |path: &str| path.match_indices('/').all(|(end, _)| dirs.contains(&path[..end]));
        let files = names.iter().filter(|(path, _)| is_reached(path));
        let files = files.map(|(path, file)| ((*path).to_owned(), Some(self.bytes(*file, unsynced))));
        let dirs = dirs.iter().filter(|path| is_reached(path)).map(|path| ((*path).to_owned(), None));
        files.chain(dirs).collect()
    }

    fn bytes(&self, file: usize, unsynced: Unsynced) -> Vec<u8> {
        let Bytes { synced, cached } = &self.files[file];
        match unsynced {
            _ if synced == cached => cached.clone(),
            Unsynced::Kept => cached.clone(),
            Unsynced::AsBefore => synced.clone(),
            Unsynced::Empty => Vec::new(),
            Unsynced::Half => cached[..cached.len() / 2].to_vec(),
        }
    }

    fn found(&self, tree: Tree, cut: String) -> Found {
        Found { tree, cut, done: self.done }
    }
}

/// What is shown each cut: a way to make the state in which the folder may be found after it.
pub type Look<'l> = &'l mut dyn FnMut(&dyn Fn() -> Found);

/// Shows the folder after each of the calls, with the power on: what a killed process leaves; and after each byte of a
/// write into the ledger's own state, where the record of a change set is.
pub fn kills(before: &Tree, log: &[Op], look: Look<'_>) {
    let mut disk = Disk::new(before);
    look(&|| disk.found(before.clone(), "before the first call".to_owned()));
    for (number, op) in log.iter().enumerate() {
        if let Op::Write { path, at, bytes } = op {
            let lengths = (1..bytes.len()).filter(|length| path.starts_with(".guanai/") || length % 97 == 1);
            for length in lengths {
                look(&|| {
                    let mut torn = disk.clone();
                    torn.make(&Op::Write { path: path.clone(), at: *at, bytes: bytes[..length].to_vec() });
                    let tree = torn.tree(|_| true, Unsynced::Kept);
                    torn.found(tree, format!("call {} torn at byte {length} of {path}", number + 1))
                });
            }
        }
        disk.make(op);
        look(&|| disk.found(disk.tree(|_| true, Unsynced::Kept), format!("killed after call {}", number + 1)));
    }
}

/// A write into the ledger's own state, which can be cut at each of its bytes.
pub struct Tear {
    /// The folder before the write.
    pub tree: Tree,
    pub path: String,
    pub bytes: Vec<u8>,
    pub done: usize,
}

/// The writes into the ledger's own state.
pub fn tears(before: &Tree, log: &[Op]) -> Vec<Tear> {
    let mut disk = Disk::new(before);
    let mut tears = Vec::new();
    for op in log {
        if let Op::Write { path, at: 0, bytes } = op
            && path.starts_with(".guanai/")
        {
            let tree = disk.tree(|_| true, Unsynced::Kept);
            tears.push(Tear { tree, path: path.clone(), bytes: bytes.clone(), done: disk.done });
        }
        disk.make(op);
    }
    tears
}

/// Shows the folder as it may be found when the power went after each of the calls.
pub fn power_cuts(before: &Tree, log: &[Op], look: Look<'_>) {
    /// So many single entries are lost or kept alone after each call: a census has a hundred that are not synced.
    const MOST: usize = 12;
    let mut disk = Disk::new(before);
    for (number, op) in log.iter().enumerate() {
        disk.make(op);
        let at = format!("power cut after call {}", number + 1);
        let mut add = |is_kept: &dyn Fn(usize) -> bool, loss: Unsynced, what: String| {
            look(&|| disk.found(disk.tree(is_kept, loss), format!("{at}: {what}, unsynced bytes {loss:?}")));
        };
        for loss in LOSSES {
            add(&|_| true, loss, "every entry".to_owned());
            add(&|_| false, loss, "synced entries only".to_owned());
        }
        let unsynced = disk.unsynced();
        let step = unsynced.len().div_ceil(MOST).max(1);
        for loss in [Unsynced::Kept, Unsynced::AsBefore, Unsynced::Empty] {
            for one in unsynced.iter().copied().step_by(step) {
                let what = &disk.entries[one].0;
                add(&|at| at <= one, loss, format!("entries up to {what:?}"));
                add(&|at| at == one, loss, format!("only {what:?}"));
                add(&|at| at != one, loss, format!("all but {what:?}"));
            }
        }
    }
}
