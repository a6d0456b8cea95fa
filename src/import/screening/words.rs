//! The words of `import/screening.toml`.

use serde::Deserialize;

use crate::ledger::definitions::parse_toml;
use crate::model::Outcome;

/// `import/screening.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    pub(super) headers: Headers,
    pub(super) item: ItemWords,
    pub(super) ignored: List,
    pub(super) skipped: Words,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Headers {
    pub(super) name: Vec<String>,
    pub(super) number: Vec<String>,
    pub(super) class: Vec<String>,
    pub(super) grade: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) staff: Vec<String>,
    pub(super) note: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemWords {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) missing: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) headers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
}

impl SheetWords {
    /// Reads `import/screening.toml`; `file` names it where a word is wrong.
    pub fn parse(file: &str, text: &str) -> Outcome<SheetWords> {
        parse_toml(file, text)
    }
}
