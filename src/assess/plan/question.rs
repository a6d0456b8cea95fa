//! What coverage is computed from: the records of a ledger up to a day, laid out so that no question looks at rows of
//! other children, classes or kinds.

use std::collections::BTreeMap;

use super::Period;
use crate::assess::pairing::{Pairing, pairings};
use crate::ledger::table::Table;
use crate::ledger::{Log, Origin, Snapshot};
use crate::model::{Activity, ActivityAt, Class, Day, Outcome, RowId, Stretch};

/// Whether a student is in a group on a day; nothing where that cannot be known.
pub type InGroup<'a> = dyn Fn(&str, u32, Day) -> Option<bool> + Sync + 'a;

/// An activity with its day, by which lists of them stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dated {
    pub day: Day,
    pub at: ActivityAt,
}

/// One row of the registers of staff and resources.
#[derive(Debug)]
pub(super) struct Listed {
    pub kind: String,
    pub name: String,
    /// Empty where it is there for every class.
    pub class: String,
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// The days on which somebody looked at it.
    pub updated: Vec<Day>,
    pub origin: Origin,
}

/// What coverage is computed from.
pub struct Question<'a> {
    pub snapshot: &'a Snapshot,
    pub term: &'a Stretch,
    /// The day asked about: later records do not count, and periods that end after it are open.
    pub day: Day,
    pub in_group: &'a InGroup<'a>,
    pub(super) staff: Vec<Listed>,
    pub(super) resources: Vec<Listed>,
    pairings: BTreeMap<u32, Vec<Pairing>>,
    kinds: BTreeMap<&'a str, OfKind>,
    by_staff: BTreeMap<&'a str, Vec<Dated>>,
    opened: BTreeMap<&'a RowId, Vec<usize>>,
}

/// The activities of one kind, each list by day.
#[derive(Default)]
struct OfKind {
    all: Vec<Dated>,
    /// Those that stay sealed: each might be for any child, class or value.
    closed: Vec<Dated>,
    by_child: BTreeMap<u32, Vec<Dated>>,
    by_class: BTreeMap<Class, Vec<Dated>>,
}

impl<'a> Question<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        term: &'a Stretch,
        day: Day,
        in_group: &'a InGroup<'a>,
    ) -> Outcome<Question<'a>> {
        let mut by_child: BTreeMap<u32, Vec<Pairing>> = BTreeMap::new();
        for pairing in pairings(snapshot) {
            by_child.entry(pairing.student).or_default().push(pairing);
        }
        let mut opened: BTreeMap<&RowId, Vec<usize>> = BTreeMap::new();
        for (at, one) in snapshot.follow_ups.iter().enumerate() {
            if let Some(row) = &one.opened_by {
                opened.entry(row).or_default().push(at);
            }
        }
        Ok(Question {
            snapshot,
            term,
            day,
            in_group,
            staff: register(snapshot, "registers/staff.csv", "role")?,
            resources: register(snapshot, "registers/resources.csv", "type")?,
            pairings: by_child,
            kinds: kinds(snapshot, term, day),
            by_staff: by_staff(snapshot, term, day),
            opened,
        })
    }

    pub(super) fn of_kind(&self, kind: &str) -> &[Dated] {
        self.kinds.get(kind).map_or(&[], |of_kind| of_kind.all.as_slice())
    }

    /// How many activities of a kind in a stretch of days stay sealed.
    pub(super) fn closed(&self, kind: &str, from: Day, until: Day) -> u32 {
        self.kinds.get(kind).map_or(0, |of_kind| between(&of_kind.closed, from, until).len() as u32)
    }

    /// How many of any kind.
    pub(super) fn closed_of_all(&self, from: Day, until: Day) -> u32 {
        self.kinds.keys().map(|kind| self.closed(kind, from, until)).sum()
    }

    pub(super) fn is_closed(&self, one: Dated) -> bool {
        self.snapshot.activity(one.at).1.seal.is_closed()
    }

    pub(super) fn of_child(&self, kind: &str, student: u32) -> &[Dated] {
        let own = self.kinds.get(kind).and_then(|of_kind| of_kind.by_child.get(&student));
        own.map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_class(&self, kind: &str, class: Class) -> &[Dated] {
        let own = self.kinds.get(kind).and_then(|of_kind| of_kind.by_class.get(&class));
        own.map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_staff(&self, name: &str) -> &[Dated] {
        self.by_staff.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn pairings_of(&self, student: u32) -> &[Pairing] {
        self.pairings.get(&student).map_or(&[], Vec::as_slice)
    }

    /// The follow-ups that an activity opened, by their places in the snapshot's list.
    pub(super) fn opened_by(&self, row: &RowId) -> &[usize] {
        self.opened.get(row).map_or(&[], Vec::as_slice)
    }

    /// A cell of an activity.
    pub(super) fn cell(&self, one: Dated, column: &str) -> &str {
        let (log, activity) = self.snapshot.activity(one.at);
        log.table.get(activity.row as usize, column)
    }
}

/// The part of a list that lies in a stretch of days.
pub(super) fn between(list: &[Dated], from: Day, until: Day) -> &[Dated] {
    let first = list.partition_point(|one| one.day < from);
    let behind = list.partition_point(|one| one.day <= until);
    &list[first..behind.max(first)]
}

pub(super) fn in_period<'l>(list: &'l [Dated], period: &Period) -> &'l [Dated] {
    between(list, period.from, period.until)
}

/// How long before the term's school year a record may lie and still matter: an agreement holds for a year.
const DAYS_BEFORE: i64 = 400;

fn counted<'s>(
    snapshot: &'s Snapshot,
    term: &Stretch,
    day: Day,
) -> impl Iterator<Item = (Dated, &'s Log, &'s Activity)> {
    let year = super::period::school_year(&snapshot.school, term);
    let first = year.from.plus(-DAYS_BEFORE);
    let counts = move |activity: &Activity| first <= activity.day && activity.day <= day;
    snapshot
        .activities()
        .filter(move |(_, _, activity)| counts(activity))
        .map(|(at, log, activity)| (Dated { day: activity.day, at }, log, activity))
}

fn kinds<'s>(snapshot: &'s Snapshot, term: &Stretch, day: Day) -> BTreeMap<&'s str, OfKind> {
    let sizes = class_sizes(snapshot);
    let mut kinds: BTreeMap<&str, OfKind> = BTreeMap::new();
    for (one, log, activity) in counted(snapshot, term, day) {
        let of_kind = kinds.entry(&log.kind).or_default();
        of_kind.all.push(one);
        if activity.seal.is_closed() {
            of_kind.closed.push(one);
        }
        let students = log.students(activity);
        students.iter().for_each(|student| of_kind.by_child.entry(*student).or_default().push(one));
        for class in classes_of(snapshot, &sizes, students, log.table.get(activity.row as usize, "students")) {
            of_kind.by_class.entry(class).or_default().push(one);
        }
    }
    for of_kind in kinds.values_mut() {
        let lists = of_kind.by_child.values_mut().chain(of_kind.by_class.values_mut());
        lists.chain([&mut of_kind.all, &mut of_kind.closed]).for_each(|list| list.sort_unstable());
    }
    kinds
}

fn class_sizes(snapshot: &Snapshot) -> BTreeMap<Class, usize> {
    let mut sizes = BTreeMap::new();
    for class in snapshot.students.iter().filter_map(|file| file.student.class) {
        *sizes.entry(class).or_default() += 1;
    }
    sizes
}

/// The classes that an activity was for: those that it names, and those of which it lists half of the children.
fn classes_of(snapshot: &Snapshot, sizes: &BTreeMap<Class, usize>, students: &[u32], cell: &str) -> Vec<Class> {
    if cell.split_ascii_whitespace().any(|word| word == "all") {
        return sizes.keys().copied().collect();
    }
    let named = cell.split_ascii_whitespace().filter_map(|word| word.strip_prefix("class:"));
    let mut classes: Vec<Class> = named.filter_map(|class| class.parse().ok()).collect();
    if classes.is_empty() && students.len() > 1 {
        let mut there: BTreeMap<Class, usize> = BTreeMap::new();
        for class in students.iter().filter_map(|at| snapshot.student(*at).class) {
            *there.entry(class).or_default() += 1;
        }
        classes.extend(there.into_iter().filter(|(class, count)| count * 2 >= sizes[class]).map(|(class, _)| class));
    }
    classes.sort_unstable();
    classes.dedup();
    classes
}

fn by_staff<'s>(snapshot: &'s Snapshot, term: &Stretch, day: Day) -> BTreeMap<&'s str, Vec<Dated>> {
    let mut found: BTreeMap<&str, Vec<Dated>> = BTreeMap::new();
    for (one, log, activity) in counted(snapshot, term, day) {
        for name in crate::assess::workload::names(log.table.get(activity.row as usize, "staff")) {
            found.entry(name).or_default().push(one);
        }
    }
    found.values_mut().for_each(|list| list.sort_unstable());
    found
}

fn register(snapshot: &Snapshot, path: &'static str, kind: &str) -> Outcome<Vec<Listed>> {
    let Some(bytes) = snapshot.read(path)? else { return Ok(Vec::new()) };
    let table = Table::read(path, bytes, &["id"]);
    let day = |row: usize, column: &str| table.get(row, column).parse::<Day>().ok();
    let listed = |row: usize| Listed {
        kind: table.get(row, kind).to_owned(),
        name: table.get(row, "name").to_owned(),
        class: table.get(row, "class").to_owned(),
        from: day(row, "from"),
        until: day(row, "until"),
        updated: table.get(row, "updated").split_whitespace().filter_map(|day| day.parse().ok()).collect(),
        origin: Origin::Register { file: path, line: table.line(row) },
    };
    Ok((0..table.len()).map(listed).collect())
}
