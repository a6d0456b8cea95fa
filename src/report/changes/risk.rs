//! Whose level rose or fell, by which rule and which record.

use std::cmp::Reverse;

use super::Source;
use crate::assess::confidential;
use crate::assess::evidence::Evidence;
use crate::assess::risk::{Change, Now};
use crate::ledger::Origin;
use crate::model::Level;
use crate::report::listing::{coded, indicator_label, left, places, reason};
use crate::report::nameless::unless_named;
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Table};

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let mut all: Vec<&Change> = source.asked.risks.iter().collect();
    all.sort_by_key(|change| (Reverse(change.after), source.snapshot.student(change.student).class, change.student));
    let of = |fits: fn(&Change) -> bool| all.iter().copied().filter(|change| fits(change)).collect::<Vec<&Change>>();
    vec![
        source.heading("changes-risk"),
        Block::Table(table(source, "rose", &of(rose))),
        Block::Table(table(source, "fell", &of(fell))),
    ]
}

/// Whether a child is at a graver level than before, or an emergency began.
pub(super) fn rose(change: &Change) -> bool {
    let is_at_risk = change.after.is_some_and(|after| Level::Watch <= after);
    is_at_risk && (change.before < change.after || (change.before == change.after && !change.appeared.is_empty()))
}

/// Whether a child who is still here is at a lower level than before, or an emergency is over.
fn fell(change: &Change) -> bool {
    change.before.is_some() && change.after.is_some() && !rose(change)
}

fn table(source: &Source, key: &str, found: &[&Change]) -> Table {
    let lang = source.asked.lang;
    let columns = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "from"),
        left(lang, "to"),
        left(lang, "reasons").wide(36),
        left(lang, "rule").wide(20),
        left(lang, "file").wide(30),
    ];
    let mut table = Table::new(key, source.word(&format!("changes-table-{key}")), columns);
    let level = |level: Option<Level>| match level {
        Some(level) => coded(lang, "level", level.code()),
        None => Cell::code("not-here", source.word("changes-not-here")),
    };
    for change in found {
        let [id, name, class] = source.child(change.student);
        let (why, rules, evidence) = if key == "rose" { appeared(source, change) } else { gone(source, change) };
        table.rows.push(vec![
            id,
            name,
            class,
            level(change.before),
            level(change.after),
            Cell::List(why),
            Cell::List(rules),
            places(source.snapshot, &evidence),
        ]);
    }
    unless_named(table, source.asked.names)
}

/// Why, by which rule, from which records.
type Reasons = (Vec<String>, Vec<String>, Vec<Evidence>);

fn appeared(source: &Source, change: &Change) -> Reasons {
    let mut reasons = Reasons::default();
    for fired in &change.appeared {
        let said = reason(source.rules, fired, source.asked.lang);
        add(source, &mut reasons, said, &fired.indicator, &fired.evidence, &[]);
    }
    reasons
}

/// What fires no more, with the record that calmed it.
fn gone(source: &Source, change: &Change) -> Reasons {
    let mut reasons = Reasons::default();
    for gone in &change.gone {
        let what = indicator_label(source.rules, &gone.was.indicator, source.asked.lang);
        let calmed = if let Now::Calm(calm) = &gone.now { calm.evidence.as_slice() } else { &[] };
        let said = source.say("changes-no-more", &[("what", &what)]);
        add(source, &mut reasons, said, &gone.was.indicator, calmed, &gone.was.evidence);
    }
    reasons
}

/// Adds a reason; of one that rests on confidential records, with what it rested on before, only that there is one.
fn add(
    source: &Source,
    (why, rules, records): &mut Reasons,
    said: String,
    rule: &str,
    evidence: &[Evidence],
    before: &[Evidence],
) {
    if evidence.iter().chain(before).any(|fact| is_confidential(source, fact)) {
        let untold = source.word("changes-confidential");
        if !why.contains(&untold) {
            why.push(untold);
        }
    } else {
        why.push(said);
        rules.push(rule.to_owned());
        records.extend_from_slice(evidence);
    }
}

fn is_confidential(source: &Source, fact: &Evidence) -> bool {
    match &fact.origin {
        Some(Origin::Activity(at)) => {
            let (log, activity) = source.snapshot.activity(*at);
            activity.seal.is_sealed() || confidential::is_confidential(source.rules, &log.kind)
        }
        Some(Origin::FollowUp(at)) => source.confidential.holds(&source.snapshot.follow_ups[*at]),
        Some(Origin::Record { .. } | Origin::Register { .. }) | None => false,
    }
}
