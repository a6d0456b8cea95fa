//! An invented, lived-in school: for the demonstration, for tests and for measuring. Pure: the same wish gives the same
//! bytes, whatever the clock and the folder. Nobody in it exists: resident numbers lie in an area that no place has
//! (5299xx), phones in a range that nobody was given (1540000xxxx).
//!
//! `children` and `family` make the records, `rhythms.toml` says how often the school does what, `activities` draws
//! the rows from it, `scores` those of exams, `followups` answers what they opened, `registers` lists staff, helpers and resources. Begin with
//! [`school`].

mod activities;
mod calendar;
mod children;
mod dice;
mod family;
mod followups;
mod lore;
mod registers;
mod scores;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::ledger::record;
use crate::ledger::snapshot::log_path;
use crate::ledger::table::encode;
use crate::model::kind::Kind;
use crate::model::{Day, FollowUpTypes, RowId, Stretch};

use activities::{Draft, Setting};

/// What school is wished for.
#[derive(Debug, Clone)]
pub struct Wish {
    pub seed: u64,
    /// Files of students, some of whom have left.
    pub students: usize,
    /// Terms with records, counted back from the one that `day` lies in or follows.
    pub terms: usize,
    /// About so many rows in the logs; without it as many as a school of the size would write.
    pub rows: Option<usize>,
    /// The day on which the school stands: nothing has happened after it.
    pub day: Day,
}

impl Wish {
    /// A school of 294 children and two terms.
    pub fn on(day: Day) -> Wish {
        Wish { seed: 1, students: 294, terms: 2, rows: None, day }
    }
}

/// A school that was invented.
#[derive(Debug, Clone)]
pub struct Invented {
    /// The school's name.
    pub name: String,
    /// Students, logs and registers, by path.
    pub files: Vec<(String, Vec<u8>)>,
    /// The terms and holidays that `guanai.toml` has to name.
    pub terms: Vec<Stretch>,
    pub holidays: Vec<Stretch>,
}

/// Invents the school: with rows for every kind that is not confidential, and the follow-ups that they open.
pub fn school(wish: &Wish, kinds: &BTreeMap<String, Kind>, follow_up_types: &FollowUpTypes) -> Invented {
    let lore = lore::lore();
    let setting = Setting::new(wish, &lore);
    let open = kinds.values().filter(|kind| !kind.confidential);
    let wanted: Vec<(usize, &Kind)> =
        open.flat_map(|kind| (0..setting.calendar.terms.len()).map(move |term| (term, kind))).collect();
    let factor = setting.factor(&wanted);
    let drawn: Vec<Vec<Draft>> =
        wanted.par_iter().map(|(term, kind)| activities::draw(&setting, *term, kind, factor)).collect();
    let mut logs: Logs = wanted.iter().map(|(term, kind)| (*term, kind.name.clone())).zip(drawn).collect();
    followups::answer(&setting, kinds, follow_up_types, &mut logs);
    let logs = numbered(logs, wish.seed);
    let mut files = Vec::new();
    files.par_extend(
        setting
            .children
            .par_iter()
            .map(|child| (record::path_of(&child.student.id), record::canonical(&child.student).into_bytes())),
    );
    files.par_extend(
        logs.par_iter()
            .filter(|log| !log.rows.is_empty())
            .map(|log| (log_path(&setting.calendar.terms[log.term].name, &log.kind), bytes(log, &kinds[&log.kind]))),
    );
    files.push(followups::register(&setting, kinds, follow_up_types, &logs));
    files.extend(registers::all(&setting));
    let calendar::Calendar { terms, holidays } = setting.calendar;
    Invented { name: lore.school.clone(), files, terms, holidays }
}

/// The rows of each log, by term and kind, before they have their ids.
type Logs = BTreeMap<(usize, String), Vec<Draft>>;

/// A log whose rows have their ids and stand in the ledger's order.
struct Log {
    term: usize,
    kind: String,
    rows: Vec<(RowId, Draft)>,
}

/// Two million ids of ten letters meet each other once in a hundred schools: an id that is taken is drawn again.
fn numbered(logs: Logs, seed: u64) -> Vec<Log> {
    let mut dice = dice::Dice::new(seed, "rows");
    let mut taken = BTreeSet::new();
    let mut id = || loop {
        let id = dice.ids().row();
        if taken.insert(id.clone()) {
            return id;
        }
    };
    let number = |((term, kind), drafts): ((usize, String), Vec<Draft>)| {
        let mut rows: Vec<(RowId, Draft)> = drafts.into_iter().map(|draft| (id(), draft)).collect();
        rows.sort_by(|a, b| (a.1.day, &a.0).cmp(&(b.1.day, &b.0)));
        Log { term, kind, rows }
    };
    logs.into_iter().map(number).collect()
}

/// The columns that every activity has, behind its id.
const COMMON_COLUMNS: [&str; 8] = ["id", "date", "students", "staff", "minutes", "attachments", "note", "void"];

fn bytes(log: &Log, kind: &Kind) -> Vec<u8> {
    let own = kind.fields.iter().map(|field| field.name.as_str());
    let mut bytes = encode(COMMON_COLUMNS.into_iter().chain(own));
    for (id, draft) in &log.rows {
        bytes.extend_from_slice(id.as_str().as_bytes());
        bytes.push(b',');
        bytes.extend_from_slice(&draft.line);
    }
    bytes
}

/// `guanai.toml` of an invented school: a template's text with the school's name, terms and holidays.
///
/// Panics where the template is not the `guanai.toml` of a new ledger.
pub fn school_file(template: &str, invented: &Invented) -> String {
    let mut document: DocumentMut = template.parse().expect("the template is TOML");
    document["school"]["name"] = value(&invented.name);
    if let Some(first) = invented.terms.first() {
        document["school"]["since"] = date(first.from);
    }
    for (key, stretches) in [("term", &invented.terms), ("holiday", &invented.holidays)] {
        document[key] = Item::ArrayOfTables(stretches.iter().map(stretch).collect::<ArrayOfTables>());
    }
    document.to_string()
}

fn stretch(stretch: &Stretch) -> Table {
    let mut table = Table::new();
    table["name"] = value(&stretch.name);
    table["from"] = date(stretch.from);
    table["until"] = date(stretch.until);
    table
}

fn date(day: Day) -> Item {
    value(day.to_string().parse::<toml_edit::Datetime>().expect("a day is TOML"))
}

#[cfg(test)]
mod tests;
