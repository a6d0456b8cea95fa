//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::hand_out;
use crate::assess::{Rules, plan};
use crate::cli::Context;
use crate::cli::plan::term_named;
use crate::ledger::{Need, Snapshot};
use crate::model::{Exit, Outcome};
use crate::report::{self, Document};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub term: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let document = document(context, &snapshot, args.term.as_deref())?;
    hand_out(context, &document, args.out.as_deref())
}

/// The summary of a term as a document.
pub(crate) fn document(context: &Context, snapshot: &Snapshot, term: Option<&str>) -> Outcome<Document> {
    let term = term_named(context, snapshot, term)?;
    let rules = Rules::load(snapshot)?;
    let plans = plan::load(snapshot)?;
    context.working("working-judge", || report::term::term(snapshot, &rules, &plans, term, context.day, context.lang))
}
