//! A stick in exFAT, mounted where the machine lets us: with root, a loop device, and the programs that make and mount one
//! outside the kernel (`exfat-fuse`, `exfatprogs`). Elsewhere this is skipped and says so, and `places` has Linux answer as it
//! does on such a disk.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::cases::{self, Case};
use crate::support::{School, said};
use crate::tracer;
use crate::whole::Seen;

/// A file system in an image, mounted until it is dropped.
struct Stick {
    place: PathBuf,
    device: String,
    _home: tempfile::TempDir,
}

fn runs(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new("timeout").args(["20", program]).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

impl Stick {
    fn mounted() -> Option<Stick> {
        let home = tempfile::tempdir().ok()?;
        let (image, place) = (home.path().join("image"), home.path().join("stick"));
        fs::create_dir(&place).ok()?;
        fs::File::create(&image).and_then(|file| file.set_len(64 << 20)).ok()?;
        let image = image.to_str()?;
        runs("mkfs.exfat", &[image])?;
        let stick = Stick { place, device: runs("losetup", &["-f", "--show", image])?, _home: home };
        runs("mount.exfat-fuse", &[&stick.device, stick.place.to_str()?]).map(|_| stick)
    }
}

impl Drop for Stick {
    fn drop(&mut self) {
        runs("umount", &[&self.place.to_string_lossy()]);
        runs("losetup", &["-d", &self.device]);
    }
}

/// A stick, or a word that there is none.
fn stick() -> Option<Stick> {
    let stick = Stick::mounted();
    if stick.is_none() {
        eprintln!("skipped: exFAT cannot be mounted on this machine");
    }
    stick
}

/// What a term does to a ledger, with every id given, so that it writes the same bytes wherever it is done.
const TERM: &[&[&str]] = &[
    &["init", ".", "--name", "青石镇中心小学"],
    &["student", "add", "王小明", "--id", "aaaaaa", "class=2023-2", "--since", "2023-09-01"],
    &["student", "add", "李小红", "--id", "bbbbbb", "class=2023-2", "--since", "2023-09-01"],
    &["log", "add", "home-visit", "aaaaaa", "met=guardian", "--id", "visit1", "--date", "2026-10-01"],
    &["log", "add", "home-visit", "bbbbbb", "met=parent", "--id", "visit2", "--date", "2026-10-02"],
    &["log", "amend", "visit1", "met=parent"],
    &["log", "void", "visit2", "--reason", "typed twice"],
    &["student", "set", "aaaaaa", "boarding=true"],
    &["undo"],
    &["student", "away", "aaaaaa", "father", "--from", "2021-02", "--place", "广东省东莞市"],
    &["batch", "batch.txt"],
    &["student", "leave", "bbbbbb", "--on", "2026-11-20"],
    &["check", "--fix"],
];

fn a_term(school: &School) {
    for command in TERM {
        if command[0] == "batch" {
            let lines = "student set aaaaaa boarding=true\nlog add guardian-contact aaaaaa --id c1 --date 2026-11-03\n";
            fs::write(school.path("batch.txt"), lines).unwrap();
        }
        let said = said(school.command(command).output().unwrap());
        assert!(said.code == 0, "{command:?}: {said:?}");
    }
}

#[test]
fn a_ledger_on_a_stick_is_the_same_as_on_a_disk() {
    let disk = School { dir: tempfile::tempdir().unwrap() };
    a_term(&disk);
    let read = [&["student", "list"][..], &["risk"], &["plan", "status"], &["due"], &["log", "list", "home-visit"]];
    let Some(stick) = stick() else { return };
    let school = School { dir: tempfile::tempdir_in(&stick.place).unwrap() };
    a_term(&school);
    assert_eq!(school.files(), disk.files());
    for command in read {
        assert_eq!(school.run(command).out, disk.run(command).out, "{command:?}");
    }
    let checked = school.run(&["check"]);
    assert!(checked.code == 0 && checked.out.contains("check-folder-fat"), "{checked:?}");
    assert!(!checked.out.contains("check-open"), "nobody can close a file there: {}", checked.out);
    // Such a disk knows one name where a plain one knows two.
    assert!(school.path("STUDENTS/AAAAAA.TOML").exists(), "its names have cases");
}

/// A process that ends there, or is refused by a disk that is full, leaves the old ledger or the new one. (What a stick keeps
/// that is pulled out is not promised.)
#[test]
fn a_command_that_is_cut_on_a_stick_leaves_the_old_ledger_or_the_new_one() {
    if !tracer::can_trace() {
        return eprintln!("skipped: this machine does not let a process trace its child");
    }
    let Some(stick) = stick() else { return };
    for case in [cases::a_changed_file(), cases::several_files(), cases::an_undo()] {
        let started = std::time::Instant::now();
        let mut seen = Seen::of(Case { place: Some(stick.place.clone()), ..case });
        seen.really_killed();
        seen.refused();
        eprint!("exFAT: ");
        seen.report(started.elapsed());
    }
}
