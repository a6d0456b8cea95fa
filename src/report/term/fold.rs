//! The folding of small numbers of children, in the language of the summary.

use super::Source;
use crate::report::Cell;
use crate::report::few;

pub(super) use crate::report::few::is_few;

/// A number of children, folded where it is so small that it could be a name.
pub(super) fn folded(source: &Source, number: u32) -> Cell {
    few::folded(source.lang, number)
}

/// Numbers of children whose sum stands elsewhere in the report.
pub(super) fn parts(source: &Source, numbers: &[u32]) -> Vec<Cell> {
    few::parts(source.lang, numbers)
}

pub(super) fn withheld(source: &Source) -> Cell {
    few::withheld(source.lang)
}
