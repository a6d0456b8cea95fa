//! What each member of the staff did in a stretch of days, from the records: activities, children, pairings, follow-ups and
//! the commitments that are theirs. Of confidential work the times count and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::confidential::is_confidential;
use super::figures::Span;
use super::pairing::{Pairing, pairings};
use super::plan::{Covered, Standing, Subject, Unit};
use super::rules::Rules;
use super::workload::{STAFF, names};
use crate::ledger::Snapshot;
use crate::ledger::table::Table;
use crate::model::{Class, Day, Outcome, Status};

/// A post of somebody on the staff: a role, of one class or of none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Post {
    pub role: String,
    pub class: Option<Class>,
}

/// The activities of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Times {
    pub times: u32,
    pub minutes: u32,
    /// Rows whose minutes nobody wrote down.
    pub without_minutes: u32,
    pub children: BTreeSet<u32>,
    /// Children are not told, as the kind is confidential.
    pub confidential: bool,
    pub last: Option<Day>,
}

/// What became of the follow-ups that somebody owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owned {
    /// Waiting on the last day, the overdue ones among them.
    pub waiting: u32,
    pub overdue: u32,
    /// Done in the stretch.
    pub in_time: u32,
    pub late: u32,
}

/// One commitment that is somebody's: its units that are theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share<'a> {
    pub code: &'a str,
    /// The place in the list of what was judged.
    pub at: usize,
    pub met: u64,
    pub missed: u64,
    pub open: u64,
}

/// What one member of the staff did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Served<'a> {
    pub name: String,
    /// Empty where the register does not know the name.
    pub posts: BTreeSet<Post>,
    pub by_kind: BTreeMap<&'a str, Times>,
    /// Different children over all kinds that are not confidential, and how often each was there.
    pub children: BTreeMap<u32, u32>,
    pub pairings: Vec<Pairing>,
    pub owned: Owned,
    pub commitments: Vec<Share<'a>>,
}

impl Served<'_> {
    pub fn times(&self) -> u32 {
        self.by_kind.values().map(|one| one.times).sum()
    }

    pub fn minutes(&self) -> u32 {
        self.by_kind.values().map(|one| one.minutes).sum()
    }

    /// Times of confidential kinds.
    pub fn confidential(&self) -> u32 {
        self.by_kind.values().filter(|one| one.confidential).map(|one| one.times).sum()
    }

    /// Met, and met or missed, over the commitments.
    pub fn share(&self) -> (u64, u64) {
        let met = self.commitments.iter().map(|one| one.met).sum();
        (met, self.commitments.iter().map(|one| one.missed).sum::<u64>() + met)
    }
}

/// Everybody who was on the staff in the stretch, and whoever else the records name, by name.
pub fn served<'a>(
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    covered: &'a [Covered<'a>],
    span: Span,
) -> Outcome<Vec<Served<'a>>> {
    let mut found: BTreeMap<String, Served> = BTreeMap::new();
    for (name, post) in posts(snapshot, span)? {
        one_named(&mut found, &name).posts.insert(post);
    }
    activities(snapshot, rules, span, &mut found);
    for pairing in pairings(snapshot).into_iter().filter(|one| overlaps(one, span)) {
        if let Some(own) = found.get_mut(&pairing.helper) {
            own.pairings.push(pairing);
        }
    }
    follow_ups(snapshot, span, &mut found);
    for own in found.values_mut() {
        own.commitments = commitments(snapshot, covered, &own.posts, &own.name);
    }
    Ok(found.into_values().collect())
}

fn one_named<'f, 'a>(found: &'f mut BTreeMap<String, Served<'a>>, name: &str) -> &'f mut Served<'a> {
    found.entry(name.to_owned()).or_insert_with(|| Served { name: name.to_owned(), ..Served::default() })
}

/// The posts of those who were on the staff on any day of a stretch.
fn posts(snapshot: &Snapshot, span: Span) -> Outcome<Vec<(String, Post)>> {
    let Some(bytes) = snapshot.read(STAFF)? else { return Ok(Vec::new()) };
    let table = Table::read(STAFF, bytes, &["id"]);
    let day = |row: usize, column: &str| table.get(row, column).parse::<Day>().ok();
    let there = |row: &usize| {
        day(*row, "from").is_none_or(|first| first <= span.last)
            && day(*row, "until").is_none_or(|last| span.first <= last)
    };
    let post =
        |row: usize| Post { role: table.get(row, "role").to_owned(), class: table.get(row, "class").parse().ok() };
    Ok((0..table.len()).filter(there).map(|row| (table.get(row, "name").to_owned(), post(row))).collect())
}

fn activities<'a>(snapshot: &'a Snapshot, rules: &Rules, span: Span, found: &mut BTreeMap<String, Served<'a>>) {
    for (_, log, activity) in snapshot.activities().filter(|(_, _, one)| span.covers(one.day)) {
        let row = activity.row as usize;
        let minutes: Option<u32> = log.table.get(row, "minutes").parse().ok();
        let confidential = is_confidential(rules, &log.kind) || activity.seal.is_sealed();
        for name in names(log.table.get(row, "staff")) {
            let own = one_named(found, name);
            let of_kind = own.by_kind.entry(&log.kind).or_default();
            of_kind.times += 1;
            of_kind.minutes += minutes.unwrap_or(0);
            of_kind.without_minutes += u32::from(minutes.is_none());
            of_kind.confidential |= confidential;
            of_kind.last = of_kind.last.max(Some(activity.day));
            if !confidential {
                for child in log.students(activity) {
                    of_kind.children.insert(*child);
                    *own.children.entry(*child).or_default() += 1;
                }
            }
        }
    }
}

/// Whether a pairing held on any day of a stretch, as far as its days can be read.
fn overlaps(pairing: &Pairing, span: Span) -> bool {
    pairing.dated
        && pairing.from.is_none_or(|from| from <= span.last)
        && pairing.until.is_none_or(|until| span.first <= until)
}

fn follow_ups(snapshot: &Snapshot, span: Span, found: &mut BTreeMap<String, Served>) {
    for one in snapshot.follow_ups.iter().filter(|one| one.opened <= span.last) {
        for name in names(&one.owner) {
            let Some(own) = found.get_mut(name) else { continue };
            let owned = &mut own.owned;
            match one.status_on(span.last) {
                Status::Overdue => {
                    owned.waiting += 1;
                    owned.overdue += 1;
                }
                Status::Open => owned.waiting += 1,
                Status::Done if one.done.is_some_and(|done| span.covers(done)) => {
                    let in_time = one.done <= Some(one.due);
                    owned.in_time += u32::from(in_time);
                    owned.late += u32::from(!in_time);
                }
                Status::Done | Status::Cancelled => {}
            }
        }
    }
}

/// The commitments of somebody's roles. Of a post with a class the units of that class count, and of its children.
fn commitments<'a>(
    snapshot: &Snapshot,
    covered: &'a [Covered<'a>],
    posts: &BTreeSet<Post>,
    name: &str,
) -> Vec<Share<'a>> {
    let mut shares = Vec::new();
    for (at, one) in covered.iter().enumerate() {
        let own: Vec<&Post> = posts.iter().filter(|post| post.role == one.commitment.owner).collect();
        if own.is_empty() {
            continue;
        }
        let is_own = |unit: &&Unit| match &unit.subject {
            Subject::Staff(who) => who == name,
            Subject::School => true,
            Subject::Class(class) => own.iter().any(|post| post.class.is_none_or(|of| of == *class)),
            Subject::Student(at) => {
                let class = snapshot.student(*at).class;
                own.iter().any(|post| post.class.is_none() || post.class == class)
            }
        };
        let units: Vec<&Unit> = one.units.iter().filter(is_own).collect();
        let count = |standing: Standing| units.iter().filter(|unit| unit.standing == standing).count() as u64;
        shares.push(Share {
            code: &one.commitment.code,
            at,
            met: count(Standing::Met),
            missed: count(Standing::Missed),
            open: count(Standing::Open),
        });
    }
    shares
}
