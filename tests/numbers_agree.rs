//! One number is one number: what a report says in each of its formats and draws in its charts, what `plan status` says,
//! and what `risk` says of the same days, over random schools.

#[path = "support/blocks.rs"]
mod blocks;
mod support;

use std::collections::BTreeMap;

use blocks::{Figure, Grid};
use proptest::prelude::*;
use serde_json::Value;
use support::School;

/// What a random school is made from.
#[derive(Debug, Clone)]
struct Wish {
    seed: u64,
    students: usize,
    terms: usize,
    /// How many days before the last day of the records the question is asked.
    back: i64,
    /// Rows beside the invented ones: a child, what is recorded, and so many days back.
    rows: Vec<(usize, usize, i64)>,
}

fn wishes() -> impl Strategy<Value = Wish> {
    let rows = proptest::collection::vec((0usize..1000, 0usize..4, 0i64..70), 0..20);
    (0u64..1_000_000, 12usize..90, 1usize..3, 0i64..75, rows).prop_map(|(seed, students, terms, back, rows)| Wish {
        seed,
        students,
        terms,
        back,
        rows,
    })
}

proptest! {
    // Each case runs the program some thirty times.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_chart_and_command_says_the_same_number(wish in wishes()) {
        let school = invented(&wish);
        let day = before(support::DAY, wish.back);
        let term = written(&school, &day, "term", &["report", "term"]);
        every_format_says_the_same(&term);
        plans_are_those_of_plan_status(&school, &day, &term);
        levels_are_those_of_risk(&school, &day, &term);
        contacts_are_counted_once(&term);
        let plan = written(&school, &day, "plan", &["plan", "export"]);
        every_format_says_the_same(&plan);
        let class = a_class(&school, &day);
        if school.run(&["--as-of", &day, "report", "class", &class]).code == 0 {
            let report = written(&school, &day, "class", &["report", "class", &class]);
            every_format_says_the_same(&report);
            children_are_those_of_the_list(&school, &day, &class, &report);
        }
    }
}

fn before(day: &str, back: i64) -> String {
    let day: guanai::model::Day = day.parse().unwrap();
    day.plus(-back).to_string()
}

fn invented(wish: &Wish) -> School {
    let school = School { dir: tempfile::tempdir().unwrap() };
    let (seed, students, terms) = (wish.seed.to_string(), wish.students.to_string(), wish.terms.to_string());
    school.ok(&["demo", ".", "-q", "--seed", &seed, "--students", &students, "--terms", &terms]);
    let children: Vec<String> = school.ok(&["student", "list", "--format", "csv"]).lines().skip(1).map(id).collect();
    let lines: String = wish.rows.iter().map(|row| line(&children, row)).collect();
    std::fs::write(school.path("rows.txt"), lines).unwrap();
    school.ok(&["batch", "rows.txt"]);
    school
}

fn id(line: &str) -> String {
    line.split(',').next().unwrap_or_default().to_owned()
}

fn line(children: &[String], (child, what, back): &(usize, usize, i64)) -> String {
    let child = &children[child % children.len()];
    let day = before(support::DAY, *back);
    match what {
        0 => format!("log add home-visit {child} met=guardian --date {day}\n"),
        1 => format!("log add home-visit {child} met=nobody --date {day}\n"),
        2 => format!("risk set {child} medium --reason x\n"),
        _ => format!("followup add visit {child} --date {day} --due {day}\n"),
    }
}

/// One report in every format.
struct Written {
    json: Value,
    page: String,
    markdown: String,
    text: String,
    workbook: Vec<u8>,
    document: Vec<u8>,
}

fn written(school: &School, day: &str, name: &str, arguments: &[&str]) -> Written {
    let bytes = |ending: &str| {
        let file = format!("{name}.{ending}");
        let mut line = vec!["--as-of", day];
        line.extend(arguments);
        line.extend(["--out", &file]);
        school.ok(&line);
        std::fs::read(school.path(&file)).unwrap()
    };
    let text = |ending: &str| String::from_utf8(bytes(ending)).expect("text");
    Written {
        json: serde_json::from_str(&text("json")).expect("JSON"),
        page: text("html"),
        markdown: text("md"),
        text: text("txt"),
        workbook: bytes("xlsx"),
        document: bytes("docx"),
    }
}

fn every_format_says_the_same(report: &Written) {
    let filled = blocks::filled(&report.json);
    assert!(!filled.is_empty());
    same_tables("html", &filled, &blocks::of_html(&report.page));
    same_tables("md", &filled, &blocks::of_markdown(&report.markdown));
    let sheets = blocks::of_xlsx(report.workbook.clone());
    let all = blocks::of_json(&report.json);
    assert_eq!(sheets.len(), all.len(), "a sheet for each table, chart and map");
    for (grid, sheet) in all.iter().zip(&sheets) {
        same_rows("xlsx", grid, sheet);
    }
    in_order("docx", &filled, blocks::of_docx(&report.document).iter().map(|table| of_rows(table)));
    for grid in &filled {
        rows_stand_in_text(grid, &report.text);
    }
    charts_draw_their_numbers(&report.json, &report.page);
}

fn same_tables(format: &str, grids: &[Grid], tables: &[Vec<Vec<String>>]) {
    assert_eq!(tables.len(), grids.len(), "{format} has a table for each");
    for (grid, table) in grids.iter().zip(tables) {
        let rows: Vec<Vec<Figure>> =
            table.iter().map(|row| row.iter().map(|cell| blocks::of_words(cell)).collect()).collect();
        same_rows(format, grid, &rows);
    }
}

/// Cell by cell; a format may add a column that draws, and leave out empty cells at an end.
fn same_rows(format: &str, grid: &Grid, rows: &[Vec<Figure>]) {
    assert_eq!(rows.len(), grid.rows.len(), "{format}, {}", grid.key);
    for (wanted, found) in grid.rows.iter().zip(rows) {
        for (at, figure) in wanted.iter().enumerate() {
            let found = found.get(at).unwrap_or(&Figure::Other);
            assert!(figure.agrees(found), "{format}, {}: {figure:?} is {found:?} in {wanted:?}", grid.key);
        }
    }
}

fn of_rows(table: &[Vec<String>]) -> Vec<Vec<Figure>> {
    table.iter().map(|row| row.iter().map(|cell| blocks::of_words(cell)).collect()).collect()
}

/// Each grid is one of the tables, and they stand in the same order. A stack repeats its numbers in its bars, behind the
/// columns of numbers, so that a row may go on behind what is wanted of it.
fn in_order(format: &str, grids: &[Grid], tables: impl Iterator<Item = Vec<Vec<Figure>>>) {
    let mut tables = tables;
    for grid in grids {
        assert!(tables.any(|table| is_of(grid, &table)), "{format} lacks {}: {:?}", grid.key, grid.figures());
    }
}

fn is_of(grid: &Grid, table: &[Vec<Figure>]) -> bool {
    let rows = table.get(1..).unwrap_or_default();
    let agree = |wanted: &[Figure], found: &[Figure]| {
        wanted.len() <= found.len() && wanted.iter().zip(found).all(|(wanted, found)| wanted.agrees(found))
    };
    if rows.len() == grid.rows.len() {
        return grid.rows.iter().zip(rows).all(|(wanted, found)| agree(wanted, found));
    }
    // Bars of several series: a row each, with its number in the third column.
    let values: Vec<Figure> = grid.rows.iter().flat_map(|row| row[1..].to_vec()).collect();
    let third: Vec<Figure> = rows.iter().filter_map(|row| row.get(2).cloned()).collect();
    values.len() == rows.len() && agree(&values, &third)
}

/// The numbers of each row stand on one line, and the lines in the order of the rows.
fn rows_stand_in_text(grid: &Grid, text: &str) {
    let figures = |line: &str| -> Vec<Figure> {
        line.split("  ").map(|cell| blocks::of_words(cell.trim())).filter(|cell| *cell != Figure::Other).collect()
    };
    let mut lines = text.lines();
    for row in &grid.rows {
        let wanted: Vec<&Figure> = row.iter().filter(|figure| **figure != Figure::Other).collect();
        let agrees = |line: &str| {
            let found = figures(line);
            found.len() == wanted.len() && wanted.iter().zip(&found).all(|(wanted, found)| wanted.agrees(found))
        };
        assert!(wanted.is_empty() || lines.any(agrees), "no line of {} says {wanted:?}", grid.key);
    }
}

/// What a picture says of its own bars and marks is what the JSON of the chart says, and nothing is left out.
fn charts_draw_their_numbers(report: &Value, page: &str) {
    let charts: Vec<&Value> =
        report["blocks"].as_array().unwrap().iter().filter(|one| one["type"] == "chart").collect();
    let pictures: Vec<&str> = page.split("<svg ").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect();
    assert_eq!(charts.len(), pictures.len());
    for (chart, picture) in charts.iter().zip(pictures) {
        let mut drawn: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for mark in picture.split("data-series=\"").skip(1) {
            let mut parts = mark.split('"');
            let mut next = || parts.next().unwrap();
            let series = next().parse().unwrap();
            assert_eq!(next(), " data-category=");
            let category = next().parse().unwrap();
            assert_eq!(next(), " data-value=");
            drawn.insert((series, category), next().parse().unwrap());
        }
        for (at, series) in chart["series"].as_array().unwrap().iter().enumerate() {
            for (category, value) in series["values"].as_array().unwrap().iter().enumerate() {
                let found = drawn.remove(&(at, category));
                match (value.as_f64(), found) {
                    (Some(value), Some(found)) => assert!((value - found).abs() < 0.005_001, "{}", chart["key"]),
                    (None, None) => {}
                    (value, found) => panic!("{}: {value:?} is drawn as {found:?}", chart["key"]),
                }
            }
        }
        assert!(drawn.is_empty(), "{} draws what it has not: {drawn:?}", chart["key"]);
    }
}

fn listed(school: &School, day: &str, arguments: &[&str]) -> Vec<Value> {
    let mut line = vec!["--as-of", day, "--format", "json"];
    line.extend(arguments);
    let rows: Value = serde_json::from_str(&school.ok(&line)).expect("JSON");
    rows.as_array().expect("a listing is an array").clone()
}

fn block<'a>(report: &'a Value, key: &str) -> Option<&'a Value> {
    report["blocks"].as_array().unwrap().iter().find(|block| block["key"] == key)
}

fn rows<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    block(report, key).and_then(|block| block["rows"].as_array()).map_or(&[], Vec::as_slice)
}

fn plans_are_those_of_plan_status(school: &School, day: &str, report: &Written) {
    let same = |row: &Value, found: &Value| {
        for key in ["coverage", "missed", "open", "unknown"] {
            assert_eq!(row[key], found[key], "{key} of {row} and {found}");
        }
    };
    let by_plan = listed(school, day, &["plan", "status", "--by", "plan"]);
    assert_eq!(by_plan.len(), rows(&report.json, "plans").len());
    for row in rows(&report.json, "plans") {
        same(row, by_plan.iter().find(|one| one["code"] == row["plan"]).expect("a plan of the same name"));
    }
    let commitments = listed(school, day, &["plan", "status"]);
    let mut seen = 0;
    for plan in &by_plan {
        for row in rows(&report.json, &format!("plan-{}", plan["code"].as_str().unwrap())) {
            same(
                row,
                commitments.iter().find(|one| one["code"] == row["code"]).expect("a commitment of the same code"),
            );
            seen += 1;
        }
    }
    assert_eq!(seen, commitments.len());
    // What people read of `plan status` is what programs read of it.
    let table = school.ok(&["--as-of", day, "plan", "status"]);
    let numbers = |one: &Value| {
        ["coverage", "met", "missed", "open", "exempt", "unknown"]
            .iter()
            .map(|key| blocks::of_value(&one[*key]))
            .collect()
    };
    let listing = Grid { key: "plan status".to_owned(), rows: commitments.iter().map(numbers).collect() };
    rows_stand_in_text(&listing, &table);
    sections_are_sums_of_commitments(&commitments, report);
}

/// The last bars of each chart of sections are those of the term.
fn sections_are_sums_of_commitments(commitments: &[Value], report: &Written) {
    let is_of_sections = |one: &&Value| one["key"].as_str().is_some_and(|key| key.starts_with("sections-"));
    let charts: Vec<&Value> = report.json["blocks"].as_array().unwrap().iter().filter(is_of_sections).collect();
    assert_eq!(charts.len(), rows(&report.json, "plans").len());
    for chart in charts {
        let values = chart["series"].as_array().unwrap().last().unwrap()["values"].as_array().unwrap();
        for (category, value) in chart["categories"].as_array().unwrap().iter().zip(values) {
            let section = category.as_str().unwrap().split(' ').next().unwrap();
            let own = commitments.iter().filter(|one| one["code"].as_str().unwrap().split('.').next() == Some(section));
            let (met, of) = own.fold((0, 0), |(met, of), one| {
                let share = &one["coverage"];
                (met + share["met"].as_u64().unwrap(), of + share["of"].as_u64().unwrap())
            });
            let wanted = (of > 0).then(|| (met as f64 * 1000.0 / of as f64).round() / 10.0);
            assert_eq!(value.as_f64(), wanted, "{category}");
        }
    }
}

/// The words of a level, from the gravest, with their codes.
const LEVELS: [(&str, &str); 4] = [("高", "high"), ("中", "medium"), ("关注", "watch"), ("无", "none")];

fn levels_are_those_of_risk(school: &School, day: &str, report: &Written) {
    let counts_on = |day: &str| {
        let all = listed(school, day, &["risk", "--all"]);
        LEVELS.map(|(_, code)| {
            // An emergency is of the highest level.
            let is = |one: &&Value| one["level"] == code || (code == "high" && one["level"] == "emergency");
            all.iter().filter(is).count() as u64
        })
    };
    let today = counts_on(day);
    for (row, number) in rows(&report.json, "numbers").iter().rev().take(3).rev().zip(today) {
        match row["now"].as_u64() {
            Some(shown) => assert_eq!(shown, number, "{row}"),
            None => assert!(number > 0, "{row}"),
        }
        assert!(!row["now"].is_u64() || !(1..5).contains(&number), "{row} is not folded");
    }
    let Some(chart) = block(&report.json, "risk-levels") else { return };
    let days: Vec<&str> = chart["categories"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(days.last(), Some(&day));
    assert!(days.len() <= 6);
    for (at, day) in days.iter().enumerate() {
        let counts = counts_on(day);
        for series in chart["series"].as_array().unwrap() {
            let words: Vec<&str> = series["label"].as_str().unwrap().split('、').collect();
            let wanted: u64 =
                LEVELS.iter().zip(counts).filter(|((word, _), _)| words.contains(word)).map(|(_, number)| number).sum();
            assert_eq!(series["values"][at].as_f64(), Some(wanted as f64), "{day}: {words:?}");
            assert!(!(1..5).contains(&wanted), "{day}: {words:?} are few, and drawn");
        }
    }
}

fn contacts_are_counted_once(report: &Written) {
    let weeks = block(&report.json, "contacts").expect("contacts by week");
    let by_week: f64 = weeks["series"][0]["values"].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
    let days = rows(&report.json, "contact-calendar").iter().flat_map(|row| row["values"].as_array().unwrap());
    let by_day: f64 = days.filter_map(Value::as_f64).sum();
    assert_eq!(by_week, by_day);
}

fn a_class(school: &School, day: &str) -> String {
    let children = listed(school, day, &["student", "list"]);
    children.first().and_then(|one| one["class"].as_str()).unwrap_or("2023-1").to_owned()
}

fn children_are_those_of_the_list(school: &School, day: &str, class: &str, report: &Written) {
    let children = listed(school, day, &["student", "list"]).iter().filter(|one| one["class"] == class).count();
    let facts = &report.json["blocks"][0]["facts"];
    assert_eq!(facts[0]["value"], children, "{facts}");
}
