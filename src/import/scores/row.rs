//! One row of a sheet of scores: whose it is, of which exam, and its marks. Whatever is wrong is collected.

use std::collections::BTreeMap;

use super::mark::decimal;
use super::table::Column;
use super::words::{Gives, ScoreWords};
use super::{MarkIn, ScoreOptions, ScoreRow, Whose};
use crate::import::class::{self, Named};
use crate::import::date::{Stated, date};
use crate::import::fold::{self, folded};
use crate::import::identity::is_rounded;
use crate::import::row::Context;
use crate::import::sheet::Cell;
use crate::model::national_id::masked;
use crate::model::{Class, ExamSaid, Mark, Place, Problem};

/// What the titles of a sheet say of all its rows.
pub(super) struct OfSheet {
    pub exam: ExamSaid,
    /// The subject of a table that has no column for it.
    pub subject: Option<String>,
    /// The class, or its grade alone.
    pub named: Named,
    /// Full marks.
    pub full: Option<String>,
}

/// What is the same for all rows of a table.
pub(super) struct Reader<'a> {
    context: &'a Context<'a>,
    words: &'a ScoreWords,
    options: &'a ScoreOptions,
    columns: &'a [Column],
    sheet: &'a OfSheet,
    /// Full marks by subject, as headers and a row of full marks say them.
    full_of: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        words: &'a ScoreWords,
        options: &'a ScoreOptions,
        columns: &'a [Column],
        sheet: &'a OfSheet,
    ) -> Reader<'a> {
        let full = |column: &Column| match &column.gives {
            Gives::Of(subject) => Some((subject.clone(), words.full_in_header(&column.header)?)),
            _ => None,
        };
        let full_of = columns.iter().filter_map(full).collect();
        Reader { context, words, options, columns, sheet, full_of }
    }

    /// Two columns for one subject: nobody can say which one counts.
    pub(super) fn twice(&self) -> Vec<Problem> {
        let mut seen: BTreeMap<&str, &Column> = BTreeMap::new();
        let mut problems = Vec::new();
        for column in self.columns {
            let Gives::Of(subject) = &column.gives else { continue };
            if let Some(first) = seen.insert(subject, column) {
                let problem = Problem::data("score-subject-twice", self.place(1, Some(column)));
                problems.push(problem.with("subject", subject).with("value", &first.header));
            }
        }
        problems
    }

    /// What a row says; nothing where it is no child's, or has no mark at all.
    pub(super) fn row(&mut self, number: u32, cells: &[Cell]) -> Option<ScoreRow> {
        let full_cells: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        let first = full_cells.first().map(|cell| cell.text())?;
        let (number_text, name) = (self.text(cells, &Gives::Number), self.text(cells, &Gives::Name));
        if [&first, &name].iter().any(|text| self.words.is_row_of_full_marks(text)) {
            self.note_full_marks(cells);
            return None;
        }
        let is_number = number_text.chars().filter(char::is_ascii_digit).count() >= 6;
        let skipped = [&first, &name].iter().any(|text| self.words.skips(text));
        if (skipped && !is_number) || self.repeats_header(cells) {
            return None;
        }
        let mut row = ScoreRow { place: self.place(number, None), ..ScoreRow::default() };
        row.cells = cells.iter().map(Cell::text).collect();
        row.at = self.place(number, self.telling(cells));
        row.whose = Whose { number: folded(&number_text), name: self.name(&name), class: self.class(cells, &mut row) };
        row.exam = self.exam(cells, &mut row);
        self.marks(number, cells, &mut row);
        if row.marks.is_empty() && row.problems.is_empty() {
            return None;
        }
        self.refuse_rounded(number, cells, &mut row);
        if row.whose.number.is_empty() && row.whose.name.is_empty() && row.problems.is_empty() {
            row.problems.push(Problem::data("score-no-child", row.place.clone()));
        }
        Some(row)
    }

    /// A roll number that was typed as a number has lost its last digits, and is nobody's.
    fn refuse_rounded(&self, number: u32, cells: &[Cell], row: &mut ScoreRow) {
        let Some(cell) = self.cell(cells, &Gives::Number).filter(|cell| is_rounded(cell, &row.whose.number)) else {
            return;
        };
        let problem = Problem::data("id-rounded", self.place(number, self.column(&Gives::Number)));
        row.problems.push(problem.with("value", masked(&cell.text())).with("name", &row.whose.name));
        row.whose.number.clear();
    }

    fn column(&self, gives: &Gives) -> Option<&'a Column> {
        self.columns.iter().find(|column| column.gives == *gives)
    }

    fn cell<'c>(&self, cells: &'c [Cell], gives: &Gives) -> Option<&'c Cell> {
        cells.get(self.column(gives)?.index).filter(|cell| !cell.is_empty())
    }

    fn text(&self, cells: &[Cell], gives: &Gives) -> String {
        self.cell(cells, gives).map(|cell| cell.text().trim_matches(fold::is_space).to_owned()).unwrap_or_default()
    }

    fn name(&self, text: &str) -> String {
        fold::name(text, &self.context.synonyms.signs.middle_dots)
    }

    /// The column that says whose the row is: the number where there is one.
    fn telling(&self, cells: &[Cell]) -> Option<&'a Column> {
        let with_cell = |gives: Gives| self.cell(cells, &gives).and_then(|_| self.column(&gives));
        with_cell(Gives::Number).or_else(|| with_cell(Gives::Name))
    }

    fn place(&self, row: u32, column: Option<&Column>) -> Place {
        Place::Cell {
            file: self.context.file.to_owned(),
            sheet: self.context.sheet.map(str::to_owned),
            row,
            column: column.map(|column| column.header.clone()),
        }
    }

    /// The header, or a row of it, that stands again on a second page.
    fn repeats_header(&self, cells: &[Cell]) -> bool {
        let same = |column: &&Column| {
            let text = fold::header(&cells.get(column.index).map(Cell::text).unwrap_or_default());
            let header = fold::header(&column.header);
            text.chars().count() > 1 && (header.starts_with(&text) || header.ends_with(&text))
        };
        self.columns.iter().filter(same).count() > 1
    }

    fn note_full_marks(&mut self, cells: &[Cell]) {
        for column in self.columns {
            let Gives::Of(subject) = &column.gives else { continue };
            let text = cells.get(column.index).map(Cell::text).unwrap_or_default();
            if let Some(full) = decimal(&folded(&text)) {
                self.full_of.insert(subject.clone(), full);
            }
        }
    }

    /// The class of a row: of its own columns, or of the sheet.
    fn class(&self, cells: &[Cell], row: &mut ScoreRow) -> Option<Class> {
        if let Some(class) = self.options.class {
            return Some(class);
        }
        let signs = &self.context.synonyms.signs;
        let (class, grade) = (self.text(cells, &Gives::Class), self.text(cells, &Gives::Grade));
        let year = class::grade(&grade, signs).or(self.sheet.named.year);
        let named = match class.is_empty() {
            true if grade.is_empty() => self.sheet.named,
            true => Named { year, number: self.sheet.named.number },
            false => {
                let named = class::named(&class, signs).filter(|named| named.year.is_some());
                let named = named.or_else(|| class::beside_grade(&class, signs));
                let Some(named) = named else {
                    let place = self.place(row.place.row().unwrap_or(1), self.column(&Gives::Class));
                    let problem = Problem::data("unknown-class", place).with("value", &class);
                    row.problems.push(problem.with("name", self.text(cells, &Gives::Name)));
                    return None;
                };
                Named { year: named.year.or(year), ..named }
            }
        };
        // A grade alone holds several classes.
        named.number.filter(|number| *number > 0)?;
        named.on(self.context.options.day, self.context.options.school_years)
    }

    /// The exam of a row: of its own columns, and for the rest of the sheet.
    fn exam(&self, cells: &[Cell], row: &mut ScoreRow) -> ExamSaid {
        let signs = &self.context.synonyms.signs;
        let mut own = self.words.exam_in(&self.text(cells, &Gives::Exam), signs);
        if let Some(cell) = self.cell(cells, &Gives::Date) {
            match date(cell, self.context.from_1904, signs) {
                Ok(Stated::Day(day)) => own.day = Some(day),
                other => {
                    let code = other.map_or_else(|fault| fault.code(), |_| "no-such-day");
                    let place = self.place(row.place.row().unwrap_or(1), self.column(&Gives::Date));
                    let problem = Problem::data(code, place).with("value", cell.text());
                    row.problems.push(problem.with("name", self.text(cells, &Gives::Name)));
                }
            }
        }
        own.or(&self.sheet.exam)
    }

    fn marks(&self, number: u32, cells: &[Cell], row: &mut ScoreRow) {
        for column in self.columns {
            let Some(cell) = cells.get(column.index).filter(|cell| !cell.is_empty()) else { continue };
            let subject = match &column.gives {
                Gives::Of(subject) => subject.clone(),
                Gives::Score => match self.subject_of(cells) {
                    Some(subject) => subject,
                    None => {
                        row.problems.push(Problem::data("score-no-subject", self.place(number, Some(column))));
                        continue;
                    }
                },
                _ => continue,
            };
            let full = self.full_marks(cells, &subject);
            let place = self.place(number, Some(column));
            match self.mark(cell, &full) {
                Ok(Some(mark)) => match above(&mark) {
                    Some(score) => row.problems.push(
                        Problem::data("score-above-full", place)
                            .with("value", score)
                            .with("full", full)
                            .with("subject", subject),
                    ),
                    None => row.marks.push(MarkIn { subject, mark, place }),
                },
                Ok(None) => {}
                Err(()) => {
                    let problem = Problem::data("score-not-a-mark", place);
                    row.problems.push(problem.with("value", cell.text()).with("subject", subject));
                }
            }
        }
    }

    fn subject_of(&self, cells: &[Cell]) -> Option<String> {
        match self.column(&Gives::Subject) {
            Some(_) => {
                let typed = self.text(cells, &Gives::Subject);
                (!typed.is_empty()).then(|| self.words.subject(&typed))
            }
            None => self.sheet.subject.clone(),
        }
    }

    /// What the command says comes first, then the row, the header or the row of full marks, the title, the file of words.
    fn full_marks(&self, cells: &[Cell], subject: &str) -> String {
        let of_row = || decimal(&folded(&self.text(cells, &Gives::Full)));
        let own = self.options.full_of.get(subject).cloned();
        own.or_else(|| self.options.full.clone())
            .or_else(of_row)
            .or_else(|| self.full_of.get(subject).cloned())
            .or_else(|| self.sheet.full.clone())
            .unwrap_or_else(|| self.words.default_full.to_string())
    }

    fn mark(&self, cell: &Cell, full: &str) -> Result<Option<Mark>, ()> {
        match cell {
            Cell::Empty => Ok(None),
            Cell::Number(_) | Cell::Text(_) => self.words.mark(&cell.text(), full),
            Cell::Date(_) | Cell::Bool(_) | Cell::Fault(_) => Err(()),
        }
    }
}

/// The score that is above its full marks.
fn above(mark: &Mark) -> Option<&str> {
    let Mark::Score { score, full } = mark else { return None };
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::MAX);
    (number(score) > number(full)).then_some(score)
}
