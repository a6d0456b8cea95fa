//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::{Leaving, Names, hand_out, hand_out_named};
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
    #[command(flatten)]
    pub names: Names,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let made = |snapshot: &Snapshot| document(context, snapshot, args.term.as_deref(), args.names.names);
    let out = args.out.as_deref();
    if args.names.names {
        let named = |snapshot: &Snapshot| Ok(Leaving::with_ids("report term", made(snapshot)?));
        return hand_out_named(context, &Need::everything(), &args.names.whom(), out, named);
    }
    let snapshot = context.read(&Need::everything())?;
    hand_out(context, &made(&snapshot)?, out)
}

/// The summary of a term as a document.
pub(crate) fn document(context: &Context, snapshot: &Snapshot, term: Option<&str>, names: bool) -> Outcome<Document> {
    let asked =
        report::term::Asked { term: term_named(context, snapshot, term)?, day: context.day, lang: context.lang, names };
    let rules = Rules::load(snapshot)?;
    let plans = plan::load(snapshot)?;
    context.working("working-judge", || report::term::term(snapshot, &rules, &plans, asked))
}
