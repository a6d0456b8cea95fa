//! How many are enrolled and left behind, by grade, class and sex, and at which level of risk.

use std::collections::BTreeMap;

use super::enrolled;
use crate::assess::left_behind::{Answer, Kind};
use crate::assess::risk::{Assessment, computed_levels};
use crate::assess::rules::{OWN, Rules};
use crate::ledger::Snapshot;
use crate::model::{Class, Day, Gender, Level};

/// The children of a school on a day. `None` as a key stands for what the record does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roll {
    pub all: Heads,
    pub by_grade: BTreeMap<Option<i32>, Heads>,
    pub by_class: BTreeMap<Option<Class>, Heads>,
    pub by_gender: BTreeMap<Option<Gender>, Heads>,
    /// Under each definition, by its name.
    pub by_definition: BTreeMap<String, LeftBehindCount>,
}

/// So many children, and so many of them left behind under the school's own definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heads {
    pub enrolled: u32,
    pub left_behind: u32,
    pub unknown: u32,
}

/// The answers of one definition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftBehindCount {
    pub yes: u32,
    pub by_kind: BTreeMap<Kind, u32>,
    pub no: u32,
    pub unknown: u32,
}

impl Heads {
    fn add(&mut self, own: &Answer) {
        self.enrolled += 1;
        match own {
            Answer::Yes(_) => self.left_behind += 1,
            Answer::Unknown { .. } => self.unknown += 1,
            Answer::No => {}
        }
    }
}

impl LeftBehindCount {
    fn add(&mut self, answer: &Answer) {
        match answer {
            Answer::Yes(kind) => {
                self.yes += 1;
                *self.by_kind.entry(*kind).or_default() += 1;
            }
            Answer::No => self.no += 1,
            Answer::Unknown { .. } => self.unknown += 1,
        }
    }
}

/// Counts the children enrolled on a day.
pub fn roll(snapshot: &Snapshot, rules: &Rules, day: Day) -> Roll {
    let mut roll = Roll::default();
    for at in enrolled(snapshot, day) {
        let student = snapshot.student(at);
        for name in rules.definitions.definition.keys() {
            if let Some(answer) = rules.left_behind_answer(snapshot, at, day, name) {
                roll.by_definition.entry(name.clone()).or_default().add(&answer);
            }
        }
        let own = rules.left_behind_answer(snapshot, at, day, OWN).unwrap_or(Answer::No);
        roll.all.add(&own);
        roll.by_grade.entry(student.grade_on(day)).or_default().add(&own);
        roll.by_class.entry(student.class).or_default().add(&own);
        roll.by_gender.entry(student.gender).or_default().add(&own);
    }
    roll
}

/// How many children are at each level, every level among them.
pub type LevelCount = BTreeMap<Level, u32>;

/// How many children are at each level, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RiskCount {
    pub computed: LevelCount,
    pub emergencies: u32,
    /// Children on whom a person's judgement holds, by its level.
    pub judged: BTreeMap<Level, u32>,
    /// How often each indicator fires, by its id.
    pub fired: BTreeMap<String, u32>,
    /// Of how many children each indicator cannot be known.
    pub not_known: BTreeMap<String, u32>,
}

/// Counts the children at each level on a day.
pub fn level_counts(snapshot: &Snapshot, rules: &Rules, day: Day) -> LevelCount {
    let mut count: LevelCount = Level::ALL.iter().map(|level| (*level, 0)).collect();
    computed_levels(snapshot, rules, day).into_iter().for_each(|level| *count.entry(level).or_default() += 1);
    count
}

/// Counts the assessments of a day.
pub fn risk_levels(assessments: &[Assessment]) -> RiskCount {
    let mut count = RiskCount::default();
    Level::ALL.iter().for_each(|level| {
        count.computed.insert(*level, 0);
    });
    for one in assessments {
        *count.computed.entry(one.computed).or_default() += 1;
        count.emergencies += u32::from(one.emergency);
        if let Some(judged) = &one.judged {
            *count.judged.entry(judged.level).or_default() += 1;
        }
        one.fired.iter().for_each(|one| *count.fired.entry(one.indicator.to_string()).or_default() += 1);
        one.not_known.iter().for_each(|one| *count.not_known.entry(one.indicator.to_string()).or_default() += 1);
    }
    count
}
