//! How the scores of a class lie, exam by exam: the middle and the quartiles, and nobody's place.

use std::collections::BTreeSet;

use super::{Shown, Source};
use crate::assess::statistics::quartiles;
use crate::report::listing::exam_label;
use crate::report::speaking::Speaking;
use crate::report::{Block, Chart, ChartKind, Series};

/// The course up to the exam of the report; nothing where there is one exam alone.
pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let exams = exams(source);
    if exams.len() < 2 {
        return Vec::new();
    }
    let least = least_children(source).to_string();
    vec![Block::Chart(chart(source, &exams)), Block::Note(source.say("class-course-note", &[("least", &least)]))]
}

/// Without names, the quartiles of a few children are nearly the marks of each.
fn least_children(source: &Source) -> usize {
    match source.shown {
        Shown::Numbers => source.rules.progress.standard_score.least_children,
        Shown::Names | Shown::Ranks => 1,
    }
}

/// The exams in which a child of the class has a score, the first one first.
fn exams(source: &Source) -> Vec<usize> {
    let found = source.found.children.iter().flat_map(|at| source.board.entries(*at));
    let exams: BTreeSet<usize> = found
        .filter(|entry| entry.share().is_some())
        .map(|entry| entry.exam)
        .filter(|exam| *exam <= source.found.exam)
        .collect();
    exams.into_iter().collect()
}

fn chart(source: &Source, exams: &[usize]) -> Chart {
    let of_exam = |exam: &usize| {
        let shares: Vec<f64> =
            source.found.children.iter().filter_map(|at| source.board.point(*at, *exam).share).collect();
        quartiles(&shares).filter(|_| shares.len() >= least_children(source))
    };
    let found: Vec<Option<[f64; 3]>> = exams.iter().map(of_exam).collect();
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let line = |(place, key): (usize, &str)| Series {
        label: source.word(key),
        values: found.iter().map(|three| three.map(|three| tenth(three[place]))).collect(),
    };
    Chart {
        key: "course".to_owned(),
        caption: source.word("class-course"),
        kind: ChartKind::Lines,
        categories: exams.iter().map(|exam| name(source, *exam)).collect(),
        series: [(2, "class-course-upper"), (1, "class-course-middle"), (0, "class-course-lower")].map(line).to_vec(),
        unit: String::new(),
    }
}

fn name(source: &Source, exam: usize) -> String {
    let exam = &source.board.exams[exam];
    let label = exam_label(source.snapshot, &exam.kind, &exam.name, source.lang);
    let month = exam.day.to_string();
    source.say("exam-of-month", &[("exam", &label), ("month", &month[..7])])
}
