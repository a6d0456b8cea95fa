//! The metrics of scores: below a share of full marks, too many subjects without a pass, a decline against the child's own
//! past, by percentage points or by standard scores.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::measure::{Child, Settles, Verdict};
use super::measure_rows::{cell, day_of};
use super::metric::{Marks, window_start};
use crate::assess::score::NoProgress;
use crate::assess::{Evidence, Value};
use crate::ledger::Origin;
use crate::model::{ActivityAt, Day};

/// One score as a share of full marks, in per cent.
#[derive(Clone, Copy)]
pub(super) struct Score {
    at: ActivityAt,
    day: Day,
    percent: f64,
}

/// The child's scores of each subject, the oldest first. A row without one is no score: the child was absent, or has a
/// mark in words. A row whose score cannot be read is the error.
pub(super) type Scores<'a> = Result<BTreeMap<&'a str, Vec<Score>>, ()>;

/// The child's scores. Indicators mostly ask for the same: the first answer is kept.
fn scores<'c, 'a>(child: &'c Child<'a>, marks: &'a Marks) -> Cow<'c, Scores<'a>> {
    let (of, scores) = child.scores.get_or_init(|| (marks, read(child, marks)));
    let fields = |marks: &'a Marks| (&marks.kind, &marks.subject, &marks.score, &marks.full, marks.of);
    match fields(of) == fields(marks) {
        true => Cow::Borrowed(scores),
        false => Cow::Owned(read(child, marks)),
    }
}

fn read<'a>(child: &Child<'a>, marks: &Marks) -> Scores<'a> {
    let snapshot = child.index.snapshot;
    let mut of_subject: BTreeMap<&str, Vec<Score>> = BTreeMap::new();
    let rows = child.index.rows(child.at, &marks.kind);
    // The rows of a term are in one log, and stand together.
    for rows in rows.chunk_by(|a, b| a.log == b.log) {
        let table = &snapshot.logs[rows[0].log as usize].table;
        let columns = table.columns([&marks.subject, &marks.score, &marks.full]);
        for at in rows {
            let activity = snapshot.activity(*at).1;
            let [subject, score, full] = table.cells_together(activity.row as usize, &columns);
            if score.is_empty() {
                continue;
            }
            let full = if full.is_empty() { marks.of } else { full.parse().map_err(|_| ())? };
            let score: f64 = score.parse().map_err(|_| ())?;
            if full <= 0.0 {
                return Err(());
            }
            let score = Score { at: *at, day: activity.day, percent: 100.0 * score / full };
            of_subject.entry(subject).or_default().push(score);
        }
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
pub(super) fn low_score<'a>(child: &Child<'a>, marks: &'a Marks, bound: f64, days: u32) -> Verdict {
    let scores = scores(child, marks);
    let Ok(scores) = scores.as_ref() else { return no_score(marks, "risk-unknown-value") };
    let since = window_start(child.day, days);
    let latest = scores.iter().filter_map(|(subject, scores)| scores.last().map(|score| (subject, score)));
    let latest: Vec<(&&str, &Score)> = latest.filter(|(_, score)| since <= score.day).collect();
    let Some(lowest) = latest.iter().map(|(_, score)| score.percent).reduce(f64::min) else {
        return no_score(marks, "risk-unknown-no-score");
    };
    let fires = lowest < bound;
    let shown = latest.iter().filter(|(_, score)| !fires || score.percent < bound);
    let facts = child.told(|| shown.map(|(subject, score)| score_fact(child, subject, score)).collect());
    Verdict::by(fires, Value::Percent(lowest), Value::Percent(bound), facts)
}

/// The deepest drop of any subject against the mean of the child's own earlier scores decides.
pub(super) fn score_drop<'a>(child: &Child<'a>, marks: &'a Marks, bound: f64, earlier: usize, days: u32) -> Verdict {
    let scores = scores(child, marks);
    let Ok(scores) = scores.as_ref() else { return no_score(marks, "risk-unknown-value") };
    let since = window_start(child.day, days);
    let mut deepest: Option<(f64, Vec<Evidence>)> = None;
    for (subject, scores) in scores {
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

/// How many subjects have a latest mark that is no pass, a mark in words included.
pub(super) fn failing_subjects<'a>(
    child: &Child<'a>,
    marks: &'a Marks,
    bound: f64,
    at_least: u32,
    days: u32,
) -> Verdict {
    let scores = scores(child, marks);
    let Ok(scores) = scores.as_ref() else { return no_score(marks, "risk-unknown-value") };
    let since = window_start(child.day, days);
    let mut fails: BTreeMap<&str, (Day, bool, Shown)> = BTreeMap::new();
    for (subject, scores) in scores {
        if let Some(last) = scores.last() {
            fails.insert(subject, (last.day, last.percent < bound, Shown::Score(*last)));
        }
    }
    for (subject, day, fails_in, at) in grades(child, marks) {
        if fails.get(subject).is_none_or(|(other, ..)| *other <= day) {
            fails.insert(subject, (day, fails_in, Shown::Grade(at)));
        }
    }
    fails.retain(|_, (day, ..)| since <= *day);
    if fails.is_empty() {
        return no_score(marks, "risk-unknown-no-score");
    }
    let number = fails.values().filter(|(_, fails, _)| *fails).count() as u32;
    let shown = fails.iter().filter(|(_, (_, fails, _))| *fails || number == 0);
    let fact = |(subject, (.., shown)): (&&str, &(Day, bool, Shown))| match shown {
        Shown::Score(score) => score_fact(child, subject, score),
        Shown::Grade(at) => child.row(*at, marks.grade.as_deref()),
    };
    let facts = child.told(|| shown.map(fact).collect());
    Verdict::by(number >= at_least, Value::Count(number), Value::Count(at_least), facts)
}

/// What shows a subject's latest mark.
enum Shown {
    Score(Score),
    Grade(ActivityAt),
}

/// The child's marks in words, the oldest first: subject, day, whether it is no pass, and the row.
fn grades<'a>(child: &Child<'a>, marks: &Marks) -> impl Iterator<Item = (&'a str, Day, bool, ActivityAt)> {
    let field = marks.grade.as_deref().unwrap_or_default();
    child.index.rows(child.at, &marks.kind).iter().filter_map(move |at| {
        let code = cell(child, *at, field);
        let is_grade = !code.is_empty() && cell(child, *at, &marks.score).is_empty();
        let subject = cell(child, *at, &marks.subject);
        let fails = marks.failing.iter().any(|one| one == code);
        is_grade.then(|| (subject, day_of(child, *at), fails, *at))
    })
}

/// The latest exam against the child's own earlier ones, in spreads of the class: a hard paper is no decline.
pub(super) fn standard_drop(child: &Child, bound: f64, earlier: usize, days: u32) -> Verdict {
    let Some(board) = &child.index.board else { return unknown(child, NoProgress::NoScore) };
    let since = window_start(child.day, days);
    let progress = match board.progress(child.at, earlier) {
        Ok(progress) if board.exams[progress.exam].day < since => return unknown(child, NoProgress::NoScore),
        Ok(progress) => progress,
        Err(why) => return unknown(child, why),
    };
    let score = |entry: &crate::assess::score::Entry| {
        let percent = entry.share()?;
        Some(score_fact(child, &entry.subject, &Score { at: entry.at, day: entry.day, percent }))
    };
    let standard = || {
        Evidence::calendar("risk-standard")
            .with("now", Value::Number(progress.now))
            .with("before", Value::Number(progress.before))
            .with("exams", Value::Count(progress.exams as u32))
    };
    let scores = || board.entries_in(child.at, progress.exam).filter_map(score);
    let facts = child.told(|| scores().chain(std::iter::once_with(standard)).collect());
    let drop = -progress.change();
    Verdict::by(drop >= bound, Value::Number(drop), Value::Number(bound), facts)
}

fn unknown(child: &Child, why: NoProgress) -> Verdict {
    let kind = child.rules.progress.marks.kind.clone();
    Verdict::Unknown { reason: why.key(), settles: Settles::Kind(kind) }
}
