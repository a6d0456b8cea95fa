//! guanai (关爱台账): a school's care of its left-behind children, kept as plain files.
//!
//! Data flows one way: `cli` asks, `report` says, `assess` judges, `ledger` keeps, `model` means. `import` turns
//! spreadsheets into change sets, `text` holds every word that a person reads. See `docs/architecture.md`.

pub mod assess;
pub mod cli;
pub mod import;
pub mod invent;
pub mod ledger;
pub mod model;
pub mod report;
pub mod text;
pub mod write;
