//! What each child was given, by name: for whom the register of disclosures names.

use super::Source;
use crate::report::speaking::Speaking;
use crate::report::{Cell, Column, Table};

pub(super) fn given(source: &Source) -> Table {
    let left = |key: &'static str, word: &str| Column::left(key, source.word(word));
    let right = |key: &'static str, word: &str| Column::right(key, source.word(word));
    let columns = vec![
        left("id", "column-id"),
        left("name", "column-name"),
        left("class", "column-class"),
        right("times", "term-times"),
        right("amount", "funds-amount"),
        left("goods", "funds-goods"),
        right("shared", "funds-shared"),
        left("places", "funds-place"),
    ];
    let mut table = Table::new("children", source.word("funds-table-children"), columns);
    for (at, given) in &source.books.given {
        let student = source.snapshot.student(*at);
        let places = given.rows.iter().map(|row| crate::assess::funds::place(source.snapshot, *row)).collect();
        table.rows.push(vec![
            Cell::text(student.id.to_string()),
            Cell::text(&student.name),
            student.class.map_or(Cell::Empty, |class| Cell::text(class.to_string())),
            Cell::Integer(i64::from(given.times)),
            Cell::Money(given.money),
            Cell::List(given.goods.clone()),
            Cell::Integer(i64::from(given.shared)),
            Cell::Places(places),
        ]);
    }
    table
}
