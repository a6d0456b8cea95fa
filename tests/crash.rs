//! The process ends, or the disk is full, at each call that writes, one after the other: the ledger is the old one or
//! the new one, and the next command goes on.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::School;

type Files = BTreeMap<String, Vec<u8>>;

/// Copies a ledger, its state included.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn copy_of(school: &School) -> School {
    let copied = School { dir: tempfile::tempdir().unwrap() };
    copy(school.root(), copied.root());
    copied
}

/// Runs a command that is cut at its N-th write for N = 1, 2, … until it gets through; gives how often it was cut.
fn cut_at_every_write(before: &School, kind: &str, command: &[&str]) -> usize {
    let old = before.files();
    let done = copy_of(before);
    done.ok(command);
    let new = done.files();
    assert_ne!(old, new, "the command changes nothing");
    for number in 1..200 {
        let school = copy_of(before);
        let said =
            support::said(school.command(command).env("GUANAI_FAULT", format!("{kind}:{number}")).output().unwrap());
        if said.code == 0 {
            assert_eq!(school.files(), new);
            return number - 1;
        }
        assert!(!said.err.contains("panicked"), "{kind}:{number}: {}", said.err);
        if kind == "full" {
            assert_eq!(said.code, 4, "{}", said.err);
        }
        is_whole(&school, &old, &new, &format!("{kind}:{number}"));
    }
    panic!("the command never got through");
}

fn is_whole(school: &School, old: &Files, new: &Files, cut: &str) {
    // A reader sees one of the two before any writer has come along.
    let listed = school.run(&["log", "list", "--format", "json"]);
    assert_eq!((listed.code, listed.err.as_str()), (0, ""), "{cut}");
    // The next writer rolls the change set forward, or throws away what was only staged.
    school.ok(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
    let mut files = school.files();
    assert!(files.remove("students/zzzzzz.toml").is_some());
    assert!(files == *old || files == *new, "{cut}: neither the old ledger nor the new one");
    let in_new = files == *new;
    let rows: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let again: serde_json::Value = serde_json::from_str(&school.ok(&["log", "list", "--format", "json"])).unwrap();
    assert_eq!(rows, again, "{cut}: a reader before recovery saw another ledger than after it");
    let left: Vec<_> = std::fs::read_dir(school.path(".guanai"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "lock" && name != "undo")
        .collect();
    assert!(left.is_empty(), "{cut}: {left:?} was left behind");
    school.ok(&["undo"]);
    assert_eq!(school.files(), if in_new { new.clone() } else { old.clone() }, "{cut}: undo");
}

fn a_lived_in_school() -> School {
    let school = School::with_two_children();
    school.ok(&[
        "log",
        "add",
        "home-visit",
        "aaaaaa",
        "met=guardian",
        "problem=没有书桌",
        "--id",
        "visit1",
        "--date",
        "2026-10-01",
    ]);
    std::fs::write(school.path("scan.pdf"), b"%PDF-1.7\0\xFF signed".repeat(40)).unwrap();
    school
}

const COMMANDS: &[&[&str]] = &[
    &["log", "add", "home-visit", "bbbbbb", "met=guardian", "problem=缺课", "--id", "visit2", "--date", "2026-11-02"],
    // The file and its row come together or not at all.
    &["log", "add", "home-visit", "aaaaaa", "met=parent", "--attach", "scan.pdf", "--id", "v3", "--date", "2026-11-03"],
    &["log", "void", "visit1", "--reason", "typed twice"],
    &["student", "set", "aaaaaa", "boarding=true"],
    &["undo"],
];

#[test]
fn a_kill_at_any_write_leaves_the_old_ledger_or_the_new_one() {
    let school = a_lived_in_school();
    for command in COMMANDS {
        let cuts = cut_at_every_write(&school, "kill", command);
        assert!(cuts >= 5, "{command:?} was cut only {cuts} times");
    }
}

#[test]
fn a_write_that_is_half_done_leaves_the_old_ledger_or_the_new_one() {
    let school = a_lived_in_school();
    for command in COMMANDS {
        for number in 1..30 {
            let copied = copy_of(&school);
            let old = copied.files();
            let done = copy_of(&school);
            done.ok(command);
            let fault = format!("torn:{number}");
            copied.command(command).env("GUANAI_FAULT", &fault).output().unwrap();
            is_whole(&copied, &old, &done.files(), &fault);
        }
    }
}

#[test]
fn a_full_disk_at_any_write_is_said_and_loses_nothing() {
    let school = a_lived_in_school();
    for command in COMMANDS {
        cut_at_every_write(&school, "full", command);
    }
}

#[test]
fn a_batch_is_written_whole_or_not_at_all() {
    let school = a_lived_in_school();
    let lines = "log add home-visit aaaaaa met=parent --id v3\nstudent set bbbbbb boarding=true\nlog add guardian-contact bbbbbb --id c1\n";
    std::fs::write(school.path("batch.txt"), lines).unwrap();
    let cuts = cut_at_every_write(&school, "kill", &["batch", "batch.txt"]);
    assert!(cuts >= 9, "cut only {cuts} times");
}

#[test]
fn a_record_of_a_change_set_that_is_not_whole_is_refused_and_says_so() {
    let school = a_lived_in_school();
    let whole = copy_of(&school);
    let command = COMMANDS[0];
    // The last of these cuts lies between the commit and the first file.
    let committed = (1..20)
        .map(|number| {
            let cut = copy_of(&whole);
            cut.command(command).env("GUANAI_FAULT", format!("kill:{number}")).output().unwrap();
            cut
        })
        .find(|cut| cut.path(".guanai/pending").exists())
        .expect("one cut lies behind the commit");
    let record = std::fs::read(committed.path(".guanai/pending")).unwrap();
    for length in (0..record.len()).step_by(7) {
        std::fs::write(committed.path(".guanai/pending"), &record[..length]).unwrap();
        let before = committed.files();
        // Who reads sees the files as they lie, and is told so; who would write is refused.
        let said = committed.run(&["student", "list"]);
        assert!(said.code == 0 && said.err.contains(".guanai/pending"), "{length}: {said:?}");
        let said = committed.run(command);
        assert_eq!(said.code, 3, "a record of {length} bytes was believed");
        assert!(said.err.contains(".guanai/pending"), "{}", said.err);
        assert_eq!(committed.files(), before, "{length} bytes");
    }
}

/// Whether a key opens all, or none, of what three confidential records and their follow-ups hold.
fn opens(school: &School, key: &Path) -> bool {
    let read =
        |arguments: &[&str]| support::said(school.command(arguments).env("GUANAI_KEY", key).output().unwrap()).out;
    let said = read(&["log", "list", "--all"]) + &read(&["followup", "list", "--all"]);
    let found = said.matches("王小明").count();
    assert!(found == 0 || found == 6, "some rows are open and some are not: {said}");
    found == 6
}

/// Three confidential records and the three follow-ups that they open.
fn with_confidential_records(school: &School, key: &Path) {
    for line in [
        &["crisis", "aaaaaa", "type=loss", "description=MA-RK"][..],
        &["crisis", "aaaaaa", "type=abuse", "description=MA-RK", "--date", "2026-11-20"],
        &["counselling", "aaaaaa", "content=MA-RK"],
    ] {
        let said =
            support::said(school.command(&[&["log", "add"], line].concat()).env("GUANAI_KEY", key).output().unwrap());
        assert_eq!(said.code, 0, "{said:?}");
    }
}

/// Cuts a rotation at its N-th write for N = 1, 2, … until it gets through, and looks at what each cut left.
fn cut_rotation(before: &School, key: &Path, command: &[&str], look: impl Fn(&School, &str)) {
    for kind in ["kill", "torn", "full"] {
        let mut cuts = 0;
        for number in 1..30 {
            let school = copy_of(before);
            let fault = format!("{kind}:{number}");
            let ordered = school.command(command).env("GUANAI_KEY", key).env("GUANAI_FAULT", &fault).output().unwrap();
            let said = support::said(ordered);
            assert!(!said.err.contains("panicked"), "{fault}: {}", said.err);
            look(&school, &fault);
            cuts += u32::from(said.code != 0);
            if said.code == 0 && kind != "torn" {
                break;
            }
        }
        assert!(cuts >= 1, "{kind} cut nothing");
    }
}

#[test]
fn a_rotation_that_is_cut_leaves_everything_sealed_to_the_old_keys_or_to_the_new_ones() {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let (old, new) = (keys.path().join("old.txt"), keys.path().join("new.txt"));
    let make = |name: &str, key: &Path| {
        support::said(school.command(&["key", "new", "--name", name]).env("GUANAI_KEY", key).output().unwrap())
    };
    assert_eq!(make("old", &old).code, 0);
    with_confidential_records(&school, &old);
    assert_eq!(make("new", &new).code, 0);
    let before = school.files();
    cut_rotation(&school, &old, &["key", "rotate", "--remove", "old"], |school, cut| {
        let seen = opens(school, &new);
        assert_eq!(opens(school, &old), !seen, "{cut}");
        // The next writer rolls it forward, or throws it away: a reader before it saw the same.
        school.ok(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
        assert_eq!((opens(school, &new), opens(school, &old)), (seen, !seen), "{cut}");
        assert_eq!(school.read("guanai.toml").contains("name = \"old\""), !seen, "{cut}");
        let mut files = school.files();
        files.remove("students/zzzzzz.toml");
        assert!(seen || files == before, "{cut}");
    });
}

#[test]
fn a_rotation_that_is_cut_while_it_seals_clear_text_is_taken_up_until_none_is_left() {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key.txt");
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    with_confidential_records(&school, &key);
    let made = school.command(&["key", "new", "--name", "x"]).env("GUANAI_KEY", &key).output().unwrap();
    assert_eq!(support::said(made).code, 0);
    let before = school.files();
    cut_rotation(&school, &key, &["key", "rotate"], |school, cut| {
        assert!(opens(school, &key), "{cut}");
        school.ok(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
        assert!(opens(school, &key), "{cut}");
        let mut files = school.files();
        files.remove("students/zzzzzz.toml");
        if files != before {
            let clear = holding_the_mark(school);
            assert!(clear.is_empty(), "{cut}: {clear:?} still hold it");
        }
    });
}

#[test]
fn a_cut_of_a_change_that_seals_one_row_of_clear_text_leaves_it_nowhere_or_as_it_was() {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key.txt");
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    school.ok(&["log", "add", "counselling", "aaaaaa", "content=MA-RK", "--id", "k1"]);
    let made = school.command(&["key", "new", "--name", "x"]).env("GUANAI_KEY", &key).output().unwrap();
    assert_eq!(support::said(made).code, 0);
    let log = "logs/2026-autumn/counselling.csv";
    let (seen, before) = (std::cell::Cell::new((0, 0)), school.read(log));
    cut_rotation(&school, &key, &["log", "amend", "k1", "content=other"], |school, cut| {
        school.ok(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
        let (old, new) = seen.get();
        if school.read(log) == before {
            return seen.set((old + 1, new));
        }
        let clear = holding_the_mark(school);
        assert!(clear.is_empty(), "{cut}: {clear:?} still hold it");
        seen.set((old, new + 1));
    });
    let (old, new) = seen.get();
    assert!(old > 3 && new > 3, "{old} cuts left the old row and {new} the new one");
}

#[test]
fn a_file_that_is_edited_after_its_sealing_was_cut_keeps_no_clear_text_in_the_history() {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let key = keys.path().join("key.txt");
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    school.ok(&["log", "add", "counselling", "aaaaaa", "content=MA-RK", "--id", "k1"]);
    let made = school.command(&["key", "new", "--name", "x"]).env("GUANAI_KEY", &key).output().unwrap();
    assert_eq!(support::said(made).code, 0);
    let log = "logs/2026-autumn/counselling.csv";
    let (edited, before) = (std::cell::Cell::new(0), school.read(log));
    cut_rotation(&school, &key, &["log", "amend", "k1", "content=other"], |school, cut| {
        let sealed = school.read(log);
        if sealed == before {
            return;
        }
        std::fs::write(school.path(log), sealed.replace('\n', "\r\n")).unwrap();
        school.ok(&["student", "add", "张三", "--id", "zzzzzz", "class=2024-1"]);
        let clear = holding_the_mark(school);
        assert!(clear.is_empty(), "{cut}: {clear:?} still hold it");
        edited.set(edited.get() + 1);
    });
    assert!(edited.get() > 3, "{} cuts left the new row", edited.get());
}

/// The files of a ledger, its own state included, that hold what was confidential in the clear.
fn holding_the_mark(school: &School) -> Vec<String> {
    let mut all = Files::new();
    everything(school.root(), &mut all);
    // With a sign that no sealed cell has: four letters stand in base64 by chance once in some hundred runs.
    let holds = |bytes: &[u8]| bytes.windows(5).any(|window| window == b"MA-RK");
    all.into_iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}

/// Every file of a folder, the ledger's own state included.
fn everything(dir: &Path, found: &mut Files) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.path().is_dir() {
            everything(&entry.path(), found);
        } else {
            found.insert(entry.path().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap());
        }
    }
}
