//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::hand_out;
use crate::assess::{Rules, plan};
use crate::cli::Context;
use crate::cli::plan::term_named;
use crate::ledger::Need;
use crate::model::{Exit, Outcome};
use crate::report;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub term: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let term = term_named(context, &snapshot, args.term.as_deref())?;
    let rules = Rules::load(&snapshot)?;
    let plans = plan::load(&snapshot)?;
    let document = report::term::term(&snapshot, &rules, &plans, term, context.day, context.lang)?;
    hand_out(context, &document, args.out.as_deref())
}
