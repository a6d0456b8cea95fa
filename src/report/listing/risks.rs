//! Whom to worry about and why: one line a child, or the whole derivation of one child's level.

use super::{coded, left, right, who};
use crate::assess::left_behind::Answer;
use crate::assess::risk::{Assessment, Change, Emergency, Fired, Indicator, NotKnown, Now, Settles};
use crate::assess::{Evidence, Rules, Value};
use crate::ledger::Snapshot;
use crate::model::{Day, Level, Student};
use crate::report::{Cell, Column, Table, field_label};
use crate::text::{self, Lang, label};

/// The words of an indicator or an emergency, by its id.
pub fn indicator_label(rules: &Rules, id: &str, lang: Lang) -> String {
    let indicator = rules.risk.indicators.iter().find(|one: &&Indicator| *one.id == *id).map(|one| &one.label);
    let emergency = rules.risk.emergencies.iter().find(|one: &&Emergency| *one.id == *id).map(|one| &one.label);
    indicator.or(emergency).map_or_else(|| id.to_owned(), |label| label.in_language(lang.code()).to_owned())
}

/// Where an indicator comes from: the law, the form, the practice.
fn source<'a>(rules: &'a Rules, id: &str, lang: Lang) -> Option<&'a str> {
    let indicator = rules.risk.indicators.iter().find(|one| *one.id == *id).and_then(|one| one.source.as_ref());
    let emergency = rules.risk.emergencies.iter().find(|one| *one.id == *id).and_then(|one| one.source.as_ref());
    indicator.or(emergency).map(|source| source.in_language(lang.code()))
}

/// Whether a child is left behind: yes in which way, no, or unknown.
pub fn left_behind(answer: &Answer, lang: Lang) -> Cell {
    match answer {
        Answer::Yes(kind) => Cell::code(kind.code(), label(lang, &kind.key())),
        Answer::No => Cell::code("no", label(lang, "left-behind-no")),
        Answer::Unknown { .. } => Cell::Unknown,
    }
}

/// The level as it was computed; an emergency says so.
fn level(one: &Assessment, lang: Lang) -> Cell {
    match one.emergency {
        true => Cell::code("emergency", label(lang, "risk-emergency")),
        false => coded(lang, "level", one.computed.code()),
    }
}

/// Children in the order of the assessment.
pub fn risks(snapshot: &Snapshot, rules: &Rules, found: &[&Assessment], day: Day, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "level"),
        left(lang, "judged"),
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "left-behind"),
        right(lang, "days-untouched"),
        left(lang, "reasons").wide(60),
        right(lang, "not-known"),
    ];
    let mut table = Table::new("risks", label(lang, "caption-risks"), columns);
    for one in found {
        let [id, name, class] = who(snapshot.student(one.student));
        table.rows.push(vec![
            level(one, lang),
            one.judged.as_ref().map_or(Cell::Empty, |judged| coded(lang, "level", judged.level.code())),
            id,
            name,
            class,
            left_behind(&one.left_behind.answer, lang),
            one.untouched_from.map_or(Cell::Unknown, |from| Cell::Integer(day.days_since(from.day()))),
            Cell::List(one.fired.iter().map(|fired| reason(rules, fired, lang)).collect()),
            Cell::count(one.not_known.len()),
        ]);
    }
    table
}

/// An indicator that fires, with its value where that is a number.
pub(crate) fn reason(rules: &Rules, fired: &Fired, lang: Lang) -> String {
    let name = indicator_label(rules, &fired.indicator, lang);
    match measured(&fired.value, lang) {
        Some(value) => text::say(lang, "reason-value", &[("name", &name), ("value", &value)]),
        None => name,
    }
}

/// A number with its unit; nothing for a word, which the indicator's own name says.
fn measured(value: &Value, lang: Lang) -> Option<String> {
    let unit = match value {
        Value::Days(_) => "unit-days",
        Value::Count(_) => "unit-times",
        Value::Years(_) => "unit-years",
        Value::Percent(_) => "unit-percent",
        _ => return None,
    };
    Some(text::say(lang, unit, &[("number", &value.said(lang))]))
}

fn said(value: &Value, lang: Lang) -> String {
    measured(value, lang).unwrap_or_else(|| value.said(lang))
}

/// The whole derivation of one child's level: every indicator with its value, bound, source and records.
pub fn derivation(snapshot: &Snapshot, rules: &Rules, one: &Assessment, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "standing"),
        left(lang, "indicator"),
        left(lang, "level"),
        right(lang, "points"),
        left(lang, "value"),
        left(lang, "bound"),
        left(lang, "evidence").wide(50),
        left(lang, "file").wide(40),
        left(lang, "source").wide(30),
    ];
    let mut table = Table::new("derivation", snapshot.student(one.student).name.clone(), columns);
    for fired in &one.fired {
        table.rows.push(vec![
            coded(lang, "indicator", "fired"),
            Cell::code(&*fired.indicator, indicator_label(rules, &fired.indicator, lang)),
            fired.level.map_or(Cell::Empty, |level| coded(lang, "level", level.code())),
            points(fired.points),
            Cell::text(said(&fired.value, lang)),
            Cell::text(said(&fired.bound, lang)),
            facts(&fired.evidence, lang),
            places(snapshot, &fired.evidence),
            source(rules, &fired.indicator, lang).map_or(Cell::Empty, Cell::text),
        ]);
    }
    for open in &one.not_known {
        table.rows.push(vec![
            coded(lang, "indicator", "unknown"),
            Cell::code(&*open.indicator, indicator_label(rules, &open.indicator, lang)),
            Cell::Empty,
            points(open.points),
            Cell::Unknown,
            Cell::Empty,
            Cell::text(open_question(rules, snapshot.student(one.student), open, lang)),
            Cell::Empty,
            source(rules, &open.indicator, lang).map_or(Cell::Empty, Cell::text),
        ]);
    }
    for calm in &one.calm {
        table.rows.push(vec![
            coded(lang, "indicator", "calm"),
            Cell::code(&*calm.indicator, indicator_label(rules, &calm.indicator, lang)),
            Cell::Empty,
            Cell::Empty,
            calm.value.as_ref().map_or(Cell::Empty, |value| Cell::text(said(value, lang))),
            Cell::Empty,
            facts(&calm.evidence, lang),
            places(snapshot, &calm.evidence),
            source(rules, &calm.indicator, lang).map_or(Cell::Empty, Cell::text),
        ]);
    }
    table
}

fn points(points: Option<u32>) -> Cell {
    points.map_or(Cell::Empty, |points| Cell::Integer(i64::from(points)))
}

fn facts(evidence: &[Evidence], lang: Lang) -> Cell {
    Cell::List(evidence.iter().map(|fact| fact.said(lang)).collect())
}

pub(crate) fn places(snapshot: &Snapshot, evidence: &[Evidence]) -> Cell {
    let mut places: Vec<String> = evidence
        .iter()
        .filter_map(|fact| fact.origin.as_ref())
        .map(|origin| snapshot.place(origin).to_string())
        .collect();
    places.dedup();
    Cell::Places(places)
}

/// Why an indicator cannot be known, and what would settle it.
fn open_question(rules: &Rules, student: &Student, open: &NotKnown, lang: Lang) -> String {
    let why = label(lang, open.reason);
    let settled = match &open.settles {
        Settles::Fields(fields) => {
            let names: Vec<String> = fields.iter().map(|key| field_label(key, student, lang)).collect();
            names.join(&label(lang, "report-list-join"))
        }
        Settles::Kind(kind) | Settles::Key(kind) => rules.kind_label(kind).in_language(lang.code()).to_owned(),
        Settles::Register(path) => (*path).to_owned(),
        Settles::Calendar => String::new(),
    };
    match settled.is_empty() {
        true => why,
        false => text::say(lang, "open-question", &[("why", &why), ("settles", &settled)]),
    }
}

/// What one child's level rests on, in sentences above the derivation.
pub fn summary(snapshot: &Snapshot, one: &Assessment, lang: Lang) -> Vec<String> {
    let student = snapshot.student(one.student);
    let mut lines = Vec::new();
    let word = if one.emergency { label(lang, "risk-emergency") } else { label(lang, &one.computed.key()) };
    let class = student.class.map(|class| class.to_string()).unwrap_or_default();
    lines.push(text::say(lang, "risk-summary", &[("name", &student.name), ("class", &class), ("level", &word)]));
    if let Some(points) = one.grade.points {
        let (points, open) = (points.to_string(), one.grade.open_points.to_string());
        lines.push(text::say(lang, "risk-points", &[("points", &points), ("open", &open)]));
    }
    if let Some(raised) = &one.grade.raised {
        let (count, from) = (raised.count.to_string(), label(lang, &raised.level.key()));
        let to = label(lang, &raised.to.key());
        lines.push(text::say(lang, "risk-raised", &[("count", &count), ("from", &from), ("to", &to)]));
    }
    if let Some(judged) = &one.judged {
        let until = judged.until.map(|until| until.to_string()).unwrap_or_else(|| label(lang, "until-further"));
        let word = label(lang, &judged.level.key());
        let values = [
            ("level", word.as_str()),
            ("reason", &judged.reason),
            ("by", judged.by.as_deref().unwrap_or("—")),
            ("from", &judged.from.to_string()),
            ("until", &until),
        ];
        lines.push(text::say(lang, "risk-judged", &values));
    }
    let way = match &one.left_behind.answer {
        Answer::Yes(kind) => label(lang, &kind.key()),
        Answer::No => label(lang, "left-behind-no"),
        Answer::Unknown { fields } => {
            let names: Vec<String> = fields.iter().map(|key| field_label(key, student, lang)).collect();
            text::say(lang, "left-behind-unknown", &[("fields", &names.join(&label(lang, "report-list-join")))])
        }
    };
    let facts: Vec<String> = one.left_behind.evidence.iter().map(|fact| fact.said(lang)).collect();
    let facts = facts.join(&label(lang, "details-join"));
    lines.push(text::say(lang, "risk-left-behind", &[("way", &way), ("facts", &facts)]));
    lines
}

/// What raised or lowered levels, and by which records.
pub fn changes(snapshot: &Snapshot, rules: &Rules, found: &[Change], lang: Lang) -> Table {
    let columns: Vec<Column> = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "from"),
        left(lang, "to"),
        left(lang, "appeared").wide(50),
        left(lang, "gone").wide(50),
        left(lang, "file").wide(40),
    ];
    let mut table = Table::new("risk-changes", label(lang, "caption-risk-changes"), columns);
    let level = |level: Option<Level>| level.map_or(Cell::Empty, |level| coded(lang, "level", level.code()));
    for change in found {
        let [id, name, class] = who(snapshot.student(change.student));
        let mut evidence: Vec<Evidence> = change.appeared.iter().flat_map(|fired| fired.evidence.clone()).collect();
        for gone in &change.gone {
            if let Now::Calm(calm) = &gone.now {
                evidence.extend(calm.evidence.clone());
            }
        }
        table.rows.push(vec![
            id,
            name,
            class,
            level(change.before),
            level(change.after),
            Cell::List(change.appeared.iter().map(|fired| reason(rules, fired, lang)).collect()),
            Cell::List(change.gone.iter().map(|gone| indicator_label(rules, &gone.was.indicator, lang)).collect()),
            places(snapshot, &evidence),
        ]);
    }
    table
}
