//! What follows from a loaded ledger for a day. Pure functions of a `Snapshot` and a day.

pub mod check;
pub mod plan;
