//! Follow-ups, as a day has them.

use super::{coded, left, maybe, right};
use crate::ledger::Snapshot;
use crate::model::{Day, FollowUp, FollowUpTypes};
use crate::report::{Cell, Table};
use crate::text::{Lang, label};

/// Follow-ups in the order given, with their status on the day and the days that they are late.
pub fn follow_ups(snapshot: &Snapshot, found: &[&FollowUp], types: &FollowUpTypes, day: Day, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "status"),
        left(lang, "due"),
        right(lang, "days-late"),
        left(lang, "type"),
        left(lang, "student"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "what"),
        left(lang, "owner"),
        left(lang, "opened"),
        left(lang, "done"),
        left(lang, "outcome"),
    ];
    let mut table = Table::new("follow-ups", label(lang, "caption-follow-ups"), columns);
    for follow_up in found {
        let student =
            follow_up.student.as_ref().and_then(|id| snapshot.place_of_student(id)).map(|at| snapshot.student(at));
        let closed = follow_up.seal.is_closed();
        let nobody = if closed { Cell::Unknown } else { Cell::Empty };
        let late = day.days_since(follow_up.due);
        let type_words = types.get(&follow_up.kind).map(|described| described.label.in_language(lang.code()));
        table.rows.push(vec![
            Cell::text(follow_up.id.as_str()),
            coded(lang, "status", follow_up.status_on(day).code()),
            Cell::Day(follow_up.due),
            if late > 0 && follow_up.waits_on(day) { Cell::Integer(late) } else { Cell::Empty },
            Cell::code(&follow_up.kind, type_words.unwrap_or(&follow_up.kind)),
            follow_up.student.as_ref().map_or(nobody.clone(), |id| Cell::text(id.as_str())),
            student.map_or(nobody.clone(), |student| Cell::text(&student.name)),
            student.and_then(|student| student.class).map_or(Cell::Empty, |class| Cell::text(class.to_string())),
            if closed { coded(lang, "sealed", "sealed") } else { maybe(&follow_up.what) },
            maybe(&follow_up.owner),
            Cell::Day(follow_up.opened),
            follow_up.done.map_or(Cell::Empty, Cell::Day),
            maybe(if follow_up.outcome.is_empty() { &follow_up.reason } else { &follow_up.outcome }),
        ]);
    }
    table
}
