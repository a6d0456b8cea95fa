//! The terms and holidays of an invented school, and the days on which things happen in them.

use super::lore::{Every, Rhythm, Rhythms};
use crate::model::{Day, Stretch, school_year_on};

pub(super) struct Calendar {
    /// The oldest first; the day that the school stands at lies in the last one, or in the holiday behind it.
    pub terms: Vec<Stretch>,
    /// The holiday behind each term.
    pub holidays: Vec<Stretch>,
}

impl Calendar {
    /// So many terms, counted back from the one that the day lies in or follows.
    pub fn until(day: Day, count: usize) -> Calendar {
        let mut year = school_year_on(day);
        let mut autumn = day < autumn_and_spring(year).1.from;
        let (mut terms, mut holidays) = (Vec::new(), Vec::new());
        for _ in 0..count.max(1) {
            let (first, second) = autumn_and_spring(year);
            let after = autumn_and_spring(year + 1).0.from.plus(-1);
            if autumn {
                holidays.push(stretch(format!("{}-winter", year + 1), first.until.plus(1), second.from.plus(-1)));
                terms.push(first);
                year -= 1;
            } else {
                holidays.push(stretch(format!("{}-summer", year + 1), second.until.plus(1), after));
                terms.push(second);
            }
            autumn = !autumn;
        }
        terms.reverse();
        holidays.reverse();
        Calendar { terms, holidays }
    }

    /// The term in whose folder a day's records are kept.
    pub fn term_at(&self, day: Day) -> usize {
        self.terms.iter().rposition(|term| term.from <= day).unwrap_or(0)
    }

    /// The stretches of a term (or the holiday behind it) in which a rhythm comes about.
    pub fn periods(&self, term: usize, every: Every) -> Vec<(Day, Day)> {
        let (from, until) = (self.terms[term].from, self.terms[term].until);
        let middle = from.plus(until.days_since(from) / 2);
        match every {
            Every::Week => in_steps(from, until, |start| start.plus(7)),
            Every::HalfMonth => in_steps(from, until, |start| match start.of_month() {
                ..=15 => start.month_start().plus(15),
                _ => next_month(start),
            }),
            Every::Month => in_steps(from, until, next_month),
            Every::HalfTerm => vec![(from, middle), (middle.plus(1), until)],
            Every::Term => vec![(from, until)],
            Every::Holiday => vec![(self.holidays[term].from, self.holidays[term].until)],
            Every::Birthday => vec![(from, self.holidays[term].until)],
            Every::Festival => Vec::new(),
        }
    }

    /// The festivals of a rhythm that fall into a term or the holiday behind it, with the school day to mark each.
    pub fn festivals<'a>(&self, term: usize, rhythm: &'a Rhythm, rhythms: &Rhythms) -> Vec<(&'a str, Day)> {
        let (from, until) = (self.terms[term].from, self.holidays[term].until);
        let mut found = Vec::new();
        for name in &rhythm.festivals {
            for text in rhythms.festivals.get(name).into_iter().flatten() {
                let days = (from.year()..=until.year()).filter_map(|year| festival_in(text, year));
                let marked = days.map(school_day_until).find(|day| from <= *day && *day <= until);
                found.extend(marked.map(|day| (name.as_str(), day)));
            }
        }
        found
    }
}

/// A festival's day in a year, from the whole date or the month and day alone.
fn festival_in(text: &str, year: i32) -> Option<Day> {
    let dated = if text.len() == 5 { format!("{year}-{text}") } else { text.to_owned() };
    dated.parse::<Day>().ok().filter(|day| day.year() == year)
}

fn school_day_until(day: Day) -> Day {
    (0..8).map(|back| day.plus(-back)).find(|day| is_school_day(*day)).unwrap_or(day)
}

/// A working day outside the holidays of National Day, Labour Day and New Year.
pub(super) fn is_school_day(day: Day) -> bool {
    day.weekday() < 5 && !matches!((day.month(), day.of_month()), (10, 1..=7) | (5, 1..=5) | (1, 1))
}

/// The days of a stretch on which a rhythm can come about.
pub(super) fn days_for(rhythm: &Rhythm, from: Day, until: Day) -> Vec<Day> {
    let anyday = rhythm.weekend || rhythm.every == Every::Holiday;
    (0..=until.days_since(from))
        .map(|days| from.plus(days))
        .filter(|day| anyday || is_school_day(*day))
        .filter(|day| rhythm.months.is_empty() || rhythm.months.contains(&day.month()))
        .collect()
}

fn in_steps(from: Day, until: Day, next: impl Fn(Day) -> Day) -> Vec<(Day, Day)> {
    let mut periods = Vec::new();
    let mut start = from;
    while start <= until {
        let end = next(start).plus(-1);
        periods.push((start, end.min(until)));
        start = end.plus(1);
    }
    periods
}

fn next_month(day: Day) -> Day {
    day.month_start().plus(31).month_start()
}

fn autumn_and_spring(year: i32) -> (Stretch, Stretch) {
    let day = |year, month, day| Day::new(year, month, day).expect("every year has the day");
    (
        stretch(format!("{year}-autumn"), day(year, 9, 1), day(year + 1, 1, 20)),
        stretch(format!("{}-spring", year + 1), day(year + 1, 2, 20), day(year + 1, 7, 5)),
    )
}

fn stretch(name: String, from: Day, until: Day) -> Stretch {
    Stretch { name, from, until }
}
