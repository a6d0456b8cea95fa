//! A file that a record brings along: cleaned, named by its content, and put into the change set of its row.

use super::photo::{Cleaned, ENDINGS, Refused, cleaned};
use crate::ledger::attachment::{ending, name_of, path_of};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::{Outcome, Place, Problem};

/// A file as the ledger is to keep it.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub name: String,
    pub bytes: Vec<u8>,
    /// A photo, which has lost what it said of place, time and device. Other files are as they were.
    pub is_clean: bool,
}

impl Attachment {
    /// The attachment of a file's name and bytes.
    ///
    /// # Errors
    /// Where it is empty, or a photo from which place and device cannot be taken.
    pub fn of(path: &str, bytes: Vec<u8>) -> Outcome<Attachment> {
        if bytes.is_empty() {
            return Err(Problem::data("attachment-empty", Place::file(path)).into());
        }
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let promised = ending(file).filter(|ending| ENDINGS.contains(&ending.as_str()));
        let (bytes, is_clean) = match (cleaned(&bytes), promised) {
            (Ok(Cleaned::Photo(clean)), _) => (clean, true),
            (Ok(Cleaned::NoPhoto), None) => (bytes, false),
            // It calls itself a photo and is none that can be read: nobody knows what is in it.
            (Ok(Cleaned::NoPhoto), Some(promised)) => return Err(damaged(path, &promised.to_uppercase())),
            (Err(Refused::Damaged(format)), _) => return Err(damaged(path, format)),
            (Err(Refused::Unreadable(format)), _) => {
                return Err(Problem::data("attachment-format", Place::file(path)).with("format", format).into());
            }
        };
        Ok(Attachment { name: name_of(&bytes, file), bytes, is_clean })
    }
}

fn damaged(path: &str, format: &str) -> crate::model::Problems {
    Problem::data("attachment-damaged", Place::file(path)).with("format", format).into()
}

/// The names of attachments behind those that a cell has, each once.
pub fn cell(known: &str, attachments: &[Attachment]) -> String {
    let mut names: Vec<&str> = known.split_ascii_whitespace().collect();
    for attachment in attachments {
        if !names.contains(&attachment.name.as_str()) {
            names.push(&attachment.name);
        }
    }
    names.join(" ")
}

/// Puts the files into a change set, before what is there: a row never stands on the disk before its photo. What the
/// ledger has already is not written again.
///
/// # Errors
/// Where the ledger has another content under the name.
pub fn put(snapshot: &Snapshot, attachments: &[Attachment], change_set: &mut ChangeSet) -> Outcome<()> {
    let mut first = ChangeSet::default();
    for attachment in attachments {
        let path = path_of(&attachment.name);
        match snapshot.read(&path)? {
            Some(bytes) if bytes == attachment.bytes => {}
            Some(_) => return Err(Problem::data("check-attachment-content", Place::file(&path)).into()),
            None if first.files.iter().any(|file| file.path == path) => {}
            None => first.write(&path, None, Some(attachment.bytes.clone())),
        }
    }
    change_set.files.splice(0..0, first.files);
    Ok(())
}
