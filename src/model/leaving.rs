//! When a child has left, and until when its record is kept.

use super::{Day, Student};

impl Student {
    /// The last day at this school, of a child who is gone on the day asked about and is not expected back.
    pub fn left_before(&self, day: Day) -> Option<Day> {
        let last = self.enrolment.iter().map(|spell| spell.until).collect::<Option<Vec<Day>>>()?.into_iter().max()?;
        (last < day).then_some(last)
    }
}

/// The first day on which a record may be forgotten, so many years after the last day at school.
pub fn kept_until(left: Day, years: u32) -> Day {
    let year = left.year() + i32::try_from(years).unwrap_or(i32::MAX / 2);
    // The 29th of February has no anniversary in most years.
    let anniversary = Day::new(year, left.month(), left.of_month());
    anniversary.or_else(|| Day::new(year, left.month() + 1, 1)).unwrap_or(left).plus(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Spell, When};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn who_may_come_back_or_never_began_has_not_left() {
        let mut child = Student::new("aaaaaa".parse().unwrap(), "王小明");
        assert_eq!(child.left_before(day("2030-01-01")), None);
        child.enrolment.push(Spell { from: Some(When::Day(day("2020-09-01"))), until: Some(day("2022-07-08")) });
        assert_eq!(child.left_before(day("2022-07-08")), None, "that is the last day at school");
        assert_eq!(child.left_before(day("2022-07-09")), Some(day("2022-07-08")));
        child.enrolment.push(Spell::since(day("2023-03-01")));
        assert_eq!(child.left_before(day("2030-01-01")), None);
    }

    #[test]
    fn the_years_are_over_on_the_day_behind_the_anniversary() {
        assert_eq!(kept_until(day("2020-07-08"), 6), day("2026-07-09"));
        assert_eq!(kept_until(day("2020-02-29"), 6), day("2026-03-02"));
        assert_eq!(kept_until(day("2020-07-08"), u32::MAX), day("2020-07-09"));
    }
}
