//! Scores from the shell: sheets in and again, progress, dossier and class report, help and its effect, and no ranks.

mod support;

use proptest::prelude::*;
use serde_json::Value;
use support::{Said, School};

fn form(name: &str) -> String {
    format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The school of the forms: 294 children on 10 September.
fn whole_school() -> School {
    let school = School::new();
    let said = school.run(&["--as-of", "2026-09-10", "import", "census", &form("02-enrolment-export.xlsx"), "-q"]);
    assert_eq!(said.code, 0, "{said:?}");
    school
}

/// Ten children of class 2023-2, c0 to c9, called 甲 to 癸 behind the family name 王; `cx` of 2023-1 is another 王甲.
fn class() -> School {
    let school = School::new();
    std::fs::create_dir_all(school.path("students")).unwrap();
    let put = |id: &str, name: &str, class: &str, roll: &str| {
        let text = format!(
            "id = \"{id}\"\nname = \"{name}\"\nroll_number = \"{roll}\"\nclass = \"{class}\"\n[[enrolment]]\nfrom = 2023-09-01\n"
        );
        std::fs::write(school.path(&format!("students/{id}.toml")), text).unwrap();
    };
    for (at, sign) in "甲乙丙丁戊己庚辛壬癸".chars().enumerate() {
        put(&format!("c{at}"), &format!("王{sign}"), "2023-2", &format!("G5299010000000000{at:02}"));
    }
    put("cx", "王甲", "2023-1", "G529901000000000099");
    school
}

fn write(school: &School, text: &str) -> String {
    let path = school.dir.path().with_extension("csv");
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn import(school: &School, text: &str, more: &[&str]) -> Said {
    let file = write(school, text);
    school.run(&[&["import", "scores", &file], more].concat())
}

fn imported(school: &School, text: &str, more: &[&str]) {
    let said = import(school, text, more);
    assert_eq!(said.code, 0, "{text}: {}", said.err);
}

const LOG: &str = "logs/2026-autumn/score.csv";

/// `child subject mark` of every row, sorted; a number with its full marks.
fn kept(school: &School) -> Vec<String> {
    let text = school.read(LOG);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    let mut found: Vec<String> = rows
        .records()
        .map(|row| {
            let row = row.unwrap();
            let get = |name: &str| &row[header.iter().position(|column| column == name).unwrap()];
            let mark = match (get("score"), get("absent"), get("grade")) {
                ("", "yes", "") => "absent".to_owned(),
                ("", "", grade) => grade.to_owned(),
                (score, "", "") => format!("{score}/{}", get("full")),
                other => panic!("{other:?}"),
            };
            format!("{} {} {mark}", get("students"), get("subject"))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_wide_sheet_comes_in_as_it_must_and_again_changes_nothing() {
    let school = whole_school();
    let file = form("20-scores-wide.xlsx");
    let first = school.run(&["--as-of", "2026-09-10", "import", "scores", &file]);
    assert_eq!(first.code, 0, "{}", first.err);
    let students = json(&school.ok(&["student", "list", "--all", "--format", "json", "--reveal"]));
    let expected = json(&std::fs::read_to_string(form("20-scores-wide.xlsx.expected.json")).unwrap());
    let mut wanted: Vec<String> = Vec::new();
    for score in expected["scores"].as_array().unwrap() {
        let named: Vec<&Value> =
            students.as_array().unwrap().iter().filter(|one| one["name"] == score["name"]).collect();
        let number = score["national_id"].as_str().unwrap();
        let id = named
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .find(|id| school.read(&format!("students/{id}.toml")).contains(&format!("national_id = \"{number}\"")));
        let mark = match (score["absent"].as_bool().unwrap(), score["score"].as_f64()) {
            (true, _) => "absent".to_owned(),
            (false, Some(number)) => format!("{number}/100"),
            (false, None) => continue,
        };
        wanted.push(format!("{} {} {mark}", id.unwrap(), score["subject"].as_str().unwrap()));
    }
    wanted.sort();
    assert_eq!(kept(&school), wanted);
    let before = school.files();
    for day in ["2026-09-10", "2026-11-24"] {
        let again = school.run(&["--as-of", day, "import", "scores", &file]);
        assert_eq!((again.code, school.files() == before), (0, true), "{day}: {}", again.err);
    }
    assert_eq!(school.run(&["check"]).code, 0);
    school.ok(&["undo"]);
    assert!(!school.path(LOG).exists());
}

#[test]
fn a_long_sheet_with_faults_is_refused_with_each_cell_and_taken_but_for_them_on_request() {
    let school = whole_school();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("21.csv").to_string_lossy().into_owned();
    std::fs::copy(form("21-scores-long.csv"), &file).unwrap();
    let before = school.files();
    let refused = school.run(&["--as-of", "2026-09-10", "import", "scores", &file]);
    assert_eq!(refused.code, 3);
    for part in ["第 590 行，“分数”列：体育 130 分，超过满分 100", "第 591 行，“学籍号”列", "不知道这是哪次考试"]
    {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
    assert!(!refused.err.contains("529901201001010019"), "a whole id number was printed");
    assert_eq!(school.files(), before);
    let exam = ["--exam", "期中", "--date", "2026-09-09", "--accept-good"];
    let taken = school.run(&[&["--as-of", "2026-09-10", "import", "scores", &file], &exam[..]].concat());
    assert_eq!((taken.code, kept(&school).len()), (0, 588), "{}", taken.err);
    assert!(folder.path().join("21.rejects.xlsx").exists());
}

#[test]
fn sheets_as_schools_type_them() {
    let exam = ["--exam", "期中", "--date", "2026-11-10"];
    for (what, text, wanted) in [
        (
            "full marks in the header, marks in words, units, full width",
            "姓名,班级,语文（满分120分）,数学/150,美术\n王甲,四（2）班,１０８分,120,优\n",
            &["c0 数学 120/150", "c0 美术 excellent", "c0 语文 108/120"][..],
        ),
        (
            "a row of full marks, means and highest below, ranks between",
            "姓名,班级,语文,语文名次,数学,总分\n满分,,100,,120,220\n王乙,四2班,90,3,118,208\n平均分,,88,,100,\n最高分,,99,,120,\n",
            &["c1 数学 118/120", "c1 语文 90/100"],
        ),
        (
            "two tables side by side",
            "学号,姓名,语文,数学,学号,姓名,语文,数学\nG529901000000000002,王丙,70,80,G529901000000000003,王丁,缺考,60\n",
            &["c2 数学 80/100", "c2 语文 70/100", "c3 数学 60/100", "c3 语文 absent"],
        ),
        (
            "two header rows and the header again on the second page",
            "四年级2班期中成绩\n姓名,语文,,数学,\n,成绩,名次,成绩,名次\n王戊,66,1,77,2\n姓名,成绩,名次,成绩,名次\n王己,55,2,/,\n",
            &["c4 数学 77/100", "c4 语文 66/100", "c5 语文 55/100"],
        ),
        (
            "a subject a sheet, the class in the title, numbers of a class",
            "四年级（2）班数学成绩\n学号,姓名,成绩,备注\n7,王庚,88,\n8,王　辛,0,\n9,王壬,,转走\n",
            &["c6 数学 88/100", "c7 数学 0/100"],
        ),
        (
            "long, full marks a row, an absence",
            "学籍号,姓名,科目,分数,满分\nG529901000000000008,王壬,体育,45,50\nG529901000000000009,王癸,体育,病假,50\n",
            &["c8 体育 45/50", "c9 体育 absent"],
        ),
    ] {
        let school = class();
        imported(&school, text, &exam);
        assert_eq!(kept(&school), wanted, "{what}");
        assert_eq!(school.run(&["check"]).code, 0, "{what}");
    }
}

#[test]
fn what_is_wrong_is_named_by_cell_and_all_of_it() {
    let exam = ["--exam", "期中", "--date", "2026-11-10", "--class", "2023-2"];
    let text = "学籍号,姓名,语文,数学\n,王甲,101,80\nG529901000000000001,王丙,80,80\n,王甲甲,80,80\n,王乙,8O,-1\n,,77,\n\
                ,王丙,70,70\n,王丙,71,70\n";
    let school = class();
    let before = school.files();
    let said = import(&school, text, &exam);
    assert_eq!(said.code, 3);
    for part in [
        "第 2 行，“语文”列：语文 101 分，超过满分 100",
        "第 3 行，“学籍号”列：这个学籍号是王乙的，表里写的是 \"王丙\"",
        "第 4 行，“姓名”列：台账里没有学生 \"王甲甲\"",
        "第 5 行，“语文”列：\"8O\" 不是语文的成绩",
        "第 5 行，“数学”列：\"-1\" 不是数学的成绩",
        "第 6 行：这一行有成绩，没有姓名和学籍号",
        "第 8 行，“语文”列：同一学生的语文在第 7 行已有一个不同的成绩",
    ] {
        assert!(said.err.contains(part), "{part}: {}", said.err);
    }
    assert_eq!(school.files(), before);
    let several = import(&school, "姓名,语文\n王甲,80\n", &["--exam", "期中", "--date", "2026-11-10"]);
    assert_eq!(several.code, 3, "two children are called 王甲");
    assert!(several.err.contains("c0") && several.err.contains("cx"), "{}", several.err);
    for (text, part) in [
        ("姓名,备注\n王乙,好\n", "没有找到成绩列"),
        ("姓名,语文\n王乙,\n", "没有一个成绩"),
        ("姓名,语文,语文成绩\n王乙,80,90\n", "语文有两列"),
        ("期中期末\n姓名,语文\n王乙,80\n", "不知道这是哪次考试"),
    ] {
        let said = import(&school, text, &[]);
        assert!(said.code == 3 || said.code == 2, "{said:?}");
        assert!(said.err.contains(part), "{part}: {}", said.err);
    }
    let unknown = import(&school, "姓名,语文,机器人\n王乙,80,90\n", &exam);
    assert_eq!(unknown.code, 0);
    assert!(unknown.err.contains("不认识“机器人”这一列"), "{}", unknown.err);
}

#[test]
fn an_exam_is_told_by_title_or_command_and_never_guessed() {
    let sheet = |title: &str| format!("{title}\n姓名,语文\n王乙,80\n");
    let day_of = |text: &str, more: &[&str]| -> Result<(String, String, String), String> {
        let school = class();
        let said = import(&school, text, more);
        if said.code != 0 {
            return Err(said.err);
        }
        let rows = json(&school.ok(&["log", "list", "score", "--format", "json", "--until", "2027-12-31"]));
        let id = rows[0]["id"].as_str().unwrap().to_owned();
        let shown = json(&school.ok(&["log", "show", &id, "--format", "json"]));
        let get = |field: &str| {
            let row = shown.as_array().unwrap().iter().find(|row| row["field"] == field).unwrap();
            row["value"].as_str().unwrap_or_default().to_owned()
        };
        Ok((get("exam"), get("name"), get("date")))
    };
    let told = |exam: &str, name: &str, day: &str| Ok((exam.to_owned(), name.to_owned(), day.to_owned()));
    assert_eq!(day_of(&sheet("2026年秋季期中考试（2026年11月12日）"), &[]), told("期中", "", "2026-11-12"));
    assert_eq!(day_of(&sheet("2026年秋季期中考试"), &[]), told("期中", "", "2026-11-24"));
    assert_eq!(day_of(&sheet("第二次月考"), &["--date", "2026-10-20"]), told("月考", "第二次月考", "2026-10-20"));
    assert_eq!(day_of(&sheet("成绩"), &["--exam", "期中"]), told("期中", "", "2026-11-24"));
    assert_eq!(day_of(&sheet("成绩"), &["--kind", "final", "--date", "2026-11-20"]), told("期末", "", "2026-11-20"));
    for (title, more, part) in [
        ("成绩", &[][..], "不知道这是哪次考试"),
        ("月考成绩", &[], "是哪天考的"),
        ("期中成绩", &[], "是哪天考的"),
        ("2025年秋季期末考试", &[], "是哪天考的"),
        ("2025年秋季期末考试", &["--date", "2026-11-20"], "不在这个学期"),
        ("成绩", &["--exam", "随便"], "不知道是哪种考试"),
        ("期中", &["--full", "满"], "不是满分"),
    ] {
        let said = day_of(&sheet(title), more).unwrap_err();
        assert!(said.contains(part), "{title}: {said}");
    }
}

#[test]
fn another_monthly_test_never_overwrites_the_one_before() {
    let school = class();
    let sheet = |score: u32| format!("月考\n姓名,语文\n王乙,{score}\n");
    imported(&school, &sheet(70), &["--date", "2026-09-28"]);
    imported(&school, &sheet(80), &["--date", "2026-10-28"]);
    assert_eq!(kept(&school), ["c1 语文 70/100", "c1 语文 80/100"]);
    imported(&school, &sheet(81), &["--date", "2026-10-28"]);
    assert_eq!(kept(&school), ["c1 语文 70/100", "c1 语文 81/100"]);
}

#[test]
fn an_update_shows_what_changes_and_an_empty_cell_erases_nothing() {
    let school = class();
    let exam = ["--exam", "期中", "--date", "2026-11-10"];
    school.ok(&[
        "log",
        "add",
        "score",
        "王乙",
        "exam=期中",
        "subject=语文",
        "score=60",
        "--date",
        "2026-11-10",
        "--id",
        "typed",
    ]);
    imported(&school, "姓名,语文,数学\n王乙,70,80\n王丙,缺考,90\n", &exam);
    assert_eq!(kept(&school), ["c1 数学 80/100", "c1 语文 70/100", "c2 数学 90/100", "c2 语文 absent"]);
    assert!(school.read(LOG).contains("typed,2026-11-10,c1,"), "the row that was typed is the one that changed");
    let before = school.files();
    let text = "姓名,语文,数学\n王乙,,85\n王丙,66,90\n";
    let file = write(&school, text);
    let shown = school.run(&["import", "scores", &file, "--exam", "期中", "--dry-run", "--format", "json"]);
    let rows = json(&shown.out);
    let change = |name: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
        (row["verdict"].clone(), row["from"].clone(), row["to"].clone())
    };
    assert_eq!(change("王乙"), ("changed".into(), "80/100".into(), "85/100".into()));
    assert_eq!(change("王丙"), ("changed".into(), "absent".into(), "66/100".into()));
    assert_eq!(rows.as_array().unwrap().len(), 2);
    assert_eq!(school.files(), before, "a dry run wrote something");
    imported(&school, text, &["--exam", "期中"]);
    assert_eq!(kept(&school), ["c1 数学 85/100", "c1 语文 70/100", "c2 数学 90/100", "c2 语文 66/100"]);
}

#[test]
fn each_sheet_of_a_workbook_is_read_for_its_class_and_summaries_are_left_out() {
    let school = class();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [
        ("四年级1班", vec![["姓名", "语文"], ["王甲", "61"]]),
        ("四年级2班", vec![["姓名", "语文"], ["王甲", "62"]]),
        ("汇总", vec![["姓名", "语文"], ["王甲", "63"]]),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "2026年秋季期中考试成绩").unwrap();
        for (at, row) in (1..).zip(rows) {
            sheet.write(at, 0, row[0]).unwrap();
            match row[1].parse::<f64>() {
                Ok(number) => sheet
                    .write_formula(at, 1, rust_xlsxwriter::Formula::new("=60+1").set_result(number.to_string()))
                    .unwrap(),
                Err(_) => sheet.write(at, 1, row[1]).unwrap(),
            };
        }
    }
    let file = school.dir.path().with_extension("xlsx");
    book.save(&file).unwrap();
    let said = school.run(&["import", "scores", &file.to_string_lossy()]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(kept(&school), ["c0 语文 62/100", "cx 语文 61/100"]);
    assert!(said.err.contains("汇总"), "{}", said.err);
}

#[test]
fn a_roll_number_that_excel_has_rounded_and_a_formula_that_failed_are_refused() {
    let school = class();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["学籍号", "姓名", "语文"]) {
        sheet.write(0, column, header).unwrap();
    }
    sheet.write(1, 0, 529_901_202_002_243_000.0).unwrap();
    sheet.write(1, 1, "王乙").unwrap();
    sheet.write(1, 2, 80).unwrap();
    sheet.write(2, 1, "王丙").unwrap();
    sheet.write_formula(2, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let file = school.dir.path().with_extension("xlsx");
    book.save(&file).unwrap();
    let said = school.run(&["import", "scores", &file.to_string_lossy(), "--exam", "期中", "--class", "2023-2"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("第 2 行，“学籍号”列") && said.err.contains("按数字保存"), "{}", said.err);
    assert!(said.err.contains("第 3 行，“语文”列"), "{}", said.err);
}

#[test]
fn a_score_that_was_taken_back_comes_in_anew_and_the_old_row_stays() {
    let school = class();
    let sheet = "姓名,语文\n王乙,80\n";
    let exam = ["--exam", "期中", "--date", "2026-11-10", "--full", "120.0"];
    imported(&school, sheet, &exam);
    let id = json(&school.ok(&["log", "list", "score", "--format", "json"]))[0]["id"].as_str().unwrap().to_owned();
    school.ok(&["log", "void", &id, "--reason", "录错了班"]);
    imported(&school, sheet, &exam);
    assert_eq!(kept(&school), ["c1 语文 80/120", "c1 语文 80/120"]);
    let before = school.files();
    imported(&school, sheet, &exam);
    assert_eq!(school.files(), before);
    assert_eq!(school.run(&["check"]).code, 0);
}

#[test]
fn a_ledger_older_than_the_fields_is_told_to_upgrade_and_works_without_the_new_files() {
    let school = two_exams();
    for file in ["rules/progress.toml", "import/scores.toml"] {
        std::fs::remove_file(school.path(file)).unwrap();
    }
    imported(&school, "姓名,语文\n王乙,80\n", &["--exam", "期末", "--date", "2026-11-20"]);
    school.ok(&["report", "class", "2023-2"]);
    let kinds = school.read("kinds/study.toml");
    let old: String =
        kinds.lines().filter(|line| !line.contains("\"absent\"")).map(|line| format!("{line}\n")).collect();
    std::fs::write(school.path("kinds/study.toml"), old).unwrap();
    let said = import(&school, "姓名,语文\n王乙,80\n", &["--exam", "期末", "--date", "2026-11-20"]);
    assert!(said.code == 3 && said.err.contains("absent") && said.err.contains("--upgrade"), "{said:?}");
}

/// Two exams of the class: 王甲 rises, 王丁 falls behind, and the second paper is twice as hard for all.
fn two_exams() -> School {
    let school = class();
    let signs: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    let sheet = |scores: [u32; 10]| {
        let rows: String = signs.iter().zip(scores).map(|(sign, score)| format!("王{sign},{score}\n")).collect();
        format!("姓名,数学\n{rows}")
    };
    let exam = |name: &'static str, day: &'static str| ["--exam", name, "--date", day, "--class", "2023-2"];
    imported(&school, &sheet([60, 70, 80, 90, 60, 70, 80, 90, 70, 80]), &exam("第一次月考", "2026-09-28"));
    imported(&school, &sheet([45, 35, 40, 30, 30, 35, 40, 45, 35, 40]), &exam("期中", "2026-11-10"));
    school
}

#[test]
fn the_report_of_a_class_names_nobody_unless_asked_and_ranks_nobody_without_a_reason() {
    let school = two_exams();
    let names: Vec<String> = "甲乙丙丁戊己庚辛壬癸".chars().map(|sign| format!("王{sign}")).collect();
    for format in ["text", "md", "html", "json"] {
        let report = school.ok(&["report", "class", "2023-2", "--format", format]);
        let found: Vec<_> = names.iter().filter(|name| report.contains(name.as_str())).collect();
        assert!(found.is_empty(), "{format} names {found:?}");
    }
    assert!(
        !school.path("registers/disclosures.csv").exists()
            || school.read("registers/disclosures.csv").lines().count() == 1
    );
    let named = json(&school.ok(&["report", "class", "2023-2", "--names", "--format", "json"]));
    let table = |key: &str| {
        let block = named["blocks"].as_array().unwrap().iter().find(|block| block["key"] == key).unwrap();
        let rows = block["rows"].as_array().unwrap();
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(table("rose"), ["王甲"]);
    // Everybody is below a pass on the hard paper; they stand by pinyin, and not by score.
    let by_pinyin = "王丙 王丁 王庚 王癸 王己 王甲 王壬 王戊 王辛 王乙";
    assert_eq!(table("needs-help"), by_pinyin.split(' ').collect::<Vec<_>>());
    let refused = school.run(&["report", "class", "2023-2", "--rank"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert_eq!(school.run(&["report", "class", "2023-2", "--rank", "--reason", " "]).code, 2);
    let dry = school.run(&["report", "class", "2023-2", "--rank", "--reason", "奖学金评选", "--dry-run"]);
    assert!(dry.code == 0 && !dry.out.contains("王甲"), "shown, and not written down: {}", dry.out);
    let ranked = json(&school.ok(&[
        "report",
        "class",
        "2023-2",
        "--rank",
        "--reason",
        "奖学金评选",
        "--to",
        "教务处",
        "--format",
        "json",
    ]));
    let ranks = ranked["blocks"].as_array().unwrap().iter().find(|block| block["key"] == "ranks").unwrap();
    let places: Vec<u64> = ranks["rows"].as_array().unwrap().iter().map(|row| row["place"].as_u64().unwrap()).collect();
    assert_eq!(places, [1, 1, 3, 3, 3, 6, 6, 6, 9, 9]);
    let disclosed = school.read("registers/disclosures.csv");
    assert_eq!(disclosed.lines().count(), 2, "{disclosed}");
    assert!(disclosed.contains("report class 2023-2 --rank (2026-autumn 期中),教务处,奖学金评选"), "{disclosed}");
}

#[test]
fn no_listing_stands_in_the_order_of_scores() {
    let school = two_exams();
    for arguments in [
        &["report", "class", "2023-2", "--names"][..],
        &["pair", "suggest"],
        &["log", "list", "score", "--from", "2026-11-01"],
        &["risk", "--all"],
    ] {
        let out = school.ok(&[arguments, &["--format", "json"]].concat());
        let place = |name: &str| out.find(name);
        let best_to_worst = ["王甲", "王辛", "王丙", "王庚", "王癸", "王乙", "王己", "王壬", "王丁", "王戊"].map(place);
        if best_to_worst.iter().all(Option::is_some) {
            let sorted = best_to_worst.is_sorted();
            let reversed = best_to_worst.iter().rev().is_sorted();
            assert!(!sorted && !reversed, "{arguments:?} ranks the children");
        }
    }
}

#[test]
fn a_hard_paper_is_no_risk_of_decline_and_falling_behind_is() {
    let school = two_exams();
    let signs: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    let explained = |name: &str| {
        let rows = json(&school.ok(&["risk", "explain", name, "--format", "json"]));
        let row = rows.as_array().unwrap().iter().find(|row| row["indicator"] == "study-decline").unwrap().clone();
        row["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(explained("王丁"), "unknown", "one exam before is too few");
    let rows: String = signs
        .iter()
        .zip([45, 35, 40, 30, 30, 35, 40, 45, 35, 40])
        .map(|(sign, score)| format!("王{sign},{score}\n"))
        .collect();
    imported(
        &school,
        &format!("姓名,数学\n{rows}"),
        &["--exam", "第三次月考", "--date", "2026-11-20", "--class", "2023-2"],
    );
    assert_eq!(explained("王丁"), "fired");
    assert_eq!(explained("王乙"), "calm");
}

#[test]
fn a_dossier_holds_the_child_s_course_and_nothing_confidential() {
    let school = two_exams();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    school.ok(&[
        "student",
        "set",
        "c3",
        "parent.father.name=王大山",
        "parent.father.phone=15400001234",
        "study.habits=爱看书",
    ]);
    school.ok(&["student", "guardian", "c3", "李秀英", "--relation", "奶奶", "--from", "2024-02-01"]);
    school.ok(&[
        "log",
        "add",
        "home-visit",
        "c3",
        "met=奶奶",
        "problem=没有台灯，电话 15400005678",
        "--staff",
        "何老师",
    ]);
    school.ok(&["log", "add", "counselling", "c3", "risk=none", "--note", "绝密内容"]);
    school.ok(&["followup", "add", "crisis", "c3", "--what", "绝密跟进"]);
    school.ok(&["followup", "add", "wish", "c3", "--what", "想要书包"]);
    school.ok(&["pair", "add", "tutor", "c3", "何老师"]);
    school.ok(&["log", "add", "recognition", "c3", "topic=progress", "award=进步之星"]);
    for format in ["text", "md", "html", "json"] {
        let report = school.ok(&["report", "student", "王丁", "--format", format]);
        for held in ["王大山", "李秀英", "没有台灯", "想要书包", "何老师", "爱看书", "期中", "签名", "进步之星"]
        {
            assert!(report.contains(held), "{format} lacks {held}");
        }
        for hidden in ["绝密", "15400001234", "15400005678", "G529901000000000003", "王甲"] {
            assert!(!report.contains(hidden), "{format} has {hidden}");
        }
    }
    let whole = school.ok(&["report", "student", "王丁", "--reveal"]);
    assert!(whole.contains("15400001234") && !whole.contains("绝密"));
    let shown = school.ok(&["student", "show", "王丁"]);
    assert!(shown.contains("▇▃"), "no course in {shown}");
    let html = school.ok(&["report", "student", "王丁", "--format", "html"]);
    assert_eq!(html.matches("<svg").count(), 2);
    let before = school.read("registers/disclosures.csv").lines().count();
    for dossier in [&["report", "student", "王丁"][..], &["report", "class", "2023-2", "--names"]] {
        let bare = school.run(&[dossier, &["--out", "bare.docx", "--to", "监护人", "--reason", " "]].concat());
        assert_eq!((bare.code, school.path("bare.docx").exists()), (2, false), "{dossier:?}: {}", bare.err);
    }
    for ending in ["docx", "xlsx"] {
        let out = school.dir.path().with_extension(ending);
        school.ok(&[
            "report",
            "student",
            "王丁",
            "--out",
            &out.to_string_lossy(),
            "--to",
            "监护人",
            "--reason",
            "家长会",
        ]);
        assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
    }
    let disclosed = school.read("registers/disclosures.csv");
    assert_eq!(disclosed.lines().count(), before + 2);
    assert!(disclosed.contains("report student c3,监护人,家长会"), "{disclosed}");
}

#[test]
fn peer_tutors_are_proposed_with_a_reason_and_recorded_only_by_the_printed_command() {
    let school = two_exams();
    let before = school.files();
    let rows = json(&school.ok(&["pair", "suggest", "--format", "json"]));
    assert_eq!(school.files(), before);
    let of = |name: &str| rows.as_array().unwrap().iter().find(|row| row["name"] == name).cloned();
    // On the hard paper all are below 75 %: nobody is strong enough to help.
    assert!(of("王丁").is_some_and(|row| row["helper"].is_null() && row["command"].is_null()), "{rows}");
    assert!(of("王乙").is_none_or(|row| !row["reasons"].as_str().unwrap().is_empty()));
    let easy: String = "甲乙丙丁戊己庚辛壬癸"
        .chars()
        .zip([95, 70, 75, 40, 45, 72, 74, 96, 71, 73])
        .map(|(sign, score)| format!("王{sign},{score}\n"))
        .collect();
    imported(
        &school,
        &format!("姓名,数学\n{easy}"),
        &["--exam", "第三次月考", "--date", "2026-11-20", "--class", "2023-2"],
    );
    let rows = json(&school.ok(&["pair", "suggest", "--class", "2023-2", "--format", "json"]));
    assert_eq!(rows.as_array().unwrap().len(), 2, "{rows}");
    for row in rows.as_array().unwrap() {
        let command = row["command"].as_str().unwrap();
        let words: Vec<String> = shlex::split(command).unwrap();
        school.ok(&words[1..].iter().map(String::as_str).collect::<Vec<_>>());
    }
    let pairs = json(&school.ok(&["pair", "list", "--type", "peer-tutor", "--format", "json"]));
    let helpers: Vec<&str> = pairs.as_array().unwrap().iter().map(|row| row["helper"].as_str().unwrap()).collect();
    assert_eq!(helpers.len(), 2);
    assert_ne!(helpers[0], helpers[1], "one helper has both, and the other nobody");
    assert_eq!(json(&school.ok(&["pair", "suggest", "--class", "2023-2", "--format", "json"])), Value::Array(vec![]));
}

#[test]
fn help_is_listed_with_what_came_before_and_after() {
    let school = two_exams();
    school.ok(&["pair", "add", "tutor", "c0", "何老师", "--from", "2026-10-01"]);
    school.ok(&["log", "add", "tutoring", "c0", "subject=数学", "--minutes", "40", "--date", "2026-10-09"]);
    school.ok(&["log", "add", "individual-guidance", "c0", "before=不会进位", "after=会了", "--date", "2026-10-16"]);
    let rows = json(&school.ok(&["pair", "effect", "--format", "json"]));
    let row = &rows[0];
    assert_eq!((row["times"].as_u64(), row["minutes"].as_u64()), (Some(2), Some(40)));
    // By Python: (60 − 75) ÷ 10.247 and (45 − 37.5) ÷ 5.1235, as pstdev gives them.
    assert!((row["before"].as_f64().unwrap() + 1.463_850_109_422_799_8).abs() < 1e-9, "{row}");
    assert!((row["after"].as_f64().unwrap() - 1.463_850_109_422_799_8).abs() < 1e-9, "{row}");
    assert_eq!(row["change"], "+2.93");
}

#[test]
fn a_study_plan_opens_its_goal_with_its_day_and_the_goal_has_an_outcome() {
    let school = class();
    let said =
        school.run(&["log", "add", "study-plan", "王乙", "goal=数学及格", "until=2027-01-10", "measures=每天十题"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let goals = json(&school.ok(&["followup", "list", "--format", "json"]));
    assert_eq!((&goals[0]["type"], &goals[0]["due"]), (&"study-goal".into(), &"2027-01-10".into()));
    let id = goals[0]["id"].as_str().unwrap().to_owned();
    school.ok(&["followup", "done", &id, "--outcome", "期末 72 分"]);
    let report = school.ok(&["report", "student", "王乙"]);
    for part in ["学习计划", "数学及格", "期末 72 分", "2027-01-10"] {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert_eq!(school.run(&["log", "add", "study-plan", "王乙", "goal=数学及格"]).code, 2, "a goal has a day");
}

#[test]
fn a_score_needs_a_number_a_word_or_an_absence() {
    let school = class();
    assert_eq!(school.run(&["log", "add", "score", "王乙", "exam=期中", "subject=语文"]).code, 2);
    for mark in ["score=0", "absent=是", "grade=优"] {
        school.ok(&["log", "add", "score", "王乙", "exam=期中", "subject=语文", mark]);
    }
    assert_eq!(kept(&school), ["c1 语文 0/", "c1 语文 absent", "c1 语文 excellent"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_of_a_sheet_says_nothing(order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle(), marks in prop::collection::vec("[0-9]{1,2}|缺考||优", 20)) {
        let signs: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
        let row = |at: usize| format!("王{},{},{}\n", signs[at], marks[2 * at], marks[2 * at + 1]);
        prop_assume!(marks.iter().any(|mark| !mark.is_empty()));
        let sheet = |order: &[usize]| format!("姓名,语文,数学\n{}", order.iter().map(|at| row(*at)).collect::<String>());
        let exam = ["--exam", "期中", "--date", "2026-11-10", "--class", "2023-2"];
        let (one, other) = (class(), class());
        imported(&one, &sheet(&(0..10).collect::<Vec<_>>()), &exam);
        imported(&other, &sheet(&order), &exam);
        prop_assert_eq!(one.files(), other.files());
        imported(&one, &sheet(&order), &exam);
        prop_assert_eq!(one.files(), other.files());
    }
}
