//! The register of follow-ups: its rows as typed values, with the sealed cells open where a key at hand opens them.

use super::opening::opening;
use super::seal::Keys;
use super::table::Table;
use crate::model::{Day, FOLLOW_UP_COLUMNS, FollowUp, Problem, Seal};

/// The register as it was read.
pub(super) struct Register {
    pub follow_ups: Vec<FollowUp>,
    /// As it lies on the disk.
    pub table: Table,
    pub has_sealed: bool,
    /// The rows that were opened and are sealed to others than the recipients of the school.
    pub stale: Vec<u32>,
}

impl Register {
    pub fn read(
        path: &str,
        bytes: Option<Vec<u8>>,
        keys: &Keys,
        recipients: &[&str],
        problems: &mut Vec<Problem>,
    ) -> Register {
        let table = Table::read_or_new(path, bytes, &["id", "type", "opened", "due"]).with_columns(&FOLLOW_UP_COLUMNS);
        problems.extend(table.problems.iter().cloned());
        match opening(&table, keys, recipients) {
            None => {
                let follow_ups = follow_ups(&table, &[], problems);
                Register { follow_ups, table, has_sealed: false, stale: Vec::new() }
            }
            Some(opening) => {
                let follow_ups = follow_ups(&opening.table, &opening.seals, problems);
                problems.extend(opening.problems);
                Register { follow_ups, table, has_sealed: true, stale: opening.stale }
            }
        }
    }
}

/// The follow-ups of a table whose rows lie as `seals` says; a row whose value cannot be read becomes a problem.
fn follow_ups(table: &Table, seals: &[Seal], problems: &mut Vec<Problem>) -> Vec<FollowUp> {
    (0..table.len())
        .filter_map(|row| {
            let seal = seals.get(row).copied().unwrap_or_default();
            match follow_up(table, row, seal) {
                Ok(follow_up) => Some(follow_up),
                Err((column, value)) => {
                    // A value that came out of a sealed cell is not said aloud.
                    let value = if seal.is_sealed() { String::new() } else { value };
                    let problem = Problem::data("row-value", table.place(row)).with("column", column);
                    problems.push(problem.with("value", value));
                    None
                }
            }
        })
        .collect()
}

fn follow_up(table: &Table, row: usize, seal: Seal) -> Result<FollowUp, (&'static str, String)> {
    let text = |column: &'static str| table.get(row, column);
    fn some<T: std::str::FromStr>(column: &'static str, text: &str) -> Result<Option<T>, (&'static str, String)> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| (column, text.to_owned())) }
    }
    let wanted = |column: &'static str| some::<Day>(column, text(column))?.ok_or((column, String::new()));
    Ok(FollowUp {
        id: text("id").parse().map_err(|_| ("id", text("id").to_owned()))?,
        kind: text("type").to_owned(),
        student: some("student", text("student"))?,
        opened: wanted("opened")?,
        due: wanted("due")?,
        first_due: some("first-due", text("first-due"))?,
        owner: text("owner").to_owned(),
        what: text("what").to_owned(),
        opened_by: some("opened-by", text("opened-by"))?,
        done: some("done", text("done"))?,
        done_by: some("done-by", text("done-by"))?,
        outcome: text("outcome").to_owned(),
        cancelled: some("cancelled", text("cancelled"))?,
        reason: text("reason").to_owned(),
        seal,
    })
}
