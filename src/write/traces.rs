//! By what a text would be known to speak of a child: the names, numbers, phones and addresses of its record, as far as
//! they are nobody else's.

use std::collections::BTreeSet;

use crate::ledger::Snapshot;
use crate::ledger::registers::{RESOURCES, STAFF};
use crate::model::{Outcome, Student, StudentId};

/// What stands in the place of a name.
const GONE: &str = "…";
const STAFF_AND_RESOURCES: [&str; 2] = [STAFF.path, RESOURCES.path];

/// Texts that stand for these children alone; the longest first, so that none is found inside another.
#[derive(Debug, Clone, Default)]
pub struct Traces(Vec<String>);

impl Traces {
    /// The traces of children, less those that another child's file or a register of the school has too: a grandmother's
    /// name stays in the words about her other grandchild.
    ///
    /// # Errors
    /// Where a register cannot be read.
    pub fn of(snapshot: &Snapshot, students: &BTreeSet<StudentId>) -> Outcome<Traces> {
        let is_one = |student: &Student| students.contains(&student.id);
        let own = snapshot.students.iter().map(|file| &file.student).filter(|student| is_one(student));
        let mut found: BTreeSet<String> = own.flat_map(said_of).collect();
        found.retain(|text| text.chars().count() > 1);
        let mut others: Vec<Vec<u8>> = Vec::new();
        for path in STAFF_AND_RESOURCES {
            others.extend(snapshot.read(path)?);
        }
        let files = snapshot.students.iter().filter(|file| !is_one(&file.student)).map(|file| file.source.as_slice());
        for bytes in files.chain(others.iter().map(Vec::as_slice)) {
            found.retain(|text| memchr::memmem::find(bytes, text.as_bytes()).is_none());
        }
        let mut texts: Vec<String> = found.into_iter().collect();
        texts.sort_by_key(|text| (std::cmp::Reverse(text.len()), text.clone()));
        Ok(Traces(texts))
    }

    /// The text without them.
    pub fn scrubbed(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, trace| text.replace(trace, GONE))
    }

    /// Whether the bytes of a file hold one of them.
    pub fn are_in(&self, bytes: &[u8]) -> bool {
        self.0.iter().any(|trace| memchr::memmem::find(bytes, trace.as_bytes()).is_some())
    }
}

/// Everything in a record that names or reaches somebody. Of one that was forgotten before, what has come back.
fn said_of(student: &Student) -> Vec<String> {
    const LEAST_OF_A_PLACE: usize = 4;
    let own = [
        Some(&student.name).filter(|name| **name != student.id.as_str()),
        student.former_name.as_ref(),
        student.national_id.as_ref(),
        student.roll_number.as_ref(),
        student.phone.as_ref(),
    ];
    let parents = student.parent.iter().flat_map(|one| [&one.name, &one.national_id, &one.phone, &one.other_phone]);
    let guardians = student.guardian.iter().flat_map(|one| [&one.name, &one.national_id, &one.phone, &one.other_phone]);
    // The short name of a hamlet is a word of any text, and what stays of a place is none of the child's.
    let homes = [&student.address, &student.hukou_address].into_iter();
    let places = homes.chain(student.guardian.iter().map(|one| &one.address)).filter_map(Option::as_ref);
    let places = places.filter(|place| student.forgotten.is_none() && place.chars().count() >= LEAST_OF_A_PLACE);
    let people = parents.chain(guardians).filter_map(Option::as_ref);
    own.into_iter().flatten().chain(people).chain(places).cloned().collect()
}
