//! What a form counts: for each row and column the children behind the number, whether the equations hold, and the
//! children who keep them from holding.

use std::collections::{BTreeMap, BTreeSet};

use super::{Column, Form, Rows, Sum, Whom};
use crate::assess::figures::enrolled;
use crate::assess::group::{Child, Member, member, together};
use crate::assess::left_behind::Answer;
use crate::assess::rules::Rules;
use crate::ledger::Snapshot;
use crate::model::{Class, Day, Group, Level};

/// What a row is of. `None` stands for what the record does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Grade(Option<i32>),
    Class(Option<Class>),
    Text(Option<String>),
    All,
}

/// One row: for each column of the form, in the form's order, the children that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub key: Key,
    pub cells: Vec<Vec<u32>>,
}

/// A child of whom it is not known whether it is counted, with the fields that would settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub student: u32,
    pub fields: Vec<String>,
    /// The columns; none where it is unknown whether the form counts the child at all, and it is in no column.
    pub columns: Vec<u32>,
}

/// A child that is not in exactly as many columns of a sum as it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray {
    pub student: u32,
    /// The sum, as the form writes it.
    pub sum: String,
    /// The columns of the sum that it is in.
    pub found: Vec<u32>,
    /// The fields that would settle in which it is.
    pub fields: Vec<String>,
}

/// An equation that does not hold in a row: each side with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub equation: String,
    pub row: Key,
    pub sides: Vec<(String, usize)>,
}

/// A form that has been counted.
#[derive(Debug, Clone)]
pub struct Counts {
    pub day: Day,
    pub ages_on: Day,
    /// The last one is of the whole school.
    pub rows: Vec<Row>,
    /// For each number under the form, the children behind it.
    pub beside: Vec<Vec<u32>>,
    pub open: Vec<Open>,
    pub astray: Vec<Astray>,
    pub broken: Vec<Broken>,
}

/// One child under a form.
struct Counted {
    student: u32,
    /// For each column, whether it counts the child.
    columns: Vec<Member>,
    beside: Vec<Member>,
}

impl Counts {
    /// Counts a form as the day has it, or as its own cut-off day before has it.
    pub fn of(form: &Form, snapshot: &Snapshot, rules: &Rules, day: Day) -> Counts {
        let (day, ages_on) = form.days(day);
        let asked = Asked { form, snapshot, rules, day, ages_on };
        let mut open = Vec::new();
        let mut counted = Vec::new();
        for at in enrolled(snapshot, day) {
            match asked.is_counted(at) {
                Member::No => {}
                Member::Unknown { fields } => open.push(Open { student: at, fields, columns: Vec::new() }),
                Member::Yes => counted.push(asked.counted(at)),
            }
        }
        let rows = asked.rows(&counted);
        let astray = asked.astray(&counted);
        open.extend(asked.open(&counted, &astray));
        let broken = rows.iter().flat_map(|row| asked.broken(row)).collect();
        let beside = (0..form.beside.len()).map(|place| behind(&counted, |one| &one.beside[place])).collect();
        Counts { day, ages_on, rows, beside, open, astray, broken }
    }

    /// Whether every equation holds and every child is where it has to be, and known to be.
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.astray.is_empty() && self.open.is_empty()
    }
}

fn behind<'c>(counted: &'c [Counted], of: impl Fn(&'c Counted) -> &'c Member) -> Vec<u32> {
    counted.iter().filter(|one| *of(one) == Member::Yes).map(|one| one.student).collect()
}

struct Asked<'a> {
    form: &'a Form,
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    day: Day,
    ages_on: Day,
}

impl Asked<'_> {
    fn answer(&self, at: u32, definition: &str) -> Answer {
        self.rules.left_behind_answer(self.snapshot, at, self.day, definition).unwrap_or(Answer::No)
    }

    fn is_counted(&self, at: u32) -> Member {
        match self.form.counts {
            Whom::Pupils => Member::Yes,
            Whom::LeftBehind => match self.answer(at, &self.form.left_behind) {
                Answer::Yes(_) => Member::Yes,
                Answer::No => Member::No,
                Answer::Unknown { fields } => Member::Unknown { fields },
            },
        }
    }

    fn counted(&self, at: u32) -> Counted {
        let column = |column: &Column| self.column(at, column);
        let beside = self.form.beside.iter().map(|beside| self.group(at, &beside.r#where)).collect();
        Counted { student: at, columns: self.form.column.iter().map(column).collect(), beside }
    }

    fn column(&self, at: u32, column: &Column) -> Member {
        let excepted = column.except.as_ref().map_or(Member::Yes, |except| match self.group(at, except) {
            Member::Yes => Member::No,
            Member::No => Member::Yes,
            unknown => unknown,
        });
        together(&[self.group(at, &column.r#where), excepted])
    }

    /// A way of being left behind is asked under the form's definition, where a filter names none.
    fn group(&self, at: u32, group: &Group) -> Member {
        let own = (!group.way.is_empty()).then_some(&self.form.left_behind);
        let answer = group.left_behind.as_ref().or(own).map(|name| self.answer(at, name));
        let years = self.snapshot.school.school.years;
        let child = Child { student: self.snapshot.student(at), day: self.day, ages_on: self.ages_on, years };
        member(group, child, answer.as_ref(), Level::None)
    }

    fn key(&self, at: u32) -> Key {
        let student = self.snapshot.student(at);
        match &self.form.rows {
            Rows::School => Key::All,
            Rows::Grade => Key::Grade(student.grade_on(self.day)),
            Rows::Class => Key::Class(student.class),
            Rows::Extra(header) => Key::Text(student.extra.get(header).cloned()),
        }
    }

    /// Every grade of the school has its row, also where it counts nobody.
    fn rows(&self, counted: &[Counted]) -> Vec<Row> {
        let mut of: BTreeMap<Key, Vec<&Counted>> = BTreeMap::new();
        if self.form.rows == Rows::Grade {
            let years = i32::try_from(self.snapshot.school.school.years).unwrap_or_default();
            (1..=years).for_each(|grade| {
                of.entry(Key::Grade(Some(grade))).or_default();
            });
        }
        for one in counted {
            of.entry(self.key(one.student)).or_default().push(one);
        }
        of.insert(Key::All, counted.iter().collect());
        let mut rows: Vec<Row> = of.into_iter().map(|(key, children)| self.row(key, &children)).collect();
        // What is unknown sorts first and is read last, before the whole.
        let is_unknown = |row: &Row| matches!(row.key, Key::Grade(None) | Key::Class(None) | Key::Text(None));
        rows.sort_by_key(|row| (row.key == Key::All, is_unknown(row)));
        rows
    }

    fn row(&self, key: Key, children: &[&Counted]) -> Row {
        let column = |place: usize| {
            let inside = children.iter().filter(|one| one.columns[place] == Member::Yes);
            inside.map(|one| one.student).collect()
        };
        Row { key, cells: (0..self.form.column.len()).map(column).collect() }
    }

    fn places(&self, sum: &Sum) -> Vec<usize> {
        let place = |number: &u32| self.form.column.iter().position(|column| column.number == *number);
        sum.columns.iter().filter_map(place).collect()
    }

    fn broken(&self, row: &Row) -> Vec<Broken> {
        let side = |sum: &Sum| {
            let number = self.places(sum).into_iter().map(|place| row.cells[place].len()).sum();
            (sum.text.clone(), number)
        };
        let mut broken = Vec::new();
        for equation in &self.form.checked {
            let sides: Vec<(String, usize)> = equation.sides.iter().map(side).collect();
            if sides.iter().any(|(_, number)| *number != sides[0].1) {
                broken.push(Broken { equation: equation.text.clone(), row: row.key.clone(), sides });
            }
        }
        broken
    }

    /// A child is in as many columns of each side of an equation as of its first one, and in one of each partition: so
    /// two children in the wrong place cannot make up for each other.
    fn astray(&self, counted: &[Counted]) -> Vec<Astray> {
        let mut astray = Vec::new();
        for one in counted {
            let inside = |sum: &Sum| -> Vec<u32> {
                let places = self.places(sum).into_iter().filter(|place| one.columns[*place] == Member::Yes);
                places.map(|place| self.form.column[place].number).collect()
            };
            let mut seen = BTreeSet::new();
            let mut look = |sum: &Sum, times: usize| {
                let found = inside(sum);
                if found.len() != times && seen.insert(sum.text.clone()) {
                    let fields = self.fields(one, &self.places(sum));
                    astray.push(Astray { student: one.student, sum: sum.text.clone(), found, fields });
                }
            };
            self.form.parted.iter().for_each(|sum| look(sum, 1));
            for equation in &self.form.checked {
                let first = &equation.sides[0];
                let times = inside(first).len();
                // Where the first side is open, it is the one that something is missing for.
                if self.fields(one, &self.places(first)).is_empty() {
                    equation.sides[1..].iter().for_each(|side| look(side, times));
                }
            }
        }
        astray
    }

    /// The fields that leave some columns open for a child, each once.
    fn fields(&self, one: &Counted, places: &[usize]) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        for place in places {
            if let Member::Unknown { fields: open } = &one.columns[*place] {
                let new: Vec<String> = open.iter().filter(|field| !fields.contains(field)).cloned().collect();
                fields.extend(new);
            }
        }
        fields
    }

    /// What is open in columns that no sum has found a child to be astray in.
    fn open(&self, counted: &[Counted], astray: &[Astray]) -> Vec<Open> {
        let mut open = Vec::new();
        for one in counted {
            let said: BTreeSet<u32> = astray
                .iter()
                .filter(|other| other.student == one.student)
                .filter_map(|other| Sum::parse(&other.sum))
                .flat_map(|sum| sum.columns)
                .collect();
            let unknown = |place: &usize| matches!(one.columns[*place], Member::Unknown { .. });
            let places: Vec<usize> = (0..one.columns.len())
                .filter(|place| unknown(place) && !said.contains(&self.form.column[*place].number))
                .collect();
            if !places.is_empty() {
                let columns = places.iter().map(|place| self.form.column[*place].number).collect();
                open.push(Open { student: one.student, fields: self.fields(one, &places), columns });
            }
        }
        open
    }
}
