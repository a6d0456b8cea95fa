//! `guanai letter`: letters, agreements and cards for each child, what became of them, and the templates that there are.

mod list;
mod make;
mod receipt;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::engine::ArgValueCompleter;

use super::{Context, arguments, log::whom, shell};
use crate::assess::Rules;
use crate::assess::group::{Groups, Member};
use crate::assess::risk::assess;
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::kind::Kind;
use crate::model::{Day, Exit, Outcome, Place, Problem};
use crate::report::letter::{Row, Template};
use crate::write::recording::read_fields;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Args {
    #[arg(required = true, add = ArgValueCompleter::new(shell::templates))]
    pub template: Option<String>,
    /// Ids, names, `class:2023-2`, `all`, `-` for standard input.
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub students: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "WAY")]
    pub by: Option<String>,
    #[arg(long, value_name = "WORD=TEXT")]
    pub set: Vec<String>,
    #[arg(long)]
    pub leave_blank: bool,
    #[arg(long)]
    pub draft: bool,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub staff: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    List,
    Receipt(receipt::ReceiptArgs),
    Pending(receipt::PendingArgs),
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    match &args.command {
        None => make::run(context, args),
        Some(Command::List) => list::run(context),
        Some(Command::Receipt(args)) => receipt::receipt(context, args),
        Some(Command::Pending(args)) => receipt::pending(context, args),
    }
}

/// What the letters of a template need of the ledger: the logs of every kind that the template writes.
fn need(template: &Template) -> Need {
    let head = &template.head;
    let record = head.receipt.as_ref().and_then(|receipt| receipt.record.as_ref());
    let rows = record.into_iter().chain(&head.once).map(|row| row.kind.clone());
    Need { students: true, logs: Logs::Kinds(rows.chain([head.kind.clone()]).collect::<BTreeSet<_>>()) }
}

/// A kind that a template names; the check of the template has seen to it that it is there.
fn kind_of<'a>(snapshot: &'a Snapshot, name: &str) -> Outcome<&'a Kind> {
    let missing = || Problem::usage("kind-unknown").with("kind", name).with("known", "").into();
    snapshot.kinds()?.get(name).ok_or_else(missing)
}

/// The fields of a template's row as the ledger stores them.
fn stored(snapshot: &Snapshot, template: &Template, row: &Row) -> Outcome<BTreeMap<String, String>> {
    read_fields(kind_of(snapshot, &row.kind)?, &row.fields, snapshot, &Place::file(&template.path))
}

/// The children that the words mean, in the order in which letters are handed out: by class, then by name.
fn children(snapshot: &Snapshot, words: &[String], day: Day) -> Outcome<Vec<u32>> {
    let whom = whom::resolve(snapshot, words, &[], day)?;
    let mut found: BTreeSet<u32> = whom.children.iter().filter_map(|id| snapshot.place_of_student(id)).collect();
    for word in whom.cell.split_whitespace() {
        let class = word.strip_prefix("class:");
        let is_meant = |at: &u32| {
            let student = snapshot.student(*at);
            let of_class = class.is_none_or(|class| student.class.is_some_and(|own| own.to_string() == class));
            student.enrolled_on(day) && of_class
        };
        if word == "all" || class.is_some() {
            found.extend((0..snapshot.students.len() as u32).filter(is_meant));
        }
    }
    Ok(in_order(snapshot, found))
}

fn in_order(snapshot: &Snapshot, found: BTreeSet<u32>) -> Vec<u32> {
    let mut found: Vec<u32> = found.into_iter().collect();
    found.sort_by_cached_key(|at| {
        let student = snapshot.student(*at);
        let class = student.class.map(|class| (std::cmp::Reverse(class.cohort), class.number));
        (class, find::whole_pinyin(&student.name), student.id.clone())
    });
    found
}

/// The children of a group on a day. Whom nobody can tell is said, and gets no letter.
fn group(context: &Context, snapshot: &Snapshot, name: &str, day: Day) -> Outcome<Vec<u32>> {
    let rules = Rules::load(snapshot)?;
    let groups = Groups::of(snapshot, &rules, day, &assess(snapshot, &rules, day));
    let members = groups.members(name).ok_or_else(|| {
        let known: Vec<&str> = snapshot.school.group.keys().map(String::as_str).collect();
        Problem::usage("group-unknown").with("group", name).with("known", known.join(", "))
    })?;
    let unknown = members.iter().filter(|(_, member)| matches!(member, Member::Unknown { .. })).count();
    if unknown > 0 {
        context.tell(&context.words("group-not-told", &[("count", &unknown.to_string()), ("group", name)]));
    }
    let found = members.into_iter().filter(|(_, member)| *member == Member::Yes).map(|(at, _)| at);
    Ok(in_order(snapshot, found.collect()))
}
