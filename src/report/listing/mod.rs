//! What each listing shows: its columns, in the same order and under the same keys in every format.

mod activities;
mod care;
mod checks;
mod commands;
mod county;
mod duplicates;
mod follow_ups;
mod forgetting;
mod help;
mod keys;
mod letters;
mod plans;
mod registers;
mod risks;
mod scores;
mod screenings;
mod students;
mod verdicts;

pub(crate) use activities::details;
pub use activities::{activities, activity, in_words, kind, kinds};
pub use care::{boarders, checkups, service};
pub use checks::{CheckRow, checks, clashes};
pub use county::parts;
pub use duplicates::duplicates;
pub use follow_ups::follow_ups;
pub use forgetting::{ForgetRow, to_forget};
pub use help::{effects, suggestions};
pub use keys::recipients;
pub use letters::{PendingRow, pending, templates};
pub use plans::{By, agenda, agenda_days, owner_words, plan_gaps, plan_missing, plan_status, plan_units};
pub use registers::{register, workloads};
pub use risks::{changes as risk_changes, derivation, indicator_label, left_behind, risks, summary as risk_summary};
pub(crate) use risks::{places, reason};
pub(crate) use scores::subject_column;
pub use scores::{ScoreVerdict, courses, exam_label, mark_cell, marked_cell, score_verdicts, signed, standard_cell};
pub use screenings::{ScreeningVerdict, scales, screening, screening_verdicts, screenings};
pub(crate) use students::shown_value;
pub use students::{StudentRow, history, student, students};
pub use verdicts::{VerdictRow, verdicts};

use super::{Cell, Column, Table};
use crate::ledger::change::Entry;
use crate::model::{Class, Student};
use crate::text::{Lang, label};

/// A column of words under `key`, with its header from the words `column-KEY`.
pub(crate) fn left(lang: Lang, key: &'static str) -> Column {
    Column::left(key, label(lang, &format!("column-{key}")))
}

/// A column of numbers.
pub(crate) fn right(lang: Lang, key: &'static str) -> Column {
    Column::right(key, label(lang, &format!("column-{key}")))
}

/// A text that may be missing.
pub(crate) fn maybe(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::text(text) }
}

/// The class of a child, or that none is known.
pub(crate) fn class_cell(class: Option<Class>) -> Cell {
    class.map_or(Cell::Unknown, |class| Cell::text(class.to_string()))
}

/// Id, name and class of a child: the cells by which every table says whom a row is about.
pub(crate) fn who(student: &Student) -> [Cell; 3] {
    [Cell::text(student.id.as_str()), Cell::text(&student.name), class_cell(student.class)]
}

/// A code of a closed list, with its words.
pub(crate) fn coded(lang: Lang, list: &str, code: &str) -> Cell {
    Cell::code(code, label(lang, &format!("{list}-{code}")))
}

/// The change sets that are kept, the latest first.
pub fn change_sets(entries: &[Entry], lang: Lang) -> Table {
    let columns = vec![
        right(lang, "number"),
        left(lang, "at"),
        left(lang, "command"),
        right(lang, "files"),
        right(lang, "undoes"),
    ];
    let mut table = Table::new("change-sets", label(lang, "caption-change-sets"), columns);
    for entry in entries.iter().rev() {
        table.rows.push(vec![
            Cell::Integer(entry.number as i64),
            Cell::text(&entry.at),
            Cell::text(&entry.what),
            Cell::count(entry.paths.len()),
            entry.undoes.map_or(Cell::Empty, |number| Cell::Integer(number as i64)),
        ]);
    }
    table
}
