//! The tree of a plain text, and how a typed record is taken from it.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// A value of a plain text.
#[derive(Debug)]
pub(in crate::ledger) enum Value<'t> {
    Text(&'t str),
    Truth(bool),
    Number(i64),
    Decimal(f64),
    /// A day of the calendar, as it is written.
    Day(&'t str),
    List(Vec<Value<'t>>),
    Table(Entries<'t>),
    /// A table in braces, to which no heading adds.
    Inline(Entries<'t>),
    /// Tables under one heading in double brackets.
    Tables(Vec<Entries<'t>>),
}

/// The keys and values of a table, in their order.
pub(super) type Entries<'t> = Vec<(&'t str, Value<'t>)>;

/// The place of a key.
pub(super) fn find(table: &Entries, key: &str) -> Option<usize> {
    table.iter().position(|(name, _)| *name == key)
}

pub(super) fn field<'r, 't>(table: &'r mut Entries<'t>, at: usize) -> &'r mut Value<'t> {
    &mut table[at].1
}

/// The text does not make a value of the type. The full parser says why.
#[derive(Debug)]
pub(in crate::ledger) struct NotOfTheType;

impl fmt::Display for NotOfTheType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not of the type")
    }
}

impl std::error::Error for NotOfTheType {}

impl serde::de::Error for NotOfTheType {
    fn custom<T: fmt::Display>(_: T) -> NotOfTheType {
        NotOfTheType
    }
}

/// The key under which `toml` hands a day to whoever reads one.
const DAY_KEY: &str = "$__toml_private_datetime";
/// How `toml` asks for a value with its place in the text, which a plain tree does not know.
const WITH_PLACE: &str = "$__serde_spanned_private_Spanned";

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = NotOfTheType;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfTheType> {
        match self {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Truth(truth) => visitor.visit_bool(truth),
            Value::Number(number) => visitor.visit_i64(number),
            Value::Decimal(number) => visitor.visit_f64(number),
            Value::Day(day) => map(vec![(DAY_KEY, Value::Text(day))], visitor),
            Value::List(list) => list_of(list.into_iter(), visitor),
            Value::Table(entries) | Value::Inline(entries) => map(entries, visitor),
            Value::Tables(tables) => list_of(tables.into_iter().map(Value::Table), visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfTheType> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotOfTheType> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfTheType> {
        if name == WITH_PLACE { Err(NotOfTheType) } else { self.deserialize_any(visitor) }
    }

    /// A value of a closed list; an enum that holds more is left to the full parser.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfTheType> {
        match self {
            Value::Text(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            _ => Err(NotOfTheType),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfTheType> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

impl<'de> IntoDeserializer<'de, NotOfTheType> for Value<'de> {
    type Deserializer = Value<'de>;

    fn into_deserializer(self) -> Value<'de> {
        self
    }
}

fn map<'de, V: Visitor<'de>>(entries: Entries<'de>, visitor: V) -> Result<V::Value, NotOfTheType> {
    let mut entries = MapDeserializer::new(entries.into_iter());
    let value = visitor.visit_map(&mut entries)?;
    entries.end().map(|()| value)
}

fn list_of<'de, V: Visitor<'de>>(
    values: impl Iterator<Item = Value<'de>>,
    visitor: V,
) -> Result<V::Value, NotOfTheType> {
    let mut values = SeqDeserializer::new(values);
    let value = visitor.visit_seq(&mut values)?;
    values.end().map(|()| value)
}
