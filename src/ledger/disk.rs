//! The few calls that write: each can be made to fail or to end the process, so that tests cut at every one of them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::folder::{Folder, disk_problem};
use crate::model::Outcome;

/// Creates a folder, readable by its owner alone, and waits until the folders above it know of it: a file that is made
/// sure of in a folder that is not is lost with it.
pub fn create_dir(folder: &Folder, path: &str) -> Outcome<()> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    let made: Vec<&str> = ends.map(|end| &path[..end]).filter(|dir| !folder.path(dir).is_dir()).collect();
    if made.is_empty() {
        return Ok(());
    }
    attempt(path, || {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder.path(path))
    })?;
    sync_parents(folder, made.into_iter())
}

/// Creates the folder that a file is to stand in.
pub fn create_parent(folder: &Folder, path: &str) -> Outcome<()> {
    match path.rsplit_once('/') {
        Some((parent, _)) => create_dir(folder, parent),
        None => Ok(()),
    }
}

/// Writes a file, readable by its owner alone.
pub fn write(folder: &Folder, path: &str, bytes: &[u8]) -> Outcome<()> {
    attempt(path, || open(&folder.path(path)).and_then(|mut file| write_all(&mut file, bytes)))
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn write_all(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    if let Some(part) = fault::torn(bytes.len()) {
        file.write_all(&bytes[..part])?;
        return fault::end();
    }
    file.write_all(bytes)
}

pub fn rename(folder: &Folder, from: &str, to: &str) -> Outcome<()> {
    attempt(to, || fs::rename(folder.path(from), folder.path(to)))
}

pub fn remove_if_there(folder: &Folder, path: &str) -> Outcome<()> {
    if fs::symlink_metadata(folder.path(path)).is_err() {
        return Ok(());
    }
    attempt(path, || fs::remove_file(folder.path(path)))
}

/// Up to so many files are synced each for itself.
const FEW: usize = 8;

/// Waits until the files are on the disk: a few one by one, many with one call for the whole file system.
pub fn sync_files<'a>(folder: &Folder, paths: impl ExactSizeIterator<Item = &'a str>) -> Outcome<()> {
    #[cfg(target_os = "linux")]
    if paths.len() > FEW {
        return attempt(".", || {
            let root = File::open(&folder.root)?;
            rustix::fs::syncfs(&root).map_err(io::Error::from)
        });
    }
    for path in paths {
        attempt(path, || File::open(folder.path(path))?.sync_data())?;
    }
    Ok(())
}

/// Waits until files, and the names in the folder that they stand in, are on the disk: for a few at the same time, as the
/// disk is as quick with three as with one.
pub fn sync_with_names(folder: &Folder, dir: &str, paths: &[&str]) -> Outcome<()> {
    if paths.len() > FEW {
        sync_files(folder, paths.iter().copied())?;
        return sync_dir(folder, dir);
    }
    let sync = |path: &str| File::open(folder.path(path))?.sync_data();
    attempt(paths[0], || {
        std::thread::scope(|scope| {
            let files: Vec<_> = paths.iter().map(|path| scope.spawn(|| sync(path))).collect();
            let names = sync_names(&folder.path(dir));
            files.into_iter().try_for_each(|file| file.join().expect("a sync does not panic")).and(names)
        })
    })
}

/// Waits until the folder's entries are on the disk.
pub fn sync_dir(folder: &Folder, path: &str) -> Outcome<()> {
    attempt(path, || sync_names(&folder.path(path)))
}

/// Windows and some network folders cannot sync a folder; there the rename itself is the promise. A disk that fails does
/// not pass for one of them.
fn sync_names(dir: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    let Ok(dir) = File::open(dir) else { return Ok(()) };
    match dir.sync_all() {
        Err(error) if matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Syncs the folders that these files stand in, each once.
pub fn sync_parents<'a>(folder: &Folder, paths: impl Iterator<Item = &'a str>) -> Outcome<()> {
    let parents: BTreeSet<&str> = paths.map(|path| path.rsplit_once('/').map_or(".", |(parent, _)| parent)).collect();
    parents.into_iter().try_for_each(|parent| sync_dir(folder, parent))
}

fn attempt(path: &str, action: impl FnOnce() -> io::Result<()>) -> Outcome<()> {
    fault::before().and_then(|()| action()).map_err(|error| disk_problem("unwritable", path, &error).into())
}

/// Faults that tests order through `GUANAI_FAULT=kind:N`: at the N-th call that writes, the process ends (`kill`), ends in
/// the middle of writing (`torn`), or the disk is full (`full`). A release build has none of it.
#[cfg(not(debug_assertions))]
mod fault {
    use std::io;

    pub fn before() -> io::Result<()> {
        Ok(())
    }

    pub fn torn(_: usize) -> Option<usize> {
        None
    }

    pub fn end() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(debug_assertions)]
mod fault {
    use std::io;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static CALLS: AtomicU32 = AtomicU32::new(0);

    fn ordered() -> Option<&'static (String, u32)> {
        static ORDER: OnceLock<Option<(String, u32)>> = OnceLock::new();
        ORDER
            .get_or_init(|| {
                let order = std::env::var("GUANAI_FAULT").ok()?;
                let (kind, number) = order.split_once(':')?;
                Some((kind.to_owned(), number.parse().ok()?))
            })
            .as_ref()
    }

    /// Counts a call that writes, and fails it where that was ordered.
    pub fn before() -> io::Result<()> {
        let Some((kind, number)) = ordered() else { return Ok(()) };
        if CALLS.fetch_add(1, Ordering::SeqCst) + 1 < *number {
            return Ok(());
        }
        match kind.as_str() {
            "kill" => end(),
            "full" => Err(io::Error::from(io::ErrorKind::StorageFull)),
            _ => Ok(()),
        }
    }

    /// How much of a write is done before the process ends.
    pub fn torn(length: usize) -> Option<usize> {
        let (kind, number) = ordered()?;
        (kind == "torn" && CALLS.load(Ordering::SeqCst) == *number).then_some(length / 2)
    }

    pub fn end() -> io::Result<()> {
        std::process::exit(137)
    }
}
