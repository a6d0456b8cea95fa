//! The page of what is missing and how to get it: gaps of the plans, kinds without records, records without attachments,
//! files that are not there, children without a day of consent.

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::records::Rows;
use crate::assess::figures::enrolled;
use crate::ledger::attachment;
use crate::model::Class;
use crate::report::listing::{class_cell, left, plan_missing, right};
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Column, Table};

/// The blocks of the page, and how many things are missing.
pub(super) fn blocks(source: &Source, kinds: &BTreeMap<&str, Rows>, lost: &[(String, String)]) -> (Vec<Block>, usize) {
    let asked = &source.asked;
    let mut gaps = plan_missing(asked.snapshot, asked.rules, asked.covered, (&asked.term.name, asked.lang));
    gaps.caption = source.word("binder-gaps");
    let tables = [
        gaps,
        without_records(source, kinds),
        without_attachments(source, kinds),
        files(source, lost),
        consent(source),
    ];
    let count: usize = tables.iter().map(|table| table.rows.len()).sum();
    let mut blocks = vec![Block::Paragraph(source.say("binder-missing-words", &[("count", &count.to_string())]))];
    blocks.extend(tables.into_iter().map(Block::Table));
    (blocks, count)
}

fn command(words: String) -> Cell {
    Cell::text(words)
}

/// Kinds that the plans promise and of which nothing is recorded.
fn without_records(source: &Source, kinds: &BTreeMap<&str, Rows>) -> Table {
    let lang = source.asked.lang;
    let columns =
        vec![left(lang, "kind"), Column::left("codes", source.word("term-commitments")), left(lang, "command")];
    let mut table = Table::new("no-records", source.word("binder-no-records"), columns);
    let mut promised: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in source.asked.covered {
        if let Some(count) = &one.commitment.count {
            promised.entry(&count.kind).or_default().insert(&one.commitment.code);
        }
    }
    for (kind, codes) in promised.into_iter().filter(|(kind, _)| !kinds.contains_key(kind)) {
        let made_by = source.asked.rules.kinds.get(kind).and_then(|kind| kind.made_by.as_ref());
        let words = made_by.map_or_else(|| format!("guanai log add {kind} --help"), |by| format!("guanai {by} --help"));
        table.rows.push(vec![
            source.kind_cell(kind),
            Cell::List(codes.into_iter().map(str::to_owned).collect()),
            command(words),
        ]);
    }
    table
}

/// Records of kinds that should carry a photo or a scan, and have none.
fn without_attachments(source: &Source, kinds: &BTreeMap<&str, Rows>) -> Table {
    let lang = source.asked.lang;
    let columns = vec![left(lang, "kind"), right(lang, "times"), left(lang, "command")];
    let mut table = Table::new("no-attachments", source.word("binder-no-attachments"), columns);
    for kind in source.layout.part.iter().flat_map(|part| &part.attached) {
        let rows = kinds.get(kind.as_str()).map(Vec::as_slice).unwrap_or_default();
        let bare: Vec<_> =
            rows.iter().filter(|(log, one)| log.table.get(one.row as usize, "attachments").is_empty()).collect();
        if let Some((log, one)) = bare.first() {
            let id = log.table.get(one.row as usize, "id");
            let words = format!("guanai log amend {id} --attach {}", source.word("binder-some-file"));
            table.rows.push(vec![source.kind_cell(kind), Cell::count(bare.len()), command(words)]);
        }
    }
    table
}

/// Attachments that are named and not there, or whose content is not theirs.
fn files(source: &Source, lost: &[(String, String)]) -> Table {
    let lang = source.asked.lang;
    let columns = vec![
        Column::left("attachment", source.word("column-attachments")),
        Column::left("file", source.word("funds-place")),
        left(lang, "command"),
    ];
    let mut table = Table::new("no-files", source.word("binder-no-files"), columns);
    for (name, place) in lost {
        let row = [attachment::path_of(name), place.clone(), source.word("binder-from-backup")];
        table.rows.push(row.map(Cell::text).to_vec());
    }
    table
}

/// Children of whose guardian's consent no day is written down, class by class.
fn consent(source: &Source) -> Table {
    let lang = source.asked.lang;
    let columns = vec![left(lang, "class"), right(lang, "students"), left(lang, "command")];
    let mut table = Table::new("no-consent", source.word("binder-no-consent"), columns);
    let mut classes: BTreeMap<Option<Class>, Vec<u32>> = BTreeMap::new();
    for at in enrolled(source.asked.snapshot, source.asked.span.last) {
        let student = source.asked.snapshot.student(at);
        if student.consent.is_none() {
            classes.entry(student.class).or_default().push(at);
        }
    }
    for (class, children) in classes {
        let first = &source.asked.snapshot.student(children[0]).id;
        table.rows.push(vec![
            class_cell(class),
            Cell::count(children.len()),
            command(format!("guanai student set {first} consent={}", source.asked.span.last)),
        ]);
    }
    table
}
