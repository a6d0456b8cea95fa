//! A question that was answered before is answered again from what was kept, and never from what is no longer so.

mod support;

use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use support::School;

const QUESTIONS: [&[&str]; 4] =
    [&["risk", "--all", "--format", "json"], &["plan", "status"], &["due"], &["report", "term"]];

/// Two changes closer together than this may have one time, and nothing is kept of the second.
fn wait_for_the_clock() {
    sleep(Duration::from_millis(250));
}

fn kept(school: &School) -> Vec<PathBuf> {
    let entries = fs::read_dir(school.path(".guanai/answers")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn school() -> School {
    let school = School::with_two_children();
    for day in ["2026-09-07", "2026-10-09", "2026-11-20"] {
        school.ok(&["log", "add", "home-visit", "aaaaaa", "--date", day, "--staff", "何霞", "met=guardian"]);
    }
    school
}

/// Whether this machine's temporary folder is one that answers are kept in.
fn is_kept_here(school: &School) -> bool {
    wait_for_the_clock();
    school.ok(QUESTIONS[0]);
    !kept(school).is_empty()
}

#[test]
fn the_same_question_is_answered_with_the_same_bytes_on_both_streams() {
    let school = school();
    if !is_kept_here(&school) {
        return eprintln!("skipped: this file system does not keep the time of change");
    }
    for question in QUESTIONS {
        let first = school.run(question);
        let before = kept(&school).len();
        let again = school.run(question);
        assert_eq!((first.out, first.err, first.code), (again.out, again.err, again.code), "{question:?}");
        assert_eq!(kept(&school).len(), before, "{question:?}");
    }
    assert_eq!(kept(&school).len(), QUESTIONS.len());
    // Another day, language, format or reader is another question.
    let zh = school.ok(&["risk", "--all"]);
    assert_ne!(school.ok(&["--lang", "en", "risk", "--all"]), zh);
    assert_ne!(school.ok(&["--as-of", "2026-09-08", "due"]), school.ok(QUESTIONS[2]));
}

#[test]
fn what_is_kept_is_what_is_said_again_and_a_damaged_one_is_nothing() {
    let school = school();
    if !is_kept_here(&school) {
        return eprintln!("skipped: this file system does not keep the time of change");
    }
    let right = school.ok(QUESTIONS[0]);
    let [file] = &kept(&school)[..] else { panic!("one question was asked") };
    let whole = fs::read(file).unwrap();
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        fs::write(file, &damaged).unwrap();
        assert_eq!(school.ok(QUESTIONS[0]), right, "byte {at}");
    }
    fs::write(file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(school.ok(QUESTIONS[0]), right);
}

#[test]
fn a_writer_leaves_no_answer_behind_and_names_lie_nowhere_else() {
    let school = school();
    if !is_kept_here(&school) {
        return eprintln!("skipped: this file system does not keep the time of change");
    }
    school.ok(&["student", "set", "aaaaaa", "note=x"]);
    assert!(kept(&school).is_empty());
}

#[test]
fn whoever_holds_a_key_or_asks_for_everything_in_the_clear_is_not_remembered() {
    let school = school();
    let elsewhere = tempfile::tempdir().unwrap();
    let key = elsewhere.path().join("key.txt");
    wait_for_the_clock();
    school.ok(&["--reveal", "risk"]);
    assert!(kept(&school).is_empty());
    let said = school.command(&["key", "new", "--name", "王老师"]).env("GUANAI_KEY", &key).output().unwrap();
    assert!(said.status.success());
    wait_for_the_clock();
    assert!(school.command(&["risk"]).env("GUANAI_KEY", &key).output().unwrap().status.success());
    assert!(kept(&school).is_empty());
}

/// One edit as some other program makes it: of the same size, within the same second, with the times put back.
fn edit(path: &Path, number: usize) {
    let about = fs::metadata(path).unwrap();
    let times = FileTimes::new().set_modified(about.modified().unwrap()).set_accessed(about.accessed().unwrap());
    let text = fs::read_to_string(path).unwrap();
    let days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"];
    let old = days.iter().find(|day| text.contains(**day)).expect("one of them stands there");
    let edited = text.replace(old, days[number % days.len()]);
    match number % 3 {
        // In place, beside and renamed, removed and written anew.
        0 => fs::write(path, edited).unwrap(),
        1 => {
            let beside = path.with_extension("tmp");
            fs::write(&beside, edited).unwrap();
            fs::rename(&beside, path).unwrap();
        }
        _ => {
            fs::remove_file(path).unwrap();
            fs::write(path, edited).unwrap();
        }
    }
    File::options().write(true).open(path).unwrap().set_times(times).unwrap();
}

#[test]
fn no_edit_by_any_program_is_missed_whatever_it_does_to_size_and_time() {
    let school = school();
    let log = school.path("logs/2026-autumn/home-visit.csv");
    let mut answers = 0;
    for number in 0..30 {
        // Half of the edits come at once, half when an answer is sure to have been kept.
        if number % 2 == 0 {
            wait_for_the_clock();
        }
        school.ok(QUESTIONS[0]);
        answers += kept(&school).len();
        edit(&log, number);
        let said = school.ok(QUESTIONS[0]);
        let _ = fs::remove_dir_all(school.path(".guanai/answers"));
        assert_eq!(said, school.ok(QUESTIONS[0]), "edit {number}");
    }
    eprintln!("{answers} answers had been kept");
}

#[test]
fn a_file_that_comes_goes_or_changes_its_name_is_seen() {
    let school = school();
    wait_for_the_clock();
    let two = school.ok(QUESTIONS[0]);
    let (path, away) = (school.path("students/bbbbbb.toml"), school.path("away.toml"));
    fs::rename(&path, &away).unwrap();
    wait_for_the_clock();
    let one = school.ok(QUESTIONS[0]);
    assert!(!one.contains("bbbbbb") && two.contains("bbbbbb"));
    fs::rename(&away, &path).unwrap();
    assert_eq!(school.ok(QUESTIONS[0]), two);
}
