//! Columns that stand for one value each: a mark where the child has it.

use super::Pupil;
use super::values::{Asked, Said, Writer};
use crate::import::target::{Field, Target};
use crate::model::Student;

impl Writer<'_> {
    /// A mark in the column of a value, or what is told of it where no other column does.
    pub(super) fn tick(&self, field: Field, place: usize, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let student = pupil.student;
        let code = self.synonyms.values(super::key_of(field)?).get(place)?.0.as_str();
        let health = student.health.clone().unwrap_or_default();
        let household = student.household.clone().unwrap_or_default();
        let has = |field| asked.all.contains(&Target::Child(field));
        let status = |wanted: &str| health.status.is_some_and(|status| status.code() == wanted);
        let mark = || self.mark();
        match field {
            Field::Gender => student.gender.filter(|one| one.code() == code).and_then(|_| mark()),
            Field::Hukou => student.hukou.filter(|one| one.code() == code).and_then(|_| mark()),
            Field::Boarding | Field::BoardingMode => {
                student.boarding.filter(|one| one.to_string() == code).and_then(|_| mark())
            }
            Field::HealthStatus if code == "disabled" && health.disability.is_some() && !has(Field::Disability) => {
                health.disability.map(Said::Text)
            }
            Field::HealthStatus if code == "ill" && health.illness.is_some() && !has(Field::Illness) => {
                health.illness.map(Said::Text)
            }
            Field::HealthStatus => status(code).then(mark).flatten(),
            Field::Income => household.income.iter().any(|one| one.code() == code).then(mark).flatten(),
            Field::Benefits => household.benefits.iter().any(|one| one.code() == code).then(mark).flatten(),
            Field::Ability => self.ability_tick(code, asked, student),
            Field::ReportedAway => pupil.away_parents.filter(|one| one.to_string() == code).and_then(|_| mark()),
            Field::WhichAway => {
                let is = match code {
                    "father" => pupil.away == [Some(true), Some(false)],
                    "mother" => pupil.away == [Some(false), Some(true)],
                    "both" => pupil.away == [Some(true), Some(true)],
                    "none" => pupil.away == [Some(false), Some(false)],
                    _ => false,
                };
                is.then(mark).flatten()
            }
            _ => None,
        }
    }

    /// Two columns may stand for poor care: of a parent without capacity, and of whoever else cares.
    fn ability_tick(&self, code: &str, asked: &Asked, student: &Student) -> Option<Said> {
        let guardian = student.guardian_on(self.day)?;
        let speaks_of_parents = self.synonyms.words.father.last().is_some_and(|word| asked.header.contains(word));
        let several = asked.all.iter().filter(|target| **target == asked.target).count() > 1;
        let fits = !several || speaks_of_parents == guardian.is_parent();
        (fits && guardian.ability?.code() == code).then(|| self.mark()).flatten()
    }

    fn mark(&self) -> Option<Said> {
        let marks = self.synonyms.words.yes.iter().find(|word| !word.chars().any(char::is_alphanumeric));
        marks.cloned().map(Said::Text)
    }
}
