//! Workbooks: xlsx and ods (zip archives), and xls (a compound file). Files that hold more than memory does are refused
//! before they are read, and formatting that runs to a sheet's last row costs nothing.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use calamine::{
    Data, Dimensions, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::archive::{Unfit, unfolded};
use super::limits::{MOST_COLUMNS, MOST_ROWS, Measure, TooMuch};
use super::sheet::{self, Merge, Row, Sheet, too_large};
use super::{compound, ods_merges};
use crate::model::{Day, Outcome, Place, Problem};

type Source<'a> = Cursor<&'a [u8]>;

/// Why a workbook cannot be read.
enum Refusal {
    Password,
    TooLarge,
    NotAWorkbook,
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Refusal {
        match unfit {
            Unfit::TooLarge => Refusal::TooLarge,
            Unfit::Damaged => Refusal::NotAWorkbook,
        }
    }
}

impl From<TooMuch> for Refusal {
    fn from(_: TooMuch) -> Refusal {
        Refusal::TooLarge
    }
}

impl Refusal {
    fn problem(&self, file_name: &str) -> Problem {
        match self {
            Refusal::Password => Problem::data("password-protected", Place::file(file_name)),
            Refusal::TooLarge => too_large(file_name),
            Refusal::NotAWorkbook => Problem::data("not-a-workbook", Place::file(file_name)),
        }
    }
}

/// An xlsx or an ods.
pub(super) fn read_zipped(file_name: &str, bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    guarded(file_name, || {
        let parts = unfolded(bytes)?;
        match parts.is_ods {
            true if parts.is_encrypted => Err(Refusal::Password),
            true => read_ods(&parts.bytes),
            false => read_xlsx(&parts.bytes),
        }
    })
}

/// An xls, or the wrapper that a password puts around an xlsx.
pub(super) fn read_compound(file_name: &str, bytes: &[u8]) -> Outcome<Vec<Sheet>> {
    guarded(file_name, || {
        let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(marker.len()).any(|window| window == marker) {
            return Err(Refusal::Password);
        }
        let mut bytes = bytes.to_vec();
        if compound::made_harmless(&mut bytes) { read_xls(&bytes) } else { Err(Refusal::NotAWorkbook) }
    })
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// A reader of a damaged file may panic; that too means that it is no workbook, and is not shown as a crash.
fn guarded(file_name: &str, read: impl FnOnce() -> Result<Vec<Sheet>, Refusal>) -> Outcome<Vec<Sheet>> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = take_hook();
        set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                loud(panic);
            }
        }));
    });
    GUARDED.set(true);
    let sheets = catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Refusal::NotAWorkbook));
    GUARDED.set(false);
    sheets.map_err(|refusal| refusal.problem(file_name).into())
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xlsx<Source<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Password,
        _ => Refusal::NotAWorkbook,
    })?;
    let from_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let (mut sheets, mut measure) = (Vec::new(), Measure::default());
    for sheet in listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let mut cells = Grid::default();
        let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(|_| Refusal::NotAWorkbook)?;
        // Cell by cell: one cell in the last row of a sheet would make a table of a million rows.
        while let Some(cell) = reader.next_cell().map_err(|_| Refusal::NotAWorkbook)? {
            let (row, column) = cell.get_position();
            cells.put(row, column, &Data::from(cell.get_value().clone()), &mut measure)?;
        }
        sheets.push(Sheet {
            name: Some(sheet.name.clone()),
            hidden: sheet.visible != SheetVisible::Visible,
            rows: cells.rows(),
            merges: merges.iter().map(merge).collect(),
            from_1904,
        });
    }
    Ok(sheets)
}

fn read_xls(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut book: Xls<Source<'_>> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Password,
        _ => Refusal::NotAWorkbook,
    })?;
    let from_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let (mut sheets, mut measure) = (Vec::new(), Measure::default());
    for sheet in listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let range = book.worksheet_range(&sheet.name).map_err(|_| Refusal::NotAWorkbook)?;
        let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        sheets.push(Sheet {
            name: Some(sheet.name.clone()),
            hidden: sheet.visible != SheetVisible::Visible,
            rows: rows_of(&range, &mut measure)?,
            merges: merges.iter().map(merge).collect(),
            from_1904,
        });
    }
    Ok(sheets)
}

fn read_ods(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    let mut merges = ods_merges::merges(bytes)?;
    let mut book: Ods<Source<'_>> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => Refusal::Password,
        OdsError::CellLimitExceeded { .. } => Refusal::TooLarge,
        _ => Refusal::NotAWorkbook,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let (mut sheets, mut measure) = (Vec::new(), Measure::default());
    for sheet in &listed {
        let range = book.worksheet_range(&sheet.name).map_err(|_| Refusal::NotAWorkbook)?;
        sheets.push(Sheet {
            name: Some(sheet.name.clone()),
            hidden: sheet.visible != SheetVisible::Visible,
            rows: rows_of(&range, &mut measure)?,
            merges: merges.remove(&sheet.name).unwrap_or_default(),
            from_1904: false,
        });
    }
    Ok(sheets)
}

fn rows_of(range: &Range<Data>, measure: &mut Measure) -> Result<Vec<Row>, Refusal> {
    let (top, left) = range.start().unwrap_or_default();
    let mut cells = Grid::default();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        cells.put(top.saturating_add(row), left.saturating_add(column), data, measure)?;
    }
    Ok(cells.rows())
}

fn merge(range: &Dimensions) -> Merge {
    Merge { rows: (range.start.0 + 1, range.end.0 + 1), columns: (range.start.1 as usize, range.end.1 as usize) }
}

/// The cells with content, by row, so that empty stretches cost nothing.
#[derive(Default)]
struct Grid(BTreeMap<u32, Vec<sheet::Cell>>);

impl Grid {
    fn put(&mut self, row: u32, column: u32, data: &Data, measure: &mut Measure) -> Result<(), Refusal> {
        let cell = cell(data);
        if cell.is_empty() {
            return Ok(());
        }
        let column = column as usize;
        let cells = self.0.entry(row).or_default();
        if column >= MOST_COLUMNS {
            return Err(Refusal::TooLarge);
        }
        measure.add(&cell)?;
        if cells.len() <= column {
            measure.add_cells(column - cells.len())?;
            cells.resize(column + 1, sheet::Cell::Empty);
        }
        cells[column] = cell;
        if self.0.len() > MOST_ROWS { Err(Refusal::TooLarge) } else { Ok(()) }
    }

    fn rows(self) -> Vec<Row> {
        self.0.into_iter().map(|(row, cells)| Row { number: row.saturating_add(1), cells }).collect()
    }
}

fn cell(data: &Data) -> sheet::Cell {
    use sheet::Cell;
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(value) => Cell::Bool(*value),
        Data::DateTime(time) if time.is_duration() => Cell::Number(time.as_f64()),
        Data::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            let day = Day::new(i32::from(year), u32::from(month), u32::from(day));
            day.map_or(Cell::Number(time.as_f64()), Cell::Date)
        }
        Data::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| Cell::Text(text.clone()), Cell::Date)
        }
        Data::Error(error) => Cell::Fault(error.to_string()),
    }
}
