//! Who is in a group on the last day of a period: asked for many days, judged once for each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::assess::group::{Groups, Member};
use crate::assess::risk::{Assessment, assess};
use crate::assess::rules::Rules;
use crate::ledger::Snapshot;
use crate::model::Day;

/// By the place in the snapshot's list.
type Answers = Vec<Option<bool>>;

/// Answers which students are in a group, and remembers what it has found.
pub struct Membership<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    found: Mutex<BTreeMap<String, BTreeMap<Day, Arc<Answers>>>>,
}

impl<'a> Membership<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules) -> Membership<'a> {
        Membership { snapshot, rules, found: Mutex::default() }
    }

    /// Whether a student is in a group on a day; nothing where that cannot be known.
    pub fn holds(&self, group: &str, student: u32, day: Day) -> Option<bool> {
        self.of_day(group, day).get(student as usize).copied().unwrap_or(Some(false))
    }

    /// A group is judged outside the lock: the judgement runs on all cores, and one of them may be asked this again
    /// before it is done. Two may then judge the same, and find the same.
    fn of_day(&self, group: &str, day: Day) -> Arc<Answers> {
        let known = || self.found.lock().expect("no holder panics").get(group).and_then(|days| days.get(&day)).cloned();
        known().unwrap_or_else(|| {
            let answers = Arc::new(self.answers(group, day));
            let mut found = self.found.lock().expect("no holder panics");
            found.entry(group.to_owned()).or_default().entry(day).or_insert(answers).clone()
        })
    }

    fn answers(&self, name: &str, day: Day) -> Answers {
        let Some(group) = self.snapshot.school.group.get(name) else { return Answers::new() };
        // Only a group that asks for a level needs the assessment of the day.
        let assessments: Vec<Assessment> = match group.risk {
            Some(_) => assess(self.snapshot, self.rules, day),
            None => Vec::new(),
        };
        let groups = Groups::of(self.snapshot, self.rules, day, &assessments);
        let answer = |at| match groups.member(group, at) {
            Member::Yes => Some(true),
            Member::No => Some(false),
            Member::Unknown { .. } => None,
        };
        (0..self.snapshot.students.len() as u32).map(answer).collect()
    }
}
