//! `guanai export`: the ledger in the forms of other programs.

mod parquet;
mod place;

use clap::Subcommand;

use super::Context;
use crate::model::{Exit, Outcome};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Parquet(parquet::Args),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Parquet(args) => parquet::run(context, args),
        }
    }
}
