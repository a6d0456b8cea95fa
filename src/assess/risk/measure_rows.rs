//! The metrics that read the rows of a kind one by one: incidents, absence, scores, screening, the parents' weekly contact.

use std::collections::BTreeMap;

use super::measure::{Child, Settles, Verdict};
use super::metric::{Marks, window_start};
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

fn rows_since<'a>(child: &'a Child, kind: &str, since: Day) -> impl Iterator<Item = ActivityAt> + 'a {
    let rows = child.index.rows(child.at, kind);
    let snapshot = child.index.snapshot;
    rows.iter().copied().filter(move |at| since <= snapshot.activity(*at).1.day)
}

fn cell<'a>(child: &Child<'a>, at: ActivityAt, field: &str) -> &'a str {
    let (log, activity) = child.index.snapshot.activity(at);
    log.table.get(activity.row as usize, field)
}

fn day_of(child: &Child, at: ActivityAt) -> Day {
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

/// One score as a share of full marks, in per cent.
#[derive(Clone, Copy)]
struct Score {
    at: ActivityAt,
    day: Day,
    percent: f64,
}

/// The child's scores of each subject, the oldest first. A row whose score cannot be read is the error.
fn scores(child: &Child, marks: &Marks) -> Result<BTreeMap<String, Vec<Score>>, ()> {
    let mut of_subject: BTreeMap<String, Vec<Score>> = BTreeMap::new();
    for at in child.index.rows(child.at, &marks.kind) {
        let number = |field: &str| cell(child, *at, field).parse::<f64>();
        let full = match cell(child, *at, &marks.full) {
            "" => marks.of,
            _ => number(&marks.full).map_err(|_| ())?,
        };
        let score = number(&marks.score).map_err(|_| ())?;
        if full <= 0.0 {
            return Err(());
        }
        let subject = cell(child, *at, &marks.subject).to_owned();
        let score = Score { at: *at, day: day_of(child, *at), percent: 100.0 * score / full };
        of_subject.entry(subject).or_default().push(score);
    }
    Ok(of_subject)
}

fn score_fact(child: &Child, subject: &str, score: &Score) -> Evidence {
    Evidence::at("risk-score", Origin::Activity(score.at))
        .with("subject", Value::Text(subject.to_owned()))
        .with("day", Value::Day(day_of(child, score.at)))
        .with("percent", Value::Percent(score.percent))
}

fn no_score(marks: &Marks, reason: &'static str) -> Verdict {
    Verdict::Unknown { reason, settles: Settles::Kind(marks.kind.clone()) }
}

/// The lowest of the subjects' latest scores decides.
pub(super) fn low_score(child: &Child, marks: &Marks, bound: f64, days: u32) -> Verdict {
    let Ok(scores) = scores(child, marks) else { return no_score(marks, "risk-unknown-value") };
    let since = window_start(child.day, days);
    let latest = scores.iter().filter_map(|(subject, scores)| scores.last().map(|score| (subject, score)));
    let latest: Vec<(&String, &Score)> = latest.filter(|(_, score)| since <= score.day).collect();
    let Some(lowest) = latest.iter().map(|(_, score)| score.percent).reduce(f64::min) else {
        return no_score(marks, "risk-unknown-no-score");
    };
    let fires = lowest < bound;
    let shown = latest.iter().filter(|(_, score)| !fires || score.percent < bound);
    let facts = child.told(|| shown.map(|(subject, score)| score_fact(child, subject, score)).collect());
    Verdict::by(fires, Value::Percent(lowest), Value::Percent(bound), facts)
}

/// The deepest drop of any subject against the mean of the child's own earlier scores decides.
pub(super) fn score_drop(child: &Child, marks: &Marks, bound: f64, earlier: usize, days: u32) -> Verdict {
    let Ok(scores) = scores(child, marks) else { return no_score(marks, "risk-unknown-value") };
    let since = window_start(child.day, days);
    let mut deepest: Option<(f64, Vec<Evidence>)> = None;
    for (subject, scores) in &scores {
        let Some((last, before)) = scores.split_last().filter(|(last, _)| since <= last.day) else { continue };
        if before.len() < earlier.max(1) {
            continue;
        }
        let mean = before.iter().map(|score| score.percent).sum::<f64>() / before.len() as f64;
        let drop = mean - last.percent;
        if deepest.as_ref().is_none_or(|(other, _)| *other < drop) {
            let mean = || Evidence::calendar("risk-score-mean").with("percent", Value::Percent(mean));
            deepest = Some((drop, child.told(|| vec![score_fact(child, subject, last), mean()])));
        }
    }
    match deepest {
        None => no_score(marks, "risk-unknown-no-score"),
        Some((drop, facts)) => Verdict::by(drop >= bound, Value::Percent(drop), Value::Percent(bound), facts),
    }
}

/// Which bands of a screening fire, and which are no result.
pub(super) struct Bands<'a> {
    pub kind: &'a str,
    pub field: &'a str,
    pub is: &'a [String],
    pub void: &'a [String],
}

/// The latest screening in the window. A sealed one might be the child's, so that nothing is known.
pub(super) fn band(child: &Child, bands: &Bands, days: u32) -> Verdict {
    let since = window_start(child.day, days);
    let last = rows_since(child, bands.kind, since).last();
    let sealed_from = last.map_or(since, |at| day_of(child, at));
    if child.index.sealed_since(std::iter::once(bands.kind), sealed_from) > 0 {
        return Verdict::Unknown { reason: "risk-unknown-sealed", settles: Settles::Key(bands.kind.to_owned()) };
    }
    let none = |reason| Verdict::Unknown { reason, settles: Settles::Kind(bands.kind.to_owned()) };
    let Some(last) = last else { return none("risk-unknown-no-screening") };
    let band = cell(child, last, bands.field);
    if bands.void.iter().any(|void| void == band) {
        return none("risk-unknown-void-screening");
    }
    if band.is_empty() {
        return Verdict::Unknown { reason: "risk-unknown-sealed", settles: Settles::Key(bands.kind.to_owned()) };
    }
    let value = Value::Label(child.rules.word(band));
    let fires = bands.is.iter().any(|one| one == band);
    Verdict::by(fires, value, Value::Text(bands.is.join(" ")), child.told_one(|| child.row(last, Some(bands.field))))
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
    let in_week = |kind: &str| {
        let rows = rows_since(child, kind, first).filter(|at| day_of(child, *at) <= last);
        rows.collect::<Vec<ActivityAt>>()
    };
    if let Some(at) = also.iter().find_map(|kind| in_week(kind).last().copied()) {
        return Week::Held(at, None);
    }
    let asked = in_week(kind);
    let with = |value: &str| asked.iter().find(|at| cell(child, **at, field) == value);
    match (with("yes"), with("no")) {
        (Some(at), _) => Week::Held(*at, Some(field)),
        (None, Some(at)) => Week::Missed(*at, Some(field)),
        (None, None) => Week::NotAsked,
    }
}
