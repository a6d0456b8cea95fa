//! Letters that do something other than be read.

/// A terminal acts on it, a reader is deceived by it, or XML 1.0 forbids it. A newline and a tab part lines and words, and
/// do no more.
pub fn is_active(letter: char) -> bool {
    (letter.is_control() && letter != '\n' && letter != '\t') || is_deceptive(letter) || is_forbidden(letter)
}

/// Reorders text, stands for nothing, or parts lines where no newline is. The joiners U+200C and U+200D stay, as emoji
/// and scripts need them.
fn is_deceptive(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_forbidden(letter: char) -> bool {
    matches!(letter, '\u{fffe}' | '\u{ffff}')
}
