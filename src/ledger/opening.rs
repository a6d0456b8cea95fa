//! Opens the sealed cells of a table with the keys at hand. What stays closed says so, row by row; a damaged cell is a
//! problem, and hides no other row.

use rayon::prelude::*;

use super::seal::{Keys, SEALED, Shut, is_sealed};
use super::table::{Overlay, Table};
use crate::model::{Problem, Seal};

/// A table that has sealed cells, as it reads.
pub(super) struct Opening {
    pub table: Table,
    /// How each row lies.
    pub seals: Vec<Seal>,
    /// The rows that were opened and are sealed to others than the recipients of the school.
    pub stale: Vec<u32>,
    pub problems: Vec<Problem>,
}

/// One row, as it reads.
#[derive(Default)]
struct OpenedRow {
    seal: Seal,
    overlay: Overlay,
    is_stale: bool,
    problem: Option<Problem>,
}

/// The table as it reads; nothing where no cell is sealed. `recipients` are the keys that the school names.
pub(super) fn opening(table: &Table, keys: &Keys, recipients: &[&str]) -> Option<Opening> {
    let sealed = table.column(SEALED)?;
    let of_row = |row: usize| of_row(table, row, sealed, keys, recipients);
    let opened: Vec<OpenedRow> = (0..table.len()).into_par_iter().map(of_row).collect();
    let (mut seals, mut overlays, mut stale, mut problems) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (row, one) in opened.into_iter().enumerate() {
        seals.push(one.seal);
        overlays.push(one.overlay);
        stale.extend(one.is_stale.then_some(row as u32));
        problems.extend(one.problem);
    }
    Some(Opening { table: table.overlaid(&overlays, SEALED), seals, stale, problems })
}

fn of_row(table: &Table, row: usize, sealed: usize, keys: &Keys, recipients: &[&str]) -> OpenedRow {
    let mut read = OpenedRow::default();
    let cell = table.cell(row, sealed);
    if cell.is_empty() {
        return read;
    }
    read.seal = Seal::Opened;
    let id = table.get(row, "id");
    let mut damaged = false;
    for (column, cell) in [(SEALED, cell), ("void", table.get(row, "void"))] {
        if column == "void" && !is_sealed(cell) {
            continue;
        }
        match keys.open(id, cell) {
            Ok(inside) => {
                let is_named = |key: &String| recipients.contains(&key.as_str());
                read.is_stale |= inside.to.len() != recipients.len() || !inside.to.iter().all(is_named);
                read.overlay.extend(inside.cells);
            }
            Err(shut) => {
                damaged |= shut == Shut::Damaged;
                match column {
                    SEALED => read.seal = Seal::Closed,
                    _ => read.overlay.push((column.to_owned(), "yes".to_owned())),
                }
            }
        }
    }
    read.problem = damaged.then(|| Problem::data("seal-damaged", table.place(row)).with("id", id));
    read
}
