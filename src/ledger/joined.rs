//! Children who had two files and have been joined into one: `registers/matches.csv` says of whom, in its column `was`.
//! A copy of the ledger that was away meanwhile may still speak of the one who is gone.

use std::collections::BTreeMap;

use super::registers::MATCHES;
use super::snapshot::Snapshot;
use super::table::Table;
use crate::model::{Outcome, StudentId};

/// The column that holds the id of the file that is gone.
pub const WAS: &str = "was";

/// Who is gone, and whom each has become in the end.
pub fn joined(snapshot: &Snapshot) -> Outcome<BTreeMap<StudentId, StudentId>> {
    let mut found = BTreeMap::new();
    let table = Table::read_or_new(MATCHES.path, snapshot.read(MATCHES.path)?, &["id"]);
    for row in 0..table.len() {
        if let (Ok(was), Ok(now)) = (table.get(row, WAS).parse(), table.get(row, "student").parse()) {
            found.insert(was, now);
        }
    }
    Ok(ends(&found))
}

/// Follows each to the end. Two who have become each other, as nobody writes it, are left out.
fn ends(steps: &BTreeMap<StudentId, StudentId>) -> BTreeMap<StudentId, StudentId> {
    let end = |first: &StudentId| {
        let mut now = first;
        for _ in 0..=steps.len() {
            match steps.get(now) {
                Some(next) => now = next,
                None => return Some(now.clone()),
            }
        }
        None
    };
    steps.keys().filter_map(|was| Some((was.clone(), end(was)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_followed_to_its_end_and_a_ring_is_nobody() {
        let id = |text: &str| text.parse::<StudentId>().unwrap();
        let steps = [("a", "b"), ("b", "c"), ("x", "y"), ("y", "x")];
        let found = ends(&steps.iter().map(|(was, now)| (id(was), id(now))).collect());
        assert_eq!(found, [(id("a"), id("c")), (id("b"), id("c"))].into());
    }
}
