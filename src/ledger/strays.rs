//! What lies in the folder and is none of the ledger's files: copies of sync folders, files of editors, names in capital
//! letters, folders in a file's place. None of it is read; `check` names it.

use std::fs::{self, DirEntry};

use super::attachment;
use super::folder::{Folder, SCHOOL_FILE, is_editors, is_of_the_system};
use super::registers::REGISTERS;
use crate::model::{Place, Problem, is_id};

/// Something that is none of the ledger's files.
#[derive(Debug, Clone)]
pub struct Stray {
    pub problem: Problem,
    /// The bytes of a file that has nothing but what a file beside it has.
    pub copied: Option<Vec<u8>>,
}

/// The folders whose files are named by ids.
const NAMED: [(&str, &str); 7] = [
    ("students", ".toml"),
    ("kinds", ".toml"),
    ("plans", ".toml"),
    ("rules", ".toml"),
    ("forms", ".toml"),
    ("scales", ".toml"),
    ("import", ".toml"),
];
const OTHERS: [&str; 5] = ["logs", "registers", "documents", "attachments", "report"];

/// Everything in a ledger's folder that is none of its files, by place.
pub fn strays(folder: &Folder) -> Vec<Stray> {
    let mut found = Vec::new();
    in_root(folder, &mut found);
    for (dir, ending) in NAMED {
        in_dir(folder, dir, &|name| name.strip_suffix(ending).is_some_and(is_id), &mut found);
    }
    in_dir(folder, "registers", &|name| REGISTERS.contains(&format!("registers/{name}").as_str()), &mut found);
    in_dir(folder, attachment::DIR, &attachment::is_name, &mut found);
    in_logs(folder, &mut found);
    if fs::symlink_metadata(folder.path("students")).is_err() && has_logs(folder) {
        found.push(stray("folder-missing", "students"));
    }
    found.sort_by(|a, b| a.problem.place.cmp(&b.problem.place));
    found
}

fn stray(code: &'static str, path: &str) -> Stray {
    Stray { problem: Problem::data(code, Place::file(path)), copied: None }
}

/// Beside the ledger's files a school keeps what it likes; only what has a name like one of them is a stray.
fn in_root(folder: &Folder, found: &mut Vec<Stray>) {
    let dirs = || NAMED.iter().map(|(dir, _)| *dir).chain(OTHERS);
    let is_like = |name: &str, own: &str| name.strip_prefix(own).is_some_and(begins_a_remark);
    for (name, entry) in entries(folder, "") {
        let lower = name.to_lowercase();
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let is_own = name == SCHOOL_FILE || dirs().any(|dir| dir == name);
        match is_dir {
            _ if is_own => {}
            true if dirs().any(|dir| dir == lower) => found.push(in_capitals(&name, &lower)),
            true if dirs().any(|dir| is_like(&lower, dir)) => found.push(stray("stray-folder", &name)),
            false if lower == SCHOOL_FILE => found.push(in_capitals(&name, &lower)),
            false if is_editors(&name) && lower.contains("guanai") => found.push(stray("editor-file", &name)),
            false if is_like(&lower, "guanai") && lower.contains(".toml") => {
                found.push(copy_or_stray(folder, &name, &[SCHOOL_FILE.to_owned()]));
            }
            _ => {}
        }
    }
}

fn in_logs(folder: &Folder, found: &mut Vec<Stray>) {
    for (name, entry) in entries(folder, "logs") {
        let path = format!("logs/{name}");
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.push(stray(if is_editors(&name) { "editor-file" } else { "stray-file" }, &path));
        } else if is_id(&name) {
            in_dir(folder, &path, &|name| name.strip_suffix(".csv").is_some_and(is_id), found);
        } else {
            found.push(stray("stray-folder", &path));
        }
    }
}

fn has_logs(folder: &Folder) -> bool {
    let terms = entries(folder, "logs");
    terms.iter().any(|(name, _)| !entries(folder, &format!("logs/{name}")).is_empty())
}

fn in_dir(folder: &Folder, dir: &str, is_own: &dyn Fn(&str) -> bool, found: &mut Vec<Stray>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (name, entry) in entries(folder, dir) {
        let path = format!("{dir}/{name}");
        let Ok(kind) = entry.file_type() else { continue };
        match () {
            () if kind.is_symlink() => found.push(stray("link", &path)),
            () if is_editors(&name) => found.push(stray("editor-file", &path)),
            () if kind.is_dir() && is_own(&name) => found.push(stray("not-a-file", &path)),
            () if kind.is_dir() => found.push(stray("stray-folder", &path)),
            () if is_own(&name) => own.push(path),
            () => others.push((path, name)),
        }
    }
    for (path, name) in others {
        let (one, lower) = (copy_or_stray(folder, &path, &own), name.to_lowercase());
        // `home-visit-LAPTOP-7Q.csv` is a copy with the name of a machine, and no name that was written in capitals.
        let begins = |own: &String| stem(&lower).strip_prefix(stem(file_name(own))).is_some_and(begins_a_remark);
        let is_in_capitals = one.copied.is_none() && lower != name && is_own(&lower) && !own.iter().any(begins);
        found.push(if is_in_capitals { in_capitals(&path, &lower) } else { one });
    }
}

/// Whether what stands behind a name is not part of a longer one.
fn begins_a_remark(rest: &str) -> bool {
    rest.chars().next().is_some_and(|first| !first.is_ascii_alphanumeric())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn in_capitals(path: &str, wanted: &str) -> Stray {
    let one = stray("name-capitals", path);
    Stray { problem: one.problem.with("wanted", wanted), ..one }
}

/// A copy of one of the files beside it where it has the same bytes.
fn copy_or_stray(folder: &Folder, path: &str, own: &[String]) -> Stray {
    let length = |path: &str| fs::symlink_metadata(folder.path(path)).map_or(0, |about| about.len());
    let wanted = length(path);
    let same = |other: &&String| wanted > 0 && length(other) == wanted && read(folder, other) == read(folder, path);
    match own.iter().find(same) {
        Some(other) => {
            let one = stray("stray-copy", path);
            Stray { problem: one.problem.with("other", other), copied: read(folder, path) }
        }
        None => stray("stray-file", path),
    }
}

fn read(folder: &Folder, path: &str) -> Option<Vec<u8>> {
    folder.read(path).ok().flatten()
}

/// What is in a folder, by name, but for what the system hides or puts there for itself.
fn entries(folder: &Folder, dir: &str) -> Vec<(String, DirEntry)> {
    if folder.link_above(&format!("{dir}/")).is_some() {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(folder.path(dir)) else { return Vec::new() };
    let named = entries.flatten().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry));
    let is_hidden = |name: &str| name.starts_with('.') && !is_editors(name);
    let mut found: Vec<(String, DirEntry)> =
        named.filter(|(name, _)| !is_hidden(name) && !is_of_the_system(name)).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}
