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
