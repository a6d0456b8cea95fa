//! What changed between two days: records that were made, pairings that began and ended, children who came and left, and
//! whose parents or guardians changed, as the dated stretches say.

use std::collections::BTreeMap;

use super::figures::Span;
use super::pairing::pairings;
use crate::ledger::{Origin, Snapshot};
use crate::model::code::codes;
use crate::model::{Day, Spell, Student};

codes! {
    /// What changed in a child's life.
    Turn as "turn" {
        Came = "came",
        Left = "left",
        ParentAway = "parent-away",
        ParentBack = "parent-back",
        GuardianBegan = "guardian-began",
        GuardianEnded = "guardian-ended",
        PairingBegan = "pairing-began",
        PairingEnded = "pairing-ended",
    }
}

/// One change of one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    pub day: Day,
    pub turn: Turn,
    /// The child's place in the snapshot's list.
    pub student: u32,
    /// Whom it is about: the code of a relation, or of a type of pairing; empty for the child itself.
    pub who: String,
    pub origin: Origin,
}

/// What changed in the lives of the children in a stretch of days, the earliest first. What ends on a day is over on the
/// next one.
pub fn turns(snapshot: &Snapshot, span: Span) -> Vec<Turned> {
    let mut found = Vec::new();
    for (at, file) in snapshot.students.iter().enumerate() {
        of_child(at as u32, &file.student, span, &mut found);
    }
    for pairing in pairings(snapshot).into_iter().filter(|pairing| pairing.dated) {
        let mut add = |turn: Turn, day: Option<Day>| {
            found.extend(day.filter(|day| span.covers(*day)).map(|day| Turned {
                day,
                turn,
                student: pairing.student,
                who: pairing.kind.clone(),
                origin: pairing.origin(),
            }));
        };
        add(Turn::PairingBegan, pairing.from);
        add(Turn::PairingEnded, pairing.until);
    }
    found.sort_by(|a, b| (a.day, a.turn, a.student, &a.who).cmp(&(b.day, b.turn, b.student, &b.who)));
    found
}

fn of_child(at: u32, student: &Student, span: Span, found: &mut Vec<Turned>) {
    let mut add = |turns: (Turn, Turn), spell: Spell, who: &str, key: String| {
        let origin = |end: &str| Origin::Record { student: at, key: format!("{key}.{end}") };
        let mut one = |turn: Turn, day: Option<Day>, end: &str| {
            found.extend(day.filter(|day| span.covers(*day)).map(|day| Turned {
                day,
                turn,
                student: at,
                who: who.to_owned(),
                origin: origin(end),
            }));
        };
        one(turns.0, spell.from.map(|from| from.first_day()), "from");
        one(turns.1, spell.until, "until");
    };
    for (place, spell) in student.enrolment.iter().enumerate() {
        add((Turn::Came, Turn::Left), *spell, "", format!("enrolment.{place}"));
    }
    for (nth, parent) in student.parent.iter().enumerate() {
        for (place, away) in parent.away.iter().enumerate() {
            let spell = Spell { from: away.from, until: away.until };
            let key = format!("parent.{nth}.away.{place}");
            add((Turn::ParentAway, Turn::ParentBack), spell, parent.relation.code(), key);
        }
    }
    for (nth, guardian) in student.guardian.iter().enumerate() {
        let who = guardian.relation.map_or("", |relation| relation.code());
        for (place, spell) in guardian.spell.iter().enumerate() {
            let key = format!("guardian.{nth}.spell.{place}");
            add((Turn::GuardianBegan, Turn::GuardianEnded), *spell, who, key);
        }
    }
}

/// How many activities of each kind lie in a stretch of days.
pub fn made(snapshot: &Snapshot, span: Span) -> BTreeMap<&str, u32> {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, log, _) in snapshot.activities().filter(|(_, _, one)| span.covers(one.day)) {
        *kinds.entry(&log.kind).or_default() += 1;
    }
    kinds
}
