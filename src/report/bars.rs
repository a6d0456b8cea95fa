//! Charts where there are no pictures: the table of numbers, with a column of bars where bars can be drawn.

use super::document::{Cell, Chart, ChartKind, Column, Table};
use crate::text::{self, Lang};

/// The length of the longest bar, in characters.
const LONGEST: f64 = 24.0;
/// The shades of the parts of a stacked bar, ever lighter, for so many series.
const SHADES: [&[char]; 4] = [&['█'], &['█', '▒'], &['█', '▓', '░'], &['█', '▓', '▒', '░']];

/// The numbers of a chart and, for one series or a stack of them, a bar for each category.
pub(super) fn with_bars(chart: &Chart, lang: Lang) -> Table {
    let mut table = chart.numbers(lang);
    if !has_bars(chart) {
        return table;
    }
    // Chinese fonts draw a block two letters wide.
    table.columns.push(Column::left("bar", text::label(lang, "report-bar")).wide(2 * LONGEST as u16));
    if chart.series.len() > 1 {
        mark_shades(&mut table, shades(chart));
    }
    let unit = LONGEST / longest(chart).max(f64::MIN_POSITIVE);
    for (index, row) in table.rows.iter_mut().enumerate() {
        row.push(Cell::Text(bar(chart, index, unit)));
    }
    table
}

/// Bars side by side cannot be told apart in one line of characters, and lines are courses (see `spark`).
fn has_bars(chart: &Chart) -> bool {
    match chart.kind {
        ChartKind::StackedBars => chart.series.len() <= SHADES.len(),
        ChartKind::Bars => chart.series.len() == 1,
        ChartKind::Lines => false,
    }
}

fn shades(chart: &Chart) -> &'static [char] {
    SHADES.get(chart.series.len().saturating_sub(1)).copied().unwrap_or_default()
}

/// The header of each series shows its shade, as a legend would.
fn mark_shades(table: &mut Table, shades: &[char]) {
    for (column, shade) in table.columns.iter_mut().filter(|column| column.align == super::Align::Right).zip(shades) {
        column.label = format!("{shade} {}", column.label);
    }
}

/// The sum of the greatest category; negative numbers have no bar.
fn longest(chart: &Chart) -> f64 {
    let sum = |index| chart.series.iter().filter_map(|series| series.at(index)).map(|value| value.max(0.0)).sum();
    (0..chart.categories.len()).map(sum).fold(0.0, f64::max)
}

/// Ends are rounded, not lengths, so that the parts of a stack add up to its whole.
fn bar(chart: &Chart, index: usize, unit: f64) -> String {
    let (mut bar, mut sum, mut drawn) = (String::new(), 0.0, 0);
    for (series, shade) in chart.series.iter().zip(shades(chart)) {
        sum += series.at(index).unwrap_or(0.0).max(0.0);
        let end = (sum * unit).round() as usize;
        bar.extend(std::iter::repeat_n(*shade, end - drawn));
        drawn = end;
    }
    if drawn == 0 && sum > 0.0 { "▏".to_owned() } else { bar }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn bars(chart: &Chart) -> Vec<String> {
        let table = with_bars(chart, Lang::Zh);
        table.rows.iter().map(|row| row.last().unwrap().words(Lang::Zh).into_owned()).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_numbers_and_unknown_has_none() {
        assert_eq!(bars(&sample::visits()), ["█".repeat(24), "█".repeat(18), String::new()]);
    }

    #[test]
    fn the_parts_of_a_stack_add_up_and_their_shades_stand_in_the_header() {
        let chart = sample::follow_ups();
        assert_eq!(bars(&chart)[0], "█".repeat(19) + &"▒".repeat(5));
        let labels: Vec<_> = with_bars(&chart, Lang::Zh).columns.into_iter().map(|column| column.label).collect();
        assert_eq!(labels, ["类别", "█ 已完成", "▒ 逾期", "图示"]);
    }

    #[test]
    fn a_little_is_drawn_as_a_hair_and_nothing_as_nothing() {
        let mut chart = sample::visits();
        chart.series[0].values = vec![Some(1000.0), Some(1.0), Some(0.0)];
        assert_eq!(bars(&chart)[1..], ["▏".to_owned(), String::new()]);
        chart.series[0].values = vec![Some(0.0), Some(-3.0)];
        assert_eq!(bars(&chart), ["", "", ""]);
    }

    #[test]
    fn series_side_by_side_have_numbers_only() {
        let chart = Chart { kind: ChartKind::Bars, ..sample::follow_ups() };
        assert_eq!(with_bars(&chart, Lang::Zh), chart.numbers(Lang::Zh));
    }
}
