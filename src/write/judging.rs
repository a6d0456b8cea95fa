//! What an examination finds opens a follow-up of its own, which says the value, the bound and the source; where the
//! numbers are mended and nothing is found any more, it is cancelled.

use super::recording::{NewActivity, Recording};
use crate::model::health::{Examined, HealthRules, Judgement};
use crate::model::kind::Kind;
use crate::model::{FollowUp, IdSource, Outcome, RowId, StudentId};

impl Recording<'_> {
    /// Judges the numbers of a row of one child. Those of several children together mean nobody.
    pub(super) fn judge(&mut self, kind: &Kind, activity: &NewActivity) -> Outcome<()> {
        let Some(rules) = self.snapshot.definitions().health_rules(kind)? else { return Ok(()) };
        let [child] = &activity.children[..] else { return Ok(()) };
        let student = self.snapshot.place_of_student(child).map(|at| self.snapshot.student(at));
        let examined = Examined {
            gender: student.and_then(|student| student.gender),
            born: student.and_then(|student| student.born),
            day: activity.day,
        };
        let cell = |field: &str| activity.fields.get(field).cloned().unwrap_or_default();
        for (at, judgement) in rules.judgements(examined, &cell).iter().enumerate() {
            let measure = ["body", "eyesight"][at];
            let id = IdSource::derived_from(&[activity.id.as_str(), child.as_str(), measure]).row();
            self.follow(&rules, judgement, activity, child, id);
        }
        Ok(())
    }

    fn follow(
        &mut self,
        rules: &HealthRules,
        judgement: &Judgement,
        activity: &NewActivity,
        child: &StudentId,
        id: RowId,
    ) {
        let language = self.snapshot.school.school.language.clone();
        let is_there = self.follow_ups().iter().any(|one| one.id == id);
        let Some(label) = rules.label(judgement.verdict) else {
            return if is_there {
                self.give_up(activity, judgement, &id)
            };
        };
        let source = judgement.source.as_ref().map_or("", |source| source.in_language(&language));
        let what = format!("{}: {} {} ({source})", label.in_language(&language), judgement.value, judgement.bound);
        if is_there {
            return self.change_follow_up(&id, |one| {
                one.what = what;
                one.cancelled = None;
                one.reason.clear();
            });
        }
        let days = self.types().get(&rules.opens).map_or(0, |described| described.days);
        self.add_follow_up(FollowUp {
            student: Some(child.clone()),
            owner: activity.staff.clone(),
            what,
            opened_by: Some(activity.id.clone()),
            ..FollowUp::new(id, &rules.opens, activity.day, activity.day.plus(i64::from(days)))
        });
    }

    /// The numbers were mended: what they say is the reason.
    fn give_up(&mut self, activity: &NewActivity, judgement: &Judgement, id: &RowId) {
        let value = if judgement.value.is_empty() { "—".to_owned() } else { judgement.value.clone() };
        self.change_follow_up(id, |one| {
            if one.done.is_none() && one.cancelled.is_none() {
                one.cancelled = Some(activity.day);
                one.reason = value;
            }
        });
    }
}
