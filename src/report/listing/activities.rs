//! Activities and their kinds.

use std::collections::BTreeMap;

use super::{coded, left, maybe, right};
use crate::ledger::attachment;
use crate::ledger::{Log, Snapshot};
use crate::model::Activity;
use crate::model::kind::{Field, FieldType, Kind, Words};
use crate::report::{Cell, Private, Table};
use crate::text::{self, Lang, label};

/// How many children a row names before the rest is counted.
const NAMED: usize = 4;

/// Activities, one a row: the common columns, and the kind's own in words.
pub fn activities(snapshot: &Snapshot, found: &[(&Log, &Activity)], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "date"),
        left(lang, "kind"),
        left(lang, "students"),
        left(lang, "staff"),
        right(lang, "minutes"),
        left(lang, "details"),
        left(lang, "note"),
        left(lang, "void"),
    ];
    let mut table = Table::new("activities", label(lang, "caption-activities"), columns);
    let empty = BTreeMap::new();
    let kinds = snapshot.kinds().unwrap_or(&empty);
    let no_words = Words::new();
    let words = snapshot.words().unwrap_or(&no_words);
    for (log, activity) in found {
        let row = activity.row as usize;
        let get = |column: &str| log.table.get(row, column);
        let kind = kinds.get(&log.kind);
        table.rows.push(vec![
            Cell::text(get("id")),
            Cell::Day(activity.day),
            kind.map_or_else(
                || Cell::text(&log.kind),
                |kind| Cell::code(&log.kind, kind.label.in_language(lang.code())),
            ),
            children(snapshot, log, activity, lang),
            maybe(get("staff")),
            get("minutes").parse().map_or(Cell::Empty, Cell::Integer),
            match kind {
                _ if activity.seal.is_closed() => coded(lang, "sealed", "sealed"),
                Some(kind) => maybe(&details(kind, log, row, words, lang)),
                None => Cell::Empty,
            },
            maybe(get("note")),
            maybe(get("void")),
        ]);
    }
    table
}

fn children(snapshot: &Snapshot, log: &Log, activity: &Activity, lang: Lang) -> Cell {
    if activity.seal.is_closed() {
        return Cell::Unknown;
    }
    let students = log.students(activity);
    let mut names: Vec<String> = students.iter().take(NAMED).map(|at| snapshot.student(*at).name.clone()).collect();
    if students.len() > NAMED {
        names.push(text::say(lang, "and-others", &[("count", &students.len().to_string())]));
    }
    match names.is_empty() {
        true => maybe(log.table.get(activity.row as usize, "students")),
        false => Cell::List(names),
    }
}

/// The kind's own fields in one line.
pub(crate) fn details(kind: &Kind, log: &Log, row: usize, words: &Words, lang: Lang) -> String {
    let said = |field: &Field| {
        let value = log.table.get(row, &field.name);
        (!value.is_empty()).then(|| {
            let (name, value) = (field.label.in_language(lang.code()), in_words(field, value, words, lang));
            text::say(lang, "report-fact-line", &[("label", name), ("value", &value)])
        })
    };
    kind.fields.iter().filter_map(said).collect::<Vec<_>>().join(&label(lang, "details-join"))
}

/// A stored value as people read it.
pub fn in_words(field: &Field, value: &str, words: &Words, lang: Lang) -> String {
    match field.kind {
        FieldType::Choice | FieldType::Bool => {
            words.get(value).map_or_else(|| value.to_owned(), |word| word.in_language(lang.code()).to_owned())
        }
        FieldType::Phone => Private::Masked.phone(value),
        _ => value.to_owned(),
    }
}

/// One activity, a field a row, with its file and line.
pub fn activity(snapshot: &Snapshot, log: &Log, activity: &Activity, lang: Lang) -> Table {
    let mut table =
        Table::new("activity", label(lang, "caption-activity"), vec![left(lang, "field"), left(lang, "value")]);
    let row = activity.row as usize;
    let kinds = snapshot.kinds().ok();
    let kind = kinds.and_then(|kinds| kinds.get(&log.kind));
    let no_words = Words::new();
    let words = snapshot.words().unwrap_or(&no_words);
    let mut add = |key: &str, name: String, value: Cell| table.rows.push(vec![Cell::code(key, name), value]);
    add("file", label(lang, "column-file"), Cell::text(log.table.place(row).to_string()));
    let kind_words = kind.map_or(log.kind.as_str(), |kind| kind.label.in_language(lang.code()));
    add("kind", label(lang, "column-kind"), Cell::code(&log.kind, kind_words));
    if activity.seal.is_closed() {
        add("sealed", label(lang, "column-names"), coded(lang, "sealed", "sealed"));
    } else {
        let names = log.students(activity).iter().map(|at| snapshot.student(*at).name.clone()).collect();
        add("names", label(lang, "column-names"), Cell::List(names));
    }
    for (at, column) in log.table.columns.iter().enumerate() {
        let value = log.table.cell(row, at);
        // Columns that other rows had inside are no columns of a row that is closed.
        if activity.seal.is_closed() && log.file().column(column).is_none() {
            continue;
        }
        match kind.and_then(|kind| kind.field(column)) {
            Some(field) => {
                let name = field.label.in_language(lang.code()).to_owned();
                add(column, name, maybe(&in_words(field, value, words, lang)));
            }
            None if column == "attachments" => {
                let paths: Vec<String> = attachment::names(value).map(attachment::path_of).collect();
                let cell = if paths.is_empty() { Cell::Empty } else { Cell::List(paths) };
                add(column, label(lang, "column-attachments"), cell);
            }
            None => {
                let key = format!("column-{column}");
                add(column, text::find(lang, &key).unwrap_or_else(|| column.clone()), maybe(value));
            }
        }
    }
    table
}

/// The kinds that there are.
pub fn kinds(snapshot: &Snapshot, kinds: &BTreeMap<String, Kind>, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "kind"),
        left(lang, "label"),
        left(lang, "domain"),
        left(lang, "target"),
        left(lang, "contact"),
        left(lang, "confidential"),
        left(lang, "fields"),
    ];
    let mut table = Table::new("kinds", label(lang, "caption-kinds"), columns);
    let privacy = &snapshot.school.privacy;
    for kind in kinds.values() {
        table.rows.push(vec![
            Cell::text(&kind.name),
            Cell::text(kind.label.in_language(lang.code())),
            coded(lang, "domain", &kind.domain),
            coded(lang, "target", kind.target.code()),
            kind.contact.map_or(Cell::Empty, |contact| coded(lang, "contact", contact.code())),
            match (kind.confidential, privacy.seals(), privacy.keeps()) {
                (false, ..) => Cell::Empty,
                (true, true, _) => coded(lang, "confidential", "sealed"),
                (true, false, true) => coded(lang, "confidential", "clear"),
                (true, false, false) => coded(lang, "confidential", "refused"),
            },
            Cell::List(kind.fields.iter().map(marked).collect()),
        ]);
    }
    table
}

fn marked(field: &Field) -> String {
    if field.required { format!("{}*", field.name) } else { field.name.clone() }
}

/// One kind's fields and the values that they take.
pub fn kind(kind: &Kind, words: &Words, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "field"),
        left(lang, "label"),
        left(lang, "type"),
        left(lang, "required"),
        left(lang, "values"),
        left(lang, "also"),
    ];
    let mut table = Table::new("kind", kind.label.in_language(lang.code()), columns);
    for field in &kind.fields {
        let worded = |code: &String| match words.get(code) {
            Some(label) => format!("{code} ({})", label.in_language(lang.code())),
            None => code.clone(),
        };
        table.rows.push(vec![
            Cell::text(&field.name),
            Cell::text(field.label.in_language(lang.code())),
            coded(lang, "field-type", field.kind.code()),
            Cell::Bool(field.required),
            if field.of.is_empty() { Cell::Empty } else { Cell::List(field.of.iter().map(worded).collect()) },
            if field.also.is_empty() { Cell::Empty } else { Cell::List(field.also.clone()) },
        ]);
    }
    table
}
