//! The tables of a report, read back from each format that it was written in.

#![allow(dead_code, reason = "not every test file reads every format")]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

/// What stands in a cell, as far as formats can agree on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    Number(f64),
    Share {
        met: u64,
        of: u64,
    },
    /// Words, unknown, or nothing.
    Other,
}

impl Figure {
    pub fn agrees(&self, other: &Figure) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 0.005_001;
        match (self, other) {
            (Figure::Number(a), Figure::Number(b)) => near(*a, *b),
            // A workbook has the share alone, and shows it in per cent.
            (Figure::Share { met, of }, Figure::Number(part)) => (*met as f64 / *of as f64 - part).abs() < 1e-9,
            _ => self == other,
        }
    }
}

/// The numbers of a table, a chart or a map.
#[derive(Debug, Clone)]
pub struct Grid {
    pub key: String,
    pub rows: Vec<Vec<Figure>>,
}

impl Grid {
    /// What formats can agree on, row by row.
    pub fn figures(&self) -> Vec<Figure> {
        self.rows.iter().flatten().filter(|figure| **figure != Figure::Other).cloned().collect()
    }
}

/// The grids of a report in JSON, in their order.
pub fn of_json(report: &Value) -> Vec<Grid> {
    let blocks = report["blocks"].as_array().expect("a report has blocks");
    let grid = |block: &Value| {
        let rows = match block["type"].as_str()? {
            "table" => table_rows(block),
            "chart" => chart_rows(block),
            "map" => map_rows(block),
            _ => return None,
        };
        Some(Grid { key: block["key"].as_str()?.to_owned(), rows })
    };
    blocks.iter().filter_map(grid).collect()
}

/// The grids that have a row: the others are a word in most formats.
pub fn filled(report: &Value) -> Vec<Grid> {
    of_json(report).into_iter().filter(|grid| !grid.rows.is_empty()).collect()
}

fn table_rows(block: &Value) -> Vec<Vec<Figure>> {
    let keys: Vec<&str> = block["columns"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    let rows = block["rows"].as_array().unwrap();
    rows.iter().map(|row| keys.iter().map(|key| of_value(&row[*key])).collect()).collect()
}

fn chart_rows(block: &Value) -> Vec<Vec<Figure>> {
    let series = block["series"].as_array().unwrap();
    let row = |at: usize| {
        let values = series.iter().map(|one| of_value(&one["values"][at]));
        std::iter::once(of_value(&block["categories"][at])).chain(values).collect()
    };
    (0..block["categories"].as_array().unwrap().len()).map(row).collect()
}

fn map_rows(block: &Value) -> Vec<Vec<Figure>> {
    let row = |row: &Value| {
        let values = row["values"].as_array().unwrap().iter().map(of_value);
        std::iter::once(of_value(&row["label"])).chain(values).collect()
    };
    block["rows"].as_array().unwrap().iter().map(row).collect()
}

pub fn of_value(value: &Value) -> Figure {
    match value {
        Value::Number(number) => Figure::Number(number.as_f64().unwrap()),
        Value::Object(share) if share["of"] != 0 => {
            Figure::Share { met: share["met"].as_u64().unwrap(), of: share["of"].as_u64().unwrap() }
        }
        Value::String(words) => of_words(words),
        _ => Figure::Other,
    }
}

/// What people read: `12`, `2.5`, `83.3% (5/6)`.
pub fn of_words(words: &str) -> Figure {
    if let Ok(number) = words.trim().parse::<f64>() {
        return Figure::Number(number);
    }
    let parts =
        words.strip_suffix(')').and_then(|rest| rest.split_once("% (")).and_then(|(_, parts)| parts.split_once('/'));
    match parts.and_then(|(met, of)| Some((met.parse().ok()?, of.parse().ok()?))) {
        Some((met, of)) => Figure::Share { met, of },
        None => Figure::Other,
    }
}

/// The rows of every table of a page, without their headers.
pub fn of_html(page: &str) -> Vec<Vec<Vec<String>>> {
    let body = page.split("<main>").nth(1).expect("a page has a body");
    let tables = body.split("<tbody>").skip(1).map(|rest| rest.split("</tbody>").next().unwrap());
    let cells = |row: &str| {
        let ends = row.replace("</th>", "</td>");
        let cells: Vec<String> =
            ends.split("</td>").filter_map(|cell| Some(cell.rsplit_once('>')?.1.replace("&#x2f;", "/"))).collect();
        cells[..cells.len().saturating_sub(1)].to_vec()
    };
    tables.map(|table| table.split("<tr>").skip(1).map(cells).collect()).collect()
}

/// The rows of every table of a Markdown text, without their headers.
pub fn of_markdown(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !line.starts_with("| --") {
            continue;
        }
        let mut rows = Vec::new();
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            let cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
            rows.push(cells.collect());
        }
        tables.push(rows);
    }
    tables
}

/// The rows of every sheet behind the first, without their headers.
pub fn of_xlsx(bytes: Vec<u8>) -> Vec<Vec<Vec<Figure>>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let figure = |cell: &Data| match cell {
        Data::Float(number) => Figure::Number(*number),
        Data::Int(number) => Figure::Number(*number as f64),
        Data::String(words) => of_words(words),
        _ => Figure::Other,
    };
    let mut sheets = Vec::new();
    for name in names.iter().skip(1) {
        let range = book.worksheet_range(name).expect("a sheet");
        sheets.push(range.rows().skip(1).map(|row| row.iter().map(figure).collect()).collect());
    }
    sheets
}

/// A part of a zipped file as text.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut file = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zipped file");
    let mut text = String::new();
    file.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).expect("text");
    text
}

/// The names of the parts of a zipped file.
pub fn parts(bytes: &[u8]) -> Vec<String> {
    let file = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zipped file");
    file.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

/// The rows of every table of a text document, with its header first. A table inside of another stands before it.
pub fn of_docx(bytes: &[u8]) -> Vec<Vec<Vec<String>>> {
    let text = part(bytes, "word/document.xml");
    let mut open: Vec<Vec<Vec<String>>> = Vec::new();
    let mut done = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        match tag {
            "w:tbl" => open.push(Vec::new()),
            "/w:tbl" => done.extend(open.pop()),
            "w:tr" => open.last_mut().expect("a row is in a table").push(Vec::new()),
            "w:tc" => {
                if let Some(row) = open.last_mut().and_then(|table| table.last_mut()) {
                    row.push(String::new());
                }
            }
            _ if tag.starts_with("w:t ") || tag == "w:t" => {
                if let Some(cell) = open.last_mut().and_then(|table| table.last_mut()).and_then(|row| row.last_mut()) {
                    cell.push_str(words);
                }
            }
            _ => {}
        }
    }
    done
}
