//! What is due: follow-ups, commitments whose period is closing, birthdays, agreements and pairings that run out.

use crate::assess::plan::{Covered, Standing, Subject, birthday};
use crate::ledger::Snapshot;
use crate::ledger::table::Table;
use crate::model::code::codes;
use crate::model::{Day, Student};

codes! {
    /// What sort of thing is due.
    Sort as "agenda" {
        FollowUp = "follow-up",
        Commitment = "commitment",
        Birthday = "birthday",
        PairingEnds = "pairing-ends",
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
    /// A type of follow-up, the text of a commitment's subject and period, an age.
    pub about: String,
    /// Free words of a follow-up.
    pub what: String,
    pub owner: String,
    /// How many units of the commitment are still open in the period.
    pub count: usize,
}

/// Everything that is overdue on the day, or due within so many days of it, the earliest first.
pub fn agenda(snapshot: &Snapshot, covered: &[Covered], day: Day, days: u32) -> Vec<Item> {
    let last = day.plus(i64::from(days));
    let mut items = follow_ups(snapshot, day, last);
    items.extend(covered.iter().flat_map(|one| closing(one, day, last)));
    items.extend(birthdays(snapshot, day, last));
    items.extend(pairings(snapshot, day, last));
    items.sort_by(|a, b| (a.day, a.sort, &a.code, a.student).cmp(&(b.day, b.sort, &b.code, b.student)));
    items
}

fn follow_ups(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let due = |one: &&crate::model::FollowUp| one.waits_on(day) && one.due <= last;
    snapshot
        .follow_ups
        .iter()
        .filter(due)
        .map(|one| Item {
            day: one.due,
            sort: Sort::FollowUp,
            code: one.id.to_string(),
            student: one.student.as_ref().and_then(|id| snapshot.place_of_student(id)),
            about: one.kind.clone(),
            what: one.what.clone(),
            owner: one.owner.clone(),
            count: 1,
        })
        .collect()
}

/// A commitment whose period closes in the days asked about: one item for a period, with the units that are open.
fn closing(covered: &Covered, day: Day, last: Day) -> Vec<Item> {
    let closes = |unit: &&crate::assess::plan::Unit| {
        unit.standing == Standing::Open && day <= unit.period.until && unit.period.until <= last
    };
    let mut items: Vec<Item> = Vec::new();
    for unit in covered.units.iter().filter(closes) {
        match items.iter_mut().find(|item| item.day == unit.period.until && item.about == unit.period.name) {
            Some(item) => {
                item.count += 1;
                item.student = None;
            }
            None => items.push(Item {
                day: unit.period.until,
                sort: Sort::Commitment,
                code: covered.commitment.code.clone(),
                student: match &unit.subject {
                    Subject::Student(at) => Some(*at),
                    _ => None,
                },
                about: unit.period.name.clone(),
                what: String::new(),
                owner: covered.commitment.owner.clone(),
                count: 1,
            }),
        }
    }
    items
}

fn birthdays(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let item = |(at, student): (u32, &Student)| {
        let next = birthday::on_or_after(student.born?, day);
        (next <= last && student.enrolled_on(day)).then(|| Item {
            day: next,
            sort: Sort::Birthday,
            code: student.id.to_string(),
            student: Some(at),
            about: next.age_since(student.born.expect("asked above")).to_string(),
            what: String::new(),
            owner: String::new(),
            count: 1,
        })
    };
    (0..snapshot.students.len() as u32).map(|at| (at, snapshot.student(at))).filter_map(item).collect()
}

fn pairings(snapshot: &Snapshot, day: Day, last: Day) -> Vec<Item> {
    let path = "registers/pairings.csv";
    let Ok(Some(bytes)) = snapshot.folder.read(path) else { return Vec::new() };
    let table = Table::read(path, bytes, &["id"]);
    let item = |row: usize| {
        let until: Day = table.get(row, "until").parse().ok()?;
        (day <= until && until <= last).then(|| Item {
            day: until,
            sort: Sort::PairingEnds,
            code: table.get(row, "id").to_owned(),
            student: table.get(row, "student").parse().ok().and_then(|id| snapshot.place_of_student(&id)),
            about: table.get(row, "type").to_owned(),
            what: String::new(),
            owner: table.get(row, "helper").to_owned(),
            count: 1,
        })
    };
    (0..table.len()).filter_map(item).collect()
}
