//! Damaged ledgers: each fault is named with file, line and remedy; what has one right answer is mended.

mod support;

use support::School;

fn found(school: &School) -> Vec<(String, String)> {
    let said = school.run(&["check", "--format", "json"]);
    if said.out.is_empty() {
        return Vec::new();
    }
    let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.as_array().unwrap().iter().map(|row| (text(row, "code"), text(row, "file"))).collect()
}

/// A ledger with a visit and no finding but the missing consents.
fn sound() -> School {
    let school = School::with_two_children();
    for id in ["aaaaaa", "bbbbbb"] {
        school.ok(&["student", "set", id, "gender=女", "born=2016-03-06", "consent=2026-09-01"]);
    }
    school.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--id", "v1", "--date", "2026-10-01"]);
    school.ok(&["log", "add", "home-visit", "bbbbbb", "met=parent", "--id", "v2", "--date", "2026-10-02"]);
    assert_eq!(found(&school), []);
    school
}

const LOG: &str = "logs/2026-autumn/home-visit.csv";

#[test]
fn a_sound_ledger_is_silent() {
    let said = sound().run(&["check"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
}

#[test]
fn each_damage_is_named_with_its_file_and_line() {
    type Damage = fn(String) -> Vec<u8>;
    let cases: &[(&str, Damage, &str, &str)] = &[
        (LOG, |text| text.replace("2026-10-01", "2026-02-30").into_bytes(), "row-date", ":2"),
        (LOG, |text| text.replace("aaaaaa", "nobody").into_bytes(), "unknown-student-id", ":2"),
        (LOG, |text| text.replace("parent", "postman").into_bytes(), "check-field", ":3"),
        (LOG, |text| text.replace("v2", "v1").into_bytes(), "check-row-twice", ":3"),
        (LOG, |text| text.trim_end().as_bytes().to_vec(), "form-cut-off", ":3"),
        (LOG, |text| text.as_bytes()[..text.len() - 20].to_vec(), "row-width", ":3"),
        (LOG, |text| format!("{text}<<<<<<< HEAD\n").into_bytes(), "form-conflict", ":4"),
        (LOG, |text| text.replace('\n', "\r\n").into_bytes(), "form-line-ends", ".csv"),
        (LOG, |text| format!("\u{feff}{text}").into_bytes(), "form-mark", ".csv"),
        (LOG, |text| text.replace("id,date", "id,day").into_bytes(), "column-missing", ":1"),
        (
            "students/aaaaaa.toml",
            |text| text.replace("born = 2016-03-06", "born = 2016-02-30").into_bytes(),
            "toml-syntax",
            ":4",
        ),
        ("students/aaaaaa.toml", |text| text.replace("\"female\"", "\"girl\"").into_bytes(), "toml-value", ":3"),
        ("students/aaaaaa.toml", |text| text.as_bytes()[..40].to_vec(), "toml-cut", ":"),
        ("students/aaaaaa.toml", |text| text.replace("aaaaaa", "cccccc").into_bytes(), "id-not-file-name", ":1"),
        (
            "students/aaaaaa.toml",
            |text| text.replace("born = 2016-03-06", "born = 1990-03-06").into_bytes(),
            "check-age",
            ":4",
        ),
        (
            "guanai.toml",
            |text| text.replace("until = 2027-01-22", "until = 2026-01-22").into_bytes(),
            "term-wrong",
            "guanai.toml",
        ),
        (
            "kinds/family.toml",
            |text| text.replace("[home-visit]", "[home-visit").into_bytes(),
            "toml-syntax",
            "kinds/family.toml",
        ),
        (
            "registers/followups.csv",
            |text| format!("{text}f1,party,aaaaaa,2026-10-01,2026-10-05,,,,,,,,,\n").into_bytes(),
            "check-follow-up-type",
            ":2",
        ),
    ];
    for (file, damage, code, place) in cases {
        let school = sound();
        std::fs::write(school.path(file), damage(school.read(file))).unwrap();
        let before = school.files();
        let said = school.run(&["check", "--format", "json"]);
        assert!(!said.err.contains("panicked"), "{code}: {}", said.err);
        let all = format!("{}{}", said.out, said.err);
        let named =
            found(&school).iter().any(|(found, at)| found == code && at.contains(place) && at.starts_with(file));
        // A ledger whose own definitions are damaged cannot be listed; the error names the same place.
        let told = said.err.contains(file) && said.code == 3;
        assert!(named || told, "{code} at {file}{place} is not named: {all}");
        assert_eq!(school.files(), before, "{code}: check wrote");
    }
}

#[test]
fn what_has_one_right_answer_is_mended_and_the_rest_is_left() {
    let school = sound();
    let log = school.read(LOG);
    let lines: Vec<&str> = log.lines().collect();
    let shuffled = format!("\u{feff}{}\r\n{}\r\n{}", lines[0], lines[2], lines[1]);
    std::fs::write(school.path(LOG), shuffled).unwrap();
    assert!(!found(&school).is_empty());
    school.run(&["check", "--fix"]);
    assert_eq!(school.read(LOG), log);
    assert_eq!(found(&school), []);
    let (gb18030, ..) = encoding_rs::GB18030.encode("id,date,note\nx1,2026-10-01,家访\n");
    std::fs::write(school.path("logs/2026-autumn/care-talk.csv"), gb18030).unwrap();
    school.run(&["check", "--fix"]);
    assert!(school.read("logs/2026-autumn/care-talk.csv").contains("家访"));
}

#[test]
fn two_files_of_one_child_and_a_copy_of_a_sync_folder_are_found() {
    let school = sound();
    school.ok(&["student", "set", "aaaaaa", "gender=", "born="]);
    school.ok(&["student", "set", "aaaaaa", "national_id=529903202005175058"]);
    let text = school.read("students/aaaaaa.toml").replace("aaaaaa", "cccccc");
    std::fs::write(school.path("students/cccccc.toml"), text).unwrap();
    std::fs::write(school.path("students/aaaaaa (conflicted copy).toml"), "x").unwrap();
    let found = found(&school);
    assert!(found.iter().any(|(code, at)| code == "check-same-number" && at.starts_with("students/cccccc.toml:")));
    assert!(found.iter().any(|(code, _)| code == "stray-file"));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_ledger_is_not_followed() {
    let school = sound();
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "id = \"dddddd\"\nname = \"外人\"\n").unwrap();
    std::os::unix::fs::symlink(secret.path(), school.path("students/dddddd.toml")).unwrap();
    let said = school.run(&["student", "list", "--ids", "--all"]);
    assert!(!said.out.contains("dddddd"), "{}", said.out);
    assert!(found(&school).iter().any(|(code, at)| code == "link" && at.contains("dddddd")));
}

#[test]
fn every_code_can_be_explained() {
    let school = sound();
    for code in ["check-field", "form-order", "row-date", "check-same-number"] {
        assert!(school.ok(&["check", "--explain", code]).contains(code));
    }
    assert_eq!(school.run(&["check", "--explain", "nonsense"]).code, 2);
}
