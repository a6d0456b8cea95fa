//! The paper that goes with a child to the next school or teacher: short, and what is good comes first. What it says and in
//! which order stands in `rules/handover.toml`. Nothing of a confidential kind is in it.

use serde::Deserialize;

use super::listing::{coded, details, shown_value};
use super::speaking::Speaking;
use super::{Block, Cell, Column, Document, Private, Table, field_label};
use crate::assess::Rules;
use crate::assess::confidential::{Confidential, is_confidential};
use crate::assess::pairing::pairings;
use crate::ledger::record::changes;
use crate::ledger::{Log, Snapshot};
use crate::model::kind::Label;
use crate::model::{Activity, Day, FollowUp, Outcome, Scrub, Student};
use crate::text::Lang;

/// What the paper says.
pub const HANDOVER_FILE: &str = "rules/handover.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    part: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    label: Label,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    most: usize,
    #[serde(default)]
    family: bool,
    #[serde(default)]
    pairings: bool,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    promised: Vec<String>,
}

/// What the paper is made from.
pub struct Handed<'a> {
    pub snapshot: &'a Snapshot,
    pub rules: &'a Rules,
    pub students: &'a [u32],
    pub day: Day,
    pub to: &'a str,
    /// What the receiver is told of the sealed part.
    pub sealed: String,
    pub private: Private,
    pub lang: Lang,
}

impl Speaking for Handed<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

/// The paper for these children, each on a page of its own.
///
/// # Errors
/// Where `rules/handover.toml` cannot be used.
pub fn handover(handed: &Handed) -> Outcome<Document> {
    let paper: Paper = handed.snapshot.definitions().parsed_or_shipped(HANDOVER_FILE)?;
    let confidential = Confidential::of(handed.snapshot, handed.rules);
    let mut blocks = vec![Block::Paragraph(handed.sealed.clone())];
    for (nth, at) in handed.students.iter().enumerate() {
        if nth > 0 {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(child(&Child::of(handed, &confidential, *at), &paper));
    }
    Ok(Document {
        headed: true,
        title: handed.word("handover-title"),
        subtitle: Some(handed.say("handover-to", &[("to", handed.to)])),
        lang: handed.lang,
        day: handed.day,
        school: handed.snapshot.school.school.name.clone(),
        blocks,
    })
}

/// One child on the paper.
struct Child<'a> {
    handed: &'a Handed<'a>,
    confidential: &'a Confidential<'a>,
    at: u32,
    student: &'a Student,
    /// Takes the names of other children out.
    others: Scrub,
}

impl<'a> Child<'a> {
    fn of(handed: &'a Handed, confidential: &'a Confidential, at: u32) -> Child<'a> {
        let student = handed.snapshot.student(at);
        let names = handed.snapshot.students.iter().map(|file| file.student.name.as_str());
        let others = Scrub::of(names.filter(|name| !student.name.contains(name)), "…");
        Child { handed, confidential, at, student, others }
    }

    /// What somebody wrote, without the names of other children.
    fn words(&self, text: &str) -> Cell {
        words(self.handed, &self.others.text(text))
    }
}

fn child(child: &Child, paper: &Paper) -> Vec<Block> {
    let Child { handed, student, .. } = child;
    let said = |cell: Option<String>| cell.map_or(Cell::Unknown, Cell::text);
    let mut blocks = vec![
        Block::Heading { level: 1, text: student.name.clone() },
        Block::Facts(vec![
            (handed.word("column-class"), said(student.class.map(|class| class.to_string()))),
            (handed.word("column-age"), said(student.age_on(handed.day).map(|age| age.to_string()))),
            (
                handed.word("column-gender"),
                student.gender.map_or(Cell::Unknown, |one| coded(handed.lang, "gender", one.code())),
            ),
        ]),
    ];
    for part in &paper.part {
        let said: Vec<Block> = of_part(child, part);
        if !said.is_empty() {
            blocks.push(Block::Heading { level: 2, text: part.label.in_language(handed.lang.code()).to_owned() });
            blocks.extend(said);
        }
    }
    blocks
}

fn of_part(child: &Child, part: &Part) -> Vec<Block> {
    let Child { handed, student, at, .. } = *child;
    let mut blocks = Vec::new();
    let mut add = |table: Table| blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
    add(keys(handed, part, student));
    if part.family {
        add(family(handed, student));
    }
    if part.pairings {
        add(helpers(handed, at));
    }
    add(rows(child, part));
    let of_student = |one: &&FollowUp| one.student.as_ref() == Some(&student.id) && one.waits_on(handed.day);
    let waiting = handed.snapshot.follow_ups.iter().filter(of_student).filter(|one| !child.confidential.holds(one));
    let promised = |one: &&FollowUp| part.promised.contains(&one.kind);
    let wanted: Vec<&FollowUp> = waiting.filter(|one| part.open || promised(one)).collect();
    add(follow_ups(child, &wanted));
    blocks
}

fn two(handed: &Handed, key: &'static str, first: &str, second: &str) -> Table {
    let columns =
        vec![Column::left("what", handed.word(first)).wide(20), Column::left("details", handed.word(second)).wide(60)];
    Table::new(key, String::new(), columns)
}

fn keys(handed: &Handed, part: &Part, student: &Student) -> Table {
    let mut table = two(handed, "record", "column-field", "column-value");
    let blank = Student::new(student.id.clone(), "");
    for change in changes(&blank, student).into_iter().filter(|change| part.keys.contains(&change.key)) {
        let shown = shown_value(&change.key, &change.to.unwrap_or_default(), handed.private, handed.lang);
        table.rows.push(vec![Cell::text(field_label(&change.key, student, handed.lang)), masked(handed, shown)]);
    }
    table
}

fn masked(handed: &Handed, cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(handed.private.words(&text).into_owned()),
        other => other,
    }
}

fn words(handed: &Handed, text: &str) -> Cell {
    Cell::text(handed.private.words(text))
}

fn family(handed: &Handed, student: &Student) -> Table {
    let mut table = two(handed, "family", "dossier-person", "column-details");
    let join = handed.word("details-join");
    let phone = |number: &Option<String>| number.as_ref().map(|number| handed.private.phone(number));
    for guardian in student.guardians_on(handed.day) {
        let relation = guardian.relation.map(|one| handed.word(&one.key())).unwrap_or_default();
        let parts: Vec<String> = [guardian.name.clone(), phone(&guardian.phone)].into_iter().flatten().collect();
        let who = handed.say("dossier-guardian", &[("relation", &relation)]);
        table.rows.push(vec![Cell::text(who), words(handed, &parts.join(&join))]);
    }
    for parent in &student.parent {
        let away = parent.away_on(handed.day).map(|away| {
            let place = away.place.clone().unwrap_or_default();
            handed.say("handover-away", &[("place", &place)])
        });
        let status = parent.status.map(|status| handed.word(&format!("parent-status-{}", status.code())));
        let parts: Vec<String> =
            [parent.name.clone(), phone(&parent.phone), status, away].into_iter().flatten().collect();
        table
            .rows
            .push(vec![coded(handed.lang, "relation", parent.relation.code()), words(handed, &parts.join(&join))]);
    }
    table
}

fn helpers(handed: &Handed, at: u32) -> Table {
    let mut table = two(handed, "helpers", "column-type", "column-helper");
    let all = pairings(handed.snapshot);
    for one in all.iter().filter(|one| one.student == at && one.covers(handed.day) == Some(true)) {
        // Another child who helps is not named on a paper that leaves the school.
        let child = one.helper.parse().ok().and_then(|id| handed.snapshot.place_of_student(&id));
        let helper = if child.is_some() { handed.word("handover-a-child") } else { one.helper.clone() };
        table.rows.push(vec![coded(handed.lang, "pairing", &one.kind), words(handed, &helper)]);
    }
    table
}

/// The latest rows of the part's kinds that name the child alone.
fn rows(child: &Child, part: &Part) -> Table {
    let Child { handed, student, .. } = child;
    let columns = vec![
        Column::left("date", handed.word("column-date")),
        Column::left("kind", handed.word("column-kind")),
        Column::left("details", handed.word("column-details")).wide(60),
    ];
    let mut table = Table::new("rows", String::new(), columns);
    let is_meant = |log: &Log, one: &Activity| {
        let is_open = !is_confidential(handed.rules, &log.kind);
        let alone = log.table.get(one.row as usize, "students") == student.id.as_str();
        is_open && alone && one.day <= handed.day && part.kinds.contains(&log.kind)
    };
    let mut found: Vec<(&Log, &Activity)> = handed
        .snapshot
        .activities()
        .filter(|(_, log, one)| is_meant(log, one))
        .map(|(_, log, one)| (log, one))
        .collect();
    found.sort_by_key(|(log, one)| (std::cmp::Reverse(one.day), log.kind.as_str(), one.row));
    let no_words = std::collections::BTreeMap::new();
    let choices = handed.snapshot.words().unwrap_or(&no_words);
    for (log, one) in found.into_iter().take(part.most) {
        let Some(kind) = handed.rules.kinds.get(&log.kind) else { continue };
        let said = details(kind, log, one.row as usize, choices, handed.lang);
        let label = kind.label.in_language(handed.lang.code());
        table.rows.push(vec![Cell::Day(one.day), Cell::code(&log.kind, label), child.words(&said)]);
    }
    table
}

fn follow_ups(child: &Child, wanted: &[&FollowUp]) -> Table {
    let handed = child.handed;
    let columns = vec![
        Column::left("due", handed.word("column-due")),
        Column::left("type", handed.word("column-type")),
        Column::left("what", handed.word("column-what")).wide(50),
    ];
    let mut table = Table::new("open", String::new(), columns);
    for one in wanted {
        let label = handed.rules.type_label(&one.kind);
        let label = Cell::code(&one.kind, label.in_language(handed.lang.code()));
        table.rows.push(vec![Cell::Day(one.due), label, child.words(&one.what)]);
    }
    table
}
