//! The psychological scales of a ledger (`scales/*.toml`): read, and what is wrong with one named by file and line.

use std::collections::BTreeMap;

use super::definitions::{Definitions, parse_toml};
use super::record::nearest_line;
use crate::model::scale::Scale;
use crate::model::{Outcome, Place, Problem, Problems};

const FOLDER: &str = "scales";

/// Every scale by name. What is wrong with any of them is named at once.
pub fn scales(definitions: &Definitions) -> Outcome<BTreeMap<String, Scale>> {
    let mut scales = BTreeMap::new();
    let mut problems = Vec::new();
    for path in definitions.files(FOLDER) {
        match definitions.text(&path).and_then(|text| read(&path, &text)) {
            Ok(scale) => {
                scales.insert(scale.name.clone(), scale);
            }
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(scales) } else { Err(Problems(problems)) }
}

/// Reads one scale.
pub fn read(path: &str, text: &str) -> Outcome<Scale> {
    let mut scale: Scale = parse_toml(path, text)?;
    name_of(path).clone_into(&mut scale.name);
    let problem = |fault: &crate::model::scale::Fault| {
        let place = Place::line(path, nearest_line(text, &fault.key));
        Problem::data(fault.code, place).with("key", &fault.key).with("value", &fault.value)
    };
    let problems: Vec<Problem> = scale.faults().iter().map(problem).collect();
    if problems.is_empty() { Ok(scale) } else { Err(Problems(problems)) }
}

fn name_of(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The scale of a name, or of a label in either language; else an error that lists those that there are.
pub fn scale_named(definitions: &Definitions, name: &str) -> Outcome<Scale> {
    let path = format!("{FOLDER}/{name}.toml");
    if definitions.files(FOLDER).contains(&path) {
        return read(&path, &definitions.text(&path)?);
    }
    let scales = scales(definitions)?;
    if let Some(scale) = scales.values().find(|scale| scale.label.is_said(name)) {
        return Ok(scale.clone());
    }
    let known: Vec<&str> = scales.keys().map(String::as_str).collect();
    Err(Problem::usage("scale-unknown").with("scale", name).with("known", known.join(", ")).into())
}

#[cfg(test)]
mod tests {
    use super::super::template;
    use super::*;

    fn shipped() -> Vec<(String, String)> {
        let files = template::files().into_iter().filter(|(path, _)| path.starts_with("scales/"));
        files.map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).unwrap())).collect()
    }

    #[test]
    fn every_scale_that_is_shipped_can_be_used() {
        let names: Vec<String> = shipped().iter().map(|(path, text)| read(path, text).unwrap().name).collect();
        assert_eq!(names, ["dsrsc", "mht", "sdq-parent", "sdq-self", "sdq-teacher"]);
    }

    #[test]
    fn a_wrong_scale_is_named_with_its_line() {
        let text = template::text("scales/sdq-self.toml");
        let line = |wanted: &str| text.lines().position(|line| line == wanted).unwrap() as u32 + 1;
        for (was, is, code, at) in [
            ("items = [3, 8, 13, 16, 24]", "items = [3, 8, 13, 16, 26]", "scale-item", "items = [3, 8, 13, 16, 24]"),
            (
                "items = [3, 8, 13, 16, 24]",
                "items = [3, 8, 13, 16, 5]",
                "scale-item-twice",
                "items = [5, 7, 12, 18, 22]",
            ),
            ("items = 25", "items = 26", "scale-item-left", "items = 25"),
            ("reversed = [7]", "reversed = [8]", "scale-reversed", "reversed = [7]"),
            ("id = \"peer\"", "id = \"conduct\"", "scale-id", "id = \"peer\""),
            ("id = \"peer\"", "id = \"total\"", "scale-id", "id = \"peer\""),
            ("pro-rata-from = 3", "pro-rata-from = 6", "scale-pro-rata", "pro-rata-from = 3"),
            ("until = 16", "until = 9", "scale-range", "for = { ages = { from = 11, until = 16 } }"),
            ("score = 2", "score = 1", "scale-answers", "[[answer]]"),
        ] {
            let wrong = read("scales/own.toml", &text.replacen(was, is, 1)).unwrap_err();
            let found = wrong.0.iter().find(|problem| problem.code == code).unwrap_or_else(|| panic!("{is}: {wrong}"));
            assert_eq!(found.place, Place::line("scales/own.toml", line(at)), "{is}");
        }
        let bands = "bands = [{ from = 0, band = \"normal\" }, { from = 16, band = \"watch\" }, { from = 20, band = \"high\" }]";
        for (was, is, code) in [
            (
                "from = 0, band = \"normal\" }, { from = 16",
                "from = 1, band = \"normal\" }, { from = 16",
                "scale-band-first",
            ),
            ("{ from = 20", "{ from = 15", "scale-band-order"),
            ("{ from = 20", "{ from = 41", "scale-band-reach"),
            ("from = 16, band = \"watch\"", "from = 16, band = \"invalid\"", "scale-band-code"),
        ] {
            let wrong = read("scales/own.toml", &text.replacen(was, is, 1)).unwrap_err();
            assert_eq!((wrong.0[0].code, wrong.0[0].place.row()), (code, Some(line(bands))), "{is}");
        }
        let wrong = read("scales/own.toml", &text.replacen("respondent", "responded", 1)).unwrap_err();
        assert_eq!((wrong.0[0].code, &wrong.0[0].place), ("toml-value", &Place::line("scales/own.toml", 18)));
    }
}
