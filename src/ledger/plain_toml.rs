//! TOML as the ledger and its template write it, read in a fraction of the time that the whole grammar takes: bare keys,
//! text without escapes, numbers, days, lists and tables.
//!
//! What goes beyond that is not read here at all: nothing is given, and the full parser reads the text or says what is
//! wrong with it. So this never words a problem, and whatever it gives, the full parser gives too. Begin with `read`.

mod value;

use serde::de::DeserializeOwned;

pub(super) use value::Value;
use value::{Entries, field, find};

use crate::model::Day;

/// How deep lists and tables may stand in one another.
const DEEPEST: usize = 8;
const USUAL_KEYS: usize = 20;
/// A table of more keys is left to the full parser, which finds a key that stands twice without looking at all of them.
const MOST_KEYS: usize = 2_000;

/// The text as a value of a type; nothing where the text is not plain, or does not make such a value.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(tree(text)?).ok()
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
    Some(Value::Table(root))
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
        self.at += 1;
        let mut table = Entries::new();
        self.skip_blanks();
        if self.take(b'}') {
            return Some(Value::Inline(table));
        }
        loop {
            self.skip_blanks();
            self.pair(&mut table, depth + 1)?;
            self.skip_blanks();
            if self.take(b'}') {
                return Some(Value::Inline(table));
            }
            if !self.take(b',') {
                return None;
            }
        }
    }

    /// The table that the heading at this place opens.
    fn heading<'r>(&mut self, root: &'r mut Entries<'t>) -> Option<&'r mut Entries<'t>> {
        self.at += 1;
        let is_list = self.take(b'[');
        let mut table = root;
        self.skip_blanks();
        let mut key = self.key()?;
        self.skip_blanks();
        while self.take(b'.') {
            table = inside(table, key)?;
            self.skip_blanks();
            key = self.key()?;
            self.skip_blanks();
        }
        let closed = self.take(b']') && (!is_list || self.take(b']'));
        if !closed {
            return None;
        }
        self.end_line()?;
        if is_list { next_in_list(table, key) } else { opened(table, key) }
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
fn inside<'r, 't>(table: &'r mut Entries<'t>, key: &'t str) -> Option<&'r mut Entries<'t>> {
    let value = match find(table, key) {
        Some(at) => field(table, at),
        None => add(table, key, Value::Table(Entries::new()))?,
    };
    match value {
        Value::Table(table) => Some(table),
        Value::Tables(tables) => tables.last_mut(),
        _ => None,
    }
}

fn opened<'r, 't>(table: &'r mut Entries<'t>, key: &'t str) -> Option<&'r mut Entries<'t>> {
    match add(table, key, Value::Table(Entries::new()))? {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn next_in_list<'r, 't>(table: &'r mut Entries<'t>, key: &'t str) -> Option<&'r mut Entries<'t>> {
    let value = match find(table, key) {
        Some(at) => field(table, at),
        None => add(table, key, Value::Tables(Vec::new()))?,
    };
    let Value::Tables(tables) = value else { return None };
    tables.push(Entries::new());
    tables.last_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the full parser makes of the text, as this one says it.
    fn in_full(value: &Value) -> toml::Value {
        let table = |entries: &Entries| {
            toml::Value::Table(entries.iter().map(|(key, value)| ((*key).to_owned(), in_full(value))).collect())
        };
        match value {
            Value::Text(text) => toml::Value::String((*text).to_owned()),
            Value::Truth(truth) => toml::Value::Boolean(*truth),
            Value::Number(number) => toml::Value::Integer(*number),
            Value::Decimal(number) => toml::Value::Float(*number),
            Value::Day(day) => toml::Value::Datetime(day.parse().unwrap()),
            Value::List(list) => toml::Value::Array(list.iter().map(in_full).collect()),
            Value::Table(entries) | Value::Inline(entries) => table(entries),
            Value::Tables(tables) => toml::Value::Array(tables.iter().map(table).collect()),
        }
    }

    fn same_in_full(text: &str) -> bool {
        let Some(tree) = tree(text) else { return true };
        text.parse::<toml::Table>().is_ok_and(|table| toml::Value::Table(table) == in_full(&tree))
    }

    #[test]
    fn what_every_question_reads_of_the_template_is_plain() {
        for (path, bytes) in crate::ledger::template::files() {
            let text = std::str::from_utf8(bytes).unwrap();
            if path.ends_with(".toml") {
                let is_asked_for_often = !path.starts_with("import/");
                assert!(tree(text).is_some() || !is_asked_for_often, "{path}");
                assert!(same_in_full(text), "{path}");
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_full_parser() {
        for text in [
            "a = \"x\\n\"",
            "a = 'x'",
            "a = \"\"\"x\"\"\"",
            "a = 1.",
            "a = .5",
            "a = 01.5",
            "a = 1.5e3",
            "a = 1.5.5",
            "a = --1",
            "a = -01",
            "a = +1",
            "a = -",
            "a = 01",
            "a = 1_000",
            "a = 2026-09-31",
            "a = 2026-09-01T10:00:00",
            "a = 2026-09-01 10:00:00",
            "a.b = 1",
            "a = 1\na = 2",
            "[a]\n[a]",
            "a = [{ b = 1 }]\n[[a]]",
            "a = { b = 1 }\n[a.c]",
            "a = 1 b = 2",
            "a = \"x\"\r\n",
            "a = [1 2]",
            "a = { b = 1, }",
            "[[a]\n",
            "[a] b = 1",
            "a = ",
            "= 1",
        ] {
            assert!(tree(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_day_and_a_month_are_read_as_the_full_parser_reads_them() {
        #[derive(serde::Deserialize, PartialEq, Debug)]
        struct Both {
            from: crate::model::When,
            noted: crate::model::When,
            on: crate::model::Day,
        }
        let text = "from = \"2021-02\"\nnoted = 2021-02-15 # by phone\non = 2024-02-29";
        assert_eq!(read::<Both>(text), Some(toml::from_str(text).unwrap()));
    }

    proptest! {
        #[test]
        fn whatever_is_read_the_full_parser_reads_the_same(parts in prop::collection::vec(prop::sample::select(vec![
            "a", "b", "\"c d\"", "'", "\"", "=", " = ", "1", "01", "true", "2026-02-28", "2026-02-30", "\"x\"", "\"名\"", "[", "]",
            "[[", "]]", "{", "}", ",", ".", "\n", "\n", "# x", " ", "\t", "\r", "\n[a]\n", "\n[[b]]\n", "\n[b.a]\n", "a = 1\n",
            "b = [1, 2]\n", "a = { b = 1 }\n", "\n[[b.a]]\n", "1.5", "-", "\u{7f}", "\\n",
        ]), 0..12)) {
            let text = parts.concat();
            prop_assert!(same_in_full(&text), "{text:?}");
        }
    }
}
