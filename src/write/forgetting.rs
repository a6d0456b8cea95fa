//! Forgetting a child: of the record stays what past terms are counted by, and nothing that says who it was. Names, numbers,
//! phones, addresses, the words of notes go; so does what rows of the child alone say in words, and the files that only such
//! rows bring along. Rows that other children share stay theirs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::disclosure::{Disclosure, disclose};
use super::rows::{LogRow, change_follow_ups, change_logs, change_register, refuse_closed};
use super::traces::Traces;
use crate::ledger::attachment::{own_names, path_of};
use crate::ledger::joined::WAS;
use crate::ledger::merge::CLASH_COLUMN;
use crate::ledger::record::canonical;
use crate::ledger::registers::{DISCLOSURES, MATCHES, PAIRINGS};
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::kind::FieldType;
use crate::model::{
    Day, Guardian, Health, Household, IdSource, Outcome, Override, Parent, Risk, Student, StudentId, Study, Whom, whom,
};

/// Which words of rows stay.
pub const FORGET_FILE: &str = "rules/forget.toml";
/// What stands where something was written.
const SAID: &str = "-";
const FORGOT: &str = "student forget";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    keep: Vec<String>,
    empty: Vec<String>,
}

/// Whom to forget, and by which right.
pub struct Asked<'a> {
    pub students: &'a BTreeSet<StudentId>,
    pub day: Day,
    pub why: &'a str,
    /// The province of a place that a person wrote, which is all that stays of it.
    pub province: &'a dyn Fn(&str) -> Option<String>,
}

/// What forgetting writes.
pub struct Forgotten {
    pub change_set: ChangeSet,
    pub rows: usize,
    /// Files that only these children's rows brought along.
    pub attachments: usize,
    /// By what somebody would know that a file still speaks of one of them.
    pub traces: Traces,
}

/// Forgets children.
///
/// # Errors
/// Where a sealed row is closed, as nobody can see whether it is theirs; where a file cannot be written anew.
pub fn forgetting(snapshot: &Snapshot, asked: &Asked) -> Outcome<Forgotten> {
    refuse_closed(snapshot, "forget-sealed")?;
    let rules: Rules = snapshot.definitions().parsed_or_shipped(FORGET_FILE)?;
    let traces = Traces::of(snapshot, asked.students)?;
    let list: Vec<&str> = asked.students.iter().map(StudentId::as_str).collect();
    // The undo history holds the old bytes, and this cannot be taken back.
    let mut change_set = ChangeSet { forgets: true, ..ChangeSet::new(&format!("{FORGOT} {}", list.join(" "))) };
    for file in snapshot.students.iter().filter(|file| asked.students.contains(&file.student.id)) {
        let after = shrunk(&file.student, asked);
        change_set.write(&file.path, Some(file.source.clone()), Some(canonical(&after).into_bytes()));
    }
    let scrubbing = Scrubbing { asked, rules: &rules, traces: &traces, gone: gone(snapshot, asked) };
    let mut rows = change_logs(snapshot, &mut change_set, |row| scrubbing.row(row))?;
    let attachments = scrubbing.attachments(snapshot, &mut change_set)?;
    rows += change_follow_ups(snapshot, &mut change_set, |one| {
        let own = one.student.as_ref().is_some_and(|id| asked.students.contains(id));
        for text in [&mut one.what, &mut one.outcome, &mut one.reason] {
            *text = if own { String::new() } else { traces.scrubbed(text) };
        }
        one.owner = traces.scrubbed(&one.owner);
    })?;
    rows += registers(snapshot, asked, &traces, &mut change_set)?;
    rows += matches(snapshot, asked, &mut change_set)?;
    said(snapshot, asked, &traces, &list.join(" "), &mut change_set)?;
    Ok(Forgotten { change_set, rows, attachments, traces })
}

/// Everybody of whom nothing is to be told: those who are forgotten with this, and those who were before.
fn gone(snapshot: &Snapshot, asked: &Asked) -> BTreeSet<StudentId> {
    let before = snapshot.students.iter().filter(|file| file.student.forgotten.is_some());
    asked.students.iter().cloned().chain(before.map(|file| file.student.id.clone())).collect()
}

struct Scrubbing<'a> {
    asked: &'a Asked<'a>,
    rules: &'a Rules,
    traces: &'a Traces,
    gone: BTreeSet<StudentId>,
}

impl Scrubbing<'_> {
    /// Whether a row is about these children and nobody else.
    fn is_own(&self, row: &LogRow) -> bool {
        let Ok(words) = whom(row.get("students")) else { return false };
        let is_gone = |word: &Whom| matches!(word, Whom::One(id) if self.gone.contains(id));
        let is_now = |word: &Whom| matches!(word, Whom::One(id) if self.asked.students.contains(id));
        words.iter().any(is_now) && words.iter().all(is_gone)
    }

    fn row(&self, row: &LogRow) -> Cells {
        let own = self.is_own(row);
        let mut cells = Cells::new();
        for column in &row.log.table.columns {
            let value = row.get(column);
            if !value.is_empty()
                && let Some(after) = if own { self.own(row, column, value) } else { self.shared(row, column, value) }
            {
                cells.insert(column.clone(), after);
            }
        }
        cells
    }

    /// What a cell of the child's own row becomes; nothing where it stays.
    fn own(&self, row: &LogRow, column: &str, value: &str) -> Option<String> {
        match column {
            "id" | "date" | "students" | "staff" | "minutes" => None,
            "note" | "attachments" | CLASH_COLUMN => Some(String::new()),
            // A row that was taken back stays so.
            "void" => Some(SAID.to_owned()),
            _ => match row.kind.and_then(|kind| kind.field(column)).map(|field| (field.kind, field.required)) {
                // A column that no kind knows may hold anything.
                None => Some(String::new()),
                Some((FieldType::Text, _)) if self.rules.keep.iter().any(|name| name == column) => {
                    Some(self.traces.scrubbed(value))
                }
                Some((FieldType::Text, _)) if self.rules.empty.iter().any(|name| name == column) => Some(String::new()),
                Some((FieldType::Text, _)) => Some(SAID.to_owned()),
                Some((FieldType::Phone, _)) => Some(String::new()),
                Some(_) => None,
            },
        }
    }

    /// What a cell of a row of others becomes: their words without the names and numbers of the child.
    fn shared(&self, row: &LogRow, column: &str, value: &str) -> Option<String> {
        let is_text = match column {
            "id" | "date" | "students" | "staff" | "minutes" | "attachments" => false,
            "note" | "void" | CLASH_COLUMN => true,
            _ => row.kind.and_then(|kind| kind.field(column)).is_none_or(|field| field.kind == FieldType::Text),
        };
        is_text.then(|| self.traces.scrubbed(value))
    }

    /// Takes the files away that only rows of these children brought along.
    fn attachments(&self, snapshot: &Snapshot, change_set: &mut ChangeSet) -> Outcome<usize> {
        let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
        for log in &snapshot.logs {
            for row in 0..log.table.len() {
                let row = LogRow { log, kind: None, row };
                let named = own_names(row.get("attachments")).map(str::to_owned);
                if self.is_own(&row) { own.extend(named) } else { others.extend(named) }
            }
        }
        let mut count = 0;
        for name in own.difference(&others) {
            let path = path_of(name);
            if let Some(bytes) = snapshot.read(&path)? {
                change_set.write(&path, Some(bytes), None);
                count += 1;
            }
        }
        Ok(count)
    }
}

/// Registers that are no logs: pairings of the child lose their reason, and everything loses names and numbers.
fn registers(snapshot: &Snapshot, asked: &Asked, traces: &Traces, change_set: &mut ChangeSet) -> Outcome<usize> {
    let is_own = |cell: &str| cell.parse::<StudentId>().is_ok_and(|id| asked.students.contains(&id));
    change_register(snapshot, PAIRINGS.path, change_set, |row| {
        let get = |column: &str| row.get(column).copied().unwrap_or_default();
        let own = is_own(get("student")) || is_own(get("helper"));
        let reason = if own { String::new() } else { traces.scrubbed(get("reason")) };
        // Who helped is no secret of the child, unless it was somebody of the family.
        Cells::from([("reason".to_owned(), reason), ("helper".to_owned(), traces.scrubbed(get("helper")))])
    })
}

/// Whom a row of a census means: the rows of the child go; that it once had another file stays.
fn matches(snapshot: &Snapshot, asked: &Asked, change_set: &mut ChangeSet) -> Outcome<usize> {
    let Some(bytes) = snapshot.read(MATCHES.path)? else { return Ok(0) };
    let table = Table::read(MATCHES.path, bytes, &["id"]);
    let is_own =
        |row: &usize| table.get(*row, "student").parse::<StudentId>().is_ok_and(|id| asked.students.contains(&id));
    let own: Vec<usize> = (0..table.len()).filter(is_own).collect();
    if own.is_empty() {
        return Ok(0);
    }
    let kept = (0..table.len()).filter(|row| !own.contains(row) || !table.get(*row, WAS).is_empty()).map(|row| {
        let mut cells = table.cells_of(row);
        if own.contains(&row) {
            cells.retain(|column, _| ["id", "student", WAS].contains(&column.as_str()));
        }
        cells
    });
    let edit = Edit { added: kept.collect(), ..Edit::default() };
    let after = Table::new(MATCHES.path, table.columns.clone()).edited(&edit);
    change_set.write(MATCHES.path, table.before(), Some(after));
    Ok(own.len())
}

/// Writes down that a child was forgotten and why, and takes names out of what was written there before.
fn said(snapshot: &Snapshot, asked: &Asked, traces: &Traces, ids: &str, change_set: &mut ChangeSet) -> Outcome<()> {
    let what = format!("{FORGOT} {ids}");
    let line = Disclosure { day: asked.day, what: &what, whom: "", why: asked.why, students: asked.students.len() };
    let mut own = ChangeSet::default();
    disclose(snapshot, &line, &mut IdSource::Random, &mut own)?;
    let Some(file) = own.files.pop() else { return Ok(()) };
    let table = Table::read(DISCLOSURES.path, file.after.unwrap_or_default(), &["id"]);
    let is_one = |word: &str| word.parse::<StudentId>().is_ok_and(|id| asked.students.contains(&id));
    let scrubbed = |row: usize| -> Cells {
        let column = |column: &str| (column.to_owned(), traces.scrubbed(table.get(row, column)));
        let mut cells = Cells::from(["what", "whom", "why"].map(column));
        // What was handed out, when and to whom stays; why a paper about this child was needed tells of the child.
        let handed_out = table.get(row, "what");
        if handed_out.split(' ').any(is_one) && !handed_out.starts_with(FORGOT) && !table.get(row, "why").is_empty() {
            cells.insert("why".to_owned(), SAID.to_owned());
        }
        cells
    };
    let changed: BTreeMap<String, Cells> = (0..table.len())
        .map(|row| (table.get(row, "id").to_owned(), scrubbed(row)))
        .filter(|(id, cells)| {
            let row = table.row_of(id).unwrap_or_default();
            cells.iter().any(|(column, value)| table.get(row, column) != value)
        })
        .collect();
    let after = table.edited(&Edit { changed, ..Edit::default() });
    change_set.write(DISCLOSURES.path, file.before, Some(after));
    Ok(())
}

/// What stays of a record: what past days are counted by. Nothing in it says who the child was.
fn shrunk(student: &Student, asked: &Asked) -> Student {
    let (address, hukou_address) = places(student, asked);
    let text = |value: &Option<String>| value.as_ref().map(|_| SAID.to_owned());
    Student {
        name: student.id.to_string(),
        gender: student.gender,
        born: student.born,
        ethnicity: student.ethnicity.clone(),
        class: student.class,
        hukou: student.hukou,
        boarding: student.boarding,
        address,
        hukou_address,
        escort: text(&student.escort),
        consent: student.consent,
        forgotten: Some(student.forgotten.unwrap_or(asked.day)),
        enrolment: student.enrolment.clone(),
        parent: student.parent.iter().map(|one| parent(one, asked)).collect(),
        guardian: student.guardian.iter().map(guardian).collect(),
        reported: student.reported.clone(),
        health: student.health.as_ref().map(|one| Health {
            status: one.status,
            disability: text(&one.disability),
            illness: text(&one.illness),
            ..Health::default()
        }),
        household: student.household.as_ref().map(|one| Household {
            income: one.income.clone(),
            benefits: one.benefits.clone(),
            meals: text(&one.meals),
            housing: text(&one.housing),
            low_income: one.low_income,
            note: None,
        }),
        study: student.study.as_ref().map(|one| Study {
            habits: text(&one.habits),
            interests: text(&one.interests),
            difficulties: text(&one.difficulties),
            character: text(&one.character),
        }),
        risk: student.risk.as_ref().map(risk),
        ..Student::new(student.id.clone(), "")
    }
}

/// The provinces of where the child lived and was registered, so that who was registered elsewhere still was.
fn places(student: &Student, asked: &Asked) -> (Option<String>, Option<String>) {
    let Some(address) = &student.address else {
        let hukou = student.hukou_address.as_ref();
        return (None, hukou.map(|hukou| (asked.province)(hukou).unwrap_or_else(|| SAID.to_owned())));
    };
    let coarse = (asked.province)(address).unwrap_or_else(|| SAID.to_owned());
    let registered = student.hukou_address.as_ref().map(|hukou| {
        let province = (asked.province)(hukou);
        match province {
            _ if hukou.ends_with(address.as_str()) || address.starts_with(hukou.as_str()) => coarse.clone(),
            Some(province) if province != coarse && coarse != SAID => province,
            // Nobody could tell whether the two were far apart, and nobody can now.
            _ => "?".to_owned(),
        }
    });
    (Some(coarse), registered)
}

fn parent(one: &Parent, asked: &Asked) -> Parent {
    let mut away = one.away.clone();
    for stretch in &mut away {
        stretch.place = stretch.place.as_ref().map(|place| (asked.province)(place).unwrap_or_else(|| SAID.to_owned()));
    }
    Parent { status: one.status, capable: one.capable, away, ..Parent::new(one.relation) }
}

/// Who cared for the child: what they were to it, how old and how able, and when.
fn guardian(one: &Guardian) -> Guardian {
    Guardian {
        name: None,
        national_id: None,
        phone: one.phone.as_ref().map(|_| SAID.to_owned()),
        other_phone: None,
        address: None,
        ..one.clone()
    }
}

fn risk(one: &Risk) -> Risk {
    let without_words = |one: &Override| Override { reason: SAID.to_owned(), by: None, ..one.clone() };
    Risk { judged: one.judged.as_ref().map(without_words), past: one.past.iter().map(without_words).collect() }
}
