//! Activities and follow-ups from the shell.

mod support;

use support::School;

#[test]
fn a_visit_that_says_a_problem_opens_a_follow_up_and_voiding_takes_it_back() {
    let school = School::with_two_children();
    let said = school.run(&[
        "log",
        "add",
        "home-visit",
        "王小明",
        "met=奶奶",
        "problem=没有书桌",
        "--id",
        "v1",
        "--date",
        "2026-11-20",
    ]);
    assert_eq!((said.code, said.out.as_str()), (0, "v1\n"));
    assert!(said.err.contains("2026-11-27"), "{}", said.err);
    let log = school.read("logs/2026-autumn/home-visit.csv");
    assert_eq!(
        log,
        "id,date,students,staff,minutes,attachments,note,void,met,environment,problem,advice\nv1,2026-11-20,aaaaaa,,,,,,guardian,,没有书桌,\n"
    );
    let open = school.ok(&["followup", "list", "--format", "csv"]);
    assert!(open.contains("difficulty") && open.contains("没有书桌"), "{open}");
    school.ok(&["log", "void", "v1", "--reason", "记错了"]);
    assert_eq!(school.ok(&["followup", "list", "--format", "json"]), "[]\n");
    assert_eq!(school.ok(&["log", "list", "--format", "json"]), "[]\n");
    assert!(school.ok(&["log", "list", "--all", "--format", "csv"]).contains("记错了"));
}

#[test]
fn the_same_id_twice_is_the_same_row_and_other_words_under_it_are_refused() {
    let school = School::with_two_children();
    let add = ["log", "add", "home-visit", "aaaaaa", "met=guardian", "--id", "v1"];
    school.ok(&add);
    let before = school.files();
    school.ok(&add);
    assert_eq!(school.files(), before);
    let said = school.run(&["log", "add", "home-visit", "aaaaaa", "met=parent", "--id", "v1"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(school.files(), before);
}

#[test]
fn a_contact_closes_the_follow_up_that_asked_for_it() {
    let school = School::with_two_children();
    school.ok(&["followup", "add", "visit", "aaaaaa", "--id", "f1", "--date", "2026-11-01", "--what", "久未家访"]);
    school.ok(&["followup", "add", "visit", "bbbbbb", "--id", "f2", "--date", "2026-11-01"]);
    school.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--id", "v1", "--date", "2026-11-10"]);
    let register = school.read("registers/followups.csv");
    assert!(register.contains("f1,visit,aaaaaa,2026-11-01,2026-11-15,,,久未家访,,2026-11-10,v1,,,"), "{register}");
    let open = school.ok(&["followup", "list", "--format", "csv"]);
    assert!(open.contains("f2") && !open.contains("f1"), "{open}");
}

#[test]
fn due_and_done_are_two_days_and_a_moved_one_keeps_its_first() {
    let school = School::with_two_children();
    school.ok(&["followup", "add", "wish", "aaaaaa", "--id", "f1", "--date", "2026-10-01", "--due", "2026-10-10"]);
    let late = school.ok(&["followup", "list", "--overdue", "--format", "csv"]);
    assert!(late.contains("f1") && late.contains(",45,"), "{late}");
    school.ok(&["followup", "move", "f1", "--due", "2026-12-01", "--reason", "等快递"]);
    assert_eq!(school.ok(&["followup", "list", "--overdue", "--format", "json"]), "[]\n");
    school.ok(&["followup", "done", "f1", "--date", "2026-11-20", "--outcome", "收到书包"]);
    let row = school.read("registers/followups.csv");
    assert!(row.contains("2026-12-01,2026-10-10,") && row.contains("2026-11-20,,收到书包"), "{row}");
    let again = school.run(&["followup", "cancel", "f1", "--reason", "x"]);
    assert_eq!(again.code, 2);
    // As of an earlier day it was still open.
    assert!(school.ok(&["--as-of", "2026-10-20", "followup", "list", "--format", "csv"]).contains("f1"));
}

#[test]
fn many_children_come_from_standard_input_and_a_class_less_the_absent() {
    use std::io::Write;
    use std::process::Stdio;
    let school = School::with_two_children();
    let ids = school.ok(&["student", "list", "--ids"]);
    let mut child = school
        .command(&["log", "add", "care-talk", "-", "--id", "t1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ids.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(school.read("logs/2026-autumn/care-talk.csv").contains("t1,2026-11-24,bbbbbb aaaaaa,"));
    school.ok(&["log", "add", "safety-lesson", "class:2023-2", "--absent", "李小红", "topic=防溺水", "--id", "l1"]);
    let of = |student: &str| {
        school.ok(&["log", "list", "safety-lesson", "--student", student, "--format", "jsonl"]).lines().count()
    };
    assert_eq!((of("aaaaaa"), of("bbbbbb")), (1, 0));
}

#[test]
fn every_wrong_word_is_named_with_what_would_be_right() {
    let school = School::with_two_children();
    let before = school.files();
    for (arguments, code, words) in [
        (vec!["log", "add", "home-vist", "aaaaaa"], 2, vec!["home-visit"]),
        (vec!["log", "add", "home-visit", "aaaaaa"], 2, vec!["met", "见到谁"]),
        (vec!["log", "add", "home-visit", "aaaaaa", "met=隔壁"], 2, vec!["guardian (监护人)"]),
        (vec!["log", "add", "home-visit", "aaaaaa", "met=guardian", "problm=x"], 2, vec!["problem"]),
        (vec!["log", "add", "home-visit", "met=guardian"], 2, vec!["class:2023-2"]),
        (
            vec!["log", "add", "home-visit", "王小名", "张三", "met=guardian"],
            2,
            vec!["王小明 (aaaaaa, 2023-2)", "张三"],
        ),
        (vec!["log", "add", "care-talk", "class:2019-9"], 2, vec!["2019-9"]),
        (vec!["log", "add", "counselling", "aaaaaa"], 3, vec!["confidential = \"clear\""]),
        (vec!["followup", "add", "party", "aaaaaa"], 2, vec!["difficulty"]),
        (vec!["log", "void", "nope", "--reason", "x"], 2, vec!["nope"]),
        (vec!["log", "add", "home-visit", "aaaaaa", "--date", "2026-02-30"], 2, vec!["2026-02-30"]),
    ] {
        let said = school.run(&arguments);
        assert_eq!(said.code, code, "{arguments:?}: {said:?}");
        assert_eq!(said.out, "", "{arguments:?}");
        for word in words {
            assert!(said.err.contains(word), "{arguments:?} does not say {word}: {}", said.err);
        }
    }
    assert_eq!(school.files(), before);
}

#[test]
fn every_kind_that_is_shipped_can_be_recorded_from_the_shell() {
    let school = School::with_two_children();
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    let kinds: serde_json::Value = serde_json::from_str(&school.ok(&["log", "kinds", "--format", "json"])).unwrap();
    let kinds = kinds.as_array().unwrap();
    assert!(kinds.len() >= 100, "{} kinds", kinds.len());
    let mut batch = String::new();
    for kind in kinds {
        let name = kind["kind"].as_str().unwrap();
        let fields: serde_json::Value =
            serde_json::from_str(&school.ok(&["log", "kinds", name, "--format", "json"])).unwrap();
        let whom = match kind["target"].as_str().unwrap() {
            "student" => "aaaaaa",
            "class" => "class:2023-2",
            _ => "",
        };
        let values: Vec<String> = fields
            .as_array()
            .unwrap()
            .iter()
            .map(|field| {
                let value = match field["type"].as_str().unwrap() {
                    "choice" => field["values"][0].as_str().unwrap().split(' ').next().unwrap(),
                    "integer" | "number" | "money" | "minutes" => "3",
                    "quantity" => "3件",
                    "date" => "2026-11-20",
                    "bool" => "是",
                    "phone" => "15400001234",
                    "student" => "bbbbbb",
                    _ => "文字",
                };
                format!("'{}={value}'", field["field"].as_str().unwrap())
            })
            .collect();
        batch.push_str(&format!("log add {name} {whom} {} --id x-{}\n", values.join(" "), name));
    }
    std::fs::write(school.path("batch.txt"), batch).unwrap();
    school.ok(&["batch", "batch.txt", "-q"]);
    let rows = school.ok(&["log", "list", "--format", "jsonl"]).lines().count();
    assert_eq!(rows, kinds.len());
    std::fs::remove_file(school.path("batch.txt")).unwrap();
    let checked = school.run(&["check", "--format", "csv"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn a_phone_that_somebody_wrote_into_a_note_is_masked_in_every_listing_unless_asked() {
    let school = School::with_two_children();
    school.ok(&[
        "log",
        "add",
        "home-visit",
        "aaaaaa",
        "met=guardian",
        "problem=欠费，打 154-0000-4321",
        "--note",
        "舅舅电话15400001234，收据 20261105",
    ]);
    for listing in [&["log", "list", "home-visit"][..], &["student", "show", "aaaaaa"], &["followup", "list"]] {
        for format in ["table", "csv", "json", "jsonl", "markdown"] {
            let said = school.ok(&[listing, &["--format", format]].concat());
            assert!(!said.contains("15400001234") && !said.contains("154-0000-4321"), "{listing:?} {format}: {said}");
        }
    }
    let shown = school.ok(&["log", "list", "home-visit"]);
    assert!(shown.contains("154******34") && shown.contains("20261105"), "{shown}");
    assert!(school.ok(&["log", "list", "home-visit", "--reveal"]).contains("15400001234"));
}
