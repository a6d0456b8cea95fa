//! Tables and texts without the names of children: what a report shows where no names were asked for.

use std::collections::BTreeMap;

use super::{Cell, Private, Table};
use crate::ledger::Snapshot;

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

/// Takes the names of the children and of their families out of what somebody wrote, and masks its long numbers. A name
/// of one character is a word.
pub struct Scrub {
    /// By their first character, the longest first.
    names: BTreeMap<char, Vec<String>>,
    /// What stands in the place of a name.
    someone: String,
}

impl Scrub {
    pub fn of(snapshot: &Snapshot, someone: String) -> Scrub {
        let mut names: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for file in &snapshot.students {
            let student = &file.student;
            let parents = student.parent.iter().filter_map(|parent| parent.name.as_ref());
            let guardians = student.guardian.iter().filter_map(|guardian| guardian.name.as_ref());
            for name in [&student.name].into_iter().chain(&student.former_name).chain(parents).chain(guardians) {
                if let Some(first) = name.chars().next().filter(|_| name.chars().count() > 1) {
                    names.entry(first).or_default().push(name.clone());
                }
            }
        }
        for list in names.values_mut() {
            list.sort_by(|a, b| (b.len(), b).cmp(&(a.len(), a)));
            list.dedup();
        }
        Scrub { names, someone }
    }

    /// The text as whoever does not know the children may read it.
    pub fn text(&self, written: &str) -> String {
        let mut shown = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(first) = rest.chars().next() {
            let name =
                self.names.get(&first).and_then(|names| names.iter().find(|name| rest.starts_with(name.as_str())));
            match name {
                Some(name) => {
                    shown.push_str(&self.someone);
                    rest = &rest[name.len()..];
                }
                None => {
                    shown.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        Private::Masked.words(&shown).into_owned()
    }

    /// The same for a cell that may be empty.
    pub fn cell(&self, written: &str) -> Cell {
        if written.is_empty() { Cell::Empty } else { Cell::text(self.text(written)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Column;
    use super::*;

    #[test]
    fn names_and_numbers_are_taken_out_and_the_longest_name_first() {
        let names = BTreeMap::from([('王', vec!["王小明明".to_owned(), "王小明".to_owned()])]);
        let scrub = Scrub { names, someone: "某生".to_owned() };
        assert_eq!(scrub.text("王小明明和王小明，王老师"), "某生和某生，王老师");
        assert_eq!(scrub.text("打 15400001234 找王小明"), "打 154******34 找某生");
    }

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
