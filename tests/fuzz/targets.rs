//! What reads bytes that come from anywhere, each with the files that its inputs are made from.

use std::collections::BTreeMap;

use guanai::import::{self, CensusOptions, Synonyms};
use guanai::ledger::definitions::parse_toml;
use guanai::ledger::merge::{Three, merged};
use guanai::ledger::record::{StudentFile, canonical, rewritten};
use guanai::ledger::seal::{is_sealed, recipient_count};
use guanai::ledger::table::{Edit, Table};
use guanai::ledger::{scales, template};
use guanai::model::kind::{Kind, phone_digits};
use guanai::model::national_id::NationalId;
use guanai::model::{Class, Day, Exact, Money, RowId, School, StudentId, When, whom};
use guanai::report::letter::Template;
use guanai::report::safe;
use guanai::write::photo;

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

pub fn all() -> Vec<Target> {
    let values: &[&str] = &[
        "2026-10-01",
        "2021-02",
        "k7m2q4",
        "2023-2",
        "52990120160306123X",
        "154 0000 1234",
        "12.50",
        "20 kg",
        "aaaaaa -bbbbbb class:2023-2 all",
        "王小明",
    ];
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    let target = |name, seeds, share, read: Reads| Target { name, seeds, folded: false, share, read };
    let sheets = |name, forms: &[&str], folded, share| Target {
        name,
        seeds: forms.iter().map(|name| form(name)).collect(),
        folded,
        share,
        read: sheet_reader(),
    };
    vec![
        target("values", texts(values), 500, Box::new(values_read)),
        target("student", texts(&[STUDENT]), 80, Box::new(student)),
        target("table", texts(&[LOG]), 150, Box::new(table)),
        target("merge", texts(&[LOG, STUDENT]), 30, Box::new(merge)),
        target(
            "definitions",
            [shipped("kinds/"), shipped("scales/"), shipped("guanai.toml")].concat(),
            20,
            Box::new(definitions),
        ),
        target("letter", shipped("documents/"), 50, Box::new(letter)),
        target("photo", photos(), 100, Box::new(|bytes| drop(photo::cleaned(bytes)))),
        sheets("csv", &["12-faults.csv", "08-hostile.csv", "03-roster-gb18030.csv", "21-scores-long.csv"], false, 40),
        sheets("xlsx", &["01-civil-affairs.xlsx", "06-sheet-per-class.xlsx"], true, 10),
        sheets("ods", &["07-roster.ods"], true, 10),
        sheets("xls", &["04-rounded-ids.xls"], false, 10),
    ]
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn values_read(bytes: &[u8]) {
    let text = text(bytes);
    let _ = (text.parse::<Day>(), text.parse::<When>(), text.parse::<StudentId>(), text.parse::<RowId>());
    let _ = (text.parse::<Money>(), text.parse::<Exact>(), NationalId::parse(&text), phone_digits(&text), whom(&text));
    if let Ok(class) = text.parse::<Class>() {
        assert_eq!(class.to_string().parse(), Ok(class));
    }
    if let Ok(day) = text.parse::<Day>() {
        assert_eq!(day.to_string(), text);
        let _ = (day.plus(400), day.months_before(30), day.age_since(Day::new(2016, 2, 29).unwrap()));
    }
    let _ = (is_sealed(&text), recipient_count(&text));
    let shown = safe::visible(&text);
    assert!(!shown.contains(char::is_control));
    let _ = (safe::csv(&text), safe::markdown_line(&text), safe::xml(&text));
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

fn sheet_reader() -> Reads {
    let synonyms = Synonyms::parse("import/census.toml", &template::text("import/census.toml")).expect("as shipped");
    let day = Day::new(2026, 11, 24).expect("a day");
    Box::new(move |bytes| {
        let Ok(sheets) = import::read("form", bytes) else { return };
        let options = CensusOptions { day, school_years: 6, id_from: None, sheet: None };
        import::read_census("form", &sheets, &synonyms, &options);
    })
}

fn photos() -> Vec<Vec<u8>> {
    let jpeg =
        b"\xFF\xD8\xFF\xE1\0\x10Exif\0\0II*\0\x08\0\0\0\xFF\xDB\0\x05\0\x01\x02\xFF\xDA\0\x03\x01\x12\x34\xFF\xD9";
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IEND\xAEB`\x82";
    let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\x08\0\0\0\x0F\0\0\x0F\0\0";
    vec![jpeg.to_vec(), png.to_vec(), webp.to_vec()]
}
