//! What a crash may have left in `.guanai/` beside the lock, the pending change set and the undo history: files that were
//! written to be renamed, and never were. They hold what records said, so that forgetting a child takes them too.

use super::disk;
use super::folder::{Folder, STATE_DIR};
use crate::model::Outcome;

const KEPT: [&str; 4] = ["lock", "pending", "staged", "undo"];

/// Takes the leftovers away. The caller holds the lock alone, so that nobody is about to rename one.
pub fn clear(folder: &Folder) -> Outcome<()> {
    let Ok(entries) = std::fs::read_dir(folder.path(STATE_DIR)) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !KEPT.contains(&name.as_str()) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            disk::remove_if_there(folder, &format!("{STATE_DIR}/{name}"))?;
        }
    }
    Ok(())
}
