//! Files in one file: what one ledger hands to another is a zip archive. What comes from outside is taken apart with bounds on
//! everything, and no name in it can lead anywhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Files by their names in the package.
pub type Files = BTreeMap<String, Vec<u8>>;

const MOST_FILES: usize = 10_000;
/// All files together; the handed-over papers of a class with photos are far below.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Why a package cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    NoPackage,
    TooMuch,
    /// A name that leads out of the package.
    Astray,
}

/// The package of these files: the same files give the same bytes.
pub fn packed(files: &Files) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let how = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in files {
        archive.start_file(name.as_str(), how).expect("names of a package are short and plain");
        archive.write_all(bytes).expect("memory takes every byte");
    }
    archive.finish().expect("memory takes every byte").into_inner()
}

/// The files of a package.
///
/// # Errors
/// Where it is no zip archive, or holds more than a package can.
pub fn unpacked(bytes: &[u8]) -> Result<Files, Unread> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::NoPackage)?;
    if archive.len() > MOST_FILES {
        return Err(Unread::TooMuch);
    }
    let (mut files, mut left) = (Files::new(), MOST_BYTES);
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|_| Unread::NoPackage)?;
        let name = file.name().map_err(|_| Unread::Astray)?.into_owned();
        if file.is_dir() {
            continue;
        }
        if !is_plain(&name) {
            return Err(Unread::Astray);
        }
        // What the archive says of a length is not believed: no more is read than there is room for.
        let mut content = Vec::new();
        (&mut file).take(left + 1).read_to_end(&mut content).map_err(|_| Unread::NoPackage)?;
        left = left.checked_sub(content.len() as u64).ok_or(Unread::TooMuch)?;
        files.insert(name, content);
    }
    Ok(files)
}

fn is_plain(name: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    name.len() < 256 && name.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked_and_the_same_files_give_the_same_bytes() {
        let files = Files::from([("a/b.csv".to_owned(), b"id\n".to_vec()), ("c".to_owned(), vec![0; 5000])]);
        let bytes = packed(&files);
        assert_eq!(unpacked(&bytes), Ok(files.clone()));
        assert_eq!(packed(&files), bytes);
    }

    #[test]
    fn what_is_no_package_or_leads_outside_is_refused() {
        assert_eq!(unpacked(b"id,date\n"), Err(Unread::NoPackage));
        for name in ["../x", "/etc/x", "a//b", "a\\b", "c:x"] {
            let bytes = packed(&Files::from([(name.to_owned(), Vec::new())]));
            assert_eq!(unpacked(&bytes), Err(Unread::Astray), "{name}");
        }
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_the_memory() {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let how = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let part = vec![0; 8 * 1024 * 1024];
        archive.start_file("bomb", how).unwrap();
        for _ in 0..65 {
            archive.write_all(&part).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 2 * 1024 * 1024);
        assert_eq!(unpacked(&bytes), Err(Unread::TooMuch));
    }
}
