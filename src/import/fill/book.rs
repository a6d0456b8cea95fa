//! The workbook of a template as a zip archive: where its sheets lie, which formats are of days, and the archive with some
//! sheets in the place of those that were there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sheet_xml::attribute;

/// What a workbook says of itself.
pub(super) struct Book<'b> {
    bytes: &'b [u8],
    /// The path of each sheet, by its name.
    pub parts: BTreeMap<String, String>,
    /// The numbers of the cell formats that show days.
    pub days: BTreeSet<usize>,
}

/// The chain in which a program reckons formulas: it is made anew where it is missing.
const CHAIN: &str = "calcChain.xml";

impl<'b> Book<'b> {
    pub fn read(bytes: &'b [u8]) -> Option<Book<'b>> {
        let workbook = part(bytes, "xl/workbook.xml")?;
        let links = part(bytes, "xl/_rels/workbook.xml.rels")?;
        let mut targets = BTreeMap::new();
        each(&links, |tag| {
            if tag.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
            {
                targets.insert(id, path_of(&target));
            }
        })?;
        let mut parts = BTreeMap::new();
        each(&workbook, |tag| {
            if tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), linked(tag))
                && let (Ok(name), Some(path)) = (quick_xml::escape::unescape(&name), targets.get(&id))
            {
                parts.insert(name.into_owned(), path.clone());
            }
        })?;
        let days = part(bytes, "xl/styles.xml").and_then(|styles| days(&styles)).unwrap_or_default();
        Some(Book { bytes, parts, days })
    }

    pub fn part(&self, path: &str) -> Option<String> {
        part(self.bytes, path)
    }

    /// The archive with other texts for some of its parts.
    pub fn with(&self, changed: &BTreeMap<String, String>) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).ok()?;
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let name = archive.by_index_raw(index).ok()?.name().ok()?.into_owned();
            if name.ends_with(CHAIN) {
                continue;
            }
            let lists_the_chain = name == "[Content_Types].xml" || name == "xl/_rels/workbook.xml.rels";
            let text = match changed.get(&name) {
                Some(text) => Some(text.clone()),
                None if lists_the_chain => Some(without_chain(&self.part(&name)?)),
                None => None,
            };
            match text {
                Some(text) => {
                    writer.start_file(&name, SimpleFileOptions::default()).ok()?;
                    writer.write_all(text.as_bytes()).ok()?;
                }
                None => writer.raw_copy_file(archive.by_index_raw(index).ok()?).ok()?,
            }
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

/// An xml list without the entry for the chain of formulas.
fn without_chain(text: &str) -> String {
    let Some(at) = text.find(CHAIN) else { return text.to_owned() };
    match (text[..at].rfind('<'), text[at..].find("/>")) {
        (Some(start), Some(end)) => format!("{}{}", &text[..start], &text[at + end + 2..]),
        _ => text.to_owned(),
    }
}

fn part(bytes: &[u8], path: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(path).ok()?.read_to_string(&mut text).ok()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The path of a link's target, which is told from `xl/`, or from the archive's root.
fn path_of(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("xl/{target}"),
    }
}

fn linked(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|one| one.key.local_name().as_ref() == "id" && one.key.as_ref() != "id")?;
    Some(found.value.into_owned())
}

/// Looks at every element of a text; nothing where it is no XML.
fn each(text: &str, mut look: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => look(&tag),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// The formats of cells that show a day: those that every workbook has (ECMA-376 part 1, 18.8.30), and its own.
fn days(styles: &str) -> Option<BTreeSet<usize>> {
    let mut own = BTreeSet::new();
    let mut formats: Vec<u32> = Vec::new();
    let mut is_of_cells = false;
    let mut reader = Reader::from_str(styles);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "cellXfs" => is_of_cells = true,
                "numFmt" => {
                    let id: Option<u32> = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                    let shows_day = attribute(&tag, "formatCode").is_some_and(|code| shows_day(&code));
                    own.extend(id.filter(|_| shows_day));
                }
                "xf" if is_of_cells => {
                    formats.push(attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default());
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_of_cells = false,
            Event::Eof => break,
            _ => {}
        }
    }
    let is_day = |id: &u32| matches!(id, 14..=17 | 22 | 27..=36 | 50..=58) || own.contains(id);
    Some((0..formats.len()).filter(|at| is_day(&formats[*at])).collect())
}

/// Whether a number format has a year in it, outside of what it quotes.
fn shows_day(code: &str) -> bool {
    let code = code.replace("&quot;", "\"");
    code.split('"').step_by(2).any(|piece| piece.to_lowercase().contains("yy"))
}
