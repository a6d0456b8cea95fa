//! `guanai report student STUDENT`: one child's dossier.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::{disclose, hand_out};
use crate::assess::Rules;
use crate::cli::{Context, shell};
use crate::ledger::{Need, find};
use crate::model::{Exit, Outcome};
use crate::report::{self, Private};

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

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let at = find::student(&snapshot, &args.student, context.day)?;
    let rules = Rules::load(&snapshot)?;
    let private = Private::revealed_if(context.reveal);
    let document = report::student::dossier(&snapshot, &rules, at, context.day, (private, context.lang))?;
    if args.out.is_some() {
        let what = format!("report student {}", snapshot.student(at).id);
        disclose(context, &what, args.to.as_deref(), args.reason.as_deref(), 1)?;
    }
    hand_out(context, &document, args.out.as_deref())
}
