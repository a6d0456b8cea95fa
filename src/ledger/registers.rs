//! The registers of a ledger: which files they are, and which columns each has. Every other room takes them from here.

use super::joined::WAS;
use super::merge::CLASH_COLUMN;
use super::snapshot::{FOLLOW_UPS, Snapshot};
use super::table::Table;
use crate::model::Outcome;

/// One register, but the one of follow-ups, which a snapshot has.
#[derive(Debug, Clone, Copy)]
pub struct Register {
    pub path: &'static str,
    /// The columns that it is made with.
    pub columns: &'static [&'static str],
    /// Those that it gets where they are needed.
    later: &'static [&'static str],
}

/// Who helps whom.
pub const PAIRINGS: Register =
    register("registers/pairings.csv", &["id", "type", "student", "helper", "from", "until", "reason"]);
/// What the school can call on.
pub const RESOURCES: Register =
    register("registers/resources.csv", &["id", "type", "name", "contact", "phone", "offers", "updated", "class"]);
pub const STAFF: Register = register("registers/staff.csv", &["id", "name", "role", "class", "phone", "from", "until"]);
/// Whom a row of a census means, and who was joined into whom.
pub const MATCHES: Register = Register {
    later: &[WAS, CLASH_COLUMN],
    ..register("registers/matches.csv", &["id", "name", "class", "born", "student"])
};
/// What left the ledger with names.
pub const DISCLOSURES: Register =
    register("registers/disclosures.csv", &["id", "date", "what", "whom", "why", "students"]);

const OTHERS: [Register; 5] = [PAIRINGS, RESOURCES, STAFF, MATCHES, DISCLOSURES];

/// The files of all registers.
pub const REGISTERS: [&str; 6] =
    [FOLLOW_UPS, PAIRINGS.path, RESOURCES.path, STAFF.path, MATCHES.path, DISCLOSURES.path];

const fn register(path: &'static str, columns: &'static [&'static str]) -> Register {
    Register { path, columns, later: &[CLASH_COLUMN] }
}

impl Register {
    /// The register, where rows can be put into it; an empty one where there is none yet.
    ///
    /// # Errors
    /// As [`Table::takes_rows`].
    pub fn writable(&self, snapshot: &Snapshot) -> Outcome<Table> {
        self.writable_from(snapshot.read(self.path)?)
    }

    /// The same of these bytes.
    pub fn writable_from(&self, bytes: Option<Vec<u8>>) -> Outcome<Table> {
        Table::read_or_new(self.path, bytes, &["id"]).with_columns(self.columns).writable()
    }

    /// Every column that the program gives it.
    pub fn known_columns(&self) -> Vec<String> {
        self.columns.iter().chain(self.later).map(|column| (*column).to_owned()).collect()
    }
}

/// The registers that are there, but the one of follow-ups.
pub fn registers(snapshot: &Snapshot) -> Vec<(Register, Table)> {
    let table = |one: Register| Some((one, Table::read(one.path, snapshot.read(one.path).ok().flatten()?, &["id"])));
    OTHERS.into_iter().filter_map(table).collect()
}
