//! What leaves the ledger with names, to whom and why: one line of `registers/disclosures.csv` each.

use std::collections::BTreeMap;

use crate::ledger::table::{Edit, Table};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::{Day, IdSource, Outcome};

/// The register of what has left.
pub const DISCLOSURES: &str = "registers/disclosures.csv";

const COLUMNS: [&str; 5] = ["id", "date", "what", "whom", "why"];

/// One thing that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    pub day: Day,
    pub what: String,
    pub whom: String,
    pub why: String,
}

/// The line that says so, as a change set.
pub fn disclosed(snapshot: &Snapshot, one: &Disclosure) -> Outcome<ChangeSet> {
    let table = Table::read_or_new(DISCLOSURES, snapshot.read(DISCLOSURES)?, &["id"]).with_columns(&COLUMNS);
    let values =
        [IdSource::Random.row().to_string(), one.day.to_string(), one.what.clone(), one.whom.clone(), one.why.clone()];
    let cells: BTreeMap<String, String> = COLUMNS.iter().map(|name| (*name).to_owned()).zip(values).collect();
    let edit = Edit { added: vec![cells], ..Edit::default() };
    let mut change_set = ChangeSet::new(&one.what);
    change_set.write(DISCLOSURES, table.before(), Some(table.edited(&edit)));
    Ok(change_set)
}
