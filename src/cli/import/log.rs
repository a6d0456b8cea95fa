//! `guanai import log KIND FILE`: a spreadsheet of activities. The same file twice changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::{bytes_of, write_rejects};
use crate::cli::log::kind_named;
use crate::cli::{Context, Made, shell};
use crate::import::log::{LogReading, LogRow, LogWords, read_log};
use crate::import::{Facts, RefusedRow, Synonyms, read};
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::kind::{Kind, Target};
use crate::model::{Exit, IdSource, Outcome, Place, Problem, Problems, RowId, StudentId};
use crate::write::recording::{missing_fields, read_fields};
use crate::write::{NewActivity, Recording, funds};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::kinds))]
    pub kind: String,
    pub file: PathBuf,
    #[arg(long)]
    pub accept_good: bool,
    #[arg(long)]
    pub together: bool,
}

const WORDS: &str = "import/log.toml";
const CENSUS_WORDS: &str = "import/census.toml";

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (name, bytes) = bytes_of(&args.file)?;
    let sheets = context.working("working-sheet", || read(&name, &bytes))?;
    let kind = kind_named(&context.definitions()?, &args.kind)?;
    let mut kinds = context.definitions()?.fund_rules()?.kinds();
    if !kinds.contains(&kind.name) {
        kinds = BTreeSet::from([kind.name.clone()]);
    }
    let need = Need { students: true, logs: Logs::Kinds(kinds) };
    context.write(&need, |snapshot| {
        let definitions = snapshot.definitions();
        let words = LogWords::parse(WORDS, &definitions.text(WORDS)?)?;
        let synonyms = Synonyms::parse(CENSUS_WORDS, &definitions.text(CENSUS_WORDS)?)?;
        let years = snapshot.school.school.years;
        let reading = read_log(&name, &sheets, &kind, (&words, &synonyms), context.day, years);
        if !reading.problems.is_empty() {
            return Err(Problems(reading.problems));
        }
        record(context, args, snapshot, &kind, &reading)
    })
}

fn record(context: &Context, args: &Args, snapshot: &Snapshot, kind: &Kind, reading: &LogReading) -> Outcome<Made> {
    let mut recording = Recording::new(snapshot)?;
    let mut ids = Vec::new();
    let mut refused = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut same = 0usize;
    let rules = snapshot.definitions().fund_rules()?;
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for row in &reading.rows {
        let whole = |activity: &NewActivity| match args.together {
            true => Ok(()),
            false => funds::refuse_for_several(&rules, kind, activity, &row.place),
        };
        let added = activity(context, snapshot, kind, row, &mut seen).and_then(|(activity, times)| {
            whole(&activity)?;
            let activity = with_silent_id(&recording, kind, row, activity, times)?;
            Ok((recording.add(kind, &activity)?, activity))
        });
        match added {
            Ok((true, activity)) => {
                places.insert(activity.id.to_string(), row.place.clone());
                ids.push(activity.id.to_string());
            }
            Ok((false, _)) => same += 1,
            Err(wrong) => refused.push(RefusedRow {
                place: row.place.clone(),
                facts: Facts::default(),
                cells: row.cells.clone(),
                problems: wrong.0,
            }),
        }
    }
    if !refused.is_empty() && (!args.accept_good || (ids.is_empty() && same == 0)) {
        return Err(Problems(refused.into_iter().flat_map(|row| row.problems).collect()));
    }
    funds::refuse_overdrawn(snapshot, &recording, &|id| places.get(id).cloned().unwrap_or_default())?;
    let mut messages = Vec::new();
    if !refused.is_empty() && !context.dry_run {
        let path = write_rejects(context, &args.file, &reading.sheets, &refused)?;
        let (count, file) = (refused.len().to_string(), path.to_string_lossy().into_owned());
        messages.push(context.words("rejects-written", &[("count", &count), ("file", &file)]));
    }
    let counts = [ids.len(), same, refused.len(), recording.opened.len(), recording.closed.len()];
    messages.extend(summary(context, reading, counts));
    // The name of a file about one child often is the child's.
    let file = if recording.seals(kind) { "…".into() } else { args.file.display().to_string() };
    let change_set = recording.change_set(&format!("import log {} {file}", kind.name));
    Ok(Made { change_set, ids, messages, ..Made::default() })
}

/// What became of the rows: added, there already, refused, and the follow-ups opened and closed.
fn summary(context: &Context, reading: &LogReading, counts: [usize; 5]) -> Vec<String> {
    let ahead = reading.rows.iter().filter(|row| row.day.is_some_and(|day| day > context.day)).count();
    let ahead = (ahead > 0).then(|| context.words("days-ahead", &[("count", &ahead.to_string())]));
    let said = counts.map(|count| count.to_string());
    let names = ["added", "same", "refused", "opened", "closed"];
    let values: Vec<(&str, &str)> = names.into_iter().zip(said.iter().map(String::as_str)).collect();
    ahead.into_iter().chain([context.words("log-summary", &values)]).collect()
}

/// An id that follows from what a sealed row says would tell it to whoever tries every child: such a row has the id of
/// the one that says the same and is there already, or a random one.
fn with_silent_id(
    recording: &Recording,
    kind: &Kind,
    row: &LogRow,
    activity: NewActivity,
    times: u32,
) -> Outcome<NewActivity> {
    if !recording.seals(kind) || row.id.parse::<RowId>().is_ok() {
        return Ok(activity);
    }
    let there = recording.same_as(kind, &activity)?.into_iter().nth(times as usize - 1);
    Ok(NewActivity { id: there.unwrap_or_else(|| IdSource::Random.row()), ..activity })
}

/// One row as an activity, and the how manieth of this file it is that says the same. Its id follows from what the row
/// says, so that the same row is the same activity again.
fn activity(
    context: &Context,
    snapshot: &Snapshot,
    kind: &Kind,
    row: &LogRow,
    seen: &mut BTreeMap<String, u32>,
) -> Outcome<(NewActivity, u32)> {
    let mut problems = row.problems.clone();
    let mut children: Vec<StudentId> = Vec::new();
    for name in &row.students {
        match student(context, snapshot, row, name) {
            Ok(id) if children.contains(&id) => {}
            Ok(id) => children.push(id),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    let by_class = row.students.is_empty().then_some(row.class).flatten();
    if children.is_empty() && by_class.is_none() && kind.target != Target::School && problems.is_empty() {
        problems.push(Problem::data("row-no-student", row.place.clone()).with("kind", &kind.name));
    }
    let fields = match fields(snapshot, kind, row) {
        Ok(fields) => fields,
        Err(wrong) => {
            problems.extend(wrong.0);
            BTreeMap::new()
        }
    };
    for field in missing_fields(kind, &row.fields) {
        problems.push(
            Problem::data("field-missing", row.place.clone()).with("fields", &field.label.zh).with("kind", &kind.name),
        );
    }
    let (Some(day), true) = (row.day, problems.is_empty()) else { return Err(Problems(problems)) };
    let cell = match by_class {
        Some(class) => format!("class:{class}"),
        None => children.iter().map(StudentId::as_str).collect::<Vec<_>>().join(" "),
    };
    let said = format!("{} {day} {cell} {} {} {} {fields:?}", kind.name, row.staff, row.minutes, row.note);
    let times = seen.entry(said.clone()).or_insert(0);
    *times += 1;
    let id: RowId = match row.id.parse() {
        Ok(id) => id,
        Err(_) => IdSource::derived_from(&[&said, &times.to_string()]).row(),
    };
    let activity = NewActivity {
        id,
        day,
        students: cell,
        children,
        staff: row.staff.clone(),
        minutes: row.minutes.parse().ok(),
        attachments: String::new(),
        note: row.note.clone(),
        fields,
    };
    Ok((activity, *times))
}

/// The child that a name, roll number or id in a row means: by the row's class where it gives one.
fn student(context: &Context, snapshot: &Snapshot, row: &LogRow, name: &str) -> Outcome<StudentId> {
    let by_number = snapshot.students.iter().find(|file| {
        file.student.roll_number.as_deref() == Some(name) || file.student.national_id.as_deref() == Some(name)
    });
    if let Some(file) = by_number {
        return Ok(file.student.id.clone());
    }
    let day = row.day.unwrap_or(context.day);
    let with_class = row.class.map(|class| format!("{name}@{class}"));
    let text = with_class.as_deref().filter(|text| find::student(snapshot, text, day).is_ok()).unwrap_or(name);
    match find::student(snapshot, text, day) {
        Ok(at) => Ok(snapshot.student(at).id.clone()),
        Err(wrong) => Err(Problems(wrong.0.into_iter().map(|problem| in_row(problem, &row.place)).collect())),
    }
}

pub(super) fn in_row(mut problem: Problem, place: &Place) -> Problem {
    problem.place = place.clone();
    problem.exit = Exit::Data;
    problem
}

fn fields(snapshot: &Snapshot, kind: &Kind, row: &LogRow) -> Outcome<BTreeMap<String, String>> {
    let mut stored = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, value) in &row.fields {
        let place = match &row.place {
            Place::Cell { file, sheet, row: number, .. } => {
                let column = row.headers.get(name).cloned();
                Place::Cell { file: file.clone(), sheet: sheet.clone(), row: *number, column }
            }
            other => other.clone(),
        };
        match read_fields(kind, &BTreeMap::from([(name.clone(), value.clone())]), snapshot, &place) {
            Ok(read) => stored.extend(read),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(stored) } else { Err(Problems(problems)) }
}
