//! The boarders of a night: whom no roll call has named, and whom one has named as absent. What nobody wrote down is not
//! called, and never present.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::figures::enrolled;
use crate::ledger::{Log, Snapshot};
use crate::model::code::codes;
use crate::model::{Activity, ActivityAt, Day, Outcome, StudentId, Whom, whom};

/// `rules/care.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CareRules {
    pub boarding: BoardingRule,
    pub service: super::service::ServiceRule,
    pub weekly_contact: super::figures::WeeklyRule,
    pub figure: Vec<super::figures::FigureRule>,
}

/// Which rows are a roll call.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardingRule {
    pub kind: String,
    pub field: String,
    pub is: Vec<String>,
    pub present: String,
    /// The kind whose rows of the day explain who is away.
    pub away: String,
}

/// The rules of a ledger, or those of the program where it has none yet.
pub fn care_rules(snapshot: &Snapshot) -> Outcome<CareRules> {
    snapshot.definitions().parsed_or_shipped("rules/care.toml")
}

codes! {
    /// What is known of a boarder on a night.
    Night as "night" {
        /// A roll call says that the child was not there.
        Absent = "absent",
        /// No roll call of the night names the child.
        NotCalled = "not-called",
        /// A roll call counted heads, and not as many as there are boarders; it names nobody.
        Counted = "counted",
    }
}

/// A boarder of whom nobody has written down tonight that the child is there.
#[derive(Debug, Clone)]
pub struct Missing {
    pub student: u32,
    pub night: Night,
    /// The roll call that says so.
    pub at: Option<ActivityAt>,
    /// A row of the day that explains it.
    pub away: Option<ActivityAt>,
}

/// A night.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    pub missing: Vec<Missing>,
    pub boarders: u32,
    /// Children of whom it is not recorded whether they board.
    pub not_known: u32,
}

/// The boarders of a day who were not found present by a roll call of that day.
pub fn roll(snapshot: &Snapshot, rule: &BoardingRule, day: Day) -> Roll {
    let all = enrolled(snapshot, day);
    let boards = |at: &u32| snapshot.student(*at).boarding;
    let boarders: Vec<u32> = all.iter().copied().filter(|at| boards(at) == Some(true)).collect();
    let called = Called::of(snapshot, rule, day, boarders.len());
    let away = away(snapshot, rule, day);
    let missing = |student: &u32| {
        let (night, at) = called.night(snapshot, *student)?;
        Some(Missing { student: *student, night, at, away: away.get(student).copied() })
    };
    Roll {
        missing: boarders.iter().filter_map(missing).collect(),
        boarders: boarders.len() as u32,
        not_known: all.iter().filter(|at| boards(at).is_none()).count() as u32,
    }
}

/// What the roll calls of a day say.
#[derive(Default)]
struct Called {
    present: BTreeSet<u32>,
    absent: BTreeMap<StudentId, ActivityAt>,
    /// A roll call that names nobody, and whether it counted as many heads as there are boarders.
    counted: Option<(ActivityAt, bool)>,
}

impl Called {
    fn of(snapshot: &Snapshot, rule: &BoardingRule, day: Day, boarders: usize) -> Called {
        let mut called = Called::default();
        for (at, log, activity) in snapshot.activities().filter(|(_, log, one)| log.kind == rule.kind && one.day == day)
        {
            let cell = |field: &str| log.table.get(activity.row as usize, field);
            if rule.is.iter().any(|value| value == cell(&rule.field)) {
                called.add(at, log, activity, cell(&rule.present).parse().ok().map(|heads: usize| heads >= boarders));
            }
        }
        called
    }

    fn add(&mut self, at: ActivityAt, log: &Log, activity: &Activity, is_full: Option<bool>) {
        let words = whom(log.table.get(activity.row as usize, "students")).unwrap_or_default();
        let absent: Vec<StudentId> =
            words.iter().filter_map(|word| if let Whom::Absent(id) = word { Some(id.clone()) } else { None }).collect();
        if words.len() == absent.len() {
            let best = self.counted.is_some_and(|(_, full)| full);
            self.counted = is_full.map(|full| (at, full || best)).or(self.counted);
        }
        self.absent.extend(absent.into_iter().map(|id| (id, at)));
        self.present.extend(log.students(activity));
    }

    /// Nothing where the child was there. One who is named as absent by any roll call is absent.
    fn night(&self, snapshot: &Snapshot, student: u32) -> Option<(Night, Option<ActivityAt>)> {
        if let Some(at) = self.absent.get(&snapshot.student(student).id) {
            return Some((Night::Absent, Some(*at)));
        }
        match self.counted {
            _ if self.present.contains(&student) => None,
            Some((_, true)) => None,
            Some((at, false)) => Some((Night::Counted, Some(at))),
            None => Some((Night::NotCalled, None)),
        }
    }
}

/// The rows of a day that say that a child is away.
fn away(snapshot: &Snapshot, rule: &BoardingRule, day: Day) -> BTreeMap<u32, ActivityAt> {
    let mut found = BTreeMap::new();
    for (at, log, activity) in snapshot.activities().filter(|(_, log, one)| log.kind == rule.away && one.day == day) {
        found.extend(log.students(activity).iter().map(|student| (*student, at)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::testing::{Ledger, day};

    fn nights(rows: &str) -> Vec<(String, &'static str)> {
        let boards = "boarding = true\n";
        let ledger = Ledger::new()
            .student("aaaaaa", boards)
            .student("bbbbbb", boards)
            .student("cccccc", "boarding = false\n")
            .student("dddddd", "")
            .log("boarding-check", &format!("id,date,students,type,present,void\n{rows}"));
        let snapshot = ledger.snapshot();
        let rule = care_rules(&snapshot).unwrap().boarding;
        let roll = roll(&snapshot, &rule, day("2026-11-24"));
        assert_eq!((roll.boarders, roll.not_known), (2, 1));
        let said = |one: &Missing| (snapshot.student(one.student).id.to_string(), one.night.code());
        roll.missing.iter().map(said).collect()
    }

    fn of(pairs: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
        pairs.iter().map(|(id, night)| ((*id).to_owned(), *night)).collect()
    }

    #[test]
    fn who_was_not_called_tonight_is_not_there() {
        assert_eq!(nights(""), of(&[("aaaaaa", "not-called"), ("bbbbbb", "not-called")]));
        assert_eq!(nights("r1,2026-11-23,all,roll-call,,\n"), nights(""), "yesterday's roll call is none of tonight");
        assert_eq!(nights("r1,2026-11-24,all,night-patrol,,\n"), nights(""), "a patrol calls nobody");
        assert_eq!(nights("r1,2026-11-24,all,roll-call,,记错\n"), nights(""), "a row that was taken back");
        assert_eq!(nights("r1,2026-11-24,aaaaaa,roll-call,,\n"), of(&[("bbbbbb", "not-called")]));
        assert_eq!(nights("r1,2026-11-24,all,roll-call,,\n"), of(&[]));
    }

    #[test]
    fn one_who_is_named_as_absent_is_absent_whatever_else_was_called() {
        assert_eq!(nights("r1,2026-11-24,all -bbbbbb,roll-call,,\n"), of(&[("bbbbbb", "absent")]));
        let twice = "r1,2026-11-24,all -bbbbbb,roll-call,,\nr2,2026-11-24,bbbbbb,roll-call,,\n";
        assert_eq!(nights(twice), of(&[("bbbbbb", "absent")]));
    }

    #[test]
    fn a_count_of_heads_is_enough_only_where_none_is_missing() {
        assert_eq!(nights("r1,2026-11-24,,roll-call,2,\n"), of(&[]));
        assert_eq!(nights("r1,2026-11-24,,roll-call,1,\n"), of(&[("aaaaaa", "counted"), ("bbbbbb", "counted")]));
        assert_eq!(nights("r1,2026-11-24,,roll-call,,\n"), nights(""), "it says nothing");
    }
}
