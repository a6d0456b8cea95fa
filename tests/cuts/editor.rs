//! An editor that saves a file while a command writes it, before each system call of the command.

use std::fs;

use crate::disk::Op;
use crate::support::School;
use crate::tracer::{Order, Ran, can_trace, run};

const PATH: &str = "students/aaaaaa.toml";
const SAVED: &str = "# saved by an editor\n";

fn traced(school: &School, arguments: &[&str], order: Order) -> Ran {
    let program = fs::canonicalize(env!("CARGO_BIN_EXE_guanai")).unwrap();
    let root = fs::canonicalize(school.root()).unwrap();
    run(&mut school.command(arguments), &root, &program, order).expect("it can be traced")
}

/// A command that changes the file, and whether it stands there with other files.
const COMMANDS: [&[&str]; 2] = [&["student", "set", "aaaaaa", "boarding=true"], &["batch", "batch.txt"]];

fn school() -> School {
    let school = School::with_two_children();
    let lines = "student set aaaaaa boarding=true\nstudent set bbbbbb boarding=true\n";
    fs::write(school.path("batch.txt"), lines).unwrap();
    school
}

#[test]
fn what_an_editor_saves_while_a_command_writes_is_never_written_over_but_between_two_system_calls() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    for command in COMMANDS {
        let log = traced(&school(), command, Order::Let).log;
        let is_into_place = |op: &Op| matches!(op, Op::Rename(_, to) if to == PATH);
        let placed = log.iter().position(is_into_place).expect("it is renamed into its place") + 1;
        // The command looks at its files for the last time just before it renames the first of them.
        let is_a_place = |op: &Op| matches!(op, Op::Rename(_, to) if !to.starts_with(".guanai/"));
        let looks_last = log.iter().position(is_a_place).expect("one is renamed into its place") + 1;
        for at in (1..=log.len()).filter(|at| !(looks_last..=placed).contains(at)) {
            let school = school();
            let ran = traced(&school, command, Order::Save { at, path: PATH, text: SAVED });
            let text = school.read(PATH);
            assert!(text.contains(SAVED), "{command:?}, call {at}: the save is lost");
            assert_eq!(text.contains("boarding"), at > placed, "{command:?}, call {at}: {text}");
            assert_eq!(ran.code, Some(if at > placed { 0 } else { 3 }), "{command:?}, call {at}: {}", ran.err);
            assert!(at > placed || ran.err.contains(PATH), "{}", ran.err);
        }
    }
}
