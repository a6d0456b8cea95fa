//! What kinds of activity there are, which fields each has, and how a field's value is read. All of it is data
//! (`kinds/*.toml`): nothing here names a kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::code::codes;
use super::{Day, is_id};

/// Words in both languages, and what else people type for them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Label {
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub also: Vec<String>,
}

impl Label {
    /// The words in a language, by its code: `en`, or else Chinese.
    pub fn in_language(&self, code: &str) -> &str {
        if code == "en" { &self.en } else { &self.zh }
    }

    /// Whether a word that somebody typed means this: the words in a language, or one of the others.
    pub fn is_said(&self, word: &str) -> bool {
        self.zh == word || self.en.eq_ignore_ascii_case(word) || self.also.iter().any(|also| also == word)
    }
}

/// Where a rule comes from: a law, a form, a practice. One text, or one in each language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Citation {
    One(String),
    Both { zh: String, en: String },
}

impl Citation {
    /// The words in a language, by its code: `en`, or else Chinese.
    pub fn in_language(&self, code: &str) -> &str {
        match self {
            Citation::Both { en, .. } if code == "en" => en,
            Citation::One(text) | Citation::Both { zh: text, .. } => text,
        }
    }
}

codes! {
    /// Whom an activity is for.
    Target as "target" { Student = "student", Class = "class", School = "school", Staff = "staff" }
}
codes! {
    /// Whom an activity brought the school in touch with: what "last contact" looks at.
    Contact as "contact" { Child = "child", Guardian = "guardian", Parent = "parent" }
}
codes! {
    FieldType as "field-type" {
        Text = "text",
        Choice = "choice",
        Integer = "integer",
        /// A decimal number.
        Number = "number",
        /// Yuan, to the fen.
        Money = "money",
        /// A number with its unit, such as `20 kg`.
        Quantity = "quantity",
        Date = "date",
        Bool = "bool",
        Minutes = "minutes",
        /// The id of a student.
        Student = "student",
        /// Somebody of the staff, by name or id.
        Staff = "staff",
        /// Something of the register of resources, by name or id.
        Resource = "resource",
        Phone = "phone",
    }
}

/// A kind of activity.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Kind {
    /// The name of its table in the file, filled in by whoever read it.
    #[serde(skip)]
    pub name: String,
    pub domain: String,
    pub label: Label,
    pub target: Target,
    pub contact: Option<Contact>,
    #[serde(default)]
    pub confidential: bool,
    /// Its records name no child, not even in their words: what is said of a case is said without identity.
    #[serde(default)]
    pub anonymous: bool,
    /// On a terminal every field is asked for, and the day, not only what is required.
    #[serde(default)]
    pub guided: bool,
    #[serde(default)]
    pub fields: Vec<Field>,
    /// Fields of which one at least must be filled in.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// The follow-ups that it opens: none, one, or several for several reasons.
    #[serde(default, deserialize_with = "one_or_many")]
    pub opens: Vec<Opens>,
    /// The command that makes what its rows record, and records it: `report binder`.
    pub made_by: Option<String>,
    /// The rules that judge what its rows measure: `health` means `rules/health.toml`.
    pub judged_by: Option<String>,
}

/// One table, or a list of them.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Opens>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(Opens),
        Many(Vec<Opens>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(opens) => vec![opens],
        OneOrMany::Many(opens) => opens,
    })
}

impl Kind {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that are still asked for, given which ones are filled in: each required one, and the first of those
    /// of which one is enough.
    pub fn asks_for(&self, is_said: impl Fn(&str) -> bool) -> Vec<&Field> {
        let required = self.fields.iter().filter(|field| field.required && !is_said(&field.name));
        let any = self.any_of.first().filter(|_| !self.any_of.iter().any(|name| is_said(name)));
        required.chain(any.and_then(|name| self.field(name))).collect()
    }

    /// Whether a record still waits itself for what a follow-up of this type waits for: it closes none of another.
    pub fn still_waits<'v>(&self, follow_up: &str, value_of: impl Fn(&str) -> &'v str) -> bool {
        let waits = |opens: &Opens| opens.empty && opens.when.as_deref().is_none_or(|field| value_of(field).is_empty());
        self.opens.iter().any(|opens| opens.follow_up == follow_up && waits(opens))
    }
}

/// One column of a kind's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Field {
    pub name: String,
    pub label: Label,
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The values of a choice.
    #[serde(default)]
    pub of: Vec<String>,
    #[serde(default)]
    pub required: bool,
    /// Other headers under which a spreadsheet may name the field.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Which follow-up an activity opens, and when: always, on a field that is not empty, on one that has one of these
/// values, or on one that is still empty.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Opens {
    pub follow_up: String,
    /// The field that it watches; without one every activity of the kind opens the follow-up.
    pub when: Option<String>,
    #[serde(default)]
    pub is: Vec<String>,
    /// The field that says by which day; else the type of follow-up does.
    pub due: Option<String>,
    /// The field that names who is to do it; else it is whoever recorded the activity.
    pub owner: Option<String>,
    /// Opens while the field is empty: something is awaited, and amending the activity ends the wait.
    #[serde(default)]
    pub empty: bool,
}

impl Opens {
    /// Whether a value of the field that it watches opens the follow-up. No and zero say that there is nothing to do.
    pub fn fires(&self, value: &str) -> bool {
        match &self.when {
            None => true,
            Some(_) if self.empty => value.is_empty(),
            Some(_) if self.is.is_empty() => !matches!(value, "" | "no" | "0"),
            Some(_) => self.is.iter().any(|one| one == value),
        }
    }

    /// Whether an activity opens the follow-up, by the values of its fields.
    pub fn fires_on<'v>(&self, value_of: impl Fn(&str) -> &'v str) -> bool {
        self.fires(self.when.as_deref().map_or("", value_of))
    }
}

/// The words of every choice value, by value.
pub type Words = BTreeMap<String, Label>;

/// Whether a text has a child's whole name; one character alone is no name.
pub fn is_named(text: &str, name: &str) -> bool {
    name.chars().count() > 1 && text.contains(name)
}

/// Why a value does not fit its field. The codes are those of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The value is none of the choice; these are.
    NotAChoice(Vec<String>),
    /// It is not of the type.
    NotA(FieldType),
}

impl Field {
    /// The value as the ledger stores it, from what a person typed. White space around it is out.
    pub fn read(&self, text: &str, words: &Words) -> Result<String, Misfit> {
        let text = text.trim();
        let wrong = || Misfit::NotA(self.kind);
        if text.is_empty() {
            return Ok(String::new());
        }
        match self.kind {
            FieldType::Text | FieldType::Staff | FieldType::Resource => Ok(text.to_owned()),
            FieldType::Choice => self.choice(text, words).ok_or_else(|| Misfit::NotAChoice(self.of.clone())),
            FieldType::Integer | FieldType::Minutes => {
                text.parse::<u32>().map(|number| number.to_string()).map_err(|_| wrong())
            }
            FieldType::Number => decimal(text, 6).ok_or_else(wrong),
            FieldType::Money => decimal(text, 2).ok_or_else(wrong),
            FieldType::Quantity => quantity(text).ok_or_else(wrong),
            FieldType::Date => text.parse::<Day>().map(|day| day.to_string()).map_err(|_| wrong()),
            FieldType::Bool => truth(text, words).map(|yes| yes_or_no(yes).to_owned()).ok_or_else(wrong),
            FieldType::Student => {
                if is_id(text) {
                    Ok(text.to_owned())
                } else {
                    Err(wrong())
                }
            }
            FieldType::Phone => phone_digits(text).ok_or_else(wrong),
        }
    }

    /// The value that a text is as it stands: a choice by its own code, for which no words are needed.
    pub fn stored<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.trim();
        (self.kind == FieldType::Choice && self.of.iter().any(|value| value == text)).then_some(text)
    }

    /// Whether a value can be read. Nearly every one that the ledger wrote itself is told at the first look.
    pub fn takes(&self, text: &str, words: &Words) -> bool {
        match self.kind {
            FieldType::Text | FieldType::Staff | FieldType::Resource => true,
            FieldType::Choice if self.of.iter().any(|value| value == text) => true,
            FieldType::Integer | FieldType::Minutes => text.trim().is_empty() || text.trim().parse::<u32>().is_ok(),
            FieldType::Date if Day::parse_bytes(text.as_bytes()).is_some() => true,
            FieldType::Bool if matches!(text, "yes" | "no") => true,
            _ => self.read(text, words).is_ok(),
        }
    }

    fn choice(&self, text: &str, words: &Words) -> Option<String> {
        // The code itself wins over whatever another value may be called.
        let said = |value: &&String| words.get(*value).is_some_and(|label| label.is_said(text));
        self.stored(text).map(str::to_owned).or_else(|| self.of.iter().find(said).cloned())
    }
}

/// The digits of a phone number, without the blanks and hyphens that part them: 7 to 12, or it is none.
pub fn phone_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let fits = (7..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(digits)
}

/// How the ledger writes a truth in a CSV cell.
pub fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Reads yes and no by their words (`yes` and `no` of words.toml).
fn truth(text: &str, words: &Words) -> Option<bool> {
    let says =
        |value: &str| text.eq_ignore_ascii_case(value) || words.get(value).is_some_and(|label| label.is_said(text));
    if says("yes") {
        Some(true)
    } else if says("no") {
        Some(false)
    } else {
        None
    }
}

/// A plain decimal with at most so many places, in its shortest writing; no sign, no exponent.
fn decimal(text: &str, places: usize) -> Option<String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > places || !digits(whole) || !digits(part) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
}

/// A number and its unit: `20 kg`, `3件`.
fn quantity(text: &str) -> Option<String> {
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))?;
    let (number, unit) = text.split_at(end);
    Some(format!("{} {}", decimal(number, 6)?, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let label = |zh: &str, also: &[&str]| Label {
            zh: zh.into(),
            en: zh.into(),
            also: also.iter().map(|word| (*word).to_owned()).collect(),
        };
        Words::from([
            ("guardian".into(), label("监护人", &["奶奶"])),
            ("yes".into(), label("是", &["√"])),
            ("no".into(), label("否", &["无"])),
        ])
    }

    fn field(kind: FieldType) -> Field {
        let label = Label { zh: "x".into(), en: "x".into(), also: vec![] };
        Field { name: "x".into(), label, kind, of: vec!["guardian".into()], required: false, also: vec![] }
    }

    #[test]
    fn a_value_is_stored_in_one_writing_whatever_was_typed() {
        for (kind, typed, stored) in [
            (FieldType::Choice, "奶奶", "guardian"),
            (FieldType::Choice, "guardian", "guardian"),
            (FieldType::Bool, "√", "yes"),
            (FieldType::Bool, "无", "no"),
            (FieldType::Integer, "007", "7"),
            (FieldType::Money, "0012.50", "12.5"),
            (FieldType::Quantity, "3件", "3 件"),
            (FieldType::Phone, "154-0000-1234", "15400001234"),
            (FieldType::Text, "  多通电话 ", "多通电话"),
        ] {
            assert_eq!(field(kind).read(typed, &words()).as_deref(), Ok(stored), "{typed}");
        }
    }

    #[test]
    fn a_follow_up_is_opened_always_on_a_value_or_while_one_is_awaited() {
        for (opens, value, fires) in [
            ("follow-up = \"x\"", "", true),
            ("follow-up = \"x\"\nwhen = \"f\"", "没有书桌", true),
            ("follow-up = \"x\"\nwhen = \"f\"", "no", false),
            ("follow-up = \"x\"\nwhen = \"f\"\nis = [\"high\"]", "high", true),
            ("follow-up = \"x\"\nwhen = \"f\"\nis = [\"high\"]", "invalid", false),
            ("follow-up = \"x\"\nwhen = \"f\"\nempty = true", "", true),
            ("follow-up = \"x\"\nwhen = \"f\"\nempty = true", "已接诊", false),
        ] {
            let opens: Opens = toml::from_str(opens).unwrap();
            assert_eq!(opens.fires_on(|_| value), fires, "{opens:?} {value}");
        }
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        for (kind, typed) in [
            (FieldType::Choice, "邻居"),
            (FieldType::Integer, "-1"),
            (FieldType::Integer, "1e3"),
            (FieldType::Money, "1.234"),
            (FieldType::Number, "NaN"),
            (FieldType::Date, "2026-02-30"),
            (FieldType::Bool, "maybe"),
            (FieldType::Phone, "12345"),
            (FieldType::Quantity, "件"),
        ] {
            assert!(field(kind).read(typed, &words()).is_err(), "{typed} was read");
        }
    }
}
