//! The report of the mental health plan (心理关爱工作汇报): screenings by scale, grade and band, what was done, what became of
//! referrals; each against the term before. No names, and no number that could be one. A child's own file is in `child`.

mod child;
mod fold;
mod results;
mod work;

pub use child::child;

use super::{Block, Cell, Document, few};
use crate::assess::Rules;
use crate::assess::figures::{ScreeningCount, Span, screenings};
use crate::ledger::Snapshot;
use crate::model::{Day, Outcome, Stretch};
use crate::report::speaking::Speaking;
use crate::text::Lang;

/// A term as a day has it.
struct Term {
    /// As guanai.toml has it.
    id: String,
    /// As people say it.
    name: String,
    span: Span,
    screenings: ScreeningCount,
}

/// What the parts of the report are made from.
struct Source<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    lang: Lang,
    now: Term,
    before: Option<Term>,
}

impl Speaking for Source<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Source<'_> {
    /// A number of children that stands in no sum.
    fn children(&self, number: u32) -> Cell {
        few::folded(number, self.lang)
    }

    /// The terms that are reported, the one asked about first.
    fn terms(&self) -> impl Iterator<Item = &Term> {
        std::iter::once(&self.now).chain(&self.before)
    }
}

fn count(number: u32) -> Cell {
    Cell::Integer(i64::from(number))
}

/// `+3`, `−2`, `0`.
fn signed(difference: i64) -> Cell {
    Cell::text(match difference {
        0 => "0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", -less),
    })
}

/// The report of a term as a day has it.
pub fn mind(snapshot: &Snapshot, rules: &Rules, term: &Stretch, day: Day, lang: Lang) -> Outcome<Document> {
    let day = day.min(term.until);
    let of = |term: &'_ Stretch, day: Day| -> Outcome<(Span, ScreeningCount)> {
        let span = Span::of(term, day);
        Ok((span, screenings(snapshot, span)?))
    };
    let (span, found) = of(term, day)?;
    let previous = snapshot.school.term_before(term);
    let previous = previous.filter(|before| snapshot.activities().any(|(_, _, one)| before.covers(one.day)));
    let before = match previous {
        Some(before) => {
            let (span, screenings) = of(before, before.until)?;
            Some(Term {
                id: before.name.clone(),
                name: crate::text::stretch_name(lang, &before.name),
                span,
                screenings,
            })
        }
        None => None,
    };
    let now =
        Term { id: term.name.clone(), name: crate::text::stretch_name(lang, &term.name), span, screenings: found };
    let source = Source { snapshot, rules, lang, now, before };
    let mut blocks = results::blocks(&source);
    blocks.extend(work::blocks(&source));
    blocks.push(Block::Note(source.word("mind-note-private")));
    let (from, until) = (term.from.to_string(), day.to_string());
    Ok(Document {
        headed: true,
        title: source.word("mind-title"),
        subtitle: Some(source.say(
            "term-subtitle",
            &[("term", &crate::text::stretch_name(lang, &term.name)), ("from", &from), ("until", &until)],
        )),
        lang,
        day,
        school: snapshot.school.school.name.clone(),
        blocks,
    })
}
