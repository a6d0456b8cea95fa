//! The package for the next school or class teacher: the child's record, the rows that name it, what is still open, and a
//! sealed part for one reader. Rows that other children share come with this child alone, and other children's names are
//! taken out of the words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::recording::columns_of;
use super::rows::refuse_closed;
use crate::ledger::attachment::{own_names, path_of};
use crate::ledger::package::Files;
use crate::ledger::record::canonical;
use crate::ledger::table::{Cells, Edit, Table};
use crate::ledger::{Log, Recipients, Snapshot};
use crate::model::kind::{FieldType, Kind};
use crate::model::{Activity, Day, FOLLOW_UP_COLUMNS, FollowUp, Outcome, Scrub, Student, StudentId, Whom, whom};

/// The names of the files in a package.
pub const MANIFEST: &str = "handover.json";
pub const SEALED_FILE: &str = "sealed.age";
pub const STUDENTS: &str = "record/students/";
pub const LOGS: &str = "record/logs/";
pub const FOLLOW_UPS: &str = "record/followups.csv";
pub const ATTACHMENTS: &str = "record/attachments/";
/// The version of the package.
pub const FORMAT: u32 = 1;
/// What stands in the place of another child's name.
const SOMEBODY: &str = "…";

/// What a package says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub school: String,
    pub day: String,
    pub to: String,
    pub reason: String,
    pub students: Vec<String>,
    /// How many records the sealed part holds; nothing where it was left out.
    pub sealed: Option<usize>,
}

/// What the sealed part holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPart {
    pub rows: Vec<SealedRow>,
    /// The cells of follow-ups that such rows have opened.
    #[serde(default)]
    pub follow_ups: Vec<Cells>,
}

/// A row of a confidential kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedRow {
    pub kind: String,
    pub cells: Cells,
}

/// Whom to hand over, and for whom.
pub struct Asked<'a> {
    pub students: &'a [u32],
    pub day: Day,
    pub to: &'a str,
    pub reason: &'a str,
    /// Who reads the sealed part; without a reader it is left out.
    pub reader: Option<&'a Recipients>,
}

/// The files of a package but for the paper to read, and how many confidential records there are in its sealed part.
pub struct Handover {
    pub files: Files,
    pub sealed: usize,
}

/// Gathers what a package holds of the record.
///
/// # Errors
/// Where there is a reader and a sealed row is closed: it may be the child's, and would be missing unseen.
pub fn handover(snapshot: &Snapshot, asked: &Asked) -> Outcome<Handover> {
    if asked.reader.is_some() {
        refuse_closed(snapshot, "handover-sealed")?;
    }
    let mut gathering = Gathering::of(snapshot, asked)?;
    for log in &snapshot.logs {
        gathering.log(log)?;
    }
    let rows: BTreeSet<String> = gathering.ids.clone();
    gathering.follow_ups(&rows);
    let Gathering { mut files, sealed, .. } = gathering;
    for at in asked.students {
        let student = Student { clash: Vec::new(), ..snapshot.student(*at).clone() };
        files.insert(format!("{STUDENTS}{}.toml", student.id), canonical(&student).into_bytes());
    }
    let count = sealed.rows.len();
    if let Some(reader) = asked.reader {
        let text = serde_json::to_string(&sealed).expect("cells are texts");
        files.insert(SEALED_FILE.to_owned(), reader.sealed_file(&text));
    }
    let manifest = Manifest {
        format: FORMAT,
        school: snapshot.school.school.name.clone(),
        day: asked.day.to_string(),
        to: asked.to.to_owned(),
        reason: asked.reason.to_owned(),
        students: asked.students.iter().map(|at| snapshot.student(*at).id.to_string()).collect(),
        sealed: asked.reader.map(|_| count),
    };
    let text = serde_json::to_string_pretty(&manifest).expect("a manifest is texts");
    files.insert(MANIFEST.to_owned(), (text + "\n").into_bytes());
    Ok(Handover { files, sealed: count })
}

struct Gathering<'a> {
    snapshot: &'a Snapshot,
    kinds: &'a BTreeMap<String, Kind>,
    asked: &'a Asked<'a>,
    /// The children that are handed over.
    own: BTreeSet<StudentId>,
    /// Takes the names of everybody else out.
    others: Scrub,
    files: Files,
    sealed: SealedPart,
    /// The rows that are in the package.
    ids: BTreeSet<String>,
    /// The rows of confidential kinds, whosever they are.
    confidential: BTreeSet<String>,
}

impl<'a> Gathering<'a> {
    fn of(snapshot: &'a Snapshot, asked: &'a Asked<'a>) -> Outcome<Gathering<'a>> {
        let own: BTreeSet<StudentId> = asked.students.iter().map(|at| snapshot.student(*at).id.clone()).collect();
        let names: BTreeSet<&str> = asked.students.iter().map(|at| snapshot.student(*at).name.as_str()).collect();
        let is_other = |student: &&Student| !own.contains(&student.id);
        let others = snapshot.students.iter().map(|file| &file.student).filter(is_other);
        let others =
            others.map(|student| student.name.as_str()).filter(|name| !names.iter().any(|own| own.contains(name)));
        let others = Scrub::of(others, SOMEBODY);
        Ok(Gathering {
            snapshot,
            kinds: snapshot.kinds()?,
            asked,
            others,
            own,
            files: Files::new(),
            sealed: SealedPart::default(),
            ids: BTreeSet::new(),
            confidential: BTreeSet::new(),
        })
    }

    fn log(&mut self, log: &Log) -> Outcome<()> {
        let Some(kind) = self.kinds.get(&log.kind) else { return Ok(()) };
        let columns = columns_of(kind);
        let mut rows = Vec::new();
        for activity in &log.activities {
            if kind.confidential {
                self.confidential.insert(log.table.get(activity.row as usize, "id").to_owned());
            }
            if activity.void || activity.seal.is_closed() || self.asked.day < activity.day {
                continue;
            }
            if let Some(cells) = self.row(log, kind, activity, &columns) {
                self.ids.insert(cells["id"].clone());
                match kind.confidential || activity.seal.is_sealed() {
                    true => self.sealed.rows.push(SealedRow { kind: kind.name.clone(), cells }),
                    false => rows.push(cells),
                }
            }
        }
        if !rows.is_empty() {
            for name in rows.iter().flat_map(|cells| own_names(&cells["attachments"])) {
                let path = path_of(name);
                if let Some(bytes) = self.snapshot.read(&path)? {
                    self.files.insert(format!("{ATTACHMENTS}{name}"), bytes);
                }
            }
            let path = format!("{LOGS}{}/{}.csv", log.term, log.kind);
            let table = Table::new(&path, columns);
            self.files.insert(path, table.edited(&Edit { added: rows, ..Edit::default() }));
        }
        Ok(())
    }

    /// A row that names a child by itself, as it is handed over: other children are not in it.
    fn row(&self, log: &Log, kind: &Kind, activity: &Activity, columns: &[String]) -> Option<Cells> {
        let get = |column: &str| log.table.get(activity.row as usize, column);
        let words = whom(get("students")).ok()?;
        let named: Vec<&str> = words
            .iter()
            .filter_map(|word| match word {
                Whom::One(id) if self.own.contains(id) => Some(id.as_str()),
                _ => None,
            })
            .collect();
        if named.is_empty() {
            return None;
        }
        let is_alone = named.len() == words.len();
        let cell = |column: &String| {
            let value = get(column);
            let is_student = kind.field(column).is_some_and(|field| field.kind == FieldType::Student);
            let value = match column.as_str() {
                "id" | "date" => value.to_owned(),
                "students" => named.join(" "),
                // A photo of several children is nobody's to hand on.
                "attachments" if !is_alone => String::new(),
                _ if is_student && !value.parse().is_ok_and(|id| self.own.contains(&id)) => String::new(),
                _ => self.others.text(value),
            };
            (column.clone(), value)
        };
        Some(columns.iter().map(cell).collect())
    }

    /// What is still open of these children.
    fn follow_ups(&mut self, rows: &BTreeSet<String>) {
        let mut open = Vec::new();
        let is_own = |one: &&FollowUp| one.student.as_ref().is_some_and(|id| self.own.contains(id));
        for one in self.snapshot.follow_ups.iter().filter(is_own).filter(|one| one.waits_on(self.asked.day)) {
            let opener = one.opened_by.as_ref().map(|id| id.as_str());
            let is_confidential = one.seal.is_sealed() || opener.is_some_and(|id| self.confidential.contains(id));
            let cells = FOLLOW_UP_COLUMNS.iter().map(|column| (*column).to_owned()).zip(one.cells());
            let mut cells: Cells = cells.map(|(column, value)| (column, self.others.text(&value))).collect();
            if !opener.is_some_and(|id| rows.contains(id)) {
                cells.insert("opened-by".to_owned(), String::new());
            }
            match is_confidential {
                true => self.sealed.follow_ups.push(cells),
                false => open.push(cells),
            }
        }
        if !open.is_empty() {
            let table = Table::new(FOLLOW_UPS, FOLLOW_UP_COLUMNS.map(str::to_owned).to_vec());
            self.files.insert(FOLLOW_UPS.to_owned(), table.edited(&Edit { added: open, ..Edit::default() }));
        }
    }
}
