//! What leaves a school for its county: tables of children under pseudonyms, of what was done and what was promised, a
//! file a table and term. Names, numbers, addresses and words that somebody typed have no way in: the columns are listed
//! in `layout`, and no type of `value` holds a text. Begin with [`parts`].

mod deeds;
mod encode;
mod layout;
mod people;
mod promised;
mod shipped;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;

pub use layout::{Column, ColumnType, LAYOUT_FILE, Layout, Sheet};

use self::encode::encoded;
use self::shipped::Shipped;
use self::value::{Row, Value};
use crate::assess::Rules;
use crate::assess::confidential::is_confidential;
use crate::assess::plan::Covered;
use crate::ledger::Snapshot;
use crate::model::{CountyKey, Day, Outcome, Place, Problem, Pseudonym, Stretch};

/// Which school reports to which county.
#[derive(Debug, Clone)]
pub struct Reporting {
    pub county: String,
    pub school: String,
    pub key: CountyKey,
}

/// A term that is asked for.
pub struct Asked<'a> {
    pub snapshot: &'a Snapshot,
    pub rules: &'a Rules,
    pub reporting: &'a Reporting,
    pub term: &'a Stretch,
    pub covered: &'a [Covered<'a>],
    /// The day of the export.
    pub day: Day,
}

/// One file.
pub struct Part {
    pub table: String,
    pub term: String,
    /// Below the county's folder, with `/`.
    pub path: String,
    pub rows: usize,
    pub bytes: Vec<u8>,
}

/// What the tables are made of.
struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    shipped: Shipped,
    term: &'a Stretch,
    day: Day,
    /// By the child's place in the snapshot's list.
    children: Vec<(Pseudonym, bool)>,
}

impl Source<'_> {
    /// The last day of the term, or the day of the export where that is earlier.
    fn as_of(&self) -> Day {
        self.term.until.min(self.day)
    }

    fn child(&self, at: u32) -> (Pseudonym, bool) {
        self.children[at as usize].clone()
    }

    fn is_confidential(&self, kind: &str) -> bool {
        let shipped = self.shipped.kind(kind).is_some_and(|kind| kind.confidential);
        shipped || is_confidential(self.rules, kind)
    }

    /// By pseudonym: the order of the ids says nothing to anybody outside.
    fn sorted<'a>(&self, mut rows: Vec<Row<'a>>) -> Vec<Row<'a>> {
        rows.sort_by(|a, b| child_of(a).cmp(&child_of(b)));
        rows
    }
}

fn child_of<'r>(row: &'r Row) -> Option<&'r str> {
    match row.get("child") {
        Some(Value::Pseudonym(child)) => Some(child.as_str()),
        _ => None,
    }
}

/// The file of a table, below the county's folder.
pub fn path_of(table: &str, reporting: &Reporting, term: &str) -> String {
    format!("{table}/county={}/school={}/term={term}/part.parquet", reporting.county, reporting.school)
}

/// Every table of a term, in the order of the layout, and how many children are in it.
///
/// # Errors
/// None but a fault of the program, which a test finds.
pub fn parts(asked: &Asked) -> Outcome<(Vec<Part>, usize)> {
    let layout = Layout::shipped()?;
    let Asked { snapshot, rules, reporting, term, day, .. } = *asked;
    let child = |file: &crate::ledger::record::StudentFile| reporting.key.child(&reporting.school, &file.student);
    let children = snapshot.students.iter().map(child).collect();
    let source = Source { snapshot, rules, shipped: Shipped::load()?, term, day, children };
    let mut rows = rows(&source, &layout, asked.covered);
    let count = rows.get("students").map_or(0, Vec::len);
    let part = |sheet: &Sheet| -> Outcome<Part> {
        let rows = rows.remove(sheet.name.as_str()).unwrap_or_default();
        let bytes = encoded(sheet, &rows, &about(&layout, sheet, reporting, day))
            .map_err(|error| Problem::data("not-rendered", Place::Nowhere).with("reason", error))?;
        let path = path_of(&sheet.name, reporting, &term.name);
        Ok(Part { table: sheet.name.clone(), term: term.name.clone(), path, rows: rows.len(), bytes })
    };
    Ok((layout.table.iter().map(part).collect::<Outcome<_>>()?, count))
}

fn rows<'a>(source: &Source, layout: &'a Layout, covered: &[Covered]) -> BTreeMap<&'a str, Vec<Row<'a>>> {
    let numbered = deeds::numbered(source);
    let of = |sheet: &'a Sheet| match sheet.name.as_str() {
        "schools" => promised::schools(source),
        "students" => people::students(source, sheet),
        "activities" => deeds::activities(source, sheet, &numbered),
        "activity_children" => deeds::children(source, &numbered),
        "follow_ups" => deeds::follow_ups(source),
        "coverage" => promised::coverage(source, covered),
        "risk" => people::risk(source),
        _ => Vec::new(),
    };
    layout.table.iter().map(|sheet| (sheet.name.as_str(), of(sheet))).collect()
}

/// The key of a file's footer under which the mark of the county's key stands.
pub const MARK: &str = "guanai.key";

/// What the footer of a file says. No time of day, so that the same ledger gives the same bytes.
fn about(layout: &Layout, sheet: &Sheet, reporting: &Reporting, day: Day) -> Vec<(String, String)> {
    let mut about = vec![
        ("guanai.schema".to_owned(), layout.schema.to_string()),
        ("guanai.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("guanai.table".to_owned(), sheet.name.clone()),
        ("guanai.day".to_owned(), day.to_string()),
        (MARK.to_owned(), reporting.key.mark()),
    ];
    let unit = |column: &Column| Some((format!("guanai.unit.{}", column.name), column.unit.clone()?));
    about.extend(sheet.column.iter().filter_map(unit));
    about
}

/// The mark of the key under which a file was written; nothing of one that is no such file.
pub fn mark_of(file: std::fs::File) -> Option<String> {
    use parquet::file::metadata::ParquetMetaDataReader;
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&file).ok()?;
    let said = metadata.file_metadata().key_value_metadata()?;
    said.iter().find(|one| one.key == MARK)?.value.clone()
}
