//! Names of the sheets of a workbook: what the format allows, and each once.

use super::safe;

/// In UTF-16, as the format counts.
const LONGEST: usize = 31;

/// The names given so far, in lower case, since the format takes `A` and `a` for one name.
#[derive(Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// A legal name like the caption, or like the key where nothing of the caption is left, with a number where it is taken.
    pub(super) fn unique(&mut self, caption: &str, key: &str) -> String {
        let base =
            [caption, key, "sheet"].map(legal).into_iter().find(|name| !name.is_empty()).expect("the last is legal");
        let numbered = (2..).map(|number| {
            let end = format!(" ({number})");
            shortened(&base, LONGEST - end.len()) + &end
        });
        let first = shortened(&base, LONGEST);
        let name = std::iter::once(first).chain(numbered).find(|name| !self.0.contains(&name.to_lowercase()));
        let name = name.expect("numbers do not end");
        self.0.push(name.to_lowercase());
        name
    }
}

/// Without `[]:*?/\`, quotes at either end, and the one name that Excel keeps to itself.
fn legal(text: &str) -> String {
    let replaced: String = safe::visible(text)
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{ff1a}' | '\u{ff1f}') { ' ' } else { c })
        .collect();
    let words: Vec<_> = replaced.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(['\'', ' ']);
    if name.eq_ignore_ascii_case("history") { format!("{name} 1") } else { name.to_owned() }
}

fn shortened(name: &str, longest: usize) -> String {
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= longest
    };
    name.chars().take_while(fits).collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_the_caption_without_what_is_forbidden() {
        let mut names = Names::default();
        assert_eq!(names.unique("花名册：2026/秋 [全校]", "roster"), "花名册 2026 秋 全校");
        assert_eq!(names.unique("", "by-class"), "by-class");
        assert_eq!(names.unique("'':", "''"), "sheet");
        assert_eq!(names.unique("History", ""), "History 1");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_within_the_length() {
        let mut names = Names::default();
        let long = "各班留守儿童家访情况统计表".repeat(3);
        let first = names.unique(&long, "");
        let second = names.unique(&long, "");
        assert_eq!((first.chars().count(), second.chars().count()), (31, 31));
        assert!(second.ends_with(" (2)"), "{second}");
        assert_eq!((names.unique("Risk", ""), names.unique("risk", "")), ("Risk".to_owned(), "risk (2)".to_owned()));
    }

    proptest! {
        #[test]
        fn every_name_is_accepted_by_the_format(captions in prop::collection::vec(any::<String>(), 1..5)) {
            let mut names = Names::default();
            for caption in captions.iter().chain(&captions) {
                let name = names.unique(caption, "");
                prop_assert!(rust_xlsxwriter::Worksheet::new().set_name(&name).is_ok(), "{:?}", name);
            }
        }
    }
}
