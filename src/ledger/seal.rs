//! Sealing: some cells of a row become one cell that only the recipients of the school can open.
//!
//! A sealed cell is an age file in base64, on one line. Inside stands a JSON object, padded with blanks: the row's id,
//! the recipients, and the cells. The same row is never sealed twice to the same bytes, so whoever rewrites a file must
//! leave the cells alone that do not change. Knows nothing of what the cells mean.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use age::x25519;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::folder::{SCHOOL_FILE, disk_problem};
use crate::model::{Outcome, Place, Problem, Problems, Recipient};

/// The column of a sealed cell.
pub const SEALED: &str = "sealed";
/// How every age file begins, in base64.
const BEGINNING: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3Yx";
/// What is sealed is padded to this many bytes, or to twice, four times as many: the length of a row says little.
const LEAST: usize = 1024;
/// The nonce before, and the tag behind each chunk of, what an age file holds.
const NONCE: usize = 16;
const TAG: usize = 16;
const CHUNK: usize = 64 * 1024;

/// Cells with their columns, in order.
pub type Named = Vec<(String, String)>;

/// What a sealed cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The row that it was sealed for: a cell that was moved to another row does not pass for that row's.
    id: String,
    /// The recipients, as guanai.toml had them.
    pub to: Vec<String>,
    #[serde(with = "ordered")]
    pub cells: Named,
}

/// Cells as a JSON object that keeps their order.
mod ordered {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Map, Value};

    pub fn serialize<S: Serializer>(cells: &super::Named, to: S) -> Result<S::Ok, S::Error> {
        let object: Map<String, Value> =
            cells.iter().map(|(column, value)| (column.clone(), Value::String(value.clone()))).collect();
        object.serialize(to)
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<super::Named, D::Error> {
        let object = Map::<String, Value>::deserialize(from)?;
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Ok(object.into_iter().map(|(column, value)| (column, text(value))).collect())
    }
}

/// Those to whom a school seals.
#[derive(Clone)]
pub struct Recipients {
    keys: Vec<String>,
    parsed: Vec<x25519::Recipient>,
}

impl Recipients {
    /// The recipients of a school. A key that is none is a problem.
    pub fn of(recipients: &[Recipient]) -> Outcome<Recipients> {
        let mut problems = Vec::new();
        let mut found = Recipients { keys: Vec::new(), parsed: Vec::new() };
        for recipient in recipients {
            match x25519::Recipient::from_str(recipient.key.trim()) {
                Ok(parsed) => {
                    found.keys.push(parsed.to_string());
                    found.parsed.push(parsed);
                }
                Err(_) => problems.push(
                    Problem::data("recipient-wrong", Place::file(SCHOOL_FILE))
                        .with("name", &recipient.name)
                        .with("value", &recipient.key),
                ),
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(Problems(problems)) }
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys, as the age tool writes them.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether these are the keys, in any order.
    pub fn are(&self, keys: &[String]) -> bool {
        keys.len() == self.keys.len() && keys.iter().all(|key| self.keys.contains(key))
    }

    /// Seals cells of the row with this id. Empty cells are left out.
    pub fn seal<'c>(&self, id: &str, cells: impl Iterator<Item = (&'c str, &'c str)>) -> String {
        let kept = cells.filter(|(_, value)| !value.is_empty());
        let cells = kept.map(|(column, value)| (column.to_owned(), value.to_owned())).collect();
        let inside = Inside { id: id.to_owned(), to: self.keys.clone(), cells };
        let mut text = serde_json::to_vec(&inside).expect("cells are plain data");
        text.resize(padded(text.len()), b' ');
        STANDARD.encode(self.encrypted(&text))
    }

    /// A whole file for these recipients and nobody else, as the age tool writes one; padded as a cell is, with blanks.
    pub fn sealed_file(&self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        bytes.resize(padded(bytes.len()), b' ');
        self.encrypted(&bytes)
    }

    fn encrypted(&self, text: &[u8]) -> Vec<u8> {
        let recipients = self.parsed.iter().map(|recipient| recipient as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).expect("a school that seals has a recipient");
        let mut sealed = Vec::with_capacity(text.len() + 512);
        let mut writer = encryptor.wrap_output(&mut sealed).expect("memory takes every byte");
        writer.write_all(text).expect("memory takes every byte");
        writer.finish().expect("memory takes every byte");
        sealed
    }
}

/// The length that so many bytes are padded to.
fn padded(length: usize) -> usize {
    length.next_power_of_two().max(LEAST)
}

/// Why a sealed cell could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// No key at hand is one that it was sealed to.
    NoKey,
    /// It is cut or changed, or was sealed for another row.
    Damaged,
}

/// The keys of this machine: one file outside every ledger, read when the first sealed cell asks for it.
#[derive(Clone, Default)]
pub struct Keys {
    path: Option<PathBuf>,
    read: Arc<OnceLock<Outcome<Vec<x25519::Identity>>>>,
}

impl fmt::Debug for Keys {
    /// Where they are, and not what they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keys").field(&self.path).finish()
    }
}

impl Keys {
    /// No key: what is sealed stays closed.
    pub fn none() -> Keys {
        Keys::default()
    }

    /// The keys of a file, as `key new` or age-keygen has written it. Without the file there are none.
    pub fn at(path: &Path) -> Keys {
        Keys { path: Some(path.to_owned()), read: Arc::default() }
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The public half of each key.
    pub fn recipients(&self) -> Outcome<Vec<String>> {
        Ok(self.identities()?.iter().map(|key| key.to_public().to_string()).collect())
    }

    fn identities(&self) -> Outcome<&[x25519::Identity]> {
        let read = || self.path.as_deref().map_or_else(|| Ok(Vec::new()), identities);
        self.read.get_or_init(read).as_deref().map_err(Clone::clone)
    }

    /// Opens a whole file that was sealed by [`Recipients::sealed_file`].
    pub fn open_file(&self, bytes: &[u8]) -> Result<Vec<u8>, Shut> {
        match self.identities().unwrap_or_default() {
            [] => Err(Shut::NoKey),
            identities => decrypted_bytes(identities, bytes),
        }
    }

    /// Opens the sealed cell of the row with this id.
    pub fn open(&self, id: &str, cell: &str) -> Result<Inside, Shut> {
        let identities = self.identities().unwrap_or_default();
        if identities.is_empty() {
            return Err(Shut::NoKey);
        }
        let text = decrypted(identities, cell)?;
        let inside: Inside = serde_json::from_slice(&text).map_err(|_| Shut::Damaged)?;
        if inside.id == id { Ok(inside) } else { Err(Shut::Damaged) }
    }
}

fn decrypted(identities: &[x25519::Identity], cell: &str) -> Result<Vec<u8>, Shut> {
    decrypted_bytes(identities, &STANDARD.decode(cell).map_err(|_| Shut::Damaged)?)
}

fn decrypted_bytes(identities: &[x25519::Identity], bytes: &[u8]) -> Result<Vec<u8>, Shut> {
    let decryptor = age::Decryptor::new_buffered(bytes).map_err(|_| Shut::Damaged)?;
    let identities = identities.iter().map(|identity| identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => Shut::NoKey,
        _ => Shut::Damaged,
    })?;
    let mut text = Vec::new();
    reader.read_to_end(&mut text).map_err(|_| Shut::Damaged)?;
    Ok(text)
}

/// Whether a cell looks like a sealed one, whole or cut.
pub fn is_sealed(cell: &str) -> bool {
    cell.starts_with(BEGINNING)
}

/// To how many recipients a cell is sealed, as anybody can see without a key; nothing where it is cut or no age file.
pub fn recipient_count(cell: &str) -> Option<usize> {
    let bytes = STANDARD.decode(cell).ok()?;
    let mut rest = &bytes[..];
    age::Decryptor::new_buffered(&mut rest).ok()?;
    let header = &bytes[..bytes.len() - rest.len()];
    let is_whole = (LEAST.ilog2()..=30).any(|power| sealed_length(1 << power) == rest.len() + NONCE);
    let stanzas = header.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"-> X25519 ")).count();
    is_whole.then_some(stanzas)
}

fn sealed_length(text: usize) -> usize {
    NONCE + text + TAG * text.div_ceil(CHUNK)
}

/// Reads a file of keys: one a line, as age-keygen writes them, with comments.
fn identities(path: &Path) -> Outcome<Vec<x25519::Identity>> {
    let shown = path.to_string_lossy().into_owned();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk_problem("unreadable", &shown, &error).into()),
    };
    let mut keys = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The line itself is the secret: the message says where it stands, and never what it is.
        let wrong = || Problem::data("key-file-wrong", Place::line(&shown, number as u32 + 1));
        keys.push(x25519::Identity::from_str(line).map_err(|_| wrong())?);
    }
    Ok(keys)
}

/// A new key: the text of its file, and its public half.
pub fn new_key(day: &str) -> (String, String) {
    use age::secrecy::ExposeSecret;
    let identity = x25519::Identity::generate();
    let public = identity.to_public().to_string();
    let secret = identity.to_string();
    (format!("# created: {day}\n# public key: {public}\n{}\n", secret.expose_secret()), public)
}

/// Writes a file of keys that only its owner can read. One that is there already is never written over.
pub fn write_key_file(path: &Path, text: &str) -> Outcome<()> {
    let shown = path.to_string_lossy().into_owned();
    let write = || -> std::io::Result<()> {
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(parent)?;
        }
        let mut options = std::fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Problem::usage("key-file-there").with("file", &shown).into(),
        _ => disk_problem("unwritable", &shown, &error).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A key file in a folder of its own, its keys, and its public half.
    fn key() -> (tempfile::TempDir, Keys, String) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key.txt");
        let (text, public) = new_key("2026-11-24");
        write_key_file(&path, &text).unwrap();
        (dir, Keys::at(&path), public)
    }

    fn to(keys: &[&str]) -> Recipients {
        let recipient = |key: &&str| Recipient { name: "x".into(), key: (*key).to_owned(), since: None };
        Recipients::of(&keys.iter().map(recipient).collect::<Vec<_>>()).unwrap()
    }

    fn named(cells: &[(&str, &str)]) -> Named {
        cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_is_sealed_is_opened_by_each_recipient_and_by_nobody_else() {
        let ((_a, mine, my_key), (_b, yours, your_key), (_c, other, _)) = (key(), key(), key());
        let sealed = to(&[&my_key, &your_key]).seal("r1", [("note", "割腕"), ("empty", "")].into_iter());
        for keys in [&mine, &yours] {
            let inside = keys.open("r1", &sealed).unwrap();
            assert_eq!(inside.cells, named(&[("note", "割腕")]));
            assert_eq!(inside.to, [my_key.clone(), your_key.clone()]);
        }
        assert_eq!(other.open("r1", &sealed), Err(Shut::NoKey));
        assert_eq!(Keys::none().open("r1", &sealed), Err(Shut::NoKey));
        assert_eq!(recipient_count(&sealed), Some(2));
    }

    #[test]
    fn a_cell_of_another_row_or_one_that_is_cut_or_changed_is_damaged() {
        let (_dir, keys, public) = key();
        let sealed = to(&[&public]).seal("r1", [("note", "x")].into_iter());
        assert_eq!(keys.open("r2", &sealed), Err(Shut::Damaged));
        for length in (0..sealed.len()).step_by(17) {
            assert_eq!(keys.open("r1", &sealed[..length]), Err(Shut::Damaged), "{length}");
            assert_eq!(recipient_count(&sealed[..length]), None, "{length}");
        }
        let middle = sealed.len() - 40;
        let other = if sealed.as_bytes()[middle] == b'A' { "B" } else { "A" };
        let changed = format!("{}{other}{}", &sealed[..middle], &sealed[middle + 1..]);
        assert_eq!(keys.open("r1", &changed), Err(Shut::Damaged));
    }

    #[test]
    fn a_sealed_cell_is_one_line_and_its_length_does_not_tell_one_word_from_a_page() {
        let (_dir, keys, public) = key();
        let inside = |text: &str| {
            let sealed = to(&[&public]).seal("r1", [("note", text)].into_iter());
            assert!(is_sealed(&sealed) && !sealed.contains(['\n', '\r', ',', '"', ' ']));
            decrypted(keys.identities().unwrap(), &sealed).unwrap().len()
        };
        assert_eq!(inside("x"), inside(&"心".repeat(280)));
        assert_eq!((inside("x"), inside(&"心".repeat(400))), (1024, 2048));
    }

    #[test]
    fn a_file_of_age_keygen_is_read_and_a_wrong_line_is_named_without_its_text() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key.txt");
        let (text, public) = new_key("2026-11-24");
        let secret = text.lines().last().unwrap();
        std::fs::write(
            &path,
            format!("# created: 2026-11-24T08:00:00+08:00\r\n# public key: {public}\r\n{secret}\r\n"),
        )
        .unwrap();
        assert_eq!(Keys::at(&path).recipients().unwrap(), [public]);
        std::fs::write(&path, format!("# x\n{}X\n", secret)).unwrap();
        let wrong = Keys::at(&path).recipients().unwrap_err();
        assert_eq!((wrong.0[0].code, wrong.0[0].place.row()), ("key-file-wrong", Some(2)));
        assert!(!wrong.to_string().contains("SECRET"), "{wrong}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_comes_back_as_it_was(cells in prop::collection::btree_map("[a-z]{1,8}", any::<String>(), 0..6)) {
            let (_dir, keys, public) = key();
            let given = cells.iter().map(|(column, value)| (column.as_str(), value.as_str()));
            let inside = keys.open("r1", &to(&[&public]).seal("r1", given)).unwrap();
            let wanted: Named = cells.into_iter().filter(|(_, value)| !value.is_empty()).collect();
            prop_assert_eq!(inside.cells, wanted);
        }
    }
}
