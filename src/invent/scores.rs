//! The scores of an invented school: an exam in the middle and at the end of each term. A child does about as well as
//! before, a paper is easier or harder for all, and now and then somebody rises, falls behind or is absent.

use super::activities::{Draft, Setting};
use super::calendar::is_school_day;
use super::dice::Dice;
use super::lore::{Every, Rhythm, Values};
use crate::ledger::table::encode;
use crate::model::kind::{Kind, yes_or_no};
use crate::model::{Class, Day, Student};

/// The kind that holds scores.
pub(super) const KIND: &str = "score";

/// The kinds of exam of the halves of a term.
const EXAMS: [&str; 2] = ["midterm", "final"];
/// The subjects of the first two grades are fewer.
const FIRST_SUBJECTS: usize = 2;
const ABSENT_PERCENT: f64 = 0.8;

/// Every mark of a term.
pub(super) fn draw(setting: &Setting, term: usize, kind: &Kind, rhythm: &Rhythm) -> Vec<Draft> {
    let Some(Values::OneOf(subjects)) = rhythm.field.get("subject") else { return Vec::new() };
    let mut drafts = Vec::new();
    for ((_, until), exam) in setting.calendar.periods(term, Every::HalfTerm).into_iter().zip(EXAMS) {
        let Some(day) = (3..14).map(|back| until.plus(-back)).find(|day| is_school_day(*day)) else { continue };
        if day > setting.wish.day {
            continue;
        }
        let mut dice = Dice::new(setting.wish.seed, &format!("{}/{exam}", setting.calendar.terms[term].name));
        for (at, child) in setting.children.iter().enumerate().filter(|(_, child)| child.student.enrolled_on(day)) {
            let grade = child.student.grade_on(day).unwrap_or(0);
            if grade < 1 {
                continue;
            }
            let count = if grade < 3 { FIRST_SUBJECTS } else { subjects.len() };
            for subject in &subjects[..count.min(subjects.len())] {
                let staff = setting.somebody(&rhythm.who, child.student.class, &mut dice);
                let mark = mark(setting, (&child.student, exam, subject.as_str(), day), &mut dice);
                let line = line(kind, &child.student, staff, (exam, subject, day), mark);
                drafts.push(Draft { day, child: Some(at), line, opens: Vec::new(), counts: true });
            }
        }
    }
    drafts
}

/// Nothing where the child was absent.
fn mark(setting: &Setting, (student, exam, subject, day): (&Student, &str, &str, Day), dice: &mut Dice) -> Option<i64> {
    if dice.chance(ABSENT_PERCENT) {
        return None;
    }
    let seed = setting.wish.seed;
    let class = student.class.unwrap_or(Class { cohort: 0, number: 0 });
    // The same for a child in all its exams, and the same for a class in one paper.
    let mut of_child = Dice::new(seed, &format!("{}/{subject}", student.id));
    let ability: i64 = (0..4).map(|_| of_child.between(0, 25)).sum();
    let months = i64::from(day.month()) + 12 * i64::from(day.year() - class.cohort);
    let drift = of_child.between(-1, 1) * (months % 12) * 3 / 2;
    let mut of_paper = Dice::new(seed, &format!("{}/{exam}/{subject}/{}", day.year(), class.cohort));
    let hard = student.study.as_ref().is_some_and(|study| study.difficulties.is_some());
    let paper = of_paper.between(18, 38) - if hard { 12 } else { 0 };
    Some((ability + paper + drift + dice.between(-10, 10)).clamp(4, 100))
}

fn line(
    kind: &Kind,
    student: &Student,
    staff: &str,
    (exam, subject, day): (&str, &str, Day),
    mark: Option<i64>,
) -> Vec<u8> {
    let (date, score) = (day.to_string(), mark.map(|mark| mark.to_string()).unwrap_or_default());
    let full = if mark.is_some() { "100" } else { "" };
    let absent = if mark.is_none() { yes_or_no(true) } else { "" };
    let own = kind.fields.iter().map(|field| match field.name.as_str() {
        "exam" => exam,
        "subject" => subject,
        "score" => &score,
        "full" => full,
        "absent" => absent,
        _ => "",
    });
    encode([date.as_str(), student.id.as_str(), staff, "", "", "", ""].into_iter().chain(own))
}
