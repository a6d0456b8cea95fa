//! `guanai letter receipt` and `guanai letter pending`: what came back, and what did not.

use clap_complete::engine::ArgValueCompleter;

use super::{children, kind_of, need, stored};
use crate::cli::log::whom::with_standard_input;
use crate::cli::{Context, Made, arguments, shell};
use crate::ledger::record::rewritten;
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::{Class, Day, Exit, Outcome, Problem, Problems, Student};
use crate::report::letter::{Receipt, Row, Template, named, usable};
use crate::report::listing::{self, PendingRow};
use crate::write::fields::by_words;
use crate::write::letter::{Returning, receive, sent};
use crate::write::{Recording, set_field};

#[derive(Debug, clap::Args)]
pub(crate) struct ReceiptArgs {
    #[arg(add = ArgValueCompleter::new(shell::templates))]
    pub template: String,
    #[arg(required = true, add = ArgValueCompleter::new(shell::students))]
    pub students: Vec<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub staff: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PendingArgs {
    #[arg(add = ArgValueCompleter::new(shell::templates))]
    pub template: String,
    #[arg(long)]
    pub class: Option<Class>,
    /// Ids alone, one a line.
    #[arg(long)]
    pub ids: bool,
}

fn returnable(context: &Context, word: &str) -> Outcome<(Template, Receipt)> {
    let template = named(&context.definitions()?, word)?;
    match template.head.receipt.clone() {
        Some(receipt) => Ok((template, receipt)),
        None => Err(Problem::usage("letter-no-receipt").with("template", &template.name).into()),
    }
}

pub(super) fn receipt(context: &Context, args: &ReceiptArgs) -> Outcome<Exit> {
    let (template, receipt) = returnable(context, &args.template)?;
    let words = with_standard_input(&args.students)?;
    if words.is_empty() {
        return Err(Problem::usage("receipt-nobody").with("template", &template.name).into());
    }
    context.write(&need(&template), |snapshot| {
        usable(snapshot, &template)?;
        let day = args.date.unwrap_or(context.day);
        let children = children(snapshot, &words, day)?;
        let proves = match &receipt.record {
            Some(row) => Some((kind_of(snapshot, &row.kind)?, stored(snapshot, &template, row)?)),
            None => None,
        };
        let own = Row { kind: template.head.kind.clone(), fields: receipt.fields.clone() };
        let returning = Returning {
            kind: kind_of(snapshot, &template.head.kind)?,
            letter: &template.name,
            day,
            staff: args.staff.as_deref().unwrap_or_default(),
            fields: stored(snapshot, &template, &own)?,
            proves,
        };
        let mut recording = Recording::new(snapshot)?;
        let new = receive(&mut recording, snapshot, &returning, &children)?;
        let mut change_set = recording.change_set(&format!("letter receipt {}", template.name));
        set(snapshot, &receipt, &new, day, &mut change_set)?;
        let counts = [("new", new.len()), ("count", children.len() - new.len())].map(|(key, n)| (key, n.to_string()));
        let counts: Vec<(&str, &str)> = counts.iter().map(|(key, count)| (*key, count.as_str())).collect();
        let ids = new.iter().map(|at| snapshot.student(*at).id.to_string()).collect();
        Ok(Made { change_set, ids, messages: vec![context.words("letter-received", &counts)], ..Made::default() })
    })
}

/// What a receipt says of the child's record, such as that the guardian is entrusted in writing.
fn set(snapshot: &Snapshot, receipt: &Receipt, children: &[u32], day: Day, change_set: &mut ChangeSet) -> Outcome<()> {
    if receipt.set.is_empty() {
        return Ok(());
    }
    let words = snapshot.words()?;
    let mut problems = Vec::new();
    for at in children {
        let file = &snapshot.students[*at as usize];
        let mut student = file.student.clone();
        for (key, value) in &receipt.set {
            let set = on_carer_of(&mut student, key, day, |student| set_field(student, key, value, &by_words(words)));
            problems.extend(set.err().into_iter().flat_map(|wrong| wrong.0));
        }
        if student != file.student {
            let after = rewritten(file, &student).into_bytes();
            change_set.write(&file.path, Some(file.source.clone()), Some(after));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

/// A key of the guardian means the one who cares for the child in the parents' place on the day, wherever he or she
/// stands in the file.
fn on_carer_of(
    student: &mut Student,
    key: &str,
    day: Day,
    set: impl FnOnce(&mut Student) -> Outcome<()>,
) -> Outcome<()> {
    if !key.starts_with("guardian.") {
        return set(student);
    }
    let Some(at) = student.guardian.iter().position(|one| one.covers(day) && !one.is_parent()) else {
        return Err(Problem::usage("receipt-no-guardian")
            .with("student", &student.name)
            .with("id", &student.id)
            .into());
    };
    student.guardian.swap(0, at);
    let done = set(student);
    student.guardian.swap(0, at);
    done
}

pub(super) fn pending(context: &Context, args: &PendingArgs) -> Outcome<Exit> {
    let (template, _) = returnable(context, &args.template)?;
    let snapshot = context.read(&need(&template))?;
    let out = sent(&snapshot, &template.head.kind, &template.name, context.day);
    let is_open = |at: &u32| {
        let student = snapshot.student(*at);
        student.enrolled_on(context.day) && args.class.is_none_or(|class| student.class == Some(class))
    };
    let waiting = out
        .iter()
        .filter(|(_, sent)| sent.returned.is_none_or(|on| on > context.day))
        .map(|(at, _)| *at)
        .filter(is_open);
    let children = super::in_order(&snapshot, waiting.collect());
    if args.ids {
        children.iter().for_each(|at| context.print(&format!("{}\n", snapshot.student(*at).id)));
        return Ok(Exit::Done);
    }
    let rows: Vec<PendingRow> = children
        .iter()
        .map(|at| PendingRow { student: snapshot.student(*at), sent: out[at].day, way: &out[at].way })
        .collect();
    let words = snapshot.words()?;
    let private = context.private();
    context.list(&listing::pending(&rows, words, context.day, private, context.lang))?;
    Ok(Exit::Done)
}
