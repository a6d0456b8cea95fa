//! `guanai log add KIND [STUDENT…] [FIELD=VALUE…]`.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::shell;
use std::collections::{BTreeMap, BTreeSet};

use super::{kind_named, whom};
use crate::cli::{Context, Made, arguments, ask};
use crate::ledger::{Logs, Need, Snapshot};
use crate::model::kind::{Kind, Target};
use crate::model::{Day, Exit, IdSource, Outcome, Place, Problem, RowId};
use crate::text;
use crate::write::recording::{missing_fields, read_fields};
use crate::write::{NewActivity, Recording};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::kinds))]
    pub kind: String,
    /// Students (ids, names, `class:2023-2`, `all`, `-` for standard input) and fields (`met=guardian`).
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub words: Vec<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub staff: Option<String>,
    #[arg(long)]
    pub minutes: Option<u32>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long)]
    pub absent: Vec<String>,
    #[arg(long)]
    pub id: Option<RowId>,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (fields, words): (Vec<&String>, Vec<&String>) = args.words.iter().partition(|word| is_field(word));
    let words: Vec<String> = words.into_iter().cloned().collect();
    let words = whom::with_standard_input(&words)?;
    let only_ids = whom::are_ids(&context.folder()?, &words) && whom::are_ids(&context.folder()?, &args.absent);
    let kind = kind_named(&context.definitions()?, &args.kind)?;
    // An id that is given can stand in any term; one that is made here stands nowhere.
    let logs = match args.id {
        Some(_) => Logs::Kinds(BTreeSet::from([kind.name.clone()])),
        None => Logs::One { kind: kind.name.clone(), day: args.date.unwrap_or(context.day) },
    };
    let need = Need { students: !only_ids, logs };
    context.write(&need, |snapshot| {
        let activity = activity(context, args, snapshot, &kind, &words, &fields)?;
        let mut recording = Recording::new(snapshot)?;
        let is_new = recording.add(&kind, &activity)?;
        Ok(made(context, recording, &activity, is_new, &format!("log add {}", kind.name)))
    })
}

fn is_field(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// The change set with the words that say which follow-ups it opens and closes.
pub(super) fn made(context: &Context, recording: Recording, activity: &NewActivity, is_new: bool, what: &str) -> Made {
    let mut messages = Vec::new();
    if activity.day > context.day {
        messages.push(context.words("day-ahead", &[("day", &activity.day.to_string())]));
    }
    for (key, follow_ups) in [("opened-follow-up", &recording.opened), ("closed-follow-up", &recording.closed)] {
        for follow_up in follow_ups {
            let label = recording
                .types()
                .get(&follow_up.kind)
                .map(|described| described.label.in_language(context.lang.code()));
            let due = follow_up.due.to_string();
            let label = label.unwrap_or(&follow_up.kind);
            let id = follow_up.id.as_str();
            messages.push(context.words(key, &[("type", label), ("id", id), ("due", &due)]));
        }
    }
    if !is_new {
        messages.push(context.words("there-already", &[("id", activity.id.as_str())]));
    }
    Made { change_set: recording.change_set(what), ids: vec![activity.id.to_string()], messages, ..Made::default() }
}

fn activity(
    context: &Context,
    args: &Args,
    snapshot: &Snapshot,
    kind: &Kind,
    words: &[String],
    fields: &[&String],
) -> Outcome<NewActivity> {
    let day = args.date.unwrap_or(context.day);
    let mut whom = whom::resolve(snapshot, words, &args.absent, day)?;
    if whom.cell.is_empty() && matches!(kind.target, Target::Student | Target::Class) {
        let asked = ask::ask(&context.words(&format!("ask-{}", kind.target.code()), &[]));
        let words: Vec<String> = asked.iter().flat_map(|answer| answer.split_whitespace()).map(str::to_owned).collect();
        whom = whom::resolve(snapshot, &words, &[], day)?;
    }
    if whom.cell.is_empty() && matches!(kind.target, Target::Student | Target::Class) {
        let code = if kind.target == Target::Class { "log-class-missing" } else { "students-missing" };
        return Err(Problem::usage(code).with("kind", &kind.name).into());
    }
    Ok(NewActivity {
        id: args.id.clone().unwrap_or_else(|| IdSource::Random.row()),
        day,
        students: whom.cell,
        children: whom.children,
        staff: args.staff.clone().unwrap_or_default(),
        minutes: args.minutes,
        note: args.note.clone().unwrap_or_default(),
        fields: stored(context, snapshot, kind, fields)?,
    })
}

fn stored(
    context: &Context,
    snapshot: &Snapshot,
    kind: &Kind,
    fields: &[&String],
) -> Outcome<BTreeMap<String, String>> {
    let mut typed = BTreeMap::new();
    for field in fields {
        let (name, value) = field.split_once('=').expect("only fields are here");
        if typed.insert(field_name(kind, name), value.to_owned()).is_some() {
            return Err(Problem::usage("field-twice").with("field", name).into());
        }
    }
    for field in missing_fields(kind, &typed) {
        let label = field.label.in_language(context.lang.code());
        let choices: Vec<&str> = field.of.iter().map(String::as_str).collect();
        let question = context.words("ask-field", &[("field", label), ("choices", &choices.join(" / "))]);
        if let Some(answer) = ask::ask(&question) {
            typed.insert(field.name.clone(), answer);
        }
    }
    let missing: Vec<String> = missing_fields(kind, &typed)
        .iter()
        .map(|field| format!("{} ({})", field.name, field.label.in_language(context.lang.code())))
        .collect();
    if !missing.is_empty() {
        let list = missing.join(&text::label(context.lang, "report-list-join"));
        return Err(Problem::usage("field-missing").with("fields", list).with("kind", &kind.name).into());
    }
    read_fields(kind, &typed, snapshot, &Place::Nowhere)
}

/// A field may be named by its key or by its words in either language.
pub(crate) fn field_name(kind: &Kind, typed: &str) -> String {
    let worded = kind
        .fields
        .iter()
        .find(|field| field.name == typed || field.label.zh == typed || field.also.iter().any(|also| also == typed));
    worded.map_or_else(|| typed.to_owned(), |field| field.name.clone())
}
