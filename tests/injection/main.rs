//! Hostile text in every field, out of every command, in every format: paths, sequences for terminals, formulas, markup.
//!
//! Which fields there are is asked of the program (`fields`), which commands there are of its help (`commands`), and what an
//! output is made of is read by a parser of its format (`judge`) and compared with the same ledger full of harmless words.
//! GUANAI_INJECTION=all deals out every beginning of a text to every field, in as many rounds as there are beginnings.

mod commands;
mod fields;
mod hostile;
mod imports;
mod judge;
mod place;
#[path = "../support/mod.rs"]
mod support;
mod trials;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use commands::{Leaf, WRITES, leaf_of, leaves, reads};
use hostile::{ROUNDS, Texts, without};
use place::{Place, SECRET, walk};

/// The school full of harmless words, with what the program can be asked.
fn healthy() -> &'static (Place, BTreeMap<String, Leaf>) {
    static HEALTHY: OnceLock<(Place, BTreeMap<String, Leaf>)> = OnceLock::new();
    HEALTHY.get_or_init(|| {
        let place = Place::new(Texts::harmless());
        let leaves = leaves(&place.school);
        (place, leaves)
    })
}

/// The school in the round that every run has.
fn hostile() -> &'static Place {
    static HOSTILE: OnceLock<Place> = OnceLock::new();
    HOSTILE.get_or_init(|| Place::new(Texts::hostile(0)))
}

/// Gives every thing of a list to one of two threads; what they find comes back.
fn on_two_threads<T: Sync, R: Send>(list: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, found) = (Mutex::new(list.iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let one = next.lock().unwrap().next();
                    let Some(one) = one else { break };
                    let result = work(one);
                    found.lock().unwrap().push(result);
                }
            });
        }
    });
    found.into_inner().unwrap()
}

/// Fields that no listing or report shows as they were written: labels of what the ledger has no row of, registers of the
/// program's own, minutes that are no number, the name under which an attachment came.
fn is_hidden(place: &str) -> bool {
    let unseen = ["settings group, name", "register followups.reason", "attachment, name"];
    let below = ["label ", "register disclosures.", "register matches."];
    below.iter().any(|start| place.starts_with(start)) || place.ends_with(".minutes") || unseen.contains(&place)
}

#[test]
fn no_field_acts_in_any_format_of_any_command() {
    let (healthy, leaves) = healthy();
    let trials = trials::all(leaves);
    let others = match std::env::var("GUANAI_INJECTION").is_ok_and(|which| which == "all") {
        true => (1..ROUNDS).map(|round| Place::new(Texts::hostile(round))).collect(),
        false => Vec::new(),
    };
    for hostile in std::iter::once(hostile()).chain(&others) {
        let before = hostile.files();
        let found = on_two_threads(&trials, |trial| {
            let (wrong, marks) = trials::judged(trial, hostile, healthy);
            let named = |why: String| format!("{} ({}): {why}", trial.words.join(" "), trial.format);
            (wrong.into_iter().take(3).map(named).collect::<Vec<_>>(), marks)
        });
        let wrong: Vec<&String> = found.iter().flat_map(|(wrong, _)| wrong).collect();
        assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
        let new: Vec<PathBuf> = hostile.files().difference(&before).cloned().collect();
        assert!(new.is_empty(), "files that nobody asked for: {new:?}");
        let seen: BTreeSet<usize> = found.iter().flat_map(|(_, marks)| marks.iter().copied()).collect();
        let places = hostile.texts.places.iter().enumerate();
        let missed: Vec<&String> =
            places.filter(|(at, place)| !seen.contains(at) && !is_hidden(place)).map(|(_, place)| place).collect();
        assert!(missed.is_empty(), "no output shows {missed:#?}");
        eprintln!("{} fields, {} outputs, {} fields shown", hostile.texts.places.len(), trials.len(), seen.len());
    }
}

#[test]
fn a_text_in_the_place_of_a_day_a_code_or_an_id_is_refused_in_words_that_do_nothing() {
    let (_, leaves) = healthy();
    let spoilt = Place::spoilt(Texts::hostile(7));
    let mut trials = trials::all(leaves);
    let is_check = |trial: &trials::Trial| trial.words[0] == "check";
    trials.retain(|trial| is_check(trial) || ["table", "text", "txt"].contains(&trial.format));
    let found = on_two_threads(&trials, |trial| {
        let said = spoilt.run(&trial.words);
        let mut wrong = judge::terminal(&(said.out + &said.err));
        if said.code < 0 || said.code > 4 {
            wrong.push(format!("ends with {}: {}", said.code, said.err));
        }
        let file = trial.file.as_ref().and_then(|file| std::fs::read_to_string(spoilt.school.path(file)).ok());
        wrong.extend(file.map(|text| judge::terminal(&text)).unwrap_or_default());
        wrong.into_iter().map(|why| format!("{}: {why}", trial.words.join(" "))).collect::<Vec<_>>()
    });
    assert!(found.concat().is_empty(), "{:#?}", found.concat());
    let said = spoilt.run(&["check", "--format", "json"].map(str::to_owned)).out;
    let named = hostile::marks_in(&said).len();
    assert!(named > 200, "check names {named} of the texts that stand in a wrong place");
}

#[test]
fn every_command_is_tried_as_one_that_reads_or_one_that_writes() {
    let (_, leaves) = healthy();
    let mut tried: BTreeSet<String> = reads().iter().map(|line| leaf_of(leaves, line).name()).collect();
    tried.extend(WRITES.iter().map(|name| (*name).to_owned()));
    let of_their_own = ["letter", "report roster"].map(str::to_owned);
    let missing: Vec<&String> =
        leaves.keys().filter(|name| !tried.contains(*name) && !of_their_own.contains(name)).collect();
    assert!(missing.is_empty(), "not tried: {missing:?}");
    let gone: Vec<&&str> = WRITES.iter().filter(|name| !leaves.contains_key(**name)).collect();
    assert!(gone.is_empty(), "no commands: {gone:?}");
}

#[test]
fn no_argument_of_any_command_acts_in_what_is_said_of_it() {
    let (_, leaves) = healthy();
    let mut place = Place::new(Texts::hostile(3));
    let before = place.files();
    let mut lines = Vec::new();
    for leaf in leaves.values() {
        let mut words = [&leaf.words[..], &["--".to_owned()]].concat();
        words.extend((0..leaf.positional).map(|_| place.argument(&format!("argument of {}", leaf.name()))));
        lines.push(words);
        for option in &leaf.options {
            let mut words = leaf.words.clone();
            words.extend((0..leaf.positional).map(|_| fields::CHILD.to_owned()));
            words.push(format!("{option}={}", place.argument(&format!("{} {option}", leaf.name()))));
            lines.push(words);
        }
    }
    for option in ["--dir", "--as-of", "--format", "--lang", "--hostile"] {
        lines.push(vec!["risk".to_owned(), format!("{option}={}", place.argument(option))]);
    }
    lines.push(vec![place.argument("a command")]);
    // Where a file is asked for, its name may be anything, and stands in the folder where it is asked for.
    let is_file = |word: &str| word.starts_with("--out=") || word.starts_with("--ics=") || word == "man";
    for words in lines.iter_mut().filter(|words| words.iter().any(|word| is_file(word))) {
        words.iter_mut().for_each(|word| *word = without(word, &['/']));
    }
    let wrong: Vec<String> = on_two_threads(&lines, |words| {
        let words = [&["--dry-run".to_owned()], &words[..]].concat();
        let said = place.run(&words);
        let mut wrong = judge::terminal(&(said.out + &said.err));
        if said.code < 0 || said.code > 4 {
            wrong.push(format!("ends with {}: {}", said.code, said.err));
        }
        wrong.into_iter().map(|why| format!("{words:?}: {why}")).collect::<Vec<_>>()
    })
    .concat();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{wrong:#?}", wrong.len(), lines.len());
    let new: Vec<PathBuf> = place.files().difference(&before).cloned().collect();
    assert!(new.is_empty(), "files that nobody asked for: {new:?}");
    eprintln!("{} lines with hostile arguments", lines.len());
}

#[test]
fn no_header_or_cell_of_a_spreadsheet_acts_in_what_is_said_of_it_or_comes_of_it() {
    let mut place = Place::new(Texts::hostile(11));
    let before = place.files();
    let (mut wrong, seen, refused) = imports::judged(&mut place);
    eprintln!("the imports name {seen} texts, and give {refused} back");
    assert!(seen > 15 && refused > 5, "the imports name {seen} texts, and give {refused} back");
    for line in ["student list --format csv", "student list --format markdown", "student list", "check", "undo --list"]
    {
        let said = place.run(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let out = match line.rsplit(' ').next() {
            Some("csv") => judge::csv(&said.out),
            Some("markdown") => judge::markdown(&said.out),
            _ => judge::terminal(&said.out),
        };
        wrong.extend(out.into_iter().chain(judge::terminal(&said.err)).map(|why| format!("{line}: {why}")));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
    let inside =
        |path: &PathBuf| ["students", "logs", "registers"].iter().any(|dir| path.starts_with(place.school.path(dir)));
    let new: Vec<PathBuf> = place.files().difference(&before).filter(|path| !inside(path)).cloned().collect();
    assert!(new.is_empty(), "files that nobody asked for: {new:?}");
}

/// Names, notes, fields, kinds, labels, groups: every place of the ledger that takes words has some.
#[test]
fn no_text_of_any_field_is_in_what_a_county_gets() {
    for round in [0, 5] {
        let place = Place::new(Texts::hostile(round));
        for line in [
            "key county ../county.key",
            "export parquet --out ../county --key ../county.key --county 529901 --school s1 --to x --reason y",
        ] {
            let said = place.run(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
            assert_eq!((said.code, judge::terminal(&(said.out.clone() + &said.err))), (0, Vec::new()), "{said:?}");
        }
        let (mut paths, mut files) = (BTreeSet::new(), 0);
        walk(&place.school.path("../county"), &mut paths);
        for path in paths.iter().filter(|path| path.is_file()) {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            let marks: Vec<&String> =
                hostile::marks_in(&text).iter().filter_map(|at| place.texts.places.get(*at)).collect();
            assert!(marks.is_empty(), "{}: {marks:?}", path.display());
            files += 1;
        }
        assert_eq!(files, 7);
    }
}

#[test]
fn calendars_binders_rosters_and_packages_are_only_text_too() {
    let (healthy, hostile) = (&healthy().0, hostile());
    let before = hostile.files();
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/forms/01-civil-affairs.xlsx");
    let lines = [
        "due --days 400 --ics out/due.ics --to x --reason y".to_owned(),
        "report binder out/binder --names --to x --reason y".to_owned(),
        format!("report roster --like {form} --out out/roster.xlsx --all --names --to x --reason y"),
        "student handover cccccc --to x --reason y --out out/child.zip".to_owned(),
    ];
    for line in lines {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for place in [hostile, healthy] {
            let said = place.run(&words);
            assert_eq!((said.code, judge::terminal(&said.err)), (0, Vec::new()), "{line}: {said:?}");
        }
    }
    for place in [hostile, healthy] {
        let bytes = std::fs::read(place.school.path("out/child.zip")).unwrap();
        for (name, bytes) in guanai::ledger::package::unpacked(&bytes).unwrap() {
            let path = place.school.path("out/child").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    let read = |place: &Place, path: &str| std::fs::read(place.school.path(path)).unwrap();
    let plain = written(healthy);
    for path in written(hostile) {
        let bytes = read(hostile, &path);
        if bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()) {
            wrong.push(format!("{path} holds what stands outside of the ledger"));
        }
        let letters: Vec<char> = path.chars().filter(|letter| hostile::acts(*letter)).collect();
        if !letters.is_empty() || path.split('/').any(is_no_name) {
            wrong.push(format!("{path:?} is no name for a file"));
        }
        // Of a record that is handed over nothing is changed: it is data, and no document.
        if !path.contains("/record/") && !path.ends_with("handover.json") {
            count += 1;
            let same_ending = |other: &&String| other.rsplit('.').next() == path.rsplit('.').next();
            let known = || plain.iter().filter(same_ending).map(|other| read(healthy, other)).collect();
            let found = trials::of_file(&path, &bytes, &hostile.texts.whole, &known);
            wrong.extend(found.into_iter().map(|why| format!("{path}: {why}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 30, "{count} files");
    let new: Vec<PathBuf> = hostile.files().difference(&before).cloned().collect();
    assert!(new.is_empty(), "files that nobody asked for: {new:?}");
}

/// Every file that these commands have written, from the ledger's folder.
fn written(place: &Place) -> Vec<String> {
    let mut found = BTreeSet::new();
    for dir in ["out/binder", "out/child"] {
        walk(&place.school.path(dir), &mut found);
    }
    found.retain(|path| path.is_file());
    let inside = |path: PathBuf| path.strip_prefix(place.school.root()).unwrap().to_string_lossy().into_owned();
    let own = ["out/due.ics", "out/roster.xlsx"].map(str::to_owned);
    own.into_iter().chain(found.into_iter().map(inside)).collect()
}

/// Names that lead elsewhere, hide, or are kept by Windows for itself.
fn is_no_name(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_lowercase();
    part.is_empty()
        || part.starts_with(['.', '-', '~', ' '])
        || part.ends_with(['.', ' '])
        || part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
        || ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"].contains(&stem.as_str())
}
