//! What a row of a log says by itself: a day ahead or in another term, a field that is missing or holds what it cannot.

use rayon::prelude::*;

use super::{Finding, clock, error, warning};
use crate::ledger::{Log, Snapshot};
use crate::model::kind::{Field, Kind, Words, is_named};
use crate::model::{Activity, Day, Outcome, Place};

/// What is wrong with the rows of all logs.
pub(super) fn findings(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Finding>> {
    let (kinds, words) = (snapshot.kinds()?, snapshot.words()?);
    let of_log = |log: &Log| {
        let kind = kinds.get(&log.kind);
        let mut found = rows(snapshot, log, kind, words, day);
        if let Some(kind) = kind.filter(|kind| kind.anonymous) {
            identities(snapshot, log, kind, &mut found);
        }
        found
    };
    let of_logs: Vec<Vec<Finding>> = snapshot.logs.par_iter().map(of_log).collect();
    Ok(of_logs.into_iter().flatten().collect())
}

fn rows(snapshot: &Snapshot, log: &Log, kind: Option<&Kind>, words: &Words, day: Day) -> Vec<Finding> {
    let Some(kind) = kind else {
        return vec![error("check-kind", Place::file(&log.table.path)).with("kind", &log.kind)];
    };
    let mut found = Vec::new();
    let mut columns = Columns::of(log, kind, words);
    // Where cells are missing or too many, every other one may stand in the wrong column.
    let askew = log.file().askew();
    // Rows stand by their days, so that nearly every one has the folder of the one before.
    let mut folder_of: Option<(Day, String)> = None;
    for activity in &log.activities {
        let row = activity.row as usize;
        found.extend(clock::of_row(activity.day, day, || log.table.place(row)));
        let folder = match folder_of.take() {
            Some((day, folder)) if day == activity.day => folder,
            _ => snapshot.school.folder_of(activity.day),
        };
        if folder != log.term && !clock::is_reset(activity.day) {
            let place = log.table.place(row);
            found.push(warning("check-term", place).with("day", activity.day).with("term", &folder));
        }
        folder_of = Some((activity.day, folder));
        if !activity.seal.is_closed() && !askew.contains(&log.table.line(row)) {
            columns.check(activity, &mut found);
        }
    }
    found
}

/// The fields of a kind in one of its logs, with what passed last: many rows say what the one before them says, and what
/// has passed once passes again.
struct Columns<'a> {
    log: &'a Log,
    kind: &'a Kind,
    words: &'a Words,
    fields: Vec<(&'a Field, Option<usize>, &'a str)>,
}

impl<'a> Columns<'a> {
    fn of(log: &'a Log, kind: &'a Kind, words: &'a Words) -> Columns<'a> {
        let fields = kind.fields.iter().map(|field| (field, log.table.column(&field.name), "")).collect();
        Columns { log, kind, words, fields }
    }

    fn check(&mut self, activity: &Activity, found: &mut Vec<Finding>) {
        let (log, row) = (self.log, activity.row as usize);
        let cell = |column: &Option<usize>| column.map_or("", |column| log.table.cell(row, column));
        let asks = |(field, column, _): &(&Field, Option<usize>, &str)| field.required && cell(column).is_empty();
        if !self.kind.any_of.is_empty() || self.fields.iter().any(asks) {
            for field in self.kind.asks_for(|name| !log.table.get(row, name).is_empty()) {
                found.push(error("check-field-missing", log.table.place(row)).with("field", &field.name));
            }
        }
        for (field, column, passed) in &mut self.fields {
            let value = cell(column);
            if value.is_empty() || value == *passed {
                continue;
            }
            // Free text cannot be wrong; anything else must read as the ledger would have written it.
            if field.takes(value, self.words) {
                *passed = value;
                continue;
            }
            // What came out of a sealed cell is not said aloud.
            let value = if activity.seal.is_sealed() { "…" } else { value };
            found.push(error("check-field", log.table.place(row)).with("field", &field.name).with("value", value));
        }
    }
}

/// Rows that shall name no child, and do.
fn identities(snapshot: &Snapshot, log: &Log, kind: &Kind, found: &mut Vec<Finding>) {
    for activity in log.activities.iter().filter(|activity| !activity.void) {
        let row = activity.row as usize;
        let columns = kind.fields.iter().map(|field| field.name.as_str()).chain(["note"]);
        let texts: Vec<&str> = columns.map(|column| log.table.get(row, column)).collect();
        let in_words = |name: &str| texts.iter().any(|text| is_named(text, name));
        let is_known = snapshot.students.iter().any(|file| in_words(&file.student.name));
        if is_known || !log.table.get(row, "students").is_empty() {
            found.push(warning("check-identity", log.table.place(row)).with("kind", &kind.name));
        }
    }
}
