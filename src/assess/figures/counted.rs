//! Figures that a school's own file asks for (`rules/care.toml`): rows, days, minutes and shares of a kind; and the weeks in
//! which the parents were in touch, were not, or nobody asked.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Span;
use crate::ledger::{Log, Snapshot};
use crate::model::kind::Label;
use crate::model::{Activity, Stretch};

/// One figure. Exactly one of `rows`, `days`, `minutes`, `share` says what it is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRule {
    pub id: String,
    pub label: Label,
    pub kind: String,
    #[serde(default, rename = "where")]
    pub when: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub rows: bool,
    #[serde(default)]
    pub days: bool,
    #[serde(default)]
    pub minutes: bool,
    pub share: Option<[String; 2]>,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Number(u64),
    Share {
        met: u64,
        of: u64,
    },
    /// There are rows, and none says it.
    Unknown,
}

/// A figure over a stretch of days.
pub fn counted(snapshot: &Snapshot, rule: &FigureRule, span: Span) -> Counted {
    let holds = |log: &Log, one: &Activity| {
        rule.when.iter().all(|(field, of)| of.iter().any(|value| value == log.table.get(one.row as usize, field)))
    };
    let rows: Vec<(&Log, &Activity)> = snapshot
        .activities()
        .filter(|(_, log, one)| log.kind == rule.kind && span.covers(one.day) && holds(log, one))
        .map(|(_, log, one)| (log, one))
        .collect();
    let number =
        |(log, one): &(&Log, &Activity), field: &str| log.table.get(one.row as usize, field).parse::<u64>().ok();
    if let Some([part, whole]) = &rule.share {
        let both = rows.iter().filter_map(|row| Some((number(row, part)?, number(row, whole)?)));
        let (met, of) = both.fold((0, 0), |(met, of), (part, whole)| (met + part, of + whole));
        return if of == 0 && !rows.is_empty() { Counted::Unknown } else { Counted::Share { met, of } };
    }
    if rule.minutes {
        let known: Vec<u64> = rows.iter().filter_map(|row| number(row, "minutes")).collect();
        let is_unknown = known.is_empty() && !rows.is_empty();
        return if is_unknown { Counted::Unknown } else { Counted::Number(known.iter().sum()) };
    }
    match rule.days {
        true => Counted::Number(rows.iter().map(|(_, one)| one.day).collect::<BTreeSet<_>>().len() as u64),
        false => Counted::Number(rows.len() as u64),
    }
}

/// Which rows say whether the parents were in touch in a week.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklyRule {
    pub kind: String,
    pub field: String,
    /// Kinds any row of which says that they were.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Weeks of children: in touch, not in touch, and those of which nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeeklyContact {
    pub yes: u64,
    pub no: u64,
    pub unknown: u64,
}

/// The whole weeks of a term up to the last day, of so many children.
pub fn weekly_contact(
    snapshot: &Snapshot,
    rule: &WeeklyRule,
    children: &[u32],
    term: &Stretch,
    span: Span,
) -> WeeklyContact {
    let weeks = (span.last.days_since(term.from) + 1).max(0) / 7;
    let children: BTreeSet<u32> = children.iter().copied().collect();
    let mut known: BTreeMap<(u32, i64), bool> = BTreeMap::new();
    for (_, log, one) in snapshot.activities().filter(|(_, _, one)| term.from <= one.day && span.covers(one.day)) {
        let said = match log.table.get(one.row as usize, &rule.field) {
            _ if rule.also.contains(&log.kind) => true,
            "yes" if log.kind == rule.kind => true,
            "no" if log.kind == rule.kind => false,
            _ => continue,
        };
        let week = term.week_of(one.day);
        for child in log.students(one).iter().filter(|child| children.contains(child) && week <= weeks) {
            *known.entry((*child, week)).or_insert(false) |= said;
        }
    }
    let yes = known.values().filter(|yes| **yes).count() as u64;
    let all = children.len() as u64 * weeks as u64;
    WeeklyContact { yes, no: known.len() as u64 - yes, unknown: all - known.len() as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::boarding::care_rules;
    use crate::assess::testing::{Ledger, day};

    fn span(last: &str) -> Span {
        Span { first: day("2026-09-01"), last: day(last) }
    }

    #[test]
    fn a_week_of_which_nobody_asked_is_unknown_and_one_call_in_it_is_enough() {
        let ledger = Ledger::new()
            .student("aaaaaa", "")
            .student("bbbbbb", "")
            .log("family-call", "id,date,students,with\nr1,2026-09-02,aaaaaa,mother\nr9,2026-09-16,bbbbbb,mother\n")
            .log(
                "weekly-contact",
                "id,date,students,happened\nr2,2026-09-04,aaaaaa,no\nr3,2026-09-09,aaaaaa,no\nr4,2026-09-10,bbbbbb,\n",
            );
        let snapshot = ledger.snapshot();
        let rule = care_rules(&snapshot).unwrap().weekly_contact;
        let term = snapshot.school.term_named("2026-autumn").unwrap();
        let found = weekly_contact(&snapshot, &rule, &[0, 1], term, span("2026-09-18"));
        assert_eq!(found, WeeklyContact { yes: 1, no: 1, unknown: 2 }, "the third week is not over");
    }

    #[test]
    fn a_share_is_of_the_rows_that_give_both_numbers() {
        let rows = "id,date,students,type,evacuated,expected\nr1,2026-09-02,,fire,90,100\nr2,2026-09-03,,fire,50,\n";
        let ledger = Ledger::new().log("drill", rows);
        let snapshot = ledger.snapshot();
        let rules = care_rules(&snapshot).unwrap().figure;
        let of = |id: &str| {
            let rule = rules.iter().find(|rule| rule.id == id).unwrap();
            counted(&snapshot, rule, span("2026-10-01"))
        };
        assert_eq!(of("evacuated"), Counted::Share { met: 90, of: 100 });
        assert_eq!(of("drills"), Counted::Number(2));
        assert_eq!(of("call-minutes"), Counted::Number(0));
    }
}
