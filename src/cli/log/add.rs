//! `guanai log add KIND [STUDENT…] [FIELD=VALUE…]`.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::shell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{attach, kind_named, whom};
use crate::cli::{Context, Made, arguments, ask};
use crate::ledger::{ChangeSet, Logs, Need, Snapshot};
use crate::model::kind::{Field, Kind, Target, Words};
use crate::model::{Day, Exit, IdSource, Outcome, Place, Problem, RowId, StudentId};
use crate::text::{self, Lang};
use crate::write::recording::{missing_fields, named_in, read_fields};
use crate::write::{NewActivity, Recording, attachment, funds};

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
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    #[arg(long)]
    pub absent: Vec<String>,
    #[arg(long)]
    pub id: Option<RowId>,
    #[arg(long, conflicts_with = "together")]
    pub each: bool,
    #[arg(long)]
    pub together: bool,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (fields, words): (Vec<&String>, Vec<&String>) = args.words.iter().partition(|word| is_field(word));
    let words: Vec<String> = words.into_iter().cloned().collect();
    let definitions = context.definitions()?;
    let kind = kind_named(&definitions, &args.kind)?;
    // What is missing is asked before the ledger is locked: nobody waits for a person who thinks.
    let day = day(context, args, &kind)?;
    let typed = typed(context, &kind, &definitions.words()?, &fields)?;
    let attachments = attach::read(context, &args.attach)?;
    let words = whom::with_standard_input(&asked(context, &kind, words))?;
    let only_ids = whom::are_ids(&context.folder()?, &words) && whom::are_ids(&context.folder()?, &args.absent);
    // Whether words name a child can only be said by who knows all names.
    let students = !only_ids || kind.anonymous || args.each || kind.judged_by.is_some();
    let moving = kinds_that_move(context, &kind)?;
    // Only an id that was given can be that of a row that is there, and only money looks at other rows.
    let logs = match moving {
        None if args.id.is_none() && !args.each => Logs::Adding { kind: kind.name.clone(), day },
        None => Logs::Kinds(BTreeSet::from([kind.name.clone()])),
        Some(moving) => Logs::Kinds(moving),
    };
    let need = Need { students, logs };
    context.write(&need, |snapshot| {
        let mut activity = activity(args, day, snapshot, &kind, &words, &typed)?;
        activity.attachments = attachment::cell("", &attachments);
        let named = named_in(&kind, &activity, snapshot);
        let activities = if args.each { for_each(snapshot, &activity) } else { vec![activity] };
        if activities.is_empty() {
            return Err(Problem::usage("students-missing").with("kind", &kind.name).into());
        }
        let rules = snapshot.definitions().fund_rules()?;
        let mut recording = Recording::new(snapshot)?;
        attach::may_lie_beside(&recording, &kind, &attachments)?;
        let mut known = Vec::new();
        for activity in &activities {
            if !args.together {
                funds::refuse_for_several(&rules, &kind, activity, &Place::Nowhere)?;
            }
            if !recording.add(&kind, activity)? {
                known.push(activity.id.clone());
            }
        }
        funds::refuse_overdrawn(snapshot, &recording, &|_| Place::Nowhere)?;
        let mut made = made(context, recording, &activities, &known, &format!("log add {}", kind.name));
        attachment::put(snapshot, &attachments, &mut made.change_set)?;
        made.messages.extend(attach::said(context, &args.attach, &attachments));
        if !named.is_empty() {
            made.messages.push(context.words("names-a-child", &[("names", &named.join(" "))]));
        }
        Ok(made)
    })
}

/// Where a kind moves money, all kinds that do: a row of one can make the sums of all wrong.
fn kinds_that_move(context: &Context, kind: &Kind) -> Outcome<Option<BTreeSet<String>>> {
    let kinds = context.definitions()?.fund_rules()?.kinds();
    Ok(Some(kinds).filter(|kinds| kinds.contains(&kind.name)))
}

/// The same row for each of its children alone.
fn for_each(snapshot: &Snapshot, activity: &NewActivity) -> Vec<NewActivity> {
    let children = snapshot.children_of(&activity.students, activity.day);
    let one = |child: StudentId| NewActivity {
        id: IdSource::derived_from(&[activity.id.as_str(), child.as_str()]).row(),
        students: child.to_string(),
        children: vec![child],
        ..activity.clone()
    };
    children.into_iter().map(one).collect()
}

/// Whom the activity is for, asked on a terminal where the command does not say.
fn asked(context: &Context, kind: &Kind, words: Vec<String>) -> Vec<String> {
    if !words.is_empty() || !matches!(kind.target, Target::Student | Target::Class) {
        return words;
    }
    let answer = ask::ask(&context.words(&format!("ask-{}", kind.target.code()), &[]));
    answer.iter().flat_map(|answer| answer.split_whitespace()).map(str::to_owned).collect()
}

fn is_field(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// The change set with the words that say which follow-ups it opens and closes.
pub(super) fn made(
    context: &Context,
    recording: Recording,
    activities: &[NewActivity],
    known: &[RowId],
    what: &str,
) -> Made {
    let mut messages = Vec::new();
    if let Some(ahead) = activities.iter().find(|one| one.day > context.day) {
        messages.push(context.words("day-ahead", &[("day", &ahead.day.to_string())]));
    }
    messages.extend(follow_ups_said(context, &recording));
    messages.extend(known.iter().map(|id| context.words("there-already", &[("id", id.as_str())])));
    let change_set = recording.change_set(what);
    messages.extend(forgotten(context, &change_set));
    let ids = activities.iter().map(|one| one.id.to_string()).collect();
    Made { change_set, ids, messages, ..Made::default() }
}

/// Which follow-ups a command opens and closes, a line each.
pub(crate) fn follow_ups_said(context: &Context, recording: &Recording) -> Vec<String> {
    let mut messages = Vec::new();
    let lists = [
        ("opened-follow-up", &recording.opened),
        ("closed-follow-up", &recording.closed),
        ("given-up-follow-up", &recording.given_up),
    ];
    for (key, follow_ups) in lists {
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
    if recording.may_close > 0 {
        messages.push(context.words("sealed-may-close", &[("count", &recording.may_close.to_string())]));
    }
    messages
}

/// Says that the undo history goes, where a change seals what lay in the clear.
pub(super) fn forgotten(context: &Context, change_set: &ChangeSet) -> Option<String> {
    change_set.forgets.then(|| context.words("key-history-forgotten", &[]))
}

fn activity(
    args: &Args,
    day: Day,
    snapshot: &Snapshot,
    kind: &Kind,
    words: &[String],
    typed: &BTreeMap<String, String>,
) -> Outcome<NewActivity> {
    let whom = whom::resolve(snapshot, words, &args.absent, day)?;
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
        attachments: String::new(),
        note: args.note.clone().unwrap_or_default(),
        fields: read_fields(kind, typed, snapshot, &Place::Nowhere)?,
    })
}

/// The day that was given, or that a guided kind asks for; else the day asked about.
fn day(context: &Context, args: &Args, kind: &Kind) -> Outcome<Day> {
    if let Some(day) = args.date {
        return Ok(day);
    }
    let asked =
        kind.guided.then(|| ask::ask(&context.words("ask-date", &[("day", &context.day.to_string())]))).flatten();
    match asked {
        None => Ok(context.day),
        Some(text) => arguments::day(&text).map_err(|_| Problem::usage("day-wrong").with("value", text).into()),
    }
}

/// The values of a choice in the words of people, as they may be answered.
fn choices(field: &Field, words: &Words, lang: Lang) -> String {
    let worded = |code: &String| words.get(code).map_or(code.clone(), |word| word.in_language(lang.code()).to_owned());
    field.of.iter().map(worded).collect::<Vec<_>>().join(" / ")
}

/// Asks for every field of a guided kind that was not given, in the words of people. No answer leaves a field empty.
fn guided(
    kind: &Kind,
    words: &Words,
    lang: Lang,
    typed: &mut BTreeMap<String, String>,
    mut ask: impl FnMut(&str) -> Option<String>,
) {
    for field in kind.fields.iter().filter(|field| kind.guided && !field.required) {
        if typed.contains_key(&field.name) {
            continue;
        }
        let label = field.label.in_language(lang.code());
        let choices = choices(field, words, lang);
        let key = if choices.is_empty() { "ask-text" } else { "ask-optional" };
        let question = text::say(lang, key, &[("field", label), ("choices", &choices)]);
        if let Some(answer) = ask(&question) {
            typed.insert(field.name.clone(), answer);
        }
    }
}

/// The fields as they were typed; one that must be there is asked for on a terminal.
fn typed(context: &Context, kind: &Kind, words: &Words, fields: &[&String]) -> Outcome<BTreeMap<String, String>> {
    let mut typed = BTreeMap::new();
    for field in fields {
        let (name, value) = field.split_once('=').expect("only fields are here");
        if typed.insert(field_name(kind, name), value.to_owned()).is_some() {
            return Err(Problem::usage("field-twice").with("field", name).into());
        }
    }
    for field in missing_fields(kind, &typed) {
        let label = field.label.in_language(context.lang.code());
        let choices = choices(field, words, context.lang);
        let key = if choices.is_empty() { "ask-text" } else { "ask-field" };
        let question = context.words(key, &[("field", label), ("choices", &choices)]);
        if let Some(answer) = ask::ask(&question) {
            typed.insert(field.name.clone(), answer);
        }
    }
    guided(kind, words, context.lang, &mut typed, ask::ask);
    let missing: Vec<String> = missing_fields(kind, &typed)
        .iter()
        .map(|field| format!("{} ({})", field.name, field.label.in_language(context.lang.code())))
        .collect();
    if !missing.is_empty() {
        let list = missing.join(&text::label(context.lang, "report-list-join"));
        return Err(Problem::usage("field-missing").with("fields", list).with("kind", &kind.name).into());
    }
    Ok(typed)
}

/// A field may be named by its key or by its words in either language.
pub(crate) fn field_name(kind: &Kind, typed: &str) -> String {
    let worded = kind
        .fields
        .iter()
        .find(|field| field.name == typed || field.label.zh == typed || field.also.iter().any(|also| also == typed));
    worded.map_or_else(|| typed.to_owned(), |field| field.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind() -> Kind {
        let text = crate::ledger::template::text("kinds/safety.toml");
        let mut kinds: BTreeMap<String, Kind> = toml::from_str(&text).unwrap();
        kinds.remove("mandatory-report").unwrap()
    }

    #[test]
    fn a_mandatory_report_asks_what_was_found_when_it_was_reported_and_the_receipt() {
        let mut typed = BTreeMap::from([("answer".to_owned(), "none yet".to_owned())]);
        let mut asked = Vec::new();
        guided(&kind(), &Words::new(), Lang::En, &mut typed, |question| {
            asked.push(question.to_owned());
            question.starts_with("Reference").then(|| "A-17".to_owned())
        });
        assert_eq!(asked, ["What was found:", "Reported at:", "Reference:"]);
        assert_eq!(typed["reference"], "A-17");
        assert!(!typed.contains_key("content"));
        // What the law cannot do without is asked for as of every kind.
        let kind = kind();
        let required: Vec<&str> = missing_fields(&kind, &typed).iter().map(|field| field.name.as_str()).collect();
        assert_eq!(required, ["type", "to"]);
    }
}
