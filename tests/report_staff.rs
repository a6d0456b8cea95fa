//! `report staff`: the work of each member of the staff from the records, children as numbers, confidential work counted.

mod support;

use serde_json::Value;
use support::School;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rows<'a>(report: &'a Value, key: &str) -> &'a Vec<Value> {
    let blocks = report["blocks"].as_array().expect("a report has blocks");
    let block = blocks.iter().find(|block| block["key"] == key).unwrap_or_else(|| panic!("no block {key}"));
    block["rows"].as_array().expect("a table has rows")
}

fn at_work() -> School {
    let school = School::with_two_children();
    let settings = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), settings).unwrap();
    for line in [
        "staff add 何老师 --role class-teacher --class 2023-2 --from 2026-09-01",
        "staff add 刘老师 --role class-teacher --class 2024-1 --from 2026-09-01",
        "student away aaaaaa father --from 2021-02-01",
        "student away aaaaaa mother --from 2021-02-01",
        "pair add tutor bbbbbb 何老师 --from 2026-10-19 --id pppppppppp",
        "followup add difficulty aaaaaa --date 2026-11-10 --due 2026-11-20 --owner 何老师 --id ffffffffff",
        "followup add wish bbbbbb --date 2026-11-10 --due 2026-11-21 --owner 何老师 --id gggggggggg",
        "--as-of 2026-11-22 followup done gggggggggg --outcome 已实现",
        "log add counselling bbbbbb --date 2026-11-17 --staff 何老师 --minutes 40 --id cccccccccc",
        "log add care-talk bbbbbb aaaaaa --date 2026-11-20 --staff 何老师 --minutes 20 --id ttttttttt2",
        "log add care-talk aaaaaa --date 2026-11-21 --staff 何老师、刘老师 --id ttttttttt3",
    ] {
        school.ok(&line.split(' ').collect::<Vec<_>>());
    }
    school
}

#[test]
fn one_persons_page_as_it_is_read() {
    let school = at_work();
    let page = school.ok(&["report", "staff", "何老师"]);
    assert_eq!(page, include_str!("snapshots/report-staff.txt"), "{page}");
}

#[test]
fn everybodys_lines_are_counted_from_the_records() {
    let school = at_work();
    let report = json(&school.ok(&["report", "staff", "--format", "json"]));
    let of = |key: &str, name: &str| rows(&report, key).iter().find(|row| row["name"] == name).unwrap().clone();
    let he = of("staff", "何老师");
    assert_eq!(
        (&he["times"], &he["minutes"], &he["confidential"], &he["pairings"]),
        (&3.into(), &60.into(), &1.into(), &1.into())
    );
    assert_eq!(of("staff", "刘老师")["times"], 1);
    let promised = of("promises", "何老师");
    let counts = ["waiting", "overdue", "done-in-time", "done-late"].map(|key| promised[key].as_u64().unwrap());
    // The counselling waits for a return visit.
    assert_eq!(counts, [2, 1, 0, 1]);
    // Of a class teacher's commitments the own class counts: 2024-1 has no children.
    assert!(of("promises", "刘老师")["coverage"]["of"].as_u64() < promised["coverage"]["of"].as_u64(), "{report}");
}

#[test]
fn the_times_are_those_of_the_workload() {
    let school = School { dir: tempfile::tempdir().unwrap() };
    school.ok(&["demo", ".", "-q", "--students", "60"]);
    let listed = json(&school.ok(&["staff", "workload", "--format", "json"]));
    let report = json(&school.ok(&["report", "staff", "--format", "json"]));
    let table = rows(&report, "staff");
    assert_eq!(table.len(), listed.as_array().unwrap().len());
    for row in listed.as_array().unwrap() {
        let own = table.iter().find(|own| own["name"] == row["name"]).unwrap_or_else(|| panic!("{row}"));
        assert_eq!((&own["times"], &own["minutes"]), (&row["times"], &row["minutes"]), "{row}");
    }
}

#[test]
fn children_are_numbers_unless_names_are_asked_for_one_person() {
    let school = at_work();
    for who in [&["report", "staff"][..], &["report", "staff", "何老师"]] {
        for format in ["text", "md", "html", "json"] {
            let page = school.ok(&[who, &["--format", format]].concat());
            assert!(!page.contains("王小明") && !page.contains("李小红"), "{format}: {page}");
        }
    }
    let asked = ["--names", "--to", "校长", "--reason", "述职"];
    assert_eq!(school.run(&[&["report", "staff"][..], &asked].concat()).code, 2);
    let page = json(&school.ok(&[&["report", "staff", "何", "--format", "json"][..], &asked].concat()));
    let children = rows(&page, "children");
    // The counselling is counted, and does not say with whom.
    let of = |id: &str| children.iter().find(|row| row["id"] == id).unwrap()["times"].clone();
    assert_eq!((of("aaaaaa"), of("bbbbbb")), (2.into(), 1.into()));
    let kinds = rows(&page, "kinds").iter().find(|row| row["kind"] == "counselling").unwrap().clone();
    assert_eq!((&kinds["times"], &kinds["children"]), (&1.into(), &"counted".into()));
    assert!(school.read("registers/disclosures.csv").contains("report staff,校长,述职,2"));
    let unknown = school.run(&["report", "staff", "老师"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("何老师") && unknown.err.contains("刘老师"), "{}", unknown.err);
}
