//! What the full parser has read, as the one tree that every type is taken from.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value::{Entries, NotOfTheType, Value};

/// Hands a text's tree to whoever takes a value from it.
///
/// A number that is none, or too large, is the error.
pub(super) fn with_tree<T>(table: &Spanned<DeTable>, take: impl FnOnce(Result<Value, NotOfTheType>) -> T) -> T {
    let mut moments = Vec::new();
    add_moments(table.get_ref(), &mut moments);
    let mut moments = moments.iter().map(String::as_str);
    take(entries(table.get_ref(), &mut moments).map(|entries| Value::Table(0, entries)))
}

/// Days and moments are read as values, and are wanted as they are written.
fn add_moments(table: &DeTable, moments: &mut Vec<String>) {
    table.iter().for_each(|(_, value)| add_moments_of(value.get_ref(), moments));
}

fn add_moments_of(value: &DeValue, moments: &mut Vec<String>) {
    match value {
        DeValue::Datetime(moment) => moments.push(moment.to_string()),
        DeValue::Array(list) => list.iter().for_each(|one| add_moments_of(one.get_ref(), moments)),
        DeValue::Table(table) => add_moments(table, moments),
        _ => {}
    }
}

fn entries<'t>(table: &'t DeTable, moments: &mut impl Iterator<Item = &'t str>) -> Result<Entries<'t>, NotOfTheType> {
    table.iter().map(|(key, one)| Ok((key.get_ref().as_ref(), value(one, moments)?))).collect()
}

fn value<'t>(
    value_at: &'t Spanned<DeValue>,
    moments: &mut impl Iterator<Item = &'t str>,
) -> Result<Value<'t>, NotOfTheType> {
    let at = value_at.span().start as u32;
    let unread = |number: &str| NotOfTheType::in_words(format!("a number that cannot be read: {number}"), at);
    match value_at.get_ref() {
        DeValue::String(text) => Ok(Value::Text(text)),
        DeValue::Boolean(truth) => Ok(Value::Truth(*truth)),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(Value::Number)
            .map_err(|_| unread(&number.to_string())),
        DeValue::Float(number) => number.as_str().parse().map(Value::Decimal).map_err(|_| unread(number.as_str())),
        DeValue::Datetime(_) => Ok(Value::Day(moments.next().expect("each was gathered before"))),
        DeValue::Array(list) => list.iter().map(|one| value(one, moments)).collect::<Result<_, _>>().map(Value::List),
        DeValue::Table(table) => entries(table, moments).map(|entries| Value::Table(at, entries)),
    }
}
