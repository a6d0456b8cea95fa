//! `guanai screen rescore`: results that were recorded under another key or cut-off, as the scale's file gives them now.

use clap_complete::engine::ArgValueCompleter;

use super::{band_said, kind, need, unreadable_said};
use crate::assess::screening::{Screening, Screenings, difference};
use crate::cli::log::follow_ups_said;
use crate::cli::{Context, Made, shell};
use crate::ledger::Snapshot;
use crate::ledger::scales::{scale_named, scales};
use crate::model::scale::Scale;
use crate::model::{Exit, Outcome};
use crate::write::Recording;
use crate::write::screening::{NewScreening, replace};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, add = ArgValueCompleter::new(shell::scales))]
    pub scale: Option<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    context.write(&need(), |snapshot| {
        let only = args.scale.as_deref().map(|name| scale_named(snapshot.definitions(), name)).transpose()?;
        let scales = scales(snapshot.definitions())?;
        let screenings = Screenings::of(snapshot, context.day);
        let mut recording = Recording::new(snapshot)?;
        let (mut ids, mut messages) = (Vec::new(), Vec::new());
        for one in &screenings.readable {
            let Some(scale) = scales.get(one.scale) else { continue };
            if only.as_ref().is_some_and(|only| only.name != scale.name) {
                continue;
            }
            if let Some(said) = rescored(context, snapshot, &mut recording, scale, one)? {
                ids.push(one.get("id").to_owned());
                messages.push(said);
            }
        }
        unreadable_said(context, screenings.unreadable.len());
        messages.extend(follow_ups_said(context, &recording));
        messages.push(context.words("screen-rescored", &[("count", &ids.len().to_string())]));
        Ok(Made { change_set: recording.change_set("screen rescore"), ids, messages, ..Made::default() })
    })
}

/// Rescores one screening where its scale says otherwise; gives what has changed. A row that cannot be read is for `check`.
fn rescored(
    context: &Context,
    snapshot: &Snapshot,
    recording: &mut Recording,
    scale: &Scale,
    one: &Screening,
) -> Outcome<Option<String>> {
    let (Ok(Some(now)), Ok(Some(given))) = (difference(snapshot, scale, one), one.given(scale)) else {
        return Ok(None);
    };
    let new = NewScreening {
        scale,
        student: snapshot.student(one.child),
        day: one.day(),
        given,
        staff: String::new(),
        note: String::new(),
        id: None,
    };
    let reason = context.words("amended-reason", &[]);
    replace(recording, &kind(snapshot)?, &new, (one.log, one.activity), (context.day, &reason))?;
    let total = now.total.map_or_else(|| "—".to_owned(), |total| total.to_string());
    let was = one.band().map_or_else(|| one.get("band").to_owned(), |band| band_said(context, band));
    Ok(Some(context.words(
        "screen-rescored-one",
        &[
            ("id", one.get("id")),
            ("was", &format!("{} {was}", one.get("total"))),
            ("is", &format!("{total} {}", band_said(context, now.band))),
        ],
    )))
}
