//! A CSV file of the ledger: its rows as they lie in the file, each with its line, so that a change of one row is a
//! change of one line and every other byte stays. Knows nothing of what the columns mean.

mod commas;
mod opened;
mod split;

pub use opened::Overlay;

use std::collections::{BTreeMap, BTreeSet};

use super::coding::{self, Encoding, decode};
use super::stretch::Stretch;
use crate::model::{Outcome, Place, Problem, Problems};

/// A CSV file that has been read. Rows that are damaged are named in `problems`, and the others are there.
#[derive(Debug, Clone)]
pub struct Table {
    pub path: String,
    source: Source,
    pub columns: Vec<String>,
    rows: Vec<Row>,
    /// The text is UTF-8 without quotes: the cells lie in the source between commas, and are found when they are asked for.
    plain: bool,
    /// Else the cells without their quotes, one behind the other.
    cells: String,
    /// Where in them each row begins and each of its cells ends: one more for every row than there are columns.
    bounds: Vec<u32>,
    pub problems: Vec<Problem>,
    /// How its text was coded, where it is not the ledger's own UTF-8 without a mark.
    pub encoding: Encoding,
    /// Whether the last line ends as a line does; one that does not may have been cut off.
    pub ends_with_newline: bool,
    /// Whether there is such a file.
    is_there: bool,
    /// Only some of its rows were taken: no change of the file can be made from it.
    is_part: bool,
    /// A merge left its marks in it: they are no rows.
    has_marks: bool,
}

/// The code of the problem that quotes are opened in the last row and closed nowhere.
const OPEN_QUOTE: &str = "quote-open";

/// The bytes as they were read from the disk.
#[derive(Debug, Clone)]
enum Source {
    Own(Vec<u8>),
    /// Beside those of other files.
    Shared(Stretch),
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Bytes of the decoded text that the row takes, with its line end.
    from: u32,
    until: u32,
    line: u32,
}

/// The place of a column that is not there.
const MISSING: usize = usize::MAX;

impl Source {
    fn bytes(&self) -> &[u8] {
        match self {
            Source::Own(bytes) => bytes,
            Source::Shared(stretch) => stretch,
        }
    }
}

impl Table {
    /// Reads a file's bytes. The first row names the columns; `required` ones that are missing are a problem.
    pub fn read(path: &str, source: Vec<u8>, required: &[&str]) -> Table {
        Table::read_source(path, Source::Own(source), required)
    }

    /// The same, of bytes that lie beside those of other files.
    pub(super) fn read_shared(path: &str, source: Stretch, required: &[&str]) -> Table {
        Table::read_source(path, Source::Shared(source), required)
    }

    fn read_source(path: &str, source: Source, required: &[&str]) -> Table {
        let mut table = Table { is_there: true, ..Table::new(path, Vec::new()) };
        let bytes = source.bytes();
        // What stands in the file as it is need not be copied: most logs are UTF-8 and have no quotes.
        table.plain = memchr::memchr3(b'"', b'\r', 0, bytes).is_none()
            && !bytes.starts_with(coding::MARK)
            && simdutf8::basic::from_utf8(bytes).is_ok();
        if table.plain {
            table.name_damage(bytes);
            table.split_plain(bytes);
        } else {
            table.read_decoded(bytes);
        }
        table.source = source;
        table.check_columns(required);
        table
    }

    fn read_decoded(&mut self, bytes: &[u8]) {
        let (text, encoding) = decode(bytes);
        self.encoding = encoding;
        if encoding == Encoding::Damaged {
            self.problems.push(coding::damaged(&self.path, bytes));
        }
        if self.is_text() {
            self.name_damage(text.as_bytes());
            self.split(text.as_bytes());
        }
    }

    fn is_text(&self) -> bool {
        self.problems.iter().all(|problem| problem.code != "not-text")
    }

    /// Names what a merge, a cut or a failing disk left in the text.
    fn name_damage(&mut self, text: &[u8]) {
        self.ends_with_newline = text.is_empty() || text.ends_with(b"\n") || text.ends_with(b"\r");
        let conflict = coding::conflict_line(text);
        self.has_marks = conflict.is_some();
        let lost = coding::lost_line(text).map(|line| ("bytes-lost", line));
        for (code, line) in lost.into_iter().chain(conflict.map(|line| ("form-conflict", line))) {
            self.problems.push(Problem::data(code, Place::line(&self.path, line)));
        }
    }

    /// The bytes as they were read from the disk.
    pub fn source(&self) -> &[u8] {
        self.source.bytes()
    }

    /// Reads a file that may not be there: without its bytes it is one that does not exist yet.
    pub fn read_or_new(path: &str, source: Option<Vec<u8>>, required: &[&str]) -> Table {
        source.map_or_else(|| Table::new(path, Vec::new()), |source| Table::read(path, source, required))
    }

    /// The same file with these columns, where it names none: it is new, or somebody has emptied it.
    #[must_use]
    pub fn with_columns(mut self, columns: &[&str]) -> Table {
        if self.rows.is_empty() && self.columns.iter().all(String::is_empty) {
            self.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        }
        self
    }

    /// The table, where rows can be put under its header.
    ///
    /// # Errors
    /// As [`Table::takes_rows`].
    pub fn writable(self) -> Outcome<Table> {
        self.takes_rows().map(|()| self)
    }

    /// That a row can be added or changed without anything being lost.
    ///
    /// # Errors
    /// Where not all of the file is text, the header lacks a column that every row needs, a merge left its marks, or the
    /// last row never ends: what is written there would be lost, or what cannot be read would.
    pub fn takes_rows(&self) -> Outcome<()> {
        const WRONG: [&str; 5] = ["column-missing", "not-text", "text-damaged", "form-conflict", OPEN_QUOTE];
        let wrong = |problem: &&Problem| WRONG.contains(&problem.code);
        let wrong: Vec<Problem> = self.problems.iter().filter(wrong).cloned().collect();
        if wrong.is_empty() { Ok(()) } else { Err(Problems(wrong)) }
    }

    fn ends_its_rows(&self) -> bool {
        self.problems.iter().all(|problem| problem.code != OPEN_QUOTE)
    }

    /// The bytes that a change of the file is made from; nothing where there is no file.
    pub fn before(&self) -> Option<Vec<u8>> {
        assert!(!self.is_part, "a part of a file is for reading alone");
        self.is_there.then(|| self.source().to_vec())
    }

    /// An empty file with these columns, which does not exist yet.
    pub fn new(path: &str, columns: Vec<String>) -> Table {
        Table {
            path: path.to_owned(),
            source: Source::Own(Vec::new()),
            columns,
            rows: Vec::new(),
            plain: false,
            cells: String::new(),
            bounds: Vec::new(),
            problems: Vec::new(),
            encoding: Encoding::Utf8,
            ends_with_newline: true,
            is_there: false,
            is_part: false,
            has_marks: false,
        }
    }

    /// Some lines of a file without quotes, behind its header, each with its number in the file: for reading alone.
    pub(super) fn part(path: &str, text: String, numbers: &[u32]) -> Table {
        let mut table = Table { is_there: true, is_part: true, plain: true, ..Table::new(path, Vec::new()) };
        table.ends_with_newline = text.is_empty() || text.ends_with('\n');
        table.split_part(text.as_bytes(), numbers);
        table.source = Source::Own(text.into_bytes());
        table
    }

    fn check_columns(&mut self, required: &[&str]) {
        if self.source().is_empty() || !self.is_text() {
            return;
        }
        for name in required.iter().filter(|name| !self.columns.iter().any(|column| column == *name)) {
            self.problems.push(Problem::data("column-missing", Place::line(&self.path, 1)).with("column", name));
        }
        let is_again = |(at, name): &(usize, &String)| !name.is_empty() && self.columns[..*at].contains(name);
        for (_, name) in self.columns.iter().enumerate().filter(is_again) {
            self.problems.push(Problem::data("column-twice", Place::line(&self.path, 1)).with("column", name));
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The line on which a row begins, as an editor counts it.
    pub fn line(&self, row: usize) -> u32 {
        self.rows[row].line
    }

    pub fn place(&self, row: usize) -> Place {
        Place::line(&self.path, self.line(row))
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// A cell's bytes with the quotes taken off.
    pub fn bytes(&self, row: usize, column: usize) -> &[u8] {
        if self.plain {
            return commas::cell(self.line_of(row), column);
        }
        let bounds = &self.bounds[row * (self.columns.len() + 1)..][..=self.columns.len()];
        &self.cells.as_bytes()[bounds[column] as usize..bounds[column + 1] as usize]
    }

    /// The same of some columns of a row: found together, they cost no more than the last of them.
    pub fn bytes_of<const N: usize>(&self, row: usize, columns: &Columns<N>) -> [&[u8]; N] {
        let sorted = columns.sorted.map(|(column, _)| column);
        let found = match self.plain {
            true => commas::cells(self.line_of(row), sorted),
            false => sorted.map(|column| if column == MISSING { &[] } else { self.bytes(row, column) }),
        };
        let mut cells = [&[][..]; N];
        columns.sorted.iter().zip(found).for_each(|((_, place), cell)| cells[*place] = cell);
        cells
    }

    /// The texts of some columns of a row; empty where there is no such column.
    pub fn cells_together<const N: usize>(&self, row: usize, columns: &Columns<N>) -> [&str; N] {
        self.bytes_of(row, columns).map(text)
    }

    /// Where columns stand that are looked at together.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Columns<N> {
        let mut place = 0;
        let mut sorted = names.map(|name| {
            place += 1;
            (self.column(name).unwrap_or(MISSING), place - 1)
        });
        sorted.sort_unstable();
        Columns { sorted }
    }

    /// A cell's text with the quotes taken off.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        text(self.bytes(row, column))
    }

    /// The bytes of a plain row, without its line end.
    fn line_of(&self, row: usize) -> &[u8] {
        let Row { from, until, .. } = self.rows[row];
        let line = &self.source()[from as usize..until as usize];
        line.strip_suffix(b"\n").unwrap_or(line)
    }

    /// The cell of a named column; empty where there is no such column.
    pub fn get(&self, row: usize, column: &str) -> &str {
        self.column(column).map_or("", |column| self.cell(row, column))
    }

    /// A row by its columns, empty cells included.
    pub fn cells_of(&self, row: usize) -> Cells {
        self.columns.iter().enumerate().map(|(at, name)| (name.clone(), self.cell(row, at).to_owned())).collect()
    }

    /// The row whose id this is.
    pub fn row_of(&self, id: &str) -> Option<usize> {
        let column = self.column("id")?;
        (0..self.len()).find(|row| self.bytes(*row, column) == id.as_bytes())
    }

    /// The whole file as the ledger writes it, after an edit.
    ///
    /// Rows that the edit does not touch keep their bytes. A new row stands by its sort key (`date` or `opened`, then
    /// id) among the others. A column that the file lacks is added behind the columns that it has.
    pub fn edited(&self, edit: &Edit) -> Vec<u8> {
        assert!(!self.is_part, "a part of a file is for reading alone");
        self.with_one_row(edit).unwrap_or_else(|| self.rewritten(edit))
    }

    /// The file with one row put in its place, where the file is in the ledger's own writing: no other byte is looked at
    /// one by one.
    fn with_one_row(&self, edit: &Edit) -> Option<Vec<u8>> {
        let [added] = &edit.added[..] else { return None };
        let fits = edit.changed.is_empty() && added.keys().all(|name| self.columns.contains(name));
        if !fits || !self.is_canonical() {
            return None;
        }
        let line = encode(self.columns.iter().map(|name| added.get(name).map_or("", String::as_str)));
        let new = (sort_key(added).unwrap_or_default(), added.get("id").map_or("", String::as_str));
        let is_before = |row: &usize| self.place_key(*row) <= (new.0.as_bytes(), new.1.as_bytes());
        let behind = (0..self.len()).rev().find(is_before).map_or(0, |row| row + 1);
        let at = self.rows.get(behind).map_or(self.source().len(), |row| row.from as usize);
        Some([&self.source()[..at], &line, &self.source()[at..]].concat())
    }

    /// Whether the file is as the ledger would write it: no quotes, no empty line, every row whole and in its place.
    fn is_canonical(&self) -> bool {
        let header = encode(self.columns.iter().map(String::as_str));
        let follow = self.rows.windows(2).all(|pair| pair[0].until == pair[1].from);
        let ends = self.rows.last().map_or(header.len(), |row| row.until as usize) == self.source().len();
        let begins = self.rows.first().is_none_or(|row| row.from as usize == header.len());
        self.plain
            && self.problems.is_empty()
            && self.ends_with_newline
            && self.source().starts_with(&header)
            && (follow && begins && ends)
            && (1..self.len()).all(|row| self.place_key(row - 1) <= self.place_key(row))
    }

    /// By what a row stands where it does.
    fn place_key(&self, row: usize) -> (&[u8], &[u8]) {
        let of = |column: Option<usize>| column.map_or(&[][..], |column| self.bytes(row, column));
        (of(SORT_COLUMNS.iter().find_map(|name| self.column(name))), of(self.column("id")))
    }

    fn rewritten(&self, edit: &Edit) -> Vec<u8> {
        let mut columns = self.columns.clone();
        for name in edit.columns() {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        let same_columns = columns == self.columns && !self.source().is_empty();
        let (text, _) = decode(self.source());
        let askew = self.askew();
        // Whoever edits all the same loses nothing: the row whose quotes are open is written with them closed.
        let is_open = |row: usize| row + 1 == self.len() && !self.ends_its_rows();
        let mut lines: Vec<(String, String, Vec<u8>)> = Vec::with_capacity(self.len() + edit.added.len());
        for row in 0..self.len() {
            let id = self.get(row, "id").to_owned();
            let change = edit.changed.get(&id);
            let line = match change {
                // A row of another width is no row of these columns yet: it stays as it is, with all of its cells.
                None if (same_columns || askew.contains(&self.line(row))) && !is_open(row) => {
                    self.raw(row, text.as_bytes())
                }
                _ => self.encoded(row, &columns, change),
            };
            let key = change.and_then(sort_key).unwrap_or_else(|| self.sort_key(row));
            lines.push((key, id, line));
        }
        let in_order = lines.windows(2).all(|pair| (&pair[0].0, &pair[0].1) <= (&pair[1].0, &pair[1].1));
        for added in &edit.added {
            let cell = |name: &String| added.get(name).map(String::as_str).unwrap_or("");
            let line = encode(columns.iter().map(cell));
            let place = (sort_key(added).unwrap_or_default(), added.get("id").cloned().unwrap_or_default());
            // In a file that somebody has put in an order of their own, a new row goes to the end and nothing moves.
            lines.push((place.0, place.1, line));
        }
        if in_order {
            lines.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        }
        let mut bytes = encode(columns.iter().map(String::as_str));
        lines.iter().for_each(|(.., line)| bytes.extend_from_slice(line));
        bytes
    }

    /// The lines of the rows that have more or fewer cells than there are columns.
    pub fn askew(&self) -> BTreeSet<u32> {
        let is_wide = |problem: &&Problem| problem.code == "row-width";
        self.problems.iter().filter(is_wide).filter_map(|problem| problem.place.row()).collect()
    }

    /// Whether a row says nothing: a spreadsheet saves the empty rows below a table, too.
    pub fn is_blank(&self, row: usize) -> bool {
        (0..self.columns.len()).all(|column| self.bytes(row, column).is_empty())
    }

    /// Whether it has rows that say nothing, or columns that have no name and say nothing.
    pub fn has_blanks(&self) -> bool {
        self.said_columns().len() < self.columns.len() || (0..self.len()).any(|row| self.is_blank(row))
    }

    /// The columns that have a name, or a cell that says something.
    pub fn said_columns(&self) -> Vec<usize> {
        let says = |column: &usize| (0..self.len()).any(|row| !self.bytes(row, *column).is_empty());
        (0..self.columns.len()).filter(|column| !self.columns[*column].is_empty() || says(column)).collect()
    }

    /// The whole file in its one canonical writing: rows by sort key and id, quotes only where they are needed, and nothing
    /// that says nothing.
    pub fn canonical(&self) -> Vec<u8> {
        let rows = (0..self.len()).filter(|row| !self.is_blank(*row));
        let mut lines: Vec<_> = rows.map(|row| (self.sort_key(row), self.get(row, "id").to_owned(), row)).collect();
        lines.sort();
        let columns = self.said_columns();
        let mut bytes = encode(columns.iter().map(|column| self.columns[*column].as_str()));
        for (.., row) in lines {
            bytes.extend(encode(columns.iter().map(|column| self.cell(row, *column))));
        }
        bytes
    }

    fn raw(&self, row: usize, text: &[u8]) -> Vec<u8> {
        let span = &self.rows[row];
        let line = &text[span.from as usize..span.until as usize];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        [line, b"\n"].concat()
    }

    fn encoded(&self, row: usize, columns: &[String], change: Option<&Cells>) -> Vec<u8> {
        let cell = |(at, name): (usize, &String)| {
            let is_own = at < self.columns.len();
            let is_first = !is_own || self.column(name) == Some(at);
            let changed = change.filter(|_| is_first).and_then(|change| change.get(name)).map(String::as_str);
            changed.unwrap_or(if is_own { self.cell(row, at) } else { "" })
        };
        encode(columns.iter().enumerate().map(cell))
    }

    fn sort_key(&self, row: usize) -> String {
        SORT_COLUMNS.iter().find_map(|name| self.column(name)).map_or(String::new(), |at| self.cell(row, at).to_owned())
    }
}

fn text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).expect("the text is UTF-8, and a comma is part of no other sign")
}

/// Columns of a table that are looked at together.
#[derive(Debug, Clone, Copy)]
pub struct Columns<const N: usize> {
    /// In the order of the table, each with its place among those that were asked for; the missing ones at the end.
    sorted: [(usize, usize); N],
}

/// The columns by which rows stand: the day of an activity, of a follow-up's opening, of a spell's beginning.
const SORT_COLUMNS: [&str; 3] = ["date", "opened", "from"];

fn sort_key(cells: &Cells) -> Option<String> {
    SORT_COLUMNS.iter().find_map(|name| cells.get(*name).cloned())
}

/// Cells by column.
pub type Cells = BTreeMap<String, String>;

/// What is to become of a CSV file: rows to add, and cells to change in the rows with these ids.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub added: Vec<Cells>,
    pub changed: BTreeMap<String, Cells>,
}

impl Edit {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    fn columns(&self) -> impl Iterator<Item = &String> {
        self.added.iter().chain(self.changed.values()).flat_map(BTreeMap::keys)
    }
}

/// One line of CSV, with its line end.
pub fn encode<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(cells.map(str::as_bytes)).expect("memory takes every byte");
    writer.into_inner().expect("memory takes every byte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "id,date,note\na1,2026-09-01,eins\nb2,2026-09-03,\"zwei, \"\"drei\"\"\nvier\"\nc3,2026-09-05,\n";

    fn cells(pairs: &[(&str, &str)]) -> Cells {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn cells_lose_their_quotes_and_rows_know_their_lines() {
        let table = Table::read("x.csv", FILE.into(), &["id"]);
        assert_eq!(table.get(1, "note"), "zwei, \"drei\"\nvier");
        assert_eq!((table.line(0), table.line(1), table.line(2)), (2, 3, 5));
        assert!(table.problems.is_empty());
    }

    #[test]
    fn adding_a_row_leaves_every_other_byte_alone() {
        let table = Table::read("x.csv", FILE.into(), &["id"]);
        let edit = Edit { added: vec![cells(&[("id", "b9"), ("date", "2026-09-03")])], ..Edit::default() };
        let wanted = FILE.replace("c3,", "b9,2026-09-03,\nc3,");
        assert_eq!(String::from_utf8(table.edited(&edit)).unwrap(), wanted);
    }

    #[test]
    fn one_row_is_put_where_the_whole_file_written_anew_has_it() {
        let file = "id,date,note\na1,2026-09-01,\nb2,2026-09-03,x\nb4,2026-09-03,\nc3,2026-09-05,\n";
        for text in ["id,date,note\n", file] {
            let table = Table::read("x.csv", text.into(), &["id"]);
            for (id, date) in [("a0", "2026-09-01"), ("z", "2026-09-09"), ("b3", "2026-09-03"), ("b4", "2026-09-03")] {
                let added = vec![cells(&[("id", id), ("date", date), ("note", "a, b")])];
                let edit = Edit { added, ..Edit::default() };
                assert_eq!(table.with_one_row(&edit), Some(table.rewritten(&edit)), "{id}");
            }
        }
        for text in [
            "",
            "id,date,note\n\na1,2026-09-01,\n",
            "id,date,note\nb,2026-09-02,\na,2026-09-01,\n",
            "id,date,note\na,b",
        ] {
            let edit = Edit { added: vec![cells(&[("id", "q"), ("date", "2026-09-02")])], ..Edit::default() };
            assert_eq!(Table::read("x.csv", text.into(), &["id"]).with_one_row(&edit), None, "{text:?}");
        }
    }

    #[test]
    fn an_unknown_column_is_kept_and_a_new_one_is_added_behind_it() {
        let table = Table::read("x.csv", "id,date,mine\na1,2026-09-01,7\n".into(), &["id"]);
        let changed = [("a1".to_owned(), cells(&[("void", "typed twice")]))].into();
        let bytes = table.edited(&Edit { changed, ..Edit::default() });
        assert_eq!(String::from_utf8(bytes).unwrap(), "id,date,mine,void\na1,2026-09-01,7,typed twice\n");
    }

    #[test]
    fn quotes_that_are_never_closed_are_named_and_no_row_is_written_into_them() {
        for last in ["b2,2026-09-03,\"open", "b2,2026-09-03,\"a\nc3,2026-09-05,x\n", "b2,2026-09-03,\"\"\"\n"] {
            let table = Table::read("x.csv", format!("id,date,note\na1,2026-09-01,\n{last}").into(), &["id"]);
            assert_eq!((table.problems[0].code, &table.problems[0].place), ("quote-open", &Place::line("x.csv", 3)));
            assert!(table.takes_rows().is_err() && table.clone().writable().is_err());
            let added = vec![cells(&[("id", "z9"), ("date", "2026-09-09")])];
            let again = Table::read("x.csv", table.edited(&Edit { added, ..Edit::default() }), &["id"]);
            assert_eq!((again.len(), again.get(2, "id"), again.get(1, "note")), (3, "z9", table.get(1, "note")));
        }
        for whole in [FILE, "id,date,note\na1,2026-09-01,\"x\"", "id,date,note\na1,2026-09-01,5\" tall\n"] {
            assert!(Table::read("x.csv", whole.into(), &["id"]).takes_rows().is_ok(), "{whole}");
        }
    }

    #[test]
    fn a_change_of_one_row_costs_no_cell_of_another_one() {
        let text = "id,date,note,note\na1,2026-09-01,x,y\nb2,2026-09-02,x,y,z,w\n";
        let table = Table::read("x.csv", text.into(), &["id"]);
        let codes: Vec<&str> = table.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["row-width", "column-twice"]);
        let changed = [("a1".to_owned(), cells(&[("note", "n"), ("void", "v")]))].into();
        let wanted = "id,date,note,note,void\na1,2026-09-01,n,y,v\nb2,2026-09-02,x,y,z,w\n";
        assert_eq!(String::from_utf8(table.edited(&Edit { changed, ..Edit::default() })).unwrap(), wanted);
    }

    #[test]
    fn rows_and_columns_that_say_nothing_are_left_out_of_the_canonical_writing() {
        let text = "id,date,note,,\nb2,2026-09-02,x,,\n,,,,\na1,2026-09-01,,,\n,,,,\n";
        let table = Table::read("x.csv", text.into(), &["id"]);
        assert!(table.has_blanks() && table.is_blank(1) && !table.is_blank(2));
        let wanted = "id,date,note\na1,2026-09-01,\nb2,2026-09-02,x\n";
        assert_eq!(String::from_utf8(table.canonical()).unwrap(), wanted);
        // A column without a name that says something stays.
        let said = Table::read("x.csv", "id,date,\na1,2026-09-01,x\n".into(), &["id"]);
        assert!(!said.has_blanks());
    }

    #[test]
    fn a_row_of_another_width_is_named_with_its_line_and_the_others_are_read() {
        let table = Table::read("x.csv", "id,date\na1,2026-09-01\nb2\nc3,2026-09-02\n".into(), &["id"]);
        assert_eq!(table.problems[0].place, Place::line("x.csv", 3));
        assert_eq!((table.len(), table.get(2, "id"), table.get(1, "date")), (3, "c3", ""));
    }

    #[test]
    fn a_file_without_quotes_is_split_as_one_with_quotes_is() {
        for text in ["", "\n", "id", "id,a\n", "\n\nid,a\n1,2\n\n3\n4,5,6\n,\n7,8", "id,a\n,,\n\n"] {
            let plain = Table::read("x.csv", text.into(), &[]);
            let mut quoted = Table::new("x.csv", Vec::new());
            quoted.split(text.as_bytes());
            let rows = |table: &Table| -> Vec<(u32, Vec<String>)> {
                let cells = |row| (0..table.columns.len()).map(|column| table.cell(row, column).to_owned()).collect();
                (0..table.len()).map(|row| (table.line(row), cells(row))).collect()
            };
            assert_eq!((rows(&plain), &plain.columns), (rows(&quoted), &quoted.columns), "{text:?}");
            assert_eq!(plain.problems, quoted.problems, "{text:?}");
        }
    }

    #[test]
    fn a_file_that_excel_saved_in_gb18030_is_read() {
        let (bytes, ..) = encoding_rs::GB18030.encode("id,date,note\na1,2026-09-01,家访\n");
        let table = Table::read("x.csv", bytes.into_owned(), &["id"]);
        assert_eq!((table.get(0, "note"), table.encoding), ("家访", Encoding::Gb18030));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows in prop::collection::vec(prop::collection::vec(".*", 3), 0..8)) {
            let added: Vec<Cells> = rows.iter().enumerate().map(|(at, row)| {
                let id = format!("r{at:03}");
                cells(&[("id", &id), ("date", "2026-09-01"), ("a", &row[0]), ("b", &row[1]), ("c", &row[2])])
            }).collect();
            let columns = ["id", "date", "a", "b", "c"].map(str::to_owned).to_vec();
            let bytes = Table::new("x.csv", columns).edited(&Edit { added: added.clone(), ..Edit::default() });
            let table = Table::read("x.csv", bytes.clone(), &["id"]);
            prop_assert!(table.problems.is_empty());
            prop_assert_eq!(table.len(), added.len());
            for (row, cells) in added.iter().enumerate() {
                for (column, value) in cells {
                    prop_assert_eq!(table.get(row, column), value);
                }
            }
            prop_assert_eq!(table.canonical(), bytes);
        }

        #[test]
        fn no_bytes_are_too_strange_to_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let table = Table::read("x.csv", bytes, &["id"]);
            for row in 0..table.len() {
                for column in 0..table.columns.len() {
                    table.cell(row, column);
                }
            }
        }
    }
}
