//! Templates of letters, and receipts that have not come back.

use std::collections::BTreeMap;

use super::{left, right, who};
use crate::model::kind::{Kind, Words};
use crate::model::{Day, Student};
use crate::report::letter::Template;
use crate::report::{Cell, Private, Table};
use crate::text::{Lang, label};

/// The templates that there are, with the kind that each records and the values that it names.
pub fn templates(templates: &[Template], kinds: &BTreeMap<String, Kind>, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "template"),
        left(lang, "label"),
        left(lang, "kind"),
        left(lang, "receipt"),
        left(lang, "placeholders"),
        left(lang, "file"),
    ];
    let mut table = Table::new("templates", label(lang, "caption-templates"), columns);
    for template in templates {
        let kind = kinds.get(&template.head.kind).map(|kind| kind.label.in_language(lang.code()));
        table.rows.push(vec![
            Cell::text(&template.name),
            Cell::text(template.head.label.in_language(lang.code())),
            Cell::code(&template.head.kind, kind.unwrap_or(&template.head.kind)),
            Cell::Bool(template.head.receipt.is_some()),
            Cell::List(template.keys().into_iter().map(str::to_owned).collect()),
            Cell::text(&template.path),
        ]);
    }
    table
}

/// One child whose receipt has not come back.
pub struct PendingRow<'a> {
    pub student: &'a Student,
    /// The day on which the letter went out.
    pub sent: Day,
    pub way: &'a str,
}

/// Receipts that have not come back, in the order given, with whom to ask.
pub fn pending(rows: &[PendingRow], words: &Words, day: Day, private: Private, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "sent"),
        left(lang, "way"),
        right(lang, "days"),
        left(lang, "guardian"),
        left(lang, "phone"),
    ];
    let mut table = Table::new("pending", label(lang, "caption-pending"), columns);
    for PendingRow { student, sent, way } in rows {
        let guardian = student.guardian_on(day);
        let phone = guardian.and_then(|guardian| guardian.phone.as_deref()).or(student.phone.as_deref());
        let [id, name, class] = who(student);
        table.rows.push(vec![
            id,
            name,
            class,
            Cell::Day(*sent),
            match words.get(*way) {
                Some(said) => Cell::code(*way, said.in_language(lang.code())),
                None => super::maybe(way),
            },
            Cell::Integer(day.days_since(*sent)),
            guardian.and_then(|guardian| guardian.name.as_deref()).map_or(Cell::Empty, Cell::text),
            phone.map_or(Cell::Empty, |phone| Cell::text(private.phone(phone))),
        ]);
    }
    table
}
