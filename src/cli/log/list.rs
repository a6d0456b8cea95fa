//! `guanai log list`, `show` and `kinds`.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::shell;
use std::collections::BTreeSet;

use super::{change::activity_named, kind_named};
use crate::cli::{Context, arguments};
use crate::ledger::{Logs, Need, find};
use crate::model::{Class, Day, Exit, Outcome};
use crate::report::listing;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::kinds))]
    pub kind: Option<String>,
    #[arg(long, add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub domain: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub from: Option<Day>,
    #[arg(long, value_parser = arguments::day)]
    pub until: Option<Day>,
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    pub id: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct KindsArgs {
    #[arg(add = ArgValueCompleter::new(shell::kinds))]
    pub kind: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let kind = match &args.kind {
        None => None,
        Some(name) => Some(kind_named(&context.definitions()?, name)?.name),
    };
    let logs = kind.map_or(Logs::All, |kind| Logs::Kinds(BTreeSet::from([kind])));
    let snapshot = context.read(&Need { students: true, logs })?;
    let student = args.student.as_deref().map(|text| find::student(&snapshot, text, context.day)).transpose()?;
    let kinds = if args.domain.is_some() { Some(snapshot.kinds()?) } else { None };
    let last = args.until.unwrap_or(context.day);
    let mut found = Vec::new();
    let mut closed = 0;
    for log in &snapshot.logs {
        if let (Some(domain), Some(kinds)) = (&args.domain, kinds)
            && kinds.get(&log.kind).is_none_or(|kind| kind.domain != *domain)
        {
            continue;
        }
        for activity in &log.activities {
            let students = log.students(activity);
            let in_class = |class: Class| students.iter().any(|at| snapshot.student(*at).class == Some(class));
            if (!args.all && activity.void) || activity.day > last || args.from.is_some_and(|from| activity.day < from)
            {
                continue;
            }
            if activity.seal.is_closed() && (student.is_some() || args.class.is_some()) {
                closed += 1;
            } else if student.is_none_or(|student| students.contains(&student)) && args.class.is_none_or(in_class) {
                found.push((log, activity));
            }
        }
    }
    found.sort_by_key(|(log, activity)| (activity.day, log.table.path.as_str(), activity.row));
    context.list(&listing::activities(&snapshot, &found, context.lang))?;
    context.tell_of_closed("sealed-here", closed);
    Ok(Exit::Done)
}

pub(super) fn show(context: &Context, args: &ShowArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let (log, activity) = activity_named(&snapshot, &args.id)?;
    context.list(&listing::activity(&snapshot, log, activity, context.lang))?;
    Ok(Exit::Done)
}

pub(super) fn kinds(context: &Context, args: &KindsArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need { students: false, logs: Logs::None })?;
    let table = match &args.kind {
        None => listing::kinds(&snapshot, snapshot.kinds()?, context.lang),
        Some(name) => listing::kind(&kind_named(snapshot.definitions(), name)?, snapshot.words()?, context.lang),
    };
    context.list(&table)?;
    Ok(Exit::Done)
}
