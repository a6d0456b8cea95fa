//! Hostile text is only text: what would act in a terminal, in markup or in a spreadsheet is made visible or inert.
//!
//! Knows nothing of documents. Every renderer passes every text through one of these functions.

use std::borrow::Cow;

use crate::model::is_active;

/// Text of one line: a newline is shown as ⏎; a control character and what reorders or hides text as an escape, such as
/// `\t` or `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c == '\n' || c == '\t' || is_active(c))
}

/// The same for formats in which a newline and a tab do no more than part lines and words.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replaced(text, is_active)
}

fn replaced(text: &str, acts: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // The line end of Windows is one line end.
            '\r' if rest.peek() == Some(&'\n') => {}
            c if acts(c) => show(c, &mut shown),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Escapes are used and not the pictures of control characters, which many fonts lack.
fn show(c: char, shown: &mut String) {
    match c {
        '\n' => shown.push('⏎'),
        c => shown.extend(c.escape_default()),
    }
}

/// Text for Markdown in which no markup acts: one line, as `visible` has it, its punctuation escaped.
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (index, c) in text.char_indices() {
        if is_markup(c) || is_link_part(&text, index, c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '|' | '`' | '*' | '_' | '<' | '>' | '#' | '[' | ']' | '&' | '~' | '$' | '!' | '@')
}

/// Bare addresses become links in the dialect of GitHub.
fn is_link_part(text: &str, index: usize, c: char) -> bool {
    (c == ':' && text[index..].starts_with("://"))
        || (c == '.' && index >= 3 && text.as_bytes()[index - 3..index].eq_ignore_ascii_case(b"www"))
}

/// The same for text that begins a line, where a number, a dash or a run of signs would begin a list or a rule.
pub fn markdown_line(text: &str) -> String {
    let escaped = markdown(text.trim_start_matches(' '));
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let at = match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'-' | b'+' | b'=') if digits == 0 => 0,
        _ => return escaped,
    };
    format!("{}\\{}", &escaped[..at], &escaped[at..])
}

/// Text for a cell of CSV that a spreadsheet takes for text: what would begin a formula gets a `'` in front.
///
/// Control characters are made visible, since people print CSV on terminals; lines and tabs stay. The guard can be
/// taken off: it stands before every text that would be a formula without its leading `'`.
pub fn csv(text: &str) -> Cow<'_, str> {
    let text = visible_lines(text);
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text }
}

/// Spreadsheets skip spaces before a formula, and take the wide signs of a Chinese keyboard for the narrow ones. Other
/// invisible characters have been made visible, and begin no formula.
fn is_formula(text: &str) -> bool {
    let signs = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}'));
    text.starts_with('\t') || signs.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// JSON in which what acts in a terminal stands as an escape; the values are the same.
pub fn json(text: &str) -> Cow<'_, str> {
    // JSON escapes C0 itself, and the newlines between its values are meant.
    if !text.contains(is_active) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_active(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Text inside XML that is written by hand.
pub fn xml(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The texts that no format may let act, for the tests of every renderer.
#[cfg(test)]
pub(super) const HOSTILE: [&str; 10] = [
    "=cmd|'/c calc'!A1",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}",
    "<script>alert(1)</script>",
    "\"quoted\", and\nnew line",
    "../../etc/passwd",
    "'; DROP TABLE students;--",
    "\u{202e}gnp.exe",
    "a\tb\rc",
    "+1+1",
    "| pipe | \\ back ` tick $(id) ${x} {{ y }} {% z %}",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_hostile_text_can_be_read_on_one_line_of_a_terminal() {
        let shown = HOSTILE.map(|text| visible(text).into_owned());
        assert_eq!(shown[1], "\\u{1b}[31mred\\u{1b}[0m\\u{1b}]0;title\\u{7}");
        assert_eq!(shown[3], "\"quoted\", and⏎new line");
        assert_eq!(shown[6], "\\u{202e}gnp.exe");
        assert_eq!(shown[7], "a\\tb\\rc");
        for same in [0, 2, 4, 5, 8, 9] {
            assert_eq!(shown[same], HOSTILE[same]);
        }
    }

    #[test]
    fn no_hostile_text_is_markup_in_markdown() {
        assert_eq!(markdown(HOSTILE[2]), "\\<script\\>alert(1)\\</script\\>");
        assert_eq!(markdown(HOSTILE[9]), "\\| pipe \\| \\\\ back \\` tick \\$(id) \\${x} {{ y }} {% z %}");
        assert_eq!(markdown("[a](http://b) www.c &lt;"), "\\[a\\](http\\://b) www\\.c \\&lt;");
        assert_eq!(markdown_line("   1. a"), "1\\. a");
        assert_eq!(markdown_line("- a\n***"), "\\- a⏎\\*\\*\\*");
        assert_eq!(markdown_line("2026-09-10"), "2026-09-10");
    }

    #[test]
    fn what_begins_a_formula_is_guarded_also_behind_what_cannot_be_seen() {
        for formula in ["=1", "+1", "-1", "@a", "\t=1", "\ta", " =1", "\u{200d}\u{a0}=1", "\u{3000}=1", "\n=1", "＝1"]
        {
            assert!(csv(formula).starts_with('\''), "{formula:?} is not guarded");
        }
        assert_eq!(csv("\u{feff}=1"), "\\u{feff}=1");
        for text in ["a=1", "'; DROP", "王小明", "../../etc", "", "'"] {
            assert_eq!(csv(text), text);
        }
    }

    #[test]
    fn json_keeps_the_value_of_what_it_escapes() {
        let text = "\u{9b}31m\u{202e}\u{e0041}\u{7f}";
        let written = serde_json::to_string(text).unwrap();
        let escaped = json(&written);
        assert!(escaped.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
    }

    proptest! {
        #[test]
        fn nothing_visible_is_a_control_character(text in any::<String>()) {
            prop_assert!(!visible(&text).contains(|c: char| c.is_control() || is_active(c)));
        }

        #[test]
        fn the_guard_of_a_cell_can_be_taken_off(text in "[ '=+\\-@\ta-c\u{feff}]{0,8}") {
            let guarded = csv(&text);
            let plain = guarded.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\'')));
            let shown = visible_lines(&text);
            prop_assert_eq!(plain.unwrap_or(&guarded), shown.as_ref());
        }
    }
}
