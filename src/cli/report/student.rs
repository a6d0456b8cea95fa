//! `guanai report student STUDENT`: one child's dossier.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::{Leaving, Whom, hand_out, hand_out_named};
use crate::assess::Rules;
use crate::cli::{Context, shell};
use crate::ledger::{Need, Snapshot, find};
use crate::model::{Exit, Outcome};
use crate::report;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long)]
    pub to: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

/// On the screen it is read by whoever keeps the ledger; in a file it is handed out, and the register says to whom and why.
pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if args.out.is_none() {
        let snapshot = context.read(&Need::everything())?;
        return hand_out(context, &dossier(context, &snapshot, &args.student)?.document, None);
    }
    let whom = Whom::asked(context, args.to.as_deref(), args.reason.as_deref())?;
    let made = |snapshot: &Snapshot| dossier(context, snapshot, &args.student);
    hand_out_named(context, &Need::everything(), &whom, args.out.as_deref(), made)
}

/// What the register says of it, and the dossier.
fn dossier(context: &Context, snapshot: &Snapshot, student: &str) -> Outcome<Leaving> {
    let at = find::student(snapshot, student, context.day)?;
    let rules = Rules::load(snapshot)?;
    let private = context.private();
    let document = report::student::dossier(snapshot, &rules, at, context.day, (private, context.lang))?;
    Ok(Leaving::of_one(format!("report student {}", snapshot.student(at).id), document))
}
