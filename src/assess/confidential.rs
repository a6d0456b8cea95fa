//! What of the follow-ups is confidential: such ones are counted in reports, and nothing of them is said.

use std::collections::BTreeSet;

use super::rules::Rules;
use crate::ledger::Snapshot;
use crate::model::FollowUp;

/// Whether a kind's records are confidential. Of one that nobody defines any more it cannot be known what it held.
pub fn is_confidential(rules: &Rules, kind: &str) -> bool {
    rules.kinds.get(kind).is_none_or(|kind| kind.confidential)
}

/// Tells which follow-ups are confidential: sealed, opened by a confidential record, or of a type that such a record
/// closes.
pub struct Confidential<'a> {
    types: BTreeSet<&'a str>,
    /// The ids of the records in the clear that say nothing confidential.
    open: BTreeSet<&'a str>,
}

impl<'a> Confidential<'a> {
    pub fn of(snapshot: &'a Snapshot, rules: &'a Rules) -> Confidential<'a> {
        let closed_by_such = |kinds: &[String]| kinds.iter().any(|kind| is_confidential(rules, kind));
        let types = rules.follow_up_types.iter().filter(|(_, one)| closed_by_such(&one.closed_by));
        let logs = snapshot.logs.iter().filter(|log| !is_confidential(rules, &log.kind));
        Confidential {
            types: types.map(|(name, _)| name.as_str()).collect(),
            open: logs.flat_map(|log| (0..log.table.len()).map(|row| log.table.get(row, "id"))).collect(),
        }
    }

    pub fn holds(&self, one: &FollowUp) -> bool {
        one.seal.is_sealed()
            || self.types.contains(one.kind.as_str())
            || one.opened_by.as_ref().is_some_and(|id| !self.open.contains(id.as_str()))
    }
}
