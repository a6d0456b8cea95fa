//! A template of a letter: a head in TOML, and a text in a small part of Markdown with placeholders.
//!
//! The text is taken apart before any value is put in, so that no value can be markup. Begin with `Template::parse`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::values::is_value;
use crate::ledger::definitions::parse_toml;
use crate::model::kind::Label;
use crate::model::{Outcome, Place, Problem, Problems};

/// The line before and behind the head.
const FENCE: &str = "+++";

/// One template of `documents/`.
#[derive(Debug, Clone)]
pub struct Template {
    /// The name of its file, without the ending: what the activities that it makes are marked with.
    pub name: String,
    pub path: String,
    pub head: Head,
    pub parts: Vec<Part>,
}

/// What a template says of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Head {
    pub label: Label,
    /// The language of its text: `zh` or `en`.
    #[serde(default = "chinese")]
    pub lang: String,
    /// The kind of the activity that is recorded for each child to whose family it goes. The kind has the fields
    /// `letter`, `way` and `returned`.
    pub kind: String,
    /// Further fields of that activity.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// How it goes out where the command does not say.
    pub by: Option<String>,
    /// What a receipt that comes back means; without it there is none to wait for.
    pub receipt: Option<Receipt>,
    /// An activity of the whole school that the letters of one day are, too.
    pub once: Option<Row>,
}

fn chinese() -> String {
    "zh".to_owned()
}

/// What is written when a receipt comes back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Receipt {
    /// Further fields of the letter's own activity, beside the day on which it came back.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// An activity that the receipt proves, such as an agreement.
    pub record: Option<Row>,
    /// Keys of the child's record, as `guanai student set` takes them.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
}

/// An activity by its kind and fields.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    pub kind: String,
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// What stands under one another in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Heading {
        level: u8,
        text: Text,
    },
    Paragraph(Text),
    Note(Text),
    List(Vec<Text>),
    SignOff(Text),
    Signatures(Vec<Text>),
    Table {
        /// How wide the columns are beside one another; nothing where their cells are to tell.
        widths: Vec<usize>,
        /// The first is the head.
        rows: Vec<Vec<Text>>,
    },
    CutLine,
}

/// Words and placeholders in their order.
pub type Text = Vec<Piece>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    Value {
        key: String,
        /// `{{ key? }}`: where it is not known there is a line to fill in by hand.
        may_be_missing: bool,
    },
}

impl Template {
    /// Reads a template; everything that is wrong with it is named with its line.
    pub fn parse(path: &str, source: &str) -> Outcome<Template> {
        let source = source.replace("\r\n", "\n");
        let (head, text, first) = split(path, &source)?;
        let mut reader = Reader { path, problems: Vec::new() };
        let parts = reader.parts(text, first);
        // The empty line stands for the fence, so that the lines of a problem are those of the file.
        let head = parse_toml::<Head>(path, &format!("\n{head}"));
        match (head, reader.problems.is_empty()) {
            (Ok(head), true) => Ok(Template { name: name_of(path).to_owned(), path: path.to_owned(), head, parts }),
            (Ok(_), false) => Err(Problems(reader.problems)),
            (Err(wrong), _) => Err(Problems([wrong.0, reader.problems].concat())),
        }
    }

    /// Every placeholder, each once, in the order of the text.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for piece in self.parts.iter().flat_map(Part::texts).flatten() {
            if let Piece::Value { key, .. } = piece
                && !keys.contains(&key.as_str())
            {
                keys.push(key);
            }
        }
        keys
    }
}

impl Part {
    fn texts(&self) -> Vec<&Text> {
        match self {
            Part::Heading { text, .. } | Part::Paragraph(text) | Part::Note(text) | Part::SignOff(text) => vec![text],
            Part::List(texts) | Part::Signatures(texts) => texts.iter().collect(),
            Part::Table { rows, .. } => rows.iter().flatten().collect(),
            Part::CutLine => Vec::new(),
        }
    }
}

/// The name of a template by its path.
pub fn name_of(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(".md").unwrap_or(file)
}

/// The head, the text, and the line on which the text begins.
fn split<'a>(path: &str, source: &'a str) -> Outcome<(&'a str, &'a str, u32)> {
    let missing = || Problem::data("template-head", Place::line(path, 1));
    let rest = source.strip_prefix(FENCE).and_then(|rest| rest.strip_prefix('\n')).ok_or_else(missing)?;
    let end = rest.find("\n+++\n").ok_or_else(missing)?;
    let head = &rest[..=end];
    let text = &rest[end + FENCE.len() + 2..];
    Ok((head, text, head.lines().count() as u32 + 3))
}

/// Parts one paragraph, list or table from the next.
const EMPTY_LINE: Part = Part::Paragraph(Text::new());

struct Reader<'a> {
    path: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn parts(&mut self, text: &str, first: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut signing: Option<Vec<Text>> = None;
        for (number, line) in (first..).zip(text.lines()) {
            // The wide space of an indented paragraph stays.
            let line = line.trim_matches([' ', '\t']);
            match (&mut signing, line) {
                (None, "::: sign") => signing = Some(Vec::new()),
                (None, line) => self.line(&mut parts, line, number),
                (Some(labels), ":::") => {
                    parts.push(Part::Signatures(std::mem::take(labels)));
                    signing = None;
                }
                (Some(_), "") => {}
                (Some(labels), label) => labels.push(self.text(label, number)),
            }
        }
        if signing.is_some() {
            self.problems.push(Problem::data("template-unclosed", Place::line(self.path, first)).with("value", ":::"));
        }
        parts.retain(|part| *part != EMPTY_LINE);
        parts
    }

    fn line(&mut self, parts: &mut Vec<Part>, line: &str, number: u32) {
        match self.block(line, number) {
            Some(block) => join(parts, block),
            None if line.is_empty() => parts.push(EMPTY_LINE),
            None => self.paragraph(parts, line, number),
        }
    }

    /// A line that its first sign makes something other than a paragraph.
    fn block(&mut self, line: &str, number: u32) -> Option<Part> {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=3).contains(&marks) && line[marks..].starts_with(' ') {
            return Some(Part::Heading { level: marks as u8, text: self.text(line[marks..].trim(), number) });
        }
        if line.len() >= 3 && line.bytes().all(|byte| byte == b'-') {
            return Some(Part::CutLine);
        }
        if let Some(text) = line.strip_prefix(">> ") {
            return Some(Part::SignOff(self.text(text.trim(), number)));
        }
        if let Some(text) = line.strip_prefix("> ") {
            return Some(Part::Note(self.text(text.trim(), number)));
        }
        if let Some(text) = line.strip_prefix("- ") {
            return Some(Part::List(vec![self.text(text.trim(), number)]));
        }
        let cells = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'))?;
        let cells: Vec<&str> = cells.split('|').map(|cell| cell.trim_matches([' ', '\t'])).collect();
        let is_rule = |cell: &&str| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':'));
        if cells.iter().all(is_rule) {
            let widths: Vec<usize> = cells.iter().map(|cell| cell.len()).collect();
            let is_even = widths.iter().all(|width| *width == widths[0]);
            return Some(Part::Table { widths: if is_even { Vec::new() } else { widths }, rows: Vec::new() });
        }
        let row = cells.iter().map(|cell| self.text(&cell.replace("<br>", "\n"), number)).collect();
        Some(Part::Table { widths: Vec::new(), rows: vec![row] })
    }

    /// A paragraph goes on in the next line; between Latin letters that is a space.
    fn paragraph(&mut self, parts: &mut Vec<Part>, line: &str, number: u32) {
        let text = self.text(line, number);
        match parts.last_mut() {
            Some(Part::Paragraph(before)) if !before.is_empty() => {
                if ends_latin(before) && begins_latin(&text) {
                    before.push(Piece::Words(" ".to_owned()));
                }
                before.extend(text);
            }
            _ => parts.push(Part::Paragraph(text)),
        }
    }

    /// Takes words and placeholders apart.
    fn text(&mut self, line: &str, number: u32) -> Text {
        let place = Place::line(self.path, number);
        let mut pieces = Text::new();
        let mut rest = line;
        while let Some((words, behind)) = rest.split_once("{{") {
            let Some((inside, after)) = behind.split_once("}}") else {
                self.problems.push(Problem::data("template-unclosed", place).with("value", "{{"));
                return pieces;
            };
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            let key = inside.trim();
            let (key, may_be_missing) = key.strip_suffix('?').map_or((key, false), |key| (key.trim_end(), true));
            if !is_value(key) {
                let problem = Problem::data("template-placeholder", place.clone()).with("key", key);
                self.problems.push(problem.with("known", super::values::near(key)));
            }
            pieces.push(Piece::Value { key: key.to_owned(), may_be_missing });
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        pieces
    }
}

fn ends_latin(text: &Text) -> bool {
    matches!(text.last(), Some(Piece::Words(words)) if words.ends_with(|letter: char| letter.is_ascii()))
}

fn begins_latin(text: &Text) -> bool {
    matches!(text.first(), Some(Piece::Words(words)) if words.starts_with(|letter: char| letter.is_ascii()))
}

/// Items of one list and rows of one table stand together.
fn join(parts: &mut Vec<Part>, block: Part) {
    match (parts.last_mut(), block) {
        (Some(Part::List(items)), Part::List(more)) => items.extend(more),
        (Some(Part::Table { widths, rows }), Part::Table { widths: more_widths, rows: more }) => {
            widths.extend(more_widths);
            rows.extend(more);
        }
        (_, block) => parts.push(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEAD: &str = "+++\nlabel = { zh = \"信\", en = \"letter\" }\nkind = \"letter\"\n+++\n";

    fn parsed(text: &str) -> Vec<Part> {
        Template::parse("documents/x.md", &format!("{HEAD}{text}")).unwrap().parts
    }

    fn words(text: &str) -> Text {
        vec![Piece::Words(text.to_owned())]
    }

    #[test]
    fn each_sign_at_the_beginning_of_a_line_makes_its_block() {
        let text = "# 信\n\n　　第一行\n第二行\n\n- 甲\n- 乙\n\n> 注\n\n| 项目 | 内容 |\n|---|------|\n| a | b<br>c |\n\n---\n\n>> 学校\n\n::: sign\n家长\n\n日期\n:::\n";
        let expected = vec![
            Part::Heading { level: 1, text: words("信") },
            Part::Paragraph([words("　　第一行"), words("第二行")].concat()),
            Part::List(vec![words("甲"), words("乙")]),
            Part::Note(words("注")),
            Part::Table {
                widths: vec![3, 6],
                rows: vec![vec![words("项目"), words("内容")], vec![words("a"), words("b\nc")]],
            },
            Part::CutLine,
            Part::SignOff(words("学校")),
            Part::Signatures(vec![words("家长"), words("日期")]),
        ];
        assert_eq!(parsed(text), expected);
    }

    #[test]
    fn an_unknown_placeholder_is_named_with_its_line_and_every_other_one_too() {
        let text = "你好 {{ name }}\n\n{{ nmae }} 和 {{ guardian.phone? }}\n| {{ x }} |\n{{ open\n";
        let wrong = Template::parse("documents/x.md", &format!("{HEAD}{text}")).unwrap_err();
        let found: Vec<(&str, Option<u32>)> = wrong.0.iter().map(|one| (one.code, one.place.row())).collect();
        assert_eq!(
            found,
            [("template-placeholder", Some(7)), ("template-placeholder", Some(8)), ("template-unclosed", Some(9))]
        );
    }

    #[test]
    fn a_head_that_is_wrong_is_named_with_its_line() {
        let wrong = Template::parse("documents/x.md", &HEAD.replace("kind", "knid")).unwrap_err();
        assert_eq!(wrong.0[0].place, Place::line("documents/x.md", 3), "{wrong}");
        let wrong = Template::parse("documents/x.md", "# 信\n").unwrap_err();
        assert_eq!(wrong.0[0].code, "template-head");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[-#>|:{} ?a-c\n\r=+签　]{0,60}") {
            let _ = Template::parse("documents/x.md", &text);
            let _ = Template::parse("documents/x.md", &format!("{HEAD}{text}"));
        }
    }
}
