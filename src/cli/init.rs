//! `guanai init [DIR]`: a new ledger, or the definitions that an older one does not have yet.

use std::path::{Path, PathBuf};

use super::{Context, context::now};
use crate::ledger::folder::{SCHOOL_FILE, disk_problem};
use crate::ledger::template::{self, Upgrade};
use crate::ledger::{ChangeSet, Folder, Lock, change, rights};
use crate::model::{Exit, Outcome, Place, Problem};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub dir: Option<PathBuf>,
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long)]
    pub upgrade: bool,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if args.upgrade {
        return upgrade(context, args);
    }
    let dir = args.dir.clone().unwrap_or_else(|| context.dir().to_owned());
    let name = args.name.clone().unwrap_or_default();
    create(context, &dir, &name, Vec::new())?;
    let shown = dir.to_string_lossy().into_owned();
    context.tell(&context.words("init-done", &[("dir", &shown)]));
    Ok(Exit::Done)
}

/// Makes a new ledger of the template and these files, all or nothing. A folder that is one already is refused.
pub(crate) fn create(context: &Context, dir: &Path, name: &str, files: Vec<(String, Vec<u8>)>) -> Outcome<()> {
    let shown = dir.to_string_lossy().into_owned();
    if dir.join(SCHOOL_FILE).exists() {
        return Err(Problem::data("ledger-exists", Place::file(&shown)).into());
    }
    let mut change_set = ChangeSet::new(change::MAKING);
    let school = template::school_file(name, context.lang.code(), context.day);
    let given: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for (path, bytes) in template::files() {
        if given.contains(&path.as_str()) {
            continue;
        }
        let bytes = if path == SCHOOL_FILE { school.clone().into_bytes() } else { bytes.to_vec() };
        // A school may keep its own .gitignore: what is there already is not ours to write over.
        if !dir.join(&path).exists() {
            change_set.write(&path, None, Some(bytes));
        }
    }
    for (path, bytes) in files {
        change_set.write(&path, None, Some(bytes));
    }
    if context.dry_run {
        change_set.files.iter().for_each(|file| context.print(&format!("{}\n", file.path)));
        return Ok(());
    }
    let is_new = !dir.exists();
    std::fs::create_dir_all(dir).map_err(|error| disk_problem("unwritable", &shown, &error))?;
    let root = std::fs::canonicalize(dir).map_err(|error| disk_problem("unreadable", &shown, &error))?;
    let folder = Folder { root };
    if is_new {
        rights::close(&folder);
    }
    let lock = Lock::alone(&folder)?;
    context.working("working-write", || lock.commit(&change_set, &now()))
}

fn upgrade(context: &Context, args: &Args) -> Outcome<Exit> {
    let folder = match &args.dir {
        Some(dir) => Folder::find(dir)?,
        None => context.folder()?,
    };
    let lock = Lock::alone(&folder)?;
    let mut change_set = ChangeSet::new("init --upgrade");
    for file in template::upgrade(&folder, &mut change_set)? {
        let (key, path) = match &file {
            Upgrade::Added(path) => ("upgrade-added", path),
            Upgrade::Left(path) => ("upgrade-left", path),
        };
        context.print(&format!("{}\n", context.words(key, &[("path", path)])));
    }
    if !context.dry_run {
        lock.commit(&change_set, &now())?;
    }
    Ok(Exit::Done)
}
