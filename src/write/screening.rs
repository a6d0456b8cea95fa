//! A screening as it is recorded: an activity of the kind `screening`, whose scores and band the scale gives. One child has
//! one screening with a scale on a day; the same again changes nothing, other answers take its place.
//!
//! The id of a new one is random and not made from the child: of a row that is sealed nobody shall be able to guess whom it
//! concerns.

use std::collections::BTreeMap;

use super::recording::{NewActivity, Recording};
use crate::ledger::table::Cells;
use crate::ledger::{Log, Snapshot};
use crate::model::kind::Kind;
use crate::model::scale::{Fit, Given, SCREENING, Scale, Scored, scored};
use crate::model::{Activity, Day, IdSource, Outcome, Place, Problem, RowId, Student};

/// A screening that is to be recorded.
pub struct NewScreening<'a> {
    pub scale: &'a Scale,
    pub student: &'a Student,
    pub day: Day,
    pub given: Given,
    pub staff: String,
    pub note: String,
    /// The id that the caller wants; a random one where it wants none.
    pub id: Option<RowId>,
}

/// What recording it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Added,
    /// One with other answers was there.
    Changed,
    Nothing,
}

impl NewScreening<'_> {
    /// Whether the scale is for the child.
    pub fn fit(&self) -> Fit {
        self.scale.fit(self.student.age_on(self.day), self.student.grade_on(self.day))
    }

    pub fn scored(&self) -> Scored {
        scored(self.scale, &self.given, self.fit())
    }

    fn activity(&self, id: RowId) -> NewActivity {
        NewActivity {
            id,
            day: self.day,
            students: self.student.id.to_string(),
            children: vec![self.student.id.clone()],
            staff: self.staff.clone(),
            minutes: None,
            attachments: String::new(),
            note: self.note.clone(),
            fields: self.scored().fields(self.scale, &self.given),
        }
    }
}

/// What becomes of a screening that differs from one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differing<'a> {
    Refused,
    /// The later answers are the right ones; `reason` stands on the follow-ups that are asked for no more.
    TakesItsPlace {
        today: Day,
        reason: &'a str,
    },
}

/// The screenings that a ledger keeps, found by child, scale and day.
pub struct Kept<'a> {
    of: BTreeMap<(u32, &'a str, Day), (&'a Log, &'a Activity)>,
    unreadable: BTreeMap<Day, usize>,
}

impl<'a> Kept<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Kept<'a> {
        let mut kept = Kept { of: BTreeMap::new(), unreadable: BTreeMap::new() };
        for (_, log, one) in snapshot.activities().filter(|(_, log, _)| log.kind == SCREENING) {
            match log.students(one) {
                [] => *kept.unreadable.entry(one.day).or_default() += 1,
                [child] => {
                    let key = (*child, log.table.get(one.row as usize, "scale"), one.day);
                    kept.of.entry(key).or_insert((log, one));
                }
                _ => {}
            }
        }
        kept
    }

    /// Rows of a day of which it cannot be read whom they concern: whether a child is among them is not known.
    pub fn unreadable_on(&self, day: Day) -> usize {
        self.unreadable.get(&day).copied().unwrap_or(0)
    }
}

/// Records a screening; gives the id of its row.
pub fn record(
    recording: &mut Recording,
    (snapshot, kept): (&Snapshot, &Kept),
    kind: &Kind,
    new: &NewScreening,
    differing: Differing,
) -> Outcome<(Did, RowId)> {
    let child = snapshot.place_of_student(&new.student.id);
    let there = child.and_then(|child| kept.of.get(&(child, new.scale.name.as_str(), new.day)));
    let Some((log, activity)) = there.copied() else {
        let id = new.id.clone().unwrap_or_else(|| IdSource::Random.row());
        let is_new = recording.add(kind, &new.activity(id.clone()))?;
        return Ok((if is_new { Did::Added } else { Did::Nothing }, id));
    };
    let says_nothing = |column: &&str| log.table.get(activity.row as usize, column).is_empty();
    match differing {
        Differing::TakesItsPlace { today, reason } => {
            return replace(recording, kind, new, (log, activity), (today, reason));
        }
        // A row that was recorded without answers gets them.
        Differing::Refused if ["answers", "scores", "total", "band"].iter().all(says_nothing) => {
            return replace(recording, kind, new, (log, activity), (new.day, ""));
        }
        Differing::Refused => {}
    }
    let (id, (_, change)) = amended(new, log, activity)?;
    match change.is_empty() {
        true => Ok((Did::Nothing, id)),
        false => Err(there_already(log.table.place(activity.row as usize), new, &id).into()),
    }
}

/// Puts a screening in the place of one that is there, with the follow-ups that it opens and those that it asks for no more.
pub fn replace(
    recording: &mut Recording,
    kind: &Kind,
    new: &NewScreening,
    (log, activity): (&Log, &Activity),
    (today, reason): (Day, &str),
) -> Outcome<(Did, RowId)> {
    let (id, (amended, change)) = amended(new, log, activity)?;
    if change.is_empty() {
        return Ok((Did::Nothing, id));
    }
    recording.amend(kind, &log.table.path, &amended, change)?;
    recording.settle(kind, &amended, today, reason);
    Ok((Did::Changed, id))
}

/// A row as it is with a new screening in it: its id, and the cells that differ. What is not said again stays as it is.
fn amended(new: &NewScreening, log: &Log, activity: &Activity) -> Outcome<(RowId, (NewActivity, Cells))> {
    let row = activity.row as usize;
    let wrong = || Problem::data("id-wrong", log.table.place(row));
    let id: RowId = log.table.get(row, "id").parse().map_err(|_| wrong())?;
    let mut amended = new.activity(id.clone());
    keep(&mut amended.staff, log.table.get(row, "staff"));
    keep(&mut amended.note, log.table.get(row, "note"));
    let change = change(log, row, &amended);
    Ok((id, (amended, change)))
}

fn there_already(place: Place, new: &NewScreening, id: &RowId) -> Problem {
    let problem = Problem::data("screening-there", place).with("student", &new.student.name).with("id", id);
    problem.with("scale", &new.scale.name).with("day", new.day)
}

fn keep(new: &mut String, old: &str) {
    if new.is_empty() {
        old.clone_into(new);
    }
}

fn change(log: &Log, row: usize, amended: &NewActivity) -> Cells {
    let common = [("staff".to_owned(), amended.staff.clone()), ("note".to_owned(), amended.note.clone())];
    let cells: BTreeMap<String, String> = common.into_iter().chain(amended.fields.clone()).collect();
    cells.into_iter().filter(|(column, value)| log.table.get(row, column) != value).collect()
}
