//! Closed lists of values and their words, as `import/census.toml` holds them.

use std::collections::BTreeMap;

use super::fold;
use super::target::Field;
use crate::model::{Ability, Benefit, Gender, HealthStatus, Hukou, Income, ParentStatus, Relation};

/// A field's values: each code with its words.
pub(super) type Values = Vec<(String, Vec<String>)>;

/// Every list by its name; a slip in one is named.
pub(super) fn values(lists: &toml::Table) -> Result<BTreeMap<String, Values>, String> {
    lists.iter().map(|(list, codes)| Ok((list.clone(), codes_of(list, codes)?))).collect()
}

fn codes_of(list: &str, codes: &toml::Value) -> Result<Values, String> {
    let codes = codes.as_table().ok_or_else(|| format!("values.{list} is no table"))?;
    codes
        .iter()
        .map(|(code, words)| {
            if !is_code(list, code) {
                return Err(format!("values.{list} has no {code:?}"));
            }
            let words = words.as_array().ok_or_else(|| format!("values.{list}.{code} is no list"))?;
            let words = words.iter().filter_map(toml::Value::as_str).map(fold::folded).collect();
            Ok((code.clone(), words))
        })
        .collect()
}

/// Whether a list may hold a code, so that a slip in the file is named and not passed over.
fn is_code(list: &str, code: &str) -> bool {
    match list {
        "gender" => Gender::of_code(code).is_some(),
        "hukou" => Hukou::of_code(code).is_some(),
        "boarding" | "boarding_mode" => matches!(code, "true" | "false"),
        "health_status" => code.is_empty() || HealthStatus::of_code(code).is_some(),
        "income" => Income::of_code(code).is_some(),
        "benefits" => Benefit::of_code(code).is_some(),
        "ability" => code == "none" || Ability::of_code(code).is_some(),
        "relation" => Relation::of_code(code).is_some(),
        "reported_away" => matches!(code, "0" | "1" | "2"),
        "which_away" => matches!(code, "none" | "father" | "mother" | "both" | "one" | "two"),
        "hardship" => matches!(code, "low-income" | "subsistence" | "none"),
        "status" => ParentStatus::of_code(code).is_some(),
        _ => false,
    }
}

/// The list of values of a field that is ticked, or whose words are a closed list.
pub(super) fn key(field: Field) -> Option<&'static str> {
    match field {
        Field::Gender => Some("gender"),
        Field::Hukou => Some("hukou"),
        Field::Boarding => Some("boarding"),
        Field::BoardingMode => Some("boarding_mode"),
        Field::HealthStatus => Some("health_status"),
        Field::Income => Some("income"),
        Field::Benefits => Some("benefits"),
        Field::Ability => Some("ability"),
        Field::ReportedAway => Some("reported_away"),
        Field::WhichAway => Some("which_away"),
        _ => None,
    }
}
