//! What goes to the county: the files of an export.

use super::{left, right};
use crate::report::county::Part;
use crate::report::{Cell, Table};
use crate::text::{Lang, label};

/// A row a file.
pub fn parts(parts: &[Part], lang: Lang) -> Table {
    let columns =
        vec![left(lang, "table"), left(lang, "term"), right(lang, "rows"), right(lang, "bytes"), left(lang, "file")];
    let mut table = Table::new("parts", label(lang, "caption-parts"), columns);
    let count = |count: usize| Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let row = |part: &Part| {
        let (table, term) = (Cell::text(&part.table), Cell::text(&part.term));
        vec![table, term, count(part.rows), count(part.bytes.len()), Cell::text(&part.path)]
    };
    table.rows.extend(parts.iter().map(row));
    table
}
