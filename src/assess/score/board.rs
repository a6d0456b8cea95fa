//! All scores up to a day: which exams there were, what each child has in each, and the spread of each class.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::rules::ProgressRules;
use crate::assess::statistics::{mean, spread, standard_score};
use crate::ledger::Snapshot;
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
    /// The subject's place among all of them by name.
    place: u32,
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
    /// By exam, class, and place of the subject.
    spreads: HashMap<(usize, Class, u32), Spread>,
    pub rules: ProgressRules,
}

/// The term of an exam, its kind and its name.
type Key<'a> = (&'a str, &'a str, &'a str);

/// A row as it lies in a log.
struct Row<'a> {
    /// Nothing where it is of nobody who was loaded: it still tells on which day its exam was.
    student: Option<u32>,
    /// The place of its key among the keys.
    key: u32,
    /// The place of its subject among the subjects, as they were found.
    subject: u32,
    marked: Marked,
    day: Day,
    id: &'a str,
    at: ActivityAt,
}

/// The rows of all scores, and the keys and subjects that they name.
#[derive(Default)]
struct Rows<'a> {
    rows: Vec<Row<'a>>,
    keys: Numbered<Key<'a>>,
    subjects: Numbered<&'a str>,
}

/// Values with a number for each, in the order in which they come.
struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
    last: u32,
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered { all: Vec::new(), numbers: HashMap::new(), last: 0 }
    }
}

impl<T: Copy + Eq + Hash> Numbered<T> {
    fn number(&mut self, value: T) -> u32 {
        // Rows that stand together mostly say the same.
        if self.all.get(self.last as usize) != Some(&value) {
            let all = &mut self.all;
            self.last = *self.numbers.entry(value).or_insert_with(|| {
                all.push(value);
                all.len() as u32 - 1
            });
        }
        self.last
    }
}

impl Board {
    /// Reads the scores that are dated up to a day and not void.
    pub fn of(snapshot: &Snapshot, rules: &ProgressRules, day: Day) -> Board {
        let Rows { mut rows, keys, subjects } = rows(snapshot, rules, day);
        // Of two rows for one mark, the later one counts.
        rows.sort_by(|a, b| (a.key, a.day, a.id).cmp(&(b.key, b.day, b.id)));
        let (exams, exam_of) = exams(&rows, &keys.all, rules);
        let subjects = by_name(&subjects.all);
        let mut of_child: Vec<Vec<Entry>> = vec![Vec::new(); snapshot.students.len()];
        for (row, exam) in rows.into_iter().zip(exam_of) {
            let Some(student) = row.student else { continue };
            let (place, subject) = subjects[row.subject as usize].clone();
            of_child[student as usize].push(Entry {
                exam,
                subject,
                place,
                marked: row.marked,
                day: row.day,
                at: row.at,
            });
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
        self.spreads.get(&(entry.exam, class, entry.place)).copied()
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

/// For each subject its place among all of them by name.
fn by_name(subjects: &[&str]) -> Vec<(u32, Arc<str>)> {
    let mut sorted = subjects.to_vec();
    sorted.sort_unstable();
    let place = |subject: &str| sorted.partition_point(|other| *other < subject) as u32;
    subjects.iter().map(|subject| (place(subject), Arc::from(*subject))).collect()
}

/// Puts a child's marks in order, by exam and subject; of several for one, the last stays.
fn keep_the_last_of_each(entries: &mut Vec<Entry>) {
    entries.sort_by_key(|entry| (entry.exam, entry.place));
    entries.reverse();
    entries.dedup_by_key(|entry| (entry.exam, entry.place));
    entries.reverse();
}

/// An exam while its rows are gathered: its first day, and its key.
type Found<'a> = (Day, Key<'a>);

impl Exam {
    fn of((day, (term, kind, name)): Found) -> Exam {
        Exam { day, term: term.to_owned(), kind: kind.to_owned(), name: name.to_owned() }
    }
}

fn rows<'a>(snapshot: &'a Snapshot, rules: &ProgressRules, day: Day) -> Rows<'a> {
    let mut found = Rows::default();
    for (at, log) in snapshot.logs.iter().enumerate().filter(|(_, log)| log.kind == rules.marks.kind) {
        let fields = &rules.marks;
        let columns = log.table.columns([
            "id",
            &fields.exam,
            &fields.name,
            &fields.subject,
            &fields.score,
            &fields.full,
            &fields.absent,
            &fields.grade,
        ]);
        for (row, activity) in log.activities.iter().enumerate().filter(|(_, one)| !one.void && one.day <= day) {
            let cells = log.table.cells_together(activity.row as usize, &columns);
            let [id, exam, name, subject, score, full, absent, grade] = cells;
            let key = found.keys.number((&log.term, exam, name));
            let subject = found.subjects.number(subject);
            let at = ActivityAt { log: at as u32, row: row as u32 };
            let students = log.students(activity).iter().copied().map(Some);
            for student in students.chain(log.students(activity).is_empty().then_some(None)) {
                let marked = marked(score, full, absent, grade, rules);
                found.rows.push(Row { student, key, subject, marked, day: activity.day, id, at });
            }
        }
    }
    found
}

fn marked(score: &str, full: &str, absent: &str, grade: &str, rules: &ProgressRules) -> Marked {
    let full = match full {
        "" => Some(rules.marks.of),
        text => text.parse::<f64>().ok().filter(|full| full.is_finite() && *full > 0.0),
    };
    match (score, absent, grade) {
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
fn exams<'a>(rows: &[Row], keys: &[Key<'a>], rules: &ProgressRules) -> (Vec<Found<'a>>, Vec<usize>) {
    let mut found: Vec<Found> = Vec::new();
    let mut of_row: Vec<usize> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let key = keys[row.key as usize];
        let last = at.checked_sub(1).filter(|before| rows[*before].key == row.key).map(|before| of_row[before]);
        let one = last.filter(|last| {
            rules.exam.once_a_term.iter().any(|kind| kind == key.1)
                || row.day.days_since(found[*last].0) <= i64::from(rules.exam.days)
        });
        of_row.push(one.unwrap_or_else(|| {
            found.push((row.day, key));
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

fn spreads(of_child: &[Vec<Entry>], classes: &[Option<Class>]) -> HashMap<(usize, Class, u32), Spread> {
    let mut shares: HashMap<(usize, Class, u32), Vec<f64>> = HashMap::new();
    for (entries, class) in of_child.iter().zip(classes) {
        let Some(class) = class else { continue };
        for entry in entries {
            if let Some(share) = entry.share() {
                shares.entry((entry.exam, *class, entry.place)).or_default().push(share);
            }
        }
    }
    let spread_of =
        |shares: &Vec<f64>| Some(Spread { children: shares.len(), mean: mean(shares)?, spread: spread(shares)? });
    shares.into_iter().filter_map(|(key, shares)| Some((key, spread_of(&shares)?))).collect()
}
