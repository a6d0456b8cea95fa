//! The books of the funds (款物收支): what each had, what came and went, what is left, that it adds up, and which rows have
//! no receipt. No names of children unless asked.

mod children;
mod tables;

use crate::report::speaking::Speaking;
use std::collections::BTreeSet;

use super::{Block, Cell, Document, few};
use crate::assess::figures::Span;
use crate::assess::funds::{Books, Fund, Moved, books};
use crate::ledger::Snapshot;
use crate::model::fund::FundRules;
use crate::model::{ActivityAt, Day, Money, Outcome, Scrub};
use crate::text::{self, Lang};

/// What is asked of the books.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Days to which the books are kept: `span.first` is the first that is no day of what was brought forward.
    pub span: Span,
    /// The words of the term or school year.
    pub period: &'a str,
    pub day: Day,
    pub lang: Lang,
    /// Whether the children who were given something are named.
    pub names: bool,
}

/// What the tables are made from.
struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: FundRules,
    books: Books,
    lang: Lang,
    /// Takes the children's names out where none were asked for.
    scrub: Option<Scrub>,
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Source<'_> {
    fn fund(&self, name: &str) -> String {
        match name.is_empty() {
            true => self.rules.unnamed.in_language(self.lang.code()).to_owned(),
            false => self.free(name),
        }
    }

    /// What somebody wrote. A child's name in it stands there only where names were asked for.
    fn free(&self, written: &str) -> String {
        self.scrub.as_ref().map_or_else(|| written.to_owned(), |scrub| scrub.text(written))
    }

    fn free_or_unknown(&self, written: &str) -> Cell {
        if written.is_empty() { Cell::Unknown } else { Cell::text(self.free(written)) }
    }

    fn sum(&self, of: impl Fn(&Fund) -> Money) -> Money {
        self.books.funds.values().map(of).sum()
    }

    /// Where a row stands and what names it.
    fn row(&self, one: &Moved) -> (Cell, Cell) {
        let (log, activity) = self.snapshot.activity(one.at);
        let id = log.table.get(activity.row as usize, "id");
        (Cell::Places(vec![crate::assess::funds::place(self.snapshot, one.at)]), Cell::text(id))
    }
}

/// The books as a document.
pub fn funds(snapshot: &Snapshot, asked: Asked) -> Outcome<Document> {
    let Asked { span, period, day, lang, names } = asked;
    let rules = snapshot.definitions().fund_rules()?;
    let children = snapshot.students.iter().map(|file| file.student.name.as_str());
    let scrub = (!names).then(|| Scrub::of(children, text::label(lang, "funds-a-child")));
    let source = Source { snapshot, rules, books: books(snapshot, span)?, lang, scrub };
    let mut blocks = vec![facts(&source), source.heading("funds-by-fund"), Block::Table(tables::by_fund(&source))];
    blocks.push(Block::Table(tables::sources(&source)));
    blocks.push(Block::Table(tables::purposes(&source)));
    blocks.push(Block::Table(tables::goods(&source)));
    blocks.push(source.heading("funds-checked"));
    blocks.push(Block::Table(tables::crossed(&source)));
    if !source.books.overdrawn.is_empty() {
        blocks.push(Block::Table(tables::overdrawn(&source)));
    }
    blocks.push(source.heading("funds-open"));
    blocks.push(Block::Table(tables::without_receipt(&source)));
    if !source.books.unread.is_empty() {
        blocks.push(Block::Table(tables::unread(&source)));
    }
    blocks.push(Block::Note(source.word("funds-note-together")));
    if names {
        blocks.extend([source.heading("funds-children"), Block::Table(children::given(&source))]);
    }
    blocks.push(Block::Note(source.word(if names { "term-note-names" } else { "term-note-private" })));
    Ok(Document {
        headed: true,
        title: source.word("funds-title"),
        subtitle: Some(text::say(
            lang,
            "term-subtitle",
            &[("term", period), ("from", &span.first.to_string()), ("until", &span.last.to_string())],
        )),
        lang,
        day,
        school: snapshot.school.school.name.clone(),
        blocks,
    })
}

fn facts(source: &Source) -> Block {
    let children = source.books.given.len() as u32;
    let without: BTreeSet<ActivityAt> = source.books.without_receipt.iter().map(|one| one.at).collect();
    let fact = |key: &str, cell: Cell| (source.word(key), cell);
    Block::Facts(vec![
        fact("funds-brought", Cell::Money(source.sum(|fund| fund.brought))),
        fact("funds-income", Cell::Money(source.sum(|fund| fund.income))),
        fact("funds-spending", Cell::Money(source.sum(|fund| fund.spending))),
        fact("funds-left", Cell::Money(source.sum(|fund| fund.left))),
        fact("funds-helped", few::folded(children, source.lang)),
        fact("funds-no-receipt", Cell::count(without.len())),
    ])
}
