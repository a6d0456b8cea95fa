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

/// The number of every file system that a program outside the kernel serves, as older kernels have exFAT and NTFS served.
#[cfg(target_os = "linux")]
const FUSE: u32 = 0x6573_5546;

/// Such file systems by the name that the list of mounts gives them. A device that is served so is exFAT or NTFS.
#[cfg(target_os = "linux")]
const SERVED: &[(&str, &str, &str)] = &[
    ("fuseblk", "check-folder-fat", "exFAT/NTFS"),
    ("fuse.exfat", "check-folder-fat", "exFAT"),
    ("fuse.fusefat", "check-folder-fat", "FAT"),
    ("fuse.sshfs", "check-folder-network", "SSHFS"),
    ("fuse.rclone", "check-folder-network", "rclone"),
    ("fuse.davfs", "check-folder-network", "WebDAV"),
];

#[cfg(target_os = "linux")]
fn system(folder: &Folder) -> Option<(&'static str, &'static str)> {
    // The kernel's number has 32 bits; some machines give it with a sign.
    let number = rustix::fs::statfs(&folder.root).ok()?.f_type as u32;
    if number == FUSE {
        let device = rustix::fs::stat(&folder.root).ok()?.st_dev;
        let device = format!("{}:{}", rustix::fs::major(device), rustix::fs::minor(device));
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        let served = served(&mounts, &device)?;
        return SERVED.iter().find(|(own, ..)| *own == served).map(|(_, code, name)| (*code, *name));
    }
    SYSTEMS.iter().find(|(own, ..)| *own == number).map(|(_, code, name)| (*code, *name))
}

/// The name of the file system on a device, from the list of mounts (`proc_pid_mountinfo(5)`): the third field of a line is the
/// device, and the first behind the dash that stands alone is the name.
#[cfg(target_os = "linux")]
fn served<'m>(mounts: &'m str, device: &str) -> Option<&'m str> {
    let of_device = |line: &&str| line.split(' ').nth(2) == Some(device);
    mounts.lines().find(of_device)?.split_once(" - ")?.1.split(' ').next()
}

/// Elsewhere nobody is asked: `check` says nothing of the disk there.
#[cfg(not(target_os = "linux"))]
fn system(_: &Folder) -> Option<(&'static str, &'static str)> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_that_a_program_serves_has_the_name_of_its_mount() {
        let mounts = "22 27 0:21 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n\
                      310 27 7:0 / /media/stick\\040a rw,nosuid shared:9 master:2 - fuseblk /dev/loop0 rw,user_id=0\n\
                      311 27 0:64 / /mnt rw - fuse.sshfs school@server:/ rw\n";
        assert_eq!(served(mounts, "7:0"), Some("fuseblk"));
        assert_eq!(served(mounts, "0:64"), Some("fuse.sshfs"));
        assert_eq!(served(mounts, "0:2"), None);
    }
}
