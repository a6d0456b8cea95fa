//! One sheet of a template, as it lies in the workbook: its rows of children are written anew, and everything else stays
//! byte for byte, but for the numbers of rows below that move down.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::is_active;

use super::refs::{Moved, cell_name, column_of};

/// What is put into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Put {
    Text(String),
    Number(f64),
}

/// What of a sheet is written: from a row on, these rows; columns counted from 0.
#[derive(Debug)]
pub(super) struct Plan {
    pub first: u32,
    /// The row of the notes and signatures below, where there are any.
    pub tail: Option<u32>,
    pub rows: Vec<BTreeMap<usize, Put>>,
    /// Columns that are filled from the records; in any other one a formula of the template stays.
    pub columns: Vec<usize>,
}

impl Plan {
    /// By how many rows the tail moves down.
    pub fn moved(&self) -> Moved {
        let needed = self.first + self.rows.len() as u32;
        let by = self.tail.map_or(0, |tail| needed.saturating_sub(tail));
        Moved { first: self.first, tail: self.tail.unwrap_or(u32::MAX), by }
    }
}

struct CellXml {
    column: usize,
    /// But for its name and its type.
    style: String,
    /// The whole of it between its tags.
    inner: String,
    attributes: String,
    has_formula: bool,
}

struct RowXml {
    number: u32,
    /// But for its number and the columns that it spans.
    attributes: String,
    cells: Vec<CellXml>,
}

/// The parts of a sheet's text: before the rows, the rows, and after them.
struct SheetXml<'x> {
    before: &'x str,
    rows: Vec<RowXml>,
    after: &'x str,
    prefix: String,
}

/// The sheet with its rows written; nothing where the text is no sheet.
pub(super) fn rewritten(text: &str, plan: &Plan) -> Option<String> {
    let sheet = parsed(text)?;
    let moved = plan.moved();
    let mut out = without_dimension(sheet.before);
    let prefix = &sheet.prefix;
    let _ = write!(out, "<{prefix}sheetData>");
    let pattern = sheet.rows.iter().find(|row| row.number == plan.first && moved.is_body(row.number));
    let of_number: BTreeMap<u32, &RowXml> = sheet.rows.iter().map(|row| (row.number, row)).collect();
    for row in sheet.rows.iter().filter(|row| row.number < plan.first) {
        put_row(&mut out, prefix, row, row.number, &moved);
    }
    let end = plan.first + plan.rows.len() as u32;
    for (number, values) in (plan.first..end).zip(&plan.rows) {
        let own = of_number.get(&number).copied().filter(|row| moved.is_body(row.number));
        put_child(&mut out, prefix, number, own, pattern, values, plan);
    }
    for row in sheet.rows.iter().filter(|row| end <= row.number && moved.is_body(row.number)) {
        put_child(&mut out, prefix, row.number, Some(row), None, &BTreeMap::new(), plan);
    }
    for row in sheet.rows.iter().filter(|row| plan.tail.is_some_and(|tail| tail <= row.number)) {
        put_row(&mut out, prefix, row, row.number + moved.by, &moved);
    }
    let _ = write!(out, "</{prefix}sheetData>");
    out.push_str(&after_rows(sheet.after, &moved)?);
    Some(out)
}

/// A row as it was, on another line.
fn put_row(out: &mut String, prefix: &str, row: &RowXml, number: u32, moved: &Moved) {
    let _ = write!(out, "<{prefix}row r=\"{number}\"{}>", row.attributes);
    for cell in &row.cells {
        let name = cell_name(cell.column, number);
        let inner = if cell.has_formula { moved.in_formulas(&cell.inner) } else { cell.inner.clone() };
        let _ = write!(out, "<{prefix}c r=\"{name}\"{}>{inner}</{prefix}c>", cell.attributes);
    }
    let _ = write!(out, "</{prefix}row>");
}

/// A row of a child, in the formats of its own row, or of the first one where the template has no row there.
fn put_child(
    out: &mut String,
    prefix: &str,
    number: u32,
    own: Option<&RowXml>,
    pattern: Option<&RowXml>,
    values: &BTreeMap<usize, Put>,
    plan: &Plan,
) {
    let like = own.or(pattern);
    let _ = write!(out, "<{prefix}row r=\"{number}\"{}>", like.map_or("", |row| row.attributes.as_str()));
    let mut columns: BTreeMap<usize, Option<&CellXml>> = values.keys().map(|column| (*column, None)).collect();
    columns.extend(like.into_iter().flat_map(|row| &row.cells).map(|cell| (cell.column, Some(cell))));
    for (column, cell) in columns {
        let name = cell_name(column, number);
        let style = cell.map_or("", |cell| cell.style.as_str());
        match (values.get(&column), cell) {
            (Some(Put::Text(text)), _) => {
                let text = escaped(text);
                let _ = write!(
                    out,
                    "<{prefix}c r=\"{name}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}\
                     </{prefix}t></{prefix}is></{prefix}c>"
                );
            }
            (Some(Put::Number(value)), _) => {
                let _ = write!(out, "<{prefix}c r=\"{name}\"{style}><{prefix}v>{value}</{prefix}v></{prefix}c>");
            }
            // What the school reckons in a column of its own goes on.
            (None, Some(cell)) if own.is_some() && cell.has_formula && !plan.columns.contains(&column) => {
                let _ = write!(out, "<{prefix}c r=\"{name}\"{}>{}</{prefix}c>", cell.attributes, cell.inner);
            }
            (None, _) => {
                let _ = write!(out, "<{prefix}c r=\"{name}\"{style}/>");
            }
        }
    }
    let _ = write!(out, "</{prefix}row>");
}

/// Text as it may stand in XML, without what would be no more than its letters: what XML forbids, what controls or reorders
/// others.
fn escaped(text: &str) -> String {
    let shown: String = text.replace("\r\n", "\n").chars().filter(|letter| !is_active(*letter)).collect();
    quick_xml::escape::escape(shown.as_str()).into_owned()
}

fn parsed(text: &str) -> Option<SheetXml<'_>> {
    let mut reader = Reader::from_str(text);
    let mut rows: Vec<RowXml> = Vec::new();
    let mut start_of_rows = None;
    let mut prefix = String::new();
    let mut formula_of_cell = false;
    let mut open_cell: Option<(String, String, usize, usize)> = None;
    loop {
        let at = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sheetData" => {
                prefix = tag.name().as_ref().strip_suffix("sheetData")?.to_owned();
                start_of_rows = Some(at);
                if matches!(event, Event::Empty(_)) {
                    return Some(SheetXml { before: &text[..at], rows, after: &text[end..], prefix });
                }
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                let number = attribute(tag, "r").and_then(|number| number.parse().ok());
                let number = number.or(Some(rows.last().map_or(1, |row| row.number + 1)))?;
                rows.push(RowXml { number, attributes: attributes(tag, &["r", "spans"])?, cells: Vec::new() });
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "c" => {
                let row = rows.last_mut()?;
                let named = attribute(tag, "r").and_then(|name| column_of(&name));
                let column = named.unwrap_or_else(|| row.cells.last().map_or(0, |cell| cell.column + 1));
                let style = attribute(tag, "s").map_or_else(String::new, |style| format!(" s=\"{style}\""));
                let attributes = attributes(tag, &["r"])?;
                formula_of_cell = false;
                if matches!(event, Event::Empty(_)) {
                    let inner = String::new();
                    row.cells.push(CellXml { column, style, inner, attributes, has_formula: false });
                } else {
                    open_cell = Some((style, attributes, column, end));
                }
            }
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "f" => formula_of_cell = true,
            Event::End(tag) if tag.local_name().as_ref() == "c" => {
                let (style, attributes, column, from) = open_cell.take()?;
                let inner = text[from..at].to_owned();
                rows.last_mut()?.cells.push(CellXml { column, style, inner, attributes, has_formula: formula_of_cell });
            }
            Event::End(tag) if tag.local_name().as_ref() == "sheetData" => {
                return Some(SheetXml { before: &text[..start_of_rows?], rows, after: &text[end..], prefix });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

pub(super) fn attribute(tag: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == key)?;
    Some(found.value.into_owned())
}

/// The attributes of a tag as they were, but for some.
fn attributes(tag: &BytesStart<'_>, but: &[&str]) -> Option<String> {
    let mut out = String::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        if !but.contains(&key) {
            let value = attribute.value.replace('"', "&quot;");
            let _ = write!(out, " {key}=\"{value}\"");
        }
    }
    Some(out)
}

/// The extent of a sheet may be left out, and would be wrong.
fn without_dimension(before: &str) -> String {
    let start = before.find("<dimension").or_else(|| before.find(":dimension").and_then(|at| before[..at].rfind('<')));
    let Some(start) = start else { return before.to_owned() };
    let Some(length) = before[start..].find('>') else { return before.to_owned() };
    format!("{}{}", &before[..start], &before[start + length + 1..])
}

/// What stands behind the rows, with the ranges below them moved.
fn after_rows(after: &str, moved: &Moved) -> Option<String> {
    if moved.by == 0 {
        return Some(after.to_owned());
    }
    // The text is the rest of a document: its end tags have no beginning here.
    let mut out = String::new();
    let mut rest = after;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>')? + 1;
        out.push_str(&rest[..start]);
        let tag = &rest[start..end];
        let name: String = tag[1..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == ':').collect();
        let key = match name.rsplit(':').next().unwrap_or_default() {
            "mergeCell" | "hyperlink" | "autoFilter" => Some("ref=\""),
            "conditionalFormatting" | "dataValidation" => Some("sqref=\""),
            _ => None,
        };
        let is_merge = name.ends_with("mergeCell");
        match key.and_then(|key| Some((tag.find(key)? + key.len(), is_merge))) {
            Some((from, is_merge)) => {
                let length = tag[from..].find('"')?;
                let ranges: Vec<String> =
                    tag[from..from + length].split(' ').map(|range| moved.range(range, !is_merge)).collect();
                out.push_str(&tag[..from]);
                out.push_str(&ranges.join(" "));
                out.push_str(&tag[from + length..]);
            }
            None => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Some(out)
}

/// The format of each cell of a row, by its column; the columns' own where the row has none.
pub(super) fn styles_of(text: &str, number: u32) -> Option<BTreeMap<usize, usize>> {
    let sheet = parsed(text)?;
    let row = sheet.rows.iter().find(|row| row.number == number)?;
    let style = |cell: &CellXml| {
        let digits: String = cell.style.chars().filter(char::is_ascii_digit).collect();
        Some((cell.column, digits.parse().ok()?))
    };
    Some(row.cells.iter().filter_map(style).collect())
}

/// The lists of choices that a sheet offers in its cells: the columns, and the words that stand in the list itself.
pub(super) fn choices_of(text: &str) -> Option<Vec<(Vec<usize>, Vec<String>)>> {
    let mut reader = Reader::from_str(text);
    let mut found = Vec::new();
    let mut columns: Vec<usize> = Vec::new();
    let mut is_formula = false;
    let mut list = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "dataValidation" => {
                    let ranges = attribute(&tag, "sqref").unwrap_or_default();
                    columns = ranges.split(' ').flat_map(columns_of).collect();
                    list.clear();
                }
                "formula1" => is_formula = true,
                _ => {}
            },
            Event::Text(words) if is_formula => list.push_str(words.as_ref()),
            Event::GeneralRef(name) if is_formula && name.as_ref() == "quot" => list.push('"'),
            Event::End(tag) => match tag.local_name().as_ref() {
                "formula1" => is_formula = false,
                "dataValidation" => {
                    if let Some(words) = list.trim().strip_prefix('"').and_then(|list| list.strip_suffix('"')) {
                        let words = words.split(',').map(|word| word.trim().to_owned()).collect();
                        found.push((std::mem::take(&mut columns), words));
                    }
                }
                _ => {}
            },
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

fn columns_of(range: &str) -> Vec<usize> {
    let mut ends = range.split(':').filter_map(column_of);
    let Some(first) = ends.next() else { return Vec::new() };
    (first..=ends.next().unwrap_or(first)).collect()
}
