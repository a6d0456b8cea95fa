//! Follow-ups: open items with a day by which they are due and an owner. Their status is computed for a day, never typed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::code::codes;
use super::kind::{Citation, Label};
use super::{Day, RowId, Seal, StudentId};

/// A type of follow-up, from `rules/followups.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FollowUpType {
    pub label: Label,
    /// Days from its opening until it is due.
    pub days: u32,
    /// Kinds of activity whose next record for the same child closes it.
    #[serde(default)]
    pub closed_by: Vec<String>,
    /// The measure of the plans that asks for it.
    pub source: Option<Citation>,
}

/// The types by name, in the order of the file.
pub type FollowUpTypes = BTreeMap<String, FollowUpType>;

codes! {
    /// Where a follow-up stands on a day.
    Status as "status" { Overdue = "overdue", Open = "open", Done = "done", Cancelled = "cancelled" }
}

/// One row of `registers/followups.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub id: RowId,
    pub kind: String,
    /// Missing where it concerns the school and no one child.
    pub student: Option<StudentId>,
    pub opened: Day,
    pub due: Day,
    /// The day that was promised first, where it has been moved.
    pub first_due: Option<Day>,
    pub owner: String,
    pub what: String,
    /// The activity that opened it.
    pub opened_by: Option<RowId>,
    pub done: Option<Day>,
    /// The activity that closed it.
    pub done_by: Option<RowId>,
    pub outcome: String,
    pub cancelled: Option<Day>,
    /// Why it was moved or cancelled.
    pub reason: String,
    /// Where a confidential record has opened it: of a closed one the cells of [`FOLLOW_UP_SEALED`] are not known.
    pub seal: Seal,
}

impl FollowUp {
    /// One that is open, of nobody and about nothing yet.
    pub fn new(id: RowId, kind: &str, opened: Day, due: Day) -> FollowUp {
        FollowUp {
            id,
            kind: kind.to_owned(),
            student: None,
            opened,
            due,
            first_due: None,
            owner: String::new(),
            what: String::new(),
            opened_by: None,
            done: None,
            done_by: None,
            outcome: String::new(),
            cancelled: None,
            reason: String::new(),
            seal: Seal::Clear,
        }
    }
}

/// The columns of the register, in canonical order.
pub const FOLLOW_UP_COLUMNS: [&str; 14] = [
    "id",
    "type",
    "student",
    "opened",
    "due",
    "first-due",
    "owner",
    "what",
    "opened-by",
    "done",
    "done-by",
    "outcome",
    "cancelled",
    "reason",
];

/// The columns that stand inside the sealed cell of a follow-up that a confidential record has opened: the child, and
/// whatever leads to the child.
pub const FOLLOW_UP_SEALED: [&str; 5] = ["student", "what", "done-by", "outcome", "reason"];

impl FollowUp {
    /// The status as that day had it: a day of doing or cancelling that lies ahead does not count yet.
    pub fn status_on(&self, day: Day) -> Status {
        let by = |end: Option<Day>| end.is_some_and(|end| end <= day);
        if by(self.cancelled) {
            Status::Cancelled
        } else if by(self.done) {
            Status::Done
        } else if self.due < day {
            Status::Overdue
        } else {
            Status::Open
        }
    }

    /// Whether something is still to do on a day.
    pub fn waits_on(&self, day: Day) -> bool {
        self.opened <= day && matches!(self.status_on(day), Status::Open | Status::Overdue)
    }

    /// What its sealed cell holds, in the order of [`FOLLOW_UP_SEALED`].
    pub fn sealed_cells(&self) -> Vec<(&'static str, String)> {
        let cells = FOLLOW_UP_COLUMNS.into_iter().zip(self.cells());
        cells.filter(|(column, _)| FOLLOW_UP_SEALED.contains(column)).collect()
    }

    /// The cells of its row, in the order of [`FOLLOW_UP_COLUMNS`].
    pub fn cells(&self) -> [String; 14] {
        let text = |value: Option<&dyn std::fmt::Display>| value.map(|value| value.to_string()).unwrap_or_default();
        fn some<T: std::fmt::Display>(value: &Option<T>) -> Option<&dyn std::fmt::Display> {
            value.as_ref().map(|value| value as &dyn std::fmt::Display)
        }
        [
            self.id.to_string(),
            self.kind.clone(),
            text(some(&self.student)),
            self.opened.to_string(),
            self.due.to_string(),
            text(some(&self.first_due)),
            self.owner.clone(),
            self.what.clone(),
            text(some(&self.opened_by)),
            text(some(&self.done)),
            text(some(&self.done_by)),
            self.outcome.clone(),
            text(some(&self.cancelled)),
            self.reason.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_that_of_the_day_asked_about() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let follow_up = FollowUp {
            id: "abc".parse().unwrap(),
            kind: "visit".into(),
            student: None,
            opened: day("2026-09-01"),
            due: day("2026-09-15"),
            first_due: None,
            owner: String::new(),
            what: String::new(),
            opened_by: None,
            done: Some(day("2026-09-20")),
            done_by: None,
            outcome: String::new(),
            cancelled: None,
            reason: String::new(),
            seal: Seal::Clear,
        };
        assert_eq!(follow_up.status_on(day("2026-09-15")), Status::Open);
        assert_eq!(follow_up.status_on(day("2026-09-16")), Status::Overdue);
        assert_eq!(follow_up.status_on(day("2026-09-20")), Status::Done);
        assert!(!follow_up.waits_on(day("2026-08-31")));
    }
}
