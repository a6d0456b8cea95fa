//! Text files of rows: their encoding, what parts their columns, and quotes. Rows are counted as a spreadsheet counts
//! them: a line break inside quotes does not begin a row, and an empty line is one.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::limits::{MOST_COLUMNS, MOST_ROWS, Measure};
use super::sheet::{Cell, Row, Sheet, too_large};
use crate::model::{Outcome, Place, Problem};

pub(super) fn read(file_name: &str, bytes: &[u8]) -> Outcome<Sheet> {
    let text = decoded(bytes).ok_or_else(|| Problem::data("not-a-workbook", Place::file(file_name)))?;
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    if ["<html", "<table", "<?xml", "<!doctype"].iter().any(|opening| start.starts_with(opening)) {
        return Err(Problem::data("web-page", Place::file(file_name)).into());
    }
    let rows = rows(&text, parting(&text)).map_err(|unread| match unread {
        Unread::OpenQuote(row) => {
            Problem::data("open-quote", Place::Cell { file: file_name.to_owned(), sheet: None, row, column: None })
        }
        Unread::TooMuch => too_large(file_name),
    })?;
    Ok(Sheet { name: None, hidden: false, rows, merges: Vec::new(), from_1904: false })
}

/// The text, or nothing where the bytes are no text in an encoding that Chinese spreadsheets are saved in.
fn decoded(bytes: &[u8]) -> Option<String> {
    let (encoding, body) = match bytes {
        [0xEF, 0xBB, 0xBF, body @ ..] => (UTF_8, body),
        [0xFF, 0xFE, body @ ..] => (UTF_16LE, body),
        [0xFE, 0xFF, body @ ..] => (UTF_16BE, body),
        _ if bytes.contains(&0) => return None,
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        _ => (GB18030, bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(body)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// What parts the columns: of tab, comma and semicolon the one that the fullest of the first lines has most of.
fn parting(text: &str) -> char {
    let most = |parting: char| text.lines().take(30).map(|line| line.matches(parting).count()).max().unwrap_or(0);
    let (tabs, commas, semicolons) = (most('\t'), most(','), most(';'));
    if tabs > 0 && tabs >= commas.max(semicolons) {
        '\t'
    } else if semicolons > commas {
        ';'
    } else {
        ','
    }
}

/// Why the rows cannot be told.
enum Unread {
    /// A quote opens in this row and nothing closes it.
    OpenQuote(u32),
    TooMuch,
}

/// The rows that hold anything.
fn rows(text: &str, parting: char) -> Result<Vec<Row>, Unread> {
    let mut letters = text.chars().peekable();
    let (mut rows, mut cells, mut number) = (Vec::new(), Vec::new(), 1);
    let mut measure = Measure::default();
    // A long run of partings is no row of a sheet; how many of them hold something is seen at the row's end.
    let mut widest = 0;
    while letters.peek().is_some() {
        let cell = cell(&mut letters, parting).ok_or(Unread::OpenQuote(number))?;
        if cell.is_empty() {
            widest += 1;
        } else {
            cells.resize(widest, Cell::Empty);
            widest += 1;
            if widest > MOST_COLUMNS {
                return Err(Unread::TooMuch);
            }
            cells.push(cell);
        }
        let ended = match letters.next() {
            Some('\r') => {
                letters.next_if_eq(&'\n');
                true
            }
            Some('\n') | None => true,
            Some(_) => {
                // A parting at the very end of the text opens one more, empty cell.
                letters.peek().is_none()
            }
        };
        if ended {
            measure.add_cells(cells.len()).map_err(|_| Unread::TooMuch)?;
            push_row(&mut rows, number, std::mem::take(&mut cells));
            if rows.len() > MOST_ROWS {
                return Err(Unread::TooMuch);
            }
            widest = 0;
            number += 1;
        }
    }
    Ok(rows)
}

fn push_row(rows: &mut Vec<Row>, number: u32, cells: Vec<Cell>) {
    if !cells.is_empty() {
        rows.push(Row { number, cells });
    }
}

/// One cell, up to what parts it from the next or ends the row; nothing where its quote is never closed.
fn cell(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, parting: char) -> Option<Cell> {
    let mut text = String::new();
    if letters.next_if_eq(&'"').is_some() {
        loop {
            match letters.next()? {
                '"' if letters.next_if_eq(&'"').is_some() => text.push('"'),
                '"' => break,
                letter => text.push(letter),
            }
        }
    }
    while let Some(letter) = letters.next_if(|letter| *letter != parting && !matches!(letter, '\r' | '\n')) {
        text.push(letter);
    }
    Some(if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = read("a.csv", text.as_bytes()).unwrap();
        sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::text).collect())).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        assert_eq!(
            table("a,b\r\n\"1\n2\",\"x\"\"y\"\r\n\r\n,,\n3,4"),
            [row(1, &["a", "b"]), row(2, &["1\n2", "x\"y"]), row(5, &["3", "4"])]
        );
    }

    #[test]
    fn tabs_and_semicolons_part_columns_too() {
        assert_eq!(table("title, of it\na\tb\tc\n"), [row(1, &["title, of it"]), row(2, &["a", "b", "c"])]);
        assert_eq!(table("a;b;c\r1;;3"), [row(1, &["a", "b", "c"]), row(2, &["1", "", "3"])]);
    }

    #[test]
    fn an_open_quote_is_refused_with_its_row() {
        let problems = read("a.csv", b"a,b\n1,\"2\n3,4\n").unwrap_err();
        assert_eq!((problems.0[0].code, problems.0[0].place.row()), ("open-quote", Some(2)));
    }

    #[test]
    fn each_encoding_of_the_field_gives_the_same_text() {
        let text = "姓名,班级\n易怡子,一年级1班\n";
        let (gb18030, ..) = GB18030.encode(text);
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), &[&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat(), &gb18030, &utf16] {
            assert_eq!(read("a.csv", bytes).unwrap(), read("a.csv", text.as_bytes()).unwrap());
        }
    }

    #[test]
    fn a_web_page_and_random_bytes_are_no_table() {
        for (bytes, code) in
            [(&b"<html><table>"[..], "web-page"), (b"\x01\x00\x02", "not-a-workbook"), (b"\x80\xff", "not-a-workbook")]
        {
            assert_eq!(read("a.xls", bytes).unwrap_err().0[0].code, code);
        }
    }
}
