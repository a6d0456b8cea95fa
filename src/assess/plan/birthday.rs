//! The days on which a birthday is cared for.

use super::Period;
use crate::model::{Day, School};

/// The next birthday on a day or after it; one born on 29 February has it on 1 March in other years.
pub fn on_or_after(born: Day, day: Day) -> Day {
    let in_year = |year: i32| {
        Day::new(year, born.month(), born.of_month()).or_else(|| Day::new(year, 3, 1)).expect("every year has a March")
    };
    let this_year = in_year(day.year());
    if day <= this_year { this_year } else { in_year(day.year() + 1) }
}

/// So many days either side of a birthday, and the whole of the holiday that it lies in.
pub(super) fn care(school: &School, birthday: Day, days: i64) -> Period {
    let (mut from, mut until) = (birthday.plus(-days), birthday.plus(days));
    if let Some(holiday) = school.holiday_on(birthday) {
        from = from.min(holiday.from);
        until = until.max(holiday.until);
    }
    Period { from, until, name: birthday.to_string().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_child_has_a_birthday_every_year() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (born, asked, wanted) in [
            ("2016-02-29", "2027-02-20", "2027-03-01"),
            ("2016-02-29", "2028-02-20", "2028-02-29"),
            ("2016-11-24", "2026-11-24", "2026-11-24"),
            ("2016-11-23", "2026-11-24", "2027-11-23"),
        ] {
            assert_eq!(on_or_after(day(born), day(asked)), day(wanted), "{born} {asked}");
        }
    }
}
