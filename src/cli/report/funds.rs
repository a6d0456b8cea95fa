//! `guanai report funds`: the books of the funds for a term or a school year.

use std::path::PathBuf;

use super::{Leaving, Names, hand_out, hand_out_named};
use crate::assess::figures::Span;
use crate::cli::Context;
use crate::cli::plan::term_named;
use crate::ledger::{Logs, Need, Snapshot};
use crate::model::{Day, Exit, Outcome, Problem, school_year_on};
use crate::report::{self, Document};
use crate::text;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, conflicts_with = "year")]
    pub term: Option<String>,
    /// The year in which the school year begins; without a value, that of the day.
    #[arg(long, value_name = "YEAR", num_args = 0..=1)]
    pub year: Option<Option<i32>>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub names: Names,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let made = |snapshot: &Snapshot| document(context, snapshot, args);
    if args.names.names {
        let named = |snapshot: &Snapshot| Ok(Leaving::with_ids("report funds", made(snapshot)?));
        return hand_out_named(context, &Need::everything(), &args.names.whom(), args.out.as_deref(), named);
    }
    let kinds = context.definitions()?.fund_rules()?.kinds();
    let snapshot = context.read(&Need { students: true, logs: Logs::Kinds(kinds) })?;
    hand_out(context, &made(&snapshot)?, args.out.as_deref())
}

fn document(context: &Context, snapshot: &Snapshot, args: &Args) -> Outcome<Document> {
    let (period, span) = match args.year {
        Some(year) => school_year(context, year)?,
        None => term(context, snapshot, args.term.as_deref())?,
    };
    let asked =
        report::funds::Asked { span, period: &period, day: context.day, lang: context.lang, names: args.names.names };
    report::funds::funds(snapshot, asked)
}

fn school_year(context: &Context, year: Option<i32>) -> Outcome<(String, Span)> {
    let year = year.unwrap_or_else(|| school_year_on(context.day));
    let (Some(first), Some(last)) = (Day::new(year, 9, 1), Day::new(year + 1, 8, 31)) else {
        return Err(Problem::usage("year-unknown").with("year", year).into());
    };
    let words = context.words("funds-year", &[("from", &year.to_string()), ("until", &(year + 1).to_string())]);
    Ok((words, Span { first, last: last.min(context.day).max(first) }))
}

/// A term with the holiday behind it, so that no day is in the books of no term.
fn term(context: &Context, snapshot: &Snapshot, name: Option<&str>) -> Outcome<(String, Span)> {
    let term = term_named(context, snapshot, name)?;
    let last = snapshot.school.last_day_with_holiday(term).min(context.day).max(term.from);
    Ok((text::stretch_name(context.lang, &term.name), Span { first: term.from, last }))
}
