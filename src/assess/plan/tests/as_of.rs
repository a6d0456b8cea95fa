//! A day that has passed is answered as that day would have been: over random follow-ups, pairings, resources and spells,
//! each written on the day on which it took place.

use super::*;

const AUTUMN: &str = r#"format = 1
[school]
left-behind = "school"
[[term]]
name = "2026-autumn"
from = 2026-09-01
until = 2027-01-22
[group.left-behind]
left-behind = "own"
[group.focus]
left-behind = "own"
risk = "medium"
"#;

const PLAN: &str = r#"
plan = "own"
title = { zh = "自", en = "own" }
[[commitment]]
code = "A1.1"
text = { zh = "x", en = "x" }
within = { after = { followup = "difficulty" }, do = { followup-done = "difficulty" }, days = 7 }
[[commitment]]
code = "A1.2"
text = { zh = "x", en = "x" }
state = { pairing = "tutor" }
for = { group = "left-behind" }
every = "month"
[[commitment]]
code = "A1.3"
text = { zh = "x", en = "x" }
state = { resource = "venue" }
for = "school"
every = "term"
[[commitment]]
code = "A1.4"
text = { zh = "x", en = "x" }
count = { kind = "family-call" }
for = { group = "focus" }
every = "month"
"#;

/// What happens to one of the two children, in days of the term: an event, and where it ends.
#[derive(Debug, Clone)]
enum Event {
    FollowUp { child: usize, opened: i64, done: Option<i64>, cancelled: bool },
    Pairing { child: usize, from: i64, until: Option<i64> },
    Look { at: i64 },
    Call { child: usize, at: i64 },
    Leave { child: usize, at: i64, back: Option<i64> },
    Home { child: usize, at: i64 },
}

fn event() -> impl Strategy<Value = Event> {
    let later = || prop::option::of(1..40_i64);
    prop_oneof![
        (0..2_usize, 0..120_i64, later(), any::<bool>()).prop_map(|(child, opened, done, cancelled)| {
            Event::FollowUp { child, opened, done: done.map(|days| opened + days), cancelled }
        }),
        (0..2_usize, 0..120_i64, later()).prop_map(|(child, from, until)| Event::Pairing {
            child,
            from,
            until: until.map(|days| from + days)
        }),
        (0..140_i64).prop_map(|at| Event::Look { at }),
        (0..2_usize, 0..140_i64).prop_map(|(child, at)| Event::Call { child, at }),
        (0..2_usize, 5..120_i64, later()).prop_map(|(child, at, back)| Event::Leave {
            child,
            at,
            back: back.map(|days| at + days)
        }),
        (0..2_usize, 5..120_i64).prop_map(|(child, at)| Event::Home { child, at }),
    ]
}

fn on(days: i64) -> Day {
    day("2026-09-01").plus(days)
}

/// The ledger as it stood at the end of a day, counted from the first of term.
fn ledger_on(events: &[Event], known: i64) -> Ledger {
    let known_by = |days: i64| if days <= known { on(days).to_string() } else { String::new() };
    let mut ledger = Ledger::new().file("guanai.toml", AUTUMN).file("plans/own.toml", PLAN);
    let (mut pairings, mut calls, mut looks) = (String::new(), String::new(), Vec::new());
    for (number, event) in events.iter().enumerate() {
        match event {
            Event::FollowUp { child, opened, done, cancelled } if *opened <= known => {
                let end = done.map(known_by).unwrap_or_default();
                let (done, cancelled) = if *cancelled { (String::new(), end) } else { (end, String::new()) };
                let due = on(*opened + 7).to_string();
                let cells =
                    [&format!("f{number:09}"), "difficulty", ["a", "b"][*child], &on(*opened).to_string(), &due];
                let cells = [cells[0], cells[1], cells[2], cells[3], cells[4], "", &done, &cancelled];
                ledger = ledger.follow_up(cells);
            }
            Event::Pairing { child, from, until } if *from <= known => {
                let until = until.map(known_by).unwrap_or_default();
                pairings += &format!("p{number:09},tutor,{},石军,{},{until}\n", ["a", "b"][*child], on(*from));
            }
            Event::Look { at } if *at <= known => looks.push(on(*at).to_string()),
            Event::Call { child, at } if *at <= known => {
                calls += &format!("c{number:09},{},{},,,,,\n", on(*at), ["a", "b"][*child]);
            }
            _ => {}
        }
    }
    looks.sort();
    ledger = ledger
        .file("registers/pairings.csv", &format!("id,type,student,helper,from,until\n{pairings}"))
        .file("registers/resources.csv", &format!("id,type,name,updated\nr000000001,venue,站,{}\n", looks.join(" ")))
        .log("family-call", &format!("id,date,students,staff,minutes,attachments,note,void\n{calls}"));
    let child = |ledger: Ledger, at: usize| ledger.student(["a", "b"][at], &file_of(events, at, known));
    child(child(ledger, 0), 1)
}

/// The first leave and the first parent who comes home of a child, as far as the day knows of them.
fn file_of(events: &[Event], child: usize, known: i64) -> String {
    let left = events.iter().find_map(|event| match event {
        Event::Leave { child: own, at, back } if *own == child => Some((*at, *back)),
        _ => None,
    });
    let left = left.filter(|(at, _)| *at < known);
    let home = events.iter().find_map(|event| match event {
        Event::Home { child: own, at } if *own == child => Some(*at),
        _ => None,
    });
    let home = home.filter(|at| *at < known);
    let mut enrolment = "[[enrolment]]\nfrom = 2023-09-01\n".to_owned();
    if let Some((at, back)) = left {
        enrolment += &format!("until = {}\n", on(at));
        if let Some(back) = back.filter(|back| *back <= known) {
            enrolment += &format!("[[enrolment]]\nfrom = {}\n", on(back));
        }
    }
    let until = home.map(|at| format!("until = {}\n", on(at))).unwrap_or_default();
    let parent = |relation: &str, until: &str| {
        format!("[[parent]]\nrelation = \"{relation}\"\n[[parent.away]]\nfrom = 2021-02-15\n{until}")
    };
    format!("{enrolment}{}{}", parent("father", &until), parent("mother", &until))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_past_day_is_answered_as_that_day_would_have_been(
        events in prop::collection::vec(event(), 0..10),
        asked in 1..140_i64,
    ) {
        let whole = told(&ledger_on(&events, i64::MAX / 4).snapshot(), on(asked));
        let then = told(&ledger_on(&events, asked).snapshot(), on(asked));
        prop_assert_eq!(whole, then);
    }
}
