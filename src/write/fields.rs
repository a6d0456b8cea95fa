//! One field of a student by its key, as the file names it: `boarding`, `parent.father.phone`, `household.benefits`.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::model::kind::{Words, phone_digits};
use crate::model::national_id::{Fault, NationalId};
use crate::model::{
    Ability, Benefit, Class, Day, Gender, HealthStatus, Hukou, Income, Outcome, ParentStatus, Problem, Relation,
    Student, When,
};

/// How a field's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Text,
    Day,
    /// A day or a month.
    When,
    Bool,
    Class,
    NationalId,
    Phone,
    /// One of the codes.
    Code(&'static [&'static str]),
    /// Several of the codes.
    Codes(&'static [&'static str]),
}

const RELATIONS: &[&str] = &[
    "father",
    "mother",
    "step-father",
    "step-mother",
    "paternal-grandfather",
    "paternal-grandmother",
    "maternal-grandfather",
    "maternal-grandmother",
    "paternal-grandparents",
    "maternal-grandparents",
    "uncle",
    "aunt",
    "brother",
    "sister",
    "relative",
    "neighbour",
    "teacher",
    "other",
];

/// Every key that can be set, with its shape. `parent.X` stands for the parent of that relation, `guardian` for the
/// first guardian.
pub const KEYS: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("former_name", Shape::Text),
    ("gender", Shape::Code(&["male", "female"])),
    ("born", Shape::Day),
    ("national_id", Shape::NationalId),
    ("roll_number", Shape::Text),
    ("ethnicity", Shape::Text),
    ("class", Shape::Class),
    ("hukou", Shape::Code(&["rural", "urban"])),
    ("boarding", Shape::Bool),
    ("address", Shape::Text),
    ("hukou_address", Shape::Text),
    ("phone", Shape::Phone),
    ("escort", Shape::Text),
    ("consent", Shape::Day),
    ("note", Shape::Text),
    ("parent.X.name", Shape::Text),
    ("parent.X.born", Shape::When),
    ("parent.X.national_id", Shape::NationalId),
    ("parent.X.phone", Shape::Phone),
    ("parent.X.other_phone", Shape::Phone),
    ("parent.X.status", Shape::Code(&["living", "deceased", "missing", "imprisoned", "estranged"])),
    ("parent.X.capable", Shape::Bool),
    ("guardian.relation", Shape::Code(RELATIONS)),
    ("guardian.name", Shape::Text),
    ("guardian.born", Shape::When),
    ("guardian.national_id", Shape::NationalId),
    ("guardian.phone", Shape::Phone),
    ("guardian.other_phone", Shape::Phone),
    ("guardian.address", Shape::Text),
    ("guardian.ability", Shape::Code(&["good", "fair", "poor"])),
    ("guardian.entrusted", Shape::Bool),
    ("health.status", Shape::Code(&["healthy", "disabled", "ill"])),
    ("health.disability", Shape::Text),
    ("health.grade", Shape::Text),
    ("health.illness", Shape::Text),
    ("health.allergies", Shape::Text),
    ("health.note", Shape::Text),
    ("household.income", Shape::Codes(&["migrant-work", "farming", "state-aid", "relatives", "other"])),
    ("household.benefits", Shape::Codes(&["subsistence", "temporary", "medical", "housing", "other"])),
    ("household.meals", Shape::Text),
    ("household.housing", Shape::Text),
    ("household.low_income", Shape::Bool),
    ("household.note", Shape::Text),
    ("study.habits", Shape::Text),
    ("study.interests", Shape::Text),
    ("study.difficulties", Shape::Text),
    ("study.character", Shape::Text),
];

/// The shape of a key; nothing where there is no such key.
pub fn shape_of(key: &str) -> Option<Shape> {
    let generic = match key.strip_prefix("parent.").and_then(|rest| rest.split_once('.')) {
        Some((relation, field)) if Relation::of_code(relation).is_some() => format!("parent.X.{field}"),
        _ => key.to_owned(),
    };
    KEYS.iter().find(|(name, _)| *name == generic).map(|(_, shape)| *shape)
}

/// Sets a field to what was typed; an empty text takes the field out. `extra.HEADER` takes any text.
///
/// A value of a closed list may also be typed in the words of people (`words` of the kinds, or the code).
pub fn set_field(student: &mut Student, key: &str, text: &str, words: &dyn Fn(&str, &str) -> bool) -> Outcome<()> {
    if let Some(header) = key.strip_prefix("extra.") {
        match text.is_empty() {
            true => student.extra.remove(header),
            false => student.extra.insert(header.to_owned(), text.to_owned()),
        };
        return Ok(());
    }
    let shape = shape_of(key).ok_or_else(|| unknown_key(key))?;
    let value = match text.trim() {
        "" => None,
        text => Some(value_of(key, shape, text, words)?),
    };
    if key == "name" && value.is_none() {
        return Err(wrong("value-needed", key, text).into());
    }
    let mut table = Table::try_from(&*student).expect("a student is a table");
    put(&mut table, key, value);
    *student = table.try_into().map_err(|_| wrong("value-wrong", key, text))?;
    agree(student)
}

fn unknown_key(key: &str) -> Problem {
    let mut near: Vec<(usize, &str)> = KEYS.iter().map(|(name, _)| (strsim::levenshtein(name, key), *name)).collect();
    near.sort_unstable();
    let list: Vec<&str> = near.iter().take(4).map(|(_, name)| *name).collect();
    Problem::usage("key-unknown").with("key", key).with("known", list.join(", "))
}

fn wrong(code: &'static str, key: &str, value: &str) -> Problem {
    Problem::usage(code).with("key", key).with("value", value)
}

fn value_of(key: &str, shape: Shape, text: &str, means: &dyn Fn(&str, &str) -> bool) -> Outcome<Value> {
    let refused =
        |wanted: String| -> crate::model::Problems { wrong("value-of", key, text).with("wanted", wanted).into() };
    let code_of = |codes: &[&str], word: &str| {
        codes.iter().find(|code| **code == word || means(code, word)).map(|code| (*code).to_owned())
    };
    let day = |day: Day| Value::Datetime(day.to_string().parse().expect("a day is a TOML date"));
    match shape {
        Shape::Text => Ok(Value::String(text.to_owned())),
        Shape::Day => text.parse().map(day).map_err(|_| refused("2026-09-10".into())),
        Shape::When => match text.parse::<When>() {
            Ok(When::Day(found)) => Ok(day(found)),
            Ok(month) => Ok(Value::String(month.to_string())),
            Err(_) => Err(refused("2026-09-10, 2026-09".into())),
        },
        Shape::Bool => {
            let yes = text == "true" || text == "yes" || means("yes", text);
            let no = text == "false" || text == "no" || means("no", text);
            if yes || no { Ok(Value::Boolean(yes)) } else { Err(refused("true, false".into())) }
        }
        Shape::Class => {
            text.parse::<Class>().map(|class| Value::String(class.to_string())).map_err(|_| refused("2023-2".into()))
        }
        Shape::NationalId => match NationalId::parse(text) {
            Ok(id) => Ok(Value::String(id.as_str().to_owned())),
            Err(fault) => Err(Problem::usage(id_fault(fault)).with("key", key).with("value", masked(text)).into()),
        },
        Shape::Phone => phone_digits(text.strip_prefix("+86").unwrap_or(text))
            .map(Value::String)
            .ok_or_else(|| refused("15400001234".into())),
        Shape::Code(codes) => code_of(codes, text).map(Value::String).ok_or_else(|| refused(codes.join(", "))),
        Shape::Codes(codes) => {
            let words = text.split([',', '，', '、', ' ']).filter(|word| !word.is_empty());
            let found: Option<Vec<Value>> = words.map(|word| code_of(codes, word).map(Value::String)).collect();
            found.map(Value::Array).ok_or_else(|| refused(codes.join(", ")))
        }
    }
}

fn masked(text: &str) -> String {
    crate::model::national_id::masked(text)
}

/// The problem that a wrong resident number is.
pub fn id_fault(fault: Fault) -> &'static str {
    match fault {
        Fault::Length => "national-id-length",
        Fault::Characters => "national-id-characters",
        Fault::Birthday => "national-id-birthday",
        Fault::CheckCharacter => "national-id-check",
        Fault::Rounded => "national-id-rounded",
    }
}

fn put(table: &mut Table, key: &str, value: Option<Value>) {
    let parts: Vec<&str> = key.split('.').collect();
    match parts[..] {
        ["parent", relation, field] => {
            let parents = array(table, "parent");
            let of = |parent: &&mut Value| parent.get("relation").and_then(Value::as_str) == Some(relation);
            let at = match parents.iter_mut().position(|parent| of(&parent)) {
                Some(at) => at,
                None => {
                    parents.push(Value::Table(Table::from_iter([("relation".to_owned(), Value::from(relation))])));
                    parents.len() - 1
                }
            };
            set(parents[at].as_table_mut().expect("a parent is a table"), field, value);
        }
        ["guardian", field] => {
            let guardians = array(table, "guardian");
            if guardians.is_empty() {
                guardians.push(Value::Table(Table::new()));
            }
            set(guardians[0].as_table_mut().expect("a guardian is a table"), field, value);
        }
        [part, field] => {
            let inner = table.entry(part).or_insert_with(|| Value::Table(Table::new()));
            set(inner.as_table_mut().expect("a part of a student is a table"), field, value);
        }
        _ => set(table, key, value),
    }
}

fn array<'a>(table: &'a mut Table, key: &str) -> &'a mut Vec<Value> {
    let value = table.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    value.as_array_mut().expect("people are an array of tables")
}

fn set(table: &mut Table, key: &str, value: Option<Value>) {
    match value {
        Some(value) => table.insert(key.to_owned(), value),
        None => table.remove(key),
    };
}

/// The resident number, birth day and gender of a student say the same; what is missing is taken from the number.
pub fn agree(student: &mut Student) -> Outcome<()> {
    let Some(Ok(id)) = student.national_id.as_deref().map(NationalId::parse) else { return Ok(()) };
    let gender = *student.gender.get_or_insert(id.gender);
    let born = *student.born.get_or_insert(id.born);
    if gender != id.gender {
        return Err(Problem::usage("gender-not-of-id").with("value", gender).with("of_id", id.gender).into());
    }
    if born != id.born {
        return Err(Problem::usage("born-not-of-id").with("value", born).with("of_id", id.born).into());
    }
    Ok(())
}

/// Says whether a word that a person typed means a code, by the words of the activity kinds.
pub fn by_words(words: &Words) -> impl Fn(&str, &str) -> bool + '_ {
    |code, word| words.get(code).is_some_and(|label| label.is_said(word))
}

/// The codes of the closed lists, so that this table and the types cannot part.
pub fn codes() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("gender", Gender::ALL.iter().map(|one| one.code()).collect()),
        ("hukou", Hukou::ALL.iter().map(|one| one.code()).collect()),
        ("parent.X.status", ParentStatus::ALL.iter().map(|one| one.code()).collect()),
        ("guardian.relation", Relation::ALL.iter().map(|one| one.code()).collect()),
        ("guardian.ability", Ability::ALL.iter().map(|one| one.code()).collect()),
        ("health.status", HealthStatus::ALL.iter().map(|one| one.code()).collect()),
        ("household.income", Income::ALL.iter().map(|one| one.code()).collect()),
        ("household.benefits", Benefit::ALL.iter().map(|one| one.code()).collect()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student() -> Student {
        Student::new("k7m2q4".parse().unwrap(), "王小明")
    }

    fn set(student: &mut Student, key: &str, text: &str) -> Outcome<()> {
        set_field(student, key, text, &|code, word| code == "yes" && word == "是")
    }

    #[test]
    fn a_field_is_set_by_its_key_and_taken_out_by_an_empty_text() {
        let mut one = student();
        for (key, text) in [
            ("boarding", "是"),
            ("parent.father.phone", "154-0000-1234"),
            ("household.benefits", "subsistence,medical"),
            ("guardian.born", "1954-05"),
            ("extra.上下学方式", "步行"),
        ] {
            set(&mut one, key, text).unwrap();
        }
        assert_eq!(one.boarding, Some(true));
        assert_eq!(one.parent[0].phone.as_deref(), Some("15400001234"));
        assert_eq!(one.household.as_ref().unwrap().benefits, [Benefit::Subsistence, Benefit::Medical]);
        assert_eq!(one.guardian[0].born.unwrap().to_string(), "1954-05");
        set(&mut one, "parent.father.phone", "").unwrap();
        assert_eq!(one.parent[0].phone, None);
    }

    #[test]
    fn a_number_gives_birth_day_and_gender_and_never_disagrees_with_them() {
        let mut one = student();
        set(&mut one, "national_id", "52990120160306123X".replace("123X", "1235").as_str()).unwrap_err();
        set(&mut one, "national_id", "529903202005175058").unwrap();
        assert_eq!((one.gender, one.born), (Some(Gender::Male), "2020-05-17".parse().ok()));
        let wrong = set(&mut one, "born", "2020-05-18").unwrap_err();
        assert_eq!(wrong.0[0].code, "born-not-of-id");
    }

    #[test]
    fn every_key_that_can_be_set_is_known_to_the_file() {
        let plain: Vec<String> = KEYS.iter().map(|(key, _)| key.replace(".X.", ".")).collect();
        assert_eq!(plain, crate::ledger::record::SETTABLE_KEYS);
    }

    #[test]
    fn the_table_of_keys_has_the_codes_of_the_types() {
        for (key, codes) in codes() {
            let shape = KEYS.iter().find(|(name, _)| *name == key).unwrap().1;
            match shape {
                Shape::Code(list) | Shape::Codes(list) => assert_eq!(list.to_vec(), codes, "{key}"),
                other => panic!("{key} is {other:?}"),
            }
        }
    }
}
