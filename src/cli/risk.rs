//! `guanai risk`: whom to worry about on a day and why; the whole derivation for one child; a person's judgement.

use clap::Subcommand;
use clap_complete::engine::ArgValueCompleter;

use super::{Context, arguments, shell, student};
use crate::assess::Rules;
use crate::assess::risk::{Assessment, RiskRules, assess, assess_briefly, since, untouched};
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::{Class, Day, Exit, Level, Outcome, Override, Problem, Risk};
use crate::report::{Format, listing};

#[derive(Debug, Default, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub level: Option<Level>,
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub left_behind: bool,
    #[arg(long, value_name = "DAYS")]
    pub untouched: Option<u32>,
    #[arg(long, value_name = "DATE", value_parser = arguments::day)]
    pub since: Option<Day>,
    #[arg(long, value_name = "LEVEL")]
    pub fail_at: Option<Level>,
    #[arg(long)]
    pub ids: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Explain(ExplainArgs),
    Set(SetArgs),
    Clear(ClearArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SetArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    pub level: Level,
    #[arg(long)]
    pub reason: String,
    #[arg(long)]
    pub by: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub until: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ClearArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long)]
    pub reason: Option<String>,
}

/// What the indicators look at.
fn need() -> Need {
    Need { students: true, logs: Logs::Named(RiskRules::kinds_named) }
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    match &args.command {
        Some(Command::Explain(args)) => return explain(context, args),
        Some(Command::Set(args)) => return set(context, args),
        Some(Command::Clear(args)) => return clear(context, args),
        None => {}
    }
    let snapshot = context.read(&need())?;
    let rules = Rules::load(&snapshot)?;
    if let Some(day) = args.since {
        let (before, assessments) = (assess(&snapshot, &rules, day), assess(&snapshot, &rules, context.day));
        let changes = since(&before, &assessments);
        context.list(&listing::risk_changes(&snapshot, &rules, &changes, context.lang))?;
        return Ok(Exit::Done);
    }
    let assessments = assess_briefly(&snapshot, &rules, context.day);
    let found: Vec<&Assessment> = match args.untouched {
        Some(days) => untouched(&assessments, context.day, days),
        None => assessments.iter().collect(),
    };
    let found = chosen(args, &snapshot, found);
    if args.ids {
        found.iter().for_each(|one| context.print(&format!("{}\n", snapshot.student(one.student).id)));
    } else {
        context.list(&listing::risks(&snapshot, &rules, &found, context.day, context.lang))?;
        say_counts(context, &assessments);
    }
    let bad = args.fail_at.is_some_and(|level| found.iter().any(|one| level <= one.gravest()));
    Ok(Exit::found_if(bad))
}

/// Those at risk, or all; narrowed by level, class and whether they are left behind.
fn chosen<'a>(args: &Args, snapshot: &Snapshot, found: Vec<&'a Assessment>) -> Vec<&'a Assessment> {
    let least = args.level.unwrap_or(if args.all { Level::None } else { Level::Watch });
    let fits = |one: &&Assessment| {
        least <= one.gravest()
            && args.class.is_none_or(|class| snapshot.student(one.student).class == Some(class))
            && (!args.left_behind || one.left_behind.answer.is_yes())
    };
    found.into_iter().filter(fits).collect()
}

fn say_counts(context: &Context, assessments: &[Assessment]) {
    let count = |level: Level| assessments.iter().filter(|one| one.computed == level).count().to_string();
    let emergencies = assessments.iter().filter(|one| one.emergency).count().to_string();
    let open = assessments.iter().filter(|one| !one.not_known.is_empty()).count().to_string();
    let all = assessments.len().to_string();
    let (high, medium, watch) = (count(Level::High), count(Level::Medium), count(Level::Watch));
    let values = [
        ("all", all.as_str()),
        ("emergencies", &emergencies),
        ("high", &high),
        ("medium", &medium),
        ("watch", &watch),
        ("open", &open),
    ];
    context.tell(&context.words("risk-counts", &values));
}

fn explain(context: &Context, args: &ExplainArgs) -> Outcome<Exit> {
    let snapshot = context.read(&need())?;
    let at = find::student(&snapshot, &args.student, context.day)?;
    let rules = Rules::load(&snapshot)?;
    let assessments = assess(&snapshot, &rules, context.day);
    let one = assessments.iter().find(|one| one.student == at).ok_or_else(|| {
        Problem::usage("not-enrolled").with("student", &snapshot.student(at).name).with("day", context.day)
    })?;
    if context.listing_format()? == Format::Table {
        for line in listing::risk_summary(&snapshot, one, context.lang) {
            context.print(&format!("{}\n", context.private().words(&crate::report::visible(&line))));
        }
        context.print("\n");
    }
    context.list(&listing::derivation(&snapshot, &rules, one, context.lang))?;
    Ok(Exit::Done)
}

fn set(context: &Context, args: &SetArgs) -> Outcome<Exit> {
    let reason = args.reason.trim();
    if reason.is_empty() {
        return Err(Problem::usage("reason-missing").into());
    }
    if args.until.is_some_and(|until| until < context.day) {
        return Err(Problem::usage("until-past").with("until", args.until.expect("checked")).into());
    }
    student::change(context, &args.student, "risk", |student, _| {
        let risk = student.risk.get_or_insert_with(Risk::default);
        retire(risk, context.day);
        risk.judged = Some(Override {
            level: args.level,
            reason: reason.to_owned(),
            by: args.by.clone(),
            from: context.day,
            until: args.until,
        });
        Ok(())
    })
}

fn clear(context: &Context, args: &ClearArgs) -> Outcome<Exit> {
    student::change(context, &args.student, "risk", |student, _| {
        let name = student.name.clone();
        let risk = student.risk.as_mut().filter(|risk| risk.judged.is_some());
        let risk = risk.ok_or_else(|| Problem::usage("not-judged").with("student", name))?;
        retire(risk, context.day);
        if let (Some(reason), Some(last)) = (&args.reason, risk.past.last_mut()) {
            last.reason = format!("{}; {reason}", last.reason);
        }
        Ok(())
    })
}

/// Keeps the judgement that held until now, so that a question about an earlier day still finds it. One of this very
/// day is replaced.
fn retire(risk: &mut Risk, day: Day) {
    if let Some(mut old) = risk.judged.take()
        && old.from < day
    {
        old.until = Some(old.until.map_or(day.plus(-1), |until| until.min(day.plus(-1))));
        risk.past.push(old);
    }
}
