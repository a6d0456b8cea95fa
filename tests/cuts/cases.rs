//! The kinds of change sets that are cut: a ledger, and the commands that change it.

use std::path::PathBuf;

use crate::support::{School, said};

/// A ledger and what is done to it.
pub struct Case {
    pub name: &'static str,
    pub school: School,
    pub commands: Vec<Vec<&'static str>>,
    /// Whether `undo` takes the last command back.
    pub can_undo: bool,
    /// The file of keys, and that the clear text `MA-RK` is to be nowhere once the last command is done.
    pub key: Option<(tempfile::TempDir, PathBuf)>,
    /// Where the copies lie that are cut; in memory where nothing is said, as what a disk would lose is worked out.
    pub place: Option<PathBuf>,
}

impl Case {
    fn new(name: &'static str, school: School, commands: &[&[&'static str]]) -> Case {
        let commands = commands.iter().map(|command| command.to_vec()).collect();
        Case { name, school, commands, can_undo: true, key: None, place: None }
    }
}

const VISIT: &[&str] =
    &["log", "add", "home-visit", "bbbbbb", "met=guardian", "problem=缺课", "--id", "visit2", "--date", "2026-11-02"];

fn a_lived_in_school() -> School {
    let school = School::with_two_children();
    school.ok(&[
        "log",
        "add",
        "home-visit",
        "aaaaaa",
        "met=guardian",
        "problem=没有书桌",
        "--id",
        "visit1",
        "--date",
        "2026-10-01",
    ]);
    school
}

pub fn a_new_file() -> Case {
    let command = ["student", "add", "王五", "--id", "cccccc", "class=2024-1"];
    Case::new("a new file", a_lived_in_school(), &[&command])
}

pub fn a_changed_file() -> Case {
    Case::new("a changed file", a_lived_in_school(), &[&["student", "set", "aaaaaa", "boarding=true"]])
}

pub fn a_removed_file() -> Case {
    let school = a_lived_in_school();
    school.ok(&["student", "add", "王五", "--id", "cccccc", "class=2024-1"]);
    Case { can_undo: false, ..Case::new("a removed file", school, &[&["undo"]]) }
}

pub fn several_files() -> Case {
    // Nothing of the folder of a term is there before.
    Case::new("several files, some new", School::with_two_children(), &[VISIT])
}

pub fn an_attachment() -> Case {
    let school = a_lived_in_school();
    std::fs::write(school.path("scan.pdf"), b"%PDF-1.7\0\xFF signed".repeat(40)).unwrap();
    let command = [
        "log",
        "add",
        "home-visit",
        "aaaaaa",
        "met=parent",
        "--attach",
        "scan.pdf",
        "--id",
        "v3",
        "--date",
        "2026-11-03",
    ];
    Case::new("a row and its attachment", school, &[&command])
}

pub fn an_undo() -> Case {
    Case { can_undo: false, ..Case::new("an undo of several files", a_lived_in_school(), &[&["undo"]]) }
}

pub fn two_commands() -> Case {
    // What the second one finds is what the first one may not have made sure of.
    let void = ["log", "void", "visit2", "--reason", "typed twice"];
    Case::new("two commands in a row", a_lived_in_school(), &[VISIT, &void])
}

pub fn a_batch() -> Case {
    let school = a_lived_in_school();
    let lines = "log add home-visit aaaaaa met=parent --id v3\nstudent set bbbbbb boarding=true\nlog add guardian-contact bbbbbb --id c1\n";
    std::fs::write(school.path("batch.txt"), lines).unwrap();
    Case::new("a batch", school, &[&["batch", "batch.txt"]])
}

pub fn a_census() -> Case {
    let school = a_lived_in_school();
    // More files than are synced one by one, and written by one core.
    let rows: String =
        (10..50).map(|number| format!("学生{number},男,2024-1,2017-01-{:02}\n", number % 28 + 1)).collect();
    std::fs::write(school.path("census.csv"), format!("姓名,性别,班级,出生日期\n{rows}")).unwrap();
    Case::new("a census of 40 children", school, &[&["import", "census", "census.csv"]])
}

pub fn a_mended_ledger() -> Case {
    let school = a_lived_in_school();
    for path in ["logs/2026-autumn/home-visit.csv", "students/aaaaaa.toml"] {
        let text = school.read(path).replace('\n', "\r\n");
        std::fs::write(school.path(path), format!("\u{feff}{text}")).unwrap();
    }
    Case::new("check --fix", school, &[&["check", "--fix"]])
}

pub fn a_new_ledger() -> Case {
    let school = School { dir: tempfile::tempdir().unwrap() };
    Case { can_undo: false, ..Case::new("init", school, &[&["init", ".", "--name", "青石镇中心小学"]]) }
}

/// A school whose confidential rows lie in the clear, and which has just made its key.
fn with_clear_rows(name: &'static str, rows: &[&[&str]], command: &[&'static str]) -> Case {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key.txt");
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    for row in rows {
        school.ok(&[&["log", "add"], *row].concat());
    }
    let made = said(school.command(&["key", "new", "--name", "x"]).env("GUANAI_KEY", &key).output().unwrap());
    assert_eq!(made.code, 0, "{made:?}");
    Case { can_undo: false, key: Some((keys, key)), ..Case::new(name, school, &[command]) }
}

const COUNSELLING: &[&str] = &["counselling", "aaaaaa", "content=MA-RK", "--id", "k1"];
const CRISIS: &[&str] = &["crisis", "aaaaaa", "type=loss", "description=MA-RK", "--id", "k2"];

pub fn one_sealed_row() -> Case {
    with_clear_rows("one row that is sealed", &[COUNSELLING], &["log", "amend", "k1", "content=other"])
}

pub fn a_rotation() -> Case {
    with_clear_rows("a rotation that seals clear rows", &[COUNSELLING, CRISIS], &["key", "rotate"])
}
