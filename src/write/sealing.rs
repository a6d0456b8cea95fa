//! What of a confidential row lies in the clear, and what inside its sealed cell.
//!
//! In the clear stand the id, the day and that a row is void; everything else, whom it concerns included, is inside. A
//! row that does not change keeps its bytes.

use crate::ledger::seal::{SEALED, is_sealed};
use crate::ledger::table::Cells;
use crate::ledger::{Log, Recipients, Snapshot};
use crate::model::kind::Kind;
use crate::model::{FOLLOW_UP_COLUMNS, FOLLOW_UP_SEALED, FollowUp, Outcome, Place, Problem, Seal};

/// The columns of a log whose rows are sealed.
pub const SEALED_COLUMNS: [&str; 4] = ["id", "date", SEALED, "void"];

/// Seals what one command writes.
pub struct Sealing {
    recipients: Outcome<Recipients>,
    keeps: bool,
}

impl Sealing {
    pub fn of(snapshot: &Snapshot) -> Sealing {
        let privacy = &snapshot.school.privacy;
        Sealing { recipients: Recipients::of(&privacy.recipient), keeps: privacy.keeps() }
    }

    /// Seals to these recipients.
    pub fn to(recipients: Recipients) -> Sealing {
        Sealing { recipients: Ok(recipients), keeps: true }
    }

    /// Whether rows of a kind are sealed.
    pub fn seals(&self, kind: &Kind) -> bool {
        kind.confidential && self.recipients.as_ref().map_or(true, |recipients| !recipients.is_empty())
    }

    /// Confidential rows are kept sealed, or in the clear where the school has said so, or not at all.
    pub fn may_keep(&self, kind: &Kind) -> Outcome<()> {
        if !kind.confidential {
            return Ok(());
        }
        if !self.keeps {
            return Err(Problem::data("no-key", Place::file("guanai.toml")).with("kind", &kind.name).into());
        }
        self.recipients.as_ref().map(|_| ()).map_err(Clone::clone)
    }

    /// The recipients of a ledger that has sealed rows already; a ledger that names none cannot change them.
    pub fn recipients(&self) -> Outcome<&Recipients> {
        match &self.recipients {
            Ok(recipients) if recipients.is_empty() => {
                Err(Problem::data("seal-no-recipient", Place::file("guanai.toml")).into())
            }
            Ok(recipients) => Ok(recipients),
            Err(wrong) => Err(wrong.clone()),
        }
    }

    fn seal<'c>(&self, id: &str, cells: impl Iterator<Item = (&'c str, &'c str)>) -> String {
        self.recipients().expect("asked for before anything was recorded").seal(id, cells)
    }

    /// The cells of a new row as they lie in the file. Inside, they stand in the order of `columns`.
    pub fn added(&self, cells: &Cells, columns: &[String]) -> Cells {
        let text = |column: &str| cells.get(column).map_or("", String::as_str);
        let inside = columns.iter().filter(|column| is_inside(column)).map(|column| (column.as_str(), text(column)));
        let mut lies = outside(&[("id", text("id")), ("date", text("date")), ("void", "")]);
        if !text("void").is_empty() {
            lies.insert("void".to_owned(), self.void(text("id"), text("void")));
        }
        lies.insert(SEALED.to_owned(), self.seal(text("id"), inside));
        lies
    }

    fn void(&self, id: &str, reason: &str) -> String {
        self.seal(id, [("void", reason)].into_iter())
    }

    /// What a change of a row changes in the file. A row that lay in the clear is sealed whole; one that is taken back and
    /// else stays as it is need not be opened.
    pub fn changed(&self, log: &Log, row: usize, change: &Cells) -> Cells {
        let id = log.table.get(row, "id");
        let lay_clear = log.file().get(row, SEALED).is_empty();
        let mut lies = Cells::new();
        if let Some(day) = change.get("date") {
            lies.insert("date".to_owned(), day.clone());
        }
        let void = change.get("void").map_or_else(|| log.file().get(row, "void"), String::as_str);
        if !void.is_empty() && !is_sealed(void) {
            lies.insert("void".to_owned(), self.void(id, void));
        }
        if lay_clear || change.keys().any(|column| is_inside(column)) {
            lies.insert(SEALED.to_owned(), self.seal(id, inside(log, row, change).into_iter()));
        }
        if lay_clear {
            let columns = log.file().columns.iter().filter(|column| is_inside(column));
            lies.extend(columns.map(|column| (column.clone(), String::new())));
        }
        lies
    }

    /// The cells of a follow-up as they lie in the register: `before` is how it stood, if it did.
    pub fn follow_up(&self, one: &FollowUp, before: Option<&FollowUp>) -> Cells {
        let cells = FOLLOW_UP_COLUMNS.iter().map(|column| (*column).to_owned()).zip(one.cells());
        let mut cells: Cells = cells.collect();
        match one.seal {
            Seal::Clear => {}
            Seal::Closed => cells.retain(|column, _| !FOLLOW_UP_SEALED.contains(&column.as_str())),
            Seal::Opened => {
                let inside = one.sealed_cells();
                cells.extend(FOLLOW_UP_SEALED.map(|column| (column.to_owned(), String::new())));
                if before.is_none_or(|before| before.sealed_cells() != inside) {
                    let inside = inside.iter().map(|(column, value)| (*column, value.as_str()));
                    cells.insert(SEALED.to_owned(), self.seal(one.id.as_str(), inside));
                }
            }
        }
        cells
    }
}

fn is_inside(column: &str) -> bool {
    !SEALED_COLUMNS.contains(&column)
}

fn outside(cells: &[(&str, &str)]) -> Cells {
    cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect()
}

/// What is inside a row after a change, in the order of its columns.
fn inside<'c>(log: &'c Log, row: usize, change: &'c Cells) -> Vec<(&'c str, &'c str)> {
    let own = log.table.columns.iter().map(String::as_str);
    let new = change.keys().map(String::as_str).filter(|column| log.table.column(column).is_none());
    let value = |column: &'c str| change.get(column).map_or_else(|| log.table.get(row, column), String::as_str);
    own.chain(new).filter(|column| is_inside(column)).map(|column| (column, value(column))).collect()
}
