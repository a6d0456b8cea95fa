//! The report of the mental health plan and a child's own file: the numbers, what they never give away, and every measure
//! of the plan from the shell.

mod support;

use serde_json::Value;
use support::{DAY, School};

fn form(name: &str) -> String {
    format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The whole school of the enrolment export, with one class's screening in October.
fn screened() -> School {
    let school = School::new();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    school.ok(&["--as-of", "2026-09-10", "import", "census", &form("02-enrolment-export.xlsx"), "-q"]);
    school.ok(&["screen", "import", &form("40-mht.csv"), "--scale", "mht", "-q"]);
    school
}

fn report(school: &School, day: &str) -> Value {
    let text = school.ok(&["--as-of", day, "report", "mind", "--format", "json"]);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rows<'a>(report: &'a Value, key: &str) -> &'a Vec<Value> {
    let blocks = report["blocks"].as_array().expect("a report has blocks");
    let block = blocks.iter().find(|block| block["key"] == key).unwrap_or_else(|| panic!("no block {key}: {report}"));
    block["rows"].as_array().unwrap()
}

fn row<'a>(report: &'a Value, key: &str, column: &str, value: &str) -> &'a Value {
    rows(report, key).iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no {value}: {report}"))
}

fn mht(yes: usize) -> String {
    format!("{}{}", "1".repeat(yes), "0".repeat(100 - yes))
}

#[test]
fn the_report_reads_as_it_should() {
    let school = screened();
    school.ok(&[
        "log",
        "add",
        "counselling",
        "曹天石",
        "form=face",
        "topic=家庭",
        "content=想爸爸",
        "--date",
        "2026-10-20",
    ]);
    school.ok(&["log", "add", "group-counselling", "theme=友谊", "participants=30", "--date", "2026-10-21"]);
    school.ok(&["log", "add", "letterbox", "letters=5", "replies=4", "referrals=1", "--date", "2026-10-22"]);
    school.ok(&["log", "add", "referral", "曹天石", "to=县妇幼保健院", "--date", "2026-10-23"]);
    let shown = school.ok(&["report", "mind"]);
    assert_eq!(shown, include_str!("snapshots/report-mind.txt"), "{shown}");
}

#[test]
fn the_report_names_nobody_and_quotes_nothing_in_any_format() {
    let school = screened();
    school.ok(&[
        "log",
        "add",
        "counselling",
        "曹天石",
        "form=face",
        "content=想念父亲",
        "outcome=refer",
        "--date",
        "2026-10-20",
    ]);
    school.ok(&["log", "add", "crisis", "吕鹏静", "type=self-harm", "description=手臂有伤", "--date", "2026-10-20"]);
    let listed: Value = serde_json::from_str(&school.ok(&["student", "list", "--all", "--format", "json"])).unwrap();
    let mut private = vec!["想念父亲".to_owned(), "手臂有伤".to_owned(), "self-harm".to_owned()];
    for student in listed.as_array().unwrap() {
        private.push(student["id"].as_str().unwrap().to_owned());
        private.extend(student["name"].as_str().filter(|name| name.chars().count() > 2).map(str::to_owned));
    }
    assert!(private.len() > 400);
    for format in ["text", "md", "html", "json"] {
        let report = school.ok(&["report", "mind", "--format", format]);
        for one in &private {
            assert!(!report.contains(one.as_str()), "{format} has {one}");
        }
        assert!(report.contains("不是诊断"), "{format}");
    }
    for (name, magic) in
        [("a.docx", &b"PK"[..]), ("a.xlsx", b"PK"), ("a.html", b"<!"), ("a.md", b"#"), ("a.json", b"{")]
    {
        school.ok(&["report", "mind", "--out", name]);
        assert!(std::fs::read(school.path(name)).unwrap().starts_with(magic), "{name}");
    }
}

#[test]
fn no_group_under_five_can_be_had_from_the_sums() {
    let school = screened();
    let report = report(&school, DAY);
    let total = row(&report, "bands", "scale", "mht");
    assert_eq!(total["screened"], 24);
    let columns = ["normal", "watch", "high", "no-result"];
    let hidden = |row: &Value| columns.iter().filter(|column| row[**column].is_string()).count();
    // One child is watched, four have no result: with one of the two alone the sum would tell the other.
    assert!(total["watch"].is_string() && total["no-result"].is_string());
    for row in rows(&report, "grades").iter().chain([total]) {
        for column in columns.into_iter().chain(["screened"]) {
            assert!(!(1..5).any(|small| row[column] == small), "{row}");
        }
        assert_ne!(hidden(row), 1, "{row}");
    }
    for column in columns {
        let of_grades = rows(&report, "grades").iter().filter(|row| row[column].is_string()).count();
        assert!(of_grades != 1 || total[column].is_string(), "{column}");
    }
    // The numbers of other parts do not undo it: the follow-ups and the times of a confidential kind would.
    school.ok(&["log", "add", "counselling", "曹天石", "--date", "2026-10-20"]);
    let again = self::report(&school, DAY);
    assert_eq!(row(&again, "work", "kind", "counselling")["times"], "不足5");
    assert!(rows(&again, "work").iter().all(|row| row["kind"] != "screening"));
}

#[test]
fn a_term_stands_beside_the_one_before_and_a_later_screening_takes_the_place_of_an_earlier_one() {
    let school = screened();
    // The same class in spring: a grade lower, so that the fourth grade of autumn was outside the scale's grades.
    let spring = std::fs::read_to_string(form("40-mht.csv")).unwrap().replace("2026-10-12", "2027-04-12");
    let spring = spring.lines().enumerate().map(|(at, line)| match at {
        0 => line.to_owned(),
        _ => {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},{}", cells[..3].join(","), ["0"; 100].join(","))
        }
    });
    std::fs::write(school.path("spring.csv"), spring.collect::<Vec<_>>().join("\n")).unwrap();
    school.ok(&["--as-of", "2027-05-01", "screen", "import", "spring.csv", "--scale", "mht", "-q"]);
    let found = report(&school, "2027-05-01");
    let of_term = |term: &str| rows(&found, "bands").iter().find(|row| row["term"] == term).unwrap().clone();
    assert_eq!((&of_term("2027-spring")["normal"], &of_term("2027-spring")["watch"]), (&24.into(), &0.into()));
    assert_eq!(of_term("change")["screened"], "0");
    // What is hidden has no change that would tell it.
    assert!(of_term("change")["watch"].is_null());
    // Screened again in the same term, the child counts once.
    school.ok(&["--as-of", "2027-05-01", "screen", "add", "曹天石", "--scale", "mht", "--answers", &mht(1)]);
    assert_eq!(rows(&report(&school, "2027-05-02"), "bands")[0]["screened"], 24);
    // As of a day before, nothing of it was known.
    assert_eq!(
        rows(&report(&school, "2027-04-11"), "bands").iter().filter(|row| row["term"] == "2027-spring").count(),
        0
    );
}

#[test]
fn referrals_are_counted_as_made_answered_open_and_to_be_made() {
    let school = screened();
    let referrals = |day: &str| {
        let found = report(&school, day);
        let row = &rows(&found, "referrals")[0];
        ["made", "answered", "open", "waiting"].map(|column| row[column].as_u64().unwrap())
    };
    assert_eq!(referrals(DAY), [0, 0, 0, 0]);
    school.ok(&["log", "add", "counselling", "曹天石", "outcome=refer", "--date", "2026-10-20"]);
    assert_eq!(referrals(DAY), [0, 0, 0, 1]);
    school.ok(&["log", "add", "referral", "曹天石", "to=县医院", "--date", "2026-10-21", "--id", "r1"]);
    school.ok(&["log", "add", "referral", "吕鹏静", "to=县医院", "answer=已接诊", "--date", "2026-10-22"]);
    school.ok(&["log", "add", "referral", "周芳", "to=县医院", "--date", "2026-10-23", "--id", "r3"]);
    assert_eq!(referrals(DAY), [3, 1, 2, 0]);
    school.ok(&["log", "amend", "r1", "answer=已评估"]);
    let waits: Value =
        serde_json::from_str(&school.ok(&["followup", "list", "--type", "referral-answer", "--format", "json"]))
            .unwrap();
    assert_eq!(waits.as_array().unwrap().len(), 1);
    school.ok(&["followup", "done", waits[0]["id"].as_str().unwrap(), "--outcome", "电话回复"]);
    assert_eq!(referrals(DAY), [3, 3, 0, 0]);
    // On the day before the answers came they had not come.
    assert_eq!(referrals("2026-11-23"), [3, 1, 2, 0]);
}

#[test]
fn what_cannot_be_read_is_counted_apart_and_in_no_other_number() {
    let school = screened();
    let path = "logs/2026-autumn/screening.csv";
    let log = school.read(path);
    let sealed: Vec<String> = log
        .lines()
        .map(|line| if line.contains(",watch") { "zzzzzzzzzz,2026-10-12,,,,,,,mht,,,,,".into() } else { line.into() })
        .collect();
    std::fs::write(school.path(path), sealed.join("\n") + "\n").unwrap();
    let text = school.ok(&["report", "mind"]);
    assert!(text.contains("另有 1 条筛查记录读不出来"), "{text}");
    assert_eq!(row(&report(&school, DAY), "bands", "scale", "mht")["screened"], 23);
    let own = school.ok(&["report", "mind", "--student", "曹天石"]);
    assert!(own.contains("另有 1 条“心理筛查”记录读不出来"), "{own}");
    let said = school.run(&["screen", "list", "--format", "csv"]);
    assert!(said.err.contains("另有 1 条筛查记录读不出来"), "{}", said.err);
    // Whether a row of that day is there already cannot be known, so that nothing is added twice.
    let said = school.run(&["screen", "import", &form("40-mht.csv"), "--scale", "mht"]);
    assert!(said.code == 3 && said.err.contains("读不出来"), "{said:?}");
}

#[test]
fn a_childs_own_file_has_its_course_and_nothing_of_another_child() {
    let school = screened();
    school.ok(&["screen", "add", "曹天石", "--scale", "mht", "--answers", &mht(20), "--date", "2026-11-20"]);
    school.ok(&["log", "add", "counselling", "曹天石", "form=face", "content=想念父亲", "--date", "2026-10-20"]);
    school.ok(&["log", "add", "counselling", "吕鹏静", "form=face", "content=怕考试", "--date", "2026-10-20"]);
    school.ok(&["log", "add", "behaviour-note", "曹天石", "behaviour=愿意发言", "--date", "2026-11-10"]);
    school.ok(&["pair", "add", "proxy-parent", "曹天石", "刘老师", "--from", "2026-10-25"]);
    let own = school.ok(&["report", "mind", "--student", "曹天石", "--format", "md"]);
    for word in ["2026-10-12", "2026-11-20", "想念父亲", "愿意发言", "刘老师", "代理家长", "不是诊断", "历次总分"]
    {
        assert!(own.contains(word), "{word}: {own}");
    }
    assert!(!own.contains("怕考试") && !own.contains("吕鹏静"), "{own}");
    let json: Value =
        serde_json::from_str(&school.ok(&["report", "mind", "--student", "曹天石", "--format", "json"])).unwrap();
    let course = json["blocks"].as_array().unwrap().iter().find(|block| block["key"] == "course-mht").unwrap();
    assert!(course.to_string().contains("64") && course.to_string().contains("20"), "{course}");
    let out = ["report", "mind", "--student", "曹天石", "--out", "a.docx"];
    let bare = school.run(&out);
    assert_eq!((bare.code, school.path("a.docx").exists()), (2, false), "{}", bare.err);
    school.ok(&[&out[..], &["--to", "心理教师", "--reason", "转介"]].concat());
    assert!(school.read("registers/disclosures.csv").contains(",心理教师,转介,1"));
    assert_eq!(school.run(&["report", "mind", "--student", "曹天石", "--term", "2026-autumn"]).code, 2);
    assert_eq!(school.run(&["report", "mind", "--student", "nobody"]).code, 2);
}

/// Two left-behind children of grade four, one of them watched.
fn two_children() -> School {
    let school = School::with_two_children();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    for id in ["aaaaaa", "bbbbbb"] {
        school.ok(&["student", "set", id, "born=2017-03-06"]);
        for parent in ["father", "mother"] {
            school.ok(&["student", "away", id, parent, "--from", "2025-02-01"]);
        }
    }
    school.ok(&["--as-of", "2026-09-10", "risk", "set", "aaaaaa", "medium", "--reason", "班主任判断"]);
    school
}

#[test]
fn the_counsellors_term_is_recorded_with_ordinary_commands_and_the_plan_sees_it() {
    let school = two_children();
    let standing = |code: &str, subject: Option<&str>| {
        let units: Value =
            serde_json::from_str(&school.ok(&["plan", "show", code, "--term", "2026-autumn", "--format", "json"]))
                .unwrap();
        let of = |unit: &&Value| subject.is_none_or(|subject| unit["subject"] == subject);
        let found: Vec<String> = units
            .as_array()
            .unwrap()
            .iter()
            .filter(of)
            .map(|unit| unit["standing"].as_str().unwrap().to_owned())
            .collect();
        found
    };
    // Screening: the child who was screened is, the other is not yet.
    school.ok(&["screen", "add", "aaaaaa", "--scale", "mht", "--answers", &mht(10), "--date", "2026-10-12"]);
    assert_eq!(
        (standing("M1.1", Some("aaaaaa")), standing("M1.1", Some("bbbbbb"))),
        (vec!["met".into()], vec!["open".into()])
    );
    // The file of a watched child asks for more than a screening.
    assert_ne!(standing("M1.2", Some("aaaaaa")), ["met"]);
    school.ok(&["log", "add", "behaviour-note", "王小明", "behaviour=愿意发言", "--date", "2026-11-10"]);
    assert_eq!(standing("M1.2", Some("aaaaaa")), ["met"]);
    // Five themes, in the words of the plan.
    for (at, theme) in ["认识自我", "情绪", "友谊", "榜样", "感恩"].into_iter().enumerate() {
        assert_eq!(standing("M3.1", None), ["open"], "{theme}");
        let day = format!("2026-10-{}", 12 + at);
        school.ok(&["log", "add", "group-counselling", &format!("theme={theme}"), "participants=20", "--date", &day]);
    }
    assert_eq!(standing("M3.1", None), ["met"]);
    // The room is open three times a week, and what it was for is counted.
    for slot in ["周一", "周三", "周五"] {
        school.ok(&["log", "add", "counselling-hours", &format!("slot={slot}"), "visits=2", "--date", "2026-11-18"]);
    }
    assert!(standing("M2.2", None).contains(&"met".to_owned()));
    // A letter that needs more opens a referral; who wrote it may be unknown, so that a person closes it.
    school.ok(&["log", "add", "letterbox", "letters=6", "replies=5", "referrals=1", "--date", "2026-11-10"]);
    school.ok(&["log", "add", "letterbox", "王小明", "letters=1", "replies=1", "referrals=1", "--date", "2026-11-11"]);
    school.ok(&["log", "add", "referral", "王小明", "to=县妇幼保健院", "answer=已接诊", "--date", "2026-11-12"]);
    let waits: Value =
        serde_json::from_str(&school.ok(&["followup", "list", "--type", "referral", "--format", "json"])).unwrap();
    assert_eq!((waits.as_array().unwrap().len(), &waits[0]["student"]), (1, &Value::Null));
    school.ok(&["followup", "done", waits[0]["id"].as_str().unwrap(), "--outcome", "已找到来信的学生"]);
    assert!(standing("M2.4", None).iter().all(|standing| standing == "met"), "{:?}", standing("M2.4", None));
    // A proxy parent who talks with the child every two weeks, and a mentor.
    school.ok(&["pair", "add", "proxy-parent", "王小明", "刘老师", "--from", "2026-11-01"]);
    school.ok(&["pair", "add", "life-mentor", "王小明", "何老师", "--from", "2026-11-01"]);
    for day in ["2026-11-05", "2026-11-18"] {
        school.ok(&["log", "add", "care-talk", "王小明", "topic=学习", "--date", day]);
    }
    assert_eq!(standing("M4.2", Some("aaaaaa")), ["met"]);
}

#[test]
fn a_case_is_discussed_without_identity() {
    let school = two_children();
    let said = school.run(&["log", "add", "case-discussion", "王小明", "conclusion=继续观察"]);
    assert!(said.code == 2 && said.err.contains("不写学生身份"), "{said:?}");
    let good = school.run(&[
        "log",
        "add",
        "case-discussion",
        "conclusion=一名四年级学生，继续观察",
        "expert=否",
        "--id",
        "c1",
    ]);
    assert!(good.code == 0 && !good.err.contains("身份"), "{good:?}");
    assert!(!school.run(&["check", "--format", "csv"]).out.contains("check-identity"));
    let named = school.run(&["log", "add", "case-discussion", "conclusion=李小红近来沉默", "--id", "c2"]);
    assert!(named.code == 0 && named.err.contains("李小红"), "{named:?}");
    assert!(school.run(&["check", "--format", "csv"]).out.contains("check-identity"));
    school.ok(&["log", "amend", "c2", "conclusion=一名学生近来沉默"]);
    assert!(!school.run(&["check", "--format", "csv"]).out.contains("check-identity"));
}
