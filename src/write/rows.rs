//! Cells changed in rows wherever they stand: of logs, sealed or not, and of registers. What changes a row is given the row
//! as it reads; what is written is the file as it lies, with every other row as it was.

use std::collections::BTreeMap;

use super::sealing::Sealing;
use crate::ledger::seal::SEALED;
use crate::ledger::snapshot::FOLLOW_UPS;
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Log, Snapshot};
use crate::model::kind::Kind;
use crate::model::{FollowUp, Outcome, Place, Problem, Problems};

/// One row of a log, as it reads.
pub(super) struct LogRow<'a> {
    pub log: &'a Log,
    /// Nothing where no file defines it.
    pub kind: Option<&'a Kind>,
    pub row: usize,
}

impl<'a> LogRow<'a> {
    pub fn get(&self, column: &str) -> &'a str {
        self.log.table.get(self.row, column)
    }
}

/// Every cell of a row of a log that is to change; cells that say the same already need not be left out.
pub(super) fn change_logs<'a>(
    snapshot: &'a Snapshot,
    change_set: &mut ChangeSet,
    mut change: impl FnMut(&LogRow<'a>) -> Cells,
) -> Outcome<usize> {
    let (kinds, sealing) = (snapshot.kinds()?, Sealing::of(snapshot));
    let (mut count, mut problems) = (0, Vec::new());
    for log in &snapshot.logs {
        let kind = kinds.get(&log.kind);
        let mut edit = Edit::default();
        for row in 0..log.table.len() {
            let mut cells = change(&LogRow { log, kind, row });
            cells.retain(|column, value| log.table.get(row, column) != value);
            if cells.is_empty() {
                continue;
            }
            match lying(log, row, &sealing, cells) {
                Ok(cells) => edit.changed.insert(log.table.get(row, "id").to_owned(), cells),
                Err(wrong) => {
                    problems.extend(wrong.0);
                    continue;
                }
            };
        }
        if !edit.is_empty() {
            count += edit.changed.len();
            problems.extend(write(log.file(), &edit, change_set).err().into_iter().flat_map(|wrong| wrong.0));
        }
    }
    if problems.is_empty() { Ok(count) } else { Err(Problems(problems)) }
}

/// The change as it lies in the file.
fn lying(log: &Log, row: usize, sealing: &Sealing, cells: Cells) -> Outcome<Cells> {
    // A row is changed by its id: one of two rows of one id is not told from the other.
    let id = log.table.get(row, "id");
    if log.table.row_of(id) != Some(row) {
        return Err(Problem::data("check-row-twice", log.table.place(row)).with("id", id).into());
    }
    if log.file().get(row, SEALED).is_empty() {
        return Ok(cells);
    }
    sealing.recipients()?;
    Ok(sealing.changed(log, row, &cells))
}

/// Puts an edit of a file into a change set; a file with damaged rows is not written anew.
fn write(file: &Table, edit: &Edit, change_set: &mut ChangeSet) -> Outcome<()> {
    if !file.problems.is_empty() {
        return Err(Problems(file.problems.clone()));
    }
    change_set.write(&file.path, file.before(), Some(file.edited(edit)));
    Ok(())
}

/// Follow-ups as they become; those that stay are not touched.
pub(super) fn change_follow_ups(
    snapshot: &Snapshot,
    change_set: &mut ChangeSet,
    change: impl Fn(&mut FollowUp),
) -> Outcome<usize> {
    let sealing = Sealing::of(snapshot);
    let mut edit = Edit::default();
    for one in &snapshot.follow_ups {
        let mut after = one.clone();
        change(&mut after);
        if after != *one {
            if one.seal.is_sealed() {
                sealing.recipients()?;
            }
            edit.changed.insert(one.id.to_string(), sealing.follow_up(&after, Some(one)));
        }
    }
    if !edit.is_empty() {
        write(&snapshot.follow_up_table, &edit, change_set)?;
    }
    Ok(edit.changed.len())
}

/// Rows of a register that is no log: `change` gives the cells that differ.
pub(super) fn change_register(
    snapshot: &Snapshot,
    path: &str,
    change_set: &mut ChangeSet,
    change: impl Fn(&BTreeMap<&str, &str>) -> Cells,
) -> Outcome<usize> {
    let Some(bytes) = snapshot.read(path)? else { return Ok(0) };
    let table = Table::read(path, bytes, &["id"]);
    let mut edit = Edit::default();
    for row in 0..table.len() {
        let read = table.columns.iter().enumerate().map(|(at, name)| (name.as_str(), table.cell(row, at))).collect();
        let mut cells = change(&read);
        cells.retain(|column, value| table.get(row, column) != value);
        if !cells.is_empty() {
            edit.changed.insert(table.get(row, "id").to_owned(), cells);
        }
    }
    if !edit.is_empty() {
        write(&table, &edit, change_set)?;
    }
    Ok(edit.changed.len())
}

/// Rows that lie sealed and that no key at hand opens: nobody can say whom they name.
pub(super) fn refuse_closed(snapshot: &Snapshot, code: &'static str) -> Outcome<()> {
    let of_logs = snapshot.logs.iter().flat_map(|log| {
        let closed = log.activities.iter().filter(|one| one.seal.is_closed());
        closed.map(|one| log.table.place(one.row as usize))
    });
    let follow_ups = snapshot.follow_ups.iter().filter(|one| one.seal.is_closed()).map(|_| Place::file(FOLLOW_UPS));
    let places: Vec<Place> = of_logs.chain(follow_ups).collect();
    match places.first() {
        None => Ok(()),
        Some(first) => Err(Problem::data(code, first.clone()).with("count", places.len()).into()),
    }
}
