//! Each output is read by a parser of its own format, which says what in it is more than text.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use serde_json::Value;

use super::hostile::{acts, marks_in};

/// What is wrong with an output. Nothing where all is well.
pub type Wrong = Vec<String>;

/// What a healthy output of a format is made of: elements with their attributes, names of properties. A hostile one has
/// nothing else.
pub type Parts = BTreeSet<String>;

/// What goes to a terminal: no letter in it does anything but be seen.
pub fn terminal(text: &str) -> Wrong {
    let letters: BTreeSet<char> = text.chars().filter(|letter| acts(*letter)).collect();
    if letters.is_empty() { Vec::new() } else { vec![format!("holds {letters:?}")] }
}

/// Every record has as many fields as the header, and no field is a formula.
pub fn csv(text: &str) -> Wrong {
    let mut wrong = terminal(&text.replace('\t', ""));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = match reader.records().collect() {
        Ok(records) => records,
        Err(error) => return vec![error.to_string()],
    };
    let width = records.first().map_or(0, csv::StringRecord::len);
    for record in &records {
        if record.len() != width {
            wrong.push(format!("a record of {} fields under a header of {width}: {record:?}", record.len()));
        }
        wrong.extend(record.iter().filter(|cell| is_formula(cell)).map(|cell| format!("{cell:?} is a formula")));
    }
    wrong
}

/// Spreadsheets skip what cannot be seen, and take wide signs for narrow ones; a number is no formula.
fn is_formula(cell: &str) -> bool {
    let seen = cell.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control() || acts(letter));
    let begins = seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    (begins && seen.parse::<f64>().is_err()) || cell.starts_with(['\t', '\r'])
}

/// It is JSON, and gives back exactly what was put in; nothing is given where values are parted or told of.
pub fn json(text: &str, given: &[String]) -> Wrong {
    let mut wrong = terminal(text);
    match serde_json::from_str(text) {
        Ok(value) => changed(&value, given, &mut wrong),
        Err(error) => wrong.push(error.to_string()),
    }
    wrong
}

/// The same a line.
pub fn json_lines(text: &str, given: &[String]) -> Wrong {
    text.lines().flat_map(|line| json(line, given)).collect()
}

fn changed(value: &Value, given: &[String], wrong: &mut Wrong) {
    match value {
        Value::String(text) => {
            for number in marks_in(text) {
                if given.get(number).is_some_and(|given| !text.contains(given.as_str())) {
                    wrong.push(format!("field {number} comes back as {text:?}"));
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| changed(value, given, wrong)),
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            changed(&Value::String(key.clone()), given, wrong);
            changed(value, given, wrong);
        }),
        _ => {}
    }
}

/// Every row of a table has the bars of its header, and nothing that somebody wrote is markup.
pub fn markdown(text: &str) -> Wrong {
    let mut wrong = terminal(text);
    let mut width = None;
    for line in text.lines() {
        let bare = unescaped(line);
        if !bare.starts_with('|') {
            width = None;
        } else if *width.get_or_insert(bars(&bare)) != bars(&bare) {
            wrong.push(format!("{} bars under a header of {width:?}: {line}", bars(&bare)));
        }
        if marks_in(line).is_empty() {
            continue;
        }
        let behind = bare.trim_start_matches(['#', '>', '-', ' ']);
        for markup in ["<", "`", "[", "]", "*", "_", "~", "&", "!", "://"] {
            if behind.contains(markup) {
                wrong.push(format!("{markup} acts in {line}"));
            }
        }
    }
    wrong
}

/// A line without what a backslash makes plain.
fn unescaped(line: &str) -> String {
    let mut bare = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            letter => bare.push(letter),
        }
    }
    bare
}

fn bars(bare: &str) -> usize {
    bare.matches('|').count()
}

/// The elements of a page with their attributes; `Err` where it is no page.
pub fn html(text: &str) -> Result<Parts, String> {
    let wrong = terminal(&text.replace('\t', ""));
    if !wrong.is_empty() {
        return Err(wrong.join(", "));
    }
    let mut parts = Parts::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let open = &rest[at..];
        if open.starts_with('&') {
            let end = open.find(';').filter(|end| *end < 10).ok_or_else(|| format!("a bare & in {}", cut(open)))?;
            let name = &open[1..end];
            if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
                return Err(format!("a bare & in {}", cut(open)));
            }
            rest = &open[end + 1..];
            continue;
        }
        let end = open.find('>').ok_or_else(|| format!("an element never ends: {}", cut(open)))?;
        parts.insert(element(&open[1..end])?);
        // What stands in a style is no markup, and nobody writes into it.
        rest = match open.starts_with("<style") {
            true => &open[open.find("</style>").ok_or("a style never ends")?..],
            false => &open[end + 1..],
        };
    }
    Ok(parts)
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The name of an element and those of its attributes, whose values are in quotes.
fn element(tag: &str) -> Result<String, String> {
    let pieces: Vec<&str> = tag.split('"').collect();
    if pieces.len().is_multiple_of(2) {
        return Err(format!("quotes are open in <{}>", cut(tag)));
    }
    Ok(pieces.iter().step_by(2).copied().collect::<Vec<_>>().join("\"\""))
}

/// The elements and attributes of every part of a zipped document; the texts of its other parts by their ending.
pub fn office(bytes: &[u8]) -> Result<Parts, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut parts = Parts::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?.into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| format!("{name}: {error}"))?;
        xml(&text, &mut parts).map_err(|error| format!("{name}: {error}"))?;
    }
    let acting = ["hyperlink", "external", "script", "fldSimple"];
    let is_formula = |part: &str| part.split(' ').next() == Some("f");
    match parts.iter().find(|part| is_formula(part) || acting.iter().any(|word| part.starts_with(word))) {
        Some(part) => Err(format!("{part} acts")),
        None => Ok(parts),
    }
}

fn xml(text: &str, parts: &mut Parts) -> Result<(), String> {
    use quick_xml::events::Event;
    let is_forbidden = |letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
            || acts(letter) && letter != '\r' && letter != '\t'
    };
    if let Some(letter) = text.chars().find(|letter| is_forbidden(*letter)) {
        return Err(format!("holds {letter:?}"));
    }
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) | Event::Empty(element) => {
                let mut named = vec![element.name().as_ref().to_owned()];
                // How a cell looks: which of its attributes there are hangs on what stands in the sheet, and none acts.
                let is_look = named[0] == "xf";
                for attribute in element.attributes().filter(|_| !is_look) {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    named.push(attribute.key.as_ref().to_owned());
                }
                parts.insert(named.join(" "));
            }
            Event::Eof => return Ok(()),
            Event::CData(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {
                return Err("holds what no document of ours has".to_owned());
            }
            _ => {}
        }
    }
}

/// The properties of a calendar, with their parameters; `Err` where a line is too long or none of a calendar's.
pub fn calendar(bytes: &[u8]) -> Result<Parts, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let lines: Vec<&str> = text.strip_suffix("\r\n").ok_or("the last line has no end")?.split("\r\n").collect();
    let mut whole: Vec<String> = Vec::new();
    for line in lines {
        if line.len() > 75 {
            return Err(format!("a line of {} bytes", line.len()));
        }
        if let Some(letter) = line.chars().find(|letter| acts(*letter) || *letter == '\n') {
            return Err(format!("holds {letter:?}"));
        }
        match line.strip_prefix(' ') {
            Some(more) => whole.last_mut().ok_or("the first line is folded")?.push_str(more),
            None => whole.push(line.to_owned()),
        }
    }
    let named = |line: &String| {
        let (name, value) = line.split_once(':').ok_or_else(|| format!("no property: {}", cut(line)))?;
        let is_component = matches!(name, "BEGIN" | "END");
        Ok(if is_component { line.clone() } else { format!("{name}{}", if value.is_empty() { " empty" } else { "" }) })
    };
    whole.iter().map(named).collect()
}
