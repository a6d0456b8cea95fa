//! A batch, `undo` and the help, as the shell sees them.

mod support;

use std::process::Stdio;

use support::{Said, School, said};

fn batch(school: &School, lines: &str) -> Said {
    use std::io::Write;
    let mut child = school
        .command(&["batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("piped").write_all(lines.as_bytes()).expect("read");
    said(child.wait_with_output().expect("it ends"))
}

#[test]
fn a_batch_that_is_not_written_prints_no_ids() {
    let school = School::with_two_children();
    let before = school.files();
    let said = batch(&school, "log add care-talk aaaaaa --id talk-1\nlog add home-visit aaaaaa met=x\n");
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert_eq!(school.files(), before);
}

#[test]
fn a_wrong_line_of_a_batch_says_what_to_do_on_a_line_of_its_own() {
    let said = batch(&School::with_two_children(), "log add home-visit aaaaaa met=x\n");
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines.len(), 2, "{said:?}");
    assert!(lines[0].starts_with("-:1：") && lines[1].starts_with("    可以是"), "{said:?}");
    assert!(lines[1].ends_with("整个批处理都没有写入"), "{said:?}");
}

#[test]
fn a_batch_that_is_written_prints_its_ids_in_order() {
    let school = School::with_two_children();
    let said = batch(&school, "log add care-talk aaaaaa --id talk-1\nlog add care-talk bbbbbb --id talk-2\n");
    assert_eq!((said.code, said.out.as_str()), (0, "talk-1\ntalk-2\n"), "{said:?}");
}

#[test]
fn undo_stops_before_the_ledger_itself() {
    let school = School::new();
    school.ok(&["student", "add", "王小明", "--id", "aaaaaa"]);
    school.ok(&["undo"]);
    let before = school.files();
    let said = school.run(&["undo"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("没有可以撤销的改动"), "{said:?}");
    assert_eq!(school.files(), before);
}

#[test]
fn the_own_options_of_a_command_come_before_those_of_all() {
    let help = School::new().ok(&["log", "add", "--help"]);
    let place = |word: &str| help.find(word).unwrap_or_else(|| panic!("{word}: {help}"));
    assert!(place("--minutes") < place("通用选项") && place("通用选项") < place("--as-of"), "{help}");
    assert!(!help.contains("OPTIONS"), "{help}");
    let arguments = School::new().ok(&["student", "set", "--help"]);
    assert!(arguments.find("<STUDENT>  ") < arguments.find("<FIELDS>...  "), "{arguments}");
}

#[test]
fn help_in_chinese_says_a_default_in_chinese() {
    let help = School::new().ok(&["due", "--help"]);
    assert!(help.contains("（缺省：7）") && !help.contains("[default"), "{help}");
}

#[test]
fn a_command_that_is_nearly_one_is_answered_with_the_nearest() {
    let said = School::new().run(&["rsik"]);
    assert!(said.err.contains("相近的：risk"), "{said:?}");
}

#[test]
fn a_check_code_is_explained_without_the_names_of_its_values() {
    let said = School::new().ok(&["check", "--explain", "check-missing"]);
    assert!(said.contains("… 的档案缺少：…") && !said.contains('{'), "{said}");
}

#[test]
fn what_a_child_lacks_comes_with_the_command_that_sets_it() {
    let found = School::with_two_children().ok(&["check", "--format", "csv"]);
    assert!(found.contains("guanai student set aaaaaa born=… gender=… consent=…"), "{found}");
}

#[test]
fn rows_of_one_register_from_several_lines_are_all_there() {
    let school = School::with_two_children();
    let lines = "pair add tutor aaaaaa 刘老师 --id p1\npair add caring-parent aaaaaa 何老师 --id p2\npair end p1 --on 2026-11-24\n\
        staff add 刘老师 --id s1\nstaff add 何老师 --id s2\nresource add volunteer 志愿队 --id r1\nresource add volunteer 书店 --id r2\n";
    std::fs::write(school.path("lines.txt"), lines).unwrap();
    school.ok(&["batch", "lines.txt"]);
    let pairings = school.read("registers/pairings.csv");
    assert!(pairings.contains("p1,tutor,aaaaaa,刘老师,2026-11-24,2026-11-24,"), "{pairings}");
    assert!(pairings.contains("p2,caring-parent,aaaaaa,何老师,"), "{pairings}");
    assert_eq!(school.read("registers/staff.csv").lines().count(), 3);
    assert_eq!(school.read("registers/resources.csv").lines().count(), 3);
}

#[test]
fn a_table_that_somebody_emptied_takes_rows_again() {
    let school = School::with_two_children();
    std::fs::create_dir_all(school.path("logs/2026-autumn")).unwrap();
    for file in ["registers/followups.csv", "registers/pairings.csv", "logs/2026-autumn/home-visit.csv"] {
        std::fs::write(school.path(file), "").unwrap();
    }
    school.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "problem=没有书桌", "--id", "v1"]);
    school.ok(&["pair", "add", "tutor", "aaaaaa", "刘老师", "--id", "p1"]);
    let log = school.read("logs/2026-autumn/home-visit.csv");
    assert!(log.starts_with("id,date,students,staff,minutes,attachments,note,void,met,"), "{log}");
    assert!(school.read("registers/followups.csv").starts_with("id,type,student,opened,due,"));
    assert!(school.read("registers/pairings.csv").starts_with("id,type,student,helper,from,until,reason\np1,"));
}

#[test]
fn the_undo_history_forgets_the_oldest_and_takes_back_the_last() {
    let school = School::with_two_children();
    school.ok(&["log", "add", "care-talk", "aaaaaa", "--id", "talk-one"]);
    let kept = |school: &School| std::fs::read_dir(school.path(".guanai/undo")).unwrap().count();
    let last = std::fs::read(school.path(&format!(".guanai/undo/{:08}", kept(&school)))).unwrap();
    for number in kept(&school) + 1..=700 {
        std::fs::write(school.path(&format!(".guanai/undo/{number:08}")), &last).unwrap();
    }
    let before = school.files();
    school.ok(&["log", "add", "care-talk", "aaaaaa", "--id", "talk-two"]);
    assert_eq!(kept(&school), 500);
    school.ok(&["undo"]);
    assert_eq!(school.files(), before);
}
