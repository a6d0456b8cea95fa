//! A change set of one file, as most are: the file's own rename is the commit, since one file is old or new by itself. So
//! it waits for the disk twice, where a change set of many files waits four times.

use super::{Lock, MOST_KEPT, Record, STAGED, STATE_DIR, UNDO_DIR, hash, is_inside, numbers, undo_path};
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
        self.retire(STAGED, record)
    }

    /// Keeps a staged record for undo where a crash came between its file and itself; throws away any other one.
    pub(super) fn settle_staged(&self) -> Outcome<()> {
        let Some(bytes) = self.folder.read(STAGED)? else { return Ok(()) };
        match Record::parse(&bytes) {
            Some(record) if self.is_done(&record)? => {
                disk::sync_parents(&self.folder, record.files.iter().map(|(path, _)| path.as_str()))?;
                self.retire(STAGED, &record)
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

    /// Moves the record of a change set that is written to the undo list, which holds the last ones only; or, where the
    /// history goes with it, takes all of them away.
    pub(super) fn retire(&self, staged: &str, record: &Record) -> Outcome<()> {
        if record.forgets {
            // The record itself goes last: until then whoever comes next goes on here.
            numbers(&self.folder)
                .into_iter()
                .try_for_each(|number| disk::remove_if_there(&self.folder, &undo_path(number)))?;
            return disk::remove_if_there(&self.folder, staged);
        }
        disk::create_dir(&self.folder, UNDO_DIR)?;
        let kept = numbers(&self.folder);
        let number = kept.last().map_or(1, |last| last + 1);
        disk::rename(&self.folder, staged, &undo_path(number))?;
        let too_many = (kept.len() + 1).saturating_sub(MOST_KEPT);
        for old in &kept[..too_many] {
            // The change set is written: what is too old may stay where it cannot be removed.
            let _ = disk::remove_if_there(&self.folder, &undo_path(*old));
        }
        Ok(())
    }
}
