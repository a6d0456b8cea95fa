//! Bytes become sheets of cells. What a file is follows from its content, never from the ending of its name, and
//! nothing here knows what a column means. Begin with `read`.

use super::limits::{LARGEST_FILE, LARGEST_UNFOLDED, MOST_CELLS, MOST_COLUMNS, MOST_ROWS};
use super::{text_table, workbook};
use crate::model::{Day, Outcome, Place, Problem};

/// One sheet of a spreadsheet, or the one table of a text file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Nothing for a text file.
    pub name: Option<String>,
    pub hidden: bool,
    /// The rows that hold anything, in order.
    pub rows: Vec<Row>,
    pub merges: Vec<Merge>,
    /// Whether numbers of days count from 1904, as old Macintosh workbooks do.
    pub from_1904: bool,
}

/// One row, numbered from 1 as a spreadsheet shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column counted from 0; an empty one past the row's end.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A merged range: rows from 1, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    pub rows: (u32, u32),
    pub columns: (usize, usize),
}

/// A number to 15 digits, as spreadsheets show it: what `=0.1+0.2` left in the file is 0.3.
fn fifteen_digits(number: f64) -> String {
    let before = if number.abs() < 1.0 { 0 } else { number.abs().log10() as usize + 1 };
    let shown = format!("{number:.*}", 15usize.saturating_sub(before));
    let short = if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.') } else { &shown };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// What one cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Date(Day),
    Bool(bool),
    /// A formula that gave an error, such as `#N/A`.
    Fault(String),
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(super::fold::is_space),
            _ => false,
        }
    }

    /// The content as a spreadsheet would show it; a long number as a number, with the digits that it has lost.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Fault(text) => text.clone(),
            Cell::Number(number) if number.abs() >= 1e15 => format!("{number:E}"),
            Cell::Number(number) => fifteen_digits(*number),
            Cell::Date(day) => day.to_string(),
            Cell::Bool(true) => "TRUE".to_owned(),
            Cell::Bool(false) => "FALSE".to_owned(),
        }
    }
}

/// The sheets of a file: xlsx, xls, ods, or text parted by commas, semicolons or tabs in UTF-8, UTF-16 or GB18030.
pub fn read(file_name: &str, bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    let place = Place::file(file_name);
    if bytes.len() > LARGEST_FILE {
        return Err(too_large(file_name).into());
    }
    match bytes {
        [] => Err(Problem::data("empty", place).into()),
        [b'P', b'K', 3 | 5 | 7, ..] => workbook::read_zipped(file_name, bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => workbook::read_compound(file_name, bytes),
        _ => text_table::read(file_name, bytes).map(|sheet| vec![sheet]),
    }
}

/// The file holds more than any school's census does.
pub(super) fn too_large(file_name: &str) -> Problem {
    Problem::data("file-too-large", Place::file(file_name))
        .with("megabytes", LARGEST_FILE >> 20)
        .with("rows", MOST_ROWS)
        .with("columns", MOST_COLUMNS)
        .with("cells", MOST_CELLS)
        .with("unfolded", LARGEST_UNFOLDED >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(start in 0_usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let opening: [&[u8]; 4] = [b"", b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], &[0xFF, 0xFE]];
            let _ = read("a.xlsx", &[opening[start], &bytes].concat());
        }
    }

    #[test]
    fn a_file_beyond_the_bound_is_refused_unread() {
        assert_eq!(read("a.csv", &vec![b'a'; LARGEST_FILE + 1]).unwrap_err().0[0].code, "file-too-large");
    }
}
