//! What coverage is computed from: the records of a ledger up to a day, laid out so that no question looks at rows of
//! other children, classes or kinds.

use std::collections::BTreeMap;

use super::Period;
use super::laid_out::LaidOut;
use crate::assess::pairing::{Pairing, pairings};
use crate::ledger::table::Table;
use crate::ledger::{Origin, Snapshot};
use crate::model::{ActivityAt, Class, Day, Outcome, RowId, Stretch};

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
    laid_out: LaidOut<'a>,
    opened: BTreeMap<&'a RowId, Vec<usize>>,
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
        let year = super::period::school_year(&snapshot.school, term).from;
        Ok(Question {
            snapshot,
            term,
            day,
            in_group,
            staff: register(snapshot, "registers/staff.csv", "role")?,
            resources: register(snapshot, "registers/resources.csv", "type")?,
            pairings: by_child,
            laid_out: LaidOut::of(snapshot, year.plus(-DAYS_BEFORE), year, day),
            opened,
        })
    }

    pub(super) fn of_kind(&self, kind: &str) -> &[Dated] {
        self.laid_out.of_kind(kind)
    }

    /// How many activities of a kind in a stretch of days stay sealed.
    pub(super) fn closed(&self, kind: &str, from: Day, until: Day) -> u32 {
        between(self.laid_out.closed(kind), from, until).len() as u32
    }

    /// How many of any kind.
    pub(super) fn closed_of_all(&self, from: Day, until: Day) -> u32 {
        self.laid_out.kinds().map(|kind| self.closed(kind, from, until)).sum()
    }

    pub(super) fn is_closed(&self, one: Dated) -> bool {
        self.snapshot.activity(one.at).1.seal.is_closed()
    }

    pub(super) fn of_child(&self, kind: &str, student: u32) -> &[Dated] {
        self.laid_out.of_child(kind, student)
    }

    pub(super) fn of_class(&self, kind: &str, class: Class) -> &[Dated] {
        self.laid_out.of_class(kind, class)
    }

    pub(super) fn of_staff(&self, name: &str) -> &[Dated] {
        self.laid_out.of_staff(name)
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
