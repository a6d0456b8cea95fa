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
        assert_eq!(Private::Revealed.phone("15400001234"), "15400001234");
    }
}
