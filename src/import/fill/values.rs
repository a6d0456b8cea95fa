//! A child's record as the cells of a template want it: the reading of a census backwards. What reads a cell and what
//! writes it use the same words (`import/census.toml`).

use super::Pupil;
use crate::import::synonyms::Synonyms;
use crate::import::target::{Field, Owner, Part, Target};
use crate::model::{Benefit, Class, Day, Guardian, Household, Parent, ParentStatus, Relation, Student, Study, When};

/// What a cell gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Text(String),
    Day(Day),
}

/// One column of a template.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    pub target: Target,
    pub header: &'a str,
    /// The targets of all columns of its table.
    pub all: &'a [Target],
    /// The words that the template's own list of choices has for the column.
    pub choices: &'a [String],
}

pub(super) struct Writer<'a> {
    pub synonyms: &'a Synonyms,
    pub day: Day,
}

impl Writer<'_> {
    /// What the record says for a column; nothing where it does not say it.
    pub fn said(&self, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        match asked.target {
            Target::Child(field) => self.of_child(field, asked, pupil),
            Target::Person(Owner::Father, part) => self.of_parent(Relation::Father, 0, part, asked, pupil),
            Target::Person(Owner::Mother, part) => self.of_parent(Relation::Mother, 1, part, asked, pupil),
            Target::Person(Owner::Both, part) => self.of_both(part, pupil).map(Said::Text),
            Target::Person(owner, part) => self.of_other(owner, part, asked, pupil),
            Target::Tick(field, place) => self.tick(field, place, asked, pupil),
            Target::Ignored => self.ignored(asked, pupil),
        }
    }

    fn ignored(&self, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let roster = &self.synonyms.roster;
        if roster.age.iter().any(|header| header == asked.header) {
            return pupil.age.map(|age| Said::Text(age.to_string()));
        }
        roster.school.iter().any(|header| header == asked.header).then(|| Said::Text(pupil.school.to_owned()))
    }

    fn of_child(&self, field: Field, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let student = pupil.student;
        let text = |text: &Option<String>| text.clone().map(Said::Text);
        let health = student.health.clone().unwrap_or_default();
        let household = student.household.clone().unwrap_or_default();
        let Study { habits, interests, difficulties, character } = student.study.clone().unwrap_or_default();
        match field {
            Field::Name => Some(Said::Text(student.name.clone())),
            Field::FormerName => text(&student.former_name),
            Field::Gender => self.word("gender", student.gender?.code(), asked),
            Field::Born => student.born.map(Said::Day),
            Field::NationalId => text(&student.national_id),
            Field::IdType => student.national_id.as_ref().and(self.first(&self.synonyms.words.resident_id)),
            Field::RollNumber => text(&student.roll_number),
            Field::Class => self.class(student.class?, asked),
            Field::Grade => self.grade(student.class?).map(Said::Text),
            Field::Entry => self.entry(student),
            Field::Ethnicity => text(&student.ethnicity),
            Field::Hukou => self.word("hukou", student.hukou?.code(), asked),
            Field::Boarding => self.yes_or_no(student.boarding, asked),
            Field::BoardingMode => self.word("boarding_mode", &student.boarding?.to_string(), asked),
            Field::Address => text(&student.address),
            Field::HukouAddress => text(&student.hukou_address),
            Field::Phone => self.phone(asked, student),
            Field::Note => text(&student.note),
            Field::ReportedAway => self.reported_away(asked, pupil),
            Field::BothAway => self.yes_or_no(both(pupil), asked),
            Field::OneAway => self.yes_or_no(one_away(pupil), asked),
            Field::WhichAway => self.which_away(asked, pupil),
            Field::Incapable => self.incapable(student),
            Field::Orphan => self.yes_or_no(student.reported.as_ref()?.orphan, asked),
            Field::Entrusted => self.yes_or_no(student.guardian_on(self.day)?.entrusted, asked),
            Field::Ability => self.word("ability", student.guardian_on(self.day)?.ability?.code(), asked),
            Field::HealthStatus => self.word("health_status", health.status?.code(), asked),
            Field::Disability => text(&health.disability),
            Field::DisabilityGrade => text(&health.grade),
            Field::Illness => text(&health.illness),
            Field::Allergies => text(&health.allergies),
            Field::HealthNote => text(&health.note),
            Field::Income => self.list("income", household.income.iter().map(|one| one.code()), asked),
            Field::Benefits => self.list("benefits", household.benefits.iter().map(|one| one.code()), asked),
            Field::Subsistence => self.yes_or_no(subsistence(&household), asked),
            Field::LowIncome => self.yes_or_no(household.low_income, asked),
            Field::Hardship => text(&household.note),
            Field::Housing => text(&household.housing),
            Field::Habits => habits.map(Said::Text),
            Field::Interests => interests.map(Said::Text),
            Field::Difficulties => difficulties.map(Said::Text),
            Field::Character => character.map(Said::Text),
        }
    }

    fn first(&self, words: &[String]) -> Option<Said> {
        words.first().cloned().map(Said::Text)
    }

    /// The word of a code: one that the template offers, else the first one that is no code of another system.
    fn word(&self, list: &str, code: &str, asked: &Asked) -> Option<Said> {
        self.plain_word(list, code, asked.choices).map(Said::Text)
    }

    fn plain_word(&self, list: &str, code: &str, choices: &[String]) -> Option<String> {
        let words = &self.synonyms.values(list).iter().find(|(known, _)| known == code)?.1;
        let offered = choices.iter().find(|choice| words.contains(choice));
        let plain = || words.iter().find(|word| !word.is_ascii()).or_else(|| words.first());
        offered.or_else(plain).cloned()
    }

    fn list<'c>(&self, list: &str, codes: impl Iterator<Item = &'c str>, asked: &Asked) -> Option<Said> {
        let words: Vec<String> = codes.filter_map(|code| self.plain_word(list, code, asked.choices)).collect();
        let parting = self.synonyms.roster.joined_by.as_str();
        (!words.is_empty()).then(|| Said::Text(words.join(parting)))
    }

    fn yes_or_no(&self, yes: Option<bool>, asked: &Asked) -> Option<Said> {
        let words = &self.synonyms.words;
        let known = if yes? { &words.yes } else { &words.no };
        let pair = self.synonyms.roster.answers.iter().find(|pair| asked.header.contains(&pair.asks));
        let fitting = pair.map(|pair| if yes == Some(true) { &pair.yes } else { &pair.no });
        let offered = asked.choices.iter().find(|choice| known.contains(choice));
        offered.or(fitting).or(known.first()).cloned().map(Said::Text)
    }

    fn grade(&self, class: Class) -> Option<String> {
        let signs = &self.synonyms.signs;
        let grade = usize::try_from(class.grade_on(self.day)).ok()?.checked_sub(1)?;
        Some(format!("{}{}", signs.numerals.chars().nth(grade)?, signs.grade.first()?))
    }

    /// The whole of it, or the class alone where the grade has a column of its own.
    fn class(&self, class: Class, asked: &Asked) -> Option<Said> {
        let own = format!("{}{}", class.number, self.synonyms.signs.class.last()?);
        let has_grade = asked.all.contains(&Target::Child(Field::Grade));
        let grade = if has_grade { String::new() } else { self.grade(class)? };
        Some(Said::Text(format!("{grade}{own}")))
    }

    /// Year and month, as the enrolment system writes them (入学年月).
    fn entry(&self, student: &Student) -> Option<Said> {
        let from = student.enrolment.first()?.from?.first_day();
        Some(Said::Text(format!("{:04}{:02}", from.year(), from.month())))
    }

    /// A phone without an owner is that of whoever cares for the child, as it is read.
    fn phone(&self, asked: &Asked, student: &Student) -> Option<Said> {
        let has_own = asked.all.contains(&Target::Person(Owner::Guardian, Part::Phone));
        let guardian = student.guardian_on(self.day).filter(|_| !has_own);
        let of_guardian = guardian.and_then(|one| numbers([&one.phone, &one.other_phone]));
        of_guardian.or_else(|| student.phone.clone()).map(Said::Text)
    }

    fn reported_away(&self, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let count = pupil.away_parents?.to_string();
        let listed = asked.choices.iter().any(|choice| self.synonyms.code("reported_away", choice).is_some());
        match asked.choices.is_empty() || listed {
            true => self.word("reported_away", &count, asked),
            false => self.yes_or_no(Some(count != "0"), asked),
        }
    }

    fn which_away(&self, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let code = match pupil.away {
            [Some(true), Some(true)] => "both",
            [Some(true), Some(false)] => "father",
            [Some(false), Some(true)] => "mother",
            [Some(false), Some(false)] => "none",
            _ => match pupil.away_parents? {
                0 => "none",
                1 => "one",
                _ => "two",
            },
        };
        self.word("which_away", code, asked)
    }

    fn incapable(&self, student: &Student) -> Option<Said> {
        let is = |relation| student.parent_of(relation).is_some_and(|parent| parent.capable == Some(false));
        let words = &self.synonyms.words;
        match (is(Relation::Father), is(Relation::Mother)) {
            (true, true) => Some(Said::Text(self.synonyms.roster.both_parents.clone())),
            (true, false) => self.first(&words.father),
            (false, true) => self.first(&words.mother),
            (false, false) => None,
        }
    }

    fn of_parent(&self, own: Relation, at: usize, part: Part, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let parent = pupil.student.parent_of(own)?;
        let owner = if at == 0 { Owner::Father } else { Owner::Mother };
        let has = |part| asked.all.contains(&Target::Person(owner, part));
        let away = parent.away_on(self.day);
        let place = || away.and_then(|away| away.place.clone());
        match part {
            Part::Name => self.named(parent, !has(Part::State)),
            Part::Phone => numbers([&parent.phone, &parent.other_phone]).map(Said::Text),
            Part::Place => place().or_else(|| away.and(self.synonyms.words.away.first().cloned())).map(Said::Text),
            Part::Workplace => place().filter(|_| !has(Part::Place)).map(Said::Text),
            Part::Since => away.and_then(|away| away.from).map(moment),
            Part::Born => parent.born.map(moment),
            Part::NationalId => parent.national_id.clone().map(Said::Text),
            Part::Capable => self.yes_or_no(parent.capable, asked),
            Part::Away => self.yes_or_no(pupil.away[at], asked),
            Part::State => self.state(parent),
            Part::Relation => self.word("relation", own.code(), asked),
            Part::Address | Part::Ability | Part::IsGuardian => None,
        }
    }

    /// The name, with a state in brackets that no column of its own tells.
    fn named(&self, parent: &Parent, tells_state: bool) -> Option<Said> {
        let state = self.state(parent).filter(|_| tells_state);
        match (&parent.name, state) {
            (Some(name), Some(Said::Text(state))) => Some(Said::Text(format!("{name}({state})"))),
            (Some(name), _) => Some(Said::Text(name.clone())),
            (None, state) => state,
        }
    }

    fn state(&self, parent: &Parent) -> Option<Said> {
        let status = parent.status.filter(|status| *status != ParentStatus::Living)?;
        self.plain_word("status", status.code(), &[]).map(Said::Text)
    }

    /// Father and mother in one cell. What is the same of both is said once.
    fn of_both(&self, part: Part, pupil: &Pupil) -> Option<String> {
        let of = |relation: Relation| -> Option<String> {
            let parent = pupil.student.parent_of(relation)?;
            let away = parent.away_on(self.day);
            match part {
                Part::Name => match self.named(parent, true)? {
                    Said::Text(text) => Some(text),
                    Said::Day(_) => None,
                },
                Part::Phone => parent.phone.clone(),
                Part::Place | Part::Workplace => away.and_then(|away| away.place.clone()),
                Part::Since => away.and_then(|away| away.from).map(|from| from.to_string()),
                _ => None,
            }
        };
        let blank = || self.synonyms.words.absent.iter().find(|word| !word.contains('/')).cloned().unwrap_or_default();
        match (of(Relation::Father), of(Relation::Mother)) {
            (None, None) => None,
            (Some(father), Some(mother)) if father == mother && part != Part::Name && part != Part::Phone => {
                Some(father)
            }
            // Two days in one cell cannot be read again.
            (father, mother) if part == Part::Since => father.xor(mother),
            (father, mother) => Some(format!("{}/{}", father.unwrap_or_else(blank), mother.unwrap_or_else(blank))),
        }
    }

    fn of_other(&self, owner: Owner, part: Part, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let student = pupil.student;
        let guardians: Vec<&Guardian> = student.guardians_on(self.day).collect();
        match owner {
            Owner::SecondGuardian => self.of_guardians(guardians.get(1..2)?, part, asked),
            Owner::Member(number) => self.of_member(usize::from(number), part, asked, pupil),
            _ => {
                let has_second = asked.all.contains(&Target::Person(Owner::SecondGuardian, Part::Name));
                let most = if has_second { 1 } else { guardians.len() };
                self.of_guardians(guardians.get(..most)?, part, asked)
            }
        }
    }

    /// Those who care for the child, in one cell.
    fn of_guardians(&self, guardians: &[&Guardian], part: Part, asked: &Asked) -> Option<Said> {
        let first = guardians.first()?;
        let joined = |of: &dyn Fn(&Guardian) -> Option<String>, by: &str| {
            let said: Vec<String> = guardians.iter().filter_map(|one| of(one)).collect();
            (!said.is_empty()).then(|| Said::Text(said.join(by)))
        };
        let by = self.synonyms.roster.joined_by.as_str();
        match part {
            Part::Name => joined(&|one| one.name.clone(), by),
            Part::Relation => joined(&|one| self.plain_word("relation", one.relation?.code(), asked.choices), by),
            Part::Phone if guardians.len() == 1 => numbers([&first.phone, &first.other_phone]).map(Said::Text),
            Part::Phone => joined(&|one| one.phone.clone(), "/"),
            Part::Born => first.born.map(moment),
            Part::NationalId => first.national_id.clone().map(Said::Text),
            Part::Address | Part::Place => first.address.clone().map(Said::Text),
            Part::Ability => self.word("ability", first.ability?.code(), asked),
            Part::IsGuardian => self.yes_or_no(Some(true), asked),
            Part::Workplace | Part::Since | Part::Capable | Part::Away | Part::State => None,
        }
    }

    /// The numbered members of the family: the parents, then who else cares for the child.
    fn of_member(&self, number: usize, part: Part, asked: &Asked, pupil: &Pupil) -> Option<Said> {
        let student = pupil.student;
        let at = number.checked_sub(1)?;
        let parents: Vec<&Parent> =
            [Relation::Father, Relation::Mother].into_iter().filter_map(|one| student.parent_of(one)).collect();
        let Some(parent) = parents.get(at) else {
            let others: Vec<&Guardian> = student.guardians_on(self.day).filter(|one| !one.is_parent()).collect();
            let place = at - parents.len();
            return self.of_guardians(others.get(place..place + 1)?, part, asked);
        };
        match part {
            Part::Relation => self.word("relation", parent.relation.code(), asked),
            // Nothing says who of the two it is before the law; a parent with capacity is (民法典 art. 27).
            Part::IsGuardian => self.yes_or_no(Some(parent.capable != Some(false)), asked),
            Part::Workplace | Part::Place => None,
            part => {
                let place = usize::from(parent.relation == Relation::Mother);
                self.of_parent(parent.relation, place, part, asked, pupil)
            }
        }
    }
}

fn moment(when: When) -> Said {
    match when {
        When::Day(day) => Said::Day(day),
        month => Said::Text(month.to_string()),
    }
}

fn numbers(phones: [&Option<String>; 2]) -> Option<String> {
    let known: Vec<&str> = phones.into_iter().filter_map(|phone| phone.as_deref()).collect();
    (!known.is_empty()).then(|| known.join("/"))
}

fn both(pupil: &Pupil) -> Option<bool> {
    match pupil.away {
        [Some(false), _] | [_, Some(false)] => Some(false),
        [Some(true), Some(true)] => Some(true),
        _ => None,
    }
}

/// One parent away, and the other one without the capacity to care.
fn one_away(pupil: &Pupil) -> Option<bool> {
    let incapable = |relation| pupil.student.parent_of(relation).is_some_and(|parent| parent.capable == Some(false));
    match pupil.away {
        [Some(true), Some(false)] => Some(incapable(Relation::Mother)),
        [Some(false), Some(true)] => Some(incapable(Relation::Father)),
        [Some(_), Some(_)] => Some(false),
        _ => None,
    }
}

fn subsistence(household: &Household) -> Option<bool> {
    match household.benefits.contains(&Benefit::Subsistence) {
        true => Some(true),
        false if !household.benefits.is_empty() || household.low_income == Some(false) => Some(false),
        false => None,
    }
}
