//! Reads the plans of a ledger, and names everything in them that could never be met or missed: with file and line.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Commitment, Count, For, OneOrMany, Plan, State};
use super::state::KEYS;
use crate::assess::pairing;
use crate::ledger::Snapshot;
use crate::ledger::definitions::parse_toml;
use crate::model::kind::{FieldType, Kind};
use crate::model::{FollowUpTypes, Outcome, Place, Problem, Problems};

/// Reads every plan of a ledger. What is wrong in one is named with its file and line.
pub fn load(snapshot: &Snapshot) -> Outcome<Vec<Plan>> {
    let definitions = snapshot.definitions();
    let known = Known { snapshot, kinds: snapshot.kinds()?, types: snapshot.follow_up_types()? };
    let mut plans = Vec::new();
    let mut problems = Vec::new();
    let mut codes = BTreeMap::new();
    for path in definitions.files("plans") {
        match definitions.text(&path).and_then(|text| Ok((read(&path, &text)?, text))) {
            Ok((plan, text)) => {
                problems.extend(known.problems_of(&plan, &text, &mut codes));
                plans.push(plan);
            }
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    // The comprehensive plan is the one that the others unfold.
    plans.sort_by_key(|plan| (plan.name != "comprehensive", plan.name.clone()));
    if problems.is_empty() { Ok(plans) } else { Err(Problems(problems)) }
}

fn read(path: &str, text: &str) -> Outcome<Plan> {
    let mut plan: Plan = parse_toml(path, text)?;
    plan.path = path.to_owned();
    Ok(plan)
}

/// The line on which a code stands for the so-manieth time; nothing stands on line 0.
fn line_of(text: &str, code: &str, nth: usize) -> u32 {
    let needle = format!("\"{code}\"");
    let lines = text.lines().enumerate();
    let mut own = lines.filter(|(_, line)| line.trim_start().starts_with("code") && line.contains(&needle));
    own.nth(nth).map_or(1, |(at, _)| at as u32 + 1)
}

/// What a plan may name.
struct Known<'a> {
    snapshot: &'a Snapshot,
    kinds: &'a BTreeMap<String, Kind>,
    types: FollowUpTypes,
}

/// What is wrong with a commitment: the code of the problem, and the value that it is about.
type Wrong = (&'static str, String);

impl Known<'_> {
    fn problems_of(&self, plan: &Plan, text: &str, codes: &mut BTreeMap<String, Place>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for commitment in &plan.commitment {
            let nth = seen.entry(&commitment.code).or_default();
            let place = Place::line(&plan.path, line_of(text, &commitment.code, *nth));
            *nth += 1;
            let problem = |(what, value): Wrong| {
                Problem::data(what, place.clone()).with("code", &commitment.code).with("value", value)
            };
            if let Some(first) = codes.get(&commitment.code) {
                problems.push(problem(("plan-code-twice", first.to_string())));
            } else {
                codes.insert(commitment.code.clone(), place.clone());
            }
            problems.extend(self.wrong_with(commitment).into_iter().map(problem));
        }
        problems
    }

    fn wrong_with(&self, commitment: &Commitment) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let shapes = [commitment.count.is_some(), commitment.within.is_some(), commitment.state.is_some()];
        if shapes.iter().filter(|shape| **shape).count() != 1 {
            wrong.push(("plan-shape", String::new()));
        }
        let missing = |names: Vec<&str>, code: &'static str, known: &dyn Fn(&str) -> bool| -> Vec<Wrong> {
            names.into_iter().filter(|name| !known(name)).map(|name| (code, name.to_owned())).collect()
        };
        wrong.extend(missing(named_kinds(commitment), "plan-kind", &|name| self.kinds.contains_key(name)));
        wrong.extend(missing(named_types(commitment), "plan-follow-up", &|name| self.types.contains_key(name)));
        let groups = &self.snapshot.school.group;
        wrong.extend(missing(named_groups(commitment), "plan-group", &|name| groups.contains_key(name)));
        if let Some(count) = &commitment.count {
            wrong.extend(self.wrong_with_count(count, &commitment.unit));
        }
        if let Some(state) = &commitment.state {
            wrong.extend(wrong_with_state(state, &commitment.unit));
        }
        if commitment.within.as_ref().is_some_and(|within| {
            let after = &within.after;
            let triggers =
                [after.kind.is_some(), after.followup.is_some(), after.screening.is_some(), after.exam.is_some()];
            let answers = [within.answer.kind.is_some(), within.answer.followup_done.is_some()];
            let one = |of: &[bool]| of.iter().filter(|there| **there).count() == 1;
            !one(&triggers) || !one(&answers)
        }) {
            wrong.push(("plan-within", String::new()));
        }
        wrong
    }

    fn wrong_with_count(&self, count: &Count, unit: &For) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let least = count.distinct.as_ref().and_then(|distinct| distinct.least);
        let birthday_of_nobody = count.birthday.is_some() && !matches!(unit, For::Group(_));
        if count.times == Some(0) || least == Some(0) || birthday_of_nobody {
            wrong.push(("plan-never", String::new()));
        }
        let Some(kind) = self.kinds.get(&count.kind) else { return wrong };
        let narrowed = count.narrowed.iter().map(|(field, value)| (field, std::slice::from_ref(value)));
        let distinct = count.distinct.iter().map(|distinct| (&distinct.field, distinct.of.as_slice()));
        for (field, values) in narrowed.chain(distinct) {
            match kind.field(field) {
                None => wrong.push(("plan-field", field.clone())),
                Some(field) if field.kind == FieldType::Choice => {
                    let named = values.iter().flat_map(OneOrMany::values);
                    let strange = named.filter(|value| !field.of.contains(value));
                    wrong.extend(strange.map(|value| ("plan-value", format!("{} = {value}", field.name))));
                }
                Some(_) => {}
            }
        }
        // More different values than there are can never come.
        if let Some(distinct) = &count.distinct
            && !distinct.of.is_empty()
            && distinct.least.is_some_and(|least| least as usize > distinct.of.len())
        {
            wrong.push(("plan-never", String::new()));
        }
        wrong
    }
}

fn wrong_with_state(state: &State, unit: &For) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let is_child = matches!(unit, For::Group(_));
    let asked = [
        (state.pairing.is_some(), is_child),
        (state.agreement.is_some(), is_child),
        (state.file.is_some(), is_child),
        (state.meal_support, is_child),
        (state.resource.is_some(), matches!(unit, For::School | For::Class)),
        (state.contact_group, *unit == For::Class),
        (state.staff_workload, *unit == For::Staff),
        (state.ledger_check, *unit == For::School),
    ];
    let there: Vec<bool> = asked.iter().filter(|(there, _)| *there).map(|(_, fits)| *fits).collect();
    if there != [true] || (state.contact.is_some() && state.pairing.is_none()) {
        wrong.push(("plan-state", String::new()));
    }
    if state.times == Some(0) {
        wrong.push(("plan-never", String::new()));
    }
    let pairing = state.pairing.iter().filter(|kind| !pairing::TYPES.contains(&kind.as_str()));
    wrong.extend(pairing.map(|kind| ("plan-pairing", kind.clone())));
    let keys = state.file.iter().flat_map(|file| &file.keys).filter(|key| !KEYS.contains(&key.as_str()));
    wrong.extend(keys.map(|key| ("plan-key", key.clone())));
    wrong
}

fn named_kinds(commitment: &Commitment) -> Vec<&str> {
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    kinds.extend(commitment.count.iter().map(|count| count.kind.as_str()));
    if let Some(within) = &commitment.within {
        kinds.extend(within.after.kind.iter().chain(&within.answer.kind).map(String::as_str));
    }
    if let Some(state) = &commitment.state {
        kinds.extend(state.contact.iter().map(|contact| contact.kind.as_str()));
        let file = state.file.as_ref();
        let parts = file.iter().flat_map(|file| &file.each);
        let watched = file.and_then(|file| file.watched.as_ref());
        let parts = parts.chain(watched.iter().flat_map(|watched| &watched.each));
        kinds.extend(parts.flat_map(OneOrMany::values).map(String::as_str));
    }
    kinds.into_iter().collect()
}

fn named_types(commitment: &Commitment) -> Vec<&str> {
    let within = commitment.within.iter().flat_map(|one| one.after.followup.iter().chain(&one.answer.followup_done));
    let count = commitment.count.as_ref().and_then(|count| count.dealt_with.as_ref());
    within.map(String::as_str).chain(count.map(|one| one.followup.as_str())).collect()
}

fn named_groups(commitment: &Commitment) -> Vec<&str> {
    let unit = match &commitment.unit {
        For::Group(group) => Some(group.as_str()),
        _ => None,
    };
    let watched = commitment.state.as_ref().and_then(|state| state.file.as_ref()).and_then(|one| one.watched.as_ref());
    unit.into_iter().chain(watched.map(|watched| watched.group.as_str())).collect()
}
