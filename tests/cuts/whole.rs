//! What must be true of a ledger after any cut, whatever the steps are in which it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use guanai::ledger::change::history;
use guanai::ledger::{Folder, Lock};

use crate::bytes;
use crate::cases::Case;
use crate::disk::{self, Found, Look, Op, Tree};
use crate::support::{DAY, Said, School, said};
use crate::tracer::{self, Order, Ran};

/// A ledger's files by path, without its own state.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A ledger as it stood after so many commands.
struct Stage {
    files: Files,
    /// What `check` prints of it.
    checked: String,
    /// What `undo --list` names.
    history: Vec<String>,
    /// The same as the library has it.
    undo: Vec<(u64, String)>,
}

/// A kind of change set, run once to its end, and what its cuts have shown.
pub struct Seen {
    case: Case,
    before: Tree,
    log: Vec<Op>,
    /// The ledger before the first command, and after each.
    stages: Vec<Stage>,
    /// Whether the same commands write the same bytes again.
    repeats: bool,
    every: bool,
    /// States that were looked at, and which stage each was.
    known: BTreeMap<Key, usize>,
    figures: Figures,
}

#[derive(Default)]
struct Figures {
    calls: usize,
    kills: usize,
    torn: usize,
    power: usize,
    real: usize,
    refused: usize,
    old: usize,
    new: usize,
}

impl Seen {
    pub fn of(case: Case) -> Seen {
        let every = std::env::var("GUANAI_CUTS").is_ok_and(|value| value == "all");
        let before = tree_of(case.school.root());
        let mut seen = Seen {
            case,
            before,
            log: Vec::new(),
            stages: Vec::new(),
            repeats: true,
            every,
            known: BTreeMap::new(),
            figures: Figures::default(),
        };
        let ledger = Ledger::of(&seen.before, &seen.case);
        seen.stages.push(ledger.stage());
        for command in &seen.case.commands {
            let ran = ledger.traced(command, Order::Let);
            assert_eq!(ran.code, Some(0), "{command:?}: {}", ran.err);
            seen.figures.calls += ran.calls;
            seen.log.extend(ran.log);
            seen.log.push(Op::Done);
            seen.stages.push(ledger.stage());
        }
        let again = Ledger::of(&seen.before, &seen.case);
        seen.case.commands.iter().for_each(|command| drop(again.traced(command, Order::Let)));
        seen.repeats = again.files() == seen.last().files;
        assert_ne!(seen.stages[0].files, seen.last().files, "nothing is written");
        seen
    }

    fn last(&self) -> &Stage {
        self.stages.last().expect("one at least")
    }

    /// The process ends after each call, and after each byte of what is written into the ledger's own state.
    pub fn killed(&mut self) {
        self.figures.kills = self.look_at_all(10, disk::kills);
    }

    /// The process ends after each byte of what it writes into the ledger's own state.
    pub fn torn(&mut self) {
        let stages: Vec<bytes::Stage> =
            self.stages.iter().map(|stage| bytes::Stage { files: &stage.files, undo: &stage.undo }).collect();
        let every = std::env::var("GUANAI_CUTS").is_ok_and(|value| value == "bytes");
        let few = (!every).then_some(5);
        let mut looked_at = (0, 0);
        for tear in disk::tears(&self.before, &self.log) {
            let (all, new) = bytes::look_at(&tear, &stages, self.case.can_undo, few, self.case.name);
            looked_at = (looked_at.0 + all, looked_at.1 + new);
        }
        let (all, new) = looked_at;
        self.figures.torn = all;
        self.figures.new += new;
        self.figures.old += all - new;
    }

    /// The power goes after each call: whatever was not synced may be lost.
    pub fn without_power(&mut self) {
        self.figures.power = self.look_at_all(20, disk::power_cuts);
    }

    /// Looks at every cut, or at about so many of them; gives how many. Cuts that leave the same bytes are looked at once.
    fn look_at_all(&mut self, few: usize, cuts: fn(&Tree, &[Op], Look<'_>)) -> usize {
        let (before, log) = (self.before.clone(), self.log.clone());
        const MOST: usize = 1500;
        let mut all = 0;
        cuts(&before, &log, &mut |_| all += 1);
        // A record of 700 bytes is cut at every one of them; one of a hundred thousand at every hundredth or so.
        let step = (all / if self.every { MOST } else { few }).max(1) | 1;
        let (mut number, mut looked_at) = (0, 0);
        cuts(&before, &log, &mut |found| {
            number += 1;
            if number % step != 0 && number != all {
                return;
            }
            let found = found();
            let key = key(&before, &found);
            let stage = self.known.get(&key).copied().unwrap_or_else(|| {
                let ledger = Ledger::of(&found.tree, &self.case);
                self.look(&ledger, found.done..=(found.done + 1).min(self.stages.len() - 1), &found.cut)
            });
            self.known.insert(key, stage);
            self.count(stage);
            looked_at += 1;
        });
        looked_at
    }

    fn count(&mut self, stage: usize) {
        match stage + 1 == self.stages.len() {
            true => self.figures.new += 1,
            false => self.figures.old += 1,
        }
    }

    /// The process is ended in truth, in place of each call of the first command.
    pub fn really_killed(&mut self) {
        let calls = self.calls_of_first();
        let step = if self.every { 1 } else { calls.div_ceil(2).max(1) };
        // The last one too: there the ledger is the new one.
        for number in (1..calls).step_by(step).chain([calls]) {
            for order in [Order::Kill(number), Order::Tear(number, 1 + number as u64 * 7)] {
                let ledger = Ledger::of(&self.before, &self.case);
                let ran = ledger.traced(&self.case.commands[0], order);
                assert_eq!(ran.code, None, "{order:?} was not reached");
                let stage = self.look(&ledger, 0..=1, &format!("{order:?}"));
                self.count(stage);
                self.figures.real += 1;
            }
        }
    }

    /// How many calls of the first command can be cut: cores that work together make them in any order, and so many.
    fn calls_of_first(&self) -> usize {
        self.log.iter().position(|op| matches!(op, Op::Done)).expect("one is done")
    }

    /// The disk is full, or failing, or not to be written any more, from each call on, or for one call.
    pub fn refused(&mut self) {
        let calls = self.calls_of_first();
        let ways = [(libc::ENOSPC, usize::MAX), (libc::EROFS, usize::MAX), (libc::EIO, usize::MAX), (libc::EIO, 1)];
        for (errno, count) in ways {
            let step = if self.every { 1 } else { calls.div_ceil(2).max(1) };
            for from in (1..=calls).step_by(step) {
                let ledger = Ledger::of(&self.before, &self.case);
                let ran = ledger.traced(&self.case.commands[0], Order::Refuse { from, count, errno });
                let cut = format!("error {errno} for {count} calls from call {from}: {}", ran.err);
                assert!(!ran.err.contains("panicked"), "{cut}");
                assert!(matches!(ran.code, Some(0 | 4)), "{cut}: exit code {:?}", ran.code);
                let done = usize::from(ran.code == Some(0));
                let stage = self.look(&ledger, done..=1, &cut);
                assert!(stage == done || ran.err.contains(WRITTEN), "{cut}: it is done, and that is not said");
                self.count(stage);
                self.figures.refused += 1;
            }
        }
    }

    pub fn report(&self, took: Duration) {
        let Figures { calls, kills, torn, power, real, refused, old, new } = self.figures;
        let states = self.known.len();
        eprintln!(
            "| {} | {calls} | {kills} | {torn} | {power} | {real} | {refused} | {states} | {old} | {new} | {:.0} |",
            self.case.name,
            took.as_secs_f64()
        );
        assert!(old > 0 && new > 0, "{}: {old} cuts left the old ledger and {new} the new one", self.case.name);
    }

    /// Which stage a ledger is, once all is true of it that must be.
    fn look(&self, ledger: &Ledger, may_be: std::ops::RangeInclusive<usize>, cut: &str) -> usize {
        let name = format!("{}, {cut}", self.case.name);
        let is_ledger = ledger.school.path("guanai.toml").exists();
        let seen = self.stage_of(&self.read(ledger), &name);
        assert!(may_be.contains(&seen), "{name}: found the ledger after {seen} commands, which may be {may_be:?}");
        if is_ledger {
            let checked = ledger.run(&["check", "--format", "json"]);
            assert_eq!(checked.out, self.stages[seen].checked, "{name}: check, before anybody wrote: {}", checked.err);
        }
        self.next_command(ledger, seen, is_ledger, &name);
        if is_ledger {
            let (history, expected) = (ledger.history(), &self.stages[seen].history);
            let is_kept = history.ends_with(expected) && history.len() == expected.len() + 2;
            assert!(is_kept, "{name}: {seen} done; the undo list has {history:?} where it had {expected:?}");
        }
        if seen > 0 && self.case.can_undo {
            let undone = ledger.run(&["undo"]);
            assert_eq!(undone.code, 0, "{name}: {}", undone.err);
            assert!(self.is_stage(&ledger.files(), seen - 1), "{name}: undo gives other bytes back");
        }
        if seen + 1 == self.stages.len() && self.case.key.is_some() {
            let clear: Vec<_> =
                tree_of(ledger.school.root()).into_iter().filter(|(_, bytes)| holds_mark(bytes)).collect();
            assert!(
                clear.is_empty(),
                "{name}: {:?} hold clear text",
                clear.iter().map(|(path, _)| path).collect::<Vec<_>>()
            );
        }
        if seen == 0 {
            let ran = ledger.run(&self.case.commands[0]);
            assert_eq!(ran.code, 0, "{name}: the command does not get through the second time: {}", ran.err);
        }
        seen
    }

    /// Another command goes on, finds the same ledger, and leaves nothing behind.
    fn next_command(&self, ledger: &Ledger, seen: usize, is_ledger: bool, name: &str) {
        if !is_ledger {
            // `init` alone can go on where there is no ledger yet: it makes one, or finishes the one that was begun.
            return;
        }
        let added = ledger.run(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
        assert_eq!(added.code, 0, "{name}: the next command: {}", added.err);
        let mut files = ledger.files();
        assert!(files.remove("students/zzzzzz.toml").is_some(), "{name}");
        assert!(self.is_stage(&files, seen), "{name}: the next command changed the ledger");
        let undone = ledger.run(&["undo"]);
        assert_eq!(undone.code, 0, "{name}: {}", undone.err);
        assert!(self.is_stage(&ledger.files(), seen), "{name}: undo of the next command changed the ledger");
        let left: Vec<String> = fs::read_dir(ledger.school.path(".guanai"))
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name != "lock" && name != "undo")
            .collect();
        assert!(left.is_empty(), "{name}: {left:?} was left behind");
    }

    /// The ledger as a reader sees it, before any writer has come along.
    fn read(&self, ledger: &Ledger) -> Files {
        let folder = Folder { root: ledger.school.root().to_owned() };
        let lock = Lock::shared(&folder).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        let mut files = ledger.files();
        let new = self.last().files.keys().chain(self.stages[0].files.keys()).cloned();
        for path in new.collect::<BTreeSet<_>>() {
            match lock.pending.read(&folder, &path).unwrap() {
                Some(bytes) => files.insert(path, bytes),
                None => files.remove(&path),
            };
        }
        files
    }

    fn stage_of(&self, files: &Files, name: &str) -> usize {
        let found = (0..self.stages.len()).find(|stage| self.is_stage(files, *stage));
        found.unwrap_or_else(|| panic!("{name}: neither the old ledger nor the new one: {}", self.differs(files)))
    }

    fn is_stage(&self, files: &Files, stage: usize) -> bool {
        let own = &self.stages[stage].files;
        if files == own || self.repeats || stage == 0 {
            return files == own;
        }
        // Random bytes that differ from run to run: the same files changed, to the same length.
        let old = &self.stages[stage - 1].files;
        let same = |(path, bytes): (&String, &Vec<u8>)| match own.get(path) {
            Some(own) if old.get(path) == Some(own) => bytes == own,
            Some(own) => old.get(path) != Some(bytes) && bytes.len() == own.len(),
            None => false,
        };
        files.len() == own.len() && files.iter().all(same)
    }

    fn differs(&self, files: &Files) -> String {
        let (old, new) = (&self.stages[0].files, &self.last().files);
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).chain(files.keys()).collect();
        let said = |path: &&String| {
            let found = files.get(*path);
            match (found == old.get(*path), found == new.get(*path)) {
                (true, true) => None,
                (true, false) => Some(format!("{path} is old")),
                (false, true) => Some(format!("{path} is new")),
                (false, false) => Some(format!("{path} is neither")),
            }
        };
        paths.iter().filter_map(said).collect::<Vec<_>>().join(", ")
    }
}

/// What a command says that failed behind its commit.
const WRITTEN: &str = "改动已经写入";

/// A folder in memory, where there is a place for such.
pub fn in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// A copy of a ledger in a folder of its own.
struct Ledger {
    school: School,
    key: Option<PathBuf>,
}

impl Ledger {
    fn of(tree: &Tree, case: &Case) -> Ledger {
        let dir = case.place.as_ref().map_or_else(in_memory, |place| tempfile::tempdir_in(place).unwrap());
        for (path, bytes) in tree {
            // With the rights that the program gives: `check` names what others can read.
            let path = dir.path().join(path);
            match bytes {
                Some(bytes) => {
                    fs::write(&path, bytes).unwrap();
                    // A stick has no rights, and may refuse to be given some.
                    let _ = fs::set_permissions(&path, fs::Permissions::from_mode(0o600));
                }
                None => fs::DirBuilder::new().mode(0o700).create(&path).unwrap(),
            }
        }
        Ledger { school: School { dir }, key: case.key.as_ref().map(|(_, key)| key.clone()) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.school.command(arguments);
        command.env("GUANAI_AS_OF", DAY);
        if let Some(key) = &self.key {
            command.env("GUANAI_KEY", key);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments).output().expect("the binary runs"))
    }

    fn traced(&self, arguments: &[&str], order: Order) -> Ran {
        let program = fs::canonicalize(env!("CARGO_BIN_EXE_guanai")).unwrap();
        let root = fs::canonicalize(self.school.root()).unwrap();
        tracer::run(&mut self.command(arguments), &root, &program, order).expect("it can be traced")
    }

    fn files(&self) -> Files {
        self.school.files()
    }

    fn stage(&self) -> Stage {
        let checked = self.run(&["check", "--format", "json"]).out;
        let folder = Folder { root: self.school.root().to_owned() };
        let undo = history(&folder).into_iter().map(|entry| (entry.number, entry.what)).collect();
        Stage { files: self.files(), checked, history: self.history(), undo }
    }

    fn history(&self) -> Vec<String> {
        let said = self.run(&["undo", "--list", "--format", "json"]);
        let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap_or_default();
        let what = |row: &serde_json::Value| format!("{} {}", row["number"], row["what"]);
        rows.as_array().into_iter().flatten().map(what).collect()
    }
}

fn holds_mark(bytes: &Option<Vec<u8>>) -> bool {
    bytes.as_ref().is_some_and(|bytes| bytes.windows(5).any(|window| window == b"MA-RK"))
}

/// What tells one state from another: how it differs from the folder before, and what was promised by then.
type Key = ([u8; 32], usize);

fn key(before: &Tree, found: &Found) -> Key {
    let mut hasher = blake3::Hasher::new();
    let mut add = |what: &[u8]| {
        hasher.update(&(what.len() as u64).to_le_bytes()).update(what);
    };
    for (path, bytes) in found.tree.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)) {
        add(path.as_bytes());
        add(if bytes.is_some() { b"file" } else { b"folder" });
        add(bytes.as_deref().unwrap_or_default());
    }
    for path in before.keys().filter(|path| !found.tree.contains_key(*path)) {
        add(path.as_bytes());
        add(b"gone");
    }
    (*hasher.finalize().as_bytes(), found.done)
}

/// Every file and folder of a ledger, its own state included.
fn tree_of(root: &Path) -> Tree {
    fn gather(root: &Path, dir: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                tree.insert(name, None);
                gather(root, &path, tree);
            } else {
                tree.insert(name, Some(fs::read(&path).unwrap()));
            }
        }
    }
    let mut tree = Tree::new();
    gather(root, root, &mut tree);
    tree
}
