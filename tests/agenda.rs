//! What is due, the registers that it leans on, and the work plan as a document, from the shell.

mod support;

use serde_json::Value;
use support::School;

fn listed(school: &School, arguments: &[&str]) -> Vec<Value> {
    let out = school.ok(&[&["--format", "json"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"))
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// Day and code of what is due of a sort.
fn due(school: &School, days: &str, sort: &str) -> Vec<(String, String)> {
    let rows = listed(school, &["due", "--days", days]);
    let own = rows.iter().filter(|row| text(row, "sort") == sort);
    own.map(|row| (text(row, "due").to_owned(), text(row, "code").to_owned())).collect()
}

fn on(day: &str, code: &str) -> (String, String) {
    (day.to_owned(), code.to_owned())
}

#[test]
fn festivals_are_named_on_their_days_whatever_the_calendar() {
    let school = School::new();
    assert_eq!(
        due(&school, "320", "festival"),
        [
            on("2027-02-06", "spring-festival"),
            on("2027-02-20", "lantern-festival"),
            on("2027-06-01", "childrens-day"),
            on("2027-06-09", "dragon-boat"),
            on("2027-09-10", "teachers-day"),
            on("2027-09-15", "mid-autumn"),
            on("2027-10-01", "national-day"),
            on("2027-10-08", "double-ninth"),
        ]
    );
    let wrong = "festival = [{ name = \"x\", label = { zh = \"x\", en = \"x\" }, solar = \"13-1\" }]\n";
    std::fs::write(school.path("rules/festivals.toml"), wrong).unwrap();
    let said = school.run(&["check", "--format", "json"]);
    assert!(said.code == 1 && said.out.contains("rules/festivals.toml:1"), "{}{}", said.out, said.err);
}

#[test]
fn what_ends_is_due_on_its_last_day() {
    let school = School::with_two_children();
    school.ok(&["student", "set", "aaaaaa", "born=2016-12-01"]);
    school.ok(&["log", "add", "safety-agreement", "aaaaaa", "--date", "2025-12-05"]);
    school.ok(&["log", "add", "safety-agreement", "bbbbbb", "until=2026-12-31"]);
    school.ok(&["log", "add", "safety-agreement", "bbbbbb", "until=2026-12-20", "--date", "2026-11-20"]);
    let tutor = ["pair", "add", "tutor", "aaaaaa", "何老师", "--from", "2026-09-01"];
    school.ok(&[&tutor[..], &["--until", "2026-12-10", "--id", "pppppppppp"]].concat());
    school.ok(&["followup", "add", "visit", "aaaaaa", "--id", "ffffffffff", "--date", "2026-11-01"]);
    assert_eq!(due(&school, "7", "birthday"), [on("2026-12-01", "aaaaaa")]);
    assert_eq!(due(&school, "30", "agreement-ends"), [on("2026-12-05", "aaaaaa")]);
    assert_eq!(due(&school, "40", "agreement-ends"), [on("2026-12-05", "aaaaaa"), on("2026-12-31", "bbbbbb")]);
    assert_eq!(due(&school, "30", "pairing-ends"), [on("2026-12-10", "pppppppppp")]);
    assert_eq!(due(&school, "0", "follow-up"), [on("2026-11-15", "ffffffffff")]);
}

#[test]
fn the_agenda_of_an_owner_holds_nothing_of_others() {
    let school = School::new();
    let codes = |owner: &str| -> Vec<String> {
        let rows = listed(&school, &["--lang", "en", "due", "--days", "60", "--owner", owner]);
        assert!(rows.iter().all(|row| text(row, "owner") == "nurse"), "{rows:#?}");
        rows.iter().map(|row| text(row, "code").to_owned()).collect()
    };
    assert!(codes("nurse").contains(&"L2.5".to_owned()));
    assert!(codes("nobody").is_empty());
}

fn events(file: &str) -> Vec<(String, String)> {
    let value = |event: &str, key: &str| {
        let line = event.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}: {event}"));
        line.split_once(':').unwrap().1.to_owned()
    };
    file.split("BEGIN:VEVENT").skip(1).map(|event| (value(event, "UID"), value(event, "DTSTART"))).collect()
}

#[test]
fn a_calendar_file_keeps_its_uids_and_holds_no_words_that_a_teacher_wrote() {
    let school = School::with_two_children();
    school.ok(&["followup", "add", "visit", "aaaaaa", "--id", "ffffffffff", "--what", "奶奶住院"]);
    school.ok(&["due", "--days", "60", "--ics", "a.ics"]);
    school.ok(&["followup", "move", "ffffffffff", "--due", "2026-12-20", "--reason", "路断了"]);
    school.ok(&["due", "--days", "60", "--ics", "b.ics"]);
    let (first, second) = (school.read("a.ics"), school.read("b.ics"));
    assert!(first.contains("王小明") && !first.contains("奶奶住院") && !second.contains("路断了"));
    let (first, second) = (events(&first), events(&second));
    let uids = |events: &[(String, String)]| {
        let mut uids: Vec<String> = events.iter().map(|(uid, _)| uid.clone()).collect();
        uids.sort();
        uids
    };
    assert_eq!(uids(&first), uids(&second));
    assert_ne!(first, second, "the follow-up has moved");
    let mut different = uids(&first);
    different.dedup();
    assert_eq!(different.len(), first.len());
}

#[test]
fn a_pairing_begins_and_ends_and_is_listed_while_it_holds() {
    let school = School::with_two_children();
    let id = school.ok(&["pair", "add", "caring-parent", "王小明", "陆海洋", "--from", "2026-09-01"]).trim().to_owned();
    assert_eq!(listed(&school, &["pair", "list"]).len(), 1);
    assert_eq!(listed(&school, &["pair", "list", "--type", "tutor"]).len(), 0);
    school.ok(&["pair", "end", &id, "--on", "2026-11-20", "--reason", "父母返乡"]);
    assert_eq!(listed(&school, &["pair", "list"]).len(), 0);
    let all = listed(&school, &["pair", "list", "--all"]);
    assert_eq!((text(&all[0], "until"), text(&all[0], "student")), ("2026-11-20", "aaaaaa"));
    assert_eq!(school.run(&["pair", "add", "wizard", "王小明", "陆海洋"]).code, 2);
    let backwards = ["pair", "add", "tutor", "王小明", "甲", "--from", "2026-09-02", "--until", "2026-09-01"];
    assert_eq!(school.run(&backwards).code, 2);
    let again = ["pair", "add", "tutor", "bbbbbb", "何老师", "--from", "2026-09-01", "--id", "tttttttttt"];
    assert_eq!((school.ok(&again), school.ok(&again)), ("tttttttttt\n".to_owned(), "tttttttttt\n".to_owned()));
    assert_eq!(listed(&school, &["pair", "list"]).len(), 1);
}

#[test]
fn resources_are_kept_by_type_and_their_phones_masked() {
    let school = School::with_two_children();
    school.ok(&["resource", "add", "volunteer", "青石志愿队", "--phone", "15412345678", "--offers", "周末陪伴"]);
    school.ok(&["resource", "add", "study-corner", "学习角", "--class", "2023-2"]);
    assert_eq!(listed(&school, &["resource", "list"]).len(), 2);
    let own = listed(&school, &["resource", "list", "--type", "volunteer"]);
    assert_eq!(text(&own[0], "name"), "青石志愿队");
    assert_ne!(text(&own[0], "phone"), "15412345678");
    // The corner of one class does for that class alone.
    school.ok(&["student", "add", "张三", "--id", "cccccc", "class=2024-1", "--since", "2024-09-01"]);
    let units = listed(&school, &["plan", "show", "S3.4"]);
    let mut standings: Vec<(&str, &str)> =
        units.iter().map(|one| (text(one, "subject"), text(one, "standing"))).collect();
    standings.sort();
    assert_eq!(standings, [("2023-2", "met"), ("2024-1", "open")]);
}

#[test]
fn the_workload_is_added_up_from_the_records_by_whole_names() {
    let school = School::with_two_children();
    let id = school.ok(&["staff", "add", "王丽", "--role", "class-teacher", "--from", "2026-09-01"]).trim().to_owned();
    school.ok(&["staff", "add", "王丽华", "--from", "2026-09-01"]);
    let visit = ["log", "add", "home-visit", "aaaaaa", "met=guardian", "--staff", "王丽华、何老师", "--minutes", "40"];
    school.ok(&visit);
    school.ok(&["log", "add", "family-call", "aaaaaa", "--staff", "王丽华"]);
    let rows = listed(&school, &["staff", "workload"]);
    let of = |name: &str| {
        let row = rows.iter().find(|row| text(row, "name") == name).unwrap();
        ["times", "minutes", "without-minutes"].map(|key| row[key].as_i64().unwrap())
    };
    assert_eq!((of("何老师"), of("王丽"), of("王丽华")), ([1, 40, 0], [0, 0, 0], [2, 40, 1]));
    let units = listed(&school, &["plan", "show", "C8.2"]);
    let standing =
        |name: &str| text(units.iter().find(|one| text(one, "name") == name).unwrap(), "standing").to_owned();
    assert_eq!((standing("王丽"), standing("王丽华")), ("open".to_owned(), "met".to_owned()));
    school.ok(&["staff", "leave", &id, "--on", "2026-11-01"]);
    assert_eq!(listed(&school, &["staff", "list"]).len(), 1);
    assert_eq!(listed(&school, &["staff", "list", "--all"]).len(), 2);
}

#[test]
fn the_work_plan_says_who_does_what_how_often_and_who_says_so() {
    let school = School::new();
    let plan = school.ok(&["--lang", "en", "--format", "md", "plan", "export", "--plan", "mind"]);
    let told = ["Work plan 2026-27", "M3.1", "5 different a term", "within 7 days of the birthday", "within 14 days"];
    for words in told.iter().chain(&["stated", "assumed"]) {
        assert!(plan.contains(words), "{words}: {plan}");
    }
    assert!(!plan.contains("C1.1"));
    for (file, first) in [("plan.docx", &b"PK"[..]), ("plan.xlsx", b"PK"), ("plan.html", b"<!"), ("plan.md", b"#")] {
        school.ok(&["plan", "export", "--out", file]);
        assert!(std::fs::read(school.path(file)).unwrap().starts_with(first), "{file}");
    }
    assert_eq!(school.run(&["plan", "export", "--plan", "cooking"]).code, 2);
    assert_eq!(school.run(&["--format", "docx", "plan", "export"]).code, 2);
}

#[test]
fn a_resource_that_is_looked_at_again_stays_known_for_the_days_before() {
    let school = School::new();
    school.ok(&[
        "resource",
        "add",
        "venue",
        "镇文化站",
        "--id",
        "venue-1",
        "--date",
        "2026-09-10",
        "--phone",
        "15400001111",
    ]);
    school.ok(&["resource", "update", "venue-1", "--date", "2026-11-20", "--contact", "安文静"]);
    school.ok(&["resource", "update", "venue", "--date", "2026-11-20"]);
    let register = school.read("registers/resources.csv");
    assert!(register.contains(",安文静,15400001111,,2026-09-10 2026-11-20,"), "{register}");
    assert!(school.ok(&["resource", "list", "--format", "csv"]).contains("2026-11-20"));
    let none = school.run(&["resource", "update", "nothing"]);
    assert_eq!(none.code, 2, "{none:?}");
}
