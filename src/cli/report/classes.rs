//! The last exam of a stretch of days in each class, as the binder holds them.

use crate::assess::Rules;
use crate::assess::figures::Span;
use crate::assess::score::{Board, class_exam};
use crate::cli::Context;
use crate::ledger::Snapshot;
use crate::report::class::{Shown, class};
use crate::report::{Document, Private};

/// A report of each class that wrote an exam, without names; each with the name of its file.
pub(super) fn documents(context: &Context, snapshot: &Snapshot, rules: &Rules, span: Span) -> Vec<(String, Document)> {
    let board = Board::of(snapshot, &rules.progress, span.last);
    let mut classes: Vec<_> = snapshot.students.iter().filter_map(|file| file.student.class).collect();
    classes.sort_unstable_by_key(|class| (std::cmp::Reverse(class.cohort), class.number));
    classes.dedup();
    let in_span = |exam: usize| span.covers(board.exams[exam].day);
    let report = |one: crate::model::Class| {
        let found = class_exam(snapshot, &board, one, span.last, in_span)?;
        let told = (Private::Masked, context.lang);
        let document = class(snapshot, rules, &board, (one, &found, span.last), Shown::Numbers, told);
        Some((document.title.clone(), document))
    };
    classes.into_iter().filter_map(report).collect()
}
