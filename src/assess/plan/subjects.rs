//! Whom a commitment is for in a period, and why one of them does not count.

use super::rules::{Commitment, Every, For};
use super::{Period, Question, Standing, Subject};
use crate::model::{Class, Day, Spell, Student};

/// Why a subject is not judged.
pub(super) type Excuse = Option<(Standing, &'static str)>;

pub(super) fn subjects(question: &Question, commitment: &Commitment, period: &Period) -> Vec<(Subject, Excuse)> {
    let last = period.until.min(question.day);
    let of_the_grades =
        |class: &Class| commitment.grades.is_empty() || commitment.grades.contains(&class.grade_on(last));
    match &commitment.unit {
        For::School => vec![(Subject::School, None)],
        For::Class => {
            let classes = classes(question, period).into_iter().filter(of_the_grades);
            classes.map(|class| (Subject::Class(class), None)).collect()
        }
        For::Staff => staff(question, period).into_iter().map(|name| (Subject::Staff(name), None)).collect(),
        For::Group(group) => students(question, group, period),
    }
}

/// Whether more than half of a week, month or stretch of days lies in holidays: nothing is owed then.
pub(super) fn is_holiday(question: &Question, every: Every, period: &Period) -> bool {
    if !matches!(every, Every::Week | Every::Month | Every::Days(_)) {
        return false;
    }
    let holidays = question.snapshot.school.holiday.iter();
    let free: i64 = holidays.map(|holiday| overlap(holiday.from, holiday.until, period)).sum();
    free * 2 > period.days()
}

fn overlap(from: Day, until: Day, period: &Period) -> i64 {
    (until.min(period.until).days_since(from.max(period.from)) + 1).max(0)
}

/// The classes that have children in a period, of the school's own grades.
fn classes(question: &Question, period: &Period) -> Vec<Class> {
    let last = period.until.min(question.day);
    let years = 1..=question.snapshot.school.school.years as i32;
    let of_the_school = |class: &Class| years.contains(&class.grade_on(last));
    let mut classes: Vec<Class> = question
        .snapshot
        .students
        .iter()
        .filter(|file| file.student.enrolled_between(period.from, last))
        .filter_map(|file| file.student.class.filter(of_the_school))
        .collect();
    classes.sort_unstable_by_key(|class| (std::cmp::Reverse(class.cohort), class.number));
    classes.dedup();
    classes
}

fn staff(question: &Question, period: &Period) -> Vec<String> {
    let last = period.until.min(question.day);
    let there = question
        .staff
        .iter()
        .filter(|one| one.from.is_none_or(|from| from <= last) && one.until.is_none_or(|until| period.from <= until));
    let mut names: Vec<String> = there.map(|one| one.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// The children of a group. One who was at the school for less than half of the period is exempt from it.
fn students(question: &Question, group: &str, period: &Period) -> Vec<(Subject, Excuse)> {
    let last = period.until.min(question.day);
    let mut found = Vec::new();
    for at in 0..question.snapshot.students.len() as u32 {
        let student = question.snapshot.student(at);
        if !student.enrolled_between(period.from, last) {
            continue;
        }
        let excuse = match (question.in_group)(group, at, last) {
            Some(false) => continue,
            None => Some((Standing::Unknown, "plan-group-unknown")),
            Some(true) => absence(student, period, question.day),
        };
        found.push((Subject::Student(at), excuse));
    }
    found
}

/// Why a child who was at the school for less than half of a period does not count in it. What is written of later days
/// than the one asked about is not looked at.
pub(super) fn absence(student: &Student, period: &Period, day: Day) -> Excuse {
    let known = || student.enrolment.iter().filter(|spell| spell.from.is_none_or(|from| from.first_day() <= day));
    let last_of = |until: Option<Day>| until.filter(|until| *until < day).unwrap_or(period.until);
    let there: i64 = known()
        .map(|spell| overlap(spell.from.map_or(period.from, |from| from.first_day()), last_of(spell.until), period))
        .sum();
    if student.enrolment.is_empty() || there * 2 >= period.days() {
        return None;
    }
    let first_of = |spell: &Spell| spell.from.map(|from| from.first_day());
    let came_before = |later: &Spell| known().any(|other| first_of(other) < first_of(later));
    let is_back = known().any(|spell| Some(period.from) < first_of(spell) && came_before(spell));
    let has_left = !student.enrolled_on(period.until.min(day));
    Some((
        Standing::Exempt,
        match (is_back, has_left) {
            (true, _) => "plan-on-leave",
            (_, true) => "plan-left",
            _ => "plan-joined",
        },
    ))
}
