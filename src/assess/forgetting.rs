//! Whose record is to be forgotten: children who have left, once the years are over for which the school keeps a record
//! (`keep-years` in `guanai.toml`). Source: 个人信息保护法 (2021), articles 19 and 47: no longer than the purpose needs.

use super::check::{Finding, error, warning};
use crate::ledger::{Origin, Snapshot};
use crate::model::Day;
use crate::model::leaving::kept_until;

/// A child who has left, by the place in the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub student: u32,
    /// The last day at school.
    pub left: Day,
    /// From this day on the record is to be forgotten.
    pub from: Day,
}

/// Everybody who is gone on the day and not forgotten, and whose years are over by `last`; nobody where the school states
/// no years. The one who has waited longest comes first.
pub fn due(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Due> {
    let Some(years) = snapshot.school.privacy.keep_years else { return Vec::new() };
    let of = |student: u32| {
        let left =
            snapshot.student(student).left_before(day).filter(|_| snapshot.student(student).forgotten.is_none())?;
        let from = kept_until(left, years);
        (from <= last).then_some(Due { student, left, from })
    };
    let mut found: Vec<Due> = (0..snapshot.students.len() as u32).filter_map(of).collect();
    found.sort_by_key(|one| (one.from, one.student));
    found
}

pub(super) fn findings(snapshot: &Snapshot, day: Day) -> Vec<Finding> {
    let years = snapshot.school.privacy.keep_years.unwrap_or_default();
    let finding = |one: Due| {
        let place = snapshot.place(&Origin::Record { student: one.student, key: "enrolment".to_owned() });
        let found = warning("check-forget-due", place).with("id", &snapshot.student(one.student).id);
        found.with("left", one.left).with("years", years)
    };
    due(snapshot, day, day).into_iter().map(finding).collect()
}

/// What a merge with an older copy has brought back into a record that was forgotten.
pub(super) fn left_behind(snapshot: &Snapshot, at: u32) -> Option<Finding> {
    let student = snapshot.student(at);
    let says_who = student.name != student.id.as_str()
        || student.national_id.is_some()
        || student.roll_number.is_some()
        || student.phone.is_some()
        || student.note.is_some()
        || !student.extra.is_empty()
        || student.guardian.iter().any(|one| one.name.is_some() || one.national_id.is_some() || one.address.is_some())
        || student.parent.iter().any(|one| one.name.is_some() || one.national_id.is_some() || one.phone.is_some());
    says_who.then(|| {
        let place = snapshot.place(&Origin::Record { student: at, key: "forgotten".to_owned() });
        error("check-forgotten", place).with("id", &student.id)
    })
}
