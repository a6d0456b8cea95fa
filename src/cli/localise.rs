//! The help of every command in the language of its reader: the words come from `help.ftl`, under `help-COMMAND` and
//! `help-COMMAND-ARGUMENT`, or `help-arg-ARGUMENT` where an argument means the same everywhere.

use std::ffi::OsString;

use clap::{Arg, CommandFactory};

use super::Cli;
use crate::text::{self, Lang};

/// The language that the arguments or the environment ask for, found before anything is parsed, as the parser's own
/// messages are in it.
pub(crate) fn language_of(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let given = words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(at + 1).copied(),
        Some(value) => value.strip_prefix('='),
        None => None,
    });
    let of_environment = || std::env::var("GUANAI_LANG").ok();
    given.map(str::to_owned).or_else(of_environment).and_then(|code| Lang::of_code(&code))
}

/// The command line with its help in a language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let command = Cli::command();
    let mut command = localised(command, "", lang);
    command.build();
    let command = with_own_words(command, lang);
    command
}

fn localised(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let key = if path.is_empty() { "help-guanai".to_owned() } else { format!("help-{path}") };
    let about = text::label(lang, &key);
    let arguments: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let mut command = command.about(about);
    if let Some(long) = text::find(lang, &format!("{key}--more")) {
        command = command.after_help(long);
    }
    for id in arguments {
        command = command.mut_arg(&id, |argument| with_help(argument, path, lang));
    }
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        let inner = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(&name, |subcommand| localised(subcommand, &inner, lang));
    }
    command
}

fn with_help(argument: Arg, path: &str, lang: Lang) -> Arg {
    argument_help(argument.get_id().as_str(), path, lang).map_or(argument.clone(), |help| argument.help(help))
}

/// The help of one argument: of this command, or of the argument wherever it stands.
fn argument_help(id: &str, path: &str, lang: Lang) -> Option<String> {
    let id = id.replace('_', "-");
    text::find(lang, &format!("help-{path}-{id}")).or_else(|| text::find(lang, &format!("help-arg-{id}")))
}

/// clap's own headings and its two arguments, which it adds while it builds.
fn with_own_words(command: clap::Command, lang: Lang) -> clap::Command {
    let word = |key: &str| text::label(lang, key);
    let template =
        format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n", word("help-heading-usage"));
    let has_help = command.get_arguments().any(|argument| argument.get_id() == "help");
    let has_version = command.get_arguments().any(|argument| argument.get_id() == "version");
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(word("help-heading-commands"))
        .subcommand_value_name("…");
    if has_help {
        command = command.mut_arg("help", |argument| argument.help(word("help-arg-help")));
    }
    if has_version {
        command = command.mut_arg("version", |argument| argument.help(word("help-arg-version")));
    }
    let ids: Vec<(String, bool)> =
        command.get_arguments().map(|argument| (argument.get_id().to_string(), argument.is_positional())).collect();
    for (id, positional) in ids {
        let heading = word(if positional { "help-heading-arguments" } else { "help-heading-options" });
        command = command.mut_arg(&id, |argument| argument.help_heading(heading.clone()));
    }
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |subcommand| with_own_words(subcommand, lang));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(command: &clap::Command, path: &str, see: &mut impl FnMut(&clap::Command, &str)) {
        see(command, path);
        for inner in command.get_subcommands() {
            let name = inner.get_name();
            each(inner, &if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") }, see);
        }
    }

    #[test]
    fn every_command_and_argument_has_help_in_both_languages() {
        let mut missing = Vec::new();
        for lang in [Lang::Zh, Lang::En] {
            each(&Cli::command(), "", &mut |command, path| {
                let key = if path.is_empty() { "help-guanai".to_owned() } else { format!("help-{path}") };
                if text::find(lang, &key).is_none() {
                    missing.push(key);
                }
                for argument in command.get_arguments() {
                    let id = argument.get_id().as_str();
                    if argument_help(id, path, lang).is_none() {
                        missing.push(format!("help-{path}-{}", id.replace('_', "-")));
                    }
                }
            });
        }
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "no help for: {missing:#?}");
    }
}
