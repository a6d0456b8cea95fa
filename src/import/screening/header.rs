//! The columns of an answer sheet: what each gives, and what is wrong with a header as a whole.

use std::collections::BTreeSet;

use super::super::fold;
use super::super::sheet::{Row, Sheet};
use super::SheetReader;
use crate::model::kind::Label;
use crate::model::{Place, Problem};

/// What a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    Number,
    Class,
    Grade,
    Date,
    Staff,
    Note,
    Item(u32),
    /// A number that is none of the scale's.
    NoItem,
    /// The score of a subscale, by its place; behind them all the validity score.
    Part(usize),
    Ignored,
    Unknown,
}

impl SheetReader<'_> {
    /// A child's column, and each item or each subscale once: a sheet that lacks one is another scale's.
    pub(super) fn wrong_with_header(&self, sheet: &Sheet, header: &Row, columns: &[Column]) -> Vec<Problem> {
        let place = |at: Option<usize>| Place::Cell {
            file: self.file.to_owned(),
            sheet: sheet.name.clone(),
            row: header.number,
            column: at.map(|at| header.cell(at).text()),
        };
        let mut problems = Vec::new();
        if !columns.iter().any(|column| matches!(column, Column::Name | Column::Number)) {
            problems.push(Problem::data("sheet-no-child", place(None)));
        }
        let mut seen = BTreeSet::new();
        for (at, column) in columns.iter().enumerate() {
            match column {
                Column::Item(_) | Column::Part(_) if !seen.insert(*column) => {
                    problems.push(Problem::data("sheet-item-twice", place(Some(at))));
                }
                Column::NoItem => problems.push(self.of_scale("sheet-item-unknown", place(Some(at)))),
                _ => {}
            }
        }
        let items: Vec<u32> = (1..=self.scale.items).collect();
        let (missing, all) = if by_items(columns) {
            let missing = items.iter().filter(|item| !seen.contains(&Column::Item(**item)));
            (missing.map(u32::to_string).collect::<Vec<_>>(), items.len())
        } else {
            let parts = self.part_labels();
            let missing = (0..parts.len()).filter(|part| !seen.contains(&Column::Part(*part)));
            (missing.map(|part| parts[part].to_owned()).collect(), parts.len())
        };
        if missing.len() == all {
            problems.push(self.of_scale("sheet-no-items", place(None)));
        } else if !missing.is_empty() {
            problems.push(self.of_scale("sheet-items-missing", place(None)).with("missing", missing.join(", ")));
        }
        problems
    }

    pub(super) fn of_scale(&self, code: &'static str, place: Place) -> Problem {
        Problem::data(code, place).with("scale", &self.scale.name).with("items", self.scale.items)
    }

    /// The labels of the scores that the scale gives.
    pub(super) fn part_labels(&self) -> Vec<&str> {
        self.scale.parts().map(|(_, label)| label.zh.as_str()).collect()
    }

    pub(super) fn columns(&self, row: &Row) -> Vec<Column> {
        row.cells.iter().map(|cell| self.column(&cell.text())).collect()
    }

    fn column(&self, text: &str) -> Column {
        let header = fold::header(text);
        if header.is_empty() {
            return Column::Unknown;
        }
        if let Some(known) = self.known(&header) {
            return known;
        }
        let Some((number, rest)) = self.numbered(text) else { return Column::Unknown };
        // A questionnaire program numbers the question for the name as well.
        self.known(&fold::header(&rest)).unwrap_or(match (1..=self.scale.items).contains(&number) {
            true => Column::Item(number),
            false => Column::NoItem,
        })
    }

    fn known(&self, header: &str) -> Option<Column> {
        let said = |words: &[String]| words.iter().any(|word| fold::header(word).eq_ignore_ascii_case(header));
        let headers = &self.words.headers;
        let lists = [
            (&headers.name, Column::Name),
            (&headers.number, Column::Number),
            (&headers.class, Column::Class),
            (&headers.grade, Column::Grade),
            (&headers.date, Column::Date),
            (&headers.staff, Column::Staff),
            (&headers.note, Column::Note),
            (&self.words.ignored.headers, Column::Ignored),
        ];
        let names = |(id, label): (&str, &Label)| {
            [id, &label.zh, &label.en]
                .into_iter()
                .chain(label.also.iter().map(String::as_str))
                .any(|word| fold::header(word).eq_ignore_ascii_case(header))
        };
        let part = || self.scale.parts().position(names).map(Column::Part);
        lists.into_iter().find(|(words, _)| said(words)).map(|(_, column)| column).or_else(part)
    }

    /// The number of an item's column, and what stands behind it.
    fn numbered(&self, text: &str) -> Option<(u32, String)> {
        let text = fold::folded(text).to_lowercase();
        let behind = self.words.item.before.iter().find_map(|word| text.strip_prefix(word.to_lowercase().as_str()));
        let text = behind.unwrap_or(&text);
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        // A number cell that was saved as text: 3.0.
        let rest = if rest == ".0" { "" } else { rest };
        let after = self.words.item.after.iter().find_map(|sign| rest.strip_prefix(fold::folded(sign).as_str()));
        let rest = if rest.is_empty() { Some("") } else { after };
        Some((number.parse().ok()?, rest?.to_owned()))
    }
}

/// Whether a sheet has answers, and not sums.
pub(super) fn by_items(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column, Column::Item(_)))
}
