//! `guanai followup`: open items, each with a day by which it is due and an owner.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::shell;
use clap::Subcommand;

use super::{Context, Made, arguments};
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::{Day, Exit, FollowUp, IdSource, Outcome, Place, Problem, RowId, Seal, Status};
use crate::report::listing;
use crate::write::Recording;
use crate::write::recording::closed;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Add(AddArgs),
    List(ListArgs),
    Done(DoneArgs),
    Move(MoveArgs),
    Cancel(CancelArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// The type, as rules/followups.toml has it.
    #[arg(value_name = "TYPE", add = ArgValueCompleter::new(shell::follow_up_types))]
    pub kind: String,
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub due: Option<Day>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub owner: Option<String>,
    #[arg(long)]
    pub what: Option<String>,
    #[arg(long)]
    pub id: Option<RowId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub overdue: bool,
    #[arg(long)]
    pub student: Option<String>,
    #[arg(long)]
    pub owner: Option<String>,
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    #[arg(long)]
    pub days: Option<u32>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DoneArgs {
    pub id: String,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub outcome: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MoveArgs {
    pub id: String,
    #[arg(long, value_parser = arguments::day)]
    pub due: Day,
    #[arg(long)]
    pub reason: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CancelArgs {
    pub id: String,
    #[arg(long)]
    pub reason: String,
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Add(args) => add(context, args),
            Command::List(args) => list(context, args),
            Command::Done(args) => done(context, args),
            Command::Move(args) => postpone(context, args),
            Command::Cancel(args) => cancel(context, args),
        }
    }
}

fn add(context: &Context, args: &AddArgs) -> Outcome<Exit> {
    let need = Need { students: args.student.is_some(), logs: Logs::None };
    context.write(&need, |snapshot| {
        let mut recording = Recording::new(snapshot)?;
        let described = recording.types().get(&args.kind).cloned().ok_or_else(|| {
            let known: Vec<&str> = recording.types().keys().map(String::as_str).collect();
            Problem::usage("follow-up-type-unknown").with("type", &args.kind).with("known", known.join(", "))
        })?;
        let student = match &args.student {
            Some(text) => Some(snapshot.student(find::student(snapshot, text, context.day)?).id.clone()),
            None => None,
        };
        let opened = args.date.unwrap_or(context.day);
        let due = args.due.unwrap_or_else(|| opened.plus(i64::from(described.days)));
        if due < opened {
            return Err(Problem::usage("due-before-opened").with("due", due).with("opened", opened).into());
        }
        let id = args.id.clone().unwrap_or_else(|| IdSource::Random.row());
        let follow_up = FollowUp {
            student,
            owner: args.owner.clone().unwrap_or_default(),
            what: args.what.clone().unwrap_or_default(),
            seal: if recording.seals_type(&args.kind)? { Seal::Opened } else { Seal::Clear },
            ..FollowUp::new(id, &args.kind, opened, due)
        };
        let ids = vec![follow_up.id.to_string()];
        if let Some(there) = snapshot.follow_ups.iter().find(|one| one.id == follow_up.id) {
            let message = context.words("there-already", &[("id", there.id.as_str())]);
            let same =
                (&there.kind, &there.student, &there.what) == (&follow_up.kind, &follow_up.student, &follow_up.what);
            return if same {
                Ok(Made { ids, messages: vec![message], ..Made::default() })
            } else {
                Err(Problem::data("id-taken", Place::file("registers/followups.csv")).with("id", &there.id).into())
            };
        }
        recording.add_follow_up(follow_up);
        Ok(Made { change_set: recording.change_set(&format!("followup add {}", args.kind)), ids, ..Made::default() })
    })
}

fn list(context: &Context, args: &ListArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need::students())?;
    let day = context.day;
    let student = match &args.student {
        Some(text) => Some(snapshot.student(find::student(&snapshot, text, day)?).id.clone()),
        None => None,
    };
    let last_due = args.days.map(|days| day.plus(i64::from(days)));
    let mut found: Vec<&FollowUp> = snapshot
        .follow_ups
        .iter()
        .filter(|one| one.opened <= day)
        .filter(|one| args.all || one.waits_on(day))
        .filter(|one| !args.overdue || one.status_on(day) == Status::Overdue)
        .filter(|one| student.is_none() || one.student == student)
        .filter(|one| args.owner.as_ref().is_none_or(|owner| one.owner.contains(owner.as_str())))
        .filter(|one| args.kind.as_ref().is_none_or(|kind| one.kind == *kind))
        .filter(|one| last_due.is_none_or(|last| one.due <= last))
        .collect();
    found.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    context.list(&listing::follow_ups(&snapshot, &found, &snapshot.follow_up_types()?, day, context.lang))?;
    Ok(Exit::Done)
}

fn done(context: &Context, args: &DoneArgs) -> Outcome<Exit> {
    let day = args.date.unwrap_or(context.day);
    change(context, &args.id, "done", |follow_up| {
        if day < follow_up.opened {
            return Err(Problem::usage("done-before-opened").with("day", day).with("opened", follow_up.opened).into());
        }
        follow_up.done = Some(day);
        if let Some(outcome) = &args.outcome {
            follow_up.outcome.clone_from(outcome);
        }
        Ok(())
    })
}

fn postpone(context: &Context, args: &MoveArgs) -> Outcome<Exit> {
    let reason = reason_of(&args.reason)?;
    change(context, &args.id, "move", |follow_up| {
        if args.due < follow_up.opened {
            let problem = Problem::usage("due-before-opened").with("due", args.due);
            return Err(problem.with("opened", follow_up.opened).into());
        }
        follow_up.first_due.get_or_insert(follow_up.due);
        follow_up.due = args.due;
        follow_up.reason = reason;
        Ok(())
    })
}

fn cancel(context: &Context, args: &CancelArgs) -> Outcome<Exit> {
    let reason = reason_of(&args.reason)?;
    let day = context.day;
    change(context, &args.id, "cancel", |follow_up| {
        follow_up.cancelled = Some(day.max(follow_up.opened));
        follow_up.reason = reason;
        Ok(())
    })
}

fn reason_of(text: &str) -> Outcome<String> {
    match text.trim() {
        "" => Err(Problem::usage("reason-missing").into()),
        reason => Ok(reason.to_owned()),
    }
}

/// Changes one follow-up that still waits.
fn change(context: &Context, id: &str, verb: &str, change: impl FnOnce(&mut FollowUp) -> Outcome<()>) -> Outcome<Exit> {
    context.write(&Need { students: false, logs: Logs::None }, |snapshot| {
        let mut changed = named(snapshot, id)?.clone();
        if changed.done.is_some() || changed.cancelled.is_some() {
            let status = changed.status_on(context.day).code();
            return Err(Problem::usage("follow-up-over").with("id", &changed.id).with("status", status).into());
        }
        let before = changed.clone();
        change(&mut changed)?;
        if before.seal.is_closed() && before.sealed_cells() != changed.sealed_cells() {
            let row = snapshot.follow_up_table.row_of(before.id.as_str());
            let place = row.map_or(Place::Nowhere, |row| snapshot.follow_up_table.place(row));
            return Err(closed(place, before.id.as_str()).into());
        }
        let mut recording = Recording::new(snapshot)?;
        let id = changed.id.clone();
        recording.change_follow_up(&id, |follow_up| *follow_up = changed);
        let change_set = recording.change_set(&format!("followup {verb} {id}"));
        Ok(Made { change_set, ids: vec![id.to_string()], ..Made::default() })
    })
}

fn named<'a>(snapshot: &'a Snapshot, id: &str) -> Outcome<&'a FollowUp> {
    let exact = snapshot.follow_ups.iter().find(|one| one.id.as_str() == id);
    if let Some(one) = exact {
        return Ok(one);
    }
    let begins = |one: &&FollowUp| id.len() >= 2 && one.id.as_str().starts_with(id);
    let found: Vec<&FollowUp> = snapshot.follow_ups.iter().filter(begins).collect();
    match found[..] {
        [one] => Ok(one),
        [] => Err(Problem::usage("follow-up-nobody").with("id", id).into()),
        _ => {
            let list: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
            Err(Problem::usage("follow-up-several").with("id", id).with("candidates", list.join(", ")).into())
        }
    }
}
