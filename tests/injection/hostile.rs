//! What is written into a field to break whatever prints it. Each text has a mark of its own field, by which it is found in
//! what the program says.

/// How a text begins: what a spreadsheet takes for a formula, what a system takes for a path, what begins a block of Markdown.
const BEGINNINGS: &[&str] = &[
    "=HYPERLINK(\"http://x.example\",\"a\")",
    "+cmd|'/c calc'!A1",
    "@SUM(A1)",
    "-1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u{3000}=1+1",
    "\u{200b}=1+1",
    "\u{ff1d}1+1",
    "'=1+1",
    "../../x",
    "/etc/x",
    "C:\\x",
    "CON",
    "- x",
    "1. x",
    "# x",
    "> x",
    "| x |",
    "```",
    "<!--",
    "---",
    ";x",
];

/// What follows the mark in every text.
const REST: &str = concat!(
    "\0\u{1b}[31m\u{1b}]0;t\u{7}\u{1b}]8;;http://x.example\u{1b}\\l\u{1b}]8;;\u{1b}\\\u{8}\u{7f}\u{9b}2J\r",
    "\u{202e}\u{2066}\u{200b}\u{feff}\u{fffe}\u{2028}\u{ad}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>]]>--></td></w:t><![CDATA[&amp;&#60;&\"' onload=x ",
    "`code` | a | b | \\| **b** _u_ ~~s~~ [l](http://x.example) ![i](http://x.example/i) www.x.example",
    "\r\nATTENDEE:mailto:x@x.example\r\nEND:VEVENT\r\n=1+1\n{{ 7*7 }}{% raw %}%n$(id)${x},;:../../x/.."
);

/// How often the beginnings have to be dealt out until every field has had each of them.
pub const ROUNDS: usize = BEGINNINGS.len();

/// The texts of one ledger, in the order of its fields.
pub struct Texts {
    /// Nothing where the words are harmless.
    round: Option<usize>,
    pub given: Vec<String>,
    /// The same, without those that stand where a cell is a list, whose parts are told one by one.
    pub whole: Vec<String>,
    /// Where each was put.
    pub places: Vec<String>,
}

impl Texts {
    /// Texts that attack: in each round every field has another beginning.
    pub fn hostile(round: usize) -> Texts {
        Texts { round: Some(round), given: Vec::new(), whole: Vec::new(), places: Vec::new() }
    }

    /// Words in the same places.
    pub fn harmless() -> Texts {
        Texts { round: None, given: Vec::new(), whole: Vec::new(), places: Vec::new() }
    }

    /// The text for the next field.
    pub fn next(&mut self, place: &str) -> String {
        let number = self.given.len();
        let text = match self.round {
            Some(round) => format!("{}{}{REST}", BEGINNINGS[(number + round) % ROUNDS], mark(number)),
            // With the spaces and line ends that a text may have anyway.
            None => format!(" {}词\n词 \n", mark(number)),
        };
        self.given.push(text.clone());
        self.whole.push(if place.ends_with(".attachments") { String::new() } else { text.clone() });
        self.places.push(place.to_owned());
        text
    }
}

/// A text as an argument or the name of a file can be: neither holds a NUL, and a name no slash.
pub fn without(text: &str, letters: &[char]) -> String {
    text.chars().filter(|letter| !letters.contains(letter)).collect()
}

/// The mark of a field: letters alone, so that no number is found in it.
pub fn mark(number: usize) -> String {
    let letter = |of: usize| char::from(b'a' + (of % 26) as u8);
    format!("Q{}{}{}Z", letter(number / 676), letter(number / 26), letter(number))
}

/// The numbers of the fields whose marks stand in a text.
pub fn marks_in(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let at = |found: usize| {
        let piece = bytes.get(found..found + 5)?;
        let is_mark = piece[0] == b'Q' && piece[4] == b'Z' && piece[1..4].iter().all(u8::is_ascii_lowercase);
        is_mark.then(|| piece[1..4].iter().fold(0, |number, letter| number * 26 + usize::from(letter - b'a')))
    };
    (0..bytes.len()).filter(|found| bytes[*found] == b'Q').filter_map(at).collect()
}

/// What a terminal acts on, a reader is deceived by, or XML does not allow; a newline parts lines, and is none of it.
pub fn acts(letter: char) -> bool {
    let deceives = matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    (letter.is_control() && letter != '\n') || deceives
}
