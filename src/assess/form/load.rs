//! Reads forms, and names what in them cannot be counted: with file and line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Equation, Form, Sum};
use crate::assess::OWN;
use crate::assess::rules::Rules;
use crate::ledger::Snapshot;
use crate::ledger::definitions::parse_toml;
use crate::ledger::template;
use crate::model::{Group, Outcome, Place, Problem, Problems};

/// The folder of the forms.
pub const FORMS: &str = "forms";

/// The names of the forms: those of the ledger, and those that every new ledger has.
fn names(snapshot: &Snapshot) -> BTreeSet<String> {
    let own = snapshot.definitions().files(FORMS);
    let shipped = template::files().into_iter().map(|(path, _)| path).filter(|path| path.starts_with("forms/"));
    let name = |path: String| Some(path.strip_prefix("forms/")?.strip_suffix(".toml")?.to_owned());
    own.into_iter().chain(shipped).filter_map(name).collect()
}

/// Every form that can be read, by name.
pub fn list(snapshot: &Snapshot, rules: &Rules) -> Outcome<Vec<Form>> {
    names(snapshot).iter().map(|name| load(snapshot, rules, name)).collect()
}

/// The form of a name.
///
/// # Errors
/// Where there is none, or its file says what cannot be counted.
pub fn load(snapshot: &Snapshot, rules: &Rules, name: &str) -> Outcome<Form> {
    let known = names(snapshot);
    if !known.contains(name) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        return Err(Problem::usage("form-unknown").with("name", name).with("known", known).into());
    }
    let path = format!("{FORMS}/{name}.toml");
    read(&path, &snapshot.definitions().text_or_shipped(&path)?, rules)
}

/// Everything that is wrong with the forms of a ledger.
pub fn check(snapshot: &Snapshot, rules: &Rules) -> Vec<Problem> {
    let wrong = |path: String| match snapshot.definitions().text(&path).and_then(|text| read(&path, &text, rules)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0,
    };
    snapshot.definitions().files(FORMS).into_iter().flat_map(wrong).collect()
}

/// Reads the text of a form.
///
/// # Errors
/// Each thing that is wrong with it, with its line.
pub fn read(path: &str, text: &str, rules: &Rules) -> Outcome<Form> {
    let mut form: Form = parse_toml(path, text)?;
    form.path = path.to_owned();
    let file = File { path, text };
    let mut problems = file.numbers(&form);
    problems.extend(file.definitions(&form, rules));
    for text in &form.equations {
        match Equation::parse(text) {
            Some(equation) => {
                problems.extend(equation.sides.iter().flat_map(|side| file.strangers(&form, side, text)));
                form.checked.push(equation);
            }
            None => problems.push(file.problem("form-equation", text, 0).with("value", text)),
        }
    }
    for text in &form.partitions {
        match Sum::parse(text) {
            Some(sum) => {
                problems.extend(file.strangers(&form, &sum, text));
                form.parted.push(sum);
            }
            None => problems.push(file.problem("form-equation", text, 0).with("value", text)),
        }
    }
    if problems.is_empty() { Ok(form) } else { Err(Problems(problems)) }
}

/// A form's file, in which lines are found.
struct File<'a> {
    path: &'a str,
    text: &'a str,
}

impl File<'_> {
    /// A problem on the line that holds some words for the so-manieth time (from 0).
    fn problem(&self, code: &'static str, words: &str, nth: usize) -> Problem {
        let mut holding = self.text.lines().enumerate().filter(|(_, line)| line.contains(words));
        let line = holding.nth(nth).map_or(1, |(at, _)| at as u32 + 1);
        Problem::data(code, Place::line(self.path, line))
    }

    /// Two columns of one number, and a form without any.
    fn numbers(&self, form: &Form) -> Vec<Problem> {
        let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
        let mut problems = Vec::new();
        for column in &form.column {
            let times = seen.entry(column.number).or_default();
            if *times > 0 {
                let line = format!("number = {}", column.number);
                let mut lines = self.text.lines().enumerate().filter(|(_, text)| text.trim() == line);
                let at = lines.nth(*times).map_or(1, |(at, _)| at as u32 + 1);
                let place = Place::line(self.path, at);
                problems.push(Problem::data("form-column-twice", place).with("number", column.number));
            }
            *times += 1;
            let empty = |ages: crate::model::Ages| matches!((ages.from, ages.until), (Some(a), Some(b)) if b < a);
            if column.r#where.age.is_some_and(empty) {
                let line = format!("number = {}", column.number);
                problems.push(self.problem("form-ages", &line, 0).with("number", column.number));
            }
        }
        if form.column.is_empty() {
            problems.push(Problem::data("form-no-column", Place::file(self.path)));
        }
        problems
    }

    /// Definitions of left behind that the ledger does not have.
    fn definitions(&self, form: &Form, rules: &Rules) -> Vec<Problem> {
        let of_group = |group: &Group| group.left_behind.clone();
        let excepted = form.column.iter().filter_map(|column| column.except.as_ref());
        let groups = form.column.iter().map(|column| &column.r#where).chain(excepted);
        let asked: BTreeSet<String> = groups
            .chain(form.beside.iter().map(|beside| &beside.r#where))
            .filter_map(of_group)
            .chain([form.left_behind.clone()])
            .collect();
        let missing = asked.into_iter().filter(|name| name != OWN && rules.definition(name).is_none());
        let known = rules.definitions.definition.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        missing
            .map(|name| {
                let words = format!("\"{name}\"");
                self.problem("form-definition", &words, 0).with("name", &name).with("known", &known)
            })
            .collect()
    }

    /// Columns of a sum that the form does not have.
    fn strangers(&self, form: &Form, sum: &Sum, text: &str) -> Vec<Problem> {
        let missing = sum.columns.iter().filter(|number| form.column(**number).is_none());
        let quoted = format!("\"{text}\"");
        missing
            .map(|number| self.problem("form-column-unknown", &quoted, 0).with("number", number).with("value", text))
            .collect()
    }
}
