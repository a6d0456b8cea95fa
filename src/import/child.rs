//! The facts of the child in a row: who it is, its class, health, household and study.

use super::class::{Named, Year, beside_grade, grade, named};
use super::date::{Stated, date};
use super::facts::Facts;
use super::fold;
use super::identity::{is_rounded, national_id};
use super::row::{Given, RowReader};
use super::target::{Field, Target};
use crate::model::national_id::NationalId;
use crate::model::{Benefit, Class, Day, Gender, Health, HealthStatus, Hukou, Income, Study};

/// Shorter ones are numbers of seats, and the same in every class.
const SHORTEST_ROLL_NUMBER: usize = 8;

/// All that the row says of the child alone. `titled` is the class that stands above the table.
pub(super) fn facts(reader: &mut RowReader<'_>, titled: Named) -> Facts {
    let name = name(reader);
    reader.name.clone_from(&name);
    let id = identity(reader);
    let gender = gender(reader, id.as_ref());
    let born = born(reader, id.as_ref());
    let class = class(reader, titled);
    Facts {
        name,
        gender,
        born,
        class,
        national_id: id.map(|id| id.as_str().to_owned()),
        roll_number: roll_number(reader),
        former_name: reader.text(Field::FormerName),
        ethnicity: ethnicity(reader),
        hukou: reader
            .code(Field::Hukou, "hukou")
            .or_else(|| sole(reader, Field::Hukou, "hukou"))
            .and_then(Hukou::of_code),
        boarding: boarding(reader),
        address: reader.text(Field::Address),
        hukou_address: reader.text(Field::HukouAddress),
        note: reader.text(Field::Note),
        entry: reader.when(Target::Child(Field::Entry)),
        health: health(reader),
        study: study(reader),
        ..household(reader)
    }
}

fn name(reader: &mut RowReader<'_>) -> String {
    let dots = &reader.context.synonyms.signs.middle_dots;
    let Some(given) = reader.field(Field::Name) else {
        reader.miss_name();
        return String::new();
    };
    let name = fold::name(&given.cell.text(), dots);
    if !name.chars().any(|letter| letter.is_alphabetic() || fold::is_private(letter)) {
        reader.refuse(given, "name-missing");
    }
    if name.chars().any(fold::is_private) {
        reader.name.clone_from(&name);
        reader.warn(given, "private-character");
    }
    name
}

fn identity(reader: &mut RowReader<'_>) -> Option<NationalId> {
    let resident = match reader.field(Field::IdType) {
        Some(given) if !reader.context.synonyms.words.resident_id.contains(&given.word()) => {
            reader.keep(given);
            false
        }
        _ => true,
    };
    let given = reader.field(Field::NationalId)?;
    if !resident {
        reader.keep(given);
        return None;
    }
    national_id(given.cell).map_err(|code| reader.refuse(given, code)).ok()
}

fn gender(reader: &mut RowReader<'_>, id: Option<&NationalId>) -> Option<Gender> {
    if let Some(code) = sole(reader, Field::Gender, "gender") {
        return Gender::of_code(code);
    }
    let given = reader.any(Target::Child(Field::Gender));
    let Some(given) = given.filter(|given| !reader.context.synonyms.words.blank.contains(&given.word())) else {
        return id.map(|id| id.gender);
    };
    let gender = reader.context.synonyms.code("gender", &given.word()).and_then(Gender::of_code);
    if gender.is_none() {
        reader.refuse(given, "unknown-value");
    } else if id.is_some_and(|id| Some(id.gender) != gender) {
        reader.refuse(given, "gender-against-id");
    }
    gender
}

fn born(reader: &mut RowReader<'_>, id: Option<&NationalId>) -> Option<Day> {
    let of_id = id.map(|id| id.born);
    let Some(given) = reader.field(Field::Born) else { return of_id };
    let stated = date(given.cell, reader.context.from_1904, &reader.context.synonyms.signs);
    let (born, fits) = match stated {
        Ok(Stated::Day(day)) => (Some(day), of_id.is_none_or(|born| born == day)),
        Ok(Stated::Month(year, month)) => (of_id, of_id.is_none_or(|born| in_month(born, year, month, given))),
        Ok(Stated::Year(year)) => (of_id, of_id.is_none_or(|born| born.year() == year)),
        Err(fault) => {
            reader.refuse(given, fault.code());
            return None;
        }
    };
    if !fits {
        reader.refuse(given, "born-against-id");
    } else if born.is_some_and(|born| born > reader.context.options.day) {
        reader.refuse(given, "born-later");
    } else if born.is_none() {
        // Where the number is there but wrong, that is the one thing to mend.
        if reader.field(Field::NationalId).is_none() {
            reader.refuse(given, "month-only");
        }
    }
    born
}

/// A number cell shows October as `2015.1`.
fn in_month(born: Day, year: i32, month: u32, given: Given<'_>) -> bool {
    let october = month == 1 && born.month() == 10 && matches!(given.cell, super::sheet::Cell::Number(_));
    born.year() == year && (born.month() == month || october)
}

fn roll_number(reader: &mut RowReader<'_>) -> Option<String> {
    let given = reader.field(Field::RollNumber)?;
    let number = given.word().to_uppercase();
    if is_rounded(given.cell, &number) {
        reader.refuse(given, "id-rounded");
        return None;
    }
    if number.chars().count() < SHORTEST_ROLL_NUMBER {
        reader.keep(given);
        return None;
    }
    Some(number)
}

fn class(reader: &mut RowReader<'_>, titled: Named) -> Option<Class> {
    let (day, years) = (reader.context.options.day, reader.context.options.school_years);
    let signs = &reader.context.synonyms.signs;
    let graded = reader.field(Field::Grade);
    let given = reader.field(Field::Class).or(graded);
    let Some(given) = given else { return titled.on(day, years) };
    let year: Option<Option<Year>> = match graded {
        Some(graded) => grade(&graded.cell.text(), signs).map(Some),
        None => Some(None),
    };
    let in_column = match (given.column.target, graded) {
        (Some(Target::Child(Field::Grade)), _) => Some(Named { year: None, number: None }),
        (_, Some(_)) => beside_grade(&given.cell.text(), signs),
        // A number alone needs the grade that stands above the table.
        (_, None) if titled.year.is_some() => beside_grade(&given.cell.text(), signs),
        (_, None) => named(&given.cell.text(), signs),
    };
    let class = year.zip(in_column).and_then(|(year, class)| {
        if let (Some(year), Some(own)) = (year, class.year)
            && year != own
        {
            return None;
        }
        let above = if year.is_none() && class.year.is_none() { titled.year } else { None };
        Named { year: class.year.or(year).or(above), number: class.number }.on(day, years)
    });
    if class.is_none() {
        reader.refuse(given, "unknown-class");
    }
    class
}

fn ethnicity(reader: &mut RowReader<'_>) -> Option<String> {
    let given = reader.field(Field::Ethnicity)?;
    Some(reader.context.synonyms.ethnicity(&given.word()).map_or_else(|| given.text(), str::to_owned))
}

fn boarding(reader: &mut RowReader<'_>) -> Option<bool> {
    let ticked =
        sole(reader, Field::Boarding, "boarding").or_else(|| sole(reader, Field::BoardingMode, "boarding_mode"));
    if let Some(code) = ticked {
        return Some(code == "true");
    }
    if let Some(given) = reader.any(Target::Child(Field::Boarding)) {
        let word = given.word();
        let code = reader.context.synonyms.code("boarding", &word);
        let answer = code.map(|code| code == "true").or_else(|| reader.answer(&word));
        if answer.is_none() && !reader.is_absent(&word) {
            reader.refuse(given, "unknown-value");
        }
        return answer;
    }
    reader.code(Field::BoardingMode, "boarding_mode").map(|code| code == "true")
}

/// The one value that is marked in a group of columns; two are refused.
pub(super) fn sole<'a>(reader: &mut RowReader<'a>, field: Field, list: &str) -> Option<&'a str> {
    let ticked = reader.ticked(field, list);
    if let [_, second, ..] = ticked[..] {
        reader.refuse(second.1, "two-marks");
    }
    ticked.first().map(|(code, _)| *code)
}

fn health(reader: &mut RowReader<'_>) -> Health {
    let mut health = Health {
        disability: reader.text(Field::Disability),
        grade: reader.text(Field::DisabilityGrade),
        illness: reader.text(Field::Illness),
        allergies: reader.text(Field::Allergies),
        note: reader.text(Field::HealthNote),
        status: None,
    };
    if let Some(given) = reader.field(Field::HealthStatus) {
        let status = reader.context.synonyms.code("health_status", &given.word()).and_then(HealthStatus::of_code);
        if status.is_none() {
            health.note = [Some(given.text()), health.note].into_iter().flatten().reduce(|a, b| format!("{a}\n{b}"));
        }
        health.status = status;
    }
    for (code, given) in reader.ticked(Field::HealthStatus, "health_status") {
        let status = HealthStatus::of_code(code);
        // Of a disabled child that is also ill, the illness is kept beside the status.
        let told = if reader.answer(&given.word()) == Some(true) { given.column.header.clone() } else { given.text() };
        let is_word = told == given.column.header;
        match status {
            Some(HealthStatus::Disabled) if !is_word => health.disability = health.disability.or(Some(told)),
            Some(HealthStatus::Ill) if !is_word || health.status.is_some() => {
                health.illness = health.illness.or(Some(told))
            }
            _ => {}
        }
        health.status = health.status.or(status);
    }
    if health.status.is_none() {
        let ill = health.illness.is_some().then_some(HealthStatus::Ill);
        health.status = health.disability.is_some().then_some(HealthStatus::Disabled).or(ill);
    }
    health
}

fn study(reader: &mut RowReader<'_>) -> Study {
    Study {
        habits: reader.text(Field::Habits),
        interests: reader.text(Field::Interests),
        difficulties: reader.text(Field::Difficulties),
        character: reader.text(Field::Character),
    }
}

fn household(reader: &mut RowReader<'_>) -> Facts {
    let mut facts = Facts {
        income: several(reader, Field::Income, "income", Income::of_code),
        benefits: several(reader, Field::Benefits, "benefits", Benefit::of_code),
        subsistence: reader.yes_or_no(Target::Child(Field::Subsistence)),
        housing: reader.text(Field::Housing),
        ..Facts::default()
    };
    facts.low_income = low_income(reader, Field::LowIncome);
    if let Some(given) = reader.field(Field::Hardship) {
        facts.household_note = Some(given.text());
        match reader.context.synonyms.code("hardship", &given.word()) {
            Some("subsistence") => {
                facts.subsistence = facts.subsistence.or(Some(true));
                facts.low_income = facts.low_income.or(Some(true));
            }
            Some("low-income") => facts.low_income = facts.low_income.or(Some(true)),
            _ => {}
        }
    }
    facts
}

/// Yes or no, or a word for a kind of hardship.
fn low_income(reader: &mut RowReader<'_>, field: Field) -> Option<bool> {
    let given = reader.any(Target::Child(field))?;
    let code = reader.context.synonyms.code("hardship", &given.word());
    match code {
        Some(code) => Some(code != "none"),
        None => reader.yes_or_no(Target::Child(field)),
    }
}

/// A set of values: marked in a group of columns, or listed in one cell.
fn several<T: Ord>(reader: &mut RowReader<'_>, field: Field, list: &str, of: fn(&str) -> Option<T>) -> Vec<T> {
    let mut codes: Vec<&str> = reader.ticked(field, list).into_iter().map(|(code, _)| code).collect();
    if let Some(given) = reader.field(field) {
        let synonyms = reader.context.synonyms;
        let word = given.word();
        let words: Vec<&str> = match synonyms.code(list, &word) {
            Some(_) => vec![word.as_str()],
            None => super::family::parted(&word, &synonyms.words.partings),
        };
        let found: Option<Vec<&str>> = words.iter().map(|word| synonyms.code(list, word)).collect();
        match found {
            Some(found) => codes.extend(found),
            None => reader.keep(given),
        }
    }
    let mut values: Vec<T> = codes.into_iter().filter_map(of).collect();
    values.sort_unstable();
    values.dedup();
    values
}
