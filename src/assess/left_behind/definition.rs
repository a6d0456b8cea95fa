//! The definitions of who is left behind, as `rules/left-behind.toml` has them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ledger::definitions::Definitions as Files;
use crate::model::kind::{Citation, Label};
use crate::model::{Hukou, Outcome};

/// The file of the definitions.
pub const LEFT_BEHIND_FILE: &str = "rules/left-behind.toml";

/// `rules/left-behind.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Definitions {
    /// What the enrolment system's "one away" and "both away" claim: away for so many months when it was reported.
    #[serde(default)]
    pub reported_months: u32,
    pub definition: BTreeMap<String, Definition>,
}

/// One definition of who is left behind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Definition {
    pub label: Label,
    pub source: Option<Citation>,
    /// Completed years of life on the day are fewer.
    pub under_age: Option<i32>,
    pub hukou: Option<Hukou>,
    pub away: Who,
    /// Whole months that a parent has been away; where both are asked for, each of them.
    pub months_away: Option<u32>,
    /// One parent away counts where the other one lacks the capacity to care.
    #[serde(default)]
    pub other_without_capacity: bool,
    pub gone: Gone,
    /// The child goes to school where it is registered.
    #[serde(default)]
    pub schooled_at_hukou: bool,
}

/// Which parents have to be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    Any,
    Both,
}

/// What a parent is taken for who is dead, missing or in prison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gone {
    /// With the other one away or without capacity the child is without care, and counts.
    WithoutCare,
    NotCounted,
}

impl Definitions {
    pub fn load(files: &Files) -> Outcome<Definitions> {
        files.parsed(LEFT_BEHIND_FILE)
    }
}
