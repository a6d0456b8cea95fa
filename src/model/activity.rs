//! An activity as everything that judges it sees it: a day, a kind, the children it was for.

use super::{Day, Seal};

/// Where among the loaded logs an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityAt {
    pub log: u32,
    pub row: u32,
}

/// What one row of a log says, apart from its kind's own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    pub day: Day,
    /// The row of its log's table.
    pub row: u32,
    /// Taken back, with a reason: it counts for nothing.
    pub void: bool,
    /// Of a row that is closed it is not known whom it concerns or what it says.
    pub seal: Seal,
    /// First and last-but-one place of its children in the log's list.
    pub(crate) first: u32,
    pub(crate) end: u32,
}
