//! `guanai import`: spreadsheets become change sets, all or nothing.

mod answers;
mod census;
mod log;
mod scores;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Context, errors};
use crate::import::{RefusedRow, SheetHeader, Wording, rejects};
use crate::ledger::folder::disk_problem;
use crate::model::{Exit, Outcome, Problem};
use crate::text;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Census(census::Args),
    Log(log::Args),
    Scores(scores::Args),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Census(args) => census::run(context, args),
            Command::Log(args) => log::run(context, args),
            Command::Scores(args) => scores::run(context, args),
        }
    }
}

/// The bytes of a spreadsheet, and its name as problems give it.
pub(crate) fn bytes_of(path: &Path) -> Outcome<(String, Vec<u8>)> {
    let shown = path.to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::usage("file-missing").with("file", &shown),
        _ => disk_problem("unreadable", &shown, &error),
    })?;
    let name = path.file_name().map_or(shown, |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

/// Writes the rows to mend beside the spreadsheet that they came from; never over a file that is there.
pub(crate) fn write_rejects(
    context: &Context,
    source: &Path,
    headers: &[SheetHeader],
    refused: &[RefusedRow],
) -> Outcome<PathBuf> {
    let words = |problem: &Problem| errors::message(problem, context.lang).replace("\n    ", " → ");
    let wording = Wording { reasons: &text::label(context.lang, "rejects-reasons"), problem: &words };
    let bytes = rejects(headers, refused, &wording)?;
    let stem = source.file_stem().map_or("import".into(), |stem| stem.to_string_lossy());
    let dir = source.parent().unwrap_or(Path::new("."));
    let name = |number: u32| match number {
        1 => dir.join(format!("{stem}.rejects.xlsx")),
        _ => dir.join(format!("{stem}.rejects-{number}.xlsx")),
    };
    for number in 1.. {
        let path = name(number);
        let mut options = std::fs::File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path).and_then(|mut file| std::io::Write::write_all(&mut file, &bytes)) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(disk_problem("unwritable", &path.to_string_lossy(), &error).into()),
        }
    }
    unreachable!("numbers do not end")
}
