//! A child's health from the examination to the follow-up, from the shell.

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

/// What is open of a child's health.
fn open(school: &School) -> Vec<String> {
    let rows = listed(school, &["followup", "list"]);
    let mut what: Vec<String> =
        rows.iter().filter(|row| text(row, "type") == "health").map(|row| text(row, "what").to_owned()).collect();
    what.sort();
    what
}

#[test]
fn an_examination_opens_what_it_found_with_value_bound_and_source() {
    let school = School::with_two_children();
    school.ok(&["student", "set", "aaaaaa", "born=2018-10-12", "gender=男"]);
    let exam =
        ["log", "add", "health-exam", "aaaaaa", "height=130", "weight=33", "vision-left=4.8", "vision-right=5.0"];
    school.ok(&[&exam[..], &["--date", "2026-10-12", "--id", "exam-1", "--staff", "田玉兰"]].concat());
    assert_eq!(
        open(&school),
        [
            "视力不良: 4.8 / 5.0 < 5.0 (GB 11533-2011 五分记录，裸眼视力低于 5.0)",
            "超重: BMI 19.5 ≥ 17.8 (WS/T 586-2018)",
        ]
    );
    let rows = listed(&school, &["health", "aaaaaa"]);
    let said: Vec<[&str; 4]> =
        rows.iter().map(|row| ["finding", "value", "bound", "source"].map(|key| text(row, key))).collect();
    assert_eq!(said[0], ["overweight", "BMI 19.5", "≥ 17.8", "WS/T 586-2018"]);
    assert_eq!(said[1][..3], ["poor-eyesight", "4.8 / 5.0", "< 5.0"]);
    assert_eq!(rows[0]["file"][0], "logs/2026-autumn/health-exam.csv:2");
    // The weight was a slip of the pen: what it found is given up, and comes back with the next slip.
    school.ok(&["log", "amend", "exam-1", "weight=28"]);
    assert_eq!(open(&school).len(), 1);
    school.ok(&["log", "amend", "exam-1", "weight=35"]);
    assert_eq!(open(&school)[0], "肥胖: BMI 20.7 ≥ 19.7 (WS/T 586-2018)");
    // What a person gave up stays so while the numbers do.
    let rows = listed(&school, &["followup", "list"]);
    let id = rows.iter().find(|row| text(row, "what").starts_with("肥胖")).map(|row| text(row, "id")).unwrap();
    school.ok(&["followup", "cancel", id, "--reason", "县医院复查正常"]);
    school.ok(&["log", "amend", "exam-1", "--note", "复查"]);
    assert_eq!(open(&school).len(), 1);
    school.ok(&["log", "void", "exam-1", "--reason", "记错了人"]);
    assert_eq!(open(&school), Vec::<String>::new());
    assert_eq!(school.run(&["check"]).code, 0);
}

#[test]
fn who_is_not_known_is_never_normal_and_who_was_not_examined_is_named() {
    let school = School::with_two_children();
    let exam = ["log", "add", "health-exam", "aaaaaa", "--date", "2026-10-12"];
    school.ok(&[&exam[..], &["height=130", "weight=33", "vision-left=0.8"]].concat());
    let rows = listed(&school, &["health"]);
    let said: Vec<[&str; 4]> =
        rows.iter().map(|row| ["id", "measure", "finding", "why"].map(|key| text(row, key))).collect();
    assert_eq!(
        said,
        [["aaaaaa", "body", "", "sex"], ["aaaaaa", "eyesight", "", "implausible"], ["bbbbbb", "", "", "not-examined"],]
    );
    assert!(rows.iter().all(|row| row["finding"].is_null()), "{rows:#?}");
    assert_eq!(open(&school), Vec::<String>::new());
    // Settled by the record, with the same numbers.
    school.ok(&["student", "set", "aaaaaa", "born=2018-10-12", "gender=女"]);
    assert_eq!(text(&listed(&school, &["health", "--found"])[0], "finding"), "obesity");
    // An examination of last year is none of this year.
    let later = listed(&school, &["--as-of", "2027-11-01", "health", "aaaaaa"]);
    assert_eq!(text(&later[0], "why"), "not-examined");
}

#[test]
fn a_spreadsheet_of_examinations_opens_follow_ups_as_the_command_does() {
    let school = School::with_two_children();
    school.ok(&["student", "set", "bbbbbb", "born=2018-10-12", "gender=女"]);
    let rows = "日期,姓名,身高,体重,左眼视力,右眼视力,结论\n2026-10-12,李小红,125,20,5.1,5.1,正常\n";
    std::fs::write(school.path("exam.csv"), rows).unwrap();
    school.ok(&["import", "log", "health-exam", "exam.csv"]);
    assert_eq!(open(&school), ["中重度消瘦: BMI 12.8 ≤ 13.1 (WS/T 456-2014)"]);
    school.ok(&["import", "log", "health-exam", "exam.csv"]);
    assert_eq!(open(&school).len(), 1);
}

#[test]
fn illness_allergy_medicine_meals_and_vaccination_are_kept_and_what_is_grave_is_followed_up() {
    let school = School::with_two_children();
    school.ok(&["log", "add", "illness", "aaaaaa", "condition=水痘", "infectious=是", "back=2026-11-20"]);
    school.ok(&["log", "add", "allergy", "aaaaaa", "allergen=花生", "severity=严重", "canteen-told=是"]);
    school.ok(&["log", "add", "allergy", "bbbbbb", "allergen=芒果", "severity=轻微"]);
    school.ok(&["log", "add", "medication", "aaaaaa", "medicine=布洛芬", "dose=5ml", "consent=是", "given-by=田玉兰"]);
    school.ok(&["log", "add", "meal", "aaaaaa", "meal=午餐", "eaten=差", "problem=三天没吃菜"]);
    school.ok(&["log", "add", "vaccination", "bbbbbb", "vaccine=麻腮风", "status=漏种"]);
    let rows = listed(&school, &["followup", "list"]);
    let mut said: Vec<[&str; 3]> =
        rows.iter().map(|row| ["student", "type", "what"].map(|key| text(row, key))).collect();
    said.sort_unstable();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said.iter().any(|one| one[1..] == ["health", "严重"]), "{said:?}");
    assert!(said.iter().any(|one| one[1..] == ["difficulty", "三天没吃菜"]), "{said:?}");
    assert!(said.iter().any(|one| one[1..] == ["health", "漏种"]), "{said:?}");
    assert_eq!(school.run(&["check"]).code, 0);
}
