//! The three-way merge of two copies of a ledger's file that two teachers changed apart: of a student, field by field;
//! of a log or a register, row by row and cell by cell. It gives the same bytes whichever copy comes first, and loses
//! nothing: where both changed one field, the file keeps what stood there before them and both values beside it.
//!
//! Knows nothing of git. Begin with `merged`.

mod clash;
mod rows;
mod students;
#[cfg(test)]
mod tests;

use crate::model::Clash;

pub use clash::{CLASH_COLUMN, ClashAt, clashes, of_cell, resolved_row, resolved_student};
pub use students::{put, remarks, united, value_at};

/// A file of which three copies are there: what both began with, and the two that came of it. A copy that is not there
/// is nothing.
#[derive(Debug, Clone, Copy)]
pub struct Three<'a> {
    pub base: &'a [u8],
    pub ours: &'a [u8],
    pub theirs: &'a [u8],
}

impl<'a> Three<'a> {
    /// The two copies in an order that does not depend on which is ours.
    fn in_order(self) -> [&'a [u8]; 2] {
        let mut two = [self.ours, self.theirs];
        two.sort_unstable();
        two
    }
}

/// A file that came of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub bytes: Vec<u8>,
    /// What both changed, each to a value of its own.
    pub clashes: Vec<Clash>,
}

/// Merges a file of the ledger by what it is; nothing where the file is none that has rows or fields, or a copy of it is
/// damaged: then the lines have to be merged by hand.
pub fn merged(path: &str, three: Three) -> Option<Merged> {
    if three.ours == three.theirs || three.base == three.theirs {
        return Some(Merged { bytes: three.ours.to_vec(), clashes: Vec::new() });
    }
    if three.base == three.ours {
        return Some(Merged { bytes: three.theirs.to_vec(), clashes: Vec::new() });
    }
    match path.rsplit_once('.')?.1 {
        "toml" if path.starts_with("students/") => students::merged(path, three),
        "csv" => rows::merged(path, three),
        _ => None,
    }
}

/// What becomes of a thing that was one thing before and is two now.
enum Outcome<T> {
    One(Option<T>),
    /// Both changed it, each in its own way.
    Both(T, T),
}

/// What one side left as it was, the other side decides. What one side took out and the other changed stays changed.
fn settled<T: PartialEq + Clone>(base: Option<&T>, one: Option<&T>, other: Option<&T>) -> Outcome<T> {
    if one == other || other == base {
        return Outcome::One(one.cloned());
    }
    if one == base {
        return Outcome::One(other.cloned());
    }
    match (one, other) {
        (Some(one), Some(other)) => Outcome::Both(one.clone(), other.clone()),
        (one, other) => Outcome::One(one.or(other).cloned()),
    }
}
