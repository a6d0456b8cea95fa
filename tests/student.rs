//! One child's record from the shell.

mod support;

use support::School;

#[test]
fn a_parent_leaves_and_comes_back_and_the_history_says_so() {
    let school = School::with_two_children();
    school.ok(&["student", "away", "wxm", "父亲", "--from", "2021-02", "--place", "广东省东莞市"]);
    school.ok(&[
        "student",
        "guardian",
        "wxm",
        "李秀英",
        "--relation",
        "奶奶",
        "--phone",
        "154-0000-1234",
        "--born",
        "1954-05-01",
        "--entrusted",
        "--from",
        "2021-02-15",
    ]);
    school.ok(&["student", "back", "wxm", "father", "--on", "2026-10-01"]);
    let file = school.read("students/aaaaaa.toml");
    let wanted = r#"id = "aaaaaa"
name = "王小明"
class = "2023-2"

[[enrolment]]
from = 2023-09-01

[[parent]]
relation = "father"

[[parent.away]]
from = "2021-02"
until = 2026-09-30
place = "广东省东莞市"
noted = 2026-11-24

[[guardian]]
relation = "paternal-grandmother"
name = "李秀英"
born = 1954-05-01
phone = "15400001234"
entrusted = true

[[guardian.spell]]
from = 2021-02-15
"#;
    assert_eq!(file, wanted);
    let history = school.ok(&["student", "history", "wxm", "--format", "csv"]);
    assert!(history.contains("2026-10-01,父亲返乡"), "{history}");
}

#[test]
fn numbers_are_masked_unless_they_are_asked_for() {
    let school = School::with_two_children();
    school.ok(&["student", "set", "aaaaaa", "national_id=529903202005175058", "parent.mother.phone=15400001234"]);
    let masked = school.ok(&["student", "show", "aaaaaa"]);
    assert!(!masked.contains("529903202005175058") && !masked.contains("15400001234"), "{masked}");
    assert!(masked.contains("5299************58") && masked.contains("154******34"));
    let whole = school.ok(&["student", "show", "aaaaaa", "--reveal", "--format", "json"]);
    assert!(whole.contains("529903202005175058") && whole.contains("15400001234"));
}

#[test]
fn a_name_that_fits_two_children_lists_both_and_a_class_tells_them_apart() {
    let school = School::with_two_children();
    school.ok(&["student", "add", "王小明", "--id", "cccccc", "class=2024-1"]);
    let said = school.run(&["student", "show", "王小明"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("aaaaaa") && said.err.contains("cccccc"), "{}", said.err);
    assert!(school.ok(&["student", "show", "王小明@2024-1"]).contains("cccccc"));
    // One who has left stands back behind one who is here.
    school.ok(&["student", "leave", "aaaaaa", "--on", "2026-10-01"]);
    assert!(school.ok(&["student", "show", "王小明"]).contains("cccccc"));
    school.ok(&["student", "return", "aaaaaa", "--on", "2026-11-01"]);
    assert_eq!(school.run(&["student", "show", "王小明"]).code, 2);
}

#[test]
fn what_a_person_wrote_by_hand_stays_through_a_change() {
    let school = School::with_two_children();
    let path = school.path("students/aaaaaa.toml");
    let text = school
        .read("students/aaaaaa.toml")
        .replace("name = \"王小明\"", "# asked the grandmother\nname = \"王小明\"  # 明明\nnickname = \"明明\"");
    std::fs::write(&path, &text).unwrap();
    school.ok(&["student", "set", "aaaaaa", "boarding=true", "study.difficulties=数学"]);
    let after = school.read("students/aaaaaa.toml");
    let wanted = text.replace("class = \"2023-2\"\n", "class = \"2023-2\"\nboarding = true\n")
        + "\n[study]\ndifficulties = \"数学\"\n";
    assert_eq!(after, wanted);
    school.ok(&["undo"]);
    assert_eq!(school.read("students/aaaaaa.toml"), text);
    let checked = school.ok(&["check", "--format", "csv"]);
    assert!(checked.contains("form-unknown-key") && checked.contains("students/aaaaaa.toml:4"), "{checked}");
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let school = School::with_two_children();
    let before = school.files();
    let shown = school.ok(&["student", "set", "aaaaaa", "boarding=是", "--dry-run"]);
    assert_eq!(shown, "students/aaaaaa.toml\n  + boarding = true\n");
    assert_eq!(school.files(), before);
}

#[test]
fn a_wrong_value_is_refused_with_the_way_to_write_it() {
    let school = School::with_two_children();
    for (field, word) in [
        ("national_id=529903202005175059", "5299************59"),
        ("parent.father.phone=12", "parent.father.phone"),
        ("gender=不详", "male, female"),
        ("clas=2023-1", "class"),
        ("class=四年级", "2023-2"),
        ("born=2016-02-30", "2026-09-10"),
        ("boarding", "boarding"),
    ] {
        let said = school.run(&["student", "set", "aaaaaa", field]);
        assert_eq!(said.code, 2, "{field}: {said:?}");
        assert!(said.err.contains(word), "{field}: {}", said.err);
    }
    assert_eq!(school.run(&["student", "add", "王小明", "class=2023-2"]).code, 3);
}

#[test]
fn a_damaged_file_is_named_and_the_others_are_read() {
    let school = School::with_two_children();
    std::fs::write(school.path("students/bbbbbb.toml"), "id = \"bbbbbb\"\nname = \n").unwrap();
    std::fs::write(school.path("students/aaaaaa (2).toml"), "").unwrap();
    let said = school.run(&["student", "list", "--ids"]);
    assert_eq!((said.code, said.out.as_str()), (0, "aaaaaa\n"));
    assert!(said.err.contains("students/bbbbbb.toml:2") && said.err.contains("aaaaaa (2).toml"), "{}", said.err);
    let checked = school.run(&["check", "--format", "csv"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("toml-syntax") && checked.out.contains("stray-file"), "{}", checked.out);
}

#[test]
fn each_language_has_its_own_words_for_help_and_errors() {
    let school = School::with_two_children();
    let zh = school.ok(&["log", "add", "--help"]);
    let en = school.ok(&["--lang", "en", "log", "add", "--help"]);
    assert!(zh.contains("记一次活动") && zh.contains("选项") && !zh.contains("Options:"), "{zh}");
    assert!(en.contains("Record an activity") && en.contains("Options:"), "{en}");
    assert!(!en.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{en}");
    let said = school.run(&["--lang", "en", "student", "shw", "x"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("there is no command shw"), "{}", said.err);
}
