//! What moves money: no command leaves a fund below zero unless a row says why, and no amount is left without saying
//! whether it is one child's or that of all together.

use std::collections::{BTreeMap, BTreeSet};

use super::recording::{NewActivity, Recording};
use crate::ledger::Snapshot;
use crate::ledger::table::Table;
use crate::model::fund::{FundRules, Overdraft, Posting, Stuff, Way, overdrafts};
use crate::model::kind::{Kind, Target};
use crate::model::{Day, Exit, Outcome, Place, Problem, Problems};

/// The columns without which a log is none.
const REQUIRED: [&str; 2] = ["id", "date"];

/// Refuses what would leave a fund below zero on any day, where no row of that day says why (`overdraw`).
///
/// What was overdrawn before, and is not made worse, stands in nobody's way: `check` names it.
pub fn refuse_overdrawn(snapshot: &Snapshot, recording: &Recording, place_of: &dyn Fn(&str) -> Place) -> Outcome<()> {
    let rules = snapshot.definitions().fund_rules()?;
    let touched = recording.tables_of(&rules.kinds());
    if touched.is_empty() {
        return Ok(());
    }
    let is_touched = |path: &str| touched.iter().any(|(edited, _)| edited == path);
    let mut before = Vec::new();
    let mut after = Vec::new();
    for log in snapshot.logs.iter().filter(|log| rules.kinds().contains(&log.kind)) {
        let found = postings(&rules, &log.kind, &log.table);
        if !is_touched(&log.table.path) {
            after.extend(found.iter().cloned());
        }
        before.extend(found);
    }
    for (path, bytes) in touched {
        let kind = path.rsplit('/').next().and_then(|file| file.strip_suffix(".csv")).unwrap_or_default().to_owned();
        after.extend(postings(&rules, &kind, &Table::read(&path, bytes, &REQUIRED)));
    }
    let refusal = Refusal { rules: &rules, language: &snapshot.school.school.language, after: &after, before: &before };
    let wrong: Vec<Problem> = refusal.overdrafts().iter().map(|one| refusal.problem(one, place_of)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Problems(wrong)) }
}

/// What would be overdrawn, against what was.
struct Refusal<'a> {
    rules: &'a FundRules,
    language: &'a str,
    before: &'a [Posting],
    after: &'a [Posting],
}

impl Refusal<'_> {
    /// The overdrafts that are there only now, and of which neither their own rows nor the new ones say why.
    fn overdrafts(&self) -> Vec<Overdraft> {
        let known: BTreeMap<(String, Day), Overdraft> =
            overdrafts(self.before).into_iter().map(|one| ((one.fund.clone(), one.day), one)).collect();
        let is_worse = |one: &Overdraft| {
            let same = known.get(&(one.fund.clone(), one.day));
            same.is_none_or(|same| one.balance < same.balance || !same.reason.is_empty())
        };
        let is_said =
            |one: &Overdraft| !one.reason.is_empty() || self.spent_anew(one).any(|row| !row.overdraw.is_empty());
        overdrafts(self.after).into_iter().filter(|one| is_worse(one) && !is_said(one)).collect()
    }

    /// What the command spends from the fund up to the day.
    fn spent_anew(&self, one: &Overdraft) -> impl Iterator<Item = &Posting> {
        let old: BTreeSet<&Posting> = self.before.iter().collect();
        let (fund, day) = (one.fund.clone(), one.day);
        let spent = move |row: &&Posting| row.way == Way::Out && row.fund == fund && row.day <= day;
        self.after.iter().filter(spent).filter(move |row| !old.contains(row))
    }

    fn name(&self, fund: &str) -> String {
        if fund.is_empty() { self.rules.unnamed.in_language(self.language).to_owned() } else { fund.to_owned() }
    }

    fn problem(&self, one: &Overdraft, place_of: &dyn Fn(&str) -> Place) -> Problem {
        let others = self.after.iter().filter(|row| row.way == Way::In && row.fund != one.fund);
        let known: BTreeSet<String> = others.map(|row| self.name(&row.fund)).collect();
        let known: Vec<String> = if known.is_empty() { vec!["—".to_owned()] } else { known.into_iter().collect() };
        let place = self.spent_anew(one).map(|row| place_of(&row.row)).filter(|place| *place != Place::Nowhere).last();
        Problem::data("fund-overdrawn", place.unwrap_or_default())
            .with("fund", self.name(&one.fund))
            .with("day", one.day)
            .with("there", one.there)
            .with("balance", one.balance)
            .with("known", known.join(", "))
    }
}

/// The money of a log's rows. A row whose day or amount cannot be read moves nothing: `check` names it.
fn postings(rules: &FundRules, kind: &str, table: &Table) -> Vec<Posting> {
    let mut found = Vec::new();
    for row in (0..table.len()).filter(|row| table.get(*row, "void").is_empty()) {
        let Ok(day) = table.get(row, "date").parse::<Day>() else { continue };
        for flow in rules.flows(kind, &|field| table.get(row, field).to_owned()) {
            let Stuff::Money(money) = flow.stuff else { continue };
            let (fund, way, overdraw) = (flow.fund, flow.way, flow.overdraw);
            found.push(Posting { day, fund, way, money, overdraw, row: table.get(row, "id").to_owned() });
        }
    }
    found
}

/// Refuses a row of several children whose amount may be each one's or that of all: the caller asks which.
pub fn refuse_for_several(rules: &FundRules, kind: &Kind, activity: &NewActivity, place: &Place) -> Outcome<()> {
    let several = activity.children.len() > 1
        || activity.students.split(' ').any(|word| word == "all" || word.starts_with("class:"));
    let amount = rules
        .amounts(&kind.name)
        .into_iter()
        .find_map(|field| activity.fields.get(field).filter(|value| !value.is_empty()));
    match amount {
        Some(amount) if several && kind.target == Target::Student => {
            let mut problem = Problem::data("amount-for-several", place.clone()).with("amount", amount);
            if *place == Place::Nowhere {
                problem.exit = Exit::Usage;
            }
            Err(problem.into())
        }
        _ => Ok(()),
    }
}
