//! Scores as they are recorded: which exam is meant, what of it the ledger has already, and what changes.
//!
//! A row's id follows from the exam, the child and the subject, so that the order of a sheet says nothing and the same
//! sheet again changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::recording::{NewActivity, Recording};
use crate::ledger::table::Cells;
use crate::ledger::{ChangeSet, Log, Snapshot};
use crate::model::kind::{Kind, yes_or_no};
use crate::model::{Activity, Day, ExamSaid, IdSource, Mark, Outcome, Place, Problem, RowId, StudentId};

/// An exam of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exam {
    /// The folder of its term.
    pub term: String,
    pub kind: String,
    pub name: String,
    pub day: Day,
    /// Its kind and name tell it from the others of the term; else its day does.
    pub told: bool,
    /// Somebody said its day; else it is that of the scores that are there, or the day asked about.
    pub day_said: bool,
    /// Nobody said its day, and nothing of it is there yet.
    pub day_guessed: bool,
}

/// The fields that the kind of scores must have; a ledger may be older than some of them.
const FIELDS: [&str; 7] = ["exam", "subject", "score", "full", "name", "absent", "grade"];

/// What tells an exam from others: term, kind, name, and the day where these are not enough.
type Key = (String, String, String, Option<Day>);

impl Exam {
    fn key(&self) -> Key {
        (self.term.clone(), self.kind.clone(), self.name.clone(), (!self.told).then_some(self.day))
    }
}

/// What becomes of one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Becomes {
    Added,
    /// With what was there.
    Changed(Mark),
    Same,
}

/// One mark that is to be recorded.
#[derive(Debug, Clone)]
pub struct NewScore {
    pub student: StudentId,
    pub subject: String,
    pub mark: Mark,
    /// The cell that it comes from.
    pub place: Place,
}

/// The scores of a ledger, and what is added to them.
pub struct Scores<'a> {
    snapshot: &'a Snapshot,
    kind: &'a Kind,
    recording: Recording<'a>,
    there: BTreeMap<(Key, StudentId, String), (&'a Log, &'a Activity)>,
    days: BTreeMap<(String, String, String), BTreeSet<Day>>,
    taken: BTreeSet<String>,
    /// What this sheet has said already, and where.
    said: BTreeMap<(Key, StudentId, String), NewScore>,
}

impl<'a> Scores<'a> {
    /// The scores in the logs of the kind that keeps them.
    pub fn of(snapshot: &'a Snapshot, kind: &'a Kind) -> Outcome<Scores<'a>> {
        let missing: Vec<&str> = FIELDS.into_iter().filter(|field| kind.field(field).is_none()).collect();
        if !missing.is_empty() {
            let problem = Problem::data("score-kind", Place::file(&format!("kinds/{}.toml", kind.domain)));
            return Err(problem.with("kind", &kind.name).with("fields", missing.join(", ")).into());
        }
        let mut scores = Scores {
            snapshot,
            kind,
            recording: Recording::new(snapshot)?,
            there: BTreeMap::new(),
            days: BTreeMap::new(),
            taken: BTreeSet::new(),
            said: BTreeMap::new(),
        };
        for log in snapshot.logs.iter().filter(|log| log.kind == kind.name) {
            for activity in &log.activities {
                scores.note(log, activity);
            }
        }
        Ok(scores)
    }

    fn note(&mut self, log: &'a Log, activity: &'a Activity) {
        let get = |column: &str| log.table.get(activity.row as usize, column).to_owned();
        self.taken.insert(get("id"));
        let [at] = log.students(activity) else { return };
        if activity.void {
            return;
        }
        let (term, kind, name) = (log.term.clone(), get("exam"), get("name"));
        self.days.entry((term.clone(), kind.clone(), name.clone())).or_default().insert(activity.day);
        let student = self.snapshot.student(*at).id.clone();
        for day in [None, Some(activity.day)] {
            let key = (term.clone(), kind.clone(), name.clone(), day);
            self.there.insert((key, student.clone(), get("subject")), (log, activity));
        }
    }

    /// The exam that is meant. What is missing is asked for, and never guessed: only an exam whose title says its term,
    /// or that a person has named, is of the day asked about where nobody says its day.
    pub fn exam(&self, said: &ExamSaid, today: Day, place: &Place) -> Outcome<Exam> {
        let school = &self.snapshot.school;
        let Some(kind) = said.kind.clone() else {
            let known = self.kind.field("exam").map(|field| field.of.join(", ")).unwrap_or_default();
            return Err(at(Problem::usage("exam-missing").with("known", known), place).into());
        };
        let term = said.half.map(|half| {
            let named = school.term.iter().find(|term| half.begins_on(term.from)).map(|term| term.name.clone());
            named.unwrap_or_else(|| half.customary_term())
        });
        if let (Some(term), Some(day)) = (&term, said.day)
            && school.folder_of(day) != *term
        {
            let problem = Problem::data("exam-term", place.clone()).with("term", term).with("day", day);
            return Err(problem.into());
        }
        let folder = term.unwrap_or_else(|| school.folder_of(said.day.unwrap_or(today)));
        let known = self.days.get(&(folder.clone(), kind.clone(), said.name.clone()));
        let first_known = known.and_then(|days| days.first().copied()).filter(|_| said.told);
        let is_placed = said.half.is_some() || said.by_person;
        let in_term = said.told && is_placed && school.folder_of(today) == folder;
        let day = said.day.or(first_known).or(in_term.then_some(today));
        let Some(day) = day else {
            let name = if said.name.is_empty() { kind.clone() } else { said.name.clone() };
            return Err(at(Problem::usage("exam-day-missing").with("exam", name).with("term", folder), place).into());
        };
        let day_guessed = said.day.is_none() && first_known.is_none();
        let name = said.name.clone();
        Ok(Exam { term: folder, kind, name, day, told: said.told, day_said: said.day.is_some(), day_guessed })
    }

    /// Records a mark, or finds that it is there already. Two marks of one sheet for one subject must agree.
    pub fn add(&mut self, exam: &Exam, new: &NewScore) -> Outcome<Becomes> {
        let key = (exam.key(), new.student.clone(), new.subject.clone());
        match self.said.get(&key) {
            Some(first) if first.mark == new.mark => return Ok(Becomes::Same),
            Some(first) => {
                let other = first.place.row().map(|row| row.to_string()).unwrap_or_default();
                let problem = Problem::data("score-twice", new.place.clone()).with("subject", &new.subject);
                return Err(problem.with("other", other).with("value", shown(&new.mark)).into());
            }
            None => self.said.insert(key.clone(), new.clone()),
        };
        match self.there.get(&key).copied() {
            Some((log, activity)) => self.change(exam, new, log, activity),
            None => {
                let activity = self.activity(exam, new, self.fresh_id(exam, new));
                self.taken.insert(activity.id.to_string());
                self.recording.add(self.kind, &activity)?;
                Ok(Becomes::Added)
            }
        }
    }

    fn change(&mut self, exam: &Exam, new: &NewScore, log: &'a Log, activity: &'a Activity) -> Outcome<Becomes> {
        let row = activity.row as usize;
        let before = mark_of(log, row);
        let day = if exam.day_said { exam.day } else { activity.day };
        let mut change: Cells = cells(&new.mark);
        change.insert("date".to_owned(), day.to_string());
        change.retain(|column, value| log.table.get(row, column) != value);
        if change.is_empty() {
            return Ok(Becomes::Same);
        }
        let id: RowId =
            log.table.get(row, "id").parse().map_err(|_| Problem::data("id-wrong", log.table.place(row)))?;
        let amended = self.activity(exam, new, id);
        self.recording.amend(self.kind, &log.table.path, &amended, change)?;
        Ok(if before == new.mark { Becomes::Same } else { Becomes::Changed(before) })
    }

    /// The id that follows from the exam, the child and the subject; another one where a voided row has it.
    fn fresh_id(&self, exam: &Exam, new: &NewScore) -> RowId {
        let day = if exam.told { String::new() } else { exam.day.to_string() };
        let causes = [&exam.term, &exam.kind, &exam.name, &day, new.student.as_str(), &new.subject];
        let id = |turn: usize| {
            let turn = turn.to_string();
            let causes: Vec<&str> = causes.iter().copied().chain([turn.as_str()]).collect();
            IdSource::derived_from(&causes).row()
        };
        (0..).map(id).find(|id| !self.taken.contains(id.as_str())).expect("numbers do not end")
    }

    fn activity(&self, exam: &Exam, new: &NewScore, id: RowId) -> NewActivity {
        let mut fields = cells(&new.mark);
        for (name, value) in [("exam", &exam.kind), ("name", &exam.name), ("subject", &new.subject)] {
            fields.insert(name.to_owned(), value.clone());
        }
        NewActivity {
            id,
            day: exam.day,
            students: new.student.to_string(),
            children: vec![new.student.clone()],
            staff: String::new(),
            minutes: None,
            attachments: String::new(),
            note: String::new(),
            fields,
        }
    }

    /// Everything that was recorded, as one change set.
    pub fn change_set(self, what: &str) -> ChangeSet {
        self.recording.change_set(what)
    }
}

fn at(mut problem: Problem, place: &Place) -> Problem {
    problem.place = place.clone();
    problem
}

/// A mark as cells of its row.
fn cells(mark: &Mark) -> Cells {
    let mut cells: Cells =
        ["score", "full", "absent", "grade"].iter().map(|name| ((*name).to_owned(), String::new())).collect();
    let mut put = |name: &str, value: &str| cells.insert(name.to_owned(), value.to_owned());
    match mark {
        Mark::Score { score, full } => {
            put("score", score);
            put("full", full);
        }
        Mark::Absent => {
            put("absent", yes_or_no(true));
        }
        Mark::Grade(code) => {
            put("grade", code);
        }
    }
    cells
}

fn mark_of(log: &Log, row: usize) -> Mark {
    let get = |column: &str| log.table.get(row, column).to_owned();
    match (get("score"), get("grade")) {
        (score, _) if !score.is_empty() => Mark::Score { score, full: get("full") },
        (_, code) if !code.is_empty() => Mark::Grade(code),
        _ => Mark::Absent,
    }
}

/// A mark as a problem names it.
fn shown(mark: &Mark) -> &str {
    match mark {
        Mark::Score { score, .. } => score,
        Mark::Absent => "absent",
        Mark::Grade(code) => code,
    }
}
