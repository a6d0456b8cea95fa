//! A ledger in which every field that takes free text holds one. Which fields there are is asked of the program: the keys of a
//! student, the columns of every kind, the registers, the labels of every definition.

use std::collections::BTreeMap;

use guanai::ledger::definitions::parse_toml;
use guanai::ledger::record::{SETTABLE_KEYS, StudentFile};
use guanai::ledger::template;
use guanai::model::School as Settings;
use guanai::model::kind::{Field, FieldType, Kind};
use guanai::write::recording::columns_of;
use toml::{Table, Value};

use super::hostile::Texts;

/// The child of whom everything is written, and one who has no more than a name.
pub const CHILD: &str = "cccccc";
pub const OTHER: &str = "aaaaaa";

pub type Files = BTreeMap<String, Vec<u8>>;

/// A child with every key that a file can have; typed values are right.
const WHOLE: &str = r#"
id = "cccccc"
name = "x"
former_name = "x"
gender = "male"
born = 2016-03-06
national_id = "52990120160306004X"
roll_number = "x"
ethnicity = "x"
class = "2023-2"
hukou = "rural"
boarding = true
address = "x"
hukou_address = "x"
phone = "15400001234"
escort = "x"
consent = 2026-09-01
note = "x"
[[enrolment]]
from = 2023-09-01
[[parent]]
relation = "father"
name = "x"
born = "1986-03"
national_id = "x"
phone = "15400001235"
other_phone = "15400001236"
status = "living"
capable = true
[[parent.away]]
from = "2021-02"
place = "x"
noted = 2026-09-10
[[guardian]]
relation = "paternal-grandmother"
name = "x"
born = 1954-05-01
national_id = "x"
phone = "15400001237"
other_phone = "15400001238"
address = "x"
ability = "fair"
entrusted = true
[[guardian.spell]]
from = 2021-02-15
[reported]
away_parents = 1
orphan = false
on = 2026-09-10
[health]
status = "healthy"
disability = "x"
grade = "x"
illness = "x"
allergies = "x"
note = "x"
[household]
income = ["migrant-work"]
benefits = ["subsistence"]
meals = "x"
housing = "x"
low_income = true
note = "x"
[study]
habits = "x"
interests = "x"
difficulties = "x"
character = "x"
[risk.override]
level = "high"
reason = "x"
by = "x"
from = 2026-10-01
[[risk.past]]
level = "watch"
reason = "x"
by = "x"
from = 2026-09-01
until = 2026-09-30
[extra]
"x" = "x"
"#;

/// A child whom two teachers have changed differently.
const CLASHING: &str = r#"
id = "dddddd"
name = "赵小军"
class = "2023-2"
[[enrolment]]
from = 2023-09-01
[[clash]]
key = "note"
values = ["x", "y"]
"#;

/// Puts a text into every free field of the files of a ledger.
pub fn fill(files: &mut Files, texts: &mut Texts) {
    settings(files, texts);
    students(files, texts);
    logs(files, texts);
    registers(files, texts);
    labels(files, texts);
    letters(files, texts);
}

/// Every path to a string in a TOML value.
fn strings(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let mut below = |name: String, value: &Value| {
        path.push(name);
        strings(value, path, found);
        path.pop();
    };
    match value {
        Value::String(_) => found.push(path.clone()),
        Value::Table(table) => table.iter().for_each(|(key, value)| below(key.clone(), value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(at, value)| below(at.to_string(), value)),
        _ => {}
    }
}

fn all_strings(table: &Table) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    strings(&Value::Table(table.clone()), &mut Vec::new(), &mut found);
    found
}

fn put(table: &mut Table, path: &[String], text: String) {
    let (first, rest) = path.split_first().expect("a path has a part");
    let mut value = table.get_mut(first).expect("it was found there");
    for part in rest {
        value = match value {
            Value::Table(table) => table.get_mut(part),
            Value::Array(list) => list.get_mut(part.parse::<usize>().expect("a place in a list")),
            _ => None,
        }
        .expect("it was found there");
    }
    *value = Value::String(text);
}

/// The strings of a file in whose place any other text is read.
fn free(table: &Table, is_read: impl Fn(&Table) -> bool) -> Vec<Vec<String>> {
    let takes_any = |path: &Vec<String>| {
        let mut tried = table.clone();
        put(&mut tried, path, "Qzzz = \"<x>\"".to_owned());
        is_read(&tried)
    };
    all_strings(table).into_iter().filter(takes_any).collect()
}

fn students(files: &mut Files, texts: &mut Texts) {
    let whole: Table = WHOLE.parse().expect("TOML");
    let is_read = |table: &Table| StudentFile::read("students/cccccc.toml", table.to_string().into_bytes()).is_ok();
    assert!(is_read(&whole));
    let has_key = |key: &&str| key.split('.').try_fold(&Value::Table(whole.clone()), step).is_some();
    let missing: Vec<&&str> = SETTABLE_KEYS.iter().filter(|key| !has_key(key)).collect();
    assert!(missing.is_empty(), "the whole child lacks {missing:?}");
    let free = free(&whole, is_read);
    let mut child = whole.clone();
    for path in &free {
        put(&mut child, path, texts.next(&format!("student {}", path.join("."))));
    }
    let extra = child["extra"].as_table_mut().expect("a table");
    extra.insert(texts.next("student extra, header"), "x".into());
    files.insert(format!("students/{CHILD}.toml"), child.to_string().into_bytes());
    let mut clashing: Table = CLASHING.parse().expect("TOML");
    for at in ["0", "1"] {
        let path = ["clash", "0", "values", at].map(str::to_owned);
        put(&mut clashing, &path, texts.next(&format!("student clash.values.{at}")));
    }
    files.insert("students/dddddd.toml".to_owned(), clashing.to_string().into_bytes());
    let other = "id = \"aaaaaa\"\nname = \"王小明\"\nclass = \"2023-2\"\n[[enrolment]]\nfrom = 2023-09-01\n";
    files.insert(format!("students/{OTHER}.toml"), other.into());
}

/// Puts a text where a number, a day, a code or an id is to stand: each file or row is refused, with a message.
pub fn spoil(files: &mut Files, texts: &mut Texts) {
    let whole: Table = WHOLE.parse().expect("TOML");
    let is_read = |table: &Table| StudentFile::read("students/cccccc.toml", table.to_string().into_bytes()).is_ok();
    let free = free(&whole, is_read);
    for (at, path) in all_strings(&whole).into_iter().filter(|path| !free.contains(path)).enumerate() {
        let mut wrong = whole.clone();
        let id = format!("wrong{at:02}");
        put(&mut wrong, &["id".to_owned()], id.clone());
        put(&mut wrong, &path, texts.next(&format!("student, refused {}", path.join("."))));
        files.insert(format!("students/{id}.toml"), wrong.to_string().into_bytes());
    }
    for (path, bytes) in
        files.iter_mut().filter(|(path, _)| path.starts_with("logs/") || path.starts_with("registers/"))
    {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let columns = reader.headers().expect("a header").clone();
        let Some(Ok(row)) = reader.records().next() else { continue };
        let mut written = csv::Writer::from_writer(Vec::new());
        written.write_record(&columns).expect("memory");
        for column in TYPED {
            if columns.iter().any(|own| own == column) {
                let text = texts.next(&format!("refused {path} {column}"));
                let cells =
                    columns.iter().zip(&row).map(|(own, cell)| if own == column { text.as_str() } else { cell });
                written.write_record(cells).expect("memory");
            }
        }
        *bytes = written.into_inner().expect("memory");
    }
}

fn step<'a>(value: &'a Value, part: &str) -> Option<&'a Value> {
    match value {
        Value::Array(list) => list.first()?.get(part),
        value => value.get(part),
    }
}

fn kinds(files: &Files) -> BTreeMap<String, Kind> {
    let mut kinds = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("kinds/") && *path != "kinds/words.toml") {
        let text = String::from_utf8_lossy(bytes);
        kinds.extend(parse_toml::<BTreeMap<String, Kind>>(path, &text).expect("as shipped"));
    }
    kinds
}

/// What a column of a kind holds where it holds what it should.
fn right(field: Option<&Field>) -> &str {
    match field.map(|field| (field.kind, field.of.first())) {
        Some((FieldType::Choice, Some(first))) => first,
        Some((FieldType::Text, _)) => "x",
        Some((FieldType::Integer | FieldType::Number | FieldType::Minutes, _)) => "5",
        Some((FieldType::Date, _)) => "2026-11-21",
        Some((FieldType::Money, _)) => "12.50",
        Some((FieldType::Quantity, _)) => "2kg",
        Some((FieldType::Bool, _)) => "yes",
        _ => "",
    }
}

/// Columns of days and ids: what else stands there is refused (see [`spoil`]), and other commands than those that list
/// wait until it is mended.
const TYPED: [&str; 12] = [
    "id",
    "date",
    "students",
    "student",
    "opened",
    "due",
    "from",
    "first-due",
    "opened-by",
    "done",
    "done-by",
    "cancelled",
];

fn is_typed(column: &str) -> bool {
    TYPED.contains(&column)
}

/// For every kind a row as it should be, one with a text in every column of words, one with a text in all the others, and one
/// that is void for a reason; and a row whose attachment lies outside of the ledger.
fn logs(files: &mut Files, texts: &mut Texts) {
    for (name, kind) in kinds(files) {
        let columns = columns_of(&kind);
        let field = |column: &str| kind.fields.iter().find(|field| field.name == column);
        let is_of_words = |column: &str| match column {
            "staff" | "note" | "attachments" => true,
            other => field(other).is_some_and(|field| field.kind == FieldType::Text),
        };
        let mut written = csv::Writer::from_writer(Vec::new());
        written.write_record(&columns).expect("memory");
        let rows: [&dyn Fn(&str) -> bool; 4] =
            [&|_| false, &is_of_words, &|own| !is_of_words(own) && own != "void", &|own| own == "void"];
        for (at, takes_text) in rows.into_iter().enumerate() {
            let mut cell = |own: &String| match own.as_str() {
                "id" => format!("{name}-{}", at + 1),
                "date" => "2026-11-20".to_owned(),
                "students" => CHILD.to_owned(),
                own if takes_text(own) => texts.next(&format!("log {name}.{own}")),
                "staff" => "何老师".to_owned(),
                "minutes" => "30".to_owned(),
                own => right(field(own)).to_owned(),
            };
            let cells: Vec<String> = columns.iter().map(&mut cell).collect();
            written.write_record(cells).expect("memory");
        }
        files.insert(format!("logs/2026-autumn/{name}.csv"), written.into_inner().expect("memory"));
    }
    let row = format!("id,date,students,attachments\nleads-outside,2026-11-20,{CHILD},../../secret\n");
    files.insert("logs/2026-spring/care-talk.csv".to_owned(), row.into_bytes());
}

/// For every column of every register a row in which it holds a text.
fn registers(files: &mut Files, texts: &mut Texts) {
    let right = |register: &str, column: &str| match (register, column) {
        (_, "student" | "students") => CHILD,
        ("followups", "type") => "visit",
        ("pairings", "type") => "caring-parent",
        ("resources", "type") => "police",
        ("staff", "role") => "class-teacher",
        (_, "class") => "2023-2",
        (_, "date" | "opened" | "from" | "updated" | "first-due") => "2026-11-20",
        (_, "due") => "2026-11-26",
        (_, "born") => "2016-03-06",
        (_, "phone") => "15400001239",
        (_, "opened-by" | "done" | "done-by" | "cancelled" | "until" | "was") => "",
        _ => "何老师",
    };
    let shipped: Vec<String> = template::files().into_iter().map(|(path, _)| path).collect();
    for path in shipped.iter().filter(|path| path.starts_with("registers/")) {
        let name = path.trim_start_matches("registers/").trim_end_matches(".csv");
        let header = template::text(path);
        let columns: Vec<&str> = header.trim_end().split(',').collect();
        let mut written = csv::Writer::from_writer(Vec::new());
        written.write_record(&columns).expect("memory");
        for (at, column) in [None].into_iter().chain(columns.iter().filter(|own| !is_typed(own)).map(Some)).enumerate()
        {
            let text = column.map(|column| texts.next(&format!("register {name}.{column}")));
            let cell = |own: &&str| match *own {
                own if column.is_some_and(|column| own == *column) => text.clone().unwrap_or_default(),
                "id" => format!("{name}-{}", at + 1),
                // Only what was cancelled has a reason.
                "cancelled" if column.is_some_and(|column| *column == "reason") => "2026-11-21".to_owned(),
                own => right(name, own).to_owned(),
            };
            written.write_record(columns.iter().map(cell)).expect("memory");
        }
        files.insert(path.clone(), written.into_inner().expect("memory"));
    }
}

/// Every text of `guanai.toml` in whose place any other is read, and is no name of something else; and a group's name.
fn settings(files: &mut Files, texts: &mut Texts) {
    let text = String::from_utf8_lossy(&files["guanai.toml"]).replace("\"sealed\"", "\"clear\"");
    let mut school: Table = text.parse().expect("TOML");
    let is_read = |table: &Table| parse_toml::<Settings>("guanai.toml", &table.to_string()).is_ok();
    let is_name = |path: &[String]| {
        ["term", "holiday"].contains(&path[0].as_str())
            || path.last().is_some_and(|last| ["language", "left-behind", "risk"].contains(&last.as_str()))
    };
    for path in free(&school, is_read).into_iter().filter(|path| !is_name(path)) {
        put(&mut school, &path, texts.next(&format!("settings {}", path.join("."))));
    }
    let groups = school["group"].as_table_mut().expect("a table");
    groups.insert(texts.next("settings group, name"), Value::Table("boarding = true".parse().expect("TOML")));
    files.insert("guanai.toml".to_owned(), school.to_string().into_bytes());
}

/// Every label, in both languages, of the plans, kinds, rules, scales and forms.
fn labels(files: &mut Files, texts: &mut Texts) {
    for (path, bytes) in template::files() {
        if !["plans/", "kinds/", "rules/", "scales/", "forms/"].iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let mut table: Table = String::from_utf8_lossy(bytes).parse().expect("as shipped");
        let is_label = |own: &Vec<String>| matches!(own.last().map(String::as_str), Some("zh" | "en"));
        for own in all_strings(&table).into_iter().filter(is_label) {
            put(&mut table, &own, texts.next(&format!("label {path} {}", own.join("."))));
        }
        files.insert(path, table.to_string().into_bytes());
    }
}

/// The labels of the letters.
fn letters(files: &mut Files, texts: &mut Texts) {
    for (path, bytes) in template::files().into_iter().filter(|(path, _)| path.starts_with("documents/")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("a head");
        let mut table: Table = head.parse().expect("as shipped");
        let is_label = |own: &Vec<String>| matches!(own.last().map(String::as_str), Some("zh" | "en"));
        for own in all_strings(&table).into_iter().filter(is_label) {
            put(&mut table, &own, texts.next(&format!("label {path} {}", own.join("."))));
        }
        files.insert(path, format!("+++\n{table}+++\n{body}").into_bytes());
    }
}
