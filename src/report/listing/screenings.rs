//! Screenings and the scales that they were made with. A band is shown with its words; what has no band says why not.

use std::collections::BTreeMap;

use super::{coded, left, maybe, right};
use crate::assess::screening::{Screening, Screenings};
use crate::ledger::Snapshot;
use crate::model::scale::{Band, Range, Scale};
use crate::model::{Class, Place};
use crate::report::{Cell, Table};
use crate::text::{self, Lang, label};

/// Screenings, one a row, in the order in which they are given.
pub fn screenings(snapshot: &Snapshot, found: &[&Screening], scales: &BTreeMap<String, Scale>, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "date"),
        left(lang, "student"),
        left(lang, "name"),
        left(lang, "class"),
        left(lang, "scale"),
        left(lang, "respondent"),
        right(lang, "validity"),
        right(lang, "total"),
        left(lang, "band"),
        left(lang, "high"),
    ];
    let mut table = Table::new("screenings", label(lang, "caption-screenings"), columns);
    for one in found {
        let student = snapshot.student(one.child);
        let scale = scales.get(one.scale);
        let respondent = one.get("respondent");
        table.rows.push(vec![
            Cell::text(one.get("id")),
            Cell::Day(one.day()),
            Cell::text(student.id.as_str()),
            Cell::text(&student.name),
            student.class.map_or(Cell::Empty, |class| Cell::text(class.to_string())),
            scale_cell(one.scale, scale, lang),
            if respondent.is_empty() { Cell::Empty } else { coded(lang, "respondent", respondent) },
            score(scale.and_then(|scale| one.validity(scale))),
            total(one),
            band(one.get("band"), lang),
            scale.map_or(Cell::Empty, |scale| high(one, scale, lang)),
        ]);
    }
    table
}

/// The name of a scale, without what brackets add to it.
fn scale_cell(name: &str, scale: Option<&Scale>, lang: Lang) -> Cell {
    scale.map_or_else(|| maybe(name), |scale| Cell::code(name, scale.label.in_language(lang.code())))
}

fn score(score: Option<u32>) -> Cell {
    score.map_or(Cell::Empty, |score| Cell::Integer(i64::from(score)))
}

/// A total that cannot be had is not known, and never 0.
fn total(one: &Screening) -> Cell {
    one.total().map_or(Cell::Unknown, |total| Cell::Integer(i64::from(total)))
}

/// A band in words; a school's own by its code.
pub(in crate::report) fn band(code: &str, lang: Lang) -> Cell {
    match Band::of_code(code) {
        Some(band) => coded(lang, "band", band.code()),
        None => maybe(code),
    }
}

/// The subscales that somebody should look at.
fn high(one: &Screening, scale: &Scale, lang: Lang) -> Cell {
    let parts = scale.subscale.iter().zip(one.parts(scale));
    let high = parts.filter(|(_, part)| part.band.is_some_and(Band::is_flagged));
    let labels: Vec<String> = high.map(|(subscale, _)| subscale.label.in_language(lang.code()).to_owned()).collect();
    if labels.is_empty() { Cell::Empty } else { Cell::List(labels) }
}

/// Screenings of one child, a score a row: the total, the subscales, the validity score; each against the last result
/// with the same scale.
pub fn screening(screenings: &Screenings, found: &[&Screening], scales: &BTreeMap<String, Scale>, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "date"),
        left(lang, "scale"),
        left(lang, "part"),
        right(lang, "score"),
        right(lang, "most"),
        left(lang, "band"),
        left(lang, "before-date"),
        right(lang, "before-score"),
        right(lang, "change"),
    ];
    let mut table = Table::new("screening", label(lang, "caption-screening"), columns);
    for one in found {
        let before = screenings.before(one).filter(|_| one.is_result());
        match scales.get(one.scale) {
            Some(scale) => table.rows.extend(parts(one, before, scale, lang)),
            None => table.rows.push(total_row(one, before, None, lang)),
        }
    }
    table
}

fn parts(one: &Screening, before: Option<&Screening>, scale: &Scale, lang: Lang) -> Vec<Vec<Cell>> {
    let mut rows = vec![total_row(one, before, Some(scale), lang)];
    let earlier = before.map(|before| before.parts(scale));
    for (at, part) in one.parts(scale).into_iter().enumerate() {
        let subscale = &scale.subscale[at];
        let was = earlier.as_ref().and_then(|parts| parts[at].score);
        let mut row = first_cells(one, Some(scale), lang);
        row.push(Cell::code(&subscale.id, subscale.label.in_language(lang.code())));
        row.extend([
            part.score.map_or(Cell::Unknown, |score| Cell::Integer(i64::from(score))),
            Cell::Integer(i64::from(scale.most_of(at))),
            part.band.map_or(Cell::Empty, |band| coded(lang, "band", band.code())),
        ]);
        row.extend(change(part.score, before, was));
        rows.push(row);
    }
    if let Some(validity) = &scale.validity {
        let mut row = first_cells(one, Some(scale), lang);
        row.push(Cell::code("validity", validity.label.in_language(lang.code())));
        let score = one.validity(scale).map_or(Cell::Unknown, |score| Cell::Integer(i64::from(score)));
        row.extend([score, Cell::Integer(i64::from(scale.most_of(scale.subscale.len())))]);
        rows.push(row);
    }
    rows
}

fn first_cells(one: &Screening, scale: Option<&Scale>, lang: Lang) -> Vec<Cell> {
    vec![Cell::Day(one.day()), scale_cell(one.scale, scale, lang)]
}

fn total_row(one: &Screening, before: Option<&Screening>, scale: Option<&Scale>, lang: Lang) -> Vec<Cell> {
    let mut row = first_cells(one, scale, lang);
    row.push(Cell::code("total", label(lang, "column-total")));
    let counted = |scale: &Scale| {
        let parts = scale.subscale.iter().enumerate().filter(|(_, subscale)| subscale.in_total);
        Cell::Integer(parts.map(|(at, _)| i64::from(scale.most_of(at))).sum())
    };
    row.extend([total(one), scale.map_or(Cell::Empty, counted), band(one.get("band"), lang)]);
    row.extend(change(one.total(), before, before.and_then(Screening::total)));
    row
}

/// The day and the score of the last time, and by how much this one lies above it.
fn change(now: Option<u32>, before: Option<&Screening>, was: Option<u32>) -> [Cell; 3] {
    let difference = now.zip(was).map(|(now, was)| i64::from(now) - i64::from(was));
    let day = before.map_or(Cell::Empty, |before| Cell::Day(before.day()));
    [day, score(was), difference.map_or(Cell::Empty, Cell::Integer)]
}

/// What one row of an answer sheet does.
pub struct ScreeningVerdict {
    /// `added`, `changed` or `same`.
    pub verdict: &'static str,
    pub place: Place,
    pub name: String,
    pub class: Option<Class>,
    pub total: Option<u32>,
    pub band: Band,
}

/// The rows of an answer sheet in its order, without the answers.
pub fn screening_verdicts(rows: &[ScreeningVerdict], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "verdict"),
        right(lang, "row"),
        left(lang, "name"),
        left(lang, "class"),
        right(lang, "total"),
        left(lang, "band"),
    ];
    let mut table = Table::new("verdicts", label(lang, "caption-screenings"), columns);
    for row in rows {
        table.rows.push(vec![
            coded(lang, "verdict", row.verdict),
            row.place.row().map_or(Cell::Empty, |number| Cell::Integer(i64::from(number))),
            Cell::text(&row.name),
            row.class.map_or(Cell::Empty, |class| Cell::text(class.to_string())),
            row.total.map_or(Cell::Unknown, |total| Cell::Integer(i64::from(total))),
            coded(lang, "band", row.band.code()),
        ]);
    }
    table
}

/// The scales that there are.
pub fn scales(scales: &BTreeMap<String, Scale>, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "scale"),
        left(lang, "label"),
        left(lang, "respondent"),
        right(lang, "items"),
        left(lang, "for-whom"),
        left(lang, "parts"),
        left(lang, "source"),
    ];
    let mut table = Table::new("scales", label(lang, "caption-scales"), columns);
    for scale in scales.values() {
        let subscales = scale.subscale.iter().map(|one| one.label.in_language(lang.code()).to_owned());
        table.rows.push(vec![
            Cell::text(&scale.name),
            Cell::text(scale.label.in_language(lang.code())),
            coded(lang, "respondent", scale.respondent.code()),
            Cell::Integer(i64::from(scale.items)),
            Cell::text(for_whom(scale, lang)),
            Cell::List(subscales.collect()),
            Cell::text(&scale.source),
        ]);
    }
    table
}

fn for_whom(scale: &Scale, lang: Lang) -> String {
    let said = |key: &str, range: Range| match range.until {
        Some(until) => {
            let (from, until) = (range.from.to_string(), until.to_string());
            text::say(lang, &format!("scale-{key}-until"), &[("from", &from), ("until", &until)])
        }
        None => text::say(lang, &format!("scale-{key}"), &[("from", &range.from.to_string())]),
    };
    let ages = scale.whom.ages.map(|range| said("ages", range));
    let grades = scale.whom.grades.map(|range| said("grades", range));
    ages.into_iter().chain(grades).collect::<Vec<_>>().join(&label(lang, "report-list-join"))
}
