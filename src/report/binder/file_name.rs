//! Names of files that people read and every system takes: no name leads out of its folder, and none is given twice.

use std::collections::BTreeSet;

/// In characters, without the ending.
const LONGEST: usize = 60;
/// Names that Windows keeps for itself.
const KEPT: [&str; 5] = ["con", "prn", "aux", "nul", "clock$"];
/// And those of its ports, each with a digit behind it.
const PORTS: [&str; 2] = ["com", "lpt"];

/// The names given so far, as they compare on systems that do not tell `A` from `a`.
#[derive(Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// A path in a folder: like the words, with a number where it is taken.
    pub fn path(&mut self, folder: &str, words: &str, ending: &str) -> String {
        let stem = stem(words);
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered).map(|name| match folder.is_empty() {
            true => format!("{name}.{ending}"),
            false => format!("{folder}/{name}.{ending}"),
        });
        names.find(|path| self.0.insert(path.to_lowercase())).expect("numbers do not end")
    }
}

/// Words as the name of a file or folder.
pub(super) fn stem(words: &str) -> String {
    let is_wrong = |letter: char| letter.is_control() || "/\\:*?\"<>|\u{feff}".contains(letter);
    let kept: String = super::super::safe::visible(words)
        .chars()
        .map(|letter| if is_wrong(letter) || letter.is_whitespace() { '-' } else { letter })
        .take(LONGEST)
        .collect();
    let kept = kept.trim_matches(['.', '-', '~']);
    match kept {
        "" => "-".to_owned(),
        kept if is_kept(&kept.to_lowercase()) => format!("{kept}-"),
        kept => kept.to_owned(),
    }
}

fn is_kept(name: &str) -> bool {
    let is_port = |port: &&str| {
        let digit = name.strip_prefix(*port).unwrap_or_default();
        digit.chars().count() == 1 && digit.starts_with(|digit: char| digit.is_numeric())
    };
    KEPT.contains(&name) || PORTS.iter().any(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = Taken::default();
        let paths = [("a", "家访"), ("a", "家访"), ("b", "家访"), ("", "../家访"), ("a", "con"), ("a", "Lpt²")]
            .map(|(folder, words)| taken.path(folder, words, "docx"));
        assert_eq!(paths, ["a/家访.docx", "a/家访-2.docx", "b/家访.docx", "家访.docx", "a/con-.docx", "a/Lpt²-.docx"]);
    }

    proptest! {
        #[test]
        fn no_words_lead_out_of_the_folder(words in any::<String>()) {
            let name = stem(&words);
            prop_assert!(!name.is_empty() && name != "." && name != "..");
            prop_assert!(!name.contains(['/', '\\', '\0', ':']) && name.chars().count() <= LONGEST + 1);
        }
    }
}
