//! `guanai log`: activities of every kind.

mod add;
mod attach;
mod change;
mod list;
pub(crate) mod whom;

use clap::Subcommand;

pub(crate) use add::follow_ups_said;

use super::Context;
use crate::ledger::definitions::Definitions;
use crate::model::kind::Kind;
use crate::model::{Exit, Outcome, Problem};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Add(add::Args),
    List(list::Args),
    Show(list::ShowArgs),
    Amend(change::AmendArgs),
    Void(change::VoidArgs),
    Kinds(list::KindsArgs),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Add(args) => add::run(context, args),
            Command::List(args) => list::run(context, args),
            Command::Show(args) => list::show(context, args),
            Command::Amend(args) => change::amend(context, args),
            Command::Void(args) => change::void(context, args),
            Command::Kinds(args) => list::kinds(context, args),
        }
    }
}

/// The kind of a name, or an error with the nearest ones.
pub(crate) fn kind_named(definitions: &Definitions, name: &str) -> Outcome<Kind> {
    if let Some(kind) = definitions.kind(name)? {
        return Ok(kind);
    }
    let kinds = definitions.kinds()?;
    let worded = |kind: &&Kind| kind.label.zh == name || kind.label.en.eq_ignore_ascii_case(name);
    if let Some(kind) = kinds.values().find(worded) {
        return Ok(kind.clone());
    }
    let mut near: Vec<(usize, &str)> =
        kinds.keys().map(|known| (strsim::levenshtein(known, name), known.as_str())).collect();
    near.sort_unstable();
    let list: Vec<&str> = near.iter().take(4).map(|(_, known)| *known).collect();
    Err(Problem::usage("kind-unknown").with("kind", name).with("known", list.join(", ")).into())
}
