//! Every byte of what is written into the ledger's own state is a place to be cut: the record of a change set, and the new
//! bytes of its files. There are more of them than commands can be run behind, so the ledger's own library looks: a reader
//! sees the old ledger or the new one, the next writer goes on from it, and `undo` works.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::SystemTime;

use guanai::ledger::change::{ChangeSet, history};
use guanai::ledger::{Folder, Lock};

use crate::disk::{Tear, Tree};
use crate::whole::{Files, in_memory};

/// The ledger after so many commands: its files, and its undo list.
pub struct Stage<'s> {
    pub files: &'s Files,
    pub undo: &'s [(u64, String)],
}

/// A folder that is put back to a state after each look, at the cost of what the look has changed.
struct Bench {
    dir: tempfile::TempDir,
    wanted: Tree,
    /// Of each file as it was put there: what the system tells of it when nobody has touched it.
    placed: BTreeMap<String, (u64, u64, SystemTime)>,
}

impl Bench {
    fn new() -> Bench {
        Bench { dir: in_memory(), wanted: Tree::new(), placed: BTreeMap::new() }
    }

    fn about(&self, path: &str) -> Option<(u64, u64, SystemTime)> {
        let about = fs::symlink_metadata(self.dir.path().join(path)).ok()?;
        Some((about.ino(), about.len(), about.modified().ok()?))
    }

    fn write(&mut self, path: &str, bytes: &[u8]) {
        let to = self.dir.path().join(path);
        fs::write(&to, bytes).unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
        let about = self.about(path).expect("it was just written");
        self.placed.insert(path.to_owned(), about);
    }

    /// Makes the folder what it is in a state, and this file of it torn.
    fn put(&mut self, tree: &Tree, torn: (&str, &[u8])) {
        for (path, is_dir) in self.entries() {
            match tree.get(&path) {
                Some(bytes) if bytes.is_none() == is_dir => {}
                _ if is_dir => fs::remove_dir_all(self.dir.path().join(&path)).unwrap(),
                _ => fs::remove_file(self.dir.path().join(&path)).unwrap_or_default(),
            }
        }
        for (path, bytes) in tree {
            match bytes {
                None if !self.dir.path().join(path).is_dir() => {
                    fs::DirBuilder::new().mode(0o700).create(self.dir.path().join(path)).unwrap();
                }
                None => {}
                Some(_) if path == torn.0 => {}
                Some(bytes) => {
                    let is_as_placed = self.about(path).is_some_and(|about| self.placed.get(path) == Some(&about));
                    if !is_as_placed || self.wanted.get(path) != Some(&Some(bytes.clone())) {
                        self.write(path, bytes);
                    }
                }
            }
        }
        self.write(torn.0, torn.1);
        if self.wanted != *tree {
            self.wanted.clone_from(tree);
        }
    }

    /// Every file and folder, a folder before what is in it.
    fn entries(&self) -> Vec<(String, bool)> {
        fn gather(root: &Path, dir: &Path, found: &mut Vec<(String, bool)>) {
            for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
                let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
                found.push((entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned(), is_dir));
                if is_dir {
                    gather(root, &entry.path(), found);
                }
            }
        }
        let mut found = Vec::new();
        gather(self.dir.path(), self.dir.path(), &mut found);
        found
    }

    /// The files of the ledger that differ from a stage.
    fn differs(&self, stage: &Stage) -> Vec<String> {
        let own = |path: &str| path.starts_with(".guanai/");
        let there: BTreeSet<String> =
            self.entries().into_iter().filter(|(path, is_dir)| !is_dir && !own(path)).map(|(path, _)| path).collect();
        let gone = stage.files.keys().filter(|path| !there.contains(*path)).cloned();
        let is_same = |path: &String| {
            // What lies as it was placed has the bytes with which it was placed, and they need no reading.
            let placed = (self.about(path).as_ref() == self.placed.get(path))
                .then(|| self.wanted.get(path).and_then(Option::as_ref))
                .flatten();
            match (placed, stage.files.get(path)) {
                (Some(placed), Some(wanted)) => placed == wanted,
                (None, Some(wanted)) => fs::read(self.dir.path().join(path)).is_ok_and(|bytes| bytes == *wanted),
                (_, None) => false,
            }
        };
        let other: Vec<String> = there.iter().filter(|path| !is_same(path)).cloned().collect();
        other.into_iter().chain(gone).collect()
    }
}

/// Looks at the cuts of one write, at about `few` of them or at every one; gives how many, and how many left the new ledger.
pub fn look_at(tear: &Tear, stages: &[Stage], can_undo: bool, few: Option<usize>, name: &str) -> (usize, usize) {
    let mut bench = Bench::new();
    let step = few.map_or(1, |few| (tear.bytes.len() / few).max(1));
    let (mut looked_at, mut new) = (0, 0);
    for length in (1..tear.bytes.len()).step_by(step) {
        bench.put(&tear.tree, (&tear.path, &tear.bytes[..length]));
        let cut = format!("{name}, {} torn at byte {length} of {}", tear.path, tear.bytes.len());
        let seen = look(&bench, stages, tear.done, can_undo, &cut);
        new += usize::from(seen + 1 == stages.len());
        looked_at += 1;
    }
    (looked_at, new)
}

/// Which stage a torn ledger is.
fn look(bench: &Bench, stages: &[Stage], done: usize, can_undo: bool, cut: &str) -> usize {
    let folder = Folder { root: bench.dir.path().to_owned() };
    let may_be = done..=(done + 1).min(stages.len() - 1);
    let reader = Lock::shared(&folder).unwrap_or_else(|wrong| panic!("{cut}: a reader: {wrong:?}"));
    let changing: BTreeSet<&String> = stages
        .iter()
        .flat_map(|stage| stage.files.iter())
        .filter(|(path, bytes)| stages.iter().any(|stage| stage.files.get(*path) != Some(*bytes)))
        .map(|(path, _)| path)
        .collect();
    let read = |path: &&String| reader.pending.read(&folder, path).unwrap_or_else(|wrong| panic!("{cut}: {wrong:?}"));
    let is_stage = |at: &usize| changing.iter().all(|path| read(path).as_ref() == stages[*at].files.get(*path));
    let seen = may_be.clone().find(is_stage).unwrap_or_else(|| panic!("{cut}: a reader sees none of {may_be:?}"));
    drop(reader);
    let writer = Lock::alone(&folder).unwrap_or_else(|wrong| panic!("{cut}: the next writer: {wrong:?}"));
    let same = |at: usize, when: &str| {
        let differs = bench.differs(&stages[at]);
        assert!(differs.is_empty(), "{cut}: {when}, {differs:?} is not as it was after {at} commands");
    };
    same(seen, "when the next writer went on");
    let undo: Vec<(u64, String)> = history(&folder).into_iter().map(|entry| (entry.number, entry.what)).collect();
    assert_eq!(undo, stages[seen].undo, "{cut}: the undo list");
    let left: Vec<String> = bench.entries().into_iter().map(|(path, _)| path).collect();
    let is_left = |path: &&String| {
        path.starts_with(".guanai/") && !path.starts_with(".guanai/undo") && path.as_str() != ".guanai/lock"
    };
    assert_eq!(left.iter().find(is_left), None, "{cut}: it was left behind");
    let mut another = ChangeSet::new("another");
    another.write("students/zzzzzz.toml", None, Some(b"id = \"zzzzzz\"\n".to_vec()));
    writer.commit(&another, "now").unwrap_or_else(|wrong| panic!("{cut}: another change set: {wrong:?}"));
    let number = history(&folder).last().expect("it was committed").number;
    writer.undo(number, "now").unwrap_or_else(|wrong| panic!("{cut}: its undo: {wrong:?}"));
    same(seen, "when another change set came and went");
    if seen > 0 && can_undo {
        let number = writer.undoable().ok().flatten().unwrap_or_else(|| panic!("{cut}: there is nothing to undo"));
        writer.undo(number, "now").unwrap_or_else(|wrong| panic!("{cut}: undo: {wrong:?}"));
        same(seen - 1, "when it was undone");
    }
    seen
}
