//! What is wrong with screenings and their scales: a scale that cannot be used, a row of a scale that is not there, answers
//! that it does not have, a result that the scale does not give any more.

use std::collections::BTreeMap;

use super::check::{Finding, Gravity, error, warning};
use super::screening::{Screening, Screenings, difference};
use crate::ledger::Snapshot;
use crate::ledger::scales::scales;
use crate::model::Day;
use crate::model::scale::Scale;

pub(super) fn findings(snapshot: &Snapshot, day: Day) -> Vec<Finding> {
    let scales = match scales(snapshot.definitions()) {
        Ok(scales) => scales,
        Err(wrong) => {
            return wrong.0.into_iter().map(|problem| Finding { gravity: Gravity::Error, problem }).collect();
        }
    };
    let screenings = Screenings::of(snapshot, day);
    screenings.readable.iter().filter_map(|one| finding(snapshot, &scales, one)).collect()
}

fn finding(snapshot: &Snapshot, scales: &BTreeMap<String, Scale>, one: &Screening) -> Option<Finding> {
    let place = one.log.table.place(one.activity.row as usize);
    let Some(scale) = scales.get(one.scale) else {
        let known: Vec<&str> = scales.keys().map(String::as_str).collect();
        return Some(warning("check-scale", place).with("scale", one.scale).with("known", known.join(", ")));
    };
    let says_nothing = ["answers", "scores", "total", "band"].iter().all(|column| one.get(column).is_empty());
    if says_nothing {
        return Some(warning("check-screening-empty", place).with("scale", &scale.name));
    }
    match difference(snapshot, scale, one) {
        Err(_) => Some(error("check-answers", place).with("scale", &scale.name)),
        Ok(None) => None,
        Ok(Some(now)) => {
            let total = now.total.map_or_else(|| "-".to_owned(), |total| total.to_string());
            let stored = if one.get("total").is_empty() { "-" } else { one.get("total") };
            let found = warning("check-screening", place).with("scale", &scale.name).with("id", one.get("id"));
            let found = found.with("stored", format!("{stored} {}", one.get("band")));
            Some(found.with("computed", format!("{total} {}", now.band)))
        }
    }
}
