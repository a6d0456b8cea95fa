//! The emergency list: what goes straight to the top, until its follow-up is done.

use super::measure::{Child, Settles};
use super::metric::window_start;
use super::rules::Emergency;
use super::{Fired, NotKnown};
use crate::assess::{Evidence, Value};
use crate::ledger::Origin;
use crate::model::{ActivityAt, FollowUp, Level, Status};

/// What one entry of the list says of a child: that it holds, that it cannot be known, or nothing.
pub(super) enum Alarm {
    Raised(Fired),
    NotKnown(NotKnown),
    Silent,
}

/// Looks for rows of the entry that are still an emergency on the day.
pub(super) fn alarm(child: &Child, emergency: &Emergency) -> Alarm {
    let mut evidence = Vec::new();
    let mut unreadable = sealed_rows(child, emergency);
    for at in child.index.rows(child.at, &emergency.kind).iter().copied().filter(|at| lasts(child, emergency, *at)) {
        let (log, activity) = child.index.snapshot.activity(at);
        let value = log.table.get(activity.row as usize, &emergency.field);
        if emergency.is.iter().any(|one| one == value) {
            evidence.push(child.row(at, Some(&emergency.field)));
            evidence.extend(waiting(child, emergency, at));
        } else if value.is_empty() {
            unreadable = true;
        }
    }
    if !evidence.is_empty() {
        return Alarm::Raised(Fired {
            indicator: emergency.id.clone(),
            level: Some(Level::High),
            points: None,
            value: Value::Count(evidence.iter().filter(|fact| fact.key.starts_with("risk-row")).count() as u32),
            bound: Value::Count(1),
            evidence,
        });
    }
    let confidential = child.rules.kinds.get(&emergency.kind).is_some_and(|kind| kind.confidential);
    if unreadable && confidential {
        return Alarm::NotKnown(NotKnown {
            indicator: emergency.id.clone(),
            points: None,
            reason: "risk-unknown-sealed",
            settles: Settles::Key(emergency.kind.clone()),
        });
    }
    Alarm::Silent
}

/// Whether there are sealed rows of the kind that would still be an emergency.
fn sealed_rows(child: &Child, emergency: &Emergency) -> bool {
    child.index.sealed(&emergency.kind).iter().any(|(_, at)| lasts(child, emergency, *at))
}

/// Until the follow-up that the row opened is done; without one, or where it was cancelled, for so many days.
fn lasts(child: &Child, emergency: &Emergency, at: ActivityAt) -> bool {
    let (_, activity) = child.index.snapshot.activity(at);
    let mut recent = window_start(child.day, emergency.days) <= activity.day;
    for (_, follow_up) in opened_by(child, emergency, at) {
        match follow_up.status_on(child.day) {
            Status::Open | Status::Overdue => return true,
            Status::Done => recent = false,
            Status::Cancelled => {}
        }
    }
    recent
}

fn opened_by<'a>(
    child: &'a Child,
    emergency: &'a Emergency,
    at: ActivityAt,
) -> impl Iterator<Item = (usize, &'a FollowUp)> {
    let (log, activity) = child.index.snapshot.activity(at);
    let id = log.table.get(activity.row as usize, "id");
    let sealed = activity.seal.is_closed().then(|| child.index.sealed_follow_ups());
    child.index.follow_ups(child.at).chain(sealed.into_iter().flatten()).filter(move |(_, one)| {
        one.kind == emergency.until && one.opened_by.as_ref().is_some_and(|opened_by| opened_by.as_str() == id)
    })
}

fn waiting(child: &Child, emergency: &Emergency, at: ActivityAt) -> Option<Evidence> {
    let waits = opened_by(child, emergency, at).find(|(_, one)| one.waits_on(child.day));
    waits.map(|(place, one)| {
        Evidence::at("risk-follow-up", Origin::FollowUp(place))
            .with("type", Value::Label(child.rules.type_label(&one.kind)))
            .with("due", Value::Day(one.due))
    })
}
