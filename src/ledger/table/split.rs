//! How a file's text becomes rows and cells: straight at its commas where nothing is quoted, else by the rules of CSV.

use csv_core::{ReadRecordResult, Reader};

use super::{Row, Table};
use crate::model::{Place, Problem};

impl Table {
    /// Splits a text in which every comma parts two cells and every line end two rows.
    pub(super) fn split_plain(&mut self, text: &str) {
        let text = text.as_bytes();
        let lines = memchr::memchr_iter(b'\n', text).count() + 1;
        let (mut from, mut line, mut first_end) = (0, 1, 0);
        // A last line that no line end closes is a row too.
        let end = (!self.ends_with_newline).then_some(text.len());
        for at in Marks::of(text).chain(end) {
            self.ends.push(at - from);
            if text.get(at) == Some(&b',') {
                continue;
            }
            if at == from {
                self.ends.truncate(first_end);
            } else if self.columns.is_empty() {
                let ends: Vec<usize> = (0..self.ends.len()).map(|place| self.ends.at(place)).collect();
                self.columns = header(&text[from..], &ends, 1);
                self.ends.truncate(0);
                self.rows.reserve_exact(lines);
                self.ends.reserve_exact(lines * self.columns.len());
            } else {
                self.fit_plain_row(first_end, line);
                let until = text.len().min(at + 1) as u32;
                self.rows.push(Row { from: from as u32, until, line, cells_from: from as u32 });
            }
            first_end = self.ends.len();
            (from, line) = (at + 1, line + 1);
        }
    }

    /// Gives the last row as many ends as there are columns.
    fn fit_plain_row(&mut self, first: usize, line: u32) {
        let (found, wanted) = (self.ends.len() - first, self.columns.len());
        if found == wanted {
            return;
        }
        self.name_width(line, found);
        let last = self.ends.at(self.ends.len() - 1);
        self.ends.truncate(first + wanted.min(found));
        (found..wanted).for_each(|_| self.ends.push(last));
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
        let (mut at, mut written, mut line) = (0usize, 0usize, 1u32);
        loop {
            let (from, started_at, first_line) = (at, written, line);
            let mut fields = 0usize;
            loop {
                let (result, read, wrote, ended) =
                    reader.read_record(&text[at..], &mut cells[written..], &mut ends[fields..]);
                line += text[at..at + read].iter().filter(|byte| **byte == b'\n').count() as u32;
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
            let blank = text[from..from + skipped].iter().filter(|byte| **byte == b'\n').count() as u32;
            let row_line = first_line + blank;
            if from == 0 && self.columns.is_empty() {
                self.columns = header(&cells[started_at..written], &ends[..fields], 0);
                continue;
            }
            self.take_row(from + skipped, at, row_line, started_at, &ends[..fields]);
        }
    }

    fn take_row(&mut self, from: usize, until: usize, line: u32, cells_from: usize, ends: &[usize]) {
        if ends.len() != self.columns.len() {
            self.name_width(line, ends.len());
        }
        let last = ends.last().copied().unwrap_or(0);
        (0..self.columns.len()).for_each(|column| self.ends.push(ends.get(column).copied().unwrap_or(last)));
        self.rows.push(Row { from: from as u32, until: until as u32, line, cells_from: cells_from as u32 });
    }
}

/// The places of the commas and line ends in a text, eight bytes at a time.
struct Marks<'t> {
    text: &'t [u8],
    /// The place behind the eight bytes that `found` is about.
    at: usize,
    /// The highest bit of each byte that is a mark and was not given yet.
    found: u64,
}

impl<'t> Marks<'t> {
    fn of(text: &'t [u8]) -> Marks<'t> {
        Marks { text, at: 0, found: 0 }
    }

    fn look_at_more(&mut self) -> Option<()> {
        let rest = &self.text[self.at.min(self.text.len())..];
        let eight = match rest.first_chunk::<8>() {
            Some(eight) => *eight,
            None if rest.is_empty() => return None,
            None => std::array::from_fn(|at| rest.get(at).copied().unwrap_or(0)),
        };
        let word = u64::from_le_bytes(eight);
        self.found = bytes_of(word, b',') | bytes_of(word, b'\n');
        self.at += 8;
        Some(())
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            self.look_at_more()?;
        }
        let byte = self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(self.at - 8 + byte)
    }
}

/// The highest bit of each of eight bytes that is this one (Hacker's Delight, 6-1: without a carry between bytes).
fn bytes_of(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let differs = word ^ u64::from_ne_bytes([byte; 8]);
    !(((differs & LOW) + LOW) | differs | LOW)
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
