//! What a cell of a county's table can hold: never a text that somebody typed.

use crate::model::{Day, Pseudonym};

/// One cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Pseudonym(Pseudonym),
    Code(Code),
    Integer(i32),
    Date(Day),
    Bool(bool),
}

/// A word of a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

/// What stands in the place of a word that a school has added itself.
const OWN: &str = "own";
const LONGEST: usize = 40;
/// A phone has seven digits at least, and no word of the program has so many in a row.
const MOST_DIGITS: usize = 6;

impl Code {
    /// The word, where it has the form of one: whatever else came here would not go out, though the list said so.
    pub fn of(word: &str) -> Code {
        Code(if is_code(word) { word } else { OWN }.to_owned())
    }

    /// The word where the program knows it, else that it is the school's own.
    pub fn known(word: &str, is_known: bool) -> Code {
        Code::of(if is_known { word } else { OWN })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Latin letters, digits, hyphens and dots, not many, and no number that could be somebody's.
fn is_code(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    let longest_number = word.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    (1..=LONGEST).contains(&word.len()) && word.bytes().all(plain) && longest_number <= MOST_DIGITS
}

impl Value {
    pub fn code(word: impl AsRef<str>) -> Value {
        Value::Code(Code::of(word.as_ref()))
    }

    /// A count; what no 32 bits hold, no school has.
    pub fn count(count: usize) -> Value {
        Value::Integer(i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// A row: the cells that are not empty, by the names of their columns.
#[derive(Debug, Clone, Default)]
pub struct Row<'a>(Vec<(&'a str, Value)>);

impl<'a> Row<'a> {
    #[must_use]
    pub fn with(mut self, column: &'a str, value: Value) -> Row<'a> {
        self.0.push((column, value));
        self
    }

    /// The same where there is a value.
    #[must_use]
    pub fn maybe(self, column: &'a str, value: Option<Value>) -> Row<'a> {
        match value {
            Some(value) => self.with(column, value),
            None => self,
        }
    }

    pub fn get(&self, column: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| *name == column).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_name_or_a_number_of_somebody_is_no_code() {
        for right in ["home-visit", "C1.5", "2026-autumn", "529901"] {
            assert_eq!(Code::of(right).as_str(), right);
        }
        for wrong in ["", "王小明", "home visit", "15400001234", "52990120160306123X", "a\nb", &"a".repeat(41)] {
            assert_eq!(Code::of(wrong).as_str(), "own", "{wrong:?}");
        }
    }
}
