//! What a column of a census can give: a fact of the child, or of a person around the child.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// A fact of the child, by its name in `import/census.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    FormerName,
    Gender,
    Born,
    NationalId,
    IdType,
    RollNumber,
    Class,
    Grade,
    Entry,
    Ethnicity,
    Hukou,
    Boarding,
    BoardingMode,
    Address,
    HukouAddress,
    Phone,
    Note,
    ReportedAway,
    BothAway,
    OneAway,
    WhichAway,
    Incapable,
    Orphan,
    Entrusted,
    Ability,
    HealthStatus,
    Disability,
    DisabilityGrade,
    Illness,
    Allergies,
    HealthNote,
    Income,
    Benefits,
    Subsistence,
    LowIncome,
    Hardship,
    Housing,
    Habits,
    Interests,
    Difficulties,
    Character,
}

/// Whose a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    Child,
    Father,
    Mother,
    /// Father and mother in one cell.
    Both,
    Guardian,
    SecondGuardian,
    /// A member of the family by number: who it is stands in the column of the relation.
    #[serde(skip)]
    Member(u8),
}

/// What a column says of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Name,
    Relation,
    Phone,
    Place,
    Workplace,
    Since,
    Born,
    NationalId,
    Address,
    Ability,
    Capable,
    Away,
    State,
    IsGuardian,
}

/// What a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Child(Field),
    Person(Owner, Part),
    /// A mark in the column stands for one value of a field: the value's place in the field's list.
    Tick(Field, usize),
    Ignored,
}

impl Target {
    /// `name`, or `father.phone`.
    pub(super) fn of_code(code: &str) -> Option<Target> {
        match code.split_once('.') {
            None => parsed(code).map(Target::Child),
            Some((owner, part)) => Some(Target::Person(parsed(owner)?, parsed(part)?)),
        }
    }

    /// The field's name, for the mapping that a person is shown.
    pub fn code(self) -> String {
        let name = |debug: String| {
            let mut code = String::new();
            for letter in debug.chars().filter(|letter| !matches!(letter, '(' | ')')) {
                if letter.is_ascii_uppercase() && !code.is_empty() {
                    code.push('_');
                }
                code.push(letter.to_ascii_lowercase());
            }
            code
        };
        match self {
            Target::Child(field) | Target::Tick(field, _) => name(format!("{field:?}")),
            Target::Person(owner, part) => format!("{}.{}", name(format!("{owner:?}")), name(format!("{part:?}"))),
            Target::Ignored => "ignored".to_owned(),
        }
    }
}

/// A name of the file's, such as `former_name`, as the variant that it names.
pub(super) fn parsed<T: DeserializeOwned>(name: &str) -> Option<T> {
    let reader: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(reader).ok()
}
