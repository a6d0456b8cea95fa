//! Files on their way into a folder that other schools write to as well: each is whole before it is there, and takes the
//! place of the one before in one step.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::ledger::folder::disk_problem;
use crate::model::Outcome;
use crate::report::county::Part;

/// Files that lie whole and synced in a folder of their own inside the county's, so that only renames are left to do.
///
/// The folder's name begins with a dot, which Spark and DuckDB pass over; it goes when this is dropped.
pub(super) struct Staged {
    beside: tempfile::TempDir,
    dir: PathBuf,
    paths: Vec<String>,
}

/// Writes the files beside their places.
pub(super) fn staged(dir: &Path, parts: &[Part]) -> Outcome<Staged> {
    let failed = |error: io::Error| disk_problem("unwritable", &dir.to_string_lossy(), &error);
    folder(dir).map_err(failed)?;
    let beside = tempfile::Builder::new().prefix(".guanai-export-").tempdir_in(dir).map_err(failed)?;
    for part in parts {
        write(&beside.path().join(&part.path), &part.bytes).map_err(failed)?;
    }
    let paths = parts.iter().map(|part| part.path.clone()).collect();
    Ok(Staged { beside, dir: dir.to_owned(), paths })
}

impl Staged {
    /// Puts each file into its place. One that was there before is replaced, and nothing else is touched.
    pub fn put(self) -> Outcome<()> {
        for path in &self.paths {
            let place = self.dir.join(path);
            let failed = |error: io::Error| disk_problem("unwritable", &place.to_string_lossy(), &error);
            place.parent().map_or(Ok(()), folder).map_err(failed)?;
            fs::rename(self.beside.path().join(path), &place).map_err(failed)?;
        }
        Ok(())
    }
}

/// A folder that is its owner's alone, with those above it; one that is there stays as it is.
fn folder(path: &Path) -> io::Result<()> {
    let mut dirs = DirBuilder::new();
    dirs.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut dirs, 0o700);
    dirs.create(path)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
