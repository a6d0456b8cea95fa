//! Those to whom confidential rows are sealed.

use super::{left, maybe};
use crate::model::Recipient;
use crate::report::{Cell, Table};
use crate::text::{Lang, label};

/// The recipients of a school; `mine` are the public halves of the keys of this machine.
pub fn recipients(recipients: &[Recipient], mine: &[String], lang: Lang) -> Table {
    let columns = vec![left(lang, "name"), left(lang, "here"), left(lang, "since"), left(lang, "public-key")];
    let mut table = Table::new("recipients", label(lang, "caption-recipients"), columns);
    for one in recipients {
        table.rows.push(vec![
            maybe(&one.name),
            Cell::Bool(mine.iter().any(|key| key == one.key.trim())),
            one.since.map_or(Cell::Empty, Cell::Day),
            Cell::text(one.key.trim()),
        ]);
    }
    table
}
