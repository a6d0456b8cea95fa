//! TOML as the ledger and its template write it, read in a fraction of the time that the whole grammar takes: bare keys,
//! text without escapes, numbers, days, lists and tables.
//!
//! What goes beyond that is left to the full parser, which reads the text or says what is wrong with it: whatever is read
//! here, it reads too. Begin with `read`.

mod full;
mod value;

use serde::de::DeserializeOwned;
use toml::de::DeTable;

pub(super) use value::Value;
use value::{Entries, field, find};

use crate::model::Day;

/// How deep lists and tables may stand in one another.
const DEEPEST: usize = 8;
const USUAL_KEYS: usize = 20;
/// A table of more keys is left to the full parser, which finds a key that stands twice without looking at all of them.
const MOST_KEYS: usize = 2_000;

/// The text as a value of a type.
///
/// # Errors
/// What is wrong with the text as TOML or as a value of the type, in words, and the byte at which it stands.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, (String, Option<usize>)> {
    match tree(text).map(T::deserialize) {
        Some(Ok(read)) => Ok(read),
        Some(Err(_)) | None => read_in_full(text),
    }
}

/// The same by the full parser.
fn read_in_full<T: DeserializeOwned>(text: &str) -> Result<T, (String, Option<usize>)> {
    let table =
        DeTable::parse(text).map_err(|wrong| (wrong.message().to_owned(), wrong.span().map(|span| span.start)))?;
    full::with_tree(&table, |tree| {
        tree.and_then(value::typed_in_words).map_err(|wrong| {
            let byte = wrong.byte(text);
            (wrong.message, byte)
        })
    })
}

/// The text as a tree; nothing where it is not plain.
pub(super) fn tree(text: &str) -> Option<Value<'_>> {
    let control = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7F;
    if text.bytes().fold(false, |found, byte| found | control(byte)) {
        return None;
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    let mut root = Entries::with_capacity(USUAL_KEYS);
    reader.pairs(&mut root)?;
    while reader.at < reader.bytes.len() {
        let table = reader.heading(&mut root)?;
        reader.pairs(table)?;
    }
    Some(Value::Table(0, root))
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes over what else may stand on the line, and over its end.
    fn end_line(&mut self) -> Option<()> {
        self.skip_blanks();
        if self.peek() == Some(b'#') {
            self.at += memchr::memchr(b'\n', &self.bytes[self.at..]).unwrap_or(self.bytes.len() - self.at);
        }
        (self.at == self.bytes.len() || self.take(b'\n')).then_some(())
    }

    fn skip_empty_lines(&mut self) -> Option<()> {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b'\n' | b'#') => self.end_line()?,
                _ => return Some(()),
            }
        }
    }

    /// The keys and values up to the next heading.
    fn pairs(&mut self, table: &mut Entries<'t>) -> Option<()> {
        loop {
            self.skip_empty_lines()?;
            if matches!(self.peek(), None | Some(b'[')) {
                return Some(());
            }
            self.pair(table, 0)?;
            self.end_line()?;
        }
    }

    fn pair(&mut self, table: &mut Entries<'t>, depth: usize) -> Option<()> {
        let key = self.key()?;
        self.skip_blanks();
        if !self.take(b'=') {
            return None;
        }
        self.skip_blanks();
        let value = self.value(depth)?;
        add(table, key, value).map(|_| ())
    }

    fn key(&mut self) -> Option<&'t str> {
        if self.peek() == Some(b'"') {
            return self.quoted();
        }
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            self.at += 1;
        }
        (self.at > from).then(|| &self.text[from..self.at])
    }

    /// Text between quotes, on one line and without escapes.
    fn quoted(&mut self) -> Option<&'t str> {
        let from = self.at + 1;
        let inside = self.bytes.get(from..)?;
        let length = inside.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n'))?;
        self.at = from + length + 1;
        let is_long = length == 0 && self.peek() == Some(b'"');
        (inside[length] == b'"' && !is_long).then(|| &self.text[from..from + length])
    }

    fn value(&mut self, depth: usize) -> Option<Value<'t>> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            b'"' => self.quoted().map(Value::Text),
            b'[' => self.list(depth),
            b'{' => self.inline(depth),
            _ => self.word(),
        }
    }

    /// A truth, a whole or decimal number, or a day.
    fn word(&mut self) -> Option<Value<'t>> {
        let from = self.at;
        let is_end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b',' | b']' | b'}' | b'#');
        let rest = &self.bytes[from..];
        self.at += rest.iter().position(is_end).unwrap_or(rest.len());
        let word = &self.text[from..self.at];
        let unsigned = word.strip_prefix('-').unwrap_or(word);
        match word.as_bytes() {
            b"true" => Some(Value::Truth(true)),
            b"false" => Some(Value::Truth(false)),
            [_, _, _, _, b'-', _, _, b'-', _, _] => Day::parse_bytes(word.as_bytes()).map(|_| Value::Day(word)),
            _ => match unsigned.split_once('.') {
                None if is_whole(unsigned) => word.parse().ok().map(Value::Number),
                Some((whole, part)) if is_whole(whole) && is_digits(part) => word.parse().ok().map(Value::Decimal),
                _ => None,
            },
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value<'t>> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.skip_empty_lines()?;
            if self.take(b']') {
                return Some(Value::List(list));
            }
            list.push(self.value(depth + 1)?);
            self.skip_empty_lines()?;
            if !self.take(b',') && self.peek() != Some(b']') {
                return None;
            }
        }
    }

    fn inline(&mut self, depth: usize) -> Option<Value<'t>> {
        let from = self.at as u32;
        self.at += 1;
        let mut table = Entries::new();
        self.skip_blanks();
        if self.take(b'}') {
            return Some(Value::Inline(from, table));
        }
        loop {
            self.skip_blanks();
            self.pair(&mut table, depth + 1)?;
            self.skip_blanks();
            if self.take(b'}') {
                return Some(Value::Inline(from, table));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    /// The table that the heading at this place opens.
    fn heading<'r>(&mut self, root: &'r mut Entries<'t>) -> Option<&'r mut Entries<'t>> {
        let from = self.at as u32;
        self.at += 1;
        let is_list = self.take(b'[');
        let mut table = root;
        self.skip_blanks();
        let mut key = self.key()?;
        self.skip_blanks();
        while self.take(b'.') {
            table = inside(table, key, from)?;
            self.skip_blanks();
            key = self.key()?;
            self.skip_blanks();
        }
        let closed = self.take(b']') && (!is_list || self.take(b']'));
        if !closed {
            return None;
        }
        self.end_line()?;
        if is_list { next_in_list(table, key, from) } else { opened(table, key, from) }
    }
}

/// Digits as a whole number has them: no zero before others, not too many for eight bytes.
fn is_whole(word: &str) -> bool {
    is_digits(word) && word.len() < 19 && (word.len() == 1 || !word.starts_with('0'))
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn add<'r, 't>(table: &'r mut Entries<'t>, key: &'t str, value: Value<'t>) -> Option<&'r mut Value<'t>> {
    if find(table, key).is_some() || table.len() >= MOST_KEYS {
        return None;
    }
    table.push((key, value));
    table.last_mut().map(|(_, value)| value)
}

/// The table of a key on the way to another one: the last one where the key names a list of tables.
fn inside<'r, 't>(table: &'r mut Entries<'t>, key: &'t str, from: u32) -> Option<&'r mut Entries<'t>> {
    let value = match find(table, key) {
        Some(at) => field(table, at),
        None => add(table, key, Value::Table(from, Entries::new()))?,
    };
    match value {
        Value::Table(_, table) => Some(table),
        Value::Tables(tables) => tables.last_mut().map(|(_, table)| table),
        _ => None,
    }
}

fn opened<'r, 't>(table: &'r mut Entries<'t>, key: &'t str, from: u32) -> Option<&'r mut Entries<'t>> {
    match add(table, key, Value::Table(from, Entries::new()))? {
        Value::Table(_, table) => Some(table),
        _ => None,
    }
}

fn next_in_list<'r, 't>(table: &'r mut Entries<'t>, key: &'t str, from: u32) -> Option<&'r mut Entries<'t>> {
    let value = match find(table, key) {
        Some(at) => field(table, at),
        None => add(table, key, Value::Tables(Vec::new()))?,
    };
    let Value::Tables(tables) = value else { return None };
    tables.push((from, Entries::new()));
    tables.last_mut().map(|(_, table)| table)
}

#[cfg(test)]
mod tests;
