//! What git calls to merge is cut: the file is ours as it was, or merged; and git does not take the one for the other.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::School;
use crate::tracer::{Order, Ran, can_trace, run};

const BASE: &str = "base.toml";
const OURS: &str = "ours.toml";
const THEIRS: &str = "theirs.toml";

/// Three copies of one child's file: we have set one field, they another.
fn three() -> School {
    let school = School::with_two_children();
    let text = school.read("students/aaaaaa.toml");
    let with = |line: &str| text.replacen("class = ", &format!("{line}\nclass = "), 1);
    fs::write(school.path(BASE), &text).unwrap();
    fs::write(school.path(OURS), with("ethnicity = \"苗族\"")).unwrap();
    fs::write(school.path(THEIRS), with("gender = \"male\"")).unwrap();
    school
}

fn merged(school: &School, order: Order) -> Ran {
    let command = &mut school.command(&["git", "merge", BASE, OURS, THEIRS, "students/aaaaaa.toml"]);
    traced(command, school.root(), order)
}

fn traced(command: &mut Command, root: &Path, order: Order) -> Ran {
    let program = fs::canonicalize(env!("CARGO_BIN_EXE_guanai")).unwrap();
    run(command, &fs::canonicalize(root).unwrap(), &program, order).expect("it can be traced")
}

#[test]
fn a_merge_driver_that_is_cut_leaves_our_copy_or_the_merged_one() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    let whole = three();
    let old = whole.read(OURS);
    let calls = merged(&whole, Order::Let).calls;
    let new = whole.read(OURS);
    assert!(new.contains("苗族") && new.contains("male"), "{new}");
    let (mut kept, mut done) = (0, 0);
    for at in 1..=calls {
        let refuse = |errno, count| Order::Refuse { from: at, count, errno };
        for order in [
            Order::Kill(at),
            Order::Tear(at, 9),
            refuse(libc::ENOSPC, usize::MAX),
            refuse(libc::EROFS, usize::MAX),
            refuse(libc::EIO, 1),
        ] {
            let school = three();
            let ran = merged(&school, order);
            let ours = school.read(OURS);
            assert!(ours == old || ours == new, "{order:?}: {ours}");
            assert!(ran.code != Some(0) || ours == new, "{order:?}: it says that it merged");
            assert!(matches!(ran.code, None | Some(0 | 4)), "{order:?}: {}", ran.err);
            if ran.code == Some(4) {
                assert_eq!(ours, old, "{order:?}: it says that it could not");
                let left = fs::read_dir(school.root()).unwrap().flatten();
                let left: Vec<_> =
                    left.filter(|entry| entry.file_name().to_string_lossy().starts_with(".merge")).collect();
                // Where nothing can be written any more, nothing can be removed either.
                assert!(
                    left.is_empty() || matches!(order, Order::Refuse { count: usize::MAX, .. }),
                    "{order:?}: {left:?}"
                );
            }
            kept += usize::from(ours == old);
            done += usize::from(ours == new);
        }
    }
    eprintln!("| the merge driver | {calls} | {kept} old | {done} new |");
    assert!(kept > 0);
}

/// A repository in which two branches have changed one child's file.
fn repository() -> School {
    let school = School::with_two_children();
    let git = |arguments: &[&str]| {
        let ran = git_command(&school, arguments).output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {ran:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    school.ok(&["git", "setup", "-q"]);
    for (branch, setting) in [("theirs", "ethnicity=苗族"), ("main", "boarding=true")] {
        if branch == "theirs" {
            git(&["add", "-A"]);
            git(&["commit", "-qm", "start"]);
            git(&["checkout", "-qb", "theirs"]);
        } else {
            git(&["checkout", "-q", "main"]);
        }
        school.ok(&["student", "set", "aaaaaa", setting]);
        git(&["commit", "-qam", branch]);
    }
    school
}

fn git_command(school: &School, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(school.root()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", school.root());
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "t").env(format!("GIT_{who}_EMAIL"), "t@example.invalid");
    }
    command
}

#[test]
fn git_does_not_commit_what_a_killed_merge_driver_left_and_merges_the_next_time() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    let merge = &["merge", "-q", "--no-edit", "theirs"];
    let school = repository();
    let old = school.files();
    let calls = traced(&mut git_command(&school, merge), school.root(), Order::Let).calls;
    let new = school.files();
    assert!(calls > 2 && new != old);
    for at in 1..=calls {
        let school = repository();
        let ran = traced(&mut git_command(&school, merge), school.root(), Order::Kill(at));
        assert!(ran.code.is_some_and(|code| code != 0), "call {at}: git merged: {}", ran.err);
        git_command(&school, &["reset", "-q", "--hard"]).status().unwrap();
        git_command(&school, &["clean", "-qf"]).status().unwrap();
        assert_eq!(school.files(), old, "call {at}: the work of the day before is not what it was");
        assert!(git_command(&school, merge).status().unwrap().success(), "call {at}");
        assert_eq!(school.files(), new, "call {at}");
    }
}
