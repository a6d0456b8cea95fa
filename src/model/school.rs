//! What `guanai.toml` says of the school: its name, its terms and holidays, its groups, what it keeps private.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Ability, Benefit, Carer, Class, Condition, Day, Gender, Hukou, LeftBehindKind, Level, Schooling, StudentId,
};

/// A named stretch of days: a term or a holiday.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    pub name: String,
    pub from: Day,
    /// The last day.
    pub until: Day,
}

impl Stretch {
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    /// The week of the stretch that a day lies in, counted in sevens from its first day; the first is 1.
    pub fn week_of(&self, day: Day) -> i64 {
        day.days_since(self.from).div_euclid(7) + 1
    }
}

/// `guanai.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct School {
    /// The version of the folder's format.
    pub format: u32,
    pub school: Identity,
    #[serde(default)]
    pub term: Vec<Stretch>,
    #[serde(default)]
    pub holiday: Vec<Stretch>,
    #[serde(default)]
    pub privacy: Privacy,
    #[serde(default)]
    pub attachments: Attachments,
    #[serde(default)]
    pub group: BTreeMap<String, Group>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Identity {
    #[serde(default)]
    pub name: String,
    /// `zh` or `en`.
    #[serde(default = "chinese")]
    pub language: String,
    /// Grades of the school: six, in some places five.
    #[serde(default = "six")]
    pub years: u32,
    /// The definition of rules/left-behind.toml that the school reports under.
    #[serde(default = "any_parent")]
    pub left_behind: String,
    /// The first day that the ledger speaks of: what no record says of earlier days is unknown, not left undone.
    pub since: Option<Day>,
    /// The school's code within its county, an id: `school=` of what the county gets.
    pub code: Option<String>,
    /// The code of the county that the school reports to, an id.
    pub county: Option<String>,
}

fn chinese() -> String {
    "zh".to_owned()
}

fn six() -> u32 {
    6
}

fn any_parent() -> String {
    "school".to_owned()
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Privacy {
    /// Whether confidential kinds may be kept in the clear by a school that names no recipient. Else they are refused.
    #[serde(default)]
    pub confidential: Confidential,
    /// Years after leaving until a child is forgotten.
    pub keep_years: Option<u32>,
    /// Those to whom confidential rows are sealed. A school that has any seals.
    #[serde(default)]
    pub recipient: Vec<Recipient>,
}

/// Somebody who can open what is sealed: a name, and the public half of their key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipient {
    pub name: String,
    /// As the age tool writes it: `age1…`.
    pub key: String,
    /// The day on which it was added.
    pub since: Option<Day>,
}

impl Privacy {
    /// Whether confidential rows are sealed.
    pub fn seals(&self) -> bool {
        !self.recipient.is_empty()
    }

    /// Whether confidential rows may be kept at all: sealed, or in the clear where the school has said so.
    pub fn keeps(&self) -> bool {
        self.seals() || self.confidential == Confidential::Clear
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidential {
    #[default]
    Sealed,
    Clear,
}

/// What a record may bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Attachments {
    /// The largest file, in megabytes.
    pub most_mb: u64,
}

impl Default for Attachments {
    fn default() -> Attachments {
        Attachments { most_mb: 20 }
    }
}

/// A named filter of students: all that it says must hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Group {
    /// Left behind under this definition; `own` is the one that the school reports under.
    pub left_behind: Option<String>,
    /// The level of risk is at least this.
    pub risk: Option<Level>,
    pub boarding: Option<bool>,
    pub low_income: Option<bool>,
    pub study_difficulty: Option<bool>,
    pub gender: Option<Gender>,
    pub hukou: Option<Hukou>,
    pub class: Option<Class>,
    #[serde(default)]
    pub students: Vec<StudentId>,
    /// Completed years of life.
    pub age: Option<Ages>,
    #[serde(default)]
    pub grade: Vec<i32>,
    /// Left behind in one of these ways, under `left-behind` or the definition that the school reports under.
    #[serde(default)]
    pub way: Vec<LeftBehindKind>,
    #[serde(default)]
    pub schooling: Vec<Schooling>,
    #[serde(default)]
    pub condition: Vec<Condition>,
    #[serde(default)]
    pub carer: Vec<Carer>,
    /// How well whoever cares for the child does it.
    #[serde(default)]
    pub care: Vec<Ability>,
    /// Whoever cares for the child is entrusted in writing.
    pub entrusted: Option<bool>,
    /// The household has one of these.
    #[serde(default)]
    pub benefits: Vec<Benefit>,
}

/// Ages from one to another, both included; an end that is missing is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    pub from: Option<i32>,
    pub until: Option<i32>,
}

impl Ages {
    pub fn covers(self, age: i32) -> bool {
        self.from.is_none_or(|from| from <= age) && self.until.is_none_or(|until| age <= until)
    }
}

impl School {
    pub fn term_on(&self, day: Day) -> Option<&Stretch> {
        self.term.iter().find(|term| term.covers(day))
    }

    pub fn holiday_on(&self, day: Day) -> Option<&Stretch> {
        self.holiday.iter().find(|holiday| holiday.covers(day))
    }

    pub fn term_named(&self, name: &str) -> Option<&Stretch> {
        self.term.iter().find(|term| term.name == name)
    }

    /// The term that a day is reported in: its own, or the last one before it.
    pub fn latest_term(&self, day: Day) -> Option<&Stretch> {
        self.term.iter().filter(|term| term.from <= day).max_by_key(|term| term.from)
    }

    pub fn term_before(&self, term: &Stretch) -> Option<&Stretch> {
        self.term.iter().filter(|other| other.until < term.from).max_by_key(|other| other.from)
    }

    /// The last day of a term with the holiday behind it: the day before the next term.
    pub fn last_day_with_holiday(&self, term: &Stretch) -> Day {
        let next = self.term.iter().filter(|other| other.from > term.until).map(|other| other.from).min();
        next.map_or(term.until, |next| next.plus(-1))
    }

    /// The folder of `logs/` that keeps a day: the term that it lies in or follows, so that a holiday's records stand
    /// with the term before it. A day before every term that the school has named has a term by the calendar.
    pub fn folder_of(&self, day: Day) -> String {
        match self.latest_term(day) {
            Some(term) if day.days_since(term.until) <= 75 => term.name.clone(),
            _ => customary_term(day),
        }
    }
}

/// The term that a day lies in where the school has named none: autumn from August to January, else spring.
pub fn customary_term(day: Day) -> String {
    match day.month() {
        8..=12 => format!("{}-autumn", day.year()),
        1 => format!("{}-autumn", day.year() - 1),
        _ => format!("{}-spring", day.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> School {
        toml::from_str(
            "format = 1\n[school]\nname = \"x\"\n[[term]]\nname = \"2026-autumn\"\nfrom = 2026-09-01\nuntil = 2027-01-20\n",
        )
        .unwrap()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_holiday_is_kept_with_the_term_before_it_and_other_days_by_the_calendar() {
        for (when, folder) in [
            ("2026-10-01", "2026-autumn"),
            ("2027-02-10", "2026-autumn"),
            ("2026-05-01", "2026-spring"),
            ("2026-01-05", "2025-autumn"),
            ("2028-03-01", "2028-spring"),
        ] {
            assert_eq!(school().folder_of(day(when)), folder, "{when}");
        }
    }

    #[test]
    fn weeks_are_counted_from_the_first_day_of_term() {
        let school = school();
        let term = school.term_on(day("2026-09-01")).unwrap();
        assert_eq!((term.week_of(day("2026-09-07")), term.week_of(day("2026-09-08"))), (1, 2));
    }
}
