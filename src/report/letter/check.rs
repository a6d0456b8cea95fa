//! Templates that name what is not there: a kind without the fields that a letter needs, a value that no field takes.

use std::collections::BTreeMap;

use super::template::{Receipt, Row, Template};
use crate::ledger::Snapshot;
use crate::ledger::record::SETTABLE_KEYS;
use crate::model::kind::{FieldType, Kind, Target};
use crate::model::{Outcome, Place, Problem};
use crate::text::Lang;

/// The fields that the kind of a letter has: which letter it is, how it went out, when its receipt came back.
pub const LETTER: &str = "letter";
pub const WAY: &str = "way";
pub const RETURNED: &str = "returned";

/// Everything that is wrong with the templates of a ledger.
pub fn faults(snapshot: &Snapshot) -> Outcome<Vec<Problem>> {
    let (templates, mut problems) = super::load(snapshot.definitions());
    let kinds = snapshot.kinds()?;
    for template in &templates {
        problems.extend(of_template(snapshot, kinds, template)?);
    }
    Ok(problems)
}

/// A template whose head fits the kinds of the ledger; else everything that is wrong with it.
pub fn usable(snapshot: &Snapshot, template: &Template) -> Outcome<()> {
    let problems = of_template(snapshot, snapshot.kinds()?, template)?;
    if problems.is_empty() { Ok(()) } else { Err(crate::model::Problems(problems)) }
}

fn of_template(snapshot: &Snapshot, kinds: &BTreeMap<String, Kind>, template: &Template) -> Outcome<Vec<Problem>> {
    let head = &template.head;
    let place = Place::file(&template.path);
    let mut found = Vec::new();
    let Some(kind) = kinds.get(&head.kind) else {
        return Ok(vec![Problem::data("template-kind", place).with("kind", &head.kind)]);
    };
    for (name, wanted) in [(LETTER, FieldType::Text), (WAY, FieldType::Choice), (RETURNED, FieldType::Date)] {
        if kind.target != Target::Student || kind.field(name).is_none_or(|field| field.kind != wanted) {
            let fault = Problem::data("template-fields", place.clone()).with("kind", &kind.name);
            found.push(fault.with("field", name).with("type", wanted.code()));
        }
    }
    if Lang::of_code(&head.lang).is_none() {
        found.push(Problem::data("template-lang", place.clone()).with("value", &head.lang));
    }
    let set = head.receipt.iter().flat_map(|receipt| receipt.set.keys()).filter(|key| !is_settable(key));
    found.extend(set.map(|key| Problem::data("template-set", place.clone()).with("key", key)));
    let by = head.by.iter().map(|by| (WAY.to_owned(), by.clone())).collect();
    let Receipt { fields, record, .. } = head.receipt.clone().unwrap_or_default();
    let own = [&head.fields, &by, &fields].map(|fields| Row { kind: head.kind.clone(), fields: fields.clone() });
    for row in own.iter().chain(&record).chain(&head.once) {
        match kinds.get(&row.kind) {
            None => found.push(Problem::data("template-kind", place.clone()).with("kind", &row.kind)),
            Some(kind) => found.extend(misfits(snapshot, kind, row, &place)?),
        }
    }
    Ok(found)
}

/// Whether a person could set the key, such as `guardian.entrusted` or `parent.father.phone`.
fn is_settable(key: &str) -> bool {
    let generic = match key.split('.').collect::<Vec<_>>()[..] {
        ["parent", _, field] => format!("parent.{field}"),
        _ => key.to_owned(),
    };
    SETTABLE_KEYS.contains(&generic.as_str())
}

fn misfits(snapshot: &Snapshot, kind: &Kind, row: &Row, place: &Place) -> Outcome<Vec<Problem>> {
    let words = snapshot.words()?;
    let misfit = |(name, value): (&String, &String)| {
        let fits = kind.field(name).is_some_and(|field| field.read(value, words).is_ok());
        let fault = Problem::data("template-value", place.clone()).with("kind", &kind.name);
        (!fits).then(|| fault.with("field", name).with("value", value))
    };
    Ok(row.fields.iter().filter_map(misfit).collect())
}
