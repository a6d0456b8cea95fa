//! `guanai report roster --like TEMPLATE.xlsx --out FILE.xlsx`: the bureau's own form, filled from the records.

use std::path::PathBuf;

use super::{Names, Ready, put_disclosure};
use crate::assess::Rules;
use crate::assess::group::{Groups, Member};
use crate::assess::left_behind::{Answer, Kind, Whereabouts, parents_on};
use crate::assess::risk::assess;
use crate::cli::import::bytes_of;
use crate::cli::{Context, Made};
use crate::import::{CensusOptions, FilledRoster, Pupil, Synonyms, fill};
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{Class, Exit, Outcome, Problem, Student};
use crate::report::Private;

/// The definition by which the enrolment system counts parents who are away.
const ENROLMENT: &str = "enrolment-system";
const WORDS: &str = "import/census.toml";

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "TEMPLATE.xlsx")]
    pub like: PathBuf,
    #[arg(short, long, value_name = "FILE.xlsx")]
    pub out: PathBuf,
    /// The one sheet to fill.
    #[arg(long)]
    pub sheet: Option<String>,
    #[arg(long, conflicts_with_all = ["all", "group"])]
    pub class: Option<Class>,
    #[arg(long, conflicts_with = "all")]
    pub group: Option<String>,
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub names: Names,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if !args.names.names {
        return Err(Problem::usage("roster-names").into());
    }
    let (name, bytes) = bytes_of(&args.like)?;
    let whom = args.names.whom();
    let mut ready = None;
    context.write(&Need::everything(), |snapshot| {
        let filled = filled(context, args, snapshot, &name, &bytes)?;
        let what = format!("report roster --like {name}");
        let students = filled.sheets.iter().map(|sheet| sheet.rows).sum();
        let messages = told(context, &filled);
        let mut made = Made { change_set: ChangeSet::new(&what), messages, ..Made::default() };
        put_disclosure(context, snapshot, (&what, &whom, students), &mut made.change_set)?;
        ready = Some(Ready::of(context, filled.bytes, Some(&args.out))?);
        Ok(made)
    })?;
    if context.dry_run {
        return Ok(Exit::Done);
    }
    ready.expect("what was written was made").hand_out(context, Some(&args.out))?;
    Ok(Exit::Done)
}

fn filled(context: &Context, args: &Args, snapshot: &Snapshot, name: &str, bytes: &[u8]) -> Outcome<FilledRoster> {
    let rules = Rules::load(snapshot)?;
    let whom = whom(context, args, snapshot, &rules)?;
    let private = context.private();
    let shown: Vec<Student> = whom.iter().map(|at| masked(snapshot.student(*at), private)).collect();
    let pupil = |(at, student): (&u32, &'_ Student)| {
        (
            away(snapshot.student(*at), context),
            away_parents(snapshot, &rules, *at, context),
            student.age_on(context.day),
        )
    };
    let facts: Vec<_> = whom.iter().zip(&shown).map(pupil).collect();
    let school = &snapshot.school.school;
    let pupils: Vec<Pupil> = shown
        .iter()
        .zip(facts)
        .map(|(student, (away, away_parents, age))| Pupil { student, away, away_parents, age, school: &school.name })
        .collect();
    let synonyms = Synonyms::parse(WORDS, &snapshot.definitions().text(WORDS)?)?;
    let options =
        CensusOptions { day: context.day, school_years: school.years, id_from: None, sheet: args.sheet.clone() };
    fill(name, bytes, &synonyms, &options, &pupils)
}

/// The children, by class and name: those left behind under the school's definition, unless others are asked for.
fn whom(context: &Context, args: &Args, snapshot: &Snapshot, rules: &Rules) -> Outcome<Vec<u32>> {
    let day = context.day;
    let is_left_behind =
        |at: u32| rules.left_behind_answer(snapshot, at, day, crate::assess::OWN).is_some_and(|answer| answer.is_yes());
    let enrolled = (0..snapshot.students.len() as u32).filter(|at| snapshot.student(*at).enrolled_on(day));
    let mut found: Vec<u32> = match (&args.group, args.class) {
        (Some(group), _) => {
            let assessments = assess(snapshot, rules, day);
            let members = Groups::of(snapshot, rules, day, &assessments).members(group).ok_or_else(|| {
                let known: Vec<&str> = snapshot.school.group.keys().map(String::as_str).collect();
                Problem::usage("group-unknown").with("group", group).with("known", known.join(", "))
            })?;
            members.into_iter().filter(|(_, member)| *member == Member::Yes).map(|(at, _)| at).collect()
        }
        (None, Some(class)) => enrolled.filter(|at| snapshot.student(*at).class == Some(class)).collect(),
        (None, None) => enrolled.filter(|at| args.all || is_left_behind(*at)).collect(),
    };
    found.sort_by_cached_key(|at| {
        let student = snapshot.student(*at);
        let class = student.class.map(|class| (-class.cohort, class.number));
        (class.is_none(), class, student.id.clone())
    });
    Ok(found)
}

/// Whether father and mother are away; nothing where that is not known.
fn away(student: &Student, context: &Context) -> [Option<bool>; 2] {
    parents_on(student, context.day).map(|parent| match parent.whereabouts {
        Whereabouts::Away(_) | Whereabouts::ReportedAway => Some(true),
        Whereabouts::Back(_) | Whereabouts::ReportedHome | Whereabouts::Gone(_) | Whereabouts::ReportedGone => {
            Some(false)
        }
        Whereabouts::OneOfTwo | Whereabouts::Unknown => None,
    })
}

/// 0, 1 or 2 as the enrolment system counts; what a form reported where nothing else is known.
fn away_parents(snapshot: &Snapshot, rules: &Rules, at: u32, context: &Context) -> Option<u8> {
    match rules.left_behind_answer(snapshot, at, context.day, ENROLMENT) {
        Some(Answer::Yes(Kind::BothAway)) => Some(2),
        Some(Answer::Yes(Kind::OneAway | Kind::OtherWithoutCapacity | Kind::NoParentToCare)) => Some(1),
        Some(Answer::No) => Some(0),
        _ => snapshot.student(at).reported.as_ref().and_then(|reported| reported.away_parents),
    }
}

/// The record with ids and phones masked, unless they are to be shown.
fn masked(student: &Student, private: Private) -> Student {
    let mut student = student.clone();
    if private == Private::Revealed {
        return student;
    }
    let id = |number: &mut Option<String>| {
        if let Some(number) = number {
            *number = private.id(number);
        }
    };
    let phone = |number: &mut Option<String>| {
        if let Some(number) = number {
            *number = private.phone(number);
        }
    };
    id(&mut student.national_id);
    id(&mut student.roll_number);
    phone(&mut student.phone);
    for parent in &mut student.parent {
        id(&mut parent.national_id);
        phone(&mut parent.phone);
        phone(&mut parent.other_phone);
    }
    for guardian in &mut student.guardian {
        id(&mut guardian.national_id);
        phone(&mut guardian.phone);
        phone(&mut guardian.other_phone);
    }
    let texts = student.extra.values_mut().chain(&mut student.note).chain(&mut student.address);
    texts.for_each(|text| *text = private.text(text));
    student
}

/// What was filled, and what could not be.
fn told(context: &Context, filled: &FilledRoster) -> Vec<String> {
    let join = context.words("report-list-join", &[]);
    let mut said = Vec::new();
    for sheet in &filled.sheets {
        let (rows, replaced) = (sheet.rows.to_string(), sheet.replaced.to_string());
        said.push(context.words("roster-filled", &[("sheet", &sheet.name), ("rows", &rows)]));
        if sheet.replaced > 0 {
            said.push(context.words("roster-replaced", &[("sheet", &sheet.name), ("rows", &replaced)]));
        }
        if !sheet.totals.is_empty() {
            let totals = sheet.totals.join(&join);
            said.push(context.words("roster-totals", &[("sheet", &sheet.name), ("totals", &totals)]));
        }
        if !sheet.unknown.is_empty() {
            let columns = sheet.unknown.join(&join);
            said.push(context.words("roster-unknown", &[("sheet", &sheet.name), ("columns", &columns)]));
        }
        if !sheet.missing.is_empty() {
            let one = |(column, count): &(String, usize)| {
                context.words("roster-missing-one", &[("column", column), ("count", &count.to_string())])
            };
            let columns = sheet.missing.iter().map(one).collect::<Vec<_>>().join(&join);
            said.push(context.words("roster-missing", &[("sheet", &sheet.name), ("columns", &columns)]));
        }
    }
    if !filled.without_sheet.is_empty() {
        let ids: Vec<String> = filled.without_sheet.iter().map(ToString::to_string).collect();
        let values = [("count", &*ids.len().to_string()), ("who", &*ids.join(" "))];
        said.push(context.words("roster-without-sheet", &values));
    }
    if !context.reveal {
        said.push(context.words("roster-masked", &[]));
    }
    said.iter().map(|line| crate::report::visible(line).into_owned()).collect()
}
