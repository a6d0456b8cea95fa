//! What changed since a day, on a page for Monday's meeting: who is newly at risk and why, what changed in the children's
//! lives, what was promised and whether it was done, what is due next. Ids in the place of names unless asked.

mod promised;
mod risk;

use std::collections::BTreeMap;

use super::listing::{coded, left, who};
use super::nameless::unless_named;
use super::speaking::Speaking;
use super::{Block, Cell, Column, Document, Table, listing};
use crate::assess::Rules;
use crate::assess::agenda::{Item, Sort};
use crate::assess::changed::{Turn, Turned, made, turns};
use crate::assess::confidential::Confidential;
use crate::assess::figures::Span;
use crate::assess::plan::Covered;
use crate::assess::risk::Change;
use crate::ledger::Snapshot;
use crate::model::{Day, FollowUp};
use crate::text::{self, Lang};

/// What is asked, and what was judged for it.
pub struct Asked<'a> {
    /// From the day behind the one asked about to the day of the report.
    pub span: Span,
    /// Levels that changed in the span.
    pub risks: &'a [Change],
    /// The commitments of every term that the span touches.
    pub covered: &'a [Covered<'a>],
    /// What is due in the days behind the span.
    pub next: Vec<Item>,
    pub lang: Lang,
    pub names: bool,
}

/// The column of the agenda that names a follow-up, a pairing or a commitment: of which child is what is asked here.
const CODE: usize = 3;

struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    confidential: Confidential<'a>,
    asked: Asked<'a>,
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.asked.lang
    }
}

/// The page.
pub fn changes(snapshot: &Snapshot, rules: &Rules, asked: Asked) -> Document {
    let (lang, span) = (asked.lang, asked.span);
    let source = Source { snapshot, rules, confidential: Confidential::of(snapshot, rules), asked };
    let turned = turns(snapshot, span);
    let mut blocks = vec![source.facts(&turned)];
    blocks.extend(risk::blocks(&source));
    blocks.extend([source.heading("changes-lives"), Block::Table(source.lives(&turned))]);
    blocks.push(Block::Paragraph(source.records()));
    blocks.extend(promised::blocks(&source));
    blocks.push(source.heading("changes-next"));
    blocks.extend(source.next());
    blocks.push(Block::Note(source.word("changes-note-confidential")));
    let note = if source.asked.names { "report-note-names" } else { "report-note-ids" };
    blocks.push(Block::Note(source.word(note)));
    let values = [("from", span.first.to_string()), ("until", span.last.to_string())];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    Document {
        headed: true,
        title: source.word("changes-title"),
        subtitle: Some(source.say("changes-subtitle", &values)),
        lang,
        day: span.last,
        school: snapshot.school.school.name.clone(),
        blocks,
    }
}

impl Source<'_> {
    fn facts(&self, turned: &[Turned]) -> Block {
        let of = |turn: Turn| Cell::count(turned.iter().filter(|one| one.turn == turn).count());
        let rose = self.asked.risks.iter().filter(|change| risk::rose(change)).count();
        let (done, due) = promised::kept(self);
        Block::Facts(vec![
            (self.word("changes-rose"), Cell::count(rose)),
            (self.word("changes-came"), of(Turn::Came)),
            (self.word("changes-left"), of(Turn::Left)),
            (self.word("changes-kept"), Cell::Percent { met: done, of: due }),
            (self.word("changes-due-next"), Cell::count(self.asked.next.len())),
        ])
    }

    fn lives(&self, turned: &[Turned]) -> Table {
        let lang = self.asked.lang;
        let columns = vec![
            left(lang, "date"),
            left(lang, "what"),
            left(lang, "id"),
            left(lang, "name"),
            left(lang, "class"),
            left(lang, "file"),
        ];
        let mut table = Table::new("lives", String::new(), columns);
        for one in turned {
            let [id, name, class] = self.child(one.student);
            table.rows.push(vec![
                Cell::Day(one.day),
                Cell::code(one.turn.code(), self.turn(one)),
                id,
                name,
                class,
                Cell::Places(vec![self.snapshot.place(&one.origin).to_string()]),
            ]);
        }
        unless_named(table, self.asked.names)
    }

    fn turn(&self, one: &Turned) -> String {
        let list = if matches!(one.turn, Turn::PairingBegan | Turn::PairingEnded) { "pairing" } else { "relation" };
        let who = match (one.who.is_empty(), one.turn) {
            (true, Turn::Came | Turn::Left) => String::new(),
            (true, _) => self.word("report-unknown"),
            (false, _) => {
                text::find(self.asked.lang, &format!("{list}-{}", one.who)).unwrap_or_else(|| one.who.clone())
            }
        };
        self.say(&one.turn.key(), &[("who", &who)])
    }

    fn child(&self, at: u32) -> [Cell; 3] {
        who(self.snapshot.student(at))
    }

    /// What was recorded, kind by kind, in one line: the most frequent first.
    fn records(&self) -> String {
        let mut kinds: Vec<(&str, u32)> = made(self.snapshot, self.asked.span).into_iter().collect();
        kinds.sort_by_key(|(kind, times)| (std::cmp::Reverse(*times), *kind));
        let total: u32 = kinds.iter().map(|(_, times)| times).sum();
        let one = |(kind, times): (&str, u32)| {
            let kind = self.rules.kind_label(kind);
            let values = [("kind", kind.in_language(self.asked.lang.code())), ("times", &times.to_string())];
            self.say("changes-of-kind", &values)
        };
        let kinds: Vec<String> = kinds.into_iter().map(one).collect();
        let values = [("total", total.to_string()), ("kinds", kinds.join(&self.word("report-list-join")))];
        self.say("changes-records", &values.each_ref().map(|(key, value)| (*key, value.as_str())))
    }

    /// The agenda of the next days; of what is confidential only that there is something.
    fn next(&self) -> [Block; 2] {
        let Asked { span, lang, names, covered, next, .. } = &self.asked;
        let (commitments, rest): (Vec<&Item>, Vec<&Item>) = next.iter().partition(|item| item.sort == Sort::Commitment);
        let rest: Vec<Item> = rest.into_iter().map(|item| self.discreet(item)).collect();
        let mut table = listing::agenda(self.snapshot, self.rules, covered, &rest, span.last, *lang);
        table.columns[CODE].key = "id".into();
        table.columns[CODE].label = self.word("column-id");
        for (row, item) in table.rows.iter_mut().zip(&rest) {
            row[CODE] = item.student.map_or(Cell::Empty, |at| Cell::text(self.snapshot.student(at).id.as_str()));
        }
        table.caption = String::new();
        [Block::Table(unless_named(table, *names)), Block::Table(self.closing(&commitments))]
    }

    /// Without what would tell whom something confidential is about, and without free words where no names are asked for.
    fn discreet(&self, item: &Item) -> Item {
        let is_it = |one: &&FollowUp| item.sort == Sort::FollowUp && one.id.as_str() == item.code;
        let known = self.snapshot.follow_ups.iter().find(is_it);
        let sealed = item.sealed || known.is_some_and(|one| self.confidential.holds(one));
        let what = if sealed || !self.asked.names { String::new() } else { item.what.clone() };
        Item { student: item.student.filter(|_| !sealed), sealed, what, ..item.clone() }
    }

    /// The commitments whose periods close, a line for each day and each who answers for them.
    fn closing(&self, items: &[&Item]) -> Table {
        let lang = self.asked.lang;
        let columns =
            vec![left(lang, "due"), left(lang, "owner"), Column::left("commitments", self.word("changes-units-open"))];
        let mut table = Table::new("next-commitments", self.word("changes-next-commitments"), columns);
        let mut by_owner: BTreeMap<(Day, &str), Vec<String>> = BTreeMap::new();
        for item in items {
            let one = self.asked.covered.iter().find(|one| one.commitment.code == item.code);
            let words = one.map_or("", |one| one.commitment.text.in_language(lang.code()));
            let values = [("code", item.code.as_str()), ("what", words), ("count", &item.count.to_string())];
            by_owner.entry((item.day, &item.owner)).or_default().push(self.say("changes-unit", &values));
        }
        for ((day, owner), commitments) in by_owner {
            let owner = Cell::code(owner, listing::owner_words(owner, lang));
            table.rows.push(vec![Cell::Day(day), owner, Cell::List(commitments)]);
        }
        table
    }

    fn status(&self, one: &FollowUp) -> Cell {
        coded(self.asked.lang, "status", one.status_on(self.asked.span.last).code())
    }
}
