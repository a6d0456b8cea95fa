//! `guanai log amend` and `guanai log void`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::add::{field_name, forgotten, made};
use super::{attach, kind_named, whom};
use crate::cli::{Context, Made, arguments};
use crate::ledger::table::Cells;
use crate::ledger::{Log, Need, Snapshot};
use crate::model::{Activity, Day, Exit, Outcome, Place, Problem};
use crate::write::recording::{closed, read_fields};
use crate::write::{NewActivity, Recording, attachment, funds};

#[derive(Debug, clap::Args)]
pub(crate) struct AmendArgs {
    pub id: String,
    pub fields: Vec<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub students: Vec<String>,
    #[arg(long)]
    pub staff: Option<String>,
    #[arg(long)]
    pub minutes: Option<u32>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VoidArgs {
    pub id: String,
    #[arg(long)]
    pub reason: String,
}

/// The one activity that an id, or its beginning, names.
pub(super) fn activity_named<'a>(snapshot: &'a Snapshot, id: &str) -> Outcome<(&'a Log, &'a Activity)> {
    let mut found = Vec::new();
    for log in &snapshot.logs {
        for activity in &log.activities {
            let own = log.table.get(activity.row as usize, "id");
            if own == id {
                return Ok((log, activity));
            }
            if id.len() >= 2 && own.starts_with(id) {
                found.push((log, activity));
            }
        }
    }
    match found[..] {
        [one] => Ok(one),
        [] => Err(Problem::usage("activity-nobody").with("id", id).into()),
        _ => {
            let list: Vec<&str> =
                found.iter().take(6).map(|(log, one)| log.table.get(one.row as usize, "id")).collect();
            Err(Problem::usage("activity-several").with("id", id).with("candidates", list.join(", ")).into())
        }
    }
}

pub(super) fn amend(context: &Context, args: &AmendArgs) -> Outcome<Exit> {
    let attachments = attach::read(context, &args.attach)?;
    context.write(&Need::everything(), |snapshot| {
        let (log, activity) = activity_named(snapshot, &args.id)?;
        let kind = kind_named(snapshot.definitions(), &log.kind)?;
        let row = activity.row as usize;
        if activity.seal.is_closed() {
            return Err(closed(log.table.place(row), log.table.get(row, "id")).into());
        }
        let mut change = common_cells(context, args, snapshot)?;
        let mut typed = BTreeMap::new();
        for field in &args.fields {
            let (name, value) =
                field.split_once('=').ok_or_else(|| Problem::usage("not-a-field").with("value", field))?;
            typed.insert(field_name(&kind, name), value.to_owned());
        }
        change.extend(read_fields(&kind, &typed, snapshot, &Place::Nowhere)?);
        let attached = log.table.get(row, "attachments");
        if !attachments.is_empty() {
            change.insert("attachments".to_owned(), attachment::cell(attached, &attachments));
        }
        if change.is_empty() {
            return Err(Problem::usage("nothing-to-change").into());
        }
        let moves = args.date.is_some_and(|day| snapshot.school.folder_of(day) != log.term);
        if moves {
            return Err(Problem::usage("amend-other-term").with("term", &log.term).into());
        }
        let value = |column: &str| change.get(column).cloned().unwrap_or_else(|| log.table.get(row, column).to_owned());
        let amended = NewActivity {
            id: log.table.get(row, "id").parse().map_err(|_| Problem::data("id-wrong", log.table.place(row)))?,
            day: args.date.unwrap_or(activity.day),
            students: value("students"),
            children: log.students(activity).iter().map(|at| snapshot.student(*at).id.clone()).collect(),
            staff: value("staff"),
            minutes: value("minutes").parse().ok(),
            attachments: value("attachments"),
            note: value("note"),
            fields: kind.fields.iter().map(|field| (field.name.clone(), value(&field.name))).collect(),
        };
        let mut recording = Recording::new(snapshot)?;
        attach::may_lie_beside(&recording, &kind, &attachments)?;
        recording.amend(&kind, &log.table.path, &amended, change)?;
        recording.settle(&kind, &amended, context.day, &context.words("amended-reason", &[]));
        funds::refuse_overdrawn(snapshot, &recording, &|_| Place::Nowhere)?;
        let what = format!("log amend {}", amended.id);
        let mut made = made(context, recording, &[amended], &[], &what);
        attachment::put(snapshot, &attachments, &mut made.change_set)?;
        made.messages.extend(attach::said(context, &args.attach, &attachments));
        Ok(made)
    })
}

fn common_cells(context: &Context, args: &AmendArgs, snapshot: &Snapshot) -> Outcome<Cells> {
    let mut change = Cells::new();
    let mut put = |column: &str, value: Option<String>| {
        if let Some(value) = value {
            change.insert(column.to_owned(), value);
        }
    };
    put("date", args.date.map(|day| day.to_string()));
    put("staff", args.staff.clone());
    put("minutes", args.minutes.map(|minutes| minutes.to_string()));
    put("note", args.note.clone());
    if !args.students.is_empty() {
        let whom = whom::resolve(snapshot, &args.students, &[], args.date.unwrap_or(context.day))?;
        put("students", Some(whom.cell));
    }
    Ok(change)
}

pub(super) fn void(context: &Context, args: &VoidArgs) -> Outcome<Exit> {
    let reason = args.reason.trim();
    if reason.is_empty() {
        return Err(Problem::usage("reason-missing").into());
    }
    context.write(&Need::everything(), |snapshot| {
        let (log, activity) = activity_named(snapshot, &args.id)?;
        let kind = kind_named(snapshot.definitions(), &log.kind)?;
        let id = log.table.get(activity.row as usize, "id").to_owned();
        let row_id = id.parse().map_err(|_| Problem::data("id-wrong", log.table.place(activity.row as usize)))?;
        let mut recording = Recording::new(snapshot)?;
        recording.void(&kind, log, &row_id, reason, context.day)?;
        funds::refuse_overdrawn(snapshot, &recording, &|_| Place::Nowhere)?;
        let change_set = recording.change_set(&format!("log void {id}"));
        let messages = forgotten(context, &change_set).into_iter().collect();
        Ok(Made { change_set, ids: vec![id], messages, ..Made::default() })
    })
}
