//! The indicators and how they are graded, as `rules/risk.toml` has them, and what can be wrong with that file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::check::check;
use super::metric::Metric;
use crate::assess::rules::Rules;
use crate::assess::score::ProgressRules;
use crate::ledger::definitions::{Definitions, line_at, parse_toml};
use crate::model::kind::{Citation, Kind, Label};
use crate::model::{Group, Level, Outcome, Problems};

/// The file of the indicators in force.
pub const RISK_FILE: &str = "rules/risk.toml";

/// The indicators in force and how they are graded.
#[derive(Debug, Clone, Default)]
pub struct RiskRules {
    pub grading: Grading,
    /// Rows that reached nobody, although their kind is one of contact.
    pub no_contact: Vec<Row>,
    pub emergencies: Vec<Emergency>,
    pub indicators: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    grading: Grading,
    #[serde(default)]
    no_contact: Vec<Spanned<Row>>,
    #[serde(default)]
    emergency: Vec<Spanned<Emergency>>,
    #[serde(default)]
    indicator: Vec<Spanned<Indicator>>,
}

/// How indicators make a level.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "way", rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum Grading {
    /// The gravest indicator gives the level; so many of a level raise it.
    Gravest {
        #[serde(default)]
        raise: Vec<Raise>,
    },
    /// Points are added up, and bands give the level. An indicator's own level is the least that it gives.
    Points { bands: Vec<Band> },
}

impl Default for Grading {
    fn default() -> Grading {
        Grading::Gravest { raise: Vec::new() }
    }
}

/// So many indicators of a level or above give a higher level.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    pub level: Level,
    pub count: u32,
    pub to: Level,
}

/// From so many points on, this level.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from: u32,
    pub level: Level,
}

/// Rows of a kind whose field has one of these values.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub kind: String,
    pub field: String,
    pub is: Vec<String>,
}

/// What goes straight to the top, whatever else is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    #[serde(deserialize_with = "shared")]
    pub id: Arc<str>,
    pub label: Label,
    pub source: Option<Citation>,
    pub kind: String,
    pub field: String,
    pub is: Vec<String>,
    /// The type of follow-up that the row opens: until it is done, the emergency lasts.
    pub until: String,
    /// Where the row opened no such follow-up, or it was cancelled, the emergency lasts so many days.
    pub days: u32,
}

/// One rule of the assessment.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    #[serde(deserialize_with = "shared")]
    pub id: Arc<str>,
    pub label: Label,
    pub source: Option<Citation>,
    pub level: Option<Level>,
    pub points: Option<u32>,
    /// Whom it is asked of; everybody where it is missing.
    #[serde(rename = "for")]
    pub whom: Option<Group>,
    pub metric: Metric,
}

/// An id is named by every verdict of its rule, so that it is shared and not copied.
fn shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    String::deserialize(deserializer).map(Arc::from)
}

impl RiskRules {
    /// Reads the indicators in force.
    pub fn load(files: &Definitions, rules: &Rules) -> Outcome<RiskRules> {
        RiskRules::parse(RISK_FILE, &files.text(RISK_FILE)?, rules)
    }

    /// The kinds whose records the indicators in force look at; a file that is wrong is named when it is read in full.
    ///
    /// # Errors
    /// Where the file cannot be read as indicators at all.
    pub fn kinds_named(files: &Definitions, kinds: &BTreeMap<String, Kind>) -> Outcome<BTreeSet<String>> {
        let file: File = parse_toml(RISK_FILE, &files.text(RISK_FILE)?)?;
        let mut named: BTreeSet<String> = file.emergency.iter().map(|one| one.as_ref().kind.clone()).collect();
        for metric in file.indicator.iter().map(|one| &one.as_ref().metric) {
            named.extend(metric.kinds_of_rows().into_iter().cloned());
            named.extend(metric.kinds_of_last().iter().cloned());
        }
        named.extend(kinds.values().filter(|kind| kind.contact.is_some()).map(|kind| kind.name.clone()));
        named.insert(ProgressRules::load(files, kinds)?.marks.kind);
        Ok(named)
    }

    /// Reads a file of indicators and checks it against the kinds, types and definitions of the ledger.
    pub fn parse(path: &str, text: &str, rules: &Rules) -> Outcome<RiskRules> {
        let file: File = parse_toml(path, text)?;
        fn lines<T>(list: Vec<Spanned<T>>, text: &str) -> Vec<(u32, T)> {
            list.into_iter().map(|one| (line_at(text, one.span().start), one.into_inner())).collect()
        }
        let (no_contact, emergencies, indicators) =
            (lines(file.no_contact, text), lines(file.emergency, text), lines(file.indicator, text));
        let problems = check(path, &file.grading, &no_contact, &emergencies, &indicators, rules);
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        fn bare<T>(list: Vec<(u32, T)>) -> Vec<T> {
            list.into_iter().map(|(_, one)| one).collect()
        }
        Ok(RiskRules {
            grading: file.grading,
            no_contact: bare(no_contact),
            emergencies: bare(emergencies),
            indicators: bare(indicators),
        })
    }
}
