//! Screenings as the ledger has them: each child's results, what has changed since the one before, and where a stored
//! result is not what its scale makes of the answers.

use std::collections::BTreeMap;

use crate::ledger::{Log, Snapshot};
use crate::model::scale::{Answers, Band, Given, Misread, Part, SCREENING, Scale, Scored, Totals, scored};
use crate::model::{Activity, ActivityAt, Day};

/// One screening of one child.
#[derive(Clone, Copy)]
pub struct Screening<'a> {
    pub at: ActivityAt,
    pub log: &'a Log,
    pub activity: &'a Activity,
    /// The child's place in the snapshot's list.
    pub child: u32,
    pub scale: &'a str,
}

impl<'a> Screening<'a> {
    pub fn day(&self) -> Day {
        self.activity.day
    }

    /// A cell of its row.
    pub fn get(&self, column: &str) -> &'a str {
        self.log.table.get(self.activity.row as usize, column)
    }

    /// The band as it was recorded; nothing for one that a school has added to the kind, or none.
    pub fn band(&self) -> Option<Band> {
        Band::of_code(self.get("band"))
    }

    /// The total as it was recorded.
    pub fn total(&self) -> Option<u32> {
        self.get("total").parse().ok()
    }

    /// Whether it says something of the child.
    pub fn is_result(&self) -> bool {
        self.band().is_some_and(Band::is_result)
    }

    /// What was given, as its row keeps it.
    pub fn given(&self, scale: &Scale) -> Result<Option<Given>, Vec<Misread>> {
        Given::stored(scale, self.get("answers"), self.get("scores"))
    }

    /// What the scale makes of it; nothing where the row holds neither answers nor scores.
    pub fn scored(&self, snapshot: &Snapshot, scale: &Scale) -> Result<Option<(Given, Scored)>, Vec<Misread>> {
        let student = snapshot.student(self.child);
        let fit = scale.fit(student.age_on(self.day()), student.grade_on(self.day()));
        let given = self.given(scale)?;
        Ok(given.map(|given| {
            let scored = scored(scale, &given, fit);
            (given, scored)
        }))
    }

    /// The subscales as they were recorded, with the bands that the scale gives them today.
    pub fn parts(&self, scale: &Scale) -> Vec<Part> {
        let Ok(totals) = Totals::read(scale, self.get("scores")) else {
            return vec![Part::default(); scale.subscale.len()];
        };
        let band = |at: usize, score: Option<u32>| score.and_then(|score| scale.subscale[at].band_of(score));
        let part = |(at, score): (usize, Option<u32>)| Part {
            score,
            band: if self.is_result() { band(at, score) } else { None },
        };
        totals.parts.into_iter().enumerate().map(part).collect()
    }

    /// The validity score as it was recorded.
    pub fn validity(&self, scale: &Scale) -> Option<u32> {
        Totals::read(scale, self.get("scores")).ok()?.validity
    }

    /// The items without an answer.
    pub fn missing(&self, scale: &Scale) -> Vec<u32> {
        Answers::read(scale, self.get("answers")).map(|answers| answers.missing()).unwrap_or_default()
    }
}

/// The screenings of a ledger up to a day, and how many there are that cannot be read.
#[derive(Default)]
pub struct Screenings<'a> {
    /// By day, then by the id of the row.
    pub readable: Vec<Screening<'a>>,
    /// Rows of which it cannot be read whom they concern, by their days.
    pub unreadable: Vec<Day>,
}

impl<'a> Screenings<'a> {
    pub fn of(snapshot: &'a Snapshot, day: Day) -> Screenings<'a> {
        let mut found = Screenings::default();
        let rows = snapshot.activities().filter(|(_, log, one)| log.kind == SCREENING && one.day <= day);
        for (at, log, activity) in rows {
            let scale = log.table.get(activity.row as usize, "scale");
            let one = |child: &u32| Screening { at, log, activity, child: *child, scale };
            match log.students(activity) {
                [] => found.unreadable.push(activity.day),
                children => found.readable.extend(children.iter().map(one)),
            }
        }
        found.readable.sort_by_key(|one| (one.day(), one.get("id"), one.child));
        found
    }

    /// The child's last screening with the same scale before this one that says something.
    pub fn before(&self, one: &Screening) -> Option<&Screening<'a>> {
        let earlier = |other: &&Screening| {
            other.child == one.child && other.scale == one.scale && other.day() < one.day() && other.is_result()
        };
        self.readable.iter().rfind(earlier)
    }

    /// Of each child and scale the latest screening in a stretch of days.
    pub fn latest(&self, covers: impl Fn(Day) -> bool) -> BTreeMap<(&'a str, u32), Screening<'a>> {
        let within = self.readable.iter().filter(|one| covers(one.day()));
        within.map(|one| ((one.scale, one.child), *one)).collect()
    }
}

/// How a stored result differs from what its scale makes of the same answers.
pub struct Difference {
    pub total: Option<u32>,
    pub band: Band,
}

/// Whether the scale's file gives another result today than the row holds; an error where the row cannot be read.
pub fn difference(snapshot: &Snapshot, scale: &Scale, one: &Screening) -> Result<Option<Difference>, Vec<Misread>> {
    let Some((given, scored)) = one.scored(snapshot, scale)? else { return Ok(None) };
    let differs = scored.fields(scale, &given).iter().any(|(column, value)| one.get(column) != value);
    Ok(differs.then_some(Difference { total: scored.total, band: scored.band }))
}
