//! The words of `import/scores.toml`: what heads a column, what a cell means, which exam a title names.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::mark::{decimal, number_in};

use crate::import::fold::{folded, header};
use crate::ledger::definitions::parse_toml;
use crate::model::Outcome;

/// The file of the words.
pub const SCORE_WORDS: &str = "import/scores.toml";

/// `import/scores.toml`, its words in the form in which they are compared.
#[derive(Debug, Clone)]
pub struct ScoreWords {
    headers: BTreeMap<String, Gives>,
    around: Vec<String>,
    ignored: Vec<String>,
    ignored_parts: Vec<String>,
    pub(super) rows: Rows,
    pub(super) words: Words,
    pub(super) grades: BTreeMap<String, String>,
    pub(super) exam: ExamWords,
    /// Full marks where nobody says so.
    pub default_full: u32,
}

/// What a column gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gives {
    Number,
    Name,
    Class,
    Grade,
    Subject,
    Score,
    Full,
    Exam,
    Date,
    /// The marks of a subject.
    Of(String),
    Ignored,
    Unknown,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    pub skip: Vec<String>,
    pub full: Vec<String>,
    pub skip_sheets: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub absent: Vec<String>,
    pub blank: Vec<String>,
    pub units: Vec<String>,
    pub full: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExamWords {
    pub once_a_term: Vec<String>,
    pub name_signs: String,
    pub numerals: String,
    pub rehearsal: Vec<String>,
    pub rehearsal_kind: String,
    pub kinds: BTreeMap<String, Vec<String>>,
    pub terms: TermWords,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermWords {
    pub autumn: Vec<String>,
    pub spring: Vec<String>,
    pub school_year: Vec<String>,
    pub first: Vec<String>,
    pub second: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    headers: Headers,
    subjects: BTreeMap<String, Vec<String>>,
    around: Around,
    ignored: Ignored,
    rows: Rows,
    words: Words,
    values: Values,
    exam: ExamWords,
    full: Full,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headers {
    number: Vec<String>,
    name: Vec<String>,
    class: Vec<String>,
    grade: Vec<String>,
    subject: Vec<String>,
    score: Vec<String>,
    full: Vec<String>,
    exam: Vec<String>,
    date: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    headers: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    grade: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    default: u32,
}

/// As words are compared: folded, and without difference of case.
pub(super) fn plain(text: &str) -> String {
    folded(text).to_lowercase()
}

pub(super) fn plain_header(text: &str) -> String {
    header(text).to_lowercase()
}

/// Words as they are compared. One of which nothing is left, such as `""`, would be found in everything, again and again.
fn all_plain(words: &[String]) -> Vec<String> {
    words.iter().map(|word| plain(word)).filter(|word| !word.is_empty()).collect()
}

impl ScoreWords {
    /// Reads `import/scores.toml`; `file` names it where a word is wrong.
    pub fn parse(file: &str, text: &str) -> Outcome<ScoreWords> {
        let file: File = parse_toml(file, text)?;
        let grades =
            file.values.grade.iter().flat_map(|(code, words)| words.iter().map(|word| (plain(word), code.clone())));
        Ok(ScoreWords {
            headers: known_headers(&file),
            around: all_plain(&file.around.words),
            ignored: file.ignored.headers.iter().map(|word| plain_header(word)).collect(),
            ignored_parts: all_plain(&file.ignored.words),
            rows: file.rows,
            words: Words {
                absent: all_plain(&file.words.absent),
                blank: all_plain(&file.words.blank),
                units: all_plain(&file.words.units),
                full: all_plain(&file.words.full),
            },
            grades: grades.collect(),
            exam: file.exam,
            default_full: file.full.default,
        })
    }

    /// What a column under a header gives.
    pub(super) fn gives(&self, text: &str) -> Gives {
        let plain = without_full(&plain_header(text));
        let known = |header: &str| self.headers.get(header).cloned();
        if plain.is_empty() {
            return Gives::Unknown;
        }
        if let Some(gives) = known(&plain) {
            return gives;
        }
        if self.ignored.contains(&plain) || self.ignored_parts.iter().any(|word| plain.contains(word.as_str())) {
            return Gives::Ignored;
        }
        known(&self.inner(&plain)).filter(|gives| matches!(gives, Gives::Of(_))).unwrap_or(Gives::Unknown)
    }

    /// A header without the words that say nothing in front of and behind a subject.
    fn inner(&self, header: &str) -> String {
        let mut rest = header;
        loop {
            let shorter = self.around.iter().find_map(|word| {
                rest.strip_suffix(word.as_str())
                    .or_else(|| rest.strip_prefix(word.as_str()))
                    .filter(|rest| !rest.is_empty())
            });
            match shorter {
                Some(shorter) if !self.headers.contains_key(rest) => rest = shorter,
                _ => return rest.to_owned(),
            }
        }
    }

    /// Full marks as typed, in the ledger's writing; nothing where they are no number above 0.
    pub fn full_marks(text: &str) -> Option<String> {
        decimal(&folded(text)).filter(|full| full != "0")
    }

    /// The subject that a word means, under the name that is kept; as typed where the list does not have it.
    pub fn subject(&self, text: &str) -> String {
        match self.gives(text) {
            Gives::Of(subject) => subject,
            _ => folded(text),
        }
    }

    /// The one subject of the list that a title names.
    pub(super) fn subject_within(&self, text: &str) -> Option<String> {
        let text = plain(text);
        let long = |(header, gives): (&String, &Gives)| match gives {
            Gives::Of(subject) if header.chars().count() > 1 && text.contains(header.as_str()) => Some(subject.clone()),
            _ => None,
        };
        let mut found: Vec<String> = self.headers.iter().filter_map(long).collect();
        found.sort();
        found.dedup();
        if found.len() == 1 { found.pop() } else { None }
    }

    pub(super) fn skips(&self, text: &str) -> bool {
        let text = folded(text);
        self.rows.skip.iter().any(|word| text.starts_with(folded(word).as_str()))
    }

    pub(super) fn is_row_of_full_marks(&self, text: &str) -> bool {
        let text = folded(text);
        self.rows.full.iter().any(|word| text == folded(word))
    }

    pub(super) fn is_summary(&self, sheet: &str) -> bool {
        let sheet = folded(sheet);
        self.rows.skip_sheets.iter().any(|word| sheet.contains(word.as_str()))
    }
}

/// `数学/120` without its full marks.
fn without_full(header: &str) -> String {
    match header.split_once('/') {
        Some((before, behind)) if number_in(behind).is_some() => before.to_owned(),
        _ => header.to_owned(),
    }
}

fn known_headers(file: &File) -> BTreeMap<String, Gives> {
    let headers = &file.headers;
    let mut known = BTreeMap::new();
    let mut add = |words: &[String], gives: Gives| {
        for word in words {
            known.entry(plain_header(word)).or_insert_with(|| gives.clone());
        }
    };
    for (words, gives) in [
        (&headers.number, Gives::Number),
        (&headers.name, Gives::Name),
        (&headers.class, Gives::Class),
        (&headers.grade, Gives::Grade),
        (&headers.subject, Gives::Subject),
        (&headers.score, Gives::Score),
        (&headers.full, Gives::Full),
        (&headers.exam, Gives::Exam),
        (&headers.date, Gives::Date),
    ] {
        add(words, gives);
    }
    for (subject, words) in &file.subjects {
        add(std::slice::from_ref(subject), Gives::Of(subject.clone()));
        add(words, Gives::Of(subject.clone()));
    }
    known
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn shipped() -> ScoreWords {
        let text = include_str!("../../../data-template/import/scores.toml");
        ScoreWords::parse(SCORE_WORDS, text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn a_subject_is_found_under_whatever_heads_its_column() {
        let words = shipped();
        for (header, subject) in [
            ("语文", "语文"),
            ("语　文", "语文"),
            ("语文成绩", "语文"),
            ("期末语文得分", "语文"),
            ("数学（满分120分）", "数学"),
            ("数学/120", "数学"),
            ("外语", "英语"),
            ("道法", "道德与法治"),
            ("Math", "数学"),
            ("信息技术考试", "信息科技"),
            ("体育", "体育"),
            ("体育与健康", "体育"),
        ] {
            assert_eq!(words.gives(header), Gives::Of(subject.to_owned()), "{header}");
        }
    }

    #[test]
    fn sums_means_and_ranks_are_no_subjects() {
        let words = shipped();
        for header in [
            "总分",
            "总成绩",
            "平均分",
            "语数英总分",
            "名次",
            "班级排名",
            "语文名次",
            "数学班级排名",
            "优秀率",
            "序号",
            "进退步",
        ] {
            assert_eq!(words.gives(header), Gives::Ignored, "{header}");
        }
        assert_eq!(words.gives("机器人"), Gives::Unknown);
    }
}
