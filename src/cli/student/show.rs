//! `guanai student show` and `history`.

use std::collections::BTreeSet;

use clap_complete::engine::ArgValueCompleter;

use crate::assess::score::{Board, ProgressRules};
use crate::assess::sealed::closed_on;
use crate::cli::shell;
use crate::cli::{Context, Loaded};
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::{Day, Exit, Outcome, Status, Student, When};
use crate::report::{Format, listing};
use crate::text::label;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    /// The record alone, without activities and follow-ups.
    #[arg(long)]
    pub record: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct HistoryArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
}

/// Loads the ledger as far as one child is concerned: their file, and the logs that can name them.
fn load(context: &Context, who: &str) -> Outcome<(Loaded, u32)> {
    let folder = context.folder()?;
    let is_id = crate::model::is_id(who) && folder.path(&format!("students/{who}.toml")).is_file();
    let id = match is_id {
        true => who.parse().expect("checked above"),
        false => {
            let students = context.read(&Need::students())?;
            students.student(find::student(&students, who, context.day)?).id.clone()
        }
    };
    let snapshot = context.read(&Need { students: false, logs: Logs::Naming(id.clone()) })?;
    let at = find::student(&snapshot, id.as_str(), context.day)?;
    Ok((snapshot, at))
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (snapshot, at) = load(context, &args.student)?;
    let student = snapshot.student(at);
    let private = context.private();
    context.list(&listing::student(student, private, context.lang))?;
    if args.record || context.listing_format()? != Format::Table {
        return Ok(Exit::Done);
    }
    let rules = ProgressRules::load(snapshot.definitions(), snapshot.kinds()?)?;
    let mut found: Vec<_> = snapshot
        .activities()
        .filter(|(_, log, activity)| activity.day <= context.day && log.students(activity).contains(&at))
        .map(|(_, log, activity)| (log, activity))
        .collect();
    found.sort_by_key(|(log, activity)| (activity.day, log.table.path.as_str(), activity.row));
    let marks = &rules.marks.kind;
    if found.iter().any(|(log, _)| log.kind == *marks) {
        courses(context, &rules, student)?;
    }
    found.retain(|(log, _)| log.kind != *marks);
    if !found.is_empty() {
        context.print(&format!("\n{}\n", label(context.lang, "caption-activities")));
        context.list(&listing::activities(&snapshot, &found, context.lang))?;
    }
    context.tell_of_closed("sealed-here", closed(context, &snapshot, student));
    let mine: Vec<_> = snapshot
        .follow_ups
        .iter()
        .filter(|one| one.student.as_ref() == Some(&student.id) && one.opened <= context.day)
        .collect();
    if !mine.is_empty() {
        context.print(&format!("\n{}\n", label(context.lang, "caption-follow-ups")));
        let types = snapshot.follow_up_types()?;
        context.list(&listing::follow_ups(&snapshot, &mine, &types, context.day, context.lang))?;
    }
    Ok(Exit::Done)
}

/// The child's course in each subject: a standard score needs the whole class.
fn courses(context: &Context, rules: &ProgressRules, student: &Student) -> Outcome<()> {
    let kind = rules.marks.kind.clone();
    let need = match student.class {
        Some(class) => Need { students: false, logs: Logs::OfClass { kind, class } },
        None => Need { students: true, logs: Logs::Kinds(BTreeSet::from([kind])) },
    };
    let snapshot = context.read(&need)?;
    let board = Board::of(&snapshot, rules, context.day);
    let Some(at) = snapshot.place_of_student(&student.id).filter(|at| !board.entries(*at).is_empty()) else {
        return Ok(());
    };
    context.print(&format!("\n{}\n", label(context.lang, "caption-courses")));
    context.list(&listing::courses(&snapshot, &board, at, context.lang))
}

/// The sealed records since the child came, any of which may concern it.
fn closed(context: &Context, snapshot: &Snapshot, student: &Student) -> usize {
    let came = student.enrolment.iter().filter_map(|spell| spell.from).map(When::first_day).min();
    closed_on(snapshot, |day| day <= context.day && came.is_none_or(|came| came <= day))
}

pub(super) fn history(context: &Context, args: &HistoryArgs) -> Outcome<Exit> {
    let (snapshot, at) = load(context, &args.student)?;
    let mut events = spells(context, &snapshot, at);
    events.extend(activities(context, &snapshot, at)?);
    events.extend(follow_ups(context, &snapshot, at)?);
    events.retain(|(day, ..)| *day <= context.day);
    events.sort();
    context.list(&listing::history(&events, context.lang))?;
    context.tell_of_closed("sealed-here", closed(context, &snapshot, snapshot.student(at)));
    Ok(Exit::Done)
}

type Event = (Day, String, String, String);

fn spells(context: &Context, snapshot: &Snapshot, at: u32) -> Vec<Event> {
    let file = &snapshot.students[at as usize];
    let student = &file.student;
    let place = |key: String| format!("{}:{}", file.path, file.line_of(&key));
    let mut events = Vec::new();
    let mut add = |day: Option<Day>, key: &str, who: &str, details: &str, place: String| {
        if let Some(day) = day {
            events.push((day, context.words_of_data(key, &[("who", who)]), details.to_owned(), place));
        }
    };
    add(student.born, "event-born", "", "", place("born".into()));
    add(student.consent, "event-consent", "", "", place("consent".into()));
    for (number, spell) in student.enrolment.iter().enumerate() {
        let key = format!("enrolment.{number}");
        add(spell.from.map(When::first_day), "event-enrolled", "", "", place(key.clone()));
        add(spell.until, "event-left", "", "", place(key));
    }
    for (parent_at, parent) in student.parent.iter().enumerate() {
        let who = label(context.lang, &parent.relation.key());
        for (number, away) in parent.away.iter().enumerate() {
            let key = format!("parent.{parent_at}.away.{number}");
            let from = away.from.map(When::first_day).or(if away.until.is_none() { away.noted } else { None });
            add(from, "event-away", &who, away.place.as_deref().unwrap_or_default(), place(key.clone()));
            add(away.until.map(|until| until.plus(1)), "event-back", &who, "", place(key));
        }
    }
    for (guardian_at, guardian) in student.guardian.iter().enumerate() {
        let who = guardian.name.clone().unwrap_or_default();
        for spell in &guardian.spell {
            let key = format!("guardian.{guardian_at}");
            add(spell.from.map(When::first_day), "event-guardian", &who, "", place(key.clone()));
            add(spell.until, "event-guardian-ends", &who, "", place(key));
        }
    }
    for judged in student.risk.iter().flat_map(|risk| risk.past.iter().chain(&risk.judged)) {
        let level = label(context.lang, &judged.level.key());
        add(Some(judged.from), "event-judged", &level, &judged.reason, place("risk.override".into()));
    }
    events
}

fn activities(context: &Context, snapshot: &Snapshot, at: u32) -> Outcome<Vec<Event>> {
    let kinds = snapshot.kinds()?;
    let event = |log: &crate::ledger::Log, activity: &crate::model::Activity| {
        let row = activity.row as usize;
        let name = kinds.get(&log.kind).map_or(log.kind.as_str(), |kind| kind.label.in_language(context.lang.code()));
        (activity.day, name.to_owned(), log.table.get(row, "note").to_owned(), log.table.place(row).to_string())
    };
    Ok(snapshot
        .activities()
        .filter(|(_, log, activity)| log.students(activity).contains(&at))
        .map(|(_, log, activity)| event(log, activity))
        .collect())
}

fn follow_ups(context: &Context, snapshot: &Snapshot, at: u32) -> Outcome<Vec<Event>> {
    let id = &snapshot.student(at).id;
    let types = snapshot.follow_up_types()?;
    let mut events = Vec::new();
    for (number, one) in snapshot.follow_ups.iter().enumerate().filter(|(_, one)| one.student.as_ref() == Some(id)) {
        let name = types
            .get(&one.kind)
            .map_or(one.kind.as_str(), |described| described.label.in_language(context.lang.code()));
        let place = snapshot.place(&crate::ledger::Origin::FollowUp(number)).to_string();
        events.push((
            one.opened,
            context.words_of_data("event-follow-up", &[("who", name)]),
            one.what.clone(),
            place.clone(),
        ));
        if let (Some(done), Status::Done) = (one.done, one.status_on(context.day)) {
            events.push((
                done,
                context.words_of_data("event-follow-up-done", &[("who", name)]),
                one.outcome.clone(),
                place,
            ));
        }
    }
    Ok(events)
}
