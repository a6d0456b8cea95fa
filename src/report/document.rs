//! A report before it has a format: a title and an ordered list of blocks, whose cells keep their type.
//!
//! What a cell means is known to whoever builds the document; here it is text, a number, a day or an answer that is
//! unknown. A renderer a format turns it into bytes. Begin with `Document`.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::mask::Private;
use super::shade_map::ShadeMap;
use crate::model::{Day, Money};
use crate::text::{self, Lang};

/// One report, in the language of its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub title: String,
    pub subtitle: Option<String>,
    pub lang: Lang,
    /// The day that the report speaks of.
    pub day: Day,
    pub school: String,
    /// Whether title, school and day stand at the top, and a number under each page. Letters bring a head of their own.
    pub headed: bool,
    pub blocks: Vec<Block>,
}

/// What stands under one another in a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Level 1 is the highest under the title; levels past 3 look like 3.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(String),
    /// A remark in smaller type: a source, a definition, what was folded.
    Note(String),
    List(Vec<String>),
    /// The key figures, each with its label, shown big.
    Facts(Vec<(String, Cell)>),
    Table(Table),
    Chart(Chart),
    Map(ShadeMap),
    /// What stands at the right margin under a letter: who writes, and the day.
    SignOff(String),
    /// Lines to sign on, each behind its label.
    Signatures(Vec<String>),
    /// A line across, along which a receipt is cut off.
    CutLine,
    /// What follows begins a page.
    PageBreak,
}

/// A label with a line behind it, in formats that draw none.
pub(super) fn signing(label: &str) -> String {
    format!("{label}  ____________________")
}

/// Rows under named columns. A row shorter than the columns ends in empty cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The English name of the table in JSON.
    pub key: String,
    /// In the reader's language; also names the sheet of a workbook.
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// One column, under the same key in every format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// English and stable, unique in its table: the header in CSV and the name in JSON.
    pub key: Cow<'static, str>,
    /// The header that people read.
    pub label: String,
    pub align: Align,
    /// The width that suits the column, in Latin letters (a Chinese character is two), where its cells do not tell.
    pub width: Option<u16>,
}

/// The side at which a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Right,
    Center,
}

/// One answer, with its type.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// There is nothing to say here.
    #[default]
    Empty,
    /// There is an answer and the ledger does not know it. Said in words, `null` in JSON, and never 0.
    Unknown,
    Text(String),
    Integer(i64),
    /// Yuan with both places, exact.
    Money(Money),
    /// Shown with at most two decimals. What is not a number is unknown.
    Decimal(f64),
    /// So many of so many; a share of nothing is neither 0 nor 100 %.
    Percent {
        met: u64,
        of: u64,
    },
    Day(Day),
    Bool(bool),
    List(Vec<String>),
    /// Files with their lines, as `file:line`.
    Places(Vec<String>),
    /// People read the label; CSV and JSON have the English code.
    Code {
        code: String,
        label: String,
    },
}

/// Series of numbers over the same categories. Every format shows the numbers too.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The English name of the chart in JSON.
    pub key: String,
    pub caption: String,
    pub kind: ChartKind,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    /// What is counted, in the reader's language; may be empty.
    pub unit: String,
}

/// How a chart draws its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    Bars,
    StackedBars,
    Lines,
}

/// One number for each category, or none where it is unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub label: String,
    pub values: Vec<Option<f64>>,
}

impl Column {
    /// A column of words.
    pub fn left(key: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Column {
        Column { key: key.into(), label: label.into(), align: Align::Left, width: None }
    }

    /// A column of numbers.
    pub fn right(key: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Column {
        Column { align: Align::Right, ..Column::left(key, label) }
    }

    /// The same column with a width that suits it, in Latin letters.
    #[must_use]
    pub fn wide(mut self, width: u16) -> Column {
        self.width = Some(width);
        self
    }
}

impl Table {
    /// A table that has no rows yet.
    pub fn new(key: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table { key: key.into(), caption: caption.into(), columns, rows: Vec::new() }
    }

    /// Every row as exactly one cell a column.
    pub(super) fn full_rows(&self) -> impl Iterator<Item = impl Iterator<Item = (&Column, &Cell)>> {
        const EMPTY: &Cell = &Cell::Empty;
        self.rows
            .iter()
            .map(|row| self.columns.iter().enumerate().map(|(index, column)| (column, row.get(index).unwrap_or(EMPTY))))
    }
}

impl Table {
    /// What each column needs, in Latin letters: its hint, or its longest line.
    pub(super) fn widths(&self, lang: Lang) -> Vec<usize> {
        let mut widths: Vec<_> = self.columns.iter().map(|column| longest_line(&column.label)).collect();
        for row in self.full_rows() {
            for (width, (_, cell)) in widths.iter_mut().zip(row) {
                *width = (*width).max(longest_line(&cell.words(lang)));
            }
        }
        let hints = self.columns.iter().map(|column| column.width.map(usize::from));
        widths.into_iter().zip(hints).map(|(width, hint)| hint.unwrap_or(width)).collect()
    }
}

fn longest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

impl Table {
    /// The table with phones and resident numbers masked that stand in what somebody wrote.
    pub fn masked(&self, private: Private) -> Cow<'_, Table> {
        let shows_a_number = |cell: &Cell| match cell {
            Cell::Text(text) => matches!(private.words(text), Cow::Owned(_)),
            Cell::List(items) => items.iter().any(|item| matches!(private.words(item), Cow::Owned(_))),
            _ => false,
        };
        if !self.rows.iter().flatten().any(shows_a_number) {
            return Cow::Borrowed(self);
        }
        let mut table = self.clone();
        table.rows.iter_mut().flatten().for_each(|cell| cell.mask(private));
        Cow::Owned(table)
    }
}

impl Cell {
    fn mask(&mut self, private: Private) {
        let mask = |text: &mut String| {
            if let Cow::Owned(masked) = private.words(text) {
                *text = masked;
            }
        };
        match self {
            Cell::Text(text) => mask(text),
            Cell::List(items) => items.iter_mut().for_each(mask),
            _ => {}
        }
    }

    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A word with its English code.
    pub fn code(code: impl Into<String>, label: impl Into<String>) -> Cell {
        Cell::Code { code: code.into(), label: label.into() }
    }

    /// A count.
    pub fn count(count: usize) -> Cell {
        Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// The same, short enough to stand big at the top: a share without its parts.
    pub(super) fn figure(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Cell::Percent { met, of } if *of > 0 => {
                percent(*met, *of).split(' ').next().unwrap_or_default().to_owned().into()
            }
            other => other.words(lang),
        }
    }

    /// What a person reads, as it was given: a renderer still has to make it harmless.
    pub(super) fn words(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Unknown => unknown(lang),
            Cell::Text(text) | Cell::Code { label: text, .. } => Cow::Borrowed(text),
            Cell::Integer(number) => number.to_string().into(),
            Cell::Money(money) => money.to_string().into(),
            Cell::Decimal(number) => decimal(*number).map_or_else(|| unknown(lang), Cow::Owned),
            Cell::Percent { met, of } => percent(*met, *of).into(),
            Cell::Day(day) => day.to_string().into(),
            Cell::Bool(yes) => text::label(lang, if *yes { "report-yes" } else { "report-no" }).into(),
            Cell::List(items) => items.join(&text::label(lang, "report-list-join")).into(),
            Cell::Places(places) => in_short(places).join(&text::label(lang, "report-list-join")).into(),
        }
    }
}

/// Places with the lines of one file behind its name: `care-talk.csv:3, 17`.
fn in_short(places: &[String]) -> Vec<String> {
    let mut short: Vec<String> = Vec::new();
    let mut last = None;
    for place in places {
        let parted = place.rsplit_once(':');
        match (parted, short.last_mut()) {
            (Some((file, line)), Some(known)) if last == Some(file) => {
                known.push_str(", ");
                known.push_str(line);
            }
            _ => short.push(place.clone()),
        }
        last = parted.map(|(file, _)| file);
    }
    short
}

fn unknown(lang: Lang) -> Cow<'static, str> {
    text::label(lang, "report-unknown").into()
}

/// A number with at most two decimals and no idle zeros; none where it is no number.
pub(super) fn decimal(number: f64) -> Option<String> {
    let shown = number.is_finite().then(|| format!("{number:.2}"))?;
    let short = shown.trim_end_matches('0').trim_end_matches('.');
    Some(if short == "-0" { "0".to_owned() } else { short.to_owned() })
}

/// `83.3% (5/6)`. Rounding never makes some into all, nor into none: 1999 of 2000 is 99.9%.
fn percent(met: u64, of: u64) -> String {
    if of == 0 {
        return "— (0/0)".to_owned();
    }
    let rounded = (met as f64 / of as f64 * 1000.0).round();
    let tenths = if met == 0 || met >= of { rounded } else { rounded.clamp(1.0, 999.0) };
    format!("{}% ({met}/{of})", decimal(tenths / 10.0).expect("a share of more than nothing is a number"))
}

impl Chart {
    /// The numbers of the chart: a row a category, a column a series.
    pub fn numbers(&self, lang: Lang) -> Table {
        let mut columns = vec![Column::left("category", text::label(lang, "report-category"))];
        columns.extend(
            self.series
                .iter()
                .enumerate()
                .map(|(index, series)| Column::right(format!("series-{}", index + 1), &series.label)),
        );
        let mut table = Table::new(self.key.clone(), self.full_caption(lang), columns);
        for (index, category) in self.categories.iter().enumerate() {
            let mut row = vec![Cell::text(category)];
            row.extend(self.series.iter().map(|series| series.at(index).map_or(Cell::Unknown, Cell::Decimal)));
            table.rows.push(row);
        }
        table
    }

    /// The caption with the unit behind it.
    pub(super) fn full_caption(&self, lang: Lang) -> String {
        if self.unit.is_empty() {
            return self.caption.clone();
        }
        text::say(lang, "report-caption-unit", &[("caption", &self.caption), ("unit", &self.unit)])
    }
}

impl Series {
    /// The value of a category, where one is known and is a number.
    pub(super) fn at(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten().filter(|value| value.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_makes_neither_all_nor_none_of_some() {
        let shown = |met, of| percent(met, of);
        assert_eq!(shown(5, 6), "83.3% (5/6)");
        assert_eq!(shown(6, 6), "100% (6/6)");
        assert_eq!(shown(0, 6), "0% (0/6)");
        assert_eq!(shown(1999, 2000), "99.9% (1999/2000)");
        assert_eq!(shown(1, 5000), "0.1% (1/5000)");
        assert_eq!(shown(0, 0), "— (0/0)");
    }

    #[test]
    fn what_is_unknown_or_no_number_is_said_and_is_not_0() {
        for cell in [Cell::Unknown, Cell::Decimal(f64::NAN), Cell::Decimal(f64::INFINITY)] {
            assert_eq!(cell.words(Lang::Zh), "未知");
            assert_eq!(cell.words(Lang::En), "unknown");
        }
    }

    #[test]
    fn a_decimal_has_at_most_two_places_and_no_idle_zeros() {
        let shown = |number| decimal(number).unwrap();
        assert_eq!([shown(3.0), shown(2.5), shown(1.005), shown(-0.001), shown(100.0)], ["3", "2.5", "1", "0", "100"]);
    }

    #[test]
    fn a_gap_in_a_series_is_unknown_in_its_numbers() {
        let series = Series { label: "人数".to_owned(), values: vec![Some(3.0), None] };
        let chart = Chart {
            key: "by-class".to_owned(),
            caption: "各班人数".to_owned(),
            kind: ChartKind::Bars,
            categories: ["一班", "二班", "三班"].map(str::to_owned).to_vec(),
            series: vec![series],
            unit: "人".to_owned(),
        };
        let numbers = chart.numbers(Lang::Zh);
        assert_eq!(numbers.caption, "各班人数（人）");
        assert_eq!(numbers.rows[0], [Cell::text("一班"), Cell::Decimal(3.0)]);
        assert_eq!([&numbers.rows[1][1], &numbers.rows[2][1]], [&Cell::Unknown, &Cell::Unknown]);
    }
}
