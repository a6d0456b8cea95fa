//! Fills the template of a bureau: the same sheets, headers, order and formats, with a row a child from the records.
//!
//! The reading of a census backwards: the header tells what a column wants (`header`), `values` says it, `sheet_xml`
//! writes it into the sheet as it lies in the workbook. Begin with [`fill`].

mod book;
mod refs;
mod sheet_xml;
mod ticks;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use self::book::Book;
use self::sheet_xml::{Plan, Put, rewritten};
use self::values::{Asked, Said, Writer};
use super::census::{CensusOptions, Reading, RowKind, chosen_sheets, kind_of};
use super::fold::{self, folded};
use super::header::{Column, Table};
use super::row::Context;
use super::sheet::{self, Cell, Row, Sheet};
use super::synonyms::Synonyms;
use super::target::{Field, Target};
use super::titles;
pub(in crate::import) use super::values::key as key_of;
use crate::model::{Class, Day, Outcome, Place, Problem, Student, StudentId};

/// A child as a roster shows it: its record, and what follows from it for the day.
#[derive(Debug, Clone, Copy)]
pub struct Pupil<'a> {
    pub student: &'a Student,
    /// Whether father and mother are away.
    pub away: [Option<bool>; 2],
    /// How many parents are away, as the enrolment system counts them.
    pub away_parents: Option<u8>,
    pub age: Option<i32>,
    /// The school's name.
    pub school: &'a str,
}

/// A template that was filled.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    pub bytes: Vec<u8>,
    pub sheets: Vec<FilledSheet>,
    /// Children whose class has no sheet in the template.
    pub without_sheet: Vec<StudentId>,
}

/// One sheet that was filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledSheet {
    pub name: String,
    pub rows: usize,
    /// Headers that no field gives.
    pub unknown: Vec<String>,
    /// Headers of fields that some children's records do not have, with how many.
    pub missing: Vec<(String, usize)>,
    /// Rows of children that the template held before.
    pub replaced: usize,
    /// Numbers that stand below the children as they did before, and that nobody has reckoned again.
    pub totals: Vec<String>,
}

/// Fills a template with children, in the order given.
///
/// # Errors
/// Where it is no xlsx, or none of its sheets has a column of names.
pub fn fill(
    file: &str,
    bytes: &[u8],
    synonyms: &Synonyms,
    options: &CensusOptions,
    pupils: &[Pupil],
) -> Outcome<Filled> {
    let whole = |code| Problem::data(code, Place::file(file));
    let sheets = sheet::read(file, bytes)?;
    let book = Book::read(bytes).ok_or_else(|| whole("template-not-xlsx"))?;
    let chosen = chosen_sheets(&sheets, synonyms, options, &mut Reading::default());
    if chosen.is_empty() {
        return Err(whole("no-name-column").into());
    }
    let mut filled = Filled::default();
    let mut changed = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (sheet, table) in &chosen {
        let context = Context { file, sheet: sheet.name.as_deref(), from_1904: sheet.from_1904, synonyms, options };
        let name = sheet.name.clone().unwrap_or_default();
        let path = book.parts.get(&name).ok_or_else(|| whole("template-not-xlsx"))?;
        let text = book.part(path).ok_or_else(|| whole("template-not-xlsx"))?;
        let own: Vec<&Pupil> = of_sheet(sheet, table, &context, pupils);
        taken.extend(own.iter().map(|pupil| pupil.student.id.clone()));
        let form = Form { sheet, table, context: &context, book: &book, text: &text };
        let (plan, said) = form.plan(&own);
        let text = rewritten(&text, &plan).ok_or_else(|| whole("template-not-xlsx"))?;
        changed.insert(path.clone(), text);
        filled.sheets.push(said);
    }
    let left = pupils.iter().map(|pupil| &pupil.student.id).filter(|id| !taken.contains(*id));
    filled.without_sheet = left.cloned().collect();
    filled.bytes = book.with(&changed).ok_or_else(|| whole("template-not-xlsx"))?;
    Ok(filled)
}

/// The children of a sheet: where its name or a title names a class or a grade, and no column does, those of it.
fn of_sheet<'p>(sheet: &Sheet, table: &Table, context: &Context<'_>, pupils: &'p [Pupil<'p>]) -> Vec<&'p Pupil<'p>> {
    let has = |field| table.columns.iter().any(|column| column.target == Some(Target::Child(field)));
    let named = titles::class(sheet.name.as_deref(), &table.titles, context);
    let (day, years) = (context.options.day, context.options.school_years);
    let class = named.on(day, years).filter(|_| !has(Field::Class));
    let grade = super::class::Named { number: Some(1), ..named }.on(day, years).filter(|_| !has(Field::Grade));
    let fits = |own: Option<Class>| match (class, grade) {
        (Some(class), _) => own == Some(class),
        (None, Some(grade)) => own.is_some_and(|own| own.cohort == grade.cohort),
        (None, None) => true,
    };
    pupils.iter().filter(|pupil| fits(pupil.student.class)).collect()
}

/// A sheet of the template under its header.
struct Form<'a> {
    sheet: &'a Sheet,
    table: &'a Table,
    context: &'a Context<'a>,
    book: &'a Book<'a>,
    text: &'a str,
}

impl Form<'_> {
    fn plan(&self, pupils: &[&Pupil]) -> (Plan, FilledSheet) {
        let first = self.sheet.rows[..self.table.body].last().map_or(1, |row| row.number + 1);
        let below = &self.sheet.rows[self.table.body..];
        let tail = below.iter().find(|row| self.is_tail(row)).map(|row| row.number);
        let body = || below.iter().filter(|row| tail.is_none_or(|tail| row.number < tail));
        let is_child = |row: &&Row| matches!(kind_of(row, &row.cells, self.table, self.context), RowKind::Child);
        let mut said = FilledSheet {
            name: self.sheet.name.clone().unwrap_or_default(),
            rows: pupils.len(),
            replaced: body().filter(is_child).count(),
            totals: below.iter().filter(|row| tail.is_some_and(|tail| tail <= row.number)).flat_map(total).collect(),
            ..FilledSheet::default()
        };
        let samples: Option<&Row> = body().find(is_child);
        let styles = sheet_xml::styles_of(self.text, first).unwrap_or_default();
        let choices = sheet_xml::choices_of(self.text).unwrap_or_default();
        let all: Vec<Target> = self.table.columns.iter().filter_map(|column| column.target).collect();
        let mut rows: Vec<BTreeMap<usize, Put>> = vec![BTreeMap::new(); pupils.len()];
        let mut columns = Vec::new();
        for column in &self.table.columns {
            let own: Vec<String> = choices
                .iter()
                .filter(|(covered, _)| covered.contains(&column.index))
                .flat_map(|(_, words)| words.iter().map(|word| folded(word)))
                .collect();
            let sample = samples.map(|row| row.cell(column.index));
            let like =
                Like { is_day: styles.get(&column.index).is_some_and(|style| self.book.days.contains(style)), sample };
            let mut missing = 0;
            for (at, pupil) in pupils.iter().enumerate() {
                match self.put(column, &all, &own, like, at, pupil) {
                    Some(put) => {
                        rows[at].insert(column.index, put);
                    }
                    None => missing += 1,
                }
            }
            let is_known = column.target.is_some_and(|target| target != Target::Ignored);
            let is_mark = matches!(column.target, Some(Target::Tick(..)));
            match (is_known, missing) {
                _ if missing < pupils.len() || is_known => columns.push(column.index),
                _ => {}
            }
            match is_known {
                true if missing > 0 && !is_mark => said.missing.push((column.header.clone(), missing)),
                false if missing == pupils.len() && !pupils.is_empty() => said.unknown.push(column.header.clone()),
                _ => {}
            }
        }
        (Plan { first, tail, rows, columns }, said)
    }

    /// Whether notes, totals and signatures begin here, which stay below the children.
    fn is_tail(&self, row: &Row) -> bool {
        if matches!(kind_of(row, &row.cells, self.table, self.context), RowKind::Child) {
            return false;
        }
        let target = |index: usize| {
            let column = self.table.columns.iter().find(|column| column.index == index)?;
            column.target
        };
        let is_prepared = |(index, cell): (usize, &Cell)| {
            let numbered = cell.text().trim().parse::<f64>().is_ok();
            let classed = matches!(target(index), Some(Target::Child(Field::Class | Field::Grade)));
            cell.is_empty() || numbered || (classed && row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1)
        };
        !row.cells.iter().enumerate().all(is_prepared)
    }

    fn put(
        &self,
        column: &Column,
        all: &[Target],
        choices: &[String],
        like: Like,
        at: usize,
        pupil: &Pupil,
    ) -> Option<Put> {
        let synonyms = self.context.synonyms;
        let header = fold::header(&column.header);
        if column.target == Some(Target::Ignored) && synonyms.roster.serial.contains(&header) {
            return Some(Put::Number((at + 1) as f64));
        }
        let writer = Writer { synonyms, day: self.context.options.day };
        let said =
            column.target.and_then(|target| writer.said(&Asked { target, header: &header, all, choices }, pupil));
        // What no field takes was kept under its header when it was read.
        let kept = || pupil.student.extra.get(&column.header).cloned().map(Said::Text);
        match said.or_else(kept)? {
            Said::Text(text) => Some(Put::Text(text)),
            Said::Day(day) => Some(like.day(day, self.sheet.from_1904)),
        }
    }
}

/// What a row below the children sums up: `60` or `60` with its unit, behind a label.
fn total(row: &Row) -> Option<String> {
    let full: Vec<String> = row.cells.iter().filter(|cell| !cell.is_empty()).map(Cell::text).collect();
    let is_number =
        |text: &&String| text.chars().count() < 6 && text.starts_with(|letter: char| letter.is_ascii_digit());
    let number = full.get(1..)?.iter().find(is_number)?;
    Some(format!("{} {number}", full[0].trim()))
}

/// How the template writes a column.
#[derive(Clone, Copy)]
struct Like<'a> {
    /// Its cells show days.
    is_day: bool,
    sample: Option<&'a Cell>,
}

impl Like<'_> {
    /// A day as a number where cells show days; else in the way of the sample, or with hyphens.
    fn day(self, day: Day, from_1904: bool) -> Put {
        if self.is_day {
            // 1900 has a leap day there that never was: 1 March 1900 is day 61, and 1 March 1904 day 60 from 1904.
            let (start, number) = if from_1904 { (Day::new(1904, 3, 1), 60) } else { (Day::new(1900, 3, 1), 61) };
            return Put::Number((day.days_since(start.expect("the calendar has it")) + number) as f64);
        }
        let (year, month, of_month) = (day.year(), day.month(), day.of_month());
        let sample = self.sample.map(Cell::text).unwrap_or_default();
        Put::Text(match sample.as_str() {
            digits if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("{year:04}{month:02}{of_month:02}")
            }
            parted if parted.contains('.') => format!("{year}.{month}.{of_month}"),
            parted if parted.contains('/') => format!("{year}/{month}/{of_month}"),
            _ => day.to_string(),
        })
    }
}
