//! `guanai report mind`: the report of the mental health plan, or with `--student` one child's own file.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::hand_out;
use crate::assess::Rules;
use crate::cli::plan::term_named;
use crate::cli::{Context, shell};
use crate::ledger::{Need, find};
use crate::model::{Exit, Outcome};
use crate::report;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, conflicts_with = "student")]
    pub term: Option<String>,
    #[arg(long, add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let rules = Rules::load(&snapshot)?;
    let document = match &args.student {
        Some(student) => {
            let child = find::student(&snapshot, student, context.day)?;
            report::mind::child(&snapshot, &rules, child, context.day, context.lang)?
        }
        None => {
            let term = term_named(context, &snapshot, args.term.as_deref())?;
            let judge = || report::mind::mind(&snapshot, &rules, term, context.day, context.lang);
            context.working("working-judge", judge)?
        }
    };
    hand_out(context, &document, args.out.as_deref())
}
