//! Who is responsible for the child, what was done with it by date, what it was given, and what is still open.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::Source;
use crate::ledger::Log;
use crate::ledger::table::Table as Register;
use crate::model::kind::{FieldType, Target};
use crate::model::{Activity, Day, FollowUp, Outcome};
use crate::report::listing::{coded, details};
use crate::report::{Block, Cell, Column, Table};

/// The teachers of the class, and whoever is paired with the child.
pub(super) fn responsible(source: &Source) -> Outcome<Vec<Block>> {
    let columns = vec![
        source.column("what", "dossier-duty"),
        source.column("name", "column-name"),
        source.column("from", "column-since"),
        source.column("until", "column-until"),
    ];
    let mut table = Table::new("responsible", String::new(), columns);
    let day = |day: Option<Day>| day.map_or(Cell::Empty, Cell::Day);
    for (role, name, from, until) in teachers(source)? {
        let role = Cell::code(role.clone(), crate::report::listing::owner_words(&role, source.lang));
        table.rows.push(vec![role, Cell::text(name), day(from), day(until)]);
    }
    for pairing in source.pairings.iter().filter(|pairing| pairing.student == source.at) {
        table.rows.push(vec![
            coded(source.lang, "pairing", &pairing.kind),
            Cell::text(&pairing.helper),
            day(pairing.from),
            day(pairing.until),
        ]);
    }
    Ok(vec![source.heading("dossier-responsible"), Block::Table(table)])
}

type Teacher = (String, String, Option<Day>, Option<Day>);

fn teachers(source: &Source) -> Outcome<Vec<Teacher>> {
    const STAFF: &str = crate::assess::workload::STAFF;
    let (Some(class), Some(bytes)) = (source.student.class, source.snapshot.read(STAFF)?) else {
        return Ok(Vec::new());
    };
    let register = Register::read(STAFF, bytes, &["id"]);
    let day = |row: usize, column: &str| register.get(row, column).parse::<Day>().ok();
    let of_class = (0..register.len()).filter(|row| register.get(*row, "class") == class.to_string());
    let teacher = |row: usize| {
        let get = |column: &str| register.get(row, column).to_owned();
        (get("role"), get("name"), day(row, "from"), day(row, "until"))
    };
    Ok(of_class.map(teacher).collect())
}

pub(super) fn blocks(source: &Source) -> Outcome<Vec<Block>> {
    let mut blocks = vec![source.heading("dossier-activities")];
    let rows = rows(source);
    let (open, sealed): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(log, _)| !source.is_confidential(&log.kind));
    let (own, shared): (Vec<_>, Vec<_>) = open.into_iter().partition(|row| is_by_name(source, row));
    blocks.push(Block::Table(activities(source, &own)));
    blocks.push(Block::Table(together(source, &shared)));
    let (follow_ups, hidden) = follow_ups(source)?;
    let count = sealed.len() + hidden;
    if count > 0 {
        blocks.push(Block::Note(source.say("dossier-confidential", &[("count", &count.to_string())])));
    }
    blocks.push(source.heading("dossier-aid"));
    blocks.push(Block::Table(aid(source, &own)));
    blocks.push(source.heading("dossier-follow-ups"));
    blocks.push(Block::Table(follow_ups));
    Ok(blocks)
}

type Row<'a> = (&'a Log, &'a Activity);

/// The child's activities up to the day by date, without scores, which have a part of their own.
fn rows<'a>(source: &Source<'a>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = source
        .snapshot
        .activities()
        .filter(|(_, log, one)| {
            one.day <= source.day
                && log.kind != source.rules.progress.marks.kind
                && log.students(one).contains(&source.at)
        })
        .map(|(_, log, one)| (log, one))
        .collect();
    rows.sort_by_key(|(log, one)| (one.day, log.kind.as_str(), one.row));
    rows
}

/// Whether a row is of a kind for single children, or names this one and not only its class or the school.
fn is_by_name(source: &Source, (log, one): &Row) -> bool {
    let for_children = source.kinds().get(&log.kind).is_some_and(|kind| kind.target == Target::Student);
    let mut words = log.table.get(one.row as usize, "students").split_whitespace();
    for_children || words.any(|word| word == source.student.id.as_str())
}

fn kind_cell(source: &Source, kind: &str) -> Cell {
    Cell::code(kind, source.rules.kind_label(kind).in_language(source.lang.code()))
}

/// The kind's own fields and the note, in one line.
fn said(source: &Source, (log, one): Row) -> Cell {
    let no_words = BTreeMap::new();
    let words = source.snapshot.words().unwrap_or(&no_words);
    let row = one.row as usize;
    let own = source.kinds().get(&log.kind).map(|kind| details(kind, log, row, words, source.lang)).unwrap_or_default();
    let note = log.table.get(row, "note");
    let parts: Vec<&str> = [own.as_str(), note].into_iter().filter(|part| !part.is_empty()).collect();
    source.text(&parts.join(&source.word("details-join")))
}

fn activities(source: &Source, rows: &[Row]) -> Table {
    let columns = vec![
        source.column("date", "column-date"),
        source.column("kind", "column-kind"),
        source.column("details", "column-details").wide(50),
        source.column("staff", "column-staff"),
    ];
    let mut table = Table::new("activities", source.word("dossier-own-activities"), columns);
    for (log, one) in rows {
        let staff = source.text(log.table.get(one.row as usize, "staff"));
        table.rows.push(vec![Cell::Day(one.day), kind_cell(source, &log.kind), said(source, (log, one)), staff]);
    }
    table
}

/// What the child took part in with its class or the school: how often, and when last.
fn together(source: &Source, rows: &[Row]) -> Table {
    let columns = vec![
        source.column("kind", "column-kind"),
        Column::right("times", source.word("column-times")),
        source.column("last", "column-last"),
    ];
    let mut table = Table::new("together", source.word("dossier-together"), columns);
    let mut kinds: BTreeMap<&str, (u32, Day)> = BTreeMap::new();
    for (log, one) in rows {
        let found = kinds.entry(&log.kind).or_insert((0, one.day));
        *found = (found.0 + 1, found.1.max(one.day));
    }
    for (kind, (times, last)) in kinds {
        table.rows.push(vec![kind_cell(source, kind), Cell::Integer(i64::from(times)), Cell::Day(last)]);
    }
    table
}

/// What the child was given: activities of kinds with an amount of money or of things.
fn aid(source: &Source, rows: &[Row]) -> Table {
    let columns = vec![
        source.column("date", "column-date"),
        source.column("kind", "column-kind"),
        source.column("details", "column-details").wide(50),
    ];
    let gives = |log: &Log| {
        let fields = source.kinds().get(&log.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        fields.iter().any(|field| matches!(field.kind, FieldType::Money | FieldType::Quantity))
    };
    let mut table = Table::new("aid", String::new(), columns);
    for (log, one) in rows.iter().filter(|(log, _)| gives(log)) {
        table.rows.push(vec![Cell::Day(one.day), kind_cell(source, &log.kind), said(source, (log, one))]);
    }
    table
}

/// The child's follow-ups, and how many are not shown as what opened them or closes them is confidential.
fn follow_ups(source: &Source) -> Outcome<(Table, usize)> {
    let columns = vec![
        source.column("opened", "column-opened"),
        source.column("type", "column-type"),
        source.column("what", "column-what").wide(40),
        source.column("owner", "column-owner"),
        source.column("due", "column-due"),
        source.column("status", "column-status"),
        source.column("done", "column-done"),
        source.column("outcome", "column-outcome").wide(30),
    ];
    let mut table = Table::new("follow-ups", String::new(), columns);
    let own = source
        .snapshot
        .follow_ups
        .iter()
        .filter(|one| one.student.as_ref() == Some(&source.student.id) && one.opened <= source.day);
    let (open, hidden): (Vec<&FollowUp>, Vec<&FollowUp>) = own.partition(|one| !source.confidential.holds(one));
    for one in open {
        let outcome = if one.outcome.is_empty() { &one.reason } else { &one.outcome };
        table.rows.push(vec![
            Cell::Day(one.opened),
            Cell::code(&one.kind, source.rules.type_label(&one.kind).in_language(source.lang.code())),
            source.text(&one.what),
            source.text(&one.owner),
            Cell::Day(one.due),
            coded(source.lang, "status", one.status_on(source.day).code()),
            one.done.filter(|done| *done <= source.day).map_or(Cell::Empty, Cell::Day),
            source.text(outcome),
        ]);
    }
    Ok((table, hidden.len()))
}
