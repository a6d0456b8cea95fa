//! Letters, agreements and cards: a template of `documents/` filled for each child, a page a child.
//!
//! What a child's record says is put into a text that has been taken apart already, so that it can be nothing but text.
//! A value that is missing is named with its child, and nothing is made. Begin with [`letters`].

mod check;
mod template;
mod values;

use std::collections::BTreeMap;

pub use check::{LETTER, RETURNED, WAY, faults, usable};
pub use template::{Part, Piece, Receipt, Row, Template, Text, name_of};
pub use values::{VALUES, Values, Whose, is_word, whose};

use super::{Block, Cell, Column, Document, Table};
use crate::ledger::Snapshot;
use crate::ledger::definitions::Definitions;
use crate::model::{Day, Outcome, Place, Problem, Problems, Student};
use crate::text::Lang;

/// What stands where a value is not known and a person is to write.
const BLANK: &str = "________";
/// How many Latin letters a table that fills the page is wide, apart from the space beside its cells.
const PAGE_LETTERS: usize = 72;
const CELL_LETTERS: usize = 2;

/// Every template that can be read, by path, and what is wrong with the others.
pub fn load(definitions: &Definitions) -> (Vec<Template>, Vec<Problem>) {
    let (mut templates, mut problems) = (Vec::new(), Vec::new());
    for path in definitions.documents() {
        let read = definitions.text(&path).and_then(|text| Template::parse(&path, &text));
        match read {
            Ok(template) => templates.push(template),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    (templates, problems)
}

/// The template that a word names: the name of its file, or its label in either language.
///
/// # Errors
/// Where none is called so, or the one that is cannot be read.
pub fn named(definitions: &Definitions, word: &str) -> Outcome<Template> {
    let (templates, problems) = load(definitions);
    let is_meant = |template: &&Template| template.name == word || template.head.label.is_said(word);
    if let Some(template) = templates.iter().find(is_meant) {
        return Ok(template.clone());
    }
    let path = format!("documents/{word}.md");
    let own: Vec<Problem> = problems.into_iter().filter(|problem| file(&problem.place) == Some(&path)).collect();
    if !own.is_empty() {
        return Err(Problems(own));
    }
    let known: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    Err(Problem::usage("template-unknown").with("template", word).with("known", known.join(", ")).into())
}

fn file(place: &Place) -> Option<&String> {
    match place {
        Place::File(file) | Place::Line { file, .. } | Place::Cell { file, .. } => Some(file),
        Place::Nowhere => None,
    }
}

/// The day of writing, and what the command says.
pub struct Asked<'a> {
    pub day: Day,
    /// Values of `given.WORD`.
    pub given: &'a BTreeMap<String, String>,
    /// Leaves a line to fill in by hand where a value is not known.
    pub leave_blank: bool,
}

/// One document with a page for each child.
///
/// # Errors
/// Every value that is not known, with its child, class or option; then there is no document.
pub fn letters(snapshot: &Snapshot, template: &Template, asked: &Asked, children: &[u32]) -> Outcome<Document> {
    let lang = Lang::of_code(&template.head.lang).unwrap_or_default();
    let values = Values::of(snapshot, asked.day, lang, asked.given)?;
    let mut missing = Missing::default();
    let mut blocks = Vec::new();
    for at in children {
        let student = snapshot.student(*at);
        let mut filler = Filler { values: &values, student, leave_blank: asked.leave_blank, missing: Vec::new() };
        if !blocks.is_empty() {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(template.parts.iter().map(|part| filler.block(part)));
        missing.add(snapshot, *at, &filler.missing);
    }
    missing.none()?;
    Ok(Document {
        title: template.head.label.in_language(lang.code()).to_owned(),
        subtitle: None,
        lang,
        day: asked.day,
        school: snapshot.school.school.name.clone(),
        headed: false,
        blocks,
    })
}

/// Fills a template for one child.
struct Filler<'a> {
    values: &'a Values<'a>,
    student: &'a Student,
    leave_blank: bool,
    missing: Vec<String>,
}

impl Filler<'_> {
    fn block(&mut self, part: &Part) -> Block {
        match part {
            Part::Heading { level, text } => Block::Heading { level: *level, text: self.text(text) },
            Part::Paragraph(text) => Block::Paragraph(self.text(text)),
            Part::Note(text) => Block::Note(self.text(text)),
            Part::SignOff(text) => Block::SignOff(self.text(text)),
            Part::List(items) => Block::List(self.texts(items)),
            Part::Signatures(labels) => Block::Signatures(self.texts(labels)),
            Part::Table { widths, rows } => Block::Table(self.table(widths, rows)),
            Part::CutLine => Block::CutLine,
        }
    }

    fn texts(&mut self, texts: &[Text]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn text(&mut self, text: &Text) -> String {
        text.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&mut self, piece: &Piece) -> String {
        let (key, may_be_missing) = match piece {
            Piece::Words(words) => return words.clone(),
            Piece::Value { key, may_be_missing } => (key, *may_be_missing),
        };
        let value = self.values.get(self.student, key);
        if value.is_none() && !may_be_missing && !self.leave_blank {
            self.missing.push(key.clone());
        }
        value.unwrap_or_else(|| BLANK.to_owned())
    }

    /// The table is as wide as the page, each column as the template says, or by its longest line.
    fn table(&mut self, widths: &[usize], rows: &[Vec<Text>]) -> Table {
        let mut rows = rows.iter().map(|row| self.texts(row));
        let head = rows.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = rows.collect();
        let mut columns: Vec<Column> = Vec::new();
        for (index, label) in head.iter().enumerate() {
            columns.push(Column::left(format!("column-{}", index + 1), label));
        }
        let mut table = Table::new("table", "", columns);
        table.rows = rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect();
        let own = table.widths(Lang::default());
        let widths = if widths.len() == own.len() { widths.to_vec() } else { own };
        let (sum, room) = (widths.iter().sum::<usize>().max(1), PAGE_LETTERS - widths.len().min(9) * CELL_LETTERS);
        for (column, width) in table.columns.iter_mut().zip(widths) {
            column.width = u16::try_from((width * room / sum).max(4)).ok();
        }
        table
    }
}

/// What is not known, gathered over all children.
#[derive(Default)]
struct Missing {
    of_children: Vec<Problem>,
    /// By key and, for a value of a class, the class.
    others: BTreeMap<(String, String), Problem>,
}

impl Missing {
    fn add(&mut self, snapshot: &Snapshot, at: u32, keys: &[String]) {
        let file = &snapshot.students[at as usize];
        let mut own: Vec<&str> = Vec::new();
        for key in keys {
            match whose(key) {
                // Without a class nobody knows the teacher: it is the child's class that is to be written down.
                Whose::Class if file.student.class.is_none() => own.push("class"),
                Whose::Child => own.push(key),
                whose => self.add_other(file.student.class.map(|class| class.to_string()), key, whose),
            }
        }
        own.sort_unstable();
        own.dedup();
        if !own.is_empty() {
            let problem = Problem::data("letter-missing", Place::file(&file.path)).with("student", &file.student.name);
            self.of_children.push(problem.with("values", own.join(", ")).with("id", &file.student.id));
        }
    }

    fn add_other(&mut self, class: Option<String>, key: &str, whose: Whose) {
        let class = class.filter(|_| whose == Whose::Class).unwrap_or_default();
        let problem = match whose {
            Whose::Class => Problem::data("letter-missing-teacher", Place::file(crate::assess::workload::STAFF)),
            Whose::School => Problem::data("letter-missing-school", Place::file("guanai.toml")),
            _ => Problem::usage("letter-missing-given").with("word", key.trim_start_matches("given.")),
        };
        let problem = problem.with("value", key).with("class", &class);
        self.others.entry((key.to_owned(), class)).or_insert(problem);
    }

    fn none(self) -> Outcome<()> {
        let all: Vec<Problem> = self.others.into_values().chain(self.of_children).collect();
        if all.is_empty() { Ok(()) } else { Err(Problems(all)) }
    }
}
