//! Every way in which the parents can be placed, as far as the record leaves it open, and what a definition says of each.

use super::definition::{Definition, Gone, Who};
use super::parents::{ParentOn, Whereabouts};
use super::{Answer, Kind};
use crate::model::{Day, ParentStatus, When};

/// What a parent is to the child's care, in one way that things can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    Home,
    /// At home, without the capacity to care.
    Incapable,
    /// Away; `long` for the months that a definition asks for.
    Away {
        long: bool,
    },
    Gone,
}

/// The ways in which one parent can be placed, and the fields that would settle which.
struct Open {
    ways: Vec<Care>,
    fields: Vec<String>,
}

/// What a definition's rule on the parents says. `reported_since`: since when a parent is away at the latest of whom only
/// a form says so.
pub(super) fn of_parents(
    parents: &[ParentOn; 2],
    day: Day,
    definition: &Definition,
    reported_since: Option<Day>,
) -> Answer {
    let open = parents.each_ref().map(|parent| {
        let mut open = open(parent, day, definition.months_away, reported_since);
        if !definition.other_without_capacity && definition.gone == Gone::NotCounted {
            settle_capacity(&mut open);
        }
        open
    });
    let kinds: Vec<Option<Kind>> =
        pairs(parents, &open).into_iter().map(|(father, mother)| kind(definition, father, mother)).collect();
    match kinds.first() {
        Some(Some(kind)) if kinds.iter().all(|other| other.as_ref() == Some(kind)) => Answer::Yes(*kind),
        _ if kinds.iter().all(Option::is_some) => Answer::Yes(Kind::Unsettled),
        _ if kinds.iter().all(Option::is_none) => Answer::No,
        _ => Answer::Unknown { fields: open.into_iter().flat_map(|open| open.fields).collect() },
    }
}

/// Every way in which both parents can be placed on a day, and the fields that would settle which.
pub fn cares(parents: &[ParentOn; 2], day: Day) -> (Vec<(Care, Care)>, Vec<String>) {
    let open = parents.each_ref().map(|parent| open(parent, day, None, None));
    (pairs(parents, &open), open.into_iter().flat_map(|open| open.fields).collect())
}

/// Where capacity plays no part, it cannot leave anything open.
fn settle_capacity(open: &mut Open) {
    if open.ways.contains(&Care::Home) && open.ways.contains(&Care::Incapable) {
        open.ways.retain(|way| *way != Care::Incapable);
        open.fields.retain(|field| !field.ends_with(".capable"));
    }
}

fn open(parent: &ParentOn, day: Day, months: Option<u32>, reported_since: Option<Day>) -> Open {
    match parent.whereabouts {
        Whereabouts::Back(_) | Whereabouts::ReportedHome => at_home(parent),
        Whereabouts::Away(_) => away(parent, day, months),
        Whereabouts::ReportedAway => reported_away(parent, day, months, reported_since),
        Whereabouts::Gone(_) | Whereabouts::ReportedGone => Open { ways: vec![Care::Gone], fields: Vec::new() },
        Whereabouts::OneOfTwo | Whereabouts::Unknown => {
            let mut open = at_home(parent);
            let away = match parent.whereabouts {
                Whereabouts::OneOfTwo => reported_away(parent, day, months, reported_since).ways,
                _ if months.is_some() => vec![Care::Away { long: true }, Care::Away { long: false }],
                _ => vec![Care::Away { long: true }],
            };
            open.ways.extend(away);
            open.fields.insert(0, parent.field("away"));
            open
        }
    }
}

/// A parent at home is taken to have the capacity to care unless the record denies it, or leaves it open.
fn at_home(parent: &ParentOn) -> Open {
    let person = parent.parent.map(|(_, person)| person);
    let estranged = person.is_some_and(|person| person.status == Some(ParentStatus::Estranged));
    let settled = |way| Open { ways: vec![way], fields: Vec::new() };
    match person.and_then(|person| person.capable) {
        Some(false) => settled(Care::Incapable),
        None if estranged => Open { ways: vec![Care::Home, Care::Incapable], fields: vec![parent.field("capable")] },
        _ => settled(Care::Home),
    }
}

fn away(parent: &ParentOn, day: Day, months: Option<u32>) -> Open {
    let settled = |long| Open { ways: vec![Care::Away { long }], fields: Vec::new() };
    let Some(away) = parent.away() else { return settled(true) };
    let Some(bound) = months.map(|months| day.months_before(months)) else { return settled(true) };
    // The earliest and the latest day on which the absence can have begun.
    let (earliest, latest) = match (away.from, away.noted) {
        (Some(When::Day(from)), _) => (Some(from), Some(from)),
        (Some(When::Month(from)), _) => (Some(from), Some(last_of_month(from))),
        (None, noted) => (None, noted),
    };
    match (earliest, latest) {
        (_, Some(latest)) if latest <= bound => settled(true),
        (Some(earliest), _) if bound < earliest => settled(false),
        _ => Open { ways: either_length(), fields: vec![from_field(parent)] },
    }
}

fn from_field(parent: &ParentOn) -> String {
    match parent.whereabouts {
        Whereabouts::Away(spell) => parent.field(&format!("away.{spell}.from")),
        _ => parent.field("away"),
    }
}

fn either_length() -> Vec<Care> {
    vec![Care::Away { long: true }, Care::Away { long: false }]
}

fn last_of_month(first: Day) -> Day {
    first.plus(31).month_start().plus(-1)
}

fn reported_away(parent: &ParentOn, day: Day, months: Option<u32>, since: Option<Day>) -> Open {
    let long = months.is_none_or(|months| since.is_some_and(|since| since <= day.months_before(months)));
    match long {
        true => Open { ways: vec![Care::Away { long: true }], fields: Vec::new() },
        false => Open { ways: either_length(), fields: vec![from_field(parent)] },
    }
}

/// Both parents together. Where a form says that one of the two is away, exactly one of them is.
fn pairs(parents: &[ParentOn; 2], open: &[Open; 2]) -> Vec<(Care, Care)> {
    let one_of_two = parents.iter().all(|parent| parent.whereabouts == Whereabouts::OneOfTwo);
    let is_away = |care: Care| matches!(care, Care::Away { .. });
    let [fathers, mothers] = open;
    fathers
        .ways
        .iter()
        .flat_map(|father| mothers.ways.iter().map(move |mother| (*father, *mother)))
        .filter(|(father, mother)| !one_of_two || is_away(*father) != is_away(*mother))
        .collect()
}

fn kind(definition: &Definition, father: Care, mother: Care) -> Option<Kind> {
    match definition.away {
        Who::Any => any_away(father, mother),
        Who::Both => both_away(definition, father, mother),
    }
}

fn any_away(father: Care, mother: Care) -> Option<Kind> {
    let long = Care::Away { long: true };
    match (father, mother) {
        _ if father == long && mother == long => Some(Kind::BothAway),
        _ if father != long && mother != long => None,
        (Care::Gone, _) | (_, Care::Gone) => Some(Kind::NoParentToCare),
        (Care::Incapable, _) | (_, Care::Incapable) => Some(Kind::OtherWithoutCapacity),
        _ => Some(Kind::OneAway),
    }
}

/// The months are asked of both parents away; one away beside an incapable or a gone one counts from the first day.
fn both_away(definition: &Definition, father: Care, mother: Care) -> Option<Kind> {
    match (father, mother) {
        (Care::Away { long: a }, Care::Away { long: b }) => (a && b).then_some(Kind::BothAway),
        (Care::Away { .. }, Care::Incapable) | (Care::Incapable, Care::Away { .. }) => {
            definition.other_without_capacity.then_some(Kind::OtherWithoutCapacity)
        }
        (Care::Gone, Care::Away { .. } | Care::Incapable) | (Care::Away { .. } | Care::Incapable, Care::Gone) => {
            (definition.gone == Gone::WithoutCare).then_some(Kind::NoParentToCare)
        }
        _ => None,
    }
}
