//! Who is in a group on the last day of a period: asked for many days, judged once for each.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::assess::group::{Groups, Member};
use crate::assess::risk::{Assessment, assess};
use crate::assess::rules::Rules;
use crate::ledger::Snapshot;
use crate::model::Day;

type Answers = BTreeMap<u32, Option<bool>>;

/// Answers which students are in a group, and remembers what it has found.
pub struct Membership<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    found: Mutex<BTreeMap<(String, Day), Answers>>,
}

impl<'a> Membership<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules) -> Membership<'a> {
        Membership { snapshot, rules, found: Mutex::default() }
    }

    /// Whether a student is in a group on a day; nothing where that cannot be known.
    pub fn holds(&self, group: &str, student: u32, day: Day) -> Option<bool> {
        let mut found = self.found.lock().expect("no holder panics");
        let answers = found.entry((group.to_owned(), day)).or_insert_with(|| self.answers(group, day));
        answers.get(&student).copied().unwrap_or(Some(false))
    }

    fn answers(&self, name: &str, day: Day) -> Answers {
        let Some(group) = self.snapshot.school.group.get(name) else { return Answers::new() };
        // Only a group that asks for a level needs the assessment of the day.
        let assessments: Vec<Assessment> = match group.risk {
            Some(_) => assess(self.snapshot, self.rules, day),
            None => Vec::new(),
        };
        let groups = Groups::of(self.snapshot, self.rules, day, &assessments);
        let answer = |member: Member| match member {
            Member::Yes => Some(true),
            Member::No => Some(false),
            Member::Unknown { .. } => None,
        };
        (0..self.snapshot.students.len() as u32).map(|at| (at, answer(groups.member(group, at)))).collect()
    }
}
