//! Which files make up a ledger, and how their bytes come off the disk. Links are never followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::definitions::WORDS_FILE;
use crate::model::{Outcome, Place, Problem, is_id};

/// The file by which a folder is known to be a ledger.
pub const SCHOOL_FILE: &str = "guanai.toml";
/// Locks, a pending change set and the undo history; never committed to git.
pub const STATE_DIR: &str = ".guanai";

/// Files that office programs and editors keep beside one that they have open, or left there when they were cut off.
pub fn is_editors(name: &str) -> bool {
    let begins = ["~$", ".~", ".#", "#"].iter().any(|begin| name.starts_with(begin));
    begins || name.ends_with('~') || (name.starts_with('.') && [".swp", ".swo"].iter().any(|end| name.ends_with(end)))
}

/// Files that Windows puts into folders for itself.
pub fn is_of_the_system(name: &str) -> bool {
    ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

/// A ledger's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    pub root: PathBuf,
}

/// A problem of reading or writing, with what the system said.
pub fn disk_problem(code: &'static str, path: &str, error: &io::Error) -> Problem {
    let code = match error.kind() {
        // What may not be read is not helped by being made writable.
        io::ErrorKind::PermissionDenied if code == "unreadable" => code,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
        _ => code,
    };
    Problem::disk(code, Place::file(path)).with("reason", error)
}

impl Folder {
    /// The ledger at a folder, or above it.
    pub fn find(start: &Path) -> Outcome<Folder> {
        let start =
            fs::canonicalize(start).map_err(|error| disk_problem("unreadable", &start.to_string_lossy(), &error))?;
        let has = |root: &&Path, name: &str| fs::symlink_metadata(root.join(name)).is_ok();
        if let Some(root) = start.ancestors().find(|root| has(root, SCHOOL_FILE)) {
            return Ok(Folder { root: root.to_owned() });
        }
        // What only a ledger has beside it says that the file was there.
        if let Some(root) = start.ancestors().find(|root| has(root, WORDS_FILE) && has(root, "logs")) {
            let path = root.join(SCHOOL_FILE);
            return Err(Problem::data("school-file-missing", Place::file(&path.to_string_lossy())).into());
        }
        Err(Problem::usage("no-ledger").with("folder", start.display()).into())
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The folder above a path that is a link: what is written there would leave the ledger.
    pub fn link_above(&self, relative: &str) -> Option<String> {
        let ends = relative.match_indices('/').map(|(end, _)| &relative[..end]);
        let is_link = |dir: &&str| fs::symlink_metadata(self.path(dir)).is_ok_and(|about| about.is_symlink());
        ends.into_iter().find(is_link).map(str::to_owned)
    }

    /// The bytes of a file, or nothing where there is no such file. A link or a folder in its place is refused.
    pub fn read(&self, relative: &str) -> Outcome<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        Ok(self.read_into(relative, &mut bytes)?.then_some(bytes))
    }

    /// The same into a buffer, so that many files can be looked at one after the other in the same memory; says whether
    /// there is such a file.
    pub fn read_into(&self, relative: &str, bytes: &mut Vec<u8>) -> Outcome<bool> {
        bytes.clear();
        #[cfg(unix)]
        match plain::read(&self.path(relative), bytes) {
            plain::Read::All => return Ok(true),
            plain::Read::NoFile => return Ok(false),
            plain::Read::Otherwise => bytes.clear(),
        }
        match fs::symlink_metadata(self.path(relative)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Ok(about) if !about.is_file() => return Err(Problem::data("not-a-file", Place::file(relative)).into()),
            _ => {}
        }
        *bytes = fs::read(self.path(relative)).map_err(|error| disk_problem("unreadable", relative, &error))?;
        Ok(true)
    }

    /// How long a plain file is, as the system says without reading it.
    pub(super) fn size(&self, relative: &str) -> Option<usize> {
        let about = fs::symlink_metadata(self.path(relative)).ok()?;
        about.is_file().then(|| usize::try_from(about.len()).ok())?
    }

    /// Reads a plain file into the beginning of some room, and says how long it is; nothing where it does not fit there, or
    /// must be read the way of many calls. The room is larger than the file.
    pub(super) fn read_to(&self, relative: &str, room: &mut [u8]) -> Option<usize> {
        #[cfg(unix)]
        return plain::read_to(&self.path(relative), room);
        #[cfg(not(unix))]
        return None;
    }

    /// The files of one of the ledger's folders with this ending, by name; what is no plain file, or has a name that the
    /// ledger would not give, becomes a problem. A folder that is not there has no files.
    pub fn list(&self, dir: &str, ending: &str, problems: &mut Vec<Problem>) -> Vec<String> {
        if let Some(link) = self.link_above(&format!("{dir}/")) {
            problems.push(Problem::data("link", Place::file(&link)));
            return Vec::new();
        }
        let entries = match fs::read_dir(self.path(dir)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                problems.push(disk_problem("unreadable", dir, &error));
                return Vec::new();
            }
        };
        let mut files = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{dir}/{name}");
            let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
            if name.starts_with('.') || is_editors(&name) || is_of_the_system(&name) {
                continue;
            }
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            match name.strip_suffix(ending) {
                _ if is_link => problems.push(Problem::data("link", Place::file(&path))),
                Some(stem) if !is_plain && is_id(stem) => {
                    problems.push(Problem::data("not-a-file", Place::file(&path)))
                }
                _ if !is_plain => {}
                Some(stem) if is_id(stem) => files.push(path),
                _ => problems.push(Problem::data("stray-file", Place::file(&path))),
            }
        }
        files.sort();
        files
    }

    /// The plain files of one of the ledger's folders, whatever their names; a link becomes a problem.
    pub fn plain_files(&self, dir: &str, problems: &mut Vec<Problem>) -> Vec<String> {
        if let Some(link) = self.link_above(&format!("{dir}/")) {
            problems.push(Problem::data("link", Place::file(&link)));
            return Vec::new();
        }
        let Ok(entries) = fs::read_dir(self.path(dir)) else { return Vec::new() };
        let mut files = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(about) = entry.file_type() else { continue };
            if about.is_symlink() {
                problems.push(Problem::data("link", Place::file(&format!("{dir}/{name}"))));
            } else if about.is_file() && !name.starts_with('.') && !is_editors(&name) && !is_of_the_system(&name) {
                files.push(format!("{dir}/{name}"));
            }
        }
        files.sort();
        files
    }

    /// The names of the folders in a folder, sorted.
    pub fn folders(&self, dir: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(dir)) else { return Vec::new() };
        let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
        let mut names: Vec<String> = entries
            .flatten()
            .filter(is_folder)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    }
}

/// The bytes of a plain file in as few calls as the system needs for them: a ledger has thousands of small files.
#[cfg(unix)]
mod plain {
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use rustix::buffer::spare_capacity;
    use rustix::fs::{FileType, Mode, OFlags, fstat, open};
    use rustix::io::{Errno, read as read_some};

    pub enum Read {
        All,
        NoFile,
        /// It is no plain file or cannot be read: the way of many calls says why.
        Otherwise,
    }

    // A pipe in a file's place must not keep us waiting for a writer.
    const FLAGS: OFlags = OFlags::RDONLY.union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK);

    pub fn read(path: &Path, bytes: &mut Vec<u8>) -> Read {
        match open(path, FLAGS, Mode::empty()) {
            Ok(file) => whole(&file, bytes).map_or(Read::Otherwise, |()| Read::All),
            Err(Errno::NOENT) => Read::NoFile,
            Err(_) => Read::Otherwise,
        }
    }

    pub fn read_to(path: &Path, room: &mut [u8]) -> Option<usize> {
        let file = open(path, FLAGS, Mode::empty()).ok()?;
        let size = size(&file)?;
        let mut length = 0;
        while length < room.len() {
            let count = read_some(&file, &mut room[length..]).ok()?;
            length += count;
            if count == 0 || (length == size && length < room.len()) {
                return Some(length);
            }
        }
        None
    }

    fn size(file: &OwnedFd) -> Option<usize> {
        let about = fstat(file).ok()?;
        let is_plain = FileType::from_raw_mode(about.st_mode) == FileType::RegularFile;
        is_plain.then(|| usize::try_from(about.st_size).ok())?
    }

    fn whole(file: &OwnedFd, bytes: &mut Vec<u8>) -> Option<()> {
        let size = size(file)?;
        bytes.reserve_exact(size + 1);
        loop {
            let room = bytes.capacity() - bytes.len();
            let count = read_some(file, spare_capacity(bytes)).ok()?;
            // Less than there was room for, and as much as there is: that was all of it.
            if count == 0 || (count < room && bytes.len() == size) {
                return Some(());
            }
            bytes.reserve(4096.min(size) + 1);
        }
    }
}
