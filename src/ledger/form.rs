//! The form of the ledger's files: coding, line ends, order, keys and columns that nobody knows, leftovers of a merge.
//!
//! Finds what differs from the one canonical writing, and mends what has one right answer. What the values mean is
//! judged elsewhere.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item};

use super::change::ChangeSet;
use super::record::StudentFile;
use super::seal::SEALED;
use super::snapshot::Snapshot;
use super::table::{Encoding, Table, decode};
use crate::model::{Outcome, Place, Problem};

/// One fault of form.
#[derive(Debug, Clone)]
pub struct FormFault {
    pub problem: Problem,
    /// Whether there is one right answer, which [`mended`] writes.
    pub mendable: bool,
}

fn fault(code: &'static str, place: Place, mendable: bool) -> FormFault {
    FormFault { problem: Problem::data(code, place), mendable }
}

/// Every fault of form of a ledger that was loaded whole. `columns_of` gives the columns that a kind's log may have.
pub fn faults(snapshot: &Snapshot, columns_of: &dyn Fn(&str) -> Option<Vec<String>>) -> Vec<FormFault> {
    let mut found = Vec::new();
    for file in &snapshot.students {
        student_faults(file, &mut found);
    }
    for log in &snapshot.logs {
        table_faults(log.file(), columns_of(&log.kind).as_deref(), &mut found);
    }
    let mut follow_up_columns: Vec<String> = crate::model::FOLLOW_UP_COLUMNS.map(str::to_owned).to_vec();
    follow_up_columns.push(SEALED.to_owned());
    table_faults(&snapshot.follow_up_table, Some(&follow_up_columns), &mut found);
    found
}

fn student_faults(file: &StudentFile, found: &mut Vec<FormFault>) {
    let place = Place::file(&file.path);
    if file.source.starts_with(b"\xEF\xBB\xBF") {
        found.push(fault("form-mark", place.clone(), true));
    }
    if file.source.contains(&b'\r') {
        found.push(fault("form-line-ends", place, true));
    }
    let text = String::from_utf8_lossy(&file.source);
    let Ok(document) = text.trim_start_matches('\u{feff}').parse::<DocumentMut>() else { return };
    let known = known_keys();
    for key in keys(document.as_table(), "") {
        if !known.contains(&key) {
            let line = file.line_of(&key);
            let problem = Problem::data("form-unknown-key", Place::line(&file.path, line)).with("key", key);
            found.push(FormFault { problem, mendable: false });
        }
    }
}

/// Every key that a student's file can have, with the places in lists left out.
fn known_keys() -> BTreeSet<String> {
    let mut known: BTreeSet<String> = [
        "id",
        "forgotten",
        "enrolment.from",
        "enrolment.until",
        "parent.relation",
        "parent.away.from",
        "parent.away.until",
        "parent.away.place",
        "parent.away.noted",
        "guardian.spell.from",
        "guardian.spell.until",
        "reported.away_parents",
        "reported.orphan",
        "reported.on",
    ]
    .map(str::to_owned)
    .into();
    for list in ["risk.override", "risk.past"] {
        known.extend(["level", "reason", "by", "from", "until"].map(|field| format!("{list}.{field}")));
    }
    known.extend(super::record::SETTABLE_KEYS.iter().map(|key| (*key).to_owned()));
    known
}

fn keys(table: &toml_edit::Table, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, item) in table {
        let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        match item {
            _ if path == "extra" => {}
            Item::Table(inner) => found.extend(keys(inner, &path)),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|inner| found.extend(keys(inner, &path))),
            _ => found.push(path),
        }
    }
    found.sort();
    found.dedup();
    found
}

fn table_faults(table: &Table, columns: Option<&[String]>, found: &mut Vec<FormFault>) {
    let place = Place::file(&table.path);
    match table.encoding {
        Encoding::Utf8 => {}
        Encoding::Utf8WithMark => found.push(fault("form-mark", place.clone(), true)),
        Encoding::Gb18030 => found.push(fault("form-gb18030", place.clone(), true)),
    }
    if let Some(line) = conflict_line(table.source()) {
        found.push(fault("form-conflict", Place::line(&table.path, line), false));
        return;
    }
    if table.source().contains(&b'\r') && table.source().windows(2).any(|pair| pair == b"\r\n") {
        found.push(fault("form-line-ends", place.clone(), true));
    }
    let is_whole = table.problems.is_empty();
    if !table.ends_with_newline {
        found.push(fault("form-cut-off", Place::line(&table.path, last_line(table)), is_whole));
    }
    if is_whole && !is_sorted(table) {
        found.push(fault("form-order", place.clone(), true));
    }
    for column in columns.map(|known| unknown(table, known)).unwrap_or_default() {
        let problem = Problem::data("form-unknown-column", Place::line(&table.path, 1)).with("column", column);
        found.push(FormFault { problem, mendable: false });
    }
}

fn unknown<'a>(table: &'a Table, known: &[String]) -> Vec<&'a String> {
    table.columns.iter().filter(|column| !known.contains(column)).collect()
}

fn last_line(table: &Table) -> u32 {
    if table.is_empty() { 1 } else { table.line(table.len() - 1) }
}

/// The line of the first mark that a merge left.
pub fn conflict_line(source: &[u8]) -> Option<u32> {
    let is_mark = |line: &[u8]| [&b"<<<<<<< "[..], b">>>>>>> ", b"||||||| "].iter().any(|mark| line.starts_with(mark));
    source.split(|byte| *byte == b'\n').position(is_mark).map(|at| at as u32 + 1)
}

fn is_sorted(table: &Table) -> bool {
    let Some(id) = table.column("id") else { return true };
    let key = table.column("date").or_else(|| table.column("opened")).or_else(|| table.column("from"));
    let Some(key) = key else { return true };
    (1..table.len()).all(|row| {
        (table.bytes(row - 1, key), table.bytes(row - 1, id)) <= (table.bytes(row, key), table.bytes(row, id))
    })
}

/// The change set that writes every mendable file anew, as the ledger would have written it.
pub fn mended(snapshot: &Snapshot, faults: &[FormFault]) -> Outcome<ChangeSet> {
    let mut change_set = ChangeSet::new("check --fix");
    let paths: BTreeSet<String> =
        faults.iter().filter(|fault| fault.mendable).map(|fault| path(&fault.problem.place)).collect();
    for path in paths {
        if let Some(file) = snapshot.students.iter().find(|file| file.path == path) {
            let text = String::from_utf8_lossy(&file.source).trim_start_matches('\u{feff}').replace("\r\n", "\n");
            change_set.write(&path, Some(file.source.clone()), Some(text.into_bytes()));
            continue;
        }
        let logs = snapshot.logs.iter().map(|log| log.file());
        if let Some(table) = logs.chain([&snapshot.follow_up_table]).find(|table| table.path == path) {
            change_set.write(&path, Some(table.source().to_vec()), Some(in_form(table)));
        }
    }
    Ok(change_set)
}

/// Rows in order where every row was read; else only the coding and the line ends, so that no damaged row moves.
fn in_form(table: &Table) -> Vec<u8> {
    if table.problems.is_empty() && !is_sorted(table) {
        return table.canonical();
    }
    let text = decode(table.source()).map(|(text, _)| text.into_owned()).unwrap_or_default();
    let mut text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.into_bytes()
}

fn path(place: &Place) -> String {
    match place {
        Place::File(file) | Place::Line { file, .. } | Place::Cell { file, .. } => file.clone(),
        Place::Nowhere => String::new(),
    }
}
