//! How a report goes out: to the screen, or to a file in the format of its ending; and where it names children and leaves,
//! the line in the register of disclosures that goes before it. No line, no report.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::{Context, Made, ask};
use crate::ledger::folder::disk_problem;
use crate::ledger::registers::DISCLOSURES;
use crate::ledger::{ChangeSet, Logs, Need, Snapshot};
use crate::model::{Exit, IdSource, Outcome, Place, Problem};
use crate::report::{Block, Cell, Document, FileFormat, NotRendered, Screen};
use crate::write::disclosure::{self, Disclosure};

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

impl Names {
    /// To whom, and why; the command line has seen to it that both are there where names are asked for.
    pub(crate) fn whom(&self) -> Whom {
        Whom { to: self.to.clone().unwrap_or_default(), why: self.reason.clone().unwrap_or_default() }
    }
}

/// To whom something with names goes, and why.
#[derive(Debug, Clone)]
pub(crate) struct Whom {
    pub to: String,
    pub why: String,
}

impl Whom {
    /// As it was given, or asked for on a terminal; in a pipe both have to be given.
    pub(crate) fn asked(context: &Context, to: Option<&str>, why: Option<&str>) -> Outcome<Whom> {
        let one = |given: Option<&str>, question: &str| {
            let given = given.map(str::trim).filter(|given| !given.is_empty()).map(str::to_owned);
            given.or_else(|| ask::ask(&context.words(question, &[])))
        };
        match (one(to, "ask-to-whom"), one(why, "ask-why")) {
            (Some(to), Some(why)) => Ok(Whom { to, why }),
            _ => Err(Problem::usage("disclosure-whom").into()),
        }
    }
}

/// A report that names children, and what the register of disclosures says of it.
pub(crate) struct Leaving {
    /// The command that made it.
    pub what: String,
    pub students: usize,
    pub document: Document,
}

impl Leaving {
    /// One whose tables give the ids of the children that it names.
    pub(crate) fn with_ids(what: impl Into<String>, document: Document) -> Leaving {
        Leaving { what: what.into(), students: named(&document), document }
    }

    /// One about a single child.
    pub(crate) fn of_one(what: String, document: Document) -> Leaving {
        Leaving { what, students: 1, document }
    }
}

/// Hands out a report that names children, once the register of disclosures says so.
pub(crate) fn hand_out_named(
    context: &Context,
    need: &Need,
    whom: &Whom,
    out: Option<&Path>,
    make: impl FnOnce(&Snapshot) -> Outcome<Leaving>,
) -> Outcome<Exit> {
    let format = format(context, out)?;
    let mut ready = None;
    context.write(need, |snapshot| {
        let Leaving { what, students, document } = make(snapshot)?;
        let bytes = rendered(&document.masked(context.private()), format, context.screen())?;
        let mut made = Made { change_set: ChangeSet::new(&what), ..Made::default() };
        put_disclosure(context, snapshot, (&what, whom, students), &mut made.change_set)?;
        ready = Some(Ready::of(context, bytes, out)?);
        Ok(made)
    })?;
    // What is not written down is not shown either.
    if context.dry_run {
        return Ok(Exit::Done);
    }
    context.tell(&context.words("disclosed", &[("file", DISCLOSURES.path)]));
    ready.expect("what was written was made").hand_out(context, out)?;
    Ok(Exit::Done)
}

/// Puts the line of something that names so many children into a change set.
pub(crate) fn put_disclosure(
    context: &Context,
    snapshot: &Snapshot,
    (what, whom, students): (&str, &Whom, usize),
    change_set: &mut ChangeSet,
) -> Outcome<()> {
    let line = Disclosure { day: context.day, what, whom: &whom.to, why: &whom.why, students };
    disclosure::disclose(snapshot, &line, &mut IdSource::Random, change_set)
}

/// Writes down that something that is no report leaves with names, before it does.
pub(crate) fn disclose(context: &Context, what: &str, whom: &Whom, students: usize) -> Outcome<()> {
    context.write(&Need { students: false, logs: Logs::None }, |snapshot| {
        let mut made = Made { change_set: ChangeSet::new(what), ..Made::default() };
        put_disclosure(context, snapshot, (what, whom, students), &mut made.change_set)?;
        Ok(made)
    })?;
    if !context.dry_run {
        context.tell(&context.words("disclosed", &[("file", DISCLOSURES.path)]));
    }
    Ok(())
}

/// How many children a document names: the different ids in its tables.
fn named(document: &Document) -> usize {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        let Some(at) = table.columns.iter().position(|column| column.key == "id") else { continue };
        ids.extend(table.rows.iter().filter_map(|row| match row.get(at) {
            Some(Cell::Text(id)) => Some(id.as_str()),
            _ => None,
        }));
    }
    ids.len()
}

/// A report that only has to be put where it belongs once the ledger says that it leaves.
pub(crate) enum Ready {
    File(tempfile::NamedTempFile),
    Bytes(Vec<u8>),
}

impl Ready {
    /// Beside its place already, where it goes to a file and is not only tried.
    pub(crate) fn of(context: &Context, bytes: Vec<u8>, out: Option<&Path>) -> Outcome<Ready> {
        match out.filter(|_| !context.dry_run) {
            Some(path) => staged(path, &bytes).map(Ready::File),
            None => Ok(Ready::Bytes(bytes)),
        }
    }

    pub(crate) fn hand_out(self, context: &Context, out: Option<&Path>) -> Outcome<()> {
        match (self, out) {
            (Ready::File(file), Some(path)) => put(context, file, path),
            (Ready::Bytes(bytes), _) => {
                context.print_bytes(&bytes);
                Ok(())
            }
            (Ready::File(_), None) => Ok(()),
        }
    }
}

/// Prints a report, or writes it to a file in the format of its ending.
pub(crate) fn hand_out(context: &Context, document: &Document, out: Option<&Path>) -> Outcome<Exit> {
    let format = format(context, out)?;
    let bytes = rendered(&document.clone().masked(context.private()), format, context.screen())?;
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
fn staged(path: &Path, bytes: &[u8]) -> Outcome<tempfile::NamedTempFile> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_owned);
    let written =
        tempfile::NamedTempFile::new_in(&dir).and_then(|mut file| Write::write_all(&mut file, bytes).map(|()| file));
    written.map_err(|error| disk_problem("unwritable", &path.to_string_lossy(), &error).into())
}

/// Puts a staged file into its place.
fn put(context: &Context, staged: tempfile::NamedTempFile, path: &Path) -> Outcome<()> {
    let shown = path.to_string_lossy().into_owned();
    staged.persist(path).map_err(|error| disk_problem("unwritable", &shown, &error.error))?;
    context.tell(&context.words("report-written", &[("file", &shown)]));
    Ok(())
}
