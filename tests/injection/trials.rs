//! One output after the other: a command, a format, and what a parser of that format makes of it.

use std::collections::BTreeMap;

use super::commands::{Leaf, WRITES, leaf_of, reads};
use super::hostile::marks_in;
use super::judge::{self, Parts, Wrong};
use super::place::Place;

/// Formats of a listing, and endings of a report.
const LISTINGS: [&str; 5] = ["table", "csv", "json", "jsonl", "markdown"];
const FILES: [&str; 6] = ["txt", "md", "html", "json", "docx", "xlsx"];
/// Commands whose values are pieces of what was written, or told of in a message.
const PARTED: [&str; 5] = ["check", "staff workload", "report staff", "resource hours", "letter"];

/// Lines beside those of `tests/sealed.rs`: the other child, other forms, letters, files of other kinds.
const MORE: &[&[&str]] = &[
    &["student", "show", "aaaaaa"],
    &["risk", "explain", "aaaaaa"],
    &["log", "kinds", "home-visit"],
    &["log", "list", "score"],
    &["plan", "gaps", "--open"],
    &["plan", "status", "--by", "class"],
    &["report", "statistics", "enrolment"],
    &["report", "statistics", "term-counts"],
    &["letter", "contact-card", "cccccc", "--leave-blank", "--draft"],
    &["letter", "safety-agreement", "cccccc", "--leave-blank", "--draft"],
];

/// One output that is tried: a line, the format in which it is asked for, and the file that it goes to.
pub struct Trial {
    pub words: Vec<String>,
    /// Whom it is for and why, and that names are wanted: not every report takes it.
    more: Vec<String>,
    pub format: &'static str,
    pub file: Option<String>,
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Every line in every format that it has, in one language and the other.
pub fn all(leaves: &BTreeMap<String, Leaf>) -> Vec<Trial> {
    let lines = reads().into_iter().chain(MORE.iter().map(|line| owned(line)));
    lines.enumerate().flat_map(|(at, line)| of_line(at, line, leaves)).collect()
}

fn of_line(at: usize, mut line: Vec<String>, leaves: &BTreeMap<String, Leaf>) -> Vec<Trial> {
    line.iter_mut().filter(|word| *word == "FOLLOW-UP").for_each(|word| *word = "followups-1".to_owned());
    let leaf = leaf_of(leaves, &line).clone();
    // What is written into a folder or an archive has a test of its own.
    let is_report = leaf.takes("--out") && leaf.name() != "student handover";
    let is_text_alone =
        WRITES.contains(&leaf.name().as_str()) || ["report binder", "student handover"].contains(&leaf.name().as_str());
    let is_letter = leaf.name() == "letter";
    let formats = match (is_report, is_text_alone) {
        (true, _) if is_letter => &FILES[..5],
        (true, _) => &FILES[..],
        (false, true) => &["text"][..],
        (false, false) => &LISTINGS[..],
    };
    let trial = |(format_at, format): (usize, &&'static str)| {
        let mut words = line.clone();
        let lang = if (at + format_at).is_multiple_of(2) { "zh" } else { "en" };
        words.extend(owned(&["--lang", lang, "--reveal"]));
        let file = is_report.then(|| format!("out/{at}.{format}"));
        match &file {
            Some(file) => words.extend(owned(&["--out", file])),
            None if !is_text_alone => words.extend(owned(&["--format", format])),
            None => {}
        }
        if file.is_none() && !line.iter().any(|word| word == "--dry-run") {
            words.push("--dry-run".to_owned());
        }
        let wanted = [&["--names"][..], &["--to", "x"], &["--reason", "y"]];
        let more = wanted.iter().filter(|option| is_report && leaf.takes(option[0]));
        Trial { words, more: more.flat_map(|option| owned(option)).collect(), format, file }
    };
    formats.iter().enumerate().map(trial).collect()
}

/// What is wrong with an output, and the fields that it shows.
pub fn judged(trial: &Trial, hostile: &Place, healthy: &Place) -> (Wrong, Vec<usize>) {
    let mut words = [&trial.words[..], &trial.more].concat();
    let mut heard = hostile.run(&words);
    if heard.code == 2 && !trial.more.is_empty() {
        words.clone_from(&trial.words);
        heard = hostile.run(&words);
    }
    let mut wrong = judge::terminal(&heard.err);
    // A child who is at school is not forgotten, and of two records that differ somebody has to choose.
    let may_refuse =
        ["forget", "merge"].iter().any(|word| trial.words.starts_with(&owned(&["student", word, "cccccc"])));
    if !matches!((heard.code, may_refuse), (0 | 1, _) | (3, true)) {
        wrong.push(format!("ends with {}: {}", heard.code, heard.err));
    }
    let is_parted = PARTED.iter().any(|words| trial.words.join(" ").starts_with(words));
    let given: &[String] = if is_parted { &[] } else { &hostile.texts.whole };
    let Some(file) = &trial.file else {
        wrong.extend(match trial.format {
            "csv" => judge::csv(&heard.out),
            "json" => judge::json(&heard.out, given),
            "jsonl" => judge::json_lines(&heard.out, given),
            "markdown" => judge::markdown(&heard.out),
            _ => judge::terminal(&heard.out),
        });
        return (wrong, marks_in(&(heard.out + &heard.err)));
    };
    let healthy_one = || {
        healthy.run(&words);
        vec![std::fs::read(healthy.school.path(file)).unwrap_or_default()]
    };
    match std::fs::read(hostile.school.path(file)) {
        Ok(bytes) => wrong.extend(of_file(file, &bytes, given, &healthy_one)),
        Err(error) => wrong.push(format!("{file}: {error}")),
    }
    let text = std::fs::read(hostile.school.path(file)).unwrap_or_default();
    (wrong, marks_in(&String::from_utf8_lossy(&text)))
}

/// What is wrong with a file that was written, against those that the healthy school writes in its place.
pub fn of_file(file: &str, bytes: &[u8], given: &[String], healthy: &dyn Fn() -> Vec<Vec<u8>>) -> Wrong {
    let text = String::from_utf8_lossy(bytes);
    let parts = |read: &dyn Fn(&[u8]) -> Result<Parts, String>| {
        let known: Result<Vec<Parts>, String> = healthy().iter().map(|bytes| read(bytes)).collect();
        match (read(bytes), known) {
            (Ok(found), Ok(known)) => {
                let strange = found.iter().filter(|part| !known.iter().any(|known| known.contains(*part)));
                strange.map(|part| format!("holds {part}, as no healthy one does")).collect()
            }
            (Err(error), _) => vec![error],
            (_, Err(error)) => vec![format!("a healthy one: {error}")],
        }
    };
    match file.rsplit('.').next().unwrap_or_default() {
        "md" => judge::markdown(&text),
        "json" => judge::json(&text, given),
        "html" => parts(&|bytes| judge::html(&String::from_utf8_lossy(bytes))),
        "docx" | "xlsx" => parts(&judge::office),
        "ics" => parts(&judge::calendar),
        _ => judge::terminal(&text),
    }
}
