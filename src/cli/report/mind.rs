//! `guanai report mind`: the report of the mental health plan, or with `--student` one child's own file.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::{Leaving, Whom, hand_out, hand_out_named};
use crate::assess::Rules;
use crate::cli::plan::term_named;
use crate::cli::{Context, shell};
use crate::ledger::{Need, Snapshot, find};
use crate::model::{Exit, Outcome};
use crate::report;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, conflicts_with = "student")]
    pub term: Option<String>,
    #[arg(long, add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(long, value_name = "WHOM", requires = "student")]
    pub to: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "student")]
    pub reason: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let out = args.out.as_deref();
    match &args.student {
        Some(student) if out.is_some() => {
            let whom = Whom::asked(context, args.to.as_deref(), args.reason.as_deref())?;
            hand_out_named(context, &Need::everything(), &whom, out, |snapshot| child(context, snapshot, student))
        }
        Some(student) => {
            let snapshot = context.read(&Need::everything())?;
            hand_out(context, &child(context, &snapshot, student)?.document, None)
        }
        None => {
            let snapshot = context.read(&Need::everything())?;
            let rules = Rules::load(&snapshot)?;
            let term = term_named(context, &snapshot, args.term.as_deref())?;
            let judge = || report::mind::mind(&snapshot, &rules, term, context.day, context.lang);
            hand_out(context, &context.working("working-judge", judge)?, out)
        }
    }
}

/// What the register says of it, and the child's own file.
fn child(context: &Context, snapshot: &Snapshot, student: &str) -> Outcome<Leaving> {
    let at = find::student(snapshot, student, context.day)?;
    let document = report::mind::child(snapshot, &Rules::load(snapshot)?, at, context.day, context.lang)?;
    Ok(Leaving::of_one(format!("report mind --student {}", snapshot.student(at).id), document))
}
