//! One child's dossier (一人一档): the record, family and guardians over time, who is responsible, scores, activities, aid,
//! follow-ups, and lines to sign. Nothing of a confidential kind is in it but that there is something.

mod care;
mod course;
mod record;

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::{Block, Cell, Column, Document, Private, Table};
use crate::assess::Rules;
use crate::assess::confidential::{Confidential, is_confidential};
use crate::assess::pairing::{Pairing, pairings};
use crate::assess::score::Board;
use crate::ledger::Snapshot;
use crate::model::kind::Kind;
use crate::model::{Day, Outcome, Student};
use crate::text::Lang;

/// What every dossier of a ledger needs, gathered once for all of them.
pub struct Files<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    board: Board,
    pairings: Vec<Pairing>,
    confidential: Confidential<'a>,
    day: Day,
}

impl<'a> Files<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules, day: Day) -> Files<'a> {
        Files {
            snapshot,
            rules,
            board: Board::of(snapshot, &rules.progress, day),
            pairings: pairings(snapshot),
            confidential: Confidential::of(snapshot, rules),
            day,
        }
    }
}

/// What the parts of the dossier are made from.
struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    board: &'a Board,
    pairings: &'a [Pairing],
    confidential: &'a Confidential<'a>,
    at: u32,
    student: &'a Student,
    day: Day,
    private: Private,
    lang: Lang,
}

/// The dossier of a child as a day has it.
pub fn dossier(snapshot: &Snapshot, rules: &Rules, at: u32, day: Day, shown: (Private, Lang)) -> Outcome<Document> {
    one_of(&Files::of(snapshot, rules, day), at, shown)
}

/// One of many dossiers.
pub fn one_of(files: &Files, at: u32, (private, lang): (Private, Lang)) -> Outcome<Document> {
    let Files { snapshot, rules, board, pairings, confidential, day } = files;
    let student = snapshot.student(at);
    let source = Source { snapshot, rules, board, pairings, confidential, at, student, day: *day, private, lang };
    let day = *day;
    let mut blocks = record::blocks(&source);
    blocks.extend(care::responsible(&source)?);
    blocks.extend(course::blocks(&source));
    blocks.extend(care::blocks(&source)?);
    blocks.push(source.heading("dossier-signatures"));
    blocks.push(Block::Table(signatures(&source)));
    Ok(Document {
        headed: true,
        title: source.say("dossier-title", &[("name", &source.student.name)]),
        subtitle: source.student.class.map(|class| {
            let grade = class.grade_on(day).to_string();
            source.say("dossier-subtitle", &[("class", &class.to_string()), ("grade", &grade)])
        }),
        lang,
        day,
        school: snapshot.school.school.name.clone(),
        blocks,
    })
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Source<'_> {
    fn column(&self, key: &'static str, words: &str) -> Column {
        Column::left(key, self.word(words))
    }

    /// Text that somebody wrote: long numbers in it may be phones.
    fn text(&self, text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::text(self.private.text(text)) }
    }

    fn kinds(&self) -> &BTreeMap<String, Kind> {
        &self.rules.kinds
    }

    fn is_confidential(&self, kind: &str) -> bool {
        is_confidential(self.rules, kind)
    }
}

/// Lines to sign on paper.
fn signatures(source: &Source) -> Table {
    let columns = vec![
        source.column("role", "dossier-signs"),
        source.column("signature", "dossier-signature").wide(24),
        source.column("date", "column-date").wide(16),
    ];
    let mut table = Table::new("signatures", String::new(), columns);
    for role in ["dossier-sign-teacher", "dossier-sign-guardian", "dossier-sign-school"] {
        table.rows.push(vec![Cell::text(source.word(role)), Cell::Empty, Cell::Empty]);
    }
    table
}
