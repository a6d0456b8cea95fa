//! The ledgers that are measured: an invented school of a size, with the whole tree of `data-template/`.

use std::fs;
use std::path::{Path, PathBuf};

use guanai::invent::{self, Invented, Wish};
use guanai::ledger::Folder;
use guanai::ledger::change::View;
use guanai::ledger::definitions::Definitions;
use guanai::model::Day;
use include_dir::{Dir, include_dir};

static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/data-template");

/// `guanai.toml` but for the terms; the groups are those that the plans speak of.
const SCHOOL_FILE: &str = "format = 1\n[school]\nname = \"\"\n\n[group.left-behind]\nleft-behind = \"own\"\n
[group.focus]\nleft-behind = \"own\"\nrisk = \"medium\"\n\n[group.low-income]\nlow-income = true\n
[group.boarding]\nboarding = true\n\n[group.study-difficulty]\nstudy-difficulty = true\n";

#[derive(Clone, Copy)]
pub struct Size {
    pub students: usize,
    pub rows: usize,
}

pub fn today() -> Day {
    Day::new(2026, 11, 24).expect("a day of the calendar")
}

/// Where everything that is measured lies; in the target folder, so that `cargo clean` takes it away.
pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tasks")
}

/// Where the ledger of a size lies.
pub fn place(size: Size) -> PathBuf {
    home().join(format!("{}-{}", size.students, size.rows))
}

/// The ledger of a size. It is written once and found again by the next run.
pub fn ledger(size: Size) -> PathBuf {
    let dir = place(size);
    let complete = dir.with_extension("complete");
    if !complete.is_file() {
        let _ = fs::remove_dir_all(&dir);
        write(&dir, &invented(size, &dir));
        fs::write(complete, "").expect("the target folder can be written");
    }
    dir
}

fn invented(size: Size, dir: &Path) -> Invented {
    TEMPLATE.extract(make(dir)).expect("the target folder can be written");
    let definitions = Definitions::of(&View::of_disk(&Folder { root: dir.to_owned() }));
    let kinds = definitions.kinds().expect("the template has its kinds");
    let types = definitions.follow_up_types().expect("the template has its follow-up types");
    let wish = Wish { students: size.students, rows: Some(size.rows), ..Wish::on(today()) };
    invent::school(&wish, &kinds, &types)
}

fn make(dir: &Path) -> &Path {
    fs::create_dir_all(dir).expect("the target folder can be written");
    dir
}

fn write(dir: &Path, invented: &Invented) {
    for (path, bytes) in &invented.files {
        let path = dir.join(path);
        make(path.parent().expect("a file stands in a folder"));
        fs::write(path, bytes).expect("the target folder can be written");
    }
    fs::write(dir.join("guanai.toml"), invent::school_file(SCHOOL_FILE, invented)).expect("the folder was made");
}

/// A ledger with no children, at a path, as `guanai init` would write it.
pub fn empty(dir: &Path) {
    let _ = fs::remove_dir_all(dir);
    TEMPLATE.extract(make(dir)).expect("the target folder can be written");
    let term = "[[term]]\nname = \"2026-autumn\"\nfrom = 2026-09-01\nuntil = 2027-01-20\n";
    fs::write(dir.join("guanai.toml"), format!("{SCHOOL_FILE}\n{term}")).expect("the folder was made");
}
