//! Eight processes at once: nothing that was acknowledged is lost, nothing is read half, and who cannot wait is told.
//!
//! `cargo test` takes five seconds of it, `GUANAI_SECONDS=60 cargo test --test together -- --nocapture` a minute.

mod support;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use support::{Said, School};

/// What all processes have done so far.
struct Doings<'s> {
    school: &'s School,
    until: Instant,
    /// The ids of rows that a command has said to be written.
    written: Mutex<BTreeSet<String>>,
    busy: AtomicUsize,
    writes: AtomicUsize,
    reads: AtomicUsize,
}

impl Doings<'_> {
    fn goes_on(&self) -> bool {
        Instant::now() < self.until
    }

    /// Writes until time is up; `ids` are the rows of the N-th command.
    fn write(&self, ids: impl Fn(usize) -> Vec<String>, run: impl Fn(usize) -> Said) {
        for number in (0..).take_while(|_| self.goes_on()) {
            let said = run(number);
            match said.code {
                0 => self.written.lock().unwrap().extend(ids(number)),
                4 if said.err.contains("另一条命令正在写台账") => {
                    self.busy.fetch_add(1, Ordering::Relaxed);
                }
                _ => panic!("{said:?}"),
            }
            self.writes.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Lists every row until time is up: what was written before is there, and of a batch both rows or none.
    fn list(&self) {
        while self.goes_on() {
            let before = self.written.lock().unwrap().clone();
            let ids = self.ids(&["log", "list", "--format", "json"]);
            for id in before.iter().filter(|id| !id.starts_with('f')) {
                assert!(ids.contains(id), "{id} was written, and a reader does not see it");
            }
            for id in &ids {
                let other = match id.strip_suffix("-first") {
                    Some(stem) => format!("{stem}-second"),
                    None => id.strip_suffix("-second").map_or(id.clone(), |stem| format!("{stem}-first")),
                };
                assert!(ids.contains(&other), "a reader sees {id} without {other}: half a change set");
            }
        }
    }

    fn ids(&self, arguments: &[&str]) -> BTreeSet<String> {
        let rows: serde_json::Value = serde_json::from_str(&self.read(arguments)).unwrap_or_default();
        rows.as_array().into_iter().flatten().filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect()
    }

    /// Runs a command that reads: it succeeds, and has nothing to say of the ledger's files.
    fn read(&self, arguments: &[&str]) -> String {
        let said = self.school.run(&[arguments, &["-q"]].concat());
        assert!(said.code == 0 && said.err.is_empty(), "{arguments:?}: {said:?}");
        self.reads.fetch_add(1, Ordering::Relaxed);
        said.out
    }
}

#[test]
fn eight_processes_lose_no_row_and_read_no_half_of_a_change_set() {
    let seconds = std::env::var("GUANAI_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let school = School::with_two_children();
    let doings = Doings {
        school: &school,
        until: Instant::now() + Duration::from_secs(seconds),
        written: Mutex::default(),
        busy: AtomicUsize::new(0),
        writes: AtomicUsize::new(0),
        reads: AtomicUsize::new(0),
    };
    let last = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for writer in ["a", "b"] {
            let doings = &doings;
            let id = move |number: usize| format!("{writer}{number}");
            scope.spawn(move || {
                doings.write(
                    |number| vec![id(number)],
                    |number| {
                        let note = format!("content=第{number}次");
                        doings.school.run(&["log", "add", "guardian-contact", "aaaaaa", "--id", &id(number), &note])
                    },
                );
            });
        }
        scope.spawn(|| {
            let add = |number: usize| {
                let id = format!("f{number}");
                school.run(&["followup", "add", "wish", "bbbbbb", "--id", &id, "--what", "书包"])
            };
            doings.write(|number| vec![format!("f{number}")], add);
        });
        scope.spawn(|| {
            let set = |number: usize| {
                let said = school.run(&["student", "set", "bbbbbb", &format!("address={number}号")]);
                if said.code == 0 {
                    last.store(number, Ordering::Relaxed);
                }
                said
            };
            doings.write(|_| Vec::new(), set);
        });
        scope.spawn(|| {
            let ids = |number: usize| vec![format!("p{number}-first"), format!("p{number}-second")];
            let both = |number: usize| {
                let lines = format!(
                    "log add home-visit aaaaaa met=guardian --id p{number}-first\nlog add guardian-contact bbbbbb --id p{number}-second\n"
                );
                let path = school.path("two.batch");
                std::fs::write(&path, lines).unwrap();
                school.run(&["batch", "two.batch"])
            };
            doings.write(ids, both);
        });
        scope.spawn(|| doings.list());
        scope.spawn(|| {
            while doings.goes_on() {
                doings.read(&["risk", "--format", "json"]);
            }
        });
        scope.spawn(|| {
            while doings.goes_on() {
                let checked = doings.read(&["check", "--format", "json"]);
                assert!(!checked.contains("\"error\""), "{checked}");
            }
        });
    });
    let mut rows = doings.ids(&["log", "list", "--format", "json"]);
    rows.extend(doings.ids(&["followup", "list", "--all", "--format", "json"]));
    let written = doings.written.lock().unwrap();
    assert_eq!(rows, *written, "what is there is not what was acknowledged");
    let address = format!("address = \"{}号\"", last.load(Ordering::Relaxed));
    assert!(school.read("students/bbbbbb.toml").contains(&address), "the last acknowledged value is not there");
    let (writes, reads, busy) = (&doings.writes, &doings.reads, &doings.busy);
    eprintln!("{seconds} s: {writes:?} commands wrote {} rows, {busy:?} were told busy; {reads:?} read", written.len());
}

#[test]
fn a_command_that_waits_for_another_says_so_after_ten_seconds() {
    let school = School::with_two_children();
    let before = school.files();
    let lock = std::fs::File::open(school.path(".guanai/lock")).unwrap();
    lock.lock().unwrap();
    let started = Instant::now();
    let (wrote, read) = std::thread::scope(|scope| {
        let read = scope.spawn(|| school.run(&["student", "list"]));
        (school.run(&["student", "set", "aaaaaa", "boarding=true"]), read.join().unwrap())
    });
    for said in [wrote, read] {
        assert_eq!(said.code, 4, "{said:?}");
        assert!(said.err.contains("另一条命令正在写台账，已等待 10 秒"), "{}", said.err);
    }
    // A lower bound, which a slow machine does not break.
    assert!(started.elapsed() >= Duration::from_secs(10));
    drop(lock);
    assert_eq!(school.files(), before);
    school.ok(&["student", "set", "aaaaaa", "boarding=true"]);
}
