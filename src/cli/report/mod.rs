//! `guanai report`: what is handed in.

mod class;
mod student;
mod term;

use std::path::{Path, PathBuf};

use clap::Subcommand;

pub(crate) use term::document as term_document;

use super::{Context, Made};
use crate::ledger::folder::disk_problem;
use crate::ledger::{Logs, Need};
use crate::model::{Exit, Outcome, Place, Problem};
use crate::report::{Document, FileFormat, NotRendered, Screen};
use crate::write::disclosure::{DISCLOSURES, Disclosure, disclosed};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Term(term::Args),
    Student(student::Args),
    Class(class::Args),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Term(args) => term::run(context, args),
            Command::Student(args) => student::run(context, args),
            Command::Class(args) => class::run(context, args),
        }
    }
}

/// Writes down that something leaves with names, before it does: what, to whom, why.
pub(crate) fn disclose(context: &Context, what: &str, whom: Option<&str>, why: Option<&str>) -> Outcome<()> {
    let one = Disclosure {
        day: context.day,
        what: what.to_owned(),
        whom: whom.unwrap_or_default().to_owned(),
        why: why.unwrap_or_default().to_owned(),
    };
    let need = Need { students: false, logs: Logs::None };
    context.write(&need, |snapshot| Ok(Made { change_set: disclosed(snapshot, &one)?, ..Made::default() }))?;
    if context.dry_run {
        return Ok(());
    }
    context.tell(&context.words("disclosed", &[("file", DISCLOSURES)]));
    Ok(())
}

/// Prints a report, or writes it to a file in the format of its ending.
pub(crate) fn hand_out(context: &Context, document: &Document, out: Option<&Path>) -> Outcome<Exit> {
    let format = format(context, out)?;
    let bytes = rendered(document, format, context.screen())?;
    match out {
        None => context.print_bytes(&bytes),
        Some(path) => write_out(context, path, &bytes)?,
    }
    Ok(Exit::Done)
}

/// A document as the bytes of a file.
pub(crate) fn rendered(document: &Document, format: FileFormat, screen: Screen) -> Outcome<Vec<u8>> {
    let problem = |error| Problem::data("not-rendered", Place::Nowhere).with("reason", error).into();
    document.rendered(format, screen).map_err(|error: NotRendered| problem(error))
}

fn format(context: &Context, out: Option<&Path>) -> Outcome<FileFormat> {
    let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().into_owned());
    let name = context.format_name().map(str::to_owned).or(ending);
    let Some(name) = name else { return Ok(FileFormat::Text) };
    let format: FileFormat = name.parse().map_err(|_| {
        let known: Vec<&str> = FileFormat::ALL.iter().map(|format| format.ending()).collect();
        Problem::usage("format-unknown").with("format", &name).with("known", known.join(", "))
    })?;
    match out.is_none() && !format.is_text() {
        true => Err(Problem::usage("format-needs-file").with("format", format).into()),
        false => Ok(format),
    }
}

/// Writes the whole file beside its place first, so that a full disk leaves an older report as it was.
pub(crate) fn write_out(context: &Context, path: &Path, bytes: &[u8]) -> Outcome<()> {
    let shown = path.to_string_lossy().into_owned();
    if context.dry_run {
        context.tell(&context.words("dry-run", &[]));
        return Ok(());
    }
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned);
    let written = tempfile::NamedTempFile::new_in(&dir)
        .and_then(|mut file| std::io::Write::write_all(&mut file, bytes).map(|()| file))
        .and_then(|file| file.persist(path).map_err(|error| error.error));
    written.map_err(|error| disk_problem("unwritable", &shown, &error))?;
    context.tell(&context.words("report-written", &[("file", &shown)]));
    Ok(())
}
