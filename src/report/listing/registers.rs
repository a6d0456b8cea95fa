//! Registers as they lie in their files, with the names of children and phones masked.

use super::{left, right};
use crate::assess::workload::Workload;
use crate::ledger::{Snapshot, table};
use crate::report::{Cell, Column, Private, Table};
use crate::text::{self, Lang, label};

/// Rows of a register, every column of it.
pub fn register(snapshot: &Snapshot, from: &table::Table, rows: &[usize], private: Private, lang: Lang) -> Table {
    let header = |key: &String| {
        // `from` of a listing of changes is a value; here it is a first day.
        let key_of_words = if key == "from" { "column-since".to_owned() } else { format!("column-{key}") };
        text::find(lang, &key_of_words).unwrap_or_else(|| key.clone())
    };
    let has_students = from.columns.iter().any(|column| column == "student");
    let mut columns: Vec<Column> = from.columns.iter().map(|key| Column::left(key.clone(), header(key))).collect();
    if has_students {
        columns.push(Column::left("student-name", label(lang, "column-name")));
    }
    let mut table = Table::new("register", label(lang, "caption-register"), columns);
    for row in rows {
        let mut cells: Vec<Cell> =
            from.columns.iter().enumerate().map(|(at, key)| cell(from.cell(*row, at), key, private, lang)).collect();
        if has_students {
            let id = from.get(*row, "student").parse().ok();
            let name = id.and_then(|id| snapshot.place_of_student(&id)).map(|at| snapshot.student(at).name.clone());
            cells.push(name.map_or(Cell::Empty, Cell::text));
        }
        table.rows.push(cells);
    }
    table
}

/// What each member of the staff did, as the records tell it.
pub fn workloads(workloads: &[Workload], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "name"),
        left(lang, "role"),
        right(lang, "times"),
        right(lang, "minutes"),
        right(lang, "without-minutes"),
        right(lang, "kinds"),
        left(lang, "last"),
    ];
    let mut table = Table::new("workload", label(lang, "caption-workload"), columns);
    for one in workloads {
        table.rows.push(vec![
            Cell::text(&one.name),
            match one.role.is_empty() {
                true => Cell::Empty,
                false => Cell::code(&one.role, super::plans::owner_words(&one.role, lang)),
            },
            Cell::Integer(i64::from(one.times)),
            Cell::Integer(i64::from(one.minutes)),
            Cell::Integer(i64::from(one.without_minutes)),
            Cell::Integer(i64::from(one.kinds)),
            one.last.map_or(Cell::Empty, Cell::Day),
        ]);
    }
    table
}

fn cell(value: &str, key: &str, private: Private, lang: Lang) -> Cell {
    match key {
        _ if value.is_empty() => Cell::Empty,
        "phone" => Cell::text(private.phone(value)),
        "type" => {
            let words = ["pairing", "resource"].iter().find_map(|list| text::find(lang, &format!("{list}-{value}")));
            words.map_or_else(|| Cell::text(value), |words| Cell::code(value, words))
        }
        "role" => Cell::code(value, super::plans::owner_words(value, lang)),
        "from" | "until" => value.parse().map_or_else(|_| Cell::text(value), Cell::Day),
        "updated" => {
            let last = value.split_whitespace().next_back().and_then(|day| day.parse().ok());
            last.map_or_else(|| Cell::text(value), Cell::Day)
        }
        _ => Cell::text(value),
    }
}
