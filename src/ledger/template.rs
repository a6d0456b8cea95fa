//! The tree of `data-template/`, embedded: what `init` writes and what an upgrade compares with.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use toml_edit::{DocumentMut, value};

use super::change::ChangeSet;
use super::definitions::{WORDS_FILE, parse_toml};
use super::folder::{Folder, SCHOOL_FILE};
use crate::model::kind::Kind;
use crate::model::{Day, FollowUpTypes, Outcome, school_year_on};

static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/data-template");

/// The school year that the dates of the template's terms are written for.
const TEMPLATE_YEAR: i32 = 2026;

/// Files of the template that belong to the program and not to a ledger.
const NOT_OF_A_LEDGER: &str = "report/";

/// Every file of a new ledger, by path.
pub fn files() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&TEMPLATE, &mut files);
    files.retain(|(path, _)| !path.starts_with(NOT_OF_A_LEDGER));
    files.sort();
    files
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    files.extend(dir.files().map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())));
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The text of one file of the template.
pub fn text(path: &str) -> String {
    TEMPLATE.get_file(path).and_then(|file| file.contents_utf8()).unwrap_or_default().to_owned()
}

/// Every kind of activity of a new ledger, by name.
///
/// # Errors
/// None but a fault of the program, which a test finds; the same of [`follow_up_types`].
pub fn kinds() -> Outcome<BTreeMap<String, Kind>> {
    let mut kinds = BTreeMap::new();
    for (path, bytes) in files().into_iter().filter(|(path, _)| path.starts_with("kinds/") && path != WORDS_FILE) {
        let defined: BTreeMap<String, Kind> = parse_toml(&path, &String::from_utf8_lossy(bytes))?;
        kinds.extend(defined.into_iter().map(|(name, kind)| (name.clone(), Kind { name, ..kind })));
    }
    Ok(kinds)
}

/// Every type of follow-up of a new ledger.
pub fn follow_up_types() -> Outcome<FollowUpTypes> {
    parse_toml(FOLLOW_UPS_FILE, &text(FOLLOW_UPS_FILE))
}

const FOLLOW_UPS_FILE: &str = "rules/followups.toml";

/// `guanai.toml` of a new ledger: the school's name, terms around the day, and the day as the first that it speaks of.
pub fn school_file(name: &str, language: &str, day: Day) -> String {
    let text =
        TEMPLATE.get_file(SCHOOL_FILE).and_then(|file| file.contents_utf8()).expect("the template has its school");
    let mut document: DocumentMut = text.parse().expect("the template is TOML");
    document["school"]["name"] = value(name);
    document["school"]["language"] = value(language);
    document["school"]["since"] = date(day);
    let years = i64::from(school_year_on(day) - TEMPLATE_YEAR);
    for key in ["term", "holiday"] {
        let stretches = document[key].as_array_of_tables_mut().expect("the template has terms and holidays");
        stretches.iter_mut().for_each(|stretch| move_years(stretch, years));
    }
    document.to_string()
}

fn move_years(stretch: &mut toml_edit::Table, years: i64) {
    let name = stretch["name"].as_str().expect("a stretch has a name").to_owned();
    let (year, season) = name.split_once('-').expect("a stretch is named by year and season");
    let year: i64 = year.parse().expect("a stretch is named by its year");
    stretch["name"] = value(format!("{}-{season}", year + years));
    for key in ["from", "until"] {
        let day: Day = stretch[key].to_string().trim().parse().expect("a stretch has two days");
        let moved = Day::new(day.year() + years as i32, day.month(), day.of_month()).unwrap_or_else(|| day.plus(-1));
        stretch[key] = date(moved);
    }
}

fn date(day: Day) -> toml_edit::Item {
    value(day.to_string().parse::<toml_edit::Datetime>().expect("a day is TOML"))
}

/// What became of one file of the template in an upgrade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upgrade {
    Added(String),
    /// The school has changed it, and the template differs: it is left as it is.
    Left(String),
}

/// Adds the definitions that a ledger does not have yet; a file that differs is left and named.
pub fn upgrade(folder: &Folder, change_set: &mut ChangeSet) -> Outcome<Vec<Upgrade>> {
    let mut found = Vec::new();
    for (path, bytes) in files() {
        if path == SCHOOL_FILE || path.starts_with("registers/") {
            continue;
        }
        match folder.read(&path)? {
            None => {
                change_set.write(&path, None, Some(bytes.to_vec()));
                found.push(Upgrade::Added(path));
            }
            Some(old) if old != bytes => found.push(Upgrade::Left(path)),
            Some(_) => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_ledger_has_terms_around_its_day() {
        let text = school_file("青石镇中心小学", "zh", "2028-05-01".parse().unwrap());
        let school: crate::model::School = toml::from_str(&text).unwrap();
        assert_eq!(school.school.name, "青石镇中心小学");
        assert_eq!(school.term_on("2028-05-01".parse().unwrap()).unwrap().name, "2028-spring");
        assert_eq!(school.school.since.unwrap().to_string(), "2028-05-01");
        assert!(text.contains("# Terms and holidays"));
    }
}
