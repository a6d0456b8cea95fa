//! Charts as tables whose cells are shaded: bars, stacks, marks over an axis, and maps. They print, and a reader that
//! speaks reads their numbers.

use docx_rs as word;
use word::{Paragraph, Run, TableCell, TableRow, WidthType};

use super::{LETTER, PADDING, Page, SHADE, gap, grid, paragraph, shares, side};
use crate::report::chart::Scale;
use crate::report::chart::colors::{color, ink};
use crate::report::document::{Align, Cell, Chart, ChartKind, Column, Series, Table, decimal};
use crate::report::safe;
use crate::report::shade_map::{SHADES, ShadeMap, is_dark};
use crate::text;

/// The length of the longest bar, in columns of the grid: a bar is so many of them, put together.
const LONGEST: usize = 40;
/// In twentieths of a point: what a bar needs to be seen, and the height of a row of marks.
const LEAST_PLOT: usize = 3000;
const ROW: f32 = 230.0;
/// The marks of lines, in the order of the series, as pictures of the same chart have them.
const MARKS: [&str; 4] = ["●", "■", "▲", "◆"];

/// A chart under its caption.
pub(super) fn chart(page: &Page, docx: word::Docx, chart: &Chart) -> word::Docx {
    let numbers = chart.numbers(page.lang);
    if numbers.rows.is_empty() || chart.series.is_empty() {
        return page.captioned(docx, &numbers);
    }
    let docx = docx.add_paragraph(paragraph("Caption", &numbers.caption).keep_next(true));
    match chart.kind {
        ChartKind::StackedBars => docx.add_table(stacks(page, chart)).add_paragraph(gap()),
        ChartKind::Bars => docx.add_table(bars(page, chart)).add_paragraph(gap()),
        ChartKind::Lines => {
            let docx = docx.add_table(kept_together(page, legend(chart), marks(page, chart))).add_paragraph(gap());
            page.captioned(docx, &Table { caption: String::new(), ..numbers })
        }
    }
}

/// A map under its caption.
pub(super) fn map(page: &Page, docx: word::Docx, map: &ShadeMap) -> word::Docx {
    let numbers = map.numbers(page.lang);
    if numbers.rows.is_empty() {
        return page.captioned(docx, &numbers);
    }
    let widths = shares(&numbers.widths(page.lang), page.text_width());
    let header = numbers.columns.iter().zip(&widths).map(|(column, width)| head(&column.label, *width, None));
    let mut rows = vec![TableRow::new(header.collect()).cant_split()];
    for (at, (label, values)) in map.rows.iter().enumerate() {
        let cell = |(column, width): (usize, &usize)| {
            let shown = values.get(column).copied().flatten().and_then(decimal).unwrap_or_default();
            match map.shade_at(at, column) {
                Some(shade) => {
                    let ink = if is_dark(shade) { "#FFFFFF" } else { "#000000" };
                    shaded(&shown, SHADES[shade], ink).width(*width, WidthType::Dxa)
                }
                None => TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph("TableText", "")),
            }
        };
        let mut cells = vec![words(label, widths[0], Align::Left)];
        cells.extend(widths[1..].iter().enumerate().map(cell));
        rows.push(TableRow::new(cells).cant_split());
    }
    docx.add_paragraph(paragraph("Caption", &numbers.caption).keep_next(true))
        .add_table(grid(rows, widths))
        .add_paragraph(gap())
}

/// The columns of words and numbers of a table of bars, and behind them the grid of the bars.
struct Layout {
    words: Vec<usize>,
    unit: usize,
}

impl Layout {
    fn of(page: &Page, letters: &[usize]) -> Layout {
        let width = page.text_width();
        let words = shares(letters, width.saturating_sub(LEAST_PLOT));
        let unit = (width - words.iter().sum::<usize>().min(width)) / LONGEST;
        Layout { words, unit }
    }

    fn grid(&self) -> Vec<usize> {
        self.words.iter().copied().chain(std::iter::repeat_n(self.unit, LONGEST)).collect()
    }

    /// A cell over so many columns of the grid.
    fn span(&self, cell: TableCell, columns: usize) -> TableCell {
        cell.grid_span(columns).width(columns * self.unit, WidthType::Dxa)
    }
}

/// One row a category, its parts behind one another, each with its number where it has room.
fn stacks(page: &Page, chart: &Chart) -> word::Table {
    let table = chart.numbers(page.lang);
    let layout = Layout::of(page, &table.widths(page.lang));
    let mut header: Vec<TableCell> = vec![head(&table.columns[0].label, layout.words[0], None)];
    let columns = table.columns[1..].iter().zip(&layout.words[1..]).enumerate();
    header.extend(columns.map(|(at, (column, width))| head(&column.label, *width, Some(color(chart, at)))));
    header.push(layout.span(head(&text::label(page.lang, "report-bar"), 0, None), LONGEST));
    let sum =
        |at: usize| chart.series.iter().filter_map(|series| series.at(at)).map(|value| value.max(0.0)).sum::<f64>();
    let most = (0..chart.categories.len()).map(sum).fold(f64::MIN_POSITIVE, f64::max);
    let mut rows = vec![TableRow::new(header).cant_split()];
    for (at, row) in table.full_rows().enumerate() {
        let mut cells: Vec<TableCell> = row
            .zip(&layout.words)
            .map(|((column, cell), width)| words(&cell.words(page.lang), *width, column.align))
            .collect();
        let (mut reached, mut drawn) = (0.0, 0);
        for (number, series) in chart.series.iter().enumerate() {
            let Some(value) = series.at(at) else { continue };
            reached += value.max(0.0);
            // Ends are rounded, not lengths, so that the parts add up.
            let end = (reached / most * LONGEST as f64).round() as usize;
            if end > drawn {
                cells.push(layout.span(part(chart, number, value, (end - drawn) * layout.unit), end - drawn));
                drawn = end;
            }
        }
        if drawn < LONGEST {
            cells.push(layout.span(blank(), LONGEST - drawn));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    grid(rows, layout.grid())
}

/// A piece of a stack with its number, where the piece is wide enough.
fn part(chart: &Chart, series: usize, value: f64, width: usize) -> TableCell {
    let shown = decimal(value).unwrap_or_default();
    let fits = shown.len() * LETTER + 2 * PADDING <= width;
    shaded(if fits { &shown } else { "" }, color(chart, series), ink(color(chart, series)))
}

/// One row a category and series, with its number and its bar.
fn bars(page: &Page, chart: &Chart) -> word::Table {
    let table = listed(page, chart);
    let layout = Layout::of(page, &table.widths(page.lang));
    let mut header: Vec<TableCell> =
        table.columns.iter().zip(&layout.words).map(|(column, width)| head(&column.label, *width, None)).collect();
    header.push(layout.span(head(&text::label(page.lang, "report-bar"), 0, None), LONGEST));
    let values = || chart.series.iter().flat_map(|series| (0..chart.categories.len()).filter_map(|at| series.at(at)));
    let most = values().fold(f64::MIN_POSITIVE, f64::max);
    let mut rows = vec![TableRow::new(header).cant_split()];
    for (at, row) in table.full_rows().enumerate() {
        let (category, number) = (at / chart.series.len(), at % chart.series.len());
        let mut cells: Vec<TableCell> = row
            .zip(&layout.words)
            .map(|((column, cell), width)| words(&cell.words(page.lang), *width, column.align))
            .collect();
        if chart.series.len() > 1 {
            let merge = if number == 0 { word::VMergeType::Restart } else { word::VMergeType::Continue };
            cells[0] = cells[0].clone().vertical_merge(merge);
        }
        let value = chart.series[number].at(category).unwrap_or(0.0).max(0.0);
        let length = (value / most * LONGEST as f64).round() as usize;
        if length > 0 {
            cells.push(layout.span(shaded("", color(chart, number), "#000000"), length));
        }
        if length < LONGEST {
            cells.push(layout.span(blank(), LONGEST - length));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    grid(rows, layout.grid())
}

/// The numbers with a row a category and series. One series alone needs no name.
fn listed(page: &Page, chart: &Chart) -> Table {
    let mut table = chart.numbers(page.lang);
    if chart.series.len() == 1 {
        return table;
    }
    let value = |series: &Series, at: usize| series.at(at).map_or(Cell::Unknown, Cell::Decimal);
    table.columns.truncate(2);
    table.columns.push(table.columns[1].clone());
    table.columns[1] = Column { label: String::new(), ..table.columns[0].clone() };
    table.columns[2].label = chart.unit.clone();
    table.rows.clear();
    for (at, category) in chart.categories.iter().enumerate() {
        for (number, series) in chart.series.iter().enumerate() {
            let name = if number == 0 { Cell::text(category) } else { Cell::Empty };
            table.rows.push(vec![name, Cell::text(&series.label), value(series, at)]);
        }
    }
    table
}

/// Each series by its mark.
fn legend(chart: &Chart) -> Paragraph {
    let mut line = Paragraph::new().style("Note").keep_next(true);
    for (number, series) in chart.series.iter().enumerate() {
        let mark = Run::new().add_text(MARKS[number % MARKS.len()]).color(hex(color(chart, number)));
        line = line.add_run(mark).add_run(super::run(&format!(" {}    ", series.label)));
    }
    line
}

/// Marks over an axis: a row a step of the scale, a column a category.
fn marks(page: &Page, chart: &Chart) -> word::Table {
    let scale = Scale::of(chart);
    let ticks: Vec<f64> = scale.ticks().collect();
    let axis = 8 * LETTER;
    let width = (page.text_width() - axis) / chart.categories.len().max(1);
    let width = width.min(14 * LETTER);
    // Twice as many rows as steps, so that a value is half a step away from its mark at most.
    let levels = 2 * (ticks.len() - 1);
    let level = |value: f64| ((value - scale.bottom) / (scale.top - scale.bottom) * levels as f64).round() as usize;
    let mut rows = Vec::new();
    for row in (0..=levels).rev() {
        let tick = ticks.get(row / 2).filter(|_| row % 2 == 0).copied().and_then(decimal).unwrap_or_default();
        let mut cells = vec![small(&tick, axis, word::AlignmentType::Right, row % 2 == 0)];
        for at in 0..chart.categories.len() {
            let here = |(_, series): &(usize, &Series)| series.at(at).is_some_and(|value| level(value) == row);
            let found: Vec<usize> = chart.series.iter().enumerate().filter(here).map(|(number, _)| number).collect();
            cells.push(marked(chart, &found, width, row % 2 == 0));
        }
        rows.push(TableRow::new(cells).row_height(ROW).height_rule(word::HeightRule::Exact));
    }
    let mut names = vec![small("", axis, word::AlignmentType::Right, false)];
    names.extend(chart.categories.iter().map(|name| small(name, width, word::AlignmentType::Center, false)));
    rows.push(TableRow::new(names));
    grid(rows, std::iter::once(axis).chain(std::iter::repeat_n(width, chart.categories.len())).collect())
}

/// A table in a row of another one, which no page parts.
fn kept_together(page: &Page, above: Paragraph, table: word::Table) -> word::Table {
    let width = page.text_width();
    let cell = || TableCell::new().width(width, WidthType::Dxa).set_borders(word::TableCellBorders::with_empty());
    let rows = vec![
        TableRow::new(vec![cell().add_paragraph(above)]),
        TableRow::new(vec![cell().add_table(table).add_paragraph(gap())]).cant_split(),
    ];
    word::Table::new(rows)
        .width(width, WidthType::Dxa)
        .layout(word::TableLayoutType::Fixed)
        .set_grid(vec![width])
        .set_borders(word::TableBorders::with_empty())
}

fn marked(chart: &Chart, series: &[usize], width: usize, on_step: bool) -> TableCell {
    let mut line = Paragraph::new().style("TableText").align(word::AlignmentType::Center).line_spacing(tight());
    for number in series {
        line =
            line.add_run(Run::new().size(20).add_text(MARKS[number % MARKS.len()]).color(hex(color(chart, *number))));
    }
    edged(TableCell::new().width(width, WidthType::Dxa).add_paragraph(line.keep_next(true)), on_step)
}

fn small(text: &str, width: usize, side: word::AlignmentType, on_step: bool) -> TableCell {
    let run = super::run(text).size(16);
    let line = Paragraph::new().style("TableText").align(side).line_spacing(tight()).add_run(run).keep_next(on_step);
    edged(TableCell::new().width(width, WidthType::Dxa).add_paragraph(line), on_step)
}

/// A line under a step of the scale, and no other.
fn edged(cell: TableCell, on_step: bool) -> TableCell {
    use word::TableCellBorderPosition::{Bottom, Left, Right, Top};
    let none = |position| word::TableCellBorder::new(position).border_type(word::BorderType::Nil);
    let line = word::TableCellBorder::new(Bottom).size(4).color("BBBBBB");
    let cell = [Left, Right, Top].into_iter().fold(cell, |cell, side| cell.set_border(none(side)));
    cell.set_border(if on_step { line } else { none(Bottom) })
}

fn tight() -> word::LineSpacing {
    word::LineSpacing::new().before(0).after(0).line(200).line_rule(word::LineSpacingType::Exact)
}

/// A header, in the colour of its series where it has one.
fn head(label: &str, width: usize, fill: Option<&str>) -> TableCell {
    let run = super::run(label).bold().color(hex(fill.map_or("#000000", ink)));
    let text = Paragraph::new().style("TableText").add_run(run).keep_next(true);
    TableCell::new()
        .width(width, WidthType::Dxa)
        .shading(word::Shading::new().fill(fill.map_or(SHADE, hex)))
        .add_paragraph(text)
}

fn words(text: &str, width: usize, align: Align) -> TableCell {
    let text = paragraph("TableText", text).align(side(align));
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(text)
}

/// A shaded cell with a number in its middle.
fn shaded(text: &str, fill: &str, ink: &str) -> TableCell {
    let text = safe::visible(text);
    let run = Run::new().add_text(text.as_ref()).color(hex(ink));
    let line = Paragraph::new().style("TableText").align(word::AlignmentType::Center).add_run(run);
    framed(TableCell::new().shading(word::Shading::new().fill(hex(fill))).add_paragraph(line), "FFFFFF")
}

fn blank() -> TableCell {
    framed(TableCell::new().add_paragraph(paragraph("TableText", "")), "FFFFFF")
}

/// White lines part the bars of rows that touch.
fn framed(cell: TableCell, color: &str) -> TableCell {
    use word::TableCellBorderPosition::{Bottom, Left, Right, Top};
    let border = |(position, size)| word::TableCellBorder::new(position).size(size).color(color);
    [(Top, 18), (Bottom, 18), (Left, 2), (Right, 2)].into_iter().fold(cell, |cell, side| cell.set_border(border(side)))
}

fn hex(color: &str) -> &str {
    color.trim_start_matches('#')
}
