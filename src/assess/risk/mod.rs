//! Whom to worry about on a day, and why: typed indicators, each with its value and the records that it comes from.
//!
//! What cannot be known is said to be unknown, and counts neither as good nor as bad. Begin with [`assess`]; the rules
//! are in `rules`, what an indicator can look at in `metric`, how a level is made in `grade`.

mod change;
mod check;
mod emergency;
mod grade;
mod index;
mod measure;
mod measure_record;
mod measure_rows;
mod measure_scores;
mod metric;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use change::{Change, Gone, Now, since};
pub use grade::Grade;
pub(in crate::assess) use index::reached_nobody;
pub use index::{Index, Last};
pub use measure::{Settles, Start};
pub use metric::{Marks, Metric, RecordField, With};
pub use rules::{Band, Emergency, Grading, Indicator, RISK_FILE, Raise, RiskRules, Row};

use self::emergency::{Alarm, alarm};
use self::measure::{Child, Verdict, measure};
use super::group::{self, Member, member};
use super::left_behind::{Answer, LeftBehind};
use super::rules::{OWN, Rules};
use super::{Evidence, Value};
use crate::ledger::Snapshot;
use crate::model::{Day, Level, Override};

/// An indicator that fires.
#[derive(Debug, Clone, PartialEq)]
pub struct Fired {
    pub indicator: Arc<str>,
    pub level: Option<Level>,
    pub points: Option<u32>,
    pub value: Value,
    pub bound: Value,
    pub evidence: Vec<Evidence>,
}

/// An indicator of which it cannot be known whether it fires.
#[derive(Debug, Clone, PartialEq)]
pub struct NotKnown {
    pub indicator: Arc<str>,
    /// The points that it would add.
    pub points: Option<u32>,
    /// The key of the reason's message.
    pub reason: &'static str,
    pub settles: Settles,
}

/// An indicator that does not fire.
#[derive(Debug, Clone, PartialEq)]
pub struct Calm {
    pub indicator: Arc<str>,
    pub value: Option<Value>,
    pub evidence: Vec<Evidence>,
}

/// What the rules say of one child on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The child's place in the snapshot's list.
    pub student: u32,
    pub computed: Level,
    pub emergency: bool,
    pub grade: Grade,
    /// A person's judgement that holds on the day: shown beside the computed level, never instead of it.
    pub judged: Option<Override>,
    pub fired: Vec<Fired>,
    pub not_known: Vec<NotKnown>,
    /// Empty in an assessment in brief.
    pub calm: Vec<Calm>,
    /// Under the definition that the school reports under.
    pub left_behind: LeftBehind,
    /// The last contact of any sort.
    pub last_contact: Option<Last>,
    /// The day of the last contact; where there is none, the day from which its lack is counted.
    pub untouched_from: Option<Start>,
}

impl Assessment {
    /// The graver of the computed level and a person's judgement.
    pub fn gravest(&self) -> Level {
        self.judged.as_ref().map_or(self.computed, |judged| judged.level.max(self.computed))
    }
}

/// Assesses every child enrolled on the day: emergencies first, then by level, then the longest without contact first.
pub fn assess(snapshot: &Snapshot, rules: &Rules, day: Day) -> Vec<Assessment> {
    sorted(snapshot, of_those(snapshot, rules, day, true, |_| true))
}

/// The same levels, values and order without the facts that they rest on, and without what is calm: most of the work.
pub fn assess_briefly(snapshot: &Snapshot, rules: &Rules, day: Day) -> Vec<Assessment> {
    sorted(snapshot, of_those(snapshot, rules, day, false, |_| true))
}

/// The gravest level of some children on a day: of those who are enrolled.
pub fn levels(
    snapshot: &Snapshot,
    rules: &Rules,
    day: Day,
    whose: impl Fn(u32) -> bool + Sync,
) -> BTreeMap<u32, Level> {
    of_those(snapshot, rules, day, false, whose).iter().map(|one| (one.student, one.gravest())).collect()
}

/// The computed level of each child who is enrolled on a day, and nothing else of them.
pub fn computed_levels(snapshot: &Snapshot, rules: &Rules, day: Day) -> Vec<Level> {
    of_those(snapshot, rules, day, false, |_| true).iter().map(|one| one.computed).collect()
}

fn of_those(
    snapshot: &Snapshot,
    rules: &Rules,
    day: Day,
    tells: bool,
    whose: impl Fn(u32) -> bool + Sync,
) -> Vec<Assessment> {
    let index = Index::of(snapshot, rules, &rules.risk, day);
    let is_asked = |at: &u32| snapshot.student(*at).enrolled_on(day) && whose(*at);
    let asked: Vec<u32> = (0..snapshot.students.len() as u32).into_par_iter().filter(is_asked).collect();
    asked.par_iter().map(|at| of_child(&Child::of(*at, &index, rules, tells))).collect()
}

fn sorted(snapshot: &Snapshot, mut assessments: Vec<Assessment>) -> Vec<Assessment> {
    assessments.sort_by_cached_key(|one| order(snapshot, one));
    assessments
}

/// At risk by the rules or by a person's judgement, and nobody has recorded any contact for so many days, holidays
/// included. In a young ledger a child without any contact is listed from the first day: what was before is not known.
pub fn untouched(assessments: &[Assessment], day: Day, days: u32) -> Vec<&Assessment> {
    let long_since = |from: Start| i64::from(days) <= day.days_since(from.day());
    let alone =
        |one: &Assessment| one.untouched_from.is_none_or(|from| matches!(from, Start::Ledger(_)) || long_since(from));
    assessments.iter().filter(|one| Level::Watch <= one.gravest() && alone(one)).collect()
}

fn order<'a>(snapshot: &'a Snapshot, one: &Assessment) -> impl Ord + use<'a> {
    let student = snapshot.student(one.student);
    let gravest_first = (std::cmp::Reverse(one.emergency), std::cmp::Reverse(one.computed));
    (gravest_first, one.untouched_from.map(Start::day), student.class, &student.name, &student.id)
}

fn of_child(child: &Child) -> Assessment {
    let left_behind = left_behind(child, OWN).expect("the rules were read with the school's own definition among them");
    let (mut fired, mut not_known, mut calm) = (Vec::new(), Vec::new(), Vec::new());
    for emergency in &child.rules.risk.emergencies {
        match alarm(child, emergency) {
            Alarm::Raised(raised) => fired.push(raised),
            Alarm::NotKnown(open) => not_known.push(open),
            Alarm::Silent => {}
        }
    }
    let emergency = !fired.is_empty();
    for indicator in &child.rules.risk.indicators {
        match verdict(child, indicator, &left_behind) {
            Some(Verdict::Fires { value, bound, evidence }) => fired.push(Fired {
                indicator: indicator.id.clone(),
                level: indicator.level,
                points: indicator.points,
                value,
                bound,
                evidence,
            }),
            // Most of all verdicts are calm, and in brief nobody asks for them.
            Some(Verdict::Calm { .. }) if !child.tells => {}
            Some(Verdict::Calm { value, evidence }) => {
                calm.push(Calm { indicator: indicator.id.clone(), value, evidence });
            }
            Some(Verdict::Unknown { reason, settles }) => {
                let indicator_id = indicator.id.clone();
                not_known.push(NotKnown { indicator: indicator_id, points: indicator.points, reason, settles });
            }
            None => {}
        }
    }
    let grade = grade::grade(&child.rules.risk.grading, &fired, &not_known, emergency);
    let last_contact = child.index.last_contact(child.at, None);
    Assessment {
        student: child.at,
        computed: grade.level,
        emergency,
        grade,
        judged: child.student.override_on(child.day).cloned(),
        fired,
        not_known,
        calm,
        left_behind,
        last_contact,
        untouched_from: child.counted_from(last_contact),
    }
}

fn left_behind(child: &Child, name: &str) -> Option<LeftBehind> {
    let (rules, snapshot) = (child.rules, child.index.snapshot);
    match child.tells {
        true => rules.left_behind(snapshot, child.at, child.day, name),
        false => rules
            .left_behind_answer(snapshot, child.at, child.day, name)
            .map(|answer| LeftBehind { answer, evidence: Vec::new() }),
    }
}

/// What an indicator says of a child; nothing where it is not asked of this child.
fn verdict<'a>(child: &Child<'a>, indicator: &'a Indicator, own: &LeftBehind) -> Option<Verdict> {
    let Some(group) = &indicator.whom else { return Some(measure(child, &indicator.metric)) };
    let answer: Option<Answer> = match group::definition(group) {
        None => None,
        Some(OWN) => Some(own.answer.clone()),
        Some(name) => child.rules.left_behind_answer(child.index.snapshot, child.at, child.day, name),
    };
    let years = child.index.snapshot.school.school.years;
    let looked_at = group::Child { student: child.student, day: child.day, ages_on: child.day, years };
    match member(group, looked_at, answer.as_ref(), Level::None) {
        Member::No => None,
        Member::Yes => Some(measure(child, &indicator.metric)),
        // Where it would be calm anyway, it does not matter whether the child belongs.
        Member::Unknown { fields } => match measure(child, &indicator.metric) {
            Verdict::Fires { .. } => Some(Verdict::fields("risk-unknown-group", fields)),
            calm_or_unknown => Some(calm_or_unknown),
        },
    }
}
