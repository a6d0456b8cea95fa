//! What supports a conclusion: a message's key, the values that it names, and the place in the ledger that they come from.

use std::sync::Arc;

use crate::ledger::Origin;
use crate::model::kind::Label;
use crate::model::{Day, Level, When};
use crate::text::{self, Lang};

/// A value that a conclusion rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Whole days.
    Days(i64),
    /// How many of something.
    Count(u32),
    /// Completed years of life.
    Years(i32),
    /// Per cent.
    Percent(f64),
    /// A plain number, such as a standard score.
    Number(f64),
    Day(Day),
    When(When),
    Level(Level),
    /// The key of its word in `src/text/`.
    Word(String),
    /// A word that the ledger's own data gives in both languages.
    Label(Arc<Label>),
    /// As it stands in the ledger.
    Text(String),
    /// Any of these.
    Any(Vec<Value>),
}

impl Value {
    /// The value as a person reads it in a sentence.
    pub fn said(&self, lang: Lang) -> String {
        match self {
            Value::Days(number) => number.to_string(),
            Value::Count(number) => number.to_string(),
            Value::Years(number) => number.to_string(),
            Value::Percent(number) => format!("{number:.1}"),
            // Rounding makes no minus in front of nothing.
            Value::Number(number) => format!("{:.2}", if number.abs() < 0.005 { 0.0 } else { *number }),
            Value::Day(day) => day.to_string(),
            Value::When(when) => when.to_string(),
            Value::Level(level) => text::label(lang, &format!("risk-level-{}", level.code())),
            Value::Word(key) => text::label(lang, key),
            Value::Label(label) => label.in_language(lang.code()).to_owned(),
            Value::Text(text) => text.clone(),
            Value::Any(values) => {
                let said: Vec<String> = values.iter().map(|value| value.said(lang)).collect();
                said.join(&text::label(lang, "report-list-join"))
            }
        }
    }
}

/// One fact that a conclusion rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The key of its message.
    pub key: &'static str,
    pub values: Vec<(&'static str, Value)>,
    /// Where it stands; nothing for what follows from the calendar alone.
    pub origin: Option<Origin>,
}

impl Evidence {
    /// A fact that a file or a row states.
    pub fn at(key: &'static str, origin: Origin) -> Evidence {
        Evidence { key, values: Vec::new(), origin: Some(origin) }
    }

    /// A fact of a student's file.
    pub fn record(key: &'static str, student: u32, field: impl Into<String>) -> Evidence {
        Evidence::at(key, Origin::Record { student, key: field.into() })
    }

    /// A fact that follows from the calendar alone.
    pub fn calendar(key: &'static str) -> Evidence {
        Evidence { key, values: Vec::new(), origin: None }
    }

    /// Adds a value that the message names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Evidence {
        self.values.push((name, value));
        self
    }

    /// The fact in words.
    pub fn said(&self, lang: Lang) -> String {
        let values: Vec<(&str, String)> = self.values.iter().map(|(name, value)| (*name, value.said(lang))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        text::say(lang, self.key, &values)
    }
}
