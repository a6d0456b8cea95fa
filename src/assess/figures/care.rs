//! Who cares for the children, how well, and where their parents work.

use std::collections::BTreeMap;

use super::Count;
use crate::assess::left_behind::{Care, Whereabouts, cares, parents_on};
use crate::assess::place::Places;
use crate::ledger::Snapshot;
pub use crate::model::Carer;
use crate::model::{Ability, Day, Guardian, Relation, Student, When};

/// From this age on a guardian is counted as old.
const OLD: i32 = 65;

/// Who cares for some children on a day: the first guardian in the file, else a parent at home.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carers {
    pub children: u32,
    pub by_carer: BTreeMap<Carer, u32>,
    /// Children whose guardian is 65 or older.
    pub old: Count,
    /// Children by their guardian's ability to care; `None` where it is not noted.
    pub by_ability: BTreeMap<Option<Ability>, u32>,
    /// Children whose guardian is entrusted in writing.
    pub entrusted: Count,
    pub boarding: Count,
}

/// Counts who cares for these children on a day. Age, ability and entrustment are asked of those with a guardian.
pub fn care(snapshot: &Snapshot, whom: &[u32], day: Day) -> Carers {
    let mut carers = Carers { children: whom.len() as u32, ..Carers::default() };
    for student in whom.iter().map(|at| snapshot.student(*at)) {
        *carers.by_carer.entry(carer(student, day)).or_default() += 1;
        carers.boarding.add(student.boarding);
        if let Some(guardian) = student.guardian_on(day) {
            carers.old.add(guardian.born.map(|born| OLD <= day.age_since(When::first_day(born))));
            *carers.by_ability.entry(guardian.ability).or_default() += 1;
            carers.entrusted.add(guardian.entrusted);
        }
    }
    carers
}

/// Who cares for a child on a day: the first guardian in the file, else a parent at home.
pub fn carer(student: &Student, day: Day) -> Carer {
    match student.guardian_on(day) {
        Some(guardian) => group(guardian),
        None if has_parent_at_home(student, day) => Carer::Parent,
        None => Carer::Nobody,
    }
}

fn group(guardian: &Guardian) -> Carer {
    match guardian.relation {
        None => Carer::NotSaid,
        Some(Relation::Father | Relation::Mother | Relation::StepFather | Relation::StepMother) => Carer::Parent,
        Some(Relation::PaternalGrandfather | Relation::PaternalGrandmother | Relation::PaternalGrandparents) => {
            Carer::PaternalGrandparent
        }
        Some(Relation::MaternalGrandfather | Relation::MaternalGrandmother | Relation::MaternalGrandparents) => {
            Carer::MaternalGrandparent
        }
        Some(Relation::Uncle | Relation::Aunt | Relation::Relative) => Carer::Relative,
        Some(Relation::Brother | Relation::Sister) => Carer::Sibling,
        Some(Relation::Neighbour | Relation::Teacher | Relation::Other) => Carer::Other,
    }
}

/// Whether a parent who can care is at home in every way in which the record can be read.
fn has_parent_at_home(student: &Student, day: Day) -> bool {
    let (ways, _) = cares(&parents_on(student, day), day);
    ways.iter().all(|(father, mother)| *father == Care::Home || *mother == Care::Home)
}

/// How many parents of these children are away on a day, by province; `None` where the place is not known. A parent of
/// whom only a form says so is among the unknown.
pub fn workplaces(snapshot: &Snapshot, places: &Places, whom: &[u32], day: Day) -> BTreeMap<Option<String>, u32> {
    let mut count = BTreeMap::new();
    for student in whom.iter().map(|at| snapshot.student(*at)) {
        for parent in parents_on(student, day) {
            let province = match parent.whereabouts {
                Whereabouts::Away(_) => {
                    let place = parent.away().and_then(|away| away.place.as_deref());
                    place.and_then(|place| places.province_of(place)).map(str::to_owned)
                }
                Whereabouts::ReportedAway => None,
                _ => continue,
            };
            *count.entry(province).or_default() += 1;
        }
    }
    count
}
