//! Small numbers of children, folded, since a small number can be a name.

use super::Cell;
use crate::text::{Lang, label};

/// Groups of fewer children than this are folded.
pub const SMALLEST_GROUP: u32 = 5;

/// Whether a number is so small that it could be a name.
pub fn is_few(number: u32) -> bool {
    (1..SMALLEST_GROUP).contains(&number)
}

/// A number of children, folded where it is so small that it could be a name.
pub fn folded(number: u32, lang: Lang) -> Cell {
    if is_few(number) { Cell::text(label(lang, "term-few")) } else { Cell::Integer(i64::from(number)) }
}

/// Numbers of children whose sum stands elsewhere in the report. Where one alone is folded, the smallest other one is
/// withheld too, as the sum would give the folded one away.
pub fn parts(numbers: &[u32], lang: Lang) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| folded(*number, lang)).collect();
    if numbers.iter().filter(|number| is_few(**number)).count() == 1 {
        let others = numbers.iter().enumerate().filter(|(_, number)| **number >= SMALLEST_GROUP);
        if let Some((at, _)) = others.min_by_key(|(_, number)| **number) {
            cells[at] = Cell::text(label(lang, "term-withheld"));
        }
    }
    cells
}
