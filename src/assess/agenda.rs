//! What is due: follow-ups, commitments whose period is closing, birthdays, festivals, agreements and pairings that run
//! out. Each has a key that stays the same when its day moves, so that a calendar knows it again.

use std::collections::BTreeMap;

use crate::assess::festival::Festival;
use crate::assess::pairing::PAIRINGS;
use crate::assess::plan::{Covered, OneOrMany, Standing, Subject, Unit, agreement_ends, birthday};
use crate::ledger::table::Table;
use crate::ledger::{Origin, Snapshot};
use crate::model::code::codes;
use crate::model::kind::Label;
use crate::model::{Day, FollowUp, Student};

codes! {
    /// What sort of thing is due.
    Sort as "agenda" {
        FollowUp = "follow-up",
        Commitment = "commitment",
        Festival = "festival",
        Birthday = "birthday",
        AgreementEnds = "agreement-ends",
        PairingEnds = "pairing-ends",
        /// The years for which the record of a leaver is kept are over.
        Forget = "forget",
    }
}

/// One thing to do, by its last day.
#[derive(Debug, Clone)]
pub struct Item {
    pub day: Day,
    pub sort: Sort,
    /// The id of a follow-up or pairing, the code of a commitment.
    pub code: String,
    /// The child, by the place in the snapshot's list; nothing where it concerns a class or the school.
    pub student: Option<u32>,
    /// A type of follow-up, the name of a period, an age, a kind of agreement.
    pub about: String,
    /// The words of a festival.
    pub label: Option<Label>,
    /// Free words of a follow-up: for the eyes of the school alone.
    pub what: String,
    pub owner: String,
    /// It lies sealed in the ledger: what leaves the ledger does not name the child.
    pub sealed: bool,
    /// How many units of the commitment are still open in the period.
    pub count: usize,
}

impl Item {
    /// What names this thing among all others, whenever it is due.
    pub fn key(&self) -> String {
        format!("{}-{}-{}", self.sort.code(), self.code, self.about)
    }
}

/// Everything that is overdue on the day, or due within so many days of it, the earliest first.
pub fn agenda(snapshot: &Snapshot, covered: &[Covered], festivals: &[Festival], day: Day, days: u32) -> Vec<Item> {
    let last = day.plus(i64::from(days));
    let mut items = follow_ups(snapshot, day, last);
    items.extend(covered.iter().flat_map(|one| closing(snapshot, one, day, last)));
    items.extend(birthdays(snapshot, covered, day, last));
    items.extend(festival_days(covered, festivals, day, last));
    items.extend(agreements(snapshot, covered, day, last));
    items.extend(pairings(snapshot, day, last));
    items.extend(to_forget(snapshot, day, last));
    items.sort_by(|a, b| (a.day, a.sort, &a.code, a.student).cmp(&(b.day, b.sort, &b.code, b.student)));
    items
}

fn item(day: Day, sort: Sort, code: &str, about: &str) -> Item {
    Item {
        day,
        sort,
        code: code.to_owned(),
        student: None,
        about: about.to_owned(),
        label: None,
        what: String::new(),
        owner: String::new(),
        sealed: false,
        count: 1,
    }
}

fn follow_ups(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let due = |one: &&FollowUp| one.waits_on(day) && one.due <= last;
    let of = |one: &FollowUp| Item {
        student: one.student.as_ref().and_then(|id| snapshot.place_of_student(id)),
        what: one.what.clone(),
        owner: one.owner.clone(),
        sealed: one.seal.is_sealed(),
        ..item(one.due, Sort::FollowUp, one.id.as_str(), &one.kind)
    };
    snapshot.follow_ups.iter().filter(due).map(of).collect()
}

/// A commitment whose period closes in the days asked about, or that asks for it earlier: one item for a period, with
/// the units that are open. What a follow-up waits for stands in the agenda as that follow-up.
fn closing(snapshot: &Snapshot, covered: &Covered, day: Day, last: Day) -> Vec<Item> {
    let commitment = &covered.commitment;
    if commitment.within.as_ref().is_some_and(|within| within.after.followup.is_some()) {
        return Vec::new();
    }
    let due = |unit: &Unit| match commitment.by_day {
        Some(by_day) => unit.period.from.plus(i64::from(by_day) - 1).min(unit.period.until),
        None => unit.period.until,
    };
    let is_due = |unit: &&Unit| unit.standing == Standing::Open && day <= unit.period.until && due(unit) <= last;
    let mut items: BTreeMap<(Day, &str), Item> = BTreeMap::new();
    for unit in covered.units.iter().filter(is_due) {
        let student = match &unit.subject {
            Subject::Student(at) => Some(*at),
            _ => None,
        };
        let key = (due(unit), &*unit.period.name);
        let known = items.entry(key).or_insert_with(|| Item {
            student,
            owner: commitment.owner.clone(),
            count: 0,
            ..item(key.0, Sort::Commitment, &commitment.code, &unit.period.name)
        });
        known.count += 1;
        known.sealed |= unit.evidence.iter().any(|origin| is_sealed(snapshot, origin));
        known.student = known.student.filter(|_| known.count == 1);
    }
    items.into_values().collect()
}

/// Whether what a unit rests on lies sealed: that there is such a unit is then no less confidential.
fn is_sealed(snapshot: &Snapshot, origin: &Origin) -> bool {
    match origin {
        Origin::Activity(at) => snapshot.activity(*at).1.seal.is_sealed(),
        Origin::FollowUp(at) => snapshot.follow_ups[*at].seal.is_sealed(),
        Origin::Record { .. } | Origin::Register { .. } => false,
    }
}

/// Who is responsible for a commitment of a sort.
fn owner_where(covered: &[Covered], is_meant: impl Fn(&Covered) -> bool) -> String {
    covered.iter().find(|one| is_meant(one)).map_or_else(String::new, |one| one.commitment.owner.clone())
}

fn birthdays(snapshot: &Snapshot, covered: &[Covered], day: Day, last: Day) -> Vec<Item> {
    let owner = owner_where(covered, |one| one.commitment.count.as_ref().is_some_and(|one| one.birthday.is_some()));
    let of = |(at, student): (u32, &Student)| {
        let next = birthday::on_or_after(student.born?, day);
        let age = next.age_since(student.born?).to_string();
        (next <= last && student.enrolled_on(day)).then(|| Item {
            student: Some(at),
            owner: owner.clone(),
            ..item(next, Sort::Birthday, student.id.as_str(), &age)
        })
    };
    (0..snapshot.students.len() as u32).map(|at| (at, snapshot.student(at))).filter_map(of).collect()
}

fn festival_days(covered: &[Covered], festivals: &[Festival], day: Day, last: Day) -> Vec<Item> {
    let names = |one: &Covered, name: &str| {
        let distinct = one.commitment.count.as_ref().and_then(|count| count.distinct.as_ref());
        distinct.is_some_and(|distinct| distinct.of.iter().flat_map(OneOrMany::values).any(|value| value == name))
    };
    let mut items = Vec::new();
    for festival in festivals {
        let owner = owner_where(covered, |one| names(one, &festival.name));
        items.extend(festival.days_between(day, last).map(|on| Item {
            label: Some(festival.label.clone()),
            owner: owner.clone(),
            ..item(on, Sort::Festival, &festival.name, &on.year().to_string())
        }));
    }
    items
}

/// The last agreement of each child, of every sort; whoever answers for it is named where the plans ask for it.
fn agreements(snapshot: &Snapshot, covered: &[Covered], day: Day, last: Day) -> Vec<Item> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for one in covered {
        let agreement = one.commitment.state.as_ref().and_then(|state| state.agreement.as_ref());
        agreement.map(|name| owners.entry(format!("{name}-agreement")).or_insert(&one.commitment.owner));
    }
    for kind in snapshot.kinds().into_iter().flat_map(|kinds| kinds.keys()).filter(|kind| kind.ends_with("-agreement"))
    {
        owners.entry(kind.clone()).or_insert("");
    }
    let mut ends: BTreeMap<(&str, u32), Day> = BTreeMap::new();
    for (_, log, activity) in
        snapshot.activities().filter(|(_, log, one)| owners.contains_key(&log.kind) && one.day <= day)
    {
        let end = agreement_ends(activity.day, log.table.get(activity.row as usize, "until"));
        for student in log.students(activity) {
            let known = ends.entry((&log.kind, *student)).or_insert(end);
            *known = end.max(*known);
        }
    }
    ends.into_iter()
        .filter(|((_, student), end)| day <= *end && *end <= last && snapshot.student(*student).enrolled_on(day))
        .map(|((kind, student), end)| Item {
            student: Some(student),
            owner: owners[kind].to_owned(),
            ..item(end, Sort::AgreementEnds, snapshot.student(student).id.as_str(), kind)
        })
        .collect()
}

/// Children who have left, and whose years are over by the last day.
fn to_forget(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let due = super::forgetting::due(snapshot, day, last);
    let of = |one: super::forgetting::Due| Item {
        student: Some(one.student),
        ..item(one.from, Sort::Forget, snapshot.student(one.student).id.as_str(), &one.left.to_string())
    };
    due.into_iter().map(of).collect()
}

fn pairings(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let Ok(Some(bytes)) = snapshot.read(PAIRINGS) else { return Vec::new() };
    let table = Table::read(PAIRINGS, bytes, &["id"]);
    let of = |row: usize| {
        let until: Day = table.get(row, "until").parse().ok()?;
        (day <= until && until <= last).then(|| Item {
            student: table.get(row, "student").parse().ok().and_then(|id| snapshot.place_of_student(&id)),
            owner: table.get(row, "helper").to_owned(),
            ..item(until, Sort::PairingEnds, table.get(row, "id"), table.get(row, "type"))
        })
    };
    (0..table.len()).filter_map(of).collect()
}
