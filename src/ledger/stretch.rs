//! The bytes of many files in one piece of memory. A school has a hundred logs: asked for one by one, their memory costs
//! the system more than reading them does; in pieces of some megabytes it comes in large pages.

use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::MmapMut;

/// What a large page of memory holds; a piece is whole ones, so that all of it lies in such pages.
const PAGE: usize = 2 << 20;

/// The bytes of one file in a piece of memory.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    memory: Arc<MmapMut>,
    place: Range<usize>,
}

/// Reads files of these sizes one behind the other into one piece of memory, by `read`, which gives the length of a file
/// that fits into the room that it is given. Nothing for those that do not, or where the system has no such memory.
pub(super) fn read_together<'a>(
    files: &[(&'a str, usize)],
    read: impl Fn(&'a str, &mut [u8]) -> Option<usize>,
) -> Vec<Option<Stretch>> {
    // Whether a file has grown shows by one byte that is left over.
    let bytes: usize = files.iter().map(|(_, size)| size + 1).sum();
    let Ok(mut memory) = MmapMut::map_anon(bytes.next_multiple_of(PAGE)) else { return vec![None; files.len()] };
    // Without large pages it is memory as any other.
    #[cfg(target_os = "linux")]
    let _ = memory.advise(memmap2::Advice::HugePage);
    let mut used = 0;
    let mut place = |(path, size): &(&'a str, usize)| {
        let length = read(path, &mut memory[used..used + size + 1])?;
        used += length;
        Some(used - length..used)
    };
    let places: Vec<Option<Range<usize>>> = files.iter().map(&mut place).collect();
    let memory = Arc::new(memory);
    places.into_iter().map(|place| place.map(|place| Stretch { memory: memory.clone(), place })).collect()
}

impl Deref for Stretch {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[self.place.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_behind_one_another_and_one_that_grew_or_went_is_left_out() {
        let disk = [("a", "one"), ("b", "two and more"), ("d", ""), ("e", "five")];
        let read = |path: &str, room: &mut [u8]| {
            let (_, text) = disk.iter().find(|(name, _)| *name == path)?;
            room.get_mut(..text.len() + 1)?[..text.len()].copy_from_slice(text.as_bytes());
            Some(text.len())
        };
        let stretches = read_together(&[("a", 3), ("b", 3), ("c", 3), ("d", 0), ("e", 9)], read);
        let texts: Vec<Option<&[u8]>> = stretches.iter().map(|one| one.as_deref()).collect();
        assert_eq!(texts, [Some(&b"one"[..]), None, None, Some(b""), Some(b"five")]);
    }
}
