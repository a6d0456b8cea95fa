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

    with_own_words(command, lang)
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
    let arguments: Vec<Arg> = command.get_arguments().cloned().collect();
    for (order, argument) in arguments.iter().enumerate() {
        let heading = word(heading_key(argument));
        command = command.mut_arg(argument.get_id(), |argument| {
            with_default(argument, lang).help_heading(heading.clone()).display_order(order)
        });
    }
    let usage = command.render_usage().to_string().replace("[OPTIONS]", &word("help-usage-options"));
    command = command.override_usage(usage.trim_start_matches("Usage: ").to_owned());
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |subcommand| with_own_words(subcommand, lang));
    }
    command
}

/// Under what an argument stands: a command's own options come before those that every command has.
fn heading_key(argument: &Arg) -> &'static str {
    if argument.is_positional() {
        "help-heading-arguments"
    } else if argument.is_global_set() || ["help", "version"].contains(&argument.get_id().as_str()) {
        "help-heading-global"
    } else {
        "help-heading-options"
    }
}

/// The default value in words, in place of clap's own `[default: …]`.
fn with_default(argument: Arg, lang: Lang) -> Arg {
    let values: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if values.is_empty() || !argument.get_action().takes_values() {
        return argument;
    }
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let default = text::say(lang, "help-default", &[("value", &values.join(", "))]);
    argument.help(format!("{help}{default}")).hide_default_value(true)
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
