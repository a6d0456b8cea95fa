//! The child's course in study: every mark, shares of full marks as lines, and progress against the child's own past.

use super::Source;
use crate::assess::score::{Entry, Point};
use crate::report::listing::{exam_label, marked_cell, right, signed, standard_cell, subject_column};
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Chart, ChartKind, Column, Series, Table};

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let course = source.board.course(source.at);
    let mut blocks = vec![source.heading("dossier-scores")];
    if course.len() > 1 {
        blocks.push(Block::Chart(shares(source, &course)));
        blocks.push(Block::Chart(standards(source, &course)));
    }
    blocks.push(Block::Table(marks(source)));
    blocks.push(Block::Paragraph(progress(source)));
    blocks.push(Block::Note(source.word("progress-note")));
    blocks
}

fn exam_name(source: &Source, exam: usize) -> String {
    let exam = &source.board.exams[exam];
    let name = exam_label(source.snapshot, &exam.kind, &exam.name, source.lang);
    let month = exam.day.to_string();
    source.say("exam-of-month", &[("exam", &name), ("month", &month[..7])])
}

/// The subjects in which the child has any mark.
fn subjects<'a>(source: &'a Source) -> Vec<&'a str> {
    let mut subjects: Vec<&str> = source.board.entries(source.at).iter().map(|entry| &*entry.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    subjects
}

/// A line a subject, exam by exam.
fn series(source: &Source, course: &[Point], value: impl Fn(&Entry) -> Option<f64>) -> Vec<Series> {
    let of = |exam: usize, subject: &str| {
        value(source.board.entries_in(source.at, exam).find(|entry| *entry.subject == *subject)?)
    };
    let line = |subject: &str| Series {
        label: subject.to_owned(),
        values: course.iter().map(|point| of(point.exam, subject)).collect(),
    };
    subjects(source).into_iter().map(line).collect()
}

fn chart(source: &Source, key: &str, course: &[Point], series: Vec<Series>, unit: &str) -> Chart {
    Chart {
        key: key.to_owned(),
        caption: source.word(&format!("dossier-{key}")),
        kind: ChartKind::Lines,
        categories: course.iter().map(|point| exam_name(source, point.exam)).collect(),
        series,
        unit: unit.to_owned(),
    }
}

/// The share of full marks in each subject, exam by exam.
fn shares(source: &Source, course: &[Point]) -> Chart {
    chart(source, "shares", course, series(source, course, Entry::share), "%")
}

/// The standard score within the class in each subject, and their mean, exam by exam.
fn standards(source: &Source, course: &[Point]) -> Chart {
    let mean = Series {
        label: source.word("dossier-all-subjects"),
        values: course.iter().map(|point| point.standard).collect(),
    };
    let of_subject = series(source, course, |entry| source.board.standard(source.at, entry));
    chart(source, "standards", course, std::iter::once(mean).chain(of_subject).collect(), "")
}

fn marks(source: &Source) -> Table {
    let columns = vec![
        source.column("date", "column-date"),
        source.column("exam", "column-exam"),
        subject_column(source.lang),
        source.column("mark", "column-mark"),
        Column::right("class-mean", source.word("column-class-mean")),
        right(source.lang, "standard"),
    ];
    let mut table = Table::new("scores", source.word("dossier-marks"), columns);
    for entry in source.board.entries(source.at) {
        let exam = &source.board.exams[entry.exam];
        let needs = source.rules.progress.standard_score.least_children;
        // The mean of a few children would say what the others have.
        let of_class = source.board.spread_of(source.at, entry).filter(|spread| spread.children >= needs);
        table.rows.push(vec![
            Cell::Day(entry.day),
            Cell::text(exam_label(source.snapshot, &exam.kind, &exam.name, source.lang)),
            Cell::text(&*entry.subject),
            marked_cell(source.snapshot, &entry.marked, source.lang),
            of_class.map_or(Cell::Unknown, |spread| Cell::Decimal((spread.mean * 10.0).round() / 10.0)),
            standard_cell(source.board.standard(source.at, entry)),
        ]);
    }
    table
}

fn progress(source: &Source) -> String {
    match source.board.progress(source.at, source.rules.progress.progress.earlier) {
        Ok(progress) => {
            let exam = exam_name(source, progress.exam);
            let values = [
                ("exam", exam.as_str()),
                ("now", &format!("{:.2}", progress.now)),
                ("before", &format!("{:.2}", progress.before)),
                ("exams", &progress.exams.to_string()),
                ("change", &signed(progress.change())),
            ];
            source.say("progress-said", &values)
        }
        Err(why) => source.say("progress-unknown", &[("why", &source.word(why.key()))]),
    }
}
