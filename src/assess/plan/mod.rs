//! The work plans against the records: which commitment is met, missed, still open, exempt or unknown, unit by unit,
//! each with its evidence.
//!
//! A unit is one student, class, member of the staff or the school in one period, or one trigger that is to be answered
//! in time. Begin with [`load`], then [`coverage`].

pub mod birthday;
mod count;
mod groups;
mod laid_out;
mod load;
mod period;
mod question;
mod rules;
mod state;
mod subjects;
#[cfg(test)]
mod tests;
mod within;

pub use groups::Membership;
pub use load::load;
pub use period::{Period, school_year};
pub use question::{InGroup, Question};
pub use rules::{Commitment, Count, Every, For, OneOrMany, Plan, Section};
pub use state::agreement_ends;

use crate::ledger::Origin;
use crate::model::{Class, Day};

/// Where a unit stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Met,
    Missed,
    /// Its period is not over.
    Open,
    /// It does not count, for a reason: joined late, left, nobody in the group.
    Exempt,
    /// What would decide it is not known.
    Unknown,
}

impl Standing {
    /// The key of its words: `standing-met` and so on.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Met => "met",
            Standing::Missed => "missed",
            Standing::Open => "open",
            Standing::Exempt => "exempt",
            Standing::Unknown => "unknown",
        }
    }
}

/// Whom or what a unit is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    School,
    Class(Class),
    /// By the place in the snapshot's list.
    Student(u32),
    /// By name.
    Staff(String),
}

/// One unit of a commitment.
#[derive(Debug, Clone)]
pub struct Unit {
    pub subject: Subject,
    pub period: Period,
    pub standing: Standing,
    /// What met it, or what there is of it so far.
    pub evidence: Vec<Origin>,
    /// How much of it is there, of how much: 3 of 7 topics.
    pub done: u32,
    pub wanted: u32,
    /// Key of the words that say why it is exempt, unknown or missed; values that are still missing.
    pub reason: Option<&'static str>,
    pub missing: Vec<String>,
}

/// A commitment with its units.
#[derive(Debug, Clone)]
pub struct Covered<'a> {
    pub plan: &'a Plan,
    pub commitment: &'a Commitment,
    pub units: Vec<Unit>,
}

impl Covered<'_> {
    pub fn count(&self, standing: Standing) -> usize {
        self.units.iter().filter(|unit| unit.standing == standing).count()
    }

    /// Met, and met or missed: the coverage as a share. Nothing is covered where nothing was due yet.
    pub fn share(&self) -> (u64, u64) {
        let met = self.count(Standing::Met) as u64;
        (met, met + self.count(Standing::Missed) as u64)
    }
}

/// Every commitment with its units, in the order of the plans.
pub fn coverage<'a>(question: &Question, plans: &'a [Plan]) -> Vec<Covered<'a>> {
    use rayon::prelude::*;
    let commitments: Vec<(&Plan, &Commitment)> = plans
        .iter()
        .flat_map(|plan| plan.commitment.iter().filter(|one| !one.off).map(move |commitment| (plan, commitment)))
        .collect();
    ask_for_groups(question, &commitments);
    let covered = |(plan, commitment): (&'a Plan, &'a Commitment)| Covered {
        plan,
        commitment,
        units: units(question, commitment),
    };
    commitments.into_par_iter().map(covered).collect()
}

/// Asks for every group on every day that the commitments need, one after the other, so that none is judged twice by
/// commitments that run side by side.
fn ask_for_groups(question: &Question, commitments: &[(&Plan, &Commitment)]) {
    for (_, commitment) in commitments {
        let For::Group(group) = &commitment.unit else { continue };
        let every = commitment.every.unwrap_or_default();
        for period in period::periods(&question.snapshot.school, question.term, every) {
            if period.from <= question.day {
                (question.in_group)(group, 0, period.until.min(question.day));
            }
        }
    }
}

/// The units of one commitment.
pub fn units(question: &Question, commitment: &Commitment) -> Vec<Unit> {
    let mut units = judged_units(question, commitment);
    // A trigger that is recorded is known, and so is that nobody has recorded its answer.
    let of_periods = commitment.within.is_none();
    if let Some(since) = question.snapshot.school.school.since.filter(|_| of_periods) {
        units.iter_mut().for_each(|unit| spare_before(since, unit));
    }
    units
}

/// What is not recorded of a period that lies mostly before the first day that the ledger speaks of is not known to be
/// missed: the same half that excuses a child who joins late.
fn spare_before(since: Day, unit: &mut Unit) {
    let before = since.days_since(unit.period.from);
    if unit.standing == Standing::Missed && before * 2 > unit.period.days() {
        unit.standing = Standing::Unknown;
        unit.reason = Some("plan-before-ledger");
    }
}

fn judged_units(question: &Question, commitment: &Commitment) -> Vec<Unit> {
    if let Some(within) = &commitment.within {
        return within::units(question, within);
    }
    if let Some(count) = &commitment.count
        && let Some(days) = count.birthday
    {
        return count::around_birthdays(question, commitment, count, days);
    }
    let every = commitment.every.unwrap_or_default();
    let periods = period::periods(&question.snapshot.school, question.term, every);
    let mut units = Vec::new();
    for period in periods.into_iter().filter(|period| period.from <= question.day) {
        let is_holiday = subjects::is_holiday(question, every, &period);
        for (subject, excuse) in subjects::subjects(question, commitment, &period) {
            let unit = match excuse {
                Some((standing, reason)) => bare(subject, period.clone(), standing, reason),
                None => judged(question, commitment, subject, period.clone()),
            };
            let is_free = is_holiday && unit.standing != Standing::Met;
            units.push(match is_free {
                true => bare(unit.subject, unit.period, Standing::Exempt, "plan-holiday"),
                false => unit,
            });
        }
    }
    units
}

fn judged(question: &Question, commitment: &Commitment, subject: Subject, period: Period) -> Unit {
    match (&commitment.count, &commitment.state) {
        (Some(count), _) => count::unit(question, count, subject, period),
        (None, Some(state)) => state::unit(question, state, subject, period),
        (None, None) => bare(subject, period, Standing::Unknown, "plan-nothing-asked"),
    }
}

/// What is not done: open while there is time, then missed, for a reason.
fn unmet(until: Day, day: Day, reason: &'static str) -> (Standing, Option<&'static str>) {
    if until >= day { (Standing::Open, Some("plan-in-time")) } else { (Standing::Missed, Some(reason)) }
}

/// What is not done as far as can be read: where a sealed record might be what is missing, nobody knows.
fn unmet_unless_sealed(
    may_be_sealed: bool,
    until: Day,
    day: Day,
    reason: &'static str,
) -> (Standing, Option<&'static str>) {
    match unmet(until, day, reason) {
        (Standing::Missed, _) if may_be_sealed => (Standing::Unknown, Some("plan-sealed")),
        known => known,
    }
}

fn bare(subject: Subject, period: Period, standing: Standing, reason: &'static str) -> Unit {
    Unit {
        subject,
        period,
        standing,
        evidence: Vec::new(),
        done: 0,
        wanted: 0,
        reason: Some(reason),
        missing: Vec::new(),
    }
}
