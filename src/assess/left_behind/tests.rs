use super::*;
use crate::model::Student;

const DAY: &str = "2026-09-10";
const ALL: [&str; 4] = ["civil-affairs", "civil-affairs-half-year", "enrolment-system", "school"];

fn definitions() -> Definitions {
    toml::from_str(include_str!("../../../data-template/rules/left-behind.toml")).unwrap()
}

fn places() -> Places {
    toml::from_str(include_str!("../../../data-template/rules/places.toml")).unwrap()
}

/// A rural child of ten with this in its file beside.
fn child(rest: &str) -> Student {
    let known = "id = \"k7m2q4\"\nname = \"王小明\"\nborn = 2016-03-06\nhukou = \"rural\"\n";
    student(&format!("{known}{rest}"))
}

fn student(text: &str) -> Student {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn judged(student: &Student, name: &str, day: &str) -> LeftBehind {
    let definitions = definitions();
    let context = Context { reported_months: definitions.reported_months, places: &places() };
    left_behind(student, 0, day.parse().unwrap(), &definitions.definition[name], context)
}

fn answer(student: &Student, name: &str) -> String {
    match judged(student, name, DAY).answer {
        Answer::Yes(kind) => kind.code().to_owned(),
        Answer::No => "no".to_owned(),
        Answer::Unknown { fields } => format!("? {}", fields.join(" ")),
    }
}

/// A parent, and a stretch of absence where `away` is not empty.
fn parent(relation: &str, keys: &str, away: &str) -> String {
    let away = if away.is_empty() { String::new() } else { format!("[[parent.away]]\n{away}\n") };
    format!("[[parent]]\nrelation = \"{relation}\"\n{keys}\n{away}")
}

fn parents(father: (&str, &str), mother: (&str, &str)) -> Student {
    child(&(parent("father", father.0, father.1) + &parent("mother", mother.0, mother.1)))
}

const LONG: &str = "from = 2021-02-15";
const FOUR_MONTHS: &str = "from = 2026-05-01";
const NEW: &str = "from = 2026-08-20";
const BACK: &str = "from = 2021-02-15\nuntil = 2026-01-31";

#[test]
fn each_definition_answers_for_each_state_of_the_parents() {
    let home = ("", BACK);
    let both = "both-away";
    let one = "one-away";
    for (what, child, wanted) in [
        ("both long away", parents(("", LONG), ("", LONG)), [both, both, both, both]),
        ("both four months away", parents(("", FOUR_MONTHS), ("", FOUR_MONTHS)), [both, "no", both, both]),
        ("both just gone", parents(("", NEW), ("", NEW)), [both, "no", "no", both]),
        ("one of them just gone", parents(("", LONG), ("", NEW)), [both, "no", one, both]),
        ("one away, one home", parents(("", LONG), home), ["no", "no", one, one]),
        ("both home", parents(home, home), ["no"; 4]),
        (
            "one away, the other without capacity",
            parents(("", LONG), ("capable = false", BACK)),
            ["other-without-capacity"; 4],
        ),
        (
            "one just gone, the other without capacity",
            parents(("", NEW), ("capable = false", BACK)),
            ["other-without-capacity", "other-without-capacity", "no", "other-without-capacity"],
        ),
        ("one away, the other dead", parents(("", LONG), ("status = \"deceased\"", "")), ["no-parent-to-care"; 4]),
        ("one home, the other in prison", parents(home, ("status = \"imprisoned\"", "")), ["no"; 4]),
        (
            "one without capacity, the other missing",
            parents(("capable = false", BACK), ("status = \"missing\"", "")),
            ["no-parent-to-care", "no-parent-to-care", "no", "no"],
        ),
        ("both dead", parents(("status = \"deceased\"", ""), ("status = \"deceased\"", "")), ["no"; 4]),
        ("dead with an open stretch is not away", parents(("status = \"deceased\"", LONG), home), ["no"; 4]),
        (
            "one away, the other estranged and at home",
            parents(("", LONG), ("status = \"estranged\"", BACK)),
            ["? parent.1.capable", "? parent.1.capable", one, one],
        ),
        (
            "one away, the other estranged, place unknown, without capacity",
            parents(("", LONG), ("status = \"estranged\"\ncapable = false", "")),
            ["unsettled", "? parent.1.away", "unsettled", "unsettled"],
        ),
        (
            "one away, of the other nothing",
            parents(("", LONG), ("", "")),
            ["? parent.1.away", "? parent.1.away", "unsettled", "unsettled"],
        ),
        ("one home, of the other nothing", parents(home, ("", "")), ["no", "no", "? parent.1.away", "? parent.1.away"]),
        (
            "one away, the other not in the file",
            child(&parent("father", "", LONG)),
            ["? parent.mother", "? parent.mother", "unsettled", "unsettled"],
        ),
        ("nobody in the file", child(""), ["? parent.father parent.mother"; 4]),
    ] {
        for (name, wanted) in ALL.iter().zip(wanted) {
            assert_eq!(answer(&child, name), wanted, "{what}: {name}");
        }
    }
}

#[test]
fn a_report_decides_where_the_record_says_nothing() {
    let report =
        |number: u8, rest: &str| child(&format!("{rest}[reported]\naway_parents = {number}\non = 2026-09-01\n"));
    let father_away = parent("father", "", LONG);
    let unknown = parent("father", "", "") + &parent("mother", "", "");
    let half_year = "? parent.father parent.mother";
    for (what, child, wanted) in [
        ("0 and nobody in the file", report(0, ""), ["no"; 4]),
        ("2 and nobody in the file", report(2, ""), ["both-away", half_year, "both-away", "both-away"]),
        ("1 and nobody in the file", report(1, ""), ["no", "no", "one-away", "one-away"]),
        ("1 and the father is away", report(1, &father_away), ["no", "no", "one-away", "one-away"]),
        ("1 and nothing of either", report(1, &unknown), ["no", "no", "one-away", "one-away"]),
        (
            "2 and the father is away",
            report(2, &father_away),
            ["both-away", "? parent.mother", "both-away", "both-away"],
        ),
        (
            "1 and the father is dead",
            report(1, &parent("father", "status = \"deceased\"", "")),
            ["no-parent-to-care"; 4],
        ),
        (
            "1 and the father went after the form",
            report(1, &parent("father", "", "from = 2026-09-05")),
            ["? parent.mother", "no", "? parent.mother", "unsettled"],
        ),
        (
            "2 and both came back before the form",
            report(2, &(parent("father", "", BACK) + &parent("mother", "", BACK))),
            ["both-away", "? parent.0.away parent.1.away", "both-away", "both-away"],
        ),
        (
            "1, one of the two without capacity",
            report(1, &(parent("father", "capable = false", "") + &parent("mother", "", ""))),
            ["? parent.0.away parent.1.away", "? parent.0.away parent.1.away", "unsettled", "unsettled"],
        ),
    ] {
        for (name, wanted) in ALL.iter().zip(wanted) {
            assert_eq!(answer(&child, name), wanted, "{what}: {name}");
        }
    }
    let later = child("[reported]\naway_parents = 2\non = 2026-09-11\n");
    assert!(answer(&later, "school").starts_with('?'), "a report of a later day was counted");
    let orphan = child("[reported]\norphan = true\non = 2026-09-01\n");
    assert_eq!(answer(&orphan, "civil-affairs"), "no");
}

#[test]
fn months_are_counted_from_the_latest_day_that_the_absence_can_have_begun() {
    for (away, half_year) in [
        ("from = \"2026-02\"", "both-away"),
        ("from = \"2026-03\"", "? parent.0.away.0.from"),
        ("from = \"2026-04\"", "no"),
        ("noted = 2026-03-10", "both-away"),
        ("noted = 2026-03-11", "? parent.0.away.0.from"),
        ("place = \"广东省\"", "? parent.0.away.0.from"),
    ] {
        assert_eq!(answer(&parents(("", away), ("", LONG)), "civil-affairs-half-year"), half_year, "{away}");
    }
}

#[test]
fn an_absence_counts_from_the_day_it_began_or_was_noted_and_no_earlier() {
    let child = parents(("", "noted = 2026-09-10"), ("", "from = 2026-09-10"));
    assert!(judged(&child, "school", "2026-09-10").answer.is_yes());
    assert!(matches!(judged(&child, "school", "2026-09-09").answer, Answer::Unknown { .. }));
}

#[test]
fn age_and_registration_close_the_civil_affairs_definition() {
    let away = parent("father", "", LONG) + &parent("mother", "", LONG);
    let of = |known: &str| student(&format!("id = \"k7m2q4\"\nname = \"王小明\"\n{known}\n{away}"));
    for (known, wanted) in [
        ("born = 2010-09-11\nhukou = \"rural\"", "both-away"),
        ("born = 2010-09-10\nhukou = \"rural\"", "no"),
        ("born = 2016-03-06\nhukou = \"urban\"", "no"),
        ("born = 2016-03-06", "? hukou"),
        ("", "? born hukou"),
    ] {
        assert_eq!(answer(&of(known), "civil-affairs"), wanted, "{known}");
        assert_eq!(answer(&of(known), "school"), "both-away", "{known}");
    }
}

#[test]
fn a_child_registered_elsewhere_is_not_left_behind_for_the_enrolment_system() {
    let away = parent("father", "", LONG);
    for (places, wanted) in [
        ("address = \"贵州省毕节市龙潭村\"\nhukou_address = \"四川省泸州市\"", "no"),
        ("address = \"贵州省毕节市龙潭村\"\nhukou_address = \"贵州省遵义市\"", "? hukou_address"),
        ("address = \"贵州省毕节市龙潭村\"\nhukou_address = \"贵州省毕节市\"", "unsettled"),
        ("address = \"龙潭村\"", "unsettled"),
    ] {
        assert_eq!(answer(&child(&format!("{places}\n{away}")), "enrolment-system"), wanted, "{places}");
    }
}

#[test]
fn a_step_parent_stands_in_for_a_parent_who_is_gone() {
    let mother = parent("mother", "", LONG);
    let dead = parent("father", "status = \"deceased\"", "");
    let step = parent("step-father", "", BACK);
    assert_eq!(answer(&child(&format!("{dead}{mother}")), "civil-affairs"), "no-parent-to-care");
    assert_eq!(answer(&child(&format!("{dead}{mother}{step}")), "civil-affairs"), "no");
}

#[test]
fn an_answer_says_which_field_each_parent_s_state_comes_from() {
    let child = parents(("", LONG), ("status = \"imprisoned\"", ""));
    let found = judged(&child, "civil-affairs", DAY);
    let keys: Vec<String> = found
        .evidence
        .iter()
        .map(|fact| match &fact.origin {
            Some(crate::ledger::Origin::Record { key, .. }) => format!("{} {key}", fact.key),
            _ => fact.key.to_owned(),
        })
        .collect();
    assert_eq!(
        keys,
        [
            "left-behind-away-since parent.0.away.0",
            "left-behind-gone parent.1.status",
            "left-behind-age born",
            "left-behind-hukou hukou"
        ]
    );
}
