//! What a metric says of one child on the day: it fires, it is calm, or it cannot be known and what would settle it.

use std::cell::OnceCell;

use super::index::{Index, Last};
use super::measure_record as record;
use super::measure_rows as rows;
use super::measure_scores::{self as scores, Scores};
use super::metric::{Marks, Metric, With};
use crate::assess::left_behind::{Care, ParentOn, cares, parents_on};
use crate::assess::rules::Rules;
use crate::assess::{Evidence, Value};
use crate::ledger::Origin;
use crate::model::{ActivityAt, Day, Student};

/// What would settle what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settles {
    /// These fields of the child's file.
    Fields(Vec<String>),
    /// Records of this kind.
    Kind(String),
    /// The key that opens the sealed records of this kind.
    Key(String),
    /// A register, by its path.
    Register(&'static str),
    /// A term or an enrolment to count from.
    Calendar,
}

/// What a metric says of one child.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    Fires {
        value: Value,
        bound: Value,
        evidence: Vec<Evidence>,
    },
    Calm {
        value: Option<Value>,
        evidence: Vec<Evidence>,
    },
    /// With the key of the reason.
    Unknown {
        reason: &'static str,
        settles: Settles,
    },
}

impl Verdict {
    pub(super) fn calm(evidence: Vec<Evidence>) -> Verdict {
        Verdict::Calm { value: None, evidence }
    }

    pub(super) fn fields(reason: &'static str, fields: Vec<String>) -> Verdict {
        Verdict::Unknown { reason, settles: Settles::Fields(fields) }
    }

    /// Fires or is calm by a value and its bound.
    pub(super) fn by(fires: bool, value: Value, bound: Value, evidence: Vec<Evidence>) -> Verdict {
        Verdict::when(fires, value, || bound, evidence)
    }

    /// The same with a bound that is only made where the verdict shows it.
    pub(super) fn when(fires: bool, value: Value, bound: impl FnOnce() -> Value, evidence: Vec<Evidence>) -> Verdict {
        match fires {
            true => Verdict::Fires { value, bound: bound(), evidence },
            false => Verdict::Calm { value: Some(value), evidence },
        }
    }
}

/// A child on the day, with everything that a metric can look at.
pub(super) struct Child<'a> {
    pub at: u32,
    pub student: &'a Student,
    pub day: Day,
    pub index: &'a Index<'a>,
    pub rules: &'a Rules,
    pub parents: [ParentOn<'a>; 2],
    /// Whether what a verdict rests on is told. Most verdicts are calm, and of most of these nobody asks why.
    pub tells: bool,
    /// The child's scores by the marks that were asked for first.
    pub scores: OnceCell<(&'a Marks, Scores<'a>)>,
}

impl<'a> Child<'a> {
    pub fn of(at: u32, index: &'a Index<'a>, rules: &'a Rules, tells: bool) -> Child<'a> {
        let student = index.snapshot.student(at);
        let (day, parents) = (index.day, parents_on(student, index.day));
        Child { at, student, day, index, rules, parents, tells, scores: OnceCell::new() }
    }

    /// Facts, where they are told.
    pub fn told(&self, facts: impl FnOnce() -> Vec<Evidence>) -> Vec<Evidence> {
        if self.tells { facts() } else { Vec::new() }
    }

    /// One fact, where it is told.
    pub fn told_one(&self, fact: impl FnOnce() -> Evidence) -> Vec<Evidence> {
        self.told(|| vec![fact()])
    }

    /// The first day of the enrolment that holds the day.
    pub fn enrolled_from(&self) -> Option<(usize, Day)> {
        let spells = self.student.enrolment.iter().enumerate();
        let open = |(at, spell): (usize, &crate::model::Spell)| {
            spell.covers(self.day).then_some(())?;
            spell.from.map(|from| (at, from.first_day()))
        };
        spells.filter_map(open).max_by_key(|(_, from)| *from)
    }

    /// The term that the day is reported in: its first day.
    pub fn term_from(&self) -> Option<Day> {
        self.index.snapshot.school.latest_term(self.day).map(|term| term.from)
    }

    /// The last activity of the enrolment that holds the day; else the later of enrolment and the first day that the
    /// ledger speaks of, or of the term's first day where the ledger does not say since when it speaks.
    pub fn counted_from(&self, last: Option<Last>) -> Option<Start> {
        let enrolled = self.enrolled_from();
        if let Some(last) = last.filter(|(day, _)| enrolled.is_none_or(|(_, from)| from <= *day)) {
            return Some(Start::Last(last));
        }
        let begun = match self.index.snapshot.school.school.since {
            Some(since) => Some(Start::Ledger(since)),
            None => self.term_from().map(Start::Term),
        };
        match (enrolled, begun) {
            (Some((spell, from)), begun) if begun.is_none_or(|begun| begun.day() <= from) => {
                Some(Start::Enrolment(spell, from))
            }
            (_, begun) => begun,
        }
    }

    /// A row as evidence: its kind and day, and the word for one of its cells.
    pub fn row(&self, at: ActivityAt, field: Option<&str>) -> Evidence {
        let (log, activity) = self.index.snapshot.activity(at);
        let value = field.map_or("", |field| log.table.get(activity.row as usize, field));
        let key = if value.is_empty() { "risk-row" } else { "risk-row-value" };
        let fact = Evidence::at(key, Origin::Activity(at))
            .with("kind", Value::Label(self.rules.kind_label(&log.kind)))
            .with("day", Value::Day(activity.day));
        if value.is_empty() { fact } else { fact.with("value", Value::Label(self.rules.word(value))) }
    }

    /// Whether no parent is there to care, as far as the record tells; else the fields that would settle it.
    pub fn without_parent(&self) -> Result<bool, Vec<String>> {
        self.all_ways(|father, mother| !is_there(father) && !is_there(mother))
    }

    /// Whether something holds in every way in which the parents can be placed, or in none.
    pub fn all_ways(&self, holds: impl Fn(Care, Care) -> bool) -> Result<bool, Vec<String>> {
        let (ways, fields) = cares(&self.parents, self.day);
        let held = ways.iter().filter(|(father, mother)| holds(*father, *mother)).count();
        match held {
            0 => Ok(false),
            held if held == ways.len() => Ok(true),
            _ => Err(fields),
        }
    }
}

/// Whether a parent is at home, able to care or not.
fn is_there(care: Care) -> bool {
    matches!(care, Care::Home | Care::Incapable)
}

/// What a metric says of a child.
pub(super) fn measure<'a>(child: &Child<'a>, metric: &'a Metric) -> Verdict {
    match metric {
        Metric::DaysSince { kinds, contact, days, holidays } => days_since(child, kinds, *contact, *days, *holidays),
        Metric::Count { kinds, field, is, days, at_least } => {
            rows::count(child, &rows::Counted { kinds, field: field.as_deref(), is }, *days, *at_least)
        }
        Metric::AbsenceRate { kind, field, percent, below, school_days } => {
            let bounds = rows::Absence { percent: *percent, below: *below, school_days: *school_days };
            rows::absence_rate(child, kind, field, &bounds)
        }
        Metric::LowScore { marks, percent, days } => scores::low_score(child, marks, *percent, *days),
        Metric::ScoreDrop { marks, points, earlier, days } => {
            scores::score_drop(child, marks, *points, *earlier, *days)
        }
        Metric::StandardDrop { drop, earlier, days } => scores::standard_drop(child, *drop, *earlier, *days),
        Metric::FailingSubjects { marks, percent, at_least, days } => {
            scores::failing_subjects(child, marks, *percent, *at_least, *days)
        }
        Metric::Band { kind, field, is, void, each, days } => {
            rows::band(child, &rows::Bands { kind, field, is, void, each: each.as_deref() }, *days)
        }
        Metric::WeeklyContact { kind, field, also, weeks } => rows::weekly_contact(child, kind, field, also, *weeks),
        Metric::Record { field, is } => record::field(child, *field, is),
        Metric::ChildUnder { age } => record::child_under(child, *age),
        Metric::GuardianFrom { age } => record::guardian_from(child, *age),
        Metric::GuardianAbility { is } => record::guardian_ability(child, is),
        Metric::BothAway => record::both_away(child),
        Metric::ParentGone => record::gone(child, |father, mother| father || mother),
        Metric::NoParent => record::gone(child, |father, mother| father && mother),
        Metric::NoGuardian => record::no_guardian(child),
        Metric::NotEntrusted => record::not_entrusted(child),
        Metric::NoPairing { pairing } => record::no_pairing(child, pairing),
        Metric::FollowUps { types, overdue, at_least } => record::follow_ups(child, types, *overdue, *at_least),
    }
}

fn days_since(child: &Child, kinds: &[String], contact: Option<With>, bound: u32, holidays: bool) -> Verdict {
    let last = match contact {
        Some(with) => child.index.last_contact(child.at, with.contact()),
        None => child.index.last_of(child.at, kinds),
    };
    let Some(start) = child.counted_from(last) else {
        return Verdict::Unknown { reason: "risk-unknown-start", settles: Settles::Calendar };
    };
    let since = start.day();
    let free = if holidays { 0 } else { holidays_within(child, since) };
    let days = child.day.days_since(since) - free;
    let fires = days >= i64::from(bound);
    if !fires && matches!(start, Start::Ledger(_)) {
        return Verdict::Unknown { reason: "risk-unknown-before-ledger", settles: Settles::Calendar };
    }
    let evidence = child.told(|| {
        let mut evidence = vec![start.fact(child)];
        if free > 0 {
            evidence.push(Evidence::calendar("risk-holidays").with("days", Value::Days(free)));
        }
        if fires {
            evidence.extend(sealed_since(child, kinds, contact, since));
        }
        evidence
    });
    Verdict::by(fires, Value::Days(days), Value::Days(i64::from(bound)), evidence)
}

/// From where a lack of activities is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Last(Last),
    /// The child's enrolment, by its place in the file.
    Enrolment(usize, Day),
    /// The first day that the ledger speaks of: what took place before is not known.
    Ledger(Day),
    Term(Day),
}

impl Start {
    pub fn day(self) -> Day {
        match self {
            Start::Last((day, _)) | Start::Enrolment(_, day) | Start::Ledger(day) | Start::Term(day) => day,
        }
    }

    fn fact(self, child: &Child) -> Evidence {
        let fact = match self {
            Start::Last((_, at)) => return child.row(at, None),
            Start::Enrolment(spell, _) => {
                Evidence::record("risk-none-since-enrolment", child.at, format!("enrolment.{spell}.from"))
            }
            Start::Ledger(_) => Evidence::calendar("risk-none-since-ledger"),
            Start::Term(_) => Evidence::calendar("risk-none-since-term"),
        };
        fact.with("day", Value::Day(self.day()))
    }
}

/// The days after `since` and up to the day that lie in a holiday.
fn holidays_within(child: &Child, since: Day) -> i64 {
    let inside = |holiday: &crate::model::Stretch| {
        let (first, last) = (holiday.from.max(since.plus(1)), holiday.until.min(child.day));
        (last.days_since(first) + 1).max(0)
    };
    child.index.snapshot.school.holiday.iter().map(inside).sum()
}

/// Sealed rows may hold a contact with this child: they are named, and do not silence the indicator.
fn sealed_since(child: &Child, kinds: &[String], contact: Option<With>, since: Day) -> Option<Evidence> {
    let fits = |kind: &crate::model::kind::Kind| match contact {
        Some(with) => kind.contact.is_some_and(|own| with.contact().is_none_or(|wanted| wanted == own)),
        None => kinds.contains(&kind.name),
    };
    let kinds = child.rules.kinds.values().filter(|kind| kind.confidential && fits(kind));
    let sealed = child.index.sealed_since(kinds.map(|kind| kind.name.as_str()), since);
    (sealed > 0).then(|| Evidence::calendar("risk-sealed-since").with("count", Value::Count(sealed)))
}
