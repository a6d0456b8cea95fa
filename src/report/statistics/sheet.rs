//! A form as a workbook in its own layout: title, whose and of which day, headers with those above them merged, the numbers
//! of the columns, the counts, notes, and lines to sign on. Numbers are numbers, and nothing is a formula.

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use unicode_width::UnicodeWidthStr;

use super::Filled;
use crate::report::document::signing;
use crate::report::safe;
use crate::report::speaking::Speaking;

/// Widths in letters: of the rows' names, and of a column of numbers.
const ROW_WIDTH: f64 = 14.0;
const COLUMN_WIDTH: f64 = 8.5;
/// Of a form so wide that a page would make it too small to read.
const NARROW: f64 = 4.8;
const WIDE_FORM: u16 = 20;
const A4: u8 = 9;

pub(super) fn workbook(filled: &Filled) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = safe::visible(&filled.words(&filled.form.title)).into_owned();
    // The day stands for the time of writing, which would make every file another.
    let day = filled.counts.day;
    let mut properties = DocProperties::new().set_title(&title);
    if let Ok(day) =
        rust_xlsxwriter::ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.of_month() as u8)
    {
        properties = properties.set_creation_datetime(&day);
    }
    workbook.set_properties(&properties);
    let mut sheet = Worksheet::new();
    sheet.set_name(crate::report::sheet_name::Names::default().unique(&title, "form"))?;
    Layout { sheet: &mut sheet, filled, row: 0 }.write(&title)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer()
}

/// The sheet, and the row that is next.
struct Layout<'a> {
    sheet: &'a mut Worksheet,
    filled: &'a Filled<'a>,
    row: u32,
}

fn boxed() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

impl Layout<'_> {
    fn last(&self) -> u16 {
        u16::try_from(self.filled.form.column.len()).unwrap_or(u16::MAX)
    }

    fn width(&self) -> f64 {
        if self.last() > WIDE_FORM { NARROW } else { COLUMN_WIDTH }
    }

    /// The height that the longest label takes in its column, in points.
    fn label_height(&self) -> f64 {
        let letters = (self.width() as usize).saturating_sub(1).max(2);
        let lines = |label: String| UnicodeWidthStr::width(label.as_str()).div_ceil(letters);
        let most = self.filled.form.column.iter().map(|column| lines(self.filled.words(&column.label))).max();
        (most.unwrap_or(1) as f64 * 15.0 + 6.0).clamp(36.0, 200.0)
    }

    fn write(&mut self, title: &str) -> Result<(), XlsxError> {
        self.sheet.set_column_width(0, ROW_WIDTH)?;
        for column in 1..=self.last() {
            self.sheet.set_column_width(column, self.width())?;
        }
        let big = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
        self.sheet.set_row_height(self.row, 28)?;
        self.across(title, &big)?;
        let head = self.filled.head().join("    ");
        self.across(&head, &Format::new())?;
        self.headers()?;
        self.counts()?;
        for line in self.filled.beside().into_iter().chain(self.filled.notes()) {
            self.across(&line, &Format::new().set_font_size(9).set_text_wrap())?;
        }
        let signing: Vec<String> = self.filled.signatures().iter().map(|label| signing(label)).collect();
        self.row += 1;
        if signing.is_empty() { Ok(()) } else { self.across(&signing.join("      "), &Format::new()) }
    }

    /// Text over the whole width.
    fn across(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.merged((self.row, 0), (self.row, self.last()), text, format)?;
        self.row += 1;
        Ok(())
    }

    fn merged(&mut self, first: (u32, u16), last: (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = safe::visible_lines(text);
        if first == last {
            self.sheet.write_string_with_format(first.0, first.1, text, format)?;
        } else {
            self.sheet.merge_range(first.0, first.1, last.0, last.1, &text, format)?;
        }
        Ok(())
    }

    /// Each header reaches down to the numbers where none stands below it, and over its neighbours under the same one.
    fn headers(&mut self) -> Result<(), XlsxError> {
        let columns = &self.filled.form.column;
        let depth = columns.iter().map(|column| column.above.len()).max().unwrap_or(0);
        let top = self.row;
        let bottom = top + depth as u32;
        let bold = boxed().set_bold();
        let rows = self.filled.word("statistics-row");
        self.merged((top, 0), (bottom + 1, 0), &rows, &bold)?;
        for level in 0..depth {
            let mut first = 0;
            while first < columns.len() {
                let same = |at: usize| {
                    columns[at].above.len() > level && columns[at].above[..=level] == columns[first].above[..=level]
                };
                if columns[first].above.len() <= level {
                    first += 1;
                    continue;
                }
                let mut end = first + 1;
                while end < columns.len() && same(end) {
                    end += 1;
                }
                let row = top + level as u32;
                let words = self.filled.words(&columns[first].above[level]);
                self.merged((row, first as u16 + 1), (row, end as u16), &words, &bold)?;
                first = end;
            }
        }
        for (at, column) in (1u16..).zip(columns) {
            let words = self.filled.words(&column.label);
            self.merged((top + column.above.len() as u32, at), (bottom, at), &words, &bold)?;
            self.sheet.write_number_with_format(bottom + 1, at, f64::from(column.number), &boxed())?;
        }
        self.sheet.set_row_height(bottom, self.label_height())?;
        self.sheet.set_freeze_panes(bottom + 2, 1)?;
        self.sheet.set_repeat_rows(top, bottom + 1)?;
        self.row = bottom + 2;
        Ok(())
    }

    fn counts(&mut self) -> Result<(), XlsxError> {
        for row in &self.filled.counts.rows {
            let name = self.filled.key(&row.key);
            self.sheet.write_string_with_format(self.row, 0, safe::visible(&name), &boxed())?;
            self.sheet.set_row_height(self.row, 24)?;
            for (at, children) in (1u16..).zip(&row.cells) {
                self.sheet.write_number_with_format(self.row, at, children.len() as f64, &boxed())?;
            }
            self.row += 1;
        }
        Ok(())
    }
}
