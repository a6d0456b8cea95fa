//! Letters that go out and receipts that come back: one activity a child, whose fields `letter`, `way` and `returned`
//! say which letter it was, how it went and when its receipt came back.

use std::collections::BTreeMap;

use super::{NewActivity, Recording};
use crate::ledger::table::Cells;
use crate::ledger::{Log, Snapshot};
use crate::model::kind::Kind;
use crate::model::{Activity, Day, IdSource, Outcome, Problem, Problems, RowId};

/// A letter that goes out.
pub struct Sending<'a> {
    pub kind: &'a Kind,
    /// The name of its template.
    pub letter: &'a str,
    pub day: Day,
    pub staff: &'a str,
    /// Field values as the ledger stores them, `letter` and `way` among them.
    pub fields: BTreeMap<String, String>,
}

/// Records a letter to each child's family. One that went out on the same day in the same way is there already.
/// Gives the ids of the rows that are new.
pub fn send(
    recording: &mut Recording,
    snapshot: &Snapshot,
    sending: &Sending,
    children: &[u32],
) -> Outcome<Vec<RowId>> {
    let out = sent(snapshot, &sending.kind.name, sending.letter, sending.day);
    let way = sending.fields.get("way").map_or("", String::as_str);
    let is_there = |at: &u32| out.get(at).is_some_and(|sent| sent.day == sending.day && sent.way == way);
    let mut ids = Vec::new();
    for at in children.iter().filter(|at| !is_there(at)) {
        let child = snapshot.student(*at).id.clone();
        let activity = NewActivity {
            id: IdSource::Random.row(),
            day: sending.day,
            students: child.to_string(),
            children: vec![child],
            staff: sending.staff.to_owned(),
            minutes: None,
            attachments: String::new(),
            note: String::new(),
            fields: sending.fields.clone(),
        };
        recording.add(sending.kind, &activity)?;
        ids.push(activity.id);
    }
    Ok(ids)
}

/// A letter that went out.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The log that holds it.
    pub path: String,
    pub id: String,
    pub day: Day,
    pub way: String,
    pub returned: Option<Day>,
    /// Its row stands for several children, so that no receipt of one can be noted there.
    pub is_shared: bool,
}

/// The latest letter of a template to each child by a day, by the child's place in the snapshot's list.
pub fn sent(snapshot: &Snapshot, kind: &str, letter: &str, day: Day) -> BTreeMap<u32, Sent> {
    let mut latest: BTreeMap<u32, Sent> = BTreeMap::new();
    for log in snapshot.logs.iter().filter(|log| log.kind == kind) {
        for activity in log.activities.iter().filter(|one| !one.void && one.day <= day) {
            if log.table.get(activity.row as usize, "letter") != letter {
                continue;
            }
            for at in log.students(activity) {
                let one = one(log, activity);
                if latest.get(at).is_none_or(|known| known.day <= one.day) {
                    latest.insert(*at, one);
                }
            }
        }
    }
    latest
}

fn one(log: &Log, activity: &Activity) -> Sent {
    let cell = |column: &str| log.table.get(activity.row as usize, column);
    Sent {
        path: log.table.path.clone(),
        id: cell("id").to_owned(),
        day: activity.day,
        way: cell("way").to_owned(),
        returned: cell("returned").parse().ok(),
        is_shared: log.students(activity).len() > 1,
    }
}

/// Receipts that came back.
pub struct Returning<'a> {
    pub kind: &'a Kind,
    pub letter: &'a str,
    pub day: Day,
    pub staff: &'a str,
    /// Further cells of the letter's own row.
    pub fields: BTreeMap<String, String>,
    /// The activity that a receipt proves, with its fields as the ledger stores them.
    pub proves: Option<(&'a Kind, BTreeMap<String, String>)>,
}

/// Notes receipts on the rows of their letters, and the activity that each proves. Gives the children whose receipts
/// are new.
///
/// # Errors
/// Every child to whose family the letter did not go, or not before the receipt.
pub fn receive(
    recording: &mut Recording,
    snapshot: &Snapshot,
    returning: &Returning,
    children: &[u32],
) -> Outcome<Vec<u32>> {
    let out = sent(snapshot, &returning.kind.name, returning.letter, returning.day);
    let (mut new, mut problems) = (Vec::new(), Vec::new());
    for at in children {
        match letter_of(snapshot, returning, out.get(at), *at) {
            Err(wrong) => problems.extend(wrong.0),
            Ok(sent) if sent.returned.is_some() => {}
            Ok(sent) => {
                note(recording, snapshot, returning, sent, *at)?;
                new.push(*at);
            }
        }
    }
    if problems.is_empty() { Ok(new) } else { Err(Problems(problems)) }
}

fn letter_of<'a>(snapshot: &Snapshot, returning: &Returning, sent: Option<&'a Sent>, at: u32) -> Outcome<&'a Sent> {
    let student = snapshot.student(at);
    let about = |code| {
        let problem = Problem::usage(code).with("student", &student.name).with("id", &student.id);
        problem.with("letter", returning.letter).with("day", returning.day)
    };
    match sent {
        None => Err(about("receipt-no-letter").into()),
        Some(sent) if sent.is_shared => Err(about("receipt-shared").with("row", &sent.id).into()),
        Some(sent) => Ok(sent),
    }
}

fn note(recording: &mut Recording, snapshot: &Snapshot, returning: &Returning, sent: &Sent, at: u32) -> Outcome<()> {
    let id: RowId = sent.id.parse().map_err(|_| Problem::usage("activity-nobody").with("id", &sent.id))?;
    let mut cells: Cells = returning.fields.clone();
    cells.insert("returned".to_owned(), returning.day.to_string());
    recording.mark(returning.kind, &sent.path, &id, cells)?;
    let Some((kind, fields)) = &returning.proves else { return Ok(()) };
    let child = snapshot.student(at).id.clone();
    let activity = NewActivity {
        id: proof_id(snapshot, kind, &sent.id),
        day: returning.day,
        students: child.to_string(),
        children: vec![child],
        staff: returning.staff.to_owned(),
        minutes: None,
        attachments: String::new(),
        note: String::new(),
        fields: fields.clone(),
    };
    recording.add(kind, &activity).map(|_| ())
}

/// The same receipt is the same row, however often it is noted. A row that was voided stays so, and a new one is made.
fn proof_id(snapshot: &Snapshot, kind: &Kind, letter: &str) -> RowId {
    let id = IdSource::derived_from(&[letter, "receipt"]).row();
    let logs = snapshot.logs.iter().filter(|log| log.kind == kind.name);
    let is_void = |log: &Log| log.table.row_of(id.as_str()).is_some_and(|row| !log.table.get(row, "void").is_empty());
    if logs.into_iter().any(is_void) { IdSource::Random.row() } else { id }
}
