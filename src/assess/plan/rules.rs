//! A plan as its TOML file has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::kind::Label;

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
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
    /// The agenda names it from this day of its period on, counted from the first: 30 asks for it within the month.
    pub by_day: Option<u32>,
    /// Switched off by the school.
    #[serde(default)]
    pub off: bool,
}

impl Commitment {
    /// The section that it belongs to: its code before the dot.
    pub fn section(&self) -> &str {
        self.code.split('.').next().unwrap_or(&self.code)
    }

    /// Whether another one asks the same of the same as often, whatever its words say.
    pub fn asks_the_same(&self, other: &Commitment) -> bool {
        self.unit == other.unit
            && self.every == other.every
            && self.grades == other.grades
            && self.count == other.count
            && self.within == other.within
            && self.state == other.state
    }
}

/// So many activities of a kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    pub kind: String,
    #[serde(rename = "where", default)]
    pub narrowed: BTreeMap<String, OneOrMany>,
    pub times: Option<u32>,
    pub distinct: Option<Distinct>,
    /// Not in any period, but so many days either side of each child's birthday.
    pub birthday: Option<u32>,
    /// What the activities found is dealt with in time, too.
    #[serde(rename = "dealt-with")]
    pub dealt_with: Option<DealtWith>,
}

/// The follow-ups of a type that an activity opened are done in so many days.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DealtWith {
    pub followup: String,
    pub days: u32,
}

/// A value, or any of several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn has(&self, value: &str) -> bool {
        self.values().iter().any(|one| one == value)
    }

    pub fn first(&self) -> &str {
        self.values().first().map_or("", String::as_str)
    }

    pub fn values(&self) -> &[String] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

/// Different values of a field: every one of `of`, or at least so many.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distinct {
    pub field: String,
    #[serde(default)]
    pub of: Vec<OneOrMany>,
    pub least: Option<u32>,
}

/// Each trigger is answered in so many days.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    pub after: Trigger,
    #[serde(rename = "do")]
    pub answer: Answer,
    pub days: u32,
}

/// What is to be answered.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    pub kind: Option<String>,
    pub followup: Option<String>,
    /// A screening whose band is the one named; `flagged` is any but normal and invalid.
    pub screening: Option<String>,
    /// An exam of one of these sorts, whose scores have been recorded.
    pub exam: Option<OneOrMany>,
}

/// What answers it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    pub kind: Option<String>,
    pub followup_done: Option<String>,
}

/// True of each unit on the day. One of these.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct State {
    /// A pairing of the type is in force.
    pub pairing: Option<String>,
    /// … and the two have met lately.
    pub contact: Option<RegularContact>,
    pub resource: Option<String>,
    pub times: Option<u32>,
    /// An agreement of the kind `NAME-agreement` is in force.
    pub agreement: Option<String>,
    pub file: Option<Kept>,
    #[serde(default)]
    pub meal_support: bool,
    #[serde(default)]
    pub contact_group: bool,
    #[serde(default)]
    pub staff_workload: bool,
    #[serde(default)]
    pub ledger_check: bool,
}

/// What a child's file holds: keys of its record, and for each part a row of the period, of any of the kinds named.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    #[serde(default)]
    pub keys: Vec<String>,
    #[serde(default)]
    pub each: Vec<OneOrMany>,
    /// What the file of a child of a group holds besides.
    pub watched: Option<Watched>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    pub group: String,
    pub each: Vec<OneOrMany>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
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
