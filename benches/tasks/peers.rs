//! Other tools at the same tasks, where they are installed.
//!
//! `loaded` is a database that was filled before the clock starts: one row for each child that an activity names, which
//! is also what the tools that work on CSV get as their one file. So every peer is spared the reading of TOML and the
//! resolving of classes; only `sqlite3, from the logs` reads the ledger's own CSV files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use guanai::ledger::{Folder, Lock, Need, Snapshot};

/// The tools that are looked for.
pub const TOOLS: [&str; 4] = ["sqlite3", "duckdb", "xan", "mlr"];

pub fn is_installed(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The ledger's rows as the peers get them.
pub struct Loaded {
    /// `student,date,kind`: one line for each child that an activity names.
    pub csv: PathBuf,
    pub sqlite: PathBuf,
    pub duckdb: PathBuf,
    /// `word,student`: what a word of the students cell stands for.
    pub roster: PathBuf,
    /// The logs.
    logs: Vec<PathBuf>,
}

/// Fills the databases, once for each ledger.
pub fn load(ledger: &Path) -> Loaded {
    let loaded = Loaded {
        csv: ledger.with_extension("csv"),
        sqlite: ledger.with_extension("sqlite"),
        duckdb: ledger.with_extension("duckdb"),
        roster: ledger.with_extension("roster.csv"),
        logs: logs(ledger),
    };
    if !loaded.csv.is_file() {
        write_csv(ledger, &loaded);
    }
    if is_installed("sqlite3") && !loaded.sqlite.is_file() {
        let csv = loaded.csv.display();
        let script = format!(".import --csv {csv} seen\ncreate index by_student on seen (student, date);");
        run(Command::new("sqlite3").arg(&loaded.sqlite).arg("-cmd").arg(".bail on").args(script.lines()));
    }
    if is_installed("duckdb") && !loaded.duckdb.is_file() {
        let script = format!("create table seen as from read_csv('{}')", loaded.csv.display());
        run(Command::new("duckdb").arg(&loaded.duckdb).arg("-c").arg(script));
    }
    loaded
}

fn run(command: &mut Command) {
    let output = command.output().expect("the tool is installed");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn logs(ledger: &Path) -> Vec<PathBuf> {
    let entries = |dir: &Path| fs::read_dir(dir).expect("the ledger has logs").flatten().map(|entry| entry.path());
    let mut logs: Vec<PathBuf> =
        entries(&ledger.join("logs")).flat_map(|term| entries(&term).collect::<Vec<_>>()).collect();
    logs.sort();
    logs
}

fn write_csv(ledger: &Path, loaded: &Loaded) {
    let folder = Folder { root: ledger.to_owned() };
    let lock = Lock::shared(&folder).expect("nobody else is at the ledger");
    let snapshot = Snapshot::load(&folder, &Need::everything(), &lock.pending).expect("the ledger can be read");
    let mut rows = "student,date,kind\n".to_owned();
    for (_, log, activity) in snapshot.activities() {
        for at in log.students(activity) {
            rows.push_str(&format!("{},{},{}\n", snapshot.student(*at).id, activity.day, log.kind));
        }
    }
    let mut roster = "word,student\n".to_owned();
    for file in &snapshot.students {
        let (id, class) = (&file.student.id, file.student.class.map(|class| class.to_string()).unwrap_or_default());
        roster.push_str(&format!("{id},{id}\nclass:{class},{id}\nall,{id}\n"));
    }
    fs::write(&loaded.roster, roster).expect("the target folder can be written");
    fs::write(&loaded.csv, rows).expect("the target folder can be written");
}

const LAST: &str = "select student, julianday('2026-11-24') - julianday(max(date)) from seen group by student";

/// A tool's name in the race, and the process that does the task.
type Peer = (&'static str, Box<dyn Fn() -> Command>);

/// T1 by each tool that is installed.
pub fn last_visits(loaded: &Loaded) -> Vec<Peer> {
    let mut peers: Vec<Peer> = Vec::new();
    let (csv, sqlite, duckdb) = (loaded.csv.clone(), loaded.sqlite.clone(), loaded.duckdb.clone());
    let script = from_logs(loaded);
    if is_installed("sqlite3") {
        peers.push((
            "sqlite3, loaded beforehand",
            Box::new(move || with(Command::new("sqlite3"), &[&sqlite.display(), &LAST])),
        ));
        peers.push((
            "sqlite3, from the logs",
            Box::new(move || with(Command::new("sqlite3"), &[&":memory:", &format!(".read {}", script.display())])),
        ));
    }
    if is_installed("duckdb") {
        let last = "select student, date '2026-11-24' - max(date) from seen group by student";
        peers.push((
            "duckdb, loaded beforehand",
            Box::new(move || with(Command::new("duckdb"), &[&duckdb.display(), &"-c", &last])),
        ));
        let from = format!(
            "select student, date '2026-11-24' - max(date) from read_csv('{}') group by student",
            csv.display()
        );
        peers.push(("duckdb, from one csv file", Box::new(move || with(Command::new("duckdb"), &[&"-c", &from]))));
    }
    let csv = loaded.csv.clone();
    if is_installed("xan") {
        peers.push((
            "xan, from one csv file",
            Box::new(move || {
                with(Command::new("xan"), &[&"groupby", &"student", &"max(date) as last", &csv.display()])
            }),
        ));
    }
    let csv = loaded.csv.clone();
    if is_installed("mlr") {
        peers.push((
            "mlr, from one csv file",
            Box::new(move || {
                with(
                    Command::new("mlr"),
                    &[&"--csv", &"stats1", &"-a", &"max", &"-f", &"date", &"-g", &"student", &csv.display()],
                )
            }),
        ));
    }
    peers
}

/// One kind by child and month, by each tool that is installed.
pub fn months(loaded: &Loaded) -> Vec<Peer> {
    let mut peers: Vec<Peer> = Vec::new();
    let asked = |month: &str, from: &str| {
        let kind = super::floor::ONE_KIND;
        format!("select student, {month}, count(*) from {from} where kind = '{kind}' group by 1, 2")
    };
    let (csv, sqlite, duckdb) = (loaded.csv.display().to_string(), loaded.sqlite.clone(), loaded.duckdb.clone());
    if is_installed("sqlite3") {
        let select = asked("substr(date, 1, 7)", "seen");
        peers.push((
            "sqlite3, loaded beforehand",
            Box::new(move || with(Command::new("sqlite3"), &[&sqlite.display(), &select])),
        ));
    }
    if is_installed("duckdb") {
        let (select, from_csv) = (
            asked("date_trunc('month', date)", "seen"),
            asked("date_trunc('month', date)", &format!("read_csv('{csv}')")),
        );
        peers.push((
            "duckdb, loaded beforehand",
            Box::new(move || with(Command::new("duckdb"), &[&duckdb.display(), &"-c", &select])),
        ));
        peers.push(("duckdb, from one csv file", Box::new(move || with(Command::new("duckdb"), &[&"-c", &from_csv]))));
    }
    peers
}

fn with(mut command: Command, arguments: &[&dyn std::fmt::Display]) -> Command {
    command.args(arguments.iter().map(|argument| argument.to_string()));
    command
}

/// A script that reads every log into memory and asks the question of T1. The logs' students are words that the roster
/// explains; children who were absent from a class are not taken out, which costs the tool less.
fn from_logs(loaded: &Loaded) -> PathBuf {
    let path = loaded.csv.with_extension("sql");
    let mut script =
        format!(".import --csv {} roster\ncreate index by_word on roster (word);\n", loaded.roster.display());
    let mut all = Vec::new();
    for (at, log) in loaded.logs.iter().enumerate() {
        script.push_str(&format!(".import --csv {} log{at}\n", log.display()));
        all.push(format!("select students, date from log{at} where void = ''"));
    }
    // A statement may join only so many tables: one for each log, into one.
    script.push_str("create table seen (students, date);\n");
    all.iter().for_each(|select| script.push_str(&format!("insert into seen {select};\n")));
    script.push_str(
        "select student, julianday('2026-11-24') - julianday(max(date)) from seen, \
         json_each('[\"' || replace(students, ' ', '\",\"') || '\"]') as word join roster on roster.word = word.value \
         group by student;\n",
    );
    fs::write(&path, script).expect("the target folder can be written");
    path
}

/// T3 and T5 by sqlite, where it is installed.
pub fn sqlite(loaded: &Loaded, statement: String) -> Option<impl Fn() -> Command + 'static> {
    let database = loaded.sqlite.clone();
    is_installed("sqlite3").then_some(move || with(Command::new("sqlite3"), &[&database.display(), &statement]))
}
