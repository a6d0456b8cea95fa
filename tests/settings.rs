//! What a person sets for their machine, and listings that are longer than the terminal.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Said, School, said};

/// A command as a person with these settings gives it, from a folder that is in no ledger.
fn elsewhere(home: &Path, arguments: &[&str], set: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guanai"));
    command.args(arguments).current_dir(home).env_clear().env("HOME", home).env("GUANAI_AS_OF", support::DAY);
    said(command.envs(set.iter().copied()).output().expect("the binary runs"))
}

fn set(home: &Path, text: &str) {
    fs::create_dir_all(home.join(".config/guanai")).unwrap();
    fs::write(home.join(".config/guanai/config.toml"), text).unwrap();
}

#[test]
fn a_ledger_that_is_set_is_meant_wherever_no_other_is() {
    let (school, other) = (School::with_two_children(), School::new());
    let home = tempfile::tempdir().unwrap();
    let list = ["student", "list", "--ids"];
    let root = school.root().to_string_lossy().into_owned();
    assert_eq!(elsewhere(home.path(), &list, &[]).code, 2);
    set(home.path(), &format!("dir = \"{root}\"\n"));
    assert_eq!(elsewhere(home.path(), &list, &[]).out, "bbbbbb\naaaaaa\n");
    // Whoever says where, or stands in another ledger, means that one.
    let there = other.root().to_string_lossy().into_owned();
    for said in [
        elsewhere(home.path(), &["-C", &there, "student", "list", "--ids"], &[]),
        elsewhere(home.path(), &list, &[("GUANAI_DIR", &there)]),
        said(other.command(&list).env("HOME", home.path()).output().unwrap()),
    ] {
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{said:?}");
    }
    assert_eq!(elsewhere(home.path(), &["-C", "/", "student", "list"], &[]).code, 2);
    std::os::unix::fs::symlink(school.root(), home.path().join("school")).unwrap();
    set(home.path(), "dir = \"~/school\"\n");
    assert_eq!(elsewhere(home.path(), &list, &[]).out, "bbbbbb\naaaaaa\n");
}

#[test]
fn the_language_that_is_set_goes_behind_what_is_asked_and_before_the_schools() {
    let (school, home) = (School::new(), tempfile::tempdir().unwrap());
    let speaks = |arguments: &[&str], set: &[(&str, &str)]| {
        let mut command = school.command(arguments);
        let said = said(command.env("HOME", home.path()).envs(set.iter().copied()).output().unwrap());
        if said.out.contains("Usage") || said.err.contains("no student") { "en" } else { "zh" }
    };
    assert_eq!((speaks(&["--help"], &[]), speaks(&["student", "show", "x"], &[])), ("zh", "zh"));
    set(home.path(), "lang = \"en\"\n");
    assert_eq!((speaks(&["--help"], &[]), speaks(&["student", "show", "x"], &[])), ("en", "en"));
    assert_eq!(speaks(&["--lang", "zh", "student", "show", "x"], &[]), "zh");
    assert_eq!(speaks(&["student", "show", "x"], &[("GUANAI_LANG", "zh")]), "zh");
}

#[test]
fn settings_that_are_wrong_are_named_with_file_and_line() {
    let (school, home) = (School::new(), tempfile::tempdir().unwrap());
    for (text, words) in
        [("dir = \n", "config.toml:1"), ("lang = \"zh\"\ncolour = true\n", "config.toml:2"), ("lang = \"fr\"\n", "fr")]
    {
        set(home.path(), text);
        let said = said(school.command(&["student", "list"]).env("HOME", home.path()).output().unwrap());
        assert!(said.code == 3 && said.err.contains(words) && said.out.is_empty(), "{text}: {said:?}");
    }
    // Another file can be named for once.
    let own = home.path().join("own.toml");
    fs::write(&own, "lang = \"en\"\n").unwrap();
    let said = said(school.command(&["student", "show", "x"]).env("GUANAI_CONFIG", &own).output().unwrap());
    assert!(said.err.contains("no student"), "{said:?}");
}

/// What a terminal of ten lines shows of a command.
fn on_a_terminal(school: &School, line: &str, set: &[(&str, &str)]) -> String {
    let script = format!("stty rows 10 cols 80; {} {line}", env!("CARGO_BIN_EXE_guanai"));
    let mut command = Command::new("script");
    command.args(["-qec", &script, "/dev/null"]).current_dir(school.root()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GUANAI_AS_OF", support::DAY);
    let output = command.envs(set.iter().copied()).output().expect("script runs");
    String::from_utf8_lossy(&output.stdout).replace('\r', "")
}

#[test]
fn a_listing_that_is_longer_than_the_terminal_goes_through_the_pager() {
    let is_there = Command::new("script").args(["-qec", "true", "/dev/null"]).output();
    if !is_there.is_ok_and(|output| output.status.success()) {
        return eprintln!("skipped: this machine has no `script`");
    }
    let school = School::with_two_children();
    let pager = [("GUANAI_PAGER", "sed -e 's/^/> /'")];
    let short = on_a_terminal(&school, "student list", &pager);
    assert!(short.contains("王小明") && !short.contains("> "), "{short}");
    for number in 0..20 {
        school.ok(&["student", "add", &format!("学生{number:02}"), "class=2023-2"]);
    }
    let long = on_a_terminal(&school, "student list", &pager);
    assert!(long.contains("> ") && long.contains("王小明"), "{long}");
    // What is kept of an answer goes the same way.
    let again = |_| on_a_terminal(&school, "plan status", &pager).matches("> ").count();
    let shown: Vec<usize> = (0..2).map(again).collect();
    assert!(shown[0] > 10 && shown[0] == shown[1], "{shown:?}");
    for none in ["", "cat"] {
        let plain = on_a_terminal(&school, "student list", &[("GUANAI_PAGER", none), ("PAGER", "sed -e 's/^/> /'")]);
        assert!(plain.contains("学生19") && !plain.contains("> "), "{plain}");
    }
    let missing = on_a_terminal(&school, "student list", &[("GUANAI_PAGER", "no-such-pager")]);
    assert!(missing.contains("学生19"), "{missing}");
    assert!(!school.ok(&["student", "list"]).contains("> "));
}
