//! The inspection binder (迎检资料): numbered parts with the records, reports and attachments of a term, a contents page,
//! a page of what is missing, and all of it once more in one file that prints as a whole. Says what is to be written under
//! which name, and writes nothing itself.

mod file_name;
mod layout;
mod missing;
mod records;

use std::collections::BTreeMap;

pub use layout::{Layout, Part};

use self::file_name::{Taken, stem};
use self::records::Rows;
use super::nameless::scrub;
use super::speaking::Speaking;
use super::{Block, Cell, Column, Document, FileFormat, Private, Table};
use crate::assess::Rules;
use crate::assess::confidential::is_confidential;
use crate::assess::figures::Span;
use crate::assess::plan::Covered;
use crate::ledger::{Log, Snapshot, attachment};
use crate::model::kind::Target;
use crate::model::{Activity, Outcome, Scrub, Stretch};
use crate::text::{self, Lang};

/// What is asked, and what was made for it.
pub struct Asked<'a> {
    pub snapshot: &'a Snapshot,
    pub rules: &'a Rules,
    pub covered: &'a [Covered<'a>],
    pub term: &'a Stretch,
    pub span: Span,
    /// The reports that parts ask for, by the name under which they do: each with the name of its file.
    pub reports: BTreeMap<String, Vec<(String, Document)>>,
    /// The format of what is printed.
    pub format: FileFormat,
    pub lang: Lang,
    pub names: bool,
}

/// A file that is made from a document.
pub struct Paper {
    pub path: String,
    pub document: Document,
    pub format: FileFormat,
}

/// An attachment that goes along under a name that people read.
pub struct Copied {
    pub path: String,
    /// Its path in the ledger.
    pub from: String,
}

/// Everything that a binder is made of.
pub struct Binder {
    pub papers: Vec<Paper>,
    pub copies: Vec<Copied>,
    /// How many things are named as missing.
    pub missing: usize,
}

struct Source<'a> {
    asked: Asked<'a>,
    layout: &'a Layout,
    scrub: Scrub,
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.asked.lang
    }
}

impl Source<'_> {
    fn kind_words(&self, kind: &str) -> String {
        self.asked.rules.kind_label(kind).in_language(self.asked.lang.code()).to_owned()
    }

    fn kind_cell(&self, kind: &str) -> Cell {
        Cell::code(kind, self.kind_words(kind))
    }

    /// What somebody wrote: without long numbers, and without names where none are asked for.
    fn free(&self, written: &str) -> Cell {
        match self.asked.names {
            _ if written.is_empty() => Cell::Empty,
            true => Cell::text(Private::Masked.words(written)),
            false => Cell::text(self.nameless(written)),
        }
    }

    /// The text as whoever does not know the children may read it.
    fn nameless(&self, written: &str) -> String {
        Private::Masked.words(&self.scrub.text(written)).into_owned()
    }

    fn document(&self, title: String, blocks: Vec<Block>) -> Document {
        let Asked { term, span, lang, snapshot, .. } = &self.asked;
        let (name, from) = (text::stretch_name(*lang, &term.name), span.first.to_string());
        let values = [("term", name.as_str()), ("from", &from), ("until", &span.last.to_string())];
        Document {
            headed: true,
            title,
            subtitle: Some(self.say("term-subtitle", &values)),
            lang: *lang,
            day: span.last,
            school: snapshot.school.school.name.clone(),
            blocks,
        }
    }

    fn is_counted(&self, part: &Part, kind: &str) -> bool {
        part.counts || is_confidential(self.asked.rules, kind)
    }
}

/// One line of the contents page.
struct Line {
    part: String,
    path: String,
    sort: &'static str,
    count: usize,
}

/// The binder of a term.
pub fn binder(layout: &Layout, mut asked: Asked) -> Outcome<Binder> {
    let mut reports = std::mem::take(&mut asked.reports);
    let scrub = scrub(asked.snapshot, text::label(asked.lang, "funds-a-child"));
    let source = Source { asked, layout, scrub };
    let kinds = records::by_kind(&source);
    let mut made = Making { source: &source, taken: Taken::default(), papers: Vec::new(), lines: Vec::new() };
    let mut whole = Vec::new();
    let (copies, lost) = made.attachments(&kinds);
    let (blocks, missing) = missing::blocks(&source, &kinds, &lost);
    for at in 0..layout.part.len() {
        whole.extend(made.part(at, &kinds, &mut reports)?);
    }
    let page = made.source.document(source.word("binder-missing"), blocks);
    let contents = source.document(source.word("binder-contents"), made.contents(copies.len()));
    let title = source.word("binder-title");
    let mut blocks = contents.blocks.clone();
    blocks.extend([Block::PageBreak, chapter(&page.title)]);
    blocks.extend(lowered(page.blocks.clone()));
    blocks.extend(whole);
    let front = [("00", source.document(title, blocks)), ("00", contents), ("00", page)];
    let format = source.asked.format;
    for (number, document) in front {
        let path = made.taken.path("", &format!("{number}-{}", document.title), format.ending());
        made.papers.push(Paper { path, document, format });
    }
    Ok(Binder { papers: made.papers, copies, missing })
}

struct Making<'s, 'a> {
    source: &'s Source<'a>,
    taken: Taken,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

impl Making<'_, '_> {
    fn folder(&self, at: usize) -> String {
        let title = self.source.layout.part[at].title.in_language(self.source.asked.lang.code());
        format!("{:02}-{}", at + 1, stem(title))
    }

    /// The files of a part; gives what of it is printed in the whole.
    fn part(
        &mut self,
        at: usize,
        kinds: &BTreeMap<&str, Rows>,
        reports: &mut BTreeMap<String, Vec<(String, Document)>>,
    ) -> Outcome<Vec<Block>> {
        let source = self.source;
        let part = &source.layout.part[at];
        let folder = self.folder(at);
        let title = folder.replacen('-', " ", 1);
        let mut whole = vec![Block::PageBreak, chapter(&title)];
        let own: Vec<(&str, &Rows)> = kinds
            .iter()
            .filter(|(kind, _)| source.layout.part_of(kind, source.asked.rules.kinds.get(**kind)) == Some(at))
            .map(|(kind, rows)| (*kind, rows))
            .collect();
        let (counted, listed): (Vec<_>, Vec<_>) = own.into_iter().partition(|(kind, _)| source.is_counted(part, kind));
        let (mut printed, mut full) = (Vec::new(), Vec::new());
        let count: usize = listed.iter().chain(&counted).map(|(_, rows)| rows.len()).sum();
        for (kind, rows) in listed {
            let table = records::listed(source, kind, rows);
            if rows.len() > source.layout.printed {
                printed.push(Block::Table(records::monthly(source, kind, rows)));
                printed.push(Block::Note(source.say("binder-in-workbook", &[("count", &rows.len().to_string())])));
            } else {
                printed.push(Block::Table(table.clone()));
            }
            full.push(Block::Table(table));
        }
        if !counted.is_empty() {
            let block = records::counted(source, &counted);
            printed.extend([block.clone(), Block::Note(source.word("binder-counted-note"))]);
            full.push(block);
        }
        for name in &part.registers {
            if let Some(table) = records::register(source, name)? {
                printed.push(Block::Table(table.clone()));
                full.push(Block::Table(table));
            }
        }
        if part.photos {
            printed.push(Block::Table(self.photos(&folder)));
        }
        if !printed.is_empty() {
            whole.extend(lowered(printed.clone()));
            let name = source.word("binder-records");
            self.paper(&folder, &title, &name, source.document(title.clone(), printed), count);
        }
        if !full.is_empty() {
            let path = self.taken.path(&folder, &source.word("binder-lists"), FileFormat::Xlsx.ending());
            self.line(&title, &path, "list", count);
            self.papers.push(Paper { path, document: source.document(title.clone(), full), format: FileFormat::Xlsx });
        }
        for report in part.reports.iter().filter_map(|name| reports.remove(name)).flatten() {
            let (name, document) = report;
            whole.extend([Block::PageBreak, Block::Heading { level: 2, text: document.title.clone() }]);
            whole.extend(lowered(lowered(document.blocks.clone())));
            self.paper(&folder, &title, &name, document, 1);
        }
        if self.lines.iter().all(|line| line.part != title) {
            whole.push(Block::Paragraph(source.word("binder-empty")));
            self.line(&title, "", "nothing", 0);
        }
        Ok(whole)
    }

    fn paper(&mut self, folder: &str, part: &str, name: &str, document: Document, count: usize) {
        let format = self.source.asked.format;
        let path = self.taken.path(folder, name, format.ending());
        self.line(part, &path, "page", count);
        self.papers.push(Paper { path, document, format });
    }

    fn line(&mut self, part: &str, path: &str, sort: &'static str, count: usize) {
        self.lines.push(Line { part: part.to_owned(), path: path.to_owned(), sort, count });
    }

    /// The contents page.
    fn contents(&mut self, attachments: usize) -> Vec<Block> {
        let source = self.source;
        let lang = source.asked.lang;
        self.lines.sort_by(|a, b| (&a.part, a.sort == "attachment").cmp(&(&b.part, b.sort == "attachment")));
        let columns = vec![
            Column::left("part", source.word("binder-part")),
            Column::left("path", source.word("binder-file")).wide(44),
            Column::left("sort", source.word("binder-sort")),
            Column::right("count", source.word("binder-count")),
        ];
        let mut table = Table::new("contents", String::new(), columns);
        for line in &self.lines {
            let file = line.path.split_once('/').map_or(line.path.as_str(), |(_, file)| file);
            table.rows.push(vec![
                Cell::text(&line.part),
                if file.is_empty() { Cell::Empty } else { Cell::text(file) },
                Cell::code(line.sort, source.word(&format!("binder-sort-{}", line.sort))),
                Cell::count(line.count),
            ]);
        }
        let files = self.lines.iter().filter(|line| !line.path.is_empty()).count();
        let note = if source.asked.names { "report-note-names" } else { "binder-note-ids" };
        vec![
            Block::Facts(vec![
                (text::label(lang, "binder-parts"), Cell::count(source.layout.part.len())),
                (text::label(lang, "binder-files"), Cell::count(files - attachments)),
                (text::label(lang, "column-attachments"), Cell::count(attachments)),
            ]),
            Block::Table(table),
            Block::Note(source.word(note)),
            Block::Note(source.word("binder-counted-note")),
        ]
    }

    /// The pictures that lie in the part, by their names.
    fn photos(&self, folder: &str) -> Table {
        let columns = vec![Column::left("path", self.source.word("binder-file")).wide(50)];
        let mut table = Table::new("photos", self.source.word("binder-photos"), columns);
        let own = self.lines.iter().filter_map(|line| line.path.strip_prefix(folder));
        table.rows.extend(own.map(|path| vec![Cell::text(path.trim_start_matches('/'))]));
        table
    }

    /// The attachments that go along; and those that are named and cannot, each with the place that names it.
    fn attachments(&mut self, kinds: &BTreeMap<&str, Rows>) -> (Vec<Copied>, Vec<(String, String)>) {
        let (source, mut copies, mut lost) = (self.source, Vec::new(), Vec::new());
        for (kind, rows) in kinds {
            let defined = source.asked.rules.kinds.get(*kind);
            let Some(part) = source.layout.part_of(kind, defined) else { continue };
            // A photo or a scan of one child shows who it is, as its name would.
            let shows_children = defined.is_none_or(|kind| kind.target == Target::Student);
            let stays = source.is_counted(&source.layout.part[part], kind) || (shows_children && !source.asked.names);
            for (log, one) in rows {
                for name in attachment::names(log.table.get(one.row as usize, "attachments")) {
                    let from = attachment::path_of(name);
                    let bytes = Some(name).filter(|name| attachment::is_name(name));
                    let bytes = bytes.and_then(|_| source.asked.snapshot.read(&from).ok().flatten());
                    if bytes.is_none_or(|bytes| !attachment::fits(name, &bytes)) {
                        lost.push((name.to_owned(), log.table.place(one.row as usize).to_string()));
                    } else if !stays {
                        copies.push(self.copied(part, kind, (log, one), name, from));
                    }
                }
            }
        }
        (copies, lost)
    }

    fn copied(&mut self, part: usize, kind: &str, (log, one): (&Log, &Activity), name: &str, from: String) -> Copied {
        const PICTURES: [&str; 4] = ["jpg", "jpeg", "png", "webp"];
        let source = self.source;
        let ending = attachment::ending(name).unwrap_or_else(|| "bin".to_owned());
        let is_picture = PICTURES.contains(&ending.as_str());
        let part = source.layout.photos().filter(|_| is_picture).unwrap_or(part);
        let words = source.kind_words(kind);
        let folder = format!("{}/{}", self.folder(part), stem(&words));
        let child = match log.students(one) {
            [only] if source.asked.names => format!("-{}", source.asked.snapshot.student(*only).name),
            _ => String::new(),
        };
        let path = self.taken.path(&folder, &format!("{}-{words}{child}", one.day), &ending);
        let title = self.folder(part).replacen('-', " ", 1);
        self.line(&title, &path, "attachment", 1);
        Copied { path, from }
    }
}

/// A heading that begins a part of the whole.
fn chapter(title: &str) -> Block {
    Block::Heading { level: 1, text: title.to_owned() }
}

/// Blocks one level further below.
fn lowered(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level + 1).min(3);
        }
    }
    blocks
}
