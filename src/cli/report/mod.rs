//! `guanai report`: what is handed in.

mod class;
mod funds;
mod mind;
mod roster;
mod statistics;
mod student;
mod term;

use std::path::{Path, PathBuf};

use clap::Subcommand;

pub(crate) use term::document as term_document;

use super::{Context, Made};
use crate::ledger::folder::disk_problem;
use crate::ledger::{ChangeSet, Logs, Need, Snapshot};
use crate::model::{Exit, IdSource, Outcome, Place, Problem};
use crate::report::{Block, Document, FileFormat, NotRendered, Screen};
use crate::write::disclosure::{DISCLOSURES, Disclosure, disclose as put_disclosure};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Mind(mind::Args),
    Term(term::Args),
    Student(student::Args),
    Class(class::Args),
    Funds(funds::Args),
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
            Command::Statistics(args) => statistics::run(context, args),
            Command::Roster(args) => roster::run(context, args),
        }
    }
}

/// Whether a report names children, to whom it goes, and why.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Names {
    #[arg(long, requires = "to", requires = "reason")]
    pub names: bool,
    #[arg(long, value_name = "WHOM", requires = "names")]
    pub to: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "names")]
    pub reason: Option<String>,
}

/// Hands out a report with names, once the register of disclosures says so: no line, no report.
pub(crate) fn hand_out_named(
    context: &Context,
    names: &Names,
    what: &str,
    out: Option<&Path>,
    make: impl FnOnce(&Snapshot) -> Outcome<Document>,
) -> Outcome<Exit> {
    let mut ready = None;
    context.write(&Need::everything(), |snapshot| {
        let document = make(snapshot)?;
        let format = format(context, out)?;
        let mut made = Made { change_set: ChangeSet::new(what), ..Made::default() };
        let disclosure = Disclosure {
            day: context.day,
            what,
            whom: names.to.as_deref().unwrap_or_default(),
            why: names.reason.as_deref().unwrap_or_default(),
            students: named(&document),
        };
        put_disclosure(snapshot, &disclosure, &mut IdSource::Random, &mut made.change_set)?;
        ready = Some(rendered(&document, format, context.screen())?);
        Ok(made)
    })?;
    if context.dry_run {
        return Ok(Exit::Done);
    }
    let bytes = ready.expect("what was written was made");
    match out {
        None => context.print_bytes(&bytes),
        Some(path) => write_out(context, path, &bytes)?,
    }
    Ok(Exit::Done)
}

/// How many children a document names: rows of tables that give their ids.
fn named(document: &Document) -> usize {
    let rows = |block: &Block| match block {
        Block::Table(table) if table.columns.iter().any(|column| column.key == "id") => table.rows.len(),
        _ => 0,
    };
    document.blocks.iter().map(rows).sum()
}

/// Writes down that something leaves with names, before it does: what, to whom, why, and of how many children.
pub(crate) fn disclose(
    context: &Context,
    what: &str,
    whom: Option<&str>,
    why: Option<&str>,
    students: usize,
) -> Outcome<()> {
    let (whom, why) = (whom.unwrap_or_default(), why.unwrap_or_default());
    let one = Disclosure { day: context.day, what, whom, why, students };
    context.write(&Need { students: false, logs: Logs::None }, |snapshot| {
        let mut change_set = ChangeSet::new(what);
        put_disclosure(snapshot, &one, &mut IdSource::Random, &mut change_set)?;
        Ok(Made { change_set, ..Made::default() })
    })?;
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

pub(crate) fn format(context: &Context, out: Option<&Path>) -> Outcome<FileFormat> {
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
    if context.dry_run {
        context.tell(&context.words("dry-run", &[]));
        return Ok(());
    }
    put(context, staged(path, bytes)?, path)
}

/// A file's bytes beside its place, so that only a rename is left to be done.
pub(crate) fn staged(path: &Path, bytes: &[u8]) -> Outcome<tempfile::NamedTempFile> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned);
    let written = tempfile::NamedTempFile::new_in(&dir)
        .and_then(|mut file| std::io::Write::write_all(&mut file, bytes).map(|()| file));
    written.map_err(|error| disk_problem("unwritable", &path.to_string_lossy(), &error).into())
}

/// Puts a staged file into its place.
pub(crate) fn put(context: &Context, staged: tempfile::NamedTempFile, path: &Path) -> Outcome<()> {
    let shown = path.to_string_lossy().into_owned();
    staged.persist(path).map_err(|error| disk_problem("unwritable", &shown, &error.error))?;
    context.tell(&context.words("report-written", &[("file", &shown)]));
    Ok(())
}
