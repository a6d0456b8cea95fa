//! Days, and moments known only to the month. Nothing here reads a clock: the day asked about is always an argument.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::value::{Date, Datetime};

/// One calendar day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of a year, month (1–12) and day of the month, or nothing where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1900..=2999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    pub fn from_naive(date: NaiveDate) -> Day {
        Day(date)
    }

    pub fn naive(self) -> NaiveDate {
        self.0
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// 1 to 31.
    pub fn of_month(self) -> u32 {
        self.0.day()
    }

    /// 0 on Monday to 6 on Sunday.
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The day so many days later (earlier where negative); the calendar's end where there is none.
    pub fn plus(self, days: i64) -> Day {
        let moved = match u64::try_from(days) {
            Ok(later) => self.0.checked_add_days(Days::new(later)),
            Err(_) => self.0.checked_sub_days(Days::new(days.unsigned_abs())),
        };
        Day(moved.unwrap_or(if days > 0 { NaiveDate::MAX } else { NaiveDate::MIN }))
    }

    /// The same day of the month so many months earlier, or the month's last day where it is shorter.
    pub fn months_before(self, months: u32) -> Day {
        Day(self.0.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN))
    }

    /// Whole days from `earlier` to this day; negative where it is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// Completed years of life on this day of somebody born on `born`.
    pub fn age_since(self, born: Day) -> i32 {
        let before_birthday = (self.month(), self.of_month()) < (born.month(), born.of_month());
        self.year() - born.year() - i32::from(before_birthday)
    }

    /// Completed months of life on this day of somebody born on `born`.
    pub fn months_since(self, born: Day) -> i32 {
        let whole = (self.year() - born.year()) * 12 + self.month() as i32 - born.month() as i32;
        whole - i32::from(self.of_month() < born.of_month())
    }

    /// The first day of this day's month.
    pub fn month_start(self) -> Day {
        Day(self.0.with_day(1).expect("every month has a first day"))
    }

    /// Reads `2026-09-10` and nothing else.
    pub fn parse_bytes(text: &[u8]) -> Option<Day> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
        };
        Day::new(i32::try_from(number(&[y1, y2, y3, y4])?).ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.of_month())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a day written as `2026-09-10`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day such as 2026-09-10")]
pub struct NotADay(pub String);

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        Day::parse_bytes(text.as_bytes()).ok_or_else(|| NotADay(text.to_owned()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let date = Date { year: self.year() as u16, month: self.month() as u8, day: self.of_month() as u8 };
        Datetime { date: Some(date), time: None, offset: None }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let written = Datetime::deserialize(deserializer)?;
        let (Some(date), None) = (written.date, written.time) else {
            return Err(D::Error::custom(format!("{written} is not a day such as 2026-09-10")));
        };
        of_date(date).ok_or_else(|| D::Error::custom(format!("{written} is not a day of the calendar")))
    }
}

fn of_date(date: Date) -> Option<Day> {
    Day::new(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

/// A moment known to the day, or only to the month (`2021-02`), as forms often give it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum When {
    Day(Day),
    /// The first day of the month that is meant.
    Month(Day),
}

impl When {
    /// The earliest day that it can mean.
    pub fn first_day(self) -> Day {
        match self {
            When::Day(day) | When::Month(day) => day,
        }
    }

    pub fn month(year: i32, month: u32) -> Option<When> {
        Day::new(year, month, 1).map(When::Month)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(day) => day.fmt(f),
            When::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
        }
    }
}

impl FromStr for When {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<When, NotADay> {
        if let Ok(day) = text.parse() {
            return Ok(When::Day(day));
        }
        format!("{text}-01").parse().map(When::Month).map_err(|_| NotADay(text.to_owned()))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            When::Day(day) => day.serialize(serializer),
            When::Month(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        deserializer.deserialize_any(WrittenWhen)
    }
}

/// Reads a day, or the text of a month.
struct WrittenWhen;

impl<'de> Visitor<'de> for WrittenWhen {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a day (2021-02-15) or a month (\"2021-02\")")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<When, E> {
        text.parse().map_err(|_| E::custom(format!("{text:?} is neither a day (2021-02-15) nor a month (\"2021-02\")")))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<When, A::Error> {
        let written = Datetime::deserialize(MapAccessDeserializer::new(map))?;
        match (written.date.and_then(of_date), written.time, written.offset) {
            (Some(day), None, None) => Ok(When::Day(day)),
            _ => self.visit_str(&written.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn only_days_that_exist_are_read() {
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for wrong in ["2026-02-30", "2026-2-3", "26-02-03", "2026-02-03 ", "", "2026/02/03"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong} was read");
        }
    }

    #[test]
    fn age_changes_on_the_birthday_and_leap_children_wait_for_march() {
        assert_eq!(day("2026-03-05").age_since(day("2016-03-06")), 9);
        assert_eq!(day("2026-03-06").age_since(day("2016-03-06")), 10);
        assert_eq!(day("2026-02-28").age_since(day("2016-02-29")), 9);
        assert_eq!(day("2026-03-01").age_since(day("2016-02-29")), 10);
    }

    #[test]
    fn a_month_is_written_as_text_and_a_day_as_a_date() {
        #[derive(Serialize, Deserialize, PartialEq, Debug)]
        struct Both {
            from: When,
            noted: When,
        }
        let both = Both { from: "2021-02".parse().unwrap(), noted: "2021-02-15".parse().unwrap() };
        let text = toml::to_string(&both).unwrap();
        assert_eq!(text, "from = \"2021-02\"\nnoted = 2021-02-15\n");
        assert_eq!(toml::from_str::<Both>(&text).unwrap(), both);
    }
}
