//! Which parts a binder has and what stands in each, as `report/binder.toml` says: the school's own, or the shipped one.

use serde::Deserialize;

use crate::ledger::Snapshot;
use crate::model::Outcome;
use crate::model::kind::{Kind, Label};

/// The parts of a binder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Rows of a kind that are printed one by one.
    pub printed: usize,
    /// The group of children whose dossiers a binder with names holds.
    pub dossiers: String,
    pub part: Vec<Part>,
}

/// One part.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub title: Label,
    #[serde(default)]
    pub kinds: Vec<String>,
    #[serde(default)]
    pub domains: Vec<String>,
    #[serde(default)]
    pub registers: Vec<String>,
    #[serde(default)]
    pub reports: Vec<String>,
    /// The kinds whose records should carry an attachment.
    #[serde(default)]
    pub attached: Vec<String>,
    /// Only numbers stand in it.
    #[serde(default)]
    pub counts: bool,
    /// It takes the pictures of all parts.
    #[serde(default)]
    pub photos: bool,
}

impl Layout {
    pub fn load(snapshot: &Snapshot) -> Outcome<Layout> {
        snapshot.definitions().parsed_or_shipped("report/binder.toml")
    }

    /// The part that a kind stands in, by its place; nothing for one that no part has.
    pub fn part_of(&self, name: &str, kind: Option<&Kind>) -> Option<usize> {
        let named = self.part.iter().position(|part| part.kinds.iter().any(|one| one == name));
        let domain = |kind: &Kind| self.part.iter().position(|part| part.domains.contains(&kind.domain));
        named.or_else(|| kind.and_then(domain))
    }

    /// The part that takes the pictures.
    pub fn photos(&self) -> Option<usize> {
        self.part.iter().position(|part| part.photos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{definitions::parse_toml, template};

    #[test]
    fn every_shipped_kind_has_its_part_and_no_part_names_a_kind_that_is_none() {
        let layout: Layout = toml::from_str(&template::text("report/binder.toml")).unwrap();
        let mut kinds: std::collections::BTreeMap<String, Kind> = Default::default();
        for (path, bytes) in template::files() {
            if path.starts_with("kinds/") && path != "kinds/words.toml" {
                let text = std::str::from_utf8(bytes).unwrap();
                kinds.extend(parse_toml::<std::collections::BTreeMap<String, Kind>>(&path, text).unwrap());
            }
        }
        assert_eq!(layout.part.len(), 11);
        for (name, kind) in &kinds {
            assert!(layout.part_of(name, Some(kind)).is_some(), "{name} is in no part");
        }
        for part in &layout.part {
            for name in part.kinds.iter().chain(&part.attached) {
                assert!(kinds.contains_key(name), "{name} is no kind");
            }
        }
    }
}
