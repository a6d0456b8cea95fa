//! What is wrong with a file of indicators: a kind, field, value, type or definition that the ledger does not have, an
//! indicator without the grade that the grading needs, an id that stands twice.

use std::collections::BTreeSet;

use super::metric::Metric;
use super::rules::{Emergency, Grading, Indicator, Row};
use crate::assess::rules::Rules;
use crate::model::kind::FieldType;
use crate::model::{Level, Place, Problem};

/// Everything that is wrong, each with the line of its rule.
pub(super) fn check(
    path: &str,
    grading: &Grading,
    no_contact: &[(u32, Row)],
    emergencies: &[(u32, Emergency)],
    indicators: &[(u32, Indicator)],
    rules: &Rules,
) -> Vec<Problem> {
    let mut check = Check { path, rules, ids: BTreeSet::new(), problems: Vec::new() };
    if matches!(grading, Grading::Points { bands } if bands.is_empty()) {
        check.wrong("rule-empty", &At { line: 1, rule: "grading" }, &[("key", "bands")]);
    }
    for (line, row) in no_contact {
        check.row(&At { line: *line, rule: "no-contact" }, &row.kind, &row.field, &row.is);
    }
    for (line, emergency) in emergencies {
        let at = At { line: *line, rule: &emergency.id };
        check.id(&at);
        check.row(&at, &emergency.kind, &emergency.field, &emergency.is);
        check.follow_up_type(&at, &emergency.until);
        check.said(&at, "is", !emergency.is.is_empty());
    }
    for (line, indicator) in indicators {
        let at = At { line: *line, rule: &indicator.id };
        check.id(&at);
        check.grade(&at, grading, indicator);
        check.group(&at, indicator);
        check.metric(&at, &indicator.metric);
        check.bounds(&at, &indicator.metric);
    }
    check.problems
}

/// Where a rule stands, and what it is called.
struct At<'a> {
    line: u32,
    rule: &'a str,
}

struct Check<'a> {
    path: &'a str,
    rules: &'a Rules,
    ids: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn wrong(&mut self, code: &'static str, at: &At, values: &[(&'static str, &str)]) {
        let problem = Problem::data(code, Place::line(self.path, at.line)).with("rule", at.rule);
        self.problems.push(values.iter().fold(problem, |problem, (name, value)| problem.with(name, value)));
    }

    fn id(&mut self, at: &At) {
        if !self.ids.insert(at.rule.to_owned()) {
            self.wrong("rule-twice", at, &[]);
        }
    }

    fn grade(&mut self, at: &At, grading: &Grading, indicator: &Indicator) {
        let graded = match grading {
            Grading::Gravest { .. } => indicator.level.is_some(),
            Grading::Points { .. } => indicator.points.is_some() || indicator.level.is_some(),
        };
        if !graded || indicator.level == Some(Level::None) {
            self.wrong("rule-grade", at, &[]);
        }
    }

    /// A group that asks for a level of risk cannot decide what the level rests on.
    fn group(&mut self, at: &At, indicator: &Indicator) {
        let Some(group) = &indicator.whom else { return };
        if group.risk.is_some() {
            self.wrong("rule-group", at, &[]);
        }
        if let Some(name) = group.left_behind.as_ref().filter(|name| self.rules.definition(name).is_none()) {
            self.wrong("rule-definition", at, &[("name", name)]);
        }
    }

    fn kind(&mut self, at: &At, kind: &str) {
        if !self.rules.kinds.contains_key(kind) {
            self.wrong("rule-kind", at, &[("kind", kind)]);
        }
    }

    fn field(&mut self, at: &At, kind: &str, field: &str) {
        self.kind(at, kind);
        if self.rules.kinds.get(kind).is_some_and(|kind| kind.field(field).is_none()) {
            self.wrong("rule-field", at, &[("kind", kind), ("field", field)]);
        }
    }

    fn row(&mut self, at: &At, kind: &str, field: &str, values: &[String]) {
        self.field(at, kind, field);
        let Some(field) = self.rules.kinds.get(kind).and_then(|kind| kind.field(field)) else { return };
        if field.kind != FieldType::Choice {
            return;
        }
        for value in values.iter().filter(|value| !field.of.contains(value)) {
            let known = field.of.join(", ");
            self.wrong("rule-value", at, &[("field", &field.name), ("value", value), ("known", &known)]);
        }
    }

    fn follow_up_type(&mut self, at: &At, name: &str) {
        if !self.rules.follow_up_types.contains_key(name) {
            self.wrong("rule-type", at, &[("type", name)]);
        }
    }

    fn said(&mut self, at: &At, key: &str, said: bool) {
        if !said {
            self.wrong("rule-empty", at, &[("key", key)]);
        }
    }

    /// A bound of zero fires for everybody, and an empty list for nobody: neither is what a school can mean.
    fn bounds(&mut self, at: &At, metric: &Metric) {
        match metric {
            Metric::DaysSince { days, .. } | Metric::LowScore { days, .. } | Metric::ScoreDrop { days, .. } => {
                self.said(at, "days", *days > 0);
            }
            Metric::StandardDrop { drop, earlier, days } => {
                self.said(at, "drop", *drop > 0.0);
                self.said(at, "earlier", *earlier > 0);
                self.said(at, "days", *days > 0);
            }
            Metric::FailingSubjects { at_least, days, .. } => {
                self.said(at, "at-least", *at_least > 0);
                self.said(at, "days", *days > 0);
            }
            Metric::Count { kinds, days, at_least, .. } => {
                self.said(at, "kinds", !kinds.is_empty());
                self.said(at, "days", *days != Some(0));
                self.said(at, "at-least", *at_least > 0);
            }
            Metric::AbsenceRate { percent, .. } => self.said(at, "percent", *percent > 0.0),
            Metric::Band { is, days, .. } => {
                self.said(at, "is", !is.is_empty());
                self.said(at, "days", *days > 0);
            }
            Metric::GuardianAbility { is } => self.said(at, "is", !is.is_empty()),
            Metric::FollowUps { at_least, .. } => self.said(at, "at-least", *at_least > 0),
            Metric::WeeklyContact { weeks, .. } => self.said(at, "weeks", *weeks > 0),
            _ => {}
        }
    }

    fn metric(&mut self, at: &At, metric: &Metric) {
        match metric {
            Metric::DaysSince { kinds, contact, .. } => {
                if kinds.is_empty() == contact.is_none() {
                    self.wrong("rule-kinds-or-contact", at, &[]);
                }
                kinds.iter().for_each(|kind| self.kind(at, kind));
            }
            Metric::Count { kinds, field, is, .. } => {
                for kind in kinds {
                    match field {
                        Some(field) => self.row(at, kind, field, is),
                        None => self.kind(at, kind),
                    }
                }
            }
            Metric::AbsenceRate { kind, field, .. } => self.field(at, kind, field),
            Metric::LowScore { marks, .. }
            | Metric::ScoreDrop { marks, .. }
            | Metric::FailingSubjects { marks, .. } => {
                for field in [&marks.subject, &marks.score, &marks.full].into_iter().chain(&marks.grade) {
                    self.field(at, &marks.kind, field);
                }
            }
            Metric::Band { kind, field, is, void, each, .. } => {
                let values: Vec<String> = is.iter().chain(void).cloned().collect();
                self.row(at, kind, field, &values);
                each.iter().for_each(|each| self.field(at, kind, each));
            }
            Metric::WeeklyContact { kind, field, also, .. } => {
                self.field(at, kind, field);
                also.iter().for_each(|kind| self.kind(at, kind));
            }
            Metric::FollowUps { types, .. } => types.iter().for_each(|name| self.follow_up_type(at, name)),
            _ => {}
        }
    }
}
