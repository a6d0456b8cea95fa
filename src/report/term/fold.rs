//! Small numbers of children are folded, so that no number is a name, and none can be had from the sum of the others.

use super::{SMALLEST_GROUP, Source, count};
use crate::report::Cell;

/// Whether a number is so small that it could be a name.
pub(super) fn is_few(number: u32) -> bool {
    (1..SMALLEST_GROUP).contains(&number)
}

/// A number of children, folded where it is so small that it could be a name.
pub(super) fn folded(source: &Source, number: u32) -> Cell {
    if is_few(number) { Cell::text(source.word("term-few")) } else { count(number) }
}

/// Numbers of children whose sum stands elsewhere in the report. Where one alone is folded, the smallest other one is
/// withheld too, as the sum would give the folded one away.
pub(super) fn parts(source: &Source, numbers: &[u32]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| folded(source, *number)).collect();
    if numbers.iter().filter(|number| is_few(**number)).count() == 1 {
        let others = numbers.iter().enumerate().filter(|(_, number)| **number >= SMALLEST_GROUP);
        if let Some((at, _)) = others.min_by_key(|(_, number)| **number) {
            cells[at] = withheld(source);
        }
    }
    cells
}

pub(super) fn withheld(source: &Source) -> Cell {
    Cell::text(source.word("term-withheld"))
}
