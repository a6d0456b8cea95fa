//! What was done, domain by domain; what became of what was promised; two or three cases without names; what comes next.

use super::fold::{folded, is_few, withheld};
use super::{Judged, Source, count};
use crate::assess::OWN;
use crate::assess::figures::{Deeds, DomainDeeds, activities, follow_ups};
use crate::assess::left_behind::Answer;
use crate::model::{FollowUp, Status};
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Column, Table};

/// How many cases the summary tells.
const CASES: usize = 3;

/// `care` is what the work of two of the plans looks like in figures.
pub(super) fn blocks(source: &Source, care: Vec<Block>) -> Vec<Block> {
    let mut blocks = vec![source.heading("term-work"), Block::Table(domains(source)), Block::Table(kinds(source))];
    blocks.extend(care);
    blocks.push(source.heading("term-follow-ups"));
    blocks.push(Block::Table(promises(source)));
    let cases = cases(source);
    if !cases.is_empty() {
        blocks.push(source.heading("term-cases"));
        blocks.push(Block::List(cases));
    }
    blocks.push(source.heading("term-next"));
    blocks.push(Block::List(next(source)));
    blocks
}

fn deeds_of(source: &Source, judged: &Judged) -> std::collections::BTreeMap<String, DomainDeeds> {
    activities(source.snapshot, source.rules, judged.span)
}

fn domains(source: &Source) -> Table {
    let mut columns = vec![
        Column::left("domain", source.word("column-domain")),
        Column::right("times", source.word("term-times")),
        Column::right("reached", source.word("term-reached")),
        Column::right("children", source.word("term-different")),
    ];
    if let Some(before) = &source.before {
        columns.push(Column::right(
            "times-before",
            source.say("term-times-in", &[("term", &source.term_name(before.term))]),
        ));
    }
    let mut table = Table::new("domains", source.word("term-by-domain"), columns);
    let before = source.before.as_ref().map(|before| deeds_of(source, before));
    for (domain, found) in deeds_of(source, &source.now) {
        let Deeds { times, reached, children, sealed } = found.all;
        let mut row = vec![
            Cell::code(domain.clone(), source.word(&format!("domain-{domain}"))),
            count(times),
            unless_sealed(sealed, reached),
            unless_sealed(sealed, children),
        ];
        if let Some(before) = &before {
            row.push(count(before.get(&domain).map_or(0, |found| found.all.times)));
        }
        table.rows.push(row);
    }
    table
}

fn kinds(source: &Source) -> Table {
    let columns = vec![
        Column::left("domain", source.word("column-domain")),
        Column::left("kind", source.word("column-kind")),
        Column::right("times", source.word("term-times")),
        Column::right("reached", source.word("term-reached")),
        Column::right("children", source.word("term-different")),
    ];
    let mut table = Table::new("kinds", source.word("term-by-kind"), columns);
    for (domain, found) in deeds_of(source, &source.now) {
        for (kind, deeds) in &found.by_kind {
            table.rows.push(vec![
                Cell::code(domain.clone(), source.word(&format!("domain-{domain}"))),
                Cell::code(kind.clone(), source.rules.kind_label(kind).in_language(source.lang.code())),
                count(deeds.times),
                if is_few(deeds.children) { withheld(source) } else { unless_sealed(deeds.sealed, deeds.reached) },
                if deeds.sealed > 0 { Cell::Unknown } else { folded(source, deeds.children) },
            ]);
        }
    }
    table
}

/// How many children there were is not known where records are sealed.
fn unless_sealed(sealed: u32, number: u32) -> Cell {
    if sealed > 0 { Cell::Unknown } else { count(number) }
}

fn promises(source: &Source) -> Table {
    let columns = vec![
        Column::left("type", source.word("column-type")),
        Column::right("opened", source.word("column-opened")),
        Column::right("done-in-time", source.word("term-done-in-time")),
        Column::right("done-late", source.word("term-done-late")),
        Column::right("open", source.word("status-open")),
        Column::right("overdue", source.word("status-overdue")),
        Column::right("cancelled", source.word("status-cancelled")),
    ];
    let mut table = Table::new("follow-ups", source.word("term-follow-ups"), columns);
    for (name, found) in follow_ups(source.snapshot, source.now.span) {
        let described = source.rules.follow_up_types.get(&name);
        let words = described.map_or(name.as_str(), |described| described.label.in_language(source.lang.code()));
        table.rows.push(vec![
            Cell::code(name.clone(), words),
            count(found.opened),
            count(found.done_in_time),
            count(found.done_late),
            count(found.open),
            count(found.overdue),
            count(found.cancelled),
        ]);
    }
    table
}

/// Follow-ups of children that were seen through in time, told without name, class or the words of the record.
fn cases(source: &Source) -> Vec<String> {
    let day = source.now.day;
    let seen_through = |one: &&FollowUp| {
        let done = one.done.filter(|done| source.now.span.covers(*done));
        one.student.is_some()
            && one.status_on(day) == Status::Done
            && done.is_some_and(|done| done <= one.due && done > one.opened)
            && !one.seal.is_sealed()
            && !is_confidential(source, one)
    };
    let mut found: Vec<&FollowUp> = source.snapshot.follow_ups.iter().filter(seen_through).collect();
    found.sort_by_key(|one| (one.done, &one.id));
    let mut told: Vec<&FollowUp> = Vec::new();
    for one in found {
        if told.len() < CASES && !told.iter().any(|other| other.kind == one.kind || other.student == one.student) {
            told.push(one);
        }
    }
    told.into_iter().filter_map(|one| told_as_case(source, one)).collect()
}

/// What a confidential record has opened is no case to tell.
fn is_confidential(source: &Source, one: &FollowUp) -> bool {
    source
        .rules
        .kinds
        .values()
        .any(|kind| kind.confidential && kind.opens.iter().any(|opens| opens.follow_up == one.kind))
}

fn told_as_case(source: &Source, one: &FollowUp) -> Option<String> {
    let at = source.snapshot.place_of_student(one.student.as_ref()?)?;
    let student = source.snapshot.student(at);
    let described = source.rules.follow_up_types.get(&one.kind)?;
    let way = match source.rules.left_behind_answer(source.snapshot, at, one.opened, OWN)? {
        Answer::Yes(kind) => source.word(&kind.key()),
        Answer::No => source.word("left-behind-no"),
        Answer::Unknown { .. } => source.word("report-unknown"),
    };
    let gender = student
        .gender
        .map_or_else(|| source.word("term-child"), |gender| source.word(&format!("term-child-{}", gender.code())));
    let grade = student.grade_on(one.opened)?.to_string();
    let days = one.done?.days_since(one.opened).to_string();
    let kind = described.label.in_language(source.lang.code());
    Some(
        source
            .say("term-case", &[("grade", &grade), ("child", &gender), ("way", &way), ("kind", kind), ("days", &days)]),
    )
}

fn next(source: &Source) -> Vec<String> {
    let day = source.now.day;
    let waits = source.snapshot.follow_ups.iter().filter(|one| one.waits_on(day)).count().to_string();
    let overdue =
        source.snapshot.follow_ups.iter().filter(|one| one.status_on(day) == Status::Overdue).count().to_string();
    let open = source.now.covered.iter().filter(|one| one.count(crate::assess::plan::Standing::Open) > 0).count();
    let mut lines = vec![
        source.say("term-next-follow-ups", &[("waits", &waits), ("overdue", &overdue)]),
        source.say("term-next-commitments", &[("count", &open.to_string())]),
    ];
    let lonely = crate::assess::risk::untouched(&source.now.assessments, day, 30).len();
    if lonely > 0 {
        let count = folded(source, lonely as u32);
        lines.push(source.say("term-next-untouched", &[("count", &count.words(source.lang))]));
    }
    let unknown =
        source.now.assessments.iter().filter(|one| matches!(one.left_behind.answer, Answer::Unknown { .. })).count();
    if unknown > 0 {
        lines.push(source.say("term-next-unknown", &[("count", &unknown.to_string())]));
    }
    if let Some(holiday) =
        source.snapshot.school.holiday.iter().filter(|holiday| holiday.from > day).min_by_key(|holiday| holiday.from)
    {
        lines.push(
            source.say(
                "term-next-holiday",
                &[("from", &holiday.from.to_string()), ("until", &holiday.until.to_string())],
            ),
        );
    }
    lines
}
