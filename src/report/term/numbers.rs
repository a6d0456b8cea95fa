//! How many children, who is left behind, who cares for them, who is at risk; and each number against last term's.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::fold::{folded, is_few, parts, withheld};
use super::risk::{self, Course};
use super::{Judged, Source, contacts, count};
use crate::assess::figures::{Carers, Count, Heads, RiskCount, Roll, care, risk_levels, roll, workplaces};
use crate::model::{Ability, Day};
use crate::report::few::SMALLEST_GROUP;
use crate::report::listing::coded;
use crate::report::{Block, Cell, Chart, ChartKind, Column, Series, Table};

/// The counts of one term.
struct Counts {
    roll: Roll,
    care: Carers,
    risk: RiskCount,
}

impl Counts {
    fn of(source: &Source, judged: &Judged) -> Counts {
        Counts {
            roll: roll(source.snapshot, source.rules, judged.day),
            care: care(source.snapshot, &judged.left_behind, judged.day),
            risk: risk_levels(&judged.assessments),
        }
    }
}

/// `since` is the first day of the course of risk, where that is not to be the end of the term before.
pub(super) fn blocks(source: &Source, since: Option<Day>) -> Vec<Block> {
    let now = Counts::of(source, &source.now);
    let before = source.before.as_ref().map(|judged| Counts::of(source, judged));
    let course = Course::of(source, since, &now.risk, before.as_ref().map(|before| &before.risk));
    let mut blocks = vec![facts(source, &now), source.heading("term-numbers")];
    blocks.push(Block::Table(compared(source, &course, &now, before.as_ref())));
    blocks.push(Block::Table(by_definition(source, &now.roll)));
    blocks.push(Block::Table(by_class(source, &now.roll)));
    blocks.push(Block::Chart(by_grade(source, &now.roll)));
    blocks.push(Block::Table(carers(source, &now.care)));
    blocks.push(Block::Table(places(source)));
    blocks.push(course.block(source));
    blocks.push(Block::Table(risk::indicators(source, &now.risk)));
    blocks.extend(contacts::blocks(source));
    blocks
}

fn facts(source: &Source, now: &Counts) -> Block {
    let (met, of) = crate::report::term::plans::share(&source.now.covered);
    Block::Facts(vec![
        (source.word("term-enrolled"), count(now.roll.all.enrolled)),
        (source.word("term-left-behind"), count(now.roll.all.left_behind)),
        (source.word("term-not-known"), count(now.roll.all.unknown)),
        (source.word("term-at-risk"), risk::at_risk(source, &now.risk)),
        (source.word("term-coverage"), Cell::Percent { met, of }),
    ])
}

/// The main numbers beside those of last term.
fn compared(source: &Source, course: &Course, now: &Counts, before: Option<&Counts>) -> Table {
    let mut columns =
        vec![Column::left("item", source.word("term-item")), Column::right("now", source.term_name(source.now.term))];
    if let Some(judged) = &source.before {
        columns.push(Column::right("before", source.term_name(judged.term)));
        columns.push(Column::right("change", source.word("term-change")));
    }
    let mut table = Table::new("numbers", source.word("term-main-numbers"), columns);
    let before = before.map(|before| main_numbers(source, course, before));
    for (at, (key, now)) in main_numbers(source, course, now).into_iter().enumerate() {
        let mut row = vec![Cell::text(source.word(key)), now.clone()];
        if let Some(before) = &before {
            let before = &before[at].1;
            row.extend([before.clone(), change(source, &now, before)]);
        }
        table.rows.push(row);
    }
    table
}

/// The main numbers by their words. Those of the whole roll stand as they are; any other is folded where it is small.
fn main_numbers(source: &Source, course: &Course, counts: &Counts) -> Vec<(&'static str, Cell)> {
    let whole = |number: u32| count(number);
    let part = |number: Option<u32>| number.map_or(Cell::Unknown, |number| folded(source, number));
    let (all, care) = (&counts.roll.all, &counts.care);
    let mut numbers = vec![
        ("term-enrolled", whole(all.enrolled)),
        ("term-left-behind", whole(all.left_behind)),
        ("term-not-known", whole(all.unknown)),
        ("term-boarding", part(known(counts, care.boarding, care.boarding.yes))),
        ("term-old-guardian", part(known(counts, care.old, care.old.yes))),
        ("term-poor-guardian", part(poor_guardians(care))),
        ("term-not-entrusted", part(known(counts, care.entrusted, care.entrusted.no))),
    ];
    let [high, medium, watch, _] = course.cells(source, &counts.risk);
    numbers.extend([("term-high", high), ("term-medium", medium), ("term-watch", watch)]);
    numbers
}

/// The difference of two numbers; withheld where one of them is, as it would give that one away.
fn change(source: &Source, now: &Cell, before: &Cell) -> Cell {
    match (now, before) {
        (Cell::Integer(now), Cell::Integer(before)) => Cell::text(signed(now - before)),
        (Cell::Unknown, _) | (_, Cell::Unknown) => Cell::Unknown,
        _ => withheld(source),
    }
}

/// A number of an answer, unless there are left-behind children and the records of none of them answer.
fn known(counts: &Counts, answers: Count, number: u32) -> Option<u32> {
    (answers.yes + answers.no > 0 || counts.care.children == 0).then_some(number)
}

fn poor_guardians(care: &Carers) -> Option<u32> {
    let is_known = care.children == 0 || care.by_ability.keys().any(Option::is_some);
    is_known.then(|| care.by_ability.get(&Some(Ability::Poor)).copied().unwrap_or(0))
}

/// `+3`, `−2`, `0`: a change is a difference, and no number of its own.
fn signed(difference: i64) -> String {
    match difference {
        0 => "0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", -less),
    }
}

fn by_definition(source: &Source, roll: &Roll) -> Table {
    let columns = vec![
        Column::left("definition", source.word("term-definition")),
        Column::right("yes", source.word("term-left-behind")),
        Column::right("no", source.word("left-behind-no")),
        Column::right("unknown", source.word("report-unknown")),
        Column::left("ways", source.word("term-ways")),
        Column::left("source", source.word("column-source")),
    ];
    let mut table = Table::new("definitions", source.word("term-by-definition"), columns);
    for (name, found) in &roll.by_definition {
        let Some(definition) = source.rules.definition(name) else { continue };
        let numbers: Vec<u32> = found.by_kind.values().copied().collect();
        let way = |(kind, number): (&crate::assess::left_behind::Kind, Cell)| {
            let shown = number.words(source.lang).into_owned();
            source.say("report-fact-line", &[("label", &source.word(&kind.key())), ("value", &shown)])
        };
        table.rows.push(vec![
            Cell::code(name.clone(), definition.label.in_language(source.lang.code())),
            count(found.yes),
            count(found.no),
            count(found.unknown),
            Cell::List(found.by_kind.keys().zip(parts(source, &numbers)).map(way).collect()),
            definition.source.as_ref().map_or(Cell::Empty, |cited| Cell::text(cited.in_language(source.lang.code()))),
        ]);
    }
    table
}

fn by_class(source: &Source, roll: &Roll) -> Table {
    let columns = vec![
        Column::left("class", source.word("column-class")),
        Column::right("grade", source.word("column-grade")),
        Column::right("enrolled", source.word("term-enrolled")),
        Column::right("left-behind", source.word("term-left-behind")),
        Column::right("unknown", source.word("report-unknown")),
    ];
    let mut table = Table::new("classes", source.word("term-by-class"), columns);
    let classes: Vec<_> = roll.by_class.iter().rev().collect();
    for of_grade in classes.chunk_by(|a, b| a.0.map(|class| class.cohort) == b.0.map(|class| class.cohort)) {
        let heads: Vec<&Heads> = of_grade.iter().map(|(_, heads)| *heads).collect();
        for ((class, _), cells) in of_grade.iter().zip(heads_cells(source, &heads)) {
            let grade = class.map(|class| Cell::Integer(i64::from(class.grade_on(source.now.day))));
            let class = class.map(|class| Cell::text(class.to_string()));
            let mut row = vec![class.unwrap_or(Cell::Unknown), grade.unwrap_or(Cell::Unknown)];
            row.extend(cells);
            table.rows.push(row);
        }
    }
    let heads: Vec<&Heads> = roll.by_gender.values().collect();
    for (gender, cells) in roll.by_gender.keys().zip(heads_cells(source, &heads)) {
        let gender = gender.map(|gender| coded(source.lang, "gender", gender.code()));
        let mut row = vec![gender.unwrap_or(Cell::Unknown), Cell::Empty];
        row.extend(cells);
        table.rows.push(row);
    }
    table
}

/// Enrolled, left behind and not known, of groups that make up a whole together.
fn heads_cells(source: &Source, heads: &[&Heads]) -> Vec<[Cell; 3]> {
    let column = |number: fn(&Heads) -> u32| heads.iter().map(|heads| number(heads)).collect::<Vec<u32>>();
    let left_behind = parts(source, &column(|heads| heads.left_behind));
    let unknown = parts(source, &column(|heads| heads.unknown));
    let enrolled = heads.iter().map(|heads| count(heads.enrolled));
    enrolled.zip(left_behind).zip(unknown).map(|((all, left), open)| [all, left, open]).collect()
}

fn by_grade(source: &Source, roll: &Roll) -> Chart {
    let grades: Vec<(&Option<i32>, _)> = roll.by_grade.iter().collect();
    let series = |key: &str, number: fn(&Heads) -> u32| Series {
        label: source.word(key),
        values: grades.iter().map(|(_, heads)| Some(f64::from(number(heads)))).collect(),
    };
    Chart {
        key: "grades".to_owned(),
        caption: source.word("term-by-grade"),
        kind: ChartKind::Bars,
        categories: grades
            .iter()
            .map(|(grade, _)| match grade {
                Some(grade) => source.say("term-grade", &[("grade", &grade.to_string())]),
                None => source.word("report-unknown"),
            })
            .collect(),
        // A bar of fewer than five children would say what the table folds.
        series: match grades.iter().any(|(_, heads)| is_few(heads.left_behind)) {
            true => vec![series("term-enrolled", |heads| heads.enrolled)],
            false => vec![
                series("term-enrolled", |heads| heads.enrolled),
                series("term-left-behind", |heads| heads.left_behind),
            ],
        },
        unit: source.word("term-people"),
    }
}

fn carers(source: &Source, care: &Carers) -> Table {
    let columns =
        vec![Column::left("carer", source.word("term-carer")), Column::right("children", source.word("term-children"))];
    let mut table = Table::new("carers", source.word("term-by-carer"), columns);
    let numbers: Vec<u32> = care.by_carer.values().copied().collect();
    for (carer, number) in care.by_carer.keys().zip(parts(source, &numbers)) {
        table.rows.push(vec![Cell::code(carer.code(), source.word(&carer.key())), number]);
    }
    let numbers: Vec<u32> = care.by_ability.values().copied().collect();
    for (ability, number) in care.by_ability.keys().zip(parts(source, &numbers)) {
        let name = match ability {
            Some(ability) => source.word(&ability.key()),
            None => source.word("report-unknown"),
        };
        let name = source.say("term-ability", &[("ability", &name)]);
        let code = ability.map_or("ability-unknown".to_owned(), |ability| format!("ability-{}", ability.code()));
        table.rows.push(vec![Cell::code(code, name), number]);
    }
    table
}

/// Where parents work, the most frequent place first; places of few children as one line.
fn places(source: &Source) -> Table {
    let columns = vec![
        Column::left("province", source.word("term-province")),
        Column::right("children", source.word("term-children")),
    ];
    let mut table = Table::new("workplaces", source.word("term-workplaces"), columns);
    let found: BTreeMap<Option<String>, u32> =
        workplaces(source.snapshot, &source.rules.places, &source.now.left_behind, source.now.day);
    let mut found: Vec<(Option<String>, u32)> = found.into_iter().collect();
    found.sort_by(|a, b| (std::cmp::Reverse(a.1), &a.0).cmp(&(std::cmp::Reverse(b.1), &b.0)));
    let (many, few): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, number)| *number >= SMALLEST_GROUP);
    for (place, number) in many {
        table.rows.push(vec![place.map_or(Cell::Unknown, Cell::text), count(number)]);
    }
    let rest: u32 = few.iter().map(|(_, number)| number).sum();
    if rest > 0 {
        table.rows.push(vec![Cell::code("others", source.word("term-other-places")), folded(source, rest)]);
    }
    table
}
