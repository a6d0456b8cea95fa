//! A school in a folder of its own inside of another one, in which nothing is to appear that nobody asked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fields;
use super::hostile::{Texts, marks_in, without};
use super::support::{Said, School, said};

pub struct Place {
    pub school: School,
    pub outer: tempfile::TempDir,
    pub texts: Texts,
}

/// What stands in a file beside the ledger.
pub const SECRET: &str = "a secret of somebody else";

/// What is typed as an argument, behind these words.
const TYPED: [&str; 3] = ["student set aaaaaa note=", "key new --name=", "risk set aaaaaa watch --reason="];

impl Place {
    /// A lived-in school with a text in every field, and one that came by each way of typing.
    pub fn new(texts: Texts) -> Place {
        let mut place = Place::with(texts, fields::fill);
        TYPED.iter().for_each(|line| place.typed(line));
        place.attached();
        place
    }

    /// A school in which a text stands where none is taken: in typed fields, in names of files of the ledger.
    pub fn spoilt(texts: Texts) -> Place {
        let mut place = Place::with(texts, |files, texts| {
            fields::fill(files, texts);
            fields::spoil(files, texts);
        });
        for dir in ["students", "kinds", "plans", "attachments", "documents", "logs/2026-autumn"] {
            let name = place.file_name(&format!("stray file in {dir}"));
            std::fs::create_dir_all(place.school.path(dir)).unwrap();
            std::fs::write(place.school.path(dir).join(name), "x").unwrap();
        }
        place
    }

    fn with(mut texts: Texts, fill: impl Fn(&mut fields::Files, &mut Texts)) -> Place {
        let outer = tempfile::tempdir().unwrap();
        let school = School { dir: tempfile::tempdir_in(outer.path()).unwrap() };
        school.ok(&["demo", ".", "-q", "--students", "12", "--terms", "1", "--rows", "100"]);
        let mut files = school.files();
        fill(&mut files, &mut texts);
        for (path, bytes) in files {
            std::fs::create_dir_all(school.path(&path).parent().unwrap()).unwrap();
            std::fs::write(school.path(&path), bytes).unwrap();
        }
        std::fs::create_dir_all(school.path("out")).unwrap();
        // A record names it as its attachment.
        std::fs::write(outer.path().join("secret"), SECRET).unwrap();
        std::fs::write(school.path("lines.txt"), "followup cancel followups-1 --reason x\n").unwrap();
        Place { school, outer, texts }
    }

    fn typed(&mut self, line: &str) {
        let text = self.argument(&format!("argument {line}"));
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        words.last_mut().unwrap().push_str(&text);
        let done = self.run(&words);
        assert_eq!(done.code, 0, "{words:?}: {done:?}");
    }

    /// A text that a file can have as its name: up to 255 bytes, with what a terminal acts on.
    pub fn file_name(&mut self, of: &str) -> String {
        let text = without(&self.argument(of), &['/', '\\']);
        let end = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end < 200).last();
        text[..end.unwrap_or(0)].to_owned()
    }

    fn attached(&mut self) {
        let name = self.file_name("attachment, name");
        std::fs::write(self.school.path(&name), "x").unwrap();
        let words = ["log", "add", "care-talk", fields::OTHER, &format!("--attach={name}")].map(str::to_owned);
        let done = self.run(&words);
        assert_eq!(done.code, 0, "{words:?}: {done:?}");
    }

    /// A text that can be typed. It is kept as the program is to give it back: nothing is kept of blanks at its ends.
    pub fn argument(&mut self, place: &str) -> String {
        let text = without(&self.texts.next(place), &['\0']).trim().to_owned();
        *self.texts.given.last_mut().unwrap() = text.clone();
        *self.texts.whole.last_mut().unwrap() = text.clone();
        text
    }

    pub fn run(&self, words: &[String]) -> Said {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        said(self.school.command(&words).env("GUANAI_KEY", self.outer.path().join("key.txt")).output().unwrap())
    }

    /// Every file in the outer folder, without what the ledger keeps for itself and what was asked for: what is to be
    /// written has a mark in its name, or is in the folder `out`.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        walk(self.outer.path(), &mut found);
        let own = self.school.root();
        found.retain(|path| {
            let is_asked = marks_in(&path.file_name().unwrap_or_default().to_string_lossy()).is_empty();
            is_asked && ![own.join(".guanai"), own.join("out")].iter().any(|dir| path.starts_with(dir))
        });
        found
    }
}

pub fn walk(dir: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), found);
        }
        found.insert(entry.path());
    }
}
