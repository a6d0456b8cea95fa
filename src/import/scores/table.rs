//! The table of a sheet: the rows that make the best header, and what each of its columns gives. Tables that stand side
//! by side on one page are blocks of their own.

use std::collections::BTreeSet;

use super::words::{Gives, ScoreWords};
use crate::import::header::joined;
use crate::import::sheet::{Cell, Sheet};

/// Titles above a header take no more rows than this.
const DEEPEST: usize = 30;
const MOST_HEADER_ROWS: usize = 3;

/// One column under its header.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Counted from 0.
    pub index: usize,
    /// As typed, the rows of it joined.
    pub header: String,
    pub gives: Gives,
}

/// A sheet under its header.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Tables side by side, each with columns of its own.
    pub blocks: Vec<Vec<Column>>,
    /// The texts of the rows above the header.
    pub titles: Vec<String>,
    /// The headers by column; empty where a column has none.
    pub headers: Vec<String>,
    /// The place of the first row below the header among the sheet's rows.
    pub body: usize,
}

/// The table of a sheet of scores; nothing where there is none.
pub(super) fn table(sheet: &Sheet, words: &ScoreWords) -> Option<Table> {
    let depth = sheet.rows.len().min(DEEPEST);
    let mut best: Option<(usize, usize, usize)> = None;
    for first in 0..depth {
        for last in first..depth.min(first + MOST_HEADER_ROWS) {
            let worth = worth(&columns(sheet, first, last, words));
            if worth > best.map_or(0, |(worth, ..)| worth) {
                best = Some((worth, first, last));
            }
        }
    }
    let (_, first, last) = best?;
    let columns = columns(sheet, first, last, words);
    let width = columns.iter().map(|column| column.index + 1).max().unwrap_or(0);
    let mut headers = vec![String::new(); width];
    columns.iter().for_each(|column| headers[column.index].clone_from(&column.header));
    let titles = sheet.rows[..first].iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
    Some(Table { blocks: blocks(columns), titles: titles.map(Cell::text).collect(), headers, body: last + 1 })
}

/// How many columns are known, each subject once: under a merged header, only its lower row tells marks from ranks.
/// 0 without a child or without a mark.
fn worth(columns: &[Column]) -> usize {
    let has = |fits: fn(&Gives) -> bool| columns.iter().any(|column| fits(&column.gives));
    let child = has(|gives| matches!(gives, Gives::Number | Gives::Name));
    let mark = has(|gives| matches!(gives, Gives::Of(_) | Gives::Score));
    let subjects: BTreeSet<&str> = columns
        .iter()
        .filter_map(|column| match &column.gives {
            Gives::Of(subject) => Some(subject.as_str()),
            _ => None,
        })
        .collect();
    let others = columns.iter().filter(|column| !matches!(column.gives, Gives::Unknown | Gives::Of(_))).count();
    if child && mark { subjects.len() + others } else { 0 }
}

fn columns(sheet: &Sheet, first: usize, last: usize, words: &ScoreWords) -> Vec<Column> {
    let rows = &sheet.rows[first..=last];
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut groups = vec![String::new(); rows.len()];
    (0..width)
        .filter_map(|index| {
            let header = joined(sheet, rows, index, &mut groups);
            (!header.is_empty()).then(|| Column { index, gives: words.gives(&header), header })
        })
        .collect()
}

/// A column that says again whose row it is begins the next table on the page.
fn blocks(columns: Vec<Column>) -> Vec<Vec<Column>> {
    let mut blocks: Vec<Vec<Column>> = vec![Vec::new()];
    for column in columns {
        let tells = matches!(column.gives, Gives::Number | Gives::Name);
        let block = blocks.last_mut().expect("there is always one");
        let has_marks = block.iter().any(|one| matches!(one.gives, Gives::Of(_) | Gives::Score));
        if tells && has_marks && block.iter().any(|one| one.gives == column.gives) {
            blocks.push(vec![column]);
        } else {
            block.push(column);
        }
    }
    blocks
}
