//! An answer sheet of a scale: one child a row, one item a column, known by its number; or one subscale a column, where the
//! scores were added up elsewhere. Whom a row means is for the caller to find.

mod header;
#[cfg(test)]
mod tests;
mod words;

pub use words::SheetWords;

use std::collections::BTreeMap;

use header::{Column, by_items};

use super::sheet::{Cell, Row, Sheet};
use super::synonyms::Synonyms;
use super::{class, date, fold};
use crate::model::scale::{Answers, Given, Scale, Totals};
use crate::model::{Class, Day, Place, Problem};

/// One row of answers.
#[derive(Debug, Clone, Default)]
pub struct SheetRow {
    pub place: Place,
    /// The child as the row names it.
    pub name: String,
    /// Resident or roll numbers.
    pub numbers: Vec<String>,
    pub class: Option<Class>,
    pub day: Option<Day>,
    pub staff: String,
    pub note: String,
    /// Nothing where the row has no answer at all: the child was not there.
    pub given: Option<Given>,
    pub problems: Vec<Problem>,
    /// The row as typed.
    pub cells: Vec<String>,
}

/// A spreadsheet of answers that has been read.
#[derive(Debug, Default)]
pub struct SheetReading {
    pub rows: Vec<SheetRow>,
    /// Of the file as a whole.
    pub problems: Vec<Problem>,
    pub sheets: Vec<super::SheetHeader>,
    /// The headers of columns that nothing takes.
    pub unread: Vec<String>,
    /// Sheets with neither children nor answers, such as instructions.
    pub left_out: Vec<String>,
}

/// What helps to read a sheet.
pub struct SheetReader<'a> {
    pub file: &'a str,
    pub scale: &'a Scale,
    pub words: &'a SheetWords,
    pub synonyms: &'a Synonyms,
    /// The day on which grades are meant, where a row has none of its own.
    pub day: Day,
    pub school_years: u32,
}

/// Titles above a header take no more rows than this.
const DEEPEST: usize = 20;

impl SheetReader<'_> {
    /// Reads every visible sheet.
    pub fn read(&self, sheets: &[Sheet]) -> SheetReading {
        let mut reading = SheetReading::default();
        for sheet in sheets.iter().filter(|sheet| !sheet.hidden && !sheet.rows.is_empty()) {
            self.sheet(sheet, &mut reading);
        }
        if reading.problems.is_empty() && reading.rows.is_empty() {
            let code = match sheets.iter().all(|sheet| sheet.rows.is_empty()) {
                true => "empty",
                false if reading.sheets.is_empty() => "sheet-no-items",
                false => "no-rows",
            };
            reading.problems.push(self.of_scale(code, Place::file(self.file)));
        }
        reading
    }

    fn sheet(&self, sheet: &Sheet, reading: &mut SheetReading) {
        let known = |row: &Row| self.columns(row).iter().filter(|column| **column < Column::Ignored).count();
        let rows = sheet.rows.iter().take(DEEPEST).enumerate();
        let Some((at, header)) = rows.max_by_key(|(at, row)| (known(row), std::cmp::Reverse(*at))) else { return };
        let columns = self.columns(header);
        if !columns.iter().any(|column| *column < Column::Ignored) {
            reading.left_out.extend(sheet.name.clone());
            return;
        }
        let problems = self.wrong_with_header(sheet, header, &columns);
        if !problems.is_empty() {
            reading.problems.extend(problems);
            return;
        }
        let headers: Vec<String> = header.cells.iter().map(Cell::text).collect();
        let titles = sheet.rows[..at].iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        reading.sheets.push(super::SheetHeader {
            sheet: sheet.name.clone(),
            titles: titles.map(Cell::text).collect(),
            columns: headers.clone(),
        });
        let unread = columns.iter().zip(&headers).filter(|(column, _)| **column == Column::Unknown);
        reading.unread.extend(unread.map(|(_, header)| header.trim().to_owned()).filter(|header| !header.is_empty()));
        let rows = sheet.rows[at + 1..].iter().filter(|row| !self.is_skipped(row));
        reading.rows.extend(rows.map(|row| self.row(sheet, row, &columns, &headers)));
    }

    fn is_skipped(&self, row: &Row) -> bool {
        let first = row.cells.iter().map(Cell::text).find(|text| !text.trim().is_empty());
        let is_skipped = |text: &str| self.words.skipped.words.iter().any(|word| text.starts_with(word.as_str()));
        first.is_none_or(|text| is_skipped(text.trim_start()))
    }

    fn row(&self, sheet: &Sheet, row: &Row, columns: &[Column], headers: &[String]) -> SheetRow {
        let mut read = SheetRow { cells: row.cells.iter().map(Cell::text).collect(), ..SheetRow::default() };
        read.place = self.place(sheet, row, None);
        self.child(sheet, row, columns, headers, &mut read);
        if read.name.is_empty() && read.numbers.is_empty() {
            read.problems.push(Problem::data("sheet-row-no-child", read.place.clone()));
        }
        read.given = match by_items(columns) {
            true => self.answers(sheet, row, columns, &mut read.problems),
            false => self.totals(sheet, row, columns, &mut read.problems),
        };
        read
    }

    /// Whom the row means, and when.
    fn child(&self, sheet: &Sheet, row: &Row, columns: &[Column], headers: &[String], read: &mut SheetRow) {
        let (mut grade, mut class) = (String::new(), None);
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let text = cell.text().trim().to_owned();
            let place = || self.place(sheet, row, headers.get(at).map(String::as_str));
            match columns.get(at).unwrap_or(&Column::Unknown) {
                Column::Name => read.name = fold::name(&text, &self.synonyms.signs.middle_dots),
                Column::Number => read.numbers.push(fold::folded(&text).to_uppercase()),
                Column::Grade => grade = text,
                Column::Class => class = Some((text, place())),
                Column::Date => match date::date(cell, sheet.from_1904, &self.synonyms.signs) {
                    Ok(date::Stated::Day(day)) => read.day = Some(day),
                    Ok(_) => read.problems.push(wrong("no-such-day", place(), &read.name, &text)),
                    Err(fault) => read.problems.push(wrong(fault.code(), place(), &read.name, &text)),
                },
                Column::Staff => read.staff = text,
                Column::Note => read.note = text,
                _ => {}
            }
        }
        let Some((text, place)) = class else { return };
        let named = class::named(&format!("{grade}{text}"), &self.synonyms.signs);
        match named.and_then(|named| named.on(read.day.unwrap_or(self.day), self.school_years)) {
            Some(class) => read.class = Some(class),
            None => read.problems.push(wrong("unknown-class", place, &read.name, &text)),
        }
    }

    fn place(&self, sheet: &Sheet, row: &Row, column: Option<&str>) -> Place {
        Place::Cell {
            file: self.file.to_owned(),
            sheet: sheet.name.clone(),
            row: row.number,
            column: column.map(str::to_owned),
        }
    }

    fn answers(&self, sheet: &Sheet, row: &Row, columns: &[Column], problems: &mut Vec<Problem>) -> Option<Given> {
        let mut answers = Answers::none(self.scale);
        let mut some = false;
        for (column, cell) in columns.iter().zip(&row.cells) {
            let (Column::Item(item), Some(text)) = (column, self.answer(cell)) else { continue };
            some = true;
            match self.scale.score_of(&text) {
                Some(score) => answers.put(*item, score),
                None => {
                    let place = self.place(sheet, row, Some(&item.to_string()));
                    let problem = Problem::data("answer-wrong", place).with("item", item).with("value", cell.text());
                    problems.push(problem.with("answers", self.scale.answers_said()));
                }
            }
        }
        some.then_some(Given::Answers(answers))
    }

    /// The text of an answer; nothing where there is none.
    fn answer(&self, cell: &Cell) -> Option<String> {
        let text = fold::folded(&cell.text());
        let text = text.strip_suffix(".0").unwrap_or(&text);
        let is_missing = text.is_empty() || self.words.item.missing.iter().any(|word| fold::folded(word) == text);
        (!is_missing).then(|| text.to_owned())
    }

    fn totals(&self, sheet: &Sheet, row: &Row, columns: &[Column], problems: &mut Vec<Problem>) -> Option<Given> {
        let mut found: BTreeMap<usize, Option<u32>> = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            let (Column::Part(part), cell) = (column, row.cell(at)) else { continue };
            let Some(text) = self.answer(cell) else { continue };
            let most = self.scale.most_of(*part);
            match text.parse::<u32>().ok().filter(|score| *score <= most) {
                Some(score) => drop(found.insert(*part, Some(score))),
                None => {
                    let label = self.part_labels()[*part];
                    let place = self.place(sheet, row, Some(label));
                    let problem = Problem::data("score-wrong", place).with("part", label).with("value", cell.text());
                    problems.push(problem.with("most", most));
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        let score = |part: usize| found.get(&part).copied().flatten();
        let parts = self.scale.subscale.len();
        Some(Given::Totals(Totals { parts: (0..parts).map(score).collect(), validity: score(parts) }))
    }
}

fn wrong(code: &'static str, place: Place, name: &str, value: &str) -> Problem {
    Problem::data(code, place).with("name", name).with("value", value)
}
