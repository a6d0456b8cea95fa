//! Official forms from the shell: true numbers in the form's own layout, equations checked, and who is behind a number.

mod support;

use calamine::Reader;
use serde_json::Value;
use support::School;

/// A child left behind under the civil-affairs definition, of whom everything is known that the form asks.
fn add(school: &School, name: &str, id: &str, more: &[&str]) {
    let words = ["student", "add", name, "--id", id, "class=2023-2", "gender=male", "born=2016-03-06", "hukou=rural"];
    let known = ["boarding=false", "health.status=healthy", "--since", "2023-09-01"];
    school.ok(&[&words[..], &known, more].concat());
    for parent in ["father", "mother"] {
        school.ok(&["student", "away", id, parent, "--from", "2024-02-15"]);
    }
}

fn report(school: &School, arguments: &[&str]) -> Value {
    let out = school.ok(&[&["--format", "json", "report", "statistics"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

fn school() -> School {
    let school = School::new();
    add(&school, "王小明", "aaaaaa", &[]);
    add(&school, "李小红", "bbbbbb", &["gender=female"]);
    school.ok(&["student", "guardian", "aaaaaa", "甲", "--relation", "aunt"]);
    school.ok(&["student", "set", "aaaaaa", "guardian.ability=fair"]);
    school
}

#[test]
fn a_child_without_a_guardian_breaks_the_equation_and_is_named_by_id() {
    let school = school();
    let said = school.run(&["report", "statistics", "civil-affairs"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("[1] 2, [2+5+8] 2") && said.err.contains("[30+31+32] 1"), "{}", said.err);
    assert!(said.err.contains("30+31+32") && said.err.contains("bbbbbb"), "{}", said.err);
    assert!(!said.out.contains("李小红") && !said.err.contains("李小红"), "a name stands in it");
    let named = school.run(&["report", "statistics", "civil-affairs", "--names", "--fail"]);
    assert!(named.err.contains("李小红 (bbbbbb)"), "{}", named.err);
    assert_eq!(named.code, 1);
    school.ok(&["student", "guardian", "bbbbbb", "乙", "--relation", "aunt"]);
    school.ok(&["student", "set", "bbbbbb", "guardian.ability=good"]);
    let mended = school.run(&["report", "statistics", "civil-affairs", "--fail"]);
    assert_eq!((mended.code, mended.err.as_str()), (0, ""));
}

#[test]
fn who_lists_the_children_behind_a_cell() {
    let school = school();
    let who = |column: &str| report(&school, &["civil-affairs", "--who", column]);
    let ids = |rows: &Value| rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&who("1")), ["aaaaaa", "bbbbbb"]);
    assert_eq!(ids(&who("7")), ["bbbbbb"]);
    assert_eq!(ids(&who("20")), [] as [&str; 0]);
    let unknown = who("unknown");
    assert_eq!(ids(&unknown), ["bbbbbb"]);
    assert_eq!(unknown[0]["missing"].as_array().unwrap().len(), 1);
    assert_eq!(ids(&report(&school, &["term-counts", "--who", "5", "--row", "4"])), ["aaaaaa"]);
    for wrong in [["--who", "33", "--row", "4"], ["--who", "1", "--row", "9"]] {
        assert_eq!(school.run(&[&["report", "statistics", "civil-affairs"][..], &wrong].concat()).code, 2, "{wrong:?}");
    }
}

#[test]
fn the_workbook_has_the_layout_of_the_form_and_its_numbers() {
    let school = school();
    school.ok(&["report", "statistics", "civil-affairs", "--out", "form.xlsx"]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(school.path("form.xlsx")).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let cell = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default().to_string();
    assert_eq!(cell(0, 0), "农村留守儿童基本情况统计表");
    assert!(cell(1, 0).contains("青石镇中心小学") && cell(1, 0).contains("2026-11-24"), "{}", cell(1, 0));
    assert_eq!([cell(2, 2), cell(3, 2), cell(4, 2)], ["年龄", "0—5周岁", "小计"]);
    let row = |row: u32| (1..=32).map(|column| cell(row, column)).collect::<Vec<_>>();
    assert_eq!(row(5), (1..=32).map(|number: u32| number.to_string()).collect::<Vec<_>>());
    let csv = school.ok(&["--format", "csv", "report", "statistics", "civil-affairs"]);
    let numbers: Vec<&str> = csv.lines().nth(1).unwrap().split(',').skip(1).collect();
    assert_eq!(row(6), numbers);
    assert_eq!(numbers[..7], ["2", "0", "0", "0", "2", "1", "1"]);
}

#[test]
fn the_terms_counts_are_those_of_the_terms_report() {
    let school = School::new();
    school.ok(&["demo", "demo", "--students", "60", "--terms", "1"]);
    let run = |words: &[&str]| -> Value {
        let out = school.ok(&[&["-C", "demo", "--format", "json", "report"], words].concat());
        serde_json::from_str(&out).unwrap()
    };
    let counts = run(&["statistics", "term-counts"]);
    let table = |document: &Value, key: &str| -> Value {
        let blocks = document["blocks"].as_array().unwrap();
        blocks.iter().find(|block| block["key"] == key).unwrap()["rows"].clone()
    };
    let rows = table(&counts, "counts");
    let all = rows.as_array().unwrap().last().unwrap().clone();
    let numbers = table(&run(&["term"]), "numbers");
    assert_eq!([&all["1"], &all["4"]], [&numbers[0]["now"], &numbers[1]["now"]]);
}

#[test]
fn a_form_of_the_schools_own_is_counted_and_a_wrong_one_is_named_by_check() {
    let school = school();
    let text = school.read("forms/civil-affairs.toml");
    std::fs::write(school.path("forms/county.toml"), text.replace("\"2 = 3+4\"", "\"2 = 3+4\", \"5 = 6+77\"")).unwrap();
    let line = school.read("forms/county.toml").lines().position(|line| line.contains("6+77")).unwrap() + 1;
    let said = school.run(&["check"]);
    assert!(said.out.contains(&format!("forms/county.toml:{line}")), "{said:?}");
    let said = school.run(&["report", "statistics", "county"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains(&format!("forms/county.toml:{line}")) && said.err.contains("77"), "{said:?}");
    std::fs::write(school.path("mine.toml"), text).unwrap();
    assert_eq!(report(&school, &["mine.toml"])["title"], "农村留守儿童基本情况统计表");
    // A ledger from before the forms has those of a new one.
    std::fs::remove_dir_all(school.path("forms")).unwrap();
    assert_eq!(report(&school, &[]).as_array().unwrap().len(), 3);
    assert_eq!(school.run(&["report", "statistics", "nowhere"]).code, 2);
}
