//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::{Names, hand_out, hand_out_named};
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

impl Args {
    /// Whether the summary is only shown, and names nobody.
    pub fn is_shown_without_names(&self) -> bool {
        self.out.is_none() && !self.names.names
    }
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let made = |snapshot: &Snapshot| document(context, snapshot, args.term.as_deref(), args.names.names);
    match args.names.names {
        true => hand_out_named(context, &args.names, "report term", args.out.as_deref(), made),
        false => {
            let snapshot = context.read(&Need::everything())?;
            hand_out(context, &made(&snapshot)?, args.out.as_deref())
        }
    }
}

/// The summary of a term as a document.
pub(crate) fn document(context: &Context, snapshot: &Snapshot, term: Option<&str>, names: bool) -> Outcome<Document> {
    let asked =
        report::term::Asked { term: term_named(context, snapshot, term)?, day: context.day, lang: context.lang, names };
    let rules = Rules::load(snapshot)?;
    let plans = plan::load(snapshot)?;
    context.working("working-judge", || report::term::term(snapshot, &rules, &plans, asked))
}
