//! Ids of students and rows: short, random, and silent about the child that they stand for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// No vowel and no letter that reads like a digit, so that no id spells a word or is misread.
const ALPHABET: &[u8; 27] = b"23456789bcdfghjkmnpqrstvwxz";
const STUDENT_LENGTH: usize = 6;
const ROW_LENGTH: usize = 10;
const LONGEST: usize = 32;

/// Letters a–z, digits and inner hyphens, at most 32: an id is also a file name and a word in a list of ids.
pub fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= LONGEST
        && plain(bytes[0])
        && plain(bytes[bytes.len() - 1])
        && bytes.iter().all(|byte| plain(*byte) || *byte == b'-')
        && !is_reserved_file_name(text)
}

/// Names that Windows takes for devices, which no file on a stick carried there may have.
fn is_reserved_file_name(text: &str) -> bool {
    matches!(text, "con" | "prn" | "aux" | "nul")
        || (text.len() == 4
            && (text.starts_with("com") || text.starts_with("lpt"))
            && text.as_bytes()[3].is_ascii_digit())
}

/// A text that cannot be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an id: lower-case letters, digits and hyphens, at most 32")]
pub struct NotAnId(pub String);

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if is_id(text) { Ok($name(text.to_owned())) } else { Err(NotAnId(text.to_owned())) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                if is_id(&text) { Ok($name(text)) } else { Err(NotAnId(text)) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type!(
    /// The id of a student, and the name of the student's file.
    StudentId
);
id_type!(
    /// The id of a row in a log or a register.
    RowId
);

/// Where new ids come from: the machine's randomness, or a seed for a school that is invented the same way every time.
pub enum IdSource {
    Random,
    Seeded(u64),
}

impl IdSource {
    /// Ids that follow from other ids, so that the same cause always makes the same row.
    pub fn derived_from(causes: &[&str]) -> IdSource {
        let hash = blake3::hash(causes.join(" ").as_bytes());
        let (first, _) = hash.as_bytes().split_first_chunk::<8>().expect("a hash has 32 bytes");
        IdSource::Seeded(u64::from_le_bytes(*first))
    }

    pub fn student(&mut self) -> StudentId {
        StudentId(self.letters(STUDENT_LENGTH))
    }

    pub fn row(&mut self) -> RowId {
        RowId(self.letters(ROW_LENGTH))
    }

    /// One random 64-bit number.
    pub fn number(&mut self) -> u64 {
        match self {
            IdSource::Random => getrandom::u64().expect("the operating system gives random numbers"),
            IdSource::Seeded(state) => split_mix(state),
        }
    }

    fn letters(&mut self, length: usize) -> String {
        let mut number = self.number();
        let base = ALPHABET.len() as u64;
        (0..length)
            .map(|_| {
                let letter = ALPHABET[(number % base) as usize];
                number /= base;
                char::from(letter)
            })
            .collect()
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): every seed gives a full-period sequence.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_never_be_a_path() {
        for wrong in ["", "..", "a/b", "a\\b", "-a", "a-", "A", "k7m2q4 ", "con", "com1", "名", &"a".repeat(33)] {
            assert!(!is_id(wrong), "{wrong:?} passed for an id");
        }
        for right in ["k7m2q4", "2023-2-15", "a"] {
            assert!(is_id(right), "{right:?} did not pass for an id");
        }
    }

    #[test]
    fn a_seed_gives_the_same_ids_again() {
        let ids = |seed| {
            let mut source = IdSource::Seeded(seed);
            (source.student(), source.row(), source.row())
        };
        assert_eq!(ids(7), ids(7));
        assert_ne!(ids(7), ids(8));
        assert_ne!(ids(7).1, ids(7).2);
        assert!(is_id(ids(7).1.as_str()));
    }
}
