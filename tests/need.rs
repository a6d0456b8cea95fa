//! A question loads only what it looks at: the answer is the one that the whole ledger gives.

mod support;

use guanai::assess::Rules;
use guanai::assess::risk::{Assessment, RiskRules, assess_briefly};
use guanai::ledger::{Folder, Lock, Logs, Need, Snapshot};
use guanai::model::Day;
use support::School;

fn judged(folder: &Folder, logs: Logs, day: Day) -> (usize, Vec<String>) {
    let lock = Lock::shared(folder).unwrap();
    let snapshot = Snapshot::load(folder, &Need { students: true, logs }, &lock.pending).unwrap();
    let rules = Rules::load(&snapshot).unwrap();
    let said = |one: &Assessment| {
        let fired: Vec<_> = one.fired.iter().map(|fired| (&fired.indicator, &fired.value)).collect();
        let open: Vec<_> = one.not_known.iter().map(|open| (&open.indicator, open.reason)).collect();
        let last = one
            .last_contact
            .map(|(day, at)| snapshot.place(&guanai::ledger::Origin::Activity(at)).to_string() + &day.to_string());
        format!("{} {:?} {fired:?} {open:?} {last:?}", snapshot.student(one.student).id, one.grade.level)
    };
    (snapshot.logs.len(), assess_briefly(&snapshot, &rules, day).iter().map(said).collect())
}

#[test]
fn the_kinds_that_the_indicators_name_are_enough_to_judge_every_child() {
    let school = School::new();
    let dir = school.path("lived-in");
    school.ok(&["-q", "demo", dir.to_str().unwrap(), "--students", "120"]);
    let folder = Folder { root: dir };
    for day in ["2026-11-24", "2026-09-20", "2026-05-01"] {
        let day: Day = day.parse().unwrap();
        let (all, whole) = judged(&folder, Logs::All, day);
        let (some, part) = judged(&folder, Logs::Named(RiskRules::kinds_named), day);
        assert!(some < all, "{some} of {all} logs");
        assert_eq!(part, whole);
    }
}
