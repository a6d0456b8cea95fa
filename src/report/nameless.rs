//! Tables and texts without the names of children: what a report shows where no names were asked for.

use super::Table;
use crate::ledger::Snapshot;
use crate::model::{Scrub, Student};

/// The table without some of its columns.
pub fn without(mut table: Table, keys: &[&str]) -> Table {
    let kept: Vec<bool> = table.columns.iter().map(|column| !keys.contains(&&*column.key)).collect();
    let keep = |at: &mut usize| {
        *at += 1;
        kept.get(*at - 1).copied().unwrap_or(false)
    };
    let mut at = 0;
    table.columns.retain(|_| keep(&mut at));
    for row in &mut table.rows {
        let mut at = 0;
        row.retain(|_| keep(&mut at));
    }
    table
}

/// The table without the columns that name children.
pub fn unless_named(table: Table, names: bool) -> Table {
    if names { table } else { without(table, &["name"]) }
}

/// Takes the names of the children and of their families out of words.
pub fn scrub(snapshot: &Snapshot, someone: String) -> Scrub {
    Scrub::of(snapshot.students.iter().flat_map(|file| names(&file.student)), someone)
}

/// The names of a child, and of its parents and guardians.
fn names(student: &Student) -> impl Iterator<Item = &str> {
    let parents = student.parent.iter().filter_map(|parent| parent.name.as_deref());
    let guardians = student.guardian.iter().filter_map(|guardian| guardian.name.as_deref());
    [student.name.as_str()].into_iter().chain(student.former_name.as_deref()).chain(parents).chain(guardians)
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column};
    use super::*;

    #[test]
    fn a_column_goes_with_its_cells_and_a_short_row_stays_short() {
        let columns = ["a", "name", "b"].map(|key| Column::left(key, key)).to_vec();
        let mut table = Table::new("t", "", columns);
        table.rows = vec![["1", "2", "3"].map(Cell::text).to_vec(), vec![Cell::text("1")]];
        let left = unless_named(table.clone(), false);
        assert_eq!(left.columns.len(), 2);
        assert_eq!(left.rows, [["1", "3"].map(Cell::text).to_vec(), vec![Cell::text("1")]]);
        assert_eq!(unless_named(table.clone(), true), table);
    }
}
