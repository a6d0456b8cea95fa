//! A field that two teachers changed apart, as it lies in a file until a person has settled it: the field keeps what it
//! was, and both values stand in `[[clash]]` of a student and in the column `clash` of a row.

use std::collections::BTreeMap;

use toml::Value;

use crate::ledger::Snapshot;
use crate::ledger::record::{StudentFile, rewritten};
use crate::ledger::table::{Cells, Edit, Table};
use crate::model::{Clash, Outcome, Place};

/// The column of a row that holds what is to be settled.
pub const CLASH_COLUMN: &str = "clash";

/// A clash with the file, the line and the id of the student or row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashAt {
    pub place: Place,
    pub id: String,
    pub clash: Clash,
}

/// What a cell of the column says.
pub fn of_cell(cell: &str) -> Vec<Clash> {
    let read: BTreeMap<String, Vec<String>> = serde_json::from_str(cell).unwrap_or_default();
    read.into_iter().map(|(key, values)| Clash { key, values }).collect()
}

/// The cell of clashes; empty where there are none.
pub(super) fn cell(clashes: &[Clash]) -> String {
    let by_key: BTreeMap<&str, &[String]> =
        clashes.iter().map(|clash| (clash.key.as_str(), clash.values.as_slice())).collect();
    match by_key.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&by_key).expect("texts are JSON"),
    }
}

/// A value as a person writes it after `=`.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Everything in a ledger that waits for a person to settle it.
pub fn clashes(snapshot: &Snapshot, registers: &[&str]) -> Outcome<Vec<ClashAt>> {
    let mut found = Vec::new();
    for file in snapshot.students.iter().filter(|file| !file.student.clash.is_empty()) {
        let place = Place::line(&file.path, file.line_of("clash"));
        let at =
            |clash: &Clash| ClashAt { place: place.clone(), id: file.student.id.to_string(), clash: clash.clone() };
        found.extend(file.student.clash.iter().map(at));
    }
    for log in &snapshot.logs {
        in_table(&log.table, &mut found);
    }
    for path in registers {
        if let Some(bytes) = snapshot.read(path)? {
            in_table(&Table::read(path, bytes, &["id"]), &mut found);
        }
    }
    Ok(found)
}

fn in_table(table: &Table, found: &mut Vec<ClashAt>) {
    let Some(column) = table.column(CLASH_COLUMN) else { return };
    for row in 0..table.len() {
        for clash in of_cell(table.cell(row, column)) {
            found.push(ClashAt { place: table.place(row), id: table.get(row, "id").to_owned(), clash });
        }
    }
}

/// A table in which a row's field has one of its two values, and is no clash any more; nothing where it is none.
pub fn resolved_row(table: &Table, row: usize, key: &str, value: &str) -> Option<Vec<u8>> {
    let (settled, left): (Vec<Clash>, Vec<Clash>) =
        of_cell(table.get(row, CLASH_COLUMN)).into_iter().partition(|clash| clash.key == key);
    settled.first().filter(|clash| clash.values.iter().any(|one| one == value))?;
    let change: Cells = [(key.to_owned(), value.to_owned()), (CLASH_COLUMN.to_owned(), cell(&left))].into();
    let changed = [(table.get(row, "id").to_owned(), change)].into();
    Some(table.edited(&Edit { changed, ..Edit::default() }))
}

/// A student's file in which a field has one of its two values, and is no clash any more; nothing where it is none, or
/// where the record cannot hold the value.
pub fn resolved_student(file: &StudentFile, key: &str, value: &str) -> Option<Vec<u8>> {
    let clash = file.student.clash.iter().find(|clash| clash.key == key)?;
    clash.values.iter().find(|one| *one == value)?;
    let mut after: toml::Table = toml::from_str(&toml::to_string(&file.student).ok()?).ok()?;
    super::students::put(&mut after, key, value)?;
    let mut student: crate::model::Student = after.try_into().ok()?;
    student.clash.retain(|clash| clash.key != key);
    Some(rewritten(file, &student).into_bytes())
}
