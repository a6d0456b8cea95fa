//! What a county gets of a school: who is in it (nobody), what is in it (what docs/parquet.md says), and that it is whole.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use parquet::basic::{LogicalType, Type};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use support::{Said, School};

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const OTHER_KEY: &str = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
const TABLES: [&str; 7] = ["schools", "students", "activities", "activity_children", "follow_ups", "coverage", "risk"];

/// A folder outside every ledger: the county's files, and its key.
struct County {
    dir: tempfile::TempDir,
}

/// A row by its columns; empty cells are left out.
type Row = BTreeMap<String, Field>;

impl County {
    fn new() -> County {
        let dir = tempfile::tempdir().unwrap();
        let county = County { dir };
        let said = School::new().run(&["key", "county", &county.dir.path().join("key").to_string_lossy()]);
        assert_eq!(said.code, 0, "{said:?}");
        std::fs::write(county.dir.path().join("key"), format!("# 县\n{KEY}\n")).unwrap();
        county
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    fn arguments(&self, code: &str) -> Vec<String> {
        let (out, key) = (self.out(), self.dir.path().join("key"));
        let paths = ["--out", &*out.to_string_lossy(), "--key", &*key.to_string_lossy()].map(str::to_owned);
        let rest = ["--county", "529901", "--school", code, "--to", "县教育局", "--reason", "月报"].map(str::to_owned);
        ["export", "parquet"].map(str::to_owned).into_iter().chain(paths).chain(rest).collect()
    }

    fn export(&self, school: &School, code: &str, more: &[&str]) -> Said {
        let arguments = self.arguments(code);
        let words: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        school.run(&words)
    }

    fn get(&self, school: &School, code: &str, more: &[&str]) {
        let said = self.export(school, code, more);
        assert_eq!(said.code, 0, "{said:?}");
    }

    /// Every file by its path below the county's folder.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        if self.out().exists() { School::files_of(&self.out()) } else { BTreeMap::new() }
    }

    fn path(&self, table: &str, code: &str, term: &str) -> PathBuf {
        self.out().join(format!("{table}/county=529901/school={code}/term={term}/part.parquet"))
    }

    fn rows(&self, table: &str, code: &str) -> Vec<Row> {
        rows(&self.path(table, code, "2026-autumn"))
    }
}

fn reader(path: &Path) -> SerializedFileReader<std::fs::File> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SerializedFileReader::new(file).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows(path: &Path) -> Vec<Row> {
    let columns = |row: parquet::record::Row| -> Row {
        let there = row.get_column_iter().filter(|(_, field)| !matches!(field, Field::Null));
        there.map(|(name, field)| (name.clone(), field.clone())).collect()
    };
    reader(path).get_row_iter(None).unwrap().map(|row| columns(row.unwrap())).collect()
}

fn text<'r>(row: &'r Row, column: &str) -> &'r str {
    match row.get(column) {
        Some(Field::Str(text)) => text,
        other => panic!("{column} is {other:?}"),
    }
}

fn number(row: &Row, column: &str) -> i64 {
    match row.get(column) {
        Some(Field::Int(number)) => i64::from(*number),
        other => panic!("{column} is {other:?}"),
    }
}

fn json(school: &School, arguments: &[&str]) -> Vec<serde_json::Value> {
    let words: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&school.ok(&words)).unwrap()
}

/// A school of one child, of whom every place that can hold words holds some, with a kind, a field, a choice, a type and a
/// commitment of its own. Every word has `secret` in it, every number begins with 1540000 or 529901.
fn telling_school() -> School {
    let school = School::new();
    school.ok(&["student", "add", "章隐隐", "--id", "secretid", "class=2023-2", "--since", "2023-09-01"]);
    for field in [
        "national_id=52990120160306123X",
        "roll_number=G52990120160306123X",
        "gender=male",
        "ethnicity=secret族",
        "address=secret村3组",
        "hukou_address=secret县",
        "phone=15400001111",
        "escort=secret爷爷",
        "note=secret",
        "parent.father.name=章secret",
        "parent.father.phone=15400002222",
        "guardian.name=李secret",
        "guardian.relation=paternal-grandmother",
        "guardian.phone=15400003333",
        "health.illness=secret病",
        "household.note=secret",
        "study.difficulties=secret",
        "extra.微信=secret",
    ] {
        school.ok(&["student", "set", "secretid", field]);
    }
    let append = |file: &str, text: &str| {
        let before = std::fs::read_to_string(school.path(file)).unwrap_or_default();
        std::fs::write(school.path(file), before + text).unwrap();
    };
    let family = school.read("kinds/family.toml");
    let met = r#"type = "choice", of = ["guardian", "parent", "both", "nobody"], required = true"#;
    let own = r#"{ name = "own-words", label = { zh = "自填", en = "Own" }, type = "text" },"#;
    assert!(family.contains(met));
    let family = family.replacen(met, r#"type = "text""#, 1);
    let family = family.replacen("[home-visit]", "[secret-kind]\ndomain = \"secret-domain\"\nlabel = { zh = \"自设\", en = \"Own\" }\ntarget = \"student\"\ncontact = \"child\"\nfields = []\n\n[home-visit]", 1);
    let at = family.find("  { name = \"met\"").unwrap();
    std::fs::write(school.path("kinds/family.toml"), format!("{}  {own}\n{}", &family[..at], &family[at..])).unwrap();
    append("rules/followups.toml", "\n[secret-type]\nlabel = { zh = \"自设\", en = \"Own\" }\ndays = 7\n");
    append(
        "plans/comprehensive.toml",
        "\n[[commitment]]\ncode = \"C1.secret\"\ntext = { zh = \"自设\", en = \"Own\" }\ncount = { kind = \"home-visit\", times = 1 }\nevery = \"term\"\nowner = \"secret\"\n",
    );
    for line in [
        "staff add 石secret --id staff-1 --role class-teacher --class 2023-2 --phone 15400004444",
        "log add home-visit secretid met=secret own-words=secret problem=secret --note secret --staff 石secret --id secretrow --date 2026-11-20",
        "log add secret-kind secretid --date 2026-11-21",
        "log add care-talk secretid topic=family content=secret --date 2026-11-22",
        "followup add secret-type secretid --what secret --owner 石secret",
        "pair add caring-parent secretid 石secret",
        "risk set secretid high --reason secret --by 石secret",
    ] {
        school.ok(&line.split(' ').collect::<Vec<_>>());
    }
    school
}

/// Whether a text is what a column may hold: a code or a pseudonym.
fn may_go_out(text: &str) -> bool {
    let is_code = text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    is_code && !text.contains("secret") && (text.len() == 32 || !text.contains("529901"))
}

#[test]
fn no_name_number_or_word_of_the_ledger_is_in_any_byte_that_goes_out() {
    let (county, school) = (County::new(), telling_school());
    county.get(&school, "s1", &[]);
    let files = county.files();
    assert_eq!(files.len(), TABLES.len());
    let hidden = ["secret", "章隐隐", "石", "1540000", "529901201", "0160306", "123X", "15400001111"];
    for (path, bytes) in &files {
        for word in hidden {
            let there = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!there && !path.contains(word), "{word} in {path}");
        }
    }
    for table in TABLES {
        for row in county.rows(table, "s1") {
            for (column, field) in &row {
                if let Field::Str(text) = field {
                    assert!(may_go_out(text), "{table}.{column}: {text}");
                }
            }
        }
    }
}

/// The same ledger as above: what is the school's own is there, and under no name of its own.
#[test]
fn what_a_school_has_added_itself_goes_out_as_own_and_its_fields_not_at_all() {
    let (county, school) = (County::new(), telling_school());
    county.get(&school, "s1", &[]);
    let activities = county.rows("activities", "s1");
    let kinds: BTreeSet<(&str, &str)> = activities.iter().map(|row| (text(row, "kind"), text(row, "domain"))).collect();
    assert_eq!(kinds, BTreeSet::from([("care-talk", "life"), ("home-visit", "family"), ("own", "own")]));
    let visit = activities.iter().find(|row| text(row, "kind") == "home-visit").unwrap();
    assert_eq!(text(visit, "met"), "own");
    let talk = activities.iter().find(|row| text(row, "kind") == "care-talk").unwrap();
    assert!(!talk.contains_key("topic"), "what a talk with one child was about does not go out: {talk:?}");
    assert!(activities.iter().all(|row| !row.contains_key("own-words") && number(row, "children") == 1));
    let types: BTreeSet<String> =
        county.rows("follow_ups", "s1").iter().map(|row| text(row, "type").to_owned()).collect();
    assert!(types.contains("own") && types.contains("difficulty"), "{types:?}");
    let coverage = county.rows("coverage", "s1");
    let own: Vec<&Row> = coverage.iter().filter(|row| text(row, "commitment") == "own").collect();
    assert!(own.len() == 1 && own[0]["as_shipped"] == Field::Bool(false), "{own:?}");
    assert!(coverage.iter().filter(|row| row["as_shipped"] == Field::Bool(true)).count() > 100);
    let risk = county.rows("risk", "s1");
    assert_eq!((risk.len(), text(&risk[0], "judged")), (1, "high"));
}

#[test]
fn a_commitment_that_a_school_has_changed_is_not_as_shipped() {
    let (county, school) = (County::new(), School::with_two_children());
    let plan = school.read("plans/comprehensive.toml");
    let changed = plan.replacen("every = \"month\"", "every = \"week\"", 1);
    assert_ne!(plan, changed);
    std::fs::write(school.path("plans/comprehensive.toml"), changed).unwrap();
    county.get(&school, "s1", &[]);
    let rows = county.rows("coverage", "s1");
    let changed: Vec<&Row> = rows.iter().filter(|row| row["as_shipped"] == Field::Bool(false)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
}

fn child_of(school: &School, id: &str, number: &str) {
    school.ok(&["student", "set", id, &format!("national_id={number}")]);
}

#[test]
fn a_child_who_moves_is_one_child_under_one_key_and_a_stranger_under_another() {
    let (county, other) = (County::new(), County::new());
    std::fs::write(other.dir.path().join("key"), OTHER_KEY).unwrap();
    let schools = [School::with_two_children(), School::with_two_children()];
    child_of(&schools[0], "aaaaaa", "52990120160306123X");
    child_of(&schools[1], "bbbbbb", "52990120160306123X");
    let children = |county: &County, code: &str| -> BTreeMap<String, bool> {
        let rows = county.rows("students", code);
        rows.iter().map(|row| (text(row, "child").to_owned(), row["identified"] == Field::Bool(true))).collect()
    };
    for (school, code) in schools.iter().zip(["s1", "s2"]) {
        county.get(school, code, &[]);
        other.get(school, code, &[]);
    }
    let (one, two) = (children(&county, "s1"), children(&county, "s2"));
    let both: Vec<&String> = one.keys().filter(|child| two.contains_key(*child)).collect();
    assert_eq!((both.len(), one[both[0]]), (1, true), "{one:?} {two:?}");
    assert!(one.keys().chain(two.keys()).all(|child| !children(&other, "s1").contains_key(child)));
    assert!(both[0].len() == 32 && both[0].bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn the_same_ledger_gives_the_same_bytes_and_a_change_replaces_this_schools_files_alone() {
    let county = County::new();
    let [one, two] = [(), ()].map(|()| School::with_two_children());
    one.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--date", "2026-05-20"]);
    county.get(&one, "s1", &["--term", "2026-spring", "--term", "2026-autumn"]);
    county.get(&two, "s2", &[]);
    let before = county.files();
    assert_eq!(before.len(), 3 * TABLES.len());
    county.get(&one, "s1", &["--term", "2026-autumn", "--term", "2026-spring"]);
    assert_eq!(before, county.files());
    one.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--date", "2026-11-20"]);
    one.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian", "--date", "2026-05-21"]);
    county.get(&one, "s1", &[]);
    let after = county.files();
    let changed: Vec<&String> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    let expected = "/county=529901/school=s1/term=2026-autumn/";
    assert!(changed.len() >= 3 && changed.iter().all(|path| path.contains(expected)), "{changed:?}");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
}

#[test]
fn a_key_that_is_missing_damaged_or_another_one_is_refused_and_never_shown() {
    let (county, school) = (County::new(), School::with_two_children());
    let key = county.dir.path().join("key");
    let cases: [(&str, &str); 5] = [
        ("", "密钥"),
        ("# nothing\n", "没有密钥"),
        ("00112233", "8 个字符"),
        ("00112233\n44556677\n", "不止一行"),
        ("AGE-SECRET-KEY-1QQQQQ", "21 个字符"),
    ];
    for (text, said) in cases {
        std::fs::write(&key, text).unwrap();
        let refused = county.export(&school, "s1", &[]);
        assert!(refused.code == 3 && refused.err.contains(said), "{text}: {refused:?}");
        assert!(!refused.err.contains("00112233") && !refused.err.contains("QQQQQ"), "{refused:?}");
    }
    std::fs::remove_file(&key).unwrap();
    let missing = county.export(&school, "s1", &[]);
    assert!(missing.code == 2 && missing.err.contains("guanai key county"), "{missing:?}");
    let without = school.run(&["export", "parquet", "--out", "x", "--to", "y", "--reason", "z"]);
    assert!(without.code == 2 && without.err.contains("--key"), "{without:?}");
    assert!(county.files().is_empty() && !school.read("registers/disclosures.csv").contains("parquet"));

    std::fs::write(&key, KEY).unwrap();
    county.get(&school, "s1", &[]);
    let before = county.files();
    std::fs::write(&key, OTHER_KEY).unwrap();
    for code in ["s1", "s2"] {
        let other = county.export(&school, code, &[]);
        assert!(other.code == 3 && other.err.contains("标记"), "{other:?}");
    }
    assert_eq!(before, county.files());
    for bytes in before.values() {
        let there = |key: &str| bytes.windows(16).any(|window| window == &key.as_bytes()[..16]);
        assert!(!there(KEY) && !there(OTHER_KEY));
    }
}

#[test]
fn a_new_key_lies_outside_every_ledger_and_is_never_written_over() {
    let (county, school) = (County::new(), School::with_two_children());
    let file = county.dir.path().join("new").to_string_lossy().into_owned();
    let made = school.run(&["key", "county", &file]);
    let text = std::fs::read_to_string(&file).unwrap();
    let digits = text.lines().last().unwrap();
    assert!(made.code == 0 && digits.len() == 64, "{made:?}");
    assert!(!format!("{made:?}").contains(&digits[..8]));
    assert_eq!(school.run(&["key", "county", &file]).code, 2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let inside = school.run(&["key", "county", "county.key"]);
    assert!(inside.code == 2 && !school.path("county.key").exists(), "{inside:?}");
    std::fs::write(school.path("county.key"), KEY).unwrap();
    let out = county.out().to_string_lossy().into_owned();
    let inside = school.run(&["export", "parquet", "--out", &out, "--key", "county.key", "--to", "x", "--reason", "y"]);
    assert!(inside.code == 2 && inside.err.contains("county.key"), "{inside:?}");
}

#[test]
fn a_dry_run_lists_the_files_and_writes_nothing() {
    let (county, school) = (County::new(), School::with_two_children());
    let before = school.files();
    let said = county.export(&school, "s1", &["--dry-run", "--format", "json"]);
    assert_eq!(said.code, 0, "{said:?}");
    let listed: Vec<serde_json::Value> = serde_json::from_str(&said.out).unwrap();
    assert_eq!(listed.len(), TABLES.len());
    assert!(!county.out().exists() && school.files() == before);
    let real = county.export(&school, "s1", &["--format", "json"]);
    assert_eq!(said.out, real.out);
    for row in listed {
        let bytes = county.files()[row["file"].as_str().unwrap()].len();
        assert_eq!(row["bytes"].as_u64(), Some(bytes as u64), "{row}");
    }
}

#[test]
fn it_is_written_down_first_and_without_the_line_nothing_goes_out() {
    let (county, school) = (County::new(), School::with_two_children());
    let arguments = county.arguments("s1");
    let words: Vec<&str> = arguments.iter().map(String::as_str).take(10).collect();
    let nobody = school.run(&words);
    assert!(nobody.code == 2 && nobody.err.contains("--to"), "{nobody:?}");
    assert!(county.files().is_empty());
    county.get(&school, "s1", &[]);
    let lines = school.read("registers/disclosures.csv");
    assert!(lines.contains("export parquet 2026-autumn,县教育局,月报,2"), "{lines}");
    let other = County::new();
    std::fs::write(school.path("registers/disclosures.csv"), "id,date\n\"").unwrap();
    let refused = other.export(&school, "s1", &[]);
    assert!(refused.code == 3 && other.files().is_empty(), "{refused:?}");
}

#[test]
fn what_cannot_stand_is_refused_with_what_to_do() {
    let (county, school) = (County::new(), School::with_two_children());
    let plain = |more: &[&str], said: &str| {
        let refused = county.export(&school, "s1", more);
        assert!(refused.code == 2 && refused.err.contains(said), "{more:?}: {refused:?}");
        assert_eq!(refused.err.trim_end().lines().count(), 2, "{refused:?}");
    };
    plain(&["--term", "2027-spring"], "2027-03-01");
    plain(&["--term", "2031-spring"], "2026-autumn");
    for code in ["../x", "A", "a/b", ""] {
        let refused = county.export(&school, code, &[]);
        assert!(refused.code == 2 && refused.err.contains("529901"), "{refused:?}");
    }
    let key = county.dir.path().join("key").to_string_lossy().into_owned();
    let whom = ["--to", "x", "--reason", "y", "--key", &key];
    let at = |out: &str, more: &[&str]| {
        let words: Vec<&str> = ["export", "parquet", "--out", out].into_iter().chain(whom).collect();
        school.run(&[&words, more].concat())
    };
    let codes = ["--county", "529901", "--school", "s1"];
    assert!(at("out", &codes).err.contains("--out"), "a folder in the ledger");
    assert!(at(&key, &codes).err.contains("--out"), "a file");
    let out = county.out().to_string_lossy().into_owned();
    let unknown = at(&out, &[]);
    assert!(unknown.err.contains("--county") && unknown.err.contains("--school"), "{unknown:?}");
    let batch = county.dir.path().join("batch");
    std::fs::write(&batch, format!("export parquet --out {out} --key {key} --to x --reason y\n")).unwrap();
    let batch = school.run(&["batch", &batch.to_string_lossy()]);
    assert!(batch.code != 0 && batch.err.contains("guanai export parquet"), "{batch:?}");
    assert!(county.files().is_empty());
    // The codes may stand in guanai.toml instead.
    let file = school.read("guanai.toml").replacen("[school]", "[school]\ncode = \"s7\"\ncounty = \"529902\"", 1);
    std::fs::write(school.path("guanai.toml"), file).unwrap();
    assert_eq!(at(&out, &[]).code, 0);
    assert!(county.files().keys().all(|path| path.contains("/county=529902/school=s7/")));
}

#[test]
fn a_ledger_that_cannot_be_read_whole_is_not_exported() {
    let (county, school) = (County::new(), School::with_two_children());
    std::fs::write(school.path("students/bbbbbb.toml"), "id = ").unwrap();
    let refused = county.export(&school, "s1", &[]);
    assert!(refused.code == 3 && refused.err.contains("students/bbbbbb.toml"), "{refused:?}");
    assert!(county.files().is_empty());
}

/// A folder in the way of the last table: the others are whole, and nothing is left lying beside them.
#[test]
fn an_export_that_breaks_off_leaves_whole_files_and_no_others() {
    let (county, school) = (County::new(), School::with_two_children());
    county.get(&school, "s1", &[]);
    let before = county.files();
    let last = county.path("risk", "s1", "2026-autumn");
    std::fs::remove_file(&last).unwrap();
    std::fs::create_dir_all(last.join("in-the-way")).unwrap();
    school.ok(&["log", "add", "home-visit", "aaaaaa", "met=guardian"]);
    let broken = county.export(&school, "s1", &[]);
    assert_eq!(broken.code, 4, "{broken:?}");
    let names = |files: &BTreeMap<String, Vec<u8>>| -> BTreeSet<String> { files.keys().cloned().collect() };
    let after = county.files();
    assert!(names(&after).is_subset(&names(&before)), "{:?}", names(&after));
    assert_eq!(std::fs::read_dir(county.out()).unwrap().count(), TABLES.len());
    for path in after.keys() {
        rows(&county.out().join(path));
    }
}

#[cfg(unix)]
#[test]
fn nobody_but_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (county, school) = (County::new(), School::with_two_children());
    county.get(&school, "s1", &[]);
    let file = county.path("students", "s1", "2026-autumn");
    for path in file.ancestors().take(6) {
        let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_file() { 0o600 } else { 0o700 }, "{}", path.display());
    }
}

/// A school that seals, with a crisis of one child and a follow-up of it.
#[test]
fn of_what_is_confidential_the_number_of_records_goes_out_and_nothing_else_with_a_key_or_without() {
    let (county, school) = (County::new(), School::with_two_children());
    let key = county.dir.path().join("age.txt").to_string_lossy().into_owned();
    let with_key = |words: &[&str]| {
        let said = support::said(school.command(words).env("GUANAI_KEY", &key).output().unwrap());
        assert_eq!(said.code, 0, "{words:?}: {said:?}");
    };
    with_key(&["key", "new", "--name", "王老师"]);
    county.get(&school, "s1", &[]);
    let none = county.files();
    with_key(&["log", "add", "crisis", "aaaaaa", "type=loss", "--date", "2026-11-20"]);
    with_key(&["log", "add", "counselling", "aaaaaa", "--date", "2026-11-21"]);
    county.get(&school, "s1", &[]);
    let sealed = county.files();
    let arguments = county.arguments("s1");
    with_key(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(sealed, county.files(), "a key makes a difference");
    assert_eq!(number(&county.rows("schools", "s1")[0], "confidential_records"), 2);
    for table in ["students", "activities", "activity_children", "follow_ups"] {
        let path = format!("{table}/county=529901/school=s1/term=2026-autumn/part.parquet");
        assert_eq!(none[&path], sealed[&path], "{table}");
    }
}

#[test]
fn the_tables_say_what_the_listings_say() {
    let (county, school) = (County::new(), School { dir: tempfile::tempdir().unwrap() });
    school.ok(&["-q", "demo", ".", "--students", "60", "--terms", "2"]);
    county.get(&school, "s1", &["--term", "2026-autumn", "--term", "2026-spring"]);

    let listed = json(&school, &["student", "list"]);
    let students = county.rows("students", "s1");
    let enrolled: Vec<&Row> = students.iter().filter(|row| row["enrolled"] == Field::Bool(true)).collect();
    assert_eq!(enrolled.len(), listed.len());
    let yes = |row: &&&Row| text(row, "left_behind") == "yes";
    let left_behind = listed.iter().filter(|row| row["left-behind"] == true).count();
    assert!(left_behind > 0);
    assert_eq!(enrolled.iter().filter(yes).count(), left_behind);

    let sorted = |mut levels: Vec<String>| {
        levels.sort();
        levels
    };
    let risk = json(&school, &["risk", "--all"]);
    let said = risk.iter().map(|row| row["level"].as_str().unwrap().to_owned()).collect();
    let levels = county.rows("risk", "s1").iter().map(|row| text(row, "level").to_owned()).collect();
    assert_eq!(sorted(levels), sorted(said));

    let coverage = county.rows("coverage", "s1");
    let status = json(&school, &["plan", "status"]);
    assert_eq!(coverage.len(), status.len());
    for (row, said) in coverage.iter().zip(&status) {
        assert_eq!(text(row, "commitment"), said["code"].as_str().unwrap());
        for standing in ["met", "missed", "open", "exempt", "unknown"] {
            assert_eq!(Some(number(row, standing)), said[standing].as_i64(), "{said}");
        }
    }

    let terms = ["2026-autumn", "2026-spring"].map(|term| rows(&county.path("follow_ups", "s1", term)).len());
    // Those that confidential records close stay at home.
    let is_open = |row: &&serde_json::Value| !["crisis", "referral"].contains(&row["type"].as_str().unwrap());
    let open = json(&school, &["followup", "list", "--all"]).iter().filter(is_open).count();
    assert_eq!(terms.iter().sum::<usize>(), open);

    let activities = county.rows("activities", "s1");
    let logged = json(&school, &["log", "list", "--from", "2026-09-01"]);
    assert_eq!(activities.len(), logged.len());
    let named: i64 = activities.iter().map(|row| number(row, "children")).sum();
    assert_eq!(named, county.rows("activity_children", "s1").len() as i64);
    // Every column has something to say somewhere, or nobody would miss it.
    let judged = ["judged", "cancelled", "first_due", "left_on"];
    for table in TABLES {
        let both = ["2026-autumn", "2026-spring"].map(|term| county.path(table, "s1", term));
        let said: BTreeSet<String> = both.iter().flat_map(|path| rows(path)).flat_map(Row::into_keys).collect();
        for column in reader(&both[0]).metadata().file_metadata().schema().get_fields() {
            let name = column.name();
            assert!(said.contains(name) || judged.contains(&name), "{table}.{name} is always empty");
        }
    }
}

/// The lines of docs/parquet.md that describe columns: table, column, type, unit.
fn documented() -> Vec<[String; 4]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/parquet.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (mut table, mut found) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("### `").and_then(|rest| rest.split('`').next()) {
            name.clone_into(&mut table);
        } else if let Some(cells) = line.strip_prefix("| `") {
            let cells: Vec<&str> = cells.split(" | ").collect();
            let (name, kind, unit) = (cells[0].trim_end_matches('`'), cells[1], cells[2]);
            found.push([table.clone(), name.to_owned(), kind.to_owned(), unit.to_owned()]);
        }
    }
    found
}

#[test]
fn the_document_names_every_column_with_its_type_and_unit() {
    let (county, school) = (County::new(), School::with_two_children());
    county.get(&school, "s1", &[]);
    let mut found = Vec::new();
    for table in TABLES {
        let reader = reader(&county.path(table, "s1", "2026-autumn"));
        let about = reader.metadata().file_metadata();
        let said: BTreeMap<&str, &str> = about
            .key_value_metadata()
            .unwrap()
            .iter()
            .map(|one| (one.key.as_str(), one.value.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(about.created_by(), Some(concat!("guanai ", env!("CARGO_PKG_VERSION"))));
        assert_eq!((said["guanai.schema"], said["guanai.table"]), ("1", table));
        assert_eq!((said["guanai.version"], said["guanai.day"]), (env!("CARGO_PKG_VERSION"), support::DAY));
        for column in about.schema().get_fields() {
            let kind = match (column.get_physical_type(), column.get_basic_info().logical_type_ref()) {
                (Type::BYTE_ARRAY, Some(LogicalType::String)) => "string",
                (Type::INT32, None) => "int32",
                (Type::INT32, Some(LogicalType::Date)) => "date",
                (Type::BOOLEAN, None) => "boolean",
                other => panic!("{table}.{}: {other:?}", column.name()),
            };
            let unit = said.get(format!("guanai.unit.{}", column.name()).as_str()).copied().unwrap_or_default();
            found.push([table, column.name(), kind, unit].map(str::to_owned));
        }
    }
    assert_eq!(found, documented());
}
