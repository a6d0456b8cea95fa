//! The command line as far as some arguments can speak of it. All commands with all of their arguments take longer to put
//! together than most commands run, and nearly every command line names one of them.

use std::ffi::OsString;

use clap::{Args, Subcommand};

use super::{
    Global, batch, care, check, demo, export, followup, git, import, init, key, letter, log, plan, register, report,
    risk, screen, shell, student, undo,
};

/// What adds its arguments to a command.
type Augment = fn(clap::Command) -> clap::Command;

/// The commands that take arguments, in the order of [`super::Command`].
const WITH_ARGUMENTS: [(&str, Augment); 12] = [
    ("init", init::Args::augment_args),
    ("demo", demo::Args::augment_args),
    ("health", care::HealthArgs::augment_args),
    ("boarders", care::BoardersArgs::augment_args),
    ("risk", risk::Args::augment_args),
    ("due", plan::DueArgs::augment_args),
    ("letter", letter::Args::augment_args),
    ("check", check::Args::augment_args),
    ("batch", batch::Args::augment_args),
    ("undo", undo::Args::augment_args),
    ("resolve", git::ResolveArgs::augment_args),
    ("completions", shell::CompletionsArgs::augment_args),
];

/// The commands that are families of commands.
const FAMILIES: [(&str, Augment); 13] = [
    ("student", student::Command::augment_subcommands),
    ("import", import::Command::augment_subcommands),
    ("log", log::Command::augment_subcommands),
    ("followup", followup::Command::augment_subcommands),
    ("pair", register::PairCommand::augment_subcommands),
    ("resource", register::ResourceCommand::augment_subcommands),
    ("staff", register::StaffCommand::augment_subcommands),
    ("screen", screen::Command::augment_subcommands),
    ("plan", plan::Command::augment_subcommands),
    ("report", report::Command::augment_subcommands),
    ("export", export::Command::augment_subcommands),
    ("key", key::Command::augment_subcommands),
    ("git", git::Command::augment_subcommands),
];

/// The command line with those commands alone whose names are among the arguments. Whatever it understands, the whole
/// command line understands as the same; what it does not is to be asked of that one.
pub(super) fn command(arguments: &[OsString]) -> clap::Command {
    let is_named = |name: &str| arguments.iter().any(|argument| argument == name);
    let bare = clap::Command::new("guanai").version(env!("CARGO_PKG_VERSION")).disable_help_subcommand(true);
    let mut command = Global::augment_args(bare).subcommand_required(true);
    for (name, augment) in WITH_ARGUMENTS.into_iter().filter(|(name, _)| is_named(name)) {
        command = command.subcommand(augment(clap::Command::new(name)));
    }
    for (name, augment) in FAMILIES.into_iter().filter(|(name, _)| is_named(name)) {
        command = command.subcommand(augment(clap::Command::new(name)).subcommand_required(true));
    }
    command
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    /// Every command by its path, with what is known of each of its arguments.
    fn described(command: &clap::Command, path: &str, into: &mut BTreeMap<String, String>) {
        let path = format!("{path} {}", command.get_name());
        let settings = (command.is_subcommand_required_set(), command.is_args_conflicts_with_subcommands_set());
        let arguments: Vec<String> = command.get_arguments().map(|argument| format!("{argument:?}")).collect();
        command.get_subcommands().for_each(|inner| described(inner, &path, into));
        into.insert(path, format!("{settings:?} {arguments:?}"));
    }

    #[test]
    fn the_commands_that_are_named_are_those_of_the_whole_command_line() {
        let mut whole = Cli::command();
        whole.build();
        let names: Vec<OsString> = whole.get_subcommands().map(|one| one.get_name().into()).collect();
        let mut quick = command(&names);
        quick.build();
        let (mut of_whole, mut of_quick) = (BTreeMap::new(), BTreeMap::new());
        described(&whole, "", &mut of_whole);
        described(&quick, "", &mut of_quick);
        // How pages of the manual are written is asked too rarely to be quick.
        of_whole.retain(|path, _| !path.starts_with(" guanai man"));
        assert_eq!(of_quick, of_whole);
        assert!(of_whole.len() > 80, "{}", of_whole.len());
    }

    #[test]
    fn what_names_no_command_is_not_understood() {
        for words in [&["guanai"][..], &["guanai", "stduent", "list"], &["guanai", "student"], &["guanai", "--help"]] {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            assert!(command(&words).try_get_matches_from(&words).is_err(), "{words:?}");
        }
    }
}
