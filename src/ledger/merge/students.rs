//! A student's file: merged key by key; people and spells in lists are known by who they are and when they began.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::clash::written;
use super::{Merged, Outcome, Three, settled};
use crate::ledger::record::{self, StudentFile};
use crate::model::{Clash, Student};

/// By what an element of a list is known: the first of the keys that it has, and those behind it.
const KNOWN_BY: [(&str, &[&str]); 8] = [
    ("parent", &["relation"]),
    ("guardian", &["name", "relation"]),
    ("enrolment", &["from"]),
    ("spell", &["from"]),
    ("away", &["from", "noted"]),
    ("past", &["from"]),
    ("clash", &["key"]),
    ("", &[]),
];

pub(super) fn merged(path: &str, three: Three) -> Option<Merged> {
    let [one, other] = three.in_order();
    let base = if three.base.is_empty() { Table::new() } else { table(three.base)? };
    let mut clashes = Vec::new();
    let mut after = tables("", &base, &table(one)?, &table(other)?, &mut clashes);
    keep(&mut after, &clashes);
    // The copy with more remarks carries them; those that only the other one has follow at the end.
    let (carrier, rest) = if remarks(other).len() > remarks(one).len() { (other, one) } else { (one, other) };
    let file = StudentFile::read(path, carrier.to_vec()).ok()?;
    let student: Student = after.clone().try_into().ok()?;
    let mut text = record::rewritten_to(&file, &student, &after);
    let (known, begun) = (remarks(carrier), remarks(three.base));
    for remark in remarks(rest).difference(&known).filter(|remark| !begun.contains(*remark)) {
        text.push_str(&format!("{remark}\n"));
    }
    let bytes = text.into_bytes();
    StudentFile::read(path, bytes.clone()).ok()?;
    Some(Merged { bytes, clashes })
}

/// Two records of which neither came of the other: what one of them says is kept, and so is what both say alike. What
/// they say differently is a clash, and stands as one of the two.
pub fn united(one: &Table, other: &Table) -> (Table, Vec<Clash>) {
    let mut clashes = Vec::new();
    let united = tables("", &Table::new(), one, other, &mut clashes);
    (united, clashes)
}

/// The field of a record that a clash names, as people write it.
pub fn value_at(record: &Table, key: &str) -> Option<String> {
    let mut parts = key.split('.');
    let mut list = parts.next()?;
    let mut place = record.get(list)?;
    for part in parts {
        place = match place {
            Value::Array(elements) => named(list, elements).into_iter().find(|(name, _)| name == part)?.1,
            Value::Table(table) => table.get(part)?,
            _ => return None,
        };
        list = part;
    }
    Some(written(place))
}

fn table(bytes: &[u8]) -> Option<Table> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// The lines of a student's file that are remarks.
pub fn remarks(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).map(str::to_owned).collect()
}

fn tables(path: &str, base: &Table, one: &Table, other: &Table, clashes: &mut Vec<Clash>) -> Table {
    let mut merged = Table::new();
    let mut keys: Vec<&String> = base.keys().chain(one.keys()).chain(other.keys()).collect();
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(*key));
    for key in keys {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let value = value(&path, key, [base.get(key), one.get(key), other.get(key)], clashes);
        merged.extend(value.map(|value| (key.clone(), value)));
    }
    merged
}

fn value(path: &str, key: &str, [base, one, other]: [Option<&Value>; 3], clashes: &mut Vec<Clash>) -> Option<Value> {
    let (one, other) = match settled(base, one, other) {
        Outcome::One(value) => return value,
        Outcome::Both(one, other) => (one, other),
    };
    match (&one, &other) {
        (Value::Table(one), Value::Table(other)) => {
            let empty = Table::new();
            Some(Value::Table(tables(path, base.and_then(Value::as_table).unwrap_or(&empty), one, other, clashes)))
        }
        (Value::Array(one), Value::Array(other)) => {
            let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            Some(Value::Array(lists(path, key, [base, one, other], clashes)))
        }
        _ => {
            let mut values = [one, other];
            values.sort_by_key(written);
            clashes.push(Clash { key: path.to_owned(), values: values.iter().map(written).collect() });
            let [first, _] = values;
            Some(base.cloned().unwrap_or(first))
        }
    }
}

/// Elements that are known again on both sides are merged; one that a side took out is gone unless the other changed it.
fn lists(path: &str, key: &str, [base, one, other]: [&[Value]; 3], clashes: &mut Vec<Clash>) -> Vec<Value> {
    let sides = [named(key, base), named(key, one), named(key, other)];
    let mut names: Vec<&String> = sides[0].iter().map(|(name, _)| name).collect();
    let mut new: Vec<&String> = sides[1..].iter().flatten().map(|(name, _)| name).collect();
    new.retain(|name| !names.contains(name));
    new.sort();
    new.dedup();
    names.extend(new);
    let of = |side: usize, name: &String| sides[side].iter().find(|(own, _)| own == name).map(|(_, value)| *value);
    let merged = |name: &String| value(&format!("{path}.{name}"), "", [of(0, name), of(1, name), of(2, name)], clashes);
    names.into_iter().filter_map(merged).collect()
}

/// The elements with the names by which they are known; those of one name are numbered.
fn named<'a>(key: &str, list: &'a [Value]) -> Vec<(String, &'a Value)> {
    let mut found: Vec<(String, &Value)> = Vec::new();
    for element in list {
        let name = name_of(key, element);
        let same = found.iter().filter(|(own, _)| *own == name || own.starts_with(&format!("{name}#"))).count();
        found.push((if same == 0 { name } else { format!("{name}#{}", same + 1) }, element));
    }
    found
}

fn name_of(key: &str, element: &Value) -> String {
    let by = KNOWN_BY.iter().find(|(list, _)| *list == key).map_or(&[][..], |(_, by)| by);
    let known = by.iter().find_map(|by| element.get(by)).map(written);
    known.unwrap_or_else(|| if by.is_empty() { written(element) } else { "-".to_owned() })
}

/// Puts what both changed beside the record.
fn keep(after: &mut Table, clashes: &[Clash]) {
    if clashes.is_empty() {
        return;
    }
    let list = after.entry("clash").or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(list) = list else { return };
    list.retain(|known| !clashes.iter().any(|clash| known.get("key").and_then(Value::as_str) == Some(&clash.key)));
    list.extend(clashes.iter().map(|clash| Value::try_from(clash).expect("texts are TOML")));
    list.sort_by_key(|clash| clash.get("key").map(written));
}

/// Sets the field that a clash names to a value, in the type of the value that stands there.
pub fn put(record: &mut Table, key: &str, value: &str) -> Option<()> {
    let mut parts = key.split('.');
    let (mut list, first) = (String::new(), parts.next()?);
    let mut place: &mut Value = record.get_mut(first)?;
    list.push_str(first);
    for part in parts {
        place = match place {
            Value::Array(elements) => {
                let at = named(&list, elements).iter().position(|(name, _)| name == part)?;
                &mut elements[at]
            }
            Value::Table(table) => table.get_mut(part)?,
            _ => return None,
        };
        part.clone_into(&mut list);
    }
    *place = match place {
        Value::String(_) => Value::String(value.to_owned()),
        Value::Table(_) | Value::Array(_) => return None,
        _ => format!("x = {value}").parse::<Table>().ok()?.remove("x")?,
    };
    Some(())
}
