//! The least that each task can cost, each a process of its own: this program, started again with one of these words.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use guanai::ledger::{Folder, Lock, Logs, Need, Snapshot};
use guanai::model::Day;

/// This program, started again to do one of the floor's works.
pub fn again(work: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a program that runs has a path"));
    command.arg(work).arg(path);
    command
}

/// Does the work that the arguments name, where they name one.
pub fn work(arguments: &[String]) -> bool {
    let [work, path, ..] = arguments else { return false };
    let path = Path::new(path);
    match work.as_str() {
        "--read" => read_all(path, &|_| true),
        "--read-one-kind" => read_all(path, &|path| !path.starts_with("logs") || is_of_one_kind(path)),
        "--append" => append(path),
        "--write" => write_all(path),
        "--last-visit" => last_visits(path),
        "--months" => months(path),
        "--make" => super::growth::make(&path.to_string_lossy()),
        _ => return false,
    }
    true
}

/// The kind of T2's smaller question.
pub const ONE_KIND: &str = "home-visit";

fn is_of_one_kind(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == ONE_KIND)
}

/// Reads every byte of the students and the logs, or of some of them, by two threads.
fn read_all(ledger: &Path, is_needed: &dyn Fn(&Path) -> bool) {
    let mut paths = files(&ledger.join("students"));
    for term in files(&ledger.join("logs")) {
        paths.extend(files(&term));
    }
    paths.retain(|path| is_needed(path.strip_prefix(ledger).expect("it was listed in the ledger")));
    let (next, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut buffer = Vec::new();
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    buffer.clear();
                    File::open(path).and_then(|mut file| file.read_to_end(&mut buffer)).expect("the file was listed");
                    total.fetch_add(buffer.len(), Ordering::Relaxed);
                }
            });
        }
    });
    println!("{} bytes", total.into_inner());
}

fn files(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

/// Adds one row to a file and waits until the disk has it.
fn append(path: &Path) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("the folder can be written");
    file.write_all(b"zzzzzzzzzz,2026-11-20,k7m2q4,,,,,,guardian,,,\n").expect("the disk has room");
    file.sync_data().expect("the disk takes it");
    println!("1 row");
}

/// Writes the files of a packed ledger (`PATH.packed`) into the folder and waits once until the disk has them all.
fn write_all(dir: &Path) {
    let packed = fs::read(dir.with_extension("packed")).expect("the packed file was written before");
    fs::create_dir_all(dir.join("students")).expect("the folder can be written");
    let mut rest = packed.as_slice();
    let mut count = 0;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = std::str::from_utf8(&rest[..end]).expect("a path and a length");
        let (path, length) = head.split_once(' ').expect("a path and a length");
        let length: usize = length.parse().expect("a length");
        fs::write(dir.join(path), &rest[end + 1..end + 1 + length]).expect("the disk has room");
        rest = &rest[end + 1 + length..];
        count += 1;
    }
    sync(dir);
    println!("{count} files");
}

#[cfg(unix)]
fn sync(dir: &Path) {
    let dir = File::open(dir).expect("the folder is there");
    rustix::fs::syncfs(&dir).expect("the disk takes it");
}

#[cfg(not(unix))]
fn sync(_: &Path) {}

/// How many records of one kind each child has in each month, by the library.
fn months(ledger: &Path) {
    let folder = Folder { root: ledger.to_owned() };
    let lock = Lock::shared(&folder).expect("nobody else is at the ledger");
    let need = Need { students: true, logs: Logs::Kinds([ONE_KIND.to_owned()].into()) };
    let snapshot = Snapshot::load(&folder, &need, &lock.pending).expect("the ledger can be read");
    let mut counts: BTreeMap<(u32, Day), u32> = BTreeMap::new();
    for (_, log, activity) in snapshot.activities() {
        for at in log.students(activity) {
            *counts.entry((*at, activity.day.month_start())).or_default() += 1;
        }
    }
    println!("{} children and months, {} records", counts.len(), counts.values().sum::<u32>());
}

/// The days since anybody last recorded anything for each child, by the library: what T1 costs without its rules.
fn last_visits(ledger: &Path) {
    let folder = Folder { root: ledger.to_owned() };
    let lock = Lock::shared(&folder).expect("nobody else is at the ledger");
    let snapshot = Snapshot::load(&folder, &Need::everything(), &lock.pending).expect("the ledger can be read");
    assert!(snapshot.problems.is_empty(), "{:?}", snapshot.problems.first());
    let mut last: Vec<Option<Day>> = vec![None; snapshot.students.len()];
    for (_, log, activity) in snapshot.activities() {
        for at in log.students(activity) {
            let day = &mut last[*at as usize];
            *day = (*day).max(Some(activity.day));
        }
    }
    let today = super::school::today();
    let days: i64 = last.iter().flatten().map(|day| today.days_since(*day)).sum();
    println!("{} children, {days} days", last.iter().flatten().count());
}
