//! The merged ranges of an ods file, which the reader of its cells does not give: a class name that is merged down thirty
//! rows belongs to all of them. Only the spans are looked at (OpenDocument 1.3, part 3, 19.678 and 19.679).

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::sheet::Merge;

/// A span beyond this is formatting that runs to the sheet's end, and no merged cell.
const LONGEST_SPAN: u32 = 200_000;

/// The merged ranges of each table, by its name; none where the content cannot be read, which the reader of the cells
/// says better.
pub(super) fn merges(bytes: &[u8]) -> BTreeMap<String, Vec<Merge>> {
    read(bytes).unwrap_or_default()
}

fn read(bytes: &[u8]) -> Option<BTreeMap<String, Vec<Merge>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let content = archive.by_name("content.xml").ok()?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    let (mut found, mut at) = (BTreeMap::new(), Position::default());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) => at.enter(&element, &mut found),
            Event::Empty(element) => {
                at.enter(&element, &mut found);
                at.leave(element.local_name().as_ref());
            }
            Event::End(element) => at.leave(element.local_name().as_ref()),
            Event::Eof => return Some(found),
            _ => {}
        }
        buffer.clear();
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
}

impl Position {
    fn enter(&mut self, element: &BytesStart, found: &mut BTreeMap<String, Vec<Merge>>) {
        match element.local_name().as_ref() {
            "table" => {
                *self = Position { table: text(element, "name").unwrap_or_default(), row: 1, ..Position::default() }
            }
            "table-row" => (self.column, self.rows) = (0, number(element, "number-rows-repeated")),
            "table-cell" => {
                let (rows, columns) =
                    (number(element, "number-rows-spanned"), number(element, "number-columns-spanned"));
                if (rows > 1 || columns > 1) && rows.max(columns) <= LONGEST_SPAN {
                    let (row, column) = (self.row, self.column);
                    found.entry(self.table.clone()).or_default().push(Merge {
                        rows: (row, row.saturating_add(rows - 1)),
                        columns: (column as usize, column.saturating_add(columns - 1) as usize),
                    });
                }
                self.pass(element);
            }
            "covered-table-cell" => self.pass(element),
            _ => {}
        }
    }

    fn pass(&mut self, element: &BytesStart) {
        self.column = self.column.saturating_add(number(element, "number-columns-repeated"));
    }

    fn leave(&mut self, element: &str) {
        if element == "table-row" {
            self.row = self.row.saturating_add(self.rows);
        }
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
        let found = merges(&ods(content));
        let merge = |rows, columns| Merge { rows, columns };
        assert_eq!(found["三年级 & 四年级"], [merge((3, 32), (3, 3)), merge((3, 3), (4, 5)), merge((3, 4), (6, 6))]);
        assert_eq!(found["b"], [merge((1, 2), (0, 0))]);
    }

    #[test]
    fn content_that_is_cut_or_wild_gives_no_merges_and_no_panic() {
        assert!(merges(b"PK").is_empty());
        assert!(merges(&ods("<table:table table:name='a'><table:table-row")).is_empty());
        let wild = "<table><table-row number-rows-repeated='4294967295'/><table-row number-rows-repeated='9'>\
                    <table-cell number-rows-spanned='4294967295'/><table-cell number-rows-spanned='2'/></table-row></table>";
        assert_eq!(merges(&ods(wild))[""].len(), 1);
    }
}
