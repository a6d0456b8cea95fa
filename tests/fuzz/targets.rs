//! What reads bytes that come from anywhere, each with the files that its inputs are made from.

use std::collections::BTreeMap;

use guanai::import::log::{LogWords, read_log};
use guanai::import::scores::{ScoreOptions, ScoreWords, read_scores};
use guanai::import::screening::SheetWords;
use guanai::import::{self, CensusOptions, Sheet, Synonyms};
use guanai::ledger::definitions::parse_toml;
use guanai::ledger::merge::{Three, merged};
use guanai::ledger::package::unpacked;
use guanai::ledger::record::{StudentFile, canonical, rewritten};
use guanai::ledger::table::{Edit, Table};
use guanai::ledger::{Folder, Need, Snapshot, scales, template};
use guanai::model::kind::Kind;
use guanai::model::{Day, School};
use guanai::report::letter::Template;
use guanai::write::photo;
use guanai::write::receiving::{Asked, receiving};

use super::ledger::{QUESTIONS, checked, counted, lay, listed, planned, scratch, small};
use super::records::Records;
use super::{sealed, values};

/// What one input is given to.
pub type Reads = Box<dyn Fn(&[u8])>;

/// One thing that reads bytes.
pub struct Target {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    /// Whether the inputs are archives, of which parts are changed too.
    pub folded: bool,
    /// How many of a thousand inputs it gets.
    pub share: usize,
    pub read: Reads,
}

const STUDENT: &str = include_str!("seeds/student.toml");
const LOG: &str = include_str!("seeds/home-visit.csv");

fn form(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a form of the tests")
}

fn shipped(folder: &str) -> Vec<Vec<u8>> {
    let files = template::files();
    files.into_iter().filter(|(path, _)| path.starts_with(folder)).map(|(_, bytes)| bytes.to_vec()).collect()
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn target(name: &'static str, seeds: Vec<Vec<u8>>, share: usize, read: impl Fn(&[u8]) + 'static) -> Target {
    Target { name, seeds, folded: false, share, read: Box::new(read) }
}

pub fn all() -> Vec<Target> {
    [of_values(), of_files(), of_the_ledger(), of_its_state(), of_sheets()].into_iter().flatten().collect()
}

const DAYS: &[&str] =
    &["2026-10-01", "2021-02", "2016.3.6", "2016年3月6日", "二〇一六年三月", "20160306", "42435", "2016/3"];
const IDS: &[&str] = &["k7m2q4", "52990120160306123X", "G52990120160306123X", "154 0000 1234", "aaaaaa -bbbbbb", "all"];
const CLASSES: &[&str] = &["2023-2", "三年级（2）班", "3.2", "402", "四2班", "2023级1班", "三年级"];

fn of_values() -> Vec<Target> {
    let every = [DAYS, IDS, CLASSES, &["12.50", "20 kg", "class:2023-2 all", "王小明"]].concat();
    vec![
        target("values", texts(&every), 171, values::every),
        target("day", texts(DAYS), 130, values::day),
        target("id", texts(IDS), 110, values::id),
        target("class", texts(CLASSES), 110, values::class),
        target("day-cell", texts(DAYS), 20, values::cell_reader(&["出生日期", "入学年月", "外出时间"])),
        target("id-cell", texts(IDS), 20, values::cell_reader(&["身份证号", "学籍号", "联系电话"])),
        target("class-cell", texts(CLASSES), 20, values::cell_reader(&["班级", "年级", "年班"])),
    ]
}

fn of_files() -> Vec<Target> {
    vec![
        target("student", texts(&[STUDENT]), 40, student),
        target("table", texts(&[LOG]), 80, table),
        target("merge", texts(&[LOG, STUDENT]), 15, merge),
        target("definitions", ["kinds/", "scales/", "guanai.toml"].map(shipped).concat(), 15, definitions),
        target("words", shipped("import/"), 10, words_reader()),
        target("letter", shipped("documents/"), 20, letter),
        target("photo", photos(), 40, |bytes| drop(photo::cleaned(bytes))),
    ]
}

/// What is read in the place of a file of a small ledger, and then judged and counted.
fn of_the_ledger() -> Vec<Target> {
    let small = small();
    let inside = |name, below: &[&str], asked| target(name, small.seeds(below), 10, small.reader(below, asked));
    vec![
        inside("plans", &["plans/"], &[checked, planned]),
        inside("rules", &["rules/"], QUESTIONS),
        inside("kinds", &["kinds/"], QUESTIONS),
        inside("scales", &["scales/"], &[checked, listed]),
        inside("forms", &["forms/"], &[counted]),
        inside("school", &["guanai.toml"], QUESTIONS),
        inside("registers", &["registers/"], QUESTIONS),
        inside("logs", &["logs/"], QUESTIONS),
        inside("children", &["students/"], QUESTIONS),
    ]
}

/// What is sealed, what opens it, what lies in `.guanai`, and what another school has handed over.
fn of_its_state() -> Vec<Target> {
    let records = Records::new();
    let package = Target { folded: true, ..target("package", vec![handed_over()], 15, package_reader()) };
    vec![
        target("sealed", sealed::seeds(), 15, sealed::read),
        target("keys", sealed::key_seeds(), 15, sealed::key_reader()),
        target("records", records.seeds.clone(), 20, move |bytes| records.read(bytes)),
        package,
    ]
}

fn of_sheets() -> Vec<Target> {
    let sheets = |name, forms: &[&str], folded| {
        let seeds = forms.iter().map(|name| form(name)).collect();
        Target { folded, ..target(name, seeds, 11, sheet_reader()) }
    };
    vec![
        sheets("csv", &["12-faults.csv", "08-hostile.csv", "03-roster-gb18030.csv", "21-scores-long.csv"], false),
        sheets("xlsx", &["01-civil-affairs.xlsx", "06-sheet-per-class.xlsx"], true),
        sheets("ods", &["07-roster.ods"], true),
        sheets("xls", &["04-rounded-ids.xls"], false),
    ]
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn student(bytes: &[u8]) {
    let Ok(file) = StudentFile::read("students/k7m2q4.toml", bytes.to_vec()) else { return };
    let written = canonical(&file.student);
    let again = StudentFile::read(&file.path, written.into_bytes()).expect("what is written is read");
    assert_eq!(format!("{:?}", again.student), format!("{:?}", file.student));
    let mut changed = file.student.clone();
    changed.note = Some("=1+1\n\u{202e}".to_owned());
    let rewritten = rewritten(&file, &changed);
    let again = StudentFile::read(&file.path, rewritten.into_bytes()).expect("what is rewritten is read");
    assert_eq!(again.student.note, changed.note);
    let _ = file.line_of("guardian.0.spell.0.from");
}

fn table(bytes: &[u8]) {
    let table = Table::read("logs/2026-autumn/home-visit.csv", bytes.to_vec(), &["id", "date"]);
    let added = BTreeMap::from([("id", "zzzzzz"), ("date", "2026-10-02")]);
    let added = added.into_iter().map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect();
    if table.problems.is_empty() {
        let (canonical, edited) = (table.canonical(), table.edited(&Edit { added: vec![added], ..Edit::default() }));
        let again = Table::read("x.csv", canonical, &[]);
        assert_eq!(again.len(), table.len(), "rows are lost in writing");
        assert_eq!(Table::read("x.csv", edited, &[]).len(), table.len() + 1, "an added row is lost");
    }
    for row in 0..table.len() {
        for column in 0..table.columns.len() {
            table.cell(row, column);
        }
    }
}

fn merge(bytes: &[u8]) {
    for (path, base) in [("logs/2026-autumn/home-visit.csv", LOG), ("students/k7m2q4.toml", STUDENT)] {
        let other = base.replace("2026-09-10", "2026-09-11");
        let there = merged(path, Three { base: base.as_bytes(), ours: bytes, theirs: other.as_bytes() });
        let back = merged(path, Three { base: base.as_bytes(), ours: other.as_bytes(), theirs: bytes });
        assert_eq!(there.map(|merged| merged.bytes), back.map(|merged| merged.bytes), "the sides differ");
    }
}

fn definitions(bytes: &[u8]) {
    let text = text(bytes);
    let _ = parse_toml::<BTreeMap<String, Kind>>("kinds/family.toml", &text);
    let _ = parse_toml::<School>("guanai.toml", &text);
    let _ = scales::read("scales/mht.toml", &text);
}

fn letter(bytes: &[u8]) {
    if let Ok(template) = Template::parse("documents/letter.md", &text(bytes)) {
        template.keys();
    }
}

/// The words by which spreadsheets are read, in each of the files that hold them; and forms read by them.
fn words_reader() -> impl Fn(&[u8]) {
    let census = Synonyms::parse("import/census.toml", &template::text("import/census.toml")).expect("as shipped");
    let kinds: BTreeMap<String, Kind> =
        parse_toml("kinds/family.toml", &template::text("kinds/family.toml")).expect("as shipped");
    let sheets = ["12-faults.csv", "21-scores-long.csv"].map(|name| import::read(name, &form(name)).expect("a form"));
    let day = Day::new(2026, 11, 24).expect("a day");
    let options = score_options(day);
    move |bytes| {
        let text = text(bytes);
        let _ = SheetWords::parse("import/screening.toml", &text);
        if let Ok(words) = Synonyms::parse("import/census.toml", &text) {
            read_as_census(&sheets[0], &words, day);
        }
        if let Ok(words) = LogWords::parse("import/log.toml", &text) {
            read_log("form.csv", &sheets[0], &kinds["home-visit"], (&words, &census), day, 6);
        }
        if let Ok(words) = ScoreWords::parse("import/scores.toml", &text) {
            read_scores("form.csv", &sheets[1], &words, &census, &options);
        }
    }
}

fn score_options(day: Day) -> ScoreOptions {
    ScoreOptions { day, school_years: 6, sheet: None, class: None, subject: None, full: None, full_of: BTreeMap::new() }
}

fn read_as_census(sheets: &[Sheet], words: &Synonyms, day: Day) {
    let options = CensusOptions { day, school_years: 6, id_from: None, sheet: None };
    import::read_census("form", sheets, words, &options);
}

/// A spreadsheet, as a census, as scores and as a log.
fn sheet_reader() -> impl Fn(&[u8]) {
    let synonyms = Synonyms::parse("import/census.toml", &template::text("import/census.toml")).expect("as shipped");
    let scores = ScoreWords::parse("import/scores.toml", &template::text("import/scores.toml")).expect("as shipped");
    let log = LogWords::parse("import/log.toml", &template::text("import/log.toml")).expect("as shipped");
    let kinds: BTreeMap<String, Kind> =
        parse_toml("kinds/family.toml", &template::text("kinds/family.toml")).expect("as shipped");
    let day = Day::new(2026, 11, 24).expect("a day");
    let options = score_options(day);
    move |bytes| {
        let Ok(sheets) = import::read("form", bytes) else { return };
        read_as_census(&sheets, &synonyms, day);
        read_scores("form", &sheets, &scores, &synonyms, &options);
        read_log("form", &sheets, &kinds["home-visit"], (&log, &synonyms), day, 6);
    }
}

/// A child of the small ledger, as its school hands it over.
fn handed_over() -> Vec<u8> {
    let small = small();
    let child = small.files.keys().find_map(|path| path.strip_prefix("students/")?.strip_suffix(".toml"));
    let out = scratch();
    let file = out.path().join("child.zip");
    // In a copy: what is handed over is written down.
    let folder = Folder { root: out.path().join("ledger") };
    lay(&folder, &small.files);
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_guanai"))
        .args(["-C", &folder.root.to_string_lossy(), "student", "handover", child.expect("a child")])
        .args(["--to", "x", "--reason", "y", "--as-of", "2026-11-24", "-q", "--out", &file.to_string_lossy()])
        .env_clear()
        .env("GUANAI_NO_KEY", "1")
        .output()
        .expect("the binary runs");
    std::fs::read(file).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&done.stderr)))
}

/// A package, taken in by a ledger that does not have the child.
fn package_reader() -> impl Fn(&[u8]) {
    let small = small();
    let mut snapshot =
        Snapshot::load(&small.folder, &Need::everything(), &Default::default()).expect("the ledger is whole");
    snapshot.students.clear();
    move |bytes| {
        let Ok(files) = unpacked(bytes) else { return };
        let asked = Asked { file: "child.zip", files: &files, keys: &small.right_key, since: small.day, class: None };
        if let Ok(received) = receiving(&snapshot, &asked) {
            let is_plain = |path: &str| !path.split('/').any(|part| matches!(part, "" | "." | ".."));
            assert!(received.change_set.files.iter().all(|file| is_plain(&file.path)), "a path leads elsewhere");
        }
    }
}

fn photos() -> Vec<Vec<u8>> {
    let jpeg =
        b"\xFF\xD8\xFF\xE1\0\x10Exif\0\0II*\0\x08\0\0\0\xFF\xDB\0\x05\0\x01\x02\xFF\xDA\0\x03\x01\x12\x34\xFF\xD9";
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IEND\xAEB`\x82";
    let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\x08\0\0\0\x0F\0\0\x0F\0\0";
    vec![jpeg.to_vec(), png.to_vec(), webp.to_vec()]
}
