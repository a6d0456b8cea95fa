//! The numbers of the mental health plan: screenings by scale, grade and band, what was done, what became of referrals.
//! Children are counted once for each scale, by their latest screening in the stretch.

use std::collections::BTreeMap;

use super::Span;
use crate::assess::screening::{Screening, Screenings};
use crate::ledger::Snapshot;
use crate::ledger::scales::scales;
use crate::model::kind::{FieldType, Kind};
use crate::model::scale::{Band, Scale};
use crate::model::{Day, FollowUp, Outcome, Status};

/// The screenings of one scale in a stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScaleCount {
    /// Children by their grade on the day and their band; without a band of the list, nothing.
    pub by_grade: BTreeMap<Option<i32>, BTreeMap<Option<Band>, u32>>,
    /// Children with a raised subscale, in the order of the scale's subscales that have bands.
    pub raised: Vec<(String, u32)>,
}

/// The screenings of a stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScreeningCount {
    pub by_scale: BTreeMap<String, ScaleCount>,
    /// Rows of which it cannot be read whom they concern: they are in no other number.
    pub unreadable: u32,
}

/// Counts the screenings of a stretch.
pub fn screenings(snapshot: &Snapshot, span: Span) -> Outcome<ScreeningCount> {
    let scales = scales(snapshot.definitions())?;
    let found = Screenings::of(snapshot, span.last);
    let mut count = ScreeningCount {
        unreadable: found.unreadable.iter().filter(|day| span.covers(**day)).count() as u32,
        ..ScreeningCount::default()
    };
    for ((name, child), one) in found.latest(|day| span.covers(day)) {
        let of_scale = count.by_scale.entry(name.to_owned()).or_default();
        let grade = snapshot.student(child).grade_on(one.day());
        *of_scale.by_grade.entry(grade).or_default().entry(one.band()).or_default() += 1;
        if let Some(scale) = scales.get(name) {
            add_raised(&mut of_scale.raised, &one, scale);
        }
    }
    Ok(count)
}

fn add_raised(raised: &mut Vec<(String, u32)>, one: &Screening, scale: &Scale) {
    let parts = scale.subscale.iter().zip(one.parts(scale)).filter(|(subscale, _)| !subscale.bands.is_empty());
    let found = parts.map(|(subscale, part)| (&subscale.id, u32::from(part.band.is_some_and(Band::is_flagged))));
    for (at, (id, number)) in found.enumerate() {
        match raised.get_mut(at) {
            Some((_, count)) => *count += number,
            None => raised.push((id.clone(), number)),
        }
    }
}

/// What became of the referrals that were made in a stretch, on its last day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReferralCount {
    pub made: u32,
    pub answered: u32,
    /// Made, and no answer yet.
    pub open: u32,
    /// Asked for, and not yet made, whenever they were asked for.
    pub waiting: u32,
}

/// The kind that records a referral, and the follow-ups that ask for one and for its answer.
const REFERRAL: &str = "referral";
const ANSWER: &str = "referral-answer";

/// Counts the referrals of a stretch.
pub fn referrals(snapshot: &Snapshot, span: Span) -> ReferralCount {
    let waits = |one: &&FollowUp| one.kind == REFERRAL && one.waits_on(span.last);
    let mut count =
        ReferralCount { waiting: snapshot.follow_ups.iter().filter(waits).count() as u32, ..ReferralCount::default() };
    for (_, log, activity) in snapshot.activities() {
        if log.kind == REFERRAL && span.covers(activity.day) {
            let cell = |column: &str| log.table.get(activity.row as usize, column);
            count.made += 1;
            count.answered += u32::from(is_answered(snapshot, cell("id"), cell("answer"), span.last));
        }
    }
    count.open = count.made - count.answered;
    count
}

/// Whether a referral has its answer on a day: by the day on which its follow-up was done, where it opened one.
fn is_answered(snapshot: &Snapshot, id: &str, answer: &str, day: Day) -> bool {
    let opened = |one: &&FollowUp| one.kind == ANSWER && one.opened_by.as_ref().is_some_and(|row| row.as_str() == id);
    match snapshot.follow_ups.iter().find(opened) {
        Some(follow_up) => follow_up.status_on(day) == Status::Done,
        None => !answer.is_empty(),
    }
}

/// The sums of a kind's number fields in a stretch, such as the letters of a letterbox, by field.
pub fn sums(snapshot: &Snapshot, kind: &Kind, span: Span) -> Vec<(String, u64)> {
    let numbers = kind.fields.iter().filter(|field| field.kind == FieldType::Integer);
    let logs = || snapshot.activities().filter(|(_, log, one)| log.kind == kind.name && span.covers(one.day));
    let sum = |field: &str| {
        let cells = logs().map(|(_, log, one)| log.table.get(one.row as usize, field).parse::<u64>().unwrap_or(0));
        cells.sum::<u64>()
    };
    numbers.map(|field| (field.name.clone(), sum(&field.name))).collect()
}
