//! Every form in `tests/forms/` read and reconciled, and held field by field against what it must become.

use guanai::import::{
    Answers, CensusOptions, Does, Form, Reading, Reconciled, Sheet, Synonyms, Wording, read, read_census, reconcile,
    rejects,
};
use guanai::model::{Day, IdSource, Outcome, Place, Problem, Student};
use serde_json::Value;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/forms/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn day() -> Day {
    "2026-09-10".parse().unwrap()
}

fn synonyms() -> Synonyms {
    let text = include_str!("../data-template/import/census.toml");
    Synonyms::parse("import/census.toml", text).unwrap()
}

fn reading_of(name: &str, sheets: &Outcome<Vec<Sheet>>) -> Reading {
    let options = CensusOptions { day: day(), school_years: 6, id_from: None, sheet: None };
    match sheets {
        Ok(sheets) => read_census(name, sheets, &synonyms(), &options),
        Err(problems) => Reading { problems: problems.0.clone(), ..Reading::default() },
    }
}

fn form(name: &str) -> Reading {
    reading_of(name, &read(name, &bytes(name)))
}

/// The students after a form, and what it did. Children whom it does not name stay as they are.
fn import(students: &[Student], reading: &Reading) -> (Vec<Student>, Reconciled) {
    let mut ids = IdSource::Seeded(students.len() as u64 + 7);
    let reconciled = reconcile(
        students,
        Form { rows: reading.rows.clone(), refused: &reading.refused, answers: &Answers::default(), day: day() },
        &mut ids,
    );
    let mut after = students.to_vec();
    for verdict in &reconciled.verdicts {
        match &verdict.does {
            Does::Add(student) => after.push((**student).clone()),
            Does::Change { after: changed, .. } => {
                let old = after.iter_mut().find(|student| student.id == changed.id).unwrap();
                *old = (**changed).clone();
            }
            Does::Nothing(_) | Does::Refuse(_) => {}
        }
    }
    (after, reconciled)
}

/// The record as its file holds it, read as plain values.
fn plain(student: &Student) -> Value {
    let table: toml::Table = toml::from_str(&toml::to_string(student).unwrap()).unwrap();
    json(&toml::Value::Table(table))
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Array(items) => Value::Array(items.iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(table.iter().map(|(key, item)| (key.clone(), json(item))).collect()),
        toml::Value::String(text) => Value::String(text.clone()),
        toml::Value::Boolean(value) => Value::Bool(*value),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
    }
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items = items.clone();
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        other => other.clone(),
    }
}

fn compare(students: &[Student], expected: &Value) -> Vec<String> {
    let found: Vec<Value> = students.iter().map(plain).collect();
    let mut wrong = Vec::new();
    for want in expected["students"].as_array().into_iter().flatten() {
        let by_number =
            found.iter().filter(|have| want.get("national_id").is_some_and(|id| have.get("national_id") == Some(id)));
        let mut near: Vec<&Value> = by_number.collect();
        if near.is_empty() {
            let same = |key: &str, have: &Value| want.get(key).is_none() || have.get(key) == want.get(key);
            near = found.iter().filter(|have| same("name", have) && same("class", have)).collect();
        }
        let [have] = near[..] else {
            wrong.push(format!("{} has {} records", want["name"], near.len()));
            continue;
        };
        for (key, value) in want.as_object().unwrap() {
            match value {
                Value::Array(people) => people.iter().for_each(|want| same_person(want, have, key, &mut wrong)),
                Value::Object(table) => {
                    for (inner, value) in table {
                        let got = have.get(key).and_then(|table| table.get(inner)).unwrap_or(&Value::Null);
                        differ(&have["name"], &format!("{key}.{inner}"), value, got, &mut wrong);
                    }
                }
                _ => differ(&have["name"], key, value, have.get(key).unwrap_or(&Value::Null), &mut wrong),
            }
        }
    }
    wrong
}

fn same_person(want: &Value, have: &Value, part: &str, wrong: &mut Vec<String>) {
    let people = have.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    let near = people.iter().find(|person| {
        person.get("name") == want.get("name")
            || (want.get("name").is_none() && person.get("relation") == want.get("relation"))
    });
    let Some(person) = near else {
        wrong.push(format!("{} {part} is missing: {want}", have["name"]));
        return;
    };
    for (key, value) in want.as_object().unwrap() {
        let got = if key == "away_place" {
            let away = person.get("away").and_then(Value::as_array).cloned().unwrap_or_default();
            away.iter().find(|away| away.get("until").is_none()).and_then(|away| away.get("place").cloned())
        } else {
            person.get(key).cloned()
        };
        differ(&have["name"], &format!("{part}.{key}"), value, &got.unwrap_or(Value::Null), wrong);
    }
}

fn differ(name: &Value, key: &str, want: &Value, got: &Value, wrong: &mut Vec<String>) {
    if sorted(want) != sorted(got) {
        wrong.push(format!("{name} {key}: expected {want}, found {got}"));
    }
}

/// Sheet, row, column and rule.
type Named = (Option<String>, Option<u32>, Option<String>, String);

fn as_expected(problem: &Problem) -> Named {
    let (sheet, row, column) = match &problem.place {
        Place::Cell { sheet, row, column, .. } => (sheet.clone(), Some(*row), column.clone()),
        _ => (None, None, None),
    };
    (sheet, row, column, problem.code.to_owned())
}

fn expected(name: &str) -> Value {
    serde_json::from_slice(&bytes(&format!("{name}.expected.json"))).unwrap()
}

fn expected_problems(expected: &Value) -> Vec<Named> {
    let text = |problem: &Value, key: &str| problem.get(key).and_then(Value::as_str).map(str::to_owned);
    let one = |problem: &Value| {
        let row = problem.get("row").and_then(Value::as_u64).map(|row| row as u32);
        (text(problem, "sheet"), row, text(problem, "column"), text(problem, "rule").unwrap())
    };
    expected["problems"].as_array().into_iter().flatten().map(one).collect()
}

#[test]
fn every_form_becomes_what_it_must() {
    for name in [
        "01-civil-affairs.xlsx",
        "02-enrolment-export.xlsx",
        "03-roster-gb18030.csv",
        "04-rounded-ids.xls",
        "05-tabs.xls",
        "06-sheet-per-class.xlsx",
        "07-roster.ods",
        "08-hostile.csv",
        "10-same-name.csv",
        "11-empty.csv",
        "11-header-only.csv",
        "11-no-name-column.csv",
        "11-not-a-workbook.xlsx",
        "11-password.xlsx",
        "12-faults.csv",
    ] {
        let (expected, reading) = (expected(name), form(name));
        let problems: Vec<_> = reading.all_problems().map(as_expected).collect();
        assert_eq!(problems, expected_problems(&expected), "{name}");
        let (students, _) = import(&[], &reading);
        assert_eq!(compare(&students, &expected), Vec::<String>::new(), "{name}");
        let wanted = expected["students"].as_array().map_or(0, Vec::len);
        assert_eq!(students.len(), wanted, "{name}");
        assert!(reading.warnings.is_empty(), "{name}: {:?}", reading.warnings);
    }
}

#[test]
fn the_same_form_twice_changes_nothing() {
    for name in ["01-civil-affairs.xlsx", "02-enrolment-export.xlsx", "06-sheet-per-class.xlsx", "10-same-name.csv"] {
        let reading = form(name);
        let (students, _) = import(&[], &reading);
        let (again, reconciled) = import(&students, &reading);
        assert!(reconciled.verdicts.iter().all(|verdict| matches!(verdict.does, Does::Nothing(_))), "{name}");
        assert_eq!((again, reconciled.gone), (students, vec![]), "{name}");
    }
}

#[test]
fn next_terms_form_adds_changes_and_names_who_is_gone() {
    let name = "09-next-term.xlsx";
    let expected = expected(name);
    let (before, _) = import(&[], &form("01-civil-affairs.xlsx"));
    let (after, reconciled) = import(&before, &form(name));
    assert_eq!(compare(&after, &expected), Vec::<String>::new());
    let called = |id| after.iter().find(|student| student.id == id).unwrap().name.clone();
    let gone: Vec<String> = reconciled.gone.into_iter().map(called).collect();
    assert_eq!(Value::from(gone), expected["gone"]);
    let added = reconciled.verdicts.iter().filter_map(|verdict| match &verdict.does {
        Does::Add(student) => Some(student.name.clone()),
        _ => None,
    });
    assert_eq!(Value::from(added.collect::<Vec<_>>()), expected["added"]);
    let changed = |name: &str| {
        reconciled
            .verdicts
            .iter()
            .any(|verdict| matches!(&verdict.does, Does::Change { after, .. } if after.name == name))
    };
    for pair in expected["changed_at_least"].as_array().unwrap() {
        assert!(changed(pair[0].as_str().unwrap()), "{pair}");
    }
}

#[test]
fn a_row_that_fits_two_children_is_refused_and_lists_both() {
    let (students, _) = import(&[], &form("10-same-name.csv"));
    let (_, reconciled) = import(&students, &form("10-same-name-no-number.csv"));
    let [verdict] = &reconciled.verdicts[..] else { panic!("one row, one verdict") };
    let Does::Refuse(problems) = &verdict.does else { panic!("{:?}", verdict.does) };
    assert_eq!((problems[0].code, problems[0].place.row()), ("ambiguous-student", Some(2)));
    for student in &students {
        assert!(problems[0].values.iter().any(|(_, value)| value.contains(student.id.as_str())));
    }
    assert!(reconciled.gone.is_empty());
}

#[test]
fn one_form_after_another_of_the_same_school_names_the_same_children() {
    let (students, _) = import(&[], &form("02-enrolment-export.xlsx"));
    for name in
        ["01-civil-affairs.xlsx", "03-roster-gb18030.csv", "05-tabs.xls", "06-sheet-per-class.xlsx", "07-roster.ods"]
    {
        let (after, _) = import(&students, &form(name));
        assert_eq!(after.len(), students.len(), "{name}");
    }
}

#[test]
fn sheets_that_are_not_read_are_named() {
    let left_out: Vec<_> = form("06-sheet-per-class.xlsx").left_out.iter().map(|left| left.reason.key()).collect();
    assert_eq!(left_out, ["sheet-no-name-column", "sheet-hidden"]);
}

#[test]
fn hostile_texts_are_kept_as_they_are() {
    let name = "08-hostile.csv";
    let (students, _) = import(&[], &form(name));
    let texts: Vec<String> = students.iter().map(|student| student.note.clone().unwrap()).collect();
    assert_eq!(Value::from(texts), expected(name)["texts"]);
    assert!(students.iter().all(|student| student.address == student.note));
}

#[test]
fn rows_to_mend_come_back_as_a_spreadsheet_that_can_be_imported() {
    for name in ["12-faults.csv", "04-rounded-ids.xls"] {
        let reading = form(name);
        let wording = Wording { reasons: "要改的地方", problem: &|problem| problem.code.to_owned() };
        let bytes = rejects(&reading.headers, &reading.refused, &wording).unwrap();
        let again = reading_of("rejects.xlsx", &read("rejects.xlsx", &bytes));
        let codes = |reading: &Reading| reading.all_problems().map(|problem| problem.code).collect::<Vec<_>>();
        assert_eq!(codes(&again), codes(&reading), "{name}");
        assert!(again.rows.is_empty());
    }
}

#[test]
fn no_form_cut_short_makes_the_reader_panic() {
    for name in ["01-civil-affairs.xlsx", "04-rounded-ids.xls", "07-roster.ods", "08-hostile.csv", "11-password.xlsx"] {
        let whole = bytes(name);
        for part in 0..40 {
            let cut = &whole[..whole.len() * part / 40];
            let _ = reading_of(name, &read(name, cut));
        }
    }
}
