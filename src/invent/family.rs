//! Parents and guardians of an invented child.

use super::children::Situation;
use super::dice::Dice;
use super::lore::Lore;
use crate::model::{Ability, Away, Day, Guardian, Parent, ParentStatus, Relation, Reported, Spell, Student, When};

/// A phone number of a range that no network has given out.
pub(super) fn phone(dice: &mut Dice) -> String {
    format!("1540000{:04}", dice.below(10_000))
}

/// Tells of families as they are on a day.
pub(super) struct Teller<'a> {
    pub day: Day,
    pub lore: &'a Lore,
    pub dice: &'a mut Dice,
}

/// Gives the child its parents and whoever cares for it on the day.
pub(super) fn give(student: &mut Student, situation: Situation, surname: &str, teller: &mut Teller) {
    let Teller { day, lore, dice } = teller;
    let (day, lore) = (*day, *lore);
    let born = student.born.unwrap_or(day);
    let mut father = parent(Relation::Father, surname, &lore.men, born, dice);
    let mothers_surname = dice.word(&lore.surnames);
    let mut mother = parent(Relation::Mother, &mothers_surname, &lore.women, born, dice);
    match situation {
        Situation::BothAway => {
            let spell = away(born, day, lore, dice);
            mother.away.push(if dice.chance(70.0) { spell.clone() } else { away(born, day, lore, dice) });
            father.away.push(spell);
        }
        Situation::FatherAway => father.away.push(away(born, day, lore, dice)),
        Situation::MotherAway => mother.away.push(away(born, day, lore, dice)),
        Situation::BackAgain => {
            let mut spell = away(born, day, lore, dice);
            spell.until = Some(day.plus(-dice.between(20, 400)).max(first_day(&spell)));
            father.away.push(spell);
        }
        Situation::Together => {}
        Situation::SingleParent => mother.status = Some(ParentStatus::Estranged),
        Situation::Deceased => father.status = Some(ParentStatus::Deceased),
        Situation::Imprisoned => father.status = Some(ParentStatus::Imprisoned),
        Situation::Unknown => leave_unknown(student, &mut mother, day),
    }
    for parent in [&mut father, &mut mother] {
        if !matches!(parent.status, None | Some(ParentStatus::Living)) {
            parent.phone = None;
        }
    }
    // What the enrolment system asks of every child each autumn settles who is at home; of a few nobody has asked.
    let asked = !matches!(situation, Situation::Unknown) && dice.chance(97.0);
    if asked {
        let away = [&father, &mother].iter().filter(|parent| parent.away_on(day).is_some()).count();
        let on = student.consent.unwrap_or(day);
        student.reported = Some(Reported { away_parents: Some(away as u8), orphan: None, on });
    }
    student.guardian = guardian(student, &father, &mother, teller).into_iter().collect();
    student.parent = vec![father, mother];
}

fn parent(relation: Relation, surname: &str, given: &[String], born: Day, dice: &mut Dice) -> Parent {
    let years = dice.between(20, 36);
    Parent {
        name: Some(format!("{surname}{}", dice.pick(given))),
        born: dice.chance(40.0).then(|| When::Day(born.plus(-years * 365 - dice.between(0, 300)))),
        phone: dice.chance(91.0).then(|| phone(dice)),
        status: Some(ParentStatus::Living),
        capable: Some(true),
        ..Parent::new(relation)
    }
}

/// Known to the day, to the month, or only from the day on which somebody said so.
fn away(born: Day, day: Day, lore: &Lore, dice: &mut Dice) -> Away {
    let longest = (day.days_since(born) - 300).max(60);
    let from = day.plus(-dice.between(25, longest));
    let place = dice.maybe(94.0, &lore.places);
    let (from, noted) = match dice.below(20) {
        0 => (None, Some(from)),
        1..=5 => (Some(When::Month(from.month_start())), None),
        _ => (Some(When::Day(from)), None),
    };
    Away { from, until: None, place, noted }
}

fn first_day(away: &Away) -> Day {
    away.from.map(When::first_day).or(away.noted).expect("an invented absence has one of the two")
}

/// A form claims that a parent is away; nobody has asked yet which, or since when.
fn leave_unknown(student: &mut Student, mother: &mut Parent, day: Day) {
    (mother.status, mother.phone, mother.capable) = (None, None, None);
    let on = student.consent.unwrap_or(day);
    student.reported = Some(Reported { away_parents: Some(1), orphan: None, on });
}

fn guardian(student: &Student, father: &Parent, mother: &Parent, teller: &mut Teller) -> Option<Guardian> {
    let Teller { day, lore, dice } = teller;
    let at_home = |parent: &Parent| parent.status == Some(ParentStatus::Living) && is_home(parent);
    if at_home(mother) || at_home(father) {
        let parent = if at_home(mother) { mother } else { father };
        let mut guardian = Guardian::named(parent.name.as_deref().unwrap_or_default(), Some(parent.relation));
        (guardian.phone, guardian.born) = (parent.phone.clone(), parent.born);
        guardian.ability = Some(if dice.chance(85.0) { Ability::Good } else { Ability::Fair });
        return Some(guardian);
    }
    if dice.chance(2.0) {
        return None;
    }
    let relation = *dice.pick(&RELATIVES);
    let mut guardian = Guardian::named(&relatives_name(relation, student, mother, lore, dice), Some(relation));
    let old = !matches!(relation, Relation::Uncle | Relation::Aunt);
    let age = if old { dice.between(52, 76) } else { dice.between(28, 48) };
    let today = mother.away.iter().chain(&father.away).map(first_day).max();
    let start = today.unwrap_or_else(|| student.consent.or(student.born).expect("an invented child has a birthday"));
    guardian.born = birthday(day.year() - age as i32, dice);
    guardian.phone = dice.chance(90.0).then(|| phone(dice));
    guardian.ability = dice.chance(95.0).then(|| *dice.pick(&ABILITIES));
    guardian.entrusted = Some(dice.chance(45.0));
    guardian.address = student.address.clone();
    guardian.spell = vec![Spell::since(start)];
    Some(guardian)
}

fn birthday(year: i32, dice: &mut Dice) -> Option<When> {
    Day::new(year, dice.between(1, 12) as u32, dice.between(1, 28) as u32).map(When::Day)
}

const RELATIVES: [Relation; 13] = [
    Relation::PaternalGrandmother,
    Relation::PaternalGrandmother,
    Relation::PaternalGrandmother,
    Relation::PaternalGrandmother,
    Relation::PaternalGrandfather,
    Relation::PaternalGrandfather,
    Relation::PaternalGrandfather,
    Relation::MaternalGrandmother,
    Relation::MaternalGrandmother,
    Relation::MaternalGrandmother,
    Relation::MaternalGrandfather,
    Relation::Uncle,
    Relation::Aunt,
];

const ABILITIES: [Ability; 7] =
    [Ability::Good, Ability::Good, Ability::Good, Ability::Fair, Ability::Fair, Ability::Fair, Ability::Poor];

fn is_home(parent: &Parent) -> bool {
    parent.away.iter().all(|away| away.until.is_some())
}

fn relatives_name(relation: Relation, student: &Student, mother: &Parent, lore: &Lore, dice: &mut Dice) -> String {
    let (surname, given) = match relation {
        Relation::PaternalGrandfather => (surname_of(&student.name, lore), &lore.old_men),
        Relation::MaternalGrandfather => {
            (surname_of(mother.name.as_deref().unwrap_or(&student.name), lore), &lore.old_men)
        }
        Relation::Uncle => (surname_of(&student.name, lore), &lore.men),
        Relation::Aunt => (surname_of(&student.name, lore), &lore.women),
        _ => (dice.word(&lore.surnames), &lore.old_women),
    };
    format!("{surname}{}", dice.pick(given))
}

/// The longest surname that the name begins with: some have two characters.
fn surname_of(name: &str, lore: &Lore) -> String {
    let known = lore.surnames.iter().filter(|surname| name.starts_with(surname.as_str()));
    known.max_by_key(|surname| surname.len()).cloned().unwrap_or_default()
}

/// Reasons for worry on top of those that the child has: an old, overtaxed guardian, and lessons that go badly.
pub(super) fn burden(student: &mut Student, day: Day, dice: &mut Dice) {
    if let Some(guardian) = student.guardian.first_mut() {
        guardian.born = birthday(day.year() - dice.between(72, 76) as i32, dice);
        guardian.ability = Some(Ability::Poor);
        guardian.entrusted = Some(false);
        if matches!(guardian.relation, Some(Relation::Uncle | Relation::Aunt)) {
            guardian.relation = Some(Relation::PaternalGrandmother);
        }
    }
    if let Some(study) = &mut student.study {
        study.difficulties = study.difficulties.take().or_else(|| study.habits.clone());
    }
}
