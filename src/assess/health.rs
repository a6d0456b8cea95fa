//! The latest health examination of each child, judged by `rules/health.toml`. A child without one is not examined.

use crate::ledger::Snapshot;
use crate::model::health::{Examined, HealthRules, Judgement};
use crate::model::{ActivityAt, Day, Outcome};

use super::figures::enrolled;

/// A child's latest examination.
#[derive(Debug, Clone)]
pub struct Checkup {
    pub student: u32,
    /// Nothing where there is none in the year before the day.
    pub at: Option<ActivityAt>,
    /// Body mass and eyesight; nothing where there is no examination.
    pub judgements: Option<[Judgement; 2]>,
}

/// How long an examination is good for. Source: 学生健康体检管理办法: every pupil, every year.
const A_YEAR: i64 = 366;

/// The latest examination of every child enrolled on a day.
pub fn checkups(snapshot: &Snapshot, day: Day) -> Outcome<Vec<Checkup>> {
    let mut latest: Vec<Option<(Day, ActivityAt)>> = vec![None; snapshot.students.len()];
    let mut judged: Vec<(&str, HealthRules)> = Vec::new();
    for kind in snapshot.kinds()?.values() {
        judged.extend(snapshot.definitions().health_rules(kind)?.map(|rules| (kind.name.as_str(), rules)));
    }
    for (at, log, activity) in snapshot.activities().filter(|(_, _, one)| one.day <= day) {
        if day.days_since(activity.day) > A_YEAR || !judged.iter().any(|(kind, _)| *kind == log.kind) {
            continue;
        }
        // The numbers of several children together are nobody's.
        if let [student] = log.students(activity) {
            let known = &mut latest[*student as usize];
            *known = (*known).max(Some((activity.day, at)));
        }
    }
    let checkup = |student: u32| {
        let at = latest[student as usize].map(|(_, at)| at);
        Checkup { student, at, judgements: at.and_then(|at| judgements(snapshot, &judged, student, at)) }
    };
    Ok(enrolled(snapshot, day).into_iter().map(checkup).collect())
}

fn judgements(
    snapshot: &Snapshot,
    judged: &[(&str, HealthRules)],
    student: u32,
    at: ActivityAt,
) -> Option<[Judgement; 2]> {
    let (log, activity) = snapshot.activity(at);
    let (_, rules) = judged.iter().find(|(kind, _)| *kind == log.kind)?;
    let child = snapshot.student(student);
    let examined = Examined { gender: child.gender, born: child.born, day: activity.day };
    Some(rules.judgements(examined, &|field| log.table.get(activity.row as usize, field).to_owned()))
}
