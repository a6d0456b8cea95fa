//! The agenda as a calendar file (RFC 5545): all-day events, which a second import updates. They hold names and types,
//! and none of the words that a teacher wrote.

use icalendar::{Calendar, Component, Event, EventLike};

use super::safe::visible;
use crate::model::Day;

/// One day of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The same whenever the thing is due.
    pub key: String,
    pub day: Day,
    pub summary: String,
    pub category: String,
}

/// The file of a school's days, as the day has them.
pub fn calendar(school: &str, title: &str, days: &[CalendarDay], day: Day) -> String {
    // Two schools in one calendar have the same codes of commitments.
    let school = &blake3::hash(school.as_bytes()).to_hex()[..12];
    let stamp = day.naive().and_hms_opt(0, 0, 0).expect("midnight is a time").and_utc();
    let first = Day::new(2000, 1, 1).expect("a first of January");
    let mut calendar = Calendar::new();
    calendar.name(&visible(title));
    for one in days {
        let uid = blake3::hash(one.key.as_bytes()).to_hex();
        let mut event = Event::new();
        event
            .uid(&format!("{}@{school}.guanai", &uid[..24]))
            .timestamp(stamp)
            // A later file has the greater number, by which a calendar program knows that it is an update.
            .sequence(day.days_since(first).max(0) as u32)
            .starts(one.day.naive())
            // The end of an all-day event is the first day that is no part of it.
            .ends(one.day.plus(1).naive())
            .summary(&visible(&one.summary))
            .add_property("CATEGORIES", visible(&one.category))
            .add_property("TRANSP", "TRANSPARENT");
        calendar.push(event.done());
    }
    calendar.done().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> CalendarDay {
        CalendarDay {
            key: "follow-up-a1".into(),
            day: day.parse().unwrap(),
            summary: "家访: 王小明, 甲;乙\n丙".into(),
            category: "家访".into(),
        }
    }

    fn uid(file: &str) -> String {
        file.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned()
    }

    #[test]
    fn a_thing_that_moves_keeps_its_uid_and_the_same_days_give_the_same_bytes() {
        let day: Day = "2026-11-24".parse().unwrap();
        let file = |due: &str| calendar("青石小学", "要到期的事", &[on(due)], day);
        assert_eq!(uid(&file("2026-11-30")), uid(&file("2026-12-07")));
        assert_eq!(file("2026-11-30"), file("2026-11-30"));
        assert_ne!(uid(&file("2026-11-30")), uid(&calendar("龙潭小学", "x", &[on("2026-11-30")], day)));
        let file = file("2026-11-30");
        assert!(file.contains("DTSTART;VALUE=DATE:20261130"), "{file}");
        assert!(file.contains("DTEND;VALUE=DATE:20261201"), "{file}");
    }
}
