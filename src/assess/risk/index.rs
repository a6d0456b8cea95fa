//! One pass over all activities: for each child the last day of each sort of contact and of the kinds that indicators
//! ask for, and the rows that they read. Only what is dated up to the day and not void is seen.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use rayon::prelude::*;

use super::metric::Metric;
use super::rules::{self, RiskRules};
use crate::assess::by_child::ByChild;
use crate::assess::pairing::{Pairing, pairings};
use crate::assess::rules::Rules;
use crate::assess::score::Board;
use crate::ledger::{Log, Snapshot};
use crate::model::kind::Contact;
use crate::model::{Activity, ActivityAt, Class, Day, FollowUp};

/// The day of an activity, and where it stands.
pub type Last = (Day, ActivityAt);

/// For each child, by its place in the snapshot's list.
type OfEach<T> = Vec<T>;

/// What the activities, follow-ups and pairings say of each child up to a day.
pub struct Index<'a> {
    pub snapshot: &'a Snapshot,
    pub day: Day,
    contact: BTreeMap<Contact, OfEach<Option<Last>>>,
    last: BTreeMap<&'a str, OfEach<Option<Last>>>,
    rows: BTreeMap<&'a str, Rows>,
    /// Rows of confidential kinds of which it cannot be read whom they concern.
    sealed: BTreeMap<&'a str, Vec<Last>>,
    latest_of_class: BTreeMap<&'a str, BTreeMap<Class, Day>>,
    follow_ups: OfEach<Vec<usize>>,
    /// Follow-ups of which it cannot be read whom they concern.
    sealed_follow_ups: Vec<usize>,
    pairings: Vec<Pairing>,
    /// Scores within their classes, where an indicator asks for them.
    pub board: Option<Board>,
    /// Of the term of the day, as far as it has come.
    school_days: Vec<Day>,
}

/// What is asked of the logs.
struct Wanted<'a> {
    rules: &'a Rules,
    no_contact: &'a [rules::Row],
    last: BTreeSet<&'a str>,
    /// From which day on the rows of a kind are read; from the first where there is none.
    rows: BTreeMap<&'a str, Option<Day>>,
}

/// A place among a log's activities, counted from 1: with it, one that may be missing takes four bytes.
type Row = NonZeroU32;

/// What one log says.
#[derive(Default)]
struct OfLog {
    last: OfEach<Option<Row>>,
    contact: OfEach<Option<Row>>,
    /// Children and places among the log's activities.
    rows: Vec<(u32, u32)>,
    sealed: Vec<Last>,
}

/// The rows of a kind, child by child.
type Rows = ByChild<ActivityAt>;

impl<'a> Index<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules, risk: &'a RiskRules, day: Day) -> Index<'a> {
        let wanted = Wanted::by(rules, risk, day, snapshot.school.latest_term(day).map(|term| term.from));
        let (logs, children) = (&snapshot.logs, snapshot.students.len());
        let read = |at: usize| read(logs, at, children, day, &wanted);
        let board = || asks_for_board(risk).then(|| Board::of(snapshot, &rules.progress, day));
        let of_logs = || -> Vec<OfLog> { (0..logs.len()).into_par_iter().map(read).collect() };
        let of_registers = || (follow_ups(snapshot, day), sealed_follow_ups(snapshot, day), pairings(snapshot));
        let (read, (board, (follow_ups, sealed_follow_ups, pairings))) =
            rayon::join(of_logs, || rayon::join(board, of_registers));
        let contacts = || lasts_by_contact(snapshot, &read, rules);
        let lasts = || lasts_by_kind(snapshot, &read);
        let rows = || {
            let rows = rows(snapshot, &read);
            let latest = rows.par_iter().map(|(kind, rows)| (*kind, latest_of_class(snapshot, rows))).collect();
            (rows, latest)
        };
        let (contact, (last, (rows, latest_of_class))) = rayon::join(contacts, || rayon::join(lasts, rows));
        let sealed = by_kind(snapshot, &read, |one| !one.sealed.is_empty()).into_iter();
        let sealed = sealed.map(|(kind, read)| (kind, read.iter().flat_map(|(_, one)| one.sealed.clone()).collect()));
        Index {
            snapshot,
            day,
            contact,
            last,
            rows,
            sealed: sealed.collect(),
            latest_of_class,
            follow_ups,
            sealed_follow_ups,
            pairings,
            board,
            school_days: school_days(snapshot, day),
        }
    }

    /// The child's last contact of one sort, or of any.
    pub fn last_contact(&self, child: u32, contact: Option<Contact>) -> Option<Last> {
        let of = |sort: &Contact| self.contact.get(sort).and_then(|lasts| lasts[child as usize]);
        match contact {
            Some(sort) => of(&sort),
            None => latest(&self.snapshot.logs, Contact::ALL.iter().filter_map(of)),
        }
    }

    /// The child's last activity of any of these kinds.
    pub fn last_of(&self, child: u32, kinds: &[String]) -> Option<Last> {
        let of = |kind: &String| self.last.get(kind.as_str()).and_then(|lasts| lasts[child as usize]);
        latest(&self.snapshot.logs, kinds.iter().filter_map(of))
    }

    /// The child's rows of a kind up to the day, the oldest first.
    pub fn rows(&self, child: u32, kind: &str) -> &[ActivityAt] {
        self.rows.get(kind).map_or(&[], |rows| rows.of(child))
    }

    /// How many rows of these kinds are sealed from a day on.
    pub fn sealed_since<'k>(&self, kinds: impl Iterator<Item = &'k str>, since: Day) -> u32 {
        let sealed =
            |kind: &str| self.sealed.get(kind).map_or(0, |rows| rows.iter().filter(|row| since <= row.0).count());
        kinds.map(sealed).sum::<usize>() as u32
    }

    /// The sealed rows of a kind.
    pub fn sealed(&self, kind: &str) -> &[Last] {
        self.sealed.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The child's follow-ups that are open on the day or were closed by then, by their places in the snapshot's list.
    pub fn follow_ups(&self, child: u32) -> impl Iterator<Item = (usize, &'a FollowUp)> {
        let snapshot = self.snapshot;
        self.follow_ups[child as usize].iter().map(move |at| (*at, &snapshot.follow_ups[*at]))
    }

    /// The follow-ups up to the day that stay sealed: each might be any child's.
    pub fn sealed_follow_ups(&self) -> impl Iterator<Item = (usize, &'a FollowUp)> {
        let snapshot = self.snapshot;
        self.sealed_follow_ups.iter().map(move |at| (*at, &snapshot.follow_ups[*at]))
    }

    pub fn pairings(&self) -> &[Pairing] {
        &self.pairings
    }

    /// How many days of a stretch of the term are Monday to Friday outside the school's holidays.
    pub fn school_days(&self, first: Day, last: Day) -> u32 {
        let from = self.school_days.partition_point(|day| *day < first);
        let behind = self.school_days.partition_point(|day| *day <= last);
        behind.saturating_sub(from) as u32
    }

    /// Whether rows of a kind are kept for a class since a day: whether anybody in it has one.
    pub fn is_kept(&self, kind: &str, class: Class, since: Day) -> bool {
        let last = self.latest_of_class.get(kind).and_then(|classes| classes.get(&class));
        last.is_some_and(|last| since <= *last)
    }
}

/// What the logs say that say something of a sort, with the place of each log, kind by kind.
fn by_kind<'a, 'r>(
    snapshot: &'a Snapshot,
    read: &'r [OfLog],
    says: impl Fn(&OfLog) -> bool,
) -> BTreeMap<&'a str, Vec<(u32, &'r OfLog)>> {
    let mut found: BTreeMap<&str, Vec<(u32, &OfLog)>> = BTreeMap::new();
    for ((at, one), log) in (0..).zip(read).zip(&snapshot.logs).filter(|((_, one), _)| says(one)) {
        found.entry(&log.kind).or_default().push((at, one));
    }
    found
}

/// The last contact of each sort.
fn lasts_by_contact(snapshot: &Snapshot, read: &[OfLog], rules: &Rules) -> BTreeMap<Contact, OfEach<Option<Last>>> {
    let contact = |log: &Log| rules.kinds.get(&log.kind).and_then(|kind| kind.contact);
    let of_sort = |sort: Contact| {
        let logs = (0..).zip(read).filter(|(at, _)| contact(&snapshot.logs[*at as usize]) == Some(sort));
        (sort, merged(snapshot, logs.map(|(at, one)| (at, &one.contact))))
    };
    Contact::ALL.par_iter().copied().map(of_sort).collect()
}

/// The last activity of each kind that is asked for.
fn lasts_by_kind<'a>(snapshot: &'a Snapshot, read: &[OfLog]) -> BTreeMap<&'a str, OfEach<Option<Last>>> {
    let merged = |logs: Vec<(u32, &OfLog)>| merged(snapshot, logs.into_iter().map(|(at, one)| (at, &one.last)));
    let of_kind = by_kind(snapshot, read, |one| !one.last.is_empty());
    of_kind.into_par_iter().map(|(kind, logs)| (kind, merged(logs))).collect()
}

/// The latest of what several logs say, for each child.
fn merged<'r>(
    snapshot: &Snapshot,
    of_logs: impl Iterator<Item = (u32, &'r OfEach<Option<Row>>)>,
) -> OfEach<Option<Last>> {
    let mut kept = vec![None; snapshot.students.len()];
    for (log, rows) in of_logs {
        for (kept, row) in kept.iter_mut().zip(rows) {
            if let Some(row) = row {
                let at = ActivityAt { log, row: row.get() - 1 };
                keep_later(&snapshot.logs, kept, (snapshot.activity(at).1.day, at));
            }
        }
    }
    kept
}

/// The rows of each kind; of each child by day, then by id: the order of the lines in a file says nothing.
fn rows<'a, 'r>(snapshot: &'a Snapshot, read: &'r [OfLog]) -> BTreeMap<&'a str, Rows> {
    let of_logs = |logs: Vec<(u32, &'r OfLog)>| {
        let all = || {
            let of_log = |(log, one): &(u32, &'r OfLog)| {
                let (log, rows) = (*log, &one.rows);
                rows.iter().map(move |(child, row)| (*child, ActivityAt { log, row: *row }))
            };
            logs.iter().flat_map(of_log)
        };
        let mut rows = ByChild::gathered(snapshot.students.len(), all);
        rows.each(|rows| rows.sort_by(|a, b| order(&snapshot.logs, *a, *b)));
        rows
    };
    let of_kind = by_kind(snapshot, read, |one| !one.rows.is_empty());
    of_kind.into_par_iter().map(|(kind, logs)| (kind, of_logs(logs))).collect()
}

/// For each class the last day on which anybody in it has a row.
fn latest_of_class(snapshot: &Snapshot, rows: &Rows) -> BTreeMap<Class, Day> {
    let mut classes = BTreeMap::new();
    for (child, file) in (0..).zip(&snapshot.students) {
        let (Some(class), Some(at)) = (file.student.class, rows.of(child).last()) else { continue };
        let day = snapshot.activity(*at).1.day;
        classes.entry(class).and_modify(|last| *last = day.max(*last)).or_insert(day);
    }
    classes
}

impl<'a> Wanted<'a> {
    fn by(rules: &'a Rules, risk: &'a RiskRules, day: Day, term_from: Option<Day>) -> Wanted<'a> {
        let metrics = || risk.indicators.iter().map(|indicator| &indicator.metric);
        let mut rows: BTreeMap<&str, Option<Day>> = BTreeMap::new();
        let mut from = |kind: &'a str, first: Option<Day>| {
            rows.entry(kind).and_modify(|day| *day = first.min(*day)).or_insert(first);
        };
        for metric in metrics() {
            let first = metric.first_day(day, term_from);
            metric.kinds_of_rows().into_iter().for_each(|kind| from(kind, first));
        }
        // An emergency lasts as long as its follow-up waits.
        risk.emergencies.iter().for_each(|emergency| from(&emergency.kind, None));
        Wanted {
            rules,
            no_contact: &risk.no_contact,
            last: metrics().flat_map(|metric| metric.kinds_of_last()).map(String::as_str).collect(),
            rows,
        }
    }
}

fn asks_for_board(risk: &RiskRules) -> bool {
    risk.indicators.iter().any(|indicator| matches!(indicator.metric, Metric::StandardDrop { .. }))
}

fn follow_ups(snapshot: &Snapshot, day: Day) -> OfEach<Vec<usize>> {
    let mut of_each = vec![Vec::new(); snapshot.students.len()];
    for (at, follow_up) in snapshot.follow_ups.iter().enumerate().filter(|(_, one)| one.opened <= day) {
        if let Some(child) = follow_up.student.as_ref().and_then(|id| snapshot.place_of_student(id)) {
            of_each[child as usize].push(at);
        }
    }
    of_each
}

fn sealed_follow_ups(snapshot: &Snapshot, day: Day) -> Vec<usize> {
    let closed = |one: &FollowUp| one.seal.is_closed() && one.opened <= day;
    snapshot.follow_ups.iter().enumerate().filter(|(_, one)| closed(one)).map(|(at, _)| at).collect()
}

fn school_days(snapshot: &Snapshot, day: Day) -> Vec<Day> {
    let school = &snapshot.school;
    let Some(term) = school.latest_term(day) else { return Vec::new() };
    let days = (0..=term.until.min(day).days_since(term.from)).map(|number| term.from.plus(number));
    days.filter(|day| day.weekday() < 5 && school.holiday_on(*day).is_none()).collect()
}

fn read(logs: &[Log], at: usize, children: usize, day: Day, wanted: &Wanted) -> OfLog {
    let log = &logs[at];
    let kind = log.kind.as_str();
    let of_contact = wanted.rules.kinds.get(kind).is_some_and(|kind| kind.contact.is_some());
    let confidential = wanted.rules.kinds.get(kind).is_some_and(|kind| kind.confidential);
    let reached_nobody = Reached::by(log, wanted.no_contact);
    let (with_last, rows_from) = (wanted.last.contains(kind), wanted.rows.get(kind));
    let mut found = OfLog::default();
    if of_contact {
        found.contact = vec![None; children];
    }
    if with_last {
        found.last = vec![None; children];
    }
    for (row, activity) in log.activities.iter().enumerate().filter(|(_, one)| !one.void && one.day <= day) {
        let last = (activity.day, ActivityAt { log: at as u32, row: row as u32 });
        if activity.seal.is_closed() || (confidential && names_nobody(log, activity)) {
            found.sealed.push(last);
        }
        let reached = of_contact && !reached_nobody.holds(log, activity);
        for child in log.students(activity) {
            if reached {
                keep_later_row(logs, at, &mut found.contact[*child as usize], row);
            }
            if with_last {
                keep_later_row(logs, at, &mut found.last[*child as usize], row);
            }
            if rows_from.is_some_and(|from| from.is_none_or(|from| from <= activity.day)) {
                found.rows.push((*child, row as u32));
            }
        }
    }
    found
}

/// A row of a confidential kind that names nobody: whom it concerns is not known.
fn names_nobody(log: &Log, activity: &Activity) -> bool {
    log.students(activity).is_empty()
}

/// Whether a row of a kind of contact reached nobody, by the rules' list of such rows.
pub(in crate::assess) fn reached_nobody(log: &Log, activity: &Activity, rows: &[rules::Row]) -> bool {
    Reached::by(log, rows).holds(log, activity)
}

/// Whether a row reached nobody, by the columns of its log.
struct Reached<'a>(Vec<(usize, &'a [String])>);

impl<'a> Reached<'a> {
    fn by(log: &Log, rows: &'a [rules::Row]) -> Reached<'a> {
        let of_kind = rows.iter().filter(|row| row.kind == log.kind);
        Reached(of_kind.filter_map(|row| Some((log.table.column(&row.field)?, row.is.as_slice()))).collect())
    }

    fn holds(&self, log: &Log, activity: &Activity) -> bool {
        self.0.iter().any(|(column, values)| {
            let cell = log.table.bytes(activity.row as usize, *column);
            values.iter().any(|value| value.as_bytes() == cell)
        })
    }
}

/// By the day, then the log, then the id of the row; so that no answer hangs on the order of lines.
fn order(logs: &[Log], a: ActivityAt, b: ActivityAt) -> Ordering {
    let day = |at: ActivityAt| logs[at.log as usize].activities[at.row as usize].day;
    (day(a), a.log).cmp(&(day(b), b.log)).then_with(|| id(logs, a).cmp(id(logs, b)))
}

fn id(logs: &[Log], at: ActivityAt) -> &[u8] {
    let table = &logs[at.log as usize].table;
    let row = logs[at.log as usize].activities[at.row as usize].row;
    table.column("id").map_or(&[][..], |column| table.bytes(row as usize, column))
}

fn keep_later(logs: &[Log], kept: &mut Option<Last>, new: Last) {
    let later = match kept {
        None => true,
        Some(old) if old.0 != new.0 => old.0 < new.0,
        Some(old) => order(logs, old.1, new.1) == Ordering::Less,
    };
    if later {
        *kept = Some(new);
    }
}

fn keep_later_row(logs: &[Log], log: usize, kept: &mut Option<Row>, new: usize) {
    let day = |row: usize| logs[log].activities[row].day;
    let at = |row: usize| ActivityAt { log: log as u32, row: row as u32 };
    let later = kept.map(|row| row.get() as usize - 1).is_none_or(|old| match day(old) == day(new) {
        false => day(old) < day(new),
        true => order(logs, at(old), at(new)) == Ordering::Less,
    });
    if later {
        *kept = Row::new(new as u32 + 1);
    }
}

fn latest(logs: &[Log], lasts: impl Iterator<Item = Last>) -> Option<Last> {
    let mut kept = None;
    lasts.for_each(|last| keep_later(logs, &mut kept, last));
    kept
}
