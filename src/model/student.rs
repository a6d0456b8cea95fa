//! One child's record, as its TOML file holds it, and what follows from it for a day.
//!
//! Age, grade, guardian, who is away: functions of a day, never fields. The order of the fields here is the canonical
//! order of the keys in the file; plain values stand before tables, as TOML demands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::code::codes;
use super::{Class, Day, StudentId, When};

codes! {
    /// As the resident identity number tells it.
    Gender as "gender" { Male = "male", Female = "female" }
}
codes! {
    /// Household registration (户口性质).
    Hukou as "hukou" { Rural = "rural", Urban = "urban" }
}
codes! {
    /// What a person is to the child.
    Relation as "relation" {
        Father = "father",
        Mother = "mother",
        StepFather = "step-father",
        StepMother = "step-mother",
        PaternalGrandfather = "paternal-grandfather",
        PaternalGrandmother = "paternal-grandmother",
        MaternalGrandfather = "maternal-grandfather",
        MaternalGrandmother = "maternal-grandmother",
        /// 祖父母 named as one.
        PaternalGrandparents = "paternal-grandparents",
        /// 外祖父母 named as one.
        MaternalGrandparents = "maternal-grandparents",
        Uncle = "uncle",
        Aunt = "aunt",
        Brother = "brother",
        Sister = "sister",
        Relative = "relative",
        Neighbour = "neighbour",
        Teacher = "teacher",
        Other = "other",
    }
}
codes! {
    /// The state of a parent. Dead, missing or in prison is not away.
    ParentStatus as "parent-status" {
        Living = "living",
        Deceased = "deceased",
        Missing = "missing",
        Imprisoned = "imprisoned",
        /// Divorced or gone, with no contact.
        Estranged = "estranged",
    }
}
codes! {
    /// How well a guardian cares (监护能力, annex to 民发〔2016〕42号).
    Ability as "ability" { Good = "good", Fair = "fair", Poor = "poor" }
}
codes! {
    HealthStatus as "health" { Healthy = "healthy", Disabled = "disabled", Ill = "ill" }
}
codes! {
    /// What the household lives on (家庭经济来源).
    Income as "income" {
        MigrantWork = "migrant-work", Farming = "farming", StateAid = "state-aid", Relatives = "relatives", Other = "other",
    }
}
codes! {
    /// State help that the household receives (救助帮扶).
    Benefit as "benefit" {
        Subsistence = "subsistence", Temporary = "temporary", Medical = "medical", Housing = "housing", Other = "other",
    }
}
codes! {
    /// How grave a risk is, from none to high.
    Level as "level" { None = "none", Watch = "watch", Medium = "medium", High = "high" }
}

/// One child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Student {
    pub id: StudentId,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<Day>,
    /// Passed every check of GB 11643 when it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roll_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ethnicity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hukou: Option<Hukou>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boarding: Option<bool>,
    /// Where the child lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where it differs from `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hukou_address: Option<String>,
    /// The household's phone: one that a form gives without an owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who takes the child to school and home (measure C5.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escort: Option<String>,
    /// The day of the guardian's consent to keep this record (个人信息保护法 art. 31).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The day on which the child was forgotten: what is left of the record says who it was no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forgotten: Option<Day>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enrolment: Vec<Spell>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parent: Vec<Parent>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guardian: Vec<Guardian>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household: Option<Household>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study: Option<Study>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// Columns of a census that no field takes, under their own headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
    /// What two teachers changed apart, and nobody has settled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clash: Vec<Clash>,
}

/// A field that two copies of a ledger changed apart, with the two values that it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// Such as `address`, or `parent.father.phone`; the name of a column.
    pub key: String,
    /// As people write them, in an order that says nothing.
    pub values: Vec<String>,
}

/// A dated stretch. Both ends are part of it; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spell {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// The last day that belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Spell {
    pub fn since(day: Day) -> Spell {
        Spell { from: Some(When::Day(day)), until: None }
    }

    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from.first_day() <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parent {
    pub relation: Relation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A second number, where a form gives two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ParentStatus>,
    /// Whether the parent has the capacity to care (有监护能力).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capable: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
}

impl Parent {
    pub fn new(relation: Relation) -> Parent {
        Parent {
            relation,
            name: None,
            born: None,
            national_id: None,
            phone: None,
            other_phone: None,
            status: None,
            capable: None,
            away: Vec::new(),
        }
    }

    /// The stretch of absence that is open on a day.
    pub fn away_on(&self, day: Day) -> Option<&Away> {
        self.away.iter().find(|away| away.covers(day))
    }
}

/// A parent's absence to work.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Away {
    /// Missing where nobody wrote the day down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// The last day of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The day on which a form or a person said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted: Option<Day>,
}

impl Away {
    /// Whether the stretch holds the day. Where the first day is unknown, it counts from the day that it was noted.
    pub fn covers(&self, day: Day) -> bool {
        let from = self.from.map(When::first_day).or(self.noted);
        from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guardian {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub national_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ability: Option<Ability>,
    /// Entrusted in writing (未成年人保护法 art. 23).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrusted: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spell: Vec<Spell>,
}

impl Guardian {
    pub fn named(name: &str, relation: Option<Relation>) -> Guardian {
        Guardian {
            relation,
            name: Some(name.to_owned()),
            born: None,
            national_id: None,
            phone: None,
            other_phone: None,
            address: None,
            ability: None,
            entrusted: None,
            spell: Vec::new(),
        }
    }

    /// Whether this guardian is the child's own father or mother, or a step-parent.
    pub fn is_parent(&self) -> bool {
        use Relation::{Father, Mother, StepFather, StepMother};
        matches!(self.relation, Some(Father | Mother | StepFather | StepMother))
    }

    /// Whether this guardian cares for the child on a day; without a spell, on every day.
    pub fn covers(&self, day: Day) -> bool {
        self.spell.is_empty() || self.spell.iter().any(|spell| spell.covers(day))
    }
}

/// What a form claims and nothing yet explains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// 是否留守儿童 of the enrolment system: 0 not, 1 one parent away, 2 both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_parents: Option<u8>,
    /// 是否孤儿.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orphan: Option<bool>,
    pub on: Day,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Health {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<HealthStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// A grave illness (患病 of the civil-affairs register).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illness: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allergies: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Household {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub income: Vec<Income>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<Benefit>,
    /// Meal support that is in force, such as `free-lunch`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meals: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub housing: Option<String>,
    /// 家庭经济困难: a form or the school says that the household is poor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_income: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Study {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub habits: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interests: Option<String>,
    /// What the child finds hard; where it is there, the child is in the group `study-difficulty`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difficulties: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Risk {
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub judged: Option<Override>,
    /// Judgements that another one has replaced, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Override>,
}

/// A person's dated judgement, shown beside the computed level and never instead of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Override {
    pub level: Level,
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub from: Day,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Student {
    pub fn new(id: StudentId, name: &str) -> Student {
        Student {
            id,
            name: name.to_owned(),
            former_name: None,
            gender: None,
            born: None,
            national_id: None,
            roll_number: None,
            ethnicity: None,
            class: None,
            hukou: None,
            boarding: None,
            address: None,
            hukou_address: None,
            phone: None,
            escort: None,
            consent: None,
            note: None,
            forgotten: None,
            enrolment: Vec::new(),
            parent: Vec::new(),
            guardian: Vec::new(),
            reported: None,
            health: None,
            household: None,
            study: None,
            risk: None,
            extra: BTreeMap::new(),
            clash: Vec::new(),
        }
    }

    /// Completed years of life on a day.
    pub fn age_on(&self, day: Day) -> Option<i32> {
        self.born.map(|born| day.age_since(born))
    }

    /// Whether the child is a pupil of this school on a day; one without a spell is, on every day.
    pub fn enrolled_on(&self, day: Day) -> bool {
        self.enrolment.is_empty() || self.enrolment.iter().any(|spell| spell.covers(day))
    }

    /// Whether the child is a pupil on any day of a stretch.
    pub fn enrolled_between(&self, first: Day, last: Day) -> bool {
        self.enrolment.is_empty()
            || self.enrolment.iter().any(|spell| {
                spell.from.is_none_or(|from| from.first_day() <= last) && spell.until.is_none_or(|until| first <= until)
            })
    }

    pub fn grade_on(&self, day: Day) -> Option<i32> {
        self.class.map(|class| class.grade_on(day))
    }

    /// Everybody who cares for the child on a day.
    pub fn guardians_on(&self, day: Day) -> impl Iterator<Item = &Guardian> {
        self.guardian.iter().filter(move |guardian| guardian.covers(day))
    }

    /// The one who cares for the child on a day: the first in the file.
    pub fn guardian_on(&self, day: Day) -> Option<&Guardian> {
        self.guardians_on(day).next()
    }

    /// The one who cares for the child in the parents' place on a day: the first guardian who is no parent.
    pub fn carer_on(&self, day: Day) -> Option<&Guardian> {
        self.guardians_on(day).find(|guardian| !guardian.is_parent())
    }

    pub fn parent_of(&self, relation: Relation) -> Option<&Parent> {
        self.parent.iter().find(|parent| parent.relation == relation)
    }

    /// A person's judgement of the risk that holds on a day: the latest.
    pub fn override_on(&self, day: Day) -> Option<&Override> {
        let holds = |judged: &&Override| judged.from <= day && judged.until.is_none_or(|until| day <= until);
        let risk = self.risk.as_ref()?;
        risk.past.iter().chain(&risk.judged).filter(holds).max_by_key(|judged| judged.from)
    }
}
