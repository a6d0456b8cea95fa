//! How much of a spreadsheet is read at most: far more than any school has, and little enough that a file which unfolds
//! to more is refused before it takes the memory of a small machine. `docs/hostile-input.md` gives the reasons.

use super::sheet::Cell;

/// Files beyond this are no census of a school.
pub(super) const LARGEST_FILE: usize = 64 << 20;
/// Rows with content beyond this, in one sheet.
pub(super) const MOST_ROWS: usize = 200_000;
/// Columns with content beyond this.
pub(super) const MOST_COLUMNS: usize = 1_000;
/// Cells of all sheets, the empty ones before the last of each row among them: a county's 40,000 children with 50 columns.
pub(super) const MOST_CELLS: usize = 2_000_000;
/// Bytes of text in all cells. A text that many cells share is copied into each.
pub(super) const MOST_TEXT: usize = 64 << 20;
/// Bytes that the parts of an archive unfold to, of which its sheets are read.
pub(super) const LARGEST_UNFOLDED: u64 = 128 << 20;
/// Entries of an archive. A workbook has a few for each sheet and one for each picture.
pub(super) const MOST_ENTRIES: usize = 10_000;
/// Elements of one part of an archive that holds no cells (styles, names of sheets): the most that Excel itself takes is
/// 65,490 formats.
pub(super) const MOST_ELEMENTS: usize = 1_000_000;

/// What has been read so far.
#[derive(Debug, Default, Clone)]
pub(super) struct Measure {
    cells: usize,
    text: usize,
}

/// More than is ever read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Measure {
    /// Adds cells that hold nothing, or whose text is counted elsewhere.
    pub fn add_cells(&mut self, count: usize) -> Result<(), TooMuch> {
        self.cells = self.cells.saturating_add(count);
        if self.cells > MOST_CELLS { Err(TooMuch) } else { Ok(()) }
    }

    pub fn add_text(&mut self, bytes: usize) -> Result<(), TooMuch> {
        self.text = self.text.saturating_add(bytes);
        if self.text > MOST_TEXT { Err(TooMuch) } else { Ok(()) }
    }

    /// Adds one cell with what it holds.
    pub fn add(&mut self, cell: &Cell) -> Result<(), TooMuch> {
        self.add_cells(1)?;
        match cell {
            Cell::Text(text) | Cell::Fault(text) => self.add_text(text.len()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_many_cells_share_counts_once_for_each() {
        let (mut measure, cell) = (Measure::default(), Cell::Text("x".repeat(MOST_TEXT / 4)));
        assert!((0..4).all(|_| measure.add(&cell).is_ok()));
        assert_eq!(measure.add(&cell), Err(TooMuch));
    }

    #[test]
    fn empty_cells_count_too() {
        let mut measure = Measure::default();
        assert_eq!(measure.add_cells(MOST_CELLS), Ok(()));
        assert_eq!(measure.add(&Cell::Empty), Err(TooMuch));
    }
}
