//! Problems in words: where and what on one line, what to do on an indented one.

use std::collections::BTreeSet;
use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::model::{Exit, Place, Problem, Problems};
use crate::report::visible as seen;
use crate::text::{self, Lang};

/// Says every problem on standard error, and what many rows have in common once; gives the exit code.
pub(crate) fn say(problems: &Problems, lang: Lang) -> Exit {
    let mut said = BTreeSet::new();
    for message in problems.0.iter().map(|problem| message(problem, lang)) {
        if said.insert(message.clone()) {
            tell(&message);
        }
    }
    problems.exit()
}

/// A problem with its place and its remedy.
pub(crate) fn message(problem: &Problem, lang: Lang) -> String {
    let line = where_and_what(problem, lang);
    match remedy(problem, lang) {
        remedy if remedy.is_empty() => line,
        remedy => format!("{line}\n    {remedy}"),
    }
}

/// The first line of a message: the place, if there is one, and what is wrong.
pub(crate) fn where_and_what(problem: &Problem, lang: Lang) -> String {
    let (place, said) = (place(&problem.place, lang), what(problem, lang));
    if place.is_empty() { said } else { text::say(lang, "at-place", &[("place", &place), ("what", &said)]) }
}

/// What is wrong, without its place.
pub(crate) fn what(problem: &Problem, lang: Lang) -> String {
    in_words(problem, lang, |key, values| Some(text::say(lang, key, values))).unwrap_or_default()
}

/// What to do about it.
pub(crate) fn remedy(problem: &Problem, lang: Lang) -> String {
    in_words(problem, lang, |key, values| text::remedy(lang, key, values)).unwrap_or_default()
}

/// A few values are words of the program: the keys of a record, and what the parser of TOML says.
fn value_in_words(code: &str, name: &str, value: &str, lang: Lang) -> String {
    match name {
        "message" if code.starts_with("toml-") => text::parser(lang, value),
        "keys" => {
            let named = |key: &str| text::find(lang, &format!("field-{key}")).unwrap_or_else(|| key.to_owned());
            value.split(", ").map(named).collect::<Vec<_>>().join(&text::label(lang, "report-list-join"))
        }
        _ => value.to_owned(),
    }
}

fn in_words(problem: &Problem, lang: Lang, say: impl Fn(&str, &[(&str, &str)]) -> Option<String>) -> Option<String> {
    let values: Vec<(&str, String)> = problem
        .values
        .iter()
        .map(|(name, value)| (*name, visible(&value_in_words(problem.code, name, value, lang))))
        .collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say(&format!("problem-{}", problem.code), &values)
}

/// A place in words: `file:line` as editors take it, or sheet, row and column.
pub(crate) fn place(place: &Place, lang: Lang) -> String {
    match place {
        Place::Cell { file, sheet, row, column } => {
            let mut parts = vec![visible(file)];
            if let Some(sheet) = sheet {
                parts.push(text::say(lang, "place-sheet", &[("sheet", &visible(sheet))]));
            }
            parts.push(text::say(lang, "place-row", &[("row", &row.to_string())]));
            if let Some(column) = column {
                parts.push(text::say(lang, "place-column", &[("column", &visible(column))]));
            }
            parts.join(&text::label(lang, "place-join"))
        }
        other => visible(&other.to_string()),
    }
}

/// Says what was wrong with the arguments, or prints the help that was asked for.
pub(crate) fn say_clap(error: &clap::Error, lang: Lang) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(std::io::stdout(), "{}", error.render());
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            tell(error.render().to_string().trim_end());
            Exit::Usage
        }
        kind => {
            tell(&usage_message(error, kind, lang));
            Exit::Usage
        }
    }
}

fn usage_message(error: &clap::Error, kind: ErrorKind, lang: Lang) -> String {
    let context = |wanted: ContextKind| -> String {
        match error.get(wanted) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(", "),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            Some(ContextValue::StyledStrs(texts)) => {
                texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            Some(ContextValue::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    };
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::ValidValue,
        ContextKind::SuggestedValue,
    ]
    .map(context)
    .into_iter()
    .find(|text| !text.is_empty())
    .unwrap_or_default();
    let suggested = if suggested.is_empty() { codes_of(error) } else { suggested };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let subcommand = context(ContextKind::InvalidSubcommand);
    let key = match kind {
        ErrorKind::UnknownArgument => "problem-usage-unknown-argument",
        ErrorKind::InvalidSubcommand => "problem-usage-unknown-command",
        ErrorKind::MissingRequiredArgument => "problem-usage-missing",
        ErrorKind::InvalidValue if value.is_empty() => "problem-usage-value-missing",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "problem-usage-value",
        ErrorKind::ArgumentConflict => "problem-usage-conflict",
        ErrorKind::MissingSubcommand => "problem-usage-no-command",
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => "problem-usage-count",
        _ => "problem-usage-other",
    };
    let named = if subcommand.is_empty() { argument.clone() } else { subcommand };
    let values = [("argument", visible(&named)), ("value", visible(&value)), ("suggested", visible(&suggested))];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let line = text::say(lang, key, &values);
    let near = match (suggested.is_empty(), kind) {
        (true, _) => text::label(lang, "problem-usage-help"),
        (false, ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand) => {
            text::say(lang, "problem-usage-like", &values)
        }
        (false, _) => text::say(lang, "problem-usage-near", &values),
    };
    format!("{line}\n    {near}")
}

/// The values that a closed list has, as the reader of the argument gives them; nothing where it says something else.
fn codes_of(error: &clap::Error) -> String {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let is_code = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if said.split(", ").all(is_code) { said } else { String::new() }
}

/// Text that may come from anywhere, with nothing left in it that would act on a terminal.
fn visible(text: &str) -> String {
    seen(text).into_owned()
}

fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
