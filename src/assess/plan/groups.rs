//! Who is in a group on the last day of a period: asked for many days, judged once for each.

use std::collections::BTreeMap;
use std::sync::RwLock;

use rayon::prelude::*;

use crate::assess::group::{Groups, Member};
use crate::assess::risk::levels;
use crate::assess::rules::Rules;
use crate::ledger::Snapshot;
use crate::model::{Day, Level};

/// By the place in the snapshot's list.
type Answers = Vec<Option<bool>>;

/// Answers which students are in a group, and remembers what it has found.
pub struct Membership<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    found: RwLock<BTreeMap<String, BTreeMap<Day, Answers>>>,
}

impl<'a> Membership<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules) -> Membership<'a> {
        Membership { snapshot, rules, found: RwLock::default() }
    }

    /// Whether a student is in a group on a day; nothing where that cannot be known.
    ///
    /// A group is judged outside the lock: the judgement runs on all cores, and one of them may be asked this again
    /// before it is done. Two may then judge the same, and find the same.
    pub fn holds(&self, group: &str, student: u32, day: Day) -> Option<bool> {
        let of = |answers: &Answers| answers.get(student as usize).copied().unwrap_or(Some(false));
        let known = || {
            let found = self.found.read().expect("no holder panics");
            found.get(group).and_then(|days| days.get(&day)).map(of)
        };
        known().unwrap_or_else(|| {
            let answers = self.answers(group, day);
            let answer = of(&answers);
            let mut found = self.found.write().expect("no holder panics");
            found.entry(group.to_owned()).or_default().insert(day, answers);
            answer
        })
    }

    fn answers(&self, name: &str, day: Day) -> Answers {
        let Some(group) = self.snapshot.school.group.get(name) else { return Answers::new() };
        let groups = Groups::by(self.snapshot, self.rules, day, BTreeMap::new());
        // Only a group that asks for a level needs the assessment of the day, and of those alone who could belong to it.
        let groups = match group.risk {
            Some(_) => {
                let could = |at| groups.member_at(group, at, Level::High) != Member::No;
                Groups::by(self.snapshot, self.rules, day, levels(self.snapshot, self.rules, day, could))
            }
            None => groups,
        };
        let answer = |at| match groups.member(group, at) {
            Member::Yes => Some(true),
            Member::No => Some(false),
            Member::Unknown { .. } => None,
        };
        (0..self.snapshot.students.len() as u32).into_par_iter().map(answer).collect()
    }
}
