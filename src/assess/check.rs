//! What is wrong with the meaning of the records: values that no field takes, people who contradict themselves, rows
//! that point to nothing. Each finding has a code, a place and a remedy; silent where all is well.

mod clock;
mod joined;
mod money;
mod registers;
mod rows;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::BuildHasherDefault;

use super::festival::festivals;
use crate::ledger::merge::clashes;
use crate::ledger::registers::REGISTERS;
use crate::ledger::{IdHasher, Origin, Snapshot};
use crate::model::kind::Opens;
use crate::model::national_id::{self, NationalId};
use crate::model::{Day, Outcome, Place, Problem, Student, When};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Something is counted wrongly, or not at all, until it is mended.
    Error,
    /// Worth a look.
    Warning,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    pub gravity: Gravity,
    pub problem: Problem,
}

pub(super) fn error(code: &'static str, place: Place) -> Finding {
    Finding { gravity: Gravity::Error, problem: Problem::data(code, place) }
}

pub(super) fn warning(code: &'static str, place: Place) -> Finding {
    Finding { gravity: Gravity::Warning, problem: Problem::data(code, place) }
}

impl Finding {
    pub(super) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Finding {
        self.problem = self.problem.with(name, value);
        self
    }
}

/// Everything that is wrong with a ledger that was loaded whole, as the day has it. A definition that cannot be read is
/// named by every question that needs it, and hides no other finding.
pub fn findings(snapshot: &Snapshot, day: Day) -> Vec<Finding> {
    let (rest, mut found) = rayon::join(
        || of_all_rows(snapshot).into_iter().chain(of_definitions(snapshot, day)).collect::<Vec<_>>(),
        || of_each(snapshot, day),
    );
    found.extend(rest);
    found
}

/// What a question found, or why it could not be answered.
fn or_why(answer: Outcome<Vec<Finding>>) -> Vec<Finding> {
    let why = |problem| Finding { gravity: Gravity::Error, problem };
    answer.unwrap_or_else(|wrong| wrong.0.into_iter().map(why).collect())
}

/// What one child's file or one row says by itself.
fn of_each(snapshot: &Snapshot, day: Day) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in 0..snapshot.students.len() as u32 {
        // Of a child who was forgotten only that is to be said.
        match snapshot.student(at).forgotten {
            Some(_) => found.extend(super::forgetting::left_behind(snapshot, at)),
            None => student(snapshot, at, day, &mut found),
        }
    }
    found.extend(super::forgetting::findings(snapshot, day));
    same_numbers(snapshot, &mut found);
    found.extend(super::duplicates::findings(snapshot));
    found.extend(or_why(rows::findings(snapshot, day)));
    found
}

/// What only all rows together say.
fn of_all_rows(snapshot: &Snapshot) -> Vec<Finding> {
    let mut found = Vec::new();
    let ids = row_ids(snapshot, &mut found);
    found.extend(or_why(snapshot.kinds().map(|kinds| super::sealed::findings(snapshot, kinds))));
    found.extend(or_why(follow_ups(snapshot, &ids)));
    found.extend(or_why(joined::still_named(snapshot)));
    registers::findings(snapshot, &mut found);
    found.extend(or_why(unsettled(snapshot)));
    found
}

fn of_definitions(snapshot: &Snapshot, day: Day) -> Vec<Finding> {
    let mut found = or_why(definitions(snapshot));
    plans_and_rules(snapshot, &mut found);
    clock::findings(snapshot, day, &mut found);
    found.extend(super::check_screening::findings(snapshot, day));
    found.extend(or_why(money::money_and_goods(snapshot)));
    found
}

fn unsettled(snapshot: &Snapshot) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    for one in clashes(snapshot, &REGISTERS)? {
        let value = |at: usize| one.clash.values.get(at).cloned().unwrap_or_default();
        found.push(
            error("check-clash", one.place.clone())
                .with("id", &one.id)
                .with("key", &one.clash.key)
                .with("one", value(0))
                .with("other", value(1)),
        );
    }
    Ok(found)
}

fn student(snapshot: &Snapshot, at: u32, day: Day, found: &mut Vec<Finding>) {
    let student = snapshot.student(at);
    let place = |key: &str| snapshot.place(&Origin::Record { student: at, key: key.to_owned() });
    if student.name.trim().is_empty() {
        found.push(error("check-name", place("name")));
    }
    numbers(student, &place, found);
    match student.age_on(day) {
        Some(age) if !(4..=18).contains(&age) && student.enrolled_on(day) => {
            found.push(warning("check-age", place("born")).with("age", age));
        }
        _ => {}
    }
    spells(student, &place, found);
    for (list, at, key, _) in phones(student).into_iter().filter(|(.., phone)| !is_phone(phone)) {
        let key = if list.is_empty() { key.to_owned() } else { format!("{list}.{at}.{key}") };
        found.push(warning("check-phone", place(&key)).with("key", &key));
    }
    let missing = [
        ("class", student.class.is_none()),
        ("born", student.born.is_none()),
        ("gender", student.gender.is_none()),
        ("consent", student.consent.is_none()),
    ];
    let missing: Vec<&str> = missing.iter().filter(|(_, missing)| *missing).map(|(key, _)| *key).collect();
    if !missing.is_empty() && student.enrolled_on(day) {
        found.push(
            warning("check-missing", place("id"))
                .with("student", &student.name)
                .with("keys", missing.join(", "))
                .with("id", &student.id)
                .with("settings", missing.iter().map(|key| format!("{key}=…")).collect::<Vec<_>>().join(" ")),
        );
    }
}

fn numbers(student: &Student, place: &dyn Fn(&str) -> Place, found: &mut Vec<Finding>) {
    let Some(number) = &student.national_id else { return };
    match NationalId::parse(number) {
        Err(_) => {
            found.push(error("check-national-id", place("national_id")).with("value", national_id::masked(number)))
        }
        Ok(id) => {
            if student.gender.is_some_and(|gender| gender != id.gender) {
                found.push(error("check-gender", place("gender")).with("of_id", id.gender));
            }
            if student.born.is_some_and(|born| born != id.born) {
                found.push(error("check-born", place("born")).with("of_id", id.born));
            }
        }
    }
}

fn spells(student: &Student, place: &dyn Fn(&str) -> Place, found: &mut Vec<Finding>) {
    let backwards = |from: Option<When>, until: Option<Day>| match (from, until) {
        (Some(from), Some(until)) => until < from.first_day(),
        _ => false,
    };
    for (number, spell) in student.enrolment.iter().enumerate() {
        if backwards(spell.from, spell.until) {
            found.push(error("check-spell", place(&format!("enrolment.{number}"))));
        }
    }
    for (parent_at, parent) in student.parent.iter().enumerate() {
        let open = parent.away.iter().filter(|away| away.until.is_none()).count();
        if open > 1 {
            found.push(error("check-away-twice", place(&format!("parent.{parent_at}"))));
        }
        for (number, away) in parent.away.iter().enumerate() {
            // A parent who was at home when somebody first asked has a stretch that ended on an unknown day before.
            if backwards(away.from, away.until) {
                found.push(error("check-spell", place(&format!("parent.{parent_at}.away.{number}"))));
            }
        }
    }
    for (guardian_at, guardian) in student.guardian.iter().enumerate() {
        if guardian.spell.iter().any(|spell| backwards(spell.from, spell.until)) {
            found.push(error("check-spell", place(&format!("guardian.{guardian_at}"))));
        }
    }
}

/// A phone of a child's file: the list that it stands in, the place in it, the key, the number.
type Phone<'a> = (&'static str, usize, &'static str, &'a str);

fn phones(student: &Student) -> Vec<Phone<'_>> {
    let own = [("", 0, "phone", &student.phone)];
    let parents =
        student.parent.iter().enumerate().flat_map(|(at, one)| {
            [("parent", at, "phone", &one.phone), ("parent", at, "other_phone", &one.other_phone)]
        });
    let guardians = student.guardian.iter().enumerate().flat_map(|(at, one)| {
        [("guardian", at, "phone", &one.phone), ("guardian", at, "other_phone", &one.other_phone)]
    });
    let all = own.into_iter().chain(parents).chain(guardians);
    all.filter_map(|(list, at, key, phone)| Some((list, at, key, phone.as_deref()?))).collect()
}

fn is_phone(text: &str) -> bool {
    let digits = || text.chars().filter(|letter| *letter != '-');
    (7..=12).contains(&digits().map(char::len_utf8).sum::<usize>()) && digits().all(|letter| letter.is_ascii_digit())
}

/// Two children under one resident number or roll number are one child with two files, or a typing slip.
fn same_numbers(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    let mut first: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for file in &snapshot.students {
        let numbers = [("national_id", &file.student.national_id), ("roll_number", &file.student.roll_number)];
        for (key, number) in numbers.iter().filter_map(|(key, number)| Some((*key, number.as_deref()?))) {
            if let Some(other) = first.insert((key, number), &file.path) {
                let place = Place::line(&file.path, file.line_of(key));
                found.push(error("check-same-number", place).with("key", key).with("other", other));
            }
        }
    }
}

/// Ids of rows. Only asked whether they hold an id, never walked.
type Ids<'a> = HashSet<&'a str, BuildHasherDefault<IdHasher>>;

/// The ids of all rows.
fn row_ids<'a>(snapshot: &'a Snapshot, found: &mut Vec<Finding>) -> Ids<'a> {
    let rows = snapshot.logs.iter().map(|log| log.table.len()).sum();
    let mut seen = Ids::with_capacity_and_hasher(rows, BuildHasherDefault::default());
    for log in &snapshot.logs {
        // That there is no such column was said of the file.
        let Some(column) = log.table.column("id") else { continue };
        for row in (0..log.table.len()).filter(|row| !log.table.is_blank(*row)) {
            let id = log.table.cell(row, column);
            let is_new = seen.insert(id);
            if !crate::model::is_id(id) {
                found.push(error("check-row-id", log.table.place(row)).with("id", id));
            } else if !is_new {
                found.push(error("check-row-twice", log.table.place(row)).with("id", id));
            }
        }
    }
    seen
}

fn follow_ups(snapshot: &Snapshot, rows: &Ids) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    let types = snapshot.follow_up_types()?;
    for (at, one) in snapshot.follow_ups.iter().enumerate() {
        let place = || snapshot.place(&Origin::FollowUp(at));
        if !types.contains_key(&one.kind) {
            found.push(error("check-follow-up-type", place()).with("type", &one.kind));
        }
        if let Some(student) = &one.student
            && snapshot.place_of_student(student).is_none()
        {
            found.push(error("check-follow-up-student", place()).with("id", student));
        }
        let days = [Some(one.due), one.done, one.cancelled];
        if days.into_iter().flatten().any(|day| day < one.opened) {
            found.push(error("check-follow-up-days", place()));
        }
        for id in one.opened_by.iter().chain(&one.done_by) {
            if !rows.contains(id.as_str()) {
                found.push(warning("check-follow-up-row", place()).with("id", id));
            }
        }
    }
    let mut seen = BTreeSet::new();
    for (at, id) in snapshot.follow_ups.iter().map(|one| one.id.as_str()).enumerate() {
        if !seen.insert(id) {
            found.push(error("check-row-twice", snapshot.place(&Origin::FollowUp(at))).with("id", id));
        }
    }
    Ok(found)
}

/// Plans and rules that cannot be used as they are written.
fn plans_and_rules(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    let plans = super::plan::load(snapshot).err();
    let rules = super::Rules::load(snapshot);
    let forms = rules.as_ref().map_or_else(|_| Vec::new(), |rules| super::form::check(snapshot, rules));
    let wrong = plans.into_iter().chain(rules.err()).chain(festivals(snapshot).err());
    let care = super::boarding::care_rules(snapshot).err();
    let kinds = snapshot.kinds().map_or_else(|_| Vec::new(), |kinds| kinds.values().collect());
    let health = kinds.into_iter().filter_map(|kind| snapshot.definitions().health_rules(kind).err());
    let problems = wrong.chain(care).chain(health).flat_map(|wrong| wrong.0).chain(forms);
    found.extend(problems.map(|problem| Finding { gravity: Gravity::Error, problem }));
}

/// Kinds that name what is not there: a word without words, a follow-up without a type, a field that they lack.
fn definitions(snapshot: &Snapshot) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    let (kinds, words) = (snapshot.kinds()?, snapshot.words()?);
    let types = snapshot.follow_up_types()?;
    for kind in kinds.values() {
        let place = Place::file(&format!("kinds/{}.toml", kind.domain));
        for field in &kind.fields {
            for value in field.of.iter().filter(|value| !words.contains_key(*value)) {
                let missing = error("check-words", place.clone());
                found.push(missing.with("kind", &kind.name).with("field", &field.name).with("value", value));
            }
        }
        let has_field = |field: &Option<String>| field.as_ref().is_none_or(|field| kind.field(field).is_some());
        let is_whole = |opens: &Opens| {
            let fields = has_field(&opens.when) && has_field(&opens.owner) && has_field(&opens.due);
            fields && types.contains_key(&opens.follow_up)
        };
        if !kind.opens.iter().all(is_whole) {
            found.push(error("check-opens", place).with("kind", &kind.name));
        }
    }
    for (name, described) in &types {
        for kind in described.closed_by.iter().filter(|kind| !kinds.contains_key(*kind)) {
            let place = Place::file("rules/followups.toml");
            found.push(error("check-closed-by", place).with("type", name).with("kind", kind));
        }
    }
    Ok(found)
}
