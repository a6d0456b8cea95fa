//! Scores by child and exam, as standard scores within class and exam, and each child's progress against its own past.
//! The method and its formula stand in `rules/progress.toml`. What rests on too little is unknown.
//!
//! Begin with [`Board::of`].

mod board;
mod class;
mod progress;
mod rules;
#[cfg(test)]
mod tests;
pub mod tutor;

pub use board::{Board, Entry, Exam, Marked, Spread};
pub use class::{ClassExam, Movement, SubjectFigures, class_exam};
pub use progress::{NoProgress, Point, Progress};
pub use rules::{Bands, MarkFields, PROGRESS_FILE, ProgressRules};
