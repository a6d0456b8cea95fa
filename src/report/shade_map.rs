//! Numbers of a grid that are shaded by their size, such as weeks by weekdays: a calendar of what was done.
//!
//! Every format shows the number in its cell, so that the shade is never the only one to say it.

use super::document::{Cell, Column, Table};
use crate::text::{self, Lang};

/// From nothing to the greatest number: one hue, ever darker, which prints and copies in grey as it is seen.
pub(super) const SHADES: [&str; 6] = ["#FFFFFF", "#DCECF7", "#A9D1EC", "#6FAFD9", "#2F7FB8", "#0B4A78"];
/// On these shades and darker ones letters are white.
const DARK: usize = 4;

/// Numbers by rows and columns. A cell without a number is outside of what is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct ShadeMap {
    /// The English name of the map in JSON.
    pub key: String,
    pub caption: String,
    /// The header above the names of the rows.
    pub corner: String,
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<Option<f64>>)>,
    /// What is counted, in the reader's language; may be empty.
    pub unit: String,
}

impl ShadeMap {
    /// The numbers as a table: a row a row, and nothing where there is none.
    pub fn numbers(&self, lang: Lang) -> Table {
        let mut columns = vec![Column::left("row", &self.corner)];
        let number = |(at, label): (usize, &String)| Column::right(format!("column-{}", at + 1), label);
        columns.extend(self.columns.iter().enumerate().map(number));
        let mut table = Table::new(self.key.clone(), self.full_caption(lang), columns);
        for (label, _) in &self.rows {
            table.rows.push(vec![Cell::text(label)]);
        }
        for (row, (_, values)) in table.rows.iter_mut().zip(&self.rows) {
            row.extend(values.iter().map(|value| value.map_or(Cell::Empty, Cell::Decimal)));
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

    /// The place of a number among the shades: the first for nothing, the last for the greatest of the map.
    pub(super) fn shade(&self, value: f64) -> usize {
        let most = self.rows.iter().flat_map(|(_, values)| values).flatten().copied().fold(0.0, f64::max);
        if !value.is_finite() || value <= 0.0 || !most.is_finite() {
            return 0;
        }
        let steps = (SHADES.len() - 1) as f64;
        ((value / most * steps).ceil() as usize).clamp(1, SHADES.len() - 1)
    }

    /// The shade of the cell of a row and column; none where it has no number.
    pub(super) fn shade_at(&self, row: usize, column: usize) -> Option<usize> {
        let value = self.rows.get(row)?.1.get(column).copied().flatten()?;
        Some(self.shade(value))
    }
}

/// Whether letters on a shade are white.
pub(super) fn is_dark(shade: usize) -> bool {
    shade >= DARK
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_greatest_number_has_the_darkest_shade_and_nothing_the_lightest() {
        let map = sample::calendar();
        assert_eq!([map.shade(0.0), map.shade(1.0), map.shade(20.0), map.shade(-1.0)], [0, 1, 5, 0]);
        assert_eq!(map.shade_at(0, 0), None, "the term has not begun");
        assert_eq!(ShadeMap { rows: Vec::new(), ..map }.shade(f64::NAN), 0);
    }

    #[test]
    fn the_numbers_stand_in_a_table_and_what_is_outside_is_empty() {
        let table = sample::calendar().numbers(Lang::Zh);
        assert_eq!(table.caption, "每日联系（次）");
        assert_eq!(table.rows[0], [Cell::text("09-01"), Cell::Empty, Cell::Decimal(20.0), Cell::Decimal(1.0)]);
    }
}
