//! Everything that the judgements need beside the records: definitions, indicators, kinds and their words. Read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::left_behind::{self, Definition, Definitions, LeftBehind};
use super::place::Places;
use super::risk::RiskRules;
use super::score::ProgressRules;
use crate::ledger::Snapshot;
use crate::ledger::folder::SCHOOL_FILE;
use crate::model::kind::{Kind, Label};
use crate::model::{Day, FollowUpTypes, Outcome, Place, Problem};

/// The name by which a group means the definition that the school reports under.
pub const OWN: &str = "own";

/// The rules of a ledger, checked against its kinds and types.
#[derive(Debug, Clone)]
pub struct Rules {
    pub definitions: Definitions,
    pub places: Places,
    pub risk: RiskRules,
    pub progress: ProgressRules,
    pub kinds: BTreeMap<String, Kind>,
    pub follow_up_types: FollowUpTypes,
    words: BTreeMap<String, Arc<Label>>,
    kind_labels: BTreeMap<String, Arc<Label>>,
    type_labels: BTreeMap<String, Arc<Label>>,
    /// The name of the definition that the school reports under.
    own: String,
}

impl Rules {
    /// Reads the rules of a ledger. Everything that is wrong with them is named at once.
    pub fn load(snapshot: &Snapshot) -> Outcome<Rules> {
        let files = snapshot.definitions();
        let mut rules = Rules {
            definitions: Definitions::load(files)?,
            places: files.parsed("rules/places.toml")?,
            risk: RiskRules::default(),
            progress: ProgressRules::load(files, snapshot.kinds()?)?,
            kinds: snapshot.kinds()?.clone(),
            follow_up_types: snapshot.follow_up_types()?,
            words: shared(snapshot.words()?, |word| word),
            kind_labels: shared(snapshot.kinds()?, |kind| &kind.label),
            type_labels: shared(&snapshot.follow_up_types()?, |kind| &kind.label),
            own: snapshot.school.school.left_behind.clone(),
        };
        if !rules.definitions.definition.contains_key(&rules.own) {
            let known: Vec<&str> = rules.definitions.definition.keys().map(String::as_str).collect();
            return Err(Problem::data("definition-unknown", Place::file(SCHOOL_FILE))
                .with("name", &rules.own)
                .with("known", known.join(", "))
                .into());
        }
        rules.risk = RiskRules::load(files, &rules)?;
        Ok(rules)
    }

    /// A definition by its name, `own` included.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.definition.get(if name == OWN { self.own.as_str() } else { name })
    }

    /// Whether a child is left behind on a day under a definition; nothing where there is no such definition.
    pub fn left_behind(&self, snapshot: &Snapshot, at: u32, day: Day, name: &str) -> Option<LeftBehind> {
        let context = left_behind::Context { reported_months: self.definitions.reported_months, places: &self.places };
        let definition = self.definition(name)?;
        Some(left_behind::left_behind(snapshot.student(at), at, day, definition, context))
    }

    /// The same without what the answer rests on.
    pub fn left_behind_answer(
        &self,
        snapshot: &Snapshot,
        at: u32,
        day: Day,
        name: &str,
    ) -> Option<left_behind::Answer> {
        let context = left_behind::Context { reported_months: self.definitions.reported_months, places: &self.places };
        Some(left_behind::answer(snapshot.student(at), day, self.definition(name)?, context))
    }

    /// The label of a kind, or its name where the ledger defines it no more.
    pub fn kind_label(&self, kind: &str) -> Arc<Label> {
        self.kind_labels.get(kind).cloned().unwrap_or_else(|| plain(kind))
    }

    /// The label of a type of follow-up, or its name where the ledger defines it no more.
    pub fn type_label(&self, name: &str) -> Arc<Label> {
        self.type_labels.get(name).cloned().unwrap_or_else(|| plain(name))
    }

    /// The word for a value of a choice.
    pub fn word(&self, value: &str) -> Arc<Label> {
        self.words.get(value).cloned().unwrap_or_else(|| plain(value))
    }
}

fn plain(text: &str) -> Arc<Label> {
    Arc::new(Label { zh: text.to_owned(), en: text.to_owned(), also: Vec::new() })
}

/// Labels that evidence can name without a copy.
fn shared<T>(of: &BTreeMap<String, T>, label: impl Fn(&T) -> &Label) -> BTreeMap<String, Arc<Label>> {
    of.iter().map(|(name, one)| (name.clone(), Arc::new(label(one).clone()))).collect()
}
