//! How often the school was in touch with children and families: day by day as a calendar, and week by week.

use super::Source;
use crate::assess::figures::{Contacts, contacts_by_week};
use crate::model::Day;
use crate::report::speaking::Speaking;
use crate::report::{Block, Chart, ChartKind, Series, ShadeMap};

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let weeks = contacts_by_week(source.snapshot, source.rules, source.now.term, source.now.span);
    vec![Block::Map(calendar(source, &weeks)), Block::Chart(by_week(source, &weeks))]
}

/// A row a week from Monday to Sunday, as on a calendar; the weeks of the term begin on its first day, whichever that is.
fn calendar(source: &Source, weeks: &[Contacts]) -> ShadeMap {
    let mut rows: Vec<(String, Vec<Option<f64>>)> = Vec::new();
    let mut monday = None;
    for (day, times) in weeks.iter().flat_map(Contacts::days) {
        let of_week = day.plus(-i64::from(day.weekday()));
        if monday != Some(of_week) {
            monday = Some(of_week);
            rows.push((short(of_week), vec![None; 7]));
        }
        if let Some((_, row)) = rows.last_mut() {
            row[day.weekday() as usize] = Some(f64::from(times));
        }
    }
    ShadeMap {
        key: "contact-calendar".to_owned(),
        caption: source.word("term-contact-calendar"),
        corner: source.word("term-week-from"),
        columns: (1..=7).map(|number| source.word(&format!("weekday-{number}"))).collect(),
        rows,
        unit: source.word("term-contact-unit"),
    }
}

/// Month and day: the year stands at the head of the report.
fn short(day: Day) -> String {
    format!("{:02}-{:02}", day.month(), day.of_month())
}

fn by_week(source: &Source, weeks: &[Contacts]) -> Chart {
    Chart {
        key: "contacts".to_owned(),
        caption: source.word("term-contacts"),
        kind: ChartKind::Lines,
        categories: weeks.iter().map(|week| source.say("term-week", &[("week", &week.week.to_string())])).collect(),
        series: vec![
            Series {
                label: source.word("term-contact-times"),
                values: weeks.iter().map(|week| Some(f64::from(week.times))).collect(),
            },
            Series {
                label: source.word("term-contact-children"),
                values: weeks.iter().map(|week| Some(f64::from(week.children))).collect(),
            },
        ],
        unit: String::new(),
    }
}
