//! Field values as a person typed them, turned into those that the ledger stores.

use std::collections::BTreeMap;

use crate::ledger::Snapshot;
use crate::model::kind::{Kind, Misfit};
use crate::model::{Outcome, Place, Problem, Problems};

/// Reads field values as typed, into those that the ledger stores. Everything that is wrong is named at once.
pub fn read_fields(
    kind: &Kind,
    typed: &BTreeMap<String, String>,
    snapshot: &Snapshot,
    place: &Place,
) -> Outcome<BTreeMap<String, String>> {
    let mut problems = Vec::new();
    let mut stored = BTreeMap::new();
    for (name, text) in typed {
        match read_field(kind, name, text, snapshot, place) {
            Ok(value) => {
                stored.insert(name.clone(), value);
            }
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(stored) } else { Err(Problems(problems)) }
}

fn read_field(kind: &Kind, name: &str, text: &str, snapshot: &Snapshot, place: &Place) -> Outcome<String> {
    let known = || kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    let problem = |code: &'static str| {
        let mut problem = Problem::data(code, place.clone()).with("field", name).with("kind", &kind.name);
        if *place == Place::Nowhere {
            problem.exit = crate::model::Exit::Usage;
        }
        problem
    };
    let field = kind.field(name).ok_or_else(|| problem("field-unknown").with("known", known()))?;
    if let Some(value) = field.stored(text) {
        return Ok(value.to_owned());
    }
    let words = snapshot.words()?;
    field.read(text, words).map_err(|misfit| {
        let problem = match misfit {
            Misfit::NotAChoice(of) => {
                let language = &snapshot.school.school.language;
                let worded = |code: &String| match words.get(code) {
                    Some(label) => format!("{code} ({})", label.in_language(language)),
                    None => code.clone(),
                };
                problem("field-choice").with("known", of.iter().map(worded).collect::<Vec<_>>().join(", "))
            }
            Misfit::NotA(kind) => problem("field-type").with("type", kind.code()),
        };
        problem.with("value", text).into()
    })
}

/// The fields that a kind asks for and that are missing or empty.
pub fn missing_fields<'a>(kind: &'a Kind, fields: &BTreeMap<String, String>) -> Vec<&'a crate::model::kind::Field> {
    kind.asks_for(|name| fields.get(name).is_some_and(|value| !value.is_empty()))
}
