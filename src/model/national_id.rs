//! Resident identity numbers (GB 11643-1999): the check character, and what a number says of birth day and gender.

use super::{Day, Gender};

/// What is wrong with a number that should be a resident identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Neither 18 characters nor the 15 of before 1999.
    Length,
    /// Something other than digits, with X allowed at the end.
    Characters,
    /// Digits 7–14 are no day of the calendar.
    Birthday,
    /// The last character does not fit the first 17.
    CheckCharacter,
    /// 18 digits that end in zeros, as a spreadsheet writes a number of more than 15 digits.
    Rounded,
}

/// A number that passed every check of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalId {
    text: String,
    pub born: Day,
    pub gender: Gender,
}

impl NationalId {
    /// Reads 18 characters; a lower-case x is folded. The caller folds full-width digits.
    pub fn parse(text: &str) -> Result<NationalId, Fault> {
        let text = text.to_ascii_uppercase();
        let bytes: [u8; 18] = text.as_bytes().try_into().map_err(|_| Fault::Length)?;
        let (digits, last) = bytes.split_at(17);
        if !digits.iter().all(u8::is_ascii_digit) || !(last[0].is_ascii_digit() || last[0] == b'X') {
            return Err(Fault::Characters);
        }
        let number = |from: usize, to: usize| text[from..to].parse::<u32>().expect("these are digits");
        let born = Day::new(number(6, 10) as i32, number(10, 12), number(12, 14)).ok_or(Fault::Birthday)?;
        let digits: &[u8; 17] = digits.try_into().expect("split at 17");
        if check_character(digits) != last[0] {
            return Err(if text.ends_with("000") { Fault::Rounded } else { Fault::CheckCharacter });
        }
        let gender = if (digits[16] - b'0') % 2 == 1 { Gender::Male } else { Gender::Female };
        Ok(NationalId { text, born, gender })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The check character of a resident identity number (GB 11643-1999), from its first 17 digits.
///
/// A wrong one is nearly always a typing slip, so it is refused, not corrected: nobody can know which digit is wrong.
pub fn check_character(digits: &[u8; 17]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// The number with its birthday and order digits hidden, as listings show it.
pub fn masked(text: &str) -> String {
    let length = text.chars().count();
    if length < 10 {
        return "*".repeat(length);
    }
    let kept = |place: usize| place < 4 || place + 2 >= length;
    text.chars().enumerate().map(|(place, letter)| if kept(place) { letter } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_example_passes() {
        // GB 11643-1999 works out 11010519491231002X.
        let id = NationalId::parse("11010519491231002x").unwrap();
        assert_eq!((id.as_str(), id.gender), ("11010519491231002X", Gender::Female));
        assert_eq!(id.born, "1949-12-31".parse().unwrap());
    }

    #[test]
    fn each_fault_is_told_from_the_others() {
        for (text, fault) in [
            ("110105194912310021", Fault::CheckCharacter),
            ("1101051949123100", Fault::Length),
            ("1101051949123100AX", Fault::Characters),
            ("11010519491331002X", Fault::Birthday),
            ("522401201603061000", Fault::Rounded),
        ] {
            assert_eq!(NationalId::parse(text).unwrap_err(), fault, "{text}");
        }
    }

    #[test]
    fn every_single_wrong_digit_is_found() {
        let right = "11010519491231002X";
        for place in (0..17).filter(|place| !(6..14).contains(place)) {
            for digit in b'0'..=b'9' {
                let mut bytes = right.as_bytes().to_vec();
                if bytes[place] != digit {
                    bytes[place] = digit;
                    assert!(NationalId::parse(std::str::from_utf8(&bytes).unwrap()).is_err());
                }
            }
        }
    }

    #[test]
    fn a_mask_keeps_the_area_and_the_end_only() {
        assert_eq!(masked("52990120160306123X"), "5299************3X");
        assert_eq!(masked("12345"), "*****");
    }
}
