//! How progress is measured: `rules/progress.toml`, and what can be wrong with it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ledger::definitions::{Definitions, parse_toml};
use crate::model::kind::Kind;
use crate::model::{Outcome, Place, Problem, Problems};

/// The file of the method.
pub const PROGRESS_FILE: &str = "rules/progress.toml";

/// The method by which progress is measured.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProgressRules {
    pub standard_score: StandardScore,
    pub progress: Bounds,
    pub exam: Exams,
    pub bands: Bands,
    pub peer_tutor: PeerTutor,
    pub help: Help,
    pub marks: MarkFields,
}

/// What a standard score needs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StandardScore {
    pub least_children: usize,
    /// In per cent of full marks.
    pub least_spread: f64,
}

/// With what the latest exam is compared, and what is a rise or a decline.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub earlier: usize,
    pub exams: usize,
    pub rise: f64,
    pub decline: f64,
}

/// Which rows are of one exam.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Exams {
    pub days: u32,
    pub once_a_term: Vec<String>,
}

/// The bands of a distribution, in per cent of full marks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    pub from: Vec<f64>,
    pub pass: f64,
    pub excellent: f64,
}

/// Who may help whom.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeerTutor {
    pub strong: f64,
    pub share: f64,
    pub weak: f64,
    pub most: usize,
    pub days: u32,
}

/// What counts as help with study.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    pub pairings: Vec<String>,
    pub kinds: Vec<String>,
}

/// The kind that holds scores, and its fields.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkFields {
    pub kind: String,
    pub exam: String,
    pub name: String,
    pub subject: String,
    pub score: String,
    pub full: String,
    /// Full marks of a row that does not say them.
    pub of: f64,
    pub absent: String,
    pub grade: String,
    /// The marks in words that are not a pass.
    pub failing: Vec<String>,
}

impl ProgressRules {
    /// Reads the method in force, or the shipped one in a ledger that is older than it.
    pub fn load(files: &Definitions, kinds: &BTreeMap<String, Kind>) -> Outcome<ProgressRules> {
        let rules: ProgressRules = parse_toml(PROGRESS_FILE, &files.text_or_shipped(PROGRESS_FILE)?)?;
        let problems = rules.problems(kinds);
        if problems.is_empty() { Ok(rules) } else { Err(Problems(problems)) }
    }

    fn problems(&self, kinds: &BTreeMap<String, Kind>) -> Vec<Problem> {
        let problem = |code: &'static str| Problem::data(code, Place::file(PROGRESS_FILE));
        let mut problems = Vec::new();
        let bounds = [
            ("least-children", self.standard_score.least_children >= 2),
            ("earlier", self.progress.earlier >= 1),
            ("exams", self.progress.exams >= self.progress.earlier),
            ("rise", self.progress.rise > 0.0),
            ("decline", self.progress.decline > 0.0),
            ("of", self.marks.of > 0.0),
            ("most", self.peer_tutor.most >= 1),
            ("from", !self.bands.from.is_empty() && self.bands.from.is_sorted_by(|a, b| a < b)),
        ];
        for (key, _) in bounds.iter().filter(|(_, right)| !right) {
            problems.push(problem("progress-bound").with("key", key));
        }
        let Some(kind) = kinds.get(&self.marks.kind) else {
            problems.push(problem("rule-kind").with("rule", "marks").with("kind", &self.marks.kind));
            return problems;
        };
        let marks = &self.marks;
        for field in [&marks.exam, &marks.subject, &marks.score, &marks.full] {
            if kind.field(field).is_none() {
                problems
                    .push(problem("rule-field").with("rule", "marks").with("kind", &kind.name).with("field", field));
            }
        }
        problems
    }
}
