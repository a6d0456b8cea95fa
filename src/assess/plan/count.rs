//! So many activities of a kind for a unit in a period, or so many different values of a field.

use std::collections::BTreeSet;

use super::rules::{Count, Distinct};
use super::{Period, Question, Standing, Subject, Unit};
use crate::ledger::Origin;
use crate::model::ActivityAt;

pub(super) fn unit(question: &Question, count: &Count, subject: Subject, period: Period) -> Unit {
    let found = matching(question, count, &subject, &period);
    let (done, wanted, missing) = match &count.distinct {
        None => (found.len() as u32, count.times.unwrap_or(1), Vec::new()),
        Some(distinct) => different(question, distinct, &found),
    };
    let standing = if done >= wanted {
        Standing::Met
    } else if period.until >= question.day {
        Standing::Open
    } else {
        Standing::Missed
    };
    let evidence = found.into_iter().map(Origin::Activity).collect();
    Unit { subject, period, standing, evidence, done: done.min(wanted), wanted, reason: None, missing }
}

/// The activities that count for a subject in a period, the earliest first.
fn matching(question: &Question, count: &Count, subject: &Subject, period: &Period) -> Vec<ActivityAt> {
    let snapshot = question.snapshot;
    let all = match subject {
        Subject::Student(student) => question.of_child(&count.kind, *student),
        _ => question.of_kind(&count.kind),
    };
    let fits = |at: &&ActivityAt| {
        let (log, activity) = snapshot.activity(**at);
        let row = activity.row as usize;
        period.covers(activity.day)
            && count.narrowed.iter().all(|(field, wanted)| wanted.has(log.table.get(row, field)))
            && match subject {
                Subject::School | Subject::Student(_) => true,
                Subject::Staff(name) => log.table.get(row, "staff").contains(name.as_str()),
                Subject::Class(class) => {
                    let mut students = log.students(activity).iter();
                    let word = format!("class:{class}");
                    students.any(|at| snapshot.student(*at).class == Some(*class))
                        || log.table.get(row, "students").split_ascii_whitespace().any(|one| one == word)
                }
            }
    };
    let mut found: Vec<ActivityAt> = all.iter().filter(fits).copied().collect();
    found.sort_by_key(|at| (snapshot.activity(*at).1.day, *at));
    found
}

/// How many of the wanted values occur, how many are wanted, and which are missing.
fn different(question: &Question, distinct: &Distinct, found: &[ActivityAt]) -> (u32, u32, Vec<String>) {
    let value = |at: &ActivityAt| {
        let (log, activity) = question.snapshot.activity(*at);
        log.table.get(activity.row as usize, &distinct.field)
    };
    let values: BTreeSet<&str> = found.iter().map(value).filter(|value| !value.is_empty()).collect();
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
