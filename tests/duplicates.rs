//! Two teachers write down the same child while they are apart: the two files are found, joined by one command without
//! losing a row, and a copy of the ledger that comes later does not bring the other one back.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Said, School, said};

/// A school in which 王小明 has two files, aaaaaa and cccccc, and both are spoken of.
fn twice() -> School {
    let school = School::with_two_children();
    school.ok(&["student", "set", "aaaaaa", "born=2016-03-06", "address=一组", "parent.father.phone=15400000001"]);
    let add = ["student", "add", "王小明", "--id", "cccccc", "class=2023-1", "born=2016-03-06", "address=二组"];
    school
        .ok(&[&add[..], &["parent.father.name=王大山", "note=爱画画", "--since", "2023-09-01", "--even-if-alike"]]
            .concat());
    for line in [
        "log add home-visit aaaaaa met=guardian --id visit-a --date 2026-10-08",
        "log add home-visit cccccc met=parent problem=没有书桌 --id visit-c --date 2026-10-09",
        "log add care-talk bbbbbb cccccc --id talk-bc --date 2026-10-10",
        "log add care-talk aaaaaa cccccc --id talk-ac --date 2026-10-11",
        "log add safety-lesson class:2023-1 topic=fire --id lesson-1 --date 2026-10-12",
        "log add score cccccc exam=midterm subject=语文 score=80 --id score-c --date 2026-11-10",
        "log add score aaaaaa exam=midterm subject=语文 score=80 --id score-a --date 2026-11-10",
        "pair add tutor cccccc 石军 --id pair-c",
        "pair add peer-tutor bbbbbb cccccc --id pair-b",
        "followup add wish cccccc --what 一本字典 --id wish-c",
        "risk set cccccc watch --reason 常迟到",
    ] {
        school.ok(&line.split(' ').collect::<Vec<_>>());
    }
    let text = school.read("guanai.toml") + "\n[group.chess]\nstudents = [\"cccccc\", \"bbbbbb\"] # on Friday\n";
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    school
}

const MERGE: [&str; 8] = ["student", "merge", "aaaaaa", "cccccc", "--take", "class=keep", "--take", "address=other"];

#[test]
fn two_files_of_one_child_are_listed_with_what_agrees_and_named_by_check() {
    let school = twice();
    let listed: serde_json::Value =
        serde_json::from_str(&school.ok(&["student", "duplicates", "--format", "json"])).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    assert_eq!((&listed[0]["id"], &listed[0]["other"]), (&"aaaaaa".into(), &"cccccc".into()));
    assert_eq!(listed[0]["agree"], serde_json::json!(["姓名", "出生日期"]), "{listed}");
    let check = school.run(&["check", "--format", "csv"]).out;
    assert!(check.contains("check-duplicate") && check.contains("student merge aaaaaa cccccc"), "{check}");
    // Two numbers that differ are two children.
    school.ok(&["student", "set", "aaaaaa", "national_id=529901201603060018"]);
    let other = school.run(&["student", "set", "cccccc", "national_id=529901201603060034"]);
    if other.code == 0 {
        assert_eq!(school.ok(&["student", "duplicates", "--format", "json"]).trim(), "[]");
    }
}

#[test]
fn what_both_say_differently_is_refused_with_every_field_until_a_person_has_chosen() {
    let school = twice();
    let before = school.files();
    let refused = school.run(&["student", "merge", "aaaaaa", "cccccc", "--lang", "en"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    for wanted in ["2023-2", "2023-1", "一组", "二组", "--take 'address=keep'", "--take 'class=other'"] {
        assert!(refused.err.contains(wanted), "{wanted}: {}", refused.err);
    }
    assert_eq!(school.run(&[&MERGE[..], &["--take", "gender=keep"]].concat()).code, 2, "nothing differs there");
    assert_eq!(school.run(&[&MERGE[..6], &["--take", "address=mine"]].concat()).code, 2);
    assert_eq!(school.run(&["student", "merge", "aaaaaa", "aaaaaa"]).code, 2);
    let dry = school.run(&[&MERGE[..], &["--dry-run"]].concat());
    assert!(dry.code == 0 && dry.out.contains("students/cccccc.toml"), "{dry:?}");
    assert_eq!(school.files(), before);
    school.ok(&[&MERGE[..6], &["--set", "address=三组"]].concat());
    assert!(school.read("students/aaaaaa.toml").contains("address = \"三组\""));
}

#[test]
fn one_command_joins_the_files_and_every_row_and_one_undo_takes_it_back() {
    let school = twice();
    let before = school.files();
    let rows = |school: &School| -> usize {
        let files = school.files();
        let csv = files.iter().filter(|(path, _)| path.ends_with(".csv") && !path.contains("matches"));
        csv.map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count()).sum()
    };
    let count = rows(&school);
    school.ok(&MERGE);
    assert!(!school.path("students/cccccc.toml").exists());
    let child = school.read("students/aaaaaa.toml");
    for kept in ["2016-03-06", "二组", "15400000001", "王大山", "爱画画", "常迟到", "2023-2"] {
        assert!(child.contains(kept), "{kept} is lost: {child}");
    }
    assert_eq!(rows(&school), count, "a row is lost");
    let files = school.files();
    for (path, bytes) in files.iter().filter(|(path, _)| !path.contains("matches")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("cccccc"), "{path}: {text}");
    }
    assert!(school.read("registers/matches.csv").contains("cccccc"));
    assert!(school.read("guanai.toml").contains("students = [\"aaaaaa\", \"bbbbbb\"] # on Friday"));
    let lessons = school.read("logs/2026-autumn/safety-lesson.csv");
    assert!(lessons.contains("class:2023-1 aaaaaa"), "the child was in that class on that day: {lessons}");
    let talks = school.read("logs/2026-autumn/care-talk.csv");
    assert!(talks.contains("bbbbbb aaaaaa") && talks.contains("talk-ac,2026-10-11,aaaaaa,"), "{talks}");
    let check = school.run(&["check", "--format", "csv"]);
    assert!(check.code == 0 && !check.out.contains("unknown-student"), "{check:?}");
    let shown = school.ok(&["log", "list", "--student", "aaaaaa", "--all", "--format", "csv"]);
    for id in ["visit-a", "visit-c", "talk-bc", "talk-ac", "lesson-1", "score-a", "score-c"] {
        assert!(shown.contains(id), "{id}: {shown}");
    }
    school.ok(&["undo"]);
    assert_eq!(school.files(), before);
}

#[test]
fn sealed_rows_are_changed_inside_by_who_has_the_key_and_refused_to_who_has_not() {
    let school = twice();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key.txt");
    let with = |arguments: &[&str]| said(school.command(arguments).env("GUANAI_KEY", &key).output().unwrap());
    assert_eq!(with(&["key", "new", "--name", "王老师"]).code, 0);
    assert_eq!(with(&["log", "add", "counselling", "cccccc", "content=MARK", "--id", "c1"]).code, 0);
    let before = school.files();
    let refused = school.run(&[&MERGE[..], &["--lang", "en"]].concat());
    assert!(refused.code == 3 && refused.err.contains("GUANAI_KEY"), "{refused:?}");
    assert!(!refused.err.contains("MARK"));
    assert_eq!(school.files(), before);
    let joined = with(&MERGE);
    assert_eq!(joined.code, 0, "{joined:?}");
    let shown = with(&["log", "show", "c1", "--format", "csv"]).out;
    assert!(shown.contains("aaaaaa") && shown.contains("MARK") && !shown.contains("cccccc"), "{shown}");
    let waits = with(&["followup", "list", "--student", "aaaaaa", "--format", "csv"]).out;
    assert!(waits.contains("return-visit"), "{waits}");
    for (path, bytes) in school.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("MARK"), "{path}");
    }
}

/// Two clones of a ledger.
struct Desks {
    dir: tempfile::TempDir,
}

impl Desks {
    fn new() -> Desks {
        let desks = Desks { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desks.path("one")).unwrap();
        desks.ok("one", "guanai init . -q && git init -q -b main && guanai git setup -q");
        desks.ok("one", "guanai -q student add 王小明 --id aaaaaa class=2023-2 born=2016-03-06");
        desks.ok("one", "guanai -q student add 王小明 --id cccccc class=2023-2 --even-if-alike gender=male");
        desks.ok("one", "guanai -q log add home-visit cccccc met=guardian --id visit-0 --date 2026-10-08");
        desks.ok(
            "one",
            "git add -A && git commit -qm start && git clone -q . ../two && cd ../two && guanai git setup -q",
        );
        desks
    }

    fn path(&self, desk: &str) -> PathBuf {
        self.dir.path().join(desk)
    }

    fn run(&self, desk: &str, script: &str) -> Said {
        let binary = Path::new(env!("CARGO_BIN_EXE_guanai")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).current_dir(self.path(desk)).env_clear().env("PATH", path);
        shell.env("HOME", self.dir.path()).env("GUANAI_AS_OF", "2026-11-24").env("LC_ALL", "C.UTF-8");
        for (key, value) in [("NAME", "t"), ("EMAIL", "t@example.invalid")] {
            shell.env(format!("GIT_AUTHOR_{key}"), value).env(format!("GIT_COMMITTER_{key}"), value);
        }
        said(shell.output().unwrap())
    }

    fn ok(&self, desk: &str, script: &str) -> String {
        let said = self.run(desk, script);
        assert_eq!(said.code, 0, "{script}: {said:?}");
        said.out
    }

    fn read(&self, desk: &str, file: &str) -> String {
        std::fs::read_to_string(self.path(desk).join(file)).unwrap()
    }
}

#[test]
fn a_copy_that_still_knows_the_other_file_is_merged_and_check_fix_mends_what_it_brings() {
    let desks = Desks::new();
    desks.ok("one", "guanai -q student merge aaaaaa cccccc; git add -A; git commit -qm joined");
    // The other desk knows nothing of it: it changes a row of the child, adds one, and leaves the file alone.
    desks.ok(
        "two",
        "guanai -q log amend visit-0 --note 没有书桌; guanai -q log add care-talk cccccc --id talk-1;
         guanai -q followup add wish cccccc --what 字典 --id wish-1; git add -A; git commit -qm two",
    );
    for (desk, other) in [("one", "two"), ("two", "one")] {
        desks.ok(desk, &format!("git fetch -q ../{other} main:seen"));
    }
    for desk in ["one", "two"] {
        desks.ok(desk, "git merge -q --no-edit seen");
        assert!(!desks.path(desk).join("students/cccccc.toml").exists());
        let visits = desks.read(desk, "logs/2026-autumn/home-visit.csv");
        assert!(visits.contains("aaaaaa") && visits.contains("没有书桌") && !visits.contains("cccccc"), "{visits}");
        let check = desks.run(desk, "guanai check --format csv");
        assert_eq!((check.code, check.out.matches("check-joined-row").count()), (1, 2), "{check:?}");
        desks.ok(desk, "guanai check --fix -q >/dev/null");
        let talks = desks.read(desk, "logs/2026-autumn/care-talk.csv");
        assert!(talks.contains("aaaaaa") && !talks.contains("cccccc"), "{talks}");
        assert!(!desks.read(desk, "registers/followups.csv").contains("cccccc"));
    }
    let ledger = |desk: &str| School::files_of(&desks.path(desk));
    assert_eq!(ledger("one"), ledger("two"));
}

#[test]
fn a_file_that_comes_back_is_named_and_taken_in_again() {
    let desks = Desks::new();
    desks.ok("one", "guanai -q student merge aaaaaa cccccc; git add -A; git commit -qm joined");
    desks.ok("two", "guanai -q student set cccccc address=二组; git commit -qam two");
    // One side took the file out and the other changed it: git stops, and the teacher keeps the file.
    let stopped = desks.run("one", "git pull -q --no-rebase --no-edit ../two main");
    assert_ne!(stopped.code, 0, "{stopped:?}");
    desks.ok("one", "git add -A && git commit -qm kept");
    assert!(desks.path("one").join("students/cccccc.toml").exists());
    assert!(desks.run("one", "guanai check --format csv").out.contains("check-joined-file"));
    desks.ok("one", "guanai check --fix -q >/dev/null");
    assert!(!desks.path("one").join("students/cccccc.toml").exists());
    assert!(desks.read("one", "students/aaaaaa.toml").contains("二组"));
    // Where the two say different things, a person has to choose.
    desks.ok("one", "git show HEAD:students/cccccc.toml | sed 's/二组/四组/' > students/cccccc.toml");
    desks.run("one", "guanai check --fix -q");
    assert!(desks.path("one").join("students/cccccc.toml").exists());
    desks.ok("one", "guanai student merge aaaaaa cccccc --take address=other");
    assert!(desks.read("one", "students/aaaaaa.toml").contains("四组"));
    assert!(!desks.run("one", "guanai check --format csv").out.contains("check-joined"));
}
