//! `guanai report`: what is handed in.

mod binder;
mod changes;
mod class;
mod classes;
mod funds;
mod handing;
mod mind;
mod roster;
mod staff;
mod statistics;
mod student;
mod term;

use clap::Subcommand;

pub(crate) use handing::{
    Leaving, Names, Ready, Whom, disclose, format, hand_out, hand_out_named, put_disclosure, rendered, write_out,
};
pub(crate) use term::document as term_document;

use super::Context;
use crate::model::{Exit, Outcome};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Mind(mind::Args),
    Term(term::Args),
    Student(student::Args),
    Class(class::Args),
    Funds(funds::Args),
    Staff(staff::Args),
    Binder(binder::Args),
    Changes(changes::Args),
    Statistics(statistics::Args),
    Roster(roster::Args),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Mind(args) => mind::run(context, args),
            Command::Term(args) => term::run(context, args),
            Command::Student(args) => student::run(context, args),
            Command::Class(args) => class::run(context, args),
            Command::Funds(args) => funds::run(context, args),
            Command::Staff(args) => staff::run(context, args),
            Command::Binder(args) => binder::run(context, args),
            Command::Changes(args) => changes::run(context, args),
            Command::Statistics(args) => statistics::run(context, args),
            Command::Roster(args) => roster::run(context, args),
        }
    }
}
