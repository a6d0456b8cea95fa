//! Where each of the two parents is on a day, as far as the record tells. A step-parent stands in for a parent who is
//! gone or estranged.

use crate::model::{Away, Day, Parent, ParentStatus, Relation, Reported, Student, When};

/// What the record says of where a parent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// Back from this stretch of absence, by its place in the file.
    Back(usize),
    /// A form says that no parent, or only the other one, is away.
    ReportedHome,
    /// This stretch of absence holds the day.
    Away(usize),
    /// A form says so, and no stretch explains it: since when and where is unknown.
    ReportedAway,
    /// A form says that one of the two is away, and not which.
    OneOfTwo,
    Gone(ParentStatus),
    /// A form says that the child has no parents.
    ReportedGone,
    Unknown,
}

/// One of the two parents on a day.
#[derive(Debug, Clone, Copy)]
pub struct ParentOn<'a> {
    pub relation: Relation,
    /// The parent and its place in the file; nothing where the file does not have it.
    pub parent: Option<(usize, &'a Parent)>,
    pub whereabouts: Whereabouts,
}

impl ParentOn<'_> {
    /// The field that would settle where the parent is, or its part `rest`.
    pub fn field(&self, rest: &str) -> String {
        match self.parent {
            Some((at, _)) => format!("parent.{at}.{rest}"),
            None => format!("parent.{}", self.relation.code()),
        }
    }

    /// The stretch of absence that holds the day.
    pub fn away(&self) -> Option<&Away> {
        match (self.whereabouts, self.parent) {
            (Whereabouts::Away(spell), Some((_, parent))) => Some(&parent.away[spell]),
            _ => None,
        }
    }
}

/// The father and the mother on a day.
pub fn parents_on(student: &Student, day: Day) -> [ParentOn<'_>; 2] {
    let report = student.reported.as_ref().filter(|report| report.on <= day);
    let father = person(student, Relation::Father, Relation::StepFather);
    let mother = person(student, Relation::Mother, Relation::StepMother);
    let (of_father, of_mother) = (stated(father, report, day), stated(mother, report, day));
    let settled = |own: Option<Whereabouts>, other: Option<Whereabouts>, other_parent: Option<(usize, &Parent)>| {
        own.unwrap_or_else(|| reported(report, other, other_parent.map(|(_, parent)| parent)))
    };
    [
        ParentOn { relation: Relation::Father, parent: father, whereabouts: settled(of_father, of_mother, mother) },
        ParentOn { relation: Relation::Mother, parent: mother, whereabouts: settled(of_mother, of_father, father) },
    ]
}

/// The stretches of absence that hold a day: the parent's place in the file, the stretch's place, and the stretch.
pub fn away_parents_on(student: &Student, day: Day) -> Vec<(usize, usize, &Away)> {
    let open = |parent: &ParentOn| match (parent.whereabouts, parent.parent) {
        (Whereabouts::Away(spell), Some((at, _))) => Some((at, spell, &student.parent[at].away[spell])),
        _ => None,
    };
    parents_on(student, day).iter().filter_map(open).collect()
}

fn person(student: &Student, own: Relation, step: Relation) -> Option<(usize, &Parent)> {
    let find = |relation| student.parent.iter().enumerate().find(|(_, parent)| parent.relation == relation);
    let left = |parent: &Parent| !matches!(parent.status, None | Some(ParentStatus::Living));
    match (find(own), find(step)) {
        (Some((_, parent)), Some(step)) if left(parent) => Some(step),
        (own, step) => own.or(step),
    }
}

/// What the parent's own entry says, or nothing where it says nothing that a later form does not replace.
fn stated(person: Option<(usize, &Parent)>, report: Option<&Reported>, day: Day) -> Option<Whereabouts> {
    let orphan = report.is_some_and(|report| report.orphan == Some(true));
    let Some((_, parent)) = person else { return orphan.then_some(Whereabouts::ReportedGone) };
    if let Some(status) =
        parent.status.filter(|status| !matches!(status, ParentStatus::Living | ParentStatus::Estranged))
    {
        return Some(Whereabouts::Gone(status));
    }
    if let Some(spell) = parent.away.iter().position(|away| away.covers(day)) {
        return Some(Whereabouts::Away(spell));
    }
    let (spell, until) = last_closed(parent, day)?;
    // A form that is newer than the return knows better.
    let replaced = report.is_some_and(|report| report.away_parents.is_some() && until < report.on);
    (!replaced).then_some(Whereabouts::Back(spell))
}

/// The stretch that ended last before a day, and its last day.
fn last_closed(parent: &Parent, day: Day) -> Option<(usize, Day)> {
    let closed = |(at, away): (usize, &Away)| {
        let begun = start(away).is_none_or(|start| start <= day);
        away.until.filter(|until| begun && *until < day).map(|until| (at, until))
    };
    parent.away.iter().enumerate().filter_map(closed).max_by_key(|(_, until)| *until)
}

fn start(away: &Away) -> Option<Day> {
    away.from.map(When::first_day).or(away.noted)
}

/// What a form says of a parent of whom nothing else is known, given what is known of the other one.
fn reported(report: Option<&Reported>, other: Option<Whereabouts>, other_parent: Option<&Parent>) -> Whereabouts {
    let Some(report) = report else { return Whereabouts::Unknown };
    match (report.away_parents, other) {
        (Some(0), _) => Whereabouts::ReportedHome,
        (Some(2), _) => Whereabouts::ReportedAway,
        (Some(1), None) => Whereabouts::OneOfTwo,
        (Some(1), Some(Whereabouts::Away(spell) | Whereabouts::Back(spell))) => {
            let explains = other_parent.is_some_and(|parent| explains(&parent.away[spell], report.on));
            match (explains, other) {
                (true, _) => Whereabouts::ReportedHome,
                (false, Some(Whereabouts::Back(_))) => Whereabouts::ReportedAway,
                // The other one went after the form was filled in: who was meant is not known.
                (false, _) => Whereabouts::Unknown,
            }
        }
        (Some(1), Some(_)) => Whereabouts::ReportedAway,
        _ => Whereabouts::Unknown,
    }
}

/// Whether a stretch can be the absence that a form of that day meant.
fn explains(away: &Away, on: Day) -> bool {
    away.from.is_none_or(|from| from.first_day() <= on) && away.until.is_none_or(|until| on <= until)
}
