//! All scores up to a day: which exams there were, what each child has in each, and the spread of each class.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::rules::ProgressRules;
use crate::assess::statistics::{mean, spread, standard_score};
use crate::ledger::{Log, Snapshot};
use crate::model::{ActivityAt, Class, Day};

/// One exam.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exam {
    /// The first day that any score of it has.
    pub day: Day,
    pub term: String,
    pub kind: String,
    pub name: String,
}

/// What a child has in one subject of an exam.
#[derive(Debug, Clone, PartialEq)]
pub enum Marked {
    Score {
        score: f64,
        full: f64,
    },
    Absent,
    /// A mark in words, by its code.
    Grade(String),
    /// The row cannot be read as a mark.
    Unreadable,
}

/// One mark of one child.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place among the exams.
    pub exam: usize,
    /// Shared by all marks of the subject.
    pub subject: Arc<str>,
    pub marked: Marked,
    pub day: Day,
    /// The row that it comes from.
    pub at: ActivityAt,
}

impl Entry {
    /// The share of full marks in per cent; nothing where there is no number.
    pub fn share(&self) -> Option<f64> {
        match self.marked {
            Marked::Score { score, full } => Some(100.0 * score / full),
            _ => None,
        }
    }
}

/// How the shares of a class lie in one subject of an exam, in per cent of full marks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub children: usize,
    pub mean: f64,
    pub spread: f64,
}

/// Every score of a ledger up to a day.
#[derive(Debug)]
pub struct Board {
    /// The oldest first.
    pub exams: Vec<Exam>,
    /// Of each child by its place in the snapshot's list; by exam, then subject.
    of_child: Vec<Vec<Entry>>,
    classes: Vec<Option<Class>>,
    spreads: BTreeMap<(usize, Class, Arc<str>), Spread>,
    pub rules: ProgressRules,
}

/// A row as it lies in a log.
struct Row<'a> {
    /// Nothing where it is of nobody who was loaded: it still tells on which day its exam was.
    student: Option<u32>,
    /// The term, the kind of exam and its name.
    key: (&'a str, &'a str, &'a str),
    subject: &'a str,
    marked: Marked,
    day: Day,
    id: &'a str,
    at: ActivityAt,
}

impl Board {
    /// Reads the scores that are dated up to a day and not void.
    pub fn of(snapshot: &Snapshot, rules: &ProgressRules, day: Day) -> Board {
        let mut rows = rows(snapshot, rules, day);
        // Of two rows for one mark, the later one counts.
        rows.sort_by(|a, b| (a.key, a.day, a.id).cmp(&(b.key, b.day, b.id)));
        let (exams, exam_of) = exams(&rows, rules);
        let subjects: BTreeSet<Arc<str>> =
            rows.iter().map(|row| row.subject).collect::<BTreeSet<_>>().into_iter().map(Arc::from).collect();
        let mut of_child: Vec<Vec<Entry>> = vec![Vec::new(); snapshot.students.len()];
        for (row, exam) in rows.into_iter().zip(exam_of) {
            let Some(student) = row.student else { continue };
            let subject = subjects.get(row.subject).expect("it was taken from the rows").clone();
            of_child[student as usize].push(Entry { exam, subject, marked: row.marked, day: row.day, at: row.at });
        }
        of_child.iter_mut().for_each(keep_the_last_of_each);
        let classes: Vec<Option<Class>> = snapshot.students.iter().map(|file| file.student.class).collect();
        let spreads = spreads(&of_child, &classes);
        let exams = exams.into_iter().map(Exam::of).collect();
        Board { exams, of_child, classes, spreads, rules: rules.clone() }
    }

    /// The marks of a child, by exam and then subject.
    pub fn entries(&self, student: u32) -> &[Entry] {
        &self.of_child[student as usize]
    }

    /// The marks of a child in one exam.
    pub fn entries_in(&self, student: u32, exam: usize) -> impl Iterator<Item = &Entry> {
        self.entries(student).iter().filter(move |entry| entry.exam == exam)
    }

    /// How the child's class lies in a subject of an exam.
    pub fn spread_of(&self, student: u32, entry: &Entry) -> Option<Spread> {
        let class = self.classes[student as usize]?;
        self.spreads.get(&(entry.exam, class, entry.subject.clone())).copied()
    }

    /// The standard score of a mark within its class; nothing where too few have a score, or all lie together.
    pub fn standard(&self, student: u32, entry: &Entry) -> Option<f64> {
        let of_class = self.spread_of(student, entry)?;
        let needs = &self.rules.standard_score;
        let enough = of_class.children >= needs.least_children;
        let share = entry.share().filter(|_| enough)?;
        standard_score(share, of_class.mean, of_class.spread, needs.least_spread)
    }
}

/// Puts a child's marks in order, by exam and subject; of several for one, the last stays.
fn keep_the_last_of_each(entries: &mut Vec<Entry>) {
    entries.sort_by(|a, b| (a.exam, &a.subject).cmp(&(b.exam, &b.subject)));
    entries.reverse();
    entries.dedup_by(|earlier, later| (earlier.exam, &earlier.subject) == (later.exam, &later.subject));
    entries.reverse();
}

/// An exam while its rows are gathered: its first day, and its key.
type Found<'a> = (Day, (&'a str, &'a str, &'a str));

impl Exam {
    fn of((day, (term, kind, name)): Found) -> Exam {
        Exam { day, term: term.to_owned(), kind: kind.to_owned(), name: name.to_owned() }
    }
}

fn rows<'a>(snapshot: &'a Snapshot, rules: &ProgressRules, day: Day) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let of_kind = snapshot.activities().filter(|(_, log, _)| log.kind == rules.marks.kind);
    let fields = &rules.marks;
    for (at, log, activity) in of_kind.filter(|(.., activity)| activity.day <= day) {
        let get = |column: &str| log.table.get(activity.row as usize, column);
        let students = log.students(activity).iter().copied().map(Some);
        for student in students.chain(log.students(activity).is_empty().then_some(None)) {
            rows.push(Row {
                student,
                key: (&log.term, get(&fields.exam), get(&fields.name)),
                subject: get(&fields.subject),
                marked: marked(log, activity.row as usize, rules),
                day: activity.day,
                id: get("id"),
                at,
            });
        }
    }
    rows
}

fn marked(log: &Log, row: usize, rules: &ProgressRules) -> Marked {
    let fields = &rules.marks;
    let get = |column: &str| log.table.get(row, column);
    let full = match get(&fields.full) {
        "" => Some(fields.of),
        text => text.parse::<f64>().ok().filter(|full| full.is_finite() && *full > 0.0),
    };
    match (get(&fields.score), get(&fields.absent), get(&fields.grade)) {
        ("", "yes", _) => Marked::Absent,
        ("", _, "") => Marked::Unreadable,
        ("", _, code) => Marked::Grade(code.to_owned()),
        (text, ..) => match (text.parse::<f64>().ok().filter(|score| score.is_finite()), full) {
            (Some(score), Some(full)) => Marked::Score { score, full },
            _ => Marked::Unreadable,
        },
    }
}

/// The exams that the rows are of, the oldest first, and the place of each row's exam. The rows come by key, then day.
fn exams<'a>(rows: &[Row<'a>], rules: &ProgressRules) -> (Vec<Found<'a>>, Vec<usize>) {
    let mut found: Vec<Found> = Vec::new();
    let mut of_row: Vec<usize> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let last = at.checked_sub(1).filter(|before| rows[*before].key == row.key).map(|before| of_row[before]);
        let one = last.filter(|last| {
            rules.exam.once_a_term.iter().any(|kind| kind == row.key.1)
                || row.day.days_since(found[*last].0) <= i64::from(rules.exam.days)
        });
        of_row.push(one.unwrap_or_else(|| {
            found.push((row.day, row.key));
            found.len() - 1
        }));
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*a].cmp(&found[*b]));
    let mut place = vec![0; found.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let sorted = order.iter().map(|old| found[*old]).collect();
    (sorted, of_row.into_iter().map(|old| place[old]).collect())
}

fn spreads(of_child: &[Vec<Entry>], classes: &[Option<Class>]) -> BTreeMap<(usize, Class, Arc<str>), Spread> {
    let mut shares: BTreeMap<(usize, Class, Arc<str>), Vec<f64>> = BTreeMap::new();
    for (entries, class) in of_child.iter().zip(classes) {
        let Some(class) = class else { continue };
        for entry in entries {
            if let Some(share) = entry.share() {
                shares.entry((entry.exam, *class, entry.subject.clone())).or_default().push(share);
            }
        }
    }
    let spread_of =
        |shares: &Vec<f64>| Some(Spread { children: shares.len(), mean: mean(shares)?, spread: spread(shares)? });
    shares.into_iter().filter_map(|(key, shares)| Some((key, spread_of(&shares)?))).collect()
}
