//! Where the cells of a table end, each counted from the beginning of its row: in two bytes where every row is short, as
//! rows are. A school's logs have millions of cells.

/// The ends of all cells, row by row.
#[derive(Debug, Clone)]
pub(super) enum Ends {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl Default for Ends {
    fn default() -> Ends {
        Ends::Short(Vec::new())
    }
}

impl Ends {
    pub fn at(&self, place: usize) -> usize {
        match self {
            Ends::Short(ends) => usize::from(ends[place]),
            Ends::Long(ends) => ends[place] as usize,
        }
    }

    pub fn reserve_exact(&mut self, count: usize) {
        match self {
            Ends::Short(ends) => ends.reserve_exact(count),
            Ends::Long(ends) => ends.reserve_exact(count),
        }
    }

    /// Adds a row's ends as far as there are columns: a cell that the row is too short for ends where its last one does.
    pub fn add(&mut self, ends: &[usize], columns: usize) {
        let last = ends.last().copied().unwrap_or(0);
        self.make_room_for(last);
        let ends = (0..columns).map(|column| ends.get(column).copied().unwrap_or(last));
        match self {
            Ends::Short(short) => short.extend(ends.map(|end| end as u16)),
            Ends::Long(long) => long.extend(ends.map(|end| end as u32)),
        }
    }

    /// Adds the ends of a line whose cells are parted by commas, as `add` does; gives how many cells there are.
    pub fn add_line(&mut self, line: &[u8], columns: usize) -> usize {
        self.make_room_for(line.len());
        match self {
            Ends::Short(ends) => add_line(line, columns, ends, |end| end as u16),
            Ends::Long(ends) => add_line(line, columns, ends, |end| end as u32),
        }
    }

    fn make_room_for(&mut self, end: usize) {
        if let Ends::Short(ends) = self
            && end > usize::from(u16::MAX)
        {
            *self = Ends::Long(ends.iter().copied().map(u32::from).collect());
        }
    }
}

fn add_line<E: Copy>(line: &[u8], columns: usize, ends: &mut Vec<E>, end: impl Fn(usize) -> E) -> usize {
    let before = ends.len();
    let mut add = |from: usize, eight: [u8; 8]| {
        let mut left = bytes_of(u64::from_le_bytes(eight), b',');
        while left != 0 {
            ends.push(end(from + left.trailing_zeros() as usize / 8));
            left &= left - 1;
        }
    };
    let (eights, rest) = line.as_chunks::<8>();
    eights.iter().enumerate().for_each(|(at, eight)| add(8 * at, *eight));
    if !rest.is_empty() {
        add(8 * eights.len(), std::array::from_fn(|at| rest.get(at).copied().unwrap_or(0)));
    }
    ends.push(end(line.len()));
    let found = ends.len() - before;
    if found != columns {
        ends.resize(before + columns, end(line.len()));
    }
    found
}

/// The highest bit of each of eight bytes that is this one (Hacker's Delight, 6-1: without a carry between bytes).
fn bytes_of(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let differs = word ^ u64::from_ne_bytes([byte; 8]);
    !(((differs & LOW) + LOW) | differs | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_too_long_for_two_bytes_keeps_its_ends_and_those_before_it() {
        let mut ends = Ends::default();
        for row in [&[1, 65_535][..], &[2, 65_536], &[3]] {
            ends.add(row, 2);
        }
        assert_eq!((0..6).map(|place| ends.at(place)).collect::<Vec<_>>(), [1, 65_535, 2, 65_536, 3, 3]);
    }

    #[test]
    fn a_comma_is_found_at_every_place_of_a_line() {
        for length in 0..20 {
            for at in 0..length {
                let line: Vec<u8> = (0..length).map(|place| if place == at { b',' } else { 0xAC }).collect();
                let mut ends = Ends::default();
                assert_eq!(ends.add_line(&line, 2), 2);
                assert_eq!((ends.at(0), ends.at(1)), (at, length));
            }
        }
    }
}
