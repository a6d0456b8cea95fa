//! A ledger in a folder of its own, and the binary run in it: no clock, home or language of the machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day on which every test stands.
pub const DAY: &str = "2026-11-24";

pub struct School {
    pub dir: TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
#[allow(dead_code, reason = "not every test file reads every stream")]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl School {
    /// A new ledger, with no students.
    #[allow(dead_code, reason = "not every test file begins with an empty school")]
    pub fn new() -> School {
        let school = School { dir: tempfile::tempdir().expect("a temporary folder") };
        let said = school.run(&["init", ".", "--name", "青石镇中心小学"]);
        assert_eq!(said.code, 0, "{said:?}");
        school
    }

    /// A ledger with two children, whose ids are aaaaaa (王小明) and bbbbbb (李小红).
    #[allow(dead_code, reason = "not every test file needs children")]
    pub fn with_two_children() -> School {
        let school = School::new();
        school.ok(&["student", "add", "王小明", "--id", "aaaaaa", "class=2023-2", "--since", "2023-09-01"]);
        school.ok(&["student", "add", "李小红", "--id", "bbbbbb", "class=2023-2", "--since", "2023-09-01"]);
        school
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    #[allow(dead_code, reason = "not every test file looks into a file")]
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    #[allow(dead_code, reason = "not every test file looks into a file")]
    pub fn read(&self, relative: &str) -> String {
        std::fs::read_to_string(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guanai"));
        command
            .args(arguments)
            .current_dir(self.root())
            .env_clear()
            .env("GUANAI_AS_OF", DAY)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments).output().expect("the binary runs"))
    }

    /// Runs a command that must succeed; gives what it printed.
    #[allow(dead_code, reason = "not every test file needs it")]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out
    }

    /// Every file of the ledger by path, without its own state.
    #[allow(dead_code, reason = "not every test file compares whole ledgers")]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        School::files_of(self.root())
    }

    /// Every file of a ledger that lies there, without its own state and git's.
    #[allow(dead_code, reason = "not every test file compares whole ledgers")]
    pub fn files_of(root: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(root, root, &mut files);
        files
    }
}

pub fn said(output: Output) -> Said {
    Said {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

fn collect(root: &Path, dir: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.file_name().is_some_and(|name| name == ".guanai" || name == ".git") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            files.insert(relative, std::fs::read(&path).expect("a file"));
        }
    }
}
