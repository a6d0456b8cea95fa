//! The command line: one file a command, each with its arguments and its `run`, which asks, assesses and says.
//!
//! This is the only room that knows what day it is, what a terminal is and which language is spoken. Begin with `main`.

mod arguments;
mod ask;
mod batch;
mod care;
mod check;
mod context;
mod demo;
mod errors;
mod export;
mod followup;
mod git;
mod import;
mod init;
mod key;
mod letter;
mod localise;
mod log;
mod pager;
mod pair_help;
mod plan;
mod progress;
mod quick;
mod register;
mod remember;
mod report;
mod risk;
mod screen;
mod settings;
mod shell;
mod student;
mod undo;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{FromArgMatches, Parser, Subcommand};

pub(crate) use arguments::Global;
pub(crate) use context::{Context, Loaded, Made};

use crate::model::{Exit, Outcome};
use crate::text::Lang;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "guanai", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    Demo(demo::Args),
    #[command(subcommand)]
    Student(student::Command),
    #[command(subcommand)]
    Import(import::Command),
    #[command(subcommand)]
    Log(log::Command),
    #[command(subcommand)]
    Followup(followup::Command),
    #[command(subcommand)]
    Pair(register::PairCommand),
    #[command(subcommand)]
    Resource(register::ResourceCommand),
    #[command(subcommand)]
    Staff(register::StaffCommand),
    #[command(subcommand)]
    Screen(screen::Command),
    Health(care::HealthArgs),
    Boarders(care::BoardersArgs),
    Risk(risk::Args),
    #[command(subcommand)]
    Plan(plan::Command),
    Due(plan::DueArgs),
    #[command(subcommand)]
    Report(report::Command),
    #[command(subcommand)]
    Export(export::Command),
    #[command(subcommand)]
    Key(key::Command),
    Letter(letter::Args),
    Check(check::Args),
    Batch(batch::Args),
    Undo(undo::Args),
    #[command(subcommand)]
    Git(git::Command),
    Resolve(git::ResolveArgs),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Init(args) => init::run(context, args),
            Command::Demo(args) => demo::run(context, args),
            Command::Student(command) => command.run(context),
            Command::Import(command) => command.run(context),
            Command::Log(command) => command.run(context),
            Command::Followup(command) => command.run(context),
            Command::Pair(command) => command.run(context),
            Command::Resource(command) => command.run(context),
            Command::Staff(command) => command.run(context),
            Command::Plan(command) => command.run(context),
            Command::Due(args) => plan::due(context, args),
            Command::Screen(command) => command.run(context),
            Command::Health(args) => care::health(context, args),
            Command::Boarders(args) => care::boarders(context, args),
            Command::Risk(args) => risk::run(context, args),
            Command::Report(command) => command.run(context),
            Command::Export(command) => command.run(context),
            Command::Key(command) => command.run(context),
            Command::Letter(args) => letter::run(context, args),
            Command::Check(args) => check::run(context, args),
            Command::Batch(args) => batch::run(context, args),
            Command::Undo(args) => undo::run(context, args),
            Command::Git(command) => command.run(context),
            Command::Resolve(args) => git::resolve(context, args),
            Command::Completions(args) => shell::completions(context, args),
            Command::Man(args) => shell::man(context, args),
        }
    }
}

/// Reads the arguments of the process, runs the command and gives its exit code.
pub fn main() -> ExitCode {
    shell::complete_if_asked();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let settings = settings::Settings::load();
    let of_settings = || settings.as_ref().ok()?.lang();
    let spoken = localise::language_of(&arguments).or_else(of_settings);
    let matches = match matches(&arguments, spoken.unwrap_or_default()) {
        Ok(matches) => matches,
        Err(error) => return code(errors::say_clap(&error, spoken.unwrap_or_default())),
    };
    let cli = Cli::from_arg_matches(&matches).expect("the matches are those of this command line");
    let context = match settings.and_then(|settings| Context::new(&cli.global, &settings, spoken)) {
        Ok(context) => context,
        Err(problems) => return code(errors::say(&problems, spoken.unwrap_or_default())),
    };
    let run = remember::run(&context, &cli.command, &arguments);
    let exit = run.unwrap_or_else(|problems| errors::say(&problems, context.lang));
    code(exit)
}

/// Parses the arguments. Only who is shown help or an error needs its words, which take longer to put together than most
/// commands run.
fn matches(arguments: &[OsString], lang: Lang) -> Result<clap::ArgMatches, clap::Error> {
    let quick = quick::command(arguments).try_get_matches_from(arguments);
    quick.or_else(|error| match error.kind() {
        // A version is said in one word.
        ErrorKind::DisplayVersion => Err(error),
        _ => localise::command(lang).try_get_matches_from(arguments),
    })
}

/// Parses one line of a batch as the command line does. Putting the help into words takes longer than most commands,
/// so the lines of a batch share one.
pub(crate) fn parse(command: &mut clap::Command, words: &[String]) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(words)?;
    Cli::from_arg_matches(&matches)
}

fn code(exit: Exit) -> ExitCode {
    ExitCode::from(exit as u8)
}
