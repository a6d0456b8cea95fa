//! Each trigger is answered in so many days: a crisis, a counselling, an exam, a wish.

use super::question::{Dated, between};
use super::rules::{Answer, OneOrMany, Trigger, Within};
use super::{Period, Question, Standing, Subject, Unit};
use crate::ledger::Origin;
use crate::model::scale::Band;
use crate::model::{Day, FollowUp};

struct Fired {
    student: Option<u32>,
    day: Day,
    origin: Origin,
    /// The exam, where it is one.
    exam: String,
    /// It is sealed: whom it concerns is not known.
    closed: bool,
    /// It is not even known whether it asks for an answer.
    doubtful: bool,
}

/// One unit for each trigger of the term and of the holiday that follows it.
pub(super) fn units(question: &Question, within: &Within) -> Vec<Unit> {
    let last = last_day(question);
    let mut units: Vec<Unit> = triggers(question, &within.after, last)
        .into_iter()
        .filter(|fired| question.term.from <= fired.day && fired.day <= last)
        .map(|fired| answered(question, within, fired))
        .collect();
    units.sort_by(|a, b| (&a.period, &a.subject, &a.evidence).cmp(&(&b.period, &b.subject, &b.evidence)));
    units
}

/// The last day whose triggers belong to the term: before the next term begins, and not after the day asked about.
fn last_day(question: &Question) -> Day {
    let school = &question.snapshot.school;
    let next = school.term.iter().map(|other| other.from).filter(|from| *from > question.term.until).min();
    let of_holidays = school.holiday.iter().filter(|holiday| next.is_none_or(|next| holiday.from < next));
    let last = of_holidays.map(|holiday| holiday.until).max().unwrap_or(question.term.until);
    last.max(question.term.until).min(question.day)
}

fn answered(question: &Question, within: &Within, fired: Fired) -> Unit {
    let last = last_day_of_answer(question, within, &fired);
    let answer = answer(question, &within.answer, &fired, last);
    let may_be_sealed = answered_for_all_we_know(question, &within.answer, &fired, last);
    let (standing, reason) = match answer {
        _ if fired.doubtful => (Standing::Unknown, Some("plan-sealed")),
        Some(_) => (Standing::Met, None),
        None => super::unmet_unless_sealed(may_be_sealed, last, question.day, "plan-not-answered"),
    };
    Unit {
        subject: fired.student.map_or(Subject::School, Subject::Student),
        period: Period { from: fired.day, until: last, name: fired.day.to_string().into() },
        standing,
        done: u32::from(answer.is_some()),
        wanted: 1,
        evidence: std::iter::once(fired.origin).chain(answer.filter(|answer| !is_follow_up(answer))).collect(),
        reason,
        missing: Vec::new(),
    }
}

/// Whether a sealed record might be the answer, or any record the answer to a sealed trigger.
fn answered_for_all_we_know(question: &Question, answer: &Answer, fired: &Fired, last: Day) -> bool {
    let Some(kind) = &answer.kind else { return false };
    let last = last.min(question.day);
    let answers = if fired.closed { between(question.of_kind(kind), fired.day, last).len() as u32 } else { 0 };
    answers + question.closed(kind, fired.day, last) > 0
}

fn is_follow_up(origin: &Origin) -> bool {
    matches!(origin, Origin::FollowUp(_))
}

/// A follow-up that was put off with a reason has been explained, and has time until its new day.
fn last_day_of_answer(question: &Question, within: &Within, fired: &Fired) -> Day {
    let last = fired.day.plus(i64::from(within.days));
    match fired.origin {
        Origin::FollowUp(at) if within.answer.followup_done.is_some() => {
            let follow_up = &question.snapshot.follow_ups[at];
            let explained = follow_up.first_due.is_some() && !follow_up.reason.is_empty();
            if explained { last.max(follow_up.due) } else { last }
        }
        _ => last,
    }
}

fn triggers(question: &Question, after: &Trigger, last: Day) -> Vec<Fired> {
    if let Some(kind) = &after.followup {
        return follow_ups(question, kind);
    }
    if let Some(exams) = &after.exam {
        return self::exams(question, exams, last);
    }
    let (kind, flagged) = match (&after.kind, &after.screening) {
        (Some(kind), _) => (kind.as_str(), None),
        (None, Some(band)) => ("screening", Some(band.as_str())),
        (None, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    for one in question.of_kind(kind) {
        let (log, activity) = question.snapshot.activity(one.at);
        let closed = activity.seal.is_closed();
        if !closed && flagged.is_some_and(|band| !is_flagged(question.cell(*one, "band"), band)) {
            continue;
        }
        let fired = |student| Fired {
            student,
            day: one.day,
            origin: Origin::Activity(one.at),
            exam: String::new(),
            closed,
            doubtful: closed && flagged.is_some(),
        };
        match log.students(activity) {
            [] => found.push(fired(None)),
            students => found.extend(students.iter().map(|student| fired(Some(*student)))),
        }
    }
    found
}

/// `flagged` is any band that is a result and not the normal one.
fn is_flagged(found: &str, wanted: &str) -> bool {
    let flagged = |band: &str| Band::of_code(band).map_or(!band.is_empty(), Band::is_flagged);
    if wanted == "flagged" { flagged(found) } else { found == wanted }
}

fn follow_ups(question: &Question, kind: &str) -> Vec<Fired> {
    let snapshot = question.snapshot;
    let counts = |one: &FollowUp| one.kind == kind && one.cancelled.is_none_or(|day| day > question.day);
    let fired = |(at, one): (usize, &FollowUp)| Fired {
        student: one.student.as_ref().and_then(|id| snapshot.place_of_student(id)),
        day: one.opened,
        origin: Origin::FollowUp(at),
        exam: String::new(),
        closed: one.seal.is_closed(),
        doubtful: false,
    };
    snapshot.follow_ups.iter().enumerate().filter(|(_, one)| counts(one)).map(fired).collect()
}

/// An exam is answered once for all who sat it, counted from the first of its scores: one that comes late moves nothing.
fn exams(question: &Question, exams: &OneOrMany, last: Day) -> Vec<Fired> {
    let scores = between(question.of_kind("score"), question.term.from, last);
    let fired = |exam: &String| {
        let first = scores.iter().find(|one| question.cell(**one, "exam") == exam)?;
        let origin = Origin::Activity(first.at);
        Some(Fired { student: None, day: first.day, origin, exam: exam.clone(), closed: false, doubtful: false })
    };
    exams.values().iter().filter_map(fired).collect()
}

fn answer(question: &Question, answer: &Answer, fired: &Fired, last: Day) -> Option<Origin> {
    if answer.followup_done.is_some() {
        let Origin::FollowUp(at) = fired.origin else { return None };
        let done = question.snapshot.follow_ups[at].done?;
        return (done <= last && done <= question.day).then_some(Origin::FollowUp(at));
    }
    let kind = answer.kind.as_ref()?;
    let all = match fired.student {
        Some(student) => question.of_child(kind, student),
        // Whose answer it would have to be is not known.
        None if fired.closed => return None,
        None => question.of_kind(kind),
    };
    let fits = |one: &&Dated| {
        let said = question.cell(**one, "exam");
        fired.exam.is_empty() || said.is_empty() || said == fired.exam
    };
    between(all, fired.day, last).iter().find(fits).map(|one| Origin::Activity(one.at))
}
