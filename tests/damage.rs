//! Kept damaged ledgers (`tests/damaged/cases`): each is what a disk, a sync folder, an office program, git or a clock did
//! to the healthy ledger beside them. `check` names everything with its place and its remedy, and nothing else; `--fix`
//! mends what has one right answer; what can be read is read; nothing is lost. A new case is a new folder:
//!
//! - `expected.toml`: what happened, and what is to be said of it (`Expected`);
//! - `ledger/`: the damaged files, over the healthy ones;
//! - `mended/`: the files that `check --fix` changes, as it leaves them.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde::Deserialize;
use support::{Said, School, said};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expected {
    /// What did it, for whoever reads the case.
    happened: String,
    /// How `check` ends.
    exit: i32,
    /// Everything that `check` names.
    #[serde(default)]
    named: Vec<Named>,
    /// The children who are read all the same; all three where it says nothing.
    students: Option<Vec<String>>,
    /// How many rows of logs are read.
    #[serde(default = "all_rows")]
    rows: usize,
    /// Questions that cannot be answered, each with the code of how it ends.
    #[serde(default)]
    unanswered: BTreeMap<String, i32>,
    /// What `log add` is told: 0 where the row is written.
    #[serde(default)]
    add_exit: i32,
    /// Files and folders that are gone.
    #[serde(default)]
    remove: Vec<String>,
    /// Folders in a file's place.
    #[serde(default)]
    folders: Vec<String>,
    /// Links, and to what.
    #[serde(default)]
    links: BTreeMap<String, String>,
    /// Files that their owner may not read. Nothing is forbidden to root, so that the case is left out there.
    #[serde(default)]
    unreadable: Vec<String>,
    /// The file of keys where it is not the one of the healthy ledger.
    key: Option<String>,
    /// Files that `check --fix` takes away.
    #[serde(default)]
    taken: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    code: String,
    /// `file`, or `file:line`.
    at: String,
    /// A piece of what to do, in both languages.
    zh: String,
    en: String,
    #[serde(default)]
    mended: bool,
}

/// The rows of the healthy logs.
fn all_rows() -> usize {
    8
}

/// A child, a question and a row that have nothing to do with the damage.
const QUESTIONS: [&str; 4] = ["student list --ids --all", "log list --format jsonl", "risk", "plan status"];
const ADD: &str = "log add home-visit bbbbbb met=parent --id d1 --date 2026-11-20";
/// Longer than any of these takes, shorter than a test that hangs.
const PATIENCE: Duration = Duration::from_secs(20);

fn damaged(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/damaged").join(part)
}

struct Case {
    name: String,
    dir: PathBuf,
    expected: Expected,
}

impl Case {
    fn read(dir: PathBuf) -> Case {
        let path = dir.join("expected.toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Case { name: dir.file_name().unwrap().to_string_lossy().into_owned(), dir, expected }
    }

    fn is_left_out(&self) -> bool {
        !self.expected.unreadable.is_empty() && (cfg!(not(unix)) || is_root())
            || !self.expected.links.is_empty() && cfg!(not(unix))
    }

    /// The damaged ledger, made anew.
    fn school(&self) -> School {
        let school = healthy();
        lay(files_in(&self.dir.join("ledger")), school.root());
        for path in &self.expected.remove {
            let path = school.path(path);
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.unwrap();
        }
        for path in &self.expected.folders {
            let _ = fs::remove_file(school.path(path));
            fs::create_dir_all(school.path(path)).unwrap();
        }
        #[cfg(unix)]
        for (path, to) in &self.expected.links {
            let _ = fs::remove_file(school.path(path));
            std::os::unix::fs::symlink(to, school.path(path)).unwrap();
        }
        #[cfg(unix)]
        for path in &self.expected.unreadable {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(school.path(path), fs::Permissions::from_mode(0o000)).unwrap();
        }
        school
    }

    /// Runs a command as a teacher would; it never panics, and never hangs.
    fn run(&self, school: &School, words: &str) -> Said {
        let words: Vec<&str> = words.split(' ').collect();
        let key = self.expected.key.as_ref().map_or_else(|| damaged("key.txt"), |key| self.dir.join(key));
        let began = Instant::now();
        let output = school.command(&words).env("GUANAI_KEY", key).output().expect("the binary runs");
        let said = said(output);
        let is_calm = !said.err.contains("panicked") && (0..=4).contains(&said.code) && began.elapsed() < PATIENCE;
        assert!(is_calm, "{}: {words:?}: {said:?}", self.name);
        said
    }

    /// What `check` finds: code and place, with the remedy in this language.
    fn found(&self, school: &School, lang: &str) -> (i32, BTreeMap<(String, String), String>) {
        let said = self.run(school, &format!("check --format json --lang {lang}"));
        let mut found = BTreeMap::new();
        if !said.out.is_empty() {
            let rows: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(&said.out).unwrap();
            let here = format!("{}/", self.dir.display());
            let text = |row: &BTreeMap<String, serde_json::Value>, key: &str| {
                row[key].as_str().unwrap().trim_start_matches(&here).to_owned()
            };
            found.extend(rows.iter().map(|row| ((text(row, "code"), text(row, "file")), text(row, "remedy"))));
        } else if said.code != 0 {
            // A ledger that cannot be loaded is no listing; the message says place, fault and remedy.
            found.insert(("said".to_owned(), said.err.clone()), said.err);
        }
        (said.code, found)
    }

    /// Everything that is named, and nothing else.
    fn is_named(&self, school: &School, is_left: impl Fn(&Named) -> bool) {
        let expected: Vec<&Named> = self.expected.named.iter().filter(|named| is_left(named)).collect();
        for lang in ["zh", "en"] {
            let (code, found) = self.found(school, lang);
            let remedy = |named: &Named| if lang == "zh" { named.zh.clone() } else { named.en.clone() };
            let told = found.keys().find(|(code, _)| code == "said").map(|(_, message)| message.clone());
            if let Some(message) = told {
                let tells = |named: &&&Named| message.contains(&named.at) && message.contains(&remedy(named));
                let untold: Vec<_> = expected.iter().filter(|named| !tells(named)).collect();
                assert!(untold.is_empty(), "{} ({lang}): {untold:#?} of {message}", self.name);
                assert_eq!(code, self.expected.exit, "{}: {message}", self.name);
                continue;
            }
            let wanted: BTreeSet<(String, String)> =
                expected.iter().map(|named| (named.code.clone(), named.at.clone())).collect();
            let keys: BTreeSet<(String, String)> = found.keys().cloned().collect();
            let (unnamed, unexpected): (Vec<_>, Vec<_>) =
                (wanted.difference(&keys).collect(), keys.difference(&wanted).collect());
            assert!(
                unnamed.is_empty() && unexpected.is_empty(),
                "{} ({lang}): {} Not named: {unnamed:?}; not expected: {unexpected:?}",
                self.name,
                self.expected.happened
            );
            for named in &expected {
                let said = &found[&(named.code.clone(), named.at.clone())];
                assert!(said.contains(&remedy(named)), "{} ({lang}): {named:?}: {said}", self.name);
            }
            if expected.len() == self.expected.named.len() {
                assert_eq!(code, self.expected.exit, "{} ({lang})", self.name);
            }
        }
    }

    fn is_read(&self, school: &School) {
        for question in QUESTIONS {
            let said = self.run(school, question);
            let first = question.split(' ').next().unwrap();
            let wanted = self.expected.unanswered.get(first).copied().unwrap_or(0);
            assert_eq!(said.code, wanted, "{}: {question}: {said:?}", self.name);
            if first == "student" && wanted == 0 {
                let all = ["aaaaaa", "bbbbbb", "cccccc"].map(str::to_owned).to_vec();
                let mut read: Vec<String> = said.out.lines().map(str::to_owned).collect();
                read.sort();
                assert_eq!(&read, self.expected.students.as_ref().unwrap_or(&all), "{}: {said:?}", self.name);
            }
            if first == "log" && wanted == 0 {
                assert_eq!(said.out.lines().count(), self.expected.rows, "{}: {said:?}", self.name);
            }
        }
    }

    /// A row is added behind the damage, or refused; either way every line that was there is there, and `undo` gives back
    /// every byte.
    fn takes_a_row(&self) {
        let school = self.school();
        let before = bytes_of(&school);
        let said = self.run(&school, ADD);
        assert_eq!(said.code, self.expected.add_exit, "{}: {said:?}", self.name);
        let after = bytes_of(&school);
        if said.code == 0 {
            lost_nothing(&self.name, &before, &after);
            assert_eq!(self.run(&school, "undo").code, 0, "{}", self.name);
        }
        assert_eq!(bytes_of(&school), before, "{}: after {ADD}", self.name);
    }

    fn is_mended(&self) -> usize {
        let school = self.school();
        let before = bytes_of(&school);
        let mut wanted = before.clone();
        let mended = files_in(&self.dir.join("mended"));
        let count = mended.len() + self.expected.taken.len();
        wanted.extend(mended);
        self.expected.taken.iter().for_each(|path| assert!(wanted.remove(path).is_some(), "{}: {path}", self.name));
        let said = self.run(&school, "check --fix");
        let after = bytes_of(&school);
        let differ: Vec<&String> =
            wanted.keys().chain(after.keys()).filter(|path| wanted.get(*path) != after.get(*path)).collect();
        assert!(differ.is_empty(), "{}: {differ:?} after --fix: {said:?}", self.name);
        lost_nothing(&self.name, &before, &after);
        self.is_named(&school, |named| !named.mended);
        self.run(&school, "check --fix");
        assert_eq!(bytes_of(&school), after, "{}: a second --fix", self.name);
        if count > 0 {
            assert_eq!(self.run(&school, "undo").code, 0, "{}", self.name);
            assert_eq!(bytes_of(&school), before, "{}: undo of --fix", self.name);
        }
        count
    }
}

/// Whether nothing is forbidden to whoever runs the tests.
fn is_root() -> bool {
    let file = tempfile::NamedTempFile::new().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o000)).unwrap();
    }
    fs::read(file.path()).is_ok()
}

/// The ledger to which everything happened: a new one, with three children and what was done for them.
fn healthy() -> School {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let new = || {
        let school = School::new();
        lay(files_in(&damaged("healthy")), school.root());
        files_in(school.root())
    };
    let school = School { dir: tempfile::tempdir().expect("a temporary folder") };
    lay(FILES.get_or_init(new).clone(), school.root());
    // Where nobody else can enter, the rights of what lies there do not matter.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(school.root(), fs::Permissions::from_mode(0o700)).unwrap();
    }
    school
}

/// Lays files over those of a folder.
fn lay(files: BTreeMap<String, Vec<u8>>, onto: &Path) {
    for (path, bytes) in files {
        let to = onto.join(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

/// Every file below a folder, hidden ones too; none where there is no such folder.
fn files_in(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = |path: PathBuf| fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    paths_in(root).into_iter().map(|(name, path)| (name, bytes(path))).collect()
}

/// Every file below a folder, by its path from there.
fn paths_in(root: &Path) -> BTreeMap<String, PathBuf> {
    fn collect(root: &Path, dir: &Path, paths: &mut BTreeMap<String, PathBuf>) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                collect(root, &path, paths);
            } else if kind.is_file() {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                paths.insert(name, path);
            }
        }
    }
    let mut paths = BTreeMap::new();
    collect(root, root, &mut paths);
    paths
}

/// The ledger's files, and of its own state what may be damaged. Of one that nobody may read only the length is known.
fn bytes_of(school: &School) -> BTreeMap<String, Vec<u8>> {
    let mut paths = paths_in(school.root());
    paths.retain(|path, _| !path.starts_with(".guanai/") || path == ".guanai/pending");
    let bytes = |path: PathBuf| fs::read(&path).unwrap_or_else(|_| vec![0; path.metadata().unwrap().len() as usize]);
    paths.into_iter().map(|(name, path)| (name, bytes(path))).collect()
}

/// The lines of a file, in whatever coding and with whatever line ends it lies there.
fn lines_of(bytes: &[u8]) -> Vec<String> {
    let text = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) if !encoding_rs::GB18030.decode(bytes).2 => encoding_rs::GB18030.decode(bytes).0.into_owned(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        },
    };
    // Cells at the end of a row that are empty say nothing.
    let lines = text.split(['\n', '\r']).map(|line| line.trim_end_matches(','));
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Every line that stood in a file stands there, or in another file where the file has gone.
fn lost_nothing(case: &str, before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) {
    let everywhere = || after.values().flat_map(|bytes| lines_of(bytes)).collect::<BTreeSet<String>>();
    for (path, bytes) in before {
        let kept: BTreeSet<String> = match after.get(path) {
            Some(now) if now == bytes => continue,
            Some(now) => lines_of(now).into_iter().collect(),
            None => everywhere(),
        };
        let lost: Vec<String> = lines_of(bytes).into_iter().filter(|line| !kept.contains(line)).collect();
        assert!(lost.is_empty(), "{case}: {path} has lost {lost:?}");
    }
}

fn cases() -> Vec<Case> {
    let mut dirs: Vec<PathBuf> =
        fs::read_dir(damaged("cases")).expect("there are cases").flatten().map(|entry| entry.path()).collect();
    dirs.sort();
    let only = std::env::var("GUANAI_CASE").unwrap_or_default();
    let all = dirs.into_iter().map(Case::read);
    all.filter(|case| case.name.contains(&only) && !case.is_left_out()).collect()
}

/// Looks at all cases side by side, and says of every one that fails why.
fn each(look: impl Fn(&Case) -> usize + Sync) -> usize {
    let cases = cases();
    let next = std::sync::Mutex::new(cases.iter());
    let worker = || {
        let mut count = 0;
        let mut failed = Vec::new();
        loop {
            let Some(case) = next.lock().unwrap().next() else { return (count, failed) };
            match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| look(case))) {
                Ok(found) => count += found,
                Err(_) => failed.push(case.name.clone()),
            }
        }
    };
    let (counts, failed): (Vec<usize>, Vec<Vec<String>>) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).unzip()
    });
    let failed: Vec<String> = failed.into_iter().flatten().collect();
    assert!(failed.is_empty(), "{failed:?}");
    counts.into_iter().sum()
}

#[test]
fn the_healthy_ledger_has_nothing_wrong_with_it() {
    let said = healthy().command(&["check"]).env("GUANAI_KEY", damaged("key.txt")).output().unwrap();
    assert_eq!((said.status.code(), String::from_utf8_lossy(&said.stdout).as_ref()), (Some(0), ""));
}

#[test]
fn check_names_each_damage_with_place_and_remedy_and_nothing_else() {
    let named = each(|case| {
        let school = case.school();
        let before = bytes_of(&school);
        case.is_named(&school, |_| true);
        assert_eq!(bytes_of(&school), before, "{}: check wrote", case.name);
        case.expected.named.len()
    });
    println!("{} cases, {named} findings", cases().len());
}

#[test]
fn every_code_that_is_named_can_be_explained_in_both_languages() {
    let school = healthy();
    let codes: BTreeSet<String> =
        cases().into_iter().flat_map(|case| case.expected.named).map(|named| named.code).collect();
    for code in &codes {
        let [zh, en] = ["zh", "en"].map(|lang| school.ok(&["check", "--explain", code, "--lang", lang]));
        assert!(zh.starts_with(code) && en.starts_with(code) && zh != en, "{zh}{en}");
        assert!(zh.lines().count() == 3 && en.lines().count() == 3, "{code} has no remedy: {zh}{en}");
    }
    println!("{} codes", codes.len());
}

#[test]
fn a_row_with_cells_too_many_is_not_written_anew() {
    let school = Case::read(damaged("cases/too-few-and-too-many-cells")).school();
    let before = bytes_of(&school);
    for words in [&["log", "amend", "v2", "advice=x"][..], &["log", "void", "v2", "--reason", "x"]] {
        let said = school.run(words);
        assert!(said.code == 3 && said.err.contains("logs/2026-autumn/home-visit.csv:3"), "{said:?}");
        assert_eq!(bytes_of(&school), before);
    }
    // The row before it has lost cells, and the one behind it is whole.
    assert_eq!(school.run(&["log", "void", "v3", "--reason", "x"]).code, 0);
    lost_nothing("too many cells", &without(before, "v3"), &bytes_of(&school));
}

fn without(mut files: BTreeMap<String, Vec<u8>>, id: &str) -> BTreeMap<String, Vec<u8>> {
    for bytes in files.values_mut() {
        let lines: Vec<String> = lines_of(bytes).into_iter().filter(|line| !line.starts_with(id)).collect();
        *bytes = lines.join("\n").into_bytes();
    }
    files
}

#[test]
fn undo_does_not_reach_behind_a_damaged_record() {
    let school = healthy();
    for (kind, id) in [("care-talk", "first-1"), ("kite-day", "second-1")] {
        school.ok(&["log", "add", kind, "bbbbbb", "--id", id, "--date", "2026-11-20"]);
    }
    let before = bytes_of(&school);
    let last = fs::read_dir(school.path(".guanai/undo")).unwrap().flatten().map(|entry| entry.path()).max().unwrap();
    fs::write(&last, "guanai change set 1\n").unwrap();
    let said = school.run(&["undo"]);
    assert!(said.code == 3 && said.err.contains(".guanai/undo/"), "{said:?}");
    assert_eq!(bytes_of(&school), before);
    fs::remove_file(last).unwrap();
    assert_eq!(school.run(&["undo"]).code, 0);
    assert!(!school.read("logs/2026-autumn/care-talk.csv").contains("first-1"));
}

#[test]
fn what_can_be_read_of_a_damaged_ledger_is_read() {
    each(|case| {
        let school = case.school();
        let before = bytes_of(&school);
        case.is_read(&school);
        assert_eq!(bytes_of(&school), before, "{}: a question wrote", case.name);
        0
    });
}

#[test]
fn a_row_that_is_added_to_a_damaged_ledger_costs_nothing_that_was_there() {
    each(|case| {
        case.takes_a_row();
        0
    });
}

#[test]
fn fix_mends_what_has_one_right_answer_loses_nothing_and_can_be_taken_back() {
    let mended = each(Case::is_mended);
    println!("{mended} files mended");
}
