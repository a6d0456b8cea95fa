//! The days of festivals (`rules/festivals.toml`): those of the common calendar, and those of the Chinese one.

use icu_calendar::types::Month;
use icu_calendar::{Date, Iso};
use serde::Deserialize;

use crate::ledger::Snapshot;
use crate::ledger::definitions::parse_toml;
use crate::model::kind::Label;
use crate::model::{Day, Outcome};

/// The definitions of the festivals.
pub const FESTIVALS: &str = "rules/festivals.toml";

/// One festival.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Written")]
pub struct Festival {
    pub name: String,
    pub label: Label,
    calendar: Calendar,
    month: u8,
    day: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calendar {
    Common,
    Chinese,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    label: Label,
    lunar: Option<String>,
    solar: Option<String>,
}

impl TryFrom<Written> for Festival {
    type Error = String;

    fn try_from(written: Written) -> Result<Festival, String> {
        let (calendar, text) = match (&written.lunar, &written.solar) {
            (Some(text), None) => (Calendar::Chinese, text),
            (None, Some(text)) => (Calendar::Common, text),
            _ => return Err(format!("{:?} needs lunar or solar, and only one", written.name)),
        };
        let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let last = if calendar == Calendar::Chinese { 30 } else { 31 };
        match parts {
            Some((month, day)) if (1..=12).contains(&month) && (1..=last).contains(&day) => {
                Ok(Festival { name: written.name, label: written.label, calendar, month, day })
            }
            _ => Err(format!("{text:?} is no month and day, such as 8-15")),
        }
    }
}

impl Festival {
    /// Its day in a year: for one of the Chinese calendar, in the Chinese year that begins in it. A leap month is not
    /// the month that it repeats. Nothing where the year has no such day.
    pub fn day_in(&self, year: i32) -> Option<Day> {
        match self.calendar {
            Calendar::Common => Day::new(year, u32::from(self.month), u32::from(self.day)),
            Calendar::Chinese => {
                let date = Date::try_new_chinese_traditional(year, Month::new(self.month), self.day).ok()?;
                let date = date.to_calendar(Iso);
                let year = date.year().extended_year();
                Day::new(year, u32::from(date.month().ordinal), u32::from(date.day_of_month().0))
            }
        }
    }

    /// Its days in a stretch.
    pub fn days_between(&self, from: Day, until: Day) -> impl Iterator<Item = Day> {
        // The last days of a Chinese year lie in the next common one.
        let years = from.year() - 1..=until.year();
        years.filter_map(|year| self.day_in(year)).filter(move |day| from <= *day && *day <= until)
    }
}

/// The festivals of a ledger; none where it has no such file.
pub fn festivals(snapshot: &Snapshot) -> Outcome<Vec<Festival>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        festival: Vec<Festival>,
    }
    if snapshot.read(FESTIVALS)?.is_none() {
        return Ok(Vec::new());
    }
    parse_toml::<File>(FESTIVALS, &snapshot.definitions().text(FESTIVALS)?).map(|file| file.festival)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn festival(calendar: Calendar, month: u8, day: u8) -> Festival {
        let label = Label { zh: "x".into(), en: "x".into(), also: Vec::new() };
        Festival { name: "x".into(), label, calendar, month, day }
    }

    #[test]
    fn festivals_of_the_chinese_calendar_fall_on_their_known_days() {
        for (month, day, dates) in [
            (1, 1, &["2000-02-05", "2020-01-25", "2024-02-10", "2026-02-17", "2027-02-06", "2033-01-31"][..]),
            (1, 15, &["2024-02-24", "2026-03-03", "2027-02-20"]),
            // 2020 and 2023 have a leap month before the fifth, 2025 one behind the sixth.
            (5, 5, &["2020-06-25", "2023-06-22", "2025-05-31", "2026-06-19", "2027-06-09"]),
            (8, 15, &["2020-10-01", "2025-10-06", "2026-09-25", "2027-09-15"]),
            (9, 9, &["2023-10-23", "2025-10-29", "2026-10-18"]),
        ] {
            for date in dates {
                let wanted: Day = date.parse().unwrap();
                assert_eq!(festival(Calendar::Chinese, month, day).day_in(wanted.year()), Some(wanted), "{date}");
            }
        }
        assert_eq!(festival(Calendar::Common, 6, 1).day_in(2027), Day::new(2027, 6, 1));
    }

    #[test]
    fn every_year_of_the_century_has_every_festival_in_its_season() {
        let file = include_str!("../../data-template/rules/festivals.toml");
        #[derive(Deserialize)]
        struct File {
            festival: Vec<Festival>,
        }
        let all = toml::from_str::<File>(file).unwrap().festival;
        assert_eq!(all.len(), 8);
        for year in 2000..=2100 {
            let spring = all[0].day_in(year).unwrap();
            assert!(Day::new(year, 1, 21) <= Some(spring) && Some(spring) <= Day::new(year, 2, 21), "{spring}");
            for one in &all {
                assert_eq!(one.day_in(year).unwrap().year(), year, "{} {year}", one.name);
            }
        }
    }
}
