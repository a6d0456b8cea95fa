//! The term summary (工作总结): the numbers first, then what each part of the plans promised and what was done, what was
//! not, what has changed against the last term, and what comes next. No names unless asked.

mod care;
mod contacts;
mod fold;
mod numbers;
mod plans;
mod risk;
mod work;

use super::{Block, Cell, Document, Table, listing};
use crate::assess::OWN;
use crate::assess::Rules;
use crate::assess::figures::{Span, enrolled};
use crate::assess::plan::{Covered, Membership, Plan, Question, coverage};
use crate::assess::risk::{Assessment, assess_briefly};
use crate::ledger::Snapshot;
use crate::model::{Day, Level, Outcome, Stretch};
use crate::report::speaking::Speaking;
use crate::text::{self, Lang};

/// A term, judged on one of its days.
struct Judged<'a> {
    term: &'a Stretch,
    /// The day asked about, or the term's last day.
    day: Day,
    span: Span,
    assessments: Vec<Assessment>,
    /// Children left behind under the school's definition.
    left_behind: Vec<u32>,
    covered: Vec<Covered<'a>>,
}

impl<'a> Judged<'a> {
    fn of(
        snapshot: &'a Snapshot,
        rules: &'a Rules,
        plans: &'a [Plan],
        term: &'a Stretch,
        day: Day,
    ) -> Outcome<Judged<'a>> {
        let day = day.min(term.until);
        let membership = Membership::of(snapshot, rules);
        let in_group = |group: &str, student: u32, day: Day| membership.holds(group, student, day);
        let question = Question::new(snapshot, term, day, &in_group)?;
        let is_left_behind =
            |at: &u32| rules.left_behind_answer(snapshot, *at, day, OWN).is_some_and(|answer| answer.is_yes());
        Ok(Judged {
            term,
            day,
            span: Span::of(term, day),
            assessments: assess_briefly(snapshot, rules, day),
            left_behind: enrolled(snapshot, day).into_iter().filter(is_left_behind).collect(),
            covered: coverage(&question, plans),
        })
    }
}

/// What the parts of the report are made from.
struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    lang: Lang,
    now: Judged<'a>,
    /// The term before, where the ledger has any record of it.
    before: Option<Judged<'a>>,
}

fn count(number: u32) -> Cell {
    Cell::Integer(i64::from(number))
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Source<'_> {
    fn term_name(&self, term: &Stretch) -> String {
        text::stretch_name(self.lang, &term.name)
    }
}

/// What is asked of the summary.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub term: &'a Stretch,
    pub day: Day,
    pub lang: Lang,
    /// Whether the children at medium risk and above are named.
    pub names: bool,
    /// From which day on the levels of risk are drawn; from the end of the term before where there is none.
    pub since: Option<Day>,
}

/// The summary of a term as a day has it.
pub fn term(snapshot: &Snapshot, rules: &Rules, plans: &[Plan], asked: Asked) -> Outcome<Document> {
    let Asked { term, day, lang, names, since } = asked;
    let previous = snapshot.school.term_before(term).filter(|before| has_records(snapshot, before));
    let source = Source {
        snapshot,
        rules,
        lang,
        now: Judged::of(snapshot, rules, plans, term, day)?,
        before: previous.map(|before| Judged::of(snapshot, rules, plans, before, before.until)).transpose()?,
    };
    let mut blocks = numbers::blocks(&source, since);
    blocks.extend(plans::blocks(&source));
    blocks.extend(work::blocks(&source, care::blocks(&source)?));
    let definition = rules.definition(OWN).map_or("", |definition| definition.label.in_language(lang.code()));
    blocks.push(Block::Note(source.say("term-note-definition", &[("definition", definition)])));
    if names {
        blocks.extend([source.heading("term-names"), Block::Table(named(&source))]);
    }
    blocks.push(Block::Note(source.word(if names { "term-note-names" } else { "term-note-private" })));
    Ok(Document {
        title: source.word("term-title"),
        subtitle: Some(source.say(
            "term-subtitle",
            &[
                ("term", &source.term_name(term)),
                ("from", &term.from.to_string()),
                ("until", &source.now.day.to_string()),
            ],
        )),
        lang,
        day: source.now.day,
        headed: true,
        school: snapshot.school.school.name.clone(),
        blocks,
    })
}

/// The children at medium risk and above, by rule or by a person's judgement, with the reasons.
fn named(source: &Source) -> Table {
    let judged = &source.now;
    let at_risk: Vec<&Assessment> =
        judged.assessments.iter().filter(|one| one.emergency || Level::Medium <= one.gravest()).collect();
    listing::risks(source.snapshot, source.rules, &at_risk, judged.day, source.lang)
}

fn has_records(snapshot: &Snapshot, term: &Stretch) -> bool {
    snapshot.activities().any(|(_, _, activity)| term.covers(activity.day))
}
