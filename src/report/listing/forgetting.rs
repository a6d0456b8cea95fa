//! Children whose record is to be forgotten.

use super::{left, who};
use crate::ledger::Snapshot;
use crate::model::Day;
use crate::report::{Cell, Table};
use crate::text::{Lang, label};

/// One child with its last day at school and the first day on which the record may be forgotten, as far as they are known.
pub struct ForgetRow {
    pub student: u32,
    pub left: Option<Day>,
    pub from: Option<Day>,
}

/// The children in the order given.
pub fn to_forget(snapshot: &Snapshot, rows: &[ForgetRow], lang: Lang) -> Table {
    let columns =
        vec![left(lang, "id"), left(lang, "name"), left(lang, "class"), left(lang, "left"), left(lang, "forget-from")];
    let mut table = Table::new("to-forget", label(lang, "caption-to-forget"), columns);
    for row in rows {
        let student = snapshot.student(row.student);
        let [id, name, class] = who(student);
        table.rows.push(vec![
            id,
            name,
            class,
            row.left.map_or(Cell::Unknown, Cell::Day),
            row.from.map_or(Cell::Unknown, Cell::Day),
        ]);
    }
    table
}
