//! Small numbers of children are folded, so that no number is a name, and none can be had from the sum of the others.

use super::Cell;
use crate::text::{Lang, label};

/// Groups of fewer children than this are folded, as a small number can be a name.
pub(super) const SMALLEST_GROUP: u32 = 5;

/// Whether a number is so small that it could be a name.
pub(super) fn is_few(number: u32) -> bool {
    (1..SMALLEST_GROUP).contains(&number)
}

/// A number of children, folded where it is so small that it could be a name.
pub(super) fn folded(lang: Lang, number: u32) -> Cell {
    if is_few(number) { Cell::text(label(lang, "term-few")) } else { Cell::Integer(i64::from(number)) }
}

/// Numbers of children whose sum stands elsewhere in the report. Where one alone is folded, the smallest other one is
/// withheld too, as the sum would give the folded one away.
pub(super) fn parts(lang: Lang, numbers: &[u32]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| folded(lang, *number)).collect();
    if numbers.iter().filter(|number| is_few(**number)).count() == 1 {
        let others = numbers.iter().enumerate().filter(|(_, number)| **number >= SMALLEST_GROUP);
        if let Some((at, _)) = others.min_by_key(|(_, number)| **number) {
            cells[at] = withheld(lang);
        }
    }
    cells
}

pub(super) fn withheld(lang: Lang) -> Cell {
    Cell::text(label(lang, "term-withheld"))
}
