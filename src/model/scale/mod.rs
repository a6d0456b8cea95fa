//! A psychological scale: which items make which subscale, which are reversed, the cut-offs, for whom it is. Never the
//! texts of its items, which belong to their publishers. All of it is data (`scales/*.toml`); begin with [`score::scored`].

mod answers;
mod faults;
mod score;
mod stored;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Misread, Totals};
pub use faults::Fault;
pub use score::{Given, Part, Scored, scored};
pub use stored::SCREENING;

use serde::Deserialize;

use super::code::codes;
use super::kind::Label;

codes! {
    /// What a screening says: the band of a total, or why there is none.
    Band as "band" {
        Normal = "normal",
        Watch = "watch",
        High = "high",
        /// The validity scale says that the answers cannot be relied on.
        Invalid = "invalid",
        /// Too many items are missing.
        Incomplete = "incomplete",
        /// The child is not of the ages or grades that the scale is for.
        OutOfAge = "out-of-age",
    }
}

impl Band {
    /// Whether it says something of the child.
    pub fn is_result(self) -> bool {
        matches!(self, Band::Normal | Band::Watch | Band::High)
    }

    /// Whether somebody has to look: a result that is not the normal one.
    pub fn is_flagged(self) -> bool {
        self.is_result() && self != Band::Normal
    }
}

codes! {
    /// Who answers the items.
    Respondent as "respondent" { Child = "child", Parent = "parent", Teacher = "teacher" }
}

/// A scale, as `scales/NAME.toml` has it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scale {
    /// The name of its file, filled in by whoever read it.
    #[serde(skip)]
    pub name: String,
    pub label: Label,
    /// Where the key and the cut-offs come from.
    pub source: String,
    pub respondent: Respondent,
    /// How many items there are; they are numbered from 1.
    pub items: u32,
    /// Items that no subscale takes, such as fillers.
    #[serde(default)]
    pub unused: Vec<u32>,
    /// In a subscale that has at least so many answers, the missing ones count as the mean of the others. Without it a
    /// missing item leaves the subscale, and so the total, without a score.
    pub pro_rata_from: Option<u32>,
    #[serde(rename = "for")]
    pub whom: Whom,
    /// What an item may be answered, with its score.
    pub answer: Vec<AnswerScore>,
    pub validity: Option<Validity>,
    pub total: Total,
    pub subscale: Vec<Subscale>,
}

/// The ages (completed years) and grades that a scale is for; both ends are in.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whom {
    pub ages: Option<Range>,
    pub grades: Option<Range>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    pub from: i32,
    pub until: Option<i32>,
}

impl Range {
    fn covers(self, number: i32) -> bool {
        self.from <= number && self.until.is_none_or(|until| number <= until)
    }
}

/// One answer that an item may have, and the words for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerScore {
    /// A single digit.
    pub score: u8,
    #[serde(default)]
    pub words: Vec<String>,
}

/// Items that tell whether the others can be relied on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Validity {
    pub label: Label,
    pub items: Vec<u32>,
    /// From this score on the answers are not valid.
    pub invalid_from: u32,
}

/// The sum of the subscales that count.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    pub bands: Vec<Cut>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Subscale {
    pub id: String,
    pub label: Label,
    pub items: Vec<u32>,
    /// Of these, the ones in which a high answer says little.
    #[serde(default)]
    pub reversed: Vec<u32>,
    /// Whether it is a part of the total.
    #[serde(default = "yes")]
    pub in_total: bool,
    /// May be missing: then the subscale has a score and no band of its own.
    #[serde(default)]
    pub bands: Vec<Cut>,
}

fn yes() -> bool {
    true
}

/// From this score on, this band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    pub from: u32,
    pub band: Band,
}

/// The band that a score lies in; nothing where there are none.
fn band_of(cuts: &[Cut], score: u32) -> Option<Band> {
    cuts.iter().rev().find(|cut| cut.from <= score).map(|cut| cut.band)
}

/// Whether a child is one that the scale is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Fits,
    Outside,
    /// The age or class is not known.
    Unknown,
}

impl Subscale {
    /// The band that a score of it lies in; nothing where it has none of its own.
    pub fn band_of(&self, score: u32) -> Option<Band> {
        band_of(&self.bands, score)
    }
}

impl Scale {
    /// Whether the scale is for a child of an age (completed years) and grade.
    pub fn fit(&self, age: Option<i32>, grade: Option<i32>) -> Fit {
        let asked = [(self.whom.ages, age), (self.whom.grades, grade)];
        let asked = asked.into_iter().filter_map(|(range, number)| Some((range?, number)));
        asked.fold(Fit::Fits, |fit, (range, number)| match (fit, number) {
            (Fit::Outside, _) => Fit::Outside,
            (_, Some(number)) if !range.covers(number) => Fit::Outside,
            (fit, Some(_)) => fit,
            (_, None) => Fit::Unknown,
        })
    }

    fn highest(&self) -> u8 {
        self.answer.iter().map(|answer| answer.score).max().unwrap_or(0)
    }

    fn lowest(&self) -> u8 {
        self.answer.iter().map(|answer| answer.score).min().unwrap_or(0)
    }

    /// The highest score of so many items.
    fn most(&self, items: usize) -> u32 {
        items as u32 * u32::from(self.highest())
    }

    /// The highest score of a subscale by its place; behind them all stands the validity score.
    pub fn most_of(&self, part: usize) -> u32 {
        let items = self.subscale.get(part).map(|subscale| subscale.items.len());
        self.most(items.or(self.validity.as_ref().map(|validity| validity.items.len())).unwrap_or(0))
    }

    /// The score that a word or a digit stands for.
    pub fn score_of(&self, word: &str) -> Option<u8> {
        let digit = |score: u8| word.len() == 1 && word.as_bytes()[0] == b'0' + score;
        let said = |answer: &&AnswerScore| {
            digit(answer.score) || answer.words.iter().any(|known| known.eq_ignore_ascii_case(word))
        };
        self.answer.iter().find(said).map(|answer| answer.score)
    }

    /// What an item may be answered, for a message: `0, 1`.
    pub fn answers_said(&self) -> String {
        let said = |answer: &AnswerScore| match answer.words.first() {
            Some(word) => format!("{} ({word})", answer.score),
            None => answer.score.to_string(),
        };
        self.answer.iter().map(said).collect::<Vec<_>>().join(", ")
    }
}
