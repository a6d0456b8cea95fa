//! A class is named by the year in which its children entered school; the grade follows from the day asked about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Day;

/// The month in which a school year begins.
const SCHOOL_YEAR_STARTS: u32 = 9;

/// The calendar year in which the school year of `day` began (1 September).
pub fn school_year_on(day: Day) -> i32 {
    day.year() - i32::from(day.month() < SCHOOL_YEAR_STARTS)
}

/// A class: cohort (year of entry) and number, written `2023-2`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Class {
    pub cohort: i32,
    pub number: u32,
}

impl Class {
    /// The class of a grade (1 to 9) as the school year of `day` has it.
    pub fn of_grade(grade: u32, number: u32, day: Day) -> Class {
        Class { cohort: school_year_on(day) - grade as i32 + 1, number }
    }

    /// The grade on a day: 1 in the first year; below 1 before entry, past the school's years after leaving.
    pub fn grade_on(self, day: Day) -> i32 {
        school_year_on(day) - self.cohort + 1
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.cohort, self.number)
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that does not name a class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a class such as 2023-2 (year of entry - class)")]
pub struct NotAClass(pub String);

impl FromStr for Class {
    type Err = NotAClass;

    fn from_str(text: &str) -> Result<Class, NotAClass> {
        let wrong = || NotAClass(text.to_owned());
        let (cohort, number) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |part: &str, longest: usize| {
            !part.is_empty() && part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if cohort.len() != 4 || !digits(cohort, 4) || !digits(number, 2) {
            return Err(wrong());
        }
        let (cohort, number) = (cohort.parse().map_err(|_| wrong())?, number.parse().map_err(|_| wrong())?);
        // A year of entry has four digits: one that begins with 0 would be written with fewer.
        if number == 0 || cohort < 1000 { Err(wrong()) } else { Ok(Class { cohort, number }) }
    }
}

impl TryFrom<String> for Class {
    type Error = NotAClass;

    fn try_from(text: String) -> Result<Class, NotAClass> {
        text.parse()
    }
}

impl From<Class> for String {
    fn from(class: Class) -> String {
        class.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_moves_up_on_the_first_of_september() {
        let class: Class = "2023-2".parse().unwrap();
        assert_eq!(class.grade_on("2026-08-31".parse().unwrap()), 3);
        assert_eq!(class.grade_on("2026-09-01".parse().unwrap()), 4);
        assert_eq!(Class::of_grade(4, 2, "2026-09-10".parse().unwrap()), class);
        assert_eq!(Class::of_grade(4, 2, "2027-05-10".parse().unwrap()), class);
    }

    #[test]
    fn only_cohort_and_number_make_a_class() {
        for wrong in ["2023", "2023-", "2023-0", "23-1", "2023-1-1", "2023-x", "-1"] {
            assert!(wrong.parse::<Class>().is_err(), "{wrong} was read");
        }
    }
}
