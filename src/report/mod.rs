//! What is said: tables as listings, and whole reports as text, Markdown, HTML, DOCX, XLSX and JSON.
//!
//! Pure functions from a document to bytes: nothing here opens a file, asks a clock, or knows what a student is. Begin
//! with `document`; `table` prints listings, and `Document::rendered` prints reports.

mod bars;
pub mod chart;
mod csv;
mod document;
mod docx;
mod fields;
mod html;
mod json;
pub mod listing;
mod markdown;
mod mask;
mod render;
pub mod safe;
mod sheet_name;
mod table;
mod terminal;
mod xlsx;

pub use document::{Align, Block, Cell, Chart, ChartKind, Column, Document, Series, Table};
pub use fields::field_label;
pub use mask::Private;
pub use render::{FileFormat, NotAFileFormat, NotRendered};
pub use safe::visible;
pub use table::{Format, NotAFormat, Screen};

#[cfg(test)]
mod sample;
