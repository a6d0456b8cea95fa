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

    pub fn len(&self) -> usize {
        match self {
            Ends::Short(ends) => ends.len(),
            Ends::Long(ends) => ends.len(),
        }
    }

    pub fn reserve_exact(&mut self, count: usize) {
        match self {
            Ends::Short(ends) => ends.reserve_exact(count),
            Ends::Long(ends) => ends.reserve_exact(count),
        }
    }

    pub fn truncate(&mut self, length: usize) {
        match self {
            Ends::Short(ends) => ends.truncate(length),
            Ends::Long(ends) => ends.truncate(length),
        }
    }

    pub fn push(&mut self, end: usize) {
        match (&mut *self, u16::try_from(end)) {
            (Ends::Short(ends), Ok(end)) => ends.push(end),
            (Ends::Long(ends), _) => ends.push(end as u32),
            (Ends::Short(ends), Err(_)) => {
                let mut long: Vec<u32> = ends.iter().copied().map(u32::from).collect();
                long.push(end as u32);
                *self = Ends::Long(long);
            }
        }
    }
}
