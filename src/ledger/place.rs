//! Where a ledger lies: what the file system under it cannot promise, as `check` says it.

use std::fs::{File, TryLockError};
use std::io;

use super::change::LOCK;
use super::folder::Folder;
use crate::model::{Place, Problem};

/// Whether a file system knows no locks, as network folders without a lock service do.
pub fn knows_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

/// What is not promised in this folder and would be on a plain disk.
pub fn weaknesses(folder: &Folder) -> Vec<Problem> {
    let here = || Place::file(".");
    let of_system = system(folder).map(|(code, name)| Problem::data(code, here()).with("system", name));
    let of_locks = has_no_locks(folder).then(|| Problem::data("check-folder-locks", here()));
    of_system.into_iter().chain(of_locks).collect()
}

fn has_no_locks(folder: &Folder) -> bool {
    let Ok(file) = File::open(folder.path(LOCK)) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::Error(error)) if knows_no_locks(&error))
}

/// File systems by the number that Linux gives them (`statfs(2)`, `linux/magic.h`).
#[cfg(target_os = "linux")]
const SYSTEMS: &[(u32, &str, &str)] = &[
    (0x4D44, "check-folder-fat", "FAT"),
    (0x2011_BAB0, "check-folder-fat", "exFAT"),
    (0x6969, "check-folder-network", "NFS"),
    (0x517B, "check-folder-network", "SMB"),
    (0xFF53_4D42, "check-folder-network", "SMB"),
    (0xFE53_4D42, "check-folder-network", "SMB"),
    (0x0102_1997, "check-folder-network", "9P"),
];

#[cfg(target_os = "linux")]
fn system(folder: &Folder) -> Option<(&'static str, &'static str)> {
    // The kernel's number has 32 bits; some machines give it with a sign.
    let number = rustix::fs::statfs(&folder.root).ok()?.f_type as u32;
    SYSTEMS.iter().find(|(own, ..)| *own == number).map(|(_, code, name)| (*code, *name))
}

/// Elsewhere nobody is asked: `check` says nothing of the disk there.
#[cfg(not(target_os = "linux"))]
fn system(_: &Folder) -> Option<(&'static str, &'static str)> {
    None
}
