//! How a file's text becomes rows and cells: straight at its commas where nothing is quoted, else by the rules of CSV.

use csv_core::{ReadRecordResult, Reader};

use super::{OPEN_QUOTE, Row, Table, commas};
use crate::ledger::coding::is_mark;
use crate::model::{Place, Problem};

/// Where a line begins, where the next one does, and its number.
struct Line {
    from: usize,
    until: usize,
    number: u32,
}

impl Table {
    /// Splits a text in which every comma parts two cells and every line end two rows.
    pub(super) fn split_plain(&mut self, text: &[u8]) {
        self.rows.reserve_exact(memchr::memchr_iter(b'\n', text).count() + 1);
        // A last line that no line end closes is a row too.
        let end = (!self.ends_with_newline).then_some(text.len());
        let (mut from, mut number) = (0, 1);
        for at in memchr::memchr_iter(b'\n', text).chain(end) {
            if at > from {
                self.take_plain_line(&text[from..at], Line { from, number, until: text.len().min(at + 1) });
            }
            (from, number) = (at + 1, number + 1);
        }
    }

    /// Splits a header and some lines of such a text, which have these numbers in their file.
    pub(super) fn split_part(&mut self, text: &[u8], numbers: &[u32]) {
        self.rows.reserve_exact(numbers.len());
        let mut from = 0;
        for (line, number) in text.split_inclusive(|byte| *byte == b'\n').zip(std::iter::once(&1).chain(numbers)) {
            let until = from + line.len();
            let cells = line.strip_suffix(b"\n").unwrap_or(line);
            if !cells.is_empty() {
                self.take_plain_line(cells, Line { from, number: *number, until });
            }
            from = until;
        }
    }

    /// Takes a line without its end: the first one names the columns.
    fn take_plain_line(&mut self, text: &[u8], line: Line) {
        if self.has_marks && is_mark(text) {
            return;
        }
        if self.columns.is_empty() {
            self.columns = String::from_utf8_lossy(text).split(',').map(|name| name.trim().to_owned()).collect();
            return;
        }
        let found = commas::count(text) + 1;
        if found != self.columns.len() {
            self.name_width(line.number, found);
        }
        self.rows.push(Row { from: line.from as u32, until: line.until as u32, line: line.number });
    }

    fn name_width(&mut self, line: u32, found: usize) {
        let place = Place::line(&self.path, line);
        let wanted = self.columns.len();
        self.problems.push(Problem::data("row-width", place).with("found", found).with("wanted", wanted));
    }

    /// Splits a text in which cells may stand in quotes.
    pub(super) fn split(&mut self, text: &[u8]) {
        let mut cells = vec![0; text.len()];
        let columns = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let columns = columns.iter().filter(|byte| **byte == b',').count() + 1;
        let mut ends: Vec<usize> = vec![0; columns.max(16) * 4];
        let mut reader = Reader::new();
        let line_end = if text.contains(&b'\n') { b'\n' } else { b'\r' };
        let (mut at, mut written, mut line) = (0usize, 0usize, 1u32);
        loop {
            let (from, started_at, first_line) = (at, written, line);
            let mut fields = 0usize;
            loop {
                let (result, read, wrote, ended) =
                    reader.read_record(&text[at..], &mut cells[written..], &mut ends[fields..]);
                line += text[at..at + read].iter().filter(|byte| **byte == line_end).count() as u32;
                at += read;
                written += wrote;
                fields += ended;
                match result {
                    ReadRecordResult::Record => break,
                    ReadRecordResult::End => {
                        cells.truncate(written);
                        self.cells = String::from_utf8(cells).expect("the text is UTF-8, and only ASCII is taken out");
                        return;
                    }
                    ReadRecordResult::InputEmpty => {}
                    ReadRecordResult::OutputFull => cells.resize(cells.len() * 2 + 64, 0),
                    ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                }
            }
            let skipped = text[from..at].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let blank = text[from..from + skipped].iter().filter(|byte| **byte == line_end).count() as u32;
            let row_line = first_line + blank;
            if at == text.len() && ends_inside_quotes(&text[from..]) {
                self.problems.push(Problem::data(OPEN_QUOTE, Place::line(&self.path, row_line)));
            }
            if self.has_marks && is_mark(&text[from + skipped..at]) {
                continue;
            }
            if self.columns.is_empty() {
                self.columns = header(&cells[started_at..written], &ends[..fields]);
                continue;
            }
            self.take_row(from + skipped, at, row_line, started_at, &ends[..fields]);
        }
    }

    fn take_row(&mut self, from: usize, until: usize, line: u32, cells_from: usize, ends: &[usize]) {
        if ends.len() != self.columns.len() {
            self.name_width(line, ends.len());
        }
        self.add_bounds(cells_from, ends);
        self.rows.push(Row { from: from as u32, until: until as u32, line });
    }

    /// Notes where a row's cells lie, as far as there are columns: one that the row is too short for is empty, behind its
    /// last one. Ends are counted from the row's beginning.
    pub(super) fn add_bounds(&mut self, from: usize, ends: &[usize]) {
        let last = ends.last().copied().unwrap_or(0);
        let ends = (0..self.columns.len()).map(|column| ends.get(column).copied().unwrap_or(last));
        self.bounds.extend(std::iter::once(0).chain(ends).map(|end| (from + end) as u32));
    }
}

/// Whether the last row of a text is still inside quotes where the text ends: then a row behind it would be part of its cell.
fn ends_inside_quotes(last: &[u8]) -> bool {
    let (mut reader, mut cells, mut ends) = (Reader::new(), vec![0; last.len() + 8], vec![0; last.len() + 8]);
    let and_one_more = [last, b"\n,\n"].concat();
    let (result, read, ..) = reader.read_record(&and_one_more, &mut cells, &mut ends);
    result != ReadRecordResult::Record || read > last.len() + 1
}

/// The names of the columns.
fn header(cells: &[u8], ends: &[usize]) -> Vec<String> {
    let begins = std::iter::once(0).chain(ends.iter().copied());
    let name = |(from, until): (usize, &usize)| String::from_utf8_lossy(&cells[from..*until]).trim().to_owned();
    begins.zip(ends).map(name).collect()
}
