//! Which unit counts for what: joined late, left, on leave, a holiday, a birthday in one, days before the ledger.

use super::*;

/// An autumn term with a week and a half of holiday in it, and the winter holiday that follows.
const CALENDAR: &str = r#"format = 1
[school]
left-behind = "school"
[[term]]
name = "2026-autumn"
from = 2026-09-01
until = 2027-01-22
[[holiday]]
name = "national-day"
from = 2026-09-29
until = 2026-10-07
[[holiday]]
name = "2027-winter"
from = 2027-01-23
until = 2027-02-28
[group.left-behind]
left-behind = "own"
"#;

/// One commitment for left-behind children, and one child whose file holds this beside.
fn ledger(commitment: &str, file: &str) -> Ledger {
    let plan = format!(
        "plan = \"own\"\ntitle = {{ zh = \"x\", en = \"x\" }}\n[[commitment]]\ncode = \"A1.1\"\n\
         text = {{ zh = \"x\", en = \"x\" }}\nfor = {{ group = \"left-behind\" }}\n{commitment}\n"
    );
    Ledger::new().file("guanai.toml", CALENDAR).file("plans/own.toml", &plan).student("a", &format!("{file}{AWAY}"))
}

const MONTHLY: &str = "count = { kind = \"family-call\" }\nevery = \"month\"";
const WEEKLY: &str = "count = { kind = \"family-call\" }\nevery = \"week\"";

/// Each period with its standing and reason, as `2026-09 missed nothing-done`.
fn standings(ledger: &Ledger, on: &str) -> Vec<String> {
    let snapshot = ledger.snapshot();
    let rules = Rules::load(&snapshot).unwrap();
    let plans = load(&snapshot).unwrap_or_else(|problems| panic!("{problems}"));
    let term: &Stretch = snapshot.school.term_named("2026-autumn").unwrap();
    let membership = Membership::of(&snapshot, &rules);
    let in_group = |group: &str, student: u32, day: Day| membership.holds(group, student, day);
    let question = Question::new(&snapshot, term, day(on), &in_group).unwrap();
    let covered = coverage(&question, &plans);
    let said = |unit: &crate::assess::plan::Unit| {
        let reason = unit.reason.unwrap_or_default().trim_start_matches("plan-");
        format!("{} {} {reason}", unit.period.name, unit.standing.code()).trim_end().to_owned()
    };
    covered[0].units.iter().map(said).collect()
}

#[test]
fn a_child_counts_from_the_first_month_of_which_it_was_there_for_half() {
    let joined = ledger(MONTHLY, "[[enrolment]]\nfrom = 2026-10-20\n");
    assert_eq!(
        standings(&joined, "2026-12-05"),
        ["2026-10 exempt joined", "2026-11 missed nothing-done", "2026-12 open in-time"]
    );
    let early = ledger(MONTHLY, "[[enrolment]]\nfrom = 2026-10-15\n");
    assert_eq!(standings(&early, "2026-11-05")[0], "2026-10 missed nothing-done");
}

#[test]
fn a_child_who_leaves_counts_up_to_the_last_month_of_which_it_was_there_for_half() {
    let left = ledger(MONTHLY, "[[enrolment]]\nfrom = 2023-09-01\nuntil = 2026-11-10\n");
    assert_eq!(
        standings(&left, "2027-01-10"),
        ["2026-09 missed nothing-done", "2026-10 missed nothing-done", "2026-11 exempt left"]
    );
    // On a day before it left, nobody knew that it would.
    assert_eq!(standings(&left, "2026-11-09")[2], "2026-11 open in-time");
}

#[test]
fn a_child_on_leave_is_exempt_for_the_months_of_which_it_was_away_for_more_than_half() {
    let file = "[[enrolment]]\nfrom = 2023-09-01\nuntil = 2026-10-05\n[[enrolment]]\nfrom = 2026-11-25\n";
    assert_eq!(
        standings(&ledger(MONTHLY, file), "2027-01-10"),
        [
            "2026-09 missed nothing-done",
            "2026-10 exempt on-leave",
            "2026-11 exempt on-leave",
            "2026-12 missed nothing-done",
            "2027-01 open in-time"
        ]
    );
}

#[test]
fn a_week_of_which_more_than_half_is_holiday_owes_nothing_and_may_still_be_met() {
    let weekly = ledger(WEEKLY, "");
    assert_eq!(
        standings(&weekly, "2026-10-20")[3..7],
        ["W4 missed nothing-done", "W5 exempt holiday", "W6 missed nothing-done", "W7 missed nothing-done"]
    );
    let called = weekly.file(
        "logs/2026-autumn/family-call.csv",
        "id,date,students,staff,minutes,attachments,note,void\nr000000001,2026-10-03,a,,,,,\n",
    );
    assert_eq!(standings(&called, "2026-10-20")[4], "W5 met");
}

#[test]
fn a_birthday_in_a_holiday_is_cared_for_within_that_holiday() {
    let birthday = "count = { kind = \"birthday-care\", birthday = 7 }\nevery = \"year\"";
    let of = |born: &str| ledger(birthday, &format!("born = {born}\n"));
    let cared = |ledger: Ledger, on: &str| {
        let row = format!("id,date,students,staff,minutes,attachments,note,void\nr000000001,{on},a,,,,,\n");
        ledger.file("logs/2026-autumn/birthday-care.csv", &row)
    };
    // In term: seven days either side, and no more.
    assert_eq!(standings(&cared(of("2016-11-20"), "2026-11-27"), "2026-12-01"), ["2026-11-20 met"]);
    assert_eq!(standings(&cared(of("2016-11-20"), "2026-11-28"), "2026-12-01"), ["2026-11-20 missed nothing-done"]);
    // In the winter holiday: any day of it, and a week before the birthday where that lies ahead of the holiday.
    for on in ["2027-01-23", "2027-02-28"] {
        assert_eq!(standings(&cared(of("2016-02-10"), on), "2027-03-10"), ["2027-02-10 met"], "{on}");
    }
    assert_eq!(standings(&cared(of("2016-01-25"), "2027-01-18"), "2027-03-10"), ["2027-01-25 met"]);
    assert_eq!(standings(&of("2016-02-10"), "2027-02-28"), ["2027-02-10 open in-time"]);
    assert_eq!(standings(&of("2016-02-10"), "2027-03-01"), ["2027-02-10 missed nothing-done"]);
}

#[test]
fn what_is_not_recorded_of_days_before_the_ledger_is_unknown() {
    let begun = |since: &str| {
        let calendar = CALENDAR.replace("[school]\n", &format!("[school]\nsince = {since}\n"));
        ledger(MONTHLY, "").file("guanai.toml", &calendar)
    };
    assert_eq!(
        standings(&begun("2026-10-20"), "2026-12-05"),
        [
            "2026-09 unknown before-ledger",
            "2026-10 unknown before-ledger",
            "2026-11 missed nothing-done",
            "2026-12 open in-time"
        ]
    );
    assert_eq!(standings(&begun("2026-10-15"), "2026-12-05")[1], "2026-10 missed nothing-done");
    let called = begun("2026-10-20").file(
        "logs/2026-autumn/family-call.csv",
        "id,date,students,staff,minutes,attachments,note,void\nr000000001,2026-09-03,a,,,,,\n",
    );
    assert_eq!(standings(&called, "2026-12-05")[0], "2026-09 met", "an older record is a record");
}
