//! The health of each child by the latest examination, the boarders of a night, the hours of volunteers.

use super::{coded, left, right, who};
use crate::assess::boarding::Missing;
use crate::assess::health::Checkup;
use crate::assess::service::Service;
use crate::ledger::{Origin, Snapshot};
use crate::model::health::{Judgement, Verdict};
use crate::model::{ActivityAt, Day, Student};
use crate::report::{Cell, Private, Table};
use crate::text::{Lang, label};

/// One row a child and measure; what is not known says why.
pub fn checkups(snapshot: &Snapshot, checkups: &[Checkup], findings_only: bool, lang: Lang) -> Table {
    let keys = ["id", "name", "class", "date", "measure", "verdict", "value", "bound", "source", "why", "file"];
    let columns = keys.map(|key| if key == "verdict" { finding_column(lang) } else { left(lang, key) });
    let mut table = Table::new("health", label(lang, "caption-health"), columns.to_vec());
    for one in checkups {
        let student = snapshot.student(one.student);
        let Some(judgements) = &one.judgements else {
            if !findings_only {
                table.rows.push(not_examined(student, lang));
            }
            continue;
        };
        for (measure, judgement) in ["body", "eyesight"].iter().zip(judgements) {
            if !findings_only || judgement.is_finding() {
                table.rows.push(row(snapshot, one, measure, judgement, lang));
            }
        }
    }
    table
}

fn finding_column(lang: Lang) -> crate::report::Column {
    crate::report::Column::left("finding", label(lang, "column-finding"))
}

fn not_examined(student: &Student, lang: Lang) -> Vec<Cell> {
    let mut cells = who(student).to_vec();
    cells.extend([Cell::Empty, Cell::Empty, Cell::Unknown, Cell::Empty, Cell::Empty, Cell::Empty]);
    cells.push(Cell::code("not-examined", label(lang, "health-why-not-examined")));
    cells
}

fn row(snapshot: &Snapshot, one: &Checkup, measure: &str, judgement: &Judgement, lang: Lang) -> Vec<Cell> {
    let mut cells = who(snapshot.student(one.student)).to_vec();
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::text(text) };
    cells.push(one.at.map_or(Cell::Empty, |at| Cell::Day(snapshot.activity(at).1.day)));
    cells.push(coded(lang, "health-measure", measure));
    cells.push(match judgement.verdict {
        Verdict::Unknown => Cell::Unknown,
        verdict => Cell::code(verdict.code(), label(lang, &verdict.key())),
    });
    cells.extend([text(&judgement.value), text(&judgement.bound)]);
    let source = judgement.source.as_ref().map(|source| source.in_language(lang.code()));
    cells.push(source.map_or(Cell::Empty, Cell::text));
    cells.push(judgement.why.map_or(Cell::Empty, |why| Cell::code(why.code(), label(lang, &why.key()))));
    cells.push(place(snapshot, one.at));
    cells
}

fn place(snapshot: &Snapshot, at: Option<ActivityAt>) -> Cell {
    let place = |at| snapshot.place(&Origin::Activity(at)).to_string();
    at.map_or(Cell::Empty, |at| Cell::Places(vec![place(at)]))
}

/// Boarders whom nobody has found present tonight, with whom to call.
pub fn boarders(snapshot: &Snapshot, missing: &[Missing], day: Day, private: Private, lang: Lang) -> Table {
    let keys = ["id", "name", "class", "night", "away", "guardian", "phone", "file"];
    let mut table = Table::new("boarders", label(lang, "caption-boarders"), keys.map(|key| left(lang, key)).to_vec());
    for one in missing {
        let student = snapshot.student(one.student);
        let guardian = student.guardian_on(day);
        let phone = guardian.and_then(|guardian| guardian.phone.as_deref()).or(student.phone.as_deref());
        let mut cells = who(student).to_vec();
        cells.push(coded(lang, "night", one.night.code()));
        cells.push(place(snapshot, one.away));
        cells.push(guardian.and_then(|guardian| guardian.name.as_deref()).map_or(Cell::Empty, Cell::text));
        cells.push(phone.map_or(Cell::Unknown, |phone| Cell::text(private.phone(phone))));
        cells.push(place(snapshot, one.at));
        table.rows.push(cells);
    }
    table
}

/// The hours of each, the minutes of everybody together; what nobody timed is counted apart.
pub fn service(found: &[Service], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "name"),
        right(lang, "times"),
        right(lang, "minutes"),
        right(lang, "hours"),
        right(lang, "without-minutes"),
        left(lang, "last"),
    ];
    let mut table = Table::new("hours", label(lang, "caption-hours"), columns);
    for one in found {
        table.rows.push(vec![
            if one.name.is_empty() { Cell::Unknown } else { Cell::text(&one.name) },
            Cell::Integer(i64::from(one.times)),
            Cell::Integer(i64::try_from(one.minutes).unwrap_or(i64::MAX)),
            Cell::Decimal(one.minutes as f64 / 60.0),
            Cell::Integer(i64::from(one.without_minutes)),
            one.last.map_or(Cell::Empty, Cell::Day),
        ]);
    }
    table
}
