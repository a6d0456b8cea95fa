//! What an import does to the records, field by field.

use super::students::shown_value;
use super::{coded, left, maybe, right};
use crate::ledger::record::{FieldChange, changes};
use crate::model::{Place, Student};
use crate::report::{Cell, Private, Table, field_label};
use crate::text::{Lang, label};

/// What one row of a census does.
pub enum VerdictRow<'a> {
    Added { place: Place, student: &'a Student, each_field: bool },
    Changed { place: Place, before: &'a Student, after: &'a Student },
    Nothing,
}

/// Rows that do something, the children whom the form no longer names, and the rows that are refused.
pub fn verdicts(
    rows: &[VerdictRow],
    gone: &[&Student],
    refused: &[(Place, String)],
    private: Private,
    lang: Lang,
) -> Table {
    let columns = vec![
        left(lang, "verdict"),
        left(lang, "sheet"),
        right(lang, "row"),
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "field"),
        left(lang, "from"),
        left(lang, "to"),
    ];
    let mut table = Table::new("verdicts", label(lang, "caption-verdicts"), columns);
    for row in rows {
        match row {
            VerdictRow::Added { place, student, each_field: false } => {
                table.rows.push(line(lang, "added", place, Some(student), [Cell::Empty, Cell::Empty, Cell::Empty]));
            }
            VerdictRow::Added { place, student, each_field: true } => {
                let blank = Student::new(student.id.clone(), "");
                fields(&mut table, lang, ("added", place), (&blank, student), private);
            }
            VerdictRow::Changed { place, before, after } => {
                fields(&mut table, lang, ("changed", place), (before, after), private);
            }
            VerdictRow::Nothing => {}
        }
    }
    for student in gone {
        table.rows.push(line(lang, "gone", &Place::Nowhere, Some(student), [Cell::Empty, Cell::Empty, Cell::Empty]));
    }
    for (place, why) in refused {
        table.rows.push(line(lang, "refused", place, None, [Cell::Empty, Cell::Empty, Cell::text(why)]));
    }
    table
}

fn fields(
    table: &mut Table,
    lang: Lang,
    (verdict, place): (&'static str, &Place),
    (before, after): (&Student, &Student),
    private: Private,
) {
    for FieldChange { key, from, to } in changes(before, after) {
        let shown = |value: Option<String>| value.map_or(Cell::Empty, |value| shown_value(&key, &value, private, lang));
        let name = Cell::code(key.clone(), field_label(&key, after, lang));
        table.rows.push(line(lang, verdict, place, Some(after), [name, shown(from), shown(to)]));
    }
}

fn line(
    lang: Lang,
    verdict: &'static str,
    place: &Place,
    student: Option<&Student>,
    [field, from, to]: [Cell; 3],
) -> Vec<Cell> {
    let sheet = match place {
        Place::Cell { sheet: Some(sheet), .. } => maybe(sheet),
        _ => Cell::Empty,
    };
    vec![
        coded(lang, "verdict", verdict),
        sheet,
        place.row().map_or(Cell::Empty, |row| Cell::Integer(i64::from(row))),
        student.map_or(Cell::Empty, |student| Cell::text(student.id.as_str())),
        student.map_or(Cell::Empty, |student| Cell::text(&student.name)),
        student.and_then(|student| student.class).map_or(Cell::Empty, |class| Cell::text(class.to_string())),
        field,
        from,
        to,
    ]
}
