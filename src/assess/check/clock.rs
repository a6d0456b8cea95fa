//! Days that only a computer whose clock is wrong writes: ahead of the day asked about, or the one on which clocks begin
//! when their battery is empty. And folders of terms that the school does not know.

use std::collections::BTreeSet;

use super::{Finding, error, warning};
use crate::ledger::{Origin, Snapshot};
use crate::model::{Day, Place};

/// No record of a school that uses this program is of the years in which clocks begin (1970, 1980, 2000).
pub(super) fn is_reset(day: Day) -> bool {
    day.year() <= 2000
}

/// What the day of a row says about the clock.
pub(super) fn of_row(of: Day, day: Day, place: impl Fn() -> Place) -> Option<Finding> {
    match of {
        _ if of > day => Some(warning("check-ahead", place()).with("day", of)),
        _ if is_reset(of) => Some(error("check-clock", place()).with("day", of)),
        _ => None,
    }
}

pub(super) fn findings(snapshot: &Snapshot, day: Day, found: &mut Vec<Finding>) {
    for (at, one) in snapshot.follow_ups.iter().enumerate() {
        // What is due lies ahead as a rule; what was done or opened does not.
        let days = [Some(one.opened), one.done, one.cancelled];
        let place = || snapshot.place(&Origin::FollowUp(at));
        found.extend(days.into_iter().flatten().find_map(|of| of_row(of, day, place)));
    }
    for (at, file) in snapshot.students.iter().enumerate() {
        for (key, of) in [("born", file.student.born), ("consent", file.student.consent)] {
            let origin = Origin::Record { student: at as u32, key: key.to_owned() };
            found.extend(of.and_then(|of| of_row(of, day, || snapshot.place(&origin))));
        }
    }
    terms(snapshot, found);
}

/// A folder in `logs/` is a term of the school, or one that some row in it belongs to.
fn terms(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    let school = &snapshot.school;
    let mut unknown: BTreeSet<&str> = snapshot.logs.iter().map(|log| log.term.as_str()).collect();
    unknown.retain(|term| school.term.iter().all(|one| one.name != *term));
    for log in &snapshot.logs {
        let belongs = |term: &&str| log.activities.iter().any(|one| school.folder_of(one.day) == **term);
        if unknown.contains(log.term.as_str()) && belongs(&log.term.as_str()) {
            unknown.remove(log.term.as_str());
        }
    }
    for term in unknown {
        let known: Vec<&str> = school.term.iter().map(|one| one.name.as_str()).collect();
        let place = Place::file(&format!("logs/{term}"));
        found.push(error("check-term-folder", place).with("term", term).with("known", known.join(", ")));
    }
}
