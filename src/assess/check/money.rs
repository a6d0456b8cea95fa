//! Funds that are below zero, goods that went out and never came in, amounts that nobody can add.

use std::collections::BTreeMap;

use super::{Finding, error, warning};
use crate::assess::figures::Span;
use crate::assess::funds::{Goods, Moved, books, moved, overdrawn};
use crate::ledger::{Origin, Snapshot};
use crate::model::fund::{Overdraft, Stuff};
use crate::model::{ActivityAt, Day, Exact, Outcome, Place};

pub(super) fn money_and_goods(snapshot: &Snapshot) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    let rules = snapshot.definitions().fund_rules()?;
    let moved = moved(snapshot, &rules);
    let language = &snapshot.school.school.language;
    let name = |fund: &str| if fund.is_empty() { rules.unnamed.in_language(language) } else { fund }.to_owned();
    let places = places(snapshot, &moved);
    for one in overdrawn(snapshot, &moved) {
        found.push(overdraft(&one, &places, name(&one.fund)));
    }
    for one in moved.iter().filter(|one| one.flow.stuff == Stuff::Unread) {
        let place = snapshot.place(&Origin::Activity(one.at));
        found.push(warning("check-amount", place).with("id", id(snapshot, one.at)));
    }
    goods(snapshot, &moved, name, &mut found)?;
    Ok(found)
}

fn id(snapshot: &Snapshot, at: ActivityAt) -> &str {
    let (log, activity) = snapshot.activity(at);
    log.table.get(activity.row as usize, "id")
}

fn places<'a>(snapshot: &'a Snapshot, moved: &[Moved]) -> BTreeMap<&'a str, Place> {
    moved.iter().map(|one| (id(snapshot, one.at), snapshot.place(&Origin::Activity(one.at)))).collect()
}

/// Named at the last row that was spent on the day.
fn overdraft(one: &Overdraft, places: &BTreeMap<&str, Place>, name: String) -> Finding {
    let row = one.rows.last().expect("a fund is overdrawn by what was spent");
    let place = places.get(row.as_str()).cloned().unwrap_or_default();
    let finding = match one.reason.is_empty() {
        true => error("check-fund-overdrawn", place).with("id", row),
        false => warning("check-fund-said", place).with("reason", &one.reason),
    };
    finding.with("fund", name).with("day", one.day).with("balance", one.balance)
}

/// Goods of which some came in, and more went out. Where none ever came in nobody keeps a store of them.
fn goods(snapshot: &Snapshot, moved: &[Moved], name: impl Fn(&str) -> String, found: &mut Vec<Finding>) -> Outcome<()> {
    let Some(last) = moved.last().map(|one| one.day) else { return Ok(()) };
    let first = moved.first().map_or(last, |one: &Moved| one.day);
    let books = books(snapshot, Span { first, last })?;
    let is_short = |goods: &Goods| goods.is_kept && goods.left < Exact::ZERO;
    for (fund, book) in &books.funds {
        for ((item, unit), goods) in book.goods.iter().filter(|(_, goods)| is_short(goods)) {
            let place = last_of(snapshot, moved, fund, item, unit);
            let short = format!("{} {unit}", -goods.left);
            found.push(
                warning("check-goods-short", place).with("fund", name(fund)).with("item", item).with("short", short),
            );
        }
    }
    Ok(())
}

fn last_of(snapshot: &Snapshot, moved: &[Moved], fund: &str, item: &str, unit: &str) -> Place {
    let same = |one: &&Moved| {
        one.flow.fund == fund
            && matches!(&one.flow.stuff, Stuff::Goods { item: own, quantity } if own == item && quantity.unit == unit)
    };
    let last: Option<(Day, ActivityAt)> = moved.iter().filter(same).map(|one| (one.day, one.at)).next_back();
    last.map_or(Place::Nowhere, |(_, at)| snapshot.place(&Origin::Activity(at)))
}
