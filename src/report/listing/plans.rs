//! The plans: coverage by plan, section, owner or class; gaps with the command that would fill them; one commitment's
//! units with their evidence; the agenda.

use std::collections::BTreeMap;

use super::{coded, commands, left, maybe, right};
use crate::assess::Rules;
use crate::assess::agenda::{Item, Sort};
use crate::assess::plan::{Covered, Period, Standing, Subject, Unit};
use crate::ledger::Snapshot;
use crate::model::Class;
use crate::model::code::codes;
use crate::report::{CalendarDay, Cell, Column, Table};
use crate::text::{self, Lang, label};

codes! {
    /// What coverage is summed up by.
    By as "by" { Commitment = "commitment", Section = "section", Plan = "plan", Owner = "owner", Class = "class" }
}

/// Counts of units by standing.
#[derive(Default)]
struct Sum {
    label: String,
    counts: [u64; 5],
}

impl Sum {
    fn labelled(label: String) -> Sum {
        Sum { label, ..Sum::default() }
    }

    fn add(&mut self, standing: Standing) {
        self.counts[standing as usize] += 1;
    }

    fn of(&self, standing: Standing) -> u64 {
        self.counts[standing as usize]
    }

    fn cells(&self) -> [Cell; 6] {
        let (met, missed) = (self.of(Standing::Met), self.of(Standing::Missed));
        let count = |standing| Cell::Integer(self.of(standing) as i64);
        [
            Cell::Percent { met, of: met + missed },
            count(Standing::Met),
            count(Standing::Missed),
            count(Standing::Open),
            count(Standing::Exempt),
            count(Standing::Unknown),
        ]
    }
}

fn sum_columns(lang: Lang) -> [Column; 6] {
    [
        right(lang, "coverage"),
        right(lang, "met"),
        right(lang, "missed"),
        right(lang, "open"),
        right(lang, "exempt"),
        right(lang, "unknown"),
    ]
}

/// Coverage of the commitments, summed up.
pub fn plan_status(snapshot: &Snapshot, covered: &[Covered], by: By, lang: Lang) -> Table {
    let sums = if by == By::Class { by_class(snapshot, covered, lang) } else { by_commitment(covered, by, lang) };
    let mut columns = vec![left(lang, "code"), left(lang, "commitment").wide(40)];
    columns.extend(sum_columns(lang));
    let mut table = Table::new("plan-status", label(lang, "caption-plan-status"), columns);
    for (key, sum) in &sums {
        let mut row = vec![Cell::text(key), Cell::text(&sum.label)];
        row.extend(sum.cells());
        table.rows.push(row);
    }
    table
}

/// Sums of what belongs to the commitment as a whole, in the order in which they first occur.
fn by_commitment(covered: &[Covered], by: By, lang: Lang) -> Vec<(String, Sum)> {
    let mut sums: Vec<(String, Sum)> = Vec::new();
    // One without units is shown among the commitments, and adds nothing to a sum.
    for one in covered.iter().filter(|one| by == By::Commitment || !one.units.is_empty()) {
        let (key, name) = group(one, by, lang);
        let at = sums.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            sums.push((key, Sum::labelled(name)));
            sums.len() - 1
        });
        one.units.iter().for_each(|unit| sums[at].1.add(unit.standing));
    }
    sums
}

/// The youngest class first, and what belongs to no class behind them.
fn by_class(snapshot: &Snapshot, covered: &[Covered], lang: Lang) -> Vec<(String, Sum)> {
    let mut sums: BTreeMap<Option<Class>, Sum> = BTreeMap::new();
    for unit in covered.iter().flat_map(|one| &one.units) {
        let class = match &unit.subject {
            Subject::Class(class) => Some(*class),
            Subject::Student(at) => snapshot.student(*at).class,
            _ => None,
        };
        sums.entry(class).or_default().add(unit.standing);
    }
    let named = |(class, sum): (Option<Class>, Sum)| match class.map(|class| class.to_string()) {
        Some(class) => (class.clone(), Sum { label: class, ..sum }),
        None => ("-".to_owned(), Sum { label: label(lang, "target-school"), ..sum }),
    };
    let mut sums: Vec<(String, Sum)> = sums.into_iter().map(named).collect();
    sums.sort_by(|a, b| b.0.cmp(&a.0));
    sums
}

fn group(one: &Covered, by: By, lang: Lang) -> (String, String) {
    let words = |label: &crate::model::kind::Label| label.in_language(lang.code()).to_owned();
    match by {
        By::Commitment | By::Class => (one.commitment.code.clone(), words(&one.commitment.text)),
        By::Plan => (one.plan.name.clone(), words(&one.plan.title)),
        By::Owner => {
            let owner = &one.commitment.owner;
            (owner.clone(), owner_words(owner, lang))
        }
        By::Section => {
            let id = one.commitment.section();
            let section = one.plan.section.iter().find(|section| section.id == id);
            (id.to_owned(), section.map_or_else(String::new, |section| words(&section.label)))
        }
    }
}

/// The words for who is responsible.
pub fn owner_words(owner: &str, lang: Lang) -> String {
    text::find(lang, &format!("owner-{owner}")).unwrap_or_else(|| owner.to_owned())
}

fn period(period: &Period, lang: Lang) -> Cell {
    Cell::code(&*period.name, text::stretch_name(lang, &period.name))
}

fn subject(snapshot: &Snapshot, subject: &Subject, lang: Lang) -> [Cell; 2] {
    match subject {
        Subject::School => [Cell::Empty, Cell::text(label(lang, "target-school"))],
        Subject::Class(class) => [Cell::text(class.to_string()), Cell::text(class.to_string())],
        Subject::Staff(name) => [Cell::Empty, Cell::text(name)],
        Subject::Student(at) => {
            let student = snapshot.student(*at);
            [Cell::text(student.id.as_str()), Cell::text(&student.name)]
        }
    }
}

/// Units that are missed or still open, with the command that would record what is missing.
pub fn plan_gaps(snapshot: &Snapshot, rules: &Rules, covered: &[Covered], open_too: bool, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "code"),
        left(lang, "commitment").wide(34),
        left(lang, "standing"),
        left(lang, "period"),
        left(lang, "subject"),
        left(lang, "name"),
        left(lang, "lacking"),
        left(lang, "owner"),
        left(lang, "command"),
    ];
    let mut table = Table::new("plan-gaps", label(lang, "caption-plan-gaps"), columns);
    for one in covered {
        for unit in one.units.iter().filter(|unit| is_gap(unit, open_too)) {
            let [id, name] = subject(snapshot, &unit.subject, lang);
            table.rows.push(vec![
                Cell::text(&one.commitment.code),
                Cell::text(one.commitment.text.in_language(lang.code())),
                coded(lang, "standing", unit.standing.code()),
                period(&unit.period, lang),
                id,
                name,
                lacking(rules, unit, lang),
                Cell::code(&one.commitment.owner, owner_words(&one.commitment.owner, lang)),
                maybe(&commands::command(snapshot, rules, one, unit, lang)),
            ]);
        }
    }
    table
}

fn is_gap(unit: &Unit, open_too: bool) -> bool {
    unit.standing == Standing::Missed || (open_too && unit.standing == Standing::Open)
}

/// What a unit still lacks, in words: values of a field, kinds of activity, keys of a record.
fn lacking(rules: &Rules, unit: &Unit, lang: Lang) -> Cell {
    let words = |name: &String| match rules.kinds.get(name) {
        Some(kind) => kind.label.in_language(lang.code()).to_owned(),
        None => text::find(lang, &format!("key-{}", name.replace('.', "-")))
            .unwrap_or_else(|| rules.word(name).in_language(lang.code()).to_owned()),
    };
    match unit.missing.is_empty() {
        true => Cell::Empty,
        false => Cell::List(unit.missing.iter().map(words).collect()),
    }
}

/// Every unit of commitments, with the file and line of what meets it.
pub fn plan_units(snapshot: &Snapshot, rules: &Rules, covered: &[&Covered], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "code"),
        left(lang, "period"),
        left(lang, "subject"),
        left(lang, "name"),
        left(lang, "standing"),
        right(lang, "done-of"),
        left(lang, "lacking"),
        left(lang, "reason"),
        left(lang, "file"),
    ];
    let mut table = Table::new("plan-units", label(lang, "caption-plan-units"), columns);
    for (one, unit) in covered.iter().flat_map(|one| one.units.iter().map(move |unit| (one, unit))) {
        let [id, name] = subject(snapshot, &unit.subject, lang);
        table.rows.push(vec![
            Cell::text(&one.commitment.code),
            period(&unit.period, lang),
            id,
            name,
            coded(lang, "standing", unit.standing.code()),
            Cell::text(format!("{}/{}", unit.done, unit.wanted)),
            lacking(rules, unit, lang),
            unit.reason.map_or(Cell::Empty, |reason| Cell::code(reason, label(lang, reason))),
            Cell::Places(unit.evidence.iter().map(|origin| snapshot.place(origin).to_string()).collect()),
        ]);
    }
    table
}

/// What is due, the earliest first.
pub fn agenda(
    snapshot: &Snapshot,
    rules: &Rules,
    covered: &[Covered],
    items: &[Item],
    day: crate::model::Day,
    lang: Lang,
) -> Table {
    let columns = vec![
        left(lang, "due"),
        right(lang, "days"),
        left(lang, "sort"),
        left(lang, "code"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "what").wide(44),
        right(lang, "count"),
        left(lang, "owner"),
    ];
    let mut table = Table::new("agenda", label(lang, "caption-agenda"), columns);
    for item in items {
        let student = item.student.map(|at| snapshot.student(at));
        let nobody = if item.sealed { Cell::Unknown } else { Cell::Empty };
        table.rows.push(vec![
            Cell::Day(item.day),
            Cell::Integer(item.day.days_since(day)),
            coded(lang, "agenda", item.sort.code()),
            Cell::text(&item.code),
            student.map_or(nobody, |student| Cell::text(&student.name)),
            student.and_then(|student| student.class).map_or(Cell::Empty, |class| Cell::text(class.to_string())),
            Cell::text(about(rules, covered, item, lang)),
            Cell::count(item.count),
            maybe(&owner_words(&item.owner, lang)),
        ]);
    }
    table
}

fn about(rules: &Rules, covered: &[Covered], item: &Item, lang: Lang) -> String {
    let named = type_of(rules, covered, item, lang);
    match item.what.is_empty() {
        true => named,
        false => text::say(lang, "report-fact-line", &[("label", &named), ("value", &item.what)]),
    }
}

/// What sort of thing it is, in words that hold nothing that a teacher wrote.
fn type_of(rules: &Rules, covered: &[Covered], item: &Item, lang: Lang) -> String {
    match item.sort {
        Sort::FollowUp => rules.type_label(&item.about).in_language(lang.code()).to_owned(),
        Sort::Commitment => {
            let one = covered.iter().find(|one| one.commitment.code == item.code);
            let words = one.map_or("", |one| one.commitment.text.in_language(lang.code()));
            text::say(lang, "agenda-period", &[("what", words), ("period", &text::stretch_name(lang, &item.about))])
        }
        Sort::Festival => item.label.as_ref().map_or("", |label| label.in_language(lang.code())).to_owned(),
        Sort::Birthday => text::say(lang, "agenda-age", &[("age", &item.about)]),
        Sort::AgreementEnds => {
            let kind = rules.kind_label(&item.about);
            text::say(lang, "agenda-agreement", &[("kind", kind.in_language(lang.code()))])
        }
        Sort::Forget => text::say(lang, "agenda-left", &[("day", &item.about)]),
        Sort::PairingEnds => {
            text::say(lang, "agenda-pairing", &[("type", &label(lang, &format!("pairing-{}", item.about)))])
        }
    }
}

/// What is due, as the days of a calendar: the type and the child's name, and no more.
pub fn agenda_days(
    snapshot: &Snapshot,
    rules: &Rules,
    covered: &[Covered],
    items: &[Item],
    lang: Lang,
) -> Vec<CalendarDay> {
    let day = |item: &Item| {
        let named = type_of(rules, covered, item, lang);
        let summary = match item.student.filter(|_| !item.sealed).map(|at| snapshot.student(at)) {
            Some(student) => text::say(lang, "report-fact-line", &[("label", &student.name), ("value", &named)]),
            None => named,
        };
        let category = label(lang, &format!("agenda-{}", item.sort.code()));
        CalendarDay { key: item.key(), day: item.day, summary, category }
    };
    items.iter().map(day).collect()
}
