//! `guanai screen`: psychological scales. What is recorded is a screening result and never a diagnosis, and every command
//! says so.

mod add;
mod import;
mod list;
mod rescore;

use std::collections::BTreeSet;

use clap::Subcommand;

use super::Context;
use crate::ledger::scales::scale_named;
use crate::ledger::{Logs, Need, Snapshot};
use crate::model::kind::Kind;
use crate::model::scale::{Band, Misread, SCREENING, Scale};
use crate::model::{Exit, Outcome, Place, Problem};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Add(add::Args),
    Import(import::Args),
    List(list::Args),
    Show(list::ShowArgs),
    Scales,
    Rescore(rescore::Args),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Add(args) => add::run(context, args),
            Command::Import(args) => import::run(context, args),
            Command::List(args) => list::run(context, args),
            Command::Show(args) => list::show(context, args),
            Command::Scales => list::scales(context),
            Command::Rescore(args) => rescore::run(context, args),
        }
    }
}

/// What every command of screenings needs: the children and their screenings.
fn need() -> Need {
    Need { students: true, logs: Logs::Kinds(BTreeSet::from([SCREENING.to_owned()])) }
}

/// The kind that holds screenings, as the ledger defines it.
fn kind(snapshot: &Snapshot) -> Outcome<Kind> {
    super::log::kind_named(snapshot.definitions(), SCREENING)
}

fn scale(context: &Context, name: &str) -> Outcome<Scale> {
    scale_named(&context.definitions()?, name)
}

/// Answers or totals that cannot be read, as problems.
fn misread(scale: &Scale, place: &Place, wrong: Vec<Misread>) -> crate::model::Problems {
    crate::model::Problems(wrong.into_iter().map(|one| problem(scale, place, one)).collect())
}

fn problem(scale: &Scale, place: &Place, wrong: Misread) -> Problem {
    let of = |code| {
        let mut problem = Problem::data(code, place.clone()).with("scale", &scale.name).with("items", scale.items);
        problem.exit = if *place == Place::Nowhere { Exit::Usage } else { Exit::Data };
        problem
    };
    match wrong {
        Misread::NotAnAnswer { item, value } => {
            of("answer-wrong").with("item", item).with("value", value).with("answers", scale.answers_said())
        }
        Misread::Unknown(name) => of("answer-unknown").with("name", name),
        Misread::Twice(name) => of("answer-twice").with("name", name),
        Misread::Length(found) => of("answers-length").with("found", found),
        Misread::NotAScore { part, value, most } => {
            of("score-wrong").with("part", part).with("value", value).with("most", most)
        }
        Misread::Lacking(parts) => of("totals-lacking").with("parts", parts.join(", ")),
    }
}

/// A band in words.
fn band_said(context: &Context, band: Band) -> String {
    context.words(&band.key(), &[])
}

/// What cannot be read is said to be there.
fn unreadable_said(context: &Context, count: usize) {
    if count > 0 {
        context.tell(&context.words("screen-unreadable", &[("count", &count.to_string())]));
    }
}
