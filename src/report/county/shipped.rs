//! What the program ships: the words that all schools of a county share. Whatever a school has added itself goes out as
//! `own`, because the name of a thing that somebody made up can say anything.

use std::collections::BTreeMap;

use super::value::{Code, Value};
use crate::assess::left_behind::{Definitions, LEFT_BEHIND_FILE};
use crate::assess::plan::{Commitment, Plan};
use crate::ledger::definitions::parse_toml;
use crate::ledger::template;
use crate::model::kind::{Field, FieldType, Kind};
use crate::model::{Day, FollowUpTypes, Outcome};

/// The definitions of a new ledger.
pub struct Shipped {
    kinds: BTreeMap<String, Kind>,
    types: FollowUpTypes,
    definitions: Definitions,
    /// The commitments by plan and code.
    commitments: BTreeMap<(String, String), Commitment>,
}

impl Shipped {
    /// # Errors
    /// None but a fault of the program, which a test finds.
    pub fn load() -> Outcome<Shipped> {
        let mut commitments = BTreeMap::new();
        for (path, bytes) in template::files().into_iter().filter(|(path, _)| path.starts_with("plans/")) {
            let plan: Plan = parse_toml(&path, &String::from_utf8_lossy(bytes))?;
            let of = |one: Commitment| ((plan.name.clone(), one.code.clone()), one);
            commitments.extend(plan.commitment.into_iter().map(of));
        }
        let definitions = parse_toml(LEFT_BEHIND_FILE, &template::text(LEFT_BEHIND_FILE))?;
        Ok(Shipped { kinds: template::kinds()?, types: template::follow_up_types()?, definitions, commitments })
    }

    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.get(name)
    }

    pub fn kind_code(&self, name: &str) -> Value {
        Value::Code(Code::known(name, self.kinds.contains_key(name)))
    }

    pub fn domain_code(&self, name: &str) -> Value {
        Value::Code(Code::known(name, self.kinds.values().any(|kind| kind.domain == name)))
    }

    pub fn type_code(&self, name: &str) -> Value {
        Value::Code(Code::known(name, self.types.contains_key(name)))
    }

    pub fn definition_code(&self, name: &str) -> Value {
        Value::Code(Code::known(name, self.definitions.definition.contains_key(name)))
    }

    pub fn commitment(&self, plan: &str, code: &str) -> Option<&Commitment> {
        self.commitments.get(&(plan.to_owned(), code.to_owned()))
    }

    /// The field of a shipped kind.
    pub fn field(&self, kind: &str, name: &str) -> Option<&Field> {
        self.kinds.get(kind)?.field(name)
    }
}

/// What a cell says, by the shipped field alone: a school that makes a choice into free text sends none of it.
pub fn cell(field: &Field, text: &str) -> Option<Value> {
    match field.kind {
        _ if text.is_empty() => None,
        FieldType::Choice => Some(Value::Code(Code::known(text, field.of.iter().any(|one| one == text)))),
        FieldType::Integer | FieldType::Minutes => text.parse().ok().map(Value::Integer),
        FieldType::Date => Day::parse_bytes(text.as_bytes()).map(Value::Date),
        FieldType::Bool => truth(text).map(Value::Bool),
        FieldType::Text
        | FieldType::Number
        | FieldType::Money
        | FieldType::Quantity
        | FieldType::Student
        | FieldType::Staff
        | FieldType::Resource
        | FieldType::Phone => None,
    }
}

/// As the ledger writes it.
fn truth(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
