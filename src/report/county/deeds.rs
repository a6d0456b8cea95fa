//! What was done in a term: the activities, the children of each, and the follow-ups.
//!
//! A table of activities and one of their children: in one table of both, minutes and records would be counted once for
//! every child of a class.

use super::Source;
use super::layout::{Column, Sheet};
use super::shipped::cell;
use super::value::{Row, Value};
use crate::assess::confidential::Confidential;
use crate::assess::contact::contact;
use crate::ledger::Log;
use crate::model::Activity;

/// An activity that goes out, under the number that it has in the files of its term.
pub struct Numbered<'s> {
    number: i32,
    log: &'s Log,
    activity: &'s Activity,
}

/// Every activity of the term that goes out, by date, kind and id.
pub fn numbered<'s>(source: &Source<'s>) -> Vec<Numbered<'s>> {
    let logs = source.snapshot.logs.iter();
    let open = logs.filter(|log| log.term == source.term.name && !source.is_confidential(&log.kind));
    let counts = |one: &&Activity| !one.void && one.day <= source.day;
    let mut found: Vec<(&Log, &Activity)> =
        open.flat_map(|log| log.activities.iter().filter(counts).map(move |one| (log, one))).collect();
    let id = |log: &'s Log, one: &Activity| log.table.get(one.row as usize, "id");
    found.sort_by(|(a, one), (b, other)| (one.day, &a.kind, id(a, one)).cmp(&(other.day, &b.kind, id(b, other))));
    let number = |(at, (log, activity))| Numbered { number: at, log, activity };
    (1..).zip(found).map(number).collect()
}

/// A row an activity.
pub fn activities<'a>(source: &Source, sheet: &'a Sheet, numbered: &[Numbered]) -> Vec<Row<'a>> {
    let row = |one: &Numbered| {
        let row = of_every_kind(source, one);
        sheet.column.iter().fold(row, |row, column| row.maybe(&column.name, own_field(source, column, one)))
    };
    numbered.iter().map(row).collect()
}

fn of_every_kind<'a>(source: &Source, one: &Numbered) -> Row<'a> {
    let (log, row) = (one.log, one.activity.row as usize);
    let kind = source.rules.kinds.get(&log.kind);
    let reached = contact(source.rules, log, one.activity);
    Row::default()
        .with("activity", Value::Integer(one.number))
        .with("kind", source.shipped.kind_code(&log.kind))
        .maybe("domain", kind.map(|kind| source.shipped.domain_code(&kind.domain)))
        .maybe("target", kind.map(|kind| Value::code(kind.target.code())))
        .maybe("contact", reached.map(|reached| Value::code(reached.code())))
        .with("date", Value::Date(one.activity.day))
        .maybe("minutes", log.table.get(row, "minutes").parse().ok().map(Value::Integer))
        .with("children", Value::count(log.students(one.activity).len()))
}

/// What a column takes from the fields of the activity's kind.
fn own_field(source: &Source, column: &Column, one: &Numbered) -> Option<Value> {
    let named = column.fields.iter().filter_map(|field| field.split_once('.'));
    let mut own = named.filter(|(kind, _)| *kind == one.log.kind);
    let (kind, name) = own.next()?;
    cell(source.shipped.field(kind, name)?, one.log.table.get(one.activity.row as usize, name))
}

/// A row a child of an activity.
pub fn children<'a>(source: &Source, numbered: &[Numbered]) -> Vec<Row<'a>> {
    let of = |one: &Numbered| {
        let mut children: Vec<_> = one.log.students(one.activity).iter().map(|at| source.child(*at).0).collect();
        children.sort();
        let number = one.number;
        let row =
            move |child| Row::default().with("activity", Value::Integer(number)).with("child", Value::Pseudonym(child));
        children.into_iter().map(row).collect::<Vec<_>>()
    };
    numbered.iter().flat_map(of).collect()
}

/// A row a follow-up that is not confidential and was opened in the term or the holiday behind it.
pub fn follow_ups<'a>(source: &Source) -> Vec<Row<'a>> {
    let confidential = Confidential::of(source.snapshot, source.rules);
    let day = source.day;
    let is_of = |opened| opened <= day && source.snapshot.school.folder_of(opened) == source.term.name;
    let mut asked: Vec<_> =
        source.snapshot.follow_ups.iter().filter(|one| is_of(one.opened) && !confidential.holds(one)).collect();
    asked.sort_by(|a, b| (a.opened, &a.id).cmp(&(b.opened, &b.id)));
    let by_now = |ended: Option<crate::model::Day>| ended.filter(|ended| *ended <= day).map(Value::Date);
    let row = |one: &&crate::model::FollowUp| {
        let child = one.student.as_ref().and_then(|id| source.snapshot.place_of_student(id));
        Row::default()
            .maybe("child", child.map(|at| Value::Pseudonym(source.child(at).0)))
            .with("type", source.shipped.type_code(&one.kind))
            .with("opened", Value::Date(one.opened))
            .with("due", Value::Date(one.due))
            .maybe("first_due", one.first_due.map(Value::Date))
            .maybe("done", by_now(one.done))
            .maybe("cancelled", by_now(one.cancelled))
            .with("status", Value::code(one.status_on(day).code()))
    };
    asked.iter().map(row).collect()
}
