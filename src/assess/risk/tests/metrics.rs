use super::*;

/// A ledger with the child `a`, whose file holds this beside, and one indicator.
fn ledger(metric: &str, rest: &str) -> Ledger {
    Ledger::new().file("rules/risk.toml", &one(metric)).student("a", rest)
}

const VISITS: &str = "id,date,students,met\n";

#[test]
fn days_since_a_visit_leave_out_holidays_and_count_from_term_or_enrolment() {
    let metric = "{ days-since = { kinds = [\"home-visit\"], days = 60 } }";
    let visited = |date: &str| ledger(metric, "").log("home-visit", &format!("{VISITS}v1,{date},a,guardian\n"));
    // 59 days, of which none is a holiday.
    assert_eq!(says(&visited("2026-09-28"), "2026-11-26"), "calm");
    // 61 days, less seven of the October holiday.
    assert_eq!(says(&visited("2026-09-26"), "2026-11-26"), "calm");
    assert_eq!(says(&visited("2026-09-20"), "2026-11-26"), "fires 60");
    assert_eq!(says(&ledger(metric, ""), "2026-11-26"), "fires 79");
    assert_eq!(says(&ledger(metric, ""), "2026-09-01"), "calm", "everybody was red on the first day of term");
    assert_eq!(says(&ledger(metric, "[[enrolment]]\nfrom = 2026-11-20\n"), "2026-11-26"), "calm");
    let timeless = ledger(metric, "[[enrolment]]\n").file("guanai.toml", "format = 1\n[school]\n");
    assert_eq!(says(&timeless, "2026-11-26"), "? start");
}

#[test]
fn a_young_ledger_alarms_about_nobody_and_calls_nobody_safe() {
    let metric = "{ days-since = { kinds = [\"home-visit\"], days = 60 } }";
    let begun = |since: &str, rest: &str| {
        let school = format!(
            "format = 1\n[school]\nsince = {since}\n[[term]]\nname = \"2026-autumn\"\nfrom = 2026-09-01\nuntil = 2027-01-22\n"
        );
        ledger(metric, rest).file("guanai.toml", &school)
    };
    assert_eq!(says(&begun("2026-11-20", ""), "2026-11-26"), "? before-ledger", "the census came in six days ago");
    assert_eq!(says(&begun("2026-09-27", ""), "2026-11-26"), "fires 60");
    assert_eq!(says(&begun("2026-09-28", ""), "2026-11-26"), "? before-ledger");
    // One who came after the ledger was begun cannot have been visited before.
    assert_eq!(says(&begun("2026-09-28", "[[enrolment]]\nfrom = 2026-10-20\n"), "2026-11-26"), "calm");
    let visited = begun("2026-11-20", "").log("home-visit", &format!("{VISITS}v1,2026-11-01,a,guardian\n"));
    assert_eq!(says(&visited, "2026-11-26"), "calm", "an older record is a record");
    assert_eq!(says(&visited, "2026-12-31"), "fires 60");
}

#[test]
fn holidays_count_where_the_indicator_asks() {
    let metric = "{ days-since = { contact = \"any\", days = 60, holidays = true } }";
    let ledger = ledger(metric, "").log("home-visit", &format!("{VISITS}v1,2026-09-26,a,guardian\n"));
    assert_eq!(says(&ledger, "2026-11-26"), "fires 61");
}

#[test]
fn a_contact_counts_for_its_own_sort_and_for_any_unless_nobody_was_met() {
    let no_contact = "[[no-contact]]\nkind = \"home-visit\"\nfield = \"met\"\nis = [\"nobody\"]\n";
    let with = |contact: &str, met: &str| {
        let rules = one(&format!("{{ days-since = {{ contact = \"{contact}\", days = 60 }} }}")) + no_contact;
        let visit = format!("{VISITS}v1,2026-11-20,a,{met}\n");
        Ledger::new().file("rules/risk.toml", &rules).student("a", "").log("home-visit", &visit)
    };
    for (contact, met, wanted) in [
        ("guardian", "guardian", "calm"),
        ("any", "guardian", "calm"),
        ("child", "guardian", "fires 79"),
        ("any", "nobody", "fires 79"),
    ] {
        assert_eq!(says(&with(contact, met), DAY), wanted, "{contact} {met}");
    }
}

#[test]
fn sealed_rows_do_not_silence_the_lack_of_contact_and_are_named() {
    let ledger = ledger("{ days-since = { contact = \"child\", days = 60 } }", "")
        .log("counselling", "id,date,students,sealed\nc1,2026-11-20,,xyz\n");
    let found = assessed(&ledger, DAY);
    let keys: Vec<&str> = found[0].fired[0].evidence.iter().map(|fact| fact.key).collect();
    assert_eq!(keys, ["risk-none-since-term", "risk-holidays", "risk-sealed-since"]);
}

#[test]
fn rows_are_counted_in_their_window_and_with_their_values_only() {
    let metric =
        "{ count = { kinds = [\"incident\"], field = \"type\", is = [\"bullying\"], days = 90, at-least = 2 } }";
    let incidents = |rows: &str| ledger(metric, "").log("incident", &format!("id,date,students,type,void\n{rows}"));
    let both = "i1,2026-09-20,a,bullying,\ni2,2026-11-26,a,bullying,\n";
    assert_eq!(says(&incidents(both), DAY), "fires 2");
    assert_eq!(says(&incidents(both), "2026-12-19"), "calm", "the first one lies 91 days back");
    assert_eq!(says(&incidents(both), "2026-12-18"), "fires 2");
    assert_eq!(says(&incidents(&both.replace("bullying,\ni2", "bullying,typed twice\ni2")), DAY), "calm");
    assert_eq!(says(&incidents(&both.replace("20,a,bullying", "20,a,injury")), DAY), "calm");
    assert_eq!(says(&incidents(""), DAY), "calm");
}

#[test]
fn a_count_of_sealed_rows_is_unknown_until_the_bound_is_reached_in_the_clear() {
    let metric =
        "{ count = { kinds = [\"counselling\"], field = \"risk\", is = [\"high\"], days = 90, at-least = 1 } }";
    let rows = |rows: &str| ledger(metric, "").log("counselling", &format!("id,date,students,risk\n{rows}"));
    assert_eq!(says(&rows("c1,2026-11-20,,\n"), DAY), "? sealed");
    assert_eq!(says(&rows("c1,2026-11-20,a,\n"), DAY), "? sealed");
    assert_eq!(says(&rows("c1,2026-11-20,,\nc2,2026-11-21,a,high\n"), DAY), "fires 1");
    assert_eq!(says(&rows("c1,2026-11-20,a,none\n"), DAY), "calm");
}

#[test]
fn absence_is_a_share_of_the_school_days_that_have_passed() {
    let metric = "{ absence-rate = { kind = \"attendance\", field = \"absent\", percent = 10, school-days = 20 } }";
    let absent = |rows: &str| {
        let ledger = ledger(metric, "").student("b", "").student("c", "class = \"2022-1\"\n");
        ledger.log("attendance", &format!("id,date,students,absent,reason\n{rows}"))
    };
    // By 2026-09-30, 22 school days have passed.
    assert_eq!(says(&absent("t1,2026-09-10,a,2.5,ill\n"), "2026-09-30"), "fires 11.4");
    assert_eq!(says(&absent("t1,2026-09-10,a,2,ill\n"), "2026-09-30"), "calm");
    assert_eq!(says(&absent("t1,2026-09-10,b,2,ill\n"), "2026-09-30"), "calm", "the class keeps its absences");
    assert_eq!(says(&absent("t1,2026-09-10,c,2,ill\n"), "2026-09-30"), "? not-kept");
    assert_eq!(says(&absent("t1,2026-09-10,a,2,ill\n"), "2026-09-11"), "? early");
    assert_eq!(says(&absent("t1,2026-09-10,a,some,ill\n"), "2026-09-30"), "? value");
}

const MARKS: &str = "marks = { kind = \"score\", subject = \"subject\", score = \"score\", full = \"full\", of = 100 }";

fn scores(metric: &str, rows: &str) -> Ledger {
    ledger(metric, "").log("score", &format!("id,date,students,exam,subject,score,full\n{rows}"))
}

#[test]
fn the_latest_score_of_each_subject_is_held_against_full_marks() {
    let low = |rows: &str| scores(&format!("{{ low-score = {{ {MARKS}, percent = 60, days = 200 }} }}"), rows);
    assert_eq!(says(&low("s1,2026-11-10,a,midterm,语文,59.5,100\n"), DAY), "fires 59.5");
    assert_eq!(says(&low("s1,2026-11-10,a,midterm,语文,72,120\n"), DAY), "calm");
    assert_eq!(says(&low("s1,2026-11-10,a,midterm,语文,59,\ns2,2026-11-20,a,other,语文,61,\n"), DAY), "calm");
    assert_eq!(says(&low("s1,2026-11-10,a,midterm,语文,90,\ns2,2026-11-10,a,midterm,数学,40,\n"), DAY), "fires 40.0");
    assert_eq!(says(&low(""), DAY), "? no-score");
    assert_eq!(says(&low("s1,2026-04-10,a,midterm,语文,40,\n"), DAY), "? no-score", "an old score is no latest one");
    assert_eq!(says(&low("s1,2026-11-10,a,midterm,语文,absent,\n"), DAY), "? value");
}

#[test]
fn a_drop_is_held_against_the_child_s_own_mean_of_the_same_subject() {
    let metric = format!("{{ score-drop = {{ {MARKS}, points = 15, earlier = 2, days = 200 }} }}");
    let earlier = "s1,2026-09-10,a,monthly,语文,80,\ns2,2026-10-10,a,monthly,语文,90,\n";
    let then = |row: &str| scores(&metric, &format!("{earlier}{row}"));
    assert_eq!(says(&then("s3,2026-11-10,a,midterm,语文,70,\n"), DAY), "fires 15.0");
    assert_eq!(says(&then("s3,2026-11-10,a,midterm,语文,71,\n"), DAY), "calm");
    assert_eq!(says(&then("s3,2026-11-10,a,midterm,数学,10,\n"), DAY), "? no-score");
    assert_eq!(says(&then(""), DAY), "? no-score");
}

#[test]
fn who_was_absent_has_no_score_and_no_zero() {
    let rows = |score: &str| format!("s1,2026-11-10,a,midterm,语文,{score},100\n");
    for metric in [
        format!("{{ low-score = {{ {MARKS}, percent = 60, days = 200 }} }}"),
        format!("{{ failing-subjects = {{ {MARKS}, percent = 60, at-least = 1, days = 200 }} }}"),
    ] {
        assert_eq!(says(&scores(&metric, &rows("")), DAY), "? no-score", "{metric}");
    }
}

#[test]
fn subjects_without_a_pass_are_counted_by_their_latest_mark_in_numbers_or_words() {
    let marks = MARKS.replace(", of = 100 }", ", of = 100, grade = \"grade\", failing = [\"fail\"] }");
    let metric = format!("{{ failing-subjects = {{ {marks}, percent = 60, at-least = 2, days = 200 }} }}");
    let with = |rows: &str| {
        ledger(&metric, "").log("score", &format!("id,date,students,exam,subject,score,full,grade\n{rows}"))
    };
    let one = "s1,2026-11-10,a,midterm,语文,59.5,100,\n";
    assert_eq!(says(&with(one), DAY), "calm");
    assert_eq!(says(&with(&format!("{one}s2,2026-11-10,a,midterm,数学,70,120,\n")), DAY), "fires 2");
    assert_eq!(says(&with(&format!("{one}s2,2026-11-10,a,midterm,数学,72,120,\n")), DAY), "calm");
    assert_eq!(says(&with(&format!("{one}s2,2026-11-10,a,midterm,美术,,,fail\n")), DAY), "fires 2");
    assert_eq!(says(&with(&format!("{one}s2,2026-11-10,a,midterm,美术,,,pass\n")), DAY), "calm");
    let later = format!("{one}s2,2026-11-10,a,midterm,美术,,,fail\ns3,2026-11-20,a,other,美术,,,fine\n");
    assert_eq!(says(&with(&later), DAY), "calm");
}

#[test]
fn a_decline_is_measured_in_spreads_of_the_class_against_the_child_s_own_past() {
    let metric = "{ standard-drop = { drop = 0.8, earlier = 2, days = 200 } }";
    let exam = |day: &str, kind: &str, scores: [u32; 8]| -> String {
        let row = |(at, score): (usize, u32)| {
            let child = char::from(b'a' + at as u8);
            format!("{kind}{child},{day},{child},{kind},数学,{score},100\n")
        };
        scores.into_iter().enumerate().map(row).collect()
    };
    let with = |rows: String| {
        let class = "bcdefgh".chars().fold(ledger(metric, ""), |ledger, id| ledger.student(&id.to_string(), ""));
        class.log("score", &format!("id,date,students,exam,subject,score,full\n{rows}"))
    };
    let usual = [70, 60, 80, 90, 60, 70, 80, 90];
    let before = exam("2026-09-10", "other", usual) + &exam("2026-10-20", "monthly", usual);
    // Half as much for everybody: the paper was hard.
    let hard = usual.map(|score| score / 2);
    assert_eq!(says(&with(before.clone() + &exam("2026-11-10", "midterm", hard)), DAY), "calm");
    // From 70 to 60 while the others stay: by Python, mean 73.75 and pstdev 12.183, from -0.447 to -1.129.
    let fallen = [60, 60, 80, 90, 60, 70, 80, 90];
    assert_eq!(says(&with(before.clone() + &exam("2026-11-10", "midterm", fallen)), DAY), "calm");
    // From 70 to 50: mean 72.5, pstdev 13.919, from -0.447 to -1.616.
    let fallen = [50, 60, 80, 90, 60, 70, 80, 90];
    assert_eq!(says(&with(before.clone() + &exam("2026-11-10", "midterm", fallen)), DAY), "fires 1.17");
    assert_eq!(
        says(&with(exam("2026-10-20", "monthly", usual) + &exam("2026-11-10", "midterm", fallen)), DAY),
        "? too-few"
    );
    assert_eq!(says(&with(String::new()), DAY), "? no-score");
}

#[test]
fn the_latest_valid_screening_gives_the_band_and_a_sealed_one_leaves_it_open() {
    let metric =
        "{ band = { kind = \"screening\", field = \"band\", is = [\"high\"], void = [\"invalid\"], days = 400 } }";
    let screened = |rows: &str| ledger(metric, "").log("screening", &format!("id,date,students,scale,band\n{rows}"));
    for (rows, wanted) in [
        ("s1,2026-10-10,a,mht,high\n", "fires high"),
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,a,mht,normal\n", "calm"),
        ("s1,2026-10-10,a,mht,invalid\n", "? void-screening"),
        ("s1,2026-10-10,a,,\n", "? sealed"),
        ("s1,2026-10-10,,,\n", "? sealed"),
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,,,\n", "? sealed"),
        ("s1,2026-10-10,,,\ns2,2026-11-10,a,mht,high\n", "fires high"),
        ("s1,2025-10-10,a,mht,high\n", "? no-screening"),
        ("", "? no-screening"),
        // One that is no result takes nothing back, and makes nothing good.
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,a,mht,invalid\n", "fires high"),
        ("s1,2026-10-10,a,mht,normal\ns2,2026-11-10,a,mht,invalid\n", "? void-screening"),
    ] {
        assert_eq!(says(&screened(rows), DAY), wanted, "{rows}");
    }
}

#[test]
fn another_scale_takes_nothing_back_where_each_is_looked_at() {
    let metric = "{ band = { kind = \"screening\", field = \"band\", is = [\"high\"], void = [\"invalid\"], each = \"scale\", days = 400 } }";
    let screened = |rows: &str| ledger(metric, "").log("screening", &format!("id,date,students,scale,band\n{rows}"));
    for (rows, wanted) in [
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,a,dsrsc,normal\n", "fires high"),
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,a,mht,normal\n", "calm"),
        ("s1,2026-10-10,a,mht,normal\ns2,2026-11-10,a,dsrsc,high\n", "fires high"),
        ("s1,2026-10-10,a,mht,normal\ns2,2026-11-10,a,dsrsc,invalid\n", "? void-screening"),
        ("s1,2026-10-10,a,mht,normal\ns2,2026-11-10,a,dsrsc,normal\n", "calm"),
        ("s1,2026-10-10,a,mht,high\ns2,2026-11-10,,,\n", "? sealed"),
    ] {
        assert_eq!(says(&screened(rows), DAY), wanted, "{rows}");
    }
}

#[test]
fn what_the_child_s_file_says_fires_is_calm_or_is_missing() {
    let ill = "{ record = { field = \"health.status\", is = [\"ill\"] } }";
    let poor = "{ record = { field = \"household.benefits\", is = [\"subsistence\"] } }";
    let hard = "{ record = { field = \"study.difficulties\" } }";
    let boarder = "{ record = { field = \"boarding\", is = [\"yes\"] } }";
    let old = "{ guardian-from = { age = 65 } }";
    let ability = "{ guardian-ability = { is = [\"poor\"] } }";
    let away = "[[parent]]\nrelation = \"father\"\n[[parent.away]]\nfrom = 2021-02-15\n[[parent]]\nrelation = \"mother\"\n[[parent.away]]\nfrom = 2021-02-15\n";
    let home = away.replace("15\n", "15\nuntil = 2026-01-01\n");
    let grandmother = |rest: &str| format!("{away}[[guardian]]\nrelation = \"paternal-grandmother\"\n{rest}");
    for (metric, rest, wanted) in [
        (ill, "[health]\nstatus = \"ill\"\n".to_owned(), "fires health-ill"),
        (ill, "[health]\nstatus = \"healthy\"\n".to_owned(), "calm"),
        (ill, String::new(), "? field"),
        (poor, "[household]\nbenefits = [\"medical\", \"subsistence\"]\n".to_owned(), "fires benefit-subsistence"),
        (poor, "[household]\nbenefits = [\"medical\"]\n".to_owned(), "calm"),
        (hard, "[study]\ndifficulties = \"计算\"\n".to_owned(), "fires 计算"),
        (boarder, "boarding = true\n".to_owned(), "fires yes"),
        (boarder, "boarding = false\n".to_owned(), "calm"),
        ("{ child-under = { age = 8 } }", "born = 2018-11-27\n".to_owned(), "fires 7"),
        ("{ child-under = { age = 8 } }", "born = 2018-11-26\n".to_owned(), "calm"),
        ("{ child-under = { age = 8 } }", String::new(), "? field"),
        (old, grandmother("born = 1961-11-26\n"), "fires 65"),
        (old, grandmother("born = 1961-11-27\n"), "calm"),
        (old, grandmother("born = \"1950-03\"\n"), "fires 76"),
        (old, grandmother(""), "? field"),
        (old, grandmother("born = 1950-01-01\n[[guardian]]\nborn = 1990-01-01\n"), "calm"),
        (old, grandmother("born = 1950-01-01\n[[guardian]]\n"), "? field"),
        (old, away.to_owned(), "? guardian"),
        (old, home.clone(), "calm"),
        (ability, grandmother("ability = \"poor\"\n"), "fires ability-poor"),
        (ability, grandmother("ability = \"fair\"\n"), "calm"),
        (ability, grandmother(""), "? field"),
        ("\"both-away\"", away.to_owned(), "fires yes"),
        ("\"both-away\"", home.clone(), "calm"),
        ("\"both-away\"", String::new(), "? parents"),
        ("\"parent-gone\"", away.replacen("father\"\n", "father\"\nstatus = \"imprisoned\"\n", 1), "fires yes"),
        ("\"parent-gone\"", away.to_owned(), "calm"),
        ("\"parent-gone\"", String::new(), "? parents"),
        ("\"no-parent\"", away.replace("\"\n[[parent.a", "\"\nstatus = \"deceased\"\n[[parent.a"), "fires yes"),
        ("\"no-parent\"", away.replacen("father\"\n", "father\"\nstatus = \"missing\"\n", 1), "calm"),
        ("\"no-parent\"", "[[parent]]\nrelation = \"father\"\nstatus = \"deceased\"\n".to_owned(), "? parents"),
        ("\"no-parent\"", "[reported]\norphan = true\non = 2026-09-01\n".to_owned(), "fires yes"),
        ("\"no-guardian\"", away.to_owned(), "fires yes"),
        ("\"no-guardian\"", grandmother(""), "calm"),
        ("\"no-guardian\"", home.clone(), "calm"),
        ("\"no-guardian\"", String::new(), "? parents"),
        ("\"no-guardian\"", grandmother("[[guardian.spell]]\nuntil = 2026-11-25\n"), "fires yes"),
        ("\"not-entrusted\"", grandmother("entrusted = false\n"), "fires no"),
        ("\"not-entrusted\"", grandmother("entrusted = true\n"), "calm"),
        ("\"not-entrusted\"", grandmother(""), "? field"),
        ("\"not-entrusted\"", away.to_owned(), "? guardian"),
        ("\"not-entrusted\"", home, "calm"),
    ] {
        assert_eq!(says(&ledger(metric, &rest), DAY), wanted, "{metric}\n{rest}");
    }
}

#[test]
fn a_pairing_is_missed_only_where_the_register_is_kept() {
    let metric = "{ no-pairing = { pairing = \"tutor\" } }";
    let with = |rows: &str| {
        let register = format!("id,type,student,helper,from,until,reason\n{rows}");
        ledger(metric, "").student("b", "").file("registers/pairings.csv", &register)
    };
    for (rows, wanted) in [
        ("", "? register"),
        ("p1,peer-tutor,a,x,2026-09-01,,\n", "? register"),
        ("p1,tutor,b,x,2026-09-01,,\n", "fires 0"),
        ("p1,tutor,a,x,2026-09-01,,\n", "calm"),
        ("p1,tutor,a,x,2026-09-01,2026-11-25,\n", "fires 0"),
        ("p1,tutor,a,x,2026-11-27,,\n", "fires 0"),
        ("p1,tutor,a,x,autumn,,\n", "? register"),
    ] {
        assert_eq!(says(&with(rows), DAY), wanted, "{rows}");
    }
    assert_eq!(says(&ledger(metric, ""), DAY), "? register");
}

#[test]
fn follow_ups_wait_and_are_overdue_on_the_day_asked_about() {
    let overdue = "{ follow-ups = { types = [\"visit\"], overdue = 3 } }";
    let any = "{ follow-ups = { types = [\"visit\"] } }";
    let with = |metric: &str, done: &str, cancelled: &str| {
        ledger(metric, "").follow_up(["f1", "visit", "a", "2026-11-01", "2026-11-15", "", done, cancelled])
    };
    assert_eq!(says(&with(overdue, "", ""), "2026-11-17"), "calm");
    assert_eq!(says(&with(overdue, "", ""), "2026-11-18"), "fires 1");
    assert_eq!(says(&with(overdue, "2026-11-20", ""), "2026-11-19"), "fires 1");
    assert_eq!(says(&with(overdue, "2026-11-20", ""), "2026-11-20"), "calm");
    assert_eq!(says(&with(any, "", ""), "2026-11-01"), "fires 1");
    assert_eq!(says(&with(any, "", ""), "2026-10-31"), "calm");
    assert_eq!(says(&with(any, "", "2026-11-02"), DAY), "calm");
}

#[test]
fn a_week_in_which_nobody_asked_says_nothing_of_the_parents() {
    let metric =
        "{ weekly-contact = { kind = \"weekly-contact\", field = \"happened\", also = [\"family-call\"], weeks = 2 } }";
    let with = |asked: &str, calls: &str| {
        ledger(metric, "")
            .log("weekly-contact", &format!("id,date,students,happened\n{asked}"))
            .log("family-call", &format!("id,date,students\n{calls}"))
    };
    let no = "w1,2026-11-13,a,no\nw2,2026-11-20,a,no\n";
    assert_eq!(says(&with(no, ""), DAY), "fires 2");
    assert_eq!(says(&with(&no.replace("20,a,no", "20,a,yes"), ""), DAY), "calm");
    assert_eq!(says(&with(no, "c1,2026-11-12,a\n"), DAY), "fires 2", "the call lies before both weeks");
    assert_eq!(says(&with(no, "c1,2026-11-19,a\n"), DAY), "calm");
    assert_eq!(says(&with(no, "c1,2026-11-20,a\n"), DAY), "calm");
    assert_eq!(says(&with("w2,2026-11-20,a,no\n", ""), DAY), "? not-asked");
    assert_eq!(says(&with("", ""), DAY), "? not-asked");
}

#[test]
fn an_indicator_is_asked_only_of_those_whom_it_is_for() {
    let metric = "\"no-guardian\"\nfor = { left-behind = \"civil-affairs\" }";
    let away = &CALM_CHILD[..CALM_CHILD.find("[[guardian]]").unwrap()];
    assert_eq!(says(&ledger(metric, away), DAY), "fires yes");
    assert_eq!(says(&ledger(metric, &away.replace("rural", "urban")), DAY), "not asked");
    assert_eq!(says(&ledger(metric, &away.replace("hukou = \"rural\"\n", "")), DAY), "? group");
    assert_eq!(says(&ledger(metric, CALM_CHILD), DAY), "calm");
}
