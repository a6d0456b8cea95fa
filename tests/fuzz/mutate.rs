//! Inputs from inputs: bytes turned, cut, repeated and swapped for what hurts; pieces of one file in another; the parts of
//! an archive changed inside and folded again with sums that are right.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;

/// A stream of random numbers that a seed repeats (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound as u64) as usize
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What files of the ledger, spreadsheets and values are made of, and what has hurt programs that read them.
const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\"",
    "\"\"",
    "\"\"\"",
    "'",
    "'''",
    ",",
    ";",
    "\t",
    "=",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ".",
    "-",
    "--",
    "+",
    "#",
    "\\",
    "\\u0000",
    "\\u202e",
    "/",
    "../",
    "~$",
    ":",
    "|",
    "<",
    ">",
    "&",
    "%",
    "{{ ",
    " }}",
    "+++\n",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{3000}",
    "名",
    "年",
    "一",
    "〇",
    "班",
    "é",
    "ﬁ",
    "İ",
    "0",
    "1",
    "-1",
    "-0",
    "00",
    "0.1",
    "1e999",
    "-1e308",
    "1e-400",
    "NaN",
    "inf",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999",
    "0000-00-00",
    "2026-02-29",
    "2026-02-28",
    "9999-12-31",
    "-0001-01-01",
    "10000-01-01",
    "2016-03",
    "2026-10-01T10:00:00Z",
    "1970-01-01",
    "1899-12-30",
    "true",
    "false",
    "yes",
    "id = ",
    "name = ",
    "id",
    "date",
    "students",
    "void",
    "sealed",
    "clash",
    "class:2023-2",
    "class:",
    "all",
    "-aaaaaa",
    "aaaaaa",
    "aaaaaa bbbbbb",
    "2023-2",
    "0-0",
    "99999-99999",
    "-2023--2",
    "[[parent]]\n",
    "[[parent.away]]\n",
    "[risk.override]\n",
    "[extra]\n",
    "[[clash]]\n",
    "from = 2021-02-15\n",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "=cmd|'/c calc'!A1",
    "\u{1b}[31m",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&#x110000;",
    "<?xml version=\"1.0\"?>",
    "office:value=\"1\"",
    "table:number-columns-repeated=\"99999\"",
    "table:number-rows-repeated=\"1048577\"",
    "uniqueCount=\"4294967296\"",
    "r=\"XFD1048576\"",
    "r=\"ZZZZZZ1\"",
    "t=\"s\"",
    "<c r=\"A1\" t=\"s\"><v>4294967295</v></c>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<row r=\"0\">",
    "{\"a\":[[[[",
    "AGE-SECRET-KEY-1",
    "age1",
    "-> X25519 ",
    "YWdlLWVuY3J5cHRpb24ub3JnL3Yx",
];

/// Numbers at whose edges counting goes wrong.
const EDGES: &[u8] =
    &[0, 1, 2, 9, 10, 13, 0x1b, 0x20, 0x22, 0x2c, 0x3c, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xf4, 0xfe, 0xff];

/// An input made from seeds: one of them, changed in a few places. Never longer than `most`.
pub fn mutated(dice: &mut Dice, seeds: &[Vec<u8>], most: usize) -> Vec<u8> {
    let mut bytes = dice.of(seeds).clone();
    // Some inputs stay as they are but for one change, some become another thing altogether.
    for _ in 0..1 + dice.below(3) * dice.below(4) {
        change(dice, &mut bytes, seeds);
    }
    bytes.truncate(most);
    bytes
}

fn change(dice: &mut Dice, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let length = bytes.len();
    let at = dice.below(length + 1);
    let widest = if dice.below(4) == 0 { 200 } else { 12 };
    let span = 1 + dice.below(widest);
    let until = (at + span).min(length);
    match dice.below(11) {
        0 if at < length => bytes[at] ^= 1 << dice.below(8),
        1 if at < length => bytes[at] = *dice.of(EDGES),
        2 => drop(bytes.drain(at..until)),
        3 => bytes.truncate(at),
        4 => put(bytes, at, at, dice.of(WORDS).as_bytes()),
        5 => put(bytes, at, until, dice.of(WORDS).as_bytes()),
        6 => {
            let piece = bytes[at..until].repeat(1 + dice.below(40));
            put(bytes, at, at, &piece);
        }
        7 => {
            let other = dice.of(seeds);
            let from = dice.below(other.len() + 1);
            put(bytes, at, until, &other[from..(from + span).min(other.len())]);
        }
        8 => swap_lines(dice, bytes),
        9 => swap_token(dice, bytes),
        _ => {
            let word = dice.of(WORDS).repeat(1 + dice.below(60));
            put(bytes, at, at, word.as_bytes());
        }
    }
}

fn put(bytes: &mut Vec<u8>, from: usize, until: usize, piece: &[u8]) {
    bytes.splice(from..until, piece.iter().copied());
}

fn swap_lines(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(3) {
        0 => lines.swap(one, other),
        1 => lines.insert(one, lines[other].clone()),
        _ => drop(lines.remove(one)),
    }
    *bytes = lines.join(&b'\n');
}

/// A word or number of the input becomes another one.
fn swap_token(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b'-';
    let mut from = dice.below(bytes.len() + 1);
    while from > 0 && is_part(bytes[from - 1]) {
        from -= 1;
    }
    let length = bytes[from..].iter().take_while(|byte| is_part(**byte)).count();
    put(bytes, from, from + length, dice.of(WORDS).as_bytes());
}

/// An archive with one of its parts changed, folded again so that nothing but the part is wrong.
pub fn refolded(dice: &mut Dice, seeds: &[Vec<u8>], most: usize) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(dice.of(seeds).as_slice())).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    let all: Vec<Vec<u8>> = parts.iter().map(|(_, content)| content.clone()).collect();
    for _ in 0..1 + dice.below(2) {
        let at = dice.below(parts.len());
        let content = &mut parts[at].1;
        for _ in 0..1 + dice.below(3) * dice.below(4) {
            change(dice, content, &all);
        }
        content.truncate(most);
    }
    if dice.below(20) == 0 {
        parts.remove(dice.below(parts.len()));
    }
    Some(folded(&parts))
}

/// An archive of these parts.
pub fn folded(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        if archive.start_file(name.as_str(), SimpleFileOptions::default().compression_level(Some(1))).is_ok() {
            archive.write_all(content).expect("memory takes every byte");
        }
    }
    archive.finish().expect("memory takes every byte").into_inner()
}

/// What the parts of an archive unfold to, all of them; the length of what is none.
pub fn unfolded_length(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return bytes.len() };
    let mut length = bytes.len();
    for at in 0..archive.len() {
        if let Ok(part) = archive.by_index(at) {
            length += std::io::copy(&mut part.take(256 << 20), &mut std::io::sink()).unwrap_or(0) as usize;
        }
    }
    length
}
