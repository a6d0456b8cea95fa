//! What is wrong with the meaning of the records: values that no field takes, people who contradict themselves, rows
//! that point to nothing. Each finding has a code, a place and a remedy; silent where all is well.

mod joined;
mod money;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::BuildHasherDefault;

use rayon::prelude::*;

use super::festival::festivals;
use crate::ledger::merge::clashes;
use crate::ledger::snapshot::FOLLOW_UPS;
use crate::ledger::{IdHasher, Log, Origin, Snapshot};
use crate::model::kind::{Field, Kind, Opens, Words, is_named};
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
    let (rest, rows) = rayon::join(
        || of_all_rows(snapshot).and_then(|found| Ok((found, of_definitions(snapshot, day)?))),
        || of_each(snapshot, day),
    );
    let (mut found, (of_all_rows, of_definitions)) = (rows?, rest?);
    found.extend(of_all_rows);
    found.extend(of_definitions);
    Ok(found)
}

/// What one child's file or one row says by itself.
fn of_each(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Finding>> {
    let (kinds, words) = (snapshot.kinds()?, snapshot.words()?);
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
    let of_log = |log: &Log| {
        let kind = kinds.get(&log.kind);
        let mut found = rows(snapshot, log, kind, words, day);
        if let Some(kind) = kind.filter(|kind| kind.anonymous) {
            identities(snapshot, log, kind, &mut found);
        }
        found
    };
    let of_logs: Vec<Vec<Finding>> = snapshot.logs.par_iter().map(of_log).collect();
    found.extend(of_logs.into_iter().flatten());
    Ok(found)
}

/// What only all rows together say.
fn of_all_rows(snapshot: &Snapshot) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    let ids = row_ids(snapshot, &mut found);
    found.extend(super::sealed::findings(snapshot, snapshot.kinds()?));
    follow_ups(snapshot, &ids, &mut found)?;
    joined::still_named(snapshot, &mut found)?;
    Ok(found)
}

fn of_definitions(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Finding>> {
    let mut found = Vec::new();
    definitions(snapshot.kinds()?, snapshot.words()?, snapshot, &mut found)?;
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

fn rows(snapshot: &Snapshot, log: &Log, kind: Option<&Kind>, words: &Words, day: Day) -> Vec<Finding> {
    let Some(kind) = kind else {
        return vec![error("check-kind", Place::file(&log.table.path)).with("kind", &log.kind)];
    };
    let mut found = Vec::new();
    let mut columns = Columns::of(log, kind, words);
    // Rows stand by their days, so that nearly every one has the folder of the one before.
    let mut folder_of: Option<(Day, String)> = None;
    for activity in &log.activities {
        let row = activity.row as usize;
        if activity.day > day {
            found.push(warning("check-ahead", log.table.place(row)).with("day", activity.day));
        }
        let folder = match folder_of.take() {
            Some((day, folder)) if day == activity.day => folder,
            _ => snapshot.school.folder_of(activity.day),
        };
        if folder != log.term {
            let place = log.table.place(row);
            found.push(warning("check-term", place).with("day", activity.day).with("term", &folder));
        }
        folder_of = Some((activity.day, folder));
        if !activity.seal.is_closed() {
            columns.check(activity, &mut found);
        }
    }
    found
}

/// The fields of a kind in one of its logs, with what passed last: many rows say what the one before them says, and what
/// has passed once passes again.
struct Columns<'a> {
    log: &'a Log,
    kind: &'a Kind,
    words: &'a Words,
    fields: Vec<(&'a Field, Option<usize>, &'a str)>,
}

impl<'a> Columns<'a> {
    fn of(log: &'a Log, kind: &'a Kind, words: &'a Words) -> Columns<'a> {
        let fields = kind.fields.iter().map(|field| (field, log.table.column(&field.name), "")).collect();
        Columns { log, kind, words, fields }
    }

    fn check(&mut self, activity: &Activity, found: &mut Vec<Finding>) {
        let (log, row) = (self.log, activity.row as usize);
        let cell = |column: &Option<usize>| column.map_or("", |column| log.table.cell(row, column));
        let asks = |(field, column, _): &(&Field, Option<usize>, &str)| field.required && cell(column).is_empty();
        if !self.kind.any_of.is_empty() || self.fields.iter().any(asks) {
            for field in self.kind.asks_for(|name| !log.table.get(row, name).is_empty()) {
                found.push(error("check-field-missing", log.table.place(row)).with("field", &field.name));
            }
        }
        for (field, column, passed) in &mut self.fields {
            let value = cell(column);
            if value.is_empty() || value == *passed {
                continue;
            }
            // Free text cannot be wrong; anything else must read as the ledger would have written it.
            if field.takes(value, self.words) {
                *passed = value;
                continue;
            }
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

/// Ids of rows. Only asked whether they hold an id, never walked.
type Ids<'a> = HashSet<&'a str, BuildHasherDefault<IdHasher>>;

/// The ids of all rows.
fn row_ids<'a>(snapshot: &'a Snapshot, found: &mut Vec<Finding>) -> Ids<'a> {
    let rows = snapshot.logs.iter().map(|log| log.table.len()).sum();
    let mut seen = Ids::with_capacity_and_hasher(rows, BuildHasherDefault::default());
    for log in &snapshot.logs {
        let column = log.table.column("id");
        for row in 0..log.table.len() {
            let id = column.map_or("", |column| log.table.cell(row, column));
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

fn follow_ups(snapshot: &Snapshot, rows: &Ids, found: &mut Vec<Finding>) -> Outcome<()> {
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
    for id in snapshot.follow_ups.iter().map(|one| one.id.as_str()) {
        if !seen.insert(id) {
            found.push(error("check-row-twice", Place::file(FOLLOW_UPS)).with("id", id));
        }
    }
    Ok(())
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
