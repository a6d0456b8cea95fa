//! As much of a compound file ([MS-CFB]) and of its workbook stream ([MS-XLS]) as tells how far a sheet's cells reach.
//! An xls is read into full rectangles, so that one damaged cell position could ask for more memory than there is.

use std::ops::RangeInclusive;

/// Cells that the rectangle of one sheet may have.
const MOST_CELLS: u64 = 8_000_000;
/// Cells that a sheet may say to have: all that the format has room for.
const MOST_TOLD: u64 = 65_537 * 257;
/// Sector numbers from here on are marks, such as the end of a chain.
const MARKS: u32 = 0xFFFF_FFFA;
const DIRECTORY_ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;

/// Whether the sheets of an xls fit in memory. A file whose parts cannot be followed does not.
pub(super) fn fits(bytes: &[u8]) -> bool {
    workbook_stream(bytes).is_some_and(|stream| rectangles_fit(&stream))
}

fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let sector = 1_usize << Some(short(bytes, 30)?).filter(|shift| (9..=12).contains(shift))?;
    let fat = fat(bytes, sector)?;
    let body = bytes.get(sector..)?;
    let directory = chain(body, sector, &fat, long(bytes, 48)?)?;
    let root = directory.get(..DIRECTORY_ENTRY)?;
    let entry = directory.chunks_exact(DIRECTORY_ENTRY).find(|entry| is_workbook(entry))?;
    let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
    let mut stream = if length < long(bytes, 56)? as usize {
        let mini_fat = longs(&chain(body, sector, &fat, long(bytes, 60)?)?);
        let mini_stream = chain(body, sector, &fat, long(root, 116)?)?;
        chain(&mini_stream, MINI_SECTOR, &mini_fat, start)?
    } else {
        chain(body, sector, &fat, start)?
    };
    stream.truncate(length);
    Some(stream)
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

/// The sectors of a chain, one after another; nothing where the chain leaves the file or runs in a circle.
fn chain(body: &[u8], sector: usize, next: &[u32], start: u32) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut number = start;
    while number < MARKS {
        let from = number as usize * sector;
        // The last sector of a file may be cut short.
        stream.extend(body.get(from..(from + sector).min(body.len()))?);
        if stream.len() > body.len() + sector {
            return None;
        }
        number = *next.get(number as usize)?;
    }
    Some(stream)
}

fn is_workbook(entry: &[u8]) -> bool {
    ["Workbook", "Book"].iter().any(|name| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry.starts_with(&name)
    })
}

/// Walks the records of the stream and measures each sheet's rectangle of cells, as told and as it is.
fn rectangles_fit(stream: &[u8]) -> bool {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000A;
    const DIMENSIONS: u16 = 0x0200;
    let (mut at, mut depth, mut area) = (0, 0_u32, Area::default());
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let end = (at + 4 + usize::from(length)).min(stream.len());
        let record = &stream[at + 4..end];
        match kind {
            // A chart inside a sheet begins too, and does not end the sheet.
            BEGIN => {
                depth += 1;
                if depth == 1 {
                    area = Area::default();
                }
            }
            END => depth = depth.saturating_sub(1),
            DIMENSIONS if told_cells(record) > MOST_TOLD => return false,
            _ => {
                if let Some((row, columns)) = position(kind, record) {
                    area.add(row, &columns);
                }
            }
        }
        if area.cells() > MOST_CELLS {
            return false;
        }
        at = end;
    }
    true
}

/// The size that a sheet gives for itself, with its formatting. Room for it is asked for before a cell is read.
fn told_cells(record: &[u8]) -> u64 {
    let told = || {
        let rows = u64::from(long(record, 4)?.saturating_sub(long(record, 0)?)) + 1;
        let columns = u64::from(short(record, 10)?.saturating_sub(short(record, 8)?)) + 1;
        Some(rows * columns)
    };
    told().unwrap_or(0)
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
        assert!(rectangles_fit(&[cell(0, 0), cell(300, 30)].concat()));
        assert!(!rectangles_fit(&[cell(0, 0), cell(65_535, 40_000)].concat()));
    }

    #[test]
    fn a_whole_workbook_fits_and_half_of_one_does_not() {
        let bytes = include_bytes!("../../tests/forms/04-rounded-ids.xls");
        assert!(fits(bytes));
        assert!(!fits(&bytes[..bytes.len() / 2]));
    }
}
