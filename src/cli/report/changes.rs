//! `guanai report changes --since DAY`: what changed, for Monday's meeting.

use std::path::PathBuf;

use super::{Leaving, Names, hand_out, hand_out_named};
use crate::assess::Rules;
use crate::assess::agenda::agenda;
use crate::assess::festival::festivals;
use crate::assess::figures::Span;
use crate::assess::plan::{self, Covered};
use crate::assess::risk::{assess, since};
use crate::cli::plan::covered_in;
use crate::cli::{Context, arguments};
use crate::ledger::{Need, Snapshot};
use crate::model::{Day, Exit, Outcome, Problem};
use crate::report::{self, Document};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "DATE", value_parser = arguments::day)]
    pub since: Day,
    /// How many days ahead.
    #[arg(long, default_value_t = 7)]
    pub days: u32,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub names: Names,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if args.since >= context.day {
        return Err(Problem::usage("since-not-past").with("since", args.since).with("day", context.day).into());
    }
    let made = |snapshot: &Snapshot| document(context, snapshot, args);
    let out = args.out.as_deref();
    if args.names.names {
        let named = |snapshot: &Snapshot| Ok(Leaving::with_ids("report changes", made(snapshot)?));
        return hand_out_named(context, &Need::everything(), &args.names.whom(), out, named);
    }
    let snapshot = context.read(&Need::everything())?;
    hand_out(context, &made(&snapshot)?, out)
}

fn document(context: &Context, snapshot: &Snapshot, args: &Args) -> Outcome<Document> {
    let rules = Rules::load(snapshot)?;
    let plans = plan::load(snapshot)?;
    let (span, day) = (Span { first: args.since.plus(1), last: context.day }, context.day);
    let school = &snapshot.school;
    let touched = school.term.iter().filter(|term| term.from <= day && args.since < school.last_day_with_holiday(term));
    let covered: Vec<Covered> = touched
        .map(|term| covered_in(context, snapshot, &rules, &plans, term))
        .collect::<Outcome<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    let judged = || since(&assess(snapshot, &rules, args.since), &assess(snapshot, &rules, day));
    let risks = context.working("working-judge", judged);
    let asked = report::changes::Asked {
        span,
        risks: &risks,
        covered: &covered,
        next: agenda(snapshot, &covered, &festivals(snapshot)?, day, args.days)
            .into_iter()
            .filter(|item| day < item.day)
            .collect(),
        lang: context.lang,
        names: args.names.names,
    };
    Ok(report::changes::changes(snapshot, &rules, asked))
}
