//! Rows of a census held against the children that there are: who is added, changed, the same, or cannot be told.
//!
//! A child is known by the resident identity number, then the roll number, then name and birth day, then name and
//! class where only one fits. Nothing is guessed: a row that fits two children is refused, and lists them, until a person
//! says whom it means.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Answer, Answers, Remembered};
use super::census::{CensusRow, RefusedRow};
use super::facts::Facts;
use super::merge::{added, merged};
use crate::model::national_id::masked;
use crate::model::{Day, IdSource, Likeness, Place, Problem, Relation, Student, StudentId};

/// What became of every row, and whom the form does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled {
    /// One for each row, in the order of the rows.
    pub verdicts: Vec<Verdict>,
    /// Children enrolled on the form's day whom no row names. Nobody is ever deleted.
    pub gone: Vec<StudentId>,
    /// The answers that were given for this form, to be remembered for the next.
    pub answered: Vec<Remembered>,
}

/// What is held against the children that there are.
pub struct Form<'a> {
    pub rows: Vec<CensusRow>,
    /// The rows that could not be read: whom they name is not gone.
    pub refused: &'a [RefusedRow],
    pub answers: &'a Answers,
    /// The day that the form speaks of.
    pub day: Day,
}

impl Reconciled {
    /// The rows that cannot be told, for the spreadsheet of rows to mend.
    pub fn refused(&self) -> Vec<RefusedRow> {
        let refused = |verdict: &Verdict| match &verdict.does {
            Does::Refuse(problems) => Some(RefusedRow {
                place: verdict.place.clone(),
                facts: Facts::default(),
                cells: verdict.cells.clone(),
                problems: problems.clone(),
            }),
            _ => None,
        };
        self.verdicts.iter().filter_map(refused).collect()
    }
}

/// What one row does.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub place: Place,
    /// The row as typed, for the spreadsheet of rows to mend.
    pub cells: Vec<String>,
    pub does: Does,
    /// Children who resemble a child that is added, with the fields that agree.
    pub look_alike: Vec<LookAlike>,
}

/// The effect of a row on the records.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    Add(Box<Student>),
    Change {
        before: Box<Student>,
        after: Box<Student>,
    },
    /// The record says all that the row says.
    Nothing(StudentId),
    Refuse(Vec<Problem>),
}

/// A child who may be the same as one that a row adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike {
    pub id: StudentId,
    /// The names of the fields that agree.
    pub fields: Vec<&'static str>,
}

/// Whom a row means.
enum Match<'a> {
    One(&'a Student),
    Nobody,
    Refused(Problem),
}

/// Holds the rows of a form against students.
pub fn reconcile(students: &[Student], form: Form<'_>, ids: &mut IdSource) -> Reconciled {
    let Form { rows, refused, answers, day } = form;
    let mut clashes = clashes(&rows);
    let found: Vec<Match<'_>> = rows.iter().map(|row| answered(students, answers, row)).collect();
    clash_over_students(&rows, &found, &mut clashes);
    let mut taken: BTreeSet<StudentId> = students.iter().map(|student| student.id.clone()).collect();
    let mut reconciled = Reconciled { verdicts: Vec::new(), gone: Vec::new(), answered: Vec::new() };
    let mut named = BTreeSet::new();
    let mut first_of = BTreeMap::new();
    for (index, (row, found)) in rows.into_iter().zip(found).enumerate() {
        if let Match::One(student) = &found {
            named.insert(student.id.clone());
        }
        let given = answers.given(&row.place);
        let mut look_alike = Vec::new();
        let does = match (clashes.remove(&index), found) {
            (Some(Clash::Refused(problem)), _) | (None, Match::Refused(problem)) => Does::Refuse(vec![problem]),
            (Some(Clash::Repeats(first)), _) => {
                first_of.get(&first).cloned().map_or(Does::Refuse(Vec::new()), Does::Nothing)
            }
            (None, Match::One(student)) => change(student, &row.facts, day),
            (None, Match::Nobody) => {
                look_alike = if given.is_none() { look_alikes(students, &row.facts) } else { Vec::new() };
                add(&row, day, ids, &mut taken)
            }
        };
        if let Some(id) = id_of(&does) {
            first_of.insert(index, id.clone());
            reconciled.answered.extend(given.map(|_| Remembered::of(&row.facts, id)));
        }
        reconciled.verdicts.push(Verdict { place: row.place, cells: row.cells, does, look_alike });
    }
    reconciled.gone = gone(students, &reconciled.verdicts, &named, refused, day);
    reconciled
}

/// Whom a row means: as a person says for this form, as its numbers say, as a person said for an earlier form, or as its
/// name, birth day and class say.
fn answered<'a>(students: &'a [Student], answers: &Answers, row: &CensusRow) -> Match<'a> {
    let known = |id: &StudentId| students.iter().find(|student| student.id == *id);
    match answers.given(&row.place) {
        Some(Answer::Same(id)) => return known(id).map_or(Match::Nobody, Match::One),
        Some(Answer::New) => return Match::Nobody,
        None => {}
    }
    let remembered = || answers.remembered(&row.facts).and_then(known).map(Match::One);
    match by_number(students, row) {
        Some(Match::One(student)) => Match::One(student),
        Some(unsure) => remembered().unwrap_or(unsure),
        None => remembered().unwrap_or_else(|| by_name(students, row)),
    }
}

fn id_of(does: &Does) -> Option<&StudentId> {
    match does {
        Does::Add(student) => Some(&student.id),
        Does::Change { before, .. } => Some(&before.id),
        Does::Nothing(id) => Some(id),
        Does::Refuse(_) => None,
    }
}

fn change(student: &Student, facts: &Facts, day: Day) -> Does {
    let after = merged(student, facts, day);
    if after == *student {
        Does::Nothing(student.id.clone())
    } else {
        Does::Change { before: Box::new(student.clone()), after: Box::new(after) }
    }
}

fn add(row: &CensusRow, day: Day, ids: &mut IdSource, taken: &mut BTreeSet<StudentId>) -> Does {
    let mut student = added(&row.facts, day, ids);
    while !taken.insert(student.id.clone()) {
        if row.facts.id.is_some() {
            return Does::Refuse(vec![Problem::data("id-taken", row.place.clone()).with("value", &student.id)]);
        }
        student.id = ids.student();
    }
    Does::Add(Box::new(student))
}

fn by_number<'a>(students: &'a [Student], row: &CensusRow) -> Option<Match<'a>> {
    let facts = &row.facts;
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let student = students
        .iter()
        .find(|student| same(&student.national_id, &facts.national_id))
        .or_else(|| facts.id.as_ref().and_then(|id| students.iter().find(|student| student.id == *id)))
        .or_else(|| students.iter().find(|s| same(&s.roll_number, &facts.roll_number) && !contradicts(s, facts)))?;
    Some(match student.name == facts.name {
        true => Match::One(student),
        false => Match::Refused(two_names(row, &student.name)),
    })
}

fn by_name<'a>(students: &'a [Student], row: &CensusRow) -> Match<'a> {
    let facts = &row.facts;
    let candidates: Vec<&Student> =
        students.iter().filter(|student| student.name == facts.name && !contradicts(student, facts)).collect();
    let born: Vec<&Student> =
        candidates.iter().copied().filter(|student| facts.born.is_some() && student.born == facts.born).collect();
    let in_class =
        || candidates.iter().copied().filter(|student| facts.class.is_none() || student.class == facts.class).collect();
    let fitting: Vec<&Student> = if born.is_empty() { in_class() } else { born };
    match fitting[..] {
        [] => Match::Nobody,
        [only] if only.born == facts.born && facts.born.is_some() => Match::One(only),
        [only] if facts.class.is_some() => Match::One(only),
        _ => Match::Refused(ambiguous(row, &fitting)),
    }
}

fn contradicts(student: &Student, facts: &Facts) -> bool {
    Likeness::of(student).contradicts(&likeness(facts))
}

fn ambiguous(row: &CensusRow, fitting: &[&Student]) -> Problem {
    let one = |student: &&Student| {
        let class = student.class.map(|class| format!(", {class}")).unwrap_or_default();
        format!("{} ({}{class})", student.name, student.id)
    };
    let students = fitting.iter().map(one).collect::<Vec<_>>().join("; ");
    let problem = Problem::data("ambiguous-student", row.place.clone());
    problem.with("name", &row.facts.name).with("students", students)
}

fn two_names(row: &CensusRow, other: &str) -> Problem {
    let number = row.facts.national_id.as_ref().or(row.facts.roll_number.as_ref());
    let problem = Problem::data("same-id-two-names", row.place.clone());
    problem
        .with("value", number.map(|number| masked(number)).unwrap_or_default())
        .with("name", &row.facts.name)
        .with("other", other)
}

/// What a row has to do with another row of the same file.
enum Clash {
    /// The row says again what the row at this place says.
    Repeats(usize),
    Refused(Problem),
}

/// Rows of one child, by the keys that rows give.
fn clashes(rows: &[CensusRow]) -> BTreeMap<usize, Clash> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        groups.entry(key(&row.facts)).or_default().push(index);
    }
    let mut clashes = BTreeMap::new();
    for members in groups.values().filter(|members| members.len() > 1) {
        settle(rows, members, &mut clashes);
    }
    clashes
}

/// Rows that mean one student, however they name the child.
fn clash_over_students(rows: &[CensusRow], found: &[Match<'_>], clashes: &mut BTreeMap<usize, Clash>) {
    let mut groups: BTreeMap<&StudentId, Vec<usize>> = BTreeMap::new();
    for (index, found) in found.iter().enumerate() {
        if let Match::One(student) = found
            && !clashes.contains_key(&index)
        {
            groups.entry(&student.id).or_default().push(index);
        }
    }
    for members in groups.values().filter(|members| members.len() > 1) {
        settle(rows, members, clashes);
    }
}

fn settle(rows: &[CensusRow], members: &[usize], clashes: &mut BTreeMap<usize, Clash>) {
    let first = &rows[members[0]];
    let other_name = members.iter().find(|member| rows[**member].facts.name != first.facts.name);
    if members.iter().all(|member| rows[*member].facts == first.facts) {
        clashes.extend(members[1..].iter().map(|member| (*member, Clash::Repeats(members[0]))));
        return;
    }
    for member in members {
        let row = &rows[*member];
        let problem = match other_name {
            Some(other) if row.facts.name == first.facts.name => two_names(row, &rows[*other].facts.name),
            Some(_) => two_names(row, &first.facts.name),
            None => twice(rows, members, *member),
        };
        clashes.insert(*member, Clash::Refused(problem));
    }
}

fn twice(rows: &[CensusRow], members: &[usize], member: usize) -> Problem {
    let others = members.iter().filter(|other| **other != member).filter_map(|other| rows[*other].place.row());
    let others = others.map(|row| row.to_string()).collect::<Vec<_>>().join(", ");
    let problem = Problem::data("same-child-twice", rows[member].place.clone());
    problem.with("name", &rows[member].facts.name).with("rows", others)
}

/// The surest thing that a row gives to know its child by.
fn key(facts: &Facts) -> String {
    match (&facts.national_id, &facts.roll_number, facts.born) {
        (Some(number), ..) => format!("n {number}"),
        (None, Some(number), _) => format!("r {number}"),
        (None, None, Some(born)) => format!("b {} {born} {:?}", facts.name, facts.class),
        (None, None, None) => format!("c {} {:?}", facts.name, facts.class),
    }
}

fn look_alikes(students: &[Student], facts: &Facts) -> Vec<LookAlike> {
    students.iter().filter_map(|student| look_alike(student, facts)).collect()
}

fn look_alike(student: &Student, facts: &Facts) -> Option<LookAlike> {
    let fields = Likeness::of(student).agreeing(&likeness(facts))?;
    Some(LookAlike { id: student.id.clone(), fields })
}

fn likeness(facts: &Facts) -> Likeness<'_> {
    let parent = |relation| {
        let of = facts.parents.iter().find(|parent| parent.relation == relation);
        of.and_then(|parent| parent.name.as_deref())
    };
    Likeness {
        name: &facts.name,
        born: facts.born,
        class: facts.class,
        gender: facts.gender,
        national_id: facts.national_id.as_deref(),
        roll_number: facts.roll_number.as_deref(),
        address: facts.address.as_deref(),
        father: parent(Relation::Father),
        mother: parent(Relation::Mother),
    }
}

/// Enrolled on the day, and named by no row: neither a good one nor one to mend.
fn gone(
    students: &[Student],
    verdicts: &[Verdict],
    named: &BTreeSet<StudentId>,
    refused: &[RefusedRow],
    day: Day,
) -> Vec<StudentId> {
    let to_mend: BTreeSet<&str> = refused.iter().map(|row| row.facts.name.as_str()).collect();
    let ambiguous: BTreeSet<&str> = verdicts
        .iter()
        .filter_map(|verdict| if let Does::Refuse(problems) = &verdict.does { Some(problems) } else { None })
        .flatten()
        .flat_map(|problem| problem.values.iter().filter(|(name, _)| matches!(*name, "name" | "other")))
        .map(|(_, name)| name.as_str())
        .collect();
    let is_named = |student: &Student| {
        let same = |row: &RefusedRow| row.facts.national_id.is_some() && row.facts.national_id == student.national_id;
        named.contains(&student.id)
            || to_mend.contains(student.name.as_str())
            || ambiguous.contains(student.name.as_str())
            || refused.iter().any(same)
    };
    students.iter().filter(|student| student.enrolled_on(day) && !is_named(student)).map(|s| s.id.clone()).collect()
}
