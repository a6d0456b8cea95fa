//! `guanai undo`: takes back the last change set, where nothing has changed since.

use super::{Context, context::now};
use crate::ledger::{ChangeSet, Lock, change};
use crate::model::{Exit, Outcome, Problem};
use crate::report::{Private, listing, visible};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub list: bool,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        return Err(Problem::usage("undo-in-batch").into());
    }
    let folder = context.folder()?;
    if args.list {
        context.list(&listing::change_sets(&change::history(&folder), context.lang))?;
        return Ok(Exit::Done);
    }
    let lock = if context.dry_run { Lock::shared(&folder)? } else { Lock::alone(&folder)? };
    let number = lock.undoable()?.ok_or_else(|| Problem::usage("nothing-to-undo"))?;
    if context.dry_run {
        context.print(&difference(&lock.undoing(number)?, context.private()));
        context.tell(&context.words("dry-run", &[]));
        return Ok(Exit::Done);
    }
    let taken_back = lock.undo(number, &now())?;
    let count = taken_back.files.len().to_string();
    context.tell(&context.words("undone", &[("what", &taken_back.what), ("count", &count)]));
    Ok(Exit::Done)
}

/// A change set line by line: what goes and what comes, file by file. Phones and resident numbers are masked as in a listing.
pub(crate) fn difference(change_set: &ChangeSet, private: Private) -> String {
    let mut text = String::new();
    for file in &change_set.files {
        text.push_str(&format!("{}\n", visible(&file.path)));
        let lines = |bytes: &Option<Vec<u8>>| -> Vec<String> {
            let bytes = bytes.as_deref().unwrap_or_default();
            match std::str::from_utf8(bytes) {
                Ok(text) if !text.contains('\0') => {
                    text.lines().map(|line| private.words(&visible(line)).into_owned()).collect()
                }
                // A picture has no lines.
                _ => vec![format!("<{} B>", bytes.len())],
            }
        };
        let (before, after) = (lines(&file.before), lines(&file.after));
        let same_start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let rest = (before.len().min(after.len())) - same_start;
        let same_end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        before[same_start..before.len() - same_end].iter().for_each(|line| text.push_str(&format!("  - {line}\n")));
        after[same_start..after.len() - same_end].iter().for_each(|line| text.push_str(&format!("  + {line}\n")));
    }
    text
}
