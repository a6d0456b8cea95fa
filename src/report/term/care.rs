//! Health, safety, family and society in figures: what the life and safety plan and the partnership plan are asked for
//! beside their coverage. Children are counted, and few of them folded.

use super::fold::parts;
use super::{Source, count};
use crate::assess::boarding::{CareRules, care_rules};
use crate::assess::figures::{Counted, counted, weekly_contact};
use crate::assess::funds::books;
use crate::assess::health::{Checkup, checkups};
use crate::assess::service::{Whose, service};
use crate::model::health::{Judgement, Verdict};
use crate::model::{Money, Outcome};
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Column, Table};

pub(super) fn blocks(source: &Source) -> Outcome<Vec<Block>> {
    let rules = care_rules(source.snapshot)?;
    let mut table = figures(source, &rules);
    money(source, &mut table)?;
    Ok(vec![
        Block::Heading { level: 2, text: source.word("term-care") },
        Block::Table(health(source)?),
        Block::Table(table),
        Block::Note(source.word("term-care-note")),
    ])
}

/// The latest examinations: of everybody enrolled so many, and what they found.
fn health(source: &Source) -> Outcome<Table> {
    let columns = vec![
        Column::left("measure", source.word("column-measure")),
        Column::left("finding", source.word("column-finding")),
        Column::right("children", source.word("term-children")),
    ];
    let mut table = Table::new("health", source.word("term-health"), columns);
    let all = checkups(source.snapshot, source.now.day)?;
    let examined: Vec<&Checkup> = all.iter().filter(|one| one.judgements.is_some()).collect();
    let share = Cell::Percent { met: examined.len() as u64, of: all.len() as u64 };
    table.rows.push(vec![Cell::Empty, Cell::code("examined", source.word("term-examined")), share]);
    let body = [
        Verdict::Within,
        Verdict::SevereWasting,
        Verdict::Wasting,
        Verdict::Overweight,
        Verdict::Obesity,
        Verdict::Unknown,
    ];
    let eyes = [Verdict::Within, Verdict::PoorEyesight, Verdict::Unknown];
    for (at, (measure, verdicts)) in [("body", &body[..]), ("eyesight", &eyes[..])].into_iter().enumerate() {
        let of = |verdict: &Verdict| {
            let is = |judgements: &[Judgement; 2]| judgements[at].verdict == *verdict;
            examined.iter().filter(|one| one.judgements.as_ref().is_some_and(is)).count() as u32
        };
        let numbers: Vec<u32> = verdicts.iter().map(of).collect();
        for (verdict, cell) in verdicts.iter().zip(parts(source, &numbers)) {
            table.rows.push(vec![
                Cell::code(measure, source.word(&format!("health-measure-{measure}"))),
                Cell::code(verdict.code(), source.word(&verdict.key())),
                cell,
            ]);
        }
    }
    Ok(table)
}

fn figures(source: &Source, rules: &CareRules) -> Table {
    let columns =
        vec![Column::left("figure", source.word("term-figure")), Column::right("value", source.word("column-value"))];
    let mut table = Table::new("care", source.word("term-care-figures"), columns);
    for rule in &rules.figure {
        let cell = match counted(source.snapshot, rule, source.now.span) {
            Counted::Number(number) => count(u32::try_from(number).unwrap_or(u32::MAX)),
            Counted::Share { met, of } => Cell::Percent { met, of },
            Counted::Unknown => Cell::Unknown,
        };
        table.rows.push(vec![Cell::code(&rule.id, rule.label.in_language(source.lang.code())), cell]);
    }
    let judged = &source.now;
    let weeks = weekly_contact(source.snapshot, &rules.weekly_contact, &judged.left_behind, judged.term, judged.span);
    let mut row = |key: &str, cell: Cell| {
        table.rows.push(vec![Cell::code(key, source.word(&format!("term-{key}"))), cell]);
    };
    for (key, number) in
        [("weekly-contact-yes", weeks.yes), ("weekly-contact-no", weeks.no), ("weekly-contact-unknown", weeks.unknown)]
    {
        row(key, count(u32::try_from(number).unwrap_or(u32::MAX)));
    }
    let span = judged.span;
    let served = service(source.snapshot, &rules.service, Whose::Organisation, span.first, span.last);
    let minutes: u64 = served.iter().map(|one| one.minutes).sum();
    let is_timed = served.is_empty() || minutes > 0;
    row("volunteer-hours", if is_timed { Cell::Decimal(minutes as f64 / 60.0) } else { Cell::Unknown });
    table
}

/// What the funds had, took in, gave out and have left.
fn money(source: &Source, table: &mut Table) -> Outcome<()> {
    let books = books(source.snapshot, source.now.span)?;
    let sum = |of: &dyn Fn(&crate::assess::funds::Fund) -> Money| books.funds.values().map(of).sum::<Money>();
    for (key, money) in [
        ("funds-brought", sum(&|fund| fund.brought)),
        ("funds-income", sum(&|fund| fund.income)),
        ("funds-spending", sum(&|fund| fund.spending)),
        ("funds-left", sum(&|fund| fund.left)),
    ] {
        let label = source.say("term-funds", &[("what", &source.word(key))]);
        table.rows.push(vec![Cell::code(key, label), Cell::Money(money)]);
    }
    Ok(())
}
