//! What a cell says of a child in a subject: a number, a mark in words, that it was absent, or nothing; and where full
//! marks stand.

use super::words::{ScoreWords, plain, plain_header};
use crate::model::Mark;

/// A number of full marks stands so near behind the word for them.
const NEAREST: usize = 3;

impl ScoreWords {
    /// Full marks that a header gives: in brackets or behind a stroke, with or without the word for them.
    pub(super) fn full_in_header(&self, text: &str) -> Option<String> {
        let text = plain(text);
        let inside = text.find(['(', '[', '/', '【', '〔']).map(|at| &text[at..])?;
        number_in(inside).filter(|number| number.parse::<f64>().is_ok_and(|number| number >= 10.0))
    }

    /// Full marks that a title gives, behind the word for them.
    pub(super) fn full_in_title(&self, text: &str) -> Option<String> {
        let text = plain(text);
        let word = self.words.full.iter().filter(|word| word.chars().count() > 1);
        word.filter_map(|word| text.find(word.as_str()).map(|at| &text[at + word.len()..])).find_map(|rest| {
            let near = rest.chars().take(NEAREST).any(|letter| letter.is_ascii_digit());
            number_in(rest).filter(|_| near)
        })
    }

    /// A mark as typed, in text; nothing where the cell says that nothing is known. `Err` where it is no mark.
    pub(super) fn mark(&self, text: &str, full: &str) -> Result<Option<Mark>, ()> {
        let word = plain(text);
        let outside = plain_header(text);
        let is = |list: &[String]| list.contains(&word) || (!outside.is_empty() && list.contains(&outside));
        if word.is_empty() || is(&self.words.blank) {
            return Ok(None);
        }
        if is(&self.words.absent) {
            return Ok(Some(Mark::Absent));
        }
        if let Some(code) = self.grades.get(&word).or_else(|| self.grades.get(&outside)) {
            return Ok(Some(Mark::Grade(code.clone())));
        }
        let bare = self.words.units.iter().find_map(|unit| word.strip_suffix(unit.as_str())).unwrap_or(&word);
        let score = decimal(bare).ok_or(())?;
        Ok(Some(Mark::Score { score, full: full.to_owned() }))
    }
}

/// A plain number in its shortest writing: no sign, no exponent, at most four digits before its point.
pub(super) fn decimal(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || !digits(whole) || !digits(part) {
        return None;
    }
    // A formula leaves 88.33333333333333 behind: more than four places are its noise.
    let number = text.parse::<f64>().ok()?;
    let text = format!("{number:.4}");
    Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// The first number in a text.
pub(super) fn number_in(text: &str) -> Option<String> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let rest = &text[from..];
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    decimal(rest[..end].trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::shipped;
    use super::*;

    #[test]
    fn a_cell_is_a_number_a_word_absent_or_nothing() {
        let words = shipped();
        let score = |score: &str| Ok(Some(Mark::Score { score: score.to_owned(), full: "100".to_owned() }));
        for (typed, mark) in [
            ("93", score("93")),
            ("８８．５", score("88.5")),
            (" 76 分", score("76")),
            ("0", score("0")),
            ("088.50", score("88.5")),
            ("88.33333333333333", score("88.3333")),
            ("缺考", Ok(Some(Mark::Absent))),
            ("缺考（病假）", Ok(Some(Mark::Absent))),
            ("病假", Ok(Some(Mark::Absent))),
            ("/", Ok(None)),
            ("", Ok(None)),
            ("优", Ok(Some(Mark::Grade("excellent".to_owned())))),
            ("待合格", Ok(Some(Mark::Grade("fail".to_owned())))),
            ("-5", Err(())),
            ("8O", Err(())),
            ("1e2", Err(())),
            ("85,5", Err(())),
            ("NaN", Err(())),
            ("12345", Err(())),
        ] {
            assert_eq!(words.mark(typed, "100"), mark, "{typed}");
        }
    }

    #[test]
    fn full_marks_stand_in_headers_and_titles() {
        let words = shipped();
        for (header, full) in [
            ("语文（满分120分）", Some("120")),
            ("数学(150)", Some("150")),
            ("英语/100", Some("100")),
            ("语文（1）", None),
            ("语文", None),
        ] {
            assert_eq!(words.full_in_header(header).as_deref(), full, "{header}");
        }
        assert_eq!(words.full_in_title("五年级期中成绩表（各科满分：120分）").as_deref(), Some("120"));
        assert_eq!(words.full_in_title("五年级期中成绩表"), None);
    }
}
