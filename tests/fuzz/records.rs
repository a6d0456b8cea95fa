//! Records of change sets in `.guanai`: one that was committed before a crash, one that was only staged, one that waits for
//! `undo`. Whatever stands in them, nothing outside of the ledger changes, and none of its own state but these.

use std::collections::BTreeMap;
use std::path::Path;

use guanai::ledger::change::{Lock, history};
use guanai::ledger::{ChangeSet, Folder};

use super::ledger::{lay, scratch};

/// The places of a record, as the first line of an input names them.
const PLACES: [&str; 3] = [".guanai/pending", ".guanai/staged", ".guanai/undo/00000001"];
/// A record ends in the sum of what stands before.
const SUM: usize = 32;

type Files = BTreeMap<String, Vec<u8>>;

/// A ledger of a few files, beside a file that is none of its own.
pub struct Records {
    dir: tempfile::TempDir,
    folder: Folder,
    before: Files,
    after: Files,
    pub seeds: Vec<Vec<u8>>,
}

impl Records {
    pub fn new() -> Records {
        let dir = scratch();
        let folder = Folder { root: dir.path().join("ledger") };
        let files = |files: &[(&str, &str)]| -> Files {
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let before =
            files(&[("guanai.toml", "format = 1\n"), ("kinds/a.toml", "a\nb\nc\n"), ("students/x.toml", "x\n")]);
        let after =
            files(&[("guanai.toml", "format = 1\n"), ("kinds/a.toml", "a\nB\nc\n"), ("logs/t/k.csv", "id\n1\n")]);
        let mut records = Records { dir, folder, before, after, seeds: Vec::new() };
        let change = |paths: &[&str]| {
            let mut change = ChangeSet::new("log add home-visit");
            for path in paths {
                change.write(path, records.before.get(*path).cloned(), records.after.get(*path).cloned());
            }
            change
        };
        let changes = [change(&["kinds/a.toml"]), change(&["kinds/a.toml", "logs/t/k.csv", "students/x.toml"])];
        for change in changes {
            records.lay(&records.before);
            let lock = Lock::alone(&records.folder).expect("nobody else is there");
            lock.commit(&change, "2026-11-24 10:00").expect("a folder of our own");
            let record = std::fs::read(records.folder.path(PLACES[2])).expect("it is kept for undo");
            records.seeds.extend(PLACES.map(|place| [format!("#@ {place}\n").as_bytes(), &record].concat()));
        }
        std::fs::write(records.dir.path().join("outside"), "outside").expect("a temporary file");
        records
    }

    /// Puts the ledger into a state, with no record of anything.
    fn lay(&self, files: &Files) {
        let _ = std::fs::remove_dir_all(&self.folder.root);
        lay(&self.folder, files);
    }

    /// One record, as it came and with the right sum.
    pub fn read(&self, input: &[u8]) {
        let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        let place = PLACES.iter().find(|place| input[..end] == *format!("#@ {place}").as_bytes()).unwrap_or(&PLACES[0]);
        let record = input.get(end + 1..).unwrap_or_default();
        self.tried(place, record);
        let body = &record[..record.len().saturating_sub(SUM)];
        self.tried(place, &[body, blake3::hash(body).as_bytes()].concat());
    }

    fn tried(&self, place: &str, record: &[u8]) {
        let is_undo = place == PLACES[2];
        self.lay(if is_undo { &self.after } else { &self.before });
        let path = self.folder.path(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
        std::fs::write(&path, record).expect("a temporary file");
        if let Ok(lock) = Lock::shared(&self.folder) {
            for path in self.before.keys().chain(self.after.keys()) {
                let _ = lock.pending.read(&self.folder, path);
            }
            lock.pending.add_paths("students/", &mut vec!["students/x.toml".to_owned()]);
        }
        history(&self.folder);
        if let Ok(lock) = Lock::alone(&self.folder)
            && let Ok(Some(number)) = lock.undoable()
            && is_undo
        {
            let _ = lock.undo(number, "2026-11-24 10:01");
        }
        self.nothing_else_has_changed();
    }

    fn nothing_else_has_changed(&self) {
        let outside = std::fs::read(self.dir.path().join("outside"));
        assert_eq!(outside.ok().as_deref(), Some(&b"outside"[..]), "a file beside the ledger has changed");
        assert_eq!(names(self.dir.path()), ["ledger", "outside"], "something lies beside the ledger");
        let known = |name: &String| {
            ["lock", "undo", "pending", "staged", "answers"].contains(&name.as_str()) || name.starts_with("file-")
        };
        let strange: Vec<String> =
            names(&self.folder.path(".guanai")).into_iter().filter(|name| !known(name)).collect();
        assert!(strange.is_empty(), "{strange:?} lies in the ledger's own state");
        assert!(!self.folder.path(".git").exists(), "git has got a file");
    }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
