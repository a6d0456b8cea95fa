//! The values that a letter may name: facts of a child for the day of writing, of its class, of the school, and what
//! the command gives. Each is text, or is not known.
//!
//! Resident numbers are not among them: a letter that needs one leaves a line to fill in by hand.

use std::collections::BTreeMap;

use crate::assess::workload::STAFF;
use crate::ledger::Snapshot;
use crate::ledger::table::Table;
use crate::model::{Class, Day, Guardian, Outcome, Parent, ParentStatus, Relation, Stretch, Student};
use crate::text::{self, Lang, label, say};

/// Whose fact a value is: where it has to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Child,
    Class,
    School,
    /// What `--set` gives.
    Command,
}

/// Every key that a placeholder may have, and `given.WORD` beside them.
pub const VALUES: [(&str, Whose); 32] = [
    ("name", Whose::Child),
    ("class", Whose::Child),
    ("grade", Whose::Child),
    ("gender", Whose::Child),
    ("born", Whose::Child),
    ("age", Whose::Child),
    ("address", Whose::Child),
    ("guardian", Whose::Child),
    ("guardian.name", Whose::Child),
    ("guardian.relation", Whose::Child),
    ("guardian.phone", Whose::Child),
    ("guardian.address", Whose::Child),
    ("carer.name", Whose::Child),
    ("carer.relation", Whose::Child),
    ("carer.phone", Whose::Child),
    ("carer.address", Whose::Child),
    ("parents", Whose::Child),
    ("parents.away", Whose::Child),
    ("father.name", Whose::Child),
    ("father.phone", Whose::Child),
    ("father.place", Whose::Child),
    ("mother.name", Whose::Child),
    ("mother.phone", Whose::Child),
    ("mother.place", Whose::Child),
    ("teacher", Whose::Class),
    ("teacher.phone", Whose::Class),
    ("school", Whose::School),
    ("today", Whose::School),
    ("term", Whose::School),
    ("holiday.from", Whose::School),
    ("holiday.until", Whose::School),
    ("holiday.back", Whose::School),
];

const GIVEN: &str = "given.";

/// Whether a placeholder may name it.
pub fn is_value(key: &str) -> bool {
    match key.strip_prefix(GIVEN) {
        Some(word) => is_word(word),
        None => VALUES.iter().any(|(known, _)| *known == key),
    }
}

/// A word that `--set` can give.
pub fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The keys that are written most like one that is not known.
pub fn near(key: &str) -> String {
    let mut near: Vec<(usize, &str)> =
        VALUES.iter().map(|(known, _)| (strsim::levenshtein(known, key), *known)).collect();
    near.sort_unstable();
    near.iter().take(3).map(|(_, known)| *known).collect::<Vec<_>>().join(", ")
}

/// Whose fact a key is.
pub fn whose(key: &str) -> Whose {
    VALUES.iter().find(|(known, _)| *known == key).map_or(Whose::Command, |(_, whose)| *whose)
}

/// What the values of all letters of one run follow from.
pub struct Values<'a> {
    snapshot: &'a Snapshot,
    day: Day,
    lang: Lang,
    given: &'a BTreeMap<String, String>,
    teachers: Vec<Teacher>,
}

struct Teacher {
    class: String,
    name: String,
    phone: String,
}

impl<'a> Values<'a> {
    /// The values of a day, said in the language of the template.
    ///
    /// # Errors
    /// Where the register of the staff cannot be read.
    pub fn of(
        snapshot: &'a Snapshot,
        day: Day,
        lang: Lang,
        given: &'a BTreeMap<String, String>,
    ) -> Outcome<Values<'a>> {
        let teachers = class_teachers(snapshot, day)?;
        Ok(Values { snapshot, day, lang, given, teachers })
    }

    /// The value of a key for a child, or nothing where it is not known.
    pub fn get(&self, student: &Student, key: &str) -> Option<String> {
        let found = match whose(key) {
            Whose::Child => self.of_child(student, key),
            Whose::Class => self.of_class(student.class?, key),
            Whose::School => self.of_school(key),
            Whose::Command => self.given.get(key.strip_prefix(GIVEN)?).cloned(),
        };
        found.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn of_child(&self, student: &Student, key: &str) -> Option<String> {
        match key.split_once('.') {
            Some(("guardian", field)) => self.of_guardian(student, student.guardian_on(self.day), field),
            Some(("carer", field)) => {
                let carer = student.carer_on(self.day)?;
                self.of_guardian(student, Some(carer), field)
            }
            Some(("father", field)) => self.of_parent(student, Relation::Father, field),
            Some(("mother", field)) => self.of_parent(student, Relation::Mother, field),
            _ => match key {
                "name" => Some(student.name.clone()),
                "class" => self.class_words(student.class?),
                "grade" => self.grade_words(student.class?),
                "gender" => Some(label(self.lang, &format!("gender-{}", student.gender?.code()))),
                "born" => Some(self.day_words(student.born?)),
                "age" => Some(student.age_on(self.day)?.to_string()),
                "address" => student.address.clone(),
                "guardian" => self.guardian(student),
                "parents" => self.names(student, |_| true),
                "parents.away" => self.names(student, |parent| parent.away_on(self.day).is_some()),
                _ => None,
            },
        }
    }

    fn grade_words(&self, class: Class) -> Option<String> {
        text::find(self.lang, &format!("letter-grade-{}", class.grade_on(self.day)))
    }

    fn class_words(&self, class: Class) -> Option<String> {
        let (grade, number) = (self.grade_words(class)?, class.number.to_string());
        Some(say(self.lang, "letter-class", &[("grade", &grade), ("number", &number)]))
    }

    fn day_words(&self, day: Day) -> String {
        let (year, month, of_month) = (day.year().to_string(), day.month().to_string(), day.of_month().to_string());
        say(self.lang, "letter-day", &[("year", &year), ("month", &month), ("day", &of_month)])
    }

    /// The guardian with what he or she is to the child, as far as both are known; a name alone is enough.
    fn guardian(&self, student: &Student) -> Option<String> {
        let guardian = student.guardian_on(self.day);
        let name = self.of_guardian(student, guardian, "name")?;
        Some(match self.of_guardian(student, guardian, "relation") {
            Some(relation) => say(self.lang, "letter-guardian", &[("relation", &relation), ("name", &name)]),
            None => name,
        })
    }

    fn of_guardian(&self, student: &Student, guardian: Option<&Guardian>, field: &str) -> Option<String> {
        match field {
            "name" => guardian?.name.clone(),
            "relation" => Some(label(self.lang, &format!("relation-{}", guardian?.relation?.code()))),
            // A number that a form gives without an owner is the household's.
            "phone" => guardian
                .and_then(|guardian| guardian.phone.clone().or_else(|| guardian.other_phone.clone()))
                .or_else(|| student.phone.clone()),
            "address" => guardian?.address.clone().or_else(|| student.address.clone()),
            _ => None,
        }
    }

    fn of_parent(&self, student: &Student, relation: Relation, field: &str) -> Option<String> {
        let parent = student.parent_of(relation)?;
        match field {
            "name" => parent.name.clone(),
            "phone" => parent.phone.clone().or_else(|| parent.other_phone.clone()),
            "place" => parent.away_on(self.day)?.place.clone(),
            _ => None,
        }
    }

    /// The names of parents to whom somebody could write. One who is dead or missing is not among them.
    fn names(&self, student: &Student, wanted: impl Fn(&Parent) -> bool) -> Option<String> {
        let can_be_written_to = |parent: &&Parent| {
            !matches!(parent.status, Some(ParentStatus::Deceased | ParentStatus::Missing)) && wanted(parent)
        };
        let names: Vec<&str> =
            student.parent.iter().filter(can_be_written_to).filter_map(|parent| parent.name.as_deref()).collect();
        (!names.is_empty()).then(|| names.join(&label(self.lang, "report-list-join")))
    }

    fn of_class(&self, class: Class, key: &str) -> Option<String> {
        let of_class = || self.teachers.iter().filter(|one| one.class == class.to_string());
        let values: Vec<&str> = match key {
            "teacher" => of_class().map(|one| one.name.as_str()).collect(),
            _ => of_class().map(|one| one.phone.as_str()).filter(|phone| !phone.is_empty()).collect(),
        };
        (!values.is_empty()).then(|| values.join(&label(self.lang, "report-list-join")))
    }

    fn of_school(&self, key: &str) -> Option<String> {
        let school = &self.snapshot.school;
        match key {
            "school" => Some(school.school.name.clone()),
            "today" => Some(self.day_words(self.day)),
            "term" => Some(text::stretch_name(self.lang, &school.latest_term(self.day)?.name)),
            "holiday.from" => Some(self.day_words(self.holiday()?.from)),
            "holiday.until" => Some(self.day_words(self.holiday()?.until)),
            "holiday.back" => Some(self.day_words(self.holiday()?.until.plus(1))),
            _ => None,
        }
    }

    /// The holiday that the day lies in, or the next one.
    fn holiday(&self) -> Option<&Stretch> {
        let ahead = self.snapshot.school.holiday.iter().filter(|holiday| self.day <= holiday.until);
        ahead.min_by_key(|holiday| holiday.from)
    }
}

/// The class teachers in office on a day.
fn class_teachers(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Teacher>> {
    let table = Table::read_or_new(STAFF, snapshot.read(STAFF)?, &["id"]);
    let end = |row: usize, column: &str| table.get(row, column).parse::<Day>().ok();
    let in_office = |row: &usize| {
        end(*row, "from").is_none_or(|from| from <= day) && end(*row, "until").is_none_or(|until| day <= until)
    };
    let teacher = |row: usize| Teacher {
        class: table.get(row, "class").to_owned(),
        name: table.get(row, "name").to_owned(),
        phone: table.get(row, "phone").to_owned(),
    };
    let leads_a_class = |row: &usize| table.get(*row, "role") == CLASS_TEACHER;
    Ok((0..table.len()).filter(leads_a_class).filter(in_office).map(teacher).collect())
}

const CLASS_TEACHER: &str = "class-teacher";
