//! What raised or lowered each child's level between two days, and by which record.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Assessment, Calm, Fired, NotKnown};
use crate::model::Level;

/// A child whose level, or emergency, is another one than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The child's place in the snapshot's list.
    pub student: u32,
    /// Nothing where the child was not enrolled.
    pub before: Option<Level>,
    pub after: Option<Level>,
    /// What fires only now, with the records that made it fire.
    pub appeared: Vec<Fired>,
    /// What fires no more, with what is known of it now.
    pub gone: Vec<Gone>,
}

/// An indicator that fired before.
#[derive(Debug, Clone, PartialEq)]
pub struct Gone {
    pub was: Fired,
    pub now: Now,
}

/// What an indicator that fired before says afterwards.
#[derive(Debug, Clone, PartialEq)]
pub enum Now {
    /// With the record that calmed it.
    Calm(Calm),
    NotKnown(NotKnown),
    /// It is not asked of this child any more, or the emergency is over.
    NotAsked,
}

/// Compares two assessments of the same snapshot; in the order of the students.
pub fn since(before: &[Assessment], after: &[Assessment]) -> Vec<Change> {
    let find = |list: &[Assessment]| -> BTreeMap<u32, usize> {
        list.iter().enumerate().map(|(at, one)| (one.student, at)).collect()
    };
    let (old, new) = (find(before), find(after));
    let mut students: Vec<u32> = old.keys().chain(new.keys()).copied().collect();
    students.sort_unstable();
    students.dedup();
    let change = |student: u32| {
        let old = old.get(&student).map(|at| &before[*at]);
        let new = new.get(&student).map(|at| &after[*at]);
        of_child(student, old, new)
    };
    students.into_iter().filter_map(change).collect()
}

fn of_child(student: u32, before: Option<&Assessment>, after: Option<&Assessment>) -> Option<Change> {
    let state = |one: Option<&Assessment>| one.map(|one| (one.computed, one.emergency));
    if state(before) == state(after) {
        return None;
    }
    let fired = |one: Option<&Assessment>| one.map(|one| one.fired.clone()).unwrap_or_default();
    let (old, new) = (fired(before), fired(after));
    let has = |list: &[Fired], id: &Arc<str>| list.iter().any(|one| one.indicator == *id);
    Some(Change {
        student,
        before: before.map(|one| one.computed),
        after: after.map(|one| one.computed),
        appeared: new.iter().filter(|one| !has(&old, &one.indicator)).cloned().collect(),
        gone: old
            .iter()
            .filter(|one| !has(&new, &one.indicator))
            .map(|was| Gone { was: was.clone(), now: now(&was.indicator, after) })
            .collect(),
    })
}

fn now(indicator: &Arc<str>, after: Option<&Assessment>) -> Now {
    let calm = after.and_then(|after| after.calm.iter().find(|one| one.indicator == *indicator));
    let open = after.and_then(|after| after.not_known.iter().find(|one| one.indicator == *indicator));
    match (calm, open) {
        (Some(calm), _) => Now::Calm(calm.clone()),
        (None, Some(open)) => Now::NotKnown(open.clone()),
        (None, None) => Now::NotAsked,
    }
}
