//! The five work plans from the shell: every measure can be missed and met, by the commands that the program names.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use support::{Said, School, said};

/// Code, shape, kind, unit, period, times (days, of what is to be answered in time) and how the frequency is known, as
/// the work plans read.
const MEASURES: &str = include_str!("measures.csv");

/// After the spring term, its holiday and the school year: nothing is open any more.
const AFTER: &str = "2027-09-10";

struct Measure {
    code: &'static str,
    shape: &'static str,
    kind: &'static str,
    unit: &'static str,
    every: &'static str,
    times: &'static str,
    frequency: &'static str,
}

fn measures() -> Vec<Measure> {
    let measure = |line: &'static str| {
        let [code, shape, kind, unit, every, times, frequency] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        Measure { code, shape, kind, unit, every, times, frequency }
    };
    MEASURES.lines().skip(1).map(measure).collect()
}

fn plans() -> BTreeMap<String, toml::Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template/plans");
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir(root).unwrap().flatten() {
        let plan: toml::Table = std::fs::read_to_string(file.path()).unwrap().parse().unwrap();
        for commitment in plan["commitment"].as_array().unwrap() {
            let commitment = commitment.as_table().unwrap().clone();
            found.insert(commitment["code"].as_str().unwrap().to_owned(), commitment);
        }
    }
    found
}

/// How often a count asks for something: so many times, or so many different values.
fn times_of(shape: &toml::Value) -> i64 {
    let distinct = shape.get("distinct");
    let values = distinct.and_then(|distinct| distinct.get("of")).and_then(toml::Value::as_array).map(Vec::len);
    let least = distinct.and_then(|distinct| distinct.get("least")).and_then(toml::Value::as_integer);
    least.or(values.map(|many| many as i64)).or(shape.get("times").and_then(toml::Value::as_integer)).unwrap_or(1)
}

fn unit_of(commitment: &toml::Table) -> String {
    match &commitment["for"] {
        toml::Value::String(word) => word.clone(),
        group => format!("student:{}", group["group"].as_str().unwrap()),
    }
}

#[test]
fn every_measure_stands_in_a_plan_with_its_shape_unit_period_and_number() {
    let plans = plans();
    let measures = measures();
    assert_eq!((measures.len(), plans.len()), (159, 159));
    for measure in measures {
        let commitment = plans.get(measure.code).unwrap_or_else(|| panic!("{} is in no plan", measure.code));
        let shape = commitment.get(measure.shape).unwrap_or_else(|| panic!("{} is no {}", measure.code, measure.shape));
        assert_eq!(commitment["frequency"].as_str(), Some(measure.frequency), "{}", measure.code);
        if measure.shape == "within" {
            assert_eq!(shape["days"].as_integer().unwrap().to_string(), measure.times, "{}", measure.code);
            continue;
        }
        assert_eq!(unit_of(commitment), measure.unit, "{}", measure.code);
        assert_eq!(commitment["every"].as_str(), Some(measure.every), "{}", measure.code);
        assert_eq!(times_of(shape).to_string(), measure.times, "{}", measure.code);
        if measure.shape == "count" {
            assert_eq!(shape["kind"].as_str(), Some(measure.kind), "{}", measure.code);
        }
    }
}

/// A school that recorded nothing in the spring term but what asks for an answer. Its children: aaaaaa is left behind,
/// poor, watched and finds study hard; bbbbbb has only what triggers an answer.
fn idle_school() -> School {
    let school = School::new();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    std::fs::create_dir_all(school.path("students")).unwrap();
    std::fs::write(school.path("students/aaaaaa.toml"), LEFT_BEHIND).unwrap();
    std::fs::write(school.path("students/bbbbbb.toml"), AT_HOME).unwrap();
    std::fs::create_dir_all(school.path("logs/2027-spring")).unwrap();
    std::fs::write(school.path("logs/2027-spring/reading.csv"), WITHOUT_A_BOOK).unwrap();
    batch(&school, TRIGGERS);
    school
}

/// In grade 5 in the spring term of 2027, so that the measures for the upper grades ask for its class.
const LEFT_BEHIND: &str = r#"id = "aaaaaa"
name = "王小明"
class = "2022-2"
born = 2016-04-20
[[enrolment]]
from = 2022-09-01
[[parent]]
relation = "father"
name = "王大山"
[[parent.away]]
from = 2021-02-15
[[parent]]
relation = "mother"
name = "张梅"
[[parent.away]]
from = 2021-02-15
[household]
benefits = ["subsistence"]
[study]
difficulties = "数学"
[risk.override]
level = "medium"
reason = "班主任判断"
from = 2026-09-10
"#;

const AT_HOME: &str = r#"id = "bbbbbb"
name = "李小红"
gender = "female"
born = 2015-11-02
class = "2022-2"
consent = 2026-09-01
[[enrolment]]
from = 2022-09-01
[[parent]]
relation = "father"
name = "李大海"
[[parent]]
relation = "mother"
name = "赵兰"
[reported]
away_parents = 0
on = 2026-09-01
[household]
low_income = false
"#;

/// A row that lacks what its kind asks for: until it is mended, the ledger is not in order.
const WITHOUT_A_BOOK: &str = "id,date,students,staff,minutes,attachments,note,void,book,pages,thoughts\n\
                              rrrrrrrrrr,2027-03-15,bbbbbb,,,,,,,,\n";

const TRIGGERS: &[&str] = &[
    "staff add 何老师 --role class-teacher --from 2026-09-01",
    "followup add crisis bbbbbb --date 2027-03-10",
    "followup add referral bbbbbb --date 2027-03-10",
    "followup add difficulty bbbbbb --date 2027-03-10",
    "followup add wish bbbbbb --date 2027-03-10",
    "log add counselling bbbbbb --date 2027-03-10",
    "log add screening bbbbbb scale=mht band=high --date 2027-03-12",
    "log add score bbbbbb exam=midterm subject=数学 score=52 --date 2027-04-20",
];

/// Where the command of the gap does not do it: what does.
/// A batch makes no binder: tests/binder.rs makes one and sees the measure met.
const BY_HAND: &[(&str, &str)] = &[("C8.5", "log add binder sound=yes --date 2027-04-01")];

fn batch(school: &School, lines: &[impl AsRef<str>]) -> Said {
    let mut child = school
        .command(&["--as-of", AFTER, "batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
    child.stdin.take().unwrap().write_all(text.join("\n").as_bytes()).unwrap();
    let said = said(child.wait_with_output().unwrap());
    assert_eq!(said.code, 0, "{text:#?}: {}", said.err);
    said
}

fn listed(school: &School, arguments: &[&str]) -> Vec<Value> {
    let out = school.ok(&[&["--as-of", AFTER, "--format", "json"], arguments].concat());
    serde_json::from_str::<Vec<Value>>(&out).unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// A unit of a measure, as a listing names it.
type Named = (String, String, String);

fn named(row: &Value) -> Named {
    (text(row, "code").to_owned(), text(row, "period").to_owned(), text(row, "name").to_owned())
}

/// The first gap of each code.
fn first_gaps(school: &School, codes: &BTreeSet<&str>) -> Vec<Named> {
    let mut seen = BTreeSet::new();
    let gaps = listed(school, &["plan", "gaps"]);
    gaps.iter()
        .filter(|row| codes.contains(text(row, "code")))
        .map(named)
        .filter(|one| seen.insert(one.0.clone()))
        .collect()
}

/// Runs the commands of gaps until none of the chosen units is among them; the longest measure asks for eight things.
fn fill(school: &School, chosen: &[Named]) {
    for _ in 0..12 {
        let gaps = listed(school, &["plan", "gaps"]);
        let mut lines = Vec::new();
        for row in gaps.iter().filter(|row| chosen.contains(&named(row))) {
            let by_hand = BY_HAND.iter().find(|(code, _)| *code == text(row, "code")).map(|(_, line)| *line);
            let line = by_hand.unwrap_or_else(|| text(row, "command"));
            assert!(!line.is_empty(), "no command fills {row}");
            lines.push(line.to_owned());
        }
        if lines.is_empty() {
            return;
        }
        lines.dedup();
        batch(school, &lines);
    }
    panic!("still open: {:#?}", listed(school, &["plan", "gaps"]));
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// Measures of the same kind are tried in ledgers of their own, so that none is met by what another one asked for.
fn apart() -> Vec<BTreeSet<&'static str>> {
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sets: Vec<BTreeSet<&str>> = Vec::new();
    for measure in measures() {
        let turn = of_kind.entry(measure.kind).or_default();
        if sets.len() <= *turn {
            sets.push(BTreeSet::new());
        }
        sets[*turn].insert(measure.code);
        *turn += 1;
    }
    sets
}

fn fills_its_gaps(idle: &School, codes: &BTreeSet<&str>) {
    let school = School { dir: tempfile::tempdir().unwrap() };
    copy(idle.root(), school.root());
    let chosen = first_gaps(&school, codes);
    let missed: BTreeSet<&str> = chosen.iter().map(|(code, ..)| code.as_str()).collect();
    let never: Vec<_> = codes.difference(&missed).collect();
    assert!(never.is_empty(), "with nothing done, these are not missed: {never:?}");
    fill(&school, &chosen);
    let mut show = vec!["plan", "show"];
    show.extend(codes);
    let units = listed(&school, &show);
    for one in &chosen {
        let unit = units.iter().find(|unit| named(unit) == *one).unwrap_or_else(|| panic!("{one:?} is gone"));
        assert_eq!(text(unit, "standing"), "met", "{unit}");
        assert!(!unit["file"].as_array().unwrap().is_empty(), "without evidence: {unit}");
    }
}

#[test]
fn each_measure_is_missed_where_nothing_is_done_and_met_by_the_commands_of_its_gaps() {
    let idle = idle_school();
    let sets = apart();
    std::thread::scope(|scope| {
        for half in [0, 1] {
            let (idle, sets) = (&idle, &sets);
            scope.spawn(move || sets.iter().skip(half).step_by(2).for_each(|codes| fills_its_gaps(idle, codes)));
        }
    });
}

#[test]
fn one_call_counts_for_every_plan_that_asks_for_one() {
    let idle = idle_school();
    batch(&idle, &["log add family-call aaaaaa place=school topic=safety --date 2027-04-01"; 2]);
    let april = |code: &str| {
        let units = listed(&idle, &["plan", "show", code]);
        let own = units.iter().find(|unit| ["2027-04", "2027-spring"].contains(&text(unit, "period"))).unwrap();
        text(own, "standing").to_owned()
    };
    for code in ["C6.1", "M4.1", "F1.2", "L5.5"] {
        assert_eq!(april(code), "met", "{code}");
    }
}

#[test]
fn a_child_who_joins_late_counts_only_for_its_stretch() {
    let idle = idle_school();
    let late = LEFT_BEHIND.replace("aaaaaa", "cccccc").replace("from = 2022-09-01", "from = 2027-05-20");
    std::fs::write(idle.path("students/cccccc.toml"), late.replace("王小明", "陈晓")).unwrap();
    let units = listed(&idle, &["plan", "show", "C6.2"]);
    let own: Vec<(&str, &str)> = units
        .iter()
        .filter(|unit| text(unit, "subject") == "cccccc")
        .map(|unit| (text(unit, "period"), text(unit, "standing")))
        .collect();
    // May has ten days too few, July is over before it counts.
    assert_eq!(own, [("2027-05", "exempt"), ("2027-06", "missed")]);
}

#[test]
fn coverage_under_the_bound_is_trouble_found() {
    let idle = idle_school();
    let status = |bound: &str| {
        idle.run(&["--as-of", AFTER, "plan", "status", "--by", "plan", "--fail-below", bound, "--format", "csv"]).code
    };
    assert_eq!((status("1"), status("0")), (1, 0));
    assert_eq!(idle.run(&["plan", "show", "X9.9"]).code, 2);
    for by in ["plan", "section", "owner", "class", "commitment"] {
        let rows = listed(&idle, &["plan", "status", "--by", by]);
        let missed: u64 = rows.iter().map(|row| row["missed"].as_u64().unwrap()).sum();
        assert!(missed > 400, "{by}: {missed}");
    }
}

/// Writes a plan of the school's own and gives what `check` says of it, as code and place.
fn checked(plan: &str) -> Vec<(String, String)> {
    let school = School::new();
    std::fs::write(school.path("plans/own.toml"), plan).unwrap();
    let said = school.run(&["check", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&said.out).unwrap_or_default();
    let own = rows.iter().filter(|row| text(row, "file").contains("own.toml"));
    own.map(|row| (text(row, "code").to_owned(), text(row, "file").to_owned())).collect()
}

#[test]
fn a_plan_that_can_never_be_met_is_named_with_its_file_and_line() {
    let head = "plan = \"own\"\ntitle = { zh = \"自\", en = \"own\" }\n[[commitment]]\ncode = \"X1.1\"\ntext = { zh = \"自\", en = \"own\" }\n";
    for (rest, code, line) in [
        ("count = { kind = \"juggling\" }", "plan-kind", 4),
        ("count = { kind = \"home-visit\", where = { colour = \"red\" } }", "plan-field", 4),
        ("count = { kind = \"home-visit\", where = { met = \"ghost\" } }", "plan-value", 4),
        ("count = { kind = \"home-visit\", times = 0 }", "plan-never", 4),
        ("count = { kind = \"home-visit\" }\nfor = { group = \"tall\" }", "plan-group", 4),
        ("count = { kind = \"home-visit\" }\nstate = { ledger-check = true }", "plan-shape", 4),
        ("within = { after = { followup = \"flood\" }, do = { kind = \"patrol\" }, days = 3 }", "plan-follow-up", 4),
        ("within = { after = { }, do = { kind = \"patrol\" }, days = 3 }", "plan-within", 4),
        ("state = { pairing = \"wizard\" }\nfor = { group = \"focus\" }", "plan-pairing", 4),
        ("state = { pairing = \"tutor\" }", "plan-state", 4),
        ("state = { file = { keys = [\"shoes\"] } }\nfor = { group = \"focus\" }", "plan-key", 4),
        ("count = { kind = \"home-visit\" }\nevery = \"fortnight\"", "toml-value", 7),
        ("count = { kind = \"home-visit\" }\nevery = { days = 0 }", "toml-value", 7),
        ("count = { kind = \"home-visit\" }\nevry = \"week\"", "toml-value", 7),
        (
            "count = { kind = \"home-visit\" }\n[[commitment]]\ncode = \"X1.1\"\ntext = { zh = \"自\", en = \"own\" }\ncount = { kind = \"patrol\" }",
            "plan-code-twice",
            8,
        ),
    ] {
        assert_eq!(
            checked(&format!("{head}{rest}\n")),
            [(code.to_owned(), format!("plans/own.toml:{line}"))],
            "{rest}"
        );
    }
    assert_eq!(checked(&format!("{head}count = {{ kind = \"home-visit\" }}\n")), []);
}

#[test]
fn a_commitment_that_is_switched_off_asks_for_nothing() {
    let idle = idle_school();
    let plan = idle.read("plans/study.toml").replace("code = \"S3.2\"\n", "code = \"S3.2\"\noff = true\n");
    std::fs::write(idle.path("plans/study.toml"), plan).unwrap();
    assert_eq!(idle.run(&["--as-of", AFTER, "plan", "show", "S3.2"]).code, 2);
    assert!(listed(&idle, &["plan", "gaps"]).iter().all(|row| text(row, "code") != "S3.2"));
}

#[test]
fn a_wrong_rule_is_found_by_check() {
    let school = School::new();
    let rules = school.read("rules/risk.toml").replacen("metric = \"", "metric = \"un", 1);
    std::fs::write(school.path("rules/risk.toml"), rules).unwrap();
    let said = school.run(&["check", "--format", "json"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("rules/risk.toml:"), "{}", said.out);
}

#[test]
fn a_hazard_that_a_patrol_found_is_to_be_gone_in_fourteen_days() {
    let idle = idle_school();
    batch(&idle, &["log add patrol hazard=护栏松动 --date 2027-03-02"]);
    let standing = |day: &str| {
        let out =
            idle.ok(&["--as-of", day, "--format", "json", "plan", "show", "L3.4", "C5.3", "--term", "2027-spring"]);
        let units: Vec<Value> = serde_json::from_str(&out).unwrap();
        let first = |code: &str| {
            units.iter().find(|unit| text(unit, "code") == code).map(|unit| text(unit, "standing").to_owned())
        };
        (first("L3.4").unwrap(), first("C5.3").unwrap())
    };
    assert_eq!(standing("2027-03-10"), ("open".to_owned(), "met".to_owned()));
    assert_eq!(standing("2027-03-20"), ("missed".to_owned(), "met".to_owned()));
    let id = listed(&idle, &["followup", "list", "--type", "hazard"])[0]["id"].as_str().unwrap().to_owned();
    idle.ok(&["followup", "done", &id, "--date", "2027-03-15"]);
    assert_eq!(standing("2027-03-20"), ("met".to_owned(), "met".to_owned()));
}
