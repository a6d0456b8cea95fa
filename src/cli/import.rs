//! `guanai import`: spreadsheets become change sets.

use clap::Subcommand;

use super::Context;
use crate::model::{Exit, Outcome};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {}

impl Command {
    pub(crate) fn run(&self, _: &Context) -> Outcome<Exit> {
        match *self {}
    }
}
