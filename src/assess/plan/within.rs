//! Each trigger is answered in so many days: a crisis, a counselling, a wish.

use super::rules::{Answer, Trigger, Within};
use super::{Period, Question, Standing, Subject, Unit};
use crate::ledger::Origin;
use crate::model::Day;

struct Fired {
    student: Option<u32>,
    day: Day,
    origin: Origin,
}

/// One unit for each trigger of the term.
pub(super) fn units(question: &Question, within: &Within) -> Vec<Unit> {
    let mut units: Vec<Unit> = triggers(question, &within.after)
        .into_iter()
        .filter(|fired| question.term.covers(fired.day) && fired.day <= question.day)
        .map(|fired| answered(question, within, fired))
        .collect();
    units.sort_by(|a, b| (&a.period, &a.subject).cmp(&(&b.period, &b.subject)));
    units
}

fn answered(question: &Question, within: &Within, fired: Fired) -> Unit {
    let last = fired.day.plus(i64::from(within.days));
    let answer = answer(question, &within.answer, &fired, last);
    let standing = match answer {
        Some(_) => Standing::Met,
        None if last >= question.day => Standing::Open,
        None => Standing::Missed,
    };
    Unit {
        subject: fired.student.map_or(Subject::School, Subject::Student),
        period: Period { from: fired.day, until: last, name: fired.day.to_string() },
        standing,
        done: u32::from(answer.is_some()),
        wanted: 1,
        evidence: std::iter::once(fired.origin).chain(answer).collect(),
        reason: None,
        missing: Vec::new(),
    }
}

fn triggers(question: &Question, after: &Trigger) -> Vec<Fired> {
    let snapshot = question.snapshot;
    if let Some(kind) = &after.followup {
        let fired = |(at, one): (usize, &crate::model::FollowUp)| Fired {
            student: one.student.as_ref().and_then(|id| snapshot.place_of_student(id)),
            day: one.opened,
            origin: Origin::FollowUp(at),
        };
        let waits = |one: &crate::model::FollowUp| one.cancelled.is_none_or(|day| day > question.day);
        let own = snapshot.follow_ups.iter().enumerate().filter(|(_, one)| one.kind == *kind && waits(one));
        return own.map(fired).collect();
    }
    let (kind, flagged) = match (&after.kind, &after.screening, after.exam) {
        (Some(kind), ..) => (kind.as_str(), false),
        (None, Some(_), _) => ("screening", true),
        (None, None, true) => ("score", false),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for at in question.of_kind(kind) {
        let (log, activity) = snapshot.activity(*at);
        let band = log.table.get(activity.row as usize, "band");
        if flagged && matches!(band, "" | "normal" | "invalid") {
            continue;
        }
        let fired = |student| Fired { student, day: activity.day, origin: Origin::Activity(*at) };
        match log.students(activity) {
            [] => found.push(fired(None)),
            students if !after.exam => found.extend(students.iter().map(|student| fired(Some(*student)))),
            // An exam is answered once for all who sat it.
            _ => found.push(fired(None)),
        }
    }
    if after.exam {
        found.sort_by_key(|fired| fired.day);
        found.dedup_by_key(|fired| fired.day);
    }
    found
}

fn answer(question: &Question, answer: &Answer, fired: &Fired, last: Day) -> Option<Origin> {
    let snapshot = question.snapshot;
    if answer.followup_done.is_some() {
        let Origin::FollowUp(at) = fired.origin else { return None };
        let done = snapshot.follow_ups[at].done?;
        return (done <= last && done <= question.day).then_some(Origin::FollowUp(at));
    }
    let kind = answer.kind.as_ref()?;
    let all = match fired.student {
        Some(student) => question.of_child(kind, student),
        None => question.of_kind(kind),
    };
    let in_time = |at: &&crate::model::ActivityAt| {
        let day = snapshot.activity(**at).1.day;
        fired.day <= day && day <= last
    };
    all.iter().filter(in_time).min_by_key(|at| snapshot.activity(**at).1.day).map(|at| Origin::Activity(*at))
}
