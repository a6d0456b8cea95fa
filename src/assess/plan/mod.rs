//! The work plans against the records: which commitment is met, missed, still open, exempt or unknown, unit by unit,
//! each with its evidence.
//!
//! A unit is one student, class, member of the staff or the school in one period, or one trigger that is to be answered
//! in time. Begin with [`load`], then [`coverage`].

mod count;
mod period;
mod rules;
mod state;
mod within;

use std::collections::BTreeMap;

pub use period::Period;
pub use rules::{Commitment, Every, For, Plan, Section, load};

use crate::ledger::table::Table;
use crate::ledger::{Origin, Snapshot};
use crate::model::{ActivityAt, Class, Day, Outcome, Stretch};

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

/// Whether a student is in a group on a day; nothing where that cannot be known.
pub type InGroup<'a> = dyn Fn(&str, u32, Day) -> Option<bool> + Sync + 'a;

/// What coverage is computed from.
pub struct Question<'a> {
    pub snapshot: &'a Snapshot,
    pub term: &'a Stretch,
    /// The day asked about: later records do not count, and periods that end after it are open.
    pub day: Day,
    pub in_group: &'a InGroup<'a>,
    pub pairings: Option<Table>,
    pub staff: Option<Table>,
    pub resources: Option<Table>,
    /// The activities of the school year by kind.
    by_kind: BTreeMap<&'a str, Vec<ActivityAt>>,
    /// Those of each child, by kind: so that no question looks at rows of other children.
    by_child: BTreeMap<&'a str, BTreeMap<u32, Vec<ActivityAt>>>,
}

impl<'a> Question<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        term: &'a Stretch,
        day: Day,
        in_group: &'a InGroup<'a>,
    ) -> Outcome<Question<'a>> {
        let register = |name: &str| -> Outcome<Option<Table>> {
            let path = format!("registers/{name}.csv");
            Ok(snapshot.folder.read(&path)?.map(|bytes| Table::read(&path, bytes, &["id"])))
        };
        let year = period::school_year(&snapshot.school, term);
        let mut by_kind: BTreeMap<&str, Vec<ActivityAt>> = BTreeMap::new();
        let mut by_child: BTreeMap<&str, BTreeMap<u32, Vec<ActivityAt>>> = BTreeMap::new();
        for (at, log, activity) in snapshot.activities() {
            if activity.day > day || !year.covers(activity.day) {
                continue;
            }
            by_kind.entry(&log.kind).or_default().push(at);
            let of_kind = by_child.entry(&log.kind).or_default();
            for student in log.students(activity) {
                of_kind.entry(*student).or_default().push(at);
            }
        }
        Ok(Question {
            snapshot,
            term,
            day,
            in_group,
            pairings: register("pairings")?,
            staff: register("staff")?,
            resources: register("resources")?,
            by_kind,
            by_child,
        })
    }

    fn of_kind(&self, kind: &str) -> &[ActivityAt] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    fn of_child(&self, kind: &str, student: u32) -> &[ActivityAt] {
        self.by_child.get(kind).and_then(|own| own.get(&student)).map_or(&[], Vec::as_slice)
    }
}

/// Every commitment with its units, in the order of the plans.
pub fn coverage<'a>(question: &Question, plans: &'a [Plan]) -> Vec<Covered<'a>> {
    use rayon::prelude::*;
    let commitments: Vec<(&Plan, &Commitment)> = plans
        .iter()
        .flat_map(|plan| plan.commitment.iter().filter(|one| !one.off).map(move |commitment| (plan, commitment)))
        .collect();
    let covered = |(plan, commitment): (&'a Plan, &'a Commitment)| Covered {
        plan,
        commitment,
        units: units(question, commitment),
    };
    commitments.into_par_iter().map(covered).collect()
}

/// The units of one commitment.
pub fn units(question: &Question, commitment: &Commitment) -> Vec<Unit> {
    if let Some(within) = &commitment.within {
        return within::units(question, within);
    }
    let periods = period::periods(&question.snapshot.school, question.term, commitment.every.unwrap_or_default());
    let mut units = Vec::new();
    for period in periods.into_iter().filter(|period| period.from <= question.day) {
        for (subject, excuse) in subjects(question, commitment, &period) {
            units.push(match excuse {
                Some((standing, reason)) => bare(subject, period.clone(), standing, reason),
                None => match (&commitment.count, &commitment.state) {
                    (Some(count), _) => count::unit(question, count, subject, period.clone()),
                    (None, Some(state)) => state::unit(question, state, subject, period.clone()),
                    (None, None) => bare(subject, period.clone(), Standing::Unknown, "plan-nothing-asked"),
                },
            });
        }
    }
    units
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

/// Whom a commitment is for in a period, and why one of them does not count.
fn subjects(
    question: &Question,
    commitment: &Commitment,
    period: &Period,
) -> Vec<(Subject, Option<(Standing, &'static str)>)> {
    let last = period.until.min(question.day);
    let of_the_grades =
        |class: &Class| commitment.grades.is_empty() || commitment.grades.contains(&class.grade_on(last));
    match &commitment.unit {
        For::School => vec![(Subject::School, None)],
        For::Class => {
            let classes = classes(question, period).into_iter().filter(of_the_grades);
            classes.map(|class| (Subject::Class(class), None)).collect()
        }
        For::Staff => staff(question, period).into_iter().map(|name| (Subject::Staff(name), None)).collect(),
        For::Group(group) => students(question, group, period),
    }
}

/// The classes that have children in a period, of the school's own grades.
fn classes(question: &Question, period: &Period) -> Vec<Class> {
    let last = period.until.min(question.day);
    let years = 1..=question.snapshot.school.school.years as i32;
    let of_the_school = |class: &Class| years.contains(&class.grade_on(last));
    let mut classes: Vec<Class> = question
        .snapshot
        .students
        .iter()
        .filter(|file| file.student.enrolled_between(period.from, last))
        .filter_map(|file| file.student.class.filter(of_the_school))
        .collect();
    classes.sort_unstable_by_key(|class| (std::cmp::Reverse(class.cohort), class.number));
    classes.dedup();
    classes
}

fn staff(question: &Question, period: &Period) -> Vec<String> {
    let Some(table) = &question.staff else { return Vec::new() };
    let there = |row: &usize| {
        let day = |column: &str| table.get(*row, column).parse::<Day>().ok();
        day("from").is_none_or(|from| from <= period.until) && day("until").is_none_or(|until| period.from <= until)
    };
    let mut names: Vec<String> = (0..table.len()).filter(there).map(|row| table.get(row, "name").to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

/// The children of a group. One who was at the school for less than half of the period is exempt from it.
fn students(question: &Question, group: &str, period: &Period) -> Vec<(Subject, Option<(Standing, &'static str)>)> {
    let last = period.until.min(question.day);
    let mut found = Vec::new();
    for at in 0..question.snapshot.students.len() as u32 {
        let student = question.snapshot.student(at);
        if !student.enrolled_between(period.from, last) {
            continue;
        }
        let excuse = match (question.in_group)(group, at, last) {
            Some(false) => continue,
            None => Some((Standing::Unknown, "plan-group-unknown")),
            Some(true) => part_of_the_period(question, at, period),
        };
        found.push((Subject::Student(at), excuse));
    }
    found
}

fn part_of_the_period(question: &Question, at: u32, period: &Period) -> Option<(Standing, &'static str)> {
    let student = question.snapshot.student(at);
    let days = period.until.days_since(period.from) + 1;
    let there = (0..days).filter(|day| student.enrolled_on(period.from.plus(*day))).count() as i64;
    if there * 2 >= days {
        return None;
    }
    let left = !student.enrolled_on(period.until.min(question.day));
    Some((Standing::Exempt, if left { "plan-left" } else { "plan-joined" }))
}
