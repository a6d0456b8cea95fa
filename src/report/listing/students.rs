//! Students: many as a list, one as a record.

use super::{coded, left, maybe, right, who};
use crate::ledger::record::changes;
use crate::model::{Day, Student};
use crate::report::{Cell, Private, Table, field_label};
use crate::text::{Lang, label};

/// One line of the list, with what has been found out about the child for the day.
pub struct StudentRow<'a> {
    pub student: &'a Student,
    /// Left behind under the school's definition: yes, no, or nothing where it cannot be known.
    pub left_behind: Option<bool>,
}

/// Students in the order given.
pub fn students(rows: &[StudentRow], day: Day, private: Private, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        right(lang, "grade"),
        left(lang, "gender"),
        right(lang, "age"),
        left(lang, "left-behind"),
        left(lang, "boarding"),
        left(lang, "guardian"),
        left(lang, "relation"),
        left(lang, "phone"),
        left(lang, "address"),
    ];
    let mut table = Table::new("students", label(lang, "caption-students"), columns);
    for StudentRow { student, left_behind } in rows {
        let guardian = student.guardian_on(day);
        let phone = guardian.and_then(|guardian| guardian.phone.as_deref()).or(student.phone.as_deref());
        let [id, name, class] = who(student);
        table.rows.push(vec![
            id,
            name,
            class,
            student.grade_on(day).map_or(Cell::Unknown, |grade| Cell::Integer(i64::from(grade))),
            student.gender.map_or(Cell::Unknown, |gender| coded(lang, "gender", gender.code())),
            student.age_on(day).map_or(Cell::Unknown, |age| Cell::Integer(i64::from(age))),
            left_behind.map_or(Cell::Unknown, Cell::Bool),
            student.boarding.map_or(Cell::Unknown, Cell::Bool),
            guardian.and_then(|guardian| guardian.name.as_deref()).map_or(Cell::Empty, Cell::text),
            guardian
                .and_then(|guardian| guardian.relation)
                .map_or(Cell::Empty, |relation| coded(lang, "relation", relation.code())),
            phone.map_or(Cell::Empty, |phone| Cell::text(private.phone(phone))),
            student.address.as_deref().map_or(Cell::Empty, maybe),
        ]);
    }
    table
}

/// One child's record, a field a row.
pub fn student(student: &Student, private: Private, lang: Lang) -> Table {
    let mut table = Table::new("student", student.name.clone(), vec![left(lang, "field"), left(lang, "value")]);
    let blank = Student::new(student.id.clone(), "");
    table.rows.push(vec![Cell::code("id", field_label("id", student, lang)), Cell::text(student.id.as_str())]);
    for change in changes(&blank, student) {
        let value = change.to.unwrap_or_default();
        let shown = shown_value(&change.key, &value, private, lang);
        table.rows.push(vec![Cell::code(&change.key, field_label(&change.key, student, lang)), shown]);
    }
    table
}

/// A field's value as it is shown: private numbers masked, codes in words.
pub(crate) fn shown_value(key: &str, value: &str, private: Private, lang: Lang) -> Cell {
    let field = key.rsplit('.').next().unwrap_or(key);
    if key.starts_with("extra.") {
        return Cell::text(private.text(value));
    }
    match field {
        "phone" | "other_phone" => Cell::text(private.phone(value)),
        "national_id" | "roll_number" => Cell::text(private.id(value)),
        "income" | "benefits" => {
            let word =
                |code: &str| label(lang, &format!("{}-{code}", if field == "income" { "income" } else { "benefit" }));
            Cell::List(value.split(' ').map(word).collect())
        }
        _ => match (value, list_of(key)) {
            ("true", _) => Cell::Bool(true),
            ("false", _) => Cell::Bool(false),
            (_, Some(list)) => coded(lang, list, value),
            _ => value.parse().map_or_else(|_| Cell::text(value), Cell::Day),
        },
    }
}

/// The closed list that a key's codes belong to.
fn list_of(key: &str) -> Option<&'static str> {
    let parts: Vec<&str> = key.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    match parts[..] {
        ["gender"] => Some("gender"),
        ["hukou"] => Some("hukou"),
        ["parent" | "guardian", "relation"] => Some("relation"),
        ["parent", "status"] => Some("parent-status"),
        ["guardian", "ability"] => Some("ability"),
        ["health", "status"] => Some("health"),
        ["risk", "override" | "past", "level"] => Some("level"),
        _ => None,
    }
}

/// What happened, with its day, what it was, and where it stands.
pub fn history(events: &[(Day, String, String, String)], lang: Lang) -> Table {
    let columns = vec![left(lang, "date"), left(lang, "event"), left(lang, "details"), left(lang, "file")];
    let mut table = Table::new("history", label(lang, "caption-history"), columns);
    for (day, event, details, place) in events {
        table.rows.push(vec![Cell::Day(*day), Cell::text(event), maybe(details), maybe(place)]);
    }
    table
}
