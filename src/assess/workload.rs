//! What each member of the staff did for the children in a stretch of days, summed up from the records: nobody types it.

use std::collections::BTreeMap;

use crate::ledger::Snapshot;
use crate::ledger::table::Table;
use crate::model::{Day, Outcome};

/// The register of the staff.
pub const STAFF: &str = crate::ledger::registers::STAFF.path;

/// What one person did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workload {
    pub name: String,
    /// Empty where the register does not know the name.
    pub role: String,
    pub times: u32,
    pub minutes: u32,
    /// Activities whose minutes nobody wrote down.
    pub without_minutes: u32,
    /// Different kinds of activity.
    pub kinds: u32,
    pub last: Option<Day>,
}

/// The names in a cell of staff: parted by spaces or commas.
pub fn names(cell: &str) -> impl Iterator<Item = &str> {
    const PARTINGS: [char; 8] = [' ', ',', ';', '/', '、', '，', '；', '\u{3000}'];
    cell.split(PARTINGS).map(str::trim).filter(|name| !name.is_empty())
}

/// The work of everybody in the register, and of whoever else the records name, in the order of the names.
pub fn workloads(snapshot: &Snapshot, from: Day, until: Day) -> Outcome<Vec<Workload>> {
    let mut found: BTreeMap<String, Workload> = BTreeMap::new();
    for (name, role) in staff(snapshot, from, until)? {
        found.insert(name.clone(), Workload { name, role, ..Workload::default() });
    }
    let mut kinds: BTreeMap<(String, &str), ()> = BTreeMap::new();
    for (_, log, activity) in snapshot.activities().filter(|(_, _, one)| from <= one.day && one.day <= until) {
        let row = activity.row as usize;
        let minutes: Option<u32> = log.table.get(row, "minutes").parse().ok();
        for name in names(log.table.get(row, "staff")) {
            let own = found
                .entry(name.to_owned())
                .or_insert_with(|| Workload { name: name.to_owned(), ..Workload::default() });
            own.times += 1;
            own.minutes += minutes.unwrap_or(0);
            own.without_minutes += u32::from(minutes.is_none());
            own.last = own.last.max(Some(activity.day));
            if kinds.insert((name.to_owned(), &log.kind), ()).is_none() {
                own.kinds += 1;
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Name and role of those who were of the staff on any day of a stretch.
fn staff(snapshot: &Snapshot, from: Day, until: Day) -> Outcome<Vec<(String, String)>> {
    let Some(bytes) = snapshot.read(STAFF)? else { return Ok(Vec::new()) };
    let table = Table::read(STAFF, bytes, &["id"]);
    let day = |row: usize, column: &str| table.get(row, column).parse::<Day>().ok();
    let there = |row: &usize| {
        day(*row, "from").is_none_or(|first| first <= until) && day(*row, "until").is_none_or(|last| from <= last)
    };
    let named = |row: usize| (table.get(row, "name").to_owned(), table.get(row, "role").to_owned());
    Ok((0..table.len()).filter(there).map(named).collect())
}
