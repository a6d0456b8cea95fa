//! An answer sheet of a scale: one child a row, one item a column, known by its number; or one subscale a column, where the
//! scores were added up elsewhere. Whom a row means is for the caller to find.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::sheet::{Cell, Row, Sheet};
use super::synonyms::Synonyms;
use super::{class, date, fold};
use crate::ledger::definitions::parse_toml;
use crate::model::kind::Label;
use crate::model::scale::{Answers, Given, Scale, Totals};
use crate::model::{Class, Day, Outcome, Place, Problem};

/// `import/screening.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    headers: Headers,
    item: ItemWords,
    ignored: List,
    skipped: Words,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headers {
    name: Vec<String>,
    number: Vec<String>,
    class: Vec<String>,
    grade: Vec<String>,
    date: Vec<String>,
    staff: Vec<String>,
    note: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemWords {
    before: Vec<String>,
    after: Vec<String>,
    missing: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    headers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

impl SheetWords {
    /// Reads `import/screening.toml`; `file` names it where a word is wrong.
    pub fn parse(file: &str, text: &str) -> Outcome<SheetWords> {
        parse_toml(file, text)
    }
}

/// One row of answers.
#[derive(Debug, Clone, Default)]
pub struct SheetRow {
    pub place: Place,
    /// The child as the row names it.
    pub name: String,
    /// Resident or roll numbers.
    pub numbers: Vec<String>,
    pub class: Option<Class>,
    pub day: Option<Day>,
    pub staff: String,
    pub note: String,
    /// Nothing where the row has no answer at all: the child was not there.
    pub given: Option<Given>,
    pub problems: Vec<Problem>,
    /// The row as typed.
    pub cells: Vec<String>,
}

/// A spreadsheet of answers that has been read.
#[derive(Debug, Default)]
pub struct SheetReading {
    pub rows: Vec<SheetRow>,
    /// Of the file as a whole.
    pub problems: Vec<Problem>,
    pub sheets: Vec<super::SheetHeader>,
    /// The headers of columns that nothing takes.
    pub unread: Vec<String>,
    /// Sheets with neither children nor answers, such as instructions.
    pub left_out: Vec<String>,
}

/// What a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Name,
    Number,
    Class,
    Grade,
    Date,
    Staff,
    Note,
    Item(u32),
    /// A number that is none of the scale's.
    NoItem,
    /// The score of a subscale, by its place; behind them all the validity score.
    Part(usize),
    Ignored,
    Unknown,
}

/// What helps to read a sheet.
pub struct SheetReader<'a> {
    pub file: &'a str,
    pub scale: &'a Scale,
    pub words: &'a SheetWords,
    pub synonyms: &'a Synonyms,
    /// The day on which grades are meant, where a row has none of its own.
    pub day: Day,
    pub school_years: u32,
}

/// Titles above a header take no more rows than this.
const DEEPEST: usize = 20;

impl SheetReader<'_> {
    /// Reads every visible sheet.
    pub fn read(&self, sheets: &[Sheet]) -> SheetReading {
        let mut reading = SheetReading::default();
        for sheet in sheets.iter().filter(|sheet| !sheet.hidden && !sheet.rows.is_empty()) {
            self.sheet(sheet, &mut reading);
        }
        if reading.problems.is_empty() && reading.rows.is_empty() {
            let code = match sheets.iter().all(|sheet| sheet.rows.is_empty()) {
                true => "empty",
                false if reading.sheets.is_empty() => "sheet-no-items",
                false => "no-rows",
            };
            reading.problems.push(self.of_scale(code, Place::file(self.file)));
        }
        reading
    }

    fn sheet(&self, sheet: &Sheet, reading: &mut SheetReading) {
        let known = |row: &Row| self.columns(row).iter().filter(|column| **column < Column::Ignored).count();
        let rows = sheet.rows.iter().take(DEEPEST).enumerate();
        let Some((at, header)) = rows.max_by_key(|(at, row)| (known(row), std::cmp::Reverse(*at))) else { return };
        let columns = self.columns(header);
        if !columns.iter().any(|column| *column < Column::Ignored) {
            reading.left_out.extend(sheet.name.clone());
            return;
        }
        let problems = self.wrong_with_header(sheet, header, &columns);
        if !problems.is_empty() {
            reading.problems.extend(problems);
            return;
        }
        let headers: Vec<String> = header.cells.iter().map(Cell::text).collect();
        let titles = sheet.rows[..at].iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        reading.sheets.push(super::SheetHeader {
            sheet: sheet.name.clone(),
            titles: titles.map(Cell::text).collect(),
            columns: headers.clone(),
        });
        let unread = columns.iter().zip(&headers).filter(|(column, _)| **column == Column::Unknown);
        reading.unread.extend(unread.map(|(_, header)| header.trim().to_owned()).filter(|header| !header.is_empty()));
        let rows = sheet.rows[at + 1..].iter().filter(|row| !self.is_skipped(row));
        reading.rows.extend(rows.map(|row| self.row(sheet, row, &columns, &headers)));
    }

    /// A child's column, and each item or each subscale once: a sheet that lacks one is another scale's.
    fn wrong_with_header(&self, sheet: &Sheet, header: &Row, columns: &[Column]) -> Vec<Problem> {
        let place = |at: Option<usize>| Place::Cell {
            file: self.file.to_owned(),
            sheet: sheet.name.clone(),
            row: header.number,
            column: at.map(|at| header.cell(at).text()),
        };
        let mut problems = Vec::new();
        if !columns.iter().any(|column| matches!(column, Column::Name | Column::Number)) {
            problems.push(Problem::data("sheet-no-child", place(None)));
        }
        let mut seen = BTreeSet::new();
        for (at, column) in columns.iter().enumerate() {
            match column {
                Column::Item(_) | Column::Part(_) if !seen.insert(*column) => {
                    problems.push(Problem::data("sheet-item-twice", place(Some(at))));
                }
                Column::NoItem => problems.push(self.of_scale("sheet-item-unknown", place(Some(at)))),
                _ => {}
            }
        }
        let items: Vec<u32> = (1..=self.scale.items).collect();
        let (missing, all) = if by_items(columns) {
            let missing = items.iter().filter(|item| !seen.contains(&Column::Item(**item)));
            (missing.map(u32::to_string).collect::<Vec<_>>(), items.len())
        } else {
            let parts = self.part_labels();
            let missing = (0..parts.len()).filter(|part| !seen.contains(&Column::Part(*part)));
            (missing.map(|part| parts[part].to_owned()).collect(), parts.len())
        };
        if missing.len() == all {
            problems.push(self.of_scale("sheet-no-items", place(None)));
        } else if !missing.is_empty() {
            problems.push(self.of_scale("sheet-items-missing", place(None)).with("missing", missing.join(", ")));
        }
        problems
    }

    fn of_scale(&self, code: &'static str, place: Place) -> Problem {
        Problem::data(code, place).with("scale", &self.scale.name).with("items", self.scale.items)
    }

    /// The labels of the scores that the scale gives.
    fn part_labels(&self) -> Vec<&str> {
        self.scale.parts().map(|(_, label)| label.zh.as_str()).collect()
    }

    fn columns(&self, row: &Row) -> Vec<Column> {
        row.cells.iter().map(|cell| self.column(&cell.text())).collect()
    }

    fn column(&self, text: &str) -> Column {
        let header = fold::header(text);
        if header.is_empty() {
            return Column::Unknown;
        }
        if let Some(known) = self.known(&header) {
            return known;
        }
        let Some((number, rest)) = self.numbered(text) else { return Column::Unknown };
        // A questionnaire program numbers the question for the name as well.
        self.known(&fold::header(&rest)).unwrap_or(match (1..=self.scale.items).contains(&number) {
            true => Column::Item(number),
            false => Column::NoItem,
        })
    }

    fn known(&self, header: &str) -> Option<Column> {
        let said = |words: &[String]| words.iter().any(|word| fold::header(word).eq_ignore_ascii_case(header));
        let headers = &self.words.headers;
        let lists = [
            (&headers.name, Column::Name),
            (&headers.number, Column::Number),
            (&headers.class, Column::Class),
            (&headers.grade, Column::Grade),
            (&headers.date, Column::Date),
            (&headers.staff, Column::Staff),
            (&headers.note, Column::Note),
            (&self.words.ignored.headers, Column::Ignored),
        ];
        let names = |(id, label): (&str, &Label)| {
            [id, &label.zh, &label.en]
                .into_iter()
                .chain(label.also.iter().map(String::as_str))
                .any(|word| fold::header(word).eq_ignore_ascii_case(header))
        };
        let part = || self.scale.parts().position(names).map(Column::Part);
        lists.into_iter().find(|(words, _)| said(words)).map(|(_, column)| column).or_else(part)
    }

    /// The number of an item's column, and what stands behind it.
    fn numbered(&self, text: &str) -> Option<(u32, String)> {
        let text = fold::folded(text).to_lowercase();
        let behind = self.words.item.before.iter().find_map(|word| text.strip_prefix(word.to_lowercase().as_str()));
        let text = behind.unwrap_or(&text);
        let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        // A number cell that was saved as text: 3.0.
        let rest = if rest == ".0" { "" } else { rest };
        let after = self.words.item.after.iter().find_map(|sign| rest.strip_prefix(fold::folded(sign).as_str()));
        let rest = if rest.is_empty() { Some("") } else { after };
        Some((number.parse().ok()?, rest?.to_owned()))
    }

    fn is_skipped(&self, row: &Row) -> bool {
        let first = row.cells.iter().map(Cell::text).find(|text| !text.trim().is_empty());
        let is_skipped = |text: &str| self.words.skipped.words.iter().any(|word| text.starts_with(word.as_str()));
        first.is_none_or(|text| is_skipped(text.trim_start()))
    }

    fn row(&self, sheet: &Sheet, row: &Row, columns: &[Column], headers: &[String]) -> SheetRow {
        let mut read = SheetRow { cells: row.cells.iter().map(Cell::text).collect(), ..SheetRow::default() };
        read.place = self.place(sheet, row, None);
        let mut grade = String::new();
        let mut class = None;
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let text = cell.text().trim().to_owned();
            let place = || self.place(sheet, row, headers.get(at).map(String::as_str));
            match columns.get(at).unwrap_or(&Column::Unknown) {
                Column::Name => read.name = fold::name(&text, &self.synonyms.signs.middle_dots),
                Column::Number => read.numbers.push(fold::folded(&text).to_uppercase()),
                Column::Grade => grade = text,
                Column::Class => class = Some((text, place())),
                Column::Date => match date::date(cell, sheet.from_1904, &self.synonyms.signs) {
                    Ok(date::Stated::Day(day)) => read.day = Some(day),
                    Ok(_) => read.problems.push(wrong("no-such-day", place(), &read.name, &text)),
                    Err(fault) => read.problems.push(wrong(fault.code(), place(), &read.name, &text)),
                },
                Column::Staff => read.staff = text,
                Column::Note => read.note = text,
                _ => {}
            }
        }
        if let Some((text, place)) = class {
            let day = read.day.unwrap_or(self.day);
            let named = class::named(&format!("{grade}{text}"), &self.synonyms.signs);
            match named.and_then(|named| named.on(day, self.school_years)) {
                Some(class) => read.class = Some(class),
                None => read.problems.push(wrong("unknown-class", place, &read.name, &text)),
            }
        }
        if read.name.is_empty() && read.numbers.is_empty() {
            read.problems.push(Problem::data("sheet-row-no-child", read.place.clone()));
        }
        let given = if by_items(columns) {
            self.answers(sheet, row, columns, &mut read.problems)
        } else {
            self.totals(sheet, row, columns, &mut read.problems)
        };
        read.given = given;
        read
    }

    fn place(&self, sheet: &Sheet, row: &Row, column: Option<&str>) -> Place {
        Place::Cell {
            file: self.file.to_owned(),
            sheet: sheet.name.clone(),
            row: row.number,
            column: column.map(str::to_owned),
        }
    }

    fn answers(&self, sheet: &Sheet, row: &Row, columns: &[Column], problems: &mut Vec<Problem>) -> Option<Given> {
        let mut answers = Answers::none(self.scale);
        let mut some = false;
        for (column, cell) in columns.iter().zip(&row.cells) {
            let (Column::Item(item), Some(text)) = (column, self.answer(cell)) else { continue };
            some = true;
            match self.scale.score_of(&text) {
                Some(score) => answers.put(*item, score),
                None => {
                    let place = self.place(sheet, row, Some(&item.to_string()));
                    let problem = Problem::data("answer-wrong", place).with("item", item).with("value", cell.text());
                    problems.push(problem.with("answers", self.scale.answers_said()));
                }
            }
        }
        some.then_some(Given::Answers(answers))
    }

    /// The text of an answer; nothing where there is none.
    fn answer(&self, cell: &Cell) -> Option<String> {
        let text = fold::folded(&cell.text());
        let text = text.strip_suffix(".0").unwrap_or(&text);
        let is_missing = text.is_empty() || self.words.item.missing.iter().any(|word| fold::folded(word) == text);
        (!is_missing).then(|| text.to_owned())
    }

    fn totals(&self, sheet: &Sheet, row: &Row, columns: &[Column], problems: &mut Vec<Problem>) -> Option<Given> {
        let mut found: BTreeMap<usize, Option<u32>> = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            let (Column::Part(part), cell) = (column, row.cell(at)) else { continue };
            let Some(text) = self.answer(cell) else { continue };
            let most = self.scale.most_of(*part);
            match text.parse::<u32>().ok().filter(|score| *score <= most) {
                Some(score) => drop(found.insert(*part, Some(score))),
                None => {
                    let label = self.part_labels()[*part];
                    let place = self.place(sheet, row, Some(label));
                    let problem = Problem::data("score-wrong", place).with("part", label).with("value", cell.text());
                    problems.push(problem.with("most", most));
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        let score = |part: usize| found.get(&part).copied().flatten();
        let parts = self.scale.subscale.len();
        Some(Given::Totals(Totals { parts: (0..parts).map(score).collect(), validity: score(parts) }))
    }
}

fn by_items(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column, Column::Item(_)))
}

fn wrong(code: &'static str, place: Place, name: &str, value: &str) -> Problem {
    Problem::data(code, place).with("name", name).with("value", value)
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::tests::shipped;
    use super::*;

    fn reading(scale: &str, text: &str) -> SheetReading {
        with_reader(scale, |reader| reader.read(&super::super::read("a.csv", text.as_bytes()).unwrap()))
    }

    fn with_reader(scale: &str, read: impl Fn(&SheetReader) -> SheetReading) -> SheetReading {
        let path = format!("scales/{scale}.toml");
        let scale = crate::ledger::scales::read(&path, &crate::ledger::template::text(&path)).unwrap();
        let words = crate::ledger::template::text("import/screening.toml");
        let words = SheetWords::parse("import/screening.toml", &words).unwrap();
        let synonyms = shipped();
        let day = "2026-09-10".parse().unwrap();
        let reader =
            SheetReader { file: "a.csv", scale: &scale, words: &words, synonyms: &synonyms, day, school_years: 6 };
        read(&reader)
    }

    fn header(of: impl Fn(u32) -> String, items: u32) -> String {
        (1..=items).map(of).collect::<Vec<_>>().join(",")
    }

    fn given(reading: &SheetReading, row: usize) -> String {
        match reading.rows[row].given.as_ref().unwrap() {
            Given::Answers(answers) => answers.to_string(),
            Given::Totals(totals) => format!("{totals:?}"),
        }
    }

    #[test]
    fn items_are_known_by_their_number_however_it_is_written() {
        let noughts = ["0"; 18].join(",");
        for of in [
            |item: u32| item.to_string(),
            |item| format!("第{item}题"),
            |item| format!("Q{item}"),
            |item| format!("题{item}"),
            |item| format!("{item}、像平时一样"),
            |item| format!("{item}.0"),
            |item| format!("T{item:02}"),
            |item| format!("{item}．像平时一样（选一个）"),
        ] {
            let reading =
                reading("dsrsc", &format!("量表测评,,\n姓名,班级,{}\n张三,四(2)班,{noughts}\n", header(of, 18)));
            assert_eq!(reading.problems, [], "{}", of(3));
            assert_eq!(given(&reading, 0), "0".repeat(18), "{}", of(3));
            assert_eq!(reading.rows[0].class.unwrap().to_string(), "2023-2");
        }
    }

    #[test]
    fn words_stand_for_answers_and_what_is_no_answer_is_named_by_its_cell() {
        let items = header(|item| item.to_string(), 18);
        let reading = reading(
            "dsrsc",
            &format!(
                "姓名,{items}\n张三,无,有时,经常,2,1.0,-,{}\n李四,{},3,x\n",
                ["0"; 12].join(","),
                ["1"; 16].join(",")
            ),
        );
        assert_eq!(given(&reading, 0), format!("01221-{}", "0".repeat(12)));
        let places: Vec<String> = reading.rows[1].problems.iter().map(|one| one.place.to_string()).collect();
        assert_eq!(places, ["a.csv!3!17", "a.csv!3!18"]);
        assert!(reading.rows[1].problems.iter().all(|one| one.code == "answer-wrong"));
    }

    #[test]
    fn a_sheet_of_another_scale_is_refused_as_a_whole() {
        let codes = |text: &str| reading("dsrsc", text).problems.iter().map(|one| one.code).collect::<Vec<_>>();
        let items = |from: u32, until: u32| (from..=until).map(|one| one.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(codes(&format!("姓名,{}\n张三,1\n", items(1, 25))), ["sheet-item-unknown"; 7]);
        assert_eq!(codes(&format!("姓名,{}\n张三,1\n", items(2, 18))), ["sheet-items-missing"]);
        assert_eq!(codes(&format!("姓名,{},3\n张三,1\n", items(1, 18))), ["sheet-item-twice"]);
        assert_eq!(codes(&format!("班级,{}\n张三,1\n", items(1, 18))), ["sheet-no-child"]);
        assert_eq!(codes("姓名,班级\n张三,四年级1班\n"), ["sheet-no-items"]);
        // A questionnaire program that numbers the name and the class as well: item 1 would be its third question.
        let numbered = format!("1、您的姓名,2、您的班级,{}\n张三,四年级1班,1\n", items(3, 20));
        assert_eq!(codes(&numbered), ["sheet-item-unknown", "sheet-item-unknown", "sheet-items-missing"]);
    }

    #[test]
    fn sums_of_subscales_are_read_where_there_are_no_items() {
        let reading = reading(
            "sdq-parent",
            "姓名,情绪症状,品行问题,多动注意,同伴交往,亲社会行为,总分\n张三,5,2,6,4,7,17\n李四,11,,1,1,1,\n",
        );
        let totals = Totals { parts: [5, 2, 6, 4, 7].map(Some).to_vec(), validity: None };
        assert_eq!(reading.rows[0].given, Some(Given::Totals(totals)));
        assert_eq!(reading.rows[1].problems[0].code, "score-wrong");
    }

    #[test]
    fn a_sheet_of_instructions_is_left_out() {
        let cell = |text: &str| Cell::Text(text.to_owned());
        let row = |number: u32, cells: &[&str]| Row { number, cells: cells.iter().map(|text| cell(text)).collect() };
        let sheet = |name: &str, rows: Vec<Row>| Sheet {
            name: Some(name.to_owned()),
            hidden: false,
            rows,
            merges: Vec::new(),
            from_1904: false,
        };
        let numbers: Vec<String> = (1..=18).map(|item| item.to_string()).collect();
        let header: Vec<&str> = std::iter::once("姓名").chain(numbers.iter().map(String::as_str)).collect();
        let answers: Vec<&str> = std::iter::once("张三").chain(["1"; 18]).collect();
        let answered = sheet("四年级", vec![row(1, &header), row(2, &answers)]);
        let told = sheet("说明", vec![row(1, &["请如实作答"])]);
        let read = |sheets: &[Sheet]| with_reader("dsrsc", |reader| reader.read(sheets));
        let both = read(&[told.clone(), answered]);
        assert_eq!((both.problems.len(), both.rows.len(), both.left_out), (0, 1, vec!["说明".to_owned()]));
        assert_eq!(read(&[told]).problems[0].code, "sheet-no-items");
    }

    #[test]
    fn a_child_without_any_answer_was_not_there() {
        let items = header(|item| item.to_string(), 18);
        let reading = reading("dsrsc", &format!("姓名,备注,{items}\n张三,请假,,,,\n合计,1人\n"));
        assert_eq!((reading.rows.len(), reading.rows[0].given.clone()), (1, None));
    }
}
