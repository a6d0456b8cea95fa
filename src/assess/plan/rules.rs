//! A plan as its TOML file has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ledger::Snapshot;
use crate::ledger::definitions::parse_toml;
use crate::model::kind::Label;
use crate::model::{Outcome, Place, Problem, Problems};

/// One work plan.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    #[serde(rename = "plan")]
    pub name: String,
    pub title: Label,
    #[serde(default)]
    pub section: Vec<Section>,
    #[serde(default)]
    pub commitment: Vec<Commitment>,
    /// The file that it was read from.
    #[serde(skip)]
    pub path: String,
}

/// A part of a plan: its commitments have codes that begin with its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: String,
    pub label: Label,
}

/// One measurable measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    pub code: String,
    pub text: Label,
    pub count: Option<Count>,
    pub within: Option<Within>,
    pub state: Option<State>,
    #[serde(rename = "for", default)]
    pub unit: For,
    pub every: Option<Every>,
    /// Of classes, only those of these grades.
    #[serde(default)]
    pub grades: Vec<i32>,
    #[serde(default)]
    pub owner: String,
    /// `stated`: the plan says how often; `assumed`: it does not.
    #[serde(default)]
    pub frequency: String,
    /// Switched off by the school.
    #[serde(default)]
    pub off: bool,
}

/// So many activities of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    pub kind: String,
    #[serde(rename = "where", default)]
    pub narrowed: BTreeMap<String, OneOrMany>,
    pub times: Option<u32>,
    pub distinct: Option<Distinct>,
}

/// A value, or any of several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn has(&self, value: &str) -> bool {
        match self {
            OneOrMany::One(one) => one == value,
            OneOrMany::Many(many) => many.iter().any(|one| one == value),
        }
    }

    pub fn first(&self) -> &str {
        match self {
            OneOrMany::One(one) => one,
            OneOrMany::Many(many) => many.first().map_or("", String::as_str),
        }
    }
}

/// Different values of a field: every one of `of`, or at least so many.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    pub field: String,
    #[serde(default)]
    pub of: Vec<OneOrMany>,
    pub least: Option<u32>,
}

/// Each trigger is answered in so many days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    pub after: Trigger,
    #[serde(rename = "do")]
    pub answer: Answer,
    pub days: u32,
}

/// What is to be answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    pub kind: Option<String>,
    pub followup: Option<String>,
    /// A screening whose band is the one named; `flagged` is any but normal and invalid.
    pub screening: Option<String>,
    /// An exam whose scores have been recorded.
    #[serde(default)]
    pub exam: bool,
}

/// What answers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    pub kind: Option<String>,
    pub followup_done: Option<String>,
}

/// True of each unit on the day. One of these.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {
    /// A pairing of the type is in force.
    pub pairing: Option<String>,
    /// … and the two have met lately.
    pub contact: Option<RegularContact>,
    pub resource: Option<String>,
    pub times: Option<u32>,
    pub record: Option<String>,
    pub agreement: Option<String>,
    pub file: Option<String>,
    #[serde(default)]
    pub meal_support: bool,
    #[serde(default)]
    pub contact_group: bool,
    #[serde(default)]
    pub staff_workload: bool,
    #[serde(default)]
    pub ledger_check: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegularContact {
    pub kind: String,
    pub every: Every,
}

/// For whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenFor")]
pub enum For {
    #[default]
    School,
    Class,
    Staff,
    Group(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenFor {
    Word(String),
    Group { group: String },
}

impl TryFrom<WrittenFor> for For {
    type Error = String;

    fn try_from(written: WrittenFor) -> Result<For, String> {
        match written {
            WrittenFor::Group { group } => Ok(For::Group(group)),
            WrittenFor::Word(word) => match word.as_str() {
                "school" => Ok(For::School),
                "class" => Ok(For::Class),
                "staff" => Ok(For::Staff),
                _ => Err(format!("{word:?} is none of \"school\", \"class\", \"staff\" and {{ group = … }}")),
            },
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenEvery")]
pub enum Every {
    Week,
    Month,
    #[default]
    Term,
    Year,
    Holiday,
    /// So many days.
    Days(u32),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenEvery {
    Word(String),
    Days { days: u32 },
}

impl TryFrom<WrittenEvery> for Every {
    type Error = String;

    fn try_from(written: WrittenEvery) -> Result<Every, String> {
        match written {
            WrittenEvery::Days { days: 0 } => Err("every = { days = 0 } is no period".to_owned()),
            WrittenEvery::Days { days } => Ok(Every::Days(days)),
            WrittenEvery::Word(word) => match word.as_str() {
                "week" => Ok(Every::Week),
                "month" => Ok(Every::Month),
                "term" => Ok(Every::Term),
                "year" => Ok(Every::Year),
                "holiday" => Ok(Every::Holiday),
                _ => Err(format!("{word:?} is none of week, month, term, year, holiday and {{ days = N }}")),
            },
        }
    }
}

/// Reads every plan of a ledger. What is wrong in one is named with its file and line.
pub fn load(snapshot: &Snapshot) -> Outcome<Vec<Plan>> {
    let definitions = snapshot.definitions();
    let mut plans = Vec::new();
    let mut problems = Vec::new();
    for path in definitions.files("plans") {
        match definitions.text(&path).and_then(|text| plan(snapshot, &path, &text)) {
            Ok(plan) => plans.push(plan),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    // The comprehensive plan is the one that the others unfold.
    plans.sort_by_key(|plan| (plan.name != "comprehensive", plan.name.clone()));
    if problems.is_empty() { Ok(plans) } else { Err(Problems(problems)) }
}

fn plan(snapshot: &Snapshot, path: &str, text: &str) -> Outcome<Plan> {
    let mut plan: Plan = parse_toml(path, text)?;
    plan.path = path.to_owned();
    let line = |code: &str| {
        let needle = format!("\"{code}\"");
        text.lines().position(|line| line.starts_with("code") && line.contains(&needle)).map_or(1, |at| at as u32 + 1)
    };
    let mut problems = Vec::new();
    let kinds = snapshot.kinds()?;
    let types = snapshot.follow_up_types()?;
    for commitment in &plan.commitment {
        let place = Place::line(path, line(&commitment.code));
        let mut wrong = |what: &'static str, value: &str| {
            problems.push(Problem::data(what, place.clone()).with("code", &commitment.code).with("value", value));
        };
        let shapes = [commitment.count.is_some(), commitment.within.is_some(), commitment.state.is_some()];
        if shapes.iter().filter(|shape| **shape).count() != 1 {
            wrong("plan-shape", "");
        }
        for kind in named_kinds(commitment).into_iter().filter(|kind| !kinds.contains_key(*kind)) {
            wrong("plan-kind", kind);
        }
        for (kind, field) in named_fields(commitment) {
            if kinds.get(kind).is_some_and(|kind| kind.field(field).is_none()) {
                wrong("plan-field", field);
            }
        }
        for name in named_types(commitment).into_iter().filter(|name| !types.contains_key(*name)) {
            wrong("plan-follow-up", name);
        }
        if let For::Group(group) = &commitment.unit
            && !snapshot.school.group.contains_key(group)
        {
            wrong("plan-group", group);
        }
    }
    if problems.is_empty() { Ok(plan) } else { Err(Problems(problems)) }
}

fn named_kinds(commitment: &Commitment) -> Vec<&str> {
    let within = commitment.within.as_ref();
    let state = commitment.state.as_ref();
    [
        commitment.count.as_ref().map(|count| &count.kind),
        within.and_then(|within| within.after.kind.as_ref()),
        within.and_then(|within| within.answer.kind.as_ref()),
        state.and_then(|state| state.contact.as_ref()).map(|contact| &contact.kind),
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect()
}

fn named_fields(commitment: &Commitment) -> Vec<(&str, &str)> {
    let Some(count) = &commitment.count else { return Vec::new() };
    let narrowed = count.narrowed.keys().map(String::as_str);
    let distinct = count.distinct.iter().map(|distinct| distinct.field.as_str());
    narrowed.chain(distinct).map(|field| (count.kind.as_str(), field)).collect()
}

fn named_types(commitment: &Commitment) -> Vec<&str> {
    let Some(within) = &commitment.within else { return Vec::new() };
    within.after.followup.iter().chain(&within.answer.followup_done).map(String::as_str).collect()
}
