//! Which children the `students` cells of the logs mean: ids, classes, everybody, less those who were absent.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::record::StudentFile;
use super::snapshot::Snapshot;
use crate::model::{Class, Day, StudentId, Whom, whom};

/// Finds children by id and by class.
pub(super) struct Whose {
    by_id: HashMap<u64, u32, BuildHasherDefault<IdHasher>>,
    /// Of the ids that are longer than a word of the machine.
    by_long_id: HashMap<Vec<u8>, u32>,
    by_class: BTreeMap<Class, Vec<u32>>,
    /// Whether every student was loaded: only then is an id that is not among them nobody's.
    is_whole: bool,
}

/// A multiplication for every eight bytes: an id is short, and every row of every log asks for one.
#[derive(Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for bytes in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..bytes.len()].copy_from_slice(bytes);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    /// The end of a text says nothing of an id.
    fn write_u8(&mut self, _: u8) {}

    /// A product's highest bits hang on all of the word, and a table begins with the lowest.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

/// An id as a word of the machine, where it is short enough. What ends in a zero is no id, and looks as one without it.
fn word_of(id: &[u8]) -> Option<u64> {
    let mut eight = [0; 8];
    if id.ends_with(&[0]) {
        return None;
    }
    eight.get_mut(..id.len())?.copy_from_slice(id);
    Some(u64::from_le_bytes(eight))
}

impl Whose {
    pub fn of(students: &[StudentFile], is_whole: bool) -> Whose {
        let by_id = HashMap::with_capacity_and_hasher(students.len(), BuildHasherDefault::default());
        let mut whose = Whose { by_id, by_long_id: HashMap::new(), by_class: BTreeMap::new(), is_whole };
        for (at, file) in students.iter().enumerate() {
            let id = file.student.id.as_str().as_bytes();
            match word_of(id) {
                Some(word) => whose.by_id.insert(word, at as u32),
                None => whose.by_long_id.insert(id.to_vec(), at as u32),
            };
            if let Some(class) = file.student.class {
                whose.by_class.entry(class).or_default().push(at as u32);
            }
        }
        whose
    }

    fn by_id(&self, id: &[u8]) -> Option<u32> {
        match word_of(id) {
            Some(word) => self.by_id.get(&word).copied(),
            None => self.by_long_id.get(id).copied(),
        }
    }

    /// Adds the children of a cell that holds nothing but ids of children who are there, in their order: as nearly every
    /// cell does. Else nothing is added, and the cell is left to [`resolve`].
    pub fn add_ids(&self, cell: &[u8], found: &mut Vec<u32>) -> bool {
        if cell.is_empty() {
            return true;
        }
        let first = found.len();
        for id in cell.split(|byte| *byte == b' ') {
            let at = self.by_id(id).filter(|at| found.len() == first || found.last().is_some_and(|last| last < at));
            let Some(at) = at else {
                found.truncate(first);
                return false;
            };
            found.push(at);
        }
        true
    }
}

impl Snapshot {
    /// The children that a `students` cell means on a day, where all students were loaded.
    pub fn children_of(&self, cell: &str, day: Day) -> Vec<StudentId> {
        let whose = Whose::of(&self.students, true);
        let mut found = Vec::new();
        resolve(cell, day, &self.students, &whose, &mut found, 0);
        found.into_iter().map(|at| self.student(at).id.clone()).collect()
    }
}

/// Adds the children that a cell means to `found`, from place `first` on; gives back the words that mean nobody.
pub(super) fn resolve(
    cell: &str,
    day: Day,
    students: &[StudentFile],
    whose: &Whose,
    found: &mut Vec<u32>,
    first: usize,
) -> Vec<String> {
    let mut unknown = Vec::new();
    for word in cell.split_ascii_whitespace() {
        // Nearly every word is the id of a child that is there, and need not be read as anything else.
        if let Some(at) = whose.by_id(word.as_bytes()) {
            found.push(at);
            continue;
        }
        match whom(word) {
            Ok(words) => {
                let unread = words.into_iter().filter_map(|word| add(word, day, students, whose, found, first));
                unknown.extend(unread);
            }
            Err(word) => {
                found.truncate(first);
                return vec![word];
            }
        }
    }
    sort_from(found, first);
    unknown
}

/// Adds the children of one word, or takes an absent one away; gives back an id that nobody has.
fn add(
    word: Whom,
    day: Day,
    students: &[StudentFile],
    whose: &Whose,
    found: &mut Vec<u32>,
    first: usize,
) -> Option<String> {
    let enrolled = |at: &u32| students[*at as usize].student.enrolled_on(day);
    match word {
        // Where not every student is loaded, one who is not there may well be known.
        Whom::One(id) if whose.is_whole => return Some(id.to_string()),
        Whom::One(_) => {}
        Whom::Class(class) => found.extend(whose.by_class.get(&class).into_iter().flatten().filter(|at| enrolled(at))),
        Whom::All => found.extend((0..students.len() as u32).filter(|at| enrolled(at))),
        Whom::Absent(id) => {
            let absent = whose.by_id(id.as_str().as_bytes());
            let kept: Vec<u32> = found.drain(first..).filter(|at| Some(*at) != absent).collect();
            found.extend(kept);
        }
    }
    None
}

/// Puts the places from one on in order, each once.
fn sort_from(found: &mut Vec<u32>, first: usize) {
    found[first..].sort_unstable();
    let mut kept = first;
    for at in first..found.len() {
        if kept == first || found[kept - 1] != found[at] {
            found[kept] = found[at];
            kept += 1;
        }
    }
    found.truncate(kept);
}
