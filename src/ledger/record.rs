//! A student's TOML file: read into the typed record, and rewritten so that what a change does not touch (comments,
//! layout, unknown keys) stays as it was.

use std::borrow::Cow;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table as TomlTable};

use super::coding::toml_text;
use super::definitions::{parse_toml, text_of};
use crate::model::{Outcome, Place, Problem, Student};

/// A student's file.
#[derive(Debug, Clone)]
pub struct StudentFile {
    pub path: String,
    pub student: Student,
    /// The bytes as they were read from the disk.
    pub source: Vec<u8>,
}

/// The keys of a student's file that a person sets one by one, with the places in lists left out.
pub const SETTABLE_KEYS: &[&str] = &[
    "name",
    "former_name",
    "gender",
    "born",
    "national_id",
    "roll_number",
    "ethnicity",
    "class",
    "hukou",
    "boarding",
    "address",
    "hukou_address",
    "phone",
    "escort",
    "consent",
    "note",
    "parent.name",
    "parent.born",
    "parent.national_id",
    "parent.phone",
    "parent.other_phone",
    "parent.status",
    "parent.capable",
    "guardian.relation",
    "guardian.name",
    "guardian.born",
    "guardian.national_id",
    "guardian.phone",
    "guardian.other_phone",
    "guardian.address",
    "guardian.ability",
    "guardian.entrusted",
    "health.status",
    "health.disability",
    "health.grade",
    "health.illness",
    "health.allergies",
    "health.note",
    "household.income",
    "household.benefits",
    "household.meals",
    "household.housing",
    "household.low_income",
    "household.note",
    "study.habits",
    "study.interests",
    "study.difficulties",
    "study.character",
];

/// The path of a student's file.
pub fn path_of(id: &crate::model::StudentId) -> String {
    format!("students/{id}.toml")
}

impl StudentFile {
    /// Reads a student's file. The id in it must be the file's name.
    pub fn read(path: &str, source: Vec<u8>) -> Outcome<StudentFile> {
        let text = text_of(path, &source)?;
        let student: Student = parse_toml(path, &text)?;
        if path_of(&student.id) != path {
            let line = line_of(&text, "id").unwrap_or(1);
            return Err(Problem::data("id-not-file-name", Place::line(path, line)).with("id", &student.id).into());
        }
        Ok(StudentFile { path: path.to_owned(), student, source })
    }

    /// Its text, in whatever coding it was saved.
    pub fn text(&self) -> Cow<'_, str> {
        toml_text(&self.source)
    }

    /// The line on which a key stands, such as `guardian.0.born`; the nearest key above it where it does not.
    pub fn line_of(&self, key: &str) -> u32 {
        nearest_line(&self.text(), key)
    }
}

/// The line of a TOML text on which a key stands, such as `guardian.0.born`; the nearest key above it where it does not.
pub(super) fn nearest_line(text: &str, key: &str) -> u32 {
    let mut key = key;
    loop {
        match (line_of(text, key), key.rsplit_once('.')) {
            (Some(line), _) => return line,
            (None, Some((above, _))) => key = above,
            (None, None) => return 1,
        }
    }
}

fn line_of(text: &str, key: &str) -> Option<u32> {
    let document = toml_edit::Document::parse(text).ok()?;
    let mut item: &Item = document.as_item();
    let mut span = None;
    for part in key.split('.') {
        span = match (item, part.parse::<usize>()) {
            (Item::ArrayOfTables(tables), Ok(index)) => {
                let table = tables.get(index)?;
                let found = table.span();
                // An item of an array of tables is no `Item` of its own: go on inside it by the rest of the key.
                let rest = key.split_once(&format!(".{index}.")).map(|(_, rest)| rest);
                return match rest {
                    Some(rest) => line_in(table, rest, text).or_else(|| Some(line_start(text, found?.start))),
                    None => Some(line_start(text, found?.start)),
                };
            }
            _ => {
                let (key, value) = item.as_table_like()?.get_key_value(part)?;
                item = value;
                key.span().or_else(|| value.span())
            }
        };
    }
    Some(line_start(text, span?.start))
}

fn line_in(table: &TomlTable, key: &str, text: &str) -> Option<u32> {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let (key, value) = table.get_key_value(first)?;
    let span = key.span().or_else(|| value.span());
    if let (Some(rest), Item::ArrayOfTables(tables)) = (rest, value) {
        let (index, rest) = rest.split_once('.').map_or((rest, None), |(index, rest)| (index, Some(rest)));
        let inner = tables.get(index.parse().ok()?)?;
        let found = rest.and_then(|rest| line_in(inner, rest, text));
        return found.or_else(|| Some(line_start(text, inner.span()?.start)));
    }
    Some(line_start(text, span?.start))
}

fn line_start(text: &str, offset: usize) -> u32 {
    super::definitions::line_at(text, offset)
}

/// A new student's file in the canonical writing.
pub fn canonical(student: &Student) -> String {
    toml::to_string(student).expect("plain values stand before tables in a student")
}

/// The file of a student after a change: only what differs is written anew.
///
/// A key that the record has no more is taken out; one that it has anew goes where the canonical order has it.
pub fn rewritten(file: &StudentFile, after: &Student) -> String {
    let text = text_of(&file.path, &file.source).expect("the file was read before");
    let mut document: DocumentMut = text.parse().expect("the file was parsed before");
    let before = as_document(&file.student);
    let wanted = as_document(after);
    merge_table(document.as_table_mut(), before.as_table(), wanted.as_table());
    place_tables(document.as_table_mut(), &mut 0);
    document.to_string()
}

/// The file of a student as a merge wants it: the record, and every key of `whole` that the record does not know.
pub fn rewritten_to(file: &StudentFile, after: &Student, whole: &toml::Table) -> String {
    let text = text_of(&file.path, &file.source).expect("the file was read before");
    let before: DocumentMut = text.parse().expect("the file was parsed before");
    let mut document = before.clone();
    let mut wanted = as_document(after);
    add_unknown(wanted.as_table_mut(), whole);
    merge_table(document.as_table_mut(), before.as_table(), wanted.as_table());
    place_tables(document.as_table_mut(), &mut 0);
    document.to_string()
}

fn add_unknown(target: &mut TomlTable, whole: &toml::Table) {
    for (key, value) in whole {
        match (target.get_mut(key), value) {
            (None, _) => {
                target.insert(key, item(value));
            }
            (Some(Item::Table(inner)), toml::Value::Table(whole)) => add_unknown(inner, whole),
            (Some(Item::ArrayOfTables(list)), toml::Value::Array(whole)) => {
                let elements = whole.iter().filter_map(toml::Value::as_table);
                list.iter_mut().zip(elements).for_each(|(inner, whole)| add_unknown(inner, whole));
            }
            _ => {}
        }
    }
}

fn item(value: &toml::Value) -> Item {
    let alone = toml::Table::from_iter([("x".to_owned(), value.clone())]);
    let text = toml::to_string(&alone).expect("what was read as TOML is TOML");
    let mut document: DocumentMut = text.parse().expect("it was written as TOML");
    document.remove("x").expect("it was put there")
}

fn as_document(student: &Student) -> DocumentMut {
    canonical(student).parse().expect("the canonical writing is TOML")
}

fn merge_table(target: &mut TomlTable, before: &TomlTable, wanted: &TomlTable) {
    let gone: Vec<String> =
        before.iter().map(|(key, _)| key.to_owned()).filter(|key| !wanted.contains_key(key)).collect();
    for key in gone {
        target.remove(&key);
    }
    for (key, value) in wanted {
        match (target.get_mut(key), value) {
            (None, _) => {
                target.insert(key, value.clone());
            }
            (Some(Item::Table(old)), Item::Table(new)) => {
                let empty = TomlTable::new();
                merge_table(old, before.get(key).and_then(Item::as_table).unwrap_or(&empty), new);
            }
            (Some(Item::ArrayOfTables(old)), Item::ArrayOfTables(new)) => {
                merge_tables(old, before.get(key).and_then(Item::as_array_of_tables), new);
            }
            (Some(old), new) => {
                if before.get(key).is_none_or(|before| before.to_string() != new.to_string()) {
                    replace_value(old, new);
                }
            }
        }
    }
    order_keys(target, wanted);
}

/// Takes the new value with the old one's comments and spaces.
fn replace_value(old: &mut Item, new: &Item) {
    let decor = old.as_value().map(|value| value.decor().clone());
    *old = new.clone();
    if let (Some(value), Some(decor)) = (old.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

fn merge_tables(old: &mut ArrayOfTables, before: Option<&ArrayOfTables>, new: &ArrayOfTables) {
    let empty = TomlTable::new();
    for (index, wanted) in new.iter().enumerate() {
        match old.get_mut(index) {
            Some(table) => merge_table(table, before.and_then(|tables| tables.get(index)).unwrap_or(&empty), wanted),
            None => old.push(wanted.clone()),
        }
    }
    while old.len() > new.len() {
        old.remove(old.len() - 1);
    }
}

/// Puts new keys where the canonical order has them, in a table whose known keys already stood in that order.
fn order_keys(target: &mut TomlTable, wanted: &TomlTable) {
    let canonical: Vec<String> = wanted.iter().map(|(key, _)| key.to_owned()).collect();
    let rank = |key: &str| canonical.iter().position(|name| name == key);
    let mut last = None;
    let mut places: Vec<(String, (usize, usize))> = Vec::new();
    for (at, (key, _)) in target.iter().enumerate() {
        // An unknown key stays behind the known one that it followed.
        let place = match rank(key) {
            Some(place) => {
                last = Some(place);
                (place + 1, 0)
            }
            None => (last.map_or(0, |place| place + 1), at + 1),
        };
        places.push((key.to_owned(), place));
    }
    let place = |key: &str| places.iter().find(|(name, _)| name == key).map(|(_, place)| *place);
    target.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
}

/// Numbers the tables in the order in which they stand, so that new ones are written at their place.
fn place_tables(table: &mut TomlTable, next: &mut isize) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => {
                *next += 1;
                inner.set_position(Some(*next));
                place_tables(inner, next);
            }
            Item::ArrayOfTables(tables) => {
                for inner in tables.iter_mut() {
                    *next += 1;
                    inner.set_position(Some(*next));
                    place_tables(inner, next);
                }
            }
            _ => {}
        }
    }
}

/// One field that differs between two states of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Such as `parent.0.phone`.
    pub key: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// The fields that differ, in the file's order.
pub fn changes(before: &Student, after: &Student) -> Vec<FieldChange> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    leaves(as_document(before).as_table(), "", &mut old);
    leaves(as_document(after).as_table(), "", &mut new);
    let find = |list: &[(String, String)], key: &str| {
        list.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    };
    let mut changes: Vec<FieldChange> = new
        .iter()
        .map(|(key, value)| FieldChange { key: key.clone(), from: find(&old, key), to: Some(value.clone()) })
        .filter(|change| change.from != change.to)
        .collect();
    changes.extend(old.iter().filter(|(key, _)| find(&new, key).is_none()).map(|(key, value)| FieldChange {
        key: key.clone(),
        from: Some(value.clone()),
        to: None,
    }));
    changes
}

fn leaves(table: &TomlTable, prefix: &str, found: &mut Vec<(String, String)>) {
    for (key, item) in table {
        let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        match item {
            Item::Table(inner) => leaves(inner, &path, found),
            Item::ArrayOfTables(tables) => {
                for (index, inner) in tables.iter().enumerate() {
                    leaves(inner, &format!("{path}.{index}"), found);
                }
            }
            Item::Value(toml_edit::Value::String(text)) => found.push((path, text.value().clone())),
            Item::Value(toml_edit::Value::Array(array)) => {
                let values: Vec<String> =
                    array.iter().map(|value| value.as_str().map_or(value.to_string(), str::to_owned)).collect();
                found.push((path, values.join(" ")));
            }
            Item::Value(value) => found.push((path, value.to_string().trim().to_owned())),
            Item::None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Away, Gender, Guardian, Parent, Relation};

    const FILE: &str = r#"# kept by hand
id = "k7m2q4"
name = "王小明"   # called 明明
gender = "male"
nickname = "明明"
born = 2016-03-06

# the family
[[parent]]
relation = "father"
name = "王大山"
shoe_size = 42
[[parent.away]]
from = "2021-02"
place = "广东省东莞市"

[custom]
ours = true
"#;

    fn file() -> StudentFile {
        StudentFile::read("students/k7m2q4.toml", FILE.into()).unwrap()
    }

    #[test]
    fn a_rewrite_without_a_change_gives_the_same_bytes() {
        assert_eq!(rewritten(&file(), &file().student), FILE);
    }

    #[test]
    fn one_field_changed_is_one_line_changed() {
        let mut after = file().student;
        after.name = "王晓明".into();
        assert_eq!(rewritten(&file(), &after), FILE.replace("王小明", "王晓明"));
    }

    #[test]
    fn a_new_key_stands_where_the_order_has_it_and_unknown_keys_stay() {
        let mut after = file().student;
        after.boarding = Some(true);
        after.parent[0].phone = Some("15400000001".into());
        after.guardian.push(Guardian::named("李秀英", Some(Relation::PaternalGrandmother)));
        let text = rewritten(&file(), &after);
        let wanted = FILE
            .replace("born = 2016-03-06\n", "born = 2016-03-06\nboarding = true\n")
            .replace("shoe_size = 42\n", "shoe_size = 42\nphone = \"15400000001\"\n");
        assert!(text.starts_with(&wanted[..wanted.find("\n[custom]").unwrap()]), "{text}");
        assert!(text.contains("[[guardian]]\nrelation = \"paternal-grandmother\"\nname = \"李秀英\"\n"), "{text}");
        assert!(text.contains("[custom]\nours = true\n"), "{text}");
        assert_eq!(StudentFile::read("students/k7m2q4.toml", text.into()).unwrap().student, after);
    }

    #[test]
    fn a_key_knows_its_line() {
        let file = file();
        for (key, line) in
            [("name", 3), ("parent.0.name", 11), ("parent.0.away.0.place", 15), ("parent.0.status", 9), ("hukou", 1)]
        {
            assert_eq!(file.line_of(key), line, "{key}");
        }
    }

    #[test]
    fn changes_name_the_field_and_both_values() {
        let mut after = file().student;
        after.gender = Some(Gender::Female);
        let mut mother = Parent::new(Relation::Mother);
        mother.away.push(Away { place: Some("上海市".into()), ..Away::default() });
        after.parent.push(mother);
        let changes = changes(&file().student, &after);
        let gender = FieldChange { key: "gender".into(), from: Some("male".into()), to: Some("female".into()) };
        assert_eq!(changes[0], gender);
        let place = FieldChange { key: "parent.1.away.0.place".into(), from: None, to: Some("上海市".into()) };
        assert!(changes.contains(&place));
    }

    #[test]
    fn a_file_under_another_name_is_refused() {
        let problems = StudentFile::read("students/aaaaaa.toml", FILE.into()).unwrap_err();
        assert_eq!(problems.0[0].code, "id-not-file-name");
        assert_eq!(problems.0[0].place, Place::line("students/aaaaaa.toml", 2));
    }
}
