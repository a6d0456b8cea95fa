//! An exam and what a child has in it: a number, a mark in words, or the word that it was absent.

use super::Day;

/// Half of a school year, as a title names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half {
    /// The calendar year in which it begins.
    pub year: i32,
    pub autumn: bool,
}

impl Half {
    /// The name of the term that the calendar gives it.
    pub fn customary_term(self) -> String {
        format!("{}-{}", self.year, if self.autumn { "autumn" } else { "spring" })
    }

    /// Whether a term that begins on a day is this one.
    pub fn begins_on(self, from: Day) -> bool {
        from.year() == self.year && (from.month() >= 7) == self.autumn
    }
}

/// Which exam is meant, as far as a title, a row or a command says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ExamSaid {
    /// The code of its kind, such as `midterm`.
    pub kind: Option<String>,
    /// Empty where its kind says enough.
    pub name: String,
    pub day: Option<Day>,
    pub half: Option<Half>,
    /// Its kind and name tell it from every other exam of the term; else its day does.
    pub told: bool,
    /// A person has named it for this sheet, and a title has not.
    pub by_person: bool,
}

impl ExamSaid {
    /// The same, completed by what another source says where this one is silent.
    #[must_use]
    pub fn or(self, other: &ExamSaid) -> ExamSaid {
        let silent = self.kind.is_none();
        ExamSaid {
            kind: self.kind.or_else(|| other.kind.clone()),
            name: if silent { other.name.clone() } else { self.name },
            day: self.day.or(other.day),
            half: self.half.or(other.half),
            told: if silent { other.told } else { self.told },
            by_person: self.by_person || other.by_person,
        }
    }
}

/// What a child has in one subject of an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// As the ledger writes numbers, with the full marks.
    Score { score: String, full: String },
    /// Not there: no score, and not zero.
    Absent,
    /// A mark in words, by its code.
    Grade(String),
}
