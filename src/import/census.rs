//! A census: sheets of children, one a row, become facts with the place that they came from. All that is wrong is
//! named at once, and the rows that are right are handed over beside it.

use rayon::prelude::*;

use super::child;
use super::class::{Named, named};
use super::facts::Facts;
use super::family;
use super::fold::{self, folded};
use super::header::{self, Column, Table};
use super::row::{Context, RowReader};
use super::sheet::{Cell, Row, Sheet};
use super::synonyms::Synonyms;
use super::target::{Field, Target};
use super::titles;
use crate::model::{Day, Place, Problem};

/// A lone cell longer than this is a remark, not a name.
const LONGEST_LONE_NAME: usize = 15;

/// What the caller knows of the form.
#[derive(Debug, Clone)]
pub struct CensusOptions {
    /// The day that the form speaks of.
    pub day: Day,
    /// Years of primary school: 6, in some places 5.
    pub school_years: u32,
    /// The header of a column to take the students' ids from.
    pub id_from: Option<String>,
    /// The one sheet to read.
    pub sheet: Option<String>,
}

/// Everything that a census says, and everything that is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    pub rows: Vec<CensusRow>,
    pub refused: Vec<RefusedRow>,
    /// What is wrong with the file as a whole.
    pub problems: Vec<Problem>,
    pub left_out: Vec<LeftOut>,
    pub mapping: Vec<MappedColumn>,
    pub warnings: Vec<Problem>,
    /// The headers of each sheet that was read, for the spreadsheet of rows to mend.
    pub headers: Vec<SheetHeader>,
}

impl Reading {
    /// Every problem: of the file, then of its rows.
    pub fn all_problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.refused.iter().flat_map(|row| &row.problems))
    }
}

/// One row whose every cell could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct CensusRow {
    pub place: Place,
    pub facts: Facts,
    /// The row as typed, by column.
    pub cells: Vec<String>,
}

/// One row with something to mend.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedRow {
    pub place: Place,
    /// What could be read of it.
    pub facts: Facts,
    pub cells: Vec<String>,
    pub problems: Vec<Problem>,
}

/// A sheet that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub sheet: Option<String>,
    pub reason: LeftOutReason,
}

/// Why a sheet was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    Empty,
    Hidden,
    NotChosen,
    /// Its name says that it repeats or explains other sheets.
    Summary,
    NoNameColumn,
    NoScoreColumn,
}

impl LeftOutReason {
    /// The key of its words in `src/text/`.
    pub fn key(self) -> &'static str {
        match self {
            LeftOutReason::Empty => "sheet-empty",
            LeftOutReason::Hidden => "sheet-hidden",
            LeftOutReason::NotChosen => "sheet-not-chosen",
            LeftOutReason::Summary => "sheet-summary",
            LeftOutReason::NoNameColumn => "sheet-no-name-column",
            LeftOutReason::NoScoreColumn => "sheet-no-score-column",
        }
    }
}

/// A column and the field that takes it: a field's name, `ignored` or `extra`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    pub sheet: Option<String>,
    pub header: String,
    pub field: String,
}

/// What stands above the rows of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHeader {
    pub sheet: Option<String>,
    pub titles: Vec<String>,
    /// By column; empty where a column has none.
    pub columns: Vec<String>,
}

/// Reads every sheet that lists children. `file` names the file in places.
pub fn read_census(file: &str, sheets: &[Sheet], synonyms: &Synonyms, options: &CensusOptions) -> Reading {
    let mut reading = Reading::default();
    let chosen = chosen_sheets(sheets, synonyms, options, &mut reading);
    for (sheet, table) in &chosen {
        let context = Context { file, sheet: sheet.name.as_deref(), from_1904: sheet.from_1904, synonyms, options };
        read_sheet(&context, sheet, table, &mut reading);
    }
    let whole_file = |code| Problem::data(code, Place::file(file));
    if chosen.is_empty() {
        let blank = sheets.iter().all(|sheet| sheet.rows.is_empty());
        reading.problems.push(match &options.sheet {
            Some(name) if !sheets.iter().any(|sheet| sheet.name.as_ref() == Some(name)) => {
                whole_file("no-such-sheet").with("sheet", name)
            }
            _ => whole_file(if blank { "empty" } else { "no-name-column" }),
        });
    } else if reading.rows.is_empty() && reading.refused.is_empty() {
        reading.problems.push(whole_file("no-rows"));
    }
    reading
}

/// The sheets that list children, with their headers.
pub(super) fn chosen_sheets<'a>(
    sheets: &'a [Sheet],
    synonyms: &Synonyms,
    options: &CensusOptions,
    reading: &mut Reading,
) -> Vec<(&'a Sheet, Table)> {
    let found: Vec<_> = sheets.iter().map(|sheet| header::table(sheet, synonyms)).collect();
    let is_summary = |sheet: &Sheet| {
        let name = sheet.name.as_deref().map(folded).unwrap_or_default();
        synonyms.skip_sheets.iter().any(|word| name.contains(word.as_str()))
    };
    // A sheet that is all there is is read whatever its name.
    let others = sheets.iter().zip(&found).any(|(sheet, table)| table.is_some() && !sheet.hidden && !is_summary(sheet));
    let mut chosen = Vec::new();
    for (sheet, table) in sheets.iter().zip(found) {
        let by_name = options.sheet.is_some() && sheet.name == options.sheet;
        let reason = match &table {
            _ if options.sheet.is_some() && !by_name => LeftOutReason::NotChosen,
            _ if sheet.rows.is_empty() => LeftOutReason::Empty,
            _ if sheet.hidden && !by_name => LeftOutReason::Hidden,
            None => LeftOutReason::NoNameColumn,
            Some(_) if !by_name && others && is_summary(sheet) => LeftOutReason::Summary,
            Some(table) => {
                chosen.push((sheet, table.clone()));
                continue;
            }
        };
        reading.left_out.push(LeftOut { sheet: sheet.name.clone(), reason });
    }
    chosen
}

fn read_sheet(context: &Context<'_>, sheet: &Sheet, table: &Table, reading: &mut Reading) {
    describe(context, table, reading);
    let body = &sheet.rows[table.body..];
    let Some(first) = body.first() else { return };
    let kinds: Vec<(Vec<Cell>, RowKind)> = body
        .par_iter()
        .map(|row| {
            let cells = titles::filled(sheet, row, first.number);
            let kind = kind_of(row, &cells, table, context);
            (cells, kind)
        })
        .collect();
    let mut titled = titles::class(sheet.name.as_deref(), &table.titles, context);
    let mut children = Vec::with_capacity(body.len());
    for (row, (cells, kind)) in body.iter().zip(&kinds) {
        match kind {
            RowKind::Nothing => {}
            RowKind::Title(named) => titled = *named,
            RowKind::Child => children.push((row, cells, titled)),
        }
    }
    let read: Vec<_> =
        children.into_par_iter().map(|(row, cells, titled)| read_row(context, row, cells, table, titled)).collect();
    for (warnings, row) in read {
        reading.warnings.extend(warnings);
        match row {
            Ok(row) => reading.rows.push(row),
            Err(refused) => reading.refused.push(refused),
        }
    }
}

fn describe(context: &Context<'_>, table: &Table, reading: &mut Reading) {
    let sheet = context.sheet.map(str::to_owned);
    let mut columns = Vec::new();
    for column in &table.columns {
        let field = column.target.map_or_else(|| "extra".to_owned(), Target::code);
        reading.mapping.push(MappedColumn { sheet: sheet.clone(), header: column.header.clone(), field });
        columns.resize(column.index, String::new());
        columns.push(column.header.clone());
    }
    reading.headers.push(SheetHeader { sheet, titles: table.titles.clone(), columns });
}

pub(super) enum RowKind {
    Nothing,
    /// A title between the tables of two classes.
    Title(Named),
    Child,
}

pub(super) fn kind_of(row: &Row, cells: &[Cell], table: &Table, context: &Context<'_>) -> RowKind {
    let full: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
    if let [only] = full[..] {
        let text = only.text();
        if let Some(named) = titles::within(&text, context) {
            return RowKind::Title(named);
        }
        if text.chars().count() > LONGEST_LONE_NAME {
            return RowKind::Nothing;
        }
    }
    let repeated = table.columns.iter().filter(|column| repeats(column, cells)).count();
    let idle = !table.columns.iter().any(|column| is_telling(column) && !row.cell(column.index).is_empty());
    let named = cell_of(table, Field::Name, cells).map(|cell| fold::folded(&cell.text())).unwrap_or_default();
    let first = full.first().map(|cell| folded(&cell.text())).unwrap_or_default();
    let skipped = [&first, &named]
        .into_iter()
        .any(|text| context.synonyms.skip_rows.iter().any(|word| text.starts_with(word.as_str())));
    if repeated > 1 || idle || skipped { RowKind::Nothing } else { RowKind::Child }
}

/// Whether a cell is its own column's header, or the lower row of it, as on a second page.
fn repeats(column: &Column, cells: &[Cell]) -> bool {
    let own = cells.get(column.index).map(|cell| fold::header(&cell.text())).unwrap_or_default();
    own.chars().count() > 1 && column.folded.ends_with(&own)
}

/// Forms come with numbers and classes typed in before there is a child.
fn is_telling(column: &Column) -> bool {
    !matches!(column.target, Some(Target::Ignored | Target::Child(Field::Class | Field::Grade)))
}

fn cell_of<'a>(table: &Table, field: Field, cells: &'a [Cell]) -> Option<&'a Cell> {
    let column = table.columns.iter().find(|column| column.target == Some(Target::Child(field)))?;
    cells.get(column.index)
}

/// What a row says and what is worth a warning in it; or why it is refused.
fn read_row(
    context: &Context<'_>,
    row: &Row,
    cells: &[Cell],
    table: &Table,
    titled: Named,
) -> (Vec<Problem>, Result<CensusRow, RefusedRow>) {
    let mut reader = RowReader::new(context, row.number, cells, &table.columns);
    let mut facts = child::facts(&mut reader, titled);
    family::add(&mut reader, &mut facts);
    facts.id = titles::id(&mut reader, cells, &table.columns);
    facts.extra = std::mem::take(&mut reader.extra);
    let place = reader.place(None);
    let cells = cells.iter().map(Cell::text).collect();
    let RowReader { warnings, problems, .. } = reader;
    match problems.is_empty() {
        true => (warnings, Ok(CensusRow { place, facts, cells })),
        false => (warnings, Err(RefusedRow { place, facts, cells, problems })),
    }
}

/// A sheet's own name may be a grade or a class.
pub(super) fn whole(text: &str, context: &Context<'_>) -> Option<Named> {
    named(text, &context.synonyms.signs).filter(|named| named.year.is_some())
}
