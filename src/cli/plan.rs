//! `guanai plan`: the work plans against the records; and `guanai due`, what comes next.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Subcommand;

use super::Context;
use super::report::{Whom, disclose, hand_out, write_out};
use crate::assess::Rules;
use crate::assess::agenda::{Item, agenda};
use crate::assess::festival::festivals;
use crate::assess::plan::{self, Covered, Membership, Plan, Question, Standing, coverage};
use crate::ledger::{Need, Snapshot};
use crate::model::{Exit, Outcome, Problem, Stretch};
use crate::report::listing::{self, By};
use crate::report::{Document, WorkPlan, calendar};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Status(StatusArgs),
    Gaps(GapsArgs),
    Show(ShowArgs),
    Export(ExportArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    #[arg(long, default_value = "commitment")]
    pub by: By,
    #[arg(long)]
    pub plan: Option<String>,
    #[arg(long)]
    pub term: Option<String>,
    #[arg(long, value_name = "PERCENT")]
    pub fail_below: Option<u32>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct GapsArgs {
    pub code: Option<String>,
    #[arg(long)]
    pub plan: Option<String>,
    #[arg(long)]
    pub owner: Option<String>,
    #[arg(long)]
    pub term: Option<String>,
    /// What can still be done in time, too.
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    #[arg(required = true)]
    pub code: Vec<String>,
    #[arg(long)]
    pub term: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[arg(long)]
    pub plan: Option<String>,
    #[arg(long)]
    pub term: Option<String>,
    #[arg(short, long)]
    pub out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DueArgs {
    #[arg(long, default_value_t = 7)]
    pub days: u32,
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    #[arg(long, value_name = "WHOM", requires = "ics")]
    pub to: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "ics")]
    pub reason: Option<String>,
    #[arg(long)]
    pub owner: Option<String>,
}

impl Command {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            Command::Status(args) => status(context, args),
            Command::Gaps(args) => gaps(context, args),
            Command::Show(args) => show(context, args),
            Command::Export(args) => export(context, args),
        }
    }
}

/// The term that a name means, or that of the day.
pub(crate) fn term_named<'a>(context: &Context, snapshot: &'a Snapshot, name: Option<&str>) -> Outcome<&'a Stretch> {
    let school = &snapshot.school;
    let found = match name {
        Some(name) => school.term_named(name),
        None => school.latest_term(context.day),
    };
    found.ok_or_else(|| {
        let known: Vec<&str> = school.term.iter().map(|term| term.name.as_str()).collect();
        let asked = name.map_or_else(|| context.day.to_string(), str::to_owned);
        Problem::usage("term-unknown").with("term", asked).with("known", known.join(", ")).into()
    })
}

/// Judges the commitments of a term, and hands them on.
fn judged(
    context: &Context,
    term: Option<&str>,
    use_it: impl FnOnce(&Snapshot, &Rules, Vec<Covered>) -> Outcome<Exit>,
) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let term = term_named(context, &snapshot, term)?;
    let rules = Rules::load(&snapshot)?;
    let plans = plan::load(&snapshot)?;
    let covered = covered_in(context, &snapshot, &rules, &plans, term)?;
    use_it(&snapshot, &rules, covered)
}

/// The commitments of a term with their units, as the day has them.
pub(crate) fn covered_in<'p>(
    context: &Context,
    snapshot: &Snapshot,
    rules: &Rules,
    plans: &'p [Plan],
    term: &Stretch,
) -> Outcome<Vec<Covered<'p>>> {
    let membership = Membership::of(snapshot, rules);
    let in_group = |group: &str, student: u32, day| membership.holds(group, student, day);
    let question = Question::new(snapshot, term, context.day, &in_group)?;
    Ok(context.working("working-judge", || coverage(&question, plans)))
}

fn of_plan<'a>(covered: Vec<Covered<'a>>, plan: Option<&String>) -> Vec<Covered<'a>> {
    covered.into_iter().filter(|one| plan.is_none_or(|plan| one.plan.name == *plan)).collect()
}

fn status(context: &Context, args: &StatusArgs) -> Outcome<Exit> {
    judged(context, args.term.as_deref(), |snapshot, _, covered| {
        let covered = of_plan(covered, args.plan.as_ref());
        context.list(&listing::plan_status(snapshot, &covered, args.by, context.lang))?;
        let (met, of) =
            covered.iter().map(Covered::share).fold((0, 0), |(met, of), (more, all)| (met + more, of + all));
        let (met_said, of_said) = (met.to_string(), of.to_string());
        let share = if of == 0 { "—".to_owned() } else { format!("{:.1}", met as f64 * 100.0 / of as f64) };
        context.tell(&context.words("plan-total", &[("met", &met_said), ("of", &of_said), ("share", &share)]));
        Ok(Exit::found_if(args.fail_below.is_some_and(|bound| of > 0 && met * 100 < of * u64::from(bound))))
    })
}

fn gaps(context: &Context, args: &GapsArgs) -> Outcome<Exit> {
    judged(context, args.term.as_deref(), |snapshot, rules, covered| {
        let wanted = |one: &Covered| {
            args.code.as_ref().is_none_or(|code| one.commitment.code.starts_with(code.as_str()))
                && args.owner.as_ref().is_none_or(|owner| one.commitment.owner == *owner)
        };
        let covered: Vec<Covered> = of_plan(covered, args.plan.as_ref()).into_iter().filter(wanted).collect();
        context.list(&listing::plan_gaps(snapshot, rules, &covered, args.open, context.lang))?;
        Ok(Exit::Done)
    })
}

fn show(context: &Context, args: &ShowArgs) -> Outcome<Exit> {
    judged(context, args.term.as_deref(), |snapshot, rules, covered| {
        let one = |code: &String| -> Outcome<&Covered> {
            let found = covered.iter().find(|one| one.commitment.code.eq_ignore_ascii_case(code));
            found.ok_or_else(|| {
                let known: Vec<&str> = covered.iter().map(|one| one.commitment.code.as_str()).take(12).collect();
                Problem::usage("commitment-unknown").with("code", code).with("known", known.join(", ")).into()
            })
        };
        let asked: Vec<&Covered> = args.code.iter().map(one).collect::<Outcome<_>>()?;
        context.list(&listing::plan_units(snapshot, rules, &asked, context.lang))?;
        for one in asked {
            let (met, of) = one.share();
            let text = one.commitment.text.in_language(context.lang.code());
            let (met, of, open) = (met.to_string(), of.to_string(), one.count(Standing::Open).to_string());
            context.tell(&context.words("plan-one", &[("text", text), ("met", &met), ("of", &of), ("open", &open)]));
        }
        Ok(Exit::Done)
    })
}

fn export(context: &Context, args: &ExportArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let document = work_plan(context, &snapshot, args.term.as_deref(), args.plan.as_ref())?;
    hand_out(context, &document, args.out.as_deref())
}

/// The work plan of the year, or one plan of it, with the coverage of the term before.
pub(crate) fn work_plan(
    context: &Context,
    snapshot: &Snapshot,
    term: Option<&str>,
    plan: Option<&String>,
) -> Outcome<Document> {
    let term = term_named(context, snapshot, term)?;
    let rules = Rules::load(snapshot)?;
    let all = plan::load(snapshot)?;
    let plans: Vec<&Plan> = all.iter().filter(|one| plan.is_none_or(|name| one.name == *name)).collect();
    if plans.is_empty() {
        let known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        let asked = plan.cloned().unwrap_or_default();
        return Err(Problem::usage("plan-unknown").with("plan", asked).with("known", known.join(", ")).into());
    }
    let before = snapshot.school.term_before(term);
    let covered = before.map(|before| covered_in(context, snapshot, &rules, &all, before)).transpose()?;
    let covered = covered.map(|covered| of_plan(covered, plan));
    let (day, lang) = (context.day, context.lang);
    let before = before.zip(covered.as_deref());
    Ok(WorkPlan { snapshot, plans: &plans, term, before, day, lang }.document())
}

pub(crate) fn due(context: &Context, args: &DueArgs) -> Outcome<Exit> {
    judged(context, None, |snapshot, rules, covered| {
        let festivals = festivals(snapshot)?;
        let mut items = agenda(snapshot, &covered, &festivals, context.day, args.days);
        items.retain(|item| args.owner.as_ref().is_none_or(|owner| is_of(item, owner, context)));
        let Some(file) = &args.ics else {
            context.list(&listing::agenda(snapshot, rules, &covered, &items, context.day, context.lang))?;
            return Ok(Exit::Done);
        };
        let days = listing::agenda_days(snapshot, rules, &covered, &items, context.lang);
        let title = context.words("caption-agenda", &[]);
        let text = calendar(&snapshot.school.school.name, &title, &days, context.day);
        // A calendar lies on phones and servers: what of it names children has left the ledger.
        let named: BTreeSet<u32> = items.iter().filter(|item| !item.sealed).filter_map(|item| item.student).collect();
        if !named.is_empty() {
            let given = |text: &Option<String>| text.clone().unwrap_or_default();
            let whom = Whom { to: given(&args.to), why: given(&args.reason) };
            disclose(context, "due --ics", &whom, named.len())?;
        }
        write_out(context, file, text.as_bytes())?;
        Ok(Exit::Done)
    })
}

/// Whether a thing is for somebody, by the code, the words or a part of the name.
fn is_of(item: &Item, owner: &str, context: &Context) -> bool {
    item.owner.contains(owner) || listing::owner_words(&item.owner, context.lang) == owner
}
