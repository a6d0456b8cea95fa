//! How the text of a file is coded on the disk. The ledger writes UTF-8 without a mark; Excel, WPS and Notepad save other
//! codings, which are read as long as there is one way to read them.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::model::{Outcome, Place, Problem};

/// How a file's text is coded on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8WithMark,
    Gb18030,
    /// With its mark, which says the order of its bytes.
    Utf16,
    /// None of these: what cannot be read stands as U+FFFD.
    Damaged,
}

/// The mark of UTF-8 that some programs write before a text.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a file's bytes, without a mark.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return match text.strip_prefix('\u{feff}') {
            Some(rest) => (rest.into(), Encoding::Utf8WithMark),
            None => (text.into(), Encoding::Utf8),
        };
    }
    if let Some(text) = utf16(bytes) {
        return (text, Encoding::Utf16);
    }
    match gb18030(bytes) {
        Some(text) => (text, Encoding::Gb18030),
        None => (String::from_utf8_lossy(bytes.strip_prefix(MARK).unwrap_or(bytes)), Encoding::Damaged),
    }
}

/// The text of a TOML file: lines in CR alone, which TOML does not know, become those that it knows.
pub fn toml_text(bytes: &[u8]) -> Cow<'_, str> {
    with_known_line_ends(decode(bytes).0)
}

/// The same, or what is wrong with the bytes.
pub fn whole_toml_text<'b>(path: &str, bytes: &'b [u8]) -> Outcome<Cow<'b, str>> {
    match decode(bytes) {
        (_, Encoding::Damaged) => Err(damaged(path, bytes).into()),
        (text, _) => Ok(with_known_line_ends(text)),
    }
}

fn with_known_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_old = text.contains('\r') && !text.contains('\n');
    if is_old { with_line_ends(&text).into() } else { text }
}

fn utf16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (coding, rest) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => (UTF_16BE, rest),
        _ => return None,
    };
    coding.decode_without_bom_handling_and_without_replacement(rest)
}

/// GB18030 gives some character for nearly any two bytes, those of a damaged UTF-8 text too, and reading it so would turn
/// its names into other signs. Such a text has lines that are whole, or many whole signs in the line that is not.
fn gb18030(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let is_whole_line = |line: &[u8]| std::str::from_utf8(line).is_ok_and(|text| signs(text) > 1);
    if bytes.split(|byte| *byte == b'\n').any(is_whole_line) {
        return None;
    }
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let in_signs: usize = bytes.utf8_chunks().map(|chunk| 3 * signs(chunk.valid())).sum();
    if in_signs * 2 > high {
        return None;
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The Chinese signs of a text, which have three bytes each in UTF-8.
fn signs(text: &str) -> usize {
    text.chars().filter(|sign| matches!(sign, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}')).count()
}

/// Whether the text that was read can be written back as the bytes that it was read from.
pub fn is_without_loss(bytes: &[u8], text: &str, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Gb18030 => GB18030.encode(text).0 == bytes,
        Encoding::Damaged => false,
        Encoding::Utf8 | Encoding::Utf8WithMark | Encoding::Utf16 => true,
    }
}

/// Whether lines end otherwise than by LF: in CRLF, or all of them in CR, as old Macs wrote.
pub fn has_other_line_ends(text: &str) -> bool {
    text.contains("\r\n") || (text.contains('\r') && !text.contains('\n'))
}

/// The text with lines that end in LF.
pub fn with_line_ends(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if has_other_line_ends(&text) { text.replace('\r', "\n") } else { text }
}

/// That the bytes of a file are no text, or not all of them, with the first line that cannot be read and how many there are.
pub fn damaged(path: &str, bytes: &[u8]) -> Problem {
    if bytes.contains(&0) {
        return Problem::data("not-text", Place::file(path));
    }
    let is_damaged = |line: &[u8]| std::str::from_utf8(line).is_err();
    let lines: Vec<usize> =
        bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| is_damaged(line)).map(|(at, _)| at).collect();
    let place = Place::line(path, lines.first().map_or(1, |at| *at as u32 + 1));
    Problem::data("text-damaged", place).with("count", lines.len())
}

/// The line of the first mark that a merge left.
pub fn conflict_line(text: &[u8]) -> Option<u32> {
    let begins_a_line = |at: &usize| *at == 0 || text[*at - 1] == b'\n';
    let is_begin = |at: &usize| [OURS, THEIRS, BASE].iter().any(|mark| text[*at..].starts_with(mark));
    // Nearly no file has one, and letters are found faster than lines.
    let mut found = memchr::memchr3_iter(OURS[0], THEIRS[0], BASE[0], text);
    found.find(|at| begins_a_line(at) && is_begin(at)).map(|at| line_at(text, at))
}

/// The line of a byte offset, counted from 1.
pub fn line_at(text: &[u8], offset: usize) -> u32 {
    memchr::memchr_iter(b'\n', &text[..offset.min(text.len())]).count() as u32 + 1
}

const OURS: &[u8] = b"<<<<<<< ";
const THEIRS: &[u8] = b">>>>>>> ";
const BASE: &[u8] = b"||||||| ";

/// Whether a line is a mark of a merge, in a file that has some.
pub fn is_mark(line: &[u8]) -> bool {
    [OURS, THEIRS, BASE].iter().any(|mark| line.starts_with(mark)) || line.trim_ascii_end() == b"======="
}

/// The line in which a disk that lost a block left NUL bytes.
pub fn lost_line(text: &[u8]) -> Option<u32> {
    memchr::memchr_iter(0, text).find(|at| text[*at..].starts_with(&[0; 4])).map(|at| line_at(text, at))
}

/// What of a text shows by itself that it is damaged, whatever it should say.
pub fn damage(path: &str, text: &[u8]) -> Option<Problem> {
    if text.trim_ascii().is_empty() {
        return Some(Problem::data("file-empty", Place::file(path)));
    }
    let at = |code: &'static str, line: u32| Problem::data(code, Place::line(path, line));
    let lost = lost_line(text).map(|line| at("bytes-lost", line));
    lost.or_else(|| conflict_line(text).map(|line| at("form-conflict", line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_character_does_not_turn_a_text_into_another_coding() {
        let text = "id,note\na,王小明说奶奶病了\nb,家里没有人".as_bytes();
        for end in text.len() - 8..text.len() {
            let (read, encoding) = decode(&text[..end]);
            let is_whole = std::str::from_utf8(&text[..end]).is_ok();
            assert_eq!(encoding, if is_whole { Encoding::Utf8 } else { Encoding::Damaged }, "{end}");
            assert!(read.contains("王小明说奶奶病了"), "{read}");
        }
    }

    #[test]
    fn codings_of_spreadsheets_are_known_and_come_back_whole() {
        let text = "id,date,note\nv1,2026-10-01,家访：奶奶说孩子夜里常哭，娟娟、婷婷和梓琪也在\n";
        let gb = GB18030.encode(text).0.into_owned();
        let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
        };
        for (bytes, wanted) in [
            (gb, Encoding::Gb18030),
            (wide(u16::to_le_bytes), Encoding::Utf16),
            (wide(u16::to_be_bytes), Encoding::Utf16),
            ([MARK, text.as_bytes()].concat(), Encoding::Utf8WithMark),
        ] {
            let (read, encoding) = decode(&bytes);
            assert_eq!((read.as_ref(), encoding), (text, wanted));
            assert!(is_without_loss(&bytes, &read, encoding));
        }
    }

    #[test]
    fn a_text_of_two_codings_is_not_read_as_one_of_them() {
        let gb = GB18030.encode("b,家里没有人\n").0.into_owned();
        let both = ["id,note\na,王小明说奶奶病了\n".as_bytes(), &gb].concat();
        assert_eq!(decode(&both).1, Encoding::Damaged);
        let problem = damaged("x.csv", &both);
        assert_eq!((problem.code, problem.place), ("text-damaged", Place::line("x.csv", 3)));
    }

    #[test]
    fn pages_of_chinese_are_told_apart_however_they_are_coded_or_cut() {
        let lines: Vec<&str> = include_str!("../text/zh/problem.ftl").lines().filter(|line| signs(line) > 5).collect();
        for page in lines.chunks(4).map(|page| page.join("\n")) {
            let gb = GB18030.encode(&page).0.into_owned();
            assert_eq!(decode(&gb), (page.as_str().into(), Encoding::Gb18030));
            let cut = page.char_indices().rfind(|(_, sign)| sign.len_utf8() == 3).unwrap().0;
            for end in [cut + 1, cut + 2] {
                assert_eq!(decode(&page.as_bytes()[..end]).1, Encoding::Damaged, "{page}");
            }
        }
    }

    #[test]
    fn line_ends_of_old_machines_become_those_of_the_ledger() {
        for (text, wanted) in [("a\r\nb\r\n", "a\nb\n"), ("a\rb\r", "a\nb\n"), ("a\nb\rc\n", "a\nb\rc\n")] {
            assert_eq!(with_line_ends(text), wanted);
        }
    }
}
