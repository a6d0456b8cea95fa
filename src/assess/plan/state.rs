//! What is true of a unit on the last day of its period, or on the day asked about.

use super::question::{Dated, between, in_period};
use super::rules::{Every, Kept, OneOrMany, RegularContact, State};
use super::{Period, Question, Standing, Subject, Unit};
use crate::assess::check::{Finding, Gravity, findings};
use crate::ledger::Origin;
use crate::ledger::folder::SCHOOL_FILE;
use crate::model::{Class, Day, Student};

/// What was found of a state: what shows it, how much of it there is, and what is missing.
struct Found {
    evidence: Vec<Origin>,
    done: u32,
    wanted: u32,
    missing: Vec<String>,
    /// A sealed record might be what is missing.
    may_be_sealed: bool,
}

impl Found {
    fn of(evidence: Vec<Origin>) -> Found {
        Found { done: u32::from(!evidence.is_empty()), wanted: 1, missing: Vec::new(), evidence, may_be_sealed: false }
    }

    /// The same, of which so many sealed records might be what is missing.
    fn or_sealed(self, closed: u32) -> Found {
        Found { may_be_sealed: closed > 0, ..self }
    }
}

pub(super) fn unit(question: &Question, state: &State, subject: Subject, period: Period) -> Unit {
    let day = period.until.min(question.day);
    let Some(found) = found(question, state, &subject, &period, day) else {
        return super::bare(subject, period, Standing::Unknown, "plan-state-unknown");
    };
    let (standing, reason) = if found.done >= found.wanted && found.missing.is_empty() {
        (Standing::Met, None)
    } else {
        let reason = if found.done == 0 { "plan-not-so" } else { "plan-incomplete" };
        super::unmet_unless_sealed(found.may_be_sealed, period.until, question.day, reason)
    };
    Unit {
        subject,
        period,
        standing,
        evidence: found.evidence,
        done: found.done.min(found.wanted),
        wanted: found.wanted,
        reason,
        missing: found.missing,
    }
}

fn found(question: &Question, state: &State, subject: &Subject, period: &Period, day: Day) -> Option<Found> {
    match subject {
        Subject::Student(at) => of_child(question, state, *at, period, day),
        Subject::Staff(name) if state.staff_workload => {
            let closed = question.closed_of_all(period.from, period.until);
            Some(rows_or_none(in_period(question.of_staff(name), period)).or_sealed(closed))
        }
        Subject::Class(class) if state.contact_group => {
            let closed = question.closed("contact-group", period.from, period.until);
            Some(rows_or_none(in_period(question.of_class("contact-group", *class), period)).or_sealed(closed))
        }
        Subject::School if state.ledger_check => sound(question),
        Subject::School => Some(resources(question, state, None, period, day)),
        Subject::Class(class) => Some(resources(question, state, Some(*class), period, day)),
        Subject::Staff(_) => None,
    }
}

fn of_child(question: &Question, state: &State, at: u32, period: &Period, day: Day) -> Option<Found> {
    if let Some(kind) = &state.pairing {
        return Some(pairing(question, kind, state.contact.as_ref(), at, day));
    }
    if let Some(kept) = &state.file {
        return Some(file(question, kept, at, period, day));
    }
    if let Some(agreement) = &state.agreement {
        return Some(agreed(question, &format!("{agreement}-agreement"), at, day));
    }
    state.meal_support.then(|| {
        let kept = Kept { keys: vec!["household.meals".to_owned()], ..Kept::default() };
        file(question, &kept, at, period, day)
    })
}

/// The first rows are enough to show that there are any.
fn rows_or_none(rows: &[Dated]) -> Found {
    Found::of(rows.iter().take(3).map(|one| Origin::Activity(one.at)).collect())
}

fn sound(question: &Question) -> Option<Found> {
    let is_error = |one: &Finding| one.gravity == Gravity::Error;
    let is_sound =
        question.snapshot.problems.is_empty() && !findings(question.snapshot, question.day).iter().any(is_error);
    // That nothing is wrong stands in no one line: the ledger itself shows it.
    let itself = Origin::Register { file: SCHOOL_FILE, line: 1 };
    Some(Found::of(if is_sound { vec![itself] } else { Vec::new() }))
}

/// A pairing in force, and where the plan asks for it, a meeting of the two in the last so many days.
fn pairing(question: &Question, kind: &str, contact: Option<&RegularContact>, at: u32, day: Day) -> Found {
    let wanted = 1 + u32::from(contact.is_some());
    let in_force = question.pairings_of(at).iter().find(|one| one.kind == kind && one.covers(day) == Some(true));
    let Some(paired) = in_force else { return Found { wanted, ..Found::of(Vec::new()) } };
    let mut evidence = vec![paired.origin()];
    let Some(contact) = contact else { return Found::of(evidence) };
    let first = day.plus(1 - i64::from(days_of(contact.every)));
    match between(question.of_child(&contact.kind, at), first, day).last() {
        Some(met) => {
            evidence.push(Origin::Activity(met.at));
            Found { evidence, done: 2, wanted, missing: Vec::new(), may_be_sealed: false }
        }
        None => Found {
            evidence,
            done: 1,
            wanted,
            missing: vec![contact.kind.clone()],
            may_be_sealed: question.closed(&contact.kind, first, day) > 0,
        },
    }
}

fn days_of(every: Every) -> u32 {
    match every {
        Every::Days(days) => days,
        Every::Week => 7,
        Every::Month => 31,
        Every::Term | Every::Holiday => 183,
        Every::Year => 366,
    }
}

/// Resources of a type that somebody has looked at by the day, in the period or the year before its end. One of a class
/// counts for that class, one that names no class for every one of them.
fn resources(question: &Question, state: &State, class: Option<Class>, period: &Period, day: Day) -> Found {
    let kind = state.resource.as_deref().unwrap_or_default();
    let class = class.map(|class| class.to_string());
    let first = period.from.min(period.until.plus(-DAYS_FRESH));
    let found = question.resources.iter().filter(|one| {
        (kind == "any" || one.kind == kind)
            && (class.is_none() || one.class.is_empty() || class.as_deref() == Some(one.class.as_str()))
            && one.updated.iter().any(|updated| (first..=day).contains(updated))
    });
    let evidence: Vec<Origin> = found.map(|one| one.origin.clone()).collect();
    let (done, wanted) = (evidence.len() as u32, state.times.unwrap_or(1));
    Found { evidence, done, wanted, missing: Vec::new(), may_be_sealed: false }
}

/// How old the entry of a resource may be and still be relied on.
const DAYS_FRESH: i64 = 365;

/// An agreement holds for a year from its signature, or until the day that it names.
fn agreed(question: &Question, kind: &str, at: u32, day: Day) -> Found {
    let signed = between(question.of_child(kind, at), day.plus(-20_000), day).iter();
    let in_force = signed.filter(|one| agreement_ends(one.day, question.cell(**one, "until")) >= day);
    let closed = question.closed(kind, day.plus(-20_000), day);
    Found::of(in_force.map(|one| Origin::Activity(one.at)).collect()).or_sealed(closed)
}

/// The last day of an agreement.
pub fn agreement_ends(signed: Day, until: &str) -> Day {
    until.parse().unwrap_or_else(|_| signed.plus(365))
}

/// What a child's file must hold: keys of its record, and rows of the period.
fn file(question: &Question, kept: &Kept, at: u32, period: &Period, day: Day) -> Found {
    let mut found = Found { wanted: 0, ..Found::of(Vec::new()) };
    let mut known_missing = false;
    let student = question.snapshot.student(at);
    for key in &kept.keys {
        found.wanted += 1;
        match has(student, key, day) {
            true => found.done += 1,
            false => {
                known_missing = true;
                found.missing.push(key.clone());
            }
        }
        if has(student, key, day) && found.evidence.is_empty() {
            found.evidence.push(Origin::Record { student: at, key: key.clone() });
        }
    }
    let watched = kept.watched.as_ref().filter(|watched| {
        // A child of whom it is not known whether it is watched is not asked for more.
        (question.in_group)(&watched.group, at, day) == Some(true)
    });
    for part in kept.each.iter().chain(watched.iter().flat_map(|watched| &watched.each)) {
        found.wanted += 1;
        let rows = part.values().iter().filter_map(|kind| in_period(question.of_child(kind, at), period).last());
        match rows.max() {
            Some(row) => {
                found.done += 1;
                found.evidence.push(Origin::Activity(row.at));
            }
            None => {
                let closed = |kind: &String| question.closed(kind, period.from, period.until) > 0;
                known_missing |= !part.values().iter().any(closed);
                found.missing.push(OneOrMany::first(part).to_owned());
            }
        }
    }
    // One thing that is missing for certain is enough: no sealed record makes the file whole.
    found.may_be_sealed = !known_missing;
    found
}

/// The keys of a record that a plan may ask for.
pub(super) const KEYS: [&str; 13] = [
    "gender",
    "born",
    "class",
    "address",
    "parent",
    "guardian",
    "guardian.phone",
    "health",
    "household.meals",
    "study",
    "study.habits",
    "study.interests",
    "consent",
];

fn has(student: &Student, key: &str, day: Day) -> bool {
    let study = student.study.as_ref();
    match key {
        "gender" => student.gender.is_some(),
        "born" => student.born.is_some(),
        "class" => student.class.is_some(),
        "address" => student.address.is_some(),
        "parent" => !student.parent.is_empty(),
        "guardian" => student.guardian_on(day).is_some(),
        "guardian.phone" => student.guardians_on(day).any(|guardian| guardian.phone.is_some()),
        "health" => student.health.is_some(),
        "household.meals" => student.household.as_ref().is_some_and(|household| household.meals.is_some()),
        "study" => study.is_some(),
        "study.habits" => study.is_some_and(|study| study.habits.is_some()),
        "study.interests" => study.is_some_and(|study| study.interests.is_some()),
        "consent" => student.consent.is_some(),
        _ => false,
    }
}
