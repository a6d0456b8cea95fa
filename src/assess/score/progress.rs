//! A child's course: its standard score in each exam, and the latest one against the child's own past.

use super::board::Board;
use crate::assess::statistics::mean;

/// A child in one exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The place of the exam on the board.
    pub exam: usize,
    /// The mean of the child's standard scores in its subjects; nothing where none is known.
    pub standard: Option<f64>,
    /// The mean of the child's shares of full marks, in per cent.
    pub share: Option<f64>,
}

/// One exam against the child's own exams before it, in spreads of the class.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The place of the exam on the board.
    pub exam: usize,
    pub now: f64,
    /// The mean of the exams before.
    pub before: f64,
    /// How many exams that mean is of.
    pub exams: usize,
}

impl Progress {
    /// Above 0 the child rose, below it declined.
    pub fn change(&self) -> f64 {
        self.now - self.before
    }
}

/// Why no progress is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoProgress {
    /// The child has no mark.
    NoScore,
    /// The child has no standard score in it: absent, no number, or a class too small or too much alike.
    NoStandardScore,
    /// Too few exams before have a standard score.
    TooFewBefore,
}

impl NoProgress {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            NoProgress::NoScore => "risk-unknown-no-score",
            NoProgress::NoStandardScore => "risk-unknown-no-standard",
            NoProgress::TooFewBefore => "risk-unknown-too-few",
        }
    }
}

impl Board {
    /// The child's course through the exams in which it has any mark, the oldest first.
    pub fn course(&self, student: u32) -> Vec<Point> {
        let mut exams: Vec<usize> = self.entries(student).iter().map(|entry| entry.exam).collect();
        exams.dedup();
        exams.into_iter().map(|exam| self.point(student, exam)).collect()
    }

    /// The child in one exam.
    pub fn point(&self, student: u32, exam: usize) -> Point {
        let standards: Vec<f64> =
            self.entries_in(student, exam).filter_map(|entry| self.standard(student, entry)).collect();
        let shares: Vec<f64> = self.entries_in(student, exam).filter_map(|entry| entry.share()).collect();
        Point { exam, standard: mean(&standards), share: mean(&shares) }
    }

    /// The child's latest exam with a standard score against those before it, of which there must be so many.
    pub fn progress(&self, student: u32, earlier: usize) -> Result<Progress, NoProgress> {
        let course = self.course(student);
        if course.is_empty() {
            return Err(NoProgress::NoScore);
        }
        let known = |point: &Point| Some((point.exam, point.standard?));
        let known: Vec<(usize, f64)> = course.iter().filter_map(known).collect();
        self.against_past(&known, earlier)
    }

    /// The same for one exam: a child that was absent from it has no progress in it.
    pub fn progress_at(&self, student: u32, exam: usize) -> Result<Progress, NoProgress> {
        let course = self.course(student);
        if !course.iter().any(|point| point.exam == exam) {
            return Err(NoProgress::NoScore);
        }
        let known: Vec<(usize, f64)> = course
            .iter()
            .filter(|point| point.exam <= exam)
            .filter_map(|point| Some((point.exam, point.standard?)))
            .collect();
        if known.last().is_none_or(|(last, _)| *last != exam) {
            return Err(NoProgress::NoStandardScore);
        }
        self.against_past(&known, self.rules.progress.earlier)
    }

    fn against_past(&self, known: &[(usize, f64)], earlier: usize) -> Result<Progress, NoProgress> {
        let ((exam, now), before) = known.split_last().ok_or(NoProgress::NoStandardScore)?;
        let counted = &before[before.len().saturating_sub(self.rules.progress.exams.max(earlier))..];
        if counted.len() < earlier.max(1) {
            return Err(NoProgress::TooFewBefore);
        }
        let past: Vec<f64> = counted.iter().map(|(_, standard)| *standard).collect();
        let before = mean(&past).ok_or(NoProgress::TooFewBefore)?;
        Ok(Progress { exam: *exam, now: *now, before, exams: past.len() })
    }
}
