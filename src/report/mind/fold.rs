//! Small numbers of a table with sums, hidden so that no sum gives one away.
//!
//! Every number from 1 to 4 is hidden, sums as well, and all of a row whose sum is such a number. Then, as long as what is shown leaves one of them only one value, one
//! more number is hidden. Whoever reads the table cannot tell which were small and which were hidden for their sake; that
//! none of them is 0 has to be taken as known, as noughts are shown.

use std::collections::VecDeque;

use crate::report::few::SMALLEST_GROUP;

/// Rows of numbers under the same columns, all of whose sums are shown too.
pub(super) struct Folded {
    /// With a last column and a last row of sums.
    values: Vec<Vec<u32>>,
    hidden: Vec<Vec<bool>>,
}

/// A number's row and column.
type At = (usize, usize);

impl Folded {
    /// Hides what has to be hidden. Every row has the same number of columns.
    pub(super) fn of(rows: &[Vec<u32>]) -> Folded {
        let width = rows.first().map_or(0, Vec::len);
        let mut values: Vec<Vec<u32>> = rows.to_vec();
        values.push((0..width).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
        values.iter_mut().for_each(|row| row.push(row.iter().sum()));
        let is_small = |number: &u32| (1..SMALLEST_GROUP).contains(number);
        // Of a group that is small itself the noughts would say what all of it is.
        let is_of_few = |row: &[u32]| row.last().is_some_and(is_small);
        let hidden = |row: &Vec<u32>| row.iter().map(|number| is_small(number) || is_of_few(row)).collect();
        let hidden = values.iter().map(hidden).collect();
        let mut folded = Folded { values, hidden };
        folded.protect();
        folded
    }

    /// The number of a row and column, or nothing where it is hidden. The last of each are the sums.
    pub(super) fn shown(&self, row: usize, column: usize) -> Option<u32> {
        (!self.hidden[row][column]).then_some(self.values[row][column])
    }

    /// The row of sums.
    pub(super) fn sums(&self) -> usize {
        self.values.len() - 1
    }

    fn all(&self) -> Vec<At> {
        let width = self.values[0].len();
        (0..self.values.len()).flat_map(|row| (0..width).map(move |column| (row, column))).collect()
    }

    fn value(&self, at: At) -> u32 {
        self.values[at.0][at.1]
    }

    fn protect(&mut self) {
        let is_small = |at: &At| (1..SMALLEST_GROUP).contains(&self.value(*at));
        let small: Vec<At> = self.all().into_iter().filter(is_small).collect();
        while let Some(known) = small.iter().copied().find(|at| !self.could_be_another(*at)) {
            let Some(more) = self.next_to_hide(known) else { return };
            self.hidden[more.0][more.1] = true;
        }
    }

    /// What to hide for a number that is known: the smallest that alone is enough, or else the smallest beside it.
    fn next_to_hide(&mut self, known: At) -> Option<At> {
        let mut shown: Vec<At> = self.all().into_iter().filter(|at| !self.hidden[at.0][at.1]).collect();
        // A number says more than a nought, and a sum more than a part: the least is lost by hiding a small part.
        shown.sort_by_key(|at| (self.is_sum(*at), self.value(*at) == 0, self.value(*at), *at));
        let enough = shown.iter().copied().find(|at| {
            self.hidden[at.0][at.1] = true;
            let enough = self.could_be_another(known);
            self.hidden[at.0][at.1] = false;
            enough
        });
        let beside = || shown.iter().copied().find(|at| at.0 == known.0 || at.1 == known.1);
        enough.or_else(beside).or_else(|| shown.first().copied())
    }

    fn is_sum(&self, at: At) -> bool {
        at.0 == self.sums() || at.1 + 1 == self.values[0].len()
    }

    /// Whether a hidden number could be one more or one less, with all that is shown as it is and no nought among them.
    fn could_be_another(&self, at: At) -> bool {
        [true, false].into_iter().any(|more| self.may_move(at, more) && self.closes(at, more))
    }

    /// A part and the sum of sums weigh for their row and column, the other sums against them.
    fn weighs(&self, at: At) -> bool {
        (at.0 == self.sums()) == (at.1 + 1 == self.values[0].len())
    }

    /// Whether the weight of a hidden number can be raised or lowered by one.
    fn may_move(&self, at: At, raised: bool) -> bool {
        self.hidden[at.0][at.1] && (raised == self.weighs(at) || self.value(at) > 1)
    }

    /// Whether other hidden numbers can make up for one that is moved: a way from its column back to its row, on which the
    /// weights are lowered and raised by turns.
    fn closes(&self, start: At, raised: bool) -> bool {
        let (height, width) = (self.values.len(), self.values[0].len());
        let mut seen_rows = vec![false; height];
        let mut seen_columns = vec![false; width];
        let mut columns = VecDeque::from([start.1]);
        seen_columns[start.1] = true;
        while let Some(column) = columns.pop_front() {
            for row in (0..height).filter(|row| (*row, column) != start) {
                if seen_rows[row] || !self.may_move((row, column), !raised) {
                    continue;
                }
                if row == start.0 {
                    return true;
                }
                seen_rows[row] = true;
                for (next, seen) in seen_columns.iter_mut().enumerate().filter(|(_, seen)| !**seen) {
                    if self.may_move((row, next), raised) {
                        *seen = true;
                        columns.push_back(next);
                    }
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(rows: &[Vec<u32>]) -> Vec<Vec<Option<u32>>> {
        let folded = Folded::of(rows);
        (0..=rows.len()).map(|row| (0..=rows[0].len()).map(|column| folded.shown(row, column)).collect()).collect()
    }

    #[test]
    fn large_numbers_and_noughts_are_shown_with_their_sums() {
        assert_eq!(
            shown(&[vec![20, 0], vec![30, 6]]),
            [vec![Some(20), Some(0), Some(20)], vec![Some(30), Some(6), Some(36)], vec![Some(50), Some(6), Some(56)],]
        );
    }

    #[test]
    fn one_small_number_takes_others_with_it() {
        let shown = shown(&[vec![20, 3], vec![30, 8]]);
        assert_eq!(shown[2], [Some(50), Some(11), Some(61)]);
        assert!(shown[..2].iter().all(|row| row[..2].iter().all(Option::is_none)), "{shown:?}");
    }

    #[test]
    fn of_a_small_group_nothing_is_shown() {
        let shown = shown(&[vec![0, 0, 3], vec![20, 0, 9]]);
        assert!(shown[0].iter().all(Option::is_none), "{shown:?}");
        assert_eq!(shown[1][1], Some(0));
    }

    #[test]
    fn two_small_numbers_whose_sum_tells_them_are_hidden_with_a_third() {
        // 10 − 8 leaves 2 for two numbers that are not 0: they would be 1 each.
        let shown = shown(&[vec![8, 1, 1]]);
        let hidden = shown[0].iter().filter(|cell| cell.is_none()).count();
        assert!(hidden >= 3, "{shown:?}");
    }

    /// Every table of small numbers that shows the same.
    fn all_that_show_the_same(rows: &[Vec<u32>]) -> Vec<Vec<Vec<u32>>> {
        const MOST: u32 = 8;
        let (height, width, wanted) = (rows.len(), rows[0].len(), shown(rows));
        let mut found = Vec::new();
        let count = (MOST + 1).pow((height * width) as u32);
        for number in 0..count {
            let mut left = number;
            let mut table = vec![vec![0; width]; height];
            for cell in table.iter_mut().flatten() {
                *cell = left % (MOST + 1);
                left /= MOST + 1;
            }
            let sum_of_row = |row: usize| -> u32 { table[row].iter().sum() };
            let value = |row: usize, column: usize| match (row < height, column < width) {
                (true, true) => table[row][column],
                (true, false) => sum_of_row(row),
                (false, true) => table.iter().map(|row| row[column]).sum(),
                (false, false) => (0..height).map(sum_of_row).sum(),
            };
            let fits = |row: usize, column: usize| match wanted[row][column] {
                Some(shown) => shown == value(row, column),
                // Whoever knows that noughts are shown knows that this is none.
                None => value(row, column) > 0 || rows.get(row).and_then(|row| row.get(column)) == Some(&0),
            };
            if (0..=height).all(|row| (0..=width).all(|column| fits(row, column))) {
                found.push(table);
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(120))]
        /// Held against every table there is: each small number could be another one.
        #[test]
        fn no_small_number_can_be_had_from_what_is_shown(
            cells in proptest::collection::vec(0_u32..8, 4..=4), wide in any::<bool>(),
        ) {
            let rows: Vec<Vec<u32>> = if wide { vec![cells] } else { cells.chunks(2).map(<[u32]>::to_vec).collect() };
            let tables = all_that_show_the_same(&rows);
            for (row, of_row) in rows.iter().enumerate() {
                for (column, number) in of_row.iter().enumerate().filter(|(_, number)| (1..5).contains(*number)) {
                    prop_assert!(tables.iter().any(|table| table[row][column] != *number), "{rows:?} {:?}", shown(&rows));
                }
            }
        }

        #[test]
        fn large_tables_are_folded_at_once(cells in proptest::collection::vec(0_u32..40, 42)) {
            let rows: Vec<Vec<u32>> = cells.chunks(6).map(<[u32]>::to_vec).collect();
            let folded = Folded::of(&rows);
            for at in folded.all().into_iter().filter(|at| (1..5).contains(&folded.value(*at))) {
                prop_assert!(folded.shown(at.0, at.1).is_none() && folded.could_be_another(at));
            }
        }
    }
}
