//! Scores: what an import does to them, and a mark in words.

use std::collections::BTreeMap;

use super::{coded, left, maybe, right};
use crate::assess::score::{Board, Entry, Marked};
use crate::ledger::Snapshot;
use crate::model::{Mark, Place, StudentId};
use crate::report::spark::sparkline;
use crate::report::{Cell, Column, Table};
use crate::text::{self, Lang, label};

/// What an import does to one mark.
pub struct ScoreVerdict {
    pub place: Place,
    pub student: StudentId,
    pub subject: String,
    /// Nothing where the ledger has none yet.
    pub before: Option<Mark>,
    pub after: Mark,
}

/// Marks that an import adds or changes, then what it refuses.
pub fn score_verdicts(snapshot: &Snapshot, found: &[ScoreVerdict], refused: &[(Place, String)], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "verdict"),
        left(lang, "sheet"),
        right(lang, "row"),
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        subject_column(lang),
        left(lang, "from"),
        left(lang, "to"),
    ];
    let mut table = Table::new("scores", label(lang, "caption-verdicts"), columns);
    for one in found {
        let student = snapshot.place_of_student(&one.student).map(|at| snapshot.student(at));
        let verdict = if one.before.is_some() { "changed" } else { "added" };
        let [sheet, row] = place(&one.place);
        table.rows.push(vec![
            coded(lang, "verdict", verdict),
            sheet,
            row,
            Cell::text(one.student.as_str()),
            student.map_or(Cell::Empty, |student| Cell::text(&student.name)),
            student.and_then(|student| student.class).map_or(Cell::Unknown, |class| Cell::text(class.to_string())),
            Cell::text(&one.subject),
            one.before.as_ref().map_or(Cell::Empty, |mark| mark_cell(snapshot, mark, lang)),
            mark_cell(snapshot, &one.after, lang),
        ]);
    }
    for (at, why) in refused {
        let [sheet, row] = place(at);
        let mut cells = vec![coded(lang, "verdict", "refused"), sheet, row];
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::text(why)]);
        table.rows.push(cells);
    }
    table
}

/// A column of subjects of study.
pub(crate) fn subject_column(lang: Lang) -> Column {
    Column::left("subject", label(lang, "column-study-subject"))
}

fn place(place: &Place) -> [Cell; 2] {
    let sheet = match place {
        Place::Cell { sheet: Some(sheet), .. } => maybe(sheet),
        _ => Cell::Empty,
    };
    [sheet, place.row().map_or(Cell::Empty, |row| Cell::Integer(i64::from(row)))]
}

/// A mark as people read it: `88.5/100`, absent, or its word.
pub fn mark_cell(snapshot: &Snapshot, mark: &Mark, lang: Lang) -> Cell {
    match mark {
        Mark::Score { score, full } => Cell::text(format!("{score}/{full}")),
        Mark::Absent => Cell::code("absent", label(lang, "score-absent")),
        Mark::Grade(code) => {
            let words = snapshot.words().ok().and_then(|words| words.get(code));
            Cell::code(code, words.map_or(code.as_str(), |word| word.in_language(lang.code())))
        }
    }
}

/// An exam as people name it: by its name, or by the word for its kind.
pub fn exam_label(snapshot: &Snapshot, kind: &str, name: &str, lang: Lang) -> String {
    if !name.is_empty() {
        return name.to_owned();
    }
    let key = format!("exam-{kind}");
    let words = snapshot.words().ok().and_then(|words| words.get(kind));
    words
        .map(|word| word.in_language(lang.code()).to_owned())
        .or_else(|| text::find(lang, &key))
        .unwrap_or_else(|| kind.to_owned())
}

/// A mark of the board as people read it.
pub fn marked_cell(snapshot: &Snapshot, marked: &Marked, lang: Lang) -> Cell {
    match marked {
        Marked::Score { score, full } => Cell::text(format!("{}/{}", plain(*score), plain(*full))),
        Marked::Absent => mark_cell(snapshot, &Mark::Absent, lang),
        Marked::Grade(code) => mark_cell(snapshot, &Mark::Grade(code.clone()), lang),
        Marked::Unreadable => Cell::Unknown,
    }
}

fn plain(number: f64) -> String {
    crate::report::document::decimal(number).unwrap_or_default()
}

/// A standard score, or that it is not known.
pub fn standard_cell(standard: Option<f64>) -> Cell {
    standard.map_or(Cell::Unknown, Cell::Decimal)
}

/// A change with its sign: `+0.45`, `−0.10`.
pub fn signed(change: f64) -> String {
    let rounded = (change * 100.0).round() / 100.0;
    match rounded {
        less if less < 0.0 => format!("−{:.2}", -less),
        more if more > 0.0 => format!("+{more:.2}"),
        _ => "0".to_owned(),
    }
}

/// A child's course in each subject: a line of characters from none to full marks, and the latest mark.
pub fn courses(snapshot: &Snapshot, board: &Board, at: u32, lang: Lang) -> Table {
    let columns = vec![
        subject_column(lang),
        Column::left("course", label(lang, "column-course")),
        right(lang, "exams"),
        Column::left("latest", label(lang, "column-latest-mark")),
        Column::left("exam", label(lang, "column-exam")),
        left(lang, "date"),
        right(lang, "standard"),
    ];
    let mut table = Table::new("courses", label(lang, "caption-courses"), columns);
    let mut of_subject: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in board.entries(at) {
        of_subject.entry(&entry.subject).or_default().push(entry);
    }
    for (subject, entries) in of_subject {
        let shares: Vec<Option<f64>> = entries.iter().map(|entry| entry.share()).collect();
        let Some(last) = entries.last() else { continue };
        let exam = &board.exams[last.exam];
        table.rows.push(vec![
            Cell::text(subject),
            Cell::text(sparkline(&shares, (0.0, 100.0))),
            Cell::count(entries.len()),
            marked_cell(snapshot, &last.marked, lang),
            Cell::text(exam_label(snapshot, &exam.kind, &exam.name, lang)),
            Cell::Day(last.day),
            standard_cell(board.standard(at, last)),
        ]);
    }
    table
}
