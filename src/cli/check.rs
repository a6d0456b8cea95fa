//! `guanai check`: everything that is wrong, with file, line and remedy. Silent where all is well.

use super::{Context, Made, errors};
use crate::assess::attachments;
use crate::assess::check::{Gravity, findings};
use crate::ledger::change::{damaged_records, is_inside};
use crate::ledger::form::{faults, mended};
use crate::ledger::merge::CLASH_COLUMN;
use crate::ledger::place::weaknesses;
use crate::ledger::rights;
use crate::ledger::seal::SEALED;
use crate::ledger::strays::strays;
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{Exit, Outcome, Place, Problem};
use crate::report::letter;
use crate::report::listing::{self, CheckRow};
use crate::text;
use crate::write::joining;
use crate::write::recording::COMMON_COLUMNS;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub fix: bool,
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if let Some(code) = &args.explain {
        return explain(context, code);
    }
    if args.fix {
        fix(context)?;
    }
    let snapshot = context.read_quietly(&Need::everything())?;
    let rows = rows(context, &snapshot)?;
    if rows.is_empty() {
        context.tell(&context.words("check-well", &[]));
        return Ok(Exit::Done);
    }
    context.list(&listing::checks(&rows, context.lang))?;
    let errors = rows.iter().filter(|row| row.gravity == Gravity::Error).count();
    let (errors_said, warnings) = (errors.to_string(), (rows.len() - errors).to_string());
    context.tell(&context.words("check-found", &[("errors", &errors_said), ("warnings", &warnings)]));
    Ok(Exit::found_if(errors > 0))
}

fn rows(context: &Context, snapshot: &Snapshot) -> Outcome<Vec<CheckRow>> {
    let row = |gravity: Gravity, problem: &Problem, mendable: bool| CheckRow {
        gravity,
        code: problem.code,
        place: errors::place(&problem.place, context.lang),
        said: errors::what(problem, context.lang),
        remedy: errors::remedy(problem, context.lang),
        mendable,
    };
    let folder = context.folder()?;
    let strays = strays(&folder);
    // The folders were gone through once more, by whoever knows what a copy is of.
    let is_stray = |problem: &&Problem| strays.iter().any(|stray| stray.problem.place == problem.place);
    let unread = snapshot.problems.iter().filter(|problem| !is_stray(problem));
    let mut rows: Vec<CheckRow> = unread.map(|problem| row(Gravity::Error, problem, false)).collect();
    rows.extend(strays.iter().map(|stray| {
        let is_harmless = ["stray-copy", "editor-file"].contains(&stray.problem.code);
        let gravity = if is_harmless { Gravity::Warning } else { Gravity::Error };
        row(gravity, &stray.problem, stray.copied.is_some())
    }));
    rows.extend(damaged_records(&folder).iter().map(|problem| row(Gravity::Warning, problem, false)));
    for fault in faults(snapshot, &|kind| columns_of(snapshot, kind)) {
        let gravity = if fault.problem.code == "file-empty" { Gravity::Error } else { Gravity::Warning };
        rows.push(row(gravity, &fault.problem, fault.mendable));
    }
    rows.extend(findings(snapshot, context.day).iter().map(|finding| {
        let mendable = finding.problem.code.starts_with("check-joined");
        row(finding.gravity, &finding.problem, mendable)
    }));
    let of_place = weaknesses(&folder);
    rows.extend(of_place.iter().map(|problem| row(Gravity::Warning, problem, false)));
    let attached = attachments::findings(snapshot);
    rows.extend(attached.iter().map(|finding| row(finding.gravity, &finding.problem, false)));
    let templates = letter::faults(snapshot).unwrap_or_else(|wrong| wrong.0);
    rows.extend(templates.iter().map(|problem| row(Gravity::Error, problem, false)));
    // A stick in FAT has no rights that could be set: what it is says so.
    let has_rights = of_place.iter().all(|weakness| weakness.code != "check-folder-fat");
    for path in rights::open_to_others(&folder).iter().filter(|_| has_rights) {
        let problem = Problem::data("check-open", Place::file(path));
        rows.push(row(Gravity::Warning, &problem, true));
    }
    rows.sort_by(|a, b| (a.gravity, &a.place, a.code).cmp(&(b.gravity, &b.place, b.code)));
    // A definition that cannot be read is missed by everybody who asks for it.
    rows.dedup_by(|a, b| (a.code, &a.place, &a.said) == (b.code, &b.place, &b.said));
    Ok(rows)
}

fn columns_of(snapshot: &Snapshot, kind: &str) -> Option<Vec<String>> {
    let kind = snapshot.kinds().ok()?.get(kind)?;
    let own = kind.fields.iter().map(|field| field.name.clone());
    let sealed = kind.confidential.then_some(SEALED);
    let common = COMMON_COLUMNS.into_iter().chain([CLASH_COLUMN]).chain(sealed).map(str::to_owned);
    Some(common.chain(own).collect())
}

fn fix(context: &Context) -> Outcome<Exit> {
    let made = |change_set: ChangeSet| {
        let messages =
            change_set.files.iter().map(|file| context.words("check-mended", &[("path", &file.path)])).collect();
        Made { change_set, messages, ..Made::default() }
    };
    context.write(&Need::everything(), |snapshot| {
        let mut change_set = mended(snapshot, &faults(snapshot, &|kind| columns_of(snapshot, kind)))?;
        for stray in strays(&context.folder()?) {
            if let (Place::File(path), Some(bytes)) = (stray.problem.place, stray.copied)
                && is_inside(&path)
            {
                change_set.write(&path, Some(bytes), None);
            }
        }
        Ok(made(change_set))
    })?;
    context.write(&Need::everything(), |snapshot| match snapshot.kinds() {
        Ok(_) => joining::mended(snapshot).map(made),
        // What the rows mean cannot be known; the listing says why.
        Err(_) => Ok(Made::default()),
    })?;
    if !context.dry_run {
        rights::close(&context.folder()?);
    }
    Ok(Exit::Done)
}

fn explain(context: &Context, code: &str) -> Outcome<Exit> {
    let key = format!("problem-{code}");
    let Some(said) = text::find(context.lang, &key) else {
        return Err(Problem::usage("check-code-unknown").with("code", code).into());
    };
    context.print(&format!("{code}\n{}\n", without_values(&said)));
    if let Some(remedy) = text::remedy(context.lang, &key, &[]) {
        context.print(&format!("    {}\n", without_values(&remedy)));
    }
    Ok(Exit::Done)
}

/// A message with an ellipsis where a finding puts its values.
fn without_values(text: &str) -> String {
    let mut parts = text.split("{$");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + "…" + part.split_once('}').map_or(part, |(_, rest)| rest))
}
