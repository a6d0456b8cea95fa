//! The census of T4: a spreadsheet of every child of a ledger, and the files that an import of it has to write.

use std::fs;
use std::path::Path;

use guanai::ledger::{Folder, Lock, Need, Snapshot};
use guanai::model::{Class, Gender, Relation, Student};
use rust_xlsxwriter::Workbook;

/// The headers, and below them the words for boy, girl, year of entry and class.
const WORDS: &str = include_str!("census.csv");

/// One row a child, every cell text, as school offices send it.
pub fn write_sheet(ledger: &Path, path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut words = WORDS.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (headers, words) = (words.next().expect("the headers"), words.next().expect("the words"));
    let rows = std::iter::once(headers).chain(students(ledger).into_iter().map(|student| cells(&student, &words)));
    for (row, cells) in rows.enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row as u32, column as u16, cell).expect("the sheet has room");
        }
    }
    book.save(path).expect("the target folder can be written");
}

fn students(ledger: &Path) -> Vec<Student> {
    let folder = Folder { root: ledger.to_owned() };
    let lock = Lock::shared(&folder).expect("nobody else is at the ledger");
    let snapshot = Snapshot::load(&folder, &Need::students(), &lock.pending).expect("the ledger can be read");
    snapshot.students.into_iter().map(|file| file.student).collect()
}

fn cells(student: &Student, words: &[String]) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let parent = |relation| student.parent_of(relation);
    let (father, mother, guardian) = (parent(Relation::Father), parent(Relation::Mother), student.guardian.first());
    let gender = if student.gender == Some(Gender::Male) { &words[0] } else { &words[1] };
    let class = |class: Class| format!("{}{}{}{}", class.cohort, words[2], class.number, words[3]);
    vec![
        student.name.clone(),
        gender.clone(),
        student.born.map(|born| born.to_string()).unwrap_or_default(),
        text(&student.national_id),
        text(&student.ethnicity),
        student.class.map(class).unwrap_or_default(),
        text(&student.address),
        father.map(|father| text(&father.name)).unwrap_or_default(),
        father.map(|father| text(&father.phone)).unwrap_or_default(),
        mother.map(|mother| text(&mother.name)).unwrap_or_default(),
        guardian.map(|guardian| text(&guardian.name)).unwrap_or_default(),
        guardian.map(|guardian| text(&guardian.phone)).unwrap_or_default(),
    ]
}

/// The students' files in one: a line with path and length, then the bytes.
pub fn pack(ledger: &Path, path: &Path) {
    let mut packed = Vec::new();
    for student in students(ledger) {
        let name = format!("students/{}.toml", student.id);
        let bytes = fs::read(ledger.join(&name)).expect("the ledger has the student");
        packed.extend_from_slice(format!("{name} {}\n", bytes.len()).as_bytes());
        packed.extend_from_slice(&bytes);
    }
    fs::write(path, packed).expect("the target folder can be written");
}
