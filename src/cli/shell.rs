//! What makes the shell at home: completions that know students and kinds, and man pages.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::Shells;

use super::settings::{self, Settings, set};
use super::{Cli, Context, localise};
use crate::ledger::folder::disk_problem;
use crate::ledger::{Folder, Lock, Logs, Need, Snapshot, find, scales};
use crate::model::scale::Scale;
use crate::model::{Exit, Outcome, Problem};
use crate::report::letter;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    pub shell: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    pub dir: PathBuf,
}

/// The script that registers the completion: the shell asks the binary itself for candidates.
pub(crate) fn completions(context: &Context, args: &CompletionsArgs) -> Outcome<Exit> {
    let shells = Shells::builtins();
    let known = || shells.names().collect::<Vec<_>>().join(", ");
    let shell = shells
        .completer(&args.shell)
        .ok_or_else(|| Problem::usage("shell-unknown").with("shell", &args.shell).with("known", known()))?;
    let mut script = Vec::new();
    shell
        .write_registration("COMPLETE", "guanai", "guanai", "guanai", &mut script)
        .map_err(|error| disk_problem("unwritable", "-", &error))?;
    context.print_bytes(&script);
    Ok(Exit::Done)
}

/// Answers the shell where it asks for candidates; else returns.
pub(crate) fn complete_if_asked() {
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
}

/// One man page a command, in the language of the reader.
pub(crate) fn man(context: &Context, args: &ManArgs) -> Outcome<Exit> {
    let shown = args.dir.to_string_lossy().into_owned();
    if context.dry_run {
        return Ok(Exit::Done);
    }
    std::fs::create_dir_all(&args.dir).map_err(|error| disk_problem("unwritable", &shown, &error))?;
    pages(&localise::command(context.lang), &args.dir).map_err(|error| disk_problem("unwritable", &shown, &error))?;
    Ok(Exit::Done)
}

/// The pages of a command and of those below it, which all name the program and its version at their foot.
fn pages(command: &clap::Command, dir: &Path) -> std::io::Result<()> {
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        pages(inner, dir)?;
    }
    let source = concat!("guanai ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command.clone()).source(source).generate_to(dir).map(drop)
}

fn here() -> Option<Snapshot> {
    let folder = match set("GUANAI_DIR") {
        Some(dir) => Folder::find(&dir),
        None => settings::ledger(Path::new("."), Settings::load().unwrap_or_default().dir.as_deref()),
    };
    let folder = folder.ok()?;
    let lock = Lock::shared(&folder).ok()?;
    Snapshot::load(&folder, &Need { students: true, logs: Logs::None }, &lock.pending).ok()
}

/// Students by name, id and pinyin initials.
pub(crate) fn students(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let Some(snapshot) = here() else { return Vec::new() };
    let fits = |student: &crate::model::Student| {
        student.id.as_str().starts_with(&*typed)
            || student.name.starts_with(&*typed)
            || (!typed.is_empty() && find::initials(&student.name).starts_with(&*typed))
    };
    let candidate = |student: &crate::model::Student| {
        CompletionCandidate::new(student.id.as_str()).help(Some(find::described(student).into()))
    };
    snapshot.students.iter().map(|file| &file.student).filter(|student| fits(student)).map(candidate).collect()
}

/// Kinds of activity.
pub(crate) fn kinds(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let Some(snapshot) = here() else { return Vec::new() };
    let Ok(kinds) = snapshot.kinds() else { return Vec::new() };
    let candidate = |kind: &crate::model::kind::Kind| {
        CompletionCandidate::new(kind.name.as_str()).help(Some(kind.label.zh.clone().into()))
    };
    kinds.values().filter(|kind| kind.name.starts_with(&*typed)).map(candidate).collect()
}

/// Psychological scales.
pub(crate) fn scales(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let Some(scales) = here().and_then(|snapshot| scales::scales(snapshot.definitions()).ok()) else {
        return Vec::new();
    };
    let candidate =
        |scale: &Scale| CompletionCandidate::new(scale.name.as_str()).help(Some(scale.label.zh.clone().into()));
    scales.values().filter(|scale| scale.name.starts_with(&*typed)).map(candidate).collect()
}

/// Templates of letters.
pub(crate) fn templates(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let Some(snapshot) = here() else { return Vec::new() };
    let (templates, _) = letter::load(snapshot.definitions());
    templates
        .into_iter()
        .filter(|template| template.name.starts_with(&*typed))
        .map(|template| CompletionCandidate::new(template.name).help(Some(template.head.label.zh.into())))
        .collect()
}

/// Types of follow-up.
pub(crate) fn follow_up_types(current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let Some(types) = here().and_then(|snapshot| snapshot.follow_up_types().ok()) else { return Vec::new() };
    types
        .iter()
        .filter(|(name, _)| name.starts_with(&*typed))
        .map(|(name, described)| CompletionCandidate::new(name.as_str()).help(Some(described.label.zh.clone().into())))
        .collect()
}
