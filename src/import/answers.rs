//! Whom a person said that a row means, where the row alone does not tell: once for this file, and remembered for the
//! next one by what the row gives to know the child by.

use super::census::CensusRow;
use super::facts::Facts;
use crate::model::{Class, Day, Place, Problem, StudentId};

/// A row of the file that is read, as a person names it: its number, and its sheet where there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowNamed {
    pub sheet: Option<String>,
    pub row: u32,
}

impl RowNamed {
    fn is(&self, place: &Place) -> bool {
        let Place::Cell { sheet, row, .. } = place else { return place.row() == Some(self.row) };
        *row == self.row && (self.sheet.is_none() || self.sheet == *sheet)
    }
}

/// Whom a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Same(StudentId),
    /// A child whom no record holds yet.
    New,
}

/// What a row of an earlier form gave to know a child by, and whom it meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    pub name: String,
    pub class: Option<Class>,
    pub born: Option<Day>,
    pub student: Option<StudentId>,
}

impl Remembered {
    pub(super) fn of(facts: &Facts, student: &StudentId) -> Remembered {
        Remembered { name: facts.name.clone(), class: facts.class, born: facts.born, student: Some(student.clone()) }
    }

    pub(super) fn fits(&self, facts: &Facts) -> bool {
        (&self.name, self.class, self.born) == (&facts.name, facts.class, facts.born)
    }
}

/// The answers for this file, and those that are remembered.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    pub given: Vec<(RowNamed, Answer)>,
    pub remembered: Vec<Remembered>,
}

impl Answers {
    pub(super) fn given(&self, place: &Place) -> Option<&Answer> {
        self.given.iter().find(|(row, _)| row.is(place)).map(|(_, answer)| answer)
    }

    /// The answer of an earlier form; the latest one counts.
    pub(super) fn remembered(&self, facts: &Facts) -> Option<&StudentId> {
        self.remembered.iter().rev().find(|one| one.fits(facts)).and_then(|one| one.student.as_ref())
    }

    /// Answers that name no row of the file, or one of several sheets without saying which.
    pub fn astray(&self, file: &str, rows: &[CensusRow]) -> Vec<Problem> {
        let astray = |(named, _): &(RowNamed, Answer)| {
            let code = match rows.iter().filter(|row| named.is(&row.place)).count() {
                0 => "answer-no-row",
                1 => return None,
                _ => "answer-several-rows",
            };
            let sheet = named.sheet.as_ref().map(|sheet| format!("{sheet}:")).unwrap_or_default();
            Some(Problem::usage(code).with("file", file).with("row", format!("{sheet}{}", named.row)))
        };
        self.given.iter().filter_map(astray).collect()
    }
}
