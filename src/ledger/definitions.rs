//! The ledger's own definitions: kinds of activity, their words, types of follow-up. Parsed when they are asked for,
//! and only the file that defines the kind where one kind is enough.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::change::View;
use super::coding;
use super::plain_toml;
use crate::model::fund::FundRules;
use crate::model::health::HealthRules;
use crate::model::kind::{Kind, Words};
use crate::model::{FollowUpTypes, Outcome, Place, Problem};

/// The line of a byte offset, counted from 1.
pub fn line_at(text: &str, offset: usize) -> u32 {
    coding::line_at(text.as_bytes(), offset)
}

/// Parses a TOML file of the ledger; what is wrong is named with its line.
pub fn parse_toml<T: DeserializeOwned>(path: &str, text: &str) -> Outcome<T> {
    plain_toml::read(text).map_err(|(message, byte)| toml_problem(path, text, &message, byte).into())
}

fn toml_problem(path: &str, text: &str, message: &str, byte: Option<usize>) -> Problem {
    if let Some(problem) = coding::damage(path, text.as_bytes()) {
        return problem;
    }
    let line = byte.map_or(1, |byte| line_at(text, byte));
    let breaks_off = !text.ends_with('\n') && line == line_at(text, text.len());
    let code = match text.parse::<toml_edit::DocumentMut>() {
        Ok(_) => "toml-value",
        Err(_) if breaks_off => "toml-cut",
        Err(_) => "toml-syntax",
    };
    let message = message.lines().collect::<Vec<_>>().join("; ");
    Problem::data(code, Place::line(path, line)).with("message", message)
}

/// The text of a TOML file of the ledger, in whatever coding it was saved.
pub fn text_of<'b>(path: &str, bytes: &'b [u8]) -> Outcome<Cow<'b, str>> {
    coding::whole_toml_text(path, bytes)
}

/// Reads definitions of a ledger.
#[derive(Debug, Clone)]
pub struct Definitions {
    view: View,
}

impl Definitions {
    pub fn of(view: &View) -> Definitions {
        Definitions { view: view.clone() }
    }

    /// The text of a definition file; that it is missing, or has lost what it said, is a problem.
    pub fn text(&self, path: &str) -> Outcome<String> {
        match self.there(path)? {
            Some(text) => Ok(text),
            None => Err(Problem::data("definition-missing", Place::file(path)).into()),
        }
    }

    /// The same, as it is shipped where the ledger is older than the file and has none of its own.
    pub fn text_or_shipped(&self, path: &str) -> Outcome<String> {
        Ok(self.there(path)?.unwrap_or_else(|| super::template::text(path)))
    }

    /// Rules without a word would pass for rules under which nobody is at risk.
    fn there(&self, path: &str) -> Outcome<Option<String>> {
        let Some(bytes) = self.view.read(path)? else { return Ok(None) };
        let text = text_of(path, &bytes)?.into_owned();
        match text.trim().is_empty() {
            true => Err(Problem::data("file-empty", Place::file(path)).into()),
            false => Ok(Some(text)),
        }
    }

    /// A definition file, parsed.
    pub fn parsed<T: DeserializeOwned>(&self, path: &str) -> Outcome<T> {
        parse_toml(path, &self.text(path)?)
    }

    /// A definition file that the program has not always had: a ledger without it is read by the one of a new ledger.
    pub fn parsed_or_shipped<T: DeserializeOwned>(&self, path: &str) -> Outcome<T> {
        parse_toml(path, &self.text_or_shipped(path)?)
    }

    /// How money and goods move.
    pub fn fund_rules(&self) -> Outcome<FundRules> {
        self.parsed_or_shipped(FUNDS_FILE)
    }

    /// The rules that judge what rows of a kind measure; nothing for a kind that measures nothing.
    pub fn health_rules(&self, kind: &Kind) -> Outcome<Option<HealthRules>> {
        let path = kind.judged_by.as_ref().map(|name| format!("rules/{name}.toml"));
        path.map(|path| self.parsed_or_shipped(&path)).transpose()
    }

    /// The files of a folder of definitions, by name.
    pub fn files(&self, dir: &str) -> Vec<String> {
        let mut files = self.view.folder.list(dir, ".toml", &mut Vec::new());
        self.view.pending.add_paths(&format!("{dir}/"), &mut files);
        files
    }

    /// The templates of letters (`documents/*.md`), whatever their names.
    pub fn documents(&self) -> Vec<String> {
        let mut files = self.view.folder.plain_files("documents", &mut Vec::new());
        self.view.pending.add_paths("documents/", &mut files);
        files.retain(|path| path.ends_with(".md"));
        files
    }

    /// Every kind of activity, by name.
    pub fn kinds(&self) -> Outcome<BTreeMap<String, Kind>> {
        let mut kinds = BTreeMap::new();
        for path in self.kind_files() {
            self.add_kinds(&path, &self.text(&path)?, &mut kinds)?;
        }
        Ok(kinds)
    }

    /// One kind, or nothing where no file defines it.
    pub fn kind(&self, name: &str) -> Outcome<Option<Kind>> {
        let heading = format!("[{name}]");
        for path in self.kind_files() {
            let text = self.text(&path)?;
            if text.lines().any(|line| line.trim_end() == heading) {
                let mut kinds = BTreeMap::new();
                self.add_kinds(&path, &text, &mut kinds)?;
                return Ok(kinds.remove(name));
            }
        }
        Ok(None)
    }

    fn kind_files(&self) -> Vec<String> {
        let mut files = self.files("kinds");
        files.retain(|path| path != WORDS_FILE);
        files
    }

    fn add_kinds(&self, path: &str, text: &str, kinds: &mut BTreeMap<String, Kind>) -> Outcome<()> {
        let defined: BTreeMap<String, Kind> = parse_toml(path, text)?;
        for (name, mut kind) in defined {
            kind.name.clone_from(&name);
            if kinds.insert(name.clone(), kind).is_some() {
                return Err(Problem::data("kind-twice", Place::file(path)).with("kind", name).into());
            }
        }
        Ok(())
    }

    /// The words of every choice value.
    pub fn words(&self) -> Outcome<Words> {
        #[derive(serde::Deserialize)]
        struct File {
            word: Words,
        }
        self.parsed::<File>(WORDS_FILE).map(|file| file.word)
    }

    pub fn follow_up_types(&self) -> Outcome<FollowUpTypes> {
        self.parsed("rules/followups.toml")
    }
}

/// The words of choice values.
pub const WORDS_FILE: &str = "kinds/words.toml";

/// How money and goods move.
pub const FUNDS_FILE: &str = "rules/funds.toml";
