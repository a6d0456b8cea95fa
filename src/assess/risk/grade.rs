//! How what has fired makes a level, in one of the two ways of the field.

use super::rules::{Band, Grading, Raise};
use super::{Fired, NotKnown};
use crate::model::Level;

/// A level and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    pub level: Level,
    /// The sum, where points are added up.
    pub points: Option<u32>,
    /// The rule that raised the level above the gravest indicator.
    pub raised: Option<Raise>,
    /// How much higher the points could be: the sum of the points that cannot be known.
    pub open_points: u32,
}

/// The level of what has fired. An emergency goes straight to the top in both ways.
pub fn grade(grading: &Grading, fired: &[Fired], not_known: &[NotKnown], emergency: bool) -> Grade {
    let mut grade = match grading {
        Grading::Gravest { raise } => gravest(raise, fired),
        Grading::Points { bands } => points(bands, fired, not_known),
    };
    if emergency {
        grade.level = Level::High;
    }
    grade
}

fn gravest(raise: &[Raise], fired: &[Fired]) -> Grade {
    let level = least(fired);
    let count = |from: Level| fired.iter().filter(|one| one.level.is_some_and(|level| from <= level)).count() as u32;
    let raised =
        raise.iter().filter(|rule| level < rule.to && rule.count <= count(rule.level)).max_by_key(|rule| rule.to);
    Grade { level: raised.map_or(level, |rule| rule.to), points: None, raised: raised.cloned(), open_points: 0 }
}

fn points(bands: &[Band], fired: &[Fired], not_known: &[NotKnown]) -> Grade {
    let sum: u32 = fired.iter().filter_map(|one| one.points).sum();
    let band = bands.iter().filter(|band| band.from <= sum).max_by_key(|band| band.from);
    let level = band.map_or(Level::None, |band| band.level);
    Grade {
        level: level.max(least(fired)),
        points: Some(sum),
        raised: None,
        open_points: not_known.iter().filter_map(|one| one.points).sum(),
    }
}

/// The gravest level of an indicator.
fn least(fired: &[Fired]) -> Level {
    fired.iter().filter_map(|one| one.level).max().unwrap_or(Level::None)
}
