use proptest::prelude::*;

use super::*;
use crate::assess::testing::{Ledger, day};
use crate::ledger::Snapshot;

const CIVIL: &str = include_str!("../../../data-template/forms/civil-affairs.toml");
const TERM: &str = include_str!("../../../data-template/forms/term-counts.toml");
const ENROLMENT: &str = include_str!("../../../data-template/forms/enrolment.toml");

const AWAY: &str = "[[parent.away]]\nfrom = 2021-02-15\n";

fn both_away() -> String {
    format!("[[parent]]\nrelation = \"father\"\n{AWAY}[[parent]]\nrelation = \"mother\"\n{AWAY}")
}

/// A child of whom everything is known that the form asks: a boy of ten, both parents away, healthy, a good guardian.
fn whole(replaced: &[(&str, &str)]) -> String {
    let text = format!(
        "born = 2016-03-06\ngender = \"male\"\nhukou = \"rural\"\nboarding = false\nclass = \"2023-2\"\n{}\
         [[guardian]]\nname = \"甲\"\nrelation = \"aunt\"\nability = \"good\"\n[health]\nstatus = \"healthy\"\n",
        both_away()
    );
    replaced.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

fn counted(ledger: &Ledger, text: &str) -> (Form, Counts, Snapshot) {
    let (snapshot, rules) = ledger.loaded();
    let form = read("forms/it.toml", text, &rules).unwrap_or_else(|problems| panic!("{problems}"));
    let counts = Counts::of(&form, &snapshot, &rules, day("2026-11-24"));
    (form, counts, snapshot)
}

/// The columns that count the one child of a ledger.
fn columns_of(rest: &str) -> Vec<u32> {
    let (form, counts, _) = counted(&Ledger::new().student("a", rest), CIVIL);
    let row = counts.rows.last().unwrap();
    assert!(counts.is_sound(), "{rest}: {counts:?}");
    form.column.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()).map(|(column, _)| column.number).collect()
}

/// By hand, from the circular and our reading of it: each column that a primary school's ledger can fill.
#[test]
fn a_child_is_in_the_columns_of_the_civil_affairs_form_that_its_record_asks_for() {
    let one_away = (
        "relation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n",
        "relation = \"mother\"\ncapable = false\n[[parent.away]]\nuntil = 2020-01-01\n",
    );
    let dead = (
        "relation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n",
        "relation = \"mother\"\nstatus = \"deceased\"\n",
    );
    for (replaced, expected) in [
        (vec![], [1, 5, 6, 13, 19, 25, 26, 30]),
        (vec![("male", "female")], [1, 5, 7, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2020-11-25"), ("2023-2", "2026-1")], [1, 2, 3, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2020-11-25"), ("\"male", "\"female")], [1, 2, 4, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2020-11-24")], [1, 5, 6, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2012-11-25")], [1, 5, 6, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2012-11-24")], [1, 8, 9, 13, 19, 25, 26, 30]),
        (vec![("2016-03-06", "2010-11-25"), ("\"male", "\"female")], [1, 8, 10, 13, 19, 25, 26, 30]),
        (vec![("2023-2", "2027-1")], [1, 5, 6, 11, 19, 22, 26, 30]),
        (vec![("2023-2", "2020-1")], [1, 5, 6, 14, 19, 25, 26, 30]),
        (vec![("2023-2", "2020-1"), ("boarding = false", "boarding = true")], [1, 5, 6, 14, 19, 24, 26, 30]),
        (vec![("boarding = false", "boarding = true")], [1, 5, 6, 13, 19, 24, 26, 30]),
        (vec![one_away], [1, 5, 6, 13, 20, 25, 26, 30]),
        (vec![dead], [1, 5, 6, 13, 20, 25, 26, 30]),
        (vec![("status = \"healthy\"", "status = \"disabled\"")], [1, 5, 6, 13, 19, 25, 27, 30]),
        (vec![("status = \"healthy\"", "status = \"ill\"")], [1, 5, 6, 13, 19, 25, 28, 30]),
        (vec![("status = \"healthy\"", "status = \"disabled\"\nillness = \"x\"")], [1, 5, 6, 13, 19, 25, 29, 30]),
        (vec![("\"good\"", "\"fair\"")], [1, 5, 6, 13, 19, 25, 26, 31]),
        (vec![("\"good\"", "\"poor\"")], [1, 5, 6, 13, 19, 25, 26, 32]),
    ] {
        assert_eq!(columns_of(&whole(&replaced)), expected, "{replaced:?}");
    }
    // Sixteen on the day, registered in town, or with a parent at home: not counted at all.
    for replaced in [
        [("2016-03-06", "2010-11-24")],
        [("rural", "urban")],
        [(
            "relation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n",
            "relation = \"mother\"\n[[parent.away]]\nuntil = 2022-01-01\n",
        )],
    ] {
        assert_eq!(columns_of(&whole(&replaced)), [] as [u32; 0], "{replaced:?}");
    }
}

/// No pupil of a school can be in these: their filters are tried by the words for them.
#[test]
fn the_columns_that_no_pupil_is_in_ask_for_what_is_no_primary_school() {
    let (form, _, _) = counted(&Ledger::new(), CIVIL);
    let asked = |number: u32| {
        let schooling = &form.column(number).unwrap().r#where.schooling;
        schooling.iter().map(|one| one.code()).collect::<Vec<_>>()
    };
    for (number, expected) in [
        (12, &["not-in-kindergarten"][..]),
        (15, &["senior-secondary"]),
        (16, &["vocational"]),
        (17, &["dropped-out"]),
        (18, &["not-at-school"]),
        (21, &["not-in-kindergarten", "dropped-out", "not-at-school"]),
        (23, &["senior-secondary", "vocational"]),
    ] {
        assert_eq!(asked(number), expected, "{number}");
    }
    assert_eq!(form.column.iter().map(|column| column.number).collect::<Vec<_>>(), (1..=32).collect::<Vec<_>>());
}

#[test]
fn what_is_unknown_is_in_no_column_and_breaks_the_equation_with_the_field_that_is_missing() {
    let no_care = whole(&[("ability = \"good\"\n", "")]);
    let no_hukou = whole(&[("hukou = \"rural\"\n", "")]);
    let ledger = Ledger::new().student("a", &whole(&[])).student("b", &no_care).student("c", &no_hukou);
    let (_, counts, snapshot) = counted(&ledger, CIVIL);
    let at = |id: &str| snapshot.place_of_student(&id.parse().unwrap()).unwrap();
    assert_eq!(counts.broken.len(), 1);
    let sides: Vec<usize> = counts.broken[0].sides.iter().map(|(_, number)| *number).collect();
    assert_eq!(sides, [2, 2, 2, 2, 2, 2, 1]);
    let fields = vec!["guardian.0.ability".to_owned()];
    assert_eq!(counts.astray, [Astray { student: at("b"), sum: "30+31+32".to_owned(), found: vec![], fields }]);
    assert_eq!(counts.open, [Open { student: at("c"), fields: vec!["hukou".to_owned()], columns: vec![] }]);
}

/// A filter that lets a child into two columns, and another one out of both: the sums agree, and both are named.
#[test]
fn two_children_in_the_wrong_place_do_not_make_up_for_each_other() {
    let text = "title = { zh = \"x\", en = \"x\" }\ncounts = \"pupils\"\nequations = [\"1 = 2+3\"]\n\
                [[column]]\nnumber = 1\nlabel = { zh = \"x\", en = \"x\" }\n\
                [[column]]\nnumber = 2\nlabel = { zh = \"x\", en = \"x\" }\nwhere = { gender = \"male\" }\n\
                [[column]]\nnumber = 3\nlabel = { zh = \"x\", en = \"x\" }\nwhere = { boarding = true }\n";
    let ledger = Ledger::new()
        .student("a", "gender = \"male\"\nboarding = true\n")
        .student("b", "gender = \"female\"\nboarding = false\n");
    let (_, counts, _) = counted(&ledger, text);
    assert_eq!(counts.broken, []);
    let found: Vec<&[u32]> = counts.astray.iter().map(|one| one.found.as_slice()).collect();
    assert_eq!(found, [&[2, 3][..], &[]]);
}

#[test]
fn what_a_form_cannot_mean_is_named_with_its_line() {
    let (_, rules) = Ledger::new().loaded();
    for (old, new, code, line) in [
        ("number = 3\n", "number = 2\n", "form-column-twice", 0),
        ("\"2 = 3+4\"", "\"2 = 3+44\"", "form-column-unknown", 36),
        ("\"2 = 3+4\"", "\"2 = 3-4\"", "form-equation", 36),
        ("left-behind = \"civil-affairs\"", "left-behind = \"mine\"", "form-definition", 0),
        ("boarding = true", "bording = true", "toml-value", 0),
        ("rows = \"school\"", "rows = \"town\"", "toml-value", 0),
        ("age = { from = 6, until = 13 }", "age = { from = 6, until = 3 }", "form-ages", 0),
    ] {
        let text = CIVIL.replacen(old, new, 1);
        assert_ne!(text, CIVIL, "{old}");
        let problems = read("forms/it.toml", &text, &rules).unwrap_err();
        let first =
            problems.0.iter().find(|problem| problem.code == code).unwrap_or_else(|| panic!("{new}: {problems}"));
        let wanted = match line {
            0 => text.lines().zip(CIVIL.lines()).position(|(a, b)| a != b).map(|at| at as u32 + 1),
            _ => text.lines().position(|text| text.contains(new)).map(|at| at as u32 + 1),
        };
        // Ages are named on the line of their column's number, which stands above them.
        let found = first.place.row().unwrap();
        assert!(Some(found) == wanted || (code == "form-ages" && found < wanted.unwrap()), "{new}: {found} {wanted:?}");
    }
}

#[test]
fn a_form_with_a_day_of_its_own_speaks_of_the_last_one() {
    let (_, rules) = Ledger::new().loaded();
    let form =
        |more: &str| read("forms/it.toml", &CIVIL.replacen("rows = ", &format!("{more}\nrows = "), 1), &rules).unwrap();
    let days = |more: &str, at: &str| {
        let (day_of, ages_on) = form(more).days(day(at));
        (day_of.to_string(), ages_on.to_string())
    };
    let two = "cut-off = [\"06-30\", \"12-31\"]";
    assert_eq!(days("", "2026-11-24"), ("2026-11-24".to_owned(), "2026-11-24".to_owned()));
    assert_eq!(days(two, "2026-11-24"), ("2026-06-30".to_owned(), "2026-06-30".to_owned()));
    assert_eq!(days(two, "2026-06-29").0, "2025-12-31");
    assert_eq!(days("ages-on = \"08-31\"", "2026-11-24"), ("2026-11-24".to_owned(), "2026-08-31".to_owned()));
}

/// A child of whom everything is known, drawn at random.
fn child() -> impl Strategy<Value = String> {
    let facts = (0u32..16, any::<bool>(), any::<bool>(), 2018i32..2028, 0usize..4, 0usize..4, 0usize..3, any::<bool>());
    facts.prop_map(|(age, male, boards, cohort, away, health, ability, rural)| {
        let away_or = |is: bool, other: &str| if is { AWAY.to_owned() } else { other.to_owned() };
        let home = "[[parent.away]]\nuntil = 2020-01-01\n";
        let mother = ["", "capable = false\n", "status = \"deceased\"\n", ""][away];
        let health =
            ["status = \"healthy\"", "status = \"ill\"", "disability = \"x\"", "disability = \"x\"\nillness = \"y\""]
                [health];
        format!(
            "born = {}-03-06\ngender = \"{}\"\nhukou = \"{}\"\nboarding = {boards}\nclass = \"{cohort}-1\"\n\
             [[parent]]\nrelation = \"father\"\n{AWAY}[[parent]]\nrelation = \"mother\"\n{mother}{}\
             [[guardian]]\nrelation = \"aunt\"\nability = \"{}\"\n[health]\n{health}\n",
            2026 - age,
            if male { "male" } else { "female" },
            if rural { "rural" } else { "urban" },
            away_or(away == 0, home),
            ["good", "fair", "poor"][ability],
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_equations_hold_in_every_school_of_which_everything_is_known(children in prop::collection::vec(child(), 0..25)) {
        let ledger = children.iter().enumerate().fold(Ledger::new(), |ledger, (at, rest)| {
            ledger.student(&format!("a{at}"), rest)
        });
        for text in [CIVIL, ENROLMENT, TERM] {
            let (_, counts, _) = counted(&ledger, text);
            prop_assert!(counts.is_sound(), "{:?} {:?} {:?}", counts.broken, counts.astray, counts.open);
        }
    }
}
