//! The house is as docs/architecture.md draws it: no room uses one that stands before it, and only the words' room and
//! tests hold 汉字.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may use. `model` and `text` use nobody.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &[]),
    ("ledger", &["model"]),
    ("write", &["ledger", "model"]),
    ("assess", &["ledger", "model"]),
    ("import", &["ledger", "model"]),
    ("invent", &["ledger", "model"]),
    ("report", &["assess", "ledger", "model", "text"]),
    ("cli", &["report", "assess", "import", "invent", "write", "ledger", "model", "text"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let room = relative.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            (relative, room, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The code of a file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

#[test]
fn no_arrow_runs_back() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, room, text) in all() {
        let Some(allowed) = may_use.get(room.as_str()) else {
            assert!(["lib", "main"].contains(&room.as_str()), "{file} is in no room of the house");
            continue;
        };
        for (at, line) in without_tests(&text).lines().enumerate() {
            assert!(!line.contains("use crate::{"), "src/{file}:{}: name each room in a line of its own", at + 1);
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|letter| letter.is_ascii_lowercase()).collect();
                if used != room && may_use.contains_key(used.as_str()) && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("src/{file}:{}: {room} uses {used}", at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn words_that_people_read_stand_in_the_words_room() {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let mut wrong = Vec::new();
    for (file, _, text) in all() {
        if file.ends_with("tests.rs") || file.ends_with("sample.rs") {
            continue;
        }
        for (at, line) in without_tests(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap();
            if code.chars().any(is_han) {
                wrong.push(format!("src/{file}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_day_is_asked_of_the_clock_in_the_command_line_alone() {
    for (file, room, text) in all() {
        let asks =
            ["Local::now", "Utc::now", "SystemTime::now"].iter().any(|clock| without_tests(&text).contains(clock));
        assert!(!asks || room == "cli", "src/{file} reads the clock");
    }
}
