//! The columns of every listing, in `docs/listings.md`: scripts stand on their names, so that none changes unseen.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use support::School;

/// A listing of an invented school: the command as the document has it, and what is asked so that it has rows.
const LISTINGS: &[(&str, &str)] = &[
    ("student list", "student list"),
    ("student show", "student show CHILD --record"),
    ("student history", "student history CHILD"),
    ("student duplicates", "student duplicates"),
    ("log list", "log list --all"),
    ("log show", "log show ROW"),
    ("log kinds", "log kinds"),
    ("log kinds KIND", "log kinds home-visit"),
    ("followup list", "followup list --all"),
    ("risk", "risk"),
    ("risk --since", "risk --since 2026-09-10"),
    ("risk explain", "risk explain CHILD"),
    ("plan status", "plan status"),
    ("plan status --by owner", "plan status --by owner"),
    ("plan status --by class", "plan status --by class"),
    ("plan gaps", "plan gaps"),
    ("plan show", "plan show C3.5"),
    ("due", "due --days 60"),
    ("screen list", "screen list"),
    ("screen show", "screen show CHILD"),
    ("screen scales", "screen scales"),
    ("health", "health"),
    ("boarders", "boarders"),
    ("pair list", "pair list --all"),
    ("pair suggest", "pair suggest"),
    ("pair effect", "pair effect"),
    ("resource list", "resource list"),
    ("resource hours", "resource hours"),
    ("staff list", "staff list"),
    ("staff workload", "staff workload"),
    ("letter list", "letter list"),
    ("letter pending", "letter pending safety-agreement"),
    ("report statistics", "report statistics"),
    ("report statistics FORM --who", "report statistics civil-affairs --who 1"),
    ("check", "check"),
    ("undo --list", "undo --list"),
    ("resolve", "resolve"),
    ("key list", "key list"),
    (
        "export parquet",
        "export parquet --out ../none --key KEY --county 529901 --school s1 --to x --reason y --dry-run",
    ),
    ("import census", "import census census.csv --dry-run"),
];

/// Listings that an invented school has no row of.
const EMPTY: &[&str] = &["student duplicates", "resolve", "key list"];

/// The names of a listing's columns in their order, and what each holds beside `null`.
type Columns = Vec<(String, BTreeSet<&'static str>)>;

fn kind(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("true or false"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("text"),
        Value::Array(_) => Some("list"),
        Value::Object(_) => Some("object"),
    }
}

fn columns(rows: &Value) -> Columns {
    let mut found = Columns::new();
    for row in rows.as_array().into_iter().flatten() {
        for (name, value) in row.as_object().expect("a row is an object") {
            let place = found.iter().position(|(own, _)| own == name).unwrap_or_else(|| {
                found.push((name.clone(), BTreeSet::new()));
                found.len() - 1
            });
            found[place].1.extend(kind(value));
        }
    }
    found
}

fn said(columns: &Columns) -> String {
    let one = |(name, kinds): &(String, BTreeSet<&'static str>)| match kinds.iter().copied().collect::<Vec<_>>()[..] {
        [] | ["text"] => format!("`{name}`"),
        ref kinds => format!("`{name}` ({})", kinds.join(", ")),
    };
    columns.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// The rows of the document's table: a command, and its columns.
fn written() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/listings.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| `")?.strip_suffix(" |")?.splitn(2, "` | ");
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn every_listing_has_the_columns_that_its_document_names_in_every_format() {
    let school = School { dir: tempfile::tempdir().unwrap() };
    school.ok(&["demo", ".", "--students", "60"]);
    let listed: Value = serde_json::from_str(&school.ok(&["risk", "--format", "json"])).unwrap();
    let child = listed[0]["id"].as_str().unwrap().to_owned();
    let row = school.ok(&["log", "add", "health-exam", &child, "height=1128", "weight=24.5"]).trim().to_owned();
    school.ok(&["log", "add", "home-visit", &child, "met=guardian", "problem=没有台灯"]);
    school.ok(&["student", "set", &child, "boarding=true"]);
    school.ok(&["letter", "safety-agreement", &child, "--leave-blank", "--out", "letter.docx"]);
    let clear = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), clear).unwrap();
    let answers = "2102011210010210021012102";
    for day in ["2026-10-10", "2026-11-10"] {
        school.ok(&["screen", "add", &child, "--scale", "sdq-parent", "--answers", answers, "--date", day]);
    }
    std::fs::write(school.path("census.csv"), "姓名,性别,班级\n王新来,男,2026-1\n").unwrap();
    let county = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(county.path(), "00".repeat(32)).unwrap();
    let mut wrong = Vec::new();
    let documented = written();
    for (name, line) in LISTINGS {
        let line = line.replace("CHILD", &child).replace("ROW", &row);
        let line = line.replace("KEY", &county.path().to_string_lossy());
        let words = |format| line.split(' ').chain(["--format", format]).collect::<Vec<_>>();
        let given = school.run(&words("json"));
        let rows: Value = serde_json::from_str(&given.out).unwrap_or_else(|error| panic!("{line}: {error}: {given:?}"));
        let found = columns(&rows);
        if rows.as_array().is_none_or(Vec::is_empty) != EMPTY.contains(name) {
            wrong.push(format!("{line}: {} rows", rows.as_array().map_or(0, Vec::len)));
        }
        // Whatever the format, the columns are the same.
        let csv = school.run(&words("csv")).out;
        let header: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        if !names.is_empty() && header != names {
            wrong.push(format!("{line}: csv has {header:?}, json {names:?}"));
        }
        let found = if names.is_empty() {
            said(&header.iter().map(|name| ((*name).to_owned(), BTreeSet::new())).collect())
        } else {
            said(&found)
        };
        if documented.get(*name) != Some(&found) {
            wrong.push(format!("| `{name}` | {found} |"));
        }
    }
    assert!(wrong.is_empty(), "docs/listings.md should say:\n{}", wrong.join("\n"));
    let known: BTreeSet<&str> = LISTINGS.iter().map(|(name, _)| *name).collect();
    let gone: Vec<&String> = documented.keys().filter(|name| !known.contains(name.as_str())).collect();
    assert!(gone.is_empty(), "{gone:?} is no listing");
}
