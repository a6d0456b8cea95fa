//! A sheet of scores, wide (a column a subject) or long (a row a subject), becomes marks with the cells that they come
//! from. Totals, means and ranks are left out, an empty cell says nothing, and all that is wrong is named at once.
//!
//! Whom a row means and which exam it is are for the caller to say, who knows the ledger. Begin with [`read_scores`].

mod exam;
mod mark;
mod row;
mod table;
mod words;

pub use words::{SCORE_WORDS, ScoreWords};

use std::collections::{BTreeMap, BTreeSet};

use super::census::{CensusOptions, LeftOut, LeftOutReason, SheetHeader};
use super::class::Named;
use super::row::Context;
use super::sheet::Sheet;
use super::synonyms::Synonyms;
use super::titles;
use crate::model::{Class, Day, ExamSaid, Mark, Place, Problem};
use row::{OfSheet, Reader};
use table::{Table, table};
use words::Gives;

/// What the caller knows of the sheet.
#[derive(Debug, Clone)]
pub struct ScoreOptions {
    /// The day on which grades are meant.
    pub day: Day,
    pub school_years: u32,
    /// The one sheet to read.
    pub sheet: Option<String>,
    /// Of the children of this class.
    pub class: Option<Class>,
    /// The subject of a sheet that does not name it.
    pub subject: Option<String>,
    /// Full marks of every subject, and of one.
    pub full: Option<String>,
    pub full_of: BTreeMap<String, String>,
}

/// Who a row is of, as it says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whose {
    pub number: String,
    pub name: String,
    pub class: Option<Class>,
}

/// One mark, and its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkIn {
    pub subject: String,
    pub mark: Mark,
    pub place: Place,
}

/// One row with any mark.
#[derive(Debug, Clone, Default)]
pub struct ScoreRow {
    pub place: Place,
    pub whose: Whose,
    /// The cell that says whose row it is.
    pub at: Place,
    pub exam: ExamSaid,
    pub marks: Vec<MarkIn>,
    pub problems: Vec<Problem>,
    /// The row as typed.
    pub cells: Vec<String>,
}

/// Everything that a file of scores says, and everything that is wrong with it.
#[derive(Debug, Default)]
pub struct ScoreReading {
    pub rows: Vec<ScoreRow>,
    /// Of the file as a whole.
    pub problems: Vec<Problem>,
    pub warnings: Vec<Problem>,
    pub left_out: Vec<LeftOut>,
    pub sheets: Vec<SheetHeader>,
}

/// Reads every sheet that has scores. `file` names the file in places.
pub fn read_scores(
    file: &str,
    sheets: &[Sheet],
    words: &ScoreWords,
    synonyms: &Synonyms,
    options: &ScoreOptions,
) -> ScoreReading {
    let mut reading = ScoreReading::default();
    let chosen = choose(sheets, words, options, &mut reading);
    let census = CensusOptions { day: options.day, school_years: options.school_years, id_from: None, sheet: None };
    for (sheet, table) in &chosen {
        let context =
            Context { file, sheet: sheet.name.as_deref(), from_1904: sheet.from_1904, synonyms, options: &census };
        read_sheet(&context, sheet, table, words, options, &mut reading);
    }
    let whole = |code| Problem::data(code, Place::file(file));
    if chosen.is_empty() {
        let blank = sheets.iter().all(|sheet| sheet.rows.is_empty());
        reading.problems.push(match &options.sheet {
            Some(name) if !sheets.iter().any(|sheet| sheet.name.as_ref() == Some(name)) => {
                whole("no-such-sheet").with("sheet", name)
            }
            _ => whole(if blank { "empty" } else { "no-score-column" }),
        });
    } else if reading.rows.is_empty() && reading.problems.is_empty() {
        reading.problems.push(whole("no-scores"));
    }
    reading
}

fn choose<'a>(
    sheets: &'a [Sheet],
    words: &ScoreWords,
    options: &ScoreOptions,
    reading: &mut ScoreReading,
) -> Vec<(&'a Sheet, Table)> {
    let found: Vec<_> = sheets.iter().map(|sheet| table(sheet, words)).collect();
    let is_summary = |sheet: &Sheet| words.is_summary(sheet.name.as_deref().unwrap_or_default());
    // A sheet that is all there is is read whatever its name.
    let others = sheets.iter().zip(&found).any(|(sheet, table)| table.is_some() && !sheet.hidden && !is_summary(sheet));
    let mut chosen = Vec::new();
    for (sheet, table) in sheets.iter().zip(found) {
        let by_name = options.sheet.is_some() && sheet.name == options.sheet;
        let reason = match table {
            _ if options.sheet.is_some() && !by_name => LeftOutReason::NotChosen,
            _ if sheet.rows.is_empty() => LeftOutReason::Empty,
            _ if sheet.hidden && !by_name => LeftOutReason::Hidden,
            None => LeftOutReason::NoScoreColumn,
            Some(_) if !by_name && others && is_summary(sheet) => LeftOutReason::Summary,
            Some(table) => {
                chosen.push((sheet, table));
                continue;
            }
        };
        reading.left_out.push(LeftOut { sheet: sheet.name.clone(), reason });
    }
    chosen
}

fn read_sheet(
    context: &Context<'_>,
    sheet: &Sheet,
    table: &Table,
    words: &ScoreWords,
    options: &ScoreOptions,
    reading: &mut ScoreReading,
) {
    let titles: Vec<&str> = table.titles.iter().map(String::as_str).chain(sheet.name.as_deref()).collect();
    let exam = exam_of(&titles, words, context, &mut reading.problems);
    let subject = options.subject.clone().or_else(|| titles.iter().find_map(|title| words.subject_within(title)));
    let named = match options.class {
        Some(_) => Named::default(),
        None => titles::class(sheet.name.as_deref(), &table.titles, context),
    };
    reading.sheets.push(SheetHeader {
        sheet: sheet.name.clone(),
        titles: table.titles.clone(),
        columns: table.headers.clone(),
    });
    let full = titles.iter().find_map(|title| words.full_in_title(title));
    let of_sheet = OfSheet { exam, subject, named, full };
    for block in &table.blocks {
        let mut reader = Reader::new(context, words, options, block, &of_sheet);
        reading.problems.extend(reader.twice());
        reading.warnings.extend(unknown_columns(context, sheet, table, block));
        let first = sheet.rows.get(table.body).map_or(0, |row| row.number);
        for row in &sheet.rows[table.body..] {
            let cells = titles::filled(sheet, row, first);
            reading.rows.extend(reader.row(row.number, &cells));
        }
    }
}

/// The exam that the titles name. Where they name exams of two kinds, nobody can say which one it is.
fn exam_of(titles: &[&str], words: &ScoreWords, context: &Context<'_>, problems: &mut Vec<Problem>) -> ExamSaid {
    let said: Vec<ExamSaid> = titles.iter().map(|title| words.exam_in(title, &context.synonyms.signs)).collect();
    let kinds: BTreeSet<&str> = said.iter().filter_map(|one| one.kind.as_deref()).collect();
    if kinds.len() > 1 {
        let place = Place::Cell {
            file: context.file.to_owned(),
            sheet: context.sheet.map(str::to_owned),
            row: 1,
            column: None,
        };
        let list: Vec<&str> = kinds.into_iter().collect();
        problems.push(Problem::data("exam-unclear", place).with("kinds", list.join(", ")));
    }
    said.iter().fold(ExamSaid::default(), |exam, one| exam.or(one))
}

/// Columns that hold numbers and that nobody knows: they are named, so that no score is lost unseen.
fn unknown_columns(context: &Context<'_>, sheet: &Sheet, table: &Table, block: &[table::Column]) -> Vec<Problem> {
    let unknown = block.iter().filter(|column| column.gives == Gives::Unknown);
    let holds_numbers = |column: &&table::Column| {
        sheet.rows[table.body..].iter().any(|row| row.cell(column.index).text().trim().parse::<f64>().is_ok())
    };
    let problem = |column: &table::Column| {
        let place = Place::Cell {
            file: context.file.to_owned(),
            sheet: context.sheet.map(str::to_owned),
            row: sheet.rows[table.body - 1].number,
            column: Some(column.header.clone()),
        };
        Problem::data("score-column-unknown", place).with("value", &column.header)
    };
    unknown.filter(holds_numbers).map(problem).collect()
}

/// What a word on the command line says of an exam.
pub fn exam_said(text: &str, words: &ScoreWords, synonyms: &Synonyms) -> ExamSaid {
    words.exam_in(text, &synonyms.signs)
}
