//! The parts of an xlsx or an ods that say what its cells hold, unfolded once and within bounds.
//!
//! What an archive says of its sizes is not believed: its parts are counted as they unfold. The reader of the cells gets
//! an archive of the parts that were counted, so that it can see no other. Pictures and macros are left out.

use std::io::{Cursor, Read, Write};

use memchr::memmem;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::limits::{LARGEST_UNFOLDED, MOST_CELLS, MOST_ELEMENTS, MOST_ENTRIES};

/// An archive of the parts that a reader of cells looks at, none of them folded.
pub(super) struct Parts {
    pub bytes: Vec<u8>,
    pub is_ods: bool,
    /// It is an ods behind a password: its manifest names ciphers.
    pub is_encrypted: bool,
}

/// Why there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    TooLarge,
    Damaged,
}

/// Unfolds what is needed of an archive.
pub(super) fn unfolded(bytes: &[u8]) -> Result<Parts, Unfit> {
    // Each entry costs memory before a name can be looked at.
    if memmem::find_iter(bytes, b"PK\x01\x02").nth(MOST_ENTRIES).is_some() {
        return Err(Unfit::TooLarge);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Damaged)?;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut left, mut is_ods, mut is_encrypted) = (LARGEST_UNFOLDED, false, false);
    for at in 0..archive.len() {
        let name = match archive.by_index_raw(at) {
            Ok(part) => part.name().map(std::borrow::Cow::into_owned),
            Err(error) => Err(error),
        };
        let Ok(name) = name else { continue };
        if !is_needed(&name) {
            continue;
        }
        let mut content = Vec::new();
        let part = archive.by_index(at).map_err(|_| Unfit::Damaged)?;
        part.take(left + 1).read_to_end(&mut content).map_err(|_| Unfit::Damaged)?;
        left = left.checked_sub(content.len() as u64).ok_or(Unfit::TooLarge)?;
        harmless(&name, &mut content)?;
        is_ods |= name == "content.xml";
        is_encrypted |= name == "META-INF/manifest.xml" && memmem::find(&content, b"encryption-data").is_some();
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        plain.start_file(name, options).map_err(|_| Unfit::Damaged)?;
        plain.write_all(&content).map_err(|_| Unfit::Damaged)?;
    }
    let bytes = plain.finish().map_err(|_| Unfit::Damaged)?.into_inner();
    Ok(Parts { bytes, is_ods, is_encrypted })
}

fn is_needed(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "mimetype" || name.ends_with(".xml") || name.ends_with(".rels")
}

/// Refuses a part of more elements than it can need, and takes out the number of shared texts that it announces: room for
/// so many would be asked for at once.
fn harmless(name: &str, content: &mut [u8]) -> Result<(), Unfit> {
    let name = name.to_ascii_lowercase();
    let holds_texts = name.ends_with("sharedstrings.xml");
    if holds_texts {
        let at: Vec<usize> = memmem::find_iter(content, ANNOUNCED).collect();
        at.into_iter().for_each(|at| content[at..at + ANNOUNCED.len()].copy_from_slice(b"uniqueTexts"));
    }
    let holds_cells = holds_texts || name.contains("sheet") || name == "content.xml";
    let most = if holds_cells { MOST_CELLS * 8 } else { MOST_ELEMENTS };
    let elements = memchr::memchr_iter(b'<', content).take(most + 1).count();
    let texts = if holds_texts { memmem::find_iter(content, b"<si").take(MOST_CELLS + 1).count() } else { 0 };
    if elements > most || texts > MOST_CELLS { Err(Unfit::TooLarge) } else { Ok(()) }
}

const ANNOUNCED: &[u8] = b"uniqueCount";

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn part(parts: &Parts, name: &str) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(&parts.bytes)).unwrap();
        let mut content = Vec::new();
        archive.by_name(name).ok()?.read_to_end(&mut content).unwrap();
        Some(content)
    }

    #[test]
    fn only_what_says_something_of_cells_is_handed_on() {
        let parts = unfolded(&archive(&[("content.xml", b"<a/>"), ("Pictures/1.png", b"png")])).unwrap();
        assert!(parts.is_ods);
        assert_eq!(part(&parts, "content.xml").as_deref(), Some(&b"<a/>"[..]));
        assert_eq!(part(&parts, "Pictures/1.png"), None);
    }

    #[test]
    fn a_number_of_texts_that_is_announced_is_not_believed() {
        let text = b"<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
        let parts = unfolded(&archive(&[("xl/sharedStrings.xml", text)])).unwrap();
        assert!(memmem::find(&part(&parts, "xl/sharedStrings.xml").unwrap(), ANNOUNCED).is_none());
    }

    #[test]
    fn a_part_of_endless_elements_is_too_large() {
        let styles = "<xf/>".repeat(MOST_ELEMENTS + 1);
        assert_eq!(unfolded(&archive(&[("xl/styles.xml", styles.as_bytes())])).err(), Some(Unfit::TooLarge));
    }

    #[test]
    fn sizes_that_an_archive_says_of_itself_are_not_believed() {
        let zeros = vec![b' '; LARGEST_UNFOLDED as usize + 1];
        let mut bytes = archive(&[("content.xml", &zeros)]);
        let size = (zeros.len() as u32).to_le_bytes();
        for at in memmem::find_iter(&bytes.clone(), &size) {
            bytes[at..at + 4].copy_from_slice(&4_u32.to_le_bytes());
        }
        assert!(unfolded(&bytes).is_err());
    }
}
