//! Spreadsheets from the shell: all or nothing, the same again is nothing, a next census deletes nobody.

mod support;

use support::{Said, School};

fn form(name: &str) -> String {
    format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn census(school: &School, name: &str, more: &[&str]) -> Said {
    let file = form(name);
    school.run(&[&["--as-of", "2026-09-10", "import", "census", &file], more].concat())
}

fn count(school: &School) -> usize {
    std::fs::read_dir(school.path("students")).map_or(0, |entries| entries.flatten().count())
}

#[test]
fn every_form_that_is_right_comes_in_and_the_same_form_again_changes_nothing() {
    for (name, children) in [
        ("01-civil-affairs.xlsx", 60),
        ("02-enrolment-export.xlsx", 294),
        ("03-roster-gb18030.csv", 45),
        ("05-tabs.xls", 20),
        ("06-sheet-per-class.xlsx", 95),
        ("07-roster.ods", 30),
        ("08-hostile.csv", 10),
        ("10-same-name.csv", 2),
    ] {
        let school = School::new();
        let first = census(&school, name, &[]);
        assert_eq!((first.code, count(&school)), (0, children), "{name}: {}", first.err);
        let before = school.files();
        let again = census(&school, name, &[]);
        assert_eq!(again.code, 0, "{name}: {}", again.err);
        assert_eq!(school.files(), before, "{name} again changed the ledger");
        assert_eq!(school.run(&["check"]).code, 0, "{name}");
        school.ok(&["undo"]);
        assert_eq!(count(&school), 0, "{name} was not taken back whole");
    }
}

#[test]
fn one_wrong_row_and_nothing_comes_in_unless_the_good_rows_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("12-faults.csv");
    std::fs::copy(form("12-faults.csv"), &file).unwrap();
    let file = file.to_string_lossy().into_owned();
    let school = School::new();
    let before = school.files();
    let refused = school.run(&["--as-of", "2026-09-10", "import", "census", &file]);
    assert_eq!(refused.code, 3);
    for row in [4, 6, 8, 10, 12, 14, 16, 18, 20] {
        assert!(refused.err.contains(&format!("第 {row} 行")), "row {row} is not named: {}", refused.err);
    }
    assert!(!refused.err.contains("529906201906091651"), "a whole id number was printed");
    assert_eq!(school.files(), before);
    let taken = school.run(&["--as-of", "2026-09-10", "import", "census", &file, "--accept-good"]);
    assert_eq!((taken.code, count(&school)), (0, 11), "{}", taken.err);
    let rejects = folder.path().join("12-faults.rejects.xlsx");
    let again = school.run(&["--as-of", "2026-09-10", "import", "census", &rejects.to_string_lossy()]);
    assert_eq!(again.code, 3, "the rejects were mended by themselves: {}", again.err);
    assert_eq!(again.err.lines().filter(|line| line.contains("行")).count() / 9, 1, "{}", again.err);
}

#[test]
fn a_dry_run_shows_each_field_and_writes_nothing() {
    let school = School::new();
    let before = school.files();
    let said = census(&school, "01-civil-affairs.xlsx", &["--dry-run", "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(school.files(), before);
    let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let rows = rows.as_array().unwrap();
    let of_first: Vec<&str> =
        rows.iter().filter(|row| row["row"] == 6).map(|row| row["field"].as_str().unwrap()).collect();
    for field in ["name", "gender", "born", "national_id", "parent.0.away.0.place", "guardian.0.ability"] {
        assert!(of_first.contains(&field), "{field} is not shown: {of_first:?}");
    }
    assert!(!said.out.contains("529903202005175058"), "a whole id number was printed");
}

#[test]
fn the_next_census_shows_who_came_changed_and_is_gone_and_deletes_nobody() {
    let school = School::new();
    census(&school, "01-civil-affairs.xlsx", &[]);
    let said = census(&school, "09-next-term.xlsx", &["--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let names = |verdict: &str| {
        let mut names: Vec<String> = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["verdict"] == verdict)
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(names("gone"), ["侯浩辉", "易怡子", "范梓山"]);
    assert_eq!(names("added"), ["何英", "张慧", "曹天石", "许子佳", "郝兰玲"]);
    let changed = rows.as_array().unwrap().iter().any(|row| {
        row["name"] == "姚芳丽" && row["field"] == "address" && row["from"] == "大坝村2组" && row["to"] == "龙潭村99组"
    });
    assert!(changed, "{}", said.out);
    assert_eq!(count(&school), 65);
}

#[test]
fn a_file_that_is_no_census_is_refused_with_the_reason() {
    for (name, word) in [
        ("11-empty.csv", "空"),
        ("11-header-only.csv", "表头"),
        ("11-no-name-column.csv", "姓名"),
        ("11-not-a-workbook.xlsx", "表格文件"),
        ("11-password.xlsx", "密码"),
    ] {
        let school = School::new();
        let before = school.files();
        let said = census(&school, name, &[]);
        assert_eq!((said.code, said.out.as_str()), (3, ""), "{name}");
        assert!(said.err.contains(word) && said.err.contains(name), "{name}: {}", said.err);
        assert_eq!(school.files(), before);
    }
    let school = School::new();
    census(&school, "10-same-name.csv", &[]);
    let said = census(&school, "10-same-name-no-number.csv", &[]);
    assert_eq!(said.code, 3);
    assert!(said.err.matches("易怡子 (").count() == 2 && said.err.contains("第 2 行"), "{}", said.err);
}

#[test]
fn visits_in_a_spreadsheet_become_activities_once() {
    let school = School::new();
    census(&school, "02-enrolment-export.xlsx", &[]);
    let file = school.path("visits.csv");
    let rows = "家访日期,学生,班级,家访教师,见到谁,居住环境,发现问题,建议,天气\n\
        2026.9.6,孙佳涵,二年级1班,刘老师,奶奶,一般,,多通电话,晴\n\
        20261001,江芳静、唐鹏成,,刘老师,监护人,一般,作业无人辅导,多通电话,\n";
    std::fs::write(&file, rows).unwrap();
    let import = ["--as-of", "2026-12-10", "import", "log", "home-visit", "visits.csv"];
    assert_eq!(school.ok(&import).lines().count(), 2);
    let log = school.read("logs/2026-autumn/home-visit.csv");
    assert!(
        log.contains("2026-09-06") && log.contains("天气: 晴") && log.contains(",guardian,fair,作业无人辅导,"),
        "{log}"
    );
    assert_eq!(school.ok(&["followup", "list", "--all", "--format", "jsonl"]).lines().count(), 2);
    let before = school.files();
    assert_eq!(school.ok(&import), "");
    assert_eq!(school.files(), before);
    // A child whom nobody knows, a day that does not exist, a choice that there is not: all named, nothing written.
    let wrong = "家访日期,学生,见到谁\n2026-02-30,孙佳涵,奶奶\n2026-10-05,无此人,奶奶\n2026-10-05,孙佳涵,隔壁\n";
    std::fs::write(school.path("wrong.csv"), wrong).unwrap();
    let said = school.run(&["import", "log", "home-visit", "wrong.csv"]);
    assert_eq!(said.code, 3);
    for row in ["第 2 行", "第 3 行", "第 4 行"] {
        assert!(said.err.contains(row), "{}", said.err);
    }
    std::fs::remove_file(school.path("wrong.csv")).unwrap();
    assert_eq!(school.files(), before);
}

#[test]
fn a_file_that_is_not_there_is_a_slip_of_the_command_and_said_in_words() {
    let school = School::new();
    let said = school.run(&["import", "census", "名册.xlsx"]);
    assert_eq!((said.code, said.err.as_str()), (2, "没有文件 \"名册.xlsx\"\n    核对文件名和所在文件夹\n"));
    let said = school.run(&["--lang", "en", "risk", "--level", "bad"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("none, watch, medium, high"), "{}", said.err);
}

#[test]
fn a_place_in_english_has_its_spaces() {
    let school = School::new();
    let said = census(&school, "04-rounded-ids.xls", &["--lang", "en"]);
    assert!(
        said.err.starts_with("04-rounded-ids.xls, sheet \"留守儿童\", row 6, column \"身份证号\": "),
        "{}",
        said.err
    );
}

#[test]
fn a_person_says_whom_a_row_means_and_it_is_remembered() {
    let school = School::new();
    census(&school, "10-same-name.csv", &["--accept-good"]);
    let both: Vec<String> = school.ok(&["student", "list", "--ids"]).lines().map(str::to_owned).collect();
    let refused = census(&school, "10-same-name-no-number.csv", &[]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("--same"), "{}", refused.err);
    let phone = |id: &str| school.read(&format!("students/{id}.toml")).contains("15400004922");
    let same = census(&school, "10-same-name-no-number.csv", &["--same", &format!("2={}", both[1])]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert_eq!((phone(&both[0]), phone(&both[1])), (false, true));
    // Nobody is asked again, and nothing changes.
    let before = school.files();
    assert_eq!(census(&school, "10-same-name-no-number.csv", &[]).code, 0);
    assert_eq!(school.files(), before);
    assert_eq!(school.run(&["check"]).code, 0);
    // Said otherwise, the later answer counts: a third child of that name.
    let new = census(&school, "10-same-name-no-number.csv", &["--new", "2"]);
    assert_eq!((new.code, count(&school)), (0, 3), "{}", new.err);
    let before = school.files();
    assert_eq!(census(&school, "10-same-name-no-number.csv", &[]).code, 0);
    assert_eq!(school.files(), before);
}

#[test]
fn an_answer_that_fits_no_row_is_refused_and_writes_nothing() {
    let school = School::new();
    census(&school, "10-same-name.csv", &[]);
    let before = school.files();
    let id = school.ok(&["student", "list", "--ids"]).lines().next().unwrap().to_owned();
    for (answer, word) in
        [(format!("9={id}"), "9"), (format!("x={id}"), "x"), ("2=nobody".into(), "nobody"), (id.clone(), "--same")]
    {
        let said = census(&school, "10-same-name-no-number.csv", &["--same", &answer]);
        assert_eq!(said.code, 2, "{answer}: {}", said.err);
        assert!(said.err.contains(word), "{answer}: {}", said.err);
    }
    assert_eq!(school.files(), before);
}
