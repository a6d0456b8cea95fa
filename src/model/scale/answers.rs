//! Answers and typed totals, as people write them and as the ledger keeps them: one character an item, a hyphen where
//! there is no answer; `learning=3 people=-` for scores.

use std::fmt;

use super::Scale;
use crate::model::kind::Label;

/// The answer to each item of a scale, as its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(Vec<Option<u8>>);

/// How a missing answer is written.
const MISSING: char = '-';

/// Why answers cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// The value is no answer of the scale.
    NotAnAnswer {
        item: u32,
        value: String,
    },
    /// The scale has no item, or no subscale, of this name.
    Unknown(String),
    Twice(String),
    /// There are so many answers, and the scale has another number of items.
    Length(usize),
    /// A score above what the items can give, or no number.
    NotAScore {
        part: String,
        value: String,
        most: u32,
    },
    /// These subscales have no score.
    Lacking(Vec<String>),
}

impl Answers {
    /// No item is answered.
    pub fn none(scale: &Scale) -> Answers {
        Answers(vec![None; scale.items as usize])
    }

    /// The answer to an item, which are numbered from 1.
    pub fn get(&self, item: u32) -> Option<u8> {
        self.0.get((item as usize).checked_sub(1)?).copied().flatten()
    }

    /// Puts an answer in. The item is one of the scale's.
    pub fn put(&mut self, item: u32, score: u8) {
        self.0[item as usize - 1] = Some(score);
    }

    /// The items without an answer.
    pub fn missing(&self) -> Vec<u32> {
        (1..).zip(&self.0).filter(|(_, answer)| answer.is_none()).map(|(item, _)| item).collect()
    }

    /// Reads `0110…`, one character an item with `-` for none, or `3=1,4=0`, in which the items that are not named have
    /// no answer. White space says nothing.
    pub fn read(scale: &Scale, text: &str) -> Result<Answers, Vec<Misread>> {
        if text.contains('=') { Answers::by_number(scale, text) } else { Answers::in_order(scale, text) }
    }

    fn in_order(scale: &Scale, text: &str) -> Result<Answers, Vec<Misread>> {
        let letters: Vec<char> = text.chars().filter(|letter| !is_parting(*letter)).collect();
        if letters.len() != scale.items as usize {
            return Err(vec![Misread::Length(letters.len())]);
        }
        let mut answers = Answers::none(scale);
        let mut wrong = Vec::new();
        for (item, letter) in (1..).zip(letters) {
            let value = letter.to_string();
            match scale.score_of(&value) {
                _ if letter == MISSING => {}
                Some(score) => answers.put(item, score),
                None => wrong.push(Misread::NotAnAnswer { item, value }),
            }
        }
        if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
    }

    fn by_number(scale: &Scale, text: &str) -> Result<Answers, Vec<Misread>> {
        let mut answers = Answers::none(scale);
        let mut seen = Vec::new();
        let mut wrong = Vec::new();
        for (name, value) in pairs(text) {
            let item = name.parse::<u32>().ok().filter(|item| (1..=scale.items).contains(item));
            match (item, scale.score_of(value)) {
                (None, _) => wrong.push(Misread::Unknown(name.to_owned())),
                (Some(item), _) if seen.contains(&item) => wrong.push(Misread::Twice(name.to_owned())),
                (Some(item), Some(score)) => answers.put(item, score),
                (Some(_), None) if value == "-" => {}
                (Some(item), None) => wrong.push(Misread::NotAnAnswer { item, value: value.to_owned() }),
            }
            seen.extend(item);
        }
        if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
    }
}

impl fmt::Display for Answers {
    /// As the ledger keeps them: one character an item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |answer: &Option<u8>| answer.map_or(MISSING, |score| char::from(b'0' + score));
        f.write_str(&self.0.iter().map(letter).collect::<String>())
    }
}

fn is_parting(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | '，' | ';' | '；' | '、')
}

/// `name=value` pairs; a word without a sign is a pair without a value.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = text.split(is_parting).filter(|word| !word.is_empty());
    words.map(|word| word.split_once('=').unwrap_or((word, "")))
}

/// Scores that were added up elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// In the order of the scale's subscales.
    pub parts: Vec<Option<u32>>,
    pub validity: Option<u32>,
}

/// The name under which the validity score is written.
pub const VALIDITY: &str = "validity";

impl Totals {
    /// Reads `learning=3,people=1,…`, by id or label. Every subscale is named; `-` says that it has no score.
    pub fn read(scale: &Scale, text: &str) -> Result<Totals, Vec<Misread>> {
        let names = names(scale);
        let mut found: Vec<Option<Option<u32>>> = vec![None; names.len()];
        let mut wrong = Vec::new();
        for (name, value) in pairs(text) {
            let Some(at) = names.iter().position(|known| known.is_said(name)) else {
                wrong.push(Misread::Unknown(name.to_owned()));
                continue;
            };
            let score = value.parse::<u32>().ok().filter(|score| *score <= names[at].most);
            match score {
                _ if found[at].is_some() => wrong.push(Misread::Twice(name.to_owned())),
                Some(score) => found[at] = Some(Some(score)),
                None if value == "-" => found[at] = Some(None),
                None => {
                    found[at] = Some(None);
                    let (part, value) = (name.to_owned(), value.to_owned());
                    wrong.push(Misread::NotAScore { part, value, most: names[at].most });
                }
            }
        }
        let lacking = names.iter().zip(&found).filter(|(_, score)| score.is_none());
        let lacking: Vec<String> = lacking.map(|(name, _)| name.id.to_owned()).collect();
        if !lacking.is_empty() {
            wrong.push(Misread::Lacking(lacking));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut scores: Vec<Option<u32>> = found.into_iter().map(Option::flatten).collect();
        let validity = if scale.validity.is_some() { scores.pop().flatten() } else { None };
        Ok(Totals { parts: scores, validity })
    }

    /// As the ledger keeps the scores of a scale: `learning=3 people=- validity=2`.
    pub fn said(&self, scale: &Scale) -> String {
        let scores = self.parts.iter().chain(scale.validity.as_ref().map(|_| &self.validity));
        let pair = |(name, score): (Name, &Option<u32>)| match score {
            Some(score) => format!("{}={score}", name.id),
            None => format!("{}=-", name.id),
        };
        names(scale).into_iter().zip(scores).map(pair).collect::<Vec<_>>().join(" ")
    }
}

/// What a score can be called, and the most that it can be.
struct Name<'a> {
    id: &'a str,
    label: &'a Label,
    most: u32,
}

impl Name<'_> {
    fn is_said(&self, word: &str) -> bool {
        self.id == word || self.label.is_said(word)
    }
}

fn names(scale: &Scale) -> Vec<Name<'_>> {
    let name = |(at, (id, label))| Name { id, label, most: scale.most_of(at) };
    scale.parts().enumerate().map(name).collect()
}

impl Scale {
    /// The scores that the scale gives, by id and label: the subscales, and behind them the validity score.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &Label)> {
        let subscales = self.subscale.iter().map(|subscale| (subscale.id.as_str(), &subscale.label));
        subscales.chain(self.validity.iter().map(|validity| (VALIDITY, &validity.label)))
    }
}
