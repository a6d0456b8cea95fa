//! `guanai pair`, `guanai resource`, `guanai staff`: registers of things with a life.

use clap::Subcommand;
use clap_complete::engine::ArgValueCompleter;

use super::{Context, Made, arguments, pair_help, shell};
use crate::assess::boarding::care_rules;
use crate::assess::pairing;
use crate::assess::sealed::closed_on;
use crate::assess::service::{Whose, service};
use crate::assess::workload::workloads;
use crate::ledger::registers::{PAIRINGS, RESOURCES, Register, STAFF};
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Logs, Need, Snapshot, find};
use crate::model::{Day, Exit, IdSource, Outcome, Problem, RowId};
use crate::report::listing;

impl Register {
    /// Adds a row, or finds that it is there already.
    fn add(&self, context: &Context, snapshot: &Snapshot, what: &str, cells: Cells) -> Outcome<Made> {
        let table = self.writable(snapshot)?;
        let id = cells.get("id").cloned().unwrap_or_default();
        if let Some(row) = table.row_of(&id) {
            let same = cells.iter().all(|(column, value)| table.get(row, column) == value);
            let message = context.words("there-already", &[("id", &id)]);
            return if same {
                Ok(Made { ids: vec![id], messages: vec![message], ..Made::default() })
            } else {
                Err(Problem::data("id-taken", table.place(row)).with("id", id).into())
            };
        }
        Ok(self.made(&table, what, id, Edit { added: vec![cells], ..Edit::default() }))
    }

    fn change(&self, snapshot: &Snapshot, what: &str, id: &str, change: Cells) -> Outcome<Made> {
        let (table, row) = self.row(snapshot, id)?;
        let one = table.get(row, "id").to_owned();
        let changed = [(one.clone(), change)].into();
        Ok(self.made(&table, what, one, Edit { changed, ..Edit::default() }))
    }

    /// The one row whose id this is or begins with.
    fn row(&self, snapshot: &Snapshot, id: &str) -> Outcome<(Table, usize)> {
        let table = self.writable(snapshot)?;
        let found: Vec<String> = (0..table.len())
            .map(|row| table.get(row, "id").to_owned())
            .filter(|own| own == id || (id.len() >= 2 && own.starts_with(id)))
            .collect();
        let [one] = &found[..] else {
            let code = if found.is_empty() { "row-nobody" } else { "row-several" };
            return Err(Problem::usage(code).with("id", id).with("candidates", found.join(", ")).into());
        };
        let row = table.row_of(one).expect("the id was read from the table");
        Ok((table, row))
    }

    fn made(&self, table: &Table, what: &str, id: String, edit: Edit) -> Made {
        let mut change_set = ChangeSet::new(what);
        change_set.write(self.path, table.before(), Some(table.edited(&edit)));
        Made { change_set, ids: vec![id], ..Made::default() }
    }

    /// The rows that a test takes, with every column.
    fn list(&self, context: &Context, keep: impl Fn(&Table, usize) -> bool) -> Outcome<Exit> {
        let snapshot = context.read(&Need::students())?;
        let table = self.writable(&snapshot)?;
        let rows: Vec<usize> = (0..table.len()).filter(|row| keep(&table, *row)).collect();
        let private = context.private();
        context.list(&listing::register(&snapshot, &table, &rows, private, context.lang))?;
        Ok(Exit::Done)
    }
}

fn cells(pairs: &[(&str, String)]) -> Cells {
    pairs.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect()
}

/// Days on which somebody looked at an entry, the latest last: what was true on an earlier day stays known.
fn with_day(known: &str, day: Day) -> String {
    let mut days: Vec<String> = known.split_whitespace().map(str::to_owned).chain([day.to_string()]).collect();
    days.sort();
    days.dedup();
    days.join(" ")
}

fn fresh(id: &Option<RowId>) -> String {
    id.clone().unwrap_or_else(|| IdSource::Random.row()).to_string()
}

fn in_force(table: &Table, row: usize, day: Day) -> bool {
    let end = |column: &str| table.get(row, column).parse::<Day>().ok();
    end("from").is_none_or(|from| from <= day) && end("until").is_none_or(|until| day <= until)
}

const NOTHING: Need = Need { students: false, logs: Logs::None };

#[derive(Debug, Subcommand)]
pub(crate) enum PairCommand {
    Add(PairAddArgs),
    End(PairEndArgs),
    List(PairListArgs),
    Suggest(pair_help::SuggestArgs),
    Effect(pair_help::EffectArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct PairAddArgs {
    /// tutor, peer-tutor, caring-parent, proxy-parent, life-mentor.
    #[arg(value_name = "TYPE")]
    pub kind: String,
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    pub helper: String,
    #[arg(long, value_parser = arguments::day)]
    pub from: Option<Day>,
    #[arg(long, value_parser = arguments::day)]
    pub until: Option<Day>,
    #[arg(long)]
    pub id: Option<RowId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PairEndArgs {
    pub id: String,
    #[arg(long, value_parser = arguments::day)]
    pub on: Option<Day>,
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PairListArgs {
    #[arg(long)]
    pub all: bool,
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
}

impl PairCommand {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            PairCommand::Add(args) => context.write(&Need::students(), |snapshot| {
                if !pairing::TYPES.contains(&args.kind.as_str()) {
                    let known = pairing::TYPES.join(", ");
                    return Err(Problem::usage("pairing-type").with("type", &args.kind).with("known", known).into());
                }
                let at = find::student(snapshot, &args.student, context.day)?;
                let from = args.from.unwrap_or(context.day);
                if args.until.is_some_and(|until| until < from) {
                    return Err(Problem::usage("until-past").with("until", args.until.expect("checked")).into());
                }
                let row = cells(&[
                    ("id", fresh(&args.id)),
                    ("type", args.kind.clone()),
                    ("student", snapshot.student(at).id.to_string()),
                    ("helper", args.helper.clone()),
                    ("from", from.to_string()),
                    ("until", args.until.map(|until| until.to_string()).unwrap_or_default()),
                ]);
                PAIRINGS.add(context, snapshot, "pair add", row)
            }),
            PairCommand::End(args) => context.write(&NOTHING, |snapshot| {
                let on = args.on.unwrap_or(context.day).to_string();
                let change = cells(&[("until", on), ("reason", args.reason.clone().unwrap_or_default())]);
                PAIRINGS.change(snapshot, "pair end", &args.id, change)
            }),
            PairCommand::Suggest(args) => pair_help::run_suggest(context, args),
            PairCommand::Effect(args) => pair_help::run_effect(context, args),
            PairCommand::List(args) => PAIRINGS.list(context, |table, row| {
                (args.all || in_force(table, row, context.day))
                    && args.kind.as_ref().is_none_or(|kind| table.get(row, "type") == kind)
            }),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ResourceCommand {
    Add(ResourceAddArgs),
    Update(ResourceUpdateArgs),
    List(ResourceListArgs),
    Hours(HoursArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ResourceAddArgs {
    #[arg(value_name = "TYPE")]
    pub kind: String,
    pub name: String,
    #[arg(long)]
    pub contact: Option<String>,
    #[arg(long)]
    pub phone: Option<String>,
    #[arg(long)]
    pub offers: Option<String>,
    #[arg(long)]
    pub class: Option<crate::model::Class>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub id: Option<RowId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ResourceUpdateArgs {
    pub id: String,
    #[arg(long)]
    pub contact: Option<String>,
    #[arg(long)]
    pub phone: Option<String>,
    #[arg(long)]
    pub offers: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ResourceListArgs {
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct HoursArgs {
    #[arg(long)]
    pub term: Option<String>,
    #[arg(long)]
    pub organisations: bool,
}

/// The hours of the volunteers in a term and the holiday behind it.
fn hours(context: &Context, args: &HoursArgs) -> Outcome<Exit> {
    let definitions = context.read(&NOTHING)?;
    let rule = care_rules(&definitions)?.service;
    let kinds = [rule.kind.clone()].into();
    let snapshot = context.read(&Need { students: false, logs: Logs::Kinds(kinds) })?;
    let term = super::plan::term_named(context, &snapshot, args.term.as_deref())?;
    let whose = if args.organisations { Whose::Organisation } else { Whose::Volunteer };
    let last = snapshot.school.last_day_with_holiday(term).min(context.day);
    context.list(&listing::service(&service(&snapshot, &rule, whose, term.from, last), context.lang))?;
    Ok(Exit::Done)
}

impl ResourceCommand {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            ResourceCommand::Add(args) => context.write(&NOTHING, |snapshot| {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                let row = cells(&[
                    ("id", fresh(&args.id)),
                    ("type", args.kind.clone()),
                    ("name", args.name.clone()),
                    ("contact", text(&args.contact)),
                    ("phone", text(&args.phone)),
                    ("offers", text(&args.offers)),
                    ("updated", args.date.unwrap_or(context.day).to_string()),
                    ("class", args.class.map(|class| class.to_string()).unwrap_or_default()),
                ]);
                RESOURCES.add(context, snapshot, "resource add", row)
            }),
            ResourceCommand::Update(args) => context.write(&NOTHING, |snapshot| {
                let (table, row) = RESOURCES.row(snapshot, &args.id)?;
                let day = args.date.unwrap_or(context.day);
                let mut change = cells(&[("updated", with_day(table.get(row, "updated"), day))]);
                let given = [("contact", &args.contact), ("phone", &args.phone), ("offers", &args.offers)];
                change
                    .extend(given.iter().filter_map(|(column, value)| Some(((*column).to_owned(), (*value).clone()?))));
                RESOURCES.change(snapshot, "resource update", &args.id, change)
            }),
            ResourceCommand::Hours(args) => hours(context, args),
            ResourceCommand::List(args) => RESOURCES
                .list(context, |table, row| args.kind.as_ref().is_none_or(|kind| table.get(row, "type") == kind)),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum StaffCommand {
    Add(StaffAddArgs),
    Leave(StaffLeaveArgs),
    List(StaffListArgs),
    Workload(WorkloadArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct StaffAddArgs {
    pub name: String,
    #[arg(long)]
    pub role: Option<String>,
    #[arg(long)]
    pub class: Option<crate::model::Class>,
    #[arg(long)]
    pub phone: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub from: Option<Day>,
    #[arg(long)]
    pub id: Option<RowId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StaffLeaveArgs {
    pub id: String,
    #[arg(long, value_parser = arguments::day)]
    pub on: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StaffListArgs {
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WorkloadArgs {
    #[arg(long)]
    pub term: Option<String>,
}

fn workload(context: &Context, args: &WorkloadArgs) -> Outcome<Exit> {
    let snapshot = context.read(&Need::everything())?;
    let term = super::plan::term_named(context, &snapshot, args.term.as_deref())?;
    let workloads = workloads(&snapshot, term.from, term.until.min(context.day))?;
    context.list(&listing::workloads(&workloads, context.lang))?;
    let last = term.until.min(context.day);
    context.tell_of_closed("sealed-staff", closed_on(&snapshot, |day| term.from <= day && day <= last));
    Ok(Exit::Done)
}

impl StaffCommand {
    pub(crate) fn run(&self, context: &Context) -> Outcome<Exit> {
        match self {
            StaffCommand::Add(args) => context.write(&NOTHING, |snapshot| {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                let row = cells(&[
                    ("id", fresh(&args.id)),
                    ("name", args.name.clone()),
                    ("role", text(&args.role)),
                    ("class", args.class.map(|class| class.to_string()).unwrap_or_default()),
                    ("phone", text(&args.phone)),
                    ("from", args.from.unwrap_or(context.day).to_string()),
                ]);
                STAFF.add(context, snapshot, "staff add", row)
            }),
            StaffCommand::Leave(args) => context.write(&NOTHING, |snapshot| {
                let change = cells(&[("until", args.on.unwrap_or(context.day).to_string())]);
                STAFF.change(snapshot, "staff leave", &args.id, change)
            }),
            StaffCommand::Workload(args) => workload(context, args),
            StaffCommand::List(args) => STAFF.list(context, |table, row| args.all || in_force(table, row, context.day)),
        }
    }
}
