//! The key of a county, and the pseudonyms that it gives: the same child has the same one in every school of the county,
//! and who lacks the key can neither make them nor try out who they are.
//!
//! A plain hash would not do: there are fewer resident numbers in a county than a machine tries in an afternoon.

use std::fmt;

use super::Student;
use super::national_id::NationalId;

/// 32 secret bytes that a county keeps, and hands to the schools that report to it.
///
/// What follows from it is derived for one purpose each (BLAKE3 `derive_key`), so that no two answers tell of one another.
#[derive(Clone)]
pub struct CountyKey([u8; 32]);

impl fmt::Debug for CountyKey {
    /// Never the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CountyKey({})", self.mark())
    }
}

/// Why a text holds no key of a county. Nothing here repeats what the text says: it may be a key after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCountyKey {
    /// No line but comments.
    Empty,
    /// More than one line that is no comment.
    Several,
    /// One line of so many characters, which are not 64 hexadecimal digits.
    Shape(usize),
}

const OF_NUMBER: &str = "guanai county export: a child by its resident number, version 1";
const OF_RECORD: &str = "guanai county export: a child by its school and id, version 1";
const MARK: &str = "guanai county export: the mark of a key, version 1";

/// The name of a child under a county's key: 32 hexadecimal digits.
///
/// 128 bits: among the sixty million children of a whole country two get the same one with a chance below 1 in 10^23.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pseudonym(String);

impl Pseudonym {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CountyKey {
    /// A new one, from the machine's randomness, as the text of its file.
    pub fn new_file(day: super::Day) -> String {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        format!("# guanai: the key of a county, made {day}\n{}\n", hex(&bytes))
    }

    /// Reads the text of a key file: 64 hexadecimal digits on a line of their own; `#` begins a comment.
    ///
    /// # Errors
    /// Where there is no such line, or more than one that is no comment.
    pub fn parse(text: &str) -> Result<CountyKey, NoCountyKey> {
        let text = text.trim_start_matches('\u{feff}');
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        match lines.collect::<Vec<_>>()[..] {
            [] => Err(NoCountyKey::Empty),
            [line] => unhex(line).map(CountyKey).ok_or(NoCountyKey::Shape(line.chars().count())),
            _ => Err(NoCountyKey::Several),
        }
    }

    /// By this 16 digits two keys are told apart. It is no secret, and leads to no key.
    pub fn mark(&self) -> String {
        hex(&self.derived(MARK)[..8])
    }

    /// The pseudonym of a child, and whether it is the same in every school: it follows from the resident number where
    /// the record has a sound one, else from the school and the child's id there.
    pub fn child(&self, school: &str, student: &Student) -> (Pseudonym, bool) {
        match student.national_id.as_deref().and_then(|number| NationalId::parse(number.trim()).ok()) {
            Some(number) => (self.named(OF_NUMBER, number.as_str()), true),
            // A school's code has no blank, so that no two pairs make the same text.
            None => (self.named(OF_RECORD, &format!("{school} {}", student.id)), false),
        }
    }

    fn named(&self, purpose: &str, text: &str) -> Pseudonym {
        let hash = blake3::keyed_hash(&self.derived(purpose), text.as_bytes());
        Pseudonym(hex(&hash.as_bytes()[..16]))
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(purpose, &self.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: char) -> CountyKey {
        CountyKey::parse(&digit.to_string().repeat(64)).unwrap()
    }

    fn child(number: Option<&str>) -> Student {
        let mut student = Student::new("k7m2q4".parse().unwrap(), "王小明");
        student.national_id = number.map(str::to_owned);
        student
    }

    #[test]
    fn a_child_with_a_number_is_the_same_child_in_every_school_under_one_key_alone() {
        let one = child(Some("52990120160306123X"));
        let (here, same) = key('a').child("school-1", &one);
        assert!(same);
        assert_eq!(here, key('a').child("school-2", &child(Some("52990120160306123x"))).0);
        assert_ne!(here, key('b').child("school-1", &one).0);
    }

    #[test]
    fn a_child_without_a_sound_number_is_known_in_its_own_school() {
        for number in [None, Some("529901201603061230"), Some("")] {
            let (here, same) = key('a').child("school-1", &child(number));
            assert!(!same, "{number:?}");
            assert_ne!(here, key('a').child("school-2", &child(number)).0);
            assert_eq!(here, key('a').child("school-1", &child(number)).0);
        }
    }

    #[test]
    fn a_key_is_64_digits_on_one_line_and_is_never_said() {
        let digits = "0123456789abcdef".repeat(4);
        let key = CountyKey::parse(&format!("# 县\r\n  {digits}  \r\n")).unwrap();
        assert!(!format!("{key:?} {}", key.mark()).contains(&digits[..8]));
        let wrong = [("", NoCountyKey::Empty), ("# x\n", NoCountyKey::Empty), ("abc", NoCountyKey::Shape(3))];
        for (text, fault) in wrong {
            assert_eq!(CountyKey::parse(text).unwrap_err(), fault, "{text}");
        }
        assert_eq!(CountyKey::parse(&format!("{digits}\n{digits}")).unwrap_err(), NoCountyKey::Several);
        assert_eq!(CountyKey::parse(&"é".repeat(32)).unwrap_err(), NoCountyKey::Shape(32));
        let made = CountyKey::new_file("2026-11-24".parse().unwrap());
        assert_ne!(CountyKey::parse(&made).unwrap().mark(), key.mark());
    }
}
