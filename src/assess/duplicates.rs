//! Two files that may be of one child, as two teachers make them who both write the child down while they are apart.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Finding, warning};
use crate::ledger::Snapshot;
use crate::model::{Likeness, Place, Student};

/// Two children who are alike, by their places in the snapshot, and the fields in which they agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub one: u32,
    pub other: u32,
    pub fields: Vec<&'static str>,
}

/// Every pair that may be one child: those that agree in most come first.
pub fn pairs(snapshot: &Snapshot) -> Vec<Pair> {
    let candidates = candidates(snapshot);
    let mut found: Vec<Pair> = candidates.into_iter().filter_map(|(one, other)| pair(snapshot, one, other)).collect();
    found.sort_by_key(|pair| (std::cmp::Reverse(pair.fields.len()), pair.one, pair.other));
    found
}

/// Only children of one name, of one number, or of one class and birth day are held against each other.
fn candidates(snapshot: &Snapshot) -> BTreeSet<(u32, u32)> {
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for at in 0..snapshot.students.len() as u32 {
        let Student { name, born, class, national_id, roll_number, .. } = snapshot.student(at);
        let birth = born.zip(*class).map(|(born, class)| format!("b {born} {class}"));
        let numbers = [national_id, roll_number].into_iter().flatten().map(|number| format!("n {number}"));
        for key in numbers.chain([format!("m {name}")]).chain(birth) {
            groups.entry(key).or_default().push(at);
        }
    }
    let of_group = |group: &Vec<u32>| -> Vec<(u32, u32)> {
        let others = |at: usize| group[at + 1..].iter().map(move |other| (group[at], *other));
        (0..group.len()).flat_map(others).collect()
    };
    groups.values().flat_map(of_group).collect()
}

fn pair(snapshot: &Snapshot, one: u32, other: u32) -> Option<Pair> {
    let (mine, theirs) = (Likeness::of(snapshot.student(one)), Likeness::of(snapshot.student(other)));
    let same_number = |fields: &[&str]| fields.iter().any(|field| ["national_id", "roll_number"].contains(field));
    let fields = mine.agreeing(&theirs)?;
    (same_number(&fields) || !mine.contradicts(&theirs)).then_some(Pair { one, other, fields })
}

/// Pairs of one name and one birth day: `check` names these, and those of one number elsewhere.
pub(super) fn findings(snapshot: &Snapshot) -> Vec<Finding> {
    let is_sure = |pair: &Pair| {
        let has = |field| pair.fields.contains(&field);
        has("name") && has("born") && !has("national_id") && !has("roll_number")
    };
    let finding = |pair: Pair| {
        let (one, other) = (&snapshot.students[pair.one as usize], &snapshot.students[pair.other as usize]);
        let found = warning("check-duplicate", Place::line(&other.path, other.line_of("name")));
        found.with("id", &one.student.id).with("other", &other.student.id).with("keys", pair.fields.join(", "))
    };
    pairs(snapshot).into_iter().filter(is_sure).map(finding).collect()
}
