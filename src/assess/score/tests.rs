use super::tutor::{Wish, effects, suggest};
use super::*;
use crate::assess::pairing::pairings;
use crate::assess::testing::{Ledger, day};
use crate::ledger::Snapshot;

const HEADER: &str = "id,date,students,exam,subject,score,full,name,absent,grade\n";

/// Eight children a to h of one class.
fn class() -> Ledger {
    "abcdefgh".chars().fold(Ledger::new(), |ledger, id| ledger.student(&id.to_string(), ""))
}

/// Rows of one exam in one subject; an empty score is absent.
fn exam(day: &str, kind: &str, subject: &str, scores: &[&str]) -> String {
    let row = |(at, score): (usize, &&str)| {
        let child = char::from(b'a' + at as u8);
        let absent = if score.is_empty() { "yes" } else { "" };
        format!(
            "{child}{}{}{},{day},{child},{kind},{subject},{score},100,,{absent},\n",
            kind,
            subject.len(),
            &day[5..7]
        )
    };
    scores.iter().enumerate().map(row).collect()
}

fn board(ledger: &Ledger, on: &str) -> (Snapshot, Board) {
    let (snapshot, rules) = ledger.loaded();
    let board = Board::of(&snapshot, &rules.progress, day(on));
    (snapshot, board)
}

const EASY: [&str; 8] = ["60", "70", "80", "90", "60", "70", "80", "90"];
const HARD: [&str; 8] = ["30", "35", "40", "45", "30", "35", "40", "45"];

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
}

/// Python: `(60 - statistics.mean(EASY)) / statistics.pstdev(EASY)` is -1.3416407864998738.
#[test]
fn a_hard_paper_is_no_decline() {
    let rows = exam("2026-09-20", "monthly", "数学", &EASY) + &exam("2026-11-10", "midterm", "数学", &HARD);
    let (_, board) = board(&class().log("score", &format!("{HEADER}{rows}")), "2026-11-20");
    let course = board.course(0);
    assert_eq!(course.len(), 2);
    near(course[0].standard.unwrap(), -1.341_640_786_499_873_8);
    let progress = board.progress(0, 1).unwrap();
    near(progress.change(), 0.0);
    assert_eq!((course[1].share, progress.exams), (Some(30.0), 1));
}

/// By hand: with the shares 60 70 80 90 60 70 80 90 the mean is 75 and the spread √125; 90 is 15 ÷ √125 above it.
#[test]
fn who_falls_behind_the_class_declines() {
    let mut fallen = HARD;
    fallen.swap(0, 3);
    let rows = exam("2026-09-20", "monthly", "数学", &EASY) + &exam("2026-11-10", "midterm", "数学", &fallen);
    let (_, board) = board(&class().log("score", &format!("{HEADER}{rows}")), "2026-11-20");
    near(board.progress(3, 1).unwrap().change(), -2.0 * 15.0 / 125.0_f64.sqrt());
    near(board.progress(0, 1).unwrap().change(), 2.0 * 15.0 / 125.0_f64.sqrt());
    near(board.progress(1, 1).unwrap().change(), 0.0);
}

#[test]
fn what_rests_on_too_little_is_unknown() {
    let seven = exam("2026-11-10", "midterm", "数学", &EASY[..7]);
    let alike = exam("2026-11-10", "midterm", "语文", &["80"; 8]);
    let absent = exam("2026-11-10", "midterm", "数学", &["", "70", "80", "90", "60", "70", "80", "90"]);
    let says = |rows: &str| {
        let (_, board) = board(&class().log("score", &format!("{HEADER}{rows}")), "2026-11-20");
        (board.point(0, 0).standard, board.progress(0, 1))
    };
    assert_eq!(says(&seven), (None, Err(NoProgress::NoStandardScore)));
    assert_eq!(says(&alike), (None, Err(NoProgress::NoStandardScore)));
    assert_eq!(says(&absent), (None, Err(NoProgress::NoStandardScore)));
    let enough = exam("2026-11-10", "midterm", "数学", &EASY);
    assert_eq!(says(&enough).1, Err(NoProgress::TooFewBefore));
    let (_, empty) = board(&class(), "2026-11-20");
    assert_eq!(empty.progress(0, 1), Err(NoProgress::NoScore));
}

#[test]
fn an_absence_is_no_zero_and_moves_no_mean_of_the_class() {
    let rows = exam("2026-11-10", "midterm", "数学", &["", "70", "80", "90", "60", "70", "80", "90"]);
    let ledger =
        class().student("i", "").log("score", &format!("{HEADER}{rows}i1,2026-11-10,i,midterm,数学,60,100,,,\n"));
    let (_, board) = board(&ledger, "2026-11-20");
    let entry = board.entries_in(1, 0).next().unwrap().clone();
    let spread = board.spread_of(1, &entry).unwrap();
    assert_eq!((spread.children, spread.mean), (8, 75.0));
    assert_eq!(board.entries(0)[0].marked, Marked::Absent);
}

#[test]
fn exams_out_of_150_and_out_of_100_are_compared_by_share() {
    let rows = exam("2026-11-10", "midterm", "数学", &["90", "105", "120", "135", "90", "105", "120", "135"]);
    let (_, board) = board(&class().log("score", &format!("{HEADER}{}", rows.replace(",100,", ",150,"))), "2026-11-20");
    assert_eq!(board.point(0, 0).share, Some(60.0));
    near(board.point(0, 0).standard.unwrap(), -1.341_640_786_499_873_8);
}

#[test]
fn days_of_one_exam_are_one_exam_and_monthly_tests_far_apart_are_two() {
    let of = |first: &str, second: &str, kind: &str| {
        let rows = exam(first, kind, "数学", &EASY) + &exam(second, kind, "语文", &EASY);
        board(&class().log("score", &format!("{HEADER}{rows}")), "2026-12-20").1.exams.len()
    };
    assert_eq!(of("2026-11-10", "2026-11-11", "monthly"), 1);
    assert_eq!(of("2026-10-10", "2026-11-11", "monthly"), 2);
    assert_eq!(of("2026-10-10", "2026-11-11", "midterm"), 1);
}

#[test]
fn what_comes_after_the_day_or_is_void_is_not_seen() {
    let rows = exam("2026-11-10", "midterm", "数学", &EASY);
    let ledger = class().log("score", &format!("{HEADER}{rows}"));
    assert!(board(&ledger, "2026-11-09").1.exams.is_empty());
    let void = "id,date,students,void,exam,subject,score,full\nx1,2026-11-10,a,typed twice,midterm,数学,50,100\n";
    assert!(board(&class().log("score", void), "2026-11-20").1.exams.is_empty());
}

#[test]
fn the_class_is_parted_into_those_who_rose_held_and_declined() {
    let mut fallen = HARD;
    fallen.swap(0, 3);
    let rows = exam("2026-09-20", "monthly", "数学", &EASY) + &exam("2026-11-10", "midterm", "数学", &fallen);
    let (snapshot, board) = board(&class().log("score", &format!("{HEADER}{rows}")), "2026-11-20");
    let found = class_exam(&snapshot, &board, "2023-2".parse().unwrap(), day("2026-11-20"), |_| true).unwrap();
    let letter = |one: &Movement| match one {
        Movement::Rose(_) => '+',
        Movement::Held(_) => '=',
        Movement::Declined(_) => '-',
        Movement::Unknown(_) => '?',
    };
    assert_eq!(found.movements.iter().map(letter).collect::<String>(), "+==-====");
    let maths = &found.subjects[0];
    assert_eq!((maths.scores, maths.mean, maths.median, maths.passed), (8, Some(37.5), Some(37.5), 0));
    assert_eq!((maths.bands.clone(), maths.absent), (vec![8, 0, 0, 0, 0], 0));
    assert_eq!(found.failing[0], ["数学"]);
}

/// a and e are weak, d and h are strong; each helps two at most.
#[test]
fn a_peer_tutor_is_strong_where_the_child_is_weak_and_not_overloaded() {
    let scores = ["40", "72", "74", "95", "45", "73", "71", "96"];
    let rows = exam("2026-11-10", "midterm", "数学", &scores);
    let ledger = class().log("score", &format!("{HEADER}{rows}"));
    let told = |ledger: &Ledger, wish: Wish| {
        let (snapshot, board) = board(ledger, "2026-11-20");
        let found = suggest(&snapshot, &board, &pairings(&snapshot), wish, day("2026-11-20"));
        let id = |at: u32| snapshot.student(at).id.to_string();
        found
            .iter()
            .map(|one| format!("{}{}", id(one.student), one.helper.as_ref().map_or("?".into(), |h| id(h.student))))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&ledger, Wish::default()), ["ah", "ed"]);
    let paired = "id,type,student,helper,from,until,reason\np1,peer-tutor,b,孩子h,2026-09-01,,\n\
                  p2,peer-tutor,c,孩子h,2026-09-01,,\np3,peer-tutor,e,孩子d,2026-09-01,,\n";
    let ledger = ledger.file("registers/pairings.csv", paired);
    assert_eq!(told(&ledger, Wish::default()), ["ad"], "h helps two already, and e has a tutor");
    assert_eq!(told(&ledger, Wish { most: Some(1), ..Wish::default() }), ["a?"]);
    assert_eq!(told(&ledger, Wish { subject: Some("语文"), ..Wish::default() }), [""; 0]);
}

#[test]
fn help_is_told_with_what_came_before_and_after() {
    let mut risen = HARD;
    risen.swap(0, 3);
    let rows = exam("2026-09-20", "monthly", "数学", &EASY) + &exam("2026-11-10", "midterm", "数学", &risen);
    let paired = "id,type,student,helper,from,until,reason\np1,peer-tutor,a,孩子d,2026-10-01,,\n\
                  p2,caring-parent,b,王大妈,2026-10-01,,\np3,tutor,b,何老师,2026-09-01,,\n";
    let tutoring = "id,date,students,minutes\nt1,2026-10-10,a,30\nt2,2026-10-17,a b,20\nt3,2026-09-10,a,60\n";
    let ledger = class()
        .log("score", &format!("{HEADER}{rows}"))
        .log("tutoring", tutoring)
        .file("registers/pairings.csv", paired);
    let (snapshot, board) = board(&ledger, "2026-11-20");
    let pairings = pairings(&snapshot);
    let found = effects(&snapshot, &board, &pairings, day("2026-11-20"));
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].sessions, found[0].minutes), (2, 50));
    near(found[0].change().unwrap(), 30.0 / 125.0_f64.sqrt());
    assert_eq!((found[1].sessions, found[1].before, found[1].change()), (1, None, None));
}
