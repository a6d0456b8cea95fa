//! A change set of one file, as most are: the file's own rename is the commit, since one file is old or new by itself. So
//! it waits for the disk twice, where a change set of many files waits four times.

use super::{
    FILE, Lock, MOST_KEPT, Record, STAGED, STATE_DIR, UNDO_DIR, hash, is_inside, numbers, undo_path, unfinished,
};
use crate::ledger::disk;
use crate::model::Outcome;

impl Lock {
    /// Commits a change set of one file that does not go away. The caller has seen that the file is as it was.
    pub(super) fn commit_one_file(&self, record: &Record, path: &str, after: &[u8]) -> Outcome<()> {
        let folder = &self.folder;
        let written = format!("{STATE_DIR}/{FILE}0");
        // The file before its record: where the record lies there whole and the file does not, it is in its place.
        disk::write(folder, &written, after)?;
        disk::write(folder, STAGED, &record.bytes())?;
        disk::sync_with_names(folder, STATE_DIR, &[STAGED, &written])?;
        disk::create_parent(folder, path)?;
        disk::rename(folder, &written, path)?;
        // Only when the disk has the new file may the undo list name it.
        let synced = disk::sync_parents(folder, std::iter::once(path));
        synced.and_then(|()| self.retire(STAGED, record)).map_err(unfinished)
    }

    /// Keeps a staged record for undo where a crash came between its file and itself; throws away any other one, and the
    /// bytes that never came to their place.
    pub(super) fn settle_staged(&self) -> Outcome<()> {
        if let Some(bytes) = self.folder.read(STAGED)? {
            match Record::parse(&bytes) {
                Some(record) if self.is_done(&record)? => {
                    disk::sync_parents(&self.folder, record.files.iter().map(|(path, _)| path.as_str()))?;
                    self.retire(STAGED, &record)?;
                }
                _ => disk::remove_if_there(&self.folder, STAGED)?,
            }
        }
        self.written().iter().try_for_each(|path| disk::remove_if_there(&self.folder, path))
    }

    /// Whether the change set of a staged record came to its files.
    fn is_done(&self, record: &Record) -> Outcome<bool> {
        if record.files.iter().any(|(path, _)| !is_inside(path)) {
            return Ok(false);
        }
        let (mut before, mut after) = (true, true);
        for (path, patch) in &record.files {
            let found = hash(self.folder.read(path)?.as_deref());
            before &= found == patch.before;
            after &= found == patch.after;
        }
        // What sealed one file that somebody has saved since takes the clear bytes out of the history all the same.
        let is_in_place = record.files.len() == 1 && !before && self.written().is_empty();
        Ok(after || record.forgets && is_in_place)
    }

    /// The new bytes of files that wait to be renamed into their places.
    fn written(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path(STATE_DIR)) else { return Vec::new() };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(FILE)).map(|name| format!("{STATE_DIR}/{name}")).collect()
    }

    /// Moves the record of a change set that is written to the undo list, which holds the last ones only; or, where the
    /// history goes with it, takes all of them away.
    pub(super) fn retire(&self, staged: &str, record: &Record) -> Outcome<()> {
        if record.forgets {
            // The record itself goes last: until then whoever comes next goes on here.
            numbers(&self.folder)
                .into_iter()
                .try_for_each(|number| disk::remove_if_there(&self.folder, &undo_path(number)))?;
            disk::sync_dir(&self.folder, UNDO_DIR)?;
            disk::remove_if_there(&self.folder, staged)?;
            return disk::sync_dir(&self.folder, STATE_DIR);
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
