//! The register of follow-ups: its rows as typed values, with the sealed cells open where a key at hand opens them.

use super::opening::opening;
use super::seal::Keys;
use super::table::Table;
use crate::model::{FOLLOW_UP_COLUMNS, FollowUp, Place, Problem, Seal};

/// The register as it was read.
pub(super) struct Register {
    pub follow_ups: Vec<FollowUp>,
    /// The row of the table that each stands in.
    pub rows: Vec<u32>,
    /// As it lies on the disk.
    pub table: Table,
    pub has_sealed: bool,
    /// The rows that were opened and are sealed to others than the recipients of the school.
    pub stale: Vec<u32>,
}

/// Which rows of the register a question needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    All,
    /// Those that are neither done nor cancelled: nothing else changes when an activity with a new id comes.
    Waiting,
}

impl Register {
    pub fn read(
        path: &str,
        bytes: Option<Vec<u8>>,
        wanted: Rows,
        (keys, recipients): (&Keys, &[&str]),
        problems: &mut Vec<Problem>,
    ) -> Register {
        if bytes.as_ref().is_some_and(Vec::is_empty) {
            problems.push(Problem::data("file-empty", Place::file(path)));
        }
        let table = Table::read_or_new(path, bytes, &["id", "type", "opened", "due"]).with_columns(&FOLLOW_UP_COLUMNS);
        problems.extend(table.problems.iter().cloned());
        match opening(&table, keys, recipients) {
            None => {
                let (follow_ups, rows) = follow_ups(&table, &[], wanted, problems);
                Register { follow_ups, rows, table, has_sealed: false, stale: Vec::new() }
            }
            Some(opening) => {
                let (follow_ups, rows) = follow_ups(&opening.table, &opening.seals, wanted, problems);
                problems.extend(opening.problems);
                Register { follow_ups, rows, table, has_sealed: true, stale: opening.stale }
            }
        }
    }
}

/// The follow-ups of a table whose rows lie as `seals` says, and the row that each stands in; a row whose value cannot be
/// read becomes a problem.
fn follow_ups(table: &Table, seals: &[Seal], wanted: Rows, problems: &mut Vec<Problem>) -> (Vec<FollowUp>, Vec<u32>) {
    let columns = FOLLOW_UP_COLUMNS.map(|name| (name, table.column(name)));
    let ends = ["done", "cancelled"].map(|name| table.column(name));
    let has_ended = |row: usize| ends.iter().flatten().any(|column| !table.bytes(row, *column).is_empty());
    let (mut found, mut rows) = (Vec::with_capacity(table.len()), Vec::with_capacity(table.len()));
    for row in 0..table.len() {
        if (wanted == Rows::Waiting && has_ended(row)) || table.is_blank(row) {
            continue;
        }
        let seal = seals.get(row).copied().unwrap_or_default();
        match (RowOf { table, columns: &columns, row }).follow_up(seal) {
            Ok(follow_up) => {
                found.push(follow_up);
                rows.push(row as u32);
            }
            Err((column, value)) => {
                // A value that came out of a sealed cell is not said aloud.
                let value = if seal.is_sealed() { String::new() } else { value };
                problems.push(Problem::data("row-value", table.place(row)).with("column", column).with("value", value));
            }
        }
    }
    (found, rows)
}

/// A row of the register, with the places of its columns.
struct RowOf<'a> {
    table: &'a Table,
    columns: &'a [(&'static str, Option<usize>)],
    row: usize,
}

/// The column whose value cannot be read, and the value.
type Unread = (&'static str, String);

impl<'a> RowOf<'a> {
    fn text(&self, column: &str) -> &'a str {
        let found = self.columns.iter().find(|(name, _)| *name == column);
        found.and_then(|(_, at)| *at).map_or("", |at| self.table.cell(self.row, at))
    }

    fn some<T: std::str::FromStr>(&self, column: &'static str) -> Result<Option<T>, Unread> {
        let text = self.text(column);
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, text.to_owned())) }
    }

    fn wanted<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, Unread> {
        self.text(column).parse().map_err(|_| (column, self.text(column).to_owned()))
    }

    fn follow_up(&self, seal: Seal) -> Result<FollowUp, Unread> {
        Ok(FollowUp {
            id: self.wanted("id")?,
            kind: self.text("type").to_owned(),
            student: self.some("student")?,
            opened: self.wanted("opened")?,
            due: self.wanted("due")?,
            first_due: self.some("first-due")?,
            owner: self.text("owner").to_owned(),
            what: self.text("what").to_owned(),
            opened_by: self.some("opened-by")?,
            done: self.some("done")?,
            done_by: self.some("done-by")?,
            outcome: self.text("outcome").to_owned(),
            cancelled: self.some("cancelled")?,
            reason: self.text("reason").to_owned(),
            seal,
        })
    }
}
