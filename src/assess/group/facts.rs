//! What groups and forms ask of a child for a day, beyond what its file says word for word. Each is known, or names the
//! field of the child's file that would settle it.

use crate::assess::left_behind::{Care, cares, parents_on};
use crate::model::{Ability, Benefit, Condition, Day, HealthStatus, LeftBehindKind, Schooling, Student};

/// A fact, or the fields that would settle it.
pub(super) type Known<T> = Result<T, Vec<String>>;

/// The last grade of compulsory schooling (义务教育法).
const COMPULSORY: i32 = 9;

fn open<T>(field: &str) -> Known<T> {
    Err(vec![field.to_owned()])
}

/// Where a pupil goes to school, by the grade of its class: before the first year it is the kindergarten of the school,
/// past the school's years the junior secondary part of one with nine.
pub(super) fn schooling(student: &Student, day: Day, years: u32) -> Known<Schooling> {
    let years = i32::try_from(years).unwrap_or(i32::MAX);
    match student.grade_on(day) {
        Some(..=0) => Ok(Schooling::Kindergarten),
        Some(grade) if grade <= years => Ok(Schooling::Primary),
        Some(..=COMPULSORY) => Ok(Schooling::JuniorSecondary),
        _ => open("class"),
    }
}

/// A disability or an illness that is told in words counts like the status.
pub(super) fn condition(student: &Student) -> Known<Condition> {
    let Some(health) = &student.health else { return open("health.status") };
    let is_disabled = health.status == Some(HealthStatus::Disabled) || health.disability.is_some();
    let is_ill = health.status == Some(HealthStatus::Ill) || health.illness.is_some();
    match (is_disabled, is_ill, health.status) {
        (true, true, _) => Ok(Condition::DisabledAndIll),
        (true, false, _) => Ok(Condition::Disabled),
        (false, true, _) => Ok(Condition::Ill),
        (false, false, Some(_)) => Ok(Condition::Healthy),
        (false, false, None) => open("health.status"),
    }
}

/// How well the child is cared for (民发〔2016〕42号): as the record says of whoever cares for it; poorly where that is a
/// parent without the capacity, or where such a parent is all that is left.
pub(super) fn care(student: &Student, day: Day) -> Known<Ability> {
    let guardian = student.guardian.iter().enumerate().find(|(_, guardian)| guardian.covers(day));
    if let Some((at, guardian)) = guardian {
        let incapable = |relation| student.parent_of(relation).is_some_and(|parent| parent.capable == Some(false));
        let is_incapable = guardian.is_parent() && guardian.relation.is_some_and(incapable);
        let stated = if is_incapable { Some(Ability::Poor) } else { guardian.ability };
        return stated.ok_or_else(|| vec![format!("guardian.{at}.ability")]);
    }
    let (ways, _) = cares(&parents_on(student, day), day);
    let is_incapable = |(father, mother): &(Care, Care)| {
        let of = |care| *father == care || *mother == care;
        of(Care::Incapable) && !of(Care::Home)
    };
    if ways.iter().all(is_incapable) { Ok(Ability::Poor) } else { open("guardian") }
}

/// Whether whoever cares for the child is entrusted in writing.
pub(super) fn entrusted(student: &Student, day: Day) -> Known<bool> {
    let guardian = student.guardian.iter().enumerate().find(|(_, guardian)| guardian.covers(day));
    let Some((at, guardian)) = guardian else { return open("guardian") };
    guardian.entrusted.ok_or_else(|| vec![format!("guardian.{at}.entrusted")])
}

/// Whether the household has one of these. A list that names others is taken for the whole of it.
pub(super) fn has_benefit(student: &Student, wanted: &[Benefit]) -> Known<bool> {
    let household = student.household.as_ref();
    match household.map(|household| (household.benefits.as_slice(), household.low_income)) {
        Some((benefits, _)) if !benefits.is_empty() => Ok(benefits.iter().any(|one| wanted.contains(one))),
        Some((_, Some(false))) => Ok(false),
        _ => open("household.benefits"),
    }
}

/// In what way a child that is left behind is so; where that is open, the fields that would settle it.
pub(super) fn way(student: &Student, day: Day, kind: LeftBehindKind) -> Known<LeftBehindKind> {
    match kind {
        LeftBehindKind::Unsettled => Err(cares(&parents_on(student, day), day).1),
        settled => Ok(settled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student(rest: &str) -> Student {
        toml::from_str(&format!("id = \"aaaaaa\"\nname = \"孩子\"\n{rest}")).unwrap()
    }

    fn day() -> Day {
        "2026-11-24".parse().unwrap()
    }

    #[test]
    fn the_school_that_a_child_goes_to_follows_from_its_class() {
        for (class, years, expected) in [
            ("2026-1", 6, Some(Schooling::Primary)),
            ("2021-1", 6, Some(Schooling::Primary)),
            ("2021-1", 5, Some(Schooling::JuniorSecondary)),
            ("2027-1", 6, Some(Schooling::Kindergarten)),
            ("2018-1", 6, Some(Schooling::JuniorSecondary)),
            ("2017-1", 6, None),
        ] {
            let child = student(&format!("class = \"{class}\"\n"));
            assert_eq!(schooling(&child, day(), years).ok(), expected, "{class} {years}");
        }
        assert_eq!(schooling(&student(""), day(), 6), Err(vec!["class".to_owned()]));
    }

    #[test]
    fn an_illness_beside_a_disability_is_both() {
        for (health, expected) in [
            ("status = \"healthy\"", Some(Condition::Healthy)),
            ("status = \"disabled\"", Some(Condition::Disabled)),
            ("status = \"disabled\"\nillness = \"x\"", Some(Condition::DisabledAndIll)),
            ("illness = \"x\"", Some(Condition::Ill)),
            ("note = \"x\"", None),
        ] {
            assert_eq!(condition(&student(&format!("[health]\n{health}\n"))).ok(), expected, "{health}");
        }
    }

    #[test]
    fn care_is_poor_where_only_a_parent_without_capacity_is_left() {
        let father = "[[parent]]\nrelation = \"father\"\n[[parent.away]]\nfrom = 2021-02-15\n";
        let mother = "[[parent]]\nrelation = \"mother\"\ncapable = false\n[[parent.away]]\nuntil = 2022-01-01\n";
        let own = "[[guardian]]\nrelation = \"mother\"\nability = \"good\"\n";
        let aunt = "[[guardian]]\nrelation = \"aunt\"\nability = \"good\"\n";
        for (rest, expected) in [
            (format!("{father}{mother}"), Ok(Ability::Poor)),
            (format!("{father}{mother}{own}"), Ok(Ability::Poor)),
            (format!("{father}{mother}{aunt}"), Ok(Ability::Good)),
            (father.to_owned(), Err(vec!["guardian".to_owned()])),
            (aunt.replace("ability", "name"), Err(vec!["guardian.0.ability".to_owned()])),
        ] {
            assert_eq!(care(&student(&rest), day()), expected, "{rest}");
        }
    }
}
