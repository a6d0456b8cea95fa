//! The bureau's own template, filled: emptied forms are filled again from what was read of them, and give the same children.

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use support::School;

const TO: [&str; 5] = ["--names", "--to", "县教育局", "--reason", "上报"];

fn form(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name)).unwrap()
}

/// The workbook with a sheet's text changed.
fn edited(bytes: &[u8], edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        writer.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(edit(&name, text).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Rows from one to another taken out of a sheet's text; what stands below keeps its number.
fn without_rows(text: &str, first: u32, last: u32) -> String {
    (first..=last).fold(text.to_owned(), |text, number| {
        let Some(start) = text.find(&format!("<row r=\"{number}\"")) else { return text };
        let end = start + text[start..].find("</row>").unwrap() + "</row>".len();
        format!("{}{}", &text[..start], &text[end..])
    })
}

fn cells(bytes: Vec<u8>, sheet: &str) -> BTreeMap<(u32, u32), String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap();
    let full = range.used_cells().filter(|(_, _, data)| **data != Data::Empty);
    full.map(|(row, column, data)| ((top + row as u32, left + column as u32), data.to_string())).collect()
}

/// What the children of a ledger are, without the ids that it gave them and the days on which things were noted.
fn children(school: &School) -> Vec<String> {
    let files = school.files();
    let students = files.into_iter().filter(|(path, _)| path.starts_with("students/"));
    let mut found: Vec<String> = students
        .map(|(_, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            text.lines().filter(|line| !line.starts_with("id = ")).collect::<Vec<_>>().join("\n")
        })
        .collect();
    found.sort();
    found
}

fn imported(form: &[u8]) -> School {
    let school = School::new();
    std::fs::write(school.path("form.xlsx"), form).unwrap();
    school.ok(&["import", "census", "form.xlsx"]);
    school
}

/// Imports a form, fills the emptied form from the ledger, imports that, and gives both ledgers and the workbook.
fn round(name: &str, empty: impl Fn(&str, String) -> String) -> (School, School, Vec<u8>) {
    let bytes = form(name);
    let first = imported(&bytes);
    std::fs::write(first.path("empty.xlsx"), edited(&bytes, empty)).unwrap();
    let command = ["--reveal", "report", "roster", "--like", "empty.xlsx", "--out", "full.xlsx", "--all"];
    let said = first.run(&[&command[..], &TO].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let full = std::fs::read(first.path("full.xlsx")).unwrap();
    let second = imported(&full);
    (first, second, full)
}

fn same(first: &School, second: &School) {
    let (first, second) = (children(first), children(second));
    assert_eq!(first.len(), second.len());
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other);
    }
}

#[test]
fn the_civil_affairs_form_emptied_of_its_rows_is_filled_with_the_same_children() {
    let (first, second, full) = round("01-civil-affairs.xlsx", |name, text| match name {
        "xl/worksheets/sheet1.xml" => without_rows(&text, 7, 65),
        _ => text,
    });
    same(&first, &second);
    let command = ["--dry-run", "report", "roster", "--like", "empty.xlsx", "--out", "o.xlsx", "--all"];
    let said = first.run(&[&command[..], &TO].concat());
    assert!(said.err.contains("请核对：合计 60人"), "{}", said.err);
    let (was, is) = (cells(form("01-civil-affairs.xlsx"), "花名册"), cells(full, "花名册"));
    // Titles, headers, and what stands below keep their places.
    for (place, text) in was.iter().filter(|((row, _), _)| *row < 5 || *row > 64) {
        assert_eq!(is.get(place), Some(text), "{place:?}");
    }
}

#[test]
fn the_next_terms_form_is_filled_with_the_same_children() {
    let (first, second, _) = round("09-next-term.xlsx", |_, text| text);
    same(&first, &second);
}

#[test]
fn the_enrolment_systems_sheet_is_filled_with_the_same_children() {
    let (first, second, _) = round("02-enrolment-export.xlsx", |name, text| match name {
        "xl/worksheets/sheet1.xml" => without_rows(&text, 2, 295),
        _ => text,
    });
    same(&first, &second);
}

#[test]
fn a_workbook_with_a_sheet_for_each_class_gets_each_child_into_its_own() {
    let (first, second, full) = round("06-sheet-per-class.xlsx", |_, text| text);
    same(&first, &second);
    let was = cells(form("06-sheet-per-class.xlsx"), "四(1)班");
    assert_eq!(cells(full, "四(1)班").len(), was.len());
}

#[test]
fn rows_that_do_not_fit_push_notes_merges_and_sums_down() {
    let bytes = edited(&form("01-civil-affairs.xlsx"), |name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            // Three rows for children, then the notes, with a sum over the children.
            let text = without_rows(&text, 9, 65);
            let moved = (66..=68).fold(text, |text, row| {
                let to = row - 57;
                let text = text.replace(&format!("<row r=\"{row}\""), &format!("<row r=\"{to}\""));
                text.replace(&format!("A{row}\""), &format!("A{to}\""))
                    .replace(&format!("B{row}\""), &format!("B{to}\""))
            });
            let moved = moved.replace("A67:AF67", "A10:AF10");
            moved
                .replace("<is><t>60人</t></is>", "<f>COUNTA(B6:B8)</f><v>3</v>")
                .replace("B9\" t=\"inlineStr\"", "B9\"")
        }
        _ => text,
    });
    let school = imported(&form("01-civil-affairs.xlsx"));
    std::fs::write(school.path("short.xlsx"), bytes).unwrap();
    let command = ["report", "roster", "--like", "short.xlsx", "--out", "full.xlsx", "--all"];
    let said = school.run(&[&command[..], &TO].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let full = std::fs::read(school.path("full.xlsx")).unwrap();
    let is = cells(full.clone(), "花名册");
    assert_eq!(is[&(65, 0)], "合计");
    assert!(is[&(66, 0)].starts_with("注:"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(full)).unwrap();
    let formulas = book.worksheet_formula("花名册").unwrap();
    assert_eq!(formulas.get_value((65, 1)).map(String::as_str), Some("COUNTA(B6:B65)"));
    let merges = book.merge_cells_by_sheet_name("花名册").unwrap();
    assert!(merges.iter().any(|merge| merge.start == (66, 0) && merge.end == (66, 31)), "{merges:?}");
    // Nothing was to be seen whole.
    assert!(is.values().all(|text| !text.contains("529903202005175058") && !text.contains("15400001615")));
    assert!(said.err.contains("--reveal"), "{}", said.err);
}

#[test]
fn a_roster_leaves_with_a_line_in_the_register_and_names_what_it_cannot_fill() {
    let school = School::with_two_children();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["序号", "姓名", "班级", "出生日期", "鞋码"].iter().enumerate() {
        sheet.write_string(0, column as u16, *header).unwrap();
    }
    sheet.write_string(1, 1, "示例某").unwrap();
    sheet.write_formula(1, 4, "LEN(B2)").unwrap();
    std::fs::write(school.path("t.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    school.ok(&["student", "set", "aaaaaa", "name==SUM(1)&<b>"]);
    let command = ["report", "roster", "--like", "t.xlsx", "--out", "o.xlsx", "--class", "2023-2"];
    let refused = school.run(&command);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(!school.path("o.xlsx").exists());
    // What cannot be written has not left, and the register does not say that it has.
    let nowhere = ["report", "roster", "--like", "t.xlsx", "--out", "nowhere/o.xlsx", "--class", "2023-2"];
    let refused = school.run(&[&nowhere[..], &TO].concat());
    assert_eq!(refused.code, 4, "{refused:?}");
    assert_eq!(school.read("registers/disclosures.csv").lines().count(), 1);
    let said = school.run(&[&command[..], &TO].concat());
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("出生日期（2 名）"), "{}", said.err);
    assert!(said.err.contains("鞋码") && said.err.contains("原有 1 行"), "{}", said.err);
    let line = school.read("registers/disclosures.csv");
    assert!(line.contains("report roster --like t.xlsx,县教育局,上报,2"), "{line}");
    let is = cells(std::fs::read(school.path("o.xlsx")).unwrap(), "Sheet1");
    assert_eq!([&is[&(1, 0)], &is[&(1, 2)], &is[&(2, 0)]], ["1", "四年级2班", "2"]);
    let names = [is[&(1, 1)].as_str(), is[&(2, 1)].as_str()];
    assert_eq!(names, ["=SUM(1)&<b>", "李小红"]);
    assert!(!is.values().any(|text| text == "示例某"));
    std::fs::write(school.path("t.csv"), "姓名\n").unwrap();
    let command = ["report", "roster", "--like", "t.csv", "--out", "o.xlsx"];
    assert_eq!(school.run(&[&command[..], &TO].concat()).code, 3);
}
