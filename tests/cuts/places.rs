//! Folders that promise less than a plain disk: FAT and exFAT, network folders, folders without locks. Linux is made to
//! answer as it does there.

use std::collections::BTreeSet;
use std::fs;

use crate::support::School;
use crate::tracer::{Order, Ran, can_trace, run};

fn traced(school: &School, arguments: &[&str], order: Order) -> Ran {
    let program = fs::canonicalize(env!("CARGO_BIN_EXE_guanai")).unwrap();
    let root = fs::canonicalize(school.root()).unwrap();
    run(&mut school.command(arguments), &root, &program, order).expect("it can be traced")
}

fn codes(ran: &Ran) -> BTreeSet<String> {
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_default();
    rows.as_array().into_iter().flatten().filter_map(|row| Some(row["code"].as_str()?.to_owned())).collect()
}

#[test]
fn check_names_a_stick_and_a_network_folder() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    let school = School::new();
    for (number, code, system) in [
        (0x4D44, "check-folder-fat", "FAT"),
        (0x2011_BAB0, "check-folder-fat", "exFAT"),
        (0x6969, "check-folder-network", "NFS"),
        (0xFF53_4D42, "check-folder-network", "SMB"),
        (-0x00AC_B2BE, "check-folder-network", "SMB"),
    ] {
        let ran = traced(&school, &["check", "--format", "json"], Order::Lies(number));
        assert_eq!(codes(&ran), BTreeSet::from([code.to_owned()]), "{number:x}: {}", ran.err);
        assert!(ran.out.contains(&format!("{system} ")) || ran.out.contains(&format!("{system}）")), "{}", ran.out);
        // It is a warning: the ledger itself is well.
        assert_eq!(ran.code, Some(0));
    }
    let ext4 = traced(&school, &["check"], Order::Lies(0xEF53));
    assert_eq!((ext4.code, ext4.out.as_str()), (Some(0), ""));
}

#[test]
fn a_folder_without_locks_is_read_and_not_written() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    let school = School::with_two_children();
    let before = school.files();
    for errno in [libc::ENOLCK, libc::ENOSYS, libc::EOPNOTSUPP] {
        let order = Order::Unlocked(errno);
        let list = traced(&school, &["student", "list", "--ids"], order);
        assert_eq!((list.code, list.out.as_str(), list.err.as_str()), (Some(0), "bbbbbb\naaaaaa\n", ""), "{errno}");
        let set = traced(&school, &["student", "set", "aaaaaa", "boarding=true"], order);
        assert_eq!(set.code, Some(4), "{}", set.err);
        assert!(set.err.contains("不支持文件锁"), "{}", set.err);
        assert_eq!(school.files(), before, "{errno}");
        let check = traced(&school, &["check", "--format", "json"], order);
        assert!(codes(&check).contains("check-folder-locks"), "{}", check.out);
    }
    assert!(!school.run(&["check", "--format", "json"]).out.contains("check-folder"));
}

#[test]
fn a_folder_whose_names_cannot_be_synced_is_written_all_the_same() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    written_all_the_same(Order::UnsyncedFolders);
}

#[test]
fn a_folder_whose_files_have_no_rights_is_written_all_the_same() {
    if !can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    written_all_the_same(Order::NoRights);
}

fn written_all_the_same(order: Order) {
    let school = School::with_two_children();
    let plain = School::with_two_children();
    for command in [
        &["student", "set", "aaaaaa", "boarding=true"][..],
        &["log", "add", "home-visit", "bbbbbb", "met=guardian", "problem=缺课", "--id", "visit1"],
        &["undo"],
        &["student", "set", "bbbbbb", "boarding=true"],
        &["check", "--fix"],
    ] {
        let ran = traced(&school, command, order);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), plain.run(command).err.as_str()), "{command:?}");
    }
    assert_eq!(school.files(), plain.files());
}

#[test]
fn every_name_of_a_ledger_can_stand_on_fat() {
    let school = School { dir: tempfile::tempdir().unwrap() };
    school.ok(&["demo", ".", "--students", "60", "--terms", "2"]);
    fs::write(school.path("scan.pdf"), b"%PDF-1.7 signed".repeat(40)).unwrap();
    let child = school.ok(&["student", "list", "--ids"]).lines().next().unwrap().to_owned();
    school.ok(&["log", "add", "home-visit", &child, "met=parent", "--attach", "scan.pdf"]);
    let files = school.files();
    assert!(files.len() > 100);
    let mut folded = BTreeSet::new();
    for path in files.keys() {
        assert!(folded.insert(path.to_lowercase()), "{path} is there twice, but for the case of its letters");
        for part in path.split('/') {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
            assert!(is_plain && part.len() < 100 && !part.ends_with('.'), "{path}");
        }
    }
}

#[test]
fn a_save_that_keeps_time_and_length_of_a_file_is_seen() {
    // FAT keeps times to two seconds: a file is compared by its bytes and never by its time.
    let school = School::with_two_children();
    let script = "#!/bin/sh\ncp -p students/aaaaaa.toml was\nsed -i 's/2023-2/2023-3/' students/aaaaaa.toml\ntouch -r was students/aaaaaa.toml\nrm was\nsed -i 's/2023-2/2023-1/' \"$1\"\n";
    fs::write(school.path("editor.sh"), script).unwrap();
    let edited = school.command(&["student", "edit", "aaaaaa"]).env("EDITOR", "sh editor.sh").output().unwrap();
    assert_eq!(edited.status.code(), Some(3), "{edited:?}");
    assert!(school.read("students/aaaaaa.toml").contains("2023-3"));
}
