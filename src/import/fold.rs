//! Texts made comparable: width, white space and marks that layout adds are folded away. What is stored is never
//! folded, but for white space in names.

use unicode_normalization::UnicodeNormalization;

/// Compatibility forms folded (full-width digits and letters), and all white space out.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|letter| !is_space(*letter)).collect()
}

/// White space, also of no width.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}')
}

const OPENING: &str = "([{<【〔〖《「『";
const CLOSING: &str = ")]}>】〕〗》」』";

/// A header as it is compared: folded, without marks, and without brackets and what is in them.
pub(super) fn header(text: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for letter in folded(text).chars().filter(|letter| !is_mark(*letter)) {
        if OPENING.contains(letter) {
            depth += 1;
        } else if CLOSING.contains(letter) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            plain.push(letter);
        }
    }
    plain
}

/// The same with what is in brackets kept: `phone` of `father (phone)` says which column it is.
pub(super) fn whole_header(text: &str) -> String {
    without_brackets(&folded(text)).chars().filter(|letter| !is_mark(*letter)).collect()
}

/// Brackets out, what is in them kept.
pub(super) fn without_brackets(text: &str) -> String {
    text.chars().filter(|letter| !OPENING.contains(*letter) && !CLOSING.contains(*letter)).collect()
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '*' | '★' | '☆' | ':' | '?' | '"' | '\'' | '※')
}

/// Splits `text (inner)` into what stands before and in the last brackets.
pub(super) fn bracketed(text: &str) -> Option<(String, String)> {
    let text = text.trim_end();
    let opening = text.rfind(['(', '（', '[', '［', '【', '〔'])?;
    let inner = text[opening..].chars().skip(1).collect::<String>();
    let inner = inner.strip_suffix([')', '）', ']', '］', '】', '〕'])?;
    Some((text[..opening].trim_end().to_owned(), inner.trim().to_owned()))
}

/// A name as it is stored: white space between Chinese characters is layout, and every middle dot is one dot.
pub(super) fn name(text: &str, middle_dots: &str) -> String {
    let letters: Vec<char> = text
        .trim_matches(is_space)
        .chars()
        .map(|letter| if middle_dots.contains(letter) { '·' } else { letter })
        .collect();
    let mut name = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let before = letters[..place].iter().rev().find(|letter| !is_space(**letter));
        let after = letters[place..].iter().find(|letter| !is_space(**letter));
        let layout = is_space(*letter) && before.into_iter().chain(after).any(|letter| is_wide(*letter));
        if !layout {
            name.push(*letter);
        }
    }
    name
}

/// Chinese characters, also rare and private ones, and the dot in the names of other peoples.
fn is_wide(letter: char) -> bool {
    letter == '·' || ('\u{2e80}'..='\u{fffd}').contains(&letter) || letter >= '\u{20000}'
}

/// A character that only one computer system knows (Unicode's private use).
pub(super) fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_of_headers_is_folded() {
        for (text, expected) in [
            ("姓　名", "姓名"),
            ("*姓 名：", "姓名"),
            ("家庭经济来源（可多选）", "家庭经济来源"),
            ("★班级\n(必填)", "班级"),
            ("出生\r\n日期", "出生日期"),
        ] {
            assert_eq!(header(text), expected);
        }
        assert_eq!(whole_header("父亲（电话）"), "父亲电话");
    }

    #[test]
    fn names_lose_layout_and_keep_rare_characters() {
        for (text, expected) in [
            ("张　三", "张三"),
            (" 张 三 ", "张三"),
            ("买买提•艾力", "买买提·艾力"),
            ("买买提 ・ 艾力", "买买提·艾力"),
            ("Anna Li", "Anna Li"),
            ("\u{2cb4e} \u{e863}", "\u{2cb4e}\u{e863}"),
        ] {
            assert_eq!(name(text, "·•．‧・"), expected);
        }
    }
}
