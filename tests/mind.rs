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
    school.ok(&["report", "mind", "--student", "曹天石", "--out", "a.docx"]);
    assert_eq!(school.run(&["report", "mind", "--student", "曹天石", "--term", "2026-autumn"]).code, 2);
    assert_eq!(school.run(&["report", "mind", "--student", "nobody"]).code, 2);
}
