//! Hostile text in the headers and the cells of spreadsheets, and in the names of their files.

use std::collections::BTreeSet;

use super::hostile::{Texts, marks_in, without};
use super::judge::{self, Wrong};
use super::place::Place;

/// The words of each import before and behind its file, and the columns that its sheet has of right.
const IMPORTS: [(&str, &[&str]); 4] = [
    ("import census FILE --accept-good", &["姓名", "班级", "家庭住址", "备注", "出生日期", "联系电话"]),
    ("import scores FILE --date 2026-11-20 --exam midterm", &["姓名", "班级", "语文", "数学"]),
    ("import log home-visit FILE --accept-good", &["学生", "日期", "家访对象", "备注"]),
    ("screen import FILE --scale mht --date 2026-11-20", &["姓名", "班级", "1", "2"]),
];

/// A header with two columns of its own, and for every column a row in which it holds a text.
fn sheet(columns: &[&str], texts: &mut Texts) -> Vec<Vec<String>> {
    let own: Vec<String> = (0..2).map(|_| texts.next("a header")).collect();
    let header: Vec<String> = columns.iter().map(|column| (*column).to_owned()).chain(own).collect();
    let row = |texts: &mut Texts, at: usize| {
        let right = ["王小明", "2023-2", "2026-11-20", "80", "x", "x", "x", "x"];
        let cell = |column: usize| if column == at { texts.next("a cell") } else { right[column].to_owned() };
        (0..header.len()).map(cell).collect::<Vec<String>>()
    };
    let rows: Vec<Vec<String>> = (0..=header.len()).map(|at| row(texts, at)).collect();
    [vec![header], rows].concat()
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut written = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| written.write_record(row).expect("memory"));
    written.into_inner().expect("memory")
}

fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            sheet.write_string(line, column, without(cell, &['\0'])).expect("a cell");
        }
    }
    book.save_to_buffer().expect("memory")
}

/// Every import of every kind of file, tried and then done; what is wrong with what it says, and how many texts it says.
pub fn judged(place: &mut Place) -> (Wrong, usize) {
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (line, columns) in IMPORTS {
        for ending in ["csv", "xlsx"] {
            let rows = sheet(columns, &mut place.texts);
            let file = format!("out/{}.{ending}", place.file_name("a spreadsheet, name"));
            let bytes = if ending == "csv" { csv(&rows) } else { xlsx(&rows) };
            std::fs::write(place.school.path(&file), bytes).unwrap();
            for more in ["--dry-run --format table", "--dry-run --format csv", "--dry-run --format markdown", "--quiet"]
            {
                let words =
                    line.split(' ').map(|word| if word == "FILE" { &file } else { word }).chain(more.split(' '));
                let said = place.run(&words.map(str::to_owned).collect::<Vec<_>>());
                let found = match more.rsplit(' ').next() {
                    Some("csv") if said.code == 0 => judge::csv(&said.out),
                    Some("markdown") if said.code == 0 => judge::markdown(&said.out),
                    _ => judge::terminal(&said.out),
                };
                let all = found.into_iter().chain(judge::terminal(&said.err));
                wrong.extend(all.map(|why| format!("{line} {ending} {more}: {why}")));
                if !(0..=4).contains(&said.code) || said.out.is_empty() && said.err.is_empty() {
                    wrong.push(format!("{line} {ending} {more}: {said:?}"));
                }
                seen.extend(marks_in(&(said.out + &said.err)));
            }
        }
    }
    (wrong, seen.len())
}
