//! `guanai import census FILE`: a new census shows what it adds, changes and no longer has; nobody is deleted.

use std::path::PathBuf;

use super::{answers, bytes_of, write_rejects};
use crate::cli::{Context, Made, errors};
use crate::import::{
    CensusOptions, Does, Form, Reading, Reconciled, RefusedRow, Synonyms, Verdict, read, read_census, reconcile,
};
use crate::ledger::record::{canonical, path_of, rewritten};
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{Exit, IdSource, Outcome, Problem, Problems, Student};
use crate::report::Format;
use crate::report::listing::{self, VerdictRow};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub file: PathBuf,
    #[arg(long)]
    pub sheet: Option<String>,
    #[arg(long, value_name = "COLUMN")]
    pub id_from: Option<String>,
    #[arg(long)]
    pub accept_good: bool,
    #[arg(long, value_name = "ROW=STUDENT")]
    pub same: Vec<String>,
    #[arg(long, value_name = "ROW")]
    pub new: Vec<String>,
}

const WORDS: &str = "import/census.toml";

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (name, bytes) = bytes_of(&args.file)?;
    let sheets = context.working("working-sheet", || read(&name, &bytes))?;
    context.write(&Need::students(), |snapshot| {
        let synonyms = Synonyms::parse(WORDS, &snapshot.definitions().text(WORDS)?)?;
        let options = CensusOptions {
            day: context.day,
            school_years: snapshot.school.school.years,
            id_from: args.id_from.clone(),
            sheet: args.sheet.clone(),
        };
        let mut reading = context.working("working-sheet", || read_census(&name, &sheets, &synonyms, &options));
        if !reading.problems.is_empty() {
            return Err(Problems(reading.all_problems().cloned().collect()));
        }
        let students: Vec<Student> = snapshot.students.iter().map(|file| file.student.clone()).collect();
        let rows = std::mem::take(&mut reading.rows);
        let answers = answers::of(context, snapshot, &args.same, &args.new)?;
        let astray = answers.astray(&name, &rows);
        if !astray.is_empty() {
            return Err(Problems(astray));
        }
        let form = Form { rows, refused: &reading.refused, answers: &answers, day: context.day };
        let reconciled = reconcile(&students, form, &mut IdSource::Random);
        let refused = all_refused(&reading, &reconciled);
        if !refused.is_empty() && (!args.accept_good || taken(&reconciled) == 0) {
            return Err(Problems(refused.into_iter().flat_map(|row| row.problems).collect()));
        }
        made(context, args, snapshot, &reading, &reconciled, &refused)
    })
}

/// How many rows can be taken.
fn taken(reconciled: &Reconciled) -> usize {
    reconciled.verdicts.iter().filter(|verdict| !matches!(verdict.does, Does::Refuse(_))).count()
}

/// The rows that could not be read, and those that could not be told whom they mean.
fn all_refused(reading: &Reading, reconciled: &Reconciled) -> Vec<RefusedRow> {
    let mut refused = reading.refused.clone();
    for verdict in &reconciled.verdicts {
        if let Does::Refuse(problems) = &verdict.does {
            refused.push(RefusedRow {
                place: verdict.place.clone(),
                facts: crate::import::Facts::default(),
                cells: verdict.cells.clone(),
                problems: problems.clone(),
            });
        }
    }
    refused.sort_by(|a, b| a.place.cmp(&b.place));
    refused
}

fn made(
    context: &Context,
    args: &Args,
    snapshot: &Snapshot,
    reading: &Reading,
    reconciled: &Reconciled,
    refused: &[RefusedRow],
) -> Outcome<Made> {
    let mut change_set = ChangeSet::new(&format!("import census {}", args.file.display()));
    for verdict in &reconciled.verdicts {
        match &verdict.does {
            Does::Add(student) => {
                change_set.write(&path_of(&student.id), None, Some(canonical(student).into_bytes()));
            }
            Does::Change { before, after } => {
                let at = snapshot.place_of_student(&before.id).ok_or_else(|| Problem::usage("student-nobody"))?;
                let file = &snapshot.students[at as usize];
                change_set.write(&file.path, Some(file.source.clone()), Some(rewritten(file, after).into_bytes()));
            }
            Does::Nothing(_) | Does::Refuse(_) => {}
        }
    }
    answers::remember(snapshot, &reconciled.answered, &mut change_set)?;
    let mut messages: Vec<String> =
        reading.warnings.iter().map(|problem| errors::message(problem, context.lang)).collect();
    for sheet in &reading.left_out {
        let why = context.words(sheet.reason.key(), &[]);
        messages
            .push(context.words("sheet-left-out", &[("sheet", sheet.sheet.as_deref().unwrap_or("")), ("why", &why)]));
    }
    messages.extend(look_alikes(context, snapshot, reconciled));
    if !refused.is_empty() && !context.dry_run {
        let path = write_rejects(context, &args.file, &reading.headers, refused)?;
        let count = refused.len().to_string();
        let file = path.to_string_lossy().into_owned();
        messages.push(context.words("rejects-written", &[("count", &count), ("file", &file)]));
    }
    messages.push(summary(context, reconciled, refused));
    let table = table(context, snapshot, reconciled, refused)?;
    Ok(Made { change_set, messages, table: Some(table), ..Made::default() })
}

fn look_alikes(context: &Context, snapshot: &Snapshot, reconciled: &Reconciled) -> Vec<String> {
    let mut said = Vec::new();
    for verdict in &reconciled.verdicts {
        let Does::Add(student) = &verdict.does else { continue };
        for alike in &verdict.look_alike {
            let Some(at) = snapshot.place_of_student(&alike.id) else { continue };
            let other = crate::ledger::find::described(snapshot.student(at));
            let fields: Vec<String> =
                alike.fields.iter().map(|field| crate::report::field_label(field, student, context.lang)).collect();
            let fields = fields.join(&context.words("report-list-join", &[]));
            let (row, id) = (answers::row_named(&verdict.place), alike.id.as_str());
            let values = [
                ("name", student.name.as_str()),
                ("other", other.as_str()),
                ("fields", fields.as_str()),
                ("row", row.as_str()),
                ("id", id),
            ];
            said.push(context.words("look-alike", &values));
        }
    }
    said
}

fn summary(context: &Context, reconciled: &Reconciled, refused: &[RefusedRow]) -> String {
    let count = |fits: fn(&Verdict) -> bool| reconciled.verdicts.iter().filter(|one| fits(one)).count().to_string();
    let added = count(|one| matches!(one.does, Does::Add(_)));
    let changed = count(|one| matches!(one.does, Does::Change { .. }));
    let same = count(|one| matches!(one.does, Does::Nothing(_)));
    let (gone, refused) = (reconciled.gone.len().to_string(), refused.len().to_string());
    let values =
        [("added", added.as_str()), ("changed", &changed), ("same", &same), ("gone", &gone), ("refused", &refused)];
    context.words("census-summary", &values)
}

/// Every row that does something, field by field; then those whom the form no longer has.
///
/// On the terminal those who are gone are only counted where they are most of the school: the form is then a list of
/// some children, and not a census of all.
fn table(
    context: &Context,
    snapshot: &Snapshot,
    reconciled: &Reconciled,
    refused: &[RefusedRow],
) -> Outcome<crate::report::Table> {
    let format = context.listing_format()?;
    let is_part = format == Format::Table && reconciled.gone.len() * 2 > snapshot.students.len();
    let gone: Vec<&Student> = reconciled
        .gone
        .iter()
        .filter(|_| !is_part)
        .filter_map(|id| snapshot.place_of_student(id))
        .map(|at| snapshot.student(at))
        .collect();
    let rows: Vec<VerdictRow> = reconciled.verdicts.iter().map(|verdict| row(context, verdict)).collect();
    let rejected: Vec<(crate::model::Place, String)> = refused
        .iter()
        .flat_map(|row| row.problems.iter().map(|problem| (row.place.clone(), errors::what(problem, context.lang))))
        .collect();
    let private = context.private();
    Ok(listing::verdicts(&rows, &gone, &rejected, private, context.lang))
}

fn row<'a>(context: &Context, verdict: &'a Verdict) -> VerdictRow<'a> {
    let place = verdict.place.clone();
    match &verdict.does {
        // On the terminal an added child is one line; a dry run shows each field.
        Does::Add(student) => VerdictRow::Added { place, student, each_field: context.dry_run },
        Does::Change { before, after } => VerdictRow::Changed { place, before, after },
        Does::Nothing(_) | Does::Refuse(_) => VerdictRow::Nothing,
    }
}
