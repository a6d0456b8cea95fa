//! `guanai screen list`, `show` and `scales`: never in the order of scores.

use std::collections::BTreeMap;

use clap_complete::engine::ArgValueCompleter;

use super::{need, scale, unreadable_said};
use crate::assess::screening::{Screening, Screenings};
use crate::cli::{Context, arguments, shell};
use crate::ledger::scales::{self as files, scale_named};
use crate::ledger::{Snapshot, find};
use crate::model::scale::{Band, Scale};
use crate::model::{Class, Day, Exit, Outcome};
use crate::report::listing;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, add = ArgValueCompleter::new(shell::scales))]
    pub scale: Option<String>,
    #[arg(long, add = ArgValueCompleter::new(shell::students))]
    pub student: Option<String>,
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub band: Option<Band>,
    #[arg(long, value_parser = arguments::day)]
    pub from: Option<Day>,
    #[arg(long, value_parser = arguments::day)]
    pub until: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long, add = ArgValueCompleter::new(shell::scales))]
    pub scale: Option<String>,
    /// Every screening, and not only the latest with each scale.
    #[arg(long)]
    pub all: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let scale = args.scale.as_deref().map(|name| scale(context, name)).transpose()?;
    let snapshot = context.read(&need())?;
    let student = args.student.as_deref().map(|text| find::student(&snapshot, text, context.day)).transpose()?;
    let screenings = Screenings::of(&snapshot, args.until.unwrap_or(context.day));
    let wanted = |one: &&Screening| {
        scale.as_ref().is_none_or(|scale| one.scale == scale.name)
            && student.is_none_or(|student| one.child == student)
            && args.class.is_none_or(|class| snapshot.student(one.child).class == Some(class))
            && args.band.is_none_or(|band| one.band() == Some(band))
            && args.from.is_none_or(|from| from <= one.day())
    };
    let mut found: Vec<&Screening> = screenings.readable.iter().filter(wanted).collect();
    // By day, class and name: a list in the order of scores would be a ranking.
    let key = |one: &&Screening| {
        let student = snapshot.student(one.child);
        (one.day(), student.class, find::whole_pinyin(&student.name), one.scale.to_owned(), student.id.clone())
    };
    found.sort_by_cached_key(key);
    context.list(&listing::screenings(&snapshot, &found, &files::scales(snapshot.definitions())?, context.lang))?;
    unreadable_said(
        context,
        screenings.unreadable.iter().filter(|day| args.from.is_none_or(|from| from <= **day)).count(),
    );
    context.tell(&context.words("screen-no-diagnosis", &[]));
    Ok(Exit::Done)
}

pub(super) fn show(context: &Context, args: &ShowArgs) -> Outcome<Exit> {
    let snapshot = context.read(&need())?;
    let child = find::student(&snapshot, &args.student, context.day)?;
    let only = args.scale.as_deref().map(|name| scale_named(snapshot.definitions(), name)).transpose()?;
    let screenings = Screenings::of(&snapshot, context.day);
    let wanted = |one: &&Screening| one.child == child && only.as_ref().is_none_or(|scale| one.scale == scale.name);
    let mut found: Vec<&Screening> = screenings.readable.iter().filter(wanted).collect();
    found.sort_by_key(|one| (one.scale, one.day()));
    if !args.all {
        let latest: BTreeMap<&str, &Screening> = found.iter().map(|one| (one.scale, *one)).collect();
        found = latest.into_values().collect();
    }
    let scales = files::scales(snapshot.definitions())?;
    context.list(&listing::screening(&screenings, &found, &scales, context.lang))?;
    for one in &found {
        if let Some(why) = scales.get(one.scale).and_then(|scale| why_no_band(context, &snapshot, scale, one)) {
            context.tell(&why);
        }
    }
    unreadable_said(context, screenings.unreadable.len());
    context.tell(&context.words("screen-no-diagnosis", &[]));
    Ok(Exit::Done)
}

/// Why a screening has no band.
fn why_no_band(context: &Context, snapshot: &Snapshot, scale: &Scale, one: &Screening) -> Option<String> {
    let student = snapshot.student(one.child);
    let said = |number: Option<i32>| number.map_or_else(|| "—".to_owned(), |number| number.to_string());
    let (day, name) = (one.day().to_string(), scale.label.in_language(context.lang.code()));
    let (key, value) =
        match one.band()? {
            Band::Invalid => ("screen-why-invalid", said(one.validity(scale).map(|score| score as i32))),
            Band::Incomplete => {
                let missing: Vec<String> = one.missing(scale).iter().map(u32::to_string).collect();
                ("screen-why-incomplete", if missing.is_empty() { "—".to_owned() } else { missing.join(" ") })
            }
            Band::OutOfAge => {
                let (age, grade) = (said(student.age_on(one.day())), said(student.grade_on(one.day())));
                return Some(context.words(
                    "screen-why-out-of-age",
                    &[("day", &day), ("scale", name), ("age", &age), ("grade", &grade)],
                ));
            }
            _ => return None,
        };
    Some(context.words(key, &[("day", &day), ("scale", name), ("value", &value)]))
}

pub(super) fn scales(context: &Context) -> Outcome<Exit> {
    context.list(&listing::scales(&files::scales(&context.definitions()?)?, context.lang))?;
    Ok(Exit::Done)
}
