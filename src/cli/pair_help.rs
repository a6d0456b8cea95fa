//! `guanai pair suggest` and `pair effect`: who could help whom, and what came of it. Neither writes anything.

use std::collections::BTreeSet;

use super::{Context, Loaded};
use crate::assess::pairing::pairings;
use crate::assess::score::tutor::{Wish, effects, suggest};
use crate::assess::score::{Board, ProgressRules};
use crate::ledger::{Logs, Need};
use crate::model::{Class, Exit, Outcome};
use crate::report::listing;

#[derive(Debug, clap::Args)]
pub(crate) struct SuggestArgs {
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub subject: Option<String>,
    #[arg(long)]
    pub most: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct EffectArgs {
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
}

/// The ledger with scores and the kinds that count as help.
fn load(context: &Context) -> Outcome<(Loaded, ProgressRules)> {
    let definitions = context.read(&Need { students: false, logs: Logs::None })?;
    let rules = ProgressRules::load(definitions.definitions(), definitions.kinds()?)?;
    let kinds: BTreeSet<String> = rules.help.kinds.iter().chain([&rules.marks.kind]).cloned().collect();
    Ok((context.read(&Need { students: true, logs: Logs::Kinds(kinds) })?, rules))
}

pub(super) fn run_suggest(context: &Context, args: &SuggestArgs) -> Outcome<Exit> {
    let (snapshot, rules) = load(context)?;
    let board = Board::of(&snapshot, &rules, context.day);
    let wish = Wish { class: args.class, subject: args.subject.as_deref(), most: args.most };
    let found = suggest(&snapshot, &board, &pairings(&snapshot), wish, context.day);
    context.list(&listing::suggestions(&snapshot, &found, context.lang))?;
    Ok(Exit::Done)
}

pub(super) fn run_effect(context: &Context, args: &EffectArgs) -> Outcome<Exit> {
    let (snapshot, rules) = load(context)?;
    let board = Board::of(&snapshot, &rules, context.day);
    let pairings = pairings(&snapshot);
    let mut found = effects(&snapshot, &board, &pairings, context.day);
    found.retain(|one| {
        args.class.is_none_or(|class| snapshot.student(one.pairing.student).class == Some(class))
            && args.kind.as_ref().is_none_or(|kind| *kind == one.pairing.kind)
    });
    context.list(&listing::effects(&snapshot, &found, context.lang))?;
    Ok(Exit::Done)
}
