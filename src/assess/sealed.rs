//! What is wrong with what is sealed, or should be, as far as the keys at hand show; and how much of it stays closed.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::check::{Finding, Gravity, error};
use crate::ledger::coding::toml_text;
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::seal::{SEALED, is_sealed, recipient_count};
use crate::ledger::table::Table;
use crate::ledger::{Log, Origin, Recipients, Snapshot};
use crate::model::kind::Kind;
use crate::model::{Day, Place, Problem, Seal};

/// How many activities of these days stay closed: neither whom they concern nor what they say is known.
pub fn closed_on(snapshot: &Snapshot, is_meant: impl Fn(Day) -> bool) -> usize {
    snapshot.activities().filter(|(_, _, one)| one.seal.is_closed() && is_meant(one.day)).count()
}

/// Rows in the clear that should be sealed, rows that are cut, and rows that are sealed to others than the recipients.
pub(super) fn findings(snapshot: &Snapshot, kinds: &BTreeMap<String, Kind>) -> Vec<Finding> {
    let is_confidential = |log: &&Log| kinds.get(&log.kind).is_some_and(|kind| kind.confidential);
    let mut found: Vec<Finding> =
        snapshot.logs.iter().filter(is_confidential).filter_map(|log| clear_rows(snapshot, log)).collect();
    found.extend(clear_follow_ups(snapshot, &snapshot.logs.iter().filter(is_confidential).collect::<Vec<_>>()));
    let wrong = wrong_recipients(snapshot);
    let are_known = wrong.is_empty();
    found.extend(wrong);
    let mut has_sealed = false;
    let files = snapshot.logs.iter().map(|log| (log.file(), log.stale.as_slice()));
    for (file, stale) in files.chain([(&snapshot.follow_up_table, snapshot.stale_follow_ups.as_slice())]) {
        // To whom rows should be sealed is known only where every key of the school is one.
        let recipients = if are_known { snapshot.school.privacy.recipient.len() } else { 0 };
        has_sealed |= cells(snapshot, file, stale, recipients, &mut found);
    }
    if has_sealed && !snapshot.school.privacy.seals() {
        found.push(error("check-seal-nobody", Place::file(SCHOOL_FILE)));
    }
    found
}

/// Keys in `guanai.toml` that are none: as long as there is one, nothing can be sealed.
fn wrong_recipients(snapshot: &Snapshot) -> Vec<Finding> {
    let wrong = Recipients::of(&snapshot.school.privacy.recipient).err().map_or_else(Vec::new, |wrong| wrong.0);
    let bytes = snapshot.read(SCHOOL_FILE).ok().flatten().unwrap_or_default();
    let text = toml_text(&bytes);
    let line_of = |problem: &Problem| {
        let value = problem.values.iter().find(|(name, _)| *name == "value").map_or("", |(_, value)| value);
        text.lines().position(|line| line.contains(value)).map_or(1, |at| at as u32 + 1)
    };
    let named = |problem: Problem| {
        let place = Place::line(SCHOOL_FILE, line_of(&problem));
        Finding { gravity: Gravity::Error, problem: Problem { place, ..problem } }
    };
    wrong.into_iter().map(named).collect()
}

fn clear_rows(snapshot: &Snapshot, log: &Log) -> Option<Finding> {
    let clear = log.activities.iter().filter(|one| one.seal == Seal::Clear).count();
    let privacy = &snapshot.school.privacy;
    let code = match (privacy.seals(), privacy.keeps()) {
        _ if clear == 0 => return None,
        (true, _) => "check-seal-clear",
        (false, true) => return None,
        (false, false) => "check-clear",
    };
    Some(error(code, Place::file(&log.table.path)).with("kind", &log.kind).with("count", clear))
}

/// Follow-ups in the clear that a confidential record has opened, in a school that seals.
fn clear_follow_ups(snapshot: &Snapshot, confidential: &[&Log]) -> Vec<Finding> {
    if !snapshot.school.privacy.seals() {
        return Vec::new();
    }
    let ids = |log: &&Log| -> Vec<String> {
        log.activities.iter().map(|one| log.table.get(one.row as usize, "id").to_owned()).collect()
    };
    let rows: BTreeSet<String> = confidential.iter().flat_map(ids).collect();
    let opened = |id: Option<&str>| id.is_some_and(|id| rows.contains(id));
    let clear = snapshot
        .follow_ups
        .iter()
        .enumerate()
        .filter(|(_, one)| one.seal == Seal::Clear && opened(one.opened_by.as_ref().map(|id| id.as_str())));
    clear.map(|(at, _)| error("check-seal-clear-follow-up", snapshot.place(&Origin::FollowUp(at)))).collect()
}

/// Looks at the sealed cells of a file; gives whether there are any.
fn cells(snapshot: &Snapshot, file: &Table, stale: &[u32], recipients: usize, found: &mut Vec<Finding>) -> bool {
    let Some(column) = file.column(SEALED) else { return false };
    let is_known = |row: usize| snapshot.problems.iter().any(|known| known.place == file.place(row));
    let wrong = |row: usize| -> Option<Finding> {
        let (cell, void) = (file.cell(row, column), file.get(row, "void"));
        let counts = [cell, void].into_iter().filter(|cell| !cell.is_empty() && (*cell != void || is_sealed(void)));
        let counts: Vec<Option<usize>> = counts.map(recipient_count).collect();
        let code = if counts.contains(&None) {
            // With a key at hand the reading of the ledger has said so already.
            if is_known(row) {
                return None;
            }
            "check-seal-cut"
        } else if recipients > 0
            && (stale.contains(&(row as u32)) || counts.iter().any(|count| *count != Some(recipients)))
        {
            "check-seal-other"
        } else {
            return None;
        };
        Some(error(code, file.place(row)).with("id", file.get(row, "id")))
    };
    found.par_extend((0..file.len()).into_par_iter().filter_map(wrong));
    (0..file.len()).any(|row| !file.bytes(row, column).is_empty())
}
