//! Risk and the term summary: the same numbers everywhere, no names, and hostile text that does nothing.

mod support;

use support::School;

fn lived_in() -> School {
    let school = School { dir: tempfile::tempdir().unwrap() };
    let said = school.run(&["demo", ".", "-q", "--students", "120"]);
    assert_eq!(said.code, 0, "{said:?}");
    school
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_summary_names_no_child_in_any_format() {
    let school = lived_in();
    let students = json(&school.ok(&["student", "list", "--all", "--format", "json", "--reveal"]));
    let mut private: Vec<String> = Vec::new();
    for student in students.as_array().unwrap() {
        let name = student["name"].as_str().unwrap();
        // A name of two characters can be part of a word.
        if name.chars().count() > 2 {
            private.push(name.to_owned());
        }
        private.push(student["id"].as_str().unwrap().to_owned());
        private.extend(student["phone"].as_str().map(str::to_owned));
    }
    assert!(private.len() > 200);
    for format in ["text", "md", "html", "json"] {
        let report = school.ok(&["report", "term", "--format", format]);
        for one in &private {
            assert!(!report.contains(one.as_str()), "{format} has {one}");
        }
    }
}

#[test]
fn the_summary_says_the_same_numbers_as_the_listings() {
    let school = lived_in();
    let report = json(&school.ok(&["report", "term", "--format", "json"]));
    let text = report.to_string();
    let risks = json(&school.ok(&["risk", "--all", "--format", "json"]));
    let risks = risks.as_array().unwrap();
    let high = risks.iter().filter(|one| one["level"] == "high" || one["level"] == "emergency").count();
    let status = json(&school.ok(&["plan", "status", "--by", "plan", "--format", "json"]));
    for plan in status.as_array().unwrap() {
        let (met, missed) = (plan["met"].as_u64().unwrap(), plan["missed"].as_u64().unwrap());
        let share = format!("\"met\":{met},\"of\":{}", met + missed);
        assert!(text.contains(&share), "{} has another coverage in the report", plan["code"]);
    }
    let numbers = find(&report, "numbers");
    let row = |label: &str| {
        numbers["rows"].as_array().unwrap().iter().find(|row| row["item"] == label).unwrap()["now"].clone()
    };
    assert_eq!(row("在校学生"), risks.len());
    assert_eq!(row("需关注"), risks.iter().filter(|one| one["level"] == "watch").count());
    assert_eq!(row("高风险"), if high == 0 { 0.into() } else { serde_json::json!("不足5") }, "{high} of 120");
    let left_behind = json(&school.ok(&["student", "list", "--format", "json"]));
    let count = left_behind.as_array().unwrap().iter().filter(|one| one["left-behind"] == true).count();
    assert_eq!(row("留守儿童"), count);
}

#[test]
fn what_no_record_says_is_unknown_in_the_main_numbers_and_never_0() {
    let school = School::with_two_children();
    for parent in ["father", "mother"] {
        school.ok(&["student", "away", "aaaaaa", parent, "--from", "2020-02-01"]);
    }
    let numbers = |school: &School| json(&school.ok(&["report", "term", "--format", "json"]));
    let of = |report: &serde_json::Value, label: &str| {
        let table = find(report, "numbers").clone();
        table["rows"].as_array().unwrap().iter().find(|row| row["item"] == label).unwrap()["now"].clone()
    };
    for label in ["监护人 65 岁以上", "监护能力差", "没有书面委托", "留守儿童中寄宿"] {
        assert_eq!(of(&numbers(&school), label), serde_json::Value::Null, "{label}");
    }
    school.ok(&["student", "guardian", "aaaaaa", "李秀英", "--born", "1980-05-01", "--ability", "good"]);
    let report = numbers(&school);
    assert_eq!((of(&report, "监护人 65 岁以上"), of(&report, "监护能力差")), (0.into(), 0.into()));
    assert_eq!(of(&report, "没有书面委托"), serde_json::Value::Null);
}

#[test]
fn a_folded_number_cannot_be_had_from_its_sum() {
    let school = lived_in();
    let report = json(&school.ok(&["report", "term", "--format", "json"]));
    let rows = find(&report, "classes")["rows"].as_array().unwrap().clone();
    let mut folded = 0;
    for grade in 1..=6 {
        let of_grade: Vec<_> = rows.iter().filter(|row| row["grade"] == grade).collect();
        for column in ["left-behind", "unknown"] {
            let hidden = of_grade.iter().filter(|row| row[column].is_string()).count();
            folded += hidden;
            let shown = of_grade.iter().filter(|row| row[column].as_u64().is_some_and(|number| number > 0)).count();
            assert!(hidden != 1 || shown == 0, "grade {grade}, {column}: {of_grade:?}");
        }
    }
    assert!(folded > 0, "nothing was folded, so that nothing was tested");
}

/// The block of a report whose key this is.
fn find<'a>(report: &'a serde_json::Value, key: &str) -> &'a serde_json::Value {
    let blocks = report["blocks"].as_array().expect("a report has blocks");
    blocks.iter().find(|block| block["key"] == key).unwrap_or_else(|| panic!("no block {key}"))
}

#[test]
fn a_report_goes_to_a_file_in_the_format_of_its_ending() {
    let school = lived_in();
    for (name, magic) in
        [("a.docx", &b"PK"[..]), ("a.xlsx", b"PK"), ("a.html", b"<!"), ("a.md", b"#"), ("a.json", b"{")]
    {
        school.ok(&["report", "term", "--out", name]);
        let bytes = std::fs::read(school.path(name)).unwrap();
        assert!(bytes.starts_with(magic), "{name}");
    }
    let said = school.run(&["report", "term", "--format", "docx"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert_eq!(school.run(&["report", "term", "--format", "pdf"]).code, 2);
    assert_eq!(school.run(&["report", "term", "--term", "1999-autumn"]).code, 2);
}

#[test]
fn each_conclusion_has_its_rule_value_file_and_line() {
    let school = School::with_two_children();
    for parent in ["father", "mother"] {
        school.ok(&["student", "away", "aaaaaa", parent, "--from", "2020-02-01", "--place", "广东省东莞市"]);
    }
    school.ok(&[
        "student",
        "guardian",
        "aaaaaa",
        "李秀英",
        "--relation",
        "奶奶",
        "--born",
        "1950-05-01",
        "--ability",
        "poor",
        "--from",
        "2020-02-01",
    ]);
    let rows = json(&school.ok(&["risk", "explain", "wxm", "--format", "json"]));
    let of =
        |indicator: &str| rows.as_array().unwrap().iter().find(|row| row["indicator"] == indicator).unwrap().clone();
    let old = of("guardian-75");
    assert_eq!((&old["standing"], &old["value"]), (&"fired".into(), &"76 岁".into()));
    let line =
        school.read("students/aaaaaa.toml").lines().position(|line| line.starts_with("born = 1950")).unwrap() + 1;
    assert_eq!(old["file"], serde_json::json!([format!("students/aaaaaa.toml:{line}")]));
    // What cannot be known is said to be unknown: nobody has screened the child.
    let unknown = rows.as_array().unwrap().iter().filter(|row| row["standing"] == "unknown").count();
    assert!(unknown > 0);
    // As of a day before, nothing of it was known.
    assert_eq!(school.ok(&["--as-of", "2019-12-01", "risk", "--format", "json"]), "[]\n");
}

#[test]
fn a_judgement_stands_beside_the_computed_level_and_ends() {
    let school = School::with_two_children();
    school.ok(&["risk", "set", "aaaaaa", "high", "--reason", "家中变故", "--by", "刘老师", "--until", "2026-12-31"]);
    let one = |day: &str| {
        let rows = json(&school.ok(&["--as-of", day, "risk", "--all", "--format", "json"]));
        rows.as_array().unwrap().iter().find(|row| row["id"] == "aaaaaa").unwrap().clone()
    };
    assert_eq!(one("2026-11-30")["judged"], "high");
    assert_ne!(one("2026-11-30")["level"], "high");
    assert_eq!(one("2027-01-01")["judged"], serde_json::Value::Null);
    assert_eq!(school.run(&["risk", "--fail-at", "high"]).code, 1);
    school.ok(&["--as-of", "2026-12-10", "risk", "clear", "aaaaaa"]);
    assert_eq!(one("2026-12-05")["judged"], "high");
    assert_eq!(one("2026-12-11")["judged"], serde_json::Value::Null);
}

#[test]
fn at_risk_and_nobody_has_written_is_a_list_of_its_own() {
    let school = School::with_two_children();
    school.ok(&["risk", "set", "aaaaaa", "watch", "--reason", "x"]);
    school.ok(&["risk", "set", "bbbbbb", "watch", "--reason", "x"]);
    school.ok(&["log", "add", "home-visit", "bbbbbb", "met=guardian", "--date", "2026-11-20"]);
    let lonely = school.ok(&["risk", "--untouched", "30", "--ids"]);
    assert_eq!(lonely, "aaaaaa\n");
    // A visit that met nobody is no contact.
    school.ok(&["log", "add", "home-visit", "aaaaaa", "met=nobody", "--date", "2026-11-22"]);
    assert_eq!(school.ok(&["risk", "--untouched", "30", "--ids"]), "aaaaaa\n");
}

#[test]
fn hostile_text_comes_out_of_every_format_and_does_nothing() {
    let school = School::new();
    let file = format!("{}/tests/forms/08-hostile.csv", env!("CARGO_MANIFEST_DIR"));
    school.ok(&["--as-of", "2026-09-10", "import", "census", &file]);
    for format in ["table", "csv", "json", "jsonl", "markdown"] {
        let listed = school.ok(&["student", "list", "--format", format]);
        let acts = |letter: char| {
            (letter.is_control() && letter != '\n' && letter != '\t') || ('\u{202a}'..='\u{202e}').contains(&letter)
        };
        assert!(!listed.contains(acts), "{format} has a character that acts on a terminal");
        match format {
            "csv" => assert!(!listed.split([',', '\n']).any(|cell| cell.starts_with(['=', '+', '@'])), "{listed}"),
            "json" => {
                let rows = json(&listed);
                let addresses: Vec<&str> =
                    rows.as_array().unwrap().iter().filter_map(|row| row["address"].as_str()).collect();
                assert!(addresses.contains(&"=cmd|'/c calc'!A1") && addresses.contains(&"../../etc/passwd"));
                assert!(addresses.contains(&"\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}"), "{addresses:?}");
            }
            "markdown" => assert!(!listed.contains("<script>") && !listed.contains("`tick"), "{listed}"),
            _ => {}
        }
    }
    let undone = school.ok(&["undo", "--dry-run"]);
    assert!(!undone.contains('\u{1b}'));
}

#[test]
fn a_number_below_five_stands_nowhere_and_cannot_be_had_from_a_sum() {
    let school = lived_in();
    let report = json(&school.ok(&["report", "term", "--format", "json"]));
    let is_few = |value: &serde_json::Value| value.as_u64().is_some_and(|number| (1..5).contains(&number));
    let rows = |key: &str| find(&report, key)["rows"].as_array().unwrap().clone();
    for row in &rows("numbers")[3..] {
        assert!(!is_few(&row["now"]) && !is_few(&row["before"]), "{row}");
        // A change beside a folded number would give it away.
        let both = row["now"].is_u64() && row["before"].is_u64();
        assert!(both || ["不列出", "未知"].contains(&row["change"].as_str().unwrap_or("未知")), "{row}");
    }
    let high_medium_watch: Vec<_> = rows("numbers")[7..].to_vec();
    for column in ["now", "before"] {
        let hidden = high_medium_watch.iter().filter(|row| !row[column].is_u64()).count();
        assert_ne!(hidden, 1, "{column}: the number at risk less the others is the folded one");
    }
    for row in rows("kinds") {
        assert!(!is_few(&row["children"]), "{row}");
    }
    for row in rows("indicators").iter().chain(&rows("carers")) {
        assert!(!is_few(&row["children"]), "{row}");
    }
}

#[test]
fn names_leave_only_with_a_line_that_says_to_whom_and_why() {
    let school = School::with_two_children();
    school.ok(&["risk", "set", "aaaaaa", "high", "--reason", "家中变故"]);
    let before = school.files();
    let bare = school.run(&["report", "term", "--names"]);
    assert_eq!((bare.code, bare.out.as_str()), (2, ""), "{}", bare.err);
    assert_eq!(school.files(), before);
    let out = school.path("summary.md");
    let said = school.run(&[
        "report",
        "term",
        "--names",
        "--to",
        "校长",
        "--reason",
        "周一例会",
        "--out",
        &out.to_string_lossy(),
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    let report = std::fs::read_to_string(&out).unwrap();
    assert!(report.contains("王小明") && !report.contains("李小红"), "{report}");
    let register = school.read("registers/disclosures.csv");
    assert!(register.lines().nth(1).unwrap().ends_with(",2026-11-24,report term,校长,周一例会,1"), "{register}");
    // Where the line cannot be written, nothing is handed out.
    std::fs::write(school.path("registers/disclosures.csv"), "<<<<<<< HEAD\n").unwrap();
    let refused = school.run(&["report", "term", "--names", "--to", "校长", "--reason", "x"]);
    assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{}", refused.err);
}
