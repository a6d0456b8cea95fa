//! The register of pairings (`registers/pairings.csv`): who helps which child, in which way, since when.

use crate::ledger::table::Table;
use crate::ledger::{Origin, Snapshot};
use crate::model::Day;

/// The register of pairings.
pub const PAIRINGS: &str = crate::ledger::registers::PAIRINGS.path;

/// The types of pairing. Their words are `pairing-TYPE`.
pub const TYPES: [&str; 5] = ["tutor", "peer-tutor", "caring-parent", "proxy-parent", "life-mentor"];

/// One row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    pub kind: String,
    /// The child's place in the snapshot's list.
    pub student: u32,
    pub helper: String,
    pub from: Option<Day>,
    /// The last day of it.
    pub until: Option<Day>,
    /// Whether both days could be read; where not, it is not known when it held.
    pub dated: bool,
    /// The line of the register.
    pub line: u32,
}

impl Pairing {
    /// Where it stands.
    pub fn origin(&self) -> Origin {
        Origin::Register { file: PAIRINGS, line: self.line }
    }

    /// Whether it holds on a day, or nothing where its days cannot be read.
    pub fn covers(&self, day: Day) -> Option<bool> {
        let inside = self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until);
        self.dated.then_some(inside)
    }
}

/// Every pairing of the children in the snapshot; none where there is no register.
pub fn pairings(snapshot: &Snapshot) -> Vec<Pairing> {
    let Ok(Some(bytes)) = snapshot.read(PAIRINGS) else { return Vec::new() };
    let table = Table::read(PAIRINGS, bytes, &["id", "type", "student"]);
    (0..table.len()).filter_map(|row| pairing(snapshot, &table, row)).collect()
}

fn pairing(snapshot: &Snapshot, table: &Table, row: usize) -> Option<Pairing> {
    let student = snapshot.place_of_student(&table.get(row, "student").parse().ok()?)?;
    let day = |column: &str| match table.get(row, column) {
        "" => Ok(None),
        text => text.parse::<Day>().map(Some),
    };
    let (from, until) = (day("from"), day("until"));
    Some(Pairing {
        kind: table.get(row, "type").to_owned(),
        student,
        helper: table.get(row, "helper").to_owned(),
        dated: from.is_ok() && until.is_ok(),
        from: from.unwrap_or_default(),
        until: until.unwrap_or_default(),
        line: table.line(row),
    })
}
