//! Everything that is sealed, sealed again to other recipients, and what of the confidential kinds still lies in the clear
//! sealed with it: all of it or nothing. A row that is sealed to just these recipients keeps its bytes.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::recording::columns_of;
use super::sealing::{SEALED_COLUMNS, Sealing};
use crate::ledger::seal::{Inside, SEALED, Shut, is_sealed};
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Keys, Log, Recipients, Snapshot};
use crate::model::kind::Kind;
use crate::model::{FollowUp, IdSource, Outcome, Problem, Problems, Seal};

/// What a rotation writes.
#[derive(Debug, Default)]
pub struct Rotation {
    pub change_set: ChangeSet,
    /// Cells that are sealed to other recipients.
    pub resealed: usize,
    /// Rows that lay in the clear.
    pub newly_sealed: usize,
}

/// The rotation of a ledger that was loaded whole. What cannot be opened with the keys at hand refuses it.
pub fn rotation(snapshot: &Snapshot, keys: &Keys, recipients: &Recipients) -> Outcome<Rotation> {
    let mut rotation = Rotation { change_set: ChangeSet::new("key rotate"), ..Rotation::default() };
    let sealing = Sealing::to(recipients.clone());
    let rotating = Rotating { keys, recipients, sealing: &sealing };
    let kinds = snapshot.kinds()?;
    let mut problems = Vec::new();
    for log in &snapshot.logs {
        let kind = kinds.get(&log.kind).filter(|kind| kind.confidential);
        if let Err(wrong) = rotating.log(log, kind, &mut rotation) {
            problems.extend(wrong.0);
        }
    }
    if let Err(wrong) = rotating.register(snapshot, &mut rotation) {
        problems.extend(wrong.0);
    }
    // What lay in the clear would go on lying there in the undo history.
    rotation.change_set.forgets = rotation.newly_sealed > 0;
    if problems.is_empty() { Ok(rotation) } else { Err(Problems(problems)) }
}

struct Rotating<'a> {
    keys: &'a Keys,
    recipients: &'a Recipients,
    sealing: &'a Sealing,
}

impl Rotating<'_> {
    fn log(&self, log: &Log, kind: Option<&Kind>, rotation: &mut Rotation) -> Outcome<()> {
        let file = log.file();
        let sealed_cells = self.resealed(file, &[SEALED, "void"])?;
        let lies_clear = |row: usize| file.get(row, SEALED).is_empty();
        let clear = (0..file.len()).filter(|row| lies_clear(*row)).count();
        let Some(kind) = kind.filter(|_| clear > 0) else {
            rotation.resealed += sealed_cells.changed.values().map(Cells::len).sum::<usize>();
            return write(rotation, file, &sealed_cells);
        };
        // A row of another width has cells that a new writing of the file would lose.
        if !file.problems.is_empty() {
            return Err(Problems(file.problems.clone()));
        }
        let columns = inner_columns(kind, file);
        let row = |row: usize| match lies_clear(row) {
            true => self.sealing.added(&file.cells_of(row), &columns),
            false => kept(file, row, &sealed_cells),
        };
        let added = (0..file.len()).into_par_iter().map(row).collect();
        rotation.newly_sealed += clear;
        let anew = Table::new(&file.path, SEALED_COLUMNS.map(str::to_owned).to_vec());
        let after = anew.edited(&Edit { added, ..Edit::default() });
        rotation.change_set.write(&file.path, file.before(), Some(after));
        Ok(())
    }

    /// The follow-ups: those that are sealed, and those in the clear that a confidential record has opened.
    fn register(&self, snapshot: &Snapshot, rotation: &mut Rotation) -> Outcome<()> {
        let table = &snapshot.follow_up_table;
        let mut edit = self.resealed(table, &[SEALED])?;
        rotation.resealed += edit.changed.len();
        let kinds = snapshot.kinds()?;
        let is_confidential = |log: &&Log| kinds.get(&log.kind).is_some_and(|kind| kind.confidential);
        let rows = snapshot
            .logs
            .iter()
            .filter(is_confidential)
            .flat_map(|log| log.activities.iter().map(|one| log.table.get(one.row as usize, "id")));
        let confidential: BTreeSet<&str> = rows.collect();
        let opened = |one: &&FollowUp| one.opened_by.as_ref().is_some_and(|id| confidential.contains(id.as_str()));
        for one in snapshot.follow_ups.iter().filter(|one| one.seal == Seal::Clear).filter(opened) {
            // The old id follows from the child's.
            let sealed = FollowUp { id: IdSource::Random.row(), seal: Seal::Opened, ..one.clone() };
            edit.changed.insert(one.id.to_string(), self.sealing.follow_up(&sealed, None));
            rotation.newly_sealed += 1;
        }
        write(rotation, table, &edit)
    }

    /// The cells that are sealed to other recipients, by row.
    fn resealed(&self, file: &Table, columns: &[&'static str]) -> Outcome<Edit> {
        let of_row = |row: usize| -> Outcome<Option<(String, Cells)>> {
            let id = file.get(row, "id");
            let mut change = Cells::new();
            for column in columns.iter().filter(|column| is_sealed_cell(column, file.get(row, column))) {
                let inside = self.keys.open(id, file.get(row, column)).map_err(|shut| not_opened(file, row, shut))?;
                if !self.recipients.are(&inside.to) {
                    change.insert((*column).to_owned(), self.again(id, &inside));
                }
            }
            Ok((!change.is_empty()).then(|| (id.to_owned(), change)))
        };
        let rows: Vec<_> = (0..file.len()).into_par_iter().map(of_row).collect();
        let mut edit = Edit::default();
        let mut problems = Vec::new();
        for row in rows {
            match row {
                Ok(change) => edit.changed.extend(change),
                Err(wrong) => problems.extend(wrong.0),
            }
        }
        if problems.is_empty() { Ok(edit) } else { Err(Problems(problems)) }
    }

    fn again(&self, id: &str, inside: &Inside) -> String {
        self.recipients.seal(id, inside.cells.iter().map(|(column, value)| (column.as_str(), value.as_str())))
    }
}

fn is_sealed_cell(column: &str, cell: &str) -> bool {
    if column == SEALED { !cell.is_empty() } else { is_sealed(cell) }
}

fn not_opened(file: &Table, row: usize, shut: Shut) -> Problem {
    let code = if shut == Shut::NoKey { "seal-closed" } else { "seal-damaged" };
    Problem::data(code, file.place(row)).with("id", file.get(row, "id"))
}

/// The kind's columns, and those that the file has beside them.
fn inner_columns(kind: &Kind, file: &Table) -> Vec<String> {
    let mut columns = columns_of(kind);
    let others: Vec<String> = file.columns.iter().filter(|column| !columns.contains(column)).cloned().collect();
    columns.extend(others);
    columns
}

/// A row that was sealed before, with what of it is sealed again.
fn kept(file: &Table, row: usize, resealed: &Edit) -> Cells {
    let mut cells: Cells =
        SEALED_COLUMNS.iter().map(|column| ((*column).to_owned(), file.get(row, column).to_owned())).collect();
    cells.extend(resealed.changed.get(file.get(row, "id")).cloned().unwrap_or_default());
    cells
}

fn write(rotation: &mut Rotation, file: &Table, edit: &Edit) -> Outcome<()> {
    if !edit.is_empty() {
        file.takes_rows()?;
        rotation.change_set.write(&file.path, file.before(), Some(file.edited(edit)));
    }
    Ok(())
}
