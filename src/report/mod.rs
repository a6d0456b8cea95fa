//! What is said: tables as listings, and whole reports as text, Markdown and JSON.
//!
//! Pure functions from a document to bytes: nothing here opens a file, asks a clock, or knows what a student is. Begin
//! with `document`; `table` prints listings, and `Document::rendered` prints reports.

mod bars;
mod csv;
mod document;
mod fields;
mod json;
pub mod listing;
mod markdown;
mod mask;
mod render;
pub mod safe;
mod table;
mod terminal;

pub use document::{Align, Block, Cell, Chart, ChartKind, Column, Document, Series, Table};
pub use fields::field_label;
pub use mask::Private;
pub use render::{FileFormat, NotAFileFormat};
pub use safe::visible;
pub use table::{Format, NotAFormat, Screen};

#[cfg(test)]
mod sample;
