//! Finds the cells of a line without quotes when they are asked for: a school's logs have millions of cells, and few of
//! them are ever looked at.

use super::MISSING;

/// The cell of a column; empty where the line has fewer cells.
pub(super) fn cell(line: &[u8], column: usize) -> &[u8] {
    let [cell] = cells(line, [column]);
    cell
}

/// The cells of some columns, given in their order, behind them those that are missing; empty ones where the line has
/// fewer cells.
pub(super) fn cells<const N: usize>(line: &[u8], columns: [usize; N]) -> [&[u8]; N] {
    debug_assert!(columns.is_sorted());
    let mut found = [&line[line.len()..]; N];
    let (mut next, mut column, mut from) = (0, 0, 0);
    let mut end = |end: usize| {
        while next < N && columns[next] == column {
            found[next] = &line[from..end];
            next += 1;
        }
        (column, from) = (column + 1, end + 1);
        next == N || columns[next] == MISSING
    };
    for (at, eight) in eights(line) {
        let mut left = commas_in(eight);
        while left != 0 {
            if end(at + left.trailing_zeros() as usize / 8) {
                return found;
            }
            left &= left - 1;
        }
    }
    end(line.len());
    found
}

/// How many commas a line has.
pub(super) fn count(line: &[u8]) -> usize {
    eights(line).map(|(_, eight)| commas_in(eight).count_ones() as usize).sum()
}

/// Eight bytes of a line at a time, with the place of the first; behind its end stand zeros.
fn eights(line: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let (eights, rest) = line.as_chunks::<8>();
    let last = (!rest.is_empty()).then(|| {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        eight
    });
    eights.iter().copied().chain(last).enumerate().map(|(at, eight)| (8 * at, u64::from_le_bytes(eight)))
}

/// The highest bit of each of eight bytes that is a comma (Hacker's Delight, 6-1: without a carry between bytes).
fn commas_in(eight: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let differs = eight ^ u64::from_ne_bytes([b','; 8]);
    !(((differs & LOW) + LOW) | differs | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_comma_is_found_at_every_place_of_a_line() {
        for length in 0..20 {
            for at in 0..length {
                let line: Vec<u8> = (0..length).map(|place| if place == at { b',' } else { 0xAC }).collect();
                assert_eq!((count(&line), cell(&line, 0).len(), cell(&line, 1).len()), (1, at, length - at - 1));
            }
        }
    }

    proptest! {
        #[test]
        fn the_cells_of_a_line_are_what_its_commas_part(line in "[a-c,家]{0,40}") {
            let parted: Vec<&[u8]> = line.split(',').map(str::as_bytes).collect();
            prop_assert_eq!(count(line.as_bytes()) + 1, parted.len());
            for column in 0..12 {
                prop_assert_eq!(cell(line.as_bytes(), column), parted.get(column).copied().unwrap_or_default());
            }
            let wanted = [1, 2, 2, 7, MISSING].map(|column| parted.get(column).copied().unwrap_or_default());
            prop_assert_eq!(cells(line.as_bytes(), [1, 2, 2, 7, MISSING]), wanted);
        }
    }
}
