use super::*;
use crate::assess::testing::{Ledger, day};

mod ledgers;
mod metrics;
mod rule_files;

/// The day on which most ledgers are looked at: a Thursday, 59 school days into the term.
const DAY: &str = "2026-11-26";

/// A child of whom both parents are away, with an aunt in charge: left behind, and nothing else to worry about.
const CALM_CHILD: &str = r#"born = 2016-03-06
hukou = "rural"
[[parent]]
relation = "father"
[[parent.away]]
from = 2021-02-15
[[parent]]
relation = "mother"
[[parent.away]]
from = 2021-02-15
[[guardian]]
relation = "aunt"
born = 1985-01-01
ability = "good"
entrusted = true
"#;

/// Indicators in the place of the shipped ones: one, called `x`, of level medium.
fn one(metric: &str) -> String {
    format!(
        "[grading]\nway = \"gravest\"\n[[indicator]]\nid = \"x\"\nlabel = {{ zh = \"x\", en = \"x\" }}\nlevel = \"medium\"\nmetric = {metric}\n"
    )
}

/// What the one indicator says of the child `a` on a day: `fires VALUE`, `calm`, `? REASON`, or `not asked`.
fn says(ledger: &Ledger, on: &str) -> String {
    let (snapshot, rules) = ledger.loaded();
    let all = both(&snapshot, &rules, day(on));
    let place = snapshot.place_of_student(&"a".parse().unwrap()).unwrap();
    let found = all.iter().find(|one| one.student == place).unwrap();
    let x = |id: &Arc<str>| &**id == "x";
    if let Some(fired) = found.fired.iter().find(|one| x(&one.indicator)) {
        // A word is shown by its key: how it is put is no concern of the rule.
        let value = match &fired.value {
            Value::Word(key) => key.trim_start_matches("risk-").to_owned(),
            value => value.said(crate::text::Lang::En),
        };
        return format!("fires {value}");
    }
    if let Some(open) = found.not_known.iter().find(|one| x(&one.indicator)) {
        return format!("? {}", open.reason.trim_start_matches("risk-unknown-"));
    }
    if found.calm.iter().any(|one| x(&one.indicator)) { "calm".to_owned() } else { "not asked".to_owned() }
}

fn assessed(ledger: &Ledger, on: &str) -> Vec<Assessment> {
    let (snapshot, rules) = ledger.loaded();
    both(&snapshot, &rules, day(on))
}

/// The assessment, which says the same in brief but for the facts and for what is calm: so in every ledger of these tests.
fn both(snapshot: &Snapshot, rules: &Rules, day: Day) -> Vec<Assessment> {
    let without_facts = |mut one: Assessment| {
        one.fired.iter_mut().for_each(|fired| fired.evidence.clear());
        one.calm.clear();
        one.left_behind.evidence.clear();
        one
    };
    let all = assess(snapshot, rules, day);
    let in_full: Vec<Assessment> = all.iter().cloned().map(without_facts).collect();
    let in_brief = assess_briefly(snapshot, rules, day);
    assert!(in_brief.iter().all(|one| one.calm.is_empty()));
    let in_brief: Vec<Assessment> = in_brief.into_iter().map(without_facts).collect();
    assert_eq!(in_brief, in_full);
    let levels_of_all = levels(snapshot, rules, day, |_| true);
    assert_eq!(levels_of_all, all.iter().map(|one| (one.student, one.gravest())).collect());
    all
}

fn fired(assessment: &Assessment) -> Vec<&str> {
    assessment.fired.iter().map(|one| &*one.indicator).collect()
}
