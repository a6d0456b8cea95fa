//! The rows of the register of follow-ups as typed values.

use super::table::Table;
use crate::model::{Day, FollowUp, Problem, Seal};

/// The follow-ups of a table whose rows lie as `seals` says; a row whose value cannot be read becomes a problem.
pub(super) fn follow_ups(table: &Table, seals: &[Seal], problems: &mut Vec<Problem>) -> Vec<FollowUp> {
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
