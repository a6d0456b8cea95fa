//! Whom an activity is for, from the words of the command line.

use std::collections::BTreeSet;
use std::io::{self, Read};

use crate::ledger::record::path_of;
use crate::ledger::{Folder, Snapshot, find};
use crate::model::{Class, Day, Outcome, Place, Problem, Problems, StudentId};

/// The cell of an activity's students, and the children by name.
#[derive(Debug, Default)]
pub(crate) struct Whom {
    pub cell: String,
    pub children: Vec<StudentId>,
}

/// Takes `-` for the words of standard input, one or more a line.
pub(crate) fn with_standard_input(words: &[String]) -> Outcome<Vec<String>> {
    let mut all = Vec::new();
    for word in words {
        if word == "-" {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Problem::data("stdin-not-text", Place::Nowhere).with("reason", error))?;
            all.extend(text.split_whitespace().map(str::to_owned));
        } else {
            all.push(word.clone());
        }
    }
    Ok(all)
}

/// Whether every word is the whole id of a student's file, so that no student need be loaded to know whom it means.
pub(crate) fn are_ids(folder: &Folder, words: &[String]) -> bool {
    words.iter().all(|word| crate::model::is_id(word) && folder.path(&format!("students/{word}.toml")).is_file())
}

/// The students that the words mean: ids, names, `class:2023-2`, `all`. All words that mean nobody are named.
pub(crate) fn resolve(snapshot: &Snapshot, words: &[String], absent: &[String], day: Day) -> Outcome<Whom> {
    let mut problems = Vec::new();
    let mut cell: Vec<String> = Vec::new();
    let mut children = BTreeSet::new();
    for word in words {
        if word == "all" {
            cell.push(word.clone());
        } else if let Some(class) = word.strip_prefix("class:") {
            match class_known(snapshot, class, day) {
                Ok(class) => cell.push(format!("class:{class}")),
                Err(wrong) => problems.extend(wrong.0),
            }
        } else {
            match one(snapshot, word, day) {
                Ok(id) if children.insert(id.clone()) => cell.push(id.to_string()),
                Ok(_) => {}
                Err(wrong) => problems.extend(wrong.0),
            }
        }
    }
    for word in absent {
        match one(snapshot, word, day) {
            Ok(id) => cell.push(format!("-{id}")),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    match problems.is_empty() {
        true => Ok(Whom { cell: cell.join(" "), children: children.into_iter().collect() }),
        false => Err(Problems(problems)),
    }
}

fn one(snapshot: &Snapshot, word: &str, day: Day) -> Outcome<StudentId> {
    // Where all words are ids no student was loaded; that there is such a file is what makes a word one.
    if snapshot.students.is_empty()
        && let Ok(id) = word.parse::<StudentId>()
        && snapshot.read(&path_of(&id))?.is_some()
    {
        return Ok(id);
    }
    Ok(snapshot.student(find::student(snapshot, word, day)?).id.clone())
}

fn class_known(snapshot: &Snapshot, text: &str, day: Day) -> Outcome<Class> {
    let class: Class = text.parse().map_err(|_| Problem::usage("class-wrong").with("value", text))?;
    let has_children =
        snapshot.students.iter().any(|file| file.student.class == Some(class) && file.student.enrolled_on(day));
    match has_children || snapshot.students.is_empty() {
        true => Ok(class),
        false => Err(Problem::usage("class-empty").with("class", class).with("day", day).into()),
    }
}
