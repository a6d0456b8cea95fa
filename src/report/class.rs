//! One exam of a class: how the scores lie, who rose and who needs help. Without names small numbers are folded; names
//! stand in the order of the alphabet, and nobody is ranked unless that is asked for with a reason.

mod course;

use super::document::decimal;
use super::few::{self, Counted};
use super::listing::{exam_label, signed, subject_column};
use super::{Block, Cell, ChartKind, Column, Document, Private, Table};
use crate::assess::Rules;
use crate::assess::score::{Board, ClassExam, Movement, SubjectFigures};
use crate::assess::statistics::{mean, places};
use crate::ledger::{Snapshot, find};
use crate::model::{Class, Day, Student};
use crate::report::speaking::Speaking;
use crate::text::{self, Lang};

/// What of the children may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Numbers alone, small ones folded.
    Numbers,
    /// Names too, in the order of the alphabet.
    Names,
    /// Names in the order of their scores.
    Ranks,
}

struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    board: &'a Board,
    found: &'a ClassExam,
    shown: Shown,
    private: Private,
    lang: Lang,
}

/// The report of an exam of a class.
pub fn class(
    snapshot: &Snapshot,
    rules: &Rules,
    board: &Board,
    (class, found, day): (Class, &ClassExam, Day),
    shown: Shown,
    (private, lang): (Private, Lang),
) -> Document {
    let source = Source { snapshot, rules, board, found, shown, private, lang };
    let exam = &board.exams[found.exam];
    let name = exam_label(snapshot, &exam.kind, &exam.name, lang);
    let values =
        [("exam", name.as_str()), ("term", &text::stretch_name(lang, &exam.term)), ("day", &exam.day.to_string())];
    let mut blocks = vec![source.facts(), source.heading("class-subjects"), Block::Table(source.subjects())];
    blocks.push(few::drawn(source.distribution(), lang));
    blocks.extend(course::blocks(&source));
    blocks.push(source.heading("class-movement"));
    blocks.push(few::drawn(source.movements(), lang));
    if shown == Shown::Numbers {
        blocks.push(Block::Note(source.word("class-names-note")));
    } else {
        blocks.push(Block::Table(source.rose()));
        blocks.push(Block::Table(source.needs_help()));
        blocks.push(Block::Note(source.word("class-help-note")));
    }
    if shown == Shown::Ranks {
        blocks.push(Block::Table(source.ranks()));
    }
    blocks.push(Block::Note(source.word("progress-note")));
    Document {
        headed: true,
        title: source.say("class-title", &[("class", &class.to_string())]),
        subtitle: Some(source.say("class-subtitle", &values)),
        lang,
        day,
        school: snapshot.school.school.name.clone(),
        blocks,
    }
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Source<'_> {
    fn student(&self, at: u32) -> &Student {
        self.snapshot.student(at)
    }

    /// A number of children; folded where no names may be shown.
    fn children(&self, number: usize) -> Cell {
        match self.shown {
            Shown::Numbers => few::folded(number as u32, self.lang),
            _ => Cell::count(number),
        }
    }

    /// A share of children; where no names may be shown, neither side of it may be a few.
    fn share(&self, met: usize, of: usize) -> Cell {
        let folds = self.shown == Shown::Numbers && [met, of - met].iter().any(|part| few::is_few(*part as u32));
        if folds { Cell::text(self.word("term-few")) } else { Cell::Percent { met: met as u64, of: of as u64 } }
    }

    fn facts(&self) -> Block {
        let children = self.found.children.len();
        let sat =
            self.found.children.iter().filter(|at| self.board.point(**at, self.found.exam).share.is_some()).count();
        let mean = mean(&self.found.subjects.iter().filter_map(|subject| subject.mean).collect::<Vec<_>>());
        Block::Facts(vec![
            (self.word("class-children"), Cell::count(children)),
            (self.word("class-with-scores"), Cell::count(sat)),
            (self.word("class-mean"), mean.map_or(Cell::Unknown, tenth)),
        ])
    }

    fn subjects(&self) -> Table {
        let columns = vec![
            subject_column(self.lang),
            Column::right("scores", self.word("column-scores")),
            Column::right("absent", self.word("score-absent")),
            Column::right("grades", self.word("column-grades")),
            Column::right("mean", self.word("column-mean")),
            Column::right("median", self.word("column-median")),
            Column::right("spread", self.word("column-spread")),
            Column::right("passed", self.word("column-passed")),
            Column::right("excellent", self.word("column-excellent")),
        ];
        let mut table = Table::new("subjects", self.word("class-subjects-table"), columns);
        let least = self.rules.progress.standard_score.least_children;
        for one in &self.found.subjects {
            // The mean of a few children is nearly the mark of each.
            let enough = self.shown != Shown::Numbers || one.scores >= least;
            let number = |value: Option<f64>| value.filter(|_| enough).map_or(Cell::Unknown, tenth);
            table.rows.push(vec![
                Cell::text(&one.subject),
                self.children(one.scores),
                self.children(one.absent),
                self.children(one.grades),
                number(one.mean),
                number(one.median),
                number(one.spread),
                self.share(one.passed, one.scores),
                self.share(one.excellent, one.scores),
            ]);
        }
        table
    }

    /// How many children lie in each band, subject by subject.
    fn distribution(&self) -> Counted {
        let bands = &self.rules.progress.bands.from;
        let name = |at: usize| {
            let bound = |value: f64| decimal(value).unwrap_or_default();
            let from = bound(bands[at]);
            match bands.get(at + 1) {
                Some(until) => self.say("band-between", &[("from", &from), ("until", &bound(*until))]),
                None => self.say("band-from", &[("from", &from)]),
            }
        };
        let series = |one: &SubjectFigures| (one.subject.clone(), self.counts(&one.bands));
        Counted {
            key: "distribution",
            caption: self.word("class-distribution"),
            kind: ChartKind::Bars,
            categories: (0..bands.len()).map(name).collect(),
            series: self.found.subjects.iter().map(series).collect(),
            unit: self.word("unit-children"),
        }
    }

    fn counts(&self, numbers: &[usize]) -> Vec<Cell> {
        let numbers: Vec<u32> = numbers.iter().map(|number| *number as u32).collect();
        match self.shown {
            Shown::Numbers => few::parts(&numbers, self.lang),
            _ => numbers.into_iter().map(|number| Cell::Integer(i64::from(number))).collect(),
        }
    }

    fn movements(&self) -> Counted {
        let count = |fits: fn(&Movement) -> bool| self.found.movements.iter().filter(|one| fits(one)).count();
        let ways: [(&str, usize); 4] = [
            ("movement-rose", count(|one| matches!(one, Movement::Rose(_)))),
            ("movement-held", count(|one| matches!(one, Movement::Held(_)))),
            ("movement-declined", count(|one| matches!(one, Movement::Declined(_)))),
            ("report-unknown", count(|one| matches!(one, Movement::Unknown(_)))),
        ];
        Counted {
            key: "movement",
            caption: self.word("class-movement-chart"),
            kind: ChartKind::Bars,
            categories: ways.iter().map(|(key, _)| self.word(key)).collect(),
            series: vec![(self.word("class-children"), self.counts(&ways.map(|(_, number)| number)))],
            unit: self.word("unit-children"),
        }
    }

    /// Of whom something holds, in the order of the alphabet.
    fn named(&self, holds: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.found.children.len()).filter(|place| holds(*place)).collect();
        found.sort_by_cached_key(|place| {
            let student = self.student(self.found.children[*place]);
            (find::whole_pinyin(&student.name), student.id.clone())
        });
        found
    }

    fn rose(&self) -> Table {
        let columns = vec![
            Column::left("id", self.word("column-id")),
            Column::left("name", self.word("column-name")),
            Column::right("before", self.word("column-before")),
            Column::right("now", self.word("column-now")),
            Column::right("change", self.word("column-change")),
        ];
        let mut table = Table::new("rose", self.word("class-rose"), columns);
        for place in self.named(|place| matches!(self.found.movements[place], Movement::Rose(_))) {
            let Movement::Rose(progress) = &self.found.movements[place] else { continue };
            let student = self.student(self.found.children[place]);
            table.rows.push(vec![
                Cell::text(student.id.as_str()),
                Cell::text(&student.name),
                Cell::Decimal(progress.before),
                Cell::Decimal(progress.now),
                Cell::text(signed(progress.change())),
            ]);
        }
        table
    }

    fn needs_help(&self) -> Table {
        let columns = vec![
            Column::left("id", self.word("column-id")),
            Column::left("name", self.word("column-name")),
            Column::left("why", self.word("column-reasons")).wide(40),
            Column::left("difficulties", self.word("class-difficulties")),
        ];
        let mut table = Table::new("needs-help", self.word("class-needs-help"), columns);
        let needs = |place: usize| {
            matches!(self.found.movements[place], Movement::Declined(_)) || !self.found.failing[place].is_empty()
        };
        for place in self.named(needs) {
            let student = self.student(self.found.children[place]);
            let mut why = Vec::new();
            if let Movement::Declined(progress) = &self.found.movements[place] {
                why.push(self.say("need-declined", &[("change", &signed(progress.change()))]));
            }
            if !self.found.failing[place].is_empty() {
                let subjects = self.found.failing[place].join(&self.word("report-list-join"));
                why.push(self.say("need-failing", &[("subjects", &subjects)]));
            }
            let known = student.study.as_ref().and_then(|study| study.difficulties.as_deref()).unwrap_or_default();
            table.rows.push(vec![
                Cell::text(student.id.as_str()),
                Cell::text(&student.name),
                Cell::List(why),
                if known.is_empty() { Cell::Empty } else { Cell::text(self.private.text(known)) },
            ]);
        }
        table
    }

    /// Places by the mean share of full marks; who has not sat every subject has none.
    fn ranks(&self) -> Table {
        let columns = vec![
            Column::right("place", self.word("column-place-in-class")),
            Column::left("id", self.word("column-id")),
            Column::left("name", self.word("column-name")),
            Column::right("share", self.word("column-mean")),
        ];
        let mut table = Table::new("ranks", self.word("class-ranks"), columns);
        let sat_all = |at: u32| {
            let shares: Vec<f64> =
                self.board.entries_in(at, self.found.exam).filter_map(|entry| entry.share()).collect();
            (shares.len() == self.found.subjects.len()).then(|| mean(&shares)).flatten()
        };
        let (placed, open): (Vec<u32>, Vec<u32>) = self.found.children.iter().partition(|at| sat_all(**at).is_some());
        let shares: Vec<f64> = placed.iter().filter_map(|at| sat_all(*at)).collect();
        let mut rows: Vec<(usize, u32, f64)> = places(&shares)
            .into_iter()
            .zip(placed)
            .zip(shares)
            .map(|((place, at), share)| (place, at, share))
            .collect();
        rows.sort_by(|a, b| (a.0, &self.student(a.1).id).cmp(&(b.0, &self.student(b.1).id)));
        let cells = |student: &Student| [Cell::text(student.id.as_str()), Cell::text(&student.name)];
        for (place, at, share) in rows {
            let [id, name] = cells(self.student(at));
            table.rows.push(vec![Cell::count(place), id, name, tenth(share)]);
        }
        for at in open {
            let [id, name] = cells(self.student(at));
            table.rows.push(vec![Cell::Unknown, id, name, Cell::Unknown]);
        }
        table
    }
}

/// With one place behind the point.
fn tenth(number: f64) -> Cell {
    Cell::Decimal((number * 10.0).round() / 10.0)
}
