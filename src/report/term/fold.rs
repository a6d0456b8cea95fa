//! The folding of small numbers in the words of this report.

pub(super) use crate::report::few::is_few;

use super::Source;
use crate::report::{Cell, few};

pub(super) fn folded(source: &Source, number: u32) -> Cell {
    few::folded(number, source.lang)
}

/// Numbers of children whose sum stands elsewhere in the report.
pub(super) fn parts(source: &Source, numbers: &[u32]) -> Vec<Cell> {
    few::parts(numbers, source.lang)
}

pub(super) fn withheld(source: &Source) -> Cell {
    few::withheld(source.lang)
}
