//! Who else may read a ledger on this machine. The program writes every file for its owner alone; git, a copy or an editor may
//! not. Where nobody else can enter the folder, the rights of what is in it do not matter.

use super::folder::Folder;

/// What of a ledger is private.
#[cfg(unix)]
const PRIVATE: [&str; 5] = ["students", "logs", "registers", "attachments", ".guanai"];

/// The folder itself where others can enter it and read something of the ledger, or else nothing.
#[cfg(unix)]
pub fn open_to_others(folder: &Folder) -> Vec<String> {
    if !is_open(&folder.root) {
        return Vec::new();
    }
    let mut found: Vec<String> =
        PRIVATE.iter().filter(|part| has_open(&folder.path(part))).map(|part| (*part).into()).collect();
    found.sort();
    found
}

/// Makes the folder, and what is private in it, its owner's alone, as far as the system lets us: a stick in FAT has no rights,
/// and a folder of somebody else's is not ours to close.
#[cfg(unix)]
pub fn close(folder: &Folder) {
    if is_open(&folder.root) {
        PRIVATE.iter().for_each(|part| close_all(&folder.path(part)));
        set(&folder.root, 0o700);
    }
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let about = std::fs::symlink_metadata(path).ok()?;
    (!about.is_symlink()).then(|| about.permissions().mode())
}

#[cfg(unix)]
fn is_open(path: &std::path::Path) -> bool {
    mode(path).is_some_and(|mode| mode & 0o077 != 0)
}

#[cfg(unix)]
fn has_open(path: &std::path::Path) -> bool {
    if !is_open(path) {
        return false;
    }
    !path.is_dir() || std::fs::read_dir(path).is_ok_and(|dir| dir.flatten().any(|entry| has_open(&entry.path())))
}

#[cfg(unix)]
fn close_all(path: &std::path::Path) {
    let Some(mode) = mode(path) else { return };
    let is_dir = path.is_dir();
    if is_dir {
        std::fs::read_dir(path).into_iter().flatten().flatten().for_each(|entry| close_all(&entry.path()));
    }
    if mode & 0o077 != 0 {
        set(path, if is_dir { 0o700 } else { 0o600 });
    }
}

#[cfg(unix)]
fn set(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode));
}

/// Windows keeps the rights of a folder by its owner's account; nothing is changed there.
#[cfg(not(unix))]
pub fn open_to_others(_: &Folder) -> Vec<String> {
    Vec::new()
}

#[cfg(not(unix))]
pub fn close(_: &Folder) {}
