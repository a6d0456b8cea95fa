//! Finds the header rows of a sheet, joins those of two or three rows, and says what each column gives.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{self, is_space};
use super::sheet::{Row, Sheet};
use super::synonyms::Synonyms;
use super::target::{Field, Owner, Part, Target};

/// Titles and instructions above a header take no more rows than this.
const DEEPEST: usize = 60;
const MOST_HEADER_ROWS: usize = 3;

/// One column under a header.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Counted from 0.
    pub index: usize,
    /// As typed, the rows of it joined.
    pub header: String,
    /// The same as it is compared.
    pub folded: String,
    /// Nothing where no field takes it.
    pub target: Option<Target>,
    /// Among the headers of one target, the lowest is the most specific.
    pub rank: usize,
}

/// A sheet under its header.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub columns: Vec<Column>,
    /// The texts of the rows above the header.
    pub titles: Vec<String>,
    /// The place of the first row below the header among the sheet's rows.
    pub body: usize,
}

/// The table of a sheet: the rows that make the best header, with a name among them. Nothing where there is none.
pub(super) fn table(sheet: &Sheet, synonyms: &Synonyms) -> Option<Table> {
    let depth = sheet.rows.len().min(DEEPEST);
    let mut best: Option<(usize, usize, usize)> = None;
    for first in 0..depth {
        for last in first..depth.min(first + MOST_HEADER_ROWS) {
            let score = score(&columns(sheet, first, last, synonyms));
            if score > best.map_or(0, |(score, ..)| score) {
                best = Some((score, first, last));
            }
        }
    }
    let (_, first, last) = best?;
    let mut columns = columns(sheet, first, last, synonyms);
    let titles = sheet.rows[..first].iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
    columns.iter_mut().for_each(|column| column.folded = fold::header(&column.header));
    give_owners(&mut columns);
    Some(Table { columns, titles: titles.map(|cell| cell.text()).collect(), body: last + 1 })
}

/// How many different things the columns give; 0 without a name.
fn score(columns: &[Column]) -> usize {
    let targets: BTreeSet<Target> = columns.iter().filter_map(|column| column.target).collect();
    if targets.contains(&Target::Child(Field::Name)) { targets.len() } else { 0 }
}

fn columns(sheet: &Sheet, first: usize, last: usize, synonyms: &Synonyms) -> Vec<Column> {
    let rows = &sheet.rows[first..=last];
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut groups: Vec<String> = vec![String::new(); rows.len()];
    (0..width)
        .filter_map(|index| {
            let header = joined(sheet, rows, index, &mut groups);
            if header.is_empty() {
                return None;
            }
            let found = synonyms.target(&header);
            let (target, rank) = (found.map(|(target, _)| target), found.map_or(0, |(_, rank)| rank));
            Some(Column { index, header, folded: String::new(), target, rank })
        })
        .collect()
}

/// The texts of a column from top to bottom. A cell that is empty above a full one belongs to the group on its left.
pub(super) fn joined(sheet: &Sheet, rows: &[Row], index: usize, groups: &mut [String]) -> String {
    let mut header = String::new();
    for (place, row) in rows.iter().enumerate() {
        let own = plain(&row.cell(index).text());
        let below = rows[place + 1..].iter().any(|row| !row.cell(index).is_empty());
        let text = match own.is_empty() {
            false => own,
            true if below && !under_merge(sheet, row.number, index) => groups[place].clone(),
            true => merged_from_left(sheet, row, index),
        };
        groups[place].clone_from(&text);
        header.push_str(&text);
    }
    header
}

/// As typed, but in one line.
fn plain(text: &str) -> String {
    text.trim_matches(is_space).replace(['\r', '\n'], "")
}

/// Whether the cell is the lower part of a merge that begins in a row above.
fn under_merge(sheet: &Sheet, row: u32, index: usize) -> bool {
    sheet
        .merges
        .iter()
        .any(|merge| merge.rows.0 < row && row <= merge.rows.1 && (merge.columns.0..=merge.columns.1).contains(&index))
}

fn merged_from_left(sheet: &Sheet, row: &Row, index: usize) -> String {
    let wide = sheet
        .merges
        .iter()
        .find(|merge| merge.rows.0 == row.number && merge.columns.0 < index && index <= merge.columns.1);
    wide.map_or_else(String::new, |merge| plain(&row.cell(merge.columns.0).text()))
}

/// A header that is typed twice says the second time something of the person on its left: `父亲, 电话, 母亲, 电话`.
fn give_owners(columns: &mut [Column]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for column in &*columns {
        *seen.entry(column.folded.clone()).or_default() += 1;
    }
    let mut owner = None;
    for column in columns {
        match (column.target, owner) {
            (Some(Target::Person(person, Part::Name)), _) => owner = Some(person),
            (Some(target), Some(person)) if seen[&column.folded] > 1 => {
                column.target = Some(of_person(target, person));
            }
            _ => {}
        }
    }
}

fn of_person(target: Target, owner: Owner) -> Target {
    match target {
        Target::Child(Field::Phone) => Target::Person(owner, Part::Phone),
        Target::Child(Field::NationalId) => Target::Person(owner, Part::NationalId),
        Target::Child(Field::Born) => Target::Person(owner, Part::Born),
        Target::Child(Field::Address) => Target::Person(owner, Part::Address),
        Target::Person(Owner::Both, part) => Target::Person(owner, part),
        other => other,
    }
}
