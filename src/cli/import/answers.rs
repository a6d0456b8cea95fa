//! `--same ROW=STUDENT` and `--new ROW`: whom a row of a census means where the row does not tell, and the register in
//! which the answers are kept for the next census.

use crate::cli::Context;
use crate::import::{Answer, Answers, Remembered, RowNamed};
use crate::ledger::registers::MATCHES;
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Snapshot, find};
use crate::model::{IdSource, Outcome, Place, Problem, Problems};

/// The answers that the command gives and those that are remembered. Every wrong one is named.
pub(super) fn of(context: &Context, snapshot: &Snapshot, same: &[String], new: &[String]) -> Outcome<Answers> {
    let (mut given, mut problems) = (Vec::new(), Vec::new());
    let same = same.iter().map(|text| one_same(context, snapshot, text));
    for answer in same.chain(new.iter().map(|text| Ok((row_of(text)?, Answer::New)))) {
        match answer {
            Ok(answer) => given.push(answer),
            Err(Problems(found)) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    Ok(Answers { given, remembered: remembered(&MATCHES.writable(snapshot)?) })
}

fn one_same(context: &Context, snapshot: &Snapshot, text: &str) -> Outcome<(RowNamed, Answer)> {
    let (row, student) = text.split_once('=').ok_or_else(|| unreadable(text))?;
    let at = find::student(snapshot, student, context.day)?;
    Ok((row_of(row)?, Answer::Same(snapshot.student(at).id.clone())))
}

/// `8`, or `三年级:8` where the file has several sheets.
fn row_of(text: &str) -> Outcome<RowNamed> {
    let (sheet, row) = match text.rsplit_once([':', '：']) {
        Some((sheet, row)) => (Some(sheet.to_owned()), row),
        None => (None, text),
    };
    let row = row.trim().parse().map_err(|_| unreadable(text))?;
    Ok(RowNamed { sheet, row })
}

fn unreadable(text: &str) -> Problem {
    Problem::usage("answer-unreadable").with("value", text)
}

/// A row as `--same` and `--new` take it.
pub(super) fn row_named(place: &Place) -> String {
    match place {
        Place::Cell { sheet: Some(sheet), row, .. } => format!("{sheet}:{row}"),
        place => place.row().map(|row| row.to_string()).unwrap_or_default(),
    }
}

fn remembered(table: &Table) -> Vec<Remembered> {
    let row = |row: usize| Remembered {
        name: table.get(row, "name").to_owned(),
        class: table.get(row, "class").parse().ok(),
        born: table.get(row, "born").parse().ok(),
        student: table.get(row, "student").parse().ok(),
    };
    (0..table.len()).map(row).collect()
}

/// Puts the answers of this form beside the earlier ones; a new answer for the same row takes the place of the old one.
pub(super) fn remember(snapshot: &Snapshot, answered: &[Remembered], change_set: &mut ChangeSet) -> Outcome<()> {
    let table = MATCHES.writable(snapshot)?;
    let known = remembered(&table);
    let mut edit = Edit::default();
    for one in answered {
        let text = |value: Option<String>| value.unwrap_or_default();
        let student = text(one.student.as_ref().map(ToString::to_string));
        let asked = |other: &Remembered| (&other.name, other.class, other.born) == (&one.name, one.class, one.born);
        let cell = |column: &str, value: String| (column.to_owned(), value);
        match known.iter().position(asked) {
            Some(row) if known[row].student == one.student => {}
            Some(row) => {
                edit.changed.insert(table.get(row, "id").to_owned(), Cells::from([cell("student", student)]));
            }
            None => edit.added.push(Cells::from([
                cell("id", IdSource::Random.row().to_string()),
                cell("name", one.name.clone()),
                cell("class", text(one.class.map(|class| class.to_string()))),
                cell("born", text(one.born.map(|born| born.to_string()))),
                cell("student", student),
            ])),
        }
    }
    if !edit.is_empty() {
        change_set.write(MATCHES.path, table.before(), Some(table.edited(&edit)));
    }
    Ok(())
}
