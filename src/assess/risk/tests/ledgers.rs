use super::*;
use proptest::prelude::*;

/// A ledger with the shipped rules and one child, of whom there is contact and nothing to worry about.
fn calm() -> Ledger {
    Ledger::new().student("a", CALM_CHILD).log("home-visit", "id,date,students,met\nv1,2026-11-20,a,guardian\n")
}

fn incident(ledger: Ledger, kind: &str) -> Ledger {
    ledger.log("incident", &format!("id,date,students,type\ni1,2026-10-10,a,{kind}\n"))
}

#[test]
fn a_child_with_nothing_against_it_is_of_no_level_and_the_unknown_is_listed() {
    let all = assessed(&calm(), DAY);
    assert_eq!((all[0].computed, all[0].emergency, fired(&all[0])), (Level::None, false, vec![]));
    let open: Vec<&str> = all[0].not_known.iter().map(|one| &*one.indicator).collect();
    assert!(open.contains(&"screening-high") && open.contains(&"ill") && open.contains(&"low-score"), "{open:?}");
    assert!(all[0].calm.iter().any(|one| &*one.indicator == "no-guardian"));
    assert_eq!(all[0].last_contact.map(|last| last.0), Some(day("2026-11-20")));
}

#[test]
fn a_grandmother_of_75_who_copes_poorly_raises_two_medium_to_high() {
    let with = |born: &str| {
        let child = CALM_CHILD.replace("aunt", "paternal-grandmother").replace("good", "poor");
        calm().student("a", &child.replace("1985-01-01", born))
    };
    let of = |ledger: &Ledger| {
        let all = assessed(ledger, DAY);
        (all[0].computed, fired(&all[0]).join(" "), all[0].grade.raised.clone())
    };
    assert_eq!(of(&with("1970-01-01")), (Level::Medium, "guardian-poor".to_owned(), None));
    let raised = Raise { level: Level::Medium, count: 2, to: Level::High };
    let wanted = (Level::High, "guardian-poor guardian-65 guardian-75".to_owned(), Some(raised));
    assert_eq!(of(&with("1950-01-01")), wanted);
}

#[test]
fn points_add_up_to_a_band_and_an_indicator_with_a_level_gives_at_least_that() {
    let points = include_str!("../../../../data-template/rules/risk-points.toml");
    let of = |child: &str| {
        let all = assessed(&calm().file("rules/risk.toml", points).student("a", child), DAY);
        (all[0].computed, all[0].grade.points, fired(&all[0]).join(" "))
    };
    assert_eq!(of(CALM_CHILD), (Level::Watch, Some(3), "both-away".to_owned()));
    let old = CALM_CHILD.replace("1985", "1950").replace("good", "poor");
    let wanted = "guardian-poor guardian-65 guardian-75 both-away".to_owned();
    assert_eq!(of(&old), (Level::Medium, Some(13), wanted));
    let imprisoned = CALM_CHILD.replacen("father\"\n", "father\"\nstatus = \"imprisoned\"\n", 1);
    assert_eq!(of(&imprisoned), (Level::High, Some(6), "parent-gone".to_owned()));
}

#[test]
fn an_emergency_goes_to_the_top_in_both_gradings_until_its_follow_up_is_done() {
    let points = include_str!("../../../../data-template/rules/risk-points.toml");
    let gravest = include_str!("../../../../data-template/rules/risk.toml");
    for rules in [points, gravest] {
        for kind in [
            "violence",
            "abuse",
            "sexual-abuse",
            "trafficking",
            "illegal-work",
            "runaway",
            "begging",
            "no-means",
            "danger",
        ] {
            let all = assessed(&incident(calm().file("rules/risk.toml", rules), kind), DAY);
            assert_eq!((all[0].emergency, all[0].computed), (true, Level::High), "{kind}");
        }
        assert!(!assessed(&incident(calm().file("rules/risk.toml", rules), "injury"), DAY)[0].emergency);
    }
    let with = |done: &str, cancelled: &str| {
        let follow_up = ["f1", "crisis", "a", "2026-10-10", "2026-10-11", "i1", done, cancelled];
        incident(calm(), "runaway").follow_up(follow_up)
    };
    let emergency = |ledger: &Ledger, on: &str| assessed(ledger, on)[0].emergency;
    assert!(emergency(&with("", ""), "2027-06-01"), "an open crisis ran out");
    assert!(emergency(&with("2026-10-20", ""), "2026-10-19"));
    assert!(!emergency(&with("2026-10-20", ""), "2026-10-20"));
    assert!(emergency(&with("", "2026-10-12"), "2026-11-26"), "a cancelled follow-up ended the emergency");
    assert!(emergency(&incident(calm(), "runaway"), "2027-01-07"));
    assert!(!emergency(&incident(calm(), "runaway"), "2027-01-08"), "ninety days are over");
    assert!(!emergency(&incident(calm(), "runaway"), "2026-10-09"));
}

#[test]
fn a_sealed_crisis_is_unknown_for_each_child_and_an_open_one_in_the_clear_is_an_emergency() {
    let crisis = |row: &str| calm().log("crisis", &format!("id,date,students,type\n{row}\n"));
    let sealed = assessed(&crisis("c1,2026-11-01,,"), DAY);
    let open = sealed[0].not_known.iter().find(|one| &*one.indicator == "emergency-crisis").unwrap();
    assert_eq!((open.reason, sealed[0].emergency), ("risk-unknown-sealed", false));
    assert!(assessed(&crisis("c1,2026-11-01,a,self-harm"), DAY)[0].emergency);
    assert!(!assessed(&crisis("c1,2026-11-01,a,loss"), DAY)[0].emergency);
    let with_follow_up =
        crisis("c1,2026-11-01,,").follow_up(["f1", "crisis", "a", "2026-11-01", "2026-11-02", "c1", "", ""]);
    let all = assessed(&with_follow_up, DAY);
    assert_eq!((all[0].computed, all[0].emergency), (Level::High, false));
    assert!(fired(&all[0]).contains(&"crisis-open"));
}

#[test]
fn a_sealed_follow_up_may_be_any_childs_and_keeps_its_sealed_crisis_alive() {
    let ledger = |done: &str| {
        let register = format!(
            "id,type,student,opened,due,opened-by,done,sealed\nf1,crisis,,2026-03-01,2026-03-02,c1,{done},c2VhbGVk\n"
        );
        let crisis = "id,date,sealed,void\nc1,2026-03-01,c2VhbGVk,\n";
        calm().file("logs/2026-spring/crisis.csv", crisis).file("registers/followups.csv", &register)
    };
    let unknown = |done: &str| -> Vec<String> {
        let all = assessed(&ledger(done), DAY);
        let sealed = all[0].not_known.iter().filter(|one| one.reason == "risk-unknown-sealed");
        sealed.map(|one| one.indicator.to_string()).collect()
    };
    let waiting = unknown("");
    for indicator in ["emergency-crisis", "crisis-open"] {
        assert!(waiting.iter().any(|one| one == indicator), "{indicator}: {waiting:?}");
    }
    assert_eq!(unknown("2026-03-02"), Vec::<String>::new(), "it was done, and lies 270 days back");
}

#[test]
fn a_judgement_stands_beside_the_computed_level_and_only_while_it_holds() {
    let judged = "[risk.override]\nlevel = \"high\"\nreason = \"哭\"\nfrom = 2026-11-01\nuntil = 2026-11-30\n";
    let ledger = calm().student("a", &format!("{CALM_CHILD}{judged}"));
    let all = assessed(&ledger, DAY);
    assert_eq!(all[0].computed, Level::None);
    assert_eq!(all[0].judged.as_ref().map(|judged| judged.level), Some(Level::High));
    assert_eq!(all[0].gravest(), Level::High);
    assert!(assessed(&ledger, "2026-12-01")[0].judged.is_none());
}

#[test]
fn emergencies_come_first_then_levels_then_those_longest_without_contact() {
    let old = CALM_CHILD.replace("good", "poor");
    let ledger = ["a", "b", "c", "d", "e"]
        .iter()
        .fold(Ledger::new(), |ledger, id| ledger.student(id, if "cd".contains(id) { &old } else { CALM_CHILD }))
        .log("incident", "id,date,students,type\ni1,2026-10-10,e,begging\n")
        .log("home-visit", "id,date,students,met\nv1,2026-11-20,a c,guardian\nv2,2026-11-22,b d e,guardian\n");
    let (snapshot, rules) = ledger.loaded();
    let all = assess(&snapshot, &rules, day(DAY));
    let ids: Vec<&str> = all.iter().map(|one| snapshot.student(one.student).id.as_str()).collect();
    assert_eq!(ids, ["e", "c", "d", "a", "b"]);
}

#[test]
fn at_risk_and_nobody_in_touch_is_listed_and_any_real_contact_takes_a_child_off() {
    let poor = CALM_CHILD.replace("good", "poor");
    let with = |visit: &str| Ledger::new().student("a", &poor).student("b", CALM_CHILD).log("home-visit", visit);
    let listed = |ledger: &Ledger, days: u32| {
        let (snapshot, rules) = ledger.loaded();
        let all = assess(&snapshot, &rules, day(DAY));
        let listed = untouched(&all, day(DAY), days);
        listed.iter().map(|one| snapshot.student(one.student).id.to_string()).collect::<Vec<_>>()
    };
    let both = with("id,date,students,met\nv1,2026-11-10,a b,guardian\n");
    assert_eq!(listed(&both, 16), ["a"], "b is of no level");
    assert!(listed(&both, 17).is_empty());
    let nobody = with("id,date,students,met\nv1,2026-10-10,a b,guardian\nv2,2026-11-20,a,nobody\n");
    assert_eq!(listed(&nobody, 30), ["a", "b"], "nobody was met");
}

#[test]
fn in_a_young_ledger_a_child_whom_nobody_has_contacted_is_listed_from_the_first_day() {
    let poor = CALM_CHILD.replace("good", "poor");
    let school = "format = 1\n[school]\nsince = 2026-11-25\n";
    let ledger = Ledger::new().file("guanai.toml", school).student("a", &poor).student("b", &poor);
    let ledger = ledger.log("home-visit", "id,date,students,met\nv1,2026-11-25,b,guardian\n");
    let (snapshot, rules) = ledger.loaded();
    let all = assess(&snapshot, &rules, day(DAY));
    let listed: Vec<&str> =
        untouched(&all, day(DAY), 30).iter().map(|one| snapshot.student(one.student).id.as_str()).collect();
    assert_eq!(listed, ["a"]);
}

#[test]
fn what_raised_a_level_is_named_with_its_record_and_what_lowered_it_too() {
    let ledger = incident(calm(), "bullying");
    let (snapshot, rules) = ledger.loaded();
    let on = |text: &str| assess(&snapshot, &rules, day(text));
    let changes = since(&on("2026-10-09"), &on("2026-10-10"));
    let ids: Vec<&str> = changes[0].appeared.iter().map(|one| &*one.indicator).collect();
    assert_eq!((changes[0].before, changes[0].after), (Some(Level::Watch), Some(Level::Medium)));
    assert_eq!(ids, ["bullying"]);
    let origin = changes[0].appeared[0].evidence[0].origin.as_ref().unwrap();
    assert_eq!(snapshot.place(origin).to_string(), "logs/2026-autumn/incident.csv:2");
    let without = calm();
    let (snapshot, rules) = without.loaded();
    let on = |text: &str| assess(&snapshot, &rules, day(text));
    let lowered = since(&on("2026-11-19"), &on("2026-11-20"));
    let gone = lowered[0].gone.iter().find(|gone| &*gone.was.indicator == "no-contact-60").unwrap();
    let Now::Calm(calm) = &gone.now else { panic!("{:?}", gone.now) };
    let origin = calm.evidence[0].origin.as_ref().unwrap();
    assert_eq!(snapshot.place(origin).to_string(), "logs/2026-autumn/home-visit.csv:2");
}

#[test]
fn every_key_of_a_verdict_has_its_words() {
    let ledger = incident(calm(), "runaway").student("b", "").student("c", "born = 2019-01-01\n");
    for one in assessed(&ledger, DAY) {
        let facts =
            one.fired.iter().flat_map(|fired| &fired.evidence).chain(one.calm.iter().flat_map(|calm| &calm.evidence));
        let facts = facts.chain(&one.left_behind.evidence).map(|fact| fact.key);
        for key in facts.chain(one.not_known.iter().map(|open| open.reason)) {
            for lang in [crate::text::Lang::Zh, crate::text::Lang::En] {
                assert!(crate::text::find(lang, key).is_some(), "{key} has no words");
            }
        }
    }
}

/// A row of a kind that indicators ask for, on a day within or after the term so far.
fn any_row() -> impl Strategy<Value = (usize, i64, usize, bool)> {
    (0usize..4, 0i64..120, 0usize..3, any::<bool>())
}

const KINDS: [(&str, &str, [&str; 3]); 4] = [
    ("home-visit", "met", ["guardian", "nobody", "parent"]),
    ("incident", "type", ["injury", "bullying", "runaway"]),
    ("care-talk", "mood", ["good", "poor", "fair"]),
    ("weekly-contact", "happened", ["yes", "no", "no"]),
];

fn ledger_of(rows: &[(usize, i64, usize, bool)]) -> Ledger {
    let first = day("2026-09-01");
    let mut ledger = Ledger::new().student("a", CALM_CHILD);
    for (at, (kind, field, values)) in KINDS.iter().enumerate() {
        let mut csv = format!("id,date,students,{field},void\n");
        for (number, (_, offset, value, void)) in rows.iter().enumerate().filter(|(_, row)| row.0 == at) {
            let void = if *void { "typed twice" } else { "" };
            csv += &format!("r{:04},{},a,{},{void}\n", number_of(rows, number), first.plus(*offset), values[*value]);
        }
        ledger = ledger.log(kind, &csv);
    }
    ledger
}

/// An id that goes with the row and not with its place.
fn number_of(rows: &[(usize, i64, usize, bool)], at: usize) -> usize {
    let (kind, offset, value, void) = rows[at];
    let same_before = rows[..at].iter().filter(|row| **row == rows[at]).count();
    ((kind * 120 + offset as usize) * 3 + value) * 2 + usize::from(void) + 3000 * same_before
}

/// What an assessment says, with the ids of rows in the place of their positions.
fn said(ledger: &Ledger, on: Day) -> Vec<String> {
    let (snapshot, rules) = ledger.loaded();
    let mut said = Vec::new();
    for one in assess(&snapshot, &rules, on) {
        said.push(format!("{:?} {} {:?}", one.computed, one.emergency, one.untouched_from.map(Start::day)));
        let id = |origin: &Option<crate::ledger::Origin>| match origin {
            Some(crate::ledger::Origin::Activity(at)) => {
                let (log, activity) = snapshot.activity(*at);
                log.table.get(activity.row as usize, "id").to_owned()
            }
            other => format!("{other:?}"),
        };
        let ids = |facts: &[Evidence]| facts.iter().map(|fact| id(&fact.origin)).collect::<Vec<_>>().join(",");
        said.extend(one.fired.iter().map(|one| format!("{} {:?} {}", one.indicator, one.value, ids(&one.evidence))));
        said.extend(one.calm.iter().map(|one| format!("{} {:?} {}", one.indicator, one.value, ids(&one.evidence))));
        said.extend(one.not_known.iter().map(|one| format!("{} {}", one.indicator, one.reason)));
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_record_dated_later_or_void_changes_nothing(rows in prop::collection::vec(any_row(), 0..14), on in 0i64..120) {
        let day = day("2026-09-01").plus(on);
        let known: Vec<_> = rows.iter().copied().filter(|row| row.1 <= on && !row.3).collect();
        let all = ledger_of(&rows);
        // Ids go with the rows, so that both ledgers name the same records.
        let known = ledger_of(&known);
        prop_assert_eq!(said(&all, day), said(&known, day));
    }

    #[test]
    fn the_order_of_rows_says_nothing(rows in prop::collection::vec(any_row(), 0..14), on in 60i64..120) {
        let day = day("2026-09-01").plus(on);
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(said(&ledger_of(&rows), day), said(&ledger_of(&turned), day));
    }
}
