//! Names taken out of what somebody wrote.

use std::collections::BTreeMap;

/// Finds names in words, the longest first, so that none is found inside another. A name of one character is a word.
#[derive(Debug, Clone)]
pub struct Scrub {
    /// By their first character.
    names: BTreeMap<char, Vec<String>>,
    /// What stands in the place of a name.
    someone: String,
}

impl Scrub {
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>, someone: impl Into<String>) -> Scrub {
        let mut by_first: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for name in names {
            let mut letters = name.chars();
            if let (Some(first), Some(_)) = (letters.next(), letters.next()) {
                by_first.entry(first).or_default().push(name.to_owned());
            }
        }
        for list in by_first.values_mut() {
            list.sort_by(|a, b| (b.len(), b).cmp(&(a.len(), a)));
            list.dedup();
        }
        Scrub { names: by_first, someone: someone.into() }
    }

    /// The text without the names.
    pub fn text(&self, written: &str) -> String {
        let mut shown = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(first) = rest.chars().next() {
            let name =
                self.names.get(&first).and_then(|names| names.iter().find(|name| rest.starts_with(name.as_str())));
            match name {
                Some(name) => {
                    shown.push_str(&self.someone);
                    rest = &rest[name.len()..];
                }
                None => {
                    shown.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_and_the_longest_first() {
        let scrub = Scrub::of(["王小明", "王小明明", "王"], "某生");
        assert_eq!(scrub.text("王小明明和王小明，王老师"), "某生和某生，王老师");
        assert_eq!(scrub.text(""), "");
    }
}
