//! How a file's text becomes rows and cells: straight at its commas where nothing is quoted, else by the rules of CSV.

use csv_core::{ReadRecordResult, Reader};

use super::{Row, Table};
use crate::model::{Place, Problem};

impl Table {
    /// Splits a text in which every comma parts two cells and every line end two rows.
    pub(super) fn split_plain(&mut self, text: &[u8]) {
        let lines = memchr::memchr_iter(b'\n', text).count() + 1;
        let (mut from, mut line, mut first_end) = (0, 1, 0);
        // A last line that no line end closes is a row too.
        let end = (!self.ends_with_newline).then_some(text.len());
        for at in memchr::memchr2_iter(b',', b'\n', text).chain(end) {
            self.ends.push(at as u32);
            if text.get(at) == Some(&b',') {
                continue;
            }
            if at == from {
                self.ends.truncate(first_end);
            } else if self.columns.is_empty() {
                let ends: Vec<usize> = self.ends.drain(..).map(|end| end as usize).collect();
                self.columns = header(text, &ends, 1);
                self.rows.reserve_exact(lines);
                self.ends.reserve_exact(lines * self.columns.len());
            } else {
                self.take_plain_row(Row {
                    from: from as u32,
                    until: text.len().min(at + 1) as u32,
                    line,
                    first_end: first_end as u32,
                    cells_from: from as u32,
                });
            }
            first_end = self.ends.len();
            (from, line) = (at + 1, line + 1);
        }
    }

    fn take_plain_row(&mut self, row: Row) {
        let first = row.first_end as usize;
        let (found, wanted) = (self.ends.len() - first, self.columns.len());
        if found != wanted {
            self.name_width(row.line, found);
            let last = self.ends.last().copied().unwrap_or_default();
            self.ends.resize(first + wanted, last);
        }
        self.rows.push(row);
    }

    fn name_width(&mut self, line: u32, found: usize) {
        let place = Place::line(&self.path, line);
        let wanted = self.columns.len();
        self.problems.push(Problem::data("row-width", place).with("found", found).with("wanted", wanted));
    }

    /// Splits a text in which cells may stand in quotes.
    pub(super) fn split(&mut self, text: &[u8]) {
        self.cells = vec![0; text.len()];
        let columns = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let columns = columns.iter().filter(|byte| **byte == b',').count() + 1;
        let mut ends: Vec<usize> = vec![0; columns.max(16) * 4];
        let mut reader = Reader::new();
        let (mut at, mut written, mut line) = (0usize, 0usize, 1u32);
        loop {
            let (from, started_at, first_line) = (at, written, line);
            let mut fields = 0usize;
            loop {
                let (result, read, wrote, ended) =
                    reader.read_record(&text[at..], &mut self.cells[written..], &mut ends[fields..]);
                line += text[at..at + read].iter().filter(|byte| **byte == b'\n').count() as u32;
                at += read;
                written += wrote;
                fields += ended;
                match result {
                    ReadRecordResult::Record => break,
                    ReadRecordResult::End => {
                        self.cells.truncate(written);
                        return;
                    }
                    ReadRecordResult::InputEmpty => {}
                    ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2 + 64, 0),
                    ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                }
            }
            let skipped = text[from..at].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let blank = text[from..from + skipped].iter().filter(|byte| **byte == b'\n').count() as u32;
            let row_line = first_line + blank;
            if from == 0 && self.columns.is_empty() {
                self.columns = header(&self.cells[started_at..written], &ends[..fields], 0);
                continue;
            }
            self.take_row(from + skipped, at, row_line, started_at, &ends[..fields]);
        }
    }

    fn take_row(&mut self, from: usize, until: usize, line: u32, cells_from: usize, ends: &[usize]) {
        if ends.len() != self.columns.len() {
            self.name_width(line, ends.len());
        }
        let first_end = self.ends.len() as u32;
        let width = self.columns.len();
        let base = cells_from as u32;
        let last = ends.last().copied().unwrap_or(0) as u32;
        self.ends.extend((0..width).map(|column| base + ends.get(column).map_or(last, |end| *end as u32)));
        self.rows.push(Row { from: from as u32, until: until as u32, line, first_end, cells_from: base });
    }
}

/// The names of the columns, whose cells lie so many bytes apart.
fn header(cells: &[u8], ends: &[usize], gap: usize) -> Vec<String> {
    let mut from = 0;
    ends.iter()
        .map(|end| {
            let name = String::from_utf8_lossy(&cells[from..*end]).trim().to_owned();
            from = *end + gap;
            name
        })
        .collect()
}
