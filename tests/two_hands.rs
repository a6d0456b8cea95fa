//! Two hands at once: other commands, and an editor.

mod support;

use support::School;

#[test]
fn eight_commands_at_once_lose_no_row_and_tear_no_reading() {
    let school = School::with_two_children();
    let add = |writer: usize, number: usize| {
        let id = format!("w{writer}n{number}");
        school.ok(&["log", "add", "guardian-contact", "aaaaaa", "--id", &id, "content=一切都好"]);
    };
    std::thread::scope(|scope| {
        for writer in 0..6 {
            scope.spawn(move || (0..5).for_each(|number| add(writer, number)));
        }
        for _ in 0..2 {
            scope.spawn(|| {
                let mut seen = 0;
                for _ in 0..10 {
                    let rows = school.ok(&["log", "list", "--format", "jsonl"]).lines().count();
                    assert!(rows >= seen, "rows went away while others were added");
                    seen = rows;
                }
            });
        }
    });
    assert_eq!(school.ok(&["log", "list", "--format", "jsonl"]).lines().count(), 30);
    let rows = school.read("logs/2026-autumn/guardian-contact.csv");
    assert_eq!(rows.lines().count(), 31);
}

#[test]
fn a_file_that_an_editor_saved_meanwhile_is_not_written_over() {
    let school = School::with_two_children();
    // The editor that `student edit` opens stands for another program that saves the same file behind its back.
    let script = "#!/bin/sh\necho 'note = \"mine\"' | cat students/aaaaaa.toml - > n && sed -i '/enrolment/,$d' n\nprintf '# theirs\\n' >> students/aaaaaa.toml\nsed -i 's/2023-2/2023-1/' \"$1\"\n";
    std::fs::write(school.path("editor.sh"), script).unwrap();
    let said =
        support::said(school.command(&["student", "edit", "aaaaaa"]).env("EDITOR", "sh editor.sh").output().unwrap());
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("students/aaaaaa.toml"), "{}", said.err);
    let file = school.read("students/aaaaaa.toml");
    assert!(file.ends_with("# theirs\n") && file.contains("2023-2"), "{file}");
}

#[test]
fn a_folder_that_cannot_be_written_can_still_be_read() {
    let school = School::with_two_children();
    let before = school.files();
    std::fs::remove_dir_all(school.path(".guanai")).unwrap();
    let list = school.ok(&["student", "list", "--ids"]);
    assert_eq!(list, "bbbbbb\naaaaaa\n");
    assert!(!school.path(".guanai").exists(), "a reader wrote");
    assert_eq!(school.files(), before);
}
