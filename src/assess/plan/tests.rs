//! Promises of the plans over random records: what counts does not depend on the order or the files in which rows lie,
//! nor on rows that are dated later, and one more record never makes anything worse.

mod as_of;
mod standings;

use proptest::prelude::*;

use super::{Covered, Membership, Question, Standing, coverage, load};
use crate::assess::Rules;
use crate::assess::testing::{Ledger, day};
use crate::ledger::Snapshot;
use crate::model::{Day, Stretch};

const KINDS: [&str; 4] = ["family-call", "safety-lesson", "guardian-contact", "counselling"];
const TOPICS: [&str; 5] = ["traffic", "fire", "food", "study", "safety"];
const WHOM: [&str; 4] = ["a", "b", "a b", "class:2023-2"];

/// One row: kind, day of the term, whom it is for, topic.
type Row = (usize, i64, usize, usize);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..KINDS.len(), 0..140_i64, 0..WHOM.len(), 0..TOPICS.len()), 0..14)
}

const PLAN: &str = r#"
plan = "own"
title = { zh = "自", en = "own" }
[[commitment]]
code = "A1.1"
text = { zh = "x", en = "x" }
count = { kind = "family-call", times = 2 }
for = { group = "left-behind" }
every = "month"
[[commitment]]
code = "A1.2"
text = { zh = "x", en = "x" }
count = { kind = "safety-lesson", distinct = { field = "topic", of = ["traffic", "fire", "food"] } }
for = "class"
every = "term"
[[commitment]]
code = "A1.3"
text = { zh = "x", en = "x" }
count = { kind = "guardian-contact", where = { topic = "study" } }
for = "school"
every = "week"
[[commitment]]
code = "A1.4"
text = { zh = "x", en = "x" }
within = { after = { kind = "counselling" }, do = { kind = "guardian-contact" }, days = 9 }
[[commitment]]
code = "A1.5"
text = { zh = "x", en = "x" }
state = { file = { each = ["family-call", ["counselling", "guardian-contact"]] } }
for = { group = "left-behind" }
every = { days = 20 }
"#;

const AWAY: &str = "[[parent]]\nrelation = \"father\"\n[[parent.away]]\nfrom = 2021-02-15\n\
                    [[parent]]\nrelation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n";

/// Writes the rows in the given order, each kind in one file; those that `apart` takes into a second folder.
fn ledger(rows: &[Row], apart: impl Fn(usize) -> bool) -> Ledger {
    let mut ledger = Ledger::new().file("plans/own.toml", PLAN).student("a", AWAY).student("b", AWAY);
    for (folder, is_apart) in [("2026-autumn", false), ("2026-autumn-b", true)] {
        for (number, kind) in KINDS.iter().enumerate() {
            let own = rows.iter().enumerate().filter(|(at, row)| row.0 == number && apart(*at) == is_apart);
            let lines: String = own.map(|(at, row)| line(at, row)).collect();
            if !lines.is_empty() {
                let text = format!("id,date,students,staff,minutes,attachments,note,void,topic\n{lines}");
                ledger = ledger.file(&format!("logs/{folder}/{kind}.csv"), &text);
            }
        }
    }
    ledger
}

fn line(at: usize, (_, days, whom, topic): &Row) -> String {
    let on = day("2026-09-01").plus(*days);
    format!("rrrrrrrr{at:02},{on},{},,,,,,{}\n", WHOM[*whom], TOPICS[*topic])
}

/// What is compared: code, period, whom, standing and how much there is.
type Told = (String, String, String, Standing, u32);

fn told(snapshot: &Snapshot, on: Day) -> Vec<Told> {
    let rules = Rules::load(snapshot).unwrap();
    let plans = load(snapshot).unwrap_or_else(|problems| panic!("{problems}"));
    let term: &Stretch = snapshot.school.term_named("2026-autumn").unwrap();
    let membership = Membership::of(snapshot, &rules);
    let in_group = |group: &str, student: u32, day: Day| membership.holds(group, student, day);
    let question = Question::new(snapshot, term, on, &in_group).unwrap();
    let covered: Vec<Covered> = coverage(&question, &plans);
    let units = covered.iter().flat_map(|one| one.units.iter().map(move |unit| (one, unit)));
    units
        .map(|(one, unit)| {
            let subject = format!("{:?}", unit.subject);
            (one.commitment.code.clone(), unit.period.name.to_string(), subject, unit.standing, unit.done)
        })
        .collect()
}

fn answer(rows: &[Row], on: Day) -> Vec<Told> {
    told(&ledger(rows, |_| false).snapshot(), on)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn coverage_does_not_depend_on_the_order_of_the_rows(rows in rows(), on in 0..150_i64) {
        let on = day("2026-09-01").plus(on);
        let turned: Vec<Row> = rows.iter().rev().copied().collect();
        prop_assert_eq!(answer(&rows, on), answer(&turned, on));
    }

    #[test]
    fn a_log_in_two_files_counts_as_one(rows in rows(), on in 0..150_i64) {
        let on = day("2026-09-01").plus(on);
        let split = told(&ledger(&rows, |at| at % 2 == 1).snapshot(), on);
        prop_assert_eq!(answer(&rows, on), split);
    }

    #[test]
    fn rows_that_are_dated_later_change_nothing(rows in rows(), on in 0..150_i64) {
        let then: Vec<Row> = rows.iter().filter(|row| row.1 <= on).copied().collect();
        let on = day("2026-09-01").plus(on);
        prop_assert_eq!(answer(&rows, on), answer(&then, on));
    }

    #[test]
    fn one_more_record_never_takes_anything_away(rows in rows(), more in rows(), on in 100..150_i64) {
        let on = day("2026-09-01").plus(on);
        let before = answer(&rows, on);
        let after = answer(&[rows, more.into_iter().take(1).collect()].concat(), on);
        for unit in before {
            let same = after.iter().filter(|one| (&one.0, &one.1, &one.2) == (&unit.0, &unit.1, &unit.2));
            let most = same.clone().map(|one| one.4).max();
            prop_assert!(most >= Some(unit.4), "{:?} became {:?}", unit, same.collect::<Vec<_>>());
            let was_met = unit.3 == Standing::Met;
            prop_assert!(!was_met || same.clone().any(|one| one.3 == Standing::Met), "{:?}", unit);
        }
    }
}

const OF_SEALED: &str = r#"
plan = "sealed"
title = { zh = "密", en = "sealed" }
[[commitment]]
code = "Z1.1"
text = { zh = "x", en = "x" }
count = { kind = "counselling", times = 1 }
for = { group = "left-behind" }
every = "month"
[[commitment]]
code = "Z1.2"
text = { zh = "x", en = "x" }
count = { kind = "counselling", distinct = { field = "topic", of = ["family", "study-stress"] } }
for = "school"
every = "month"
[[commitment]]
code = "Z1.3"
text = { zh = "x", en = "x" }
count = { kind = "counselling", where = { topic = "family" } }
for = "class"
every = "month"
[[commitment]]
code = "Z1.4"
text = { zh = "x", en = "x" }
state = { file = { each = ["counselling", ["family-call", "counselling"]] } }
for = { group = "left-behind" }
every = { days = 30 }
[[commitment]]
code = "Z1.5"
text = { zh = "x", en = "x" }
within = { after = { kind = "family-call" }, do = { kind = "counselling" }, days = 9 }
[[commitment]]
code = "Z2.1"
text = { zh = "x", en = "x" }
within = { after = { kind = "counselling" }, do = { kind = "family-call" }, days = 9 }
[[commitment]]
code = "Z2.2"
text = { zh = "x", en = "x" }
within = { after = { screening = "flagged" }, do = { kind = "counselling" }, days = 14 }
"#;

/// The kinds that a ledger of sealed rows has, the word of each field that is asked about, and whether it is sealed.
const MIXED: [(&str, &str, [&str; 3], bool); 3] = [
    ("family-call", "topic", ["", "", ""], false),
    ("counselling", "topic", ["family", "study-stress", "self"], true),
    ("screening", "band", ["normal", "watch", "high"], true),
];

/// The rows as everybody reads them who has the key, or as they lie for whoever has not.
fn with_sealed(rows: &[Row], is_open: bool) -> Ledger {
    let mut ledger = Ledger::new().file("plans/own.toml", OF_SEALED).student("a", AWAY).student("b", AWAY);
    for (number, (kind, field, words, confidential)) in MIXED.iter().enumerate() {
        let own = rows.iter().enumerate().filter(|(_, row)| row.0 % MIXED.len() == number);
        let line = |(at, (_, days, whom, word)): (usize, &Row)| {
            let on = day("2026-09-01").plus(*days);
            match is_open || !confidential {
                true => format!("rrrrrrrr{at:02},{on},,,{},{}\n", WHOM[*whom], words[word % words.len()]),
                false => format!("rrrrrrrr{at:02},{on},c2VhbGVk,,,\n"),
            }
        };
        let lines: String = own.map(line).collect();
        if !lines.is_empty() {
            ledger = ledger.log(kind, &format!("id,date,sealed,void,students,{field}\n{lines}"));
        }
    }
    ledger
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_sealed_is_counted_neither_as_good_nor_as_bad(rows in rows(), on in 60..150_i64) {
        let on = day("2026-09-01").plus(on);
        let open = told(&with_sealed(&rows, true).snapshot(), on);
        let sealed = told(&with_sealed(&rows, false).snapshot(), on);
        for unit in &sealed {
            let same = open.iter().filter(|one| (&one.0, &one.1, &one.2) == (&unit.0, &unit.1, &unit.2));
            let truths: Vec<Standing> = same.map(|one| one.3).collect();
            // A trigger that is sealed stands for a child that is not known: there it is compared with all of its day.
            let truths = match truths.is_empty() {
                true => open.iter().filter(|one| (&one.0, &one.1) == (&unit.0, &unit.1)).map(|one| one.3).collect(),
                false => truths,
            };
            let lies = match unit.3 {
                Standing::Met => !truths.contains(&Standing::Met),
                Standing::Missed => !truths.contains(&Standing::Missed),
                _ => false,
            };
            prop_assert!(!lies, "{:?} is in truth {:?}", unit, truths);
        }
        // What anybody can see is said: a unit that no sealed row might meet keeps its standing.
        let nothing_sealed = rows.iter().all(|row| row.0 % MIXED.len() == 0);
        prop_assert!(!nothing_sealed || open == sealed);
    }
}
