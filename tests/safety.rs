//! Safety from the shell: a hazard until it is repaired, an incident from the alarm to its review, a night's roll call,
//! a holiday and the swimming season.

mod support;

use serde_json::Value;
use support::School;

fn listed(school: &School, arguments: &[&str]) -> Vec<Value> {
    let out = school.ok(&[&["--format", "json"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"))
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or("")
}

/// Type, owner and due day of what is open.
fn open(school: &School) -> Vec<[String; 3]> {
    let rows = listed(school, &["followup", "list"]);
    let mut found: Vec<[String; 3]> =
        rows.iter().map(|row| ["type", "owner", "due"].map(|key| text(row, key).to_owned())).collect();
    found.sort();
    found
}

fn of(rows: &[[&str; 3]]) -> Vec<[String; 3]> {
    rows.iter().map(|row| row.map(str::to_owned)).collect()
}

#[test]
fn a_hazard_is_whose_repair_it_is_until_the_day_that_was_set() {
    let school = School::with_two_children();
    let patrol = ["log", "add", "patrol", "area=宿舍", "hazard=插座松动", "severity=中度", "--staff", "吴保安"];
    school.ok(&[&patrol[..], &["responsible=后勤处", "deadline=2026-11-27", "--date", "2026-11-20"]].concat());
    school.ok(&["log", "add", "patrol", "area=操场", "hazard=围墙开裂", "--staff", "吴保安", "--date", "2026-11-21"]);
    school.ok(&[
        "log",
        "add",
        "water-check",
        "water=龙潭河",
        "hazard=救生绳丢失",
        "responsible=村委会",
        "--date",
        "2026-11-22",
    ]);
    assert_eq!(
        open(&school),
        of(&[
            ["hazard", "后勤处", "2026-11-27"],
            ["hazard", "吴保安", "2026-12-05"],
            ["hazard", "村委会", "2026-12-06"],
        ])
    );
    let id = listed(&school, &["followup", "list"]);
    let id = id.iter().find(|row| text(row, "owner") == "后勤处").map(|row| text(row, "id")).unwrap();
    school.ok(&["followup", "done", id, "--outcome", "已更换"]);
    assert_eq!(open(&school).len(), 2);
}

#[test]
fn an_incident_is_open_from_the_alarm_until_it_is_reviewed_and_what_it_asked_for_is_done() {
    let school = School::with_two_children();
    let alarm = ["log", "add", "incident", "aaaaaa", "type=受伤", "time=10:05", "found-by=李小红", "place=操场"];
    school.ok(&[&alarm[..], &["problem=摔伤手臂", "action=送镇卫生院", "guardian-told=是", "--staff", "刘老师"]].concat());
    assert_eq!(open(&school), of(&[["incident-review", "刘老师", "2026-12-01"]]));
    let review = ["log", "add", "incident-review", "aaaaaa", "cause=单杠松动", "lesson=器材每月要查"];
    school.ok(&[&review[..], &["measure=加固单杠", "responsible=后勤处", "deadline=2026-11-28"]].concat());
    assert_eq!(open(&school), of(&[["hazard", "后勤处", "2026-11-28"]]));
    // A grave one is a crisis too, and an emergency of the child until that is done.
    school.ok(&[
        "log",
        "add",
        "incident",
        "bbbbbb",
        "type=离家出走",
        "reported-to=青石派出所",
        "--staff",
        "刘老师",
        "--id",
        "run-1",
    ]);
    let types: Vec<String> = open(&school).iter().map(|row| row[0].clone()).collect();
    assert_eq!(types, ["crisis", "hazard", "incident-review"]);
    assert_eq!(text(&listed(&school, &["risk"])[0], "id"), "bbbbbb");
    school.ok(&["log", "void", "run-1", "--reason", "误报"]);
    assert_eq!(open(&school), of(&[["hazard", "后勤处", "2026-11-28"]]));
    assert_eq!(school.run(&["check"]).code, 0);
}

#[test]
fn absent_boarders_are_known_the_same_night() {
    let school = School::with_two_children();
    school.ok(&["student", "set", "aaaaaa", "boarding=是", "guardian.name=李秀英", "guardian.phone=15400001234"]);
    school.ok(&["student", "set", "bbbbbb", "boarding=是"]);
    let nights = |school: &School| -> Vec<(String, String)> {
        let rows = listed(school, &["boarders"]);
        rows.iter().map(|row| (text(row, "id").to_owned(), text(row, "night").to_owned())).collect()
    };
    let of = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(id, night)| ((*id).to_owned(), (*night).to_owned())).collect()
    };
    assert_eq!(nights(&school), of(&[("aaaaaa", "not-called"), ("bbbbbb", "not-called")]));
    let said = school.run(&["boarders", "--fail"]);
    assert!(said.code == 1 && said.out.contains("154******34") && !said.out.contains("15400001234"), "{said:?}");
    let call = ["log", "add", "boarding-check", "class:2023-2", "--absent", "王小明", "type=晚点名", "--id", "call-1"];
    school.ok(&call);
    school.ok(&["log", "add", "attendance", "aaaaaa", "absent=1", "reason=病假"]);
    let rows = listed(&school, &["boarders"]);
    assert_eq!((text(&rows[0], "id"), text(&rows[0], "night"), rows.len()), ("aaaaaa", "absent", 1));
    assert_eq!(rows[0]["away"][0], "logs/2026-autumn/attendance.csv:2");
    assert_eq!(school.ok(&["boarders", "--ids"]), "aaaaaa\n");
    // The child came late: the row says so, and the night before stays as it was.
    school.ok(&["log", "amend", "call-1", "--students", "class:2023-2"]);
    assert_eq!(school.run(&["boarders", "--fail"]).code, 0);
    assert_eq!(nights(&school), of(&[]));
    assert_eq!(school.ok(&["--as-of", "2026-11-23", "boarders", "--ids"]), "aaaaaa\nbbbbbb\n");
}

#[test]
fn a_holiday_has_an_agreement_before_and_calls_during() {
    let school = School::with_two_children();
    let agreement =
        ["log", "add", "holiday-agreement", "aaaaaa", "carer=李秀英", "phone=15400001234", "until=2027-02-28"];
    school.ok(&[&agreement[..], &["--date", "2027-01-20"]].concat());
    let due = listed(&school, &["--as-of", "2027-02-25", "due"]);
    let ends: Vec<&Value> = due.iter().filter(|row| text(row, "sort") == "agreement-ends").collect();
    assert_eq!((ends.len(), text(ends[0], "due")), (1, "2027-02-28"));
    school.ok(&[
        "--as-of",
        "2027-02-10",
        "log",
        "add",
        "holiday-safety",
        "aaaaaa",
        "stays-at=龙潭村",
        "content=不下河",
    ]);
    let rows = listed(&school, &["--as-of", "2027-02-20", "log", "list", "--student", "aaaaaa", "--domain", "safety"]);
    assert_eq!(rows.iter().map(|row| text(row, "kind")).collect::<Vec<_>>(), ["holiday-agreement", "holiday-safety"]);
}

#[test]
fn a_drill_and_the_lessons_count_for_the_measures_that_ask_for_them() {
    let school = School::with_two_children();
    for topic in ["交通", "消防", "防溺水", "用电", "食品", "地震", "校园欺凌", "拐骗"] {
        school.ok(&["log", "add", "safety-lesson", "class:2023-2", &format!("topic={topic}")]);
    }
    let unit = &listed(&school, &["plan", "show", "L3.2"])[0];
    assert_eq!(text(unit, "standing"), "met", "{unit}");
    let drill =
        ["log", "add", "drill", "all", "type=应急疏散", "evacuation-time=2分40秒", "evacuated=118", "expected=120"];
    school.ok(&[&drill[..], &["problem=东侧楼梯口堵", "--staff", "吴保安", "--minutes", "20"]].concat());
    assert_eq!(open(&school), of(&[["hazard", "吴保安", "2026-12-08"]]));
    school.ok(&["log", "add", "escort", "aaaaaa", "escort=青石志愿队", "leg=放学", "handed-to=奶奶"]);
    assert_eq!(school.run(&["check"]).code, 0);
}
