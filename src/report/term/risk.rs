//! The levels of risk through the term, and which indicators make them. A level of few children is drawn with its
//! neighbour, and its number stands nowhere.

use std::ops::Range;

use super::fold::{folded, is_few, withheld};
use super::{Source, count};
use crate::assess::figures::{LevelCount, RiskCount, level_counts};
use crate::model::{Day, Level};
use crate::report::few;
use crate::report::listing::indicator_label;
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Chart, ChartKind, Column, Series, Table};

/// From the gravest: the order in which levels are drawn.
const ORDER: [Level; 4] = [Level::High, Level::Medium, Level::Watch, Level::None];
/// So many days the course shows at most: each costs an assessment of the whole school.
const MOST_DAYS: usize = 6;

/// How many children were at each level, on some days up to the report's.
pub(super) struct Course {
    days: Vec<(Day, [u32; 4])>,
    /// Which levels are drawn as one, so that none of few children is drawn alone on any of the days.
    groups: Vec<Range<usize>>,
}

impl Course {
    /// On the last day of the term before, or the day since when it is asked for; on the last days of the months
    /// behind it and inside of the term; and on the day of the report.
    pub(super) fn of(source: &Source, since: Option<Day>, now: &RiskCount, before: Option<&RiskCount>) -> Course {
        let last = source.now.day;
        let known = source.before.as_ref().zip(before).map(|(judged, counts)| (judged.day, counts));
        let first = since.map(|day| day.min(last)).or(known.map(|(day, _)| day));
        let counts_on = |day: Day| match known {
            _ if day == last => in_order(&now.computed),
            Some((known, counts)) if day == known => in_order(&counts.computed),
            _ => in_order(&level_counts(source.snapshot, source.rules, day)),
        };
        let days: Vec<(Day, [u32; 4])> = days(first, since.unwrap_or(source.now.term.from), last)
            .into_iter()
            .map(|day| (day, counts_on(day)))
            .collect();
        // The term before stands in the table of the main numbers, drawn or not.
        let folded_by =
            days.iter().map(|(_, counts)| *counts).chain(known.map(|(_, counts)| in_order(&counts.computed)));
        Course { groups: few::grouped(&folded_by.map(Vec::from).collect::<Vec<_>>()), days }
    }

    /// How many children are of level high, medium, watch and none, in words that give no few of them away.
    pub(super) fn cells(&self, source: &Source, risk: &RiskCount) -> [Cell; 4] {
        let counts = in_order(&risk.computed);
        let folds = counts.iter().any(|number| is_few(*number));
        std::array::from_fn(|at| {
            let stands_alone = self.groups.iter().any(|group| group.len() == 1 && group.start == at);
            match counts[at] {
                number if is_few(number) => folded(source, number),
                number if stands_alone || !folds || number == 0 => count(number),
                _ => withheld(source),
            }
        })
    }

    pub(super) fn block(&self, source: &Source) -> Block {
        if self.groups.len() < 2 {
            return Block::Note(source.word("term-risk-course-few"));
        }
        let label = |group: &Range<usize>| {
            let names: Vec<String> = ORDER[group.clone()].iter().map(|level| source.word(&level.key())).collect();
            names.join(&source.word("report-list-join"))
        };
        let sum = |counts: &[u32; 4], group: &Range<usize>| Some(f64::from(counts[group.clone()].iter().sum::<u32>()));
        let series = |group: &Range<usize>| Series {
            label: label(group),
            values: self.days.iter().map(|(_, counts)| sum(counts, group)).collect(),
        };
        Block::Chart(Chart {
            key: "risk-levels".to_owned(),
            caption: source.word("term-risk-course"),
            kind: ChartKind::StackedBars,
            categories: self.days.iter().map(|(day, _)| day.to_string()).collect(),
            series: self.groups.iter().map(series).collect(),
            unit: source.word("term-people"),
        })
    }
}

/// Children at risk; withheld where those who are not are few, as the roll would give them away.
pub(super) fn at_risk(source: &Source, risk: &RiskCount) -> Cell {
    let [high, medium, watch, none] = in_order(&risk.computed);
    if is_few(none) { withheld(source) } else { folded(source, high + medium + watch) }
}

fn in_order(counts: &LevelCount) -> [u32; 4] {
    ORDER.map(|level| counts.get(&level).copied().unwrap_or(0))
}

/// A first day where there is one, the ends of months from a day on, and the last day: as many as are drawn, evenly, with
/// the first and the last of them.
fn days(first: Option<Day>, begin: Day, last: Day) -> Vec<Day> {
    let mut days: Vec<Day> = first.into_iter().collect();
    let mut month = last.month_start();
    while begin < month && days.len() < 1200 {
        days.push(month.plus(-1));
        month = month.plus(-1).month_start();
    }
    days.push(last);
    days.retain(|day| Some(*day) == first || *day == last || begin < *day);
    days.sort_unstable();
    days.dedup();
    if days.len() <= MOST_DAYS {
        return days;
    }
    let step = (days.len() - 1) as f64 / (MOST_DAYS - 1) as f64;
    (0..MOST_DAYS).map(|at| days[(at as f64 * step).round() as usize]).collect()
}

/// Which indicators fire most, and of how many children each cannot be known.
pub(super) fn indicators(source: &Source, risk: &RiskCount) -> Table {
    let columns = vec![
        Column::left("indicator", source.word("column-indicator")),
        Column::right("children", source.word("term-children")),
        Column::right("unknown", source.word("report-unknown")),
    ];
    let mut table = Table::new("indicators", source.word("term-indicators"), columns);
    let mut ids: Vec<&String> = risk.fired.keys().chain(risk.not_known.keys()).collect();
    ids.sort_by_key(|id| (std::cmp::Reverse(risk.fired.get(*id).copied().unwrap_or(0)), (*id).clone()));
    ids.dedup();
    for id in ids {
        table.rows.push(vec![
            Cell::code(id.clone(), indicator_label(source.rules, id, source.lang)),
            folded(source, risk.fired.get(id).copied().unwrap_or(0)),
            folded(source, risk.not_known.get(id).copied().unwrap_or(0)),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_course_goes_by_ends_of_months_from_the_term_before_to_the_day() {
        let found = days(Some(day("2026-07-03")), day("2026-09-01"), day("2026-11-24"));
        assert_eq!(found, ["2026-07-03", "2026-09-30", "2026-10-31", "2026-11-24"].map(day));
        assert_eq!(days(None, day("2026-09-01"), day("2026-09-20")), [day("2026-09-20")]);
        assert_eq!(days(None, day("2026-09-01"), day("2026-10-31")), ["2026-09-30", "2026-10-31"].map(day));
    }

    #[test]
    fn a_long_course_keeps_its_ends_and_no_more_than_six_days() {
        let found = days(Some(day("2020-09-01")), day("2020-09-01"), day("2026-11-24"));
        assert_eq!(found.len(), MOST_DAYS);
        assert_eq!((found[0], found[MOST_DAYS - 1]), (day("2020-09-01"), day("2026-11-24")));
        assert_eq!(days(Some(day("2026-11-24")), day("2026-11-24"), day("2026-11-24")), [day("2026-11-24")]);
    }
}
