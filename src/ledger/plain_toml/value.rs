//! The tree of a text in TOML, and how a typed record is taken from it. Every type is taken from this one tree, whoever
//! read the text: the code that takes it is most of what a type costs in the program.

use std::cell::Cell;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A value of a text.
#[derive(Debug)]
pub(in crate::ledger) enum Value<'t> {
    Text(&'t str),
    Truth(bool),
    Number(i64),
    Decimal(f64),
    /// A day of the calendar, as it is written; of a text that is not plain also a moment of it.
    Day(&'t str),
    List(Vec<Value<'t>>),
    /// With the place of its heading, or where it begins, in bytes of the text.
    Table(u32, Entries<'t>),
    /// A table in braces, to which no heading adds.
    Inline(u32, Entries<'t>),
    /// Tables under one heading in double brackets.
    Tables(Vec<(u32, Entries<'t>)>),
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

/// Where in a text something stands.
#[derive(Debug, Clone, Copy)]
enum Spot {
    Byte(u32),
    /// The address of a piece of the text.
    Address(usize),
}

impl Spot {
    fn of_text(text: &str) -> Spot {
        Spot::Address(text.as_ptr() as usize)
    }

    fn of(value: &Value) -> Option<Spot> {
        match value {
            Value::Text(text) | Value::Day(text) => Some(Spot::of_text(text)),
            Value::Table(at, _) | Value::Inline(at, _) => Some(Spot::Byte(*at)),
            Value::List(list) => list.first().and_then(Spot::of),
            Value::Tables(tables) => tables.first().map(|(at, _)| Spot::Byte(*at)),
            Value::Truth(_) | Value::Number(_) | Value::Decimal(_) => None,
        }
    }
}

/// The text does not make a value of the type.
#[derive(Debug)]
pub(in crate::ledger) struct NotOfTheType {
    /// Empty unless somebody asked for words: a type that can be written in several ways is tried in all of them.
    pub message: String,
    /// Where the wrong value stands, and then what it stands in. An address of a text with escapes is none of the text.
    spots: Vec<Spot>,
}

impl NotOfTheType {
    pub fn in_words(message: String, byte: u32) -> NotOfTheType {
        NotOfTheType { message, spots: vec![Spot::Byte(byte)] }
    }

    /// The byte of the text at which the wrong value stands, or its key, or the nearest that can be told around it.
    pub fn byte(&self, text: &str) -> Option<usize> {
        let byte = |spot: &Spot| match spot {
            Spot::Byte(at) => Some(*at as usize),
            Spot::Address(at) => at.checked_sub(text.as_ptr() as usize).filter(|at| *at <= text.len()),
        };
        self.spots.iter().find_map(byte)
    }

    fn at(mut self, spot: impl Into<Option<Spot>>) -> NotOfTheType {
        self.spots.extend(spot.into());
        self
    }
}

impl fmt::Display for NotOfTheType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NotOfTheType {}

thread_local! {
    /// Whether what is wrong is put into words.
    static IN_WORDS: Cell<bool> = const { Cell::new(false) };
}

impl serde::de::Error for NotOfTheType {
    fn custom<T: fmt::Display>(said: T) -> NotOfTheType {
        let message = if IN_WORDS.get() { said.to_string() } else { String::new() };
        NotOfTheType { message, spots: Vec::new() }
    }
}

/// The tree as a value of a type, or what is wrong, in words.
pub(super) fn typed_in_words<T: DeserializeOwned>(tree: Value) -> Result<T, NotOfTheType> {
    IN_WORDS.set(true);
    let typed = T::deserialize(tree);
    IN_WORDS.set(false);
    typed
}

/// The key under which `toml` hands a day to whoever reads one.
const DAY_KEY: &str = "$__toml_private_datetime";
/// How `toml` asks for a value with its place in the text, and under which keys it wants them.
const WITH_PLACE: &str = "$__serde_spanned_private_Spanned";
const PLACE_KEYS: [&str; 3] =
    ["$__serde_spanned_private_start", "$__serde_spanned_private_end", "$__serde_spanned_private_value"];

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = NotOfTheType;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfTheType> {
        match self {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Truth(truth) => visitor.visit_bool(truth),
            Value::Number(number) => visitor.visit_i64(number),
            Value::Decimal(number) => visitor.visit_f64(number),
            Value::Day(day) => visitor.visit_map(Pairs::of(vec![(DAY_KEY, Value::Text(day))])),
            Value::List(list) => visitor.visit_seq(Elements(list.into_iter())),
            Value::Table(at, entries) | Value::Inline(at, entries) => {
                visitor.visit_map(Pairs::of(entries)).map_err(|wrong| wrong.at(Spot::Byte(at)))
            }
            Value::Tables(tables) => visitor.visit_seq(Elements(as_list(tables).into_iter())),
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
        match &self {
            Value::Table(at, _) | Value::Inline(at, _) if name == WITH_PLACE => {
                let [start, end, value] = PLACE_KEYS;
                let at = i64::from(*at);
                visitor.visit_map(Pairs::of(vec![(start, Value::Number(at)), (end, Value::Number(at)), (value, self)]))
            }
            _ if name == WITH_PLACE => Err(serde::de::Error::custom("expected a table")),
            _ => self.deserialize_any(visitor),
        }
    }

    /// A word of a closed list, or a table whose one key is such a word.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotOfTheType> {
        let spot = Spot::of(&self);
        let read = match self {
            Value::Text(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            Value::Table(_, entries) | Value::Inline(_, entries) if entries.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(Pairs::of(entries)))
            }
            _ => Err(serde::de::Error::custom("expected a string, or a table with one key")),
        };
        read.map_err(|wrong| wrong.at(spot))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotOfTheType> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

fn as_list(tables: Vec<(u32, Entries)>) -> Vec<Value> {
    tables.into_iter().map(|(at, entries)| Value::Table(at, entries)).collect()
}

/// The keys and values of a table, one after the other.
struct Pairs<'de> {
    rest: std::vec::IntoIter<(&'de str, Value<'de>)>,
    value: Option<(&'de str, Value<'de>)>,
}

impl<'de> Pairs<'de> {
    fn of(entries: Entries<'de>) -> Pairs<'de> {
        Pairs { rest: entries.into_iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = NotOfTheType;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NotOfTheType> {
        self.value = self.rest.next();
        let Some((key, _)) = &self.value else { return Ok(None) };
        let read = seed.deserialize(BorrowedStrDeserializer::new(key));
        read.map(Some).map_err(|wrong: NotOfTheType| wrong.at(Spot::of_text(key)))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotOfTheType> {
        let (key, value) = self.value.take().expect("a value is asked for behind its key");
        seed.deserialize(value).map_err(|wrong| wrong.at(Spot::of_text(key)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Elements<'de>(std::vec::IntoIter<Value<'de>>);

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = NotOfTheType;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NotOfTheType> {
        let Some(value) = self.0.next() else { return Ok(None) };
        let spot = Spot::of(&value);
        seed.deserialize(value).map(Some).map_err(|wrong| wrong.at(spot))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}
