//! The hours of volunteers, summed up from the records: by the name of a volunteer or team, or by organisation.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::workload::names;
use crate::ledger::Snapshot;
use crate::model::{ActivityAt, Day};

/// Which rows are service, and where they name who served.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRule {
    pub kind: String,
    pub volunteers: String,
    pub organisation: String,
    pub heads: String,
}

/// What one volunteer, team or organisation gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// Empty where the rows name nobody.
    pub name: String,
    pub times: u32,
    /// Minutes of everybody together.
    pub minutes: u64,
    /// Rows whose minutes nobody wrote down.
    pub without_minutes: u32,
    pub last: Option<Day>,
    pub rows: Vec<ActivityAt>,
}

/// By whom hours are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Volunteer,
    Organisation,
}

/// The service of a stretch of days, in the order of the names.
pub fn service(snapshot: &Snapshot, rule: &ServiceRule, whose: Whose, from: Day, until: Day) -> Vec<Service> {
    let mut found: BTreeMap<String, Service> = BTreeMap::new();
    let of_stretch = |day: Day| from <= day && day <= until;
    for (at, log, activity) in
        snapshot.activities().filter(|(_, log, one)| log.kind == rule.kind && of_stretch(one.day))
    {
        let cell = |field: &str| log.table.get(activity.row as usize, field);
        let minutes: Option<u64> = cell("minutes").parse().ok();
        for (name, heads) in shares(rule, whose, &cell) {
            let own = found.entry(name.clone()).or_insert_with(|| Service { name, ..Service::default() });
            own.times += 1;
            own.minutes += minutes.unwrap_or(0) * heads;
            own.without_minutes += u32::from(minutes.is_none());
            own.last = own.last.max(Some(activity.day));
            own.rows.push(at);
        }
    }
    found.into_values().collect()
}

/// Who served in a row, each with how many people stand behind the name. Whoever is counted and not named stands
/// under no name.
fn shares<'a>(rule: &ServiceRule, whose: Whose, cell: &dyn Fn(&str) -> &'a str) -> Vec<(String, u64)> {
    let named: Vec<&str> = names(cell(&rule.volunteers)).collect();
    let heads: u64 = cell(&rule.heads).parse().unwrap_or(0).max(named.len().max(1) as u64);
    if whose == Whose::Organisation {
        return vec![(cell(&rule.organisation).to_owned(), heads)];
    }
    match named[..] {
        [] => vec![(String::new(), heads)],
        // One name with several heads is a team.
        [team] => vec![(team.to_owned(), heads)],
        _ => {
            let more = heads - named.len() as u64;
            let nameless = (more > 0).then(|| (String::new(), more));
            named.iter().map(|name| ((*name).to_owned(), 1)).chain(nameless).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::boarding::care_rules;
    use crate::assess::testing::{Ledger, day};

    #[test]
    fn the_minutes_of_a_row_are_each_ones_and_a_team_has_those_of_all_its_heads() {
        let rows = "id,date,students,minutes,volunteers,headcount,organisation,void\n\
                    r1,2026-10-01,,60,青石志愿队,5,青石商会,\n\
                    r2,2026-10-02,,30,甲、乙,4,,\n\
                    r3,2026-10-03,,,甲,,,\n\
                    r4,2026-10-04,,90,甲,,,记错\n";
        let ledger = Ledger::new().log("volunteer-service", rows);
        let snapshot = ledger.snapshot();
        let rule = care_rules(&snapshot).unwrap().service;
        let hours = |whose: Whose| -> Vec<(String, u32, u64, u32)> {
            let found = service(&snapshot, &rule, whose, day("2026-09-01"), day("2026-11-01"));
            found.into_iter().map(|one| (one.name, one.times, one.minutes, one.without_minutes)).collect()
        };
        let of = |name: &str, times, minutes, without| (name.to_owned(), times, minutes, without);
        assert_eq!(
            hours(Whose::Volunteer),
            [of("", 1, 60, 0), of("乙", 1, 30, 0), of("甲", 2, 30, 1), of("青石志愿队", 1, 300, 0)]
        );
        assert_eq!(hours(Whose::Organisation), [of("", 2, 120, 1), of("青石商会", 1, 300, 0)]);
    }
}
