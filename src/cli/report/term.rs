//! `guanai report term`: the summary of a term.

use std::path::PathBuf;

use super::hand_out;
use crate::assess::{Rules, plan};
use crate::cli::Context;
use crate::ledger::Need;
use crate::model::{Exit, Outcome, Problem};
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
    let school = &snapshot.school;
    let named = match &args.term {
        Some(name) => school.term_named(name),
        None => school.latest_term(context.day),
    };
    let term = named.ok_or_else(|| {
        let known: Vec<&str> = school.term.iter().map(|term| term.name.as_str()).collect();
        let asked = args.term.clone().unwrap_or_else(|| context.day.to_string());
        Problem::usage("term-unknown").with("term", asked).with("known", known.join(", "))
    })?;
    let rules = Rules::load(&snapshot)?;
    let plans = plan::load(&snapshot)?;
    let document = report::term::term(&snapshot, &rules, &plans, term, context.day, context.lang)?;
    hand_out(context, &document, args.out.as_deref())
}
