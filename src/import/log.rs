//! A spreadsheet of activities of one kind becomes typed rows: whom, when, by whom, and the kind's own fields.
//!
//! Columns are known by their headers: those of every log (import/log.toml) and those of the kind's fields. What no
//! column takes goes into the note under its header, so that nothing is lost.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sheet::{Cell, Row, Sheet};
use super::synonyms::Synonyms;
use super::{class, date, fold};
use crate::ledger::definitions::parse_toml;
use crate::model::kind::{FieldType, Kind};
use crate::model::{Class, Day, Outcome, Place, Problem, Problems};

/// `import/log.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogWords {
    headers: BTreeMap<String, Vec<String>>,
    ignored: Ignored,
    skipped: Skipped,
    parting: Parting,
    /// A ledger from before it was known has none.
    #[serde(default)]
    money: MoneySigns,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    headers: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Skipped {
    words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parting {
    signs: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneySigns {
    signs: Vec<String>,
}

impl LogWords {
    /// Reads `import/log.toml`; `file` names it where a word is wrong.
    pub fn parse(file: &str, text: &str) -> Outcome<LogWords> {
        parse_toml(file, text)
    }
}

/// One activity as the spreadsheet has it. Field values are as typed, days as the ledger writes them.
#[derive(Debug, Clone, Default)]
pub struct LogRow {
    pub place: Place,
    pub day: Option<Day>,
    /// Names, ids or roll numbers.
    pub students: Vec<String>,
    pub class: Option<Class>,
    pub staff: String,
    pub minutes: String,
    pub note: String,
    pub id: String,
    pub fields: BTreeMap<String, String>,
    /// The header of each field that was given, for problems that are found later.
    pub headers: BTreeMap<String, String>,
    pub problems: Vec<Problem>,
    /// The row as typed.
    pub cells: Vec<String>,
}

/// A spreadsheet of activities that has been read.
#[derive(Debug, Default)]
pub struct LogReading {
    pub rows: Vec<LogRow>,
    /// Of the file as a whole.
    pub problems: Vec<Problem>,
    pub sheets: Vec<super::SheetHeader>,
}

/// What a column gives.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Common(String),
    Field(usize),
    Ignored,
    Unknown,
}

/// Where a row stands and what helps to read it.
struct Reader<'a> {
    file: &'a str,
    kind: &'a Kind,
    words: &'a LogWords,
    synonyms: &'a Synonyms,
    day: Day,
    school_years: u32,
}

/// Reads every visible sheet. `day` is the day on which grades are meant.
pub fn read_log(
    file: &str,
    sheets: &[Sheet],
    kind: &Kind,
    words: (&LogWords, &Synonyms),
    day: Day,
    school_years: u32,
) -> LogReading {
    let reader = Reader { file, kind, words: words.0, synonyms: words.1, day, school_years };
    let mut reading = LogReading::default();
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden && !sheet.rows.is_empty()) {
        reader.sheet(sheet, &mut reading);
    }
    if reading.problems.is_empty() && reading.rows.is_empty() {
        let code = if sheets.iter().all(|sheet| sheet.rows.is_empty()) { "empty" } else { "no-rows" };
        reading.problems.push(Problem::data(code, Place::file(file)));
    }
    reading
}

/// Titles above a header take no more rows than this.
const DEEPEST: usize = 20;

impl Reader<'_> {
    fn sheet(&self, sheet: &Sheet, reading: &mut LogReading) {
        let known = |row: &Row| self.columns(row).iter().filter(|column| **column != Column::Unknown).count();
        let best =
            sheet.rows.iter().take(DEEPEST).enumerate().max_by_key(|(at, row)| (known(row), std::cmp::Reverse(*at)));
        let Some((at, header)) = best else { return };
        let columns = self.columns(header);
        if !columns.contains(&Column::Common("date".to_owned())) {
            let place =
                Place::Cell { file: self.file.to_owned(), sheet: sheet.name.clone(), row: header.number, column: None };
            reading.problems.push(Problem::data("no-date-column", place));
            return;
        }
        let headers: Vec<String> = header.cells.iter().map(Cell::text).collect();
        let titles = sheet.rows[..at].iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        reading.sheets.push(super::SheetHeader {
            sheet: sheet.name.clone(),
            titles: titles.map(Cell::text).collect(),
            columns: headers.clone(),
        });
        let rows = sheet.rows[at + 1..].iter().filter(|row| !self.is_skipped(row));
        reading.rows.extend(rows.map(|row| self.row(sheet, row, &columns, &headers)));
    }

    fn columns(&self, row: &Row) -> Vec<Column> {
        row.cells.iter().map(|cell| self.column(&fold::header(&cell.text()))).collect()
    }

    fn column(&self, header: &str) -> Column {
        let same = |word: &String| fold::header(word) == header;
        let field = self.kind.fields.iter().position(|field| {
            same(&field.name) || same(&field.label.zh) || same(&field.label.en) || field.also.iter().any(same)
        });
        if header.is_empty() {
            return Column::Unknown;
        }
        if let Some(at) = field {
            return Column::Field(at);
        }
        if let Some((name, _)) = self.words.headers.iter().find(|(_, words)| words.iter().any(same)) {
            return Column::Common(name.clone());
        }
        if self.words.ignored.headers.iter().any(same) { Column::Ignored } else { Column::Unknown }
    }

    fn is_skipped(&self, row: &Row) -> bool {
        let first = row.cells.iter().map(Cell::text).find(|text| !text.trim().is_empty());
        first
            .is_none_or(|text| self.words.skipped.words.iter().any(|word| text.trim_start().starts_with(word.as_str())))
    }

    fn row(&self, sheet: &Sheet, row: &Row, columns: &[Column], headers: &[String]) -> LogRow {
        let mut read = LogRow { cells: row.cells.iter().map(Cell::text).collect(), ..LogRow::default() };
        read.place = self.place(sheet, row, None);
        let mut year = String::new();
        for (at, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let header = headers.get(at).map_or("", String::as_str);
            let place = self.place(sheet, row, Some(header));
            let text = cell.text().trim().to_owned();
            match columns.get(at).unwrap_or(&Column::Unknown) {
                Column::Field(field) => self.field(&mut read, *field, cell, header, place, sheet.from_1904),
                Column::Common(name) if name == "grade" => year = text,
                Column::Common(name) => self.common(&mut read, name, cell, &place, sheet.from_1904, &year),
                Column::Ignored => {}
                Column::Unknown if header.is_empty() => add_note(&mut read.note, &text),
                Column::Unknown => add_note(&mut read.note, &format!("{header}: {text}")),
            }
        }
        if read.day.is_none() && read.problems.is_empty() {
            read.problems.push(Problem::data("row-no-date", read.place.clone()));
        }
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

    fn field(&self, read: &mut LogRow, at: usize, cell: &Cell, header: &str, place: Place, from_1904: bool) {
        let field = &self.kind.fields[at];
        let value = match field.kind {
            FieldType::Date => match self.day_of(cell, from_1904) {
                Ok(day) => day.to_string(),
                Err(code) => {
                    read.problems.push(Problem::data(code, place).with("name", &field.name).with("value", cell.text()));
                    return;
                }
            },
            FieldType::Text => cell.text().trim().to_owned(),
            FieldType::Money => amount(&fold::folded(&cell.text()), &self.words.money.signs),
            _ => fold::folded(&cell.text()),
        };
        read.headers.insert(field.name.clone(), header.to_owned());
        read.fields.insert(field.name.clone(), value);
    }

    fn common(&self, read: &mut LogRow, name: &str, cell: &Cell, place: &Place, from_1904: bool, year: &str) {
        let text = cell.text().trim().to_owned();
        let who = read.students.join(" ");
        match name {
            "date" => match self.day_of(cell, from_1904) {
                Ok(day) => read.day = Some(day),
                Err(code) => {
                    read.problems.push(Problem::data(code, place.clone()).with("name", who).with("value", text));
                }
            },
            "students" => read.students.extend(self.parted(&text)),
            "class" => match self.class_of(&format!("{year}{text}")) {
                Some(class) => read.class = Some(class),
                None => {
                    let problem = Problem::data("unknown-class", place.clone());
                    read.problems.push(problem.with("name", who).with("value", text));
                }
            },
            "staff" => read.staff = text,
            "minutes" => read.minutes = text.chars().take_while(char::is_ascii_digit).collect(),
            "id" => read.id = text,
            _ => add_note(&mut read.note, &text),
        }
    }

    fn day_of(&self, cell: &Cell, from_1904: bool) -> Result<Day, &'static str> {
        match date::date(cell, from_1904, &self.synonyms.signs) {
            Ok(date::Stated::Day(day)) => Ok(day),
            Ok(_) => Err("no-such-day"),
            Err(fault) => Err(fault.code()),
        }
    }

    fn class_of(&self, text: &str) -> Option<Class> {
        class::named(text, &self.synonyms.signs)?.on(self.day, self.school_years)
    }

    /// The names in a cell. White space inside a name of two characters is layout, so each part is tried as it is.
    fn parted(&self, text: &str) -> Vec<String> {
        let hard: Vec<&String> = self.words.parting.signs.iter().filter(|sign| !sign.trim().is_empty()).collect();
        let mut parts = vec![text.to_owned()];
        for sign in hard {
            parts = parts
                .iter()
                .flat_map(|part| part.split(sign.as_str()).map(str::to_owned).collect::<Vec<_>>())
                .collect();
        }
        let parts = parts.iter().flat_map(|part| by_space(part));
        parts.filter(|part| !part.is_empty()).collect()
    }
}

/// Parts at white space, unless every piece is one character: then the white space is layout inside one name.
fn by_space(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split(fold::is_space).filter(|piece| !piece.is_empty()).collect();
    match pieces.iter().all(|piece| piece.chars().count() == 1) {
        true => vec![pieces.concat()],
        false => pieces.into_iter().map(str::to_owned).collect(),
    }
}

/// An amount without the sign of the money and the commas between thousands. Commas that part anything else stay, and
/// the amount is refused.
fn amount(text: &str, signs: &[String]) -> String {
    let bare = signs.iter().fold(text.trim(), |text, sign| {
        let text = text.strip_prefix(sign.as_str()).unwrap_or(text).trim();
        text.strip_suffix(sign.as_str()).unwrap_or(text).trim()
    });
    let (whole, part) = bare.split_once('.').map_or((bare, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(',').collect();
    let is_thousands = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    if groups.len() == 1 || !is_thousands {
        return bare.to_owned();
    }
    part.map_or_else(|| groups.concat(), |part| format!("{}.{part}", groups.concat()))
}

fn add_note(note: &mut String, text: &str) {
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(text);
}

/// The problems of all rows, as an error.
pub fn refuse(problems: Vec<Problem>) -> Outcome<()> {
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_type_it_and_nothing_is_guessed() {
        let signs: Vec<String> = ["￥", "¥", "元"].map(str::to_owned).to_vec();
        for (typed, read) in [
            ("500元", "500"),
            ("¥ 1,200.50", "1200.50"),
            ("￥12,345,678", "12345678"),
            ("12,34", "12,34"),
            ("1,20.5", "1,20.5"),
            ("1.2万", "1.2万"),
            ("0.3", "0.3"),
            ("元", ""),
        ] {
            assert_eq!(amount(typed, &signs), read, "{typed}");
        }
    }
}
