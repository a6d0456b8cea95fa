//! `guanai git`: makes git merge a ledger by its rows and fields. `guanai resolve` settles what two teachers changed apart.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::Subcommand;

use super::{Context, Made};
use crate::ledger::folder::disk_problem;
use crate::ledger::merge::{ClashAt, Three, clashes, merged, resolved_row, resolved_student};
use crate::ledger::registers::REGISTERS;
use crate::ledger::rights;
use crate::ledger::table::Table;
use crate::ledger::{ChangeSet, Logs, Need, Snapshot};
use crate::model::{Exit, Outcome, Place, Problem};
use crate::report::listing;

const ATTRIBUTES: &str = ".gitattributes";
/// The files that are merged by what they hold. Who has not run `git setup` gets git's own merge, by lines.
const MERGED: [&str; 3] =
    ["students/*.toml merge=guanai", "logs/**/*.csv merge=guanai", "registers/*.csv merge=guanai"];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Setup,
    /// What git calls: `guanai git merge %O %A %B %P`.
    Merge(MergeArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    pub base: PathBuf,
    pub ours: PathBuf,
    pub theirs: PathBuf,
    pub path: String,
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Setup => setup(context),
            Command::Merge(args) => merge(context, args),
        }
    }
}

/// Tells the clone how to merge. The clone's own settings are not kept in git: each teacher runs this once.
fn setup(context: &Context) -> Outcome<Exit> {
    let folder = context.folder()?;
    let program = std::env::current_exe().map_err(|error| disk_problem("unreadable", "guanai", &error))?;
    let driver = format!("{} git merge %O %A %B %P", quoted(&program));
    let name = context.words("git-driver-name", &[]);
    if !context.dry_run {
        // What git writes, others may read; so nobody else comes into the folder.
        rights::close(&folder);
        for (key, value) in [("merge.guanai.name", name.as_str()), ("merge.guanai.driver", driver.as_str())] {
            configure(&folder.root, key, value)?;
        }
    }
    context.write(&Need { students: false, logs: Logs::None }, |snapshot| {
        let before = snapshot.read(ATTRIBUTES)?;
        let text = with_attributes(&String::from_utf8_lossy(before.as_deref().unwrap_or_default()));
        let mut change_set = ChangeSet::new("git setup");
        if before.as_deref() != Some(text.as_bytes()) {
            change_set.write(ATTRIBUTES, before, Some(text.into_bytes()));
        }
        Ok(Made { change_set, messages: vec![context.words("git-set-up", &[])], ..Made::default() })
    })
}

/// The attributes with the lines that are missing.
fn with_attributes(known: &str) -> String {
    let gap = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
    let missing = MERGED.iter().filter(|line| !known.lines().any(|own| own.trim() == **line));
    missing.fold(format!("{known}{gap}"), |text, line| text + line + "\n")
}

/// A path as the shell takes it that git starts the driver in.
fn quoted(program: &Path) -> String {
    let text = program.to_string_lossy();
    shlex::try_quote(&text).map_or_else(|_| text.to_string(), |quoted| quoted.into_owned())
}

fn configure(root: &Path, key: &str, value: &str) -> Outcome<()> {
    let ran = Process::new("git").arg("-C").arg(root).args(["config", "--local", key, value]).output();
    match ran {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(Problem::usage("git-refused").with("reason", said).into())
        }
        Err(error) => Err(Problem::usage("git-refused").with("reason", error).into()),
    }
}

/// Writes what came of two copies into `ours`. What cannot be merged by rows and fields is merged by git's lines, with
/// marks, and git stops; a clash is kept in the file, and git goes on.
fn merge(context: &Context, args: &MergeArgs) -> Outcome<Exit> {
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let three = Three { base: &base, ours: &ours, theirs: &theirs };
    let Some(merged) = merged(in_ledger(&args.path), three) else { return by_lines(args) };
    put(&args.ours, &merged.bytes)?;
    for clash in &merged.clashes {
        let values = clash.values.join(" / ");
        let said = [("file", args.path.as_str()), ("key", &clash.key), ("values", &values)];
        context.tell(&context.words("git-clash", &said));
    }
    Ok(Exit::Done)
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| disk_problem("unreadable", &path.to_string_lossy(), &error).into())
}

/// The path inside the ledger, which may lie in a folder of the repository.
fn in_ledger(path: &str) -> &str {
    let begins = |folder: &str| {
        let inside = path.rfind(&format!("/{folder}/")).map(|at| at + 1);
        inside.or_else(|| path.starts_with(&format!("{folder}/")).then_some(0))
    };
    ["students", "logs", "registers"].iter().find_map(|folder| begins(folder)).map_or(path, |at| &path[at..])
}

/// Puts the bytes in the file's place, whole or not at all: git takes what lies there for one side of a conflict where the
/// driver fails. The name beside it is one that git gives to such files.
fn put(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = tempfile::Builder::new().prefix(".merge_file_").tempfile_in(dir).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|refused| refused.error)
    });
    written.map(drop).map_err(|error| disk_problem("unwritable", &path.to_string_lossy(), &error).into())
}

fn by_lines(args: &MergeArgs) -> Outcome<Exit> {
    let ran = Process::new("git").arg("merge-file").args([&args.ours, &args.base, &args.theirs]).status();
    match ran {
        Ok(status) if status.success() => Ok(Exit::Done),
        _ => Err(Problem::data("git-by-hand", Place::file(&args.path)).into()),
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ResolveArgs {
    /// The student, or the beginning of a row's id; without it everything that waits is listed.
    pub which: Option<String>,
    #[arg(value_name = "FIELD=VALUE", requires = "which")]
    pub setting: Option<String>,
}

pub(crate) fn resolve(context: &Context, args: &ResolveArgs) -> Outcome<Exit> {
    let Some(which) = &args.which else {
        let snapshot = context.read(&Need::everything())?;
        context.list(&listing::clashes(&clashes(&snapshot, &REGISTERS)?, context.lang))?;
        return Ok(Exit::Done);
    };
    context.write(&Need::everything(), |snapshot| {
        let all = clashes(snapshot, &REGISTERS)?;
        let named = |id: &str| {
            snapshot.students.iter().any(|file| file.student.name == *which && file.student.id.as_str() == id)
        };
        let found: Vec<&ClashAt> =
            all.iter().filter(|one| one.id.starts_with(which.as_str()) || named(&one.id)).collect();
        let (key, value) = args.setting.as_deref().and_then(|setting| setting.split_once('=')).unwrap_or_default();
        let unsettled = |found: &[&ClashAt]| {
            let open: Vec<String> = found.iter().map(|one| said(one)).collect();
            Problem::usage("nothing-to-resolve").with("which", which).with("open", open.join("; "))
        };
        let Some(one) = found.iter().find(|one| one.clash.key == key) else { return Err(unsettled(&found).into()) };
        let change_set = settled(snapshot, one, value)?.ok_or_else(|| unsettled(&found))?;
        Ok(Made { change_set, ids: vec![one.id.clone()], ..Made::default() })
    })
}

fn said(one: &ClashAt) -> String {
    let choices: Vec<String> = one.clash.values.iter().map(|value| format!("{}={value}", one.clash.key)).collect();
    format!("{} {}", one.id, choices.join(" | "))
}

fn settled(snapshot: &Snapshot, one: &ClashAt, value: &str) -> Outcome<Option<ChangeSet>> {
    let path = match &one.place {
        Place::Line { file, .. } | Place::File(file) => file,
        _ => return Ok(None),
    };
    let mut change_set = ChangeSet::new(&format!("resolve {}", one.id));
    let before = snapshot.read(path)?;
    let after = match snapshot.students.iter().find(|file| file.path == *path) {
        Some(file) => resolved_student(file, &one.clash.key, value),
        None => {
            let table = Table::read(path, before.clone().unwrap_or_default(), &["id"]);
            table.row_of(&one.id).and_then(|row| resolved_row(&table, row, &one.clash.key, value))
        }
    };
    Ok(after.map(|after| {
        change_set.write(path, before, Some(after));
        change_set
    }))
}
