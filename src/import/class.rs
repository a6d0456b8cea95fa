//! Classes as forms write them: `四年级2班`, `四(2)班`, `402`, `4.2`, `2023级2班`. Grade and class may stand apart.

use super::fold::folded;
use super::synonyms::Signs;
use crate::model::{Class, Day};

/// What a cell says of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Named {
    pub year: Option<Year>,
    pub number: Option<u32>,
}

/// The year that a class is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Grade(u32),
    /// The calendar year in which the children entered school.
    Cohort(i32),
}

impl Named {
    /// The class on a day, where the school has such a grade. A grade alone is its only class.
    pub(super) fn on(self, day: Day, school_years: u32) -> Option<Class> {
        let number = self.number.unwrap_or(1);
        let class = match self.year? {
            Year::Grade(grade) if (1..=school_years).contains(&grade) => Class::of_grade(grade, number, day),
            Year::Grade(_) => return None,
            Year::Cohort(cohort) => Class { cohort, number },
        };
        let grade = u32::try_from(class.grade_on(day)).ok()?;
        ((1..=school_years).contains(&grade) && (1..=99).contains(&number)).then_some(class)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// A number, and how many digits it was written with; none for numerals.
    Number(u32, usize),
    Grade,
    Cohort,
    Class,
    Parting,
}

/// A grade and class in one cell; also one of them alone.
pub(super) fn named(text: &str, signs: &Signs) -> Option<Named> {
    use Token::{Class, Cohort, Grade, Number, Parting};
    let tokens = tokens(&folded(text), signs)?;
    let mut inner = &tokens[..];
    while let [Parting, rest @ ..] | [rest @ .., Parting] = inner {
        inner = rest;
    }
    let worded: Vec<Token> = inner.iter().copied().filter(|token| *token != Parting).collect();
    let graded = |grade: u32, number: Option<u32>| Some(Named { year: Some(Year::Grade(grade)), number });
    match (&worded[..], inner) {
        ([Number(grade, ..=2), Grade], _) => graded(*grade, None),
        (
            [Number(grade, ..=2), Grade, Number(number, _)] | [Number(grade, ..=2), Grade, Number(number, _), Class],
            _,
        ) => graded(*grade, Some(*number)),
        ([Number(cohort, 4), Cohort], _) => Some(Named { year: cohort_of(*cohort), number: None }),
        ([Number(cohort, 4), Cohort, Number(number, _)] | [Number(cohort, 4), Cohort, Number(number, _), Class], _)
        | (_, [Number(cohort, 4), Parting, Number(number, ..=2)]) => {
            Some(Named { year: cohort_of(*cohort), number: Some(*number) })
        }
        ([Number(number, ..=2), Class], _) => Some(Named { year: None, number: Some(*number) }),
        ([Number(both, 3)] | [Number(both, 3), Class], _) => graded(both / 100, Some(both % 100)),
        // Two numbers side by side: 四2, 四二, 4.2, 四(2).
        ([Number(grade, ..=2), Number(number, ..=2)] | [Number(grade, ..=2), Number(number, ..=2), Class], _) => {
            graded(*grade, Some(*number))
        }
        _ => None,
    }
}

/// A cell of a column of grades: `四年级`, `4`, `四`, `2023级`.
pub(super) fn grade(text: &str, signs: &Signs) -> Option<Year> {
    match tokens(&folded(text), signs)?[..] {
        [Token::Number(grade, ..=2)] => Some(Year::Grade(grade)),
        _ => named(text, signs)?.year,
    }
}

/// A cell of a column of classes beside a column of grades: `2班`, `(2)`, `2`; or the whole of it.
pub(super) fn beside_grade(text: &str, signs: &Signs) -> Option<Named> {
    let numbers: Vec<Token> =
        tokens(&folded(text), signs)?.into_iter().filter(|token| *token != Token::Parting).collect();
    match numbers[..] {
        [Token::Number(number, ..=2)] => Some(Named { year: None, number: Some(number) }),
        _ => named(text, signs),
    }
}

fn cohort_of(year: u32) -> Option<Year> {
    i32::try_from(year).ok().map(Year::Cohort)
}

/// Nothing where a text holds anything that no class is named by.
fn tokens(text: &str, signs: &Signs) -> Option<Vec<Token>> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let mut rest = signs.before_grade.iter().find_map(|word| text.strip_prefix(word.as_str())).unwrap_or(text);
    let words = [(&signs.grade, Token::Grade), (&signs.class, Token::Class), (&signs.cohort, Token::Cohort)];
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let word = words.iter().find_map(|(words, token)| {
            words.iter().find_map(|word| rest.strip_prefix(word.as_str())).map(|after| (*token, after))
        });
        let (token, after) = match word {
            Some(found) => found,
            None if first.is_ascii_digit() => digits(rest)?,
            None if first == signs.ten || signs.numeral(first).is_some() => numeral(rest, signs),
            None if is_parting(first) => (Token::Parting, &rest[first.len_utf8()..]),
            None => return None,
        };
        tokens.push(token);
        rest = after;
    }
    Some(tokens)
}

fn is_parting(letter: char) -> bool {
    matches!(
        letter,
        '(' | ')' | '[' | ']' | '.' | '-' | '/' | '、' | '·' | '〔' | '〕' | '【' | '】' | '—' | '_' | '#' | '<' | '>'
    )
}

fn digits(text: &str) -> Option<(Token, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    Some((Token::Number(text[..end].parse().ok()?, end), &text[end..]))
}

/// One numeral, or a number from 10 to 99 that is written with ten.
fn numeral<'a>(text: &'a str, signs: &Signs) -> (Token, &'a str) {
    let mut rest = text;
    let mut next = |wanted: &dyn Fn(char) -> Option<u32>| {
        let first = rest.chars().next()?;
        let value = wanted(first)?;
        rest = &rest[first.len_utf8()..];
        Some(value)
    };
    let numeral = |letter: char| signs.numeral(letter);
    let ten = |letter: char| (letter == signs.ten).then_some(10);
    let first = next(&numeral);
    let value = match (first, next(&ten)) {
        (Some(units), None) => units,
        (tens, _) => tens.unwrap_or(1) * 10 + next(&numeral).unwrap_or(0),
    };
    (Token::Number(value, 0), rest)
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::tests::shipped;
    use super::*;

    fn class(text: &str) -> Option<String> {
        let class = named(text, &shipped().signs)?.on("2026-09-10".parse().unwrap(), 6)?;
        Some(class.to_string())
    }

    #[test]
    fn every_way_of_writing_a_class_gives_the_class() {
        for text in [
            "四年级2班",
            "四(2)班",
            "四（2）班",
            "四年级（二）班",
            "4年级2班",
            "402",
            "402.0",
            "4.2",
            "4-2",
            "四2班",
            "四二班",
            "四.二",
            "2023级2班",
            "2023级(2)班",
            "2023级（二）班",
            "2023-2",
            "四年二班",
            "小学四年级2班",
            "小四(2)班",
            "四 年 级 2 班",
            "４年级２班",
            "【四】(2)",
            "四年级(2)",
            "4（2）班",
            "402班",
            "四年级2",
            "四年级02班",
        ] {
            assert_eq!(class(text).as_deref(), Some("2023-2"), "{text}");
        }
        assert_eq!(class("一年级").as_deref(), Some("2026-1"));
        assert_eq!(class("二年级（十一）班").as_deref(), Some("2025-11"));
    }

    #[test]
    fn what_is_no_class_of_the_school_is_refused() {
        for text in [
            "九年级8班",
            "0年级1班",
            "学前班",
            "2班",
            "班",
            "2010级1班",
            "2027级1班",
            "四年级0班",
            "42班",
            "4.2.1",
            "999",
            "",
        ] {
            assert_eq!(class(text), None, "{text}");
        }
    }

    #[test]
    fn grade_and_class_may_stand_in_two_columns() {
        let signs = shipped().signs;
        for text in ["四年级", "4", "四", "4年级"] {
            assert_eq!(grade(text, &signs), Some(Year::Grade(4)), "{text}");
        }
        assert_eq!(grade("2023级", &signs), Some(Year::Cohort(2023)));
        for text in ["2班", "(2)班", "2", "二", "二班", "（二）"] {
            assert_eq!(beside_grade(text, &signs), Some(Named { year: None, number: Some(2) }), "{text}");
        }
        assert_eq!(beside_grade("四(2)班", &signs).unwrap().year, Some(Year::Grade(4)));
    }
}
