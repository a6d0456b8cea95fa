//! The rows to mend, as a spreadsheet: what stood in the file, as text, under the same headers, and the reasons.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::census::{RefusedRow, SheetHeader};
use crate::model::{Outcome, Place, Problem};

/// What the spreadsheet says beside the rows, in the words of the reader's language.
pub struct Wording<'a> {
    /// The header of the column of reasons.
    pub reasons: &'a str,
    /// The words of one problem.
    pub problem: &'a dyn Fn(&Problem) -> String,
}

/// An xlsx of rows to mend; once mended, it can be imported as it is.
pub fn rejects(headers: &[SheetHeader], refused: &[RefusedRow], wording: &Wording<'_>) -> Outcome<Vec<u8>> {
    workbook(headers, refused, wording)
        .map_err(|error| Problem::disk("rejects-unwritten", Place::Nowhere).with("reason", error).into())
}

fn workbook(headers: &[SheetHeader], refused: &[RefusedRow], wording: &Wording<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for header in headers {
        let rows: Vec<&RefusedRow> =
            refused.iter().filter(|row| sheet_of(&row.place) == header.sheet.as_deref()).collect();
        if rows.is_empty() {
            continue;
        }
        let sheet = book.add_worksheet();
        if let Some(name) = &header.sheet {
            sheet.set_name(name)?;
        }
        write_sheet(sheet, header, &rows, wording)?;
    }
    book.save_to_buffer()
}

fn sheet_of(place: &Place) -> Option<&str> {
    match place {
        Place::Cell { sheet, .. } => sheet.as_deref(),
        _ => None,
    }
}

fn write_sheet(
    sheet: &mut Worksheet,
    header: &SheetHeader,
    rows: &[&RefusedRow],
    wording: &Wording<'_>,
) -> Result<(), XlsxError> {
    // As text, so that no program rounds an id number, drops a zero or runs a formula.
    let text = Format::new().set_num_format("@");
    let mut line = 0;
    for title in &header.titles {
        sheet.write_string_with_format(line, 0, title, &text)?;
        line += 1;
    }
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(header.columns.len());
    let reasons = u16::try_from(width).unwrap_or(u16::MAX - 1);
    write_row(sheet, line, &header.columns, &text)?;
    sheet.write_string_with_format(line, reasons, wording.reasons, &text)?;
    for row in rows {
        line += 1;
        write_row(sheet, line, &row.cells, &text)?;
        let words: Vec<String> = row.problems.iter().map(wording.problem).collect();
        sheet.write_string_with_format(line, reasons, words.join("\n"), &text)?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, line: u32, cells: &[String], text: &Format) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(cells) {
        sheet.write_string_with_format(line, column, cell, text)?;
    }
    Ok(())
}
