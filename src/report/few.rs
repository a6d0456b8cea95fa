//! Small numbers of children, folded, since a small number can be a name.

use super::{Block, Cell, Chart, ChartKind, Column, Series, Table};
use crate::text::{Lang, label};

/// Groups of fewer children than this are folded.
pub const SMALLEST_GROUP: u32 = 5;

/// Whether a number is so small that it could be a name.
pub fn is_few(number: u32) -> bool {
    (1..SMALLEST_GROUP).contains(&number)
}

/// A number of children, folded where it is so small that it could be a name.
pub fn folded(number: u32, lang: Lang) -> Cell {
    if is_few(number) { Cell::text(label(lang, "term-few")) } else { Cell::Integer(i64::from(number)) }
}

/// What stands in the place of a number that would give a folded one away.
pub fn withheld(lang: Lang) -> Cell {
    Cell::text(label(lang, "term-withheld"))
}

/// Numbers of children whose sum stands elsewhere in the report. Where one alone is folded, the smallest other one is
/// withheld too, as the sum would give the folded one away.
pub fn parts(numbers: &[u32], lang: Lang) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| folded(*number, lang)).collect();
    if numbers.iter().filter(|number| is_few(**number)).count() == 1 {
        let others = numbers.iter().enumerate().filter(|(_, number)| **number >= SMALLEST_GROUP);
        if let Some((at, _)) = others.min_by_key(|(_, number)| **number) {
            cells[at] = withheld(lang);
        }
    }
    cells
}

/// Numbers of children that are to be drawn: for each series its words, and a cell for each category.
pub struct Counted {
    pub key: &'static str,
    pub caption: String,
    pub kind: ChartKind,
    pub categories: Vec<String>,
    pub series: Vec<(String, Vec<Cell>)>,
    pub unit: String,
}

/// The numbers as a chart; where one of them is folded as a table alone, since a bar would say how many they are.
pub fn drawn(counted: Counted, lang: Lang) -> Block {
    let number = |cell: &Cell| if let Cell::Integer(number) = cell { Some(*number as f64) } else { None };
    let Counted { key, caption, kind, categories, series, unit } = counted;
    if series.iter().flat_map(|(_, cells)| cells).all(|cell| number(cell).is_some()) {
        let series = series
            .into_iter()
            .map(|(label, cells)| Series { label, values: cells.iter().map(number).collect() })
            .collect();
        return Block::Chart(Chart { key: key.to_owned(), caption, kind, categories, series, unit });
    }
    let mut columns = vec![Column::left("category", label(lang, "report-category"))];
    columns.extend(
        series.iter().enumerate().map(|(at, (label, _))| Column::right(format!("series-{}", at + 1), label.clone())),
    );
    let mut table = Table::new(key, caption, columns);
    for (at, category) in categories.into_iter().enumerate() {
        let cells = series.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default());
        table.rows.push(std::iter::once(Cell::text(category)).chain(cells).collect());
    }
    Block::Table(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folded_number_cannot_be_had_from_the_sum_of_the_others() {
        let shown = |numbers: &[u32]| -> Vec<Option<i64>> {
            let number = |cell| if let Cell::Integer(number) = cell { Some(number) } else { None };
            parts(numbers, Lang::Zh).into_iter().map(number).collect()
        };
        assert_eq!(shown(&[20, 3, 7, 0]), [Some(20), None, None, Some(0)]);
        assert_eq!(shown(&[20, 3, 4, 7]), [Some(20), None, None, Some(7)]);
        assert_eq!(shown(&[20, 5, 0]), [Some(20), Some(5), Some(0)]);
    }
}
