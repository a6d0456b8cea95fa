//! Small numbers of children, folded, since a small number can be a name.

use super::Cell;
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
