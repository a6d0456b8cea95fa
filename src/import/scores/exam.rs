//! Which exam a text names: its kind, what tells it from others, its day, its term. Only what is unmistakable counts.

use super::words::{ScoreWords, plain};
use crate::import::date::{Stated, date};
use crate::import::sheet::Cell;
use crate::import::synonyms::Signs;
use crate::model::{Day, ExamSaid, Half};

impl ScoreWords {
    /// What a title, the name of a sheet or a word on the command line says of an exam.
    pub(super) fn exam_in(&self, text: &str, signs: &Signs) -> ExamSaid {
        let text = plain(text);
        let half = self.half_in(&text, signs);
        let day = day_in(&text, signs);
        let Some((kind, name)) = self.kind_in(&text) else { return ExamSaid { half, day, ..ExamSaid::default() } };
        let once = self.exam.once_a_term.contains(&kind);
        let told = once || name.contains(|letter| self.is_number(letter));
        ExamSaid { kind: Some(kind), name: if once { String::new() } else { name }, day, half, told, by_person: false }
    }

    /// Whether the kind of an exam alone says which one of the term it is.
    pub fn is_once_a_term(&self, kind: &str) -> bool {
        self.exam.once_a_term.iter().any(|one| one == kind)
    }

    /// Whether a name has a number that tells it from others of its kind.
    pub fn is_numbered(&self, name: &str) -> bool {
        plain(name).contains(|letter| self.is_number(letter))
    }

    fn is_number(&self, letter: char) -> bool {
        self.exam.numerals.contains(letter)
    }

    /// The kind of the exam, and its name. Nothing where two that there are once a term are named.
    fn kind_in(&self, text: &str) -> Option<(String, String)> {
        let found = |kind: &String| {
            let words = self.exam.kinds.get(kind)?;
            words.iter().filter_map(|word| Some((text.find(plain(word).as_str())?, plain(word)))).min()
        };
        let once: Vec<(&String, (usize, String))> =
            self.exam.once_a_term.iter().filter_map(|kind| Some((kind, found(kind)?))).collect();
        let rehearsal = self.exam.rehearsal.iter().find(|word| text.contains(word.as_str()));
        match (&once[..], rehearsal) {
            ([(_, (_, word))], Some(rehearsal)) => {
                Some((self.exam.rehearsal_kind.clone(), format!("{word}{rehearsal}")))
            }
            ([(kind, (_, word))], None) => Some(((*kind).clone(), word.clone())),
            ([], _) => {
                let others = self.exam.kinds.keys().filter(|kind| !self.exam.once_a_term.contains(kind));
                let first = others.filter_map(|kind| Some((found(kind)?, kind))).min()?;
                let ((at, word), kind) = first;
                Some((kind.clone(), format!("{}{word}", self.in_front(&text[..at]))))
            }
            _ => None,
        }
    }

    /// What in front of the word of an exam belongs to its name: 第二次, 10.
    fn in_front(&self, text: &str) -> String {
        let belongs = |letter: &char| self.exam.name_signs.contains(*letter) || self.is_number(*letter);
        let mut signs: Vec<char> = text.chars().rev().take_while(belongs).collect();
        signs.reverse();
        signs.into_iter().collect()
    }

    /// The half of a school year that a text names, with its year.
    fn half_in(&self, text: &str, signs: &Signs) -> Option<Half> {
        let terms = &self.exam.terms;
        let (year, behind) = year_in(text)?;
        let behind = signs.year.chars().fold(behind, |rest, sign| rest.strip_prefix(sign).unwrap_or(rest));
        let begins = |words: &[String]| words.iter().any(|word| behind.starts_with(plain(word).as_str()));
        if begins(&terms.autumn) || begins(&terms.spring) {
            return Some(Half { year, autumn: begins(&terms.autumn) });
        }
        // One letter may be part of a place's name.
        let long = |word: &&String| word.chars().count() > 1;
        let has = |words: &[String]| words.iter().filter(long).any(|word| text.contains(plain(word).as_str()));
        if has(&terms.school_year) {
            let (first, second) = (has(&terms.first) || has(&terms.autumn), has(&terms.second) || has(&terms.spring));
            return match (first, second) {
                (true, false) => Some(Half { year, autumn: true }),
                (false, true) => Some(Half { year: year + 1, autumn: false }),
                _ => None,
            };
        }
        match (has(&terms.autumn), has(&terms.spring)) {
            (true, false) => Some(Half { year, autumn: true }),
            (false, true) => Some(Half { year, autumn: false }),
            _ => None,
        }
    }
}

/// The first year of this century in a text, and what stands behind it.
fn year_in(text: &str) -> Option<(i32, &str)> {
    let digits = text.as_bytes();
    (0..digits.len().saturating_sub(3)).find_map(|at| {
        let before = at > 0 && digits[at - 1].is_ascii_digit();
        let after = digits.get(at + 4).is_some_and(u8::is_ascii_digit);
        let four = text.get(at..at + 4).filter(|four| four.bytes().all(|byte| byte.is_ascii_digit()))?;
        let year = four.parse().ok().filter(|year| (2000..2100).contains(year) && !before && !after)?;
        Some((year, &text[at + 4..]))
    })
}

/// The one whole day in a text: 2026年11月12日, 2026.11.12.
fn day_in(text: &str, signs: &Signs) -> Option<Day> {
    const LONGEST: usize = 11;
    let letters: Vec<char> = text.chars().collect();
    let starts = (0..letters.len()).filter(|at| letters[*at] == '2' && (*at == 0 || !letters[at - 1].is_ascii_digit()));
    let mut found: Vec<Day> = starts
        .filter_map(|at| {
            let ends = (at + 8..=letters.len().min(at + LONGEST)).rev();
            let day = |end: usize| {
                let more = letters.get(end).is_some_and(char::is_ascii_digit);
                let piece: String = letters[at..end].iter().collect();
                match date(&Cell::Text(piece), false, signs) {
                    Ok(Stated::Day(day)) if !more => Some(day),
                    _ => None,
                }
            };
            ends.into_iter().find_map(day)
        })
        .collect();
    found.dedup();
    if found.len() == 1 { found.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::shipped;
    use crate::import::synonyms::tests::shipped as census;
    use crate::model::Half;

    #[test]
    fn a_title_says_which_exam_it_is_of() {
        let words = shipped();
        let autumn = Some(Half { year: 2026, autumn: true });
        let spring = Some(Half { year: 2027, autumn: false });
        for (title, kind, name, half, told) in [
            ("五年级（1）班2026年秋季期末考试成绩单", Some("final"), "", autumn, true),
            ("2026—2027学年度第一学期期中检测成绩", Some("midterm"), "", autumn, true),
            ("2026-2027学年下学期期末", Some("final"), "", spring, true),
            ("2027年春季半期考试", Some("midterm"), "", spring, true),
            ("二年级第二次月考成绩表", Some("monthly"), "第二次月考", None, true),
            ("2026年10月月考", Some("monthly"), "10月月考", None, true),
            ("四（2）班月考成绩", Some("monthly"), "月考", None, false),
            ("第三单元测试", Some("monthly"), "第三单元", None, true),
            ("2026年秋季期末模拟考试", Some("other"), "期末模拟", autumn, false),
            ("期中期末成绩汇总", None, "", None, false),
            ("迎春小学2026年秋期中", Some("midterm"), "", autumn, true),
            ("2026年上学期成绩", None, "", None, false),
            ("学生成绩", None, "", None, false),
        ] {
            let said = words.exam_in(title, &census().signs);
            assert_eq!(
                (said.kind.as_deref(), said.name.as_str(), said.half, said.told),
                (kind, name, half, told),
                "{title}"
            );
        }
    }

    #[test]
    fn a_title_says_the_day_where_it_names_one_whole_day() {
        let words = shipped();
        let day = |title: &str| words.exam_in(title, &census().signs).day.map(|day| day.to_string());
        assert_eq!(day("期中考试（2026年11月12日）").as_deref(), Some("2026-11-12"));
        assert_eq!(day("期中考试 2026.11.12").as_deref(), Some("2026-11-12"));
        assert_eq!(day("期中考试 20261112").as_deref(), Some("2026-11-12"));
        assert_eq!(day("2026年11月期中考试"), None);
        assert_eq!(day("期中考试 2026-11-12 至 2026-11-13"), None);
    }
}
