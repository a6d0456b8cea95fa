//! Small numbers of children, folded, since a small number can be a name.

use std::ops::Range;

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

/// Numbers of children whose sum stands elsewhere in the report. Where those that are folded are few together, the
/// smallest other one is withheld too, as the sum would say how few they are.
pub fn parts(numbers: &[u32], lang: Lang) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().map(|number| folded(*number, lang)).collect();
    if is_few(numbers.iter().filter(|number| is_few(**number)).sum()) {
        let others = numbers.iter().enumerate().filter(|(_, number)| **number >= SMALLEST_GROUP);
        if let Some((at, _)) = others.min_by_key(|(_, number)| **number) {
            cells[at] = withheld(lang);
        }
    }
    cells
}

/// Adjacent parts of a whole that are drawn as one, so that none of them is few at any point. Each point has a number for
/// every part; a part of few goes with the one before it, and the first with the one behind. One group says that nothing
/// can be drawn but the whole.
pub fn grouped(points: &[Vec<u32>]) -> Vec<Range<usize>> {
    let parts = points.iter().map(Vec::len).min().unwrap_or(0);
    let mut groups: Vec<Range<usize>> = (0..parts).map(|at| at..at + 1).collect();
    let is_small = |group: &Range<usize>| points.iter().any(|point| is_few(point[group.clone()].iter().sum()));
    while groups.len() > 1 {
        let Some(small) = groups.iter().position(is_small) else { break };
        let merged = groups.remove(small.max(1));
        groups[small.max(1) - 1].end = merged.end;
    }
    groups
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
        // Two of one child each: their sum would say that they are two.
        assert_eq!(shown(&[20, 1, 1, 7]), [Some(20), None, None, None]);
    }

    #[test]
    fn what_is_few_at_one_point_is_drawn_with_its_neighbour_at_all() {
        assert_eq!(grouped(&[vec![2, 11, 38, 68], vec![9, 6, 22, 63]]), [0..2, 2..3, 3..4]);
        assert_eq!(grouped(&[vec![6, 10, 3, 68]]), [0..1, 1..3, 3..4]);
        assert_eq!(grouped(&[vec![0, 10, 30, 68], vec![5, 10, 30, 68]]), [0..1, 1..2, 2..3, 3..4]);
        assert_eq!(grouped(&[vec![1, 0, 2, 68]]).len(), 1);
        assert!(grouped(&[]).is_empty());
    }

    #[test]
    fn no_group_that_is_drawn_is_few() {
        let numbers = || proptest::collection::vec(0u32..12, 4);
        proptest::proptest!(|(points in proptest::collection::vec(numbers(), 1..5))| {
            let groups = grouped(&points);
            proptest::prop_assert_eq!(groups.iter().map(ExactSizeIterator::len).sum::<usize>(), 4);
            for (group, point) in groups.iter().flat_map(|group| points.iter().map(move |point| (group, point))) {
                let sum = point[group.clone()].iter().sum::<u32>();
                proptest::prop_assert!(groups.len() == 1 || !is_few(sum), "{:?} of {:?}", group, point);
            }
        });
    }
}
