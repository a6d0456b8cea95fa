//! The periods of a commitment in a term: weeks counted from its first day, months, the term, the school year.

use std::sync::Arc;

use super::rules::Every;
use crate::model::{Day, School, Stretch};

/// A period, with its name for people: `W3`, `2026-10`, the name of a term or holiday, `2026-27`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Shared by all units of the period.
    pub name: Arc<str>,
}

impl Period {
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    pub fn days(&self) -> i64 {
        self.until.days_since(self.from) + 1
    }
}

/// A month, or a stretch of so many days, of which less than this lies in the term asks for nothing.
const LEAST_DAYS: i64 = 10;

/// The school year that a term belongs to: from its first term's first day to the last day of its last holiday.
pub fn school_year(school: &School, term: &Stretch) -> Period {
    let year = crate::model::school_year_on(term.from);
    let own = |stretch: &&Stretch| crate::model::school_year_on(stretch.from) == year;
    let stretches: Vec<&Stretch> = school.term.iter().chain(&school.holiday).filter(own).collect();
    let from = stretches.iter().map(|stretch| stretch.from).min().unwrap_or(term.from);
    let until = stretches.iter().map(|stretch| stretch.until).max().unwrap_or(term.until);
    Period { from, until, name: format!("{year}-{:02}", (year + 1) % 100).into() }
}

/// The periods of a term in order. Those of a holiday are the holidays that follow the term.
pub(super) fn periods(school: &School, term: &Stretch, every: Every) -> Vec<Period> {
    let whole =
        |stretch: &Stretch| Period { from: stretch.from, until: stretch.until, name: stretch.name.as_str().into() };
    match every {
        Every::Term => vec![whole(term)],
        Every::Year => vec![school_year(school, term)],
        Every::Holiday => {
            let next = school.term.iter().map(|other| other.from).filter(|from| *from > term.until).min();
            let follows = |holiday: &&Stretch| holiday.from > term.until && next.is_none_or(|next| holiday.from < next);
            school.holiday.iter().filter(follows).map(whole).collect()
        }
        Every::Week => stretches(term, 7).into_iter().enumerate().map(named_week).collect(),
        Every::Days(days) => stretches(term, i64::from(days))
            .into_iter()
            .filter(|(from, until)| until.days_since(*from) + 1 >= LEAST_DAYS.min(i64::from(days)))
            .map(|(from, until)| Period { from, until, name: from.to_string().into() })
            .collect(),
        Every::Month => months(term),
    }
}

fn named_week((at, (from, until)): (usize, (Day, Day))) -> Period {
    Period { from, until, name: format!("W{}", at + 1).into() }
}

fn stretches(term: &Stretch, days: i64) -> Vec<(Day, Day)> {
    let mut found = Vec::new();
    let mut from = term.from;
    while from <= term.until {
        found.push((from, from.plus(days - 1).min(term.until)));
        from = from.plus(days);
    }
    found
}

fn months(term: &Stretch) -> Vec<Period> {
    let mut found = Vec::new();
    let mut first = term.from.month_start();
    while first <= term.until {
        let next = first.plus(31).month_start();
        let (from, until) = (first.max(term.from), next.plus(-1).min(term.until));
        if until.days_since(from) + 1 >= LEAST_DAYS {
            found.push(Period { from, until, name: format!("{:04}-{:02}", first.year(), first.month()).into() });
        }
        first = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school() -> School {
        toml::from_str(
            r#"
            format = 1
            school = { name = "x" }
            term = [{ name = "2026-autumn", from = 2026-09-01, until = 2027-01-22 },
                    { name = "2027-spring", from = 2027-03-01, until = 2027-07-08 }]
            holiday = [{ name = "2027-winter", from = 2027-01-23, until = 2027-02-28 },
                       { name = "2027-summer", from = 2027-07-09, until = 2027-08-31 }]
            "#,
        )
        .unwrap()
    }

    fn names(every: Every) -> Vec<String> {
        let school = school();
        periods(&school, &school.term[0], every).into_iter().map(|period| period.name.to_string()).collect()
    }

    #[test]
    fn a_term_has_its_weeks_months_holiday_and_year() {
        assert_eq!(names(Every::Month).join(" "), "2026-09 2026-10 2026-11 2026-12 2027-01");
        assert_eq!(names(Every::Week).len(), 21);
        assert_eq!(names(Every::Holiday).join(" "), "2027-winter");
        assert_eq!(names(Every::Year).join(" "), "2026-27");
        let school = school();
        let year = school_year(&school, &school.term[1]);
        assert_eq!((year.from.to_string(), year.until.to_string()), ("2026-09-01".into(), "2027-08-31".into()));
    }

    #[test]
    fn weeks_follow_one_another_and_end_with_the_term() {
        let school = school();
        let weeks = periods(&school, &school.term[0], Every::Week);
        assert!(weeks.windows(2).all(|pair| pair[0].until.plus(1) == pair[1].from));
        assert_eq!(weeks.last().unwrap().until, school.term[0].until);
    }
}
