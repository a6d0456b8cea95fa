//! Children who may have two files.

use super::{left, who};
use crate::assess::duplicates::Pair;
use crate::ledger::Snapshot;
use crate::report::{Cell, Table, field_label};
use crate::text::{Lang, label};

/// The pairs in the order given, with the fields in which they agree.
pub fn duplicates(snapshot: &Snapshot, pairs: &[Pair], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "other"),
        left(lang, "other-name"),
        left(lang, "other-class"),
        left(lang, "agree"),
    ];
    let mut table = Table::new("duplicates", label(lang, "caption-duplicates"), columns);
    for pair in pairs {
        let (one, other) = (snapshot.student(pair.one), snapshot.student(pair.other));
        let fields = pair.fields.iter().map(|field| match *field {
            "father" | "mother" => label(lang, &format!("relation-{field}")),
            field => field_label(field, one, lang),
        });
        let agree = Cell::List(fields.collect());
        table.rows.push(who(one).into_iter().chain(who(other)).chain([agree]).collect());
    }
    table
}
