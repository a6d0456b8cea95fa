//! Rows and files that still speak of a child who was joined into another: a copy of the ledger that was away brought them.

use super::{Finding, error};
use crate::assess::pairing::PAIRINGS;
use crate::ledger::joined::joined;
use crate::ledger::table::Table;
use crate::ledger::{Origin, Snapshot};
use crate::model::kind::FieldType;
use crate::model::{Outcome, Place, StudentId};

/// `check --fix` mends these.
pub(super) fn still_named(snapshot: &Snapshot) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    let now = joined(snapshot)?;
    if now.is_empty() {
        return Ok(found);
    }
    let mut name = |place: Place, was: &StudentId, code: &'static str| {
        found.push(error(code, place).with("was", was).with("id", &now[was]));
    };
    let gone = |cell: &str| -> Option<StudentId> {
        let ids = cell.split(' ').filter_map(|word| word.trim_start_matches('-').parse::<StudentId>().ok());
        ids.into_iter().find(|id| now.contains_key(id))
    };
    for file in snapshot.students.iter().filter(|file| now.contains_key(&file.student.id)) {
        name(Place::line(&file.path, file.line_of("id")), &file.student.id, "check-joined-file");
    }
    let kinds = snapshot.kinds()?;
    for log in &snapshot.logs {
        let fields = kinds.get(&log.kind).map_or(&[][..], |kind| &kind.fields);
        let own = fields.iter().filter(|field| field.kind == FieldType::Student).map(|field| field.name.as_str());
        let columns: Vec<usize> =
            ["students"].into_iter().chain(own).filter_map(|name| log.table.column(name)).collect();
        for row in 0..log.table.len() {
            if let Some(was) = columns.iter().find_map(|column| gone(log.table.cell(row, *column))) {
                name(log.table.place(row), &was, "check-joined-row");
            }
        }
    }
    for (at, one) in snapshot.follow_ups.iter().enumerate() {
        if let Some(was) = one.student.as_ref().filter(|id| now.contains_key(id)) {
            name(snapshot.place(&Origin::FollowUp(at)), was, "check-joined-row");
        }
    }
    if let Some(bytes) = snapshot.read(PAIRINGS)? {
        let table = Table::read(PAIRINGS, bytes, &["id"]);
        for row in 0..table.len() {
            if let Some(was) = ["student", "helper"].iter().find_map(|column| gone(table.get(row, column))) {
                name(table.place(row), &was, "check-joined-row");
            }
        }
    }
    Ok(found)
}
