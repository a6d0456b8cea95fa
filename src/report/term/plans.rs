//! What each part of the plans promised, and what was done of it: coverage beside last term's, and what is missing.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::{Judged, Source};
use crate::assess::plan::{Covered, Plan, Standing};
use crate::report::listing::owner_words;
use crate::report::{Block, Cell, Chart, Column, Table, sections};

/// Met, and met or missed, over all commitments.
pub(super) fn share(covered: &[Covered]) -> (u64, u64) {
    covered.iter().map(Covered::share).fold((0, 0), |(met, of), (more, more_of)| (met + more, of + more_of))
}

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let mut blocks = vec![source.heading("term-plans"), Block::Table(summary(source))];
    let mut seen: Vec<&str> = Vec::new();
    for covered in &source.now.covered {
        let name = covered.plan.name.as_str();
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        blocks.push(Block::Heading { level: 2, text: covered.plan.title.in_language(source.lang.code()).to_owned() });
        blocks.extend(by_section(source, covered.plan).map(Block::Chart));
        blocks.push(Block::Table(commitments(source, covered.plan)));
    }
    blocks.push(source.heading("term-missed"));
    blocks.push(Block::Paragraph(source.word("term-missed-words")));
    blocks.push(Block::Table(missed(source)));
    blocks
}

fn of_plan<'a>(judged: &'a Judged, plan: &str) -> Vec<&'a Covered<'a>> {
    judged.covered.iter().filter(|one| one.plan.name == plan).collect()
}

fn percent(covered: &[&Covered]) -> Cell {
    let (met, of) = covered.iter().map(|one| one.share()).fold((0, 0), |(met, of), (more, all)| (met + more, of + all));
    Cell::Percent { met, of }
}

/// The plans with their coverage, this term and last.
fn summary(source: &Source) -> Table {
    let mut columns = vec![
        Column::left("plan", source.word("term-plan")),
        Column::right("commitments", source.word("term-commitments")),
        Column::right("coverage", source.term_name(source.now.term)),
    ];
    if let Some(before) = &source.before {
        columns.push(Column::right("coverage-before", source.term_name(before.term)));
    }
    columns.push(Column::right("missed", source.word("standing-missed")));
    columns.push(Column::right("open", source.word("standing-open")));
    columns.push(Column::right("unknown", source.word("standing-unknown")));
    let mut table = Table::new("plans", source.word("term-plan-coverage"), columns);
    let plans: BTreeMap<&str, &Plan> =
        source.now.covered.iter().map(|one| (one.plan.name.as_str(), one.plan)).collect();
    for (name, plan) in plans {
        let own = of_plan(&source.now, name);
        let total = |standing: Standing| Cell::count(own.iter().map(|one| one.count(standing)).sum());
        let mut row =
            vec![Cell::code(name, plan.title.in_language(source.lang.code())), Cell::count(own.len()), percent(&own)];
        if let Some(before) = &source.before {
            row.push(percent(&of_plan(before, name)));
        }
        row.extend([total(Standing::Missed), total(Standing::Open), total(Standing::Unknown)]);
        table.rows.push(row);
    }
    table
}

fn by_section(source: &Source, plan: &Plan) -> Option<Chart> {
    let of = |judged: &Judged| source.term_name(judged.term);
    let before = source.before.iter().map(|before| (of(before), before.covered.as_slice()));
    let terms: Vec<(String, &[Covered])> = before.chain([(of(&source.now), source.now.covered.as_slice())]).collect();
    sections::coverage(plan, &terms, source.lang)
}

/// Every commitment of a plan: how often it was kept, and how many activities stand behind that.
fn commitments(source: &Source, plan: &Plan) -> Table {
    let columns = vec![
        Column::left("code", source.word("column-code")),
        Column::left("commitment", source.word("term-commitment")).wide(44),
        Column::right("done", source.word("term-done")),
        Column::right("coverage", source.word("term-coverage")),
        Column::right("missed", source.word("standing-missed")),
        Column::right("open", source.word("standing-open")),
        Column::right("unknown", source.word("standing-unknown")),
    ];
    let mut table = Table::new(format!("plan-{}", plan.name), plan.title.in_language(source.lang.code()), columns);
    for one in of_plan(&source.now, &plan.name) {
        let (met, of) = one.share();
        let records: usize = one.units.iter().map(|unit| unit.evidence.len()).sum();
        table.rows.push(vec![
            Cell::text(&one.commitment.code),
            Cell::text(one.commitment.text.in_language(source.lang.code())),
            Cell::count(records),
            Cell::Percent { met, of },
            Cell::count(one.count(Standing::Missed)),
            Cell::count(one.count(Standing::Open)),
            Cell::count(one.count(Standing::Unknown)),
        ]);
    }
    table
}

/// What was promised and not done, the largest gap first.
fn missed(source: &Source) -> Table {
    let columns = vec![
        Column::left("code", source.word("column-code")),
        Column::left("commitment", source.word("term-commitment")).wide(44),
        Column::right("missed", source.word("standing-missed")),
        Column::left("lacking", source.word("term-lacking")),
        Column::left("owner", source.word("column-owner")),
    ];
    let mut table = Table::new("missed", source.word("term-missed"), columns);
    let mut found: Vec<&Covered> = source.now.covered.iter().filter(|one| one.count(Standing::Missed) > 0).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.count(Standing::Missed)), one.commitment.code.clone()));
    for one in found {
        let mut lacking: Vec<String> = one
            .units
            .iter()
            .filter(|unit| unit.standing == Standing::Missed)
            .flat_map(|unit| unit.missing.iter())
            .map(|value| source.rules.word(value).in_language(source.lang.code()).to_owned())
            .collect();
        lacking.sort();
        lacking.dedup();
        table.rows.push(vec![
            Cell::text(&one.commitment.code),
            Cell::text(one.commitment.text.in_language(source.lang.code())),
            Cell::count(one.count(Standing::Missed)),
            if lacking.is_empty() { Cell::Empty } else { Cell::List(lacking) },
            Cell::code(&one.commitment.owner, owner_words(&one.commitment.owner, source.lang)),
        ]);
    }
    table
}
