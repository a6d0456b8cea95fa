//! Family and community from the shell: an agreement until it runs out, a wish until it is granted, a meeting's
//! resolution until it is carried out, a volunteer's hours, and what the parents' weekly contact is known to be.

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

#[test]
fn care_that_is_entrusted_in_writing_is_due_before_it_runs_out_and_is_told_to_the_school() {
    let school = School::with_two_children();
    let entrusted =
        ["log", "add", "entrustment-agreement", "aaaaaa", "carer=李秀英", "relation=祖母", "school-told=是"];
    school.ok(&[&entrusted[..], &["until=2026-12-10", "--date", "2026-09-01"]].concat());
    let ends = |day: &str| -> Vec<String> {
        let rows = listed(&school, &["--as-of", day, "due", "--days", "30"]);
        let own = rows.iter().filter(|row| text(row, "sort") == "agreement-ends");
        own.map(|row| text(row, "due").to_owned()).collect()
    };
    assert_eq!((ends("2026-11-01"), ends("2026-11-24")), (vec![], vec!["2026-12-10".to_owned()]));
    // Signed again, it runs longer.
    school.ok(&[&entrusted[..], &["until=2027-08-31", "--date", "2026-11-20"]].concat());
    assert!(ends("2026-11-24").is_empty());
}

#[test]
fn a_wish_is_noted_claimed_and_granted() {
    let school = School::with_two_children();
    school.ok(&["log", "add", "wish", "aaaaaa", "wish=一双球鞋", "--id", "wish-1", "--staff", "刘老师"]);
    school.ok(&["log", "amend", "wish-1", "claimed-by=青石商会"]);
    let open = listed(&school, &["followup", "list"]);
    assert_eq!(["type", "what", "due"].map(|key| text(&open[0], key)), ["wish", "一双球鞋", "2026-12-24"]);
    school.ok(&["followup", "done", text(&open[0], "id"), "--outcome", "已送到", "--date", "2026-11-24"]);
    let unit = &listed(&school, &["plan", "show", "F4.5"])[0];
    assert_eq!(text(unit, "standing"), "met", "{unit}");
}

#[test]
fn what_a_meeting_resolved_is_open_with_whoever_is_to_do_it() {
    let school = School::with_two_children();
    let meeting =
        ["log", "add", "joint-meeting", "organisation=龙潭村委会", "agenda=放学路队", "resolution=村口设护学岗"];
    school.ok(&[&meeting[..], &["responsible=村主任", "deadline=2026-12-05", "--staff", "刘老师"]].concat());
    let guardians =
        ["log", "add", "guardian-meeting", "topic=期中", "present=78", "expected=102", "opinion=周末开放图书室"];
    school.ok(&[&guardians[..], &["--staff", "刘老师"]].concat());
    let mut open: Vec<[String; 3]> = listed(&school, &["followup", "list"])
        .iter()
        .map(|row| ["what", "owner", "due"].map(|key| text(row, key).to_owned()))
        .collect();
    open.sort();
    assert_eq!(open[0].each_ref().map(String::as_str), ["周末开放图书室", "刘老师", "2026-12-24"]);
    assert_eq!(open[1].each_ref().map(String::as_str), ["村口设护学岗", "村主任", "2026-12-05"]);
}

#[test]
fn a_visit_says_what_it_found_and_a_call_who_how_long_and_in_what_mood() {
    let school = School::with_two_children();
    let visit =
        ["log", "add", "home-visit", "aaaaaa", "met=奶奶", "environment=差", "problem=没有书桌", "advice=晚上九点睡"];
    school.ok(&[&visit[..], &["--staff", "刘老师", "--minutes", "40"]].concat());
    school.ok(&[
        "log",
        "add",
        "family-call",
        "aaaaaa",
        "with=妈妈",
        "way=视频",
        "mood=低落",
        "place=亲情角",
        "--minutes",
        "15",
    ]);
    assert_eq!(text(&listed(&school, &["followup", "list"])[0], "what"), "没有书桌");
    let rows = listed(&school, &["log", "list", "family-call"]);
    let row = rows[0].to_string();
    assert!(row.contains("15") && row.contains("mother") || row.contains("母亲"), "{row}");
}

#[test]
fn weekly_contact_is_counted_from_what_is_recorded_and_unknown_where_nobody_asked() {
    let school = School::with_two_children();
    let settings = school.read("guanai.toml").replace("since = 2026-11-24", "since = 2026-09-01");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    for child in ["aaaaaa", "bbbbbb"] {
        school.ok(&["student", "set", child, "parent.father.name=王大山", "parent.mother.name=张梅", "hukou=农业"]);
        school.ok(&["student", "away", child, "父亲", "--from", "2025-02"]);
        school.ok(&["student", "away", child, "母亲", "--from", "2025-02"]);
    }
    for week in ["2026-11-06", "2026-11-13", "2026-11-20"] {
        school.ok(&["log", "add", "weekly-contact", "aaaaaa", "happened=否", "--date", week]);
    }
    let indicator = |child: &str| -> String {
        let rows = listed(&school, &["risk", "explain", child]);
        let own = rows.iter().find(|row| row.to_string().contains("no-weekly-contact-2"));
        own.map_or_else(String::new, |row| row.to_string())
    };
    assert!(indicator("aaaaaa").contains("\"standing\":\"fired\""), "{}", indicator("aaaaaa"));
    assert!(indicator("bbbbbb").contains("\"standing\":\"unknown\""), "{}", indicator("bbbbbb"));
    // Twelve weeks are over, of two children: three of one are known.
    let report: Value = serde_json::from_str(&school.ok(&["--format", "json", "report", "term"])).unwrap();
    let blocks = report["blocks"].as_array().unwrap();
    let care = blocks.iter().find(|block| block["key"] == "care").unwrap()["rows"].as_array().unwrap();
    let weeks = |figure: &str| care.iter().find(|row| row["figure"] == figure).unwrap()["value"].as_i64().unwrap();
    assert_eq!(["yes", "no", "unknown"].map(|said| weeks(&format!("weekly-contact-{said}"))), [0, 3, 21]);
}

#[test]
fn the_hours_of_volunteers_are_added_by_name_and_by_organisation() {
    let school = School::with_two_children();
    school.ok(&["resource", "add", "volunteer", "青石志愿队", "--contact", "安文静", "--offers", "周末陪伴"]);
    let service = ["log", "add", "volunteer-service", "topic=陪伴", "organisation=青石志愿队", "--minutes", "90"];
    school.ok(&[&service[..], &["volunteers=安文静、何小雨", "headcount=3", "--date", "2026-10-10"]].concat());
    school.ok(&[&service[..], &["volunteers=安文静", "--date", "2026-10-17"]].concat());
    let hours = |more: &[&str]| -> Vec<(String, i64, f64)> {
        let rows = listed(&school, &[&["resource", "hours"], more].concat());
        let of = |row: &Value| {
            (text(row, "name").to_owned(), row["minutes"].as_i64().unwrap(), row["hours"].as_f64().unwrap())
        };
        rows.iter().map(of).collect()
    };
    let of = |name: &str, minutes: i64| (name.to_owned(), minutes, minutes as f64 / 60.0);
    assert_eq!(hours(&[]), [of("", 90), of("何小雨", 90), of("安文静", 180)]);
    assert_eq!(hours(&["--organisations"]), [of("青石志愿队", 360)]);
    school.ok(&[
        "log",
        "add",
        "project",
        "name=亲情连线室",
        "organisation=青石志愿队",
        "phase=进行中",
        "beneficiaries=40",
    ]);
    school.ok(&["log", "add", "publicity", "platform=县电视台", "title=山里的亲情电话", "topic=家校社"]);
    assert_eq!(school.run(&["check"]).code, 0);
}
