//! What the staff did in a term: everybody in a line, or one person on a page. Children are numbers unless names are asked
//! for; of confidential work the times stand there and nothing else.

use super::few;
use super::listing::{coded, left, owner_words, right, who};
use super::speaking::Speaking;
use super::{Block, Cell, Column, Document, Table};
use crate::assess::Rules;
use crate::assess::plan::Covered;
use crate::assess::staff::{Post, Served};
use crate::ledger::Snapshot;
use crate::model::{Day, Stretch};
use crate::text::{self, Lang};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub term: &'a Stretch,
    /// The last day that counts.
    pub day: Day,
    pub lang: Lang,
    /// Whether the children are named.
    pub names: bool,
}

struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    covered: &'a [Covered<'a>],
    asked: Asked<'a>,
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.asked.lang
    }
}

/// Everybody's work, a line a person.
pub fn staff(snapshot: &Snapshot, rules: &Rules, covered: &[Covered], served: &[Served], asked: Asked) -> Document {
    let source = Source { snapshot, rules, covered, asked };
    let mut blocks = vec![source.totals(served)];
    blocks.extend([source.heading("staff-activities"), Block::Table(source.everybody(served))]);
    blocks.extend([source.heading("staff-commitments"), Block::Table(source.promises(served))]);
    blocks.push(Block::Note(source.word("staff-note-confidential")));
    blocks.push(Block::Note(source.word("staff-note-private")));
    source.document(source.word("staff-title"), blocks)
}

/// One person's page.
pub fn person(snapshot: &Snapshot, rules: &Rules, covered: &[Covered], served: &Served, asked: Asked) -> Document {
    let source = Source { snapshot, rules, covered, asked };
    let mut blocks = vec![source.facts(served), Block::Paragraph(source.posts_said(served))];
    blocks.extend([source.heading("staff-activities"), Block::Table(source.kinds(served))]);
    blocks.extend([source.heading("staff-pairings"), Block::Table(source.pairings(served))]);
    blocks.extend([source.heading("staff-commitments"), Block::Table(source.commitments(served))]);
    if asked.names {
        blocks.extend([source.heading("staff-children"), Block::Table(source.children(served))]);
    }
    blocks.push(Block::Note(source.word("staff-note-confidential")));
    blocks.push(Block::Note(source.word(if asked.names { "report-note-names" } else { "staff-note-private" })));
    source.document(source.say("staff-title-of", &[("name", &served.name)]), blocks)
}

fn count(number: u32) -> Cell {
    Cell::Integer(i64::from(number))
}

impl Source<'_> {
    fn document(&self, title: String, blocks: Vec<Block>) -> Document {
        let Asked { term, day, lang, .. } = self.asked;
        let (name, from) = (text::stretch_name(lang, &term.name), term.from.to_string());
        let values = [("term", name.as_str()), ("from", &from), ("until", &day.to_string())];
        Document {
            headed: true,
            title,
            subtitle: Some(self.say("term-subtitle", &values)),
            lang,
            day,
            school: self.snapshot.school.school.name.clone(),
            blocks,
        }
    }

    fn totals(&self, served: &[Served]) -> Block {
        let sum = |of: fn(&Served) -> u32| count(served.iter().map(of).sum());
        Block::Facts(vec![
            (self.word("staff-people"), Cell::count(served.len())),
            (self.word("column-times"), sum(|one| one.times())),
            (self.word("column-minutes"), sum(|one| one.minutes())),
            (self.word("staff-waiting"), sum(|one| one.owned.waiting)),
            (self.word("staff-overdue"), sum(|one| one.owned.overdue)),
        ])
    }

    /// A number of children, folded where it could be a name.
    fn number(&self, children: usize) -> Cell {
        if self.asked.names { Cell::count(children) } else { few::folded(children as u32, self.asked.lang) }
    }

    fn everybody(&self, served: &[Served]) -> Table {
        let lang = self.asked.lang;
        let columns = vec![
            left(lang, "name"),
            left(lang, "role").wide(20),
            right(lang, "times"),
            right(lang, "minutes"),
            Column::right("confidential", self.word("staff-confidential")),
            Column::right("children", self.word("term-different")),
            Column::right("pairings", self.word("staff-pairings-held")),
            left(lang, "last"),
        ];
        let mut table = Table::new("staff", self.word("staff-table"), columns);
        for one in served {
            let last = one.by_kind.values().filter_map(|of_kind| of_kind.last).max();
            table.rows.push(vec![
                Cell::text(&one.name),
                self.posts(one),
                count(one.times()),
                count(one.minutes()),
                count(one.confidential()),
                self.number(one.children.len()),
                Cell::count(one.pairings.len()),
                last.map_or(Cell::Empty, Cell::Day),
            ]);
        }
        table
    }

    /// Follow-ups and commitments of everybody.
    fn promises(&self, served: &[Served]) -> Table {
        let columns = vec![
            left(self.asked.lang, "name"),
            Column::right("waiting", self.word("staff-waiting")),
            Column::right("overdue", self.word("staff-overdue")),
            Column::right("done-in-time", self.word("term-done-in-time")),
            Column::right("done-late", self.word("term-done-late")),
            Column::right("commitments", self.word("term-commitments")),
            Column::right("coverage", self.word("term-coverage")),
        ];
        let mut table = Table::new("promises", self.word("staff-promises"), columns);
        for one in served {
            let (met, of) = one.share();
            table.rows.push(vec![
                Cell::text(&one.name),
                count(one.owned.waiting),
                count(one.owned.overdue),
                count(one.owned.in_time),
                count(one.owned.late),
                Cell::count(one.commitments.len()),
                Cell::Percent { met, of },
            ]);
        }
        table
    }

    fn posts(&self, served: &Served) -> Cell {
        let words = |post: &Post| {
            let role = owner_words(&post.role, self.asked.lang);
            match post.class {
                Some(class) => self.say("staff-post", &[("role", &role), ("class", &class.to_string())]),
                None => role,
            }
        };
        match served.posts.is_empty() {
            true => Cell::Unknown,
            false => Cell::List(served.posts.iter().map(words).collect()),
        }
    }

    fn posts_said(&self, served: &Served) -> String {
        match self.posts(served) {
            Cell::List(posts) => posts.join(&self.word("report-list-join")),
            _ => self.word("staff-not-registered"),
        }
    }

    fn facts(&self, served: &Served) -> Block {
        let (met, of) = served.share();
        Block::Facts(vec![
            (self.word("column-times"), count(served.times())),
            (self.word("column-minutes"), count(served.minutes())),
            (self.word("term-different"), self.number(served.children.len())),
            (self.word("staff-pairings-held"), Cell::count(served.pairings.len())),
            (self.word("staff-waiting"), count(served.owned.waiting)),
            (self.word("staff-overdue"), count(served.owned.overdue)),
            (self.word("term-done-in-time"), count(served.owned.in_time)),
            (self.word("term-done-late"), count(served.owned.late)),
            (self.word("term-coverage"), Cell::Percent { met, of }),
        ])
    }

    fn kinds(&self, served: &Served) -> Table {
        let lang = self.asked.lang;
        let columns = vec![
            left(lang, "kind"),
            right(lang, "times"),
            right(lang, "minutes"),
            right(lang, "without-minutes"),
            Column::right("children", self.word("term-different")),
            left(lang, "last"),
        ];
        let mut table = Table::new("kinds", self.word("staff-kinds"), columns);
        let mut kinds: Vec<_> = served.by_kind.iter().collect();
        kinds.sort_by_key(|(kind, of_kind)| (std::cmp::Reverse(of_kind.times), **kind));
        for (kind, of_kind) in kinds {
            let children = match of_kind.confidential {
                true => coded(lang, "confidential", "counted"),
                false => self.number(of_kind.children.len()),
            };
            table.rows.push(vec![
                Cell::code(*kind, self.rules.kind_label(kind).in_language(lang.code())),
                count(of_kind.times),
                count(of_kind.minutes),
                count(of_kind.without_minutes),
                children,
                of_kind.last.map_or(Cell::Empty, Cell::Day),
            ]);
        }
        table
    }

    fn pairings(&self, served: &Served) -> Table {
        let lang = self.asked.lang;
        let mut columns = vec![left(lang, "type"), left(lang, "id")];
        columns.extend(self.asked.names.then(|| left(lang, "name")));
        columns.extend([Column::left("since", self.word("column-since")), left(lang, "until")]);
        let mut table = Table::new("pairings", String::new(), columns);
        let day = |day: Option<Day>| day.map_or(Cell::Empty, Cell::Day);
        for one in &served.pairings {
            let student = self.snapshot.student(one.student);
            let mut row = vec![coded(lang, "pairing", &one.kind), Cell::text(student.id.as_str())];
            row.extend(self.asked.names.then(|| Cell::text(&student.name)));
            row.extend([day(one.from), day(one.until)]);
            table.rows.push(row);
        }
        table
    }

    fn commitments(&self, served: &Served) -> Table {
        let lang = self.asked.lang;
        let columns = vec![
            left(lang, "code"),
            left(lang, "commitment").wide(44),
            right(lang, "coverage"),
            right(lang, "missed"),
            right(lang, "open"),
        ];
        let mut table = Table::new("commitments", String::new(), columns);
        for one in &served.commitments {
            table.rows.push(vec![
                Cell::text(one.code),
                Cell::text(self.covered[one.at].commitment.text.in_language(lang.code())),
                Cell::Percent { met: one.met, of: one.met + one.missed },
                Cell::Integer(one.missed as i64),
                Cell::Integer(one.open as i64),
            ]);
        }
        table
    }

    fn children(&self, served: &Served) -> Table {
        let lang = self.asked.lang;
        let columns = vec![left(lang, "id"), left(lang, "name"), left(lang, "class"), right(lang, "times")];
        let mut table = Table::new("children", String::new(), columns);
        for (at, times) in &served.children {
            let student = self.snapshot.student(*at);
            let [id, name, class] = who(student);
            table.rows.push(vec![id, name, class, count(*times)]);
        }
        table
    }
}
