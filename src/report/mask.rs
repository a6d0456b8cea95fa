//! What a listing shows of numbers that would do harm in the wrong hands, unless `--reveal` asks for the whole.

use crate::model::national_id;

/// Whether private numbers are shown whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    Masked,
    Revealed,
}

impl Private {
    pub fn revealed_if(reveal: bool) -> Private {
        if reveal { Private::Revealed } else { Private::Masked }
    }

    /// A phone: its first three and last two digits.
    pub fn phone(self, number: &str) -> String {
        match self {
            Private::Revealed => number.to_owned(),
            Private::Masked => ends(number, 3, 2),
        }
    }

    /// A resident number or one made from it, such as a roll number.
    pub fn id(self, number: &str) -> String {
        match self {
            Private::Revealed => number.to_owned(),
            Private::Masked => national_id::masked(number),
        }
    }

    /// Text of a column that no field takes: any long number in it may be a phone or a resident number.
    pub fn text(self, text: &str) -> String {
        const SHORTEST: usize = 7;
        if self == Private::Revealed {
            return text.to_owned();
        }
        let mut shown = String::new();
        let mut number = String::new();
        for letter in text.chars().chain(['\n']) {
            if letter.is_ascii_digit() {
                number.push(letter);
                continue;
            }
            shown.push_str(&if number.len() < SHORTEST { number.clone() } else { ends(&number, 3, 2) });
            number.clear();
            shown.push(letter);
        }
        shown.pop();
        shown
    }
}

fn ends(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    let kept = |place: usize| length > first + last && (place < first || place + last >= length);
    text.chars().enumerate().map(|(place, letter)| if kept(place) { letter } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_phone_cannot_be_called() {
        assert_eq!(Private::Masked.phone("15400001234"), "154******34");
        assert_eq!(Private::Masked.phone("12345"), "*****");
        assert_eq!(Private::Masked.text("班主任 15400001234，2班"), "班主任 154******34，2班");
        assert_eq!(Private::Masked.text("2026-09-01"), "2026-09-01");
        assert_eq!(Private::Revealed.phone("15400001234"), "15400001234");
    }
}
