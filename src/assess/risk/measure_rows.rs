//! The metrics that read the rows of a kind one by one: incidents, absence, screening, the parents' weekly contact.

use std::collections::BTreeMap;

use super::measure::{Child, Settles, Verdict};
use super::metric::window_start;
use crate::assess::{Evidence, Value};
use crate::ledger::Origin;
use crate::model::{ActivityAt, Day};

/// Which rows are counted.
pub(super) struct Counted<'a> {
    pub kinds: &'a [String],
    pub field: Option<&'a str>,
    /// Anything where there are none.
    pub is: &'a [String],
}

/// So many rows in the last days, or in the term.
pub(super) fn count(child: &Child, counted: &Counted, days: Option<u32>, at_least: u32) -> Verdict {
    let Some(since) = days.map(|days| window_start(child.day, days)).or_else(|| child.term_from()) else {
        return Verdict::Unknown { reason: "risk-unknown-start", settles: Settles::Calendar };
    };
    let (mut found, mut unreadable) = (Vec::new(), None);
    for kind in counted.kinds {
        for at in rows_since(child, kind, since) {
            match counted.field.map(|field| cell(child, at, field)) {
                Some("") if is_confidential(child, kind) => unreadable = Some(kind),
                Some(value) if counted.is.iter().all(|one| one != value) && !counted.is.is_empty() => {}
                Some("") => {}
                _ => found.push(at),
            }
        }
        if child.index.sealed_since(std::iter::once(kind.as_str()), since) > 0 {
            unreadable = Some(kind);
        }
    }
    let number = found.len() as u32;
    match unreadable {
        Some(kind) if number < at_least => {
            Verdict::Unknown { reason: "risk-unknown-sealed", settles: Settles::Key(kind.clone()) }
        }
        _ => {
            let facts = child.told(|| found.iter().map(|at| child.row(*at, counted.field)).collect());
            Verdict::by(number >= at_least, Value::Count(number), Value::Count(at_least), facts)
        }
    }
}

fn rows_since<'a>(child: &Child<'a>, kind: &str, since: Day) -> impl DoubleEndedIterator<Item = ActivityAt> + use<'a> {
    let rows = child.index.rows(child.at, kind);
    let from = rows.partition_point(|at| day_of(child, *at) < since);
    rows[from..].iter().copied()
}

pub(super) fn cell<'a>(child: &Child<'a>, at: ActivityAt, field: &str) -> &'a str {
    let (log, activity) = child.index.snapshot.activity(at);
    log.table.get(activity.row as usize, field)
}

pub(super) fn day_of(child: &Child, at: ActivityAt) -> Day {
    child.index.snapshot.activity(at).1.day
}

fn is_confidential(child: &Child, kind: &str) -> bool {
    child.rules.kinds.get(kind).is_some_and(|kind| kind.confidential)
}

/// The bounds of the absence rate, in per cent of the school days that have passed.
pub(super) struct Absence {
    pub percent: f64,
    pub below: Option<f64>,
    /// Before so many school days nothing can be said.
    pub school_days: u32,
}

/// Absence in the term. School days are Monday to Friday outside the school's holidays.
pub(super) fn absence_rate(child: &Child, kind: &str, field: &str, bounds: &Absence) -> Verdict {
    let Some(term) = child.index.snapshot.school.latest_term(child.day) else {
        return Verdict::Unknown { reason: "risk-unknown-start", settles: Settles::Calendar };
    };
    let first = child.enrolled_from().map_or(term.from, |(_, from)| from.max(term.from));
    let school_days = child.index.school_days(first, term.until.min(child.day));
    if school_days < bounds.school_days {
        return Verdict::Unknown { reason: "risk-unknown-early", settles: Settles::Calendar };
    }
    let kept = child.student.class.is_some_and(|class| child.index.is_kept(kind, class, term.from));
    let rows: Vec<ActivityAt> = rows_since(child, kind, first).filter(|at| day_of(child, *at) <= term.until).collect();
    if !kept && rows.is_empty() {
        return Verdict::Unknown { reason: "risk-unknown-not-kept", settles: Settles::Kind(kind.to_owned()) };
    }
    let mut absent = 0.0;
    for at in &rows {
        match cell(child, *at, field).parse::<f64>() {
            Ok(days) => absent += days,
            Err(_) => {
                return Verdict::Unknown { reason: "risk-unknown-value", settles: Settles::Kind(kind.to_owned()) };
            }
        }
    }
    let rate = 100.0 * absent / f64::from(school_days);
    let counted = || Evidence::calendar("risk-school-days").with("days", Value::Days(i64::from(school_days)));
    let absences = || rows.iter().map(|at| absence(child, *at, field));
    let facts = child.told(|| absences().chain(std::iter::once_with(counted)).collect());
    let fires = rate >= bounds.percent && bounds.below.is_none_or(|below| rate < below);
    Verdict::by(fires, Value::Percent(rate), Value::Percent(bounds.percent), facts)
}

fn absence(child: &Child, at: ActivityAt, field: &str) -> Evidence {
    Evidence::at("risk-absence", Origin::Activity(at))
        .with("day", Value::Day(day_of(child, at)))
        .with("days", Value::Text(cell(child, at, field).to_owned()))
}

/// Which bands of a screening fire, and which are no result.
pub(super) struct Bands<'a> {
    pub kind: &'a str,
    pub field: &'a str,
    pub is: &'a [String],
    pub void: &'a [String],
    /// The field whose values are looked at one by one.
    pub each: Option<&'a str>,
}

/// The latest screening in the window; of each scale, where that is asked. One that is no result takes nothing back: a band
/// that fired before it fires on, and one that did not is not known any more. A sealed one might be the child's, so that
/// nothing is known.
pub(super) fn band(child: &Child, bands: &Bands, days: u32) -> Verdict {
    let since = window_start(child.day, days);
    let mut of_each: BTreeMap<&str, Vec<ActivityAt>> = BTreeMap::new();
    for at in rows_since(child, bands.kind, since) {
        of_each.entry(bands.each.map_or("", |field| cell(child, at, field))).or_default().push(at);
    }
    let lasts = || of_each.values().filter_map(|rows| rows.last().copied());
    let sealed_from = lasts().map(|at| day_of(child, at)).min().unwrap_or(since);
    let sealed = || Verdict::Unknown { reason: "risk-unknown-sealed", settles: Settles::Key(bands.kind.to_owned()) };
    let none = |reason| Verdict::Unknown { reason, settles: Settles::Kind(bands.kind.to_owned()) };
    if child.index.sealed_since(std::iter::once(bands.kind), sealed_from) > 0 {
        return sealed();
    }
    let said = |at: ActivityAt| cell(child, at, bands.field);
    let is_void = |at: ActivityAt| bands.void.iter().any(|void| void == said(at));
    let valid = |rows: &Vec<ActivityAt>| rows.iter().rfind(|at| !is_void(**at)).copied();
    let in_force: Vec<ActivityAt> = of_each.values().filter_map(valid).collect();
    let fires = |at: &ActivityAt| bands.is.iter().any(|one| one == said(*at));
    let fired: Vec<ActivityAt> = in_force.iter().copied().filter(fires).collect();
    let Some(shown) = fired.first().copied().or_else(|| in_force.iter().copied().max_by_key(|at| day_of(child, *at)))
    else {
        return none(if of_each.is_empty() { "risk-unknown-no-screening" } else { "risk-unknown-void-screening" });
    };
    if fired.is_empty() && in_force.iter().any(|at| said(*at).is_empty()) {
        return sealed();
    }
    if fired.is_empty() && lasts().any(is_void) {
        return none("risk-unknown-void-screening");
    }
    let facts = if fired.is_empty() { vec![shown] } else { fired.clone() };
    let facts = child.told(|| facts.into_iter().map(|at| child.row(at, Some(bands.field))).collect());
    let value = Value::Label(child.rules.word(said(shown)));
    let bound = || Value::Any(bands.is.iter().map(|band| Value::Label(child.rules.word(band))).collect());
    Verdict::when(!fired.is_empty(), value, bound, facts)
}

/// What is known of one week of the parents' contact: the row that says it, and in which field.
enum Week<'a> {
    Held(ActivityAt, Option<&'a str>),
    Missed(ActivityAt, Option<&'a str>),
    NotAsked,
}

/// Each of the last weeks without contact fires; one with contact is calm; else one in which nobody asked leaves it open.
pub(super) fn weekly_contact(child: &Child, kind: &str, field: &str, also: &[String], weeks: u32) -> Verdict {
    let weeks_back: Vec<Week> = (0..weeks).map(|back| week(child, kind, field, also, i64::from(back))).collect();
    let missed = weeks_back.iter().filter(|week| matches!(week, Week::Missed(..))).count() as u32;
    if missed < weeks && !weeks_back.iter().any(|week| matches!(week, Week::Held(..))) {
        return Verdict::Unknown { reason: "risk-unknown-not-asked", settles: Settles::Kind(kind.to_owned()) };
    }
    let fact = |week| match week {
        Week::Held(at, field) | Week::Missed(at, field) => Some(child.row(at, field)),
        Week::NotAsked => None,
    };
    let facts = child.told(|| weeks_back.into_iter().filter_map(fact).collect());
    Verdict::by(missed == weeks, Value::Count(missed), Value::Count(weeks), facts)
}

fn week<'a>(child: &Child, kind: &str, field: &'a str, also: &[String], back: i64) -> Week<'a> {
    let last = child.day.plus(-7 * back);
    let first = last.plus(-6);
    let is_over = |at: &ActivityAt| last < day_of(child, *at);
    let in_week = |kind: &str| rows_since(child, kind, first).take_while(|at| !is_over(at));
    if let Some(at) = also.iter().find_map(|kind| in_week(kind).last()) {
        return Week::Held(at, None);
    }
    let with = |value: &str| in_week(kind).find(|at| cell(child, *at, field) == value);
    match (with("yes"), with("no")) {
        (Some(at), _) => Week::Held(at, Some(field)),
        (None, Some(at)) => Week::Missed(at, Some(field)),
        (None, None) => Week::NotAsked,
    }
}
