//! `guanai batch [FILE]`: many commands as one change set, which `undo` takes back in one step.

use std::io::Read;
use std::path::PathBuf;

use super::{Context, errors};
use crate::ledger::folder::disk_problem;
use crate::model::{Exit, Outcome, Place, Problem, Problems};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `-` or nothing: standard input.
    pub file: Option<PathBuf>,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        return Err(Problem::usage("batch-in-batch").into());
    }
    let (name, text) = source(args)?;
    let written = context.as_one("batch", || lines(context, &name, &text))?;
    let count = written.files.len().to_string();
    context.tell(&context.words(if context.dry_run { "dry-run" } else { "batch-done" }, &[("count", &count)]));
    if context.dry_run {
        context.print(&super::undo::difference(&written, context.private()));
    }
    Ok(Exit::Done)
}

fn source(args: &Args) -> Outcome<(String, String)> {
    let name = args.file.as_ref().map_or("-".to_owned(), |path| path.to_string_lossy().into_owned());
    let mut bytes = Vec::new();
    let read = match &args.file {
        Some(path) if name != "-" => std::fs::read(path).map(|read| bytes = read),
        _ => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
    };
    read.map_err(|error| disk_problem("unreadable", &name, &error))?;
    Ok((name.clone(), crate::ledger::definitions::text_of(&name, &bytes)?.into_owned()))
}

/// Runs every line, so that all that is wrong is named; one wrong line, and nothing is written.
fn lines(context: &Context, name: &str, text: &str) -> Outcome<()> {
    let mut problems = Vec::new();
    let mut command = super::localise::command(context.lang);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = Place::line(name, number as u32 + 1);
        if let Err(wrong) = one(context, &mut command, line) {
            problems.extend(wrong.0.iter().map(|problem| of_line(context, problem, &place)));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

/// A problem of a line, with the line as its place.
fn of_line(context: &Context, problem: &Problem, place: &Place) -> Problem {
    let said = Problem::data("batch-line", place.clone())
        .with("message", errors::where_and_what(problem, context.lang))
        .with("remedy", errors::remedy(problem, context.lang));
    Problem { exit: problem.exit, ..said }
}

fn one(context: &Context, command: &mut clap::Command, line: &str) -> Outcome<()> {
    let words = shlex::split(line).ok_or_else(|| Problem::usage("batch-quotes"))?;
    let words: Vec<String> = match words.first().map(String::as_str) {
        Some("guanai") => words,
        _ => std::iter::once("guanai".to_owned()).chain(words).collect(),
    };
    let cli = super::parse(command, &words)
        .map_err(|error| Problem::usage("batch-arguments").with("message", error.kind()))?;
    cli.command.run(context).map(|_| ())
}
