//! The metrics that look at the child's file, the register of follow-ups and the register of pairings.

use super::measure::{Child, Settles, Verdict};
use super::metric::RecordField;
use crate::assess::left_behind::{Care, ParentOn, Whereabouts, parent_fact};
use crate::assess::pairing::PAIRINGS;
use crate::assess::{Evidence, Value};
use crate::ledger::Origin;
use crate::ledger::snapshot::FOLLOW_UPS;
use crate::model::{Ability, Benefit, Gender, Guardian, HealthStatus, Hukou, Income, Status, When};

/// A field of the record has one of these values; anything where there are none.
pub(super) fn field(child: &Child, field: RecordField, is: &[String]) -> Verdict {
    let values = values(child, field);
    if values.is_empty() {
        return Verdict::fields("risk-unknown-field", vec![field.key().to_owned()]);
    }
    let hit = values.iter().find(|(code, _)| is.is_empty() || is.contains(code));
    let (_, shown) = hit.unwrap_or(&values[0]);
    let fact = || Evidence::record("risk-field", child.at, field.key()).with("value", shown.clone());
    let bound = || Value::Any(is.iter().map(|code| worded(field, code)).collect());
    Verdict::when(hit.is_some(), shown.clone(), bound, child.told_one(fact))
}

/// A code of a field as a person reads it.
fn worded(field: RecordField, code: &str) -> Value {
    let key = match field {
        RecordField::Gender => Gender::of_code(code).map(Gender::key),
        RecordField::Hukou => Hukou::of_code(code).map(Hukou::key),
        RecordField::Health => HealthStatus::of_code(code).map(HealthStatus::key),
        RecordField::Income => Income::of_code(code).map(Income::key),
        RecordField::Benefits => Benefit::of_code(code).map(Benefit::key),
        RecordField::Boarding | RecordField::LowIncome | RecordField::Orphan => Some(format!("risk-{code}")),
        RecordField::Disability
        | RecordField::Illness
        | RecordField::Housing
        | RecordField::Difficulties
        | RecordField::Character => None,
    };
    key.map_or_else(|| Value::Text(code.to_owned()), Value::Word)
}

/// The field's values as codes, and as a person reads them; none where the record does not have it.
fn values(child: &Child, field: RecordField) -> Vec<(String, Value)> {
    let student = child.student;
    let health = student.health.as_ref();
    let household = student.household.as_ref();
    let study = student.study.as_ref();
    let words =
        |text: Option<&String>| text.map(|text| (text.clone(), Value::Text(text.clone()))).into_iter().collect();
    let truth = |truth: Option<bool>| truth.map(yes_or_no).into_iter().collect();
    match field {
        RecordField::Gender => student.gender.map(|code| coded(code.code(), code.key())).into_iter().collect(),
        RecordField::Hukou => student.hukou.map(|code| coded(code.code(), code.key())).into_iter().collect(),
        RecordField::Boarding => truth(student.boarding),
        RecordField::Health => {
            health.and_then(|one| one.status).map(|code| coded(code.code(), code.key())).into_iter().collect()
        }
        RecordField::Disability => words(health.and_then(|one| one.disability.as_ref())),
        RecordField::Illness => words(health.and_then(|one| one.illness.as_ref())),
        RecordField::Income => household
            .map(|one| one.income.iter().map(|code| coded(code.code(), code.key())).collect())
            .unwrap_or_default(),
        RecordField::Benefits => household
            .map(|one| one.benefits.iter().map(|code| coded(code.code(), code.key())).collect())
            .unwrap_or_default(),
        RecordField::LowIncome => truth(household.and_then(|one| one.low_income)),
        RecordField::Housing => words(household.and_then(|one| one.housing.as_ref())),
        RecordField::Difficulties => words(study.and_then(|one| one.difficulties.as_ref())),
        RecordField::Character => words(study.and_then(|one| one.character.as_ref())),
        RecordField::Orphan => {
            let report = student.reported.as_ref().filter(|report| report.on <= child.day);
            truth(report.and_then(|report| report.orphan))
        }
    }
}

fn coded(code: &str, key: String) -> (String, Value) {
    (code.to_owned(), Value::Word(key))
}

fn yes_or_no(truth: bool) -> (String, Value) {
    let word = if truth { "yes" } else { "no" };
    (word.to_owned(), Value::Word(format!("risk-{word}")))
}

pub(super) fn child_under(child: &Child, bound: i32) -> Verdict {
    let Some(age) = child.student.age_on(child.day) else {
        return Verdict::fields("risk-unknown-field", vec!["born".to_owned()]);
    };
    let fact = || Evidence::record("risk-child-age", child.at, "born").with("age", Value::Years(age));
    Verdict::by(age < bound, Value::Years(age), Value::Years(bound), child.told_one(fact))
}

/// Those who care for the child on the day, with their places in the file.
fn guardians<'a>(child: &'a Child) -> impl Iterator<Item = (usize, &'a Guardian)> {
    child.student.guardian.iter().enumerate().filter(|(_, guardian)| guardian.covers(child.day))
}

/// Where nobody is recorded who cares for the child: calm with a parent at home, else unknown.
fn nobody_recorded(child: &Child) -> Verdict {
    match child.without_parent() {
        Ok(false) => Verdict::calm(parent_facts(child)),
        _ => Verdict::fields("risk-unknown-guardian", vec!["guardian".to_owned()]),
    }
}

fn parent_facts(child: &Child) -> Vec<Evidence> {
    child.told(|| child.parents.iter().map(|parent| parent_fact(parent, child.at)).collect())
}

/// One guardian who is younger is enough to be calm.
pub(super) fn guardian_from(child: &Child, bound: i32) -> Verdict {
    let mut facts = Vec::new();
    let mut missing = Vec::new();
    let mut youngest = None;
    for (at, guardian) in guardians(child) {
        match guardian.born.map(When::first_day) {
            Some(born) => {
                let age = child.day.age_since(born);
                youngest = Some(youngest.map_or(age, |youngest: i32| youngest.min(age)));
                facts.extend(child.told_one(|| {
                    guardian_fact(child, at, guardian, "born", "risk-guardian-age").with("age", Value::Years(age))
                }));
            }
            None => missing.push(format!("guardian.{at}.born")),
        }
    }
    match youngest {
        Some(age) if age < bound => Verdict::by(false, Value::Years(age), Value::Years(bound), facts),
        _ if !missing.is_empty() => Verdict::fields("risk-unknown-field", missing),
        Some(age) => Verdict::by(true, Value::Years(age), Value::Years(bound), facts),
        None => nobody_recorded(child),
    }
}

fn guardian_fact(child: &Child, at: usize, guardian: &Guardian, field: &str, key: &'static str) -> Evidence {
    let relation = guardian.relation.map_or("relation-other".to_owned(), |relation| relation.key());
    Evidence::record(key, child.at, format!("guardian.{at}.{field}")).with("relation", Value::Word(relation))
}

/// The first guardian in the file is the one who answers for the child.
pub(super) fn guardian_ability(child: &Child, is: &[Ability]) -> Verdict {
    let Some((at, guardian)) = guardians(child).next() else { return nobody_recorded(child) };
    let Some(ability) = guardian.ability else {
        return Verdict::fields("risk-unknown-field", vec![format!("guardian.{at}.ability")]);
    };
    let word = Value::Word(ability.key());
    let fact = || guardian_fact(child, at, guardian, "ability", "risk-guardian-ability").with("ability", word.clone());
    let facts = child.told_one(fact);
    let bound = || Value::Any(is.iter().map(|ability| Value::Word(ability.key())).collect());
    Verdict::when(is.contains(&ability), word, bound, facts)
}

pub(super) fn both_away(child: &Child) -> Verdict {
    let away = |care: Care| matches!(care, Care::Away { .. });
    of_parents(child, child.all_ways(|father, mother| away(father) && away(mother)))
}

/// `which` says of father and mother whether either or both must be gone.
pub(super) fn gone(child: &Child, which: impl Fn(bool, bool) -> bool) -> Verdict {
    // Of a parent who is not in the file not even that is known, unless a form says that the parent is away.
    let unsaid = |parent: &ParentOn| parent.parent.is_none() && is_unsaid(parent.whereabouts);
    let missing: Vec<String> =
        child.parents.iter().filter(|parent| unsaid(parent)).map(|parent| parent.field("status")).collect();
    let held = child.all_ways(|father, mother| which(father == Care::Gone, mother == Care::Gone));
    let if_gone = child.all_ways(|father, mother| {
        let gone = |care: Care, at: usize| care == Care::Gone || unsaid(&child.parents[at]);
        which(gone(father, 0), gone(mother, 1))
    });
    match (held, if_gone) {
        (Ok(true), _) => of_parents(child, Ok(true)),
        (_, Ok(false)) => of_parents(child, Ok(false)),
        _ => of_parents(child, Err(missing)),
    }
}

fn is_unsaid(whereabouts: Whereabouts) -> bool {
    matches!(whereabouts, Whereabouts::Unknown | Whereabouts::OneOfTwo | Whereabouts::ReportedHome)
}

fn of_parents(child: &Child, holds: Result<bool, Vec<String>>) -> Verdict {
    match holds {
        Err(fields) => Verdict::fields("risk-unknown-parents", fields),
        Ok(fires) => {
            let value = Value::Word(if fires { "risk-yes" } else { "risk-no" }.to_owned());
            Verdict::by(fires, value, Value::Word("risk-yes".to_owned()), parent_facts(child))
        }
    }
}

/// No parent is there to care, and nobody is recorded who does.
pub(super) fn no_guardian(child: &Child) -> Verdict {
    if let Some((at, guardian)) = guardians(child).next() {
        return Verdict::calm(child.told_one(|| guardian_fact(child, at, guardian, "relation", "risk-guardian")));
    }
    of_parents(child, child.without_parent())
}

/// The law wants the entrustment in writing (未成年人保护法 art. 22 and 23). Where no guardian is recorded at all,
/// another indicator says so.
pub(super) fn not_entrusted(child: &Child) -> Verdict {
    match child.without_parent() {
        Ok(false) => return Verdict::calm(parent_facts(child)),
        Err(fields) => return Verdict::fields("risk-unknown-parents", fields),
        Ok(true) => {}
    }
    let said: Vec<(usize, &Guardian)> = guardians(child).collect();
    let fact = |(at, guardian): &(usize, &Guardian), key| guardian_fact(child, *at, guardian, "entrusted", key);
    let with = |entrusted: Option<bool>| said.iter().find(|(_, guardian)| guardian.entrusted == entrusted);
    if let Some(found) = with(Some(true)) {
        return Verdict::calm(child.told_one(|| fact(found, "risk-entrusted")));
    }
    match (with(None), with(Some(false))) {
        (Some((at, _)), _) => Verdict::fields("risk-unknown-field", vec![format!("guardian.{at}.entrusted")]),
        (None, Some(found)) => {
            let no = Value::Word("risk-no".to_owned());
            let facts = child.told_one(|| fact(found, "risk-not-entrusted"));
            Verdict::by(true, no, Value::Word("risk-yes".to_owned()), facts)
        }
        (None, None) => Verdict::fields("risk-unknown-guardian", vec!["guardian".to_owned()]),
    }
}

/// A register without a single row of the type is taken as not kept.
pub(super) fn no_pairing(child: &Child, pairing: &str) -> Verdict {
    let of_type = || child.index.pairings().iter().filter(|one| one.kind == pairing);
    let mine = || of_type().filter(|one| one.student == child.at);
    let unknown = Verdict::Unknown { reason: "risk-unknown-register", settles: Settles::Register(PAIRINGS) };
    if let Some(held) = mine().find(|one| one.covers(child.day) == Some(true)) {
        let fact = || Evidence::at("risk-paired", held.origin()).with("helper", Value::Text(held.helper.clone()));
        return Verdict::calm(child.told_one(fact));
    }
    if of_type().next().is_none() || mine().any(|one| one.covers(child.day).is_none()) {
        return unknown;
    }
    let none = || Evidence::record("risk-not-paired", child.at, "id");
    Verdict::by(true, Value::Count(0), Value::Count(1), child.told_one(none))
}

/// Follow-ups that wait; overdue by so many days where that is asked.
pub(super) fn follow_ups(child: &Child, types: &[String], overdue: Option<u32>, at_least: u32) -> Verdict {
    let late = |due| overdue.is_none_or(|days| child.day.days_since(due) >= i64::from(days.max(1)));
    let facts: Vec<Evidence> = child
        .index
        .follow_ups(child.at)
        .filter(|(_, one)| types.is_empty() || types.contains(&one.kind))
        .filter(|(_, one)| one.waits_on(child.day) && late(one.due))
        .map(|(at, one)| {
            let key =
                if one.status_on(child.day) == Status::Overdue { "risk-follow-up-overdue" } else { "risk-follow-up" };
            Evidence::at(key, Origin::FollowUp(at))
                .with("type", Value::Label(child.rules.type_label(&one.kind)))
                .with("due", Value::Day(one.due))
        })
        .collect();
    let count = facts.len() as u32;
    let may_be = child
        .index
        .sealed_follow_ups()
        .filter(|(_, one)| (types.is_empty() || types.contains(&one.kind)) && one.waits_on(child.day) && late(one.due));
    if count < at_least && count + may_be.count() as u32 >= at_least {
        return Verdict::Unknown { reason: "risk-unknown-sealed", settles: Settles::Register(FOLLOW_UPS) };
    }
    Verdict::by(count >= at_least, Value::Count(count), Value::Count(at_least), facts)
}
