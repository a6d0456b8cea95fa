//! Logs and registers: a row is known by its id, and merged cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use super::clash::{self, CLASH_COLUMN};
use super::{Merged, Outcome, Three, settled};
use crate::ledger::table::{Cells, Table, encode};
use crate::model::Clash;

/// Rows by id.
type Rows = BTreeMap<String, Cells>;

pub(super) fn merged(path: &str, three: Three) -> Option<Merged> {
    let [one, other] = three.in_order();
    let tables = [table(path, three.base)?, table(path, one)?, table(path, other)?];
    let [base, one, other] = [rows(&tables[0])?, rows(&tables[1])?, rows(&tables[2])?];
    let ids: BTreeSet<&String> = base.keys().chain(one.keys()).chain(other.keys()).collect();
    let mut clashes = Vec::new();
    let mut found: Vec<Cells> = Vec::new();
    for id in ids {
        let sides = [base.get(id), one.get(id), other.get(id)];
        match settled(sides[0], sides[1], sides[2]) {
            Outcome::One(row) => found.extend(row),
            Outcome::Both(one, other) => found.push(row(sides[0], &one, &other, &mut clashes)),
        }
    }
    let columns = columns(&tables, &found);
    let mut bytes = encode(columns.iter().map(String::as_str));
    for row in &found {
        bytes.extend(encode(columns.iter().map(|column| row.get(column).map_or("", String::as_str))));
    }
    let bytes = Table::read(path, bytes, &["id"]).canonical();
    Some(Merged { bytes, clashes })
}

/// A copy of the file, where it can be read whole; a copy that is not there has no rows.
fn table(path: &str, bytes: &[u8]) -> Option<Table> {
    let required: &[&str] = if bytes.is_empty() { &[] } else { &["id"] };
    let table = Table::read(path, bytes.to_vec(), required);
    table.problems.is_empty().then_some(table)
}

/// The rows by id; nothing where two have one id, or a row has none.
fn rows(table: &Table) -> Option<Rows> {
    let mut found = Rows::new();
    for row in 0..table.len() {
        let cells = table.cells_of(row).into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let id = table.get(row, "id").to_owned();
        if id.is_empty() || found.insert(id, cells).is_some() {
            return None;
        }
    }
    Some(found)
}

/// A row that both sides changed, or both made under one id.
fn row(base: Option<&Cells>, one: &Cells, other: &Cells, clashes: &mut Vec<Clash>) -> Cells {
    let empty = Cells::new();
    let base = base.unwrap_or(&empty);
    let mut known: Vec<Clash> = [one, other]
        .iter()
        .flat_map(|side| clash::of_cell(side.get(CLASH_COLUMN).map_or("", String::as_str)))
        .collect();
    let mut cells = Cells::new();
    let columns: BTreeSet<&String> = base.keys().chain(one.keys()).chain(other.keys()).collect();
    for column in columns.into_iter().filter(|column| *column != CLASH_COLUMN) {
        let value = match settled(base.get(column), one.get(column), other.get(column)) {
            Outcome::One(value) => value,
            Outcome::Both(one, other) => {
                let values = sorted(&one, &other);
                known.push(Clash { key: column.clone(), values: values.clone() });
                Some(base.get(column).cloned().unwrap_or_else(|| values[0].clone()))
            }
        };
        cells.extend(value.map(|value| (column.clone(), value)));
    }
    known.sort_by(|a, b| (&a.key, &a.values).cmp(&(&b.key, &b.values)));
    known.dedup();
    if !known.is_empty() {
        cells.insert(CLASH_COLUMN.to_owned(), clash::cell(&known));
    }
    clashes.extend(known);
    cells
}

fn sorted(one: &str, other: &str) -> Vec<String> {
    let mut values = vec![one.to_owned(), other.to_owned()];
    values.sort();
    values
}

/// The columns of the first copy that has them, then those that the others have besides.
fn columns(tables: &[Table; 3], rows: &[Cells]) -> Vec<String> {
    let mut columns: Vec<String> = tables[0].columns.clone();
    let of_sides: Vec<&Vec<String>> = tables[1..].iter().map(|table| &table.columns).collect();
    if tables[0].is_empty() {
        // Nobody had the file before: the longer header is the one that the ledger writes.
        columns =
            of_sides.iter().max_by_key(|columns| (columns.len(), **columns)).map_or(columns, |all| (*all).clone());
    }
    let mut more: Vec<&String> = of_sides.iter().copied().flatten().chain(rows.iter().flat_map(Cells::keys)).collect();
    more.sort();
    for column in more {
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    columns.retain(|column| !column.is_empty());
    columns
}
