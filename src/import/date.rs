//! Days as forms write them. A day that could be two days is refused, never chosen.

use super::fold::{folded, is_space};
use super::sheet::Cell;
use super::synonyms::Signs;
use crate::model::Day;

/// What a cell says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    Day(Day),
    Month(i32, u32),
    Year(i32),
}

/// Why a cell gives no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    NoSuchDay,
    /// It could be more than one day.
    Ambiguous,
    Unreadable,
}

impl DateFault {
    pub(super) fn code(self) -> &'static str {
        match self {
            DateFault::NoSuchDay => "no-such-day",
            DateFault::Ambiguous => "ambiguous-date",
            DateFault::Unreadable => "unknown-value",
        }
    }
}

/// The day, month or year that a cell states.
pub(super) fn date(cell: &Cell, from_1904: bool, signs: &Signs) -> Result<Stated, DateFault> {
    match cell {
        Cell::Date(day) => Ok(Stated::Day(*day)),
        Cell::Number(number) if is_serial(*number) => serial(*number, from_1904).ok_or(DateFault::NoSuchDay),
        _ => written(&cell.text(), signs),
    }
}

/// Years and days written as numbers lie outside: 2015, 2015.3, 201503, 20150306.
fn is_serial(number: f64) -> bool {
    (3_000.0..100_000.0).contains(&number)
}

fn serial(number: f64, from_1904: bool) -> Option<Stated> {
    const FIRST_AFTER_THE_LEAP_DAY_THAT_NEVER_WAS: f64 = 61.0;
    let start = if from_1904 { Day::new(1904, 1, 1)? } else { Day::new(1900, 3, 1)? };
    let first = if from_1904 { 0.0 } else { FIRST_AFTER_THE_LEAP_DAY_THAT_NEVER_WAS };
    Some(Stated::Day(start.plus((number.floor() - first) as i64)))
}

fn written(text: &str, signs: &Signs) -> Result<Stated, DateFault> {
    let text = with_digits(&folded(without_time(text)), signs);
    let parts: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if !text.chars().all(|letter| letter.is_ascii_digit() || is_parting(letter, signs)) {
        return Err(DateFault::Unreadable);
    }
    match parts[..] {
        [digits] => unparted(digits),
        [year, month] if year.len() == 4 => month_of(number(year)?, number(month)?),
        [year, month, day] if year.len() == 4 => day_of(number(year)?, number(month)?, number(day)?),
        [_, _] | [_, _, _] => Err(DateFault::Ambiguous),
        _ => Err(DateFault::Unreadable),
    }
}

/// `2015-03-06 00:00:00` and `2015-03-06T00:00:00` without the time.
fn without_time(text: &str) -> &str {
    let text = text.trim_matches(is_space);
    match text.find(|letter: char| letter == 'T' || is_space(letter)) {
        Some(end) if text[end..].contains([':', '：']) => &text[..end],
        _ => text,
    }
}

fn is_parting(letter: char, signs: &Signs) -> bool {
    matches!(letter, '-' | '/' | '.' | '\\' | ',' | '_' | '、' | '。' | '–' | '—' | '−' | '~')
        || [&signs.year, &signs.month, &signs.day].iter().any(|marks| marks.contains(letter))
}

/// Numerals as digits; ten is left where it does not begin or end a number below twenty.
fn with_digits(text: &str, signs: &Signs) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |letter: Option<&char>| letter.and_then(|letter| signs.numeral(*letter));
    let mut digits = String::new();
    for (place, letter) in letters.iter().enumerate() {
        if let Some(value) = signs.numeral(*letter) {
            digits.push_str(&value.to_string());
        } else if signs.zero.contains(*letter) {
            digits.push('0');
        } else if *letter == signs.ten {
            let before = place.checked_sub(1).and_then(|place| digit(letters.get(place)));
            let after = digit(letters.get(place + 1));
            digits.push_str(match (before, after) {
                (None, None) => "10",
                (None, Some(_)) => "1",
                (Some(_), None) => "0",
                (Some(_), Some(_)) => "",
            });
        } else {
            digits.push(*letter);
        }
    }
    digits
}

fn unparted(digits: &str) -> Result<Stated, DateFault> {
    let part = |from: usize, to: usize| number(&digits[from..to]);
    match digits.len() {
        8 => day_of(part(0, 4)?, part(4, 6)?, part(6, 8)?),
        6 if is_year(part(0, 4)?) => month_of(part(0, 4)?, part(4, 6)?),
        6 => Err(DateFault::Ambiguous),
        4 if is_year(part(0, 4)?) => Ok(Stated::Year(part(0, 4)? as i32)),
        _ => Err(DateFault::Unreadable),
    }
}

fn is_year(year: u32) -> bool {
    (1900..2100).contains(&year)
}

fn month_of(year: u32, month: u32) -> Result<Stated, DateFault> {
    let month_is_one = is_year(year) && (1..=12).contains(&month);
    month_is_one.then_some(Stated::Month(year as i32, month)).ok_or(DateFault::NoSuchDay)
}

fn day_of(year: u32, month: u32, day: u32) -> Result<Stated, DateFault> {
    let day = is_year(year).then(|| Day::new(year as i32, month, day)).flatten();
    day.map(Stated::Day).ok_or(DateFault::NoSuchDay)
}

fn number(digits: &str) -> Result<u32, DateFault> {
    digits.parse().map_err(|_| DateFault::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::tests::shipped;
    use super::*;

    fn text(text: &str) -> Result<Stated, DateFault> {
        date(&Cell::Text(text.to_owned()), false, &shipped().signs)
    }

    #[test]
    fn every_way_of_writing_a_day_gives_the_day() {
        let day = Ok(Stated::Day("2015-03-06".parse().unwrap()));
        for written in [
            "2015-3-6",
            "2015/03/06",
            "2015.3.6",
            "20150306",
            "2015年3月6日",
            "２０１５年３月６日",
            "2015 年 3 月 6 日",
            "2015-03-06 00:00:00",
            "2015-03-06T08:30:00",
            "2015.3.6.",
            "2015。3。6",
            "二〇一五年三月六日",
            "2015年3月6号",
        ] {
            assert_eq!(text(written), day, "{written}");
        }
        assert_eq!(text("二〇一五年十二月二十一日"), Ok(Stated::Day("2015-12-21".parse().unwrap())));
        assert_eq!(text("2015年十月三十日"), Ok(Stated::Day("2015-10-30".parse().unwrap())));
    }

    #[test]
    fn a_month_or_a_year_alone_is_told_from_a_day() {
        for written in ["201503", "2015.3", "2015-03", "2015年3月"] {
            assert_eq!(text(written), Ok(Stated::Month(2015, 3)), "{written}");
        }
        assert_eq!(text("2015年"), Ok(Stated::Year(2015)));
        assert_eq!(date(&Cell::Number(2015.3), false, &shipped().signs), Ok(Stated::Month(2015, 3)));
    }

    #[test]
    fn what_cannot_be_one_day_is_refused() {
        for (written, fault) in [
            ("15/3/6", DateFault::Ambiguous),
            ("150306", DateFault::Ambiguous),
            ("3/6/2015", DateFault::Ambiguous),
            ("15.3", DateFault::Ambiguous),
            ("2015-02-30", DateFault::NoSuchDay),
            ("20151301", DateFault::NoSuchDay),
            ("201513", DateFault::NoSuchDay),
            ("三岁", DateFault::Unreadable),
            ("2015年春节后", DateFault::Unreadable),
            ("43200", DateFault::Unreadable),
            ("1-2-3-4", DateFault::Unreadable),
        ] {
            assert_eq!(text(written), Err(fault), "{written}");
        }
    }

    #[test]
    fn numbers_of_days_count_from_1900_or_1904() {
        let signs = shipped().signs;
        let day = Ok(Stated::Day("2015-03-06".parse().unwrap()));
        assert_eq!(date(&Cell::Number(42069.0), false, &signs), day);
        assert_eq!(date(&Cell::Number(42069.5), false, &signs), day);
        assert_eq!(date(&Cell::Number(40607.0), true, &signs), day);
        assert_eq!(date(&Cell::Number(20_150_306.0), false, &signs), day);
    }
}
