//! Screening with psychological scales from the shell: what is scored, what follows from it, and what is never said.

mod support;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use support::{DAY, Said, School, said};

/// A ledger in which confidential kinds lie in the clear.
fn in_the_clear(school: School) -> School {
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    school
}

/// Two children of grade 4, born in 2014 and 2017.
fn school() -> School {
    let school = in_the_clear(School::with_two_children());
    school.ok(&["student", "set", "aaaaaa", "born=2014-03-06"]);
    school.ok(&["student", "set", "bbbbbb", "born=2017-03-06"]);
    school
}

fn form(name: &str) -> String {
    format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The whole school of the enrolment export.
fn enrolled() -> School {
    let school = in_the_clear(School::new());
    school.ok(&["--as-of", "2026-09-10", "import", "census", &form("02-enrolment-export.xlsx"), "-q"]);
    school
}

fn rows(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn listed(school: &School, arguments: &[&str]) -> Vec<Value> {
    rows(&school.ok(&[arguments, &["--format", "json"]].concat()))
}

fn with_input(school: &School, arguments: &[&str], input: &str) -> Said {
    let mut child =
        school.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    said(child.wait_with_output().unwrap())
}

/// Answers to MHT: so many of the first items yes.
fn mht(yes: usize) -> String {
    format!("{}{}", "1".repeat(yes), "0".repeat(100 - yes))
}

fn screened(school: &School, child: &str, yes: usize, day: &str) -> Said {
    school.run(&["screen", "add", child, "--scale", "mht", "--answers", &mht(yes), "--date", day])
}

fn open_follow_ups(school: &School, day: &str) -> Vec<(String, String, String)> {
    let rows = rows(&school.ok(&["--as-of", day, "followup", "list", "--format", "json"]));
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| (text(row, "type"), text(row, "student"), text(row, "due"))).collect()
}

#[test]
fn a_class_answer_sheet_gives_what_the_form_expects() {
    let school = enrolled();
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(form("40-mht.csv.expected.json")).unwrap()).unwrap();
    let said = school.run(&["screen", "import", &form("40-mht.csv"), "--scale", "mht"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.out.lines().count(), 24);
    let list: BTreeMap<String, Value> = listed(&school, &["screen", "list"])
        .into_iter()
        .map(|row| (row["name"].as_str().unwrap().into(), row))
        .collect();
    assert_eq!(list.len(), 24);
    for want in expected["screenings"].as_array().unwrap() {
        let name = want["name"].as_str().unwrap();
        let found = &list[name];
        assert_eq!(
            (&found["total"], &found["validity"], &found["band"]),
            (&want["total"], &want["validity"], &want["band"])
        );
        let parts = listed(&school, &["screen", "show", found["student"].as_str().unwrap()]);
        for (label, score) in want["subscales"].as_object().unwrap() {
            let id = ["学习焦虑", "对人焦虑", "孤独倾向", "自责倾向", "过敏倾向", "身体症状", "恐怖倾向", "冲动倾向"];
            let at = id.iter().position(|one| one == label).unwrap();
            assert_eq!(&parts[at + 1]["score"], score, "{name} {label}");
            let has_band = matches!(want["band"].as_str(), Some("normal" | "watch" | "high"));
            assert_eq!(parts[at + 1]["band"].is_null(), !has_band, "{name} {label}");
        }
    }
}

#[test]
fn the_same_sheet_twice_changes_nothing_and_a_mended_one_updates() {
    let school = enrolled();
    let text = std::fs::read_to_string(form("40-mht.csv")).unwrap();
    std::fs::write(school.path("答卷.csv"), &text).unwrap();
    let import = ["screen", "import", "答卷.csv", "--scale", "mht"];
    let before = school.files();
    let dry = school.run(&[&import[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, school.files() == before), (0, true), "{dry:?}");
    // It shows what each row would do, and nobody's answers.
    assert!(dry.out.contains("曹天石") && dry.out.contains("64") && !dry.out.contains("0000"), "{}", dry.out);
    school.ok(&import);
    let once = school.files();
    assert_eq!(school.ok(&import), "");
    assert!(school.files() == once);
    // 曹天石 had 64 and was to be looked after; the answers were those of somebody else.
    let flagged = |school: &School| open_follow_ups(school, DAY).iter().filter(|one| one.0 == "counselling").count();
    assert_eq!(flagged(&school), 1);
    let line = text.lines().find(|line| line.starts_with("曹天石")).unwrap();
    let noughts = format!("曹天石,四年级2班,2026-10-12,{}", ["0"; 100].join(","));
    std::fs::write(school.path("答卷.csv"), text.replace(line, &noughts)).unwrap();
    let said = school.run(&import);
    assert_eq!((said.code, said.out.lines().count()), (0, 1), "{said:?}");
    let of_him: Vec<Value> =
        listed(&school, &["screen", "list"]).into_iter().filter(|row| row["name"] == "曹天石").collect();
    assert_eq!((of_him.len(), &of_him[0]["total"], &of_him[0]["band"]), (1, &0.into(), &"normal".into()));
    // What the wrong answers asked for is asked for no more, and says why.
    assert_eq!(flagged(&school), 0);
    assert!(school.read("registers/followups.csv").contains("更正后不再需要"));
    school.ok(&["undo"]);
    assert!(school.files().iter().filter(|(path, _)| *path != "答卷.csv").all(|(path, bytes)| once[path] == *bytes));
}

#[test]
fn all_that_is_wrong_with_a_sheet_is_named_and_nothing_is_taken_until_it_is_asked_for() {
    let school = school();
    school.ok(&[
        "student",
        "add",
        "王小明",
        "--id",
        "cccccc",
        "class=2023-1",
        "--since",
        "2023-09-01",
        "born=2014-01-01",
    ]);
    let items = (1..=18).map(|item| item.to_string()).collect::<Vec<_>>().join(",");
    let ones = ["1"; 18].join(",");
    let sheet = format!(
        "三年级心理测评\n姓名,班级,测评日期,{items},总分\n\
         李小红,四年级2班,2026-11-10,{ones},18\n\
         王小明,,2026-11-10,{ones},18\n\
         李小花,四年级2班,2026-11-10,{ones},18\n\
         王小明,四年级2班,2026-11-31,{ones},18\n\
         王小明,四年级1班,2026-11-10,3,x,{},18\n\
         李小红,四年级1班,2026-11-10,{ones},18\n\
         李小红,四年级2班,2026-11-10,{ones},18\n\
         王小明,四年级1班,,{ones},18\n\
         王小明,四年级2班,2026-11-10,{}\n\
         平均,,,,\n",
        ["1"; 16].join(","),
        [""; 18].join(","),
    );
    std::fs::write(school.path("dsrsc.csv"), sheet).unwrap();
    let before = school.files();
    let import = ["screen", "import", "dsrsc.csv", "--scale", "dsrsc", "--lang", "en"];
    let said = school.run(&import);
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{said:?}");
    for words in [
        "dsrsc.csv, row 4: \"王小明\" fits several",
        "row 5: no student is called \"李小花\"",
        "row 6, column \"测评日期\"",
        "row 7, column \"1\": item 1 is answered \"3\"",
        "row 7, column \"2\": item 2 is answered \"x\"",
        "row 8: 李小红 is in 2023-1 here, and in 2023-2",
        "row 9: 李小红 stands in row 3 already",
        "row 10: the row has no day",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    assert!(school.files() == before);
    let said = school.run(&[&import[..], &["--accept-good"]].concat());
    assert_eq!((said.code, said.out.lines().count()), (0, 1), "{said:?}");
    assert!(said.err.contains("dsrsc.rejects.xlsx") && said.err.contains("1 without any answer"), "{}", said.err);
    assert_eq!(listed(&school, &["screen", "list"])[0]["name"], "李小红");
    // What was put aside can be mended and imported as it is: the same rows are wrong in it.
    let again = school.run(&["screen", "import", "dsrsc.rejects.xlsx", "--scale", "dsrsc", "--lang", "en"]);
    assert!(again.code == 3 && again.err.contains("\"李小花\"") && again.err.contains("answered \"x\""), "{again:?}");
    // The day of the command stands where the sheet has none; another scale's sheet is refused as a whole.
    assert_eq!(school.run(&["screen", "import", "dsrsc.csv", "--scale", "sdq-self", "--lang", "en"]).code, 3);
    std::fs::write(school.path("b.csv"), format!("姓名,班级,{items}\n王小明,四年级1班,{ones}\n")).unwrap();
    assert_eq!(school.run(&["screen", "import", "b.csv", "--scale", "dsrsc"]).code, 3);
    school.ok(&["screen", "import", "b.csv", "--scale", "dsrsc", "--date", "2026-11-12"]);
    // A name that two children have is told apart by the roll number, and a number of somebody else's is refused.
    school.ok(&["student", "set", "cccccc", "roll_number=G529901201401010012"]);
    let numbered = format!("姓名,学籍号,{items}\n王小明,g529901201401010012,{ones}\n");
    std::fs::write(school.path("b.csv"), &numbered).unwrap();
    school.ok(&["screen", "import", "b.csv", "--scale", "dsrsc", "--date", "2026-11-13"]);
    std::fs::write(school.path("b.csv"), numbered.replace("王小明", "李小红")).unwrap();
    let said = school.run(&["screen", "import", "b.csv", "--scale", "dsrsc", "--date", "2026-11-14", "--lang", "en"]);
    assert!(said.code == 3 && said.err.contains("the number is that of 王小明 (cccccc"), "{said:?}");
}

#[test]
fn answers_come_as_a_string_as_pairs_from_a_file_or_from_standard_input_and_totals_as_sums() {
    let school = school();
    fn add<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
        [&["screen", "add", "aaaaaa", "--scale", "sdq-teacher"][..], arguments].concat()
    }
    let noughts = "0".repeat(25);
    let pairs = (1..=25).map(|item| format!("{item}=不符合")).collect::<Vec<_>>().join(",");
    std::fs::write(school.path("answers.txt"), format!("{}\n{}\n", &noughts[..10], &noughts[10..])).unwrap();
    for (day, arguments, input) in [
        ("2026-11-01", vec!["--answers", noughts.as_str()], ""),
        ("2026-11-02", vec!["--answers", pairs.as_str()], ""),
        ("2026-11-03", vec!["--answers", "@answers.txt"], ""),
        ("2026-11-04", vec!["--answers", "-"], noughts.as_str()),
        ("2026-11-05", vec!["--totals", "emotional=0,conduct=2,hyperactivity=4,peer=4,prosocial=0"], ""),
    ] {
        let said = with_input(&school, &add(&[&arguments[..], &["--date", day]].concat()), input);
        assert_eq!(said.code, 0, "{day}: {said:?}");
        assert!(said.err.contains("这是筛查结果，不是诊断"), "{}", said.err);
    }
    let list = listed(&school, &["screen", "list", "--scale", "sdq-teacher"]);
    let results: Vec<(&Value, &Value)> = list.iter().map(|row| (&row["total"], &row["band"])).collect();
    assert_eq!(results, [(&Value::from(10), &Value::from("normal")); 5]);
    for (arguments, code, word) in [
        (add(&[]), 2, "--answers"),
        (add(&["--answers", "012"]), 2, "25"),
        (add(&["--answers", &noughts.replacen('0', "3", 1)]), 2, "0 (不符合), 1 (有点符合), 2 (完全符合)"),
        (add(&["--totals", "emotional=0"]), 2, "conduct, hyperactivity, peer, prosocial"),
        (add(&["--answers", "@nothing.txt"]), 2, "nothing.txt"),
        (vec!["screen", "add", "aaaaaa", "--scale", "scl-90", "--answers", "0"], 2, "dsrsc, mht, sdq-parent, sdq-self"),
    ] {
        let said = school.run(&arguments);
        assert!(said.code == code && said.out.is_empty() && said.err.contains(word), "{arguments:?}: {said:?}");
    }
}

#[test]
fn a_second_screening_of_the_day_is_refused_unless_it_takes_the_place_of_the_first() {
    let school = school();
    let id = screened(&school, "aaaaaa", 60, "2026-11-10").out;
    let once = school.files();
    assert_eq!(screened(&school, "aaaaaa", 60, "2026-11-10").out, id);
    assert!(school.files() == once);
    let said = screened(&school, "aaaaaa", 10, "2026-11-10");
    assert!(said.code == 3 && said.err.contains("--replace") && said.err.contains(id.trim()), "{said:?}");
    assert!(school.files() == once);
    school.ok(&[
        "screen",
        "add",
        "aaaaaa",
        "--scale",
        "mht",
        "--answers",
        &mht(10),
        "--date",
        "2026-11-10",
        "--replace",
    ]);
    assert_eq!(listed(&school, &["screen", "list"])[0]["total"], 10);
    assert_eq!(open_follow_ups(&school, DAY), []);
}

#[test]
fn what_is_invalid_incomplete_or_out_of_age_says_so_and_has_no_band_anywhere() {
    let school = school();
    let mut invalid: Vec<char> = mht(70).chars().collect();
    (81..96).step_by(2).for_each(|at| invalid[at] = '1');
    let invalid: String = invalid.into_iter().collect();
    let missing = format!("{}-", &mht(70)[..99]);
    for (day, answers) in [("2026-11-01", &invalid), ("2026-11-02", &missing)] {
        school.ok(&["screen", "add", "aaaaaa", "--scale", "mht", "--answers", answers, "--date", day]);
    }
    // SDQ for children themselves is from eleven years on; the child is nine.
    school.ok(&[
        "screen",
        "add",
        "bbbbbb",
        "--scale",
        "sdq-self",
        "--answers",
        &"2".repeat(25),
        "--date",
        "2026-11-03",
    ]);
    let list = listed(&school, &["screen", "list"]);
    let bands: Vec<&str> = list.iter().map(|row| row["band"].as_str().unwrap()).collect();
    assert_eq!(bands, ["invalid", "incomplete", "out-of-age"]);
    assert!(list.iter().all(|row| row["high"].is_null()), "{list:?}");
    for child in ["aaaaaa", "bbbbbb"] {
        let parts = listed(&school, &["screen", "show", child, "--all"]);
        let bands = parts.iter().filter(|part| part["part"] != "total" && !part["band"].is_null()).count();
        assert_eq!(bands, 0);
    }
    for (child, why) in [("aaaaaa", ["效度分 8", "100"]), ("bbbbbb", ["9 岁", "4 年级"])] {
        let said = school.run(&["screen", "show", child, "--all"]);
        assert!(why.iter().all(|word| said.err.contains(word)), "{}", said.err);
        assert!(said.err.contains("不是诊断"), "{}", said.err);
    }
    // Nothing follows from them but that the child is screened again: no indicator, no measure of the plan. The second
    // try of the child, not valid either, has closed what the first one asked for.
    let again = |child: &str, due: &str| ("screening-again".to_owned(), child.to_owned(), due.to_owned());
    assert_eq!(open_follow_ups(&school, DAY), [again("aaaaaa", "2026-12-02")]);
    let explained = listed(&school, &["risk", "explain", "aaaaaa"]);
    let band = explained.iter().find(|row| row["indicator"] == "screening-high").unwrap();
    assert_eq!(band["standing"], "unknown");
    assert_eq!(listed(&school, &["plan", "show", "M2.1"]).len(), 0);
    screened(&school, "aaaaaa", 10, "2026-11-20");
    assert_eq!(open_follow_ups(&school, DAY), []);
}

#[test]
fn a_flagged_screening_asks_for_counselling_counselling_for_a_return_visit_and_each_contact_closes_it() {
    let school = school();
    let of = |school: &School, day: &str| {
        let mut found: Vec<(String, String)> =
            open_follow_ups(school, day).into_iter().map(|(kind, _, due)| (kind, due)).collect();
        found.sort();
        found
    };
    let pair = |kind: &str, due: &str| (kind.to_owned(), due.to_owned());
    screened(&school, "aaaaaa", 66, "2026-10-12");
    assert_eq!(of(&school, "2026-10-12"), [pair("counselling", "2026-10-26")]);
    let standing = |code: &str, day: &str| {
        let units = rows(&school.ok(&["--as-of", day, "plan", "show", code, "--format", "json"]));
        units.iter().map(|unit| unit["standing"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (standing("M2.1", "2026-10-20"), standing("M2.1", "2026-10-27")),
        (vec!["open".into()], vec!["missed".into()])
    );
    let fired = listed(&school, &["risk", "explain", "aaaaaa"]);
    assert_eq!(fired.iter().find(|row| row["indicator"] == "screening-high").unwrap()["standing"], "fired");
    let said = school.run(&["log", "add", "counselling", "aaaaaa", "form=face", "--date", "2026-10-20", "--id", "c1"]);
    assert!(said.code == 0 && said.err.contains("2026-11-19"), "{said:?}");
    assert_eq!(of(&school, "2026-10-20"), [pair("return-visit", "2026-11-19")]);
    assert_eq!(standing("M2.1", "2026-10-27"), ["met"]);
    assert_eq!(standing("M1.4", "2026-11-24"), ["missed"]);
    school.ok(&["log", "add", "return-visit", "aaaaaa", "outcome=improved", "--date", "2026-11-18"]);
    assert_eq!((of(&school, DAY), standing("M1.4", DAY)), (vec![], vec!["met".to_owned()]));
    // Counselling that refers asks for two things; each is closed by its own record.
    school.ok(&["log", "add", "counselling", "aaaaaa", "outcome=refer", "--date", "2026-11-20", "--id", "c2"]);
    assert_eq!(of(&school, DAY), [pair("referral", "2026-12-04"), pair("return-visit", "2026-12-20")]);
    school.ok(&[
        "log",
        "add",
        "referral",
        "aaaaaa",
        "to=县妇幼保健院",
        "parent-informed=是",
        "--date",
        "2026-11-21",
        "--id",
        "r1",
    ]);
    assert_eq!(of(&school, DAY), [pair("referral-answer", "2026-12-21"), pair("return-visit", "2026-12-20")]);
    assert_eq!(standing("M2.4", DAY), ["met"]);
    let said = school.run(&["log", "amend", "r1", "answer=已接诊，两周后复诊"]);
    assert!(said.code == 0 && said.err.contains("转介待回音"), "{said:?}");
    assert_eq!(of(&school, DAY), [pair("return-visit", "2026-12-20")]);
    // A referral is confidential: its answer stands in its own record alone.
    assert!(!school.read("registers/followups.csv").contains("已接诊"));
    assert!(school.ok(&["log", "show", "r1"]).contains("已接诊"));
    // A crisis is answered within a day.
    school.ok(&["log", "add", "crisis", "bbbbbb", "type=self-harm", "--date", "2026-11-23"]);
    assert!(of(&school, DAY).contains(&pair("crisis", "2026-11-24")));
    school.ok(&["log", "add", "crisis-response", "bbbbbb", "action=陪护", "outcome=referred", "--date", "2026-11-23"]);
    assert_eq!(of(&school, DAY), [pair("referral", "2026-12-07"), pair("return-visit", "2026-12-20")]);
    // What was confidential is not told by what it asks for.
    let register = school.read("registers/followups.csv");
    assert!(
        !register.contains("self-harm") && !register.contains("refer,") && !register.contains("high"),
        "{register}"
    );
    // A row that is taken back asks for nothing.
    school.ok(&["log", "void", "c2", "--reason", "记错了"]);
    assert_eq!(of(&school, DAY), [pair("referral", "2026-12-07")]);
}

#[test]
fn a_referral_that_is_answered_at_once_waits_for_nothing() {
    let school = school();
    school.ok(&["log", "add", "referral", "aaaaaa", "to=县医院", "answer=已接诊"]);
    assert_eq!(open_follow_ups(&school, DAY), []);
}

#[test]
fn a_changed_cut_off_is_seen_by_check_and_rescoring_mends_the_results() {
    let school = school();
    let id = screened(&school, "aaaaaa", 60, "2026-11-10").out.trim().to_owned();
    screened(&school, "bbbbbb", 20, "2026-11-10");
    let of_screening = |school: &School| {
        let said = school.run(&["check", "--format", "json"]);
        let rows = if said.out.is_empty() { Vec::new() } else { rows(&said.out) };
        let own = rows.into_iter().filter(|row| row["code"].as_str().unwrap().contains("screening"));
        own.map(|row| {
            (row["file"].as_str().unwrap().to_owned(), row["problem"].as_str().unwrap_or_default().to_owned())
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(of_screening(&school), []);
    let scale = school.read("scales/mht.toml").replace("from = 56, band", "from = 61, band");
    std::fs::write(school.path("scales/mht.toml"), scale).unwrap();
    let found = of_screening(&school);
    let at = school.read("logs/2026-autumn/screening.csv").lines().position(|line| line.starts_with(&id)).unwrap() + 1;
    assert_eq!((found.len(), found[0].0.clone()), (1, format!("logs/2026-autumn/screening.csv:{at}")));
    assert_eq!(school.run(&["check"]).code, 0);
    assert_eq!(school.ok(&["screen", "rescore", "-q"]).trim(), id);
    assert_eq!((of_screening(&school), open_follow_ups(&school, DAY)), (vec![], vec![]));
    assert_eq!(school.ok(&["screen", "rescore", "-q"]), "");
    // The other way round the child is looked after again.
    let scale = school.read("scales/mht.toml").replace("from = 61, band", "from = 20, band");
    std::fs::write(school.path("scales/mht.toml"), scale).unwrap();
    school.ok(&["screen", "rescore"]);
    let mut open: Vec<String> = open_follow_ups(&school, DAY).into_iter().map(|(_, child, _)| child).collect();
    open.sort();
    assert_eq!(open, ["aaaaaa", "bbbbbb"]);
}

#[test]
fn a_wrong_scale_is_named_by_check_and_a_new_one_is_used_at_once() {
    let school = school();
    let own = school.read("scales/dsrsc.toml").replace("1, 2, 3,", "1, 2, 2,");
    std::fs::write(school.path("scales/own.toml"), &own).unwrap();
    let line = own.lines().position(|line| line.starts_with("items = [")).unwrap() + 1;
    let said = school.run(&["check", "--format", "json"]);
    assert_eq!(said.code, 1, "{said:?}");
    let place = format!("scales/own.toml:{line}");
    let rows = rows(&said.out);
    let codes: Vec<&str> =
        rows.iter().filter(|row| row["file"] == place.as_str()).map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["scale-item-twice"]);
    assert!(rows.iter().any(|row| row["code"] == "scale-item-left"), "{rows:?}");
    let said = school.run(&["screen", "add", "aaaaaa", "--scale", "own", "--answers", &"0".repeat(18)]);
    assert!(said.code == 3 && said.err.contains(&place), "{said:?}");
    std::fs::write(school.path("scales/own.toml"), own.replace("1, 2, 2,", "1, 2, 3,")).unwrap();
    school.ok(&["screen", "add", "aaaaaa", "--scale", "own", "--answers", &"0".repeat(18)]);
    // A row of a scale that is not there any more is shown as far as it goes, and named.
    std::fs::remove_file(school.path("scales/own.toml")).unwrap();
    assert_eq!(listed(&school, &["screen", "show", "aaaaaa"])[0]["score"], 20);
    assert!(school.run(&["check", "--format", "csv"]).out.contains("check-scale"));
}

#[test]
fn a_row_that_was_typed_over_by_hand_is_found() {
    let school = school();
    screened(&school, "aaaaaa", 60, "2026-11-10");
    let log = school.read("logs/2026-autumn/screening.csv");
    std::fs::write(school.path("logs/2026-autumn/screening.csv"), log.replace(",60,watch", ",40,normal")).unwrap();
    let said = school.run(&["check", "--format", "csv", "--lang", "en"]);
    assert!(
        said.out.contains("the row says 40 normal, and by scales/mht.toml as it is now it is 60 watch"),
        "{}",
        said.out
    );
    std::fs::write(school.path("logs/2026-autumn/screening.csv"), log.replace("1111", "11a1")).unwrap();
    let said = school.run(&["check", "--format", "csv"]);
    assert!(said.code == 1 && said.out.contains("check-answers"), "{}", said.out);
}

#[test]
fn a_screening_without_answers_is_found_and_gets_them() {
    let school = school();
    school.ok(&["log", "add", "screening", "aaaaaa", "scale=mht", "--date", "2026-11-10"]);
    assert!(school.run(&["check", "--format", "csv"]).out.contains("check-screening-empty"));
    screened(&school, "aaaaaa", 60, "2026-11-10");
    assert!(!school.run(&["check", "--format", "csv"]).out.contains("check-screening"));
    assert_eq!((listed(&school, &["screen", "list"]).len(), open_follow_ups(&school, DAY).len()), (1, 1));
}

#[test]
fn another_scale_does_not_take_back_what_one_has_flagged() {
    let school = school();
    screened(&school, "aaaaaa", 66, "2026-10-12");
    school.ok(&[
        "screen",
        "add",
        "aaaaaa",
        "--scale",
        "sdq-teacher",
        "--answers",
        &"0".repeat(25),
        "--date",
        "2026-11-12",
    ]);
    let fired = listed(&school, &["risk", "explain", "aaaaaa"]);
    let band = fired.iter().find(|row| row["indicator"] == "screening-high").unwrap();
    assert_eq!(band["standing"], "fired", "{band}");
}

#[test]
fn the_list_is_no_ranking_and_every_format_has_the_same_rows() {
    let school = enrolled();
    school.ok(&["screen", "import", &form("40-mht.csv"), "--scale", "mht"]);
    let names = |arguments: &[&str]| {
        let list = listed(&school, &[&["screen", "list"][..], arguments].concat());
        list.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = names(&[]);
    let totals: Vec<u64> =
        listed(&school, &["screen", "list"]).iter().filter_map(|row| row["total"].as_u64()).collect();
    assert!(!totals.is_sorted() && !totals.iter().rev().is_sorted());
    assert_eq!(names(&["--class", "2023-1"]), ["戴天", "史磊思", "许晓石", "许子佳", "尹欣刚", "张慧"]);
    assert_eq!(names(&["--band", "invalid"]), ["周芳", "许晓石", "何英"]);
    assert_eq!(names(&["--from", "2026-10-13"]), Vec::<String>::new());
    assert_eq!(names(&["--scale", "MHT"]), all);
    assert_eq!(school.ok(&["screen", "list", "--format", "csv"]).lines().count(), 25);
    assert_eq!(school.run(&["screen", "list", "--band", "mad"]).code, 2);
    // Before the day nothing of it was known.
    assert_eq!(school.ok(&["--as-of", "2026-10-11", "screen", "list", "--format", "json"]), "[]\n");
}

#[test]
fn one_childs_results_stand_beside_those_of_the_last_time() {
    let school = school();
    screened(&school, "aaaaaa", 66, "2026-09-05");
    screened(&school, "aaaaaa", 40, "2026-10-12");
    let said = school.run(&["screen", "show", "王小明"]);
    let shown = format!("{}{}", said.out, said.err);
    assert_eq!(shown, include_str!("snapshots/screen-show.txt"), "{shown}");
}

#[test]
fn a_missing_birthday_is_said_and_hides_nobody_who_is_flagged() {
    let school = in_the_clear(School::with_two_children());
    let said = school.run(&["screen", "add", "aaaaaa", "--scale", "dsrsc", "--answers", &"1".repeat(18)]);
    assert!(said.code == 0 && said.err.contains("年龄或班级"), "{said:?}");
    assert_eq!(open_follow_ups(&school, DAY).len(), 1);
}

#[test]
fn a_batch_records_screenings_with_its_other_lines_or_none() {
    let school = school();
    let lines = format!(
        "screen add aaaaaa --scale mht --answers {} --id s1\nlog add counselling aaaaaa --id c1\nscreen add bbbbbb --scale mht --answers 01\n",
        mht(70)
    );
    let before = school.files();
    assert_eq!(with_input(&school, &["batch", "-"], &lines).code, 2);
    assert!(school.files() == before);
    let lines = lines.replace("01\n", &format!("{}\n", mht(1)));
    assert_eq!(with_input(&school, &["batch", "-"], &lines).code, 0);
    let open: Vec<String> = open_follow_ups(&school, DAY).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(open, ["return-visit"]);
}

#[test]
fn a_sheet_without_a_key_is_refused_once_and_not_once_a_row() {
    let school = School::new();
    school.ok(&["--as-of", "2026-09-10", "-q", "import", "census", &form("02-enrolment-export.xlsx")]);
    let said = school.run(&["screen", "import", &form("40-mht.csv"), "--scale", "mht"]);
    assert_eq!((said.code, said.err.lines().count()), (3, 2), "{}", said.err);
}
