//! Attachments that rows name and that are not there, that no row names, or whose content is not that of their name.
//! Reads every one of them, so that `check` alone asks.

use std::collections::BTreeSet;

use super::check::{Finding, Gravity};
use crate::ledger::Snapshot;
use crate::ledger::attachment::{fits, is_name, names, path_of};
use crate::model::{Place, Problem};

/// Everything that is wrong with the attachments of a ledger that was loaded whole.
pub fn findings(snapshot: &Snapshot) -> Vec<Finding> {
    let (files, problems) = snapshot.attachments();
    let finding = |gravity, problem| Finding { gravity, problem };
    let mut found: Vec<Finding> = problems.into_iter().map(|problem| finding(Gravity::Error, problem)).collect();
    let mut named = BTreeSet::new();
    for log in &snapshot.logs {
        for row in 0..log.table.len() {
            for name in names(log.table.get(row, "attachments")) {
                let path = path_of(name);
                let code = match files.binary_search(&path) {
                    _ if !is_name(name) => "check-attachment-name",
                    Err(_) => "check-attachment-missing",
                    Ok(_) => "",
                };
                if !code.is_empty() {
                    let problem = Problem::data(code, log.table.place(row)).with("name", name);
                    found.push(finding(Gravity::Error, problem));
                }
                named.insert(path);
            }
        }
    }
    for path in &files {
        let name = path.rsplit('/').next().unwrap_or(path);
        // A copy of a sync folder is named as what it is.
        if !is_name(name) {
            continue;
        }
        match snapshot.read(path) {
            Ok(Some(bytes)) if !fits(name, &bytes) => {
                found.push(finding(Gravity::Error, Problem::data("check-attachment-content", Place::file(path))));
            }
            Err(wrong) => found.extend(wrong.0.into_iter().map(|problem| finding(Gravity::Error, problem))),
            _ => {}
        }
        if !named.contains(path) {
            found.push(finding(Gravity::Warning, Problem::data("check-attachment-orphan", Place::file(path))));
        }
    }
    found
}
