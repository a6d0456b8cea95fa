//! A document as DOCX for Word, WPS and LibreOffice: A4, real headings and tables, a page number under each page.
//!
//! Charts are tables with shaded cells, as no picture is embedded. Begin with `document`.

mod chart;
mod letter;

use std::io::Cursor;

use docx_rs as word;
use word::{Paragraph, Run, RunFonts, TableCell, TableRow, WidthType};

use super::document::{Align, Block, Cell, Document, Table};
use super::render::NotRendered;
use super::safe;
use crate::text::{self, Lang};

/// In twentieths of a point: A4, and the margins around the text.
const A4: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_247;
/// Tables with more columns turn the page on its side.
const UPRIGHT_COLUMNS: usize = 9;
/// In twentieths of a point: a letter of a table, the space at either side of a cell, the widest column that never
/// gives way.
const LETTER: usize = 130;
const PADDING: usize = 90;
const SHORT: usize = 16 * LETTER;
const SHADE: &str = "F3F5F7";
const LINE: &str = "808080";
/// How the writer ends a row's properties behind the head of a table. Text cannot hold it, as its `<` is escaped.
const FIRST_ROW: &str = "</w:tblGrid><w:tr><w:trPr><w:cantSplit />";

/// The whole document as the bytes of the file.
pub(super) fn document(document: &Document) -> Result<Vec<u8>, NotRendered> {
    let page = Page::of(document);
    let mut docx = page.set_up(styled(document));
    if document.headed {
        docx = titled(docx, document);
    }
    for block in &document.blocks {
        docx = page.block(docx, block);
    }
    let day = format!("{}T00:00:00Z", document.day);
    packed(docx.created_at(&day).updated_at(&day))
}

/// The parts are zipped with one change: the writer cannot say that the first row of a table is its header.
fn packed(docx: word::Docx) -> Result<Vec<u8>, NotRendered> {
    let mut parts = docx.build();
    let text = String::from_utf8(parts.document).map_err(|error| NotRendered::Docx(error.to_string()))?;
    parts.document = text.replace(FIRST_ROW, &format!("{FIRST_ROW}<w:tblHeader />")).into_bytes();
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| NotRendered::Docx(error.to_string()))?;
    Ok(file.into_inner())
}

fn fonts(lang: Lang, key: &str) -> RunFonts {
    let name = text::label(lang, key);
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman").east_asia(name)
}

/// The styles of the file. Sizes are in half points.
fn styled(document: &Document) -> word::Docx {
    let lang = document.lang;
    // A letter is to fit its one page.
    let body = if document.headed { spacing(0, 80, 320) } else { spacing(0, 50, 290) };
    let heading_fonts = || fonts(lang, "report-font-heading");
    let style = |id: &str, name: &str| word::Style::new(id, word::StyleType::Paragraph).name(name).based_on("Normal");
    let heading = |level: usize, size: usize| {
        style(&format!("Heading{level}"), &format!("heading {level}"))
            .next("Normal")
            .q_format(true)
            .outline_lvl(level - 1)
            .size(size)
            .bold()
            .fonts(heading_fonts())
            .line_spacing(spacing(240, 120, 300))
    };
    let title = style("Title", "Title").next("Normal").size(40).bold().fonts(heading_fonts());
    let normal = word::Style::new("Normal", word::StyleType::Paragraph).name("Normal").q_format(true);
    word::Docx::new()
        .default_fonts(fonts(lang, "report-font-body"))
        .default_size(24)
        .add_style(normal.line_spacing(body))
        .add_style(title.align(word::AlignmentType::Center).line_spacing(spacing(0, 160, 400)))
        .add_style(style("Subtitle", "Subtitle").align(word::AlignmentType::Center).size(26))
        .add_style(heading(1, 32))
        .add_style(heading(2, 28))
        .add_style(heading(3, 25))
        .add_style(
            style("Caption", "caption").size(22).bold().fonts(heading_fonts()).line_spacing(spacing(120, 60, 280)),
        )
        .add_style(style("Note", "Note").size(18).color("595959"))
        .add_style(style("TableText", "Table Text").size(20).line_spacing(spacing(20, 20, 260)))
        .add_style(style("Figure", "Figure").size(32).bold().line_spacing(spacing(0, 40, 400)))
        .add_abstract_numbering(bullets())
        .add_numbering(word::Numbering::new(2, 2))
}

/// Before, after and between lines, in twentieths of a point (240 is one line).
fn spacing(before: u32, after: u32, line: i32) -> word::LineSpacing {
    word::LineSpacing::new().before(before).after(after).line(line).line_rule(word::LineSpacingType::Auto)
}

fn bullets() -> word::AbstractNumbering {
    let level = word::Level::new(
        0,
        word::Start::new(1),
        word::NumberFormat::new("bullet"),
        word::LevelText::new("•"),
        word::LevelJc::new("left"),
    );
    let hanging = word::SpecialIndentType::Hanging(360);
    word::AbstractNumbering::new(2).add_level(level.indent(Some(420), Some(hanging), None, None))
}

fn titled(docx: word::Docx, document: &Document) -> word::Docx {
    let mut docx = docx.add_paragraph(paragraph("Title", &document.title));
    if let Some(subtitle) = &document.subtitle {
        docx = docx.add_paragraph(paragraph("Subtitle", subtitle));
    }
    let origin = document.origin().join("    ");
    docx.add_paragraph(paragraph("Note", &origin).align(word::AlignmentType::Center))
}

fn paragraph(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(run(text))
}

/// A line of the text is a line of the paragraph.
fn run(text: &str) -> Run {
    let text = safe::visible_lines(text);
    let mut lines = text.split('\n');
    let first = Run::new().add_text(lines.next().unwrap_or_default());
    lines.fold(first, |run, line| run.add_break(word::BreakType::TextWrapping).add_text(line))
}

/// How wide the text is, in which language, and whether it is a report with a head or letters.
struct Page {
    lang: Lang,
    headed: bool,
    on_its_side: bool,
}

impl Page {
    fn of(document: &Document) -> Page {
        let is_wide = |block: &Block| matches!(block, Block::Table(table) if table.columns.len() > UPRIGHT_COLUMNS);
        Page { lang: document.lang, headed: document.headed, on_its_side: document.blocks.iter().any(is_wide) }
    }

    fn size(&self) -> (u32, u32) {
        if self.on_its_side { (A4.1, A4.0) } else { A4 }
    }

    fn text_width(&self) -> usize {
        (self.size().0 - 2 * MARGIN) as usize
    }

    fn set_up(&self, docx: word::Docx) -> word::Docx {
        let (width, height) = self.size();
        let (turn, edge) = (word::PageOrientationType::Landscape, MARGIN as i32);
        let margin = word::PageMargin::new().top(edge).bottom(edge).left(edge).right(edge).footer(600);
        let docx = docx.page_size(width, height).page_margin(margin);
        let docx = if self.headed { docx.footer(self.footer()) } else { docx };
        if self.on_its_side { docx.page_orient(turn) } else { docx }
    }

    /// The word for a page around its number.
    fn footer(&self) -> word::Footer {
        let words = text::say(self.lang, "report-page", &[("page", "#")]);
        let (before, after) = words.split_once('#').unwrap_or((&words, ""));
        let number = Paragraph::new().style("Note").align(word::AlignmentType::Center).add_run(run(before));
        word::Footer::new().add_paragraph(number.add_page_num(word::PageNum::new()).add_run(run(after)))
    }

    fn block(&self, docx: word::Docx, block: &Block) -> word::Docx {
        match block {
            Block::Heading { level, text } => docx.add_paragraph(self.heading(*level, text).keep_next(true)),
            Block::Paragraph(text) => docx.add_paragraph(paragraph("Normal", text)),
            Block::Note(text) => docx.add_paragraph(paragraph("Note", text)),
            Block::List(items) => items.iter().fold(docx, |docx, item| docx.add_paragraph(listed(item))),
            Block::Facts(facts) => docx.add_table(self.facts(facts)).add_paragraph(gap()),
            Block::Table(table) => self.captioned(docx, table),
            Block::Chart(chart) => chart::chart(self, docx, chart),
            Block::Map(map) => chart::map(self, docx, map),
            Block::SignOff(text) => docx.add_paragraph(letter::sign_off(text)),
            Block::Signatures(labels) => docx.add_table(letter::signatures(self, labels)).add_paragraph(gap()),
            Block::CutLine => docx.add_paragraph(letter::cut_line()),
            Block::PageBreak => docx.add_paragraph(letter::page_break()),
        }
    }

    /// The first heading of a letter is its title.
    fn heading(&self, level: u8, text: &str) -> Paragraph {
        match level {
            0 | 1 if !self.headed => paragraph("Title", text),
            2 if !self.headed => paragraph("Heading2", text).align(word::AlignmentType::Center),
            _ => paragraph(&format!("Heading{}", level.clamp(1, 3)), text),
        }
    }

    fn captioned(&self, docx: word::Docx, table: &Table) -> word::Docx {
        let docx = match table.caption.is_empty() {
            true => docx,
            false => docx.add_paragraph(paragraph("Caption", &table.caption).keep_next(true)),
        };
        match table.rows.is_empty() {
            true => docx.add_paragraph(paragraph("Normal", &text::label(self.lang, "report-none"))),
            false => docx.add_table(self.table(table)).add_paragraph(gap()),
        }
    }

    /// Up to four key figures a row, each above its label.
    fn facts(&self, facts: &[(String, Cell)]) -> word::Table {
        let columns = facts.len().clamp(1, 5);
        let width = self.text_width() / columns;
        let cell = |fact: Option<&(String, Cell)>| {
            let (value, label) = fact.map(|(label, cell)| (cell.figure(self.lang), label.as_str())).unwrap_or_default();
            let centered = |style, text| paragraph(style, text).align(word::AlignmentType::Center);
            TableCell::new()
                .width(width, WidthType::Dxa)
                .shading(word::Shading::new().fill(SHADE))
                .add_paragraph(centered("Figure", &value))
                .add_paragraph(centered("Note", label))
        };
        let row = |facts: &[(String, Cell)]| TableRow::new((0..columns).map(|index| cell(facts.get(index))).collect());
        grid(facts.chunks(columns).map(row).collect(), vec![width; columns])
    }

    fn table(&self, table: &Table) -> word::Table {
        let widths = shares(&table.widths(self.lang), self.text_width());
        let header = table.columns.iter().zip(&widths).map(|(column, width)| {
            let text = paragraph("TableText", &column.label)
                .align(side(column.align))
                .run_property(word::RunProperty::new().bold());
            TableCell::new().width(*width, WidthType::Dxa).shading(word::Shading::new().fill(SHADE)).add_paragraph(text)
        });
        let mut rows = vec![TableRow::new(header.collect()).cant_split()];
        rows.extend(table.full_rows().map(|row| {
            let cells = row.zip(&widths).map(|((column, cell), width)| {
                let text = paragraph("TableText", &cell.words(self.lang)).align(side(column.align));
                TableCell::new().width(*width, WidthType::Dxa).add_paragraph(text)
            });
            TableRow::new(cells.collect()).cant_split()
        }));
        grid(rows, widths)
    }
}

fn listed(item: &str) -> Paragraph {
    paragraph("Normal", item).numbering(word::NumberingId::new(2), word::IndentLevel::new(0))
}

/// Tables that touch would become one.
fn gap() -> Paragraph {
    Paragraph::new().style("Note")
}

fn side(align: Align) -> word::AlignmentType {
    match align {
        Align::Left => word::AlignmentType::Left,
        Align::Right => word::AlignmentType::Right,
        Align::Center => word::AlignmentType::Center,
    }
}

fn grid(rows: Vec<TableRow>, widths: Vec<usize>) -> word::Table {
    use word::TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let border = |position| word::TableBorder::new(position).size(4).color(LINE);
    let borders = [Top, Bottom, Left, Right, InsideH, InsideV].into_iter().map(border);
    word::Table::new(rows)
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(word::TableLayoutType::Fixed)
        .set_grid(widths)
        .set_borders(borders.fold(word::TableBorders::with_empty(), word::TableBorders::set))
        .margins(word::TableCellMargins::new().margin(20, PADDING, 20, PADDING))
}

/// Each column's part of the width of the text. Columns of words give way to those of numbers and days, which would be
/// unreadable in two lines.
fn shares(widths: &[usize], text_width: usize) -> Vec<usize> {
    let wanted: Vec<_> = widths.iter().map(|width| (*width).clamp(4, 60) * LETTER + 2 * PADDING).collect();
    let sum: usize = wanted.iter().sum();
    if sum <= text_width {
        return wanted;
    }
    let (short, long): (Vec<usize>, Vec<usize>) = wanted.iter().partition(|width| **width <= SHORT);
    let (kept, given_way) = (short.iter().sum::<usize>(), long.iter().sum::<usize>());
    match text_width.checked_sub(kept) {
        Some(rest) if rest >= long.len() * SHORT => {
            wanted.iter().map(|width| if *width <= SHORT { *width } else { width * rest / given_way }).collect()
        }
        _ => wanted.iter().map(|width| width * text_width / sum).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Column;
    use super::super::sample;
    use super::*;

    fn parts(report: &Document) -> String {
        // The writer stores its parts without compression.
        String::from_utf8_lossy(&document(report).unwrap()).into_owned()
    }

    #[test]
    fn a_file_can_be_read_back_with_headings_and_tables() {
        let bytes = document(&sample::document()).unwrap();
        let read = word::read_docx(&bytes).unwrap();
        let tables =
            read.document.children.iter().filter(|child| matches!(child, word::DocumentChild::Table(_))).count();
        assert_eq!(tables, 4);
        let styles: Vec<_> = read.styles.styles.iter().map(|style| style.style_id.as_str()).collect();
        assert!(["Title", "Heading1", "Heading2", "Heading3"].iter().all(|id| styles.contains(id)), "{styles:?}");
    }

    #[test]
    fn the_page_is_a4_with_chinese_fonts_a_page_number_and_repeated_headers() {
        let text = parts(&sample::document());
        for part in [
            "w:w=\"11906\" w:h=\"16838\"",
            "w:eastAsia=\"宋体\"",
            "w:eastAsia=\"黑体\"",
            "<w:instrText>PAGE</w:instrText>",
            "<w:pStyle w:val=\"Heading1\" />",
            ">第 </w:t>",
        ] {
            assert!(text.contains(part), "{part} is missing");
        }
        assert_eq!(text.matches("<w:tblHeader />").count(), 3);
    }

    #[test]
    fn a_table_of_many_columns_turns_the_page() {
        let columns = (0..12).map(|index| Column::left(format!("c{index}"), "列")).collect();
        let mut table = Table::new("wide", "宽表", columns);
        table.rows.push(vec![Cell::text("x")]);
        let report = Document { blocks: vec![Block::Table(table)], ..sample::document() };
        assert!(parts(&report).contains("w:w=\"16838\" w:h=\"11906\""));
    }

    #[test]
    fn columns_of_words_give_way_to_short_ones_and_all_fit_the_page() {
        assert_eq!(shares(&[6, 10], 9000), [960, 1480]);
        assert_eq!(shares(&[10, 200], 4000), [1480, 2520]);
        assert!(shares(&[10; 40], 9000).iter().sum::<usize>() <= 9000);
    }

    #[test]
    fn hostile_text_is_text_and_every_part_is_xml() {
        let mut report = sample::document();
        report.title = "</w:t><w:instrText>\u{1b}\u{ffff}\0".to_owned();
        report.blocks = safe::HOSTILE.iter().map(|text| Block::Paragraph((*text).to_owned())).collect();
        let text = parts(&report);
        assert!(text.contains("&lt;/w:t&gt;&lt;w:instrText&gt;\\u{1b}\\u{ffff}\\u{0}"));
        assert!(text.contains("and</w:t><w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\">new line"));
        assert!(word::read_docx(&document(&report).unwrap()).is_ok());
    }
}
