//! One exam of one class: how each subject lies, and who rose, held its place or declined.

use super::board::{Board, Marked};
use super::progress::{NoProgress, Progress};
use crate::assess::statistics::{in_bands, mean, median, spread};
use crate::ledger::Snapshot;
use crate::model::{Class, Day};

/// How a subject lies in a class. Shares and bounds are in per cent of full marks.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectFigures {
    pub subject: String,
    /// Children with a score.
    pub scores: usize,
    pub absent: usize,
    /// Children with a mark in words.
    pub grades: usize,
    pub mean: Option<f64>,
    pub median: Option<f64>,
    pub spread: Option<f64>,
    pub passed: usize,
    pub excellent: usize,
    /// How many lie in each band of the rules.
    pub bands: Vec<usize>,
}

/// Which way a child went.
#[derive(Debug, Clone, PartialEq)]
pub enum Movement {
    Rose(Progress),
    Held(Progress),
    Declined(Progress),
    Unknown(NoProgress),
}

/// One exam of one class.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassExam {
    /// Its place on the board.
    pub exam: usize,
    /// The children of the class on the day, by their places in the snapshot's list.
    pub children: Vec<u32>,
    pub subjects: Vec<SubjectFigures>,
    /// Of each child, in the same order.
    pub movements: Vec<Movement>,
    /// Of each child, the subjects in which it is below a pass.
    pub failing: Vec<Vec<String>>,
}

/// The figures of an exam; the latest in which the class has a mark where none is chosen. Nothing where there is none.
pub fn class_exam(
    snapshot: &Snapshot,
    board: &Board,
    class: Class,
    day: Day,
    fits: impl Fn(usize) -> bool,
) -> Option<ClassExam> {
    let in_class = |at: &u32| {
        let student = snapshot.student(*at);
        student.class == Some(class) && student.enrolled_on(day)
    };
    let children: Vec<u32> = (0..snapshot.students.len() as u32).filter(in_class).collect();
    let exams = children.iter().flat_map(|at| board.entries(*at)).map(|entry| entry.exam);
    let exam = exams.filter(|exam| fits(*exam)).max()?;
    let mut names: Vec<&str> =
        children.iter().flat_map(|at| board.entries_in(*at, exam)).map(|entry| &*entry.subject).collect();
    names.sort_unstable();
    names.dedup();
    Some(ClassExam {
        exam,
        subjects: names.iter().map(|subject| figures(board, &children, exam, subject)).collect(),
        movements: children.iter().map(|at| movement(board, *at, exam)).collect(),
        failing: children.iter().map(|at| failing(board, *at, exam)).collect(),
        children,
    })
}

fn figures(board: &Board, children: &[u32], exam: usize, subject: &str) -> SubjectFigures {
    let entries: Vec<_> =
        children.iter().flat_map(|at| board.entries_in(*at, exam)).filter(|entry| *entry.subject == *subject).collect();
    let shares: Vec<f64> = entries.iter().filter_map(|entry| entry.share()).collect();
    let at_least = |bound: f64| shares.iter().filter(|share| **share >= bound).count();
    let bands = &board.rules.bands;
    SubjectFigures {
        subject: subject.to_owned(),
        scores: shares.len(),
        absent: entries.iter().filter(|entry| entry.marked == Marked::Absent).count(),
        grades: entries.iter().filter(|entry| matches!(entry.marked, Marked::Grade(_))).count(),
        mean: mean(&shares),
        median: median(&shares),
        spread: spread(&shares),
        passed: at_least(bands.pass),
        excellent: at_least(bands.excellent),
        bands: in_bands(&shares, &bands.from),
    }
}

fn movement(board: &Board, student: u32, exam: usize) -> Movement {
    let bounds = &board.rules.progress;
    match board.progress_at(student, exam) {
        Err(why) => Movement::Unknown(why),
        Ok(progress) if progress.change() >= bounds.rise => Movement::Rose(progress),
        Ok(progress) if progress.change() <= -bounds.decline => Movement::Declined(progress),
        Ok(progress) => Movement::Held(progress),
    }
}

/// The subjects of an exam in which a child is below a pass.
fn failing(board: &Board, student: u32, exam: usize) -> Vec<String> {
    let fails = |marked: &Marked, share: Option<f64>| match (marked, share) {
        (Marked::Grade(code), _) => board.rules.marks.failing.contains(code),
        (_, share) => share.is_some_and(|share| share < board.rules.bands.pass),
    };
    let of_exam = board.entries_in(student, exam).filter(|entry| fails(&entry.marked, entry.share()));
    of_exam.map(|entry| entry.subject.to_string()).collect()
}
