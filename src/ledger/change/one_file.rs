//! A change set of one file, as most are: the file's own rename is the commit, since one file is old or new by itself. So
//! it waits for the disk twice, where a change set of many files waits four times.

use super::{Lock, Record, STAGED, STATE_DIR, UNDO_DIR, hash, is_inside, undo_path};
use crate::ledger::disk;
use crate::model::Outcome;

impl Lock {
    /// Commits a change set of one file that does not go away. The caller has seen that the file is as it was.
    pub(super) fn commit_one_file(&self, record: &Record, path: &str, after: &[u8]) -> Outcome<()> {
        let folder = &self.folder;
        let written = format!("{STATE_DIR}/file-0");
        disk::create_parent(folder, path)?;
        disk::write(folder, STAGED, &record.bytes())?;
        disk::write(folder, &written, after)?;
        disk::sync_both(folder, [STAGED, &written])?;
        disk::rename(folder, &written, path)?;
        // Only when the disk has the new file may the undo list name it.
        disk::sync_parents(folder, std::iter::once(path))?;
        self.keep(STAGED)
    }

    /// Keeps a staged record for undo where a crash came between its file and itself; throws away any other one.
    pub(super) fn settle_staged(&self) -> Outcome<()> {
        let Some(bytes) = self.folder.read(STAGED)? else { return Ok(()) };
        match Record::parse(&bytes) {
            Some(record) if self.is_done(&record)? => {
                disk::sync_parents(&self.folder, record.files.iter().map(|(path, _)| path.as_str()))?;
                self.keep(STAGED)
            }
            _ => disk::remove_if_there(&self.folder, STAGED),
        }
    }

    fn is_done(&self, record: &Record) -> Outcome<bool> {
        for (path, patch) in &record.files {
            if !is_inside(path) || hash(self.folder.read(path)?.as_deref()) != patch.after {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Moves a record to the undo list.
    pub(super) fn keep(&self, record: &str) -> Outcome<()> {
        disk::create_dir(&self.folder, UNDO_DIR)?;
        let number = super::numbers(&self.folder).last().map_or(1, |last| last + 1);
        disk::rename(&self.folder, record, &undo_path(number))
    }
}
