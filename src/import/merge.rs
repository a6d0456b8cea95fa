//! A row's facts put into a student's record. What the row does not say stays as it is; what it says again changes
//! nothing, not even the day on which it was said.

use super::facts::Facts;
use crate::model::{
    Away, Benefit, Class, Day, Guardian, Health, Household, IdSource, Parent, Reported, Spell, Student, Study, When,
};

/// The record of a child whom no record holds.
pub(super) fn added(facts: &Facts, day: Day, ids: &mut IdSource) -> Student {
    let id = facts.id.clone().unwrap_or_else(|| ids.student());
    let mut student = merged(&Student::new(id, &facts.name), facts, day);
    student.enrolment = vec![Spell { from: Some(entry(facts, student.class, day)), until: None }];
    student
}

/// The month on the form; else the first of September of the class's first year; else the form's day.
fn entry(facts: &Facts, class: Option<Class>, day: Day) -> When {
    let first = class.and_then(|class| Day::new(class.cohort, 9, 1)).filter(|first| *first <= day);
    facts.entry.unwrap_or(When::Day(first.unwrap_or(day)))
}

/// The record with the facts of a row that speaks of `day`.
pub(super) fn merged(student: &Student, facts: &Facts, day: Day) -> Student {
    let mut student = student.clone();
    put(&mut student.former_name, &facts.former_name);
    put(&mut student.gender, &facts.gender);
    put(&mut student.born, &facts.born);
    put(&mut student.national_id, &facts.national_id);
    put(&mut student.roll_number, &facts.roll_number);
    put(&mut student.ethnicity, &facts.ethnicity);
    put(&mut student.class, &facts.class);
    put(&mut student.hukou, &facts.hukou);
    put(&mut student.boarding, &facts.boarding);
    put(&mut student.address, &facts.address);
    put(&mut student.hukou_address, &facts.hukou_address);
    put(&mut student.phone, &facts.phone);
    put(&mut student.note, &facts.note);
    for parent in &facts.parents {
        merge_parent(&mut student.parent, parent, day);
    }
    merge_guardians(&mut student.guardian, &facts.guardians, day);
    student.reported = reported(student.reported, facts.reported.as_ref());
    student.health = some(health(student.health.unwrap_or_default(), &facts.health));
    student.household = some(household(student.household.unwrap_or_default(), facts));
    student.study = some(study(student.study.unwrap_or_default(), &facts.study));
    student.extra.extend(facts.extra.clone());
    return_to_school(&mut student, day);
    student
}

fn put<T: Clone>(old: &mut Option<T>, new: &Option<T>) {
    if new.is_some() {
        old.clone_from(new);
    }
}

/// Nothing for a table without a key.
fn some<T: Default + PartialEq>(table: T) -> Option<T> {
    (table != T::default()).then_some(table)
}

fn merge_parent(parents: &mut Vec<Parent>, facts: &Parent, day: Day) {
    let known = parents.iter().position(|parent| parent.relation == facts.relation);
    let place = known.unwrap_or_else(|| {
        parents.push(Parent::new(facts.relation));
        parents.len() - 1
    });
    let parent = &mut parents[place];
    put(&mut parent.name, &facts.name);
    put(&mut parent.born, &facts.born);
    put(&mut parent.national_id, &facts.national_id);
    put(&mut parent.phone, &facts.phone);
    put(&mut parent.other_phone, &facts.other_phone);
    put(&mut parent.status, &facts.status);
    put(&mut parent.capable, &facts.capable);
    for away in &facts.away {
        merge_away(&mut parent.away, away, day);
    }
}

/// An absence that goes on elsewhere is a stretch of its own: the one before ends the day before the form's.
fn merge_away(stretches: &mut Vec<Away>, told: &Away, day: Day) {
    let Some(open) = stretches.iter_mut().find(|away| away.until.is_none()) else {
        return stretches.push(told.clone());
    };
    let moved = told.place.is_some() && open.place.is_some() && told.place != open.place;
    let began = open.from.map(When::first_day).or(open.noted);
    if moved && began.is_some_and(|began| began < day) {
        open.until = Some(day.plus(-1));
        // The form's day of leaving is that of the first absence, unless it lies after it.
        let from = told.from.filter(|from| began.is_none_or(|began| from.first_day() > began));
        return stretches.push(Away { from, ..told.clone() });
    }
    put(&mut open.place, &told.place);
    put(&mut open.from, &told.from);
}

/// A form that names guardians names those of its day: whom it no longer names has cared until the day before.
fn merge_guardians(guardians: &mut Vec<Guardian>, told: &[Guardian], day: Day) {
    if told.is_empty() {
        return;
    }
    let places: Vec<Option<usize>> = told.iter().map(|told| same_guardian(guardians, told)).collect();
    for (place, guardian) in guardians.iter_mut().enumerate() {
        if !places.contains(&Some(place)) && guardian.covers(day) {
            end(guardian, day);
        }
    }
    let replaces = !guardians.is_empty();
    for (told, place) in told.iter().zip(places) {
        match place {
            Some(place) => update(&mut guardians[place], told, day),
            None if replaces => guardians.push(Guardian { spell: vec![Spell::since(day)], ..told.clone() }),
            None => guardians.push(told.clone()),
        }
    }
}

fn same_guardian(guardians: &[Guardian], told: &Guardian) -> Option<usize> {
    let by_name = |guardian: &Guardian| told.name.is_some() && guardian.name == told.name;
    let by_relation = |guardian: &Guardian| {
        (told.name.is_none() || guardian.name.is_none())
            && told.relation.is_some()
            && guardian.relation == told.relation
    };
    // A form that gives neither name nor relation can only mean the one that there is.
    let only = (told.name.is_none() && told.relation.is_none() && guardians.len() == 1).then_some(0);
    guardians.iter().position(by_name).or_else(|| guardians.iter().position(by_relation)).or(only)
}

fn end(guardian: &mut Guardian, day: Day) {
    let until = Some(day.plus(-1));
    match guardian.spell.iter_mut().find(|spell| spell.covers(day)) {
        Some(spell) => spell.until = until,
        None => guardian.spell.push(Spell { from: None, until }),
    }
}

fn update(guardian: &mut Guardian, told: &Guardian, day: Day) {
    put(&mut guardian.relation, &told.relation);
    put(&mut guardian.name, &told.name);
    put(&mut guardian.born, &told.born);
    put(&mut guardian.national_id, &told.national_id);
    put(&mut guardian.phone, &told.phone);
    put(&mut guardian.other_phone, &told.other_phone);
    put(&mut guardian.address, &told.address);
    put(&mut guardian.ability, &told.ability);
    put(&mut guardian.entrusted, &told.entrusted);
    if !guardian.covers(day) {
        guardian.spell.push(Spell::since(day));
    }
}

/// What is told again keeps the day on which it was first told.
fn reported(old: Option<Reported>, told: Option<&Reported>) -> Option<Reported> {
    let (Some(old), Some(told)) = (&old, told) else { return told.cloned().or(old) };
    let merged = Reported {
        away_parents: told.away_parents.or(old.away_parents),
        orphan: told.orphan.or(old.orphan),
        on: old.on,
    };
    Some(if merged == *old { merged } else { Reported { on: told.on, ..merged } })
}

fn health(mut health: Health, told: &Health) -> Health {
    put(&mut health.status, &told.status);
    put(&mut health.disability, &told.disability);
    put(&mut health.grade, &told.grade);
    put(&mut health.illness, &told.illness);
    put(&mut health.allergies, &told.allergies);
    put(&mut health.note, &told.note);
    health
}

fn household(mut household: Household, facts: &Facts) -> Household {
    if !facts.income.is_empty() {
        household.income.clone_from(&facts.income);
    }
    if !facts.benefits.is_empty() {
        household.benefits.clone_from(&facts.benefits);
    }
    match facts.subsistence {
        Some(true) if !household.benefits.contains(&Benefit::Subsistence) => {
            household.benefits.push(Benefit::Subsistence);
            household.benefits.sort_unstable();
        }
        Some(false) => household.benefits.retain(|benefit| *benefit != Benefit::Subsistence),
        _ => {}
    }
    put(&mut household.low_income, &facts.low_income);
    put(&mut household.housing, &facts.housing);
    put(&mut household.note, &facts.household_note);
    household
}

fn study(mut study: Study, told: &Study) -> Study {
    put(&mut study.habits, &told.habits);
    put(&mut study.interests, &told.interests);
    put(&mut study.difficulties, &told.difficulties);
    put(&mut study.character, &told.character);
    study
}

/// A form that lists a child who had left says that the child is back.
fn return_to_school(student: &mut Student, day: Day) {
    let left = !student.enrolment.is_empty()
        && student.enrolment.iter().all(|spell| spell.until.is_some_and(|until| until < day));
    if left {
        student.enrolment.push(Spell::since(day));
    }
}
