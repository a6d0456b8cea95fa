//! The words of a report's parts, in the one language that the report speaks.

use super::Block;
use crate::text::{self, Lang};

/// What the parts of a report are made from: it knows the language.
pub(super) trait Speaking {
    fn lang(&self) -> Lang;

    fn word(&self, key: &str) -> String {
        text::label(self.lang(), key)
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        text::say(self.lang(), key, values)
    }

    /// A heading of the first level under the title.
    fn heading(&self, key: &str) -> Block {
        Block::Heading { level: 1, text: self.word(key) }
    }
}
