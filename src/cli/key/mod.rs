//! `guanai key`: who can open the confidential rows, and which of the keys this machine holds; and the key of a county.

mod county;
mod new;
mod rotate;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Context, settings};
use crate::ledger::{Logs, Need};
use crate::model::{Exit, Outcome};
use crate::report::listing;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(new::Args),
    County(county::Args),
    List(ListArgs),
    Rotate(rotate::Args),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::New(args) => new::run(context, args),
            Command::County(args) => county::run(context, args),
            Command::List(_) => list(context),
            Command::Rotate(args) => rotate::run(context, args),
        }
    }
}

/// The file of this machine's keys: `GUANAI_KEY`, or one in the home of whoever works here.
pub(crate) fn file_of_keys() -> Option<PathBuf> {
    settings::set("GUANAI_KEY").or_else(|| Some(settings::own_folder()?.join("key.txt")))
}

fn list(context: &Context) -> Outcome<Exit> {
    let snapshot = context.read(&Need { students: false, logs: Logs::None })?;
    let mine = context.keys.recipients()?;
    let recipients = &snapshot.school.privacy.recipient;
    context.list(&listing::recipients(recipients, &mine, context.lang))?;
    for key in mine.iter().filter(|key| !recipients.iter().any(|one| one.key.trim() == **key)) {
        context.tell(&context.words("key-not-listed", &[("key", key)]));
    }
    let file = context.keys.path().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let said = if mine.is_empty() { "key-none-here" } else { "key-here" };
    context.tell(&context.words(said, &[("file", &file), ("count", &mine.len().to_string())]));
    if context.keys.path().is_some_and(others_can_read) {
        context.tell(&context.words("key-readable", &[("file", &file)]));
    }
    Ok(Exit::Done)
}

/// Whether a place lies in the ledger, whatever links and dots lead there: from there it would go with the ledger onto every
/// stick and into git. Outside every ledger nothing does.
pub(crate) fn lies_inside(context: &Context, path: &Path) -> Outcome<bool> {
    let Ok(folder) = context.folder() else { return Ok(false) };
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = whole.ancestors().find_map(|parent| std::fs::canonicalize(parent).ok());
    Ok(there.is_some_and(|there| there.starts_with(&folder.root)))
}

/// Whether other accounts of this machine can read a file.
pub(crate) fn others_can_read(path: &Path) -> bool {
    #[cfg(unix)]
    return std::fs::metadata(path)
        .is_ok_and(|about| std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0);
    #[cfg(not(unix))]
    return path.as_os_str().is_empty();
}
