//! `guanai student duplicates` and `guanai student merge KEEP OTHER`.

use clap_complete::engine::ArgValueCompleter;

use crate::assess::duplicates::pairs;
use crate::cli::ask::{ask, can_ask};
use crate::cli::{Context, Made, shell};
use crate::ledger::record::StudentFile;
use crate::ledger::{Need, Snapshot, find};
use crate::model::{Exit, Outcome, Place, Problem, Problems};
use crate::report::listing::{self, shown_value};
use crate::report::{Cell, field_label};
use crate::write::joining::joining;
use crate::write::united::{Choices, Difference, Taken, United, united};

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub keep: String,
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub other: String,
    #[arg(long, value_name = "FIELD=KEEP|OTHER")]
    pub take: Vec<String>,
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
}

pub(super) fn duplicates(context: &Context) -> Outcome<Exit> {
    let snapshot = context.read(&Need::students())?;
    let found = pairs(&snapshot);
    context.list(&listing::duplicates(&snapshot, &found, context.lang))?;
    if let Some(first) = found.first() {
        let (keep, other) = (&snapshot.student(first.one).id, &snapshot.student(first.other).id);
        let values = [("keep", keep.as_str()), ("other", other.as_str())];
        context.tell(&context.words("duplicates-next", &values));
    }
    Ok(Exit::Done)
}

pub(super) fn run(context: &Context, args: &MergeArgs) -> Outcome<Exit> {
    let mut choices = choices(args)?;
    if can_ask() && !context.in_batch() {
        // Nobody else waits for the ledger while a person thinks.
        let snapshot = context.read(&Need::students())?;
        let (keep, other) = both(context, &snapshot, args)?;
        for difference in united(keep, other, &choices)?.differences {
            if let Some(taken) = asked(context, keep, &difference) {
                choices.insert(difference.key, taken);
            }
        }
    }
    context.write(&Need::everything(), |snapshot| {
        let (keep, other) = both(context, snapshot, args)?;
        let United { bytes, student, differences, unused } = united(keep, other, &choices)?;
        if !differences.is_empty() || !unused.is_empty() {
            return Err(unsettled(context, (keep, other), &differences, &unused));
        }
        let joined = joining(snapshot, keep, other, (&student, bytes))?;
        let rows = joined.rows.to_string();
        let values = [("other", other.student.id.as_str()), ("keep", keep.student.id.as_str()), ("rows", &rows)];
        let messages = vec![context.words("student-joined", &values)];
        Ok(Made { change_set: joined.change_set, ids: vec![keep.student.id.to_string()], messages, ..Made::default() })
    })
}

fn both<'s>(
    context: &Context,
    snapshot: &'s Snapshot,
    args: &MergeArgs,
) -> Outcome<(&'s StudentFile, &'s StudentFile)> {
    let keep = find::student(snapshot, &args.keep, context.day)?;
    let other = find::student(snapshot, &args.other, context.day)?;
    let file = |at: u32| &snapshot.students[at as usize];
    if keep == other {
        return Err(Problem::usage("join-itself").with("id", &file(keep).student.id).into());
    }
    let waits = [keep, other].into_iter().map(file).filter(|file| !file.student.clash.is_empty());
    let waits: Vec<Problem> = waits
        .map(|file| {
            Problem::data("join-clash", Place::line(&file.path, file.line_of("clash"))).with("id", &file.student.id)
        })
        .collect();
    if waits.is_empty() { Ok((file(keep), file(other))) } else { Err(Problems(waits)) }
}

fn choices(args: &MergeArgs) -> Outcome<Choices> {
    let mut choices = Choices::new();
    let field = |text: &str| -> Outcome<(String, String)> {
        let split = text.split_once('=').ok_or_else(|| Problem::usage("not-a-field").with("value", text))?;
        Ok((split.0.trim().to_owned(), split.1.trim().to_owned()))
    };
    for text in &args.take {
        let (key, side) = field(text)?;
        let taken = match side.to_ascii_lowercase().as_str() {
            "keep" => Taken::Keep,
            "other" => Taken::Other,
            _ => return Err(Problem::usage("join-take").with("value", text).into()),
        };
        choices.insert(key, taken);
    }
    for text in &args.set {
        let (key, value) = field(text)?;
        choices.insert(key, Taken::Value(value));
    }
    Ok(choices)
}

/// Shows both values and asks; nothing where there is no answer.
fn asked(context: &Context, keep: &StudentFile, one: &Difference) -> Option<Taken> {
    let (mine, theirs) = (shown(context, &one.key, &one.keep), shown(context, &one.key, &one.other));
    let field = field_label(&one.key, &keep.student, context.lang);
    let values = [("field", field.as_str()), ("key", &one.key), ("keep", &mine), ("other", &theirs)];
    match ask(&context.words("join-ask", &values))?.as_str() {
        "1" => Some(Taken::Keep),
        "2" => Some(Taken::Other),
        _ => None,
    }
}

/// A value as a message may say it: numbers of people are masked.
fn shown(context: &Context, key: &str, value: &str) -> String {
    match shown_value(key, value, context.private(), context.lang) {
        Cell::Code { label, .. } => label,
        Cell::Text(text) => context.private().words(&text).into_owned(),
        Cell::List(items) => items.join(" "),
        _ => value.to_owned(),
    }
}

/// Every field in which the two differ and nothing was chosen, and every choice that settles nothing.
fn unsettled(
    context: &Context,
    (keep, other): (&StudentFile, &StudentFile),
    differences: &[Difference],
    unused: &[String],
) -> Problems {
    let differ = |one: &Difference| {
        Problem::data("join-differ", Place::line(&other.path, other.line_of(&one.key)))
            .with("key", &one.key)
            .with("field", field_label(&one.key, &keep.student, context.lang))
            .with("keep", shown(context, &one.key, &one.keep))
            .with("other", shown(context, &one.key, &one.other))
    };
    let idle = |key: &String| Problem::usage("join-unused").with("key", key);
    Problems(differences.iter().map(differ).chain(unused.iter().map(idle)).collect())
}
