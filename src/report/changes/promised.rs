//! What was promised for these days and whether it was done: follow-ups that were due, commitments whose period closed.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use crate::assess::plan::{Covered, Standing, Subject};
use crate::model::{FollowUp, Status};
use crate::report::listing::{left, maybe, owner_words, right};
use crate::report::nameless::unless_named;
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Column, Table};

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let mut blocks = vec![source.heading("changes-promised"), Block::Table(by_type(source))];
    let (told, hidden): (Vec<&FollowUp>, Vec<&FollowUp>) = due(source)
        .into_iter()
        .filter(|one| one.waits_on(source.asked.span.last))
        .partition(|one| !source.confidential.holds(one));
    blocks.push(Block::Table(not_done(source, &told)));
    if !hidden.is_empty() {
        blocks.push(Block::Note(source.say("changes-hidden", &[("count", &hidden.len().to_string())])));
    }
    let closed = closed(source);
    let kept = closed.iter().filter(|one| one.missed == 0).count().to_string();
    blocks.push(Block::Table(commitments(source, &closed)));
    let all = closed.len().to_string();
    blocks.push(Block::Note(source.say("changes-commitments-kept", &[("kept", &kept), ("all", &all)])));
    blocks
}

/// The follow-ups whose day lay in the span, without those that were cancelled.
fn due<'a>(source: &Source<'a>) -> Vec<&'a FollowUp> {
    let span = source.asked.span;
    let is_due = |one: &&FollowUp| {
        span.covers(one.due) && one.opened <= span.last && one.status_on(span.last) != Status::Cancelled
    };
    let mut found: Vec<&FollowUp> = source.snapshot.follow_ups.iter().filter(is_due).collect();
    found.sort_by_key(|one| (one.due, &one.id));
    found
}

/// Done, and due.
pub(super) fn kept(source: &Source) -> (u64, u64) {
    let due = due(source);
    let done = due.iter().filter(|one| one.status_on(source.asked.span.last) == Status::Done).count();
    (done as u64, due.len() as u64)
}

fn by_type(source: &Source) -> Table {
    let columns = vec![
        left(source.asked.lang, "type"),
        Column::right("due", source.word("changes-were-due")),
        Column::right("done-in-time", source.word("term-done-in-time")),
        Column::right("done-late", source.word("term-done-late")),
        Column::right("waiting", source.word("changes-not-done")),
    ];
    let mut table = Table::new("follow-ups", source.word("changes-table-follow-ups"), columns);
    let mut types: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
    for one in due(source) {
        let counts = types.entry(&one.kind).or_default();
        let done = one.done.filter(|done| *done <= source.asked.span.last);
        let at = match done {
            Some(done) if done <= one.due => 1,
            Some(_) => 2,
            None => 3,
        };
        counts[0] += 1;
        counts[at] += 1;
    }
    for (kind, counts) in types {
        let label = source.rules.type_label(kind);
        let mut row = vec![Cell::code(kind, label.in_language(source.asked.lang.code()))];
        row.extend(counts.map(Cell::Integer));
        table.rows.push(row);
    }
    table
}

fn not_done(source: &Source, found: &[&FollowUp]) -> Table {
    let (lang, names) = (source.asked.lang, source.asked.names);
    let mut columns = vec![
        left(lang, "due"),
        left(lang, "type"),
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "owner"),
        left(lang, "status"),
    ];
    // What somebody wrote may hold a name.
    columns.extend(names.then(|| left(lang, "what").wide(30)));
    let mut table = Table::new("not-done", source.word("changes-table-not-done"), columns);
    for one in found {
        let at = one.student.as_ref().and_then(|id| source.snapshot.place_of_student(id));
        let [id, name, class] = at.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |at| source.child(at));
        let kind = source.rules.type_label(&one.kind);
        let mut row = vec![Cell::Day(one.due), Cell::code(&one.kind, kind.in_language(lang.code())), id, name, class];
        row.extend([maybe(&one.owner), source.status(one)]);
        row.extend(names.then(|| maybe(&one.what)));
        table.rows.push(row);
    }
    unless_named(table, names)
}

/// The units of a commitment whose period closed in the span.
struct Closed<'a> {
    covered: &'a Covered<'a>,
    met: u64,
    missed: u64,
}

fn closed<'a>(source: &Source<'a>) -> Vec<Closed<'a>> {
    let span = source.asked.span;
    // A school year is judged in both of its terms.
    let mut seen: BTreeSet<(&str, &Subject, &str)> = BTreeSet::new();
    let mut found: Vec<Closed> = Vec::new();
    for covered in source.asked.covered {
        let code = covered.commitment.code.as_str();
        let (mut met, mut missed) = (0, 0);
        for unit in covered.units.iter().filter(|unit| span.covers(unit.period.until)) {
            if seen.insert((code, &unit.subject, &unit.period.name)) || covered.commitment.within.is_some() {
                met += u64::from(unit.standing == Standing::Met);
                missed += u64::from(unit.standing == Standing::Missed);
            }
        }
        if met + missed > 0 {
            found.push(Closed { covered, met, missed });
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.missed), one.covered.commitment.code.as_str()));
    found
}

fn commitments(source: &Source, closed: &[Closed]) -> Table {
    let lang = source.asked.lang;
    let columns = vec![
        left(lang, "code"),
        left(lang, "commitment").wide(40),
        right(lang, "coverage"),
        right(lang, "missed"),
        left(lang, "owner"),
    ];
    let mut table = Table::new("commitments", source.word("changes-table-commitments"), columns);
    for one in closed.iter().filter(|one| one.missed > 0) {
        let commitment = &one.covered.commitment;
        table.rows.push(vec![
            Cell::text(&commitment.code),
            Cell::text(commitment.text.in_language(lang.code())),
            Cell::Percent { met: one.met, of: one.met + one.missed },
            Cell::Integer(one.missed as i64),
            Cell::code(&commitment.owner, owner_words(&commitment.owner, lang)),
        ]);
    }
    table
}
