//! What leaves the ledger with names: a line in `registers/disclosures.csv` says what, to whom, why, and of how many
//! children. Source: 个人信息保护法 (2021), articles 28 and 31: who handles what is known of a child under 14 answers for it.

use crate::ledger::registers::DISCLOSURES;
use crate::ledger::table::{Cells, Edit};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::{Day, IdSource, Outcome};

/// One report or file that leaves with names.
#[derive(Debug, Clone, Copy)]
pub struct Disclosure<'a> {
    pub day: Day,
    /// The command that made it, such as `report term 2026-autumn`.
    pub what: &'a str,
    pub whom: &'a str,
    pub why: &'a str,
    /// How many children it names.
    pub students: usize,
}

/// Puts the line into a change set.
///
/// # Errors
/// Where the register cannot be read.
pub fn disclose(
    snapshot: &Snapshot,
    disclosure: &Disclosure,
    ids: &mut IdSource,
    change_set: &mut ChangeSet,
) -> Outcome<()> {
    let table = DISCLOSURES.writable(snapshot)?;
    let Disclosure { day, what, whom, why, students } = disclosure;
    let values = [ids.row().to_string(), day.to_string(), (*what).into(), (*whom).into(), (*why).into()];
    let mut cells: Cells = DISCLOSURES.columns.iter().map(|column| (*column).to_owned()).zip(values).collect();
    cells.insert("students".to_owned(), students.to_string());
    change_set.write(
        DISCLOSURES.path,
        table.before(),
        Some(table.edited(&Edit { added: vec![cells], ..Edit::default() })),
    );
    Ok(())
}
