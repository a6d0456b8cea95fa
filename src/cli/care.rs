//! `guanai health`: what the latest examinations found; `guanai boarders`: who has not been found present tonight.

use std::collections::BTreeSet;

use clap_complete::engine::ArgValueCompleter;

use super::{Context, shell};
use crate::assess::boarding::{care_rules, roll};
use crate::assess::health::checkups;
use crate::ledger::{Logs, Need, find};
use crate::model::{Class, Exit, Outcome};
use crate::report::listing;

#[derive(Debug, clap::Args)]
pub(crate) struct HealthArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub found: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct BoardersArgs {
    #[arg(long)]
    pub ids: bool,
    #[arg(long)]
    pub fail: bool,
}

pub(crate) fn health(context: &Context, args: &HealthArgs) -> Outcome<Exit> {
    let kinds = context.definitions()?.kinds()?;
    let judged: BTreeSet<String> =
        kinds.values().filter(|kind| kind.judged_by.is_some()).map(|kind| kind.name.clone()).collect();
    let snapshot = context.read(&Need { students: true, logs: Logs::Kinds(judged) })?;
    let only = args.student.as_deref().map(|text| find::student(&snapshot, text, context.day)).transpose()?;
    let mut found = checkups(&snapshot, context.day)?;
    found.retain(|one| {
        only.is_none_or(|only| only == one.student)
            && args.class.is_none_or(|class| snapshot.student(one.student).class == Some(class))
    });
    context.list(&listing::checkups(&snapshot, &found, args.found, context.lang))?;
    let none = found.iter().filter(|one| one.judgements.is_none()).count().to_string();
    context.tell(&context.words("health-screening", &[("none", &none)]));
    Ok(Exit::Done)
}

pub(crate) fn boarders(context: &Context, args: &BoardersArgs) -> Outcome<Exit> {
    let definitions = context.read(&Need { students: false, logs: Logs::None })?;
    let rules = care_rules(&definitions)?.boarding;
    let kinds = BTreeSet::from([rules.kind.clone(), rules.away.clone()]);
    let snapshot = context.read(&Need { students: true, logs: Logs::Kinds(kinds) })?;
    let roll = roll(&snapshot, &rules, context.day);
    if args.ids {
        let ids: String = roll.missing.iter().map(|one| format!("{}\n", snapshot.student(one.student).id)).collect();
        context.print(&ids);
    } else {
        let private = context.private();
        context.list(&listing::boarders(&snapshot, &roll.missing, context.day, private, context.lang))?;
    }
    let counts = [roll.missing.len().to_string(), roll.boarders.to_string(), roll.not_known.to_string()];
    let values = [("missing", counts[0].as_str()), ("boarders", &counts[1]), ("unknown", &counts[2])];
    context.tell(&context.words("boarders-total", &values));
    Ok(Exit::found_if(args.fail && !roll.missing.is_empty()))
}
