//! `guanai student forget STUDENT…`: scrubs children who have left, once their years are over.

use std::collections::BTreeSet;
use std::path::Path;

use clap_complete::engine::ArgValueCompleter;

use crate::assess::Rules;
use crate::assess::forgetting::due;
use crate::cli::{Context, Made, shell};
use crate::ledger::{Folder, Need, Snapshot, find, leftovers};
use crate::model::leaving::kept_until;
use crate::model::{Exit, Outcome, Place, Problem, Problems, StudentId};
use crate::report::listing::{self, ForgetRow};
use crate::write::forgetting::{Asked, forgetting};
use crate::write::traces::Traces;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(required_unless_present = "due", add = ArgValueCompleter::new(shell::students))]
    pub students: Vec<String>,
    #[arg(long, conflicts_with = "students")]
    pub due: bool,
    #[arg(long, requires = "reason")]
    pub before_time: bool,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// How many files of those that still speak of a child are named.
const MOST: usize = 10;
/// Larger files than this are no writing of a school.
const LARGEST: u64 = 64 * 1024 * 1024;

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let folder = context.folder()?;
    let mut traces = Traces::default();
    let exit = context.write(&Need::everything(), |snapshot| {
        let rows = rows(context, snapshot, args)?;
        let students: BTreeSet<StudentId> = rows.iter().map(|row| snapshot.student(row.student).id.clone()).collect();
        let table = (context.dry_run || args.due).then(|| listing::to_forget(snapshot, &rows, context.lang));
        if students.is_empty() {
            return Ok(Made { table, ..Made::default() });
        }
        let rules = Rules::load(snapshot)?;
        let years = snapshot.school.privacy.keep_years.map(|years| format!("keep-years = {years}"));
        let why = args.reason.clone().or(years).unwrap_or_default();
        let province = |place: &str| rules.places.province_of(place).map(str::to_owned);
        let asked = Asked { students: &students, day: context.day, why: &why, province: &province };
        let done = forgetting(snapshot, &asked)?;
        if !context.dry_run {
            leftovers::clear(&folder)?;
        }
        traces = done.traces;
        let counts = [students.len(), done.rows, done.attachments].map(|count| count.to_string());
        let values = [("students", counts[0].as_str()), ("rows", &counts[1]), ("files", &counts[2])];
        let messages = vec![context.words("forgotten", &values)];
        let ids = students.iter().map(ToString::to_string).collect();
        Ok(Made { change_set: done.change_set, ids, messages, table, ..Made::default() })
    })?;
    if !context.dry_run && !context.in_batch() {
        say_what_remains(context, &folder, &traces);
    }
    Ok(exit)
}

/// Whom to forget; whoever may not be is named with the reason.
fn rows(context: &Context, snapshot: &Snapshot, args: &Args) -> Outcome<Vec<ForgetRow>> {
    if args.due {
        if snapshot.school.privacy.keep_years.is_none() {
            return Err(Problem::usage("forget-no-years").into());
        }
        let found = due(snapshot, context.day, context.day);
        let row = |one: crate::assess::forgetting::Due| ForgetRow {
            student: one.student,
            left: Some(one.left),
            from: Some(one.from),
        };
        return Ok(found.into_iter().map(row).collect());
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for text in &args.students {
        match find::student(snapshot, text, context.day).and_then(|at| may_be_forgotten(context, snapshot, args, at)) {
            Ok(row) => rows.push(row),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(Problems(problems)) }
}

fn may_be_forgotten(context: &Context, snapshot: &Snapshot, args: &Args, at: u32) -> Outcome<ForgetRow> {
    let file = &snapshot.students[at as usize];
    let about = |code: &'static str| {
        let problem = Problem::data(code, Place::line(&file.path, file.line_of("enrolment")));
        problem.with("who", find::described(&file.student)).with("id", &file.student.id)
    };
    // A pupil without a name would stand in every list of today.
    let left = file.student.left_before(context.day).ok_or_else(|| about("forget-enrolled"))?;
    let from = snapshot.school.privacy.keep_years.map(|years| kept_until(left, years));
    let again = file.student.forgotten.is_some();
    match from {
        _ if args.before_time || again => {}
        None => return Err(Problem::usage("forget-no-years").into()),
        Some(from) if from > context.day => {
            return Err(about("forget-early").with("left", left).with("from", from).into());
        }
        Some(_) => {}
    }
    Ok(ForgetRow { student: at, left: Some(left), from })
}

/// Looks at every file of the folder once more, and says what remains there and in git.
fn say_what_remains(context: &Context, folder: &Folder, traces: &Traces) {
    let mut found = Vec::new();
    look(&folder.root, &folder.root, traces, &mut found);
    found.sort();
    if !found.is_empty() {
        let more = if found.len() > MOST { "…" } else { "" };
        found.truncate(MOST);
        let files = found.join("\n    ") + more;
        context.tell(&context.words("forgotten-still", &[("files", &files)]));
    }
    if folder.root.ancestors().any(|above| above.join(".git").exists()) {
        context.tell(&context.words("forgotten-git", &[]));
    }
    context.tell(&context.words("forgotten-elsewhere", &[]));
}

fn look(root: &Path, dir: &Path, traces: &Traces, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(about) = std::fs::symlink_metadata(&path) else { continue };
        if about.is_dir() && entry.file_name() != ".git" {
            look(root, &path, traces, found);
        } else if about.is_file()
            && about.len() <= LARGEST
            && std::fs::read(&path).is_ok_and(|bytes| traces.are_in(&bytes))
        {
            found.push(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned());
        }
    }
}
