//! The children of a term: how each stands on its last day, and how grave the risk is.

use super::Source;
use super::layout::{Column, Sheet};
use super::value::{Row, Value};
use crate::assess::contact::contact;
use crate::assess::figures::carer;
use crate::assess::group::low_income;
use crate::assess::left_behind::Answer;
use crate::assess::risk::assess_briefly;
use crate::model::{Day, Spell, Student};

/// A row a child who was a pupil on any day of the term.
pub fn students<'a>(source: &Source, sheet: &'a Sheet) -> Vec<Row<'a>> {
    let (term, day) = (source.term, source.as_of());
    let last_contact = last_contacts(source, day);
    let asked = (0..source.snapshot.students.len() as u32)
        .filter(|at| source.snapshot.student(*at).enrolled_between(term.from, day));
    let row = |at: u32| {
        let (child, identified) = source.child(at);
        let row = state(source, source.snapshot.student(at), day)
            .with("child", Value::Pseudonym(child))
            .with("identified", Value::Bool(identified))
            .maybe("last_contact", last_contact[at as usize].map(Value::Date));
        sheet.column.iter().fold(row, |row, column| left_behind(source, at, column, row))
    };
    source.sorted(asked.map(row).collect())
}

/// The same for all kinds of children: nothing here says who the child is.
fn state<'a>(source: &Source, student: &Student, day: Day) -> Row<'a> {
    let spell = latest_spell(student, source.term.from, day);
    let left = spell.and_then(|spell| spell.until).filter(|until| *until <= source.day);
    let grade = student.grade_on(day).filter(|grade| (1..=12).contains(grade));
    Row::default()
        .with("as_of", Value::Date(day))
        .with("enrolled", Value::Bool(student.enrolled_on(day)))
        .maybe("joined_on", spell.and_then(|spell| spell.from).map(|from| Value::Date(from.first_day())))
        .maybe("left_on", left.map(Value::Date))
        .maybe("grade", grade.map(Value::Integer))
        .maybe("gender", student.gender.map(|gender| Value::code(gender.code())))
        .maybe("birth_year", student.born.map(|born| Value::Integer(born.year())))
        .maybe("hukou", student.hukou.map(|hukou| Value::code(hukou.code())))
        .maybe("boarding", student.boarding.map(Value::Bool))
        .maybe("low_income", low_income(student).map(Value::Bool))
        .with("carer", Value::code(carer(student, day).code()))
}

/// The latest stretch of enrolment that touches the term.
fn latest_spell(student: &Student, first: Day, last: Day) -> Option<Spell> {
    let touches = |spell: &&Spell| {
        spell.from.is_none_or(|from| from.first_day() <= last) && spell.until.is_none_or(|until| first <= until)
    };
    student.enrolment.iter().filter(touches).max_by_key(|spell| spell.from.map(|from| from.first_day())).copied()
}

/// The answer of the school's own definition with the way, or of the one that a column names.
fn left_behind<'a>(source: &Source, at: u32, column: &'a Column, row: Row<'a>) -> Row<'a> {
    let own = source.snapshot.school.school.left_behind.as_str();
    let asked = match (&column.definition, column.name.as_str()) {
        (Some(definition), _) => definition.as_str(),
        (None, "left_behind" | "left_behind_way") => own,
        _ => return row,
    };
    let answer = source.rules.left_behind_answer(source.snapshot, at, source.as_of(), asked);
    let said = match (answer, column.name.as_str()) {
        (Some(Answer::Yes(way)), "left_behind_way") => Some(way.code()),
        (_, "left_behind_way") | (None, _) => None,
        (Some(Answer::Yes(_)), _) => Some("yes"),
        (Some(Answer::No), _) => Some("no"),
        (Some(Answer::Unknown { .. }), _) => Some("unknown"),
    };
    row.maybe(&column.name, said.map(Value::code))
}

/// For each child the last day up to this one on which a record that is not confidential reached somebody.
fn last_contacts(source: &Source, day: Day) -> Vec<Option<Day>> {
    let mut last = vec![None; source.snapshot.students.len()];
    for (_, log, activity) in source.snapshot.activities() {
        let counts = activity.day <= day && !source.is_confidential(&log.kind);
        if counts && contact(source.rules, log, activity).is_some() {
            for child in log.students(activity) {
                let known = &mut last[*child as usize];
                *known = (*known).max(Some(activity.day));
            }
        }
    }
    last
}

/// A row a child who is a pupil on the day.
pub fn risk<'a>(source: &Source) -> Vec<Row<'a>> {
    let day = source.as_of();
    let assessments = assess_briefly(source.snapshot, source.rules, day);
    let row = |one: &crate::assess::risk::Assessment| {
        Row::default()
            .with("child", Value::Pseudonym(source.child(one.student).0))
            .with("as_of", Value::Date(day))
            .with("level", Value::code(one.computed.code()))
            .maybe("judged", one.judged.as_ref().map(|judged| Value::code(judged.level.code())))
            .with("indicators", Value::count(one.fired.len()))
            .with("not_known", Value::count(one.not_known.len()))
    };
    source.sorted(assessments.iter().map(row).collect())
}
