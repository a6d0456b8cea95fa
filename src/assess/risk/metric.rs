//! What an indicator can look at. Each metric has its parameters and its bound; none names a kind of its own.

use serde::Deserialize;

use crate::model::kind::Contact;
use crate::model::{Ability, Day};

/// What an indicator looks at, with its bound.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Metric {
    /// No activity of these kinds, or no contact of this sort, for so many days or more. Counted from the later of
    /// enrolment and the term's first day where there is none yet. Holidays do not count unless asked.
    DaysSince {
        #[serde(default)]
        kinds: Vec<String>,
        contact: Option<With>,
        days: u32,
        #[serde(default)]
        holidays: bool,
    },
    /// So many rows of these kinds or more, whose field has one of these values, in the last days or in the term.
    Count {
        kinds: Vec<String>,
        field: Option<String>,
        #[serde(default)]
        is: Vec<String>,
        days: Option<u32>,
        at_least: u32,
    },
    /// The days absent in the term are so many per cent of its school days or more, and fewer than `below` per cent.
    /// Not known before so many school days have passed, nor in a class where nobody's absence is recorded.
    AbsenceRate { kind: String, field: String, percent: f64, below: Option<f64>, school_days: u32 },
    /// In a subject, the latest score is below so many per cent of full marks.
    LowScore { marks: Marks, percent: f64, days: u32 },
    /// In a subject, the latest score lies so many percentage points or more below the child's own earlier mean.
    ScoreDrop { marks: Marks, points: f64, earlier: usize, days: u32 },
    /// The latest exam lies so many spreads of the class or more below the child's own earlier ones, of which there are
    /// so many. The method is that of rules/progress.toml.
    StandardDrop { drop: f64, earlier: usize, days: u32 },
    /// In so many subjects or more, the latest mark is below so many per cent of full marks.
    FailingSubjects { marks: Marks, percent: f64, at_least: u32, days: u32 },
    /// The latest screening has one of these bands; one of `void` is no result, and leaves the one before it in force.
    /// With `each` the latest for every value of that field is looked at, such as for every scale.
    Band {
        kind: String,
        field: String,
        is: Vec<String>,
        #[serde(default)]
        void: Vec<String>,
        each: Option<String>,
        days: u32,
    },
    /// A field of the record has one of these values; anything where there are none.
    Record {
        field: RecordField,
        #[serde(default)]
        is: Vec<String>,
    },
    /// The child has completed fewer years of life.
    ChildUnder { age: i32 },
    /// Everybody who cares for the child has completed so many years of life.
    GuardianFrom { age: i32 },
    /// The first of the child's guardians cares this well.
    GuardianAbility { is: Vec<Ability> },
    /// Both parents are away.
    BothAway,
    /// A parent is dead, missing or in prison.
    ParentGone,
    /// Both are.
    NoParent,
    /// No parent is there to care, and nobody is recorded who does.
    NoGuardian,
    /// No parent is there to care, and the guardian is not entrusted in writing.
    NotEntrusted,
    /// The child has no pairing of this type.
    NoPairing { pairing: String },
    /// Follow-ups of these types (any, where there are none) wait, overdue by so many days where that is asked.
    FollowUps {
        #[serde(default)]
        types: Vec<String>,
        overdue: Option<u32>,
        #[serde(default = "one")]
        at_least: u32,
    },
    /// The parents were not in touch in each of the last weeks (in sevens back from the day). A row of `also` shows
    /// that they were; a week in which nobody asked leaves it unknown.
    WeeklyContact { kind: String, field: String, also: Vec<String>, weeks: u32 },
}

fn one() -> u32 {
    1
}

/// Whom a contact was with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum With {
    Any,
    Child,
    Guardian,
    Parent,
}

impl With {
    /// The one sort of contact that is meant, or nothing where any will do.
    pub fn contact(self) -> Option<Contact> {
        match self {
            With::Any => None,
            With::Child => Some(Contact::Child),
            With::Guardian => Some(Contact::Guardian),
            With::Parent => Some(Contact::Parent),
        }
    }
}

/// The kind that holds scores, and its fields. A row without full marks is out of `of`; one without a score is of a
/// child that was absent, or has a mark in words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    pub kind: String,
    pub subject: String,
    pub score: String,
    pub full: String,
    pub of: f64,
    /// The field of a mark in words, and those of them that are no pass.
    pub grade: Option<String>,
    #[serde(default)]
    pub failing: Vec<String>,
}

/// A field of the record that an indicator can look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum RecordField {
    #[serde(rename = "gender")]
    Gender,
    #[serde(rename = "hukou")]
    Hukou,
    #[serde(rename = "boarding")]
    Boarding,
    #[serde(rename = "health.status")]
    Health,
    #[serde(rename = "health.disability")]
    Disability,
    #[serde(rename = "health.illness")]
    Illness,
    #[serde(rename = "household.income")]
    Income,
    #[serde(rename = "household.benefits")]
    Benefits,
    #[serde(rename = "household.low_income")]
    LowIncome,
    #[serde(rename = "household.housing")]
    Housing,
    #[serde(rename = "study.difficulties")]
    Difficulties,
    #[serde(rename = "study.character")]
    Character,
    #[serde(rename = "reported.orphan")]
    Orphan,
}

impl RecordField {
    /// The field's key in the child's file.
    pub fn key(self) -> &'static str {
        match self {
            RecordField::Gender => "gender",
            RecordField::Hukou => "hukou",
            RecordField::Boarding => "boarding",
            RecordField::Health => "health.status",
            RecordField::Disability => "health.disability",
            RecordField::Illness => "health.illness",
            RecordField::Income => "household.income",
            RecordField::Benefits => "household.benefits",
            RecordField::LowIncome => "household.low_income",
            RecordField::Housing => "household.housing",
            RecordField::Difficulties => "study.difficulties",
            RecordField::Character => "study.character",
            RecordField::Orphan => "reported.orphan",
        }
    }
}

impl Metric {
    /// The kinds whose latest row of each child it asks for.
    pub fn kinds_of_last(&self) -> &[String] {
        match self {
            Metric::DaysSince { kinds, .. } => kinds,
            _ => &[],
        }
    }

    /// The kinds whose rows it reads one by one.
    pub fn kinds_of_rows(&self) -> Vec<&String> {
        match self {
            Metric::Count { kinds, .. } => kinds.iter().collect(),
            Metric::AbsenceRate { kind, .. } | Metric::Band { kind, .. } => vec![kind],
            Metric::LowScore { marks, .. }
            | Metric::ScoreDrop { marks, .. }
            | Metric::FailingSubjects { marks, .. } => vec![&marks.kind],
            Metric::WeeklyContact { kind, also, .. } => std::iter::once(kind).chain(also).collect(),
            _ => Vec::new(),
        }
    }
}

impl Metric {
    /// The first day whose rows it can need; nothing where it needs them all.
    pub fn first_day(&self, day: Day, term_from: Option<Day>) -> Option<Day> {
        match self {
            Metric::Count { days: Some(days), .. }
            | Metric::Band { days, .. }
            | Metric::LowScore { days, .. }
            | Metric::FailingSubjects { days, .. } => Some(window_start(day, *days)),
            Metric::WeeklyContact { weeks, .. } => Some(window_start(day, 7 * *weeks)),
            Metric::Count { days: None, .. } | Metric::AbsenceRate { .. } => term_from,
            _ => None,
        }
    }
}

/// The first day of a window of so many days that ends on a day.
pub(super) fn window_start(day: Day, days: u32) -> Day {
    day.plus(1 - i64::from(days))
}
