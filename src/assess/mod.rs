//! What follows from a loaded ledger for a day: who is left behind, whom to worry about and why, who belongs to which
//! group, what the plans still owe, what is wrong, and the numbers of a term. Pure functions of a `Snapshot` and a day;
//! nothing here writes, or knows a terminal.
//!
//! Begin with [`Rules::load`] and [`risk::assess`].

pub mod agenda;
pub mod attachments;
pub mod boarding;
mod by_child;
pub mod changed;
pub mod check;
mod check_screening;
pub mod confidential;
pub mod contact;
pub mod duplicates;
pub mod evidence;
pub mod festival;
pub mod figures;
pub mod forgetting;
pub mod form;
pub mod funds;
pub mod group;
pub mod health;
pub mod left_behind;
pub mod pairing;
pub mod place;
pub mod plan;
pub mod risk;
mod rules;
pub mod score;
pub mod screening;
pub mod sealed;
pub mod service;
pub mod staff;
pub mod statistics;
#[cfg(test)]
mod testing;
pub mod workload;

pub use evidence::{Evidence, Value};
pub use rules::{OWN, Rules};
