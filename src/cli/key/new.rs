//! `guanai key new`: a key outside the ledger, and its public half among the recipients.

use std::path::{Path, PathBuf};

use crate::cli::{Context, Made, ask};
use crate::ledger::seal::{new_key, write_key_file};
use crate::ledger::{ChangeSet, Logs, Need, Snapshot};
use crate::model::{Exit, Outcome, Place, Problem, Recipient};
use crate::write::recipients;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        return Err(Problem::usage("key-in-batch").into());
    }
    let path = args.out.clone().or_else(super::file_of_keys).ok_or_else(|| Problem::usage("key-no-place"))?;
    let shown = path.to_string_lossy().into_owned();
    may_stand_there(context, &path, &shown)?;
    context.tell(&context.words("key-lost", &[("file", &shown)]));
    let name = args.name.clone().or_else(|| ask::ask(&context.words("ask-key-name", &[])));
    let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Problem::usage("key-name-missing"))?;
    if ask::can_ask() && !agreed(context) {
        return Err(Problem::usage("key-not-agreed").into());
    }
    let (text, public) = new_key(&context.day.to_string());
    let made = context.write(&Need { students: false, logs: Logs::None }, |snapshot| {
        let made = added(context, snapshot, &Recipient { name, key: public, since: Some(context.day) })?;
        // Before the commit: a recipient without a key would take every later row with it.
        if !context.dry_run {
            write_key_file(&path, &text)?;
        }
        Ok(made)
    });
    match made {
        Ok(exit) => {
            say_what_next(context, args, &shown);
            Ok(exit)
        }
        Err(wrong) => {
            // Nobody is sealed to a key that no ledger lists; one that was there before is not ours.
            if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
                let _ = std::fs::remove_file(&path);
            }
            Err(wrong)
        }
    }
}

fn agreed(context: &Context) -> bool {
    let answer = ask::ask(&context.words("ask-key-agreed", &[])).unwrap_or_default();
    let yes = context.words("answer-yes", &[]);
    answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes") || answer == yes
}

/// A key that lies in the ledger would go with it onto every stick and into git.
fn may_stand_there(context: &Context, path: &Path, shown: &str) -> Outcome<()> {
    if path.symlink_metadata().is_ok() {
        return Err(Problem::usage("key-file-there").with("file", shown).into());
    }
    context.folder()?;
    match super::lies_inside(context, path)? {
        true => Err(Problem::usage("key-inside").with("file", shown).into()),
        false => Ok(()),
    }
}

fn added(context: &Context, snapshot: &Snapshot, new: &Recipient) -> Outcome<Made> {
    let privacy = &snapshot.school.privacy;
    if privacy.recipient.iter().any(|one| one.name == new.name) {
        let place = Place::file(crate::ledger::folder::SCHOOL_FILE);
        return Err(Problem { place, ..Problem::usage("key-name-taken").with("name", &new.name) }.into());
    }
    let mut all = privacy.recipient.clone();
    all.push(new.clone());
    let mut change_set = ChangeSet::new("key new");
    recipients::write(snapshot, &all, &mut change_set)?;
    let mut messages = Vec::new();
    if all.len() == 1 {
        messages.push(context.words("key-second", &[]));
    } else {
        messages.push(context.words("key-rotate-for", &[("name", &new.name)]));
    }
    Ok(Made { change_set, ids: vec![new.key.clone()], messages, ..Made::default() })
}

fn say_what_next(context: &Context, args: &Args, shown: &str) {
    if context.dry_run {
        return;
    }
    context.tell(&context.words("key-made", &[("file", shown)]));
    if args.out.is_some() && args.out != super::file_of_keys() {
        context.tell(&context.words("key-elsewhere", &[("file", shown)]));
    }
}
