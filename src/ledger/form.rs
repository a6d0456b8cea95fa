//! The form of the ledger's files: coding, line ends, order, keys and columns that nobody knows, leftovers of a merge.
//!
//! Finds what differs from the one canonical writing, and mends what has one right answer. What the values mean is
//! judged elsewhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item};

use super::change::ChangeSet;
use super::coding::{Encoding, decode, has_other_line_ends, is_without_loss, with_line_ends};
use super::folder::SCHOOL_FILE;
use super::record::StudentFile;
use super::registers::registers;
use super::seal::SEALED;
use super::snapshot::Snapshot;
use super::table::Table;
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
    for (path, bytes) in toml_files(snapshot) {
        coding_faults(&path, &bytes, &mut found);
        toml_end(&path, &bytes, &mut found);
    }
    for log in &snapshot.logs {
        table_faults(log.file(), columns_of(&log.kind).as_deref(), &mut found);
    }
    let mut follow_up_columns: Vec<String> = crate::model::FOLLOW_UP_COLUMNS.map(str::to_owned).to_vec();
    follow_up_columns.push(SEALED.to_owned());
    table_faults(&snapshot.follow_up_table, Some(&follow_up_columns), &mut found);
    for (register, table) in registers(snapshot) {
        table_faults(&table, Some(&register.known_columns()), &mut found);
    }
    found
}

fn student_faults(file: &StudentFile, found: &mut Vec<FormFault>) {
    let known = known_keys();
    let Ok(document) = file.text().parse::<DocumentMut>() else { return };
    for key in keys(document.as_table(), "") {
        if !known.contains(&key) {
            let line = file.line_of(&key);
            let problem = Problem::data("form-unknown-key", Place::line(&file.path, line)).with("key", key);
            found.push(FormFault { problem, mendable: false });
        }
    }
}

/// The TOML files of a ledger that lie on the disk, those that cannot be read too.
fn toml_files(snapshot: &Snapshot) -> Vec<(String, Cow<'_, [u8]>)> {
    const DIRS: [&str; 7] = ["students", "kinds", "plans", "rules", "forms", "scales", "import"];
    let files = DIRS.into_iter().flat_map(|dir| snapshot.definitions().files(dir));
    let of_student = |path: &str| {
        let id = path.strip_prefix("students/")?.strip_suffix(".toml")?.parse().ok()?;
        let at = snapshot.place_of_student(&id)?;
        Some(Cow::Borrowed(snapshot.students[at as usize].source.as_slice()))
    };
    let bytes = |path: String| {
        let known = of_student(&path);
        let bytes = known.or_else(|| snapshot.read(&path).ok().flatten().map(Cow::Owned))?;
        Some((path, bytes))
    };
    std::iter::once(SCHOOL_FILE.to_owned()).chain(files).filter_map(bytes).collect()
}

/// How a file is coded and its lines end.
fn coding_faults(path: &str, bytes: &[u8], found: &mut Vec<FormFault>) {
    let place = Place::file(path);
    let (text, encoding) = decode(bytes);
    let code = match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf8WithMark => Some("form-mark"),
        Encoding::Gb18030 => Some("form-gb18030"),
        Encoding::Utf16 => Some("form-utf16"),
        // Whoever reads the file names it.
        Encoding::Damaged => return,
    };
    let is_mendable = is_without_loss(bytes, &text, encoding);
    found.extend(code.map(|code| fault(code, place.clone(), is_mendable)));
    if has_other_line_ends(&text) {
        found.push(fault("form-line-ends", place, is_mendable));
    }
}

/// A file without a word, where no question needs it now; and one that ends inside a line, and reads all the same.
fn toml_end(path: &str, bytes: &[u8], found: &mut Vec<FormFault>) {
    let (text, _) = decode(bytes);
    if text.trim().is_empty() {
        found.push(fault("file-empty", Place::file(path), false));
        return;
    }
    let is_cut = !text.ends_with(['\n', '\r']) && text.parse::<DocumentMut>().is_ok();
    if is_cut {
        found.push(fault("form-cut-off", Place::line(path, text.lines().count() as u32), true));
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
    coding_faults(&table.path, table.source(), found);
    let is_whole = table.problems.is_empty();
    if !table.ends_with_newline {
        found.push(fault("form-cut-off", Place::line(&table.path, last_line(table)), is_whole));
    }
    if is_whole && !is_sorted(table) {
        found.push(fault("form-order", place.clone(), true));
    }
    // A first row that lacks the columns which every row needs is no header.
    let has_header = table.problems.iter().all(|problem| problem.code != "column-missing");
    if has_header && table.has_blanks() {
        found.push(fault("form-blanks", place.clone(), is_whole));
    }
    let columns = columns.filter(|_| has_header);
    for column in columns.map(|known| unknown(table, known)).unwrap_or_default() {
        let problem = Problem::data("form-unknown-column", Place::line(&table.path, 1)).with("column", column);
        found.push(FormFault { problem, mendable: false });
    }
}

fn unknown<'a>(table: &'a Table, known: &[String]) -> Vec<&'a String> {
    let said = table.said_columns().into_iter().map(|column| &table.columns[column]);
    said.filter(|column| !known.contains(column)).collect()
}

fn last_line(table: &Table) -> u32 {
    if table.is_empty() { 1 } else { table.line(table.len() - 1) }
}

fn is_sorted(table: &Table) -> bool {
    let Some(id) = table.column("id") else { return true };
    let key = table.column("date").or_else(|| table.column("opened")).or_else(|| table.column("from"));
    let Some(key) = key else { return true };
    let rows: Vec<usize> = (0..table.len()).filter(|row| !table.is_blank(*row)).collect();
    let place = |row: usize| (table.bytes(row, key), table.bytes(row, id));
    rows.windows(2).all(|two| place(two[0]) <= place(two[1]))
}

/// The change set that writes every mendable file anew, as the ledger would have written it.
pub fn mended(snapshot: &Snapshot, faults: &[FormFault]) -> Outcome<ChangeSet> {
    let mut change_set = ChangeSet::new("check --fix");
    let (files, registers) = (toml_files(snapshot), registers(snapshot));
    let paths: BTreeSet<String> =
        faults.iter().filter(|fault| fault.mendable).map(|fault| path(&fault.problem.place)).collect();
    for path in paths {
        if let Some((_, bytes)) = files.iter().find(|(own, _)| *own == path) {
            change_set.write(&path, Some(bytes.to_vec()), Some(toml_in_form(bytes)));
            continue;
        }
        let logs = snapshot.logs.iter().map(|log| log.file());
        if let Some(table) = logs
            .chain([&snapshot.follow_up_table])
            .chain(registers.iter().map(|(_, table)| table))
            .find(|table| table.path == path)
        {
            change_set.write(&path, Some(table.source().to_vec()), Some(in_form(table)));
        }
    }
    Ok(change_set)
}

fn toml_in_form(bytes: &[u8]) -> Vec<u8> {
    let mut text = with_line_ends(&decode(bytes).0);
    if !text.ends_with('\n') && text.parse::<DocumentMut>().is_ok() {
        text.push('\n');
    }
    text.into_bytes()
}

/// Rows in order where every row was read; else only the coding and the line ends, so that no damaged row moves.
fn in_form(table: &Table) -> Vec<u8> {
    if table.problems.is_empty() && (!is_sorted(table) || table.has_blanks()) {
        return table.canonical();
    }
    let mut text = with_line_ends(&decode(table.source()).0);
    if !text.ends_with('\n') && table.problems.is_empty() {
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
