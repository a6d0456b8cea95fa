//! What is said: tables as listings, and whole reports as text, Markdown, HTML, DOCX, XLSX and JSON.
//!
//! Pure functions from a document to bytes: nothing here opens a file, asks a clock, or knows what a student is. Begin
//! with `document`; `table` prints listings, and `Document::rendered` prints reports.

mod bars;
pub mod binder;
mod calendar;
pub mod changes;
pub mod chart;
pub mod class;
pub mod county;
mod csv;
mod document;
mod docx;
pub mod few;
mod fields;
pub mod funds;
pub mod handover;
mod html;
mod json;
pub mod letter;
pub mod listing;
mod markdown;
mod mask;
mod masked;
pub mod mind;
pub mod nameless;
mod render;
pub mod safe;
mod sections;
mod shade_map;
mod sheet_name;
pub mod spark;
mod speaking;
pub mod staff;
pub mod statistics;
pub mod student;
mod table;
pub mod term;
mod terminal;
mod work_plan;
mod xlsx;

pub use calendar::{CalendarDay, calendar};
pub use document::{Align, Block, Cell, Chart, ChartKind, Column, Document, Series, Table};
pub use fields::field_label;
pub use mask::Private;
pub use render::{FileFormat, NotAFileFormat, NotRendered};
pub use safe::visible;
pub use shade_map::ShadeMap;
pub use table::{Format, NotAFormat, Screen};
pub use work_plan::WorkPlan;

#[cfg(test)]
mod sample;
