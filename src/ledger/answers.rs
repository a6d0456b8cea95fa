//! Answers that were given before, kept in the ledger's own state for as long as no file has changed. Disposable: whatever
//! is damaged, unreadable or out of date is no answer, and the folder can be deleted at any time.
//!
//! Whether a file has changed is told without reading it, by everything that the system knows of it: size, inode, and both
//! of its times. A program can put back the time of writing, and none the time of change. So an answer is only kept where
//! the file system keeps that time, and where the newest change lies far enough back for a later one to have another time.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;

use super::folder::{Folder, STATE_DIR};

const DIR: &str = ".guanai/answers";
const MAGIC: &[u8] = b"guanai answer 1\n";
/// Two changes that lie closer together may have the same time: the system's clock of files ticks a few hundred times a second.
pub const TICK: Duration = Duration::from_millis(200);
/// The oldest go when there are more.
const MOST_KEPT: usize = 32;
/// Longer answers are not worth their place.
const LONGEST: usize = 8 << 20;

/// What every file of a ledger is, as the system tells without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    hash: [u8; 32],
    /// Whether a change from here on is sure to show.
    is_settled: bool,
}

impl State {
    /// The files of a ledger as they are, and whether none has changed since a moment of the system's clock or shortly before
    /// it. Nothing where the file system's times are not to be trusted, or a folder cannot be read: then nothing is kept, and
    /// nothing found.
    pub fn of(folder: &Folder, now: SystemTime) -> Option<State> {
        let all = |files: &[String]| files.par_iter().map(|path| files::about(&folder.path(path))).collect();
        State::by(folder, now, all)
    }

    /// The same, by the core that it is asked on alone.
    pub fn of_by_one_core(folder: &Folder, now: SystemTime) -> Option<State> {
        State::by(folder, now, |files| files.iter().map(|path| files::about(&folder.path(path))).collect())
    }

    fn by(folder: &Folder, now: SystemTime, all: impl FnOnce(&[String]) -> Option<Vec<files::About>>) -> Option<State> {
        if !files::keeps_the_time_of_change(&folder.root) {
            return None;
        }
        let now = now.duration_since(UNIX_EPOCH).ok()?;
        // The ledger's own folder too: its time tells of what went away.
        let mut files = vec![String::new()];
        names_in(folder, "", &mut files)?;
        files.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        let mut newest = Duration::ZERO;
        for (path, about) in files.iter().zip(all(&files)?) {
            newest = newest.max(about.changed()).max(about.written());
            hasher.update(path.as_bytes()).update(&[0]).update(&about.bytes());
        }
        Some(State { hash: *hasher.finalize().as_bytes(), is_settled: newest + TICK < now })
    }
}

/// Adds every entry below a folder of the ledger, but for git's and the ledger's own state.
fn names_in(folder: &Folder, dir: &str, names: &mut Vec<String>) -> Option<()> {
    for entry in fs::read_dir(folder.path(dir)).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        if dir.is_empty() && [STATE_DIR, ".git"].contains(&name.as_str()) {
            continue;
        }
        let path = if dir.is_empty() { name } else { format!("{dir}/{name}") };
        if entry.file_type().ok()?.is_dir() {
            names_in(folder, &path, names)?;
        }
        names.push(path);
    }
    Some(())
}

/// Whether an answer to a question was ever kept, whatever has changed since.
pub fn is_kept(folder: &Folder, question: &[u8; 32]) -> bool {
    folder.path(&place(question)).is_file()
}

/// The answer that was kept for a question, where the files are as they were then.
pub fn recalled(folder: &Folder, question: &[u8; 32], state: &State) -> Option<Vec<u8>> {
    let kept = fs::read(folder.path(&place(question))).ok()?;
    let (body, sum) = kept.split_at_checked(kept.len().checked_sub(32)?)?;
    let rest = body.strip_prefix(MAGIC)?.strip_prefix(&state.hash)?;
    (blake3::hash(body).as_bytes() == sum).then(|| rest.to_vec())
}

/// Keeps an answer. Where that is not possible nothing is lost, and nothing is said.
///
/// `state` must be of a moment before anything was read that the answer was made from. The files themselves may be looked at
/// later: one that was changed in between has a newer time than that moment, and the state is not settled.
pub fn keep(folder: &Folder, question: &[u8; 32], state: &State, answer: &[u8]) {
    if !state.is_settled || answer.len() > LONGEST || !folder.path(STATE_DIR).is_dir() {
        return;
    }
    let _ = files::make_own_dir(&folder.path(DIR));
    make_room(folder);
    let mut bytes = [MAGIC, &state.hash, answer].concat();
    let sum = blake3::hash(&bytes);
    bytes.extend_from_slice(sum.as_bytes());
    let place = folder.path(&place(question));
    let beside = place.with_extension(std::process::id().to_string());
    let written = files::write_own(&beside, &bytes).and_then(|()| fs::rename(&beside, &place));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
}

/// Throws all answers away: what a writer changes, and what a child's record held, is not to lie here.
pub fn forget(folder: &Folder) {
    if folder.path(DIR).is_dir() {
        let _ = fs::remove_dir_all(folder.path(DIR));
    }
}

fn place(question: &[u8; 32]) -> String {
    format!("{DIR}/{}", blake3::Hash::from(*question).to_hex())
}

fn make_room(folder: &Folder) {
    let Ok(entries) = fs::read_dir(folder.path(DIR)) else { return };
    let age = |entry: fs::DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
    let mut kept: Vec<_> = entries.flatten().filter_map(age).collect();
    kept.sort();
    let too_many = (kept.len() + 1).saturating_sub(MOST_KEPT);
    kept[..too_many].iter().for_each(|(_, path)| drop(fs::remove_file(path)));
}

#[cfg(target_os = "linux")]
mod files {
    use std::fs::{DirBuilder, OpenOptions};
    use std::io::{self, Write};
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    use std::path::Path;
    use std::time::Duration;

    use rustix::fs::{Stat, lstat, statfs};

    /// The local file systems that keep the time of change of each file: ext, XFS, Btrfs, F2FS, ZFS, tmpfs, and overlays.
    const TRUSTED: [u64; 7] = [0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630];

    pub fn keeps_the_time_of_change(root: &Path) -> bool {
        statfs(root).is_ok_and(|about| TRUSTED.contains(&(about.f_type as u64)))
    }

    pub struct About(Stat);

    pub fn about(path: &Path) -> Option<About> {
        lstat(path).ok().map(About)
    }

    impl About {
        pub fn changed(&self) -> Duration {
            since_1970(self.0.st_ctime, self.0.st_ctime_nsec)
        }

        pub fn written(&self) -> Duration {
            since_1970(self.0.st_mtime, self.0.st_mtime_nsec)
        }

        pub fn bytes(&self) -> [u8; 56] {
            let stat = &self.0;
            let words = [
                stat.st_dev,
                stat.st_ino,
                u64::from(stat.st_mode),
                stat.st_size as u64,
                (stat.st_mtime as u64) << 30 | stat.st_mtime_nsec,
                (stat.st_ctime as u64) << 30 | stat.st_ctime_nsec,
                u64::from(stat.st_uid),
            ];
            let mut bytes = [0; 56];
            bytes.chunks_exact_mut(8).zip(words).for_each(|(eight, word)| eight.copy_from_slice(&word.to_le_bytes()));
            bytes
        }
    }

    fn since_1970(seconds: i64, nanos: u64) -> Duration {
        Duration::new(u64::try_from(seconds).unwrap_or(0), u32::try_from(nanos).unwrap_or(0))
    }

    pub fn make_own_dir(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)
    }

    pub fn write_own(path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
    }
}

/// Elsewhere nothing is kept: which file systems could be trusted is not known.
#[cfg(not(target_os = "linux"))]
mod files {
    use std::io;
    use std::path::Path;
    use std::time::Duration;

    pub fn keeps_the_time_of_change(_: &Path) -> bool {
        false
    }

    pub struct About;

    pub fn about(_: &Path) -> Option<About> {
        None
    }

    impl About {
        pub fn changed(&self) -> Duration {
            Duration::ZERO
        }

        pub fn written(&self) -> Duration {
            Duration::ZERO
        }

        pub fn bytes(&self) -> [u8; 56] {
            [0; 56]
        }
    }

    pub fn make_own_dir(_: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn write_own(_: &Path, _: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
