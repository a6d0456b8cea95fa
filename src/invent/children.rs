//! The children of an invented school: who lives with whom, who is away, whom one should worry about.

use std::collections::BTreeSet;

use super::Wish;
use super::dice::Dice;
use super::family::{self, Teller};
use super::lore::{Audience, Lore};
use crate::model::national_id::check_character;
use crate::model::{
    Benefit, Class, Day, Gender, Health, HealthStatus, Household, Hukou, Income, Spell, Student, StudentId, Study,
    school_year_on,
};

/// A child, and what the school's year will be like for it.
pub(super) struct Child {
    pub student: Student,
    /// Several reasons for worry.
    pub focus: bool,
    /// At risk, and nobody has been in touch for more than two months.
    pub forgotten: bool,
}

impl Child {
    /// Whether a row for this audience can be about the child on a day.
    pub fn is_of(&self, audience: Audience, day: Day) -> bool {
        let student = &self.student;
        let away = || student.parent.iter().filter(|parent| parent.away_on(day).is_some()).count();
        student.enrolled_on(day)
            && match audience {
                Audience::LeftBehind => away() > 0,
                Audience::BothAway => away() > 1,
                Audience::Focus => self.focus,
                Audience::Boarding => student.boarding == Some(true),
                Audience::LowIncome => student.household.as_ref().is_some_and(|home| !home.benefits.is_empty()),
                Audience::StudyDifficulty => student.study.as_ref().is_some_and(|study| study.difficulties.is_some()),
                Audience::Everybody | Audience::Class | Audience::School => true,
            }
    }
}

/// The families that a school sees: each is drawn so often in a thousand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Situation {
    BothAway,
    FatherAway,
    MotherAway,
    BackAgain,
    Together,
    SingleParent,
    Deceased,
    Imprisoned,
    Unknown,
}

const SITUATIONS: [(Situation, usize); 9] = [
    (Situation::BothAway, 220),
    (Situation::FatherAway, 80),
    (Situation::MotherAway, 25),
    (Situation::BackAgain, 40),
    (Situation::Together, 535),
    (Situation::SingleParent, 45),
    (Situation::Deceased, 20),
    (Situation::Imprisoned, 10),
    (Situation::Unknown, 25),
];

/// Every child whose file the ledger holds, in six grades of classes of at most 45.
pub(super) fn children(wish: &Wish, lore: &Lore) -> Vec<Child> {
    let mut dice = Dice::new(wish.seed, "children");
    let mut maker = Maker { wish, lore, ids: BTreeSet::new(), numbers: BTreeSet::new() };
    let classes = classes(wish);
    let mut children: Vec<Child> =
        (0..wish.students).map(|at| maker.child(classes[at % classes.len()], &mut dice)).collect();
    leave_out_some_consents(&mut children);
    worry_about_some(&mut children, wish, &mut dice);
    children
}

/// The classes of the school year, the first grade first.
pub(super) fn classes(wish: &Wish) -> Vec<Class> {
    const GRADES: usize = 6;
    const LARGEST: usize = 45;
    let in_grade = wish.students.div_ceil(GRADES * LARGEST).clamp(2, 99) as u32;
    (1..=GRADES as u32)
        .flat_map(|grade| (1..=in_grade).map(move |number| Class::of_grade(grade, number, wish.day)))
        .collect()
}

struct Maker<'a> {
    wish: &'a Wish,
    lore: &'a Lore,
    ids: BTreeSet<StudentId>,
    numbers: BTreeSet<String>,
}

impl Maker<'_> {
    fn child(&mut self, class: Class, dice: &mut Dice) -> Child {
        let lore = self.lore;
        let surname = dice.word(&lore.surnames);
        let gender = if dice.chance(52.0) { Gender::Male } else { Gender::Female };
        let given = dice.word(if gender == Gender::Male { &lore.boys } else { &lore.girls });
        let mut student = Student::new(self.id(dice), &format!("{surname}{given}"));
        let born = born(class, dice);
        let number = self.national_id(born, gender, dice);
        student.roll_number = dice.chance(95.0).then(|| format!("G{number}"));
        student.national_id = dice.chance(97.0).then_some(number);
        (student.gender, student.born, student.class) = (Some(gender), Some(born), Some(class));
        student.ethnicity = Some(dice.word(&lore.ethnicities));
        student.enrolment = self.enrolment(class, dice);
        let since = student.enrolment[0].from.map_or(self.wish.day, |from| from.first_day());
        student.consent = Some(since.plus(dice.between(0, 12)).min(self.wish.day));
        live_somewhere(&mut student, lore, dice);
        describe(&mut student, lore, dice);
        let situation = situation(dice);
        family::give(&mut student, situation, &surname, &mut Teller { day: self.wish.day, lore, dice });
        student.household = Some(household(situation, lore, dice));
        Child { student, focus: false, forgotten: false }
    }

    fn id(&mut self, dice: &mut Dice) -> StudentId {
        loop {
            let id = dice.ids().student();
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }

    /// A number of the area 5299xx, which no place has.
    fn national_id(&mut self, born: Day, gender: Gender, dice: &mut Dice) -> String {
        loop {
            let parity = i64::from(gender == Gender::Male);
            let order = dice.between(0, 499) * 2 + parity;
            let area = dice.between(1, 30);
            let digits = format!("5299{area:02}{:04}{:02}{:02}{order:03}", born.year(), born.month(), born.of_month());
            let bytes: &[u8; 17] = digits.as_bytes().try_into().expect("six, eight and three digits");
            let number = format!("{digits}{}", char::from(check_character(bytes)));
            if self.numbers.insert(number.clone()) {
                return number;
            }
        }
    }

    /// Most come in the September of their cohort and stay; a few join later, leave, or leave and come back.
    fn enrolment(&self, class: Class, dice: &mut Dice) -> Vec<Spell> {
        let day = self.wish.day;
        let entry = Day::new(class.cohort, 9, 1).expect("September has a first day");
        let here = day.days_since(entry).max(0);
        if here > 60 && dice.chance(3.0) {
            return vec![Spell::since(entry.plus(dice.between(20, here - 20)))];
        }
        if here > 120 && dice.chance(1.4) {
            let until = day.plus(-dice.between(5, 60));
            let gone = Spell { until: Some(until), ..Spell::since(entry) };
            let back = until.plus(dice.between(20, 50));
            return if dice.chance(25.0) && back <= day { vec![gone, Spell::since(back)] } else { vec![gone] };
        }
        vec![Spell::since(entry)]
    }
}

/// Six years old on the first of September of the year of entry.
fn born(class: Class, dice: &mut Dice) -> Day {
    let oldest = Day::new(class.cohort - 7, 9, 1).expect("September has a first day");
    oldest.plus(dice.between(0, 364))
}

fn situation(dice: &mut Dice) -> Situation {
    let mut left = dice.below(SITUATIONS.iter().map(|(_, often)| often).sum());
    for (situation, often) in SITUATIONS {
        if left < often {
            return situation;
        }
        left -= often;
    }
    Situation::Together
}

fn live_somewhere(student: &mut Student, lore: &Lore, dice: &mut Dice) {
    let rural = dice.chance(93.0);
    student.hukou = Some(if rural { Hukou::Rural } else { Hukou::Urban });
    student.boarding = Some(rural && dice.chance(27.0));
    student.address = Some(if rural {
        format!("{}{}{}{}", lore.town, dice.pick(&lore.villages), dice.between(1, 9), lore.group_of_village)
    } else {
        dice.word(&lore.streets)
    });
    student.note = dice.maybe(4.0, &lore.child_notes);
}

fn describe(student: &mut Student, lore: &Lore, dice: &mut Dice) {
    let mut health = Health { status: Some(HealthStatus::Healthy), ..Health::default() };
    if dice.chance(1.6) {
        health.status = Some(HealthStatus::Disabled);
        health.disability = Some(dice.word(&lore.disabilities));
        health.grade = Some(dice.word(&lore.disability_grades));
    } else if dice.chance(1.2) {
        health.status = Some(HealthStatus::Ill);
        health.illness = Some(dice.word(&lore.illnesses));
    }
    health.allergies = dice.maybe(3.0, &lore.allergies);
    student.health = Some(health);
    student.study = Some(Study {
        habits: dice.maybe(60.0, &lore.habits),
        interests: dice.maybe(80.0, &lore.interests),
        difficulties: dice.maybe(12.0, &lore.difficulties),
        character: dice.maybe(70.0, &lore.characters),
    });
}

fn household(situation: Situation, lore: &Lore, dice: &mut Dice) -> Household {
    let away = matches!(situation, Situation::BothAway | Situation::FatherAway | Situation::MotherAway);
    let hard = matches!(situation, Situation::Deceased | Situation::Imprisoned | Situation::SingleParent);
    let mut income = vec![if away { Income::MigrantWork } else { Income::Farming }];
    if dice.chance(20.0) {
        income.push(if away { Income::Farming } else { Income::Other });
    }
    let mut benefits = Vec::new();
    if dice.chance(if hard { 55.0 } else { 12.0 }) {
        benefits.push(Benefit::Subsistence);
        income.push(Income::StateAid);
    }
    if dice.chance(3.0) {
        benefits.push(*dice.pick(&[Benefit::Temporary, Benefit::Medical, Benefit::Housing]));
    }
    let low_income = (!benefits.is_empty()).then_some(true);
    let meals = dice.chance(90.0).then(|| "free-lunch".to_owned());
    Household { income, benefits, meals, housing: dice.maybe(70.0, &lore.housing), low_income, note: None }
}

/// Every school has two forms that did not come back.
fn leave_out_some_consents(children: &mut [Child]) {
    let count = children.len();
    for at in [count / 3, count * 2 / 3] {
        if let Some(child) = children.get_mut(at) {
            child.student.consent = None;
        }
    }
}

/// One in nine of those whose parents are both away has more than one reason for worry; of these, one in three has been
/// forgotten for weeks.
fn worry_about_some(children: &mut [Child], wish: &Wish, dice: &mut Dice) {
    let school_year = school_year_on(wish.day);
    let mut focused = 0;
    for child in children.iter_mut() {
        let is_new = child.student.class.is_some_and(|class| class.cohort == school_year);
        if is_new || !child.is_of(Audience::BothAway, wish.day) {
            continue;
        }
        if focused < 4 || dice.chance(11.0) {
            child.focus = true;
            child.forgotten = focused % 3 == 1;
            focused += 1;
            family::burden(&mut child.student, wish.day, dice);
        }
    }
}
