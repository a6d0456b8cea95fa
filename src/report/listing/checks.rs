//! What `check` found.

use super::{coded, left};
use crate::assess::check::Gravity;
use crate::ledger::merge::ClashAt;
use crate::report::{Cell, Table};
use crate::text::{Lang, label};

/// One finding in words.
pub struct CheckRow {
    pub gravity: Gravity,
    pub code: &'static str,
    pub place: String,
    pub said: String,
    pub remedy: String,
    /// Whether `check --fix` mends it.
    pub mendable: bool,
}

/// What two teachers changed apart, each with both values.
pub fn clashes(clashes: &[ClashAt], lang: Lang) -> Table {
    let columns = vec![left(lang, "id"), left(lang, "file"), left(lang, "field"), left(lang, "values")];
    let mut table = Table::new("clashes", label(lang, "caption-clashes"), columns);
    for one in clashes {
        table.rows.push(vec![
            Cell::text(&one.id),
            Cell::text(one.place.to_string()),
            Cell::text(&one.clash.key),
            Cell::List(one.clash.values.clone()),
        ]);
    }
    table
}

/// The findings in the order given.
pub fn checks(rows: &[CheckRow], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "gravity"),
        left(lang, "code"),
        left(lang, "file"),
        left(lang, "said"),
        left(lang, "remedy"),
        left(lang, "mendable"),
    ];
    let mut table = Table::new("findings", label(lang, "caption-findings"), columns);
    for row in rows {
        let gravity = if row.gravity == Gravity::Error { "error" } else { "warning" };
        table.rows.push(vec![
            coded(lang, "gravity", gravity),
            Cell::text(row.code),
            Cell::text(&row.place),
            Cell::text(&row.said),
            Cell::text(&row.remedy),
            if row.mendable { Cell::Bool(true) } else { Cell::Empty },
        ]);
    }
    table
}
