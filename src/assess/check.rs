//! What is wrong with the meaning of the records: values that no field takes, people who contradict themselves, rows
//! that point to nothing. Each finding has a code, a place and a remedy; silent where all is well.

mod money;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::festival::festivals;
use crate::ledger::merge::clashes;
use crate::ledger::snapshot::FOLLOW_UPS;
use crate::ledger::{Log, Origin, Snapshot};
use crate::model::kind::{FieldType, Kind, Opens, Words, is_named};
use crate::model::national_id::{self, NationalId};
use crate::model::{Activity, Day, Outcome, Place, Problem, Student, When};

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

/// Everything that is wrong with a ledger that was loaded whole, as the day has it.
pub fn findings(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Finding>> {
    let kinds = snapshot.kinds()?;
    let words = snapshot.words()?;
    let mut found = Vec::new();
    for at in 0..snapshot.students.len() as u32 {
        student(snapshot, at, day, &mut found);
    }
    same_numbers(snapshot, &mut found);
    for log in &snapshot.logs {
        rows(snapshot, log, kinds.get(&log.kind), words, day, &mut found);
        if let Some(kind) = kinds.get(&log.kind).filter(|kind| kind.anonymous) {
            identities(snapshot, log, kind, &mut found);
        }
    }
    row_ids(snapshot, &mut found);
    found.extend(super::sealed::findings(snapshot, kinds));
    follow_ups(snapshot, &mut found)?;
    definitions(kinds, words, snapshot, &mut found)?;
    plans_and_rules(snapshot, &mut found);
    unsettled(snapshot, &mut found)?;
    found.extend(super::check_screening::findings(snapshot, day));
    money::money_and_goods(snapshot, &mut found)?;
    Ok(found)
}

/// The registers whose rows may have been changed by two teachers apart.
pub const REGISTERS: [&str; 6] = [
    FOLLOW_UPS,
    "registers/pairings.csv",
    "registers/resources.csv",
    "registers/staff.csv",
    "registers/matches.csv",
    "registers/disclosures.csv",
];

fn unsettled(snapshot: &Snapshot, found: &mut Vec<Finding>) -> Outcome<()> {
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
    Ok(())
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
    for (number, phone) in phones(student) {
        if !is_phone(phone) {
            found.push(warning("check-phone", place(&number)).with("key", &number));
        }
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

fn phones(student: &Student) -> Vec<(String, &str)> {
    let mut phones: Vec<(String, &str)> =
        student.phone.iter().map(|phone| ("phone".to_owned(), phone.as_str())).collect();
    for (at, parent) in student.parent.iter().enumerate() {
        phones.extend(parent.phone.iter().map(|phone| (format!("parent.{at}.phone"), phone.as_str())));
        phones.extend(parent.other_phone.iter().map(|phone| (format!("parent.{at}.other_phone"), phone.as_str())));
    }
    for (at, guardian) in student.guardian.iter().enumerate() {
        phones.extend(guardian.phone.iter().map(|phone| (format!("guardian.{at}.phone"), phone.as_str())));
        phones.extend(guardian.other_phone.iter().map(|phone| (format!("guardian.{at}.other_phone"), phone.as_str())));
    }
    phones
}

fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    (7..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
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

fn rows(snapshot: &Snapshot, log: &Log, kind: Option<&Kind>, words: &Words, day: Day, found: &mut Vec<Finding>) {
    let Some(kind) = kind else {
        found.push(error("check-kind", Place::file(&log.table.path)).with("kind", &log.kind));
        return;
    };
    for activity in &log.activities {
        let row = activity.row as usize;
        if activity.day > day {
            found.push(warning("check-ahead", log.table.place(row)).with("day", activity.day));
        }
        if snapshot.school.folder_of(activity.day) != log.term {
            let folder = snapshot.school.folder_of(activity.day);
            found.push(warning("check-term", log.table.place(row)).with("day", activity.day).with("term", folder));
        }
        if !activity.seal.is_closed() {
            fields(log, kind, activity, words, found);
        }
    }
}

fn fields(log: &Log, kind: &Kind, activity: &Activity, words: &Words, found: &mut Vec<Finding>) {
    let row = activity.row as usize;
    for field in kind.asks_for(|name| !log.table.get(row, name).is_empty()) {
        found.push(error("check-field-missing", log.table.place(row)).with("field", &field.name));
    }
    for field in &kind.fields {
        let value = log.table.get(row, &field.name);
        if value.is_empty() {
            continue;
        }
        // Free text cannot be wrong; anything else must read as the ledger would have written it.
        if field.kind != FieldType::Text && field.read(value, words).is_err() {
            // What came out of a sealed cell is not said aloud.
            let value = if activity.seal.is_sealed() { "…" } else { value };
            found.push(error("check-field", log.table.place(row)).with("field", &field.name).with("value", value));
        }
    }
}

/// Rows that shall name no child, and do.
fn identities(snapshot: &Snapshot, log: &Log, kind: &Kind, found: &mut Vec<Finding>) {
    for activity in log.activities.iter().filter(|activity| !activity.void) {
        let row = activity.row as usize;
        let columns = kind.fields.iter().map(|field| field.name.as_str()).chain(["note"]);
        let texts: Vec<&str> = columns.map(|column| log.table.get(row, column)).collect();
        let in_words = |name: &str| texts.iter().any(|text| is_named(text, name));
        let is_known = snapshot.students.iter().any(|file| in_words(&file.student.name));
        if is_known || !log.table.get(row, "students").is_empty() {
            found.push(warning("check-identity", log.table.place(row)).with("kind", &kind.name));
        }
    }
}

fn row_ids(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    // Only asked whether they hold an id, never walked: a tree of 200,000 ids is a fifth of what the plans cost.
    let mut seen: HashSet<&str> = HashSet::new();
    for log in &snapshot.logs {
        for row in 0..log.table.len() {
            let id = log.table.get(row, "id");
            if !crate::model::is_id(id) {
                found.push(error("check-row-id", log.table.place(row)).with("id", id));
            } else if !seen.insert(id) {
                found.push(error("check-row-twice", log.table.place(row)).with("id", id));
            }
        }
    }
}

fn follow_ups(snapshot: &Snapshot, found: &mut Vec<Finding>) -> Outcome<()> {
    let types = snapshot.follow_up_types()?;
    let rows: HashSet<&str> =
        snapshot.logs.iter().flat_map(|log| (0..log.table.len()).map(|row| log.table.get(row, "id"))).collect();
    for (at, one) in snapshot.follow_ups.iter().enumerate() {
        let place = snapshot.place(&Origin::FollowUp(at));
        if !types.contains_key(&one.kind) {
            found.push(error("check-follow-up-type", place.clone()).with("type", &one.kind));
        }
        if let Some(student) = &one.student
            && snapshot.place_of_student(student).is_none()
        {
            found.push(error("check-follow-up-student", place.clone()).with("id", student));
        }
        let days = [Some(one.due), one.done, one.cancelled];
        if days.into_iter().flatten().any(|day| day < one.opened) {
            found.push(error("check-follow-up-days", place.clone()));
        }
        for id in one.opened_by.iter().chain(&one.done_by) {
            if !rows.contains(id.as_str()) {
                found.push(warning("check-follow-up-row", place.clone()).with("id", id));
            }
        }
    }
    let ids: Vec<&str> = snapshot.follow_ups.iter().map(|one| one.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            found.push(error("check-row-twice", Place::file(FOLLOW_UPS)).with("id", id));
        }
    }
    Ok(())
}

/// Plans and rules that cannot be used as they are written.
fn plans_and_rules(snapshot: &Snapshot, found: &mut Vec<Finding>) {
    let plans = super::plan::load(snapshot).err();
    let wrong = plans.into_iter().chain(super::Rules::load(snapshot).err()).chain(festivals(snapshot).err());
    let care = super::boarding::care_rules(snapshot).err();
    let kinds = snapshot.kinds().map_or_else(|_| Vec::new(), |kinds| kinds.values().collect());
    let health = kinds.into_iter().filter_map(|kind| snapshot.definitions().health_rules(kind).err());
    let problems = wrong.chain(care).chain(health).flat_map(|wrong| wrong.0);
    found.extend(problems.map(|problem| Finding { gravity: Gravity::Error, problem }));
}

/// Kinds that name what is not there: a word without words, a follow-up without a type, a field that they lack.
fn definitions(
    kinds: &BTreeMap<String, Kind>,
    words: &Words,
    snapshot: &Snapshot,
    found: &mut Vec<Finding>,
) -> Outcome<()> {
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
    Ok(())
}
