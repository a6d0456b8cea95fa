//! Listings: one table in the format that was asked for, with the same columns in each.
//!
//! Begin with `Table::listing`. The other formats of a table stand in files of their own.

use std::fmt;
use std::str::FromStr;

use comfy_table::{CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, TableStyle};

use super::document::{Align, Cell, Table};
use super::{csv, json, markdown, safe};
use crate::text::Lang;

/// The format of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Table,
    Csv,
    Json,
    Jsonl,
    Markdown,
}

impl Format {
    pub const ALL: [Format; 5] = [Format::Table, Format::Csv, Format::Json, Format::Jsonl, Format::Markdown];

    /// As written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Markdown => "markdown",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no format of a listing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of table, csv, json, jsonl and markdown")]
pub struct NotAFormat(pub String);

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(name: &str) -> Result<Format, NotAFormat> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| NotAFormat(name.to_owned()))
    }
}

/// What text is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// Columns of the terminal; none in a pipe, where nothing is wrapped.
    pub width: Option<u16>,
    /// Levels stand out by colour, beside the word.
    pub color: bool,
}

impl Table {
    /// The table as a listing, ending in a newline. With no rows it is empty, but for the header in CSV and `[]` in JSON.
    pub fn listing(&self, format: Format, lang: Lang, screen: Screen) -> String {
        match format {
            Format::Csv => csv::csv(self),
            Format::Json => json::array(self),
            Format::Jsonl => json::lines(self),
            _ if self.rows.is_empty() => String::new(),
            Format::Table => aligned(self, lang, screen),
            Format::Markdown => markdown::table(self, lang),
        }
    }
}

/// A line under the header and two spaces between columns: nothing else that would be copied with the text.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// The table in columns of even width, wrapped to the screen.
pub(super) fn aligned(table: &Table, lang: Lang, screen: Screen) -> String {
    let mut grid = comfy_table::Table::new();
    grid.load_style(STYLE);
    grid.set_header(table.columns.iter().map(|column| comfy_table::Cell::new(safe::visible(&column.label))));
    for row in table.full_rows() {
        grid.add_row(row.map(|(_, cell)| comfy_table::Cell::new(shown(cell, lang, screen.color))));
    }
    arrange(&mut grid, table, screen);
    grid.trim_fmt() + "\n"
}

fn arrange(grid: &mut comfy_table::Table, table: &Table, screen: Screen) {
    if let Some(width) = screen.width {
        grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    let last = table.columns.len().saturating_sub(1);
    for (index, (column, described)) in grid.column_iter_mut().zip(&table.columns).enumerate() {
        column.set_padding((0, if index == last { 0 } else { 1 }));
        column.set_cell_alignment(match described.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
            Align::Center => CellAlignment::Center,
        });
    }
}

fn shown(cell: &Cell, lang: Lang, color: bool) -> String {
    let words = cell.words(lang);
    let text = safe::visible(&words);
    match cell {
        Cell::Code { code, .. } if color => match level_color(code) {
            Some(color) => format!("\u{1b}[{color}m{text}\u{1b}[0m"),
            None => text.into_owned(),
        },
        _ => text.into_owned(),
    }
}

/// The colour of the words that call for a person: bold red, yellow, cyan.
fn level_color(code: &str) -> Option<&'static str> {
    match code {
        "high" | "overdue" | "missed" => Some("1;31"),
        "medium" => Some("33"),
        "watch" => Some("36"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    const PIPE: Screen = Screen { width: None, color: false };

    #[test]
    fn a_format_is_read_by_its_name_alone() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!("xml".parse::<Format>(), Err(NotAFormat("xml".to_owned())));
    }

    #[test]
    fn columns_stand_even_though_a_character_may_be_two_wide() {
        let expected = "\
姓名    级别  走访  完成率     最近联系
─────────────────────────────────────────
王小明  高       3  75% (3/4)  2026-09-01
李秀    未知     0  — (0/0)    未知
";
        let listed = sample::risks().listing(Format::Table, Lang::Zh, PIPE);
        assert_eq!(listed, expected, "\n{listed}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut table = sample::risks();
        table.rows.push(vec![Cell::text("很长的备注".repeat(20)), Cell::Empty, Cell::Integer(-1)]);
        let listed = table.listing(Format::Table, Lang::Zh, Screen { width: Some(60), color: false });
        for line in listed.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 60, "{line}");
        }
    }

    #[test]
    fn only_words_of_levels_are_coloured_and_only_when_asked() {
        let coloured = sample::risks().listing(Format::Table, Lang::Zh, Screen { width: None, color: true });
        assert_eq!(coloured.matches('\u{1b}').count(), 2);
        assert!(coloured.contains("\u{1b}[1;31m高\u{1b}[0m"), "{coloured}");
    }

    #[test]
    fn an_empty_table_prints_nothing_but_its_header_in_csv_and_an_empty_array_in_json() {
        let mut table = sample::risks();
        table.rows.clear();
        let listed = Format::ALL.map(|format| table.listing(format, Lang::Zh, PIPE));
        assert_eq!(listed, ["", "name,level,visits,share,last-contact\n", "[]\n", "", ""]);
    }

    proptest! {
        #[test]
        fn no_listing_for_people_has_a_control_character_but_the_newline(text in any::<String>()) {
            let mut table = sample::risks();
            table.columns[0].label.clone_from(&text);
            table.rows = vec![vec![Cell::Text(text.clone()), Cell::code(&text, &text), Cell::List(vec![text])]];
            for format in Format::ALL {
                let listed = table.listing(format, Lang::Zh, Screen { width: Some(40), color: false });
                // A tab stays in CSV, whose readers part cells by commas.
                let allowed = |c| c == '\n' || (c == '\t' && format == Format::Csv);
                prop_assert!(!listed.contains(|c: char| c.is_control() && !allowed(c)), "{:?}", listed);
            }
        }
    }
}
