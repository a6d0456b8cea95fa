//! The school in a term, and its commitments: how many units of each are met, missed or not decided.

use super::Source;
use super::value::{Code, Row, Value};
use crate::assess::figures::enrolled;
use crate::assess::plan::{Covered, Standing};

/// One row: the school.
pub fn schools<'a>(source: &Source) -> Vec<Row<'a>> {
    let logs = source.snapshot.logs.iter().filter(|log| log.term == source.term.name);
    let confidential = logs.filter(|log| source.is_confidential(&log.kind)).flat_map(|log| &log.activities);
    let records = confidential.filter(|one| !one.void && one.day <= source.day).count();
    let row = Row::default()
        .with("as_of", Value::Date(source.as_of()))
        .with("first_day", Value::Date(source.term.from))
        .with("last_day", Value::Date(source.term.until))
        .with("definition", source.shipped.definition_code(&source.snapshot.school.school.left_behind))
        .with("students", Value::count(enrolled(source.snapshot, source.as_of()).len()))
        .with("confidential_records", Value::count(records));
    vec![row]
}

/// A row a commitment in force.
pub fn coverage<'a>(source: &Source, covered: &[Covered]) -> Vec<Row<'a>> {
    let row = |one: &Covered| {
        let shipped = source.shipped.commitment(&one.plan.name, &one.commitment.code);
        let known = |word: &str| Value::Code(Code::known(word, shipped.is_some()));
        let count = |standing| Value::count(one.count(standing));
        Row::default()
            .with("plan", known(&one.plan.name))
            .with("commitment", known(&one.commitment.code))
            .with("as_shipped", Value::Bool(shipped.is_some_and(|shipped| shipped.asks_the_same(one.commitment))))
            .with("met", count(Standing::Met))
            .with("missed", count(Standing::Missed))
            .with("open", count(Standing::Open))
            .with("exempt", count(Standing::Exempt))
            .with("unknown", count(Standing::Unknown))
    };
    covered.iter().map(row).collect()
}
