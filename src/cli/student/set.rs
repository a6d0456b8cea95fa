//! `guanai student set STUDENT KEY=VALUE…` and `guanai student edit STUDENT`.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::shell;
use std::process::Command;

use super::change;
use crate::cli::{Context, Made};
use crate::ledger::folder::disk_problem;
use crate::ledger::record::StudentFile;
use crate::ledger::{ChangeSet, Need, find};
use crate::model::{Exit, Outcome, Problem, Problems};
use crate::write::fields::by_words;
use crate::write::set_field;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(required = true)]
    pub fields: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct EditArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    change(context, &args.student, "set", |student, snapshot| {
        let words = snapshot.words()?;
        let mut problems = Vec::new();
        for field in &args.fields {
            let set = match field.split_once('=') {
                Some((key, value)) => set_field(student, key, value, &by_words(words)),
                None => Err(Problem::usage("not-a-field").with("value", field).into()),
            };
            problems.extend(set.err().into_iter().flat_map(|wrong| wrong.0));
        }
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    })
}

/// Opens the file in the teacher's editor, outside the ledger, and takes it back where it can be read.
pub(super) fn edit(context: &Context, args: &EditArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need::students())?;
    let file = snapshot.students[find::student(&snapshot, &args.student, context.day)? as usize].clone();
    let edited = in_editor(&file)?;
    StudentFile::read(&file.path, edited.clone())?;
    context.write(&Need { students: false, logs: crate::ledger::Logs::None }, |_| {
        let mut change_set = ChangeSet::new(&format!("student edit {}", file.student.id));
        change_set.write(&file.path, Some(file.source.clone()), Some(edited));
        Ok(Made { change_set, ids: vec![file.student.id.to_string()], ..Made::default() })
    })
}

fn in_editor(file: &StudentFile) -> Outcome<Vec<u8>> {
    let editor =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_else(|| "vi".to_owned());
    let dir = tempfile::tempdir().map_err(|error| disk_problem("unwritable", "tmp", &error))?;
    let path = dir.path().join(format!("{}.toml", file.student.id));
    let shown = path.to_string_lossy().into_owned();
    std::fs::write(&path, &file.source).map_err(|error| disk_problem("unwritable", &shown, &error))?;
    let mut words = shlex::split(&editor).unwrap_or_default().into_iter();
    let program = words.next().ok_or_else(|| Problem::usage("editor-failed").with("editor", &editor))?;
    let status = Command::new(program).args(words).arg(&path).status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(Problem::usage("editor-failed").with("editor", editor).into());
    }
    std::fs::read(&path).map_err(|error| disk_problem("unreadable", &shown, &error).into())
}
