//! A spreadsheet becomes a table, a mapping of its columns, and verdicts on its rows.
//!
//! Pure functions of bytes and of the model's types: nothing here knows a terminal, a clock or the ledger's folder.
//! Begin with `sheet::read`, then `census::read_census`, then `reconcile`.

mod answers;
mod archive;
mod census;
mod child;
mod class;
mod compound;
mod date;
mod facts;
mod family;
mod fill;
mod fold;
mod guardians;
mod header;
mod identity;
mod limits;
pub mod log;
mod merge;
mod ods_merges;
mod phone;
mod reconcile;
mod rejects;
mod row;
pub mod scores;
pub mod screening;
mod sheet;
mod synonyms;
mod target;
mod text_table;
mod titles;
mod values;
mod workbook;

pub use answers::{Answer, Answers, Remembered, RowNamed};
pub use census::{
    CensusOptions, CensusRow, LeftOut, LeftOutReason, MappedColumn, Reading, RefusedRow, SheetHeader, read_census,
};
pub use facts::Facts;
pub use fill::{Filled as FilledRoster, FilledSheet, Pupil, fill};
pub use reconcile::{Does, Form, LookAlike, Reconciled, Verdict, reconcile};
pub use rejects::{Wording, rejects};
pub use sheet::{Cell, Merge, Row, Sheet, read};
pub use synonyms::Synonyms;
