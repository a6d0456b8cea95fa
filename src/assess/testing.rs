//! Small ledgers for tests: written to a folder of their own, and loaded as a command would.

use std::fs;

use super::Rules;
use crate::ledger::snapshot::Need;
use crate::ledger::{Folder, Lock, Snapshot};
use crate::model::Day;

/// The files of the template that every ledger has.
const TEMPLATE: [(&str, &str); 13] = [
    ("kinds/family.toml", include_str!("../../data-template/kinds/family.toml")),
    ("kinds/life.toml", include_str!("../../data-template/kinds/life.toml")),
    ("kinds/management.toml", include_str!("../../data-template/kinds/management.toml")),
    ("kinds/mind.toml", include_str!("../../data-template/kinds/mind.toml")),
    ("kinds/safety.toml", include_str!("../../data-template/kinds/safety.toml")),
    ("kinds/society.toml", include_str!("../../data-template/kinds/society.toml")),
    ("kinds/study.toml", include_str!("../../data-template/kinds/study.toml")),
    ("kinds/words.toml", include_str!("../../data-template/kinds/words.toml")),
    ("rules/followups.toml", include_str!("../../data-template/rules/followups.toml")),
    ("rules/left-behind.toml", include_str!("../../data-template/rules/left-behind.toml")),
    ("rules/places.toml", include_str!("../../data-template/rules/places.toml")),
    ("rules/progress.toml", include_str!("../../data-template/rules/progress.toml")),
    ("rules/risk.toml", include_str!("../../data-template/rules/risk.toml")),
];

/// Autumn term from 2026-09-01, after a summer holiday; a week of holiday in October.
const SCHOOL: &str = r#"format = 1
[school]
name = "龙潭小学"
left-behind = "school"
[[term]]
name = "2026-spring"
from = 2026-03-01
until = 2026-07-08
[[holiday]]
name = "2026-summer"
from = 2026-07-09
until = 2026-08-31
[[term]]
name = "2026-autumn"
from = 2026-09-01
until = 2027-01-22
[[holiday]]
name = "national-day"
from = 2026-10-01
until = 2026-10-07
[group.left-behind]
left-behind = "own"
[group.focus]
left-behind = "own"
risk = "medium"
[group.low-income]
low-income = true
[group.boarding]
boarding = true
[group.study-difficulty]
study-difficulty = true
"#;

/// A ledger in a temporary folder.
pub struct Ledger {
    dir: tempfile::TempDir,
    followups: String,
}

impl Ledger {
    pub fn new() -> Ledger {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger { dir, followups: String::new() };
        ledger = ledger.file("guanai.toml", SCHOOL);
        for (path, text) in TEMPLATE {
            ledger = ledger.file(path, text);
        }
        ledger
    }

    /// Writes a file, in the place of the one that was there.
    pub fn file(self, path: &str, text: &str) -> Ledger {
        let full = self.dir.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    /// A child of class 2023-2, enrolled since 2023; `rest` is what else its file holds.
    pub fn student(self, id: &str, rest: &str) -> Ledger {
        let enrolment = if rest.contains("[[enrolment]]") { "" } else { "[[enrolment]]\nfrom = 2023-09-01\n" };
        let class = if rest.contains("class =") { "" } else { "class = \"2023-2\"\n" };
        let text = format!("id = \"{id}\"\nname = \"孩子{id}\"\n{class}{}\n{enrolment}", keys(rest));
        let text = format!("{text}{}", tables(rest));
        self.file(&format!("students/{id}.toml"), &text)
    }

    /// A log of the autumn term, with its header.
    pub fn log(self, kind: &str, csv: &str) -> Ledger {
        self.file(&format!("logs/2026-autumn/{kind}.csv"), csv)
    }

    /// A follow-up: id, type, student, opened, due, opened-by, done, cancelled.
    pub fn follow_up(mut self, cells: [&str; 8]) -> Ledger {
        self.followups.push_str(&(cells.join(",") + "\n"));
        let text = format!("id,type,student,opened,due,opened-by,done,cancelled\n{}", self.followups);
        self.file("registers/followups.csv", &text)
    }

    pub fn snapshot(&self) -> Snapshot {
        let folder = Folder { root: self.dir.path().to_owned() };
        let lock = Lock::shared(&folder).unwrap();
        let snapshot = Snapshot::load(&folder, &Need::everything(), &lock.pending).unwrap();
        assert_eq!(snapshot.problems, [], "the test's own ledger is damaged");
        snapshot
    }

    pub fn loaded(&self) -> (Snapshot, Rules) {
        let snapshot = self.snapshot();
        let rules = Rules::load(&snapshot).unwrap_or_else(|problems| panic!("{problems}"));
        (snapshot, rules)
    }
}

/// What stands before the first table.
fn keys(rest: &str) -> &str {
    let end = if rest.starts_with('[') { Some(0) } else { rest.find("\n[").map(|at| at + 1) };
    &rest[..end.unwrap_or(rest.len())]
}

fn tables(rest: &str) -> &str {
    &rest[keys(rest).len()..]
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}
