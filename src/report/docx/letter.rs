//! What only letters have: a sign-off, lines to sign on, a line to cut along, and the beginning of a page.

use docx_rs as word;
use word::{Paragraph, TableCell, TableRow, WidthType};

use unicode_width::UnicodeWidthStr;

use super::{LINE, Page, paragraph, spacing};

/// In twentieths of a point: a Latin letter of the text, and the space at either side of a cell.
const LETTER: usize = 122;
const CELL_EDGE: usize = 110;

/// The text at the right margin.
pub(super) fn sign_off(text: &str) -> Paragraph {
    paragraph("Normal", text).align(word::AlignmentType::Right)
}

/// A dashed line across the page.
pub(super) fn cut_line() -> Paragraph {
    let border = word::ParagraphBorder::new(word::ParagraphBorderPosition::Bottom)
        .val(word::BorderType::Dashed)
        .size(6)
        .color(LINE);
    let mut line = Paragraph::new().style("Note");
    line.property = line.property.set_borders(word::ParagraphBorders::with_empty().set(border));
    line
}

/// A page begins with a paragraph that takes no room, so that it does not matter what follows, nor how full the page
/// before is: a break behind the text of a full page would leave an empty one.
pub(super) fn page_break() -> Paragraph {
    let no_room = word::LineSpacing::new().before(0).after(0).line(20).line_rule(word::LineSpacingType::Exact);
    Paragraph::new().page_break_before(true).line_spacing(no_room)
}

/// Two labels a row, each before a line as wide as the page leaves it.
pub(super) fn signatures(page: &Page, labels: &[String]) -> word::Table {
    let half = page.text_width() / 2;
    let longest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let label_width = (longest * LETTER + 2 * CELL_EDGE).clamp(half / 5, half * 3 / 5);
    let widths = [label_width, half - label_width].repeat(2);
    let cells = |label: Option<&String>| {
        let text = paragraph("Normal", label.map_or("", String::as_str)).line_spacing(spacing(200, 0, 280));
        let line = if label.is_some() { signing_line() } else { word::TableCellBorders::with_empty() };
        let cell = |width| TableCell::new().width(width, WidthType::Dxa).vertical_align(word::VAlignType::Bottom);
        [cell(widths[0]).add_paragraph(text), cell(widths[1]).set_borders(line).add_paragraph(Paragraph::new())]
    };
    // The writer takes a first row that cannot be split for the head of its table: these rows may be.
    let row = |pair: &[String]| TableRow::new([cells(pair.first()), cells(pair.get(1))].concat());
    word::Table::new(labels.chunks(2).map(row).collect())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(word::TableLayoutType::Fixed)
        .set_grid(widths.clone())
        .set_borders(word::TableBorders::with_empty())
}

fn signing_line() -> word::TableCellBorders {
    let bottom = word::TableCellBorder::new(word::TableCellBorderPosition::Bottom).size(6).color("000000");
    word::TableCellBorders::with_empty().set(bottom)
}
