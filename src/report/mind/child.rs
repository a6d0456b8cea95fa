//! One child's own mental health file, for whoever may read it: the course of the screenings, what was recorded, what
//! waits. What cannot be read is said to be there.

use std::collections::BTreeMap;

use crate::assess::Rules;
use crate::assess::pairing::pairings;
use crate::assess::screening::{Screening, Screenings};
use crate::ledger::scales::scales;
use crate::ledger::{Log, Snapshot};
use crate::model::scale::SCREENING;
use crate::model::{Activity, Day, FollowUp, Outcome};
use crate::report::{Block, Cell, Chart, ChartKind, Column, Document, Series, Table, listing};
use crate::text::{self, Lang, label};

/// The domain whose records make up the file.
const DOMAIN: &str = "mind";

struct File<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    child: u32,
    day: Day,
    lang: Lang,
}

/// The file of a child as a day has it.
pub fn child(snapshot: &Snapshot, rules: &Rules, child: u32, day: Day, lang: Lang) -> Outcome<Document> {
    let file = File { snapshot, rules, child, day, lang };
    let student = snapshot.student(child);
    let mut blocks = vec![file.facts(), file.heading("mind-screening")];
    blocks.push(Block::Paragraph(label(lang, "mind-no-diagnosis")));
    blocks.extend(file.screenings()?);
    blocks.push(file.heading("mind-records"));
    blocks.push(Block::Table(file.records()));
    blocks.push(file.heading("caption-follow-ups"));
    blocks.push(Block::Table(file.follow_ups()));
    blocks.push(Block::Table(file.pairings()));
    blocks.extend(file.unreadable());
    blocks.push(Block::Note(label(lang, "mind-note-child")));
    Ok(Document {
        headed: true,
        title: text::say(lang, "mind-title-child", &[("name", &student.name)]),
        subtitle: None,
        lang,
        day,
        school: snapshot.school.school.name.clone(),
        blocks,
    })
}

impl File<'_> {
    fn heading(&self, key: &str) -> Block {
        Block::Heading { level: 1, text: label(self.lang, key) }
    }

    fn facts(&self) -> Block {
        let student = self.snapshot.student(self.child);
        let number = |number: Option<i32>| number.map_or(Cell::Unknown, |number| Cell::Integer(i64::from(number)));
        let class = listing::class_cell(student.class);
        Block::Facts(vec![
            (label(self.lang, "column-class"), class),
            (label(self.lang, "column-grade"), number(student.grade_on(self.day))),
            (label(self.lang, "mind-age"), number(student.age_on(self.day))),
        ])
    }

    fn screenings(&self) -> Outcome<Vec<Block>> {
        let scales = scales(self.snapshot.definitions())?;
        let all = Screenings::of(self.snapshot, self.day);
        let mut own: Vec<&Screening> = all.readable.iter().filter(|one| one.child == self.child).collect();
        own.sort_by_key(|one| (one.scale, one.day()));
        let mut course: BTreeMap<&str, Vec<&Screening>> = BTreeMap::new();
        own.iter().for_each(|one| course.entry(one.scale).or_default().push(one));
        let mut blocks = vec![Block::Table(listing::screening(&all, &own, &scales, self.lang))];
        for (name, found) in course.into_iter().filter(|(_, found)| found.len() > 1) {
            let name = scales.get(name).map_or(name, |scale| scale.label.in_language(self.lang.code()));
            blocks.push(Block::Chart(self.course(name, &found)));
        }
        Ok(blocks)
    }

    /// The totals of one scale over time; a screening without a result leaves a gap.
    fn course(&self, name: &str, found: &[&Screening]) -> Chart {
        let value = |one: &&Screening| one.total().filter(|_| one.is_result()).map(f64::from);
        Chart {
            key: format!("course-{}", found[0].scale),
            caption: text::say(self.lang, "mind-course", &[("scale", name)]),
            kind: ChartKind::Lines,
            categories: found.iter().map(|one| one.day().to_string()).collect(),
            series: vec![Series { label: label(self.lang, "column-total"), values: found.iter().map(value).collect() }],
            unit: String::new(),
        }
    }

    fn is_of_domain(&self, log: &Log) -> bool {
        self.rules.kinds.get(&log.kind).is_some_and(|kind| kind.domain == DOMAIN)
    }

    /// Everything else that was recorded of the child.
    fn records(&self) -> Table {
        let of_child = |log: &Log, one: &Activity| {
            one.day <= self.day
                && log.kind != SCREENING
                && self.is_of_domain(log)
                && log.students(one).contains(&self.child)
        };
        let rows = self.snapshot.activities().map(|(_, log, one)| (log, one));
        let mut found: Vec<(&Log, &Activity)> = rows.filter(|(log, one)| of_child(log, one)).collect();
        found.sort_by_key(|(log, one)| (one.day, log.table.path.as_str(), one.row));
        listing::activities(self.snapshot, &found, self.lang)
    }

    fn follow_ups(&self) -> Table {
        let id = &self.snapshot.student(self.child).id;
        let rows: BTreeMap<&str, &str> = self
            .snapshot
            .activities()
            .filter(|(_, log, _)| self.is_of_domain(log))
            .map(|(_, log, one)| (log.table.get(one.row as usize, "id"), log.kind.as_str()))
            .collect();
        let closes = |one: &FollowUp| {
            let described = self.rules.follow_up_types.get(&one.kind);
            let kinds = described.map_or(&[][..], |described| &described.closed_by);
            kinds.iter().any(|kind| self.rules.kinds.get(kind).is_some_and(|kind| kind.domain == DOMAIN))
        };
        let opened = |one: &FollowUp| one.opened_by.as_ref().is_some_and(|row| rows.contains_key(row.as_str()));
        let own = |one: &&FollowUp| one.student.as_ref() == Some(id) && one.opened <= self.day;
        let found: Vec<&FollowUp> =
            self.snapshot.follow_ups.iter().filter(own).filter(|one| opened(one) || closes(one)).collect();
        listing::follow_ups(self.snapshot, &found, &self.rules.follow_up_types, self.day, self.lang)
    }

    /// Who stands by the child.
    fn pairings(&self) -> Table {
        let columns = vec![
            Column::left("type", label(self.lang, "column-type")),
            Column::left("helper", label(self.lang, "column-helper")),
            Column::left("from", label(self.lang, "column-from")),
            Column::left("until", label(self.lang, "column-until")),
        ];
        let mut table = Table::new("pairings", label(self.lang, "mind-pairings"), columns);
        let day = |day: Option<Day>| day.map_or(Cell::Empty, Cell::Day);
        for one in pairings(self.snapshot).into_iter().filter(|one| one.student == self.child) {
            let kind = text::find(self.lang, &format!("pairing-{}", one.kind)).unwrap_or_else(|| one.kind.clone());
            table.rows.push(vec![Cell::code(&one.kind, kind), Cell::text(&one.helper), day(one.from), day(one.until)]);
        }
        table
    }

    /// Rows of the plan's confidential kinds that name nobody who can be read: some may be this child's.
    fn unreadable(&self) -> Vec<Block> {
        let mut sealed: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, log, one) in self.snapshot.activities() {
            let confidential = self.rules.kinds.get(&log.kind).is_some_and(|kind| kind.confidential);
            if confidential && self.is_of_domain(log) && one.day <= self.day && log.students(one).is_empty() {
                *sealed.entry(&log.kind).or_default() += 1;
            }
        }
        let said = |(kind, number): (&str, usize)| {
            let kind = self.rules.kind_label(kind).in_language(self.lang.code()).to_owned();
            text::say(self.lang, "mind-sealed", &[("kind", &kind), ("count", &number.to_string())])
        };
        sealed.into_iter().map(|one| Block::Note(said(one))).collect()
    }
}
