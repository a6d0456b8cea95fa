//! What the content of an ods asks for, before its cells are read: how many cells it stands for (a cell and a row may
//! repeat themselves a million times), whether its elements are closed (the reader of the cells waits for their ends), and
//! its merged ranges, which that reader does not give: a class name that is merged down thirty rows belongs to all of
//! them (OpenDocument 1.3, part 3, 19.675 to 19.679).

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::Unfit;
use super::limits::{MOST_TEXT, Measure, TooMuch};
use super::sheet::Merge;

/// A span beyond this is formatting that runs to the sheet's end, and no merged cell.
const LONGEST_SPAN: u32 = 200_000;
/// Attributes that say what a cell holds; a cell without any is empty, whatever it looks like.
const SAYING: [&str; 7] =
    ["value", "string-value", "date-value", "time-value", "boolean-value", "value-type", "formula"];

/// The merged ranges of each table, by its name.
///
/// # Errors
/// Where the content stands for more than is ever read, or is cut or damaged.
pub(super) fn merges(bytes: &[u8]) -> Result<BTreeMap<String, Vec<Merge>>, Unfit> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Damaged)?;
    let content = archive.by_name("content.xml").map_err(|_| Unfit::Damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    let (mut found, mut at, mut open) = (BTreeMap::new(), Position::default(), 0_usize);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_| Unfit::Damaged)? {
            Event::Start(element) => {
                open += 1;
                at.enter(&element, &mut found)?;
            }
            Event::Empty(element) => {
                at.enter(&element, &mut found)?;
                at.leave(element.local_name().as_ref())?;
            }
            Event::End(element) => {
                open = open.checked_sub(1).ok_or(Unfit::Damaged)?;
                at.leave(element.local_name().as_ref())?;
            }
            Event::Text(text) => at.says(text.len()),
            Event::CData(text) => at.says(text.len()),
            Event::GeneralRef(_) => at.says(4),
            Event::Eof if open > 0 => return Err(Unfit::Damaged),
            Event::Eof => return Ok(found),
            _ => {}
        }
        buffer.clear();
    }
}

impl From<TooMuch> for Unfit {
    fn from(_: TooMuch) -> Unfit {
        Unfit::TooLarge
    }
}

/// Where in which table the reading stands: rows from 1, columns from 0.
#[derive(Default)]
struct Position {
    table: String,
    row: u32,
    column: u32,
    /// How many rows the one that is open stands for.
    rows: u32,
    /// Columns of the open row, up to its last cell that holds anything.
    width: u32,
    cell: Option<Said>,
    area: Area,
    measure: Measure,
}

/// What the open cell says.
#[derive(Default)]
struct Said {
    /// How many columns it stands for.
    columns: u32,
    text: usize,
}

/// The rectangle of a table's cells, which is what reading it takes.
#[derive(Default)]
struct Area {
    top: Option<u32>,
    below: u32,
    width: u32,
}

impl Area {
    fn cells(&self) -> usize {
        let rows = self.top.map_or(0, |top| self.below.saturating_sub(top));
        (rows as usize).saturating_mul(self.width as usize)
    }
}

impl Position {
    fn enter(&mut self, element: &BytesStart, found: &mut BTreeMap<String, Vec<Merge>>) -> Result<(), Unfit> {
        match element.local_name().as_ref() {
            "table" => {
                self.measure.add_cells(std::mem::take(&mut self.area).cells())?;
                self.table = text(element, "name").unwrap_or_default();
                (self.row, self.column) = (1, 0);
            }
            "table-row" => {
                (self.column, self.width, self.rows) = (0, 0, number(element, "number-rows-repeated"));
            }
            "table-cell" => {
                let (rows, columns) =
                    (number(element, "number-rows-spanned"), number(element, "number-columns-spanned"));
                if (rows > 1 || columns > 1) && rows.max(columns) <= LONGEST_SPAN {
                    let (row, column) = (self.row, self.column);
                    self.measure.add_cells(1)?;
                    self.measure.add_text(self.table.len())?;
                    found.entry(self.table.clone()).or_default().push(Merge {
                        rows: (row, row.saturating_add(rows - 1)),
                        columns: (column as usize, column.saturating_add(columns - 1) as usize),
                    });
                }
                self.pass(element);
            }
            "covered-table-cell" => self.pass(element),
            // So many blanks in a row.
            "s" => self.says(number(element, "c") as usize),
            _ => {}
        }
        Ok(())
    }

    fn pass(&mut self, element: &BytesStart) {
        let columns = number(element, "number-columns-repeated");
        self.column = self.column.saturating_add(columns);
        let mut said = Said { columns, text: 0 };
        let mut holds = false;
        for attribute in element.attributes().flatten() {
            if SAYING.contains(&attribute.key.local_name().as_ref()) {
                holds = true;
                said.text += attribute.value.len();
            }
        }
        if holds {
            self.width = self.column;
            self.cell = Some(said);
        }
    }

    fn says(&mut self, bytes: usize) {
        if let Some(cell) = &mut self.cell {
            cell.text = cell.text.saturating_add(bytes);
        }
    }

    fn leave(&mut self, element: &str) -> Result<(), Unfit> {
        match element {
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                // A repeated cell is a copy for each of its places.
                let places = (cell.columns as usize).saturating_mul(1 + self.rows as usize);
                self.measure.add_text(cell.text.saturating_mul(places).min(MOST_TEXT + 1))?;
            }
            "table-row" => {
                self.measure.add_cells(self.width as usize)?;
                if self.width > 0 {
                    self.area.top.get_or_insert(self.row);
                    self.area.below = self.row.saturating_add(self.rows);
                    self.area.width = self.area.width.max(self.width);
                }
                self.row = self.row.saturating_add(self.rows);
            }
            "table" => self.measure.add_cells(std::mem::take(&mut self.area).cells())?,
            _ => {}
        }
        Ok(())
    }
}

/// A count that an attribute gives; one where there is none.
fn number(element: &BytesStart, name: &str) -> u32 {
    text(element, name).and_then(|text| text.parse().ok()).filter(|number| *number > 0).unwrap_or(1)
}

fn text(element: &BytesStart, name: &str) -> Option<String> {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn ods(content: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn spans_stand_at_the_rows_and_columns_that_a_spreadsheet_shows() {
        let content = r#"<office:body xmlns:office="o" xmlns:table="t">
            <table:table table:name="三年级 &amp; 四年级">
              <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
              <table:table-row>
                <table:table-cell table:number-columns-repeated="3"/>
                <table:table-cell table:number-rows-spanned="30" table:number-columns-spanned="1"><text:p>三(1)班</text:p></table:table-cell>
                <table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/>
                <table:table-cell table:number-rows-spanned="2"/>
              </table:table-row>
            </table:table>
            <table:table table:name="b"><table:table-row><table:table-cell table:number-rows-spanned="2"/></table:table-row></table:table>
            </office:body>"#;
        let found = merges(&ods(content)).unwrap();
        let merge = |rows, columns| Merge { rows, columns };
        assert_eq!(found["三年级 & 四年级"], [merge((3, 32), (3, 3)), merge((3, 3), (4, 5)), merge((3, 4), (6, 6))]);
        assert_eq!(found["b"], [merge((1, 2), (0, 0))]);
    }

    #[test]
    fn content_that_is_cut_is_damaged() {
        for cut in ["<table:table table:name='a'><table:table-row", "<table><table-row><table-cell><annotation>"] {
            assert_eq!(merges(&ods(cut)), Err(Unfit::Damaged), "{cut}");
        }
        assert_eq!(merges(b"PK"), Err(Unfit::Damaged));
    }

    #[test]
    fn what_repeats_itself_beyond_any_sheet_is_too_large_and_empty_cells_are_not() {
        let table = |rows: &str| merges(&ods(&format!("<table>{rows}</table>")));
        let cell = "<table-cell value='1' number-columns-repeated='16384'/>";
        assert_eq!(table(&format!("<table-row>{cell}</table-row>").repeat(123)), Err(Unfit::TooLarge));
        let row = "<table-row number-rows-repeated='1048576'>";
        assert_eq!(
            table(&format!("{row}<table-cell value='1' number-columns-repeated='3'/></table-row>")),
            Err(Unfit::TooLarge)
        );
        assert!(table(&format!("{row}<table-cell number-columns-repeated='16384'/></table-row>")).is_ok());
        let blanks = "<table-row><table-cell value-type='string'><p><s c='4000000000'/></p></table-cell></table-row>";
        assert_eq!(table(blanks), Err(Unfit::TooLarge));
    }

    #[test]
    fn a_wild_span_is_no_merge() {
        let wild = "<table><table-row number-rows-repeated='4294967295'/><table-row number-rows-repeated='9'>\
                    <table-cell number-rows-spanned='4294967295'/><table-cell number-rows-spanned='2'/></table-row></table>";
        assert_eq!(merges(&ods(wild)).unwrap()[""].len(), 1);
    }
}
