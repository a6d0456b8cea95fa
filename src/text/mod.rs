//! Every word that a person reads, in Chinese and English, as Fluent messages under one key.
//!
//! `help.ftl` holds the help of commands and arguments, `problem.ftl` what can be wrong and its remedy, `say.ftl`
//! the rest. Knows nothing of what the words are about. Begin with `say`.

mod parser;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use parser::parser;

/// The language of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// `zh` or `en`, as written in `guanai.toml` and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    pub fn of_code(code: &str) -> Option<Lang> {
        match code {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// The files of messages; each is parsed when the first message of it is asked for, as most commands need one only.
const FILES: [(&str, &str, &str); 3] = [
    ("help-", include_str!("zh/help.ftl"), include_str!("en/help.ftl")),
    ("problem-", include_str!("zh/problem.ftl"), include_str!("en/problem.ftl")),
    ("", include_str!("zh/say.ftl"), include_str!("en/say.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang, key: &str) -> &'static Bundle {
    static BUNDLES: [OnceLock<Bundle>; 6] = [const { OnceLock::new() }; 6];
    let file = FILES.iter().position(|(prefix, ..)| key.starts_with(prefix)).expect("the last prefix fits every key");
    BUNDLES[file * 2 + lang as usize].get_or_init(|| {
        let (_, zh, en) = FILES[file];
        let (source, id) = match lang {
            Lang::Zh => (zh, "zh-CN"),
            Lang::En => (en, "en"),
        };
        let id: LanguageIdentifier = id.parse().expect("both are language tags");
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        bundle
    })
}

/// The message of a key with its values put in; the key itself where there is no such message (a test sees to it).
pub fn say(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    format(lang, key, None, values).unwrap_or_else(|| key.to_owned())
}

/// The message of a key that needs no values.
pub fn label(lang: Lang, key: &str) -> String {
    say(lang, key, &[])
}

/// The message of a key, or nothing where there is none.
pub fn find(lang: Lang, key: &str) -> Option<String> {
    format(lang, key, None, &[])
}

/// The name of a term or holiday as people say it: `2026-autumn` is a season of a year; any other name stands as it is.
pub fn stretch_name(lang: Lang, name: &str) -> String {
    let said = name.split_once('-').and_then(|(year, season)| {
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| format(lang, &format!("stretch-{season}"), None, &[("year", year)])).flatten()
    });
    said.unwrap_or_else(|| name.to_owned())
}

/// What to do about a problem: the `.remedy` of its message.
pub fn remedy(lang: Lang, key: &str, values: &[(&str, &str)]) -> Option<String> {
    format(lang, key, Some("remedy"), values)
}

fn format(lang: Lang, key: &str, attribute: Option<&str>, values: &[(&str, &str)]) -> Option<String> {
    let bundle = bundle(lang, key);
    let message = bundle.get_message(key)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    let mut arguments = FluentArgs::new();
    for (name, value) in values {
        arguments.set(*name, argument(value));
    }
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

/// A count is a number to Fluent, which chooses the plural; a phone or a code with a leading zero stays text.
fn argument(value: &str) -> FluentValue<'static> {
    match value.parse::<u32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::String(Cow::Owned(value.to_owned())),
    }
}

/// Every key of a language, for the test that both languages say the same things.
pub fn keys(lang: Lang) -> Vec<String> {
    FILES
        .iter()
        .flat_map(|(_, zh, en)| if lang == Lang::Zh { zh } else { en }.lines())
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_have_the_same_keys_and_each_key_once() {
        let (zh, en) = (keys(Lang::Zh), keys(Lang::En));
        let once = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(once(&zh).len(), zh.len(), "a key stands twice in Chinese");
        assert_eq!(once(&en).len(), en.len(), "a key stands twice in English");
        assert_eq!(once(&zh), once(&en));
    }

    #[test]
    fn every_file_of_messages_can_be_parsed() {
        for (_, zh, en) in FILES {
            for source in [zh, en] {
                if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                    panic!("{errors:?}");
                }
            }
        }
    }
}
