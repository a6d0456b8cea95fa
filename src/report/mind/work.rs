//! What the mental health plan did in a term: each kind of activity, the numbers that its records add up to, and what
//! became of referrals. Counts of confidential records are folded like counts of children.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::{Source, Term, count, signed};
use crate::assess::figures::{Deeds, activities, referrals, sums};
use crate::model::kind::{Kind, Target};
use crate::model::scale::SCREENING;
use crate::report::few::SMALLEST_GROUP;
use crate::report::{Block, Cell, Column, Table};

/// The domain of the plan.
const DOMAIN: &str = "mind";

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    vec![
        source.heading("mind-work"),
        Block::Table(kinds(source)),
        Block::Table(numbers(source)),
        source.heading("mind-referrals"),
        Block::Table(referral_table(source)),
    ]
}

/// The kinds of the plan. Screenings have tables of their own: their number here would undo what is folded there.
fn kinds_of_plan<'a>(source: &'a Source) -> impl Iterator<Item = &'a Kind> {
    source.rules.kinds.values().filter(|kind| kind.domain == DOMAIN && kind.name != SCREENING)
}

fn deeds(source: &Source, term: &Term) -> BTreeMap<String, Deeds> {
    let mut found = activities(source.snapshot, source.rules, term.span);
    found.remove(DOMAIN).map(|domain| domain.by_kind).unwrap_or_default()
}

fn kinds(source: &Source) -> Table {
    let mut columns = vec![
        Column::left("kind", source.word("column-kind")),
        Column::right("times", source.word("term-times")),
        Column::right("children", source.word("term-different")),
    ];
    if let Some(before) = &source.before {
        columns.push(Column::right("times-before", source.say("term-times-in", &[("term", &before.name)])));
        columns.push(Column::right("change", source.word("term-change")));
    }
    let mut table = Table::new("work", source.word("mind-by-kind"), columns);
    let now = deeds(source, &source.now);
    let before = source.before.as_ref().map(|term| deeds(source, term));
    for kind in kinds_of_plan(source) {
        let of = |found: &BTreeMap<String, Deeds>| found.get(&kind.name).cloned().unwrap_or_default();
        let (now, before) = (of(&now), before.as_ref().map(of));
        if now.times == 0 && before.as_ref().is_none_or(|before| before.times == 0) {
            continue;
        }
        let mut row = vec![
            Cell::code(&kind.name, kind.label.in_language(source.lang.code())),
            times(source, kind, now.times),
            match (now.sealed, kind.target) {
                (0, Target::School | Target::Staff) if now.children == 0 => Cell::Empty,
                (0, _) => source.children(now.children),
                _ => Cell::Unknown,
            },
        ];
        if let Some(before) = before {
            row.push(times(source, kind, before.times));
            let is_shown = |number: u32| !is_folded(kind, number);
            let both = is_shown(now.times) && is_shown(before.times);
            let change = || signed(i64::from(now.times) - i64::from(before.times));
            row.push(if both { change() } else { Cell::Empty });
        }
        table.rows.push(row);
    }
    table
}

/// One confidential record is one child.
fn is_folded(kind: &Kind, number: u32) -> bool {
    kind.confidential && (1..SMALLEST_GROUP).contains(&number)
}

fn times(source: &Source, kind: &Kind, number: u32) -> Cell {
    if is_folded(kind, number) { source.children(number) } else { count(number) }
}

/// Letters and replies, visits to the room, people at an activity: what the number fields of records add up to.
fn numbers(source: &Source) -> Table {
    let mut columns =
        vec![Column::left("kind", source.word("column-kind")), Column::left("field", source.word("column-field"))];
    let terms: Vec<&Term> = source.terms().collect();
    columns.extend(terms.iter().zip(["now", "before"]).map(|(term, key)| Column::right(key, &term.name)));
    let mut table = Table::new("sums", source.word("mind-sums"), columns);
    for kind in kinds_of_plan(source).filter(|kind| !kind.confidential) {
        let of_terms: Vec<Vec<(String, u64)>> =
            terms.iter().map(|term| sums(source.snapshot, kind, term.span)).collect();
        for (at, (name, _)) in of_terms[0].iter().enumerate() {
            let numbers: Vec<u64> = of_terms.iter().map(|of_term| of_term[at].1).collect();
            if numbers.iter().all(|number| *number == 0) {
                continue;
            }
            let label = kind.field(name).map_or(name.as_str(), |field| field.label.in_language(source.lang.code()));
            let first = [Cell::code(&kind.name, kind.label.in_language(source.lang.code())), Cell::code(name, label)];
            let cells = numbers.into_iter().map(|number| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
            table.rows.push(first.into_iter().chain(cells).collect());
        }
    }
    table
}

fn referral_table(source: &Source) -> Table {
    let columns = vec![
        Column::left("term", source.word("mind-term")),
        Column::right("made", source.word("mind-referrals-made")),
        Column::right("answered", source.word("mind-referrals-answered")),
        Column::right("open", source.word("mind-referrals-open")),
        Column::right("waiting", source.word("mind-referrals-waiting")),
    ];
    let mut table = Table::new("referrals", source.word("mind-referrals"), columns);
    for term in source.terms() {
        let found = referrals(source.snapshot, term.span);
        let cells = [found.made, found.answered, found.open, found.waiting].map(count);
        table.rows.push(std::iter::once(Cell::code(&term.id, &term.name)).chain(cells).collect());
    }
    table
}
