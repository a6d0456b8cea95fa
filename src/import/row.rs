//! One row under its header: cells by what they give, and the ways to read them. Whatever is wrong is collected.

use std::collections::BTreeMap;

use super::census::CensusOptions;
use super::date::{Stated, date};
use super::fold::{self, folded, is_space};
use super::header::Column;
use super::phone::phones;
use super::sheet::Cell;
use super::synonyms::Synonyms;
use super::target::{Field, Target};
use crate::model::national_id::masked;
use crate::model::{Place, Problem, When};

/// What is the same for all rows of a sheet.
pub(super) struct Context<'a> {
    pub file: &'a str,
    pub sheet: Option<&'a str>,
    pub from_1904: bool,
    pub synonyms: &'a Synonyms,
    pub options: &'a CensusOptions,
}

/// A cell with content, and its column.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub column: &'a Column,
    pub cell: &'a Cell,
}

impl Given<'_> {
    /// As typed, without white space around it.
    pub(super) fn text(&self) -> String {
        self.cell.text().trim_matches(is_space).to_owned()
    }

    pub(super) fn word(&self) -> String {
        folded(&self.cell.text())
    }
}

pub(super) struct RowReader<'a> {
    pub context: &'a Context<'a>,
    number: u32,
    columns: &'a [Column],
    given: BTreeMap<Target, Given<'a>>,
    ticks: Vec<(Field, usize, Given<'a>)>,
    pub name: String,
    pub extra: BTreeMap<String, String>,
    pub problems: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        number: u32,
        cells: &'a [Cell],
        columns: &'a [Column],
    ) -> RowReader<'a> {
        let mut reader = RowReader {
            context,
            number,
            columns,
            given: BTreeMap::new(),
            ticks: Vec::new(),
            name: String::new(),
            extra: BTreeMap::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        for column in columns {
            let cell = cells.get(column.index).filter(|cell| !cell.is_empty());
            if let Some(cell) = cell {
                reader.put(Given { column, cell });
            }
        }
        reader
    }

    fn put(&mut self, given: Given<'a>) {
        match given.column.target {
            None => self.keep(given),
            Some(Target::Ignored) => {}
            Some(Target::Tick(field, value)) => self.ticks.push((field, value, given)),
            Some(target) => match self.given.get(&target).copied() {
                None => {
                    self.given.insert(target, given);
                }
                Some(other) => self.settle(target, other, given),
            },
        }
    }

    /// Two columns for one thing: the more specific header wins, and what the other says is not lost.
    fn settle(&mut self, target: Target, first: Given<'a>, second: Given<'a>) {
        let first_is_nothing = self.is_absent(&first.word());
        if self.is_absent(&second.word()) || (!first_is_nothing && first.word() == second.word()) {
            return;
        }
        let same_header = fold::header(&first.column.header) == fold::header(&second.column.header);
        if !first_is_nothing && same_header {
            self.refuse(second, "header-twice");
        } else if first_is_nothing || second.column.rank < first.column.rank {
            self.given.insert(target, second);
            if !first_is_nothing {
                self.keep(first);
            }
        } else {
            self.keep(second);
        }
    }

    /// Keeps a cell under its own header, as no field takes it.
    pub(super) fn keep(&mut self, given: Given<'_>) {
        if !self.is_absent(&given.word()) {
            self.keep_text(&given.column.header, given.text());
        }
    }

    pub(super) fn keep_text(&mut self, header: &str, text: String) {
        let kept = self.extra.entry(header.to_owned()).or_default();
        if kept.is_empty() {
            *kept = text;
        } else if *kept != text {
            kept.push('\n');
            kept.push_str(&text);
        }
    }

    /// Whether the table has a column for it, full or empty.
    pub(super) fn has_column(&self, target: Target) -> bool {
        self.columns.iter().any(|column| column.target == Some(target))
    }

    /// A name is missing from its column, which has no cell to point at.
    pub(super) fn miss_name(&mut self) {
        let column = self.columns.iter().find(|column| column.target == Some(Target::Child(Field::Name)));
        let problem = Problem::data("name-missing", self.place(column));
        self.problems.push(problem.with("value", "").with("name", ""));
    }

    pub(super) fn place(&self, column: Option<&Column>) -> Place {
        Place::Cell {
            file: self.context.file.to_owned(),
            sheet: self.context.sheet.map(str::to_owned),
            row: self.number,
            column: column.map(|column| column.header.clone()),
        }
    }

    pub(super) fn refuse(&mut self, given: Given<'_>, code: &'static str) {
        let value = if code.starts_with("id-") { masked(&given.word()) } else { given.text() };
        let problem = Problem::data(code, self.place(Some(given.column)));
        self.problems.push(problem.with("value", value).with("name", &self.name));
    }

    pub(super) fn warn(&mut self, given: Given<'_>, code: &'static str) {
        let problem = Problem::data(code, self.place(Some(given.column)));
        self.warnings.push(problem.with("value", given.text()).with("name", &self.name));
    }

    pub(super) fn is_absent(&self, word: &str) -> bool {
        word.is_empty() || self.context.synonyms.words.absent.iter().any(|absent| absent == word)
    }

    /// The cell of a target, also where it holds a word for nothing. A formula's error is refused.
    pub(super) fn any(&mut self, target: Target) -> Option<Given<'a>> {
        let given = self.given.get(&target).copied()?;
        if matches!(given.cell, Cell::Fault(_)) {
            self.refuse(given, "unknown-value");
            return None;
        }
        Some(given)
    }

    /// The cell of a target, where it holds something.
    pub(super) fn some(&mut self, target: Target) -> Option<Given<'a>> {
        let given = self.any(target)?;
        (!self.is_absent(&given.word())).then_some(given)
    }

    pub(super) fn field(&mut self, field: Field) -> Option<Given<'a>> {
        self.some(Target::Child(field))
    }

    pub(super) fn text(&mut self, field: Field) -> Option<String> {
        self.field(field).map(|given| given.text())
    }

    pub(super) fn yes_or_no(&mut self, target: Target) -> Option<bool> {
        let given = self.any(target)?;
        let answer = self.answer(&given.word());
        if answer.is_none() && !self.is_absent(&given.word()) {
            self.refuse(given, "unknown-value");
        }
        answer
    }

    pub(super) fn answer(&self, word: &str) -> Option<bool> {
        let words = &self.context.synonyms.words;
        let is = |words: &[String]| words.iter().any(|known| known == word);
        if is(&words.yes) { Some(true) } else { is(&words.no).then_some(false) }
    }

    /// The code of a cell in a list of values; other words are refused.
    pub(super) fn code(&mut self, field: Field, list: &str) -> Option<&'a str> {
        let given = self.field(field)?;
        let code = self.context.synonyms.code(list, &given.word());
        if code.is_none() {
            self.refuse(given, "unknown-value");
        }
        code
    }

    /// The values of a field that are marked in a group of columns: code, and the cell.
    pub(super) fn ticked(&mut self, field: Field, list: &str) -> Vec<(&'a str, Given<'a>)> {
        let values = self.context.synonyms.values(list);
        let marked: Vec<_> = self.ticks.iter().filter(|(of, ..)| *of == field).copied().collect();
        let mut codes = Vec::new();
        for (_, value, given) in marked {
            let word = given.word();
            let name = &values[value];
            match self.answer(&word) {
                Some(true) => codes.push((name.0.as_str(), given)),
                Some(false) => {}
                None if self.is_absent(&word) => {}
                None if name.1.contains(&word) || field == Field::HealthStatus => codes.push((name.0.as_str(), given)),
                None => self.refuse(given, "unknown-value"),
            }
        }
        codes
    }

    pub(super) fn phones(&mut self, target: Target) -> Vec<String> {
        let Some(given) = self.some(target) else { return Vec::new() };
        let partings = &self.context.synonyms.words.hard_partings;
        phones(&given.cell.text(), partings).unwrap_or_else(|_| {
            self.refuse(given, "phone");
            Vec::new()
        })
    }

    /// A day or a month. What is no more exact than a year, or is told in words, stays under its own header.
    pub(super) fn when(&mut self, target: Target) -> Option<When> {
        let given = self.some(target)?;
        match date(given.cell, self.context.from_1904, &self.context.synonyms.signs) {
            Ok(Stated::Day(day)) => Some(When::Day(day)),
            Ok(Stated::Month(year, month)) => When::month(year, month),
            Ok(Stated::Year(_)) | Err(super::date::DateFault::Unreadable) => {
                self.keep(given);
                None
            }
            Err(fault) => {
                self.refuse(given, fault.code());
                None
            }
        }
    }
}
