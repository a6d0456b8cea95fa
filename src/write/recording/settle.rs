//! What becomes of follow-ups when the activity that opened them is amended: what it awaited has come, it asks for something
//! no more, or it asks for it again.

use super::{Recording, field_of, places};
use crate::model::kind::{Kind, Opens};
use crate::model::{Day, FollowUp};
use crate::write::NewActivity;

impl Recording<'_> {
    /// Opens again what was given up when an earlier change asked for it no more, and this one does.
    pub(super) fn reopen(&mut self, kind: &Kind, amended: &NewActivity) {
        let Some((log, row)) = self.find(&kind.name, amended.id.as_str()) else { return };
        let begins = |opens: &&Opens| {
            opens.fires_on(|field| field_of(amended, field)) && !opens.fires_on(|field| log.table.get(row, field))
        };
        let begun: Vec<&str> = kind.opens.iter().filter(begins).map(|opens| opens.follow_up.as_str()).collect();
        let is_begun = |follow_up: &FollowUp| {
            let own = follow_up.opened_by.as_ref() == Some(&amended.id) && begun.contains(&follow_up.kind.as_str());
            own && follow_up.cancelled.is_some()
        };
        for at in places(&self.follow_ups, is_begun) {
            let follow_up = &mut self.follow_ups.to_mut()[at];
            (follow_up.cancelled, follow_up.reason) = (None, String::new());
            self.touched.entry(follow_up.id.clone()).or_insert(false);
            self.opened.push(follow_up.clone());
        }
    }

    /// Ends what waits because of what an activity said before it was amended: what it awaited has come, or what it
    /// asked for is asked for no more.
    pub fn settle(&mut self, kind: &Kind, amended: &NewActivity, day: Day, reason: &str) {
        let Some((log, row)) = self.find(&kind.name, amended.id.as_str()) else { return };
        let asked = |opens: &Opens| opens.fires_on(|field| log.table.get(row, field));
        let asks = |opens: &Opens| opens.fires_on(|field| field_of(amended, field));
        let settled = kind.opens.iter().filter(|opens| asked(opens) && !asks(opens));
        let settled: Vec<(String, String)> = settled
            .map(|opens| {
                let came = opens.when.as_deref().filter(|_| opens.empty).map_or("", |field| field_of(amended, field));
                (opens.follow_up.clone(), if kind.confidential { String::new() } else { came.to_owned() })
            })
            .collect();
        let awaited = |opens: &str| kind.opens.iter().any(|one| one.follow_up == opens && one.empty);
        let waits = |follow_up: &FollowUp| {
            let own = follow_up.opened_by.as_ref() == Some(&amended.id);
            own && follow_up.done.is_none() && follow_up.cancelled.is_none()
        };
        for at in places(&self.follow_ups, waits) {
            let follow_up = &mut self.follow_ups.to_mut()[at];
            let Some((_, came)) = settled.iter().find(|(name, _)| *name == follow_up.kind) else { continue };
            let end = Some(day.max(follow_up.opened));
            if awaited(&follow_up.kind) {
                (follow_up.done, follow_up.done_by) = (end, Some(amended.id.clone()));
                follow_up.outcome.clone_from(came);
                self.closed.push(follow_up.clone());
            } else {
                (follow_up.cancelled, follow_up.reason) = (end, reason.to_owned());
                self.given_up.push(follow_up.clone());
            }
            self.touched.entry(follow_up.id.clone()).or_insert(false);
        }
    }
}
