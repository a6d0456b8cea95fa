use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::ledger::change::View;
use crate::ledger::definitions::Definitions;
use crate::ledger::{Folder, Lock, Need, Snapshot};
use crate::model::Status;
use crate::model::national_id::NationalId;

const TODAY: &str = "2026-11-24";
const TEMPLATE: &str = "format = 1\n[school]\nname = \"\"\n";

fn today() -> Day {
    TODAY.parse().unwrap()
}

fn definitions() -> Definitions {
    Definitions::of(&View::of_disk(&Folder { root: Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template") }))
}

fn invented(wish: &Wish) -> Invented {
    school(wish, &definitions().kinds().unwrap(), &definitions().follow_up_types().unwrap())
}

/// The school of the demonstration, written once for all tests.
static SCHOOL: LazyLock<(tempfile::TempDir, Invented)> = LazyLock::new(|| {
    let invented = invented(&Wish::on(today()));
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in &invented.files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(dir.path().join("guanai.toml"), school_file(TEMPLATE, &invented)).unwrap();
    (dir, invented)
});

fn loaded() -> Snapshot {
    let folder = Folder { root: SCHOOL.0.path().to_owned() };
    let lock = Lock::shared(&folder).unwrap();
    Snapshot::load(&folder, &Need::everything(), &lock.pending).unwrap()
}

#[test]
fn the_ledger_reads_an_invented_school_without_a_problem() {
    let snapshot = loaded();
    assert!(snapshot.problems.is_empty(), "{:?}", &snapshot.problems[..snapshot.problems.len().min(5)]);
    assert_eq!(snapshot.students.len(), 294);
    assert_eq!(snapshot.school.term_on(today()).unwrap().name, "2026-autumn");
    assert_eq!(snapshot.school.term.len(), 2);
    for log in &snapshot.logs {
        let folder = |day: Day| snapshot.school.folder_of(day);
        assert!(log.activities.iter().all(|activity| folder(activity.day) == log.term), "{}", log.table.path);
        assert_eq!(log.table.canonical(), log.table.source(), "{}", log.table.path);
    }
}

#[test]
fn every_value_is_as_the_ledger_would_store_it() {
    let (snapshot, words) = (loaded(), definitions().words().unwrap());
    let kinds = definitions().kinds().unwrap();
    for log in &snapshot.logs {
        for field in &kinds[&log.kind].fields {
            for row in 0..log.table.len() {
                let value = log.table.get(row, &field.name);
                let read = field.read(value, &words);
                assert_eq!(read.as_deref(), Ok(value), "{} {}", log.table.place(row), field.name);
                assert!(!(field.required && value.is_empty()), "{} {}", log.table.place(row), field.name);
            }
        }
    }
}

#[test]
fn every_kind_that_is_not_confidential_has_rows_and_no_other_has() {
    let found: BTreeSet<String> = loaded().logs.iter().map(|log| log.kind.clone()).collect();
    let kinds = definitions().kinds().unwrap();
    let open: BTreeSet<String> =
        kinds.values().filter(|kind| !kind.confidential).map(|kind| kind.name.clone()).collect();
    assert_eq!(found, open);
}

#[test]
fn every_rhythm_is_of_a_kind_and_its_fields() {
    let kinds = definitions().kinds().unwrap();
    for (name, rhythm) in &lore::rhythms().rhythm {
        let kind = kinds.get(name).unwrap_or_else(|| panic!("no kind is called {name}"));
        for field in rhythm.field.keys() {
            assert!(kind.field(field).is_some(), "{name} has no field {field}");
        }
    }
}

#[test]
fn a_follow_up_is_there_for_each_activity_that_opens_one_and_only_there() {
    let snapshot = loaded();
    let (kinds, types) = (snapshot_kinds(), definitions().follow_up_types().unwrap());
    let mut opened: BTreeMap<(String, String), Day> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for log in &snapshot.logs {
        for activity in &log.activities {
            let row = activity.row as usize;
            ids.insert(log.table.get(row, "id").to_owned());
            for opens in &kinds[&log.kind].opens {
                if !activity.void && opens.fires_on(|field| log.table.get(row, field)) {
                    let id = log.table.get(row, "id").to_owned();
                    opened.insert((id, opens.follow_up.clone()), activity.day);
                }
            }
        }
    }
    assert_eq!(snapshot.follow_ups.len(), opened.len());
    for one in &snapshot.follow_ups {
        let day = opened[&(one.opened_by.as_ref().unwrap().to_string(), one.kind.clone())];
        assert_eq!(day, one.opened);
        assert_eq!(one.first_due.unwrap_or(one.due), day.plus(i64::from(types[&one.kind].days)));
        assert!(one.done_by.as_ref().is_none_or(|id| ids.contains(id.as_str())));
        assert!(!one.owner.is_empty() && !one.what.is_empty());
    }
}

fn snapshot_kinds() -> BTreeMap<String, Kind> {
    definitions().kinds().unwrap()
}

#[test]
fn most_follow_ups_are_done_and_a_few_are_overdue_moved_or_given_up() {
    let snapshot = loaded();
    let count = |status| snapshot.follow_ups.iter().filter(|one| one.status_on(today()) == status).count();
    let all = snapshot.follow_ups.len();
    assert!(count(Status::Done) * 10 > all * 7, "{} of {all} are done", count(Status::Done));
    assert!((2..all / 8).contains(&count(Status::Overdue)), "{} of {all} are overdue", count(Status::Overdue));
    assert_eq!(count(Status::Cancelled), 1);
    assert_eq!(snapshot.follow_ups.iter().filter(|one| one.first_due.is_some()).count(), 1);
}

#[test]
fn a_third_is_left_behind_and_some_of_them_nobody_has_seen_for_two_months() {
    let snapshot = loaded();
    let away = |at: u32| snapshot.student(at).parent.iter().filter(|parent| parent.away_on(today()).is_some()).count();
    let left_behind: Vec<u32> = (0..snapshot.students.len() as u32).filter(|at| away(*at) > 0).collect();
    assert!((75..125).contains(&left_behind.len()), "{} are left behind", left_behind.len());
    let contact: BTreeSet<String> =
        snapshot_kinds().values().filter(|kind| kind.contact.is_some()).map(|kind| kind.name.clone()).collect();
    let mut last: BTreeMap<u32, Day> = BTreeMap::new();
    for (_, log, activity) in snapshot.activities().filter(|(_, log, _)| contact.contains(&log.kind)) {
        for at in log.students(activity) {
            let day = last.entry(*at).or_insert(activity.day);
            *day = activity.day.max(*day);
        }
    }
    let unseen = |at: &u32| last.get(at).is_none_or(|day| today().days_since(*day) > 60);
    let forgotten = left_behind.iter().filter(|at| unseen(at)).count();
    assert!((2..15).contains(&forgotten), "{forgotten} are forgotten");
}

#[test]
fn ids_and_numbers_are_unique_and_of_nobody() {
    let (_, invented) = &*SCHOOL;
    let snapshot = loaded();
    let mut ids = BTreeSet::new();
    let tables = snapshot.logs.iter().map(|log| &log.table).chain([&snapshot.follow_up_table]);
    for table in tables {
        (0..table.len()).for_each(|row| assert!(ids.insert(table.get(row, "id").to_owned()), "{}", table.place(row)));
    }
    let mut numbers = BTreeSet::new();
    for file in &snapshot.students {
        let student = &file.student;
        let Some(number) = &student.national_id else { continue };
        let read = NationalId::parse(number).unwrap();
        assert_eq!((Some(read.born), Some(read.gender)), (student.born, student.gender));
        assert!(numbers.insert(number.clone()));
    }
    for (path, bytes) in &invented.files {
        for digits in String::from_utf8_lossy(bytes).split(|letter: char| !letter.is_ascii_digit()) {
            let allowed = match digits.len() {
                11 => digits.starts_with("1540000"),
                15.. => digits.starts_with("5299"),
                _ => true,
            };
            assert!(allowed, "{path}: {digits}");
        }
    }
}

#[test]
fn nothing_has_happened_after_the_day() {
    let snapshot = loaded();
    for log in &snapshot.logs {
        assert!(log.activities.iter().all(|activity| activity.day <= today()), "{}", log.table.path);
    }
    for one in &snapshot.follow_ups {
        assert!([Some(one.opened), one.done, one.cancelled].into_iter().flatten().all(|day| day <= today()));
    }
    for file in &snapshot.students {
        let student = &file.student;
        let spells = student.enrolment.iter().filter_map(|spell| spell.from);
        assert!(spells.map(|from| from.first_day()).chain(student.consent).all(|day| day <= today()));
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let small = |seed| invented(&Wish { seed, students: 40, ..Wish::on(today()) }).files;
    assert_eq!(small(3), small(3));
    assert_ne!(small(3), small(4));
}

#[test]
fn a_wished_number_of_rows_is_met_within_a_tenth() {
    let invented = invented(&Wish { students: 120, rows: Some(20_000), ..Wish::on(today()) });
    let logs = invented.files.iter().filter(|(path, _)| path.starts_with("logs/"));
    let rows: usize = logs.map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count() - 1).sum();
    assert!((18_000..22_000).contains(&rows), "{rows} rows");
}

#[test]
fn terms_are_counted_back_from_that_of_the_day() {
    for (day, names) in [
        ("2026-11-24", ["2026-spring", "2026-autumn"]),
        ("2027-02-01", ["2026-spring", "2026-autumn"]),
        ("2027-03-01", ["2026-autumn", "2027-spring"]),
        ("2027-08-01", ["2026-autumn", "2027-spring"]),
    ] {
        let calendar = calendar::Calendar::until(day.parse().unwrap(), 2);
        let found: Vec<&str> = calendar.terms.iter().map(|term| term.name.as_str()).collect();
        assert_eq!(found, names, "{day}");
        assert_eq!(calendar.holidays[0].from, calendar.terms[0].until.plus(1));
        assert_eq!(calendar.holidays[0].until, calendar.terms[1].from.plus(-1));
    }
}
