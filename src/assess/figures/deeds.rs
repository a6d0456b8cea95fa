//! What was done in a stretch of days, and what became of what was promised.

use std::collections::{BTreeMap, BTreeSet};

use super::Span;
use crate::assess::risk::reached_nobody;
use crate::assess::rules::Rules;
use crate::ledger::{Log, Snapshot};
use crate::model::{Day, Status, Stretch};

/// The activities of one kind in a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deeds {
    /// Rows that count.
    pub times: u32,
    /// Children over all rows, each as often as it was there.
    pub reached: u32,
    /// Different children.
    pub children: u32,
    /// Rows of a confidential kind that name nobody in the clear: counted in `times`, and their children unknown.
    pub sealed: u32,
}

/// The activities of one domain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DomainDeeds {
    pub all: Deeds,
    pub by_kind: BTreeMap<String, Deeds>,
}

/// The activities of a stretch by domain and kind. A kind that is defined no more stands under the domain "".
pub fn activities(snapshot: &Snapshot, rules: &Rules, span: Span) -> BTreeMap<String, DomainDeeds> {
    let everybody = snapshot.students.len();
    let mut domains: BTreeMap<String, DomainDeeds> = BTreeMap::new();
    let mut of_domain: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    let mut of_kind: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for log in &snapshot.logs {
        let kind = rules.kinds.get(&log.kind);
        let domain = kind.map_or("", |kind| kind.domain.as_str());
        let seen = of_kind.entry(&log.kind).or_insert_with(|| vec![false; everybody]);
        let deeds = deeds(log, span, kind.is_some_and(|kind| kind.confidential), seen);
        if deeds.times == 0 {
            continue;
        }
        let seen_in_domain = of_domain.entry(domain).or_insert_with(|| vec![false; everybody]);
        seen_in_domain.iter_mut().zip(seen).for_each(|(domain, kind)| *domain |= *kind);
        let entry = domains.entry(domain.to_owned()).or_default();
        entry.all.add(&deeds);
        entry.by_kind.entry(log.kind.clone()).or_default().add(&deeds);
    }
    let different = |seen: Option<&Vec<bool>>| seen.into_iter().flatten().filter(|seen| **seen).count() as u32;
    for (name, domain) in &mut domains {
        domain.all.children = different(of_domain.get(name.as_str()));
        domain.by_kind.iter_mut().for_each(|(kind, deeds)| deeds.children = different(of_kind.get(kind.as_str())));
    }
    domains
}

/// The rows of one log that count in a stretch; marks the children who were there.
fn deeds(log: &Log, span: Span, confidential: bool, seen: &mut [bool]) -> Deeds {
    let mut deeds = Deeds::default();
    for activity in log.activities.iter().filter(|one| !one.void && span.covers(one.day)) {
        let children = log.students(activity);
        deeds.times += 1;
        deeds.reached += children.len() as u32;
        deeds.sealed += u32::from(activity.seal.is_closed() || (confidential && children.is_empty()));
        children.iter().for_each(|child| seen[*child as usize] = true);
    }
    deeds
}

impl Deeds {
    fn add(&mut self, other: &Deeds) {
        self.times += other.times;
        self.reached += other.reached;
        self.sealed += other.sealed;
    }
}

/// What became of the follow-ups of one type in a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowUpCount {
    pub opened: u32,
    /// Done in the stretch, on the day that it was due or before.
    pub done_in_time: u32,
    pub done_late: u32,
    pub cancelled: u32,
    /// Waiting on the last day, and not overdue.
    pub open: u32,
    /// Overdue on the last day, whenever they were opened.
    pub overdue: u32,
    /// Of those opened in the stretch, the ones whose due day has been moved.
    pub moved: u32,
}

/// What became of the follow-ups in a stretch, by type.
pub fn follow_ups(snapshot: &Snapshot, span: Span) -> BTreeMap<String, FollowUpCount> {
    let mut types: BTreeMap<String, FollowUpCount> = BTreeMap::new();
    for one in snapshot.follow_ups.iter().filter(|one| one.opened <= span.last) {
        let count = types.entry(one.kind.clone()).or_default();
        let opened = span.covers(one.opened);
        count.opened += u32::from(opened);
        count.moved += u32::from(opened && one.first_due.is_some());
        match one.status_on(span.last) {
            Status::Open => count.open += 1,
            Status::Overdue => count.overdue += 1,
            Status::Cancelled => count.cancelled += u32::from(one.cancelled.is_some_and(|day| span.covers(day))),
            Status::Done => {
                if let Some(done) = one.done.filter(|done| span.covers(*done)) {
                    let in_time = done <= one.due;
                    count.done_in_time += u32::from(in_time);
                    count.done_late += u32::from(!in_time);
                }
            }
        }
    }
    types.retain(|_, count| *count != FollowUpCount::default());
    types
}

/// The contacts of one week of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// The first is 1.
    pub week: i64,
    pub span: Span,
    /// Rows of a kind of contact that reached somebody.
    pub times: u32,
    /// Different children.
    pub children: u32,
    /// The rows of each day, from the first of the week.
    pub by_day: [u32; 7],
}

impl Contacts {
    /// The days of the week up to its last one, each with its rows.
    pub fn days(&self) -> impl Iterator<Item = (Day, u32)> {
        let Span { first, last } = self.span;
        (0..7).zip(self.by_day).map(move |(at, times)| (first.plus(at), times)).filter(move |(day, _)| *day <= last)
    }
}

/// The contacts of each week of a term, up to the span's last day.
pub fn contacts_by_week(snapshot: &Snapshot, rules: &Rules, term: &Stretch, span: Span) -> Vec<Contacts> {
    let weeks = if span.last < term.from { 0 } else { term.week_of(span.last) };
    let mut times = vec![[0u32; 7]; weeks as usize];
    let mut children: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); weeks as usize];
    let is_contact = |kind: &str| rules.kinds.get(kind).is_some_and(|kind| kind.contact.is_some());
    for (_, log, activity) in snapshot.activities() {
        let inside = term.from <= activity.day && span.covers(activity.day);
        if inside && is_contact(&log.kind) && !reached_nobody(log, activity, &rules.risk.no_contact) {
            let week = (term.week_of(activity.day) - 1) as usize;
            times[week][activity.day.days_since(term.from) as usize % 7] += 1;
            children[week].extend(log.students(activity));
        }
    }
    let week = |number: i64| {
        let first = term.from.plus(7 * number);
        Contacts {
            week: number + 1,
            span: Span { first, last: first.plus(6).min(span.last) },
            times: times[number as usize].iter().sum(),
            by_day: times[number as usize],
            children: children[number as usize].len() as u32,
        }
    };
    (0..weeks).map(week).collect()
}
