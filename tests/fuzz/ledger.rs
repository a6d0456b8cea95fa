//! A small ledger into which one input is put at a time, in the place of one of its files, and what the commands make of it.
//!
//! The first line of an input names the file, as `#@ plans/study.toml`; where that line is hurt, it is the first file
//! that the reader has. Nothing is written: the input is seen as a change set is that was committed and not yet applied.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use guanai::assess::agenda::agenda;
use guanai::assess::check::findings;
use guanai::assess::festival::festivals;
use guanai::assess::figures::Span;
use guanai::assess::form::Counts;
use guanai::assess::plan::{self, Membership, coverage};
use guanai::assess::score::{Board, ProgressRules};
use guanai::assess::screening::Screenings;
use guanai::assess::{Rules, boarding, form, health, risk, service, workload};
use guanai::invent::{self, Wish};
use guanai::ledger::change::Pending;
use guanai::ledger::definitions::{parse_toml, text_of};
use guanai::ledger::seal::new_key;
use guanai::ledger::{ChangeSet, Folder, Keys, Need, Recipients, Snapshot, joined, scales, template};
use guanai::model::kind::Kind;
use guanai::model::{Day, Outcome, Recipient, Stretch};
use guanai::report::statistics::Filled;
use guanai::report::{self, Document, FileFormat, Format, Private, Screen, Table, calendar, letter, listing};
use guanai::text::Lang;
use guanai::write::recording::columns_of;

/// The id of the row that is sealed in the ledger.
pub const SEALED_ROW: &str = "sealed-1";

/// The ledger on the disk, and what opens its sealed row.
pub struct Small {
    _dir: tempfile::TempDir,
    pub folder: Folder,
    pub files: BTreeMap<String, Vec<u8>>,
    pub right_key: Keys,
    pub wrong_key: Keys,
    pub recipients: Recipients,
    pub day: Day,
}

/// The ledger is made once.
pub fn small() -> Arc<Small> {
    static SMALL: OnceLock<Arc<Small>> = OnceLock::new();
    SMALL.get_or_init(|| Arc::new(Small::new())).clone()
}

/// A folder in memory where the system has one: some readers write, and wait for the disk.
pub fn scratch() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a temporary folder")
}

impl Small {
    fn new() -> Small {
        let dir = scratch();
        let day = Day::new(2026, 11, 24).expect("a day");
        let (right_key, key) = key_in(dir.path(), "right");
        let (wrong_key, _) = key_in(dir.path(), "wrong");
        let recipient = Recipient { name: "王老师".to_owned(), key, since: Some(day) };
        let recipients = Recipients::of(std::slice::from_ref(&recipient)).expect("a key that was just made");
        let mut files = invented(day);
        let school = files.get_mut("guanai.toml").expect("a ledger has its school");
        school.extend(format!("[[privacy.recipient]]\nname = \"王老师\"\nkey = \"{}\"\n", recipient.key).into_bytes());
        let child = files.keys().find_map(|path| path.strip_prefix("students/")?.strip_suffix(".toml"));
        let cells = [("students", child.expect("a child")), ("type", "loss"), ("note", "x")];
        let sealed = recipients.seal(SEALED_ROW, cells.into_iter());
        let log = format!("id,date,students,note,void,type,sealed\n{SEALED_ROW},2026-11-20,,,,,{sealed}\n");
        files.insert("logs/2026-autumn/crisis.csv".to_owned(), log.into_bytes());
        let folder = Folder { root: dir.path().join("ledger") };
        lay(&folder, &files);
        Small { _dir: dir, folder, files, right_key, wrong_key, recipients, day }
    }

    /// The files of the ledger that stand below a folder, as inputs.
    pub fn seeds(&self, below: &[&str]) -> Vec<Vec<u8>> {
        let own = self.files.iter().filter(|(path, _)| below.iter().any(|folder| path.starts_with(folder)));
        own.map(|(path, bytes)| [format!("#@ {path}\n").as_bytes(), bytes].concat()).collect()
    }

    /// The ledger with one input in it.
    fn with(&self, places: &BTreeSet<String>, input: &[u8]) -> Outcome<Snapshot> {
        let line = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let named = line.strip_prefix(b"#@ ").and_then(|name| std::str::from_utf8(name).ok());
        let path = named.filter(|name| places.contains(*name));
        let first = places.first().expect("a reader has a file");
        let bytes = if path.is_some() { &input[(line.len() + 1).min(input.len())..] } else { input };
        let path = path.unwrap_or(first);
        // What is no TOML at all is refused by the one parser of all definitions: the rest of the ledger need not be read.
        if path.ends_with(".toml") {
            parse_toml::<toml::Table>(path, &text_of(path, bytes)?)?;
        }
        let mut change = ChangeSet::new("fuzz");
        change.write(path, self.files.get(path).cloned(), Some(bytes.to_vec()));
        Snapshot::load_with(&self.folder, &Need::everything(), &Pending::of(&change), &self.right_key)
    }

    /// What reads inputs in the place of the files below some folders.
    pub fn reader(self: &Arc<Small>, below: &[&str], questions: &'static [Question]) -> impl Fn(&[u8]) + use<> {
        let is_wanted = |path: &&String| below.iter().any(|folder| path.starts_with(folder));
        let places: BTreeSet<String> = self.files.keys().filter(is_wanted).cloned().collect();
        let small = self.clone();
        move |input| {
            let asked = blake3::hash(input).as_bytes()[0] as usize % questions.len();
            if let Ok(snapshot) = small.with(&places, input) {
                questions[asked](&snapshot, small.day);
            }
        }
    }
}

/// Writes files into a folder of the tests.
pub fn lay(folder: &Folder, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        let path = folder.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
        std::fs::write(path, bytes).expect("a temporary file");
    }
}

fn key_in(dir: &std::path::Path, name: &str) -> (Keys, String) {
    let (text, public) = new_key("2026-11-24");
    let path = dir.join(name);
    std::fs::write(&path, text).expect("a temporary file");
    (Keys::at(&path), public)
}

/// Four children and their term, with the definitions that are shipped.
fn invented(day: Day) -> BTreeMap<String, Vec<u8>> {
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    let mut files: BTreeMap<String, Vec<u8>> =
        template::files().into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("kinds/") && *path != "kinds/words.toml") {
        let defined: BTreeMap<String, Kind> = parse_toml(path, &String::from_utf8_lossy(bytes)).expect("as shipped");
        kinds.extend(defined.into_iter().map(|(name, kind)| (name.clone(), Kind { name, ..kind })));
    }
    let types = parse_toml("rules/followups.toml", &template::text("rules/followups.toml")).expect("as shipped");
    let wish = Wish { seed: 1, students: 4, terms: 1, rows: Some(60), day };
    let invented = invent::school(&wish, &kinds, &types);
    let school = invent::school_file(&template::text("guanai.toml"), &invented);
    files.insert("guanai.toml".to_owned(), school.into_bytes());
    files.extend(invented.files);
    files
}

const SCREEN: Screen = Screen { width: Some(80), color: false };

fn said(table: &Table) {
    table.listing(Format::Csv, Lang::Zh, SCREEN);
    table.listing(Format::Json, Lang::Zh, SCREEN);
}

fn shown(document: &Document) {
    let _ = document.rendered(FileFormat::Text, SCREEN);
}

/// One question of a command, asked of a ledger that holds an input.
pub type Question = fn(&Snapshot, Day);

/// The questions to which every file of a ledger may matter; each input is asked one of them.
pub const QUESTIONS: &[Question] = &[checked, listed, at_risk, planned, numbered];

/// What `check` finds.
pub fn checked(snapshot: &Snapshot, day: Day) {
    let _ = findings(snapshot, day);
    let columns = |kind: &str| snapshot.kinds().ok()?.get(kind).map(columns_of);
    let faults = guanai::ledger::form::faults(snapshot, &columns);
    let _ = guanai::ledger::form::mended(snapshot, &faults);
    let _ = (letter::faults(snapshot), joined::joined(snapshot), guanai::assess::duplicates::pairs(snapshot));
}

/// What `log`, `screen` and their like list.
pub fn listed(snapshot: &Snapshot, day: Day) {
    if let Ok(kinds) = snapshot.kinds() {
        said(&listing::kinds(snapshot, kinds, Lang::Zh));
    }
    if let Ok(scales) = scales::scales(snapshot.definitions()) {
        said(&listing::scales(&scales, Lang::Zh));
        let screenings = Screenings::of(snapshot, day);
        said(&listing::screenings(snapshot, &screenings.readable.iter().collect::<Vec<_>>(), &scales, Lang::Zh));
    }
    for log in &snapshot.logs {
        let found: Vec<_> = log.activities.iter().map(|activity| (log, activity)).collect();
        said(&listing::activities(snapshot, &found, Lang::Zh));
    }
}

/// What `risk` says.
fn at_risk(snapshot: &Snapshot, day: Day) {
    let Ok(rules) = Rules::load(snapshot) else { return };
    let assessments = risk::assess(snapshot, &rules, day);
    said(&listing::risks(snapshot, &rules, &assessments.iter().collect::<Vec<_>>(), day, Lang::Zh));
    for one in assessments.iter().take(2) {
        said(&listing::derivation(snapshot, &rules, one, Lang::Zh));
    }
}

/// What `plan` and `due` say.
pub fn planned(snapshot: &Snapshot, day: Day) {
    let Ok(rules) = Rules::load(snapshot) else { return };
    let (Some(term), Ok(plans)) = (snapshot.school.latest_term(day), plan::load(snapshot)) else { return };
    let membership = Membership::of(snapshot, &rules);
    let in_group = |group: &str, student: u32, day| membership.holds(group, student, day);
    let Ok(question) = plan::Question::new(snapshot, term, day, &in_group) else { return };
    let covered = coverage(&question, &plans);
    said(&listing::plan_status(snapshot, &covered, listing::By::Commitment, Lang::Zh));
    said(&listing::plan_gaps(snapshot, &rules, &covered, true, Lang::Zh));
    if let Ok(festivals) = festivals(snapshot) {
        let items = agenda(snapshot, &covered, &festivals, day, 60);
        said(&listing::agenda(snapshot, &rules, &covered, &items, day, Lang::Zh));
        let days = listing::agenda_days(snapshot, &rules, &covered, &items, Lang::Zh);
        calendar(&snapshot.school.school.name, "x", &days, day);
    }
}

/// What the reports of a term count.
fn numbered(snapshot: &Snapshot, day: Day) {
    let Ok(rules) = Rules::load(snapshot) else { return };
    if let Some(term) = snapshot.school.latest_term(day) {
        numbers(snapshot, &rules, term, day);
    }
}

/// What the reports count.
fn numbers(snapshot: &Snapshot, rules: &Rules, term: &Stretch, day: Day) {
    let span = Span::of(term, day);
    let asked = report::funds::Asked { span, period: "x", day, lang: Lang::Zh, names: true };
    let _ = report::funds::funds(snapshot, asked).map(|document| shown(&document));
    let _ = report::mind::mind(snapshot, rules, term, day, Lang::Zh).map(|document| shown(&document));
    let _ = health::checkups(snapshot, day).map(|found| said(&listing::checkups(snapshot, &found, false, Lang::Zh)));
    let _ =
        workload::workloads(snapshot, span.first, span.last).map(|found| said(&listing::workloads(&found, Lang::Zh)));
    if let Ok(care) = boarding::care_rules(snapshot) {
        boarding::roll(snapshot, &care.boarding, day);
        said(&listing::service(
            &service::service(snapshot, &care.service, service::Whose::Organisation, span.first, span.last),
            Lang::Zh,
        ));
    }
    if let Ok(progress) = ProgressRules::load(snapshot.definitions(), &rules.kinds) {
        let board = Board::of(snapshot, &progress, day);
        (0..snapshot.students.len()).for_each(|at| said(&listing::courses(snapshot, &board, at as u32, Lang::Zh)));
    }
    if !snapshot.students.is_empty() {
        let dossier = report::student::dossier(snapshot, rules, 0, day, (Private::Masked, Lang::Zh));
        let _ = dossier.map(|document| shown(&document));
    }
}

/// What the forms of the bureau count.
pub fn counted(snapshot: &Snapshot, day: Day) {
    let Ok(rules) = Rules::load(snapshot) else { return };
    form::check(snapshot, &rules);
    for name in ["civil-affairs", "enrolment", "term-counts"] {
        if let Ok(form) = form::load(snapshot, &rules, name) {
            let counts = Counts::of(&form, snapshot, &rules, day);
            let filled = Filled { form: &form, counts: &counts, snapshot, rules: &rules, lang: Lang::Zh };
            shown(&filled.document());
            said(&filled.table());
        }
    }
}
