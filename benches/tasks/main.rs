//! How long the tasks of a school's day take, against the least that they can cost and against other tools.
//! What each line means: `benches/README.md`.

mod census;
mod floor;
mod growth;
mod peers;
mod school;
mod timing;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use floor::again;
use school::Size;
use timing::{Contender, race};

const USUAL: Size = Size { students: 2_000, rows: 200_000 };
const LARGE: Size = Size { students: 20_000, rows: 2_000_000 };
const ROUNDS: usize = 11;
/// The day of [`school::today`].
const AS_OF: &str = "2026-11-24";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if floor::work(&arguments) {
        return Ok(());
    }
    // `cargo test` starts benches without this word, and nothing slow may run there.
    let is_asked = |word: &str| arguments.iter().any(|argument| argument == word);
    if !is_asked("--bench") {
        println!("run: cargo bench --bench tasks");
        return Ok(());
    }
    fs::create_dir_all(school::home()).with_context(|| format!("{} cannot be written", school::home().display()))?;
    for tool in peers::TOOLS.into_iter().filter(|tool| !peers::is_installed(tool)) {
        println!("not installed: {tool}");
    }
    if is_asked("--growth") {
        growth::measure(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/growth.svg")));
        return Ok(());
    }
    measure(USUAL);
    if is_asked("--large") {
        measure(LARGE);
    }
    Ok(())
}

fn measure(size: Size) {
    println!("\n== {} students, {} rows ==", size.students, size.rows);
    let ledger = school::ledger(size);
    let loaded = peers::load(&ledger);
    let rounds = if size.rows > USUAL.rows { 5 } else { ROUNDS };
    start(&ledger, rounds);
    last_visits(&ledger, &loaded, rounds);
    coverage(&ledger, &loaded, rounds);
    one_row(&ledger, &loaded, rounds);
    one_child(&ledger, &loaded, rounds);
    if size.rows == USUAL.rows {
        census_import();
    }
    reports(&ledger, rounds);
}

/// The program that is measured, at a ledger.
fn guanai(ledger: &Path, arguments: &[&str]) -> impl Fn() -> Command + 'static {
    let (ledger, arguments) = (ledger.to_owned(), arguments.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guanai"));
        command.arg("-C").arg(&ledger).args(&arguments);
        command
    }
}

/// A command of the program in a race; one that the program does not have is not a fast one.
fn command(ledger: &Path, arguments: &[&str], name: &str) -> Contender {
    let asked =
        arguments.iter().filter(|word| !word.starts_with('-')).find(|word| word.parse::<guanai::model::Day>().is_err());
    let help = Command::new(env!("CARGO_BIN_EXE_guanai")).args(asked).arg("--help").output();
    if help.is_ok_and(|output| output.status.success() && !output.stdout.is_empty()) {
        // An answer that was kept would be a race of another kind.
        let kept = ledger.join(".guanai/answers");
        Contender::new(name, guanai(ledger, arguments)).after(move || drop(fs::remove_dir_all(&kept)))
    } else {
        Contender::missing(name)
    }
}

fn floor_of(name: &str, work: &'static str, path: PathBuf) -> Contender {
    Contender::new(name, move || again(work, &path))
}

fn start(ledger: &Path, rounds: usize) {
    let contenders = vec![
        Contender::new("floor: a program that says one word", || {
            let mut echo = Command::new("echo");
            echo.arg("x");
            echo
        }),
        Contender::new("guanai --version", guanai(ledger, &["--version"])),
    ];
    race("Start", 5 * rounds, contenders);
}

fn last_visits(ledger: &Path, loaded: &peers::Loaded, rounds: usize) {
    let mut contenders = vec![
        floor_of("floor: every byte read, 2 threads", "--read", ledger.to_owned()),
        floor_of("library: loaded, last day of each child", "--last-visit", ledger.to_owned()),
        command(ledger, &["--as-of", AS_OF, "risk", "--format", "json"], "guanai risk"),
    ];
    contenders.extend(peers::last_visits(loaded).into_iter().map(|(name, command)| Contender::new(name, command)));
    race("T1 days since the last visit of each child, over every kind", rounds, contenders);
}

/// One kind by child and month, which other tools can be asked too; and every commitment of every plan.
fn coverage(ledger: &Path, loaded: &peers::Loaded, rounds: usize) {
    let mut contenders = vec![
        floor_of("floor: every byte of it read, 2 threads", "--read-one-kind", ledger.to_owned()),
        floor_of("library: loaded, counts by child and month", "--months", ledger.to_owned()),
    ];
    contenders.extend(peers::months(loaded).into_iter().map(|(name, command)| Contender::new(name, command)));
    race("T2 one kind by child and month", rounds, contenders);
    let contenders = vec![
        floor_of("floor: every byte read, 2 threads", "--read", ledger.to_owned()),
        command(ledger, &["--as-of", AS_OF, "plan", "status", "--format", "json"], "guanai plan status"),
    ];
    race("T2 every commitment of every plan", rounds, contenders);
}

/// Each report against the question that it answers.
fn reports(ledger: &Path, rounds: usize) {
    let asked = |arguments: &[&str], name| command(ledger, &[&["--as-of", AS_OF], arguments].concat(), name);
    let contenders = vec![
        asked(&["plan", "status", "--format", "json"], "question: guanai plan status"),
        asked(&["due", "--format", "json"], "guanai due"),
        asked(&["plan", "gaps", "--format", "json"], "guanai plan gaps"),
        asked(&["report", "term", "--format", "html"], "guanai report term, this term and the last"),
    ];
    race("Reports against their question", rounds, contenders);
}

/// Every run adds a row for good: to the ledger, to the database, to a copy of the log.
fn one_row(ledger: &Path, loaded: &peers::Loaded, rounds: usize) {
    let student = some_student(ledger);
    let copy = ledger.with_extension("appended.csv");
    fs::copy(ledger.join("logs/2026-autumn/home-visit.csv"), &copy).expect("the ledger has home visits");
    let visit = ["log", "add", "home-visit", student.as_str(), "--date", "2026-11-20", "met=guardian"];
    let mut contenders =
        vec![floor_of("floor: one durable append", "--append", copy), command(ledger, &visit, "guanai log add")];
    let insert = format!(
        "pragma synchronous=full; insert into seen values ('{student}', '2026-11-20', 'home-visit') returning 1;"
    );
    contenders
        .extend(peers::sqlite(loaded, insert).map(|command| Contender::new("sqlite3, loaded beforehand", command)));
    race("T3 one durable row, process start included", rounds, contenders);
}

fn one_child(ledger: &Path, loaded: &peers::Loaded, rounds: usize) {
    let student = some_student(ledger);
    let mut contenders = vec![
        floor_of("floor: every byte read, 2 threads", "--read", ledger.to_owned()),
        command(ledger, &["student", "show", &student], "guanai student show"),
    ];
    let select = format!("select * from seen where student = '{student}'");
    contenders
        .extend(peers::sqlite(loaded, select).map(|command| Contender::new("sqlite3, loaded beforehand", command)));
    race("T5 one child with every row that names it", rounds, contenders);
}

/// The first in the order of ids.
fn some_student(ledger: &Path) -> String {
    let files = fs::read_dir(ledger.join("students")).expect("the ledger has students").flatten();
    let ids = files.filter_map(|file| file.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    ids.min().expect("the ledger has students")
}

fn census_import() {
    let home = school::home();
    let (dir, written, sheet) = (home.join("census"), home.join("written"), home.join("census.xlsx"));
    let children = school::ledger(USUAL);
    census::write_sheet(&children, &sheet);
    census::pack(&children, &written.with_extension("packed"));
    let (emptied, target) = (dir.clone(), written.clone());
    let sheet = sheet.to_string_lossy().into_owned();
    let contenders = vec![
        floor_of("floor: the same files, one sync", "--write", written).after(move || {
            let _ = fs::remove_dir_all(&target);
        }),
        command(&dir, &["import", "census", &sheet], "guanai import census").after(move || school::empty(&emptied)),
    ];
    race("T4 a census of 2,000 children into one file each", 5, contenders);
}
