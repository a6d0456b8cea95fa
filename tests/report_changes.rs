//! `report changes`: one page of what changed, in agreement with the listings, with no name unless asked and nothing
//! confidential.

mod support;

use serde_json::Value;
use support::School;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rows<'a>(report: &'a Value, key: &str) -> &'a Vec<Value> {
    let blocks = report["blocks"].as_array().expect("a report has blocks");
    let block = blocks.iter().find(|block| block["key"] == key).unwrap_or_else(|| panic!("no block {key}"));
    block["rows"].as_array().expect("a table has rows")
}

/// A week in a small school: who went away, what was promised, and a crisis.
fn a_week() -> School {
    let school = School::with_two_children();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    for line in [
        "staff add 何老师 --role class-teacher --class 2023-2 --from 2026-09-01",
        "student away aaaaaa father --from 2021-02-01",
        "student away aaaaaa mother --from 2026-11-18",
        "student guardian aaaaaa 李秀英 --from 2026-11-18",
        "student add 陈小雨 --id cccccc class=2023-2 --since 2026-11-20",
        "pair add tutor bbbbbb 何老师 --from 2026-11-19 --id pppppppppp",
        "followup add difficulty aaaaaa --date 2026-11-10 --due 2026-11-20 --owner 何老师 --what 王小明要一盏台灯 --id ffffffffff",
        "followup add wish bbbbbb --date 2026-11-10 --due 2026-11-21 --owner 何老师 --id gggggggggg",
        "followup add wish aaaaaa --date 2026-11-10 --due 2026-11-27 --owner 何老师 --what 王小明的愿望 --id hhhhhhhhhh",
        "--as-of 2026-11-19 followup done gggggggggg --outcome 已实现",
        "log add crisis bbbbbb type=loss description=绝密的事 --date 2026-11-17 --id crisiscris",
        "log add care-talk bbbbbb --date 2026-11-20 --staff 何老师 --minutes 20 --id ttttttttt2",
    ] {
        school.ok(&line.split(' ').collect::<Vec<_>>());
    }
    school
}

const MONDAY: [&str; 4] = ["report", "changes", "--since", "2026-11-16"];

fn said(school: &School, more: &[&str]) -> String {
    school.ok(&[&MONDAY, more].concat())
}

#[test]
fn the_page_of_a_week_as_it_is_read() {
    let school = a_week();
    let page = said(&school, &[]);
    assert_eq!(page, include_str!("snapshots/report-changes.txt"), "{page}");
}

#[test]
fn nobody_is_named_and_nothing_confidential_is_told_in_any_format() {
    let school = a_week();
    for format in ["text", "md", "html", "json"] {
        let page = said(&school, &["--format", format]);
        for private in ["王小明", "李小红", "陈小雨", "李秀英", "绝密", "台灯", "愿望："] {
            assert!(!page.contains(private), "{format} has {private}: {page}");
        }
        assert!(page.contains("aaaaaa") && page.contains("cccccc"), "{format} has no ids: {page}");
    }
    let report = json(&said(&school, &["--format", "json"]));
    // The crisis is counted among what was due, and no line says whose it is.
    assert!(rows(&report, "not-done").iter().all(|row| row["type"] != "crisis"), "{report}");
    assert!(rows(&report, "follow-ups").iter().any(|row| row["type"] == "crisis"), "{report}");
    let risen = rows(&report, "rose").iter().find(|row| row["id"] == "bbbbbb").unwrap();
    assert_eq!((&risen["to"], &risen["reasons"]), (&"high".into(), &serde_json::json!(["保密事项"])), "{risen}");
    assert!(!risen.to_string().contains("crisis") && !risen.to_string().contains("危机"), "{risen}");
}

#[test]
fn with_names_the_register_says_to_whom_and_the_crisis_stays_untold() {
    let school = a_week();
    let before = school.files();
    let bare = school.run(&[&MONDAY[..], &["--names"]].concat());
    assert_eq!((bare.code, bare.out.as_str()), (2, ""));
    assert_eq!(school.files(), before);
    let page = said(&school, &["--names", "--to", "校长", "--reason", "周一例会"]);
    assert!(page.contains("王小明") && page.contains("台灯") && !page.contains("绝密"), "{page}");
    let register = school.read("registers/disclosures.csv");
    assert!(register.lines().nth(1).unwrap().contains(",report changes,校长,周一例会,"), "{register}");
}

#[test]
fn what_was_promised_is_done_or_named() {
    let school = a_week();
    let report = json(&said(&school, &["--format", "json"]));
    let wishes = rows(&report, "follow-ups").iter().find(|row| row["type"] == "wish").unwrap().clone();
    assert_eq!((&wishes["due"], &wishes["done-in-time"], &wishes["waiting"]), (&1.into(), &1.into(), &0.into()));
    let open = rows(&report, "not-done");
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!((&open[0]["id"], &open[0]["status"]), (&"aaaaaa".into(), &"overdue".into()));
    // The day after the span is the next week's.
    assert!(report.to_string().contains("2026-11-27"));
    let earlier =
        json(&school.ok(&["--as-of", "2026-11-18", "report", "changes", "--since", "2026-11-16", "--format", "json"]));
    assert!(rows(&earlier, "lives").iter().all(|row| row["what"] != "came"), "{earlier}");
}

#[test]
fn levels_that_changed_are_those_of_the_listing_with_their_rules() {
    let school = School { dir: tempfile::tempdir().unwrap() };
    school.ok(&["demo", ".", "-q", "--students", "80"]);
    let listed = json(&school.ok(&["risk", "--since", "2026-09-20", "--format", "json"]));
    let report = json(&school.ok(&["report", "changes", "--since", "2026-09-20", "--format", "json"]));
    let mut told: Vec<(String, String, String)> = Vec::new();
    for key in ["rose", "fell"] {
        for row in rows(&report, key) {
            let reasons = row["reasons"].as_array().unwrap();
            let untold = reasons.iter().filter(|reason| *reason == "保密事项").count();
            assert!(untold < 2 && row["rule"].as_array().unwrap().len() + untold == reasons.len(), "{row}");
            let word = |key: &str| match row[key].as_str().unwrap() {
                "not-here" => String::new(),
                level => level.to_owned(),
            };
            told.push((row["id"].as_str().unwrap().to_owned(), word("from"), word("to")));
        }
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut expected: Vec<(String, String, String)> =
        listed.as_array().unwrap().iter().map(|row| (text(&row["id"]), text(&row["from"]), text(&row["to"]))).collect();
    // Who left is at no level any more, and who came to no risk has not risen.
    expected.retain(|(_, from, to)| !to.is_empty() && !(from.is_empty() && to == "none"));
    told.sort();
    expected.sort();
    assert!(expected.len() > 5, "nothing changed, so that nothing was tested");
    assert_eq!(told, expected);
}

#[test]
fn a_day_that_is_not_past_is_refused() {
    let school = School::with_two_children();
    let said = school.run(&["report", "changes", "--since", "2026-11-24"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(said.err.contains("2026-11-24"));
}
