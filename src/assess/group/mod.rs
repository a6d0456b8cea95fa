//! Which children belong to a group of `guanai.toml` on a day: yes, no, or unknown with the fields that would settle it.

mod facts;

use std::collections::BTreeMap;

use self::facts::Known;
use super::figures::carer;
use super::left_behind::Answer;
use super::risk::Assessment;
use super::rules::{OWN, Rules};
use crate::ledger::Snapshot;
use crate::model::{Day, Group, Level, Student};

/// Whether a child belongs to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    Yes,
    No,
    /// With the fields of the child's file that would settle it.
    Unknown {
        fields: Vec<String>,
    },
}

/// The groups of a ledger on a day.
pub struct Groups<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    day: Day,
    levels: BTreeMap<u32, Level>,
}

impl<'a> Groups<'a> {
    /// `assessments` are those of the day; a group that asks for a level of risk needs them.
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules, day: Day, assessments: &[Assessment]) -> Groups<'a> {
        Groups::by(snapshot, rules, day, assessments.iter().map(|one| (one.student, one.gravest())).collect())
    }

    /// By the gravest level of each child on the day; one who is not named has none.
    pub fn by(snapshot: &'a Snapshot, rules: &'a Rules, day: Day, levels: BTreeMap<u32, Level>) -> Groups<'a> {
        Groups { snapshot, rules, day, levels }
    }

    /// Every child enrolled on the day, with whether it belongs to the group; nothing where there is no such group.
    pub fn members(&self, name: &str) -> Option<Vec<(u32, Member)>> {
        let group = self.snapshot.school.group.get(name)?;
        let enrolled =
            (0..self.snapshot.students.len() as u32).filter(|at| self.snapshot.student(*at).enrolled_on(self.day));
        Some(enrolled.map(|at| (at, self.member(group, at))).collect())
    }

    /// Whether one child belongs to a group.
    pub fn member(&self, group: &Group, at: u32) -> Member {
        self.member_at(group, at, self.levels.get(&at).copied().unwrap_or(Level::None))
    }

    /// Whether one child would belong to a group at a level of risk.
    pub fn member_at(&self, group: &Group, at: u32, level: Level) -> Member {
        let answer = definition(group).map(|name| {
            let found = self.rules.left_behind_answer(self.snapshot, at, self.day, name);
            found.unwrap_or(Answer::No)
        });
        let years = self.snapshot.school.school.years;
        let child = Child { student: self.snapshot.student(at), day: self.day, ages_on: self.day, years };
        member(group, child, answer.as_ref(), level)
    }
}

/// The definition that a group asks: its own; where it asks for a way of being left behind alone, the school's.
pub fn definition(group: &Group) -> Option<&str> {
    group.left_behind.as_deref().or((!group.way.is_empty()).then_some(OWN))
}

/// A child as a group looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Child<'a> {
    pub student: &'a Student,
    pub day: Day,
    /// The day on which ages are counted: the same, unless a form has one of its own.
    pub ages_on: Day,
    /// Grades of the school.
    pub years: u32,
}

/// Whether a child belongs to a group, given what the group's definition of left behind answers, and its level of risk.
pub fn member(group: &Group, child: Child, left_behind: Option<&Answer>, level: Level) -> Member {
    let student = child.student;
    let said = |wanted: Option<bool>, said: Option<bool>, field: &str| match (wanted, said) {
        (None, _) => Member::Yes,
        (Some(wanted), Some(said)) => yes_or_no(wanted == said),
        (Some(_), None) => Member::Unknown { fields: vec![field.to_owned()] },
    };
    let conditions = [
        yes_or_no(group.students.is_empty() || group.students.contains(&student.id)),
        yes_or_no(group.risk.is_none_or(|least| least <= level)),
        said_if(group.class.is_some(), student.class.map(|class| group.class == Some(class)), "class"),
        said_if(group.gender.is_some(), student.gender.map(|gender| group.gender == Some(gender)), "gender"),
        said_if(group.hukou.is_some(), student.hukou.map(|hukou| group.hukou == Some(hukou)), "hukou"),
        said(group.boarding, student.boarding, "boarding"),
        said(group.low_income, low_income(student), "household.low_income"),
        said(group.study_difficulty, Some(has_difficulties(student)), "study.difficulties"),
        left_behind.map_or(Member::Yes, of_answer),
    ];
    together(&[together(&conditions), derived(group, child, left_behind)])
}

/// What follows from the record for the day.
fn derived(group: &Group, child: Child, left_behind: Option<&Answer>) -> Member {
    let Child { student, day, ages_on, years } = child;
    let age = || student.age_on(ages_on).ok_or_else(|| vec!["born".to_owned()]);
    let grade = || student.grade_on(day).ok_or_else(|| vec!["class".to_owned()]);
    let way = || match left_behind {
        Some(Answer::Yes(kind)) => facts::way(student, day, *kind).map(|way| group.way.contains(&way)),
        Some(Answer::Unknown { fields }) => Err(fields.clone()),
        Some(Answer::No) | None => Ok(false),
    };
    let listed = |wanted: bool, fact: &dyn Fn() -> Known<bool>| if wanted { of_known(fact()) } else { Member::Yes };
    together(&[
        listed(group.age.is_some(), &|| age().map(|age| group.age.is_some_and(|ages| ages.covers(age)))),
        listed(!group.grade.is_empty(), &|| grade().map(|grade| group.grade.contains(&grade))),
        listed(!group.way.is_empty(), &way),
        listed(!group.schooling.is_empty(), &|| {
            facts::schooling(student, day, years).map(|one| group.schooling.contains(&one))
        }),
        listed(!group.condition.is_empty(), &|| facts::condition(student).map(|one| group.condition.contains(&one))),
        listed(!group.carer.is_empty(), &|| Ok(group.carer.contains(&carer(student, day)))),
        listed(!group.care.is_empty(), &|| facts::care(student, day).map(|one| group.care.contains(&one))),
        listed(group.entrusted.is_some(), &|| facts::entrusted(student, day).map(|one| group.entrusted == Some(one))),
        listed(!group.benefits.is_empty(), &|| facts::has_benefit(student, &group.benefits)),
    ])
}

fn of_known(fact: Known<bool>) -> Member {
    match fact {
        Ok(holds) => yes_or_no(holds),
        Err(fields) => Member::Unknown { fields },
    }
}

fn said_if(wanted: bool, said: Option<bool>, field: &str) -> Member {
    match (wanted, said) {
        (false, _) => Member::Yes,
        (true, Some(said)) => yes_or_no(said),
        (true, None) => Member::Unknown { fields: vec![field.to_owned()] },
    }
}

fn yes_or_no(holds: bool) -> Member {
    if holds { Member::Yes } else { Member::No }
}

/// Whether the household has state help, or is said to be poor; nothing where neither is known. State help shows that a
/// household is poor; that none is noted shows nothing.
pub fn low_income(student: &Student) -> Option<bool> {
    let household = student.household.as_ref()?;
    if household.benefits.is_empty() { household.low_income } else { Some(true) }
}

fn has_difficulties(student: &Student) -> bool {
    student.study.as_ref().is_some_and(|study| study.difficulties.is_some())
}

fn of_answer(answer: &Answer) -> Member {
    match answer {
        Answer::Yes(_) => Member::Yes,
        Answer::No => Member::No,
        Answer::Unknown { fields } => Member::Unknown { fields: fields.clone() },
    }
}

/// Yes where all are, no where one is not, else unknown with every field that is open.
pub(super) fn together(conditions: &[Member]) -> Member {
    if conditions.contains(&Member::No) {
        return Member::No;
    }
    let mut open = Vec::new();
    for condition in conditions {
        if let Member::Unknown { fields } = condition {
            open.extend(fields.iter().cloned());
        }
    }
    if open.is_empty() { Member::Yes } else { Member::Unknown { fields: open } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::risk::assess;
    use crate::assess::testing::{Ledger, day};

    #[test]
    fn each_group_of_the_template_has_its_members_and_its_unknown() {
        let away = "[[parent]]\nrelation = \"father\"\n[[parent.away]]\nfrom = 2021-02-15\n[[parent]]\nrelation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n";
        let judged = "[risk.override]\nlevel = \"medium\"\nreason = \"x\"\nfrom = 2026-11-20\n";
        let ledger = Ledger::new()
            .student("a", &format!("boarding = true\n{away}[household]\nbenefits = [\"subsistence\"]\n"))
            .student("b", &format!("boarding = false\n{}{judged}", away.replace("15\n", "15\nuntil = 2026-01-01\n")))
            .student("c", &format!("{away}[[guardian]]\nrelation = \"aunt\"\n{judged}[study]\ndifficulties = \"x\"\n"))
            .student("d", "[household]\nlow_income = false\n");
        let (snapshot, rules) = ledger.loaded();
        let day = day("2026-11-26");
        let groups = Groups::of(&snapshot, &rules, day, &assess(&snapshot, &rules, day));
        let told = |name: &str| {
            let members = groups.members(name).unwrap();
            let letter = |member: &Member| match member {
                Member::Yes => 'y',
                Member::No => 'n',
                Member::Unknown { .. } => '?',
            };
            members.iter().map(|(_, member)| letter(member)).collect::<String>()
        };
        // The first has no guardian: high. The second is judged so and not left behind. The third is judged so.
        assert_eq!(told("left-behind"), "yny?");
        // Of the fourth it is not known whether it is left behind, but its level is none in any case.
        assert_eq!(told("focus"), "ynyn");
        assert_eq!(told("low-income"), "y??n");
        assert_eq!(told("boarding"), "yn??");
        assert_eq!(told("study-difficulty"), "nnyn");
        assert!(groups.members("mine").is_none());
    }
}
