//! What is true of a unit on the last day of its period, or on the day asked about.

use super::rules::{Every, RegularContact, State};
use super::{Period, Question, Standing, Subject, Unit};
use crate::ledger::Origin;
use crate::ledger::table::Table;
use crate::model::{Day, Student};

/// What was found of a state: whether it holds, what shows it, and what is missing.
struct Found {
    holds: bool,
    evidence: Vec<Origin>,
    done: u32,
    wanted: u32,
    missing: Vec<String>,
}

impl Found {
    fn of(holds: bool, evidence: Vec<Origin>) -> Found {
        Found { holds, evidence, done: u32::from(holds), wanted: 1, missing: Vec::new() }
    }

    fn lacking(missing: Vec<String>, evidence: Vec<Origin>) -> Found {
        Found { missing: missing.clone(), ..Found::of(missing.is_empty(), evidence) }
    }
}

pub(super) fn unit(question: &Question, state: &State, subject: Subject, period: Period) -> Unit {
    let day = period.until.min(question.day);
    let Some(found) = found(question, state, &subject, &period, day) else {
        return super::bare(subject, period, Standing::Unknown, "plan-state-unknown");
    };
    let standing = match found.holds {
        true => Standing::Met,
        false if period.until >= question.day => Standing::Open,
        false => Standing::Missed,
    };
    Unit {
        subject,
        period,
        standing,
        evidence: found.evidence,
        done: found.done,
        wanted: found.wanted,
        reason: None,
        missing: found.missing,
    }
}

fn found(question: &Question, state: &State, subject: &Subject, period: &Period, day: Day) -> Option<Found> {
    if let (Some(kind), Subject::Student(at)) = (&state.pairing, subject) {
        return pairing(question, kind, state.contact.as_ref(), *at, day);
    }
    if let Some(kind) = &state.resource {
        return resources(question, kind, state.times.unwrap_or(1), day);
    }
    if let (Some(_), Subject::Student(at)) = (&state.record, subject) {
        return Some(complete(question, *at, period));
    }
    if let (Some(agreement), Subject::Student(at)) = (&state.agreement, subject) {
        return Some(agreed(question, &format!("{agreement}-agreement"), *at, day));
    }
    if let (Some(file), Subject::Student(at)) = (&state.file, subject) {
        return Some(kept(question, file, *at, period));
    }
    if let (true, Subject::Student(at)) = (state.meal_support, subject) {
        let household = question.snapshot.student(*at).household.as_ref();
        let holds = household.is_some_and(|household| household.meals.is_some());
        return Some(Found::of(holds, record(*at, "household.meals", holds)));
    }
    if let (true, Subject::Class(class)) = (state.contact_group, subject) {
        let of_class = |at: &&crate::model::ActivityAt| {
            let (log, activity) = question.snapshot.activity(**at);
            let word = format!("class:{class}");
            period.covers(activity.day) && log.table.get(activity.row as usize, "students").contains(&word)
        };
        let rows: Vec<Origin> =
            question.of_kind("contact-group").iter().filter(of_class).map(|at| Origin::Activity(*at)).collect();
        return Some(Found::of(!rows.is_empty(), rows));
    }
    if let (true, Subject::Staff(name)) = (state.staff_workload, subject) {
        return Some(worked(question, name, period));
    }
    if state.ledger_check {
        let findings = crate::assess::check::findings(question.snapshot, question.day).ok()?;
        let errors = findings.iter().filter(|one| one.gravity == crate::assess::check::Gravity::Error).count();
        return Some(Found::of(errors == 0 && question.snapshot.problems.is_empty(), Vec::new()));
    }
    None
}

fn record(student: u32, key: &str, holds: bool) -> Vec<Origin> {
    if holds { vec![Origin::Record { student, key: key.to_owned() }] } else { Vec::new() }
}

fn in_force(table: &Table, row: usize, day: Day) -> bool {
    let end = |column: &str| table.get(row, column).parse::<Day>().ok();
    end("from").is_none_or(|from| from <= day) && end("until").is_none_or(|until| day <= until)
}

fn pairing(question: &Question, kind: &str, contact: Option<&RegularContact>, at: u32, day: Day) -> Option<Found> {
    let table = question.pairings.as_ref()?;
    let id = question.snapshot.student(at).id.as_str();
    let own = |row: &usize| table.get(*row, "type") == kind && table.get(*row, "student") == id;
    let paired = (0..table.len()).filter(own).any(|row| in_force(table, row, day));
    let Some(contact) = contact.filter(|_| paired) else { return Some(Found::of(paired, Vec::new())) };
    let lately = |one: &&crate::model::ActivityAt| {
        let met = question.snapshot.activity(**one).1.day;
        met <= day && day.days_since(met) < i64::from(days_of(contact.every))
    };
    let met = question.of_child(&contact.kind, at).iter().filter(lately).max();
    Some(match met {
        Some(met) => Found::of(true, vec![Origin::Activity(*met)]),
        None => Found::lacking(vec![contact.kind.clone()], Vec::new()),
    })
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

fn resources(question: &Question, kind: &str, wanted: u32, day: Day) -> Option<Found> {
    let table = question.resources.as_ref()?;
    let fits = |row: &usize| {
        (kind == "any" || table.get(*row, "type") == kind)
            && table.get(*row, "updated").parse::<Day>().is_ok_and(|updated| updated <= day)
    };
    let done = (0..table.len()).filter(fits).count() as u32;
    Some(Found { holds: done >= wanted, evidence: Vec::new(), done: done.min(wanted), wanted, missing: Vec::new() })
}

/// A record is complete where what the plan names is there, and somebody has looked through it in the period.
fn complete(question: &Question, at: u32, period: &Period) -> Found {
    let student = question.snapshot.student(at);
    let mut missing: Vec<String> = wanted_fields(student, period.until.min(question.day))
        .into_iter()
        .filter(|(_, there)| !there)
        .map(|(key, _)| key.to_owned())
        .collect();
    let checked = question
        .of_kind("census-check")
        .iter()
        .find(|one| period.covers(question.snapshot.activity(**one).1.day))
        .map(|one| Origin::Activity(*one));
    if checked.is_none() {
        missing.push("census-check".to_owned());
    }
    Found::lacking(missing, checked.into_iter().collect())
}

fn wanted_fields(student: &Student, day: Day) -> [(&'static str, bool); 8] {
    let guardian = student.guardian_on(day);
    [
        ("gender", student.gender.is_some()),
        ("born", student.born.is_some()),
        ("class", student.class.is_some()),
        ("address", student.address.is_some()),
        ("parent", !student.parent.is_empty()),
        ("guardian", guardian.is_some()),
        ("guardian.phone", guardian.is_some_and(|guardian| guardian.phone.is_some())),
        ("health", student.health.is_some()),
    ]
}

/// An agreement holds for a year from its signature, or until the day that it names.
fn agreed(question: &Question, kind: &str, at: u32, day: Day) -> Found {
    let snapshot = question.snapshot;
    let holds = |one: &&crate::model::ActivityAt| {
        let (log, activity) = snapshot.activity(**one);
        let until = log.table.get(activity.row as usize, "until").parse::<Day>();
        until.map_or_else(|_| day.days_since(activity.day) <= 366, |until| day <= until)
    };
    let found: Vec<Origin> =
        question.of_child(kind, at).iter().filter(holds).map(|one| Origin::Activity(*one)).collect();
    Found::of(!found.is_empty(), found)
}

/// The kinds of which a child's file of a domain has something in the period.
fn kept(question: &Question, file: &str, at: u32, period: &Period) -> Found {
    let kinds: &[&str] = match file {
        "study" => {
            &["score", "class-observation", "progress-note", "study-interview", "homework-help", "individual-guidance"]
        }
        _ => &["screening"],
    };
    let rows: Vec<Origin> = kinds
        .iter()
        .flat_map(|kind| question.of_child(kind, at))
        .filter(|one| period.covers(question.snapshot.activity(**one).1.day))
        .map(|one| Origin::Activity(*one))
        .collect();
    Found::of(!rows.is_empty(), rows)
}

fn worked(question: &Question, name: &str, period: &Period) -> Found {
    let own = |(_, log, activity): &(crate::model::ActivityAt, &crate::ledger::Log, &crate::model::Activity)| {
        period.covers(activity.day)
            && activity.day <= question.day
            && log.table.get(activity.row as usize, "staff").contains(name)
    };
    let first = question.snapshot.activities().find(own).map(|(at, ..)| Origin::Activity(at));
    Found::of(first.is_some(), first.into_iter().collect())
}
