//! `guanai report staff [STAFF]`: what each member of the staff did in a term, or one of them.

use std::path::PathBuf;

use super::{Leaving, Names, hand_out, hand_out_named};
use crate::assess::Rules;
use crate::assess::figures::Span;
use crate::assess::plan;
use crate::assess::staff::{Served, served};
use crate::cli::Context;
use crate::cli::plan::{covered_in, term_named};
use crate::ledger::{Need, Snapshot};
use crate::model::{Exit, Outcome, Problem};
use crate::report::Document;
use crate::report::staff::{Asked, person, staff};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub staff: Option<String>,
    #[arg(long)]
    pub term: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub names: Names,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if args.names.names && args.staff.is_none() {
        return Err(Problem::usage("staff-names").into());
    }
    let term = args.term.as_deref();
    let made = |snapshot: &Snapshot| document(context, snapshot, term, args.staff.as_deref(), args.names.names);
    let out = args.out.as_deref();
    if args.names.names {
        let named = |snapshot: &Snapshot| Ok(Leaving::with_ids("report staff", made(snapshot)?));
        return hand_out_named(context, &Need::everything(), &args.names.whom(), out, named);
    }
    let snapshot = context.read(&Need::everything())?;
    hand_out(context, &made(&snapshot)?, out)
}

/// The work of everybody, or of one person.
pub(crate) fn document(
    context: &Context,
    snapshot: &Snapshot,
    term: Option<&str>,
    who: Option<&str>,
    names: bool,
) -> Outcome<Document> {
    let term = term_named(context, snapshot, term)?;
    let (rules, plans) = (Rules::load(snapshot)?, plan::load(snapshot)?);
    let covered = covered_in(context, snapshot, &rules, &plans, term)?;
    let day = snapshot.school.last_day_with_holiday(term).min(context.day);
    let all = served(snapshot, &rules, &covered, Span { first: term.from, last: day })?;
    let asked = Asked { term, day, lang: context.lang, names };
    match who {
        None => Ok(staff(snapshot, &rules, &covered, &all, asked)),
        Some(who) => Ok(person(snapshot, &rules, &covered, one(&all, who)?, asked)),
    }
}

/// The one whom a name, or its beginning, means.
fn one<'s, 'a>(all: &'s [Served<'a>], who: &str) -> Outcome<&'s Served<'a>> {
    let begins: Vec<&Served> = all.iter().filter(|one| one.name.starts_with(who)).collect();
    let exact = all.iter().find(|one| one.name == who);
    exact.or(if begins.len() == 1 { Some(begins[0]) } else { None }).ok_or_else(|| {
        let near = if begins.is_empty() { all.iter().collect() } else { begins };
        let known: Vec<&str> = near.iter().map(|one| one.name.as_str()).collect();
        Problem::usage("staff-unknown").with("name", who).with("known", known.join(", ")).into()
    })
}
