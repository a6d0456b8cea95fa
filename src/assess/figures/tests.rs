use super::*;
use crate::assess::left_behind::Kind;
use crate::assess::risk::assess;
use crate::assess::testing::{Ledger, day};
use crate::model::{Ability, Gender, Level};

const DAY: &str = "2026-11-26";

fn parent(relation: &str, away: &str) -> String {
    format!("[[parent]]\nrelation = \"{relation}\"\n[[parent.away]]\n{away}\n")
}

/// Four children: both away, one away, home, and nothing known; and one who left.
fn ledger() -> Ledger {
    let away = "from = 2021-02-15\nplace = \"广东省东莞市\"";
    let elsewhere = "noted = 2026-09-10\nplace = \"东莞\"";
    let back = "until = 2026-01-01";
    let both = parent("father", away) + &parent("mother", elsewhere);
    let one = parent("father", away) + &parent("mother", back);
    let home = parent("father", back) + &parent("mother", back);
    let guardian =
        "[[guardian]]\nrelation = \"paternal-grandmother\"\nborn = 1950-01-01\nability = \"poor\"\nentrusted = true\n";
    Ledger::new()
        .student("a", &format!("gender = \"female\"\nboarding = true\n{both}{guardian}"))
        .student("b", &format!("gender = \"male\"\nboarding = false\n{one}"))
        .student("c", &format!("gender = \"male\"\nclass = \"2024-1\"\n{home}"))
        .student("d", "")
        .student("e", &format!("{both}[[enrolment]]\nfrom = 2023-09-01\nuntil = 2026-06-30\n"))
}

fn span(first: &str, last: &str) -> Span {
    Span { first: day(first), last: day(last) }
}

#[test]
fn the_roll_counts_the_enrolled_and_keeps_the_unknown_apart() {
    let (snapshot, rules) = ledger().loaded();
    let found = roll(&snapshot, &rules, day(DAY));
    assert_eq!(found.all, Heads { enrolled: 4, left_behind: 2, unknown: 1 });
    assert_eq!(found.by_grade[&Some(4)], Heads { enrolled: 3, left_behind: 2, unknown: 1 });
    assert_eq!(found.by_gender[&Some(Gender::Male)], Heads { enrolled: 2, left_behind: 1, unknown: 0 });
    let school = &found.by_definition["school"];
    assert_eq!((school.yes, school.no, school.unknown), (2, 1, 1));
    assert_eq!(school.by_kind, [(Kind::BothAway, 1), (Kind::OneAway, 1)].into());
    let civil = &found.by_definition["civil-affairs"];
    assert_eq!((civil.yes, civil.no, civil.unknown), (0, 2, 2), "no one's registration is known");
    assert_eq!(roll(&snapshot, &rules, day("2026-06-30")).all.enrolled, 5);
}

#[test]
fn care_is_counted_by_group_and_workplaces_by_province() {
    let (snapshot, rules) = ledger().loaded();
    let whom = enrolled(&snapshot, day(DAY));
    let found = care(&snapshot, &whom, day(DAY));
    assert_eq!(found.by_carer, [(Carer::Parent, 2), (Carer::PaternalGrandparent, 1), (Carer::Nobody, 1)].into());
    assert_eq!(found.old, Count { yes: 1, no: 0, unknown: 0 });
    assert_eq!(found.by_ability, [(Some(Ability::Poor), 1)].into());
    assert_eq!(found.boarding, Count { yes: 1, no: 1, unknown: 2 });
    let provinces = workplaces(&snapshot, &rules.places, &whom, day(DAY));
    assert_eq!(provinces, [(Some("广东省".to_owned()), 2), (None, 1)].into());
}

#[test]
fn activities_count_times_children_and_different_children_without_void_rows() {
    let ledger = ledger()
        .log(
            "care-talk",
            "id,date,students,mood,void\nt1,2026-09-10,a b,good,\nt2,2026-09-20,a,good,\nt3,2026-09-21,c,good,x\n",
        )
        .log("life-check", "id,date,students\nl1,2026-09-10,c\nl2,2026-12-10,c\n")
        .log("counselling", "id,date,students\nc1,2026-09-10,\n");
    let (snapshot, rules) = ledger.loaded();
    let found = activities(&snapshot, &rules, span("2026-09-01", DAY));
    assert_eq!(found["life"].all, Deeds { times: 3, reached: 4, children: 3, sealed: 0 });
    assert_eq!(found["life"].by_kind["care-talk"], Deeds { times: 2, reached: 3, children: 2, sealed: 0 });
    assert_eq!(found["mind"].all, Deeds { times: 1, reached: 0, children: 0, sealed: 1 });
}

#[test]
fn follow_ups_are_done_in_time_or_late_in_their_stretch() {
    let ledger = ledger()
        .follow_up(["f1", "visit", "a", "2026-09-01", "2026-09-15", "", "2026-09-15", ""])
        .follow_up(["f2", "visit", "a", "2026-09-01", "2026-09-15", "", "2026-09-16", ""])
        .follow_up(["f3", "visit", "b", "2026-06-01", "2026-06-15", "", "", ""])
        .follow_up(["f4", "visit", "b", "2026-11-20", "2026-12-01", "", "", ""])
        .follow_up(["f5", "visit", "b", "2026-09-20", "2026-10-01", "", "", "2026-09-25"])
        .follow_up(["f6", "wish", "b", "2026-12-20", "2027-01-01", "", "", ""]);
    let found = follow_ups(&ledger.snapshot(), span("2026-09-01", DAY));
    let visits =
        FollowUpCount { opened: 4, done_in_time: 1, done_late: 1, cancelled: 1, open: 1, overdue: 1, moved: 0 };
    assert_eq!(found, [("visit".to_owned(), visits)].into());
}

#[test]
fn contacts_are_counted_by_the_weeks_of_the_term() {
    let ledger = ledger().log(
        "home-visit",
        "id,date,students,met\nv1,2026-09-01,a,guardian\nv2,2026-09-07,a,guardian\nv3,2026-09-08,b,nobody\nv4,2026-09-08,c,both\n",
    );
    let (snapshot, rules) = ledger.loaded();
    let term = snapshot.school.term_named("2026-autumn").unwrap();
    let found = contacts_by_week(&snapshot, &rules, term, Span::of(term, day("2026-09-10")));
    let told: Vec<_> = found.iter().map(|week| (week.week, week.times, week.children)).collect();
    assert_eq!(told, [(1, 2, 1), (2, 1, 1)]);
    assert_eq!(found[1].span, span("2026-09-08", "2026-09-10"));
}

#[test]
fn risk_levels_count_each_child_once() {
    let (snapshot, rules) = ledger().loaded();
    let count = risk_levels(&assess(&snapshot, &rules, day(DAY)));
    assert_eq!(count.computed.values().sum::<u32>(), 4);
    assert!(count.computed[&Level::Medium] >= 1);
    assert_eq!(count.fired["guardian-poor"], 1);
}
