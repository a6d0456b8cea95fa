//! The work plan of a year as a document: each measure with whom it is for, how often, by whom, whether the plan says
//! so or the school reads it so, and what was done of it last term.

use super::listing::owner_words;
use super::{Block, Cell, Column, Document, Table, sections};
use crate::assess::plan::{Commitment, Covered, Every, For, Plan, school_year};
use crate::ledger::Snapshot;
use crate::model::{Day, Stretch};
use crate::text::{self, Lang, label};

/// What the document is made from.
pub struct WorkPlan<'a> {
    pub snapshot: &'a Snapshot,
    pub plans: &'a [&'a Plan],
    pub term: &'a Stretch,
    /// The term before with its coverage, where the ledger has one.
    pub before: Option<(&'a Stretch, &'a [Covered<'a>])>,
    pub day: Day,
    pub lang: Lang,
}

impl WorkPlan<'_> {
    fn word(&self, key: &str) -> String {
        label(self.lang, key)
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        text::say(self.lang, key, values)
    }

    /// The document: a chapter a plan, a table a section.
    pub fn document(&self) -> Document {
        let school = &self.snapshot.school;
        let year = school_year(school, self.term).name;
        let mut blocks = vec![Block::Facts(self.facts()), Block::Note(self.word("work-plan-note"))];
        self.plans.iter().for_each(|plan| blocks.extend(self.chapter(plan)));
        Document {
            title: self.say("work-plan-title", &[("year", &year)]),
            subtitle: None,
            lang: self.lang,
            day: self.day,
            school: school.school.name.clone(),
            headed: true,
            blocks,
        }
    }

    fn facts(&self) -> Vec<(String, Cell)> {
        let commitments = || self.plans.iter().flat_map(|plan| kept(plan));
        let stated = commitments().filter(|one| one.frequency == "stated").count();
        let mut facts = vec![
            (self.word("term-commitments"), Cell::count(commitments().count())),
            (self.word("frequency-stated"), Cell::count(stated)),
            (self.word("frequency-assumed"), Cell::count(commitments().count() - stated)),
        ];
        if let Some((before, covered)) = self.before {
            let share =
                covered.iter().map(Covered::share).fold((0, 0), |(met, of), (more, all)| (met + more, of + all));
            let name = self.say("work-plan-coverage", &[("term", &text::stretch_name(self.lang, &before.name))]);
            facts.push((name, Cell::Percent { met: share.0, of: share.1 }));
        }
        facts
    }

    fn chapter(&self, plan: &Plan) -> Vec<Block> {
        let words = |label: &crate::model::kind::Label| label.in_language(self.lang.code()).to_owned();
        let mut blocks = vec![Block::Heading { level: 1, text: words(&plan.title) }];
        if let Some((before, covered)) = self.before {
            let terms = [(text::stretch_name(self.lang, &before.name), covered)];
            blocks.extend(sections::coverage(plan, &terms, self.lang).map(Block::Chart));
        }
        for section in &plan.section {
            let own: Vec<&Commitment> = kept(plan).filter(|one| one.section() == section.id).collect();
            if !own.is_empty() {
                let name = format!("{} {}", section.id, words(&section.label));
                blocks.push(Block::Heading { level: 2, text: name.clone() });
                blocks.push(Block::Table(self.table(&section.id, name, &own)));
            }
        }
        let elsewhere = |one: &&Commitment| plan.section.iter().all(|section| section.id != one.section());
        let rest: Vec<&Commitment> = kept(plan).filter(elsewhere).collect();
        if !rest.is_empty() {
            blocks.push(Block::Table(self.table(&plan.name, words(&plan.title), &rest)));
        }
        blocks
    }

    fn table(&self, key: &str, caption: String, commitments: &[&Commitment]) -> Table {
        let column = |key: &'static str| Column::left(key, self.word(&format!("column-{key}")));
        let mut columns = vec![
            column("code"),
            column("commitment").wide(40),
            column("for-whom"),
            column("frequency"),
            column("owner"),
            column("basis"),
        ];
        if let Some((before, _)) = self.before {
            columns.push(Column::right("coverage-before", text::stretch_name(self.lang, &before.name)));
        }
        let mut table = Table::new(key, caption, columns);
        for one in commitments {
            let mut row = vec![
                Cell::text(&one.code),
                Cell::text(one.text.in_language(self.lang.code())),
                Cell::text(self.for_whom(one)),
                Cell::text(self.frequency(one)),
                Cell::code(&one.owner, owner_words(&one.owner, self.lang)),
                Cell::code(
                    &one.frequency,
                    text::find(self.lang, &format!("frequency-{}", one.frequency)).unwrap_or_default(),
                ),
            ];
            if let Some((_, covered)) = self.before {
                let share = covered.iter().find(|done| done.commitment.code == one.code).map(Covered::share);
                row.push(share.map_or(Cell::Empty, |(met, of)| Cell::Percent { met, of }));
            }
            table.rows.push(row);
        }
        table
    }

    fn for_whom(&self, one: &Commitment) -> String {
        if one.within.is_some() {
            return self.word("for-each-case");
        }
        match &one.unit {
            For::School => self.word("for-school"),
            For::Class if one.grades.is_empty() => self.word("for-class"),
            For::Class => {
                let grades: Vec<String> = one.grades.iter().map(i32::to_string).collect();
                self.say("for-class-of", &[("grades", &grades.join("、"))])
            }
            For::Staff => self.word("for-staff"),
            For::Group(group) => {
                let name = text::find(self.lang, &format!("group-{group}")).unwrap_or_else(|| group.clone());
                self.say("for-group", &[("group", &name)])
            }
        }
    }

    /// How often, in words: so many times a month, so many topics a term, within so many days.
    fn frequency(&self, one: &Commitment) -> String {
        if let Some(within) = &one.within {
            return self.say("often-within", &[("days", &within.days.to_string())]);
        }
        let period = match one.every.unwrap_or_default() {
            Every::Week => self.word("period-week"),
            Every::Month => self.word("period-month"),
            Every::Term => self.word("period-term"),
            Every::Year => self.word("period-year"),
            Every::Holiday => self.word("period-holiday"),
            Every::Days(days) => self.say("period-days", &[("days", &days.to_string())]),
        };
        let Some(count) = &one.count else { return self.say("often-state", &[("period", &period)]) };
        if let Some(days) = count.birthday {
            return self.say("often-birthday", &[("days", &days.to_string())]);
        }
        match &count.distinct {
            Some(distinct) => {
                let wanted = distinct.least.unwrap_or(distinct.of.len() as u32).to_string();
                self.say("often-distinct", &[("period", &period), ("count", &wanted)])
            }
            None => {
                let times = count.times.unwrap_or(1).to_string();
                self.say("often-times", &[("period", &period), ("count", &times)])
            }
        }
    }
}

/// The commitments that the school has made.
fn kept(plan: &Plan) -> impl Iterator<Item = &Commitment> {
    plan.commitment.iter().filter(|one| !one.off)
}
