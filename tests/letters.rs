//! Letters to families: a page a child, nothing half made, and a record of what went out and came back.

mod support;

use support::School;

/// Two children, whose class has a teacher; 王小明 is in the care of a grandmother.
fn school() -> School {
    let school = School::with_two_children();
    for words in [
        &["staff", "add", "刘老师", "--role", "class-teacher", "--class", "2023-2", "--from", "2026-09-01"][..],
        &["student", "set", "aaaaaa", "parent.father.name=王大山", "born=2016-03-06", "gender=male"],
        &["student", "away", "aaaaaa", "father", "--from", "2020-02-01"],
        &["student", "set", "aaaaaa", "guardian.name=李秀英", "guardian.relation=paternal-grandmother"],
        &["student", "set", "bbbbbb", "guardian.name=李建国", "guardian.relation=paternal-grandfather"],
    ] {
        school.ok(words);
    }
    school
}

fn made(school: &School, words: &[&str], file: &str) -> String {
    school.ok(&[&["letter"], words, &["--out", file]].concat());
    // The parts of a DOCX are stored without compression.
    let text = String::from_utf8_lossy(&std::fs::read(school.path(file)).unwrap()).into_owned();
    std::fs::remove_file(school.path(file)).unwrap();
    text
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn ids(listing: &str) -> Vec<String> {
    json(listing).as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_child_has_a_page_of_its_own_in_every_format() {
    let school = school();
    for (file, page) in
        [("x.docx", "<w:pageBreakBefore"), ("x.html", "<hr class=\"page\">"), ("x.md", "* * *"), ("x.txt", "════")]
    {
        let text = made(&school, &["safety-agreement", "all"], file);
        assert!(text.contains("王小明") && text.contains("李小红"), "{file}");
        assert_eq!(text.matches(page).count().min(2), if file == "x.txt" { 2 } else { 1 }, "{file}");
        let second = text.split_once(page).unwrap().1;
        assert!(second.contains("祖父李建国") != second.contains("祖母李秀英"), "{file}");
        assert!(!text.contains("{{"), "{file}");
    }
}

#[test]
fn the_letter_says_the_teacher_the_class_and_the_day_of_writing() {
    let school = school();
    let words = ["parents-letter", "王小明", "--by", "post", "--date", "2026-11-20"];
    let text = made(&school, &words, "x.md");
    for said in ["尊敬的王小明同学家长", "四年级2班", "刘老师", "青石镇中心小学", "2026年11月20日", "2026年秋季学期"]
    {
        assert!(text.contains(said), "{said} is missing: {text}");
    }
}

#[test]
fn what_is_missing_is_named_for_every_child_and_nothing_is_made() {
    let school = school();
    for (id, name) in [("cccccc", "赵一"), ("dddddd", "钱二")] {
        school.ok(&["student", "add", name, "--id", id, "class=2024-1", "--since", "2024-09-01"]);
    }
    let before = school.files();
    let said = school.run(&["letter", "contact-card", "all", "--out", "x.docx"]);
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{said:?}");
    for words in [
        "students/cccccc.toml：赵一 缺：guardian",
        "students/dddddd.toml：钱二 缺：guardian",
        "2024-1 班没有在任的班主任",
    ] {
        assert!(said.err.contains(words), "{words} is not said: {}", said.err);
    }
    assert!(!said.err.contains("王小明"), "{}", said.err);
    assert_eq!(school.files(), before, "something was written");
    let blank = made(&school, &["contact-card", "all", "--leave-blank"], "x.html");
    assert!(blank.contains("赵一") && blank.contains("________"));
    let asked = school.run(&["letter", "meeting-invitation", "all", "--set", "time=周五", "--leave-blank=x"]);
    assert_eq!(asked.code, 2);
    let asked = school.run(&["letter", "meeting-invitation", "aaaaaa", "--set", "time=周五"]);
    assert!(asked.err.contains("--set place=") && asked.err.contains("--set topic="), "{}", asked.err);
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_ledger_as_it_was() {
    let school = school();
    let before = school.files();
    let said = school.run(&["letter", "safety-agreement", "all", "--out", "no-such-folder/x.docx"]);
    assert_eq!(said.code, 4, "{said:?}");
    let said = school.run(&["letter", "safety-agreement", "all", "--out", "x.xlsx"]);
    assert_eq!(said.code, 2, "{said:?}");
    let said = school.run(&["letter", "safety-agreement", "all", "--out", "x.docx", "--dry-run"]);
    assert!(said.code == 0 && said.out.contains("logs/2026-autumn/letter.csv"), "{said:?}");
    assert_eq!(school.files(), before);
}

#[test]
fn a_run_that_was_cut_off_anywhere_is_made_good_by_the_same_command() {
    for number in 1..40 {
        let school = school();
        let send = ["letter", "safety-agreement", "all", "--out", "x.docx"];
        let cut = school.command(&send).env("GUANAI_FAULT", format!("kill:{number}")).output().unwrap();
        if cut.status.success() {
            assert!(number > 5, "cut only {number} times");
            return;
        }
        assert!(!school.path("x.docx").exists(), "kill:{number}: letters that nobody has recorded");
        school.ok(&send);
        assert!(school.path("x.docx").exists());
        assert_eq!(school.read("logs/2026-autumn/letter.csv").lines().count(), 3, "kill:{number}");
        let disclosed = school.read("registers/disclosures.csv").matches("letter safety-agreement").count();
        assert!((1..=2).contains(&disclosed), "kill:{number}");
    }
    panic!("the command never got through");
}

#[test]
fn what_went_out_is_recorded_once_for_each_child_with_its_way_and_the_disclosure() {
    let school = school();
    let send = ["letter", "parents-letter", "all", "--out", "x.docx"];
    assert_eq!(school.run(&send).code, 2, "nobody said how it goes out");
    let ids = school.ok(&[&send[..], &["--by", "wechat", "--staff", "刘老师"]].concat());
    assert_eq!(ids.lines().count(), 2);
    let log = school.read("logs/2026-autumn/letter-to-parents.csv");
    assert_eq!(log.matches(",school,message,,,parents-letter,").count(), 2, "{log}");
    assert_eq!(school.ok(&[&send[..], &["--by", "wechat"]].concat()), "", "the same letter on the same day");
    assert_eq!(school.read("logs/2026-autumn/letter-to-parents.csv"), log);
    school.ok(&[&send[..], &["--by", "微信", "--draft"]].concat());
    assert_eq!(school.read("logs/2026-autumn/letter-to-parents.csv"), log);
    assert_eq!(school.ok(&[&send[..], &["--by", "post"]].concat()).lines().count(), 2, "another way");
    let disclosures = school.read("registers/disclosures.csv");
    assert_eq!(disclosures.matches("letter parents-letter,监护人和父母,致外出务工父母一封信,2").count(), 3);
    assert_eq!(disclosures.matches("letter parents-letter,样稿，未发出,").count(), 1, "{disclosures}");
    // One record counts for every commitment that it meets.
    for code in ["C6.4", "M4.3", "F1.4"] {
        assert_eq!(ids_met(&school, code), 1, "{code}");
    }
}

/// How many children a commitment is met for.
fn ids_met(school: &School, code: &str) -> usize {
    let units = json(&school.ok(&["plan", "show", code, "--format", "json"]));
    units.as_array().unwrap().iter().filter(|unit| unit["standing"] == "met").count()
}

#[test]
fn a_signed_agreement_that_comes_back_is_the_agreement() {
    let school = school();
    made(&school, &["安全责任书", "all", "--date", "2026-09-10"], "x.docx");
    let pending = |words: &[&str]| school.ok(&[&["letter", "pending", "safety-agreement"], words].concat());
    assert_eq!(ids(&pending(&["--format", "json"])), ["bbbbbb", "aaaaaa"]);
    assert!(pending(&["--format", "csv"]).contains("2026-09-10,paper,75,李秀英"), "{}", pending(&["--format", "csv"]));
    assert_eq!((ids_met(&school, "L5.2"), ids_met(&school, "F2.5")), (0, 0));
    let before = school.files();
    let shown = school.run(&["letter", "receipt", "safety-agreement", "王小明", "--dry-run"]);
    assert!(shown.code == 0 && shown.out.contains("safety-agreement.csv"), "{shown:?}");
    assert_eq!(school.files(), before);
    let received = ["letter", "receipt", "safety-agreement", "王小明", "--date", "2026-09-15", "--staff", "刘老师"];
    assert_eq!(school.ok(&received), "aaaaaa\n");
    assert_eq!((ids_met(&school, "L5.2"), ids_met(&school, "F2.5")), (1, 1));
    let letters = school.read("logs/2026-autumn/letter.csv");
    assert!(letters.contains("aaaaaa,,,,,,safety-agreement,paper,2026-09-15\n"), "{letters}");
    let agreements = school.read("logs/2026-autumn/safety-agreement.csv");
    assert!(agreements.contains(",2026-09-15,aaaaaa,刘老师,,,,,guardian,\n"), "{agreements}");
    assert_eq!(pending(&["--ids"]), "bbbbbb\n");
    // Again, it is there already.
    let before = school.files();
    assert_eq!(school.ok(&received), "");
    assert_eq!(school.files(), before);
    // As of the day before, the receipt was still out.
    let earlier = school.ok(&["--as-of", "2026-09-14", "letter", "pending", "safety-agreement", "--ids"]);
    assert_eq!(earlier.lines().count(), 2);
    school.ok(&["undo"]);
    assert_eq!((ids_met(&school, "L5.2"), pending(&["--ids"]).lines().count()), (0, 2));
}

#[test]
fn a_receipt_that_was_noted_by_mistake_is_taken_back_and_noted_again() {
    let school = school();
    let letter = school.ok(&["letter", "safety-agreement", "aaaaaa", "--out", "x.docx"]);
    let receive = || school.ok(&["letter", "receipt", "safety-agreement", "aaaaaa"]);
    assert_eq!(receive(), "aaaaaa\n");
    school.ok(&["log", "amend", letter.trim(), "returned="]);
    let agreements = school.ok(&["log", "list", "safety-agreement", "--format", "json"]);
    school.ok(&["log", "void", &ids(&agreements)[0], "--reason", "签的不是这份"]);
    assert_eq!(ids_met(&school, "L5.2"), 0);
    assert_eq!(receive(), "aaaaaa\n");
    assert_eq!(ids_met(&school, "L5.2"), 1);
}

#[test]
fn ids_that_wait_can_be_piped_into_the_receipts() {
    use std::io::Write;
    use std::process::Stdio;
    let school = school();
    made(&school, &["entrustment-agreement", "all", "--leave-blank"], "x.docx");
    let waiting = school.ok(&["letter", "pending", "entrustment-agreement", "--ids"]);
    let mut child = school
        .command(&["letter", "receipt", "entrustment-agreement", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(waiting.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    for id in ["aaaaaa", "bbbbbb"] {
        assert!(school.read(&format!("students/{id}.toml")).contains("entrusted = true"), "{id}");
    }
    assert_eq!(school.read("logs/2026-autumn/entrustment-agreement.csv").lines().count(), 3);
    assert_eq!(school.ok(&["letter", "pending", "entrustment-agreement", "--format", "json"]), "[]\n");
}

#[test]
fn a_receipt_without_a_letter_or_before_it_is_refused_with_every_child() {
    let school = school();
    let before = school.files();
    let said = school.run(&["letter", "receipt", "safety-agreement", "aaaaaa", "bbbbbb"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("王小明") && said.err.contains("李小红"), "{}", said.err);
    assert_eq!(school.files(), before);
    made(&school, &["safety-agreement", "aaaaaa", "--date", "2026-11-10"], "x.docx");
    let early = school.run(&["letter", "receipt", "safety-agreement", "aaaaaa", "--date", "2026-11-09"]);
    assert_eq!(early.code, 2, "{early:?}");
    school.ok(&[
        "log",
        "add",
        "letter",
        "class:2023-2",
        "letter=safety-agreement",
        "--date",
        "2026-11-12",
        "--id",
        "s1",
    ]);
    let shared = school.run(&["letter", "receipt", "safety-agreement", "aaaaaa"]);
    assert!(shared.code == 2 && shared.err.contains("s1"), "{shared:?}");
}

#[test]
fn only_a_carer_who_is_no_parent_is_entrusted() {
    let school = school();
    school.ok(&[
        "student",
        "add",
        "孙三",
        "--id",
        "eeeeee",
        "class=2023-2",
        "guardian.name=孙强",
        "guardian.relation=father",
    ]);
    let said = school.run(&["letter", "entrustment-agreement", "eeeeee", "aaaaaa", "--out", "x.docx"]);
    assert!(said.code == 3 && said.err.contains("孙三 缺：carer.name"), "{said:?}");
    made(&school, &["entrustment-agreement", "eeeeee", "--leave-blank"], "x.docx");
    let said = school.run(&["letter", "receipt", "entrustment-agreement", "eeeeee"]);
    assert!(said.code == 2 && said.err.contains("孙三"), "{said:?}");
    assert!(!school.path("logs/2026-autumn/entrustment-agreement.csv").exists());
}

#[test]
fn letters_of_one_day_are_one_notice_of_the_school() {
    let school = school();
    made(&school, &["holiday-notice", "aaaaaa"], "x.docx");
    made(&school, &["holiday-notice", "bbbbbb"], "x.docx");
    let notices = school.read("logs/2026-autumn/safety-notice.csv");
    assert_eq!(notices.lines().count(), 2, "{notices}");
    assert_eq!(school.read("logs/2026-autumn/letter.csv").lines().count(), 3);
}

#[test]
fn a_group_gets_its_letters_and_who_cannot_be_told_is_said() {
    let school = school();
    let said = school.run(&["letter", "parents-letter", "--group", "left-behind", "--by", "post", "--out", "x.md"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("left-behind：1 名学生资料不全"), "{}", said.err);
    let text = school.read("x.md");
    assert!(text.contains("王小明") && !text.contains("李小红"), "{text}");
    for words in [&["--group", "nobody"][..], &[], &["all", "--group", "left-behind"]] {
        assert_eq!(school.run(&[&["letter", "parents-letter", "--by", "post"], words].concat()).code, 2, "{words:?}");
    }
}

#[test]
fn a_name_that_is_markup_is_only_text_in_every_format() {
    let school = school();
    let hostile = "<script>alert(1)</script>{{ name }} | **x** # \u{202e}";
    school.ok(&["student", "set", "aaaaaa", &format!("name={hostile}"), "guardian.name=</w:t><w:br/>"]);
    let html = made(&school, &["contact-card", "aaaaaa"], "x.html");
    assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"), "{html}");
    let docx = made(&school, &["contact-card", "aaaaaa"], "x.docx");
    assert!(docx.contains("&lt;script&gt;") && docx.contains("&lt;/w:t&gt;&lt;w:br/&gt;"));
    let md = made(&school, &["contact-card", "aaaaaa"], "x.md");
    assert!(md.contains("\\<script\\>alert(1)\\</script\\>{{ name }} \\| \\*\\*x\\*\\*"), "{md}");
    for text in [html, docx, md] {
        assert!(!text.contains('\u{202e}'));
    }
}

#[test]
fn a_template_of_the_school_works_and_a_slip_in_it_is_found() {
    let school = school();
    let template = "+++\nlabel = { zh = \"接送卡\", en = \"Escort card\" }\nkind = \"letter\"\nby = \"paper\"\n+++\n# 接送卡\n\n{{ name }}，{{ guardian }}，{{ father.place? }}\n";
    let path = school.path("documents/接送卡.md");
    std::fs::write(&path, template).unwrap();
    let text = made(&school, &["接送卡", "王小明"], "x.txt");
    assert!(text.contains("王小明，祖母李秀英，________"), "{text}");
    assert!(school.ok(&["letter", "list", "--format", "csv"]).contains("接送卡,"));
    assert_eq!(school.run(&["letter", "receipt", "接送卡", "aaaaaa"]).code, 2);
    std::fs::write(&path, template.replace("guardian }}", "guardain }}").replace("by = \"paper\"", "by = \"pigeon\""))
        .unwrap();
    let found = school.run(&["check", "--format", "csv"]);
    assert_eq!(found.code, 1);
    assert!(found.out.contains("template-placeholder,documents/接送卡.md:8,"), "{}", found.out);
    assert!(school.run(&["letter", "接送卡", "王小明"]).err.contains("documents/接送卡.md:8"));
    let head = "by = \"pigeon\"\nlang = \"fr\"\nreceipt = { set = { colour = \"red\" } }";
    std::fs::write(&path, template.replace("by = \"paper\"", head)).unwrap();
    let found = school.run(&["check"]).out;
    for wrong in ["pigeon", "fr", "colour"] {
        assert!(found.contains(wrong), "{wrong} is not found: {found}");
    }
    assert_eq!(school.run(&["letter", "接送卡", "王小明"]).code, 3);
}

#[test]
fn nobody_writes_to_a_parent_who_is_dead_and_a_teacher_who_left_signs_nothing() {
    let school = school();
    let template = "+++\nlabel = { zh = \"信\", en = \"x\" }\nkind = \"letter\"\nby = \"paper\"\n+++\n{{ parents }}/{{ parents.away? }}/{{ teacher }}\n";
    std::fs::write(school.path("documents/x.md"), template).unwrap();
    school.ok(&["student", "set", "aaaaaa", "parent.mother.name=陈梅", "parent.mother.status=living"]);
    assert!(made(&school, &["x", "aaaaaa"], "x.txt").contains("王大山、陈梅/王大山/刘老师"));
    school.ok(&["student", "set", "aaaaaa", "parent.mother.status=deceased"]);
    assert!(made(&school, &["x", "aaaaaa"], "x.txt").contains("王大山/王大山/刘老师"));
    let staff = school.ok(&["staff", "list", "--format", "json"]);
    school.ok(&["staff", "leave", &ids(&staff)[0], "--on", "2026-11-01"]);
    let said = school.run(&["letter", "x", "aaaaaa"]);
    assert!(said.code == 3 && said.err.contains("registers/staff.csv"), "{said:?}");
}

#[test]
fn every_template_that_is_shipped_passes_the_check() {
    let school = school();
    let found = school.run(&["check", "--format", "csv"]);
    assert!(!found.out.contains("documents/"), "{}", found.out);
    assert_eq!(json(&school.ok(&["letter", "list", "--format", "json"])).as_array().unwrap().len(), 6);
}
