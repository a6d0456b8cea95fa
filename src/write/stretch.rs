//! Stretches of time of two records of one child: which of them are the same one, and what the two say of it.

use super::united::Taken;
use crate::model::{Away, Day, Spell, When};

/// A dated stretch of a record.
pub(super) trait Stretch: Clone + PartialEq {
    fn first(&self) -> Option<Day>;
    fn last(&self) -> Option<Day>;
    /// Takes up another that overlaps it; gives whether they say different things. `prefer` is whose word counts then.
    fn take_up(&mut self, other: &Self, prefer: Option<&Taken>) -> bool;
    fn said(&self) -> String;
}

/// The stretches of both: one of the other that overlaps one of the first is taken up by it. Gives whether they say different
/// things of one stretch.
pub(super) fn folded<T: Stretch>(keep: &[T], other: &[T], prefer: Option<&Taken>) -> (Vec<T>, bool) {
    let mut found = keep.to_vec();
    let mut differ = false;
    for one in other.iter().filter(|one| !keep.contains(one)) {
        match found.iter_mut().find(|own| overlap(*own, one)) {
            Some(own) => differ |= own.take_up(one, prefer),
            None => found.push(one.clone()),
        }
    }
    found.sort_by_key(Stretch::first);
    (found, differ)
}

fn overlap<T: Stretch>(one: &T, other: &T) -> bool {
    let begins = |a: &T, b: &T| a.first().is_none_or(|first| b.last().is_none_or(|last| first <= last));
    begins(one, other) && begins(other, one)
}

/// The one that is known; where both are and differ, the one of the side that is preferred.
fn known<T: Clone + PartialEq>(own: &mut Option<T>, other: &Option<T>, prefer: Option<&Taken>) -> bool {
    match (own.as_ref(), other) {
        (None, _) => own.clone_from(other),
        (Some(mine), Some(theirs)) if mine != theirs => {
            if prefer == Some(&Taken::Other) {
                own.clone_from(other);
            }
            return true;
        }
        _ => {}
    }
    false
}

/// An end is said, or it is said that there is none yet: the two are different things.
fn end(own: &mut Option<Day>, other: Option<Day>, prefer: Option<&Taken>) -> bool {
    let differ = *own != other;
    if differ && prefer == Some(&Taken::Other) {
        *own = other;
    }
    differ
}

fn between(from: Option<String>, until: Option<Day>) -> String {
    format!("{}…{}", from.unwrap_or_default(), until.map(|until| until.to_string()).unwrap_or_default())
}

impl Stretch for Spell {
    fn first(&self) -> Option<Day> {
        self.from.map(When::first_day)
    }

    fn last(&self) -> Option<Day> {
        self.until
    }

    fn take_up(&mut self, other: &Spell, prefer: Option<&Taken>) -> bool {
        self.from = match (self.from, other.from) {
            (Some(mine), Some(theirs)) if theirs.first_day() < mine.first_day() => Some(theirs),
            (mine, theirs) => mine.or(theirs),
        };
        end(&mut self.until, other.until, prefer)
    }

    fn said(&self) -> String {
        between(self.from.map(|from| from.to_string()), self.until)
    }
}

impl Stretch for Away {
    fn first(&self) -> Option<Day> {
        self.from.map(When::first_day).or(self.noted)
    }

    fn last(&self) -> Option<Day> {
        self.until
    }

    fn take_up(&mut self, other: &Away, prefer: Option<&Taken>) -> bool {
        self.noted = match (self.noted, other.noted) {
            (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
        let from = known(&mut self.from, &other.from, prefer);
        let place = known(&mut self.place, &other.place, prefer);
        end(&mut self.until, other.until, prefer) | from | place
    }

    fn said(&self) -> String {
        let stretch = between(self.from.map(|from| from.to_string()), self.until);
        self.place.as_ref().map_or(stretch.clone(), |place| format!("{stretch} {place}"))
    }
}
