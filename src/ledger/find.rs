//! Who is meant: a student by id, by the beginning of an id, by name, or by pinyin. Exactly one, or an error that lists
//! who it could be. Nothing is guessed.

use pinyin::ToPinyin;

use super::snapshot::Snapshot;
use crate::model::{Day, Outcome, Problem, Student};

/// How many near names an error lists.
const NEAREST: usize = 5;

/// The place in the snapshot's list of the one student that a text names.
///
/// An exact id or name wins over the beginning of one; among children of one name, those enrolled on the day win over
/// those who have left.
pub fn student(snapshot: &Snapshot, text: &str, day: Day) -> Outcome<u32> {
    let text = text.trim();
    let ways: [fn(&Student, &str) -> bool; 5] = [
        |student, text| student.id.as_str() == text,
        |student, text| student.name == text || named_in_class(student, text),
        |student, text| text.len() >= 2 && student.id.as_str().starts_with(text),
        |student, text| initials(&student.name) == text || whole_pinyin(&student.name) == text,
        |student, text| text.len() >= 2 && pinyin_begins(&student.name, text),
    ];
    for fits in ways {
        let found = all_that(snapshot, day, |student| fits(student, text));
        match found[..] {
            [] => {}
            [one] => return Ok(one),
            _ => return Err(several(snapshot, text, &found).into()),
        }
    }
    Err(nobody(snapshot, text).into())
}

/// `王小明@2023-2` tells two children of one name apart by their classes.
fn named_in_class(student: &Student, text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, class)| student.name == name && student.class.is_some_and(|own| own.to_string() == class))
}

fn all_that(snapshot: &Snapshot, day: Day, fits: impl Fn(&Student) -> bool) -> Vec<u32> {
    let mut found: Vec<u32> = (0..snapshot.students.len() as u32).filter(|at| fits(snapshot.student(*at))).collect();
    if found.iter().any(|at| snapshot.student(*at).enrolled_on(day)) {
        found.retain(|at| snapshot.student(*at).enrolled_on(day));
    }
    found
}

/// The first letters of a name's pinyin: `wxm` for 王小明.
pub fn initials(name: &str) -> String {
    name.to_pinyin_or_self(|pinyin| pinyin.first_letter().to_owned())
}

/// A name's whole pinyin, by which listings are sorted: `wangxiaoming` for 王小明.
pub fn whole_pinyin(name: &str) -> String {
    name.to_pinyin_or_self(|pinyin| pinyin.plain().to_owned())
}

fn pinyin_begins(name: &str, text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
        && (initials(name).starts_with(text) || whole_pinyin(name).starts_with(text))
}

trait PinyinOrSelf {
    fn to_pinyin_or_self(&self, of: impl Fn(pinyin::Pinyin) -> String) -> String;
}

impl PinyinOrSelf for str {
    fn to_pinyin_or_self(&self, of: impl Fn(pinyin::Pinyin) -> String) -> String {
        self.chars().map(|letter| letter.to_pinyin().map_or_else(|| letter.to_lowercase().to_string(), &of)).collect()
    }
}

/// A student as an error names them: name, id, class.
pub fn described(student: &Student) -> String {
    match student.class {
        Some(class) => format!("{} ({}, {class})", student.name, student.id),
        None => format!("{} ({})", student.name, student.id),
    }
}

fn several(snapshot: &Snapshot, text: &str, found: &[u32]) -> Problem {
    let list: Vec<String> = found.iter().map(|at| described(snapshot.student(*at))).collect();
    Problem::usage("student-several").with("text", text).with("candidates", list.join(", "))
}

fn nobody(snapshot: &Snapshot, text: &str) -> Problem {
    let mut near: Vec<(usize, &Student)> = snapshot
        .students
        .iter()
        .map(|file| (strsim::levenshtein(&file.student.name, text), &file.student))
        .filter(|(distance, _)| *distance < text.chars().count().max(2))
        .collect();
    near.sort_by(|a, b| (a.0, &a.1.name, &a.1.id).cmp(&(b.0, &b.1.name, &b.1.id)));
    let list: Vec<String> = near.iter().take(NEAREST).map(|(_, student)| described(student)).collect();
    match list.is_empty() {
        true => Problem::usage("student-nobody").with("text", text),
        false => Problem::usage("student-near").with("text", text).with("candidates", list.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_initials_and_its_whole_pinyin() {
        assert_eq!(initials("王小明"), "wxm");
        assert!(pinyin_begins("王小明", "wangx"));
        assert!(!pinyin_begins("王小明", "xm"));
    }
}
