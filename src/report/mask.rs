//! What a listing shows of numbers that would do harm in the wrong hands, unless `--reveal` asks for the whole.

use std::borrow::Cow;

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

impl Private {
    /// What somebody wrote in their own words: phones and resident numbers in it are masked, and other numbers stand.
    pub fn words(self, text: &str) -> Cow<'_, str> {
        if self == Private::Revealed || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Cow::Borrowed(text);
        }
        let letters: Vec<char> = text.chars().collect();
        let mut shown = String::with_capacity(text.len());
        let (mut at, mut masked) = (0, false);
        while at < letters.len() {
            let begins = letters[at].is_ascii_digit() && (at == 0 || !letters[at - 1].is_ascii_digit());
            let length = if begins { number_at(&letters[at..]) } else { None };
            let number: String = letters[at..at + length.unwrap_or(1)].iter().collect();
            shown.push_str(&if length.is_some() { ends(&number, 3, 2) } else { number });
            at += length.unwrap_or(1);
            masked |= length.is_some();
        }
        if masked { Cow::Owned(shown) } else { Cow::Borrowed(text) }
    }
}

/// How many characters a phone or a resident number takes that begins here: 18 characters with or without the last
/// letter, 15 digits, a mobile phone whole or in groups of 3, 4 and 4, a land line with its area code.
fn number_at(letters: &[char]) -> Option<usize> {
    let digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let is_mobile = letters[0] == '1' && matches!(letters.get(1), Some('3'..='9'));
    let is_check = |at: usize| letters.get(at).is_some_and(|letter| matches!(letter, 'X' | 'x'));
    match digits {
        17 if is_check(17) => Some(18),
        15 | 18 => Some(digits),
        11 if is_mobile => Some(11),
        3 if is_mobile => {
            let gap = letters.get(3).filter(|letter| matches!(letter, '-' | ' '))?;
            let four = |at: usize| (0..4).all(|more| letters.get(at + more).is_some_and(char::is_ascii_digit));
            let ends = !letters.get(13).is_some_and(char::is_ascii_digit);
            (four(4) && letters.get(8) == Some(gap) && four(9) && ends).then_some(13)
        }
        3 | 4 if letters[0] == '0' && letters.get(digits) == Some(&'-') => {
            let rest = letters[digits + 1..].iter().take_while(|letter| letter.is_ascii_digit()).count();
            matches!(rest, 7 | 8).then_some(digits + 1 + rest)
        }
        _ => None,
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

    #[test]
    fn a_phone_or_a_resident_number_in_a_note_is_masked_and_other_numbers_stand() {
        for (note, shown) in [
            ("奶奶电话15400001234，下午在家", "奶奶电话154******34，下午在家"),
            ("154 0000 1234 / 154-0000-1235", "154********34 / 154********35"),
            ("2026-09-10 15400001234", "2026-09-10 154******34"),
            ("号码 52990120160306123X。", "号码 529*************3X。"),
            ("529901201603061238", "529*************38"),
            ("0851-12345678 转 3", "085********78 转 3"),
            ("收据 2026110500 共 12000 元", "收据 2026110500 共 12000 元"),
            ("123456789012", "123456789012"),
            ("10000000000", "10000000000"),
            ("第 3 单元 110", "第 3 单元 110"),
        ] {
            assert_eq!(Private::Masked.words(note), shown, "{note}");
            assert_eq!(Private::Revealed.words(note), note);
        }
    }
}
