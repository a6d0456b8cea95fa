//! `guanai screen add STUDENT --scale NAME`: one child's answers, or the sums of the subscales.

use std::io::Read;

use clap_complete::engine::ArgValueCompleter;

use super::{band_said, kind, misread, need, scale};
use crate::cli::log::follow_ups_said;
use crate::cli::{Context, Made, arguments, ask, shell};
use crate::ledger::folder::disk_problem;
use crate::ledger::{Snapshot, find};
use crate::model::scale::{Answers, Fit, Given, Scale, Scored, Totals};
use crate::model::{Day, Exit, Outcome, Place, Problem, RowId};
use crate::write::Recording;
use crate::write::screening::{Did, Differing, Kept, NewScreening, record};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long, add = ArgValueCompleter::new(shell::scales))]
    pub scale: String,
    #[arg(long, allow_hyphen_values = true, conflicts_with = "totals")]
    pub answers: Option<String>,
    #[arg(long)]
    pub totals: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub staff: Option<String>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long)]
    pub id: Option<RowId>,
    /// Other answers of the same day take the place of those that are there.
    #[arg(long)]
    pub replace: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let scale = scale(context, &args.scale)?;
    let given = given(context, args, &scale)?;
    context.write(&need(), |snapshot| {
        let day = args.date.unwrap_or(context.day);
        let student = snapshot.student(find::student(snapshot, &args.student, day)?);
        let new = NewScreening {
            scale: &scale,
            student,
            day,
            given,
            staff: args.staff.clone().unwrap_or_default(),
            note: args.note.clone().unwrap_or_default(),
            id: args.id.clone(),
        };
        made(context, args, snapshot, &new)
    })
}

fn made(context: &Context, args: &Args, snapshot: &Snapshot, new: &NewScreening) -> Outcome<Made> {
    let mut recording = Recording::new(snapshot)?;
    let reason = context.words("amended-reason", &[]);
    let differing = match args.replace {
        true => Differing::TakesItsPlace { today: context.day, reason: &reason },
        false => Differing::Refused,
    };
    let kept = Kept::of(snapshot);
    let (did, id) = record(&mut recording, (snapshot, &kept), &kind(snapshot)?, new, differing)?;
    let mut messages = vec![said(context, new)];
    messages.extend(remarks(context, new, &new.scored()));
    if new.day > context.day {
        messages.push(context.words("day-ahead", &[("day", &new.day.to_string())]));
    }
    let unreadable = kept.unreadable_on(new.day);
    if unreadable > 0 && did == Did::Added {
        messages.push(context.words("screen-maybe-there", &[("count", &unreadable.to_string())]));
    }
    if did == Did::Nothing {
        messages.push(context.words("there-already", &[("id", id.as_str())]));
    }
    messages.extend(follow_ups_said(context, &recording));
    let change_set = recording.change_set(&format!("screen add {}", new.scale.name));
    Ok(Made { change_set, ids: vec![id.to_string()], messages, ..Made::default() })
}

/// The result in one line, which says that it is no diagnosis.
fn said(context: &Context, new: &NewScreening) -> String {
    let scored = new.scored();
    let scale = new.scale.label.in_language(context.lang.code());
    let total = scored.total.map_or_else(|| "—".to_owned(), |total| total.to_string());
    let band = band_said(context, scored.band);
    let name = new.student.name.as_str();
    context.words("screen-said", &[("name", name), ("scale", scale), ("total", &total), ("band", &band)])
}

/// Why there is no band, which subscales are high, and what is not known.
fn remarks(context: &Context, new: &NewScreening, scored: &Scored) -> Vec<String> {
    let mut remarks = Vec::new();
    if !scored.missing.is_empty() {
        let items: Vec<String> = scored.missing.iter().map(u32::to_string).collect();
        remarks.push(context.words("screen-missing", &[("items", &items.join(" "))]));
    }
    let high = new.scale.subscale.iter().zip(&scored.parts);
    let high: Vec<&str> = high
        .filter(|(_, part)| part.band.is_some_and(crate::model::scale::Band::is_flagged))
        .map(|(subscale, _)| subscale.label.in_language(context.lang.code()))
        .collect();
    if !high.is_empty() {
        remarks.push(context.words("screen-high", &[("parts", &high.join(" · "))]));
    }
    if new.fit() == Fit::Unknown {
        remarks.push(context.words("screen-age-unknown", &[("name", &new.student.name)]));
    }
    remarks
}

fn given(context: &Context, args: &Args, scale: &Scale) -> Outcome<Given> {
    let nowhere = Place::Nowhere;
    if let Some(totals) = &args.totals {
        let totals = text_of(totals)?;
        return Totals::read(scale, &totals).map(Given::Totals).map_err(|wrong| misread(scale, &nowhere, wrong));
    }
    if let Some(answers) = &args.answers {
        let answers = text_of(answers)?;
        return Answers::read(scale, &answers).map(Given::Answers).map_err(|wrong| misread(scale, &nowhere, wrong));
    }
    if !ask::can_ask() || context.in_batch() {
        return Err(Problem::usage("answers-needed").with("scale", &scale.name).with("items", scale.items).into());
    }
    Ok(Given::Answers(asked(context, scale)))
}

/// The words themselves, `-` for standard input, or `@FILE`.
fn text_of(given: &str) -> Outcome<String> {
    let unreadable = |error: std::io::Error| Problem::data("stdin-not-text", Place::Nowhere).with("reason", error);
    match given.strip_prefix('@') {
        None if given == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
            Ok(text)
        }
        None => Ok(given.to_owned()),
        Some(file) => Ok(std::fs::read_to_string(file).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Problem::usage("file-missing").with("file", file),
            _ => disk_problem("unreadable", file, &error),
        })?),
    }
}

/// Asks for item after item. An empty answer leaves the item without one; what is no answer is asked for again.
fn asked(context: &Context, scale: &Scale) -> Answers {
    let mut answers = Answers::none(scale);
    context.tell(&context.words("screen-ask", &[("answers", &scale.answers_said())]));
    for item in 1..=scale.items {
        let question = format!("{item}/{}", scale.items);
        while let Some(word) = ask::ask(&question) {
            if let Some(score) = scale.score_of(&word) {
                answers.put(item, score);
                break;
            }
            context.tell(&context.words("screen-ask", &[("answers", &scale.answers_said())]));
        }
    }
    answers
}
