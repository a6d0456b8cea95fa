//! So many activities of a kind for a unit in a period, or so many different values of a field.

use std::collections::BTreeSet;

use super::question::{Dated, in_period};
use super::rules::{Commitment, Count, DealtWith, Distinct};
use super::{Period, Question, Standing, Subject, Unit, birthday};
use crate::ledger::Origin;
use crate::model::Day;

/// The units of a count that looks at days around each child's birthday, or of one that looks at periods.
pub(super) fn around_birthdays(question: &Question, commitment: &Commitment, count: &Count, days: u32) -> Vec<Unit> {
    let year = super::period::school_year(&question.snapshot.school, question.term);
    let mut units = Vec::new();
    for (subject, excuse) in super::subjects::subjects(question, commitment, &year) {
        let Subject::Student(at) = subject else { continue };
        let student = question.snapshot.student(at);
        let Some(born) = student.born else {
            units.push(super::bare(subject, year.clone(), Standing::Unknown, "plan-born-unknown"));
            continue;
        };
        let birthday = birthday::on_or_after(born, year.from);
        let period = birthday::care(&question.snapshot.school, birthday, i64::from(days));
        units.push(match excuse {
            Some((Standing::Unknown, reason)) => super::bare(subject, period, Standing::Unknown, reason),
            _ if birthday <= question.day && !student.enrolled_on(birthday) => {
                super::bare(subject, period, Standing::Exempt, "plan-not-here")
            }
            _ => unit(question, count, subject, period),
        });
    }
    units.sort_by(|a, b| (&a.period, &a.subject).cmp(&(&b.period, &b.subject)));
    units
}

pub(super) fn unit(question: &Question, count: &Count, subject: Subject, period: Period) -> Unit {
    let found = matching(question, count, &subject, &period);
    let (done, wanted, missing) = match &count.distinct {
        None => (found.len() as u32, count.times.unwrap_or(1), Vec::new()),
        Some(distinct) => different(question, distinct, &found),
    };
    let mut evidence: Vec<Origin> = found.iter().map(|one| Origin::Activity(one.at)).collect();
    let (standing, reason) = if done < wanted {
        let may_be = sealed(question, count, &found, &period);
        super::unmet_unless_sealed(
            done + may_be >= wanted,
            period.until,
            question.day,
            if done == 0 { "plan-nothing-done" } else { "plan-too-few" },
        )
    } else {
        match &count.dealt_with {
            None => (Standing::Met, None),
            Some(dealt_with) => after_care(question, dealt_with, &found, &mut evidence),
        }
    };
    Unit { subject, period, standing, evidence, done: done.min(wanted), wanted, reason, missing }
}

/// How many sealed activities of the period might count too: those that were not found, or any where a value is asked for.
fn sealed(question: &Question, count: &Count, found: &[Dated], period: &Period) -> u32 {
    let closed = question.closed(&count.kind, period.from, period.until);
    match count.distinct {
        Some(_) => closed,
        None => closed - found.iter().filter(|one| question.is_closed(**one)).count() as u32,
    }
}

/// The activities that count for a subject in a period, the earliest first.
fn matching(question: &Question, count: &Count, subject: &Subject, period: &Period) -> Vec<Dated> {
    let all = match subject {
        Subject::Student(student) => question.of_child(&count.kind, *student),
        Subject::Class(class) => question.of_class(&count.kind, *class),
        Subject::School | Subject::Staff(_) => question.of_kind(&count.kind),
    };
    let fits = |one: &&Dated| {
        count.narrowed.iter().all(|(field, wanted)| wanted.has(question.cell(**one, field)))
            && match subject {
                Subject::Staff(name) => {
                    crate::assess::workload::names(question.cell(**one, "staff")).any(|own| own == name)
                }
                _ => true,
            }
    };
    in_period(all, period).iter().filter(fits).copied().collect()
}

/// How many of the wanted values occur, how many are wanted, and which are missing.
fn different(question: &Question, distinct: &Distinct, found: &[Dated]) -> (u32, u32, Vec<String>) {
    let values: BTreeSet<&str> =
        found.iter().map(|one| question.cell(*one, &distinct.field)).filter(|value| !value.is_empty()).collect();
    if distinct.of.is_empty() {
        return (values.len() as u32, distinct.least.unwrap_or(1), Vec::new());
    }
    let missing: Vec<String> = distinct
        .of
        .iter()
        .filter(|wanted| !values.iter().any(|value| wanted.has(value)))
        .map(|wanted| wanted.first().to_owned())
        .collect();
    let wanted = distinct.least.unwrap_or(distinct.of.len() as u32);
    ((distinct.of.len() - missing.len()) as u32, wanted, missing)
}

/// Whether everything that the activities found was dealt with in time. What was dealt with is evidence too.
fn after_care(
    question: &Question,
    dealt_with: &DealtWith,
    found: &[Dated],
    evidence: &mut Vec<Origin>,
) -> (Standing, Option<&'static str>) {
    let mut worst = (Standing::Met, None);
    for one in found {
        let Ok(row) = question.cell(*one, "id").parse() else { continue };
        for at in question.opened_by(&row) {
            let follow_up = &question.snapshot.follow_ups[*at];
            if follow_up.kind != dealt_with.followup || follow_up.cancelled.is_some_and(|day| day <= question.day) {
                continue;
            }
            evidence.push(Origin::FollowUp(*at));
            let last: Day = follow_up.opened.plus(i64::from(dealt_with.days));
            if !follow_up.done.is_some_and(|done| done <= last && done <= question.day) {
                let unmet = super::unmet(last, question.day, "plan-not-dealt-with");
                worst = if worst.0 == Standing::Missed { worst } else { unmet };
            }
        }
    }
    worst
}
