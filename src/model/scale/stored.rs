//! A screening as a row of the ledger keeps it: what was answered, and what the scale made of it on the day.

use std::collections::BTreeMap;

use super::{Answers, Given, Misread, Scale, Scored, Totals};

/// The kind of activity that holds screenings.
pub const SCREENING: &str = "screening";

impl Scored {
    /// The fields of a screening, as the ledger stores them. The scores, the total and the band are what the scale's file
    /// said on the day of recording; the answers stay beside them, so that `check` can say where the file says otherwise.
    pub fn fields(&self, scale: &Scale, given: &Given) -> BTreeMap<String, String> {
        let answers = match given {
            Given::Answers(answers) => answers.to_string(),
            Given::Totals(_) => String::new(),
        };
        let scores = Totals { parts: self.parts.iter().map(|part| part.score).collect(), validity: self.validity };
        let fields = [
            ("scale", scale.name.clone()),
            ("respondent", scale.respondent.code().to_owned()),
            ("answers", answers),
            ("scores", scores.said(scale)),
            ("total", self.total.map(|total| total.to_string()).unwrap_or_default()),
            ("band", self.band.code().to_owned()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Given {
    /// What a row of the ledger says was given; nothing where it holds neither answers nor scores.
    pub fn stored(scale: &Scale, answers: &str, scores: &str) -> Result<Option<Given>, Vec<Misread>> {
        match (answers, scores) {
            ("", "") => Ok(None),
            ("", scores) => Totals::read(scale, scores).map(|totals| Some(Given::Totals(totals))),
            (answers, _) => Answers::read(scale, answers).map(|answers| Some(Given::Answers(answers))),
        }
    }
}
