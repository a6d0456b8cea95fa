//! What an invented school is made of, read from `lore.toml` and `rhythms.toml` beside this file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Names, places, illnesses, reasons.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lore {
    pub school: String,
    pub surnames: Vec<String>,
    pub boys: Vec<String>,
    pub girls: Vec<String>,
    pub men: Vec<String>,
    pub women: Vec<String>,
    pub old_men: Vec<String>,
    pub old_women: Vec<String>,
    pub villages: Vec<String>,
    pub streets: Vec<String>,
    pub town: String,
    pub group_of_village: String,
    pub ethnicities: Vec<String>,
    pub places: Vec<String>,
    pub disabilities: Vec<String>,
    pub disability_grades: Vec<String>,
    pub illnesses: Vec<String>,
    pub allergies: Vec<String>,
    pub habits: Vec<String>,
    pub interests: Vec<String>,
    pub difficulties: Vec<String>,
    pub characters: Vec<String>,
    pub housing: Vec<String>,
    pub child_notes: Vec<String>,
    pub staff: Vec<Named>,
    pub resource: Vec<Offer>,
    pub pairing: Pairings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub role: String,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offer {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub contact: String,
    pub offers: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pairings {
    pub caring_parents: Vec<String>,
    pub reasons: Vec<String>,
}

/// How often what is done, and what the records of it say.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Rhythms {
    pub weights: BTreeMap<String, usize>,
    pub follow_up: BTreeMap<String, FollowUpWords>,
    pub reasons: Reasons,
    pub rhythm: BTreeMap<String, Rhythm>,
    /// By the target of a kind that has none of its own.
    pub usual: BTreeMap<String, Rhythm>,
    pub festivals: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowUpWords {
    pub what: Vec<String>,
    pub outcome: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub moved: Vec<String>,
    pub cancelled: Vec<String>,
    pub void: Vec<String>,
}

/// Whom the rows of a kind are for.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Audience {
    Everybody,
    LeftBehind,
    BothAway,
    Focus,
    Boarding,
    LowIncome,
    StudyDifficulty,
    Class,
    School,
}

/// The stretches of time in each of which a kind comes about.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Every {
    Week,
    HalfMonth,
    Month,
    HalfTerm,
    Term,
    Holiday,
    Festival,
    Birthday,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Rhythm {
    #[serde(rename = "for")]
    pub audience: Audience,
    pub every: Every,
    #[serde(default = "one")]
    pub times: u32,
    #[serde(default = "hundred")]
    pub kept: u32,
    #[serde(default = "one")]
    pub focus: u32,
    #[serde(default)]
    pub scales: bool,
    #[serde(default)]
    pub everyone: bool,
    #[serde(default)]
    pub weekend: bool,
    #[serde(default)]
    pub months: Vec<u32>,
    #[serde(default)]
    pub festivals: Vec<String>,
    pub together: Option<[usize; 2]>,
    pub who: String,
    pub minutes: Option<[i64; 2]>,
    #[serde(default)]
    pub note: Vec<String>,
    #[serde(default)]
    pub field: BTreeMap<String, Values>,
}

fn one() -> u32 {
    1
}

fn hundred() -> u32 {
    100
}

/// What a field may say: a word (`rotate`, `@…`, or the value itself), a list, or a list or number with conditions.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Values {
    Word(String),
    OneOf(Vec<String>),
    Drawn(Drawn),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    #[serde(default)]
    pub of: Vec<String>,
    /// A value that follows from the child, such as `@guardian-name`.
    #[serde(rename = "as")]
    pub derived: Option<String>,
    pub from: Option<f64>,
    pub to: Option<f64>,
    #[serde(default)]
    pub yearly: f64,
    #[serde(default)]
    pub places: usize,
    pub share: Option<f64>,
    #[serde(default)]
    pub steady: bool,
    #[serde(default)]
    pub when: BTreeMap<String, Vec<String>>,
}

pub(super) fn lore() -> Lore {
    toml::from_str(include_str!("lore.toml")).expect("the file beside this one is read by a test")
}

pub(super) fn rhythms() -> Rhythms {
    toml::from_str(include_str!("rhythms.toml")).expect("the file beside this one is read by a test")
}
