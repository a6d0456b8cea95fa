//! Rows of registers that name nobody, have no day where one belongs, or an id that another row has.

use std::collections::BTreeSet;

use super::{Finding, Gravity, error};
use crate::assess::pairing::TYPES;
use crate::ledger::Snapshot;
use crate::ledger::registers::{PAIRINGS, registers};
use crate::ledger::table::Table;
use crate::model::{Day, Place, Problem, StudentId};

/// What is wrong with the registers, but the one of follow-ups.
pub(super) fn findings(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    for (_, table) in registers(snapshot) {
        if table.source().is_empty() {
            found.push(error("file-empty", Place::file(&table.path)));
        }
        let named = |problem: &Problem| Finding { gravity: Gravity::Error, problem: problem.clone() };
        found.extend(table.problems.iter().map(named));
        if table.takes_rows().is_ok() {
            ids(&table, found);
            days(&table, found);
        }
        if table.path == PAIRINGS.path && table.takes_rows().is_ok() {
            pairings(snapshot, &table, found);
        }
    }
}

fn ids(table: &Table, found: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for row in (0..table.len()).filter(|row| !table.is_blank(*row)) {
        let id = table.get(row, "id");
        if !crate::model::is_id(id) {
            found.push(error("check-row-id", table.place(row)).with("id", id));
        } else if !seen.insert(id) {
            found.push(error("check-row-twice", table.place(row)).with("id", id));
        }
    }
}

fn days(table: &Table, found: &mut Vec<Finding>) {
    for column in ["from", "until"] {
        let is_wrong = |row: &usize| {
            let value = table.get(*row, column);
            !value.is_empty() && value.parse::<Day>().is_err()
        };
        for row in (0..table.len()).filter(is_wrong) {
            let value = table.get(row, column);
            found.push(error("row-value", table.place(row)).with("column", column).with("value", value));
        }
    }
}

fn pairings(snapshot: &Snapshot, table: &Table, found: &mut Vec<Finding>) {
    let is_known = |id: &str| id.parse::<StudentId>().is_ok_and(|id| snapshot.place_of_student(&id).is_some());
    for row in (0..table.len()).filter(|row| !table.is_blank(*row)) {
        let (student, kind) = (table.get(row, "student"), table.get(row, "type"));
        if !is_known(student) {
            found.push(error("unknown-student-id", table.place(row)).with("value", student));
        }
        if !TYPES.contains(&kind) {
            found.push(error("row-value", table.place(row)).with("column", "type").with("value", kind));
        }
    }
}
