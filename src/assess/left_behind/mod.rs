//! Whether a child is left behind on a day, under a definition that is data.
//!
//! What the record leaves open is tried both ways: where every way gives the same answer it is given, else the answer is
//! unknown, with the fields that would settle it. Begin with [`left_behind`].

mod definition;
mod parents;
#[cfg(test)]
mod tests;
mod ways;

pub use definition::{Definition, Definitions, Gone, LEFT_BEHIND_FILE, Who};
pub use parents::{ParentOn, Whereabouts, away_parents_on, parents_on};
pub use ways::{Care, cares};

use super::place::Places;
use super::{Evidence, Value};
pub use crate::model::LeftBehindKind as Kind;
use crate::model::{Day, Student};

/// The answer of a definition for a child and a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Yes(Kind),
    No,
    /// With the fields of the child's file that would settle it.
    Unknown {
        fields: Vec<String>,
    },
}

impl Answer {
    pub fn is_yes(&self) -> bool {
        matches!(self, Answer::Yes(_))
    }
}

/// An answer and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftBehind {
    pub answer: Answer,
    pub evidence: Vec<Evidence>,
}

/// What the definitions need beside the child: how to read what a form reported, and places.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub reported_months: u32,
    pub places: &'a Places,
}

/// Whether a child is left behind on a day under a definition. `at` is the child's place in the snapshot's list.
pub fn left_behind(student: &Student, at: u32, day: Day, definition: &Definition, context: Context) -> LeftBehind {
    let parents = parents_on(student, day);
    LeftBehind {
        answer: answer(student, day, definition, context),
        evidence: facts(student, at, day, definition, &parents),
    }
}

/// The answer alone.
pub fn answer(student: &Student, day: Day, definition: &Definition, context: Context) -> Answer {
    let parents = parents_on(student, day);
    together(&[
        of_age(student, day, definition),
        of_hukou(student, definition),
        of_place(student, definition, context.places),
        ways::of_parents(&parents, day, definition, reported_since(student, context)),
    ])
}

fn together(conditions: &[Answer]) -> Answer {
    if conditions.contains(&Answer::No) {
        return Answer::No;
    }
    let mut open = Vec::new();
    let mut kind = Kind::Unsettled;
    for condition in conditions {
        match condition {
            Answer::Unknown { fields } => open.extend(fields.iter().cloned()),
            // The parents are the last condition, and the only one that knows of a kind.
            Answer::Yes(known) => kind = *known,
            Answer::No => {}
        }
    }
    if open.is_empty() { Answer::Yes(kind) } else { Answer::Unknown { fields: open } }
}

fn holds(met: Option<bool>, field: &str) -> Answer {
    match met {
        Some(true) => Answer::Yes(Kind::Unsettled),
        Some(false) => Answer::No,
        None => Answer::Unknown { fields: vec![field.to_owned()] },
    }
}

fn of_age(student: &Student, day: Day, definition: &Definition) -> Answer {
    match definition.under_age {
        Some(bound) => holds(student.age_on(day).map(|age| age < bound), "born"),
        None => Answer::Yes(Kind::Unsettled),
    }
}

fn of_hukou(student: &Student, definition: &Definition) -> Answer {
    match definition.hukou {
        Some(wanted) => holds(student.hukou.map(|hukou| hukou == wanted), "hukou"),
        None => Answer::Yes(Kind::Unsettled),
    }
}

/// Without an address of registration that differs, the child is registered where it lives.
fn of_place(student: &Student, definition: &Definition, places: &Places) -> Answer {
    let hukou = student.hukou_address.as_deref().filter(|_| definition.schooled_at_hukou);
    let Some(hukou) = hukou else { return Answer::Yes(Kind::Unsettled) };
    let address = student.address.as_deref().unwrap_or_default();
    let provinces = (places.province_of(hukou), places.province_of(address));
    let met = match provinces {
        _ if !address.is_empty() && (hukou.ends_with(address) || address.starts_with(hukou)) => Some(true),
        (Some(hukou), Some(address)) if hukou != address => Some(false),
        _ => None,
    };
    holds(met, "hukou_address")
}

/// Since when, at the latest, a parent is away of whom a form says so.
fn reported_since(student: &Student, context: Context) -> Option<Day> {
    student.reported.as_ref().map(|report| report.on.months_before(context.reported_months))
}

fn facts(student: &Student, at: u32, day: Day, definition: &Definition, parents: &[ParentOn; 2]) -> Vec<Evidence> {
    let mut facts: Vec<Evidence> = parents.iter().map(|parent| parent_fact(parent, at)).collect();
    let incapable = parents.iter().filter(|parent| parent.parent.is_some_and(|(_, one)| one.capable == Some(false)));
    facts.extend(incapable.map(|parent| {
        Evidence::record("left-behind-incapable", at, parent.field("capable"))
            .with("relation", Value::Word(parent.relation.key()))
    }));
    if definition.under_age.is_some() {
        facts.extend(
            student
                .age_on(day)
                .map(|age| Evidence::record("left-behind-age", at, "born").with("age", Value::Years(age))),
        );
    }
    if definition.hukou.is_some() {
        facts.extend(
            student.hukou.map(|hukou| {
                Evidence::record("left-behind-hukou", at, "hukou").with("hukou", Value::Word(hukou.key()))
            }),
        );
    }
    if let Some(address) = student.hukou_address.as_ref().filter(|_| definition.schooled_at_hukou) {
        facts.push(
            Evidence::record("left-behind-hukou-address", at, "hukou_address")
                .with("address", Value::Text(address.clone())),
        );
    }
    facts
}

/// What the record says of where a parent is.
pub fn parent_fact(parent: &ParentOn, at: u32) -> Evidence {
    let relation = Value::Word(parent.relation.key());
    let fact = match parent.whereabouts {
        Whereabouts::Away(spell) => return away_fact(parent, at, spell, relation),
        Whereabouts::Back(spell) => Evidence::record("left-behind-back", at, parent.field(&format!("away.{spell}"))),
        Whereabouts::ReportedHome => Evidence::record("left-behind-reported-home", at, "reported.away_parents"),
        Whereabouts::ReportedAway => Evidence::record("left-behind-reported-away", at, "reported.away_parents"),
        Whereabouts::OneOfTwo => Evidence::record("left-behind-one-of-two", at, "reported.away_parents"),
        Whereabouts::ReportedGone => Evidence::record("left-behind-reported-gone", at, "reported.orphan"),
        Whereabouts::Gone(status) => {
            Evidence::record("left-behind-gone", at, parent.field("status")).with("status", Value::Word(status.key()))
        }
        Whereabouts::Unknown => Evidence::record("left-behind-not-said", at, parent.field("away")),
    };
    fact.with("relation", relation)
}

fn away_fact(parent: &ParentOn, at: u32, spell: usize, relation: Value) -> Evidence {
    let away = parent.away().expect("the whereabouts name a stretch of this parent");
    let field = parent.field(&format!("away.{spell}"));
    let (key, since) = match (away.from, away.noted) {
        (Some(from), _) => ("left-behind-away-since", Some(Value::When(from))),
        (None, Some(noted)) => ("left-behind-away-noted", Some(Value::Day(noted))),
        (None, None) => ("left-behind-away", None),
    };
    let fact = Evidence::record(key, at, field).with("relation", relation);
    match since {
        Some(since) => fact.with("since", since),
        None => fact,
    }
}
