//! Days, ids and classes, as they are typed, as they stand in a file, and as they stand in a cell of a spreadsheet.

use guanai::import::{self, CensusOptions, Synonyms};
use guanai::ledger::seal::{is_sealed, recipient_count};
use guanai::ledger::template;
use guanai::model::kind::phone_digits;
use guanai::model::national_id::NationalId;
use guanai::model::{Class, Day, Exact, Money, RowId, Student, StudentId, When, is_id, school_year_on, whom};
use guanai::report::safe;
use guanai::write::set_field;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every reader of one value.
pub fn every(bytes: &[u8]) {
    let text = text(bytes);
    let _ = (text.parse::<Day>(), text.parse::<When>(), text.parse::<StudentId>(), text.parse::<RowId>());
    let _ = (text.parse::<Money>(), text.parse::<Exact>(), NationalId::parse(&text), phone_digits(&text), whom(&text));
    let _ = text.parse::<Class>();
    let _ = (is_sealed(&text), recipient_count(&text));
    let shown = safe::visible(&text);
    assert!(!shown.contains(char::is_control));
    let _ = (safe::csv(&text), safe::markdown_line(&text), safe::xml(&text));
}

/// A day, to the day or to the month.
pub fn day(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(day) = text.parse::<Day>() {
        assert_eq!(day.to_string(), text);
        for days in [-800_000, -1, 0, 400, 4_000_000] {
            let _ = day.plus(days);
        }
        let _ = (day.months_before(30), day.age_since(Day::new(2016, 2, 29).unwrap()), school_year_on(day));
        let _ = (day.days_since(Day::new(2026, 11, 24).unwrap()), Class::of_grade(3, 1, day));
    }
    if let Ok(when) = text.parse::<When>() {
        assert_eq!(when.to_string().parse(), Ok(when));
    }
    typed(&["born", "consent"], &text);
}

/// The id of a child or a row, a resident's number, whom a record concerns, a phone.
pub fn id(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(id) = text.parse::<StudentId>() {
        assert_eq!((id.as_str(), is_id(&text)), (text.as_str(), true));
        assert!(!text.contains(['/', '\\', ':', '\0', '\n', '\u{1b}']), "an id is a name of a file");
    }
    if let Ok(id) = text.parse::<RowId>() {
        assert_eq!(id.as_str(), text);
    }
    let _ = (NationalId::parse(&text), phone_digits(&text), whom(&text));
    typed(&["national_id", "roll_number", "phone", "parent.father.national_id"], &text);
}

/// A class: the year of its entry and its number.
pub fn class(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(class) = text.parse::<Class>() {
        assert_eq!(class.to_string().parse(), Ok(class));
        for day in ["1900-01-01", "2026-11-24", "2199-12-31"] {
            let _ = class.grade_on(day.parse().unwrap());
        }
    }
    let _ = whom(&format!("class:{text}"));
    typed(&["class"], &text);
}

/// What is typed for these keys of a child.
fn typed(keys: &[&str], text: &str) {
    let child: Student = toml::from_str("id = \"aaaaaa\"\nname = \"王小明\"").expect("a child");
    for key in keys {
        let _ = set_field(&mut child.clone(), key, text, &|_, _| false);
    }
}

/// What reads the input in the one cell of a spreadsheet under each of these headers.
pub fn cell_reader(headers: &'static [&'static str]) -> impl Fn(&[u8]) {
    let synonyms = Synonyms::parse("import/census.toml", &template::text("import/census.toml")).expect("as shipped");
    let options =
        CensusOptions { day: Day::new(2026, 11, 24).expect("a day"), school_years: 6, id_from: None, sheet: None };
    move |bytes| {
        let cell = text(bytes).replace('"', "\"\"");
        for header in headers {
            let form = format!("姓名,{header}\n甲一,\"{cell}\"\n");
            let Ok(sheets) = import::read("form.csv", form.as_bytes()) else { continue };
            import::read_census("form.csv", &sheets, &synonyms, &options);
        }
    }
}
