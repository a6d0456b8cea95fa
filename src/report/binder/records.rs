//! The records of a part: activities kind by kind, and registers. Without names a row of a kind for single children has its
//! closed fields alone, and what was written of others has no child's name in it.

use std::collections::BTreeMap;

use super::Source;
use crate::ledger::table::Table as Register;
use crate::ledger::{Log, attachment};
use crate::model::kind::{Field, FieldType, Kind, Target, Words};
use crate::model::{Activity, Outcome};
use crate::report::listing::{self, in_words, left, right};
use crate::report::nameless::without;
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Column, Private, Table};

/// The activities of a kind in the span, by day.
pub(super) type Rows<'a> = Vec<(&'a Log, &'a Activity)>;

/// The activities of the span by kind.
pub(super) fn by_kind<'a>(source: &Source<'a>) -> BTreeMap<&'a str, Rows<'a>> {
    let mut kinds: BTreeMap<&str, Rows> = BTreeMap::new();
    for (_, log, one) in source.asked.snapshot.activities().filter(|(_, _, one)| source.asked.span.covers(one.day)) {
        kinds.entry(&log.kind).or_default().push((log, one));
    }
    kinds.values_mut().for_each(|rows| rows.sort_by_key(|(_, one)| (one.day, one.row)));
    kinds
}

/// What of a part is confidential or only counted: the numbers.
pub(super) fn counted(source: &Source, kinds: &[(&str, &Rows)]) -> Block {
    let lang = source.asked.lang;
    let columns = vec![left(lang, "kind"), right(lang, "times"), left(lang, "last")];
    let mut table = Table::new("counted", source.word("binder-counted"), columns);
    for (kind, rows) in kinds {
        let last = rows.last().map_or(Cell::Empty, |(_, one)| Cell::Day(one.day));
        table.rows.push(vec![source.kind_cell(kind), Cell::count(rows.len()), last]);
    }
    Block::Table(table)
}

/// The rows of a kind, one by one.
pub(super) fn listed(source: &Source, kind: &str, rows: &Rows) -> Table {
    let lang = source.asked.lang;
    let columns = vec![
        left(lang, "date"),
        left(lang, "students"),
        left(lang, "staff"),
        right(lang, "minutes"),
        left(lang, "details").wide(44),
        right(lang, "attachments"),
    ];
    let defined = source.asked.rules.kinds.get(kind);
    let mut table = Table::new(kind, source.kind_words(kind), columns);
    let no_words = Words::new();
    let words = source.asked.snapshot.words().unwrap_or(&no_words);
    for (log, one) in rows {
        let get = |column: &str| log.table.get(one.row as usize, column);
        table.rows.push(vec![
            Cell::Day(one.day),
            students(source, log, one),
            source.free(get("staff")),
            get("minutes").parse().map_or(Cell::Empty, Cell::Integer),
            said(source, defined, log, one, words),
            match attachment::names(get("attachments")).count() {
                0 => Cell::Empty,
                some => Cell::count(some),
            },
        ]);
    }
    table
}

/// How many rows of a kind each month has.
pub(super) fn monthly(source: &Source, kind: &str, rows: &Rows) -> Table {
    let columns = vec![Column::left("month", source.word("binder-month")), right(source.asked.lang, "times")];
    let mut table = Table::new(kind, source.kind_words(kind), columns);
    let mut months: BTreeMap<String, usize> = BTreeMap::new();
    for (_, one) in rows {
        *months.entry(format!("{}-{:02}", one.day.year(), one.day.month())).or_default() += 1;
    }
    table.rows.extend(months.into_iter().map(|(month, times)| vec![Cell::text(month), Cell::count(times)]));
    table
}

/// Names or ids of a few children, or how many there were.
fn students(source: &Source, log: &Log, one: &Activity) -> Cell {
    const FEW: usize = 4;
    let children = log.students(one);
    if children.is_empty() {
        return Cell::Empty;
    }
    if children.len() > FEW {
        return Cell::text(source.say("binder-children", &[("count", &children.len().to_string())]));
    }
    let word = |at: &u32| {
        let student = source.asked.snapshot.student(*at);
        if source.asked.names { student.name.clone() } else { student.id.to_string() }
    };
    Cell::List(children.iter().map(word).collect())
}

/// The kind's own fields, and the note.
fn said(source: &Source, kind: Option<&Kind>, log: &Log, one: &Activity, words: &Words) -> Cell {
    let row = one.row as usize;
    let (names, lang) = (source.asked.names, source.asked.lang);
    let of_children = kind.is_none_or(|kind| kind.target == Target::Student);
    let is_shown = |field: &&Field| names || !of_children || is_closed(field.kind);
    let fields = kind.map(|kind| kind.fields.as_slice()).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    for field in fields.iter().filter(is_shown) {
        let value = log.table.get(row, &field.name);
        if !value.is_empty() {
            let value = in_words(field, value, words, lang);
            let label = field.label.in_language(lang.code());
            parts.push(source.say("report-fact-line", &[("label", label), ("value", &value)]));
        }
    }
    let note = log.table.get(row, "note");
    if !note.is_empty() && (names || !of_children) {
        parts.push(note.to_owned());
    }
    source.free(&parts.join(&source.word("details-join")))
}

/// Whether a field takes no words of one's own.
fn is_closed(kind: FieldType) -> bool {
    match kind {
        FieldType::Choice
        | FieldType::Integer
        | FieldType::Number
        | FieldType::Money
        | FieldType::Date
        | FieldType::Bool
        | FieldType::Minutes => true,
        FieldType::Text
        | FieldType::Quantity
        | FieldType::Student
        | FieldType::Staff
        | FieldType::Resource
        | FieldType::Phone => false,
    }
}

/// A register as a table; nothing where the ledger has none.
pub(super) fn register(source: &Source, name: &str) -> Outcome<Option<Table>> {
    let path = format!("registers/{name}.csv");
    let snapshot = source.asked.snapshot;
    let Some(bytes) = snapshot.read(&path)? else { return Ok(None) };
    let file = Register::read(&path, bytes, &["id"]);
    let rows: Vec<usize> = (0..file.len()).collect();
    let mut table = listing::register(snapshot, &file, &rows, Private::Masked, source.asked.lang);
    table.key = name.to_owned();
    table.caption = source.word(&format!("binder-register-{name}"));
    if !source.asked.names {
        table = without(table, &["student-name", "reason"]);
        for cell in table.rows.iter_mut().flatten() {
            if let Cell::Text(text) = cell {
                *text = source.nameless(text);
            }
        }
    }
    Ok(Some(table))
}
