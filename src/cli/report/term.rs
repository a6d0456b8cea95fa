//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::{Leaving, Names, hand_out, hand_out_named};
use crate::assess::{Rules, plan};
use crate::cli::plan::term_named;
use crate::cli::{Context, arguments};
use crate::ledger::{Need, Snapshot};
use crate::model::{Day, Exit, Outcome};
use crate::report::{self, Document};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub term: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    /// From which day on the levels of risk are drawn.
    #[arg(long, value_name = "DATE", value_parser = arguments::day)]
    pub since: Option<Day>,
    #[command(flatten)]
    pub names: Names,
}

impl Args {
    /// Whether the summary is only shown, and names nobody.
    pub fn is_shown_without_names(&self) -> bool {
        self.out.is_none() && !self.names.names
    }
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let made = |snapshot: &Snapshot| made(context, snapshot, args);
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
    let names = Names { names, to: None, reason: None };
    made(context, snapshot, &Args { term: term.map(str::to_owned), out: None, since: None, names })
}

fn made(context: &Context, snapshot: &Snapshot, args: &Args) -> Outcome<Document> {
    let term = term_named(context, snapshot, args.term.as_deref())?;
    let (day, lang) = (context.day, context.lang);
    let asked = report::term::Asked { term, day, lang, names: args.names.names, since: args.since };
    let rules = Rules::load(snapshot)?;
    let plans = plan::load(snapshot)?;
    context.working("working-judge", || report::term::term(snapshot, &rules, &plans, asked))
}
