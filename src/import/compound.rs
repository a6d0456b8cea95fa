//! As much of a compound file ([MS-CFB]) and of its workbook stream ([MS-XLS]) as tells what reading an xls takes: how far
//! a sheet's cells reach (it is read into full rectangles), how much text its cells copy, and texts that say to be longer
//! than their records. So no damaged or hostile file asks for more memory than there is.

use std::ops::{Range, RangeInclusive};

use super::limits::MOST_TEXT;

/// Cells that the rectangles of all sheets may have together.
const MOST_CELLS: u64 = 2_000_000;
/// Sector numbers from here on are marks, such as the end of a chain.
const MARKS: u32 = 0xFFFF_FFFA;
const DIRECTORY_ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;

/// Whether an xls fits in memory. A file whose parts cannot be followed does not. The sizes that its sheets announce, for
/// which room would be asked at once, are taken out.
pub(super) fn made_harmless(bytes: &mut [u8]) -> bool {
    let Some(stream) = workbook_stream(bytes) else { return false };
    let Some(announced) = rectangles(&stream.bytes).filter(|_| texts_fit(&stream.bytes)) else { return false };
    for at in announced {
        match stream.pieces.place(at) {
            Some(place) => bytes[place] = 0,
            None => return false,
        }
    }
    true
}

/// The records of a workbook, and the pieces of the file in which they lie.
struct Stream {
    bytes: Vec<u8>,
    pieces: Pieces,
}

/// Pieces of one size, but the last one may be shorter.
struct Pieces {
    size: usize,
    ranges: Vec<Range<usize>>,
}

impl Pieces {
    /// Where in the file a byte of the stream lies.
    fn place(&self, at: usize) -> Option<usize> {
        let range = self.ranges.get(at / self.size)?;
        Some(range.start + at % self.size).filter(|place| *place < range.end)
    }

    fn gathered(&self, bytes: &[u8]) -> Vec<u8> {
        self.ranges.iter().flat_map(|range| &bytes[range.clone()]).copied().collect()
    }

    /// Pieces of these pieces, as the file has them.
    fn within(&self, inner: Pieces) -> Option<Pieces> {
        let moved = |range: &Range<usize>| -> Option<Range<usize>> {
            let from = self.place(range.start)?;
            Some(from..from + range.len())
        };
        Some(Pieces { size: inner.size, ranges: inner.ranges.iter().map(moved).collect::<Option<_>>()? })
    }
}

fn workbook_stream(bytes: &[u8]) -> Option<Stream> {
    let sector = 1_usize << Some(short(bytes, 30)?).filter(|shift| (9..=12).contains(shift))?;
    let fat = fat(bytes, sector)?;
    // Sectors are counted from behind the header, which takes one of them.
    let ranges = std::iter::once(sector..bytes.len().max(sector)).collect();
    let body = Pieces { size: bytes.len(), ranges };
    let pieces = |start: u32| body.within(chain(bytes.len().checked_sub(sector)?, sector, &fat, start)?);
    let directory = pieces(long(bytes, 48)?)?.gathered(bytes);
    let root = directory.get(..DIRECTORY_ENTRY)?;
    let entry = directory.chunks_exact(DIRECTORY_ENTRY).find(|entry| is_workbook(entry))?;
    let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
    let pieces = if length < long(bytes, 56)? as usize {
        let mini_fat = longs(&pieces(long(bytes, 60)?)?.gathered(bytes));
        let mini = pieces(long(root, 116)?)?;
        let size = mini.ranges.iter().map(Range::len).sum();
        mini.within(chain(size, MINI_SECTOR, &mini_fat, start)?)?
    } else {
        pieces(start)?
    };
    let mut stream = pieces.gathered(bytes);
    stream.truncate(length);
    Some(Stream { bytes: stream, pieces })
}

/// The table that says which sector follows which: listed in the header, and past 109 sectors of it in a chain.
fn fat(bytes: &[u8], sector: usize) -> Option<Vec<u32>> {
    let at = |number: u32| bytes.get((number as usize + 1) * sector..(number as usize + 2) * sector);
    let mut tables = longs(bytes.get(76..512)?);
    let mut more = long(bytes, 68)?;
    while more < MARKS && tables.len() * sector <= bytes.len() {
        let mut listed = longs(at(more)?);
        more = listed.pop()?;
        tables.extend(listed);
    }
    let mut fat = Vec::new();
    for table in tables.into_iter().filter(|table| *table < MARKS) {
        fat.extend(longs(at(table)?));
    }
    Some(fat)
}

/// The sectors of a chain in a body of so many bytes, one after another; nothing where the chain leaves it or runs in a
/// circle.
fn chain(body: usize, sector: usize, next: &[u32], start: u32) -> Option<Pieces> {
    let (mut ranges, mut number) = (Vec::new(), start);
    while number < MARKS {
        let from = number as usize * sector;
        // The last sector of a file may be cut short.
        let until = (from + sector).min(body);
        if from >= until || ranges.len() > body / sector {
            return None;
        }
        ranges.push(from..until);
        number = *next.get(number as usize)?;
    }
    Some(Pieces { size: sector, ranges })
}

fn is_workbook(entry: &[u8]) -> bool {
    ["Workbook", "Book"].iter().any(|name| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry.starts_with(&name)
    })
}

/// A record of the stream: its kind, and where its content lies.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, at)?, short(stream, at + 2)?);
        let content = at + 4..(at + 4 + usize::from(length)).min(stream.len());
        at = content.end;
        Some((kind, content))
    })
}

/// Walks the records of the stream and measures each sheet's rectangle of cells. Gives where the bytes lie by which sheets
/// announce a rectangle of their own; nothing where one is too large.
fn rectangles(stream: &[u8]) -> Option<Vec<usize>> {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000A;
    const DIMENSIONS: u16 = 0x0200;
    let (mut depth, mut area, mut announced, mut before) = (0_u32, Area::default(), Vec::new(), 0);
    for (kind, content) in records(stream) {
        match kind {
            // A chart inside a sheet begins too, and does not end the sheet.
            BEGIN => {
                depth += 1;
                if depth == 1 {
                    before += area.cells();
                    area = Area::default();
                }
            }
            END => depth = depth.saturating_sub(1),
            DIMENSIONS => announced.extend(content),
            _ => {
                if let Some((row, columns)) = position(kind, &stream[content]) {
                    area.add(row, &columns);
                }
            }
        }
        if before + area.cells() > MOST_CELLS {
            return None;
        }
    }
    Some(announced)
}

/// Whether no text says to be longer than its record, and all cells together copy no more text than is ever read.
fn texts_fit(stream: &[u8]) -> bool {
    const TEXT_CELLS: [u16; 2] = [0x0204, 0x00D6];
    const TEXT_OF_FORMULA: u16 = 0x0207;
    const SHARED: u16 = 0x00FC;
    const CONTINUED: u16 = 0x003C;
    const SHARED_CELL: u16 = 0x00FD;
    let (mut shared, mut is_shared, mut copied, mut missing) = (Vec::new(), false, 0_usize, 0_usize);
    let mut cells = Vec::new();
    for (kind, content) in records(stream) {
        let record = &stream[content.clone()];
        let length = |at: usize| short(record, at).map_or(0, usize::from).saturating_sub(record.len());
        match kind {
            _ if TEXT_CELLS.contains(&kind) => missing += length(6),
            TEXT_OF_FORMULA => missing += length(0),
            SHARED_CELL => cells.push(long(record, 6).unwrap_or(u32::MAX) as usize),
            SHARED => shared.push(content.clone()),
            CONTINUED if is_shared => shared.push(content.clone()),
            _ => {}
        }
        is_shared = kind == SHARED || (kind == CONTINUED && is_shared);
    }
    if missing > LONGEST_TEXT {
        return false;
    }
    let lengths = shared_lengths(stream, &shared);
    for cell in cells {
        copied = copied.saturating_add(lengths.get(cell).copied().unwrap_or(0));
    }
    copied <= MOST_TEXT
}

/// Letters of the longest text that a cell may have, and more.
const LONGEST_TEXT: usize = 1 << 16;

/// Bytes that each shared text takes at most ([MS-XLS] 2.5.293: letters of one or two bytes, which a record that goes on
/// says again). What cannot be followed to its end counts as the longest.
fn shared_lengths(stream: &[u8], parts: &[Range<usize>]) -> Vec<usize> {
    let bytes: Vec<u8> = parts.iter().flat_map(|part| &stream[part.clone()]).copied().collect();
    let ends: Vec<usize> = parts
        .iter()
        .scan(0, |end, part| {
            *end += part.len();
            Some(*end)
        })
        .collect();
    let (mut lengths, mut at) = (Vec::new(), 8);
    while let (Some(letters), Some(flags)) = (short(&bytes, at), bytes.get(at + 2)) {
        let letters = usize::from(letters);
        lengths.push(letters * 3);
        let runs = if flags & 8 > 0 { short(&bytes, at + 3).map_or(0, usize::from) } else { 0 };
        let more = at + 3 + if flags & 8 > 0 { 2 } else { 0 };
        let extra = if flags & 4 > 0 { long(&bytes, more).map_or(0, |extra| extra as usize) } else { 0 };
        at = more + if flags & 4 > 0 { 4 } else { 0 };
        let (mut left, mut wide) = (letters, flags & 1 > 0);
        while left > 0 && at < bytes.len() {
            let end = ends.get(ends.partition_point(|end| *end <= at)).copied().unwrap_or(bytes.len());
            let size = if wide { 2 } else { 1 };
            let here = ((end - at) / size).min(left);
            (left, at) = (left - here, at + here * size);
            if left > 0 {
                at = end;
                wide = bytes.get(at).is_some_and(|flags| flags & 1 > 0);
                at += 1;
            }
        }
        at = at.saturating_add(4 * runs).saturating_add(extra);
    }
    lengths
}

/// The row and the columns of a record that holds cells.
fn position(kind: u16, record: &[u8]) -> Option<(u16, RangeInclusive<u16>)> {
    const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E];
    const ROW_OF_NUMBERS: u16 = 0x00BD;
    if kind != ROW_OF_NUMBERS && !CELLS.contains(&kind) {
        return None;
    }
    let (row, first) = (short(record, 0)?, short(record, 2)?);
    let last = if kind == ROW_OF_NUMBERS { short(record, record.len().checked_sub(2)?)? } else { first };
    Some((row, first..=last.max(first)))
}

#[derive(Default)]
struct Area(Option<(RangeInclusive<u16>, RangeInclusive<u16>)>);

impl Area {
    fn add(&mut self, row: u16, columns: &RangeInclusive<u16>) {
        let (rows, known) = self.0.take().unwrap_or((row..=row, columns.clone()));
        let rows = row.min(*rows.start())..=row.max(*rows.end());
        let columns = *known.start().min(columns.start())..=*known.end().max(columns.end());
        self.0 = Some((rows, columns));
    }

    fn cells(&self) -> u64 {
        let length = |range: &RangeInclusive<u16>| u64::from(range.end() - range.start()) + 1;
        self.0.as_ref().map_or(0, |(rows, columns)| length(rows) * length(columns))
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|chunk| long(chunk, 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u16, column: u16) -> Vec<u8> {
        let numbers = [0x0203, 14, row, column, 0, 0, 0, 0, 0];
        numbers.into_iter().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn a_damaged_position_is_found_before_it_costs_memory() {
        assert!(rectangles(&[cell(0, 0), cell(300, 30)].concat()).is_some());
        assert!(rectangles(&[cell(0, 0), cell(65_535, 40_000)].concat()).is_none());
    }

    #[test]
    fn a_text_that_says_to_be_longer_than_its_record_is_found() {
        let label = |letters: u16| -> Vec<u8> {
            [0x0204, 8, 0, 0, 0, letters].into_iter().flat_map(u16::to_le_bytes).collect()
        };
        assert!(texts_fit(&label(8)));
        assert!(!texts_fit(&[label(u16::MAX), label(u16::MAX)].concat()));
    }

    #[test]
    fn a_shared_text_counts_for_each_cell_that_has_it() {
        let letters = 8000_u16;
        let shared = [0x00FC, 8 + 3 + letters, 0, 0, 0, 0, letters].into_iter().flat_map(u16::to_le_bytes);
        let mut stream: Vec<u8> = shared.chain([0]).collect();
        stream.resize(stream.len() + usize::from(letters), b'a');
        let cell: Vec<u8> = [0x00FD, 10, 0, 0, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect();
        assert!(texts_fit(&[&stream[..], &cell.repeat(1000)].concat()));
        assert!(!texts_fit(&[&stream[..], &cell.repeat(3000)].concat()));
    }

    #[test]
    fn a_whole_workbook_fits_and_half_of_one_does_not() {
        let whole = include_bytes!("../../tests/forms/04-rounded-ids.xls");
        let mut bytes = whole.to_vec();
        assert!(made_harmless(&mut bytes));
        assert!(!made_harmless(&mut bytes[..whole.len() / 2]));
        assert!(bytes.iter().zip(whole).filter(|(a, b)| a != b).count() > 0, "no announced size was taken out");
    }
}
