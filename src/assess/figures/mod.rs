//! The numbers of a term: who is enrolled and left behind, who cares for them, what was done, what was promised. Plain
//! data; what is not known is counted apart. A comparison with another term is the same function on its stretch.

mod care;
mod counted;
mod deeds;
mod mind;
mod roll;
#[cfg(test)]
mod tests;

pub use care::{Carer, Carers, care, carer, workplaces};
pub use counted::{Counted, FigureRule, WeeklyContact, WeeklyRule, counted, weekly_contact};
pub use deeds::{Contacts, Deeds, DomainDeeds, FollowUpCount, activities, contacts_by_week, follow_ups};
pub use mind::{ReferralCount, ScaleCount, ScreeningCount, referrals, screenings, sums};
pub use roll::{Heads, LeftBehindCount, LevelCount, RiskCount, Roll, level_counts, risk_levels, roll};

use crate::ledger::Snapshot;
use crate::model::{Day, Stretch};

/// Days from a first to a last one, both of them counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: Day,
    pub last: Day,
}

impl Span {
    /// A term or holiday, up to the day asked about.
    pub fn of(stretch: &Stretch, day: Day) -> Span {
        Span { first: stretch.from, last: stretch.until.min(day) }
    }

    pub fn covers(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// A yes-or-no question asked of many children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub yes: u32,
    pub no: u32,
    pub unknown: u32,
}

impl Count {
    pub fn add(&mut self, answer: Option<bool>) {
        match answer {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.unknown += 1,
        }
    }
}

/// The children enrolled on a day, by their places in the snapshot's list.
pub fn enrolled(snapshot: &Snapshot, day: Day) -> Vec<u32> {
    (0..snapshot.students.len() as u32).filter(|at| snapshot.student(*at).enrolled_on(day)).collect()
}
