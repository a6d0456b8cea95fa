//! `guanai student`: one child's record.

mod add;
mod forget;
mod handover;
mod list;
mod merge;
mod set;
mod show;
mod spells;

use clap::Subcommand;

use super::{Context, Made};
use crate::ledger::record::{StudentFile, rewritten};
use crate::ledger::{ChangeSet, Need, find};
use crate::model::{Exit, Outcome, Student};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Add(add::Args),
    Show(show::Args),
    List(list::Args),
    Set(set::Args),
    Edit(set::EditArgs),
    Away(spells::AwayArgs),
    Back(spells::BackArgs),
    Guardian(spells::GuardianArgs),
    Leave(spells::LeaveArgs),
    Return(spells::ReturnArgs),
    History(show::HistoryArgs),
    Duplicates,
    Merge(merge::MergeArgs),
    Forget(forget::Args),
    Handover(handover::HandoverArgs),
    Receive(handover::ReceiveArgs),
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Add(args) => add::run(context, args),
            Command::Show(args) => show::run(context, args),
            Command::List(args) => list::run(context, args),
            Command::Set(args) => set::run(context, args),
            Command::Edit(args) => set::edit(context, args),
            Command::Away(args) => spells::away(context, args),
            Command::Back(args) => spells::back(context, args),
            Command::Guardian(args) => spells::guardian(context, args),
            Command::Leave(args) => spells::leave(context, args),
            Command::Return(args) => spells::come_back(context, args),
            Command::History(args) => show::history(context, args),
            Command::Duplicates => merge::duplicates(context),
            Command::Merge(args) => merge::run(context, args),
            Command::Forget(args) => forget::run(context, args),
            Command::Handover(args) => handover::run(context, args),
            Command::Receive(args) => handover::receive(context, args),
        }
    }
}

/// Changes the one student that a text names.
pub(crate) fn change(
    context: &Context,
    who: &str,
    verb: &str,
    change: impl FnOnce(&mut Student, &crate::ledger::Snapshot) -> Outcome<()>,
) -> Outcome<Exit> {
    context.write(&Need::students(), |snapshot| {
        let file = &snapshot.students[find::student(snapshot, who, context.day)? as usize];
        let mut after = file.student.clone();
        change(&mut after, snapshot)?;
        let mut change_set = ChangeSet::new(&format!("student {verb} {}", file.student.id));
        change_set.write(&file.path, Some(file.source.clone()), Some(text_after(file, &after)));
        Ok(Made { change_set, ids: vec![file.student.id.to_string()], ..Made::default() })
    })
}

/// The bytes of a student's file after a change; the same bytes where nothing differs.
pub(crate) fn text_after(file: &StudentFile, after: &Student) -> Vec<u8> {
    if *after == file.student { file.source.clone() } else { rewritten(file, after).into_bytes() }
}
