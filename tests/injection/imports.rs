//! Hostile text in the headers and the cells of spreadsheets, and in the names of their files.

use std::collections::BTreeSet;

use super::hostile::{Texts, marks_in, without};
use super::judge::{self, Wrong};
use super::place::{Place, walk};

/// An import: its words before and behind its file, and the columns that its sheet has of right with a good cell of each.
type Import = (&'static str, &'static [(&'static str, &'static str)]);

const IMPORTS: [Import; 4] = [
    (
        "import census FILE --accept-good",
        &[
            ("姓名", "学生ROW"),
            ("班级", "2023-2"),
            ("家庭住址", "龙潭村"),
            ("备注", "无"),
            ("出生日期", "2016-03-06"),
            ("联系电话", "15400000001"),
        ],
    ),
    (
        "import scores FILE --date 2026-11-20 --exam midterm",
        &[("姓名", "王小明"), ("班级", "2023-2"), ("语文", "80"), ("数学", "90")],
    ),
    (
        "import log home-visit FILE --accept-good",
        &[("学生", "王小明"), ("日期", "2026-11-20"), ("见到谁", "监护人"), ("发现问题", "没有台灯"), ("备注", "无")],
    ),
    (
        "screen import FILE --scale mht --date 2026-11-20",
        &[("姓名", "王小明"), ("班级", "2023-2"), ("1", "是"), ("2", "否")],
    ),
];

/// A header with two columns of its own, and for every column a row in which it holds a text, between good cells.
fn sheet(columns: &[(&str, &str)], texts: &mut Texts) -> Vec<Vec<String>> {
    let own: Vec<String> = (0..2).map(|_| texts.next("a header")).collect();
    let header: Vec<String> = columns.iter().map(|(column, _)| (*column).to_owned()).chain(own).collect();
    let row = |texts: &mut Texts, at: usize| {
        let good = |column: usize| columns.get(column).map_or("x", |(_, good)| good).replace("ROW", &at.to_string());
        (0..header.len()).map(|column| if column == at { texts.next("a cell") } else { good(column) }).collect()
    };
    let rows: Vec<Vec<String>> = (0..=header.len()).map(|at| row(texts, at)).collect();
    [vec![header], rows].concat()
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut written = csv::Writer::from_writer(Vec::new());
    // A file with a NUL is none that is read as text.
    let bare = |row: &Vec<String>| row.iter().map(|cell| without(cell, &['\0'])).collect::<Vec<_>>();
    rows.iter().for_each(|row| written.write_record(bare(row)).expect("memory"));
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

/// The cells of a workbook, which are to be mended and read again: what was written is theirs to the letter, and none is a
/// formula.
fn cells_of(bytes: &[u8]) -> Result<Vec<String>, String> {
    use calamine::Reader as _;
    let wrong = |error: calamine::XlsxError| error.to_string();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).map_err(wrong)?;
    let mut cells = Vec::new();
    for (name, range) in book.worksheets() {
        let formulas = book.worksheet_formula(&name).map_err(wrong)?;
        if let Some((.., formula)) = formulas.cells().find(|(.., formula)| !formula.is_empty()) {
            return Err(format!("the formula {formula}"));
        }
        cells.extend(range.cells().map(|(.., cell)| cell.to_string()));
    }
    Ok(cells)
}

/// Every import of every kind of file, tried and then done: what is wrong with what it says and with what it gives back, how
/// many texts it says, and how many it gives back.
pub fn judged(place: &mut Place) -> (Wrong, usize, usize) {
    let (mut wrong, mut seen, mut refused) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (line, columns) in IMPORTS {
        for ending in ["csv", "xlsx"] {
            let rows = sheet(columns, &mut place.texts);
            let file = format!("out/{}.{ending}", place.file_name("a spreadsheet, name"));
            let bytes = if ending == "csv" { csv(&rows) } else { xlsx(&rows) };
            std::fs::write(place.school.path(&file), bytes).unwrap();
            let mut before = BTreeSet::new();
            walk(&place.school.path("out"), &mut before);
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
            // The rows that were refused come back in a workbook beside the spreadsheet.
            let mut beside = BTreeSet::new();
            walk(&place.school.path("out"), &mut beside);
            for path in beside.difference(&before) {
                match cells_of(&std::fs::read(path).unwrap()) {
                    Ok(cells) => refused.extend(marks_in(&cells.concat())),
                    Err(why) => wrong.push(format!("{line} {ending}: {}: {why}", path.display())),
                }
            }
        }
    }
    (wrong, seen.len(), refused.len())
}
