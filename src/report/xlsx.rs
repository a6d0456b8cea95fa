//! A document as a workbook: what is said on the first sheet, then a sheet for each table and each chart.
//!
//! Numbers are numbers and texts are strings: nothing of the ledger is ever written as a formula. Begin with `document`.

mod picture;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::document::{Align, Block, Cell, Chart, Column, Document, Table, signing};
use super::shade_map::{SHADES, ShadeMap, is_dark};
use super::{safe, sheet_name};
use crate::model::Day;
use crate::text::{self, Lang};

/// What the format of a workbook bounds: characters in a cell and columns' widths in letters.
const LONGEST_TEXT: usize = 32_767;
const WIDTHS: (usize, usize) = (7, 50);
/// The first sheet writes across so many columns of so many letters.
const ACROSS: u16 = 6;
const ACROSS_WIDTH: usize = 16;
const A4: u8 = 9;

/// The whole document as the bytes of the file.
pub(super) fn document(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document));
    let mut names = sheet_name::Names::default();
    let first = names.unique(&text::label(document.lang, "report-sheet-first"), "summary");
    let mut summary = Summary { sheet: Worksheet::new(), row: 0, lang: document.lang };
    summary.sheet.set_name(&first)?;
    summary.document(document)?;
    workbook.push_worksheet(summary.sheet);
    for block in &document.blocks {
        if let Some(sheet) = sheet(block, &mut names, document.lang)? {
            workbook.push_worksheet(sheet);
        }
    }
    workbook.save_to_buffer()
}

/// The day of the report stands for the time of writing, which would make every file another.
fn properties(document: &Document) -> DocProperties {
    let properties =
        DocProperties::new().set_title(safe::visible(&document.title)).set_company(safe::visible(&document.school));
    match excel_day(document.day) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    }
}

/// The sheet of a table or a chart.
fn sheet(block: &Block, names: &mut sheet_name::Names, lang: Lang) -> Result<Option<Worksheet>, XlsxError> {
    let mut sheet = Worksheet::new();
    match block {
        Block::Table(table) => {
            sheet.set_name(names.unique(&table.caption, &table.key))?;
            write_table(&mut sheet, table, lang)?;
        }
        Block::Chart(chart) => {
            let name = names.unique(&chart.caption, &chart.key);
            sheet.set_name(&name)?;
            write_table(&mut sheet, &numbers(chart, lang), lang)?;
            if let Some(picture) = picture::of(chart, &name, lang) {
                sheet.insert_chart(1, series_count(chart) + 2, &picture)?;
                sheet.set_landscape();
            }
        }
        Block::Map(map) => {
            sheet.set_name(names.unique(&map.caption, &map.key))?;
            write_map(&mut sheet, map, lang)?;
        }
        _ => return Ok(None),
    }
    Ok(Some(sheet))
}

/// An empty cell is a gap in the picture, where a word would be drawn as 0.
fn numbers(chart: &Chart, lang: Lang) -> Table {
    let mut numbers = chart.numbers(lang);
    for cell in numbers.rows.iter_mut().flatten().filter(|cell| **cell == Cell::Unknown) {
        *cell = Cell::Empty;
    }
    numbers
}

fn series_count(chart: &Chart) -> u16 {
    u16::try_from(chart.series.len()).unwrap_or(u16::MAX)
}

/// The header stays in sight, on the screen and on paper.
fn write_table(sheet: &mut Worksheet, table: &Table, lang: Lang) -> Result<(), XlsxError> {
    let widths: Vec<_> = table.widths(lang).iter().map(|width| (*width).clamp(WIDTHS.0, WIDTHS.1)).collect();
    for (index, (column, width)) in (0u16..).zip(table.columns.iter().zip(&widths)) {
        sheet.set_column_width(index, (width + 4) as f64)?;
        sheet.write_string_with_format(0, index, bounded(&column.label), &header(column.align))?;
    }
    for (row, cells) in (1u32..).zip(table.full_rows()) {
        let mut lines = 1;
        for (index, ((column, cell), width)) in (0u16..).zip(cells.zip(&widths)) {
            write_cell(sheet, (row, index), cell, &body(column), lang)?;
            lines = lines.max(lines_of(&cell.words(lang), *width));
        }
        // Excel makes room for wrapped text by itself, and others do not.
        if lines > 1 {
            sheet.set_row_height(row, height(lines, 11))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    filtered(sheet, table)?;
    if table.columns.len() > 6 {
        sheet.set_landscape();
    }
    for_print(sheet);
    Ok(())
}

/// The numbers, each on its shade.
fn write_map(sheet: &mut Worksheet, map: &ShadeMap, lang: Lang) -> Result<(), XlsxError> {
    let numbers = map.numbers(lang);
    write_table(sheet, &numbers, lang)?;
    for (row, cells) in (1u32..).zip(&numbers.rows) {
        for (column, cell) in (0u16..).zip(cells).skip(1) {
            let Some(shade) = map.shade_at(row as usize - 1, usize::from(column) - 1) else { continue };
            let ink = if is_dark(shade) { "#FFFFFF" } else { "#000000" };
            let format = body(&numbers.columns[usize::from(column)]);
            let format = format.set_background_color(Color::from(SHADES[shade])).set_font_color(Color::from(ink));
            write_cell(sheet, (row, column), cell, &format, lang)?;
        }
    }
    Ok(())
}

/// How many lines of so many letters the text takes.
fn lines_of(text: &str, letters: usize) -> usize {
    text.lines().map(|line| UnicodeWidthStr::width(line).div_ceil(letters).max(1)).sum::<usize>().max(1)
}

/// Of lines of letters of a size, all in points. A row can be 409 points high.
fn height(lines: usize, size: usize) -> f64 {
    ((lines * size * 3 / 2) as f64).min(409.0)
}

fn filtered(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let last = u16::try_from(table.columns.len()).ok().and_then(|count| count.checked_sub(1));
    if let (Some(column), Some(row)) = (last, u32::try_from(table.rows.len()).ok().filter(|rows| *rows > 0)) {
        sheet.autofilter(0, 0, row, column)?;
    }
    Ok(())
}

fn for_print(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
}

fn header(align: Align) -> Format {
    let format = Format::new().set_bold().set_background_color(Color::RGB(0xE8_EC_F0));
    aligned(format.set_border_color(Color::RGB(0xA0_A0_A0)), align)
}

fn body(column: &Column) -> Format {
    aligned(Format::new().set_border_color(Color::RGB(0xC8_C8_C8)), column.align)
}

/// Indented, as numbers at the right end would touch the words of the next column.
fn aligned(format: Format, align: Align) -> Format {
    let format =
        format.set_border(FormatBorder::Thin).set_text_wrap().set_align(side(align)).set_align(FormatAlign::Top);
    if align == Align::Center { format } else { format.set_indent(1) }
}

fn side(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Right => FormatAlign::Right,
        Align::Center => FormatAlign::Center,
    }
}

/// Numbers past 15 digits are texts, since a spreadsheet would round them.
fn write_cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: &Cell,
    format: &Format,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(at.0, at.1, format)?,
        Cell::Integer(number) if number.unsigned_abs() < 1_000_000_000_000_000 => {
            sheet.write_number_with_format(at.0, at.1, *number as f64, format)?
        }
        // A workbook has no exact numbers; up to 15 digits it shows the fen as they are, and past that the text does.
        Cell::Money(money) if money.fen().unsigned_abs() < 1_000_000_000_000_000 => {
            let format = format.clone().set_num_format("0.00");
            sheet.write_number_with_format(at.0, at.1, money.fen() as f64 / 100.0, &format)?
        }
        Cell::Decimal(number) if number.is_finite() => sheet.write_number_with_format(at.0, at.1, *number, format)?,
        Cell::Percent { met, of } if *of > 0 => {
            let format = format.clone().set_num_format("0.0%");
            sheet.write_number_with_format(at.0, at.1, *met as f64 / *of as f64, &format)?
        }
        Cell::Day(day) => match excel_day(*day) {
            Some(date) => {
                let format = format.clone().set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(at.0, at.1, &date, &format)?
            }
            None => sheet.write_string_with_format(at.0, at.1, day.to_string(), format)?,
        },
        _ => {
            let format = format.clone().set_num_format("@");
            sheet.write_string_with_format(at.0, at.1, bounded(&cell.words(lang)), &format)?
        }
    };
    Ok(())
}

/// The day as workbooks count it; none outside of the years 1900 to 9999.
fn excel_day(day: Day) -> Option<ExcelDateTime> {
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, day.month() as u8, day.of_month() as u8).ok()
}

/// The text made harmless, as much of it as a cell can hold.
fn bounded(text: &str) -> String {
    shortened(text, LONGEST_TEXT)
}

/// The text made harmless, and with an ellipsis where it is longer than so many letters, as a workbook counts them.
fn shortened(text: &str, longest: usize) -> String {
    let shown = safe::visible_lines(text);
    if shown.encode_utf16().count() <= longest {
        return shown.into_owned();
    }
    let mut room = longest - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    shown.chars().take_while(fits).chain(['…']).collect()
}

/// The first sheet, and the row that is next.
struct Summary {
    sheet: Worksheet,
    row: u32,
    lang: Lang,
}

impl Summary {
    fn document(&mut self, document: &Document) -> Result<(), XlsxError> {
        for column in 0..ACROSS {
            self.sheet.set_column_width(column, ACROSS_WIDTH as f64)?;
        }
        self.sheet.set_screen_gridlines(false);
        for_print(&mut self.sheet);
        self.across(&document.title, &Format::new().set_bold().set_font_size(16), 16)?;
        for line in document.subtitle.iter().cloned().chain(document.origin()) {
            self.across(&line, &Format::new(), 11)?;
        }
        document.blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        let gray = Format::new().set_font_size(9).set_font_color(Color::RGB(0x59_59_59));
        match block {
            Block::Heading { level, text } => {
                self.row += 1;
                let size = 15 - (*level).clamp(1, 3);
                self.across(text, &Format::new().set_bold().set_font_size(size), size.into())
            }
            Block::Paragraph(text) => self.across(text, &Format::new(), 11),
            Block::Note(text) => self.across(text, &gray, 9),
            Block::List(items) => {
                items.iter().try_for_each(|item| self.across(&format!("• {item}"), &Format::new(), 11))
            }
            Block::Facts(facts) => self.facts(facts),
            Block::SignOff(text) => self.across(text, &Format::new(), 11),
            Block::Signatures(labels) => {
                labels.iter().try_for_each(|label| self.across(&signing(label), &Format::new(), 11))
            }
            Block::Table(_) | Block::Chart(_) | Block::Map(_) | Block::CutLine | Block::PageBreak => Ok(()),
        }
    }

    /// Text over all columns. Merged cells do not grow with their text, so the height is reckoned here; `size` in points.
    fn across(&mut self, text: &str, format: &Format, size: usize) -> Result<(), XlsxError> {
        let text = bounded(text);
        let letters = usize::from(ACROSS) * ACROSS_WIDTH * 10 / size;
        self.sheet.set_row_height(self.row, height(lines_of(&text, letters), size))?;
        let format = format.clone().set_text_wrap().set_align(FormatAlign::Top);
        self.sheet.merge_range(self.row, 0, self.row, ACROSS - 1, &text, &format)?;
        self.row += 1;
        Ok(())
    }

    /// A label over two columns, and its value.
    fn facts(&mut self, facts: &[(String, Cell)]) -> Result<(), XlsxError> {
        self.row += 1;
        for (label, cell) in facts {
            let format = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xC8_C8_C8));
            self.sheet.merge_range(self.row, 0, self.row, 1, &bounded(label), &format)?;
            let value = format.set_bold().set_font_size(14).set_align(FormatAlign::Right);
            write_cell(&mut self.sheet, (self.row, 2), cell, &value, self.lang)?;
            self.row += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Range, Reader, Xlsx};

    use super::super::sample;
    use super::*;

    fn read(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(super::document(document).unwrap())).unwrap()
    }

    fn range(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Range<Data> {
        workbook.worksheet_range(name).unwrap()
    }

    #[test]
    fn each_table_and_chart_has_a_sheet_behind_the_summary() {
        let mut workbook = read(&sample::document());
        assert_eq!(workbook.sheet_names(), ["概要", "重点关注名单", "各班家访", "跟进事项"]);
        let summary = range(&mut workbook, "概要");
        assert_eq!(summary.get((0, 0)), Some(&Data::String("留守儿童关爱工作学期总结".to_owned())));
        assert_eq!(summary.get((5, 2)), Some(&Data::Float(152.0)));
        assert_eq!(summary.get((8, 2)), Some(&Data::String("未知".to_owned())));
    }

    #[test]
    fn numbers_are_numbers_days_are_days_and_unknown_is_a_word() {
        let mut workbook = read(&sample::document());
        let table = range(&mut workbook, "重点关注名单");
        assert_eq!(table.get((1, 2)), Some(&Data::Float(3.0)));
        assert_eq!(table.get((1, 3)), Some(&Data::Float(0.75)));
        assert!(matches!(table.get((1, 4)), Some(Data::DateTime(_))), "{:?}", table.get((1, 4)));
        assert_eq!(table.get((2, 1)), Some(&Data::String("未知".to_owned())));
        let chart = range(&mut workbook, "各班家访");
        assert_eq!(chart.get((3, 1)), Some(&Data::Empty));
    }

    #[test]
    fn hostile_text_comes_back_as_text_and_nothing_is_a_formula() {
        let mut table = sample::risks();
        table.rows = safe::HOSTILE.iter().map(|text| vec![Cell::text(*text)]).collect();
        let mut workbook = read(&Document { blocks: vec![Block::Table(table)], ..sample::document() });
        let name = workbook.sheet_names()[1].clone();
        assert!(workbook.worksheet_formula(&name).unwrap().is_empty());
        let read = range(&mut workbook, &name);
        for (row, text) in (1u32..).zip(safe::HOSTILE) {
            assert_eq!(read.get_value((row, 0)), Some(&Data::String(safe::visible_lines(text).into_owned())));
        }
    }

    #[test]
    fn ids_stay_whole_and_a_text_too_long_for_a_cell_ends_in_an_ellipsis() {
        let mut table = sample::risks();
        table.rows = vec![vec![
            Cell::text("52990120160306123X"),
            Cell::Integer(529_901_201_603_061_234),
            Cell::text("汉".repeat(40_000)),
        ]];
        let mut workbook = read(&Document { blocks: vec![Block::Table(table)], ..sample::document() });
        let read = range(&mut workbook, "重点关注名单");
        assert_eq!(read.get((1, 0)), Some(&Data::String("52990120160306123X".to_owned())));
        assert_eq!(read.get((1, 1)), Some(&Data::String("529901201603061234".to_owned())));
        assert!(
            matches!(read.get((1, 2)), Some(Data::String(text)) if text.chars().count() == 32_767 && text.ends_with('…'))
        );
    }
}
