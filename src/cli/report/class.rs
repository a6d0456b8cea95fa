//! `guanai report class CLASS`: how an exam went in a class, who rose and who needs help.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Leaving, Whom, hand_out, hand_out_named};
use crate::assess::Rules;
use crate::assess::score::{Board, class_exam};
use crate::cli::Context;
use crate::ledger::{Logs, Need, Snapshot};
use crate::model::{Class, Exit, Outcome, Problem};
use crate::report;
use crate::report::class::Shown;
use crate::report::listing::exam_label;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub class: Class,
    #[arg(long)]
    pub exam: Option<String>,
    #[arg(long)]
    pub term: Option<String>,
    #[arg(long)]
    pub names: bool,
    #[arg(long)]
    pub rank: bool,
    #[arg(long)]
    pub to: Option<String>,
    #[arg(long)]
    pub reason: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let reason = args.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if args.rank && reason.is_none() {
        return Err(Problem::usage("rank-reason").with("class", args.class).into());
    }
    let definitions = context.read(&Need { students: false, logs: Logs::None })?;
    let rules = Rules::load(&definitions)?;
    let kind = rules.progress.marks.kind.clone();
    let need = Need { students: true, logs: Logs::Kinds(BTreeSet::from([kind])) };
    let out = args.out.as_deref();
    let made = |snapshot: &Snapshot| document(context, args, snapshot, &rules);
    match (args.rank || args.names, out) {
        // Names in a file are handed out; a ranking is written down wherever it is shown.
        (true, Some(_)) => {
            hand_out_named(context, &need, &Whom::asked(context, args.to.as_deref(), reason)?, out, made)
        }
        (true, None) if args.rank => {
            let text = |given: Option<&str>| given.unwrap_or_default().to_owned();
            let whom = Whom { to: text(args.to.as_deref()), why: text(reason) };
            hand_out_named(context, &need, &whom, out, made)
        }
        _ => hand_out(context, &made(&*context.read(&need)?)?.document, out),
    }
}

/// What the register of disclosures says of it, and the report.
fn document(context: &Context, args: &Args, snapshot: &Snapshot, rules: &Rules) -> Outcome<Leaving> {
    let board = Board::of(snapshot, &rules.progress, context.day);
    let fits = |exam: usize| wanted(context, args, snapshot, &board, exam);
    let Some(found) = class_exam(snapshot, &board, args.class, context.day, fits) else {
        return Err(none(context, args, snapshot, &board).into());
    };
    let shown = match (args.rank, args.names) {
        (true, _) => Shown::Ranks,
        (false, true) => Shown::Names,
        (false, false) => Shown::Numbers,
    };
    let private = context.private();
    let one = (args.class, &found, context.day);
    let document = report::class::class(snapshot, rules, &board, one, shown, (private, context.lang));
    let option = if args.rank { "--rank" } else { "--names" };
    let exam = (&board.exams[found.exam].term, name(context, snapshot, &board, found.exam));
    Ok(Leaving::with_ids(format!("report class {} {option} ({} {})", args.class, exam.0, exam.1), document))
}

fn name(context: &Context, snapshot: &Snapshot, board: &Board, exam: usize) -> String {
    let exam = &board.exams[exam];
    exam_label(snapshot, &exam.kind, &exam.name, context.lang)
}

/// Whether an exam is the one that is asked for: by its kind, its name or the word for its kind.
fn wanted(context: &Context, args: &Args, snapshot: &Snapshot, board: &Board, exam: usize) -> bool {
    let one = &board.exams[exam];
    let is_said = |text: &String| {
        let named = name(context, snapshot, board, exam);
        let other = snapshot.words().ok().and_then(|words| words.get(&one.kind)).is_some_and(|word| word.is_said(text));
        *text == one.kind || *text == one.name || *text == named || (one.name.is_empty() && other)
    };
    args.exam.as_ref().is_none_or(is_said) && args.term.as_ref().is_none_or(|term| *term == one.term)
}

/// There is no such exam of the class, or none at all.
fn none(context: &Context, args: &Args, snapshot: &Snapshot, board: &Board) -> Problem {
    let mut known: Vec<String> = (0..snapshot.students.len() as u32)
        .filter(|at| snapshot.student(*at).class == Some(args.class))
        .flat_map(|at| board.entries(at).iter().map(|entry| entry.exam).collect::<Vec<usize>>())
        .collect::<BTreeSet<usize>>()
        .into_iter()
        .map(|exam| format!("{} {}", board.exams[exam].term, name(context, snapshot, board, exam)))
        .collect();
    known.dedup();
    match known.is_empty() {
        true => Problem::usage("class-no-exam").with("class", args.class),
        false => Problem::usage("class-other-exam").with("class", args.class).with("known", known.join(", ")),
    }
}
