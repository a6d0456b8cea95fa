//! Scores worked by hand from the published keys, and what holds of every scale that is shipped.

use proptest::prelude::*;

use super::*;

fn scale(text: &str) -> Scale {
    toml::from_str(text).unwrap()
}

fn mht() -> Scale {
    scale(include_str!("../../../data-template/scales/mht.toml"))
}

fn dsrsc() -> Scale {
    scale(include_str!("../../../data-template/scales/dsrsc.toml"))
}

fn sdq(version: &str) -> Scale {
    scale(match version {
        "parent" => include_str!("../../../data-template/scales/sdq-parent.toml"),
        "teacher" => include_str!("../../../data-template/scales/sdq-teacher.toml"),
        _ => include_str!("../../../data-template/scales/sdq-self.toml"),
    })
}

fn every_scale() -> Vec<Scale> {
    vec![mht(), dsrsc(), sdq("parent"), sdq("teacher"), sdq("self")]
}

fn of(scale: &Scale, text: &str) -> Scored {
    scored(scale, &Given::Answers(Answers::read(scale, text).unwrap()), Fit::Fits)
}

/// Every item answered alike, but for some.
fn all_but(scale: &Scale, usual: u8, others: &[(u32, u8)]) -> String {
    let mut answers = Answers::none(scale);
    (1..=scale.items).for_each(|item| answers.put(item, usual));
    others.iter().for_each(|(item, score)| answers.put(*item, *score));
    answers.to_string()
}

fn scores(scored: &Scored) -> Vec<Option<u32>> {
    scored.parts.iter().map(|part| part.score).collect()
}

#[test]
fn mht_by_hand() {
    let mht = mht();
    // Every item yes: all eight subscales full (15 10 10 10 10 15 10 10), and the validity score of ten as well.
    let all = of(&mht, &"1".repeat(100));
    assert_eq!(scores(&all), [15, 10, 10, 10, 10, 15, 10, 10].map(Some));
    assert_eq!((all.total, all.validity, all.band), (Some(90), Some(10), Band::Invalid));
    assert!(all.parts.iter().all(|part| part.band.is_none()));
    // Items 1 to 65 yes, the rest no: 15+10+10+10+10 and ten of the fifteen of the body.
    let many = of(&mht, &format!("{}{}", "1".repeat(65), "0".repeat(35)));
    assert_eq!((many.total, many.validity, many.band), (Some(65), Some(0), Band::High));
    assert_eq!(scores(&many), [15, 10, 10, 10, 10, 10, 0, 0].map(Some));
    assert_eq!(many.parts[6].band, Some(Band::Normal));
    assert_eq!(many.parts[5].band, Some(Band::High));
    for (yes, band) in [(55, Band::Normal), (56, Band::Watch), (64, Band::Watch), (65, Band::High)] {
        let answers = format!("{}{}", "1".repeat(yes), "0".repeat(100 - yes));
        assert_eq!(of(&mht, &answers).band, band, "{yes}");
    }
    // A subscale is high from 8 on, whatever the total.
    let learning = of(&mht, &format!("{}{}", "1".repeat(8), "0".repeat(92)));
    assert_eq!((learning.parts[0].band, learning.band), (Some(Band::High), Band::Normal));
}

#[test]
fn mht_is_invalid_from_seven_of_the_even_items_past_eighty_on() {
    let mht = mht();
    let even = |count: usize| (82..=100).step_by(2).take(count).map(|item| (item, 1)).collect::<Vec<_>>();
    for (count, band) in [(6, Band::Normal), (7, Band::Invalid), (10, Band::Invalid)] {
        let found = of(&mht, &all_but(&mht, 0, &even(count)));
        assert_eq!((found.validity, found.total, found.band), (Some(count as u32), Some(0), band));
    }
}

#[test]
fn a_missing_item_leaves_mht_and_dsrsc_without_a_total() {
    for (scale, zeros) in [(mht(), 99), (dsrsc(), 17)] {
        let found = of(&scale, &format!("-{}", "0".repeat(zeros)));
        assert_eq!((found.total, found.band, found.missing), (None, Band::Incomplete, vec![1]), "{}", scale.label.en);
        assert_eq!(found.parts[0].score, None);
    }
    // An item of the validity scale: what it would have said is not known.
    let mht = mht();
    let found = of(&mht, &format!("{}-", "0".repeat(99)));
    assert_eq!((found.total, found.validity, found.band), (Some(0), None, Band::Incomplete));
    // Seven of the others say it already.
    let mut text = all_but(&mht, 0, &[82, 84, 86, 88, 90, 92, 94].map(|item| (item, 1)));
    text.replace_range(99..100, "-");
    assert_eq!(of(&mht, &text).band, Band::Invalid);
}

#[test]
fn a_school_may_allow_mht_in_proportion() {
    let scale = Scale { pro_rata_from: Some(9), ..mht() };
    // Nine answers of fifteen, six of them yes: 6 × 15 ÷ 9 = 10.
    let text = format!("111111000{}{}", "-".repeat(6), "0".repeat(85));
    assert_eq!(of(&scale, &text).parts[0].score, Some(10));
}

#[test]
fn dsrsc_by_hand() {
    let dsrsc = dsrsc();
    // Never, to all: the ten reversed items give two each, the other eight none.
    assert_eq!(of(&dsrsc, &"0".repeat(18)).total, Some(20));
    assert_eq!(of(&dsrsc, &"2".repeat(18)).total, Some(16));
    assert_eq!(of(&dsrsc, &"1".repeat(18)).total, Some(18));
    // The well child: the reversed ones always, the others never.
    let well = "220200222022200200";
    let reversed: Vec<usize> = well.match_indices('2').map(|(at, _)| at + 1).collect();
    assert_eq!(reversed, [1, 2, 4, 7, 8, 9, 11, 12, 13, 16]);
    assert_eq!((of(&dsrsc, well).total, of(&dsrsc, well).band), (Some(0), Band::Normal));
    for (sad, band) in [(14, Band::Normal), (15, Band::Watch)] {
        // Item 3 and its like give up to sixteen points: as many as are asked for.
        let mut answers = Answers::read(&dsrsc, well).unwrap();
        let mut left = sad;
        for item in [3, 5, 6, 10, 14, 15, 17, 18] {
            let score = std::cmp::min(left, 2);
            answers.put(item, score);
            left -= score;
        }
        let found = of(&dsrsc, &answers.to_string());
        assert_eq!((found.total, found.band), (Some(u32::from(sad)), band));
    }
}

#[test]
fn sdq_by_hand() {
    let parent = sdq("parent");
    // All nought: the five reversed items (7 · 21 25 · 11 14) give two each.
    let none = of(&parent, &"0".repeat(25));
    assert_eq!(scores(&none), [0, 2, 4, 4, 0].map(Some));
    assert_eq!((none.total, none.band), (Some(10), Band::Normal));
    // Prosocial counts for itself alone, and there little is much: 0 is high.
    assert_eq!(none.parts[4].band, Some(Band::High));
    let all = of(&parent, &"2".repeat(25));
    assert_eq!((scores(&all), all.total), ([10, 8, 6, 6, 10].map(Some).to_vec(), Some(30)));
    let text = "3=2 8=1 13=0 16=1 24=2  5=1 7=2 12=0 18=1 22=0  2=2 10=1 15=2 21=0 25=1  6=0 11=2 14=1 19=2 23=0  \
                1=2 4=1 9=2 17=1 20=0";
    let found = of(&parent, text);
    // 2+1+0+1+2 · 1+(2-2)+0+1+0 · 2+1+2+(2-0)+(2-1) · 0+(2-2)+(2-1)+2+0 · 2+1+2+1+0
    assert_eq!((scores(&found), found.total), ([6, 2, 8, 3, 6].map(Some).to_vec(), Some(19)));
    let bands: Vec<Option<Band>> = found.parts.iter().map(|part| part.band).collect();
    assert_eq!(bands, [Band::High, Band::Normal, Band::High, Band::Watch, Band::Normal].map(Some));
    assert_eq!(found.band, Band::High);
}

#[test]
fn the_versions_of_sdq_have_their_own_cut_offs() {
    // The same answers, worth 14: emotional 4 (items 3, 8), and the five reversed ones at nought.
    let given = [(3, 2), (8, 2)];
    for (version, band, emotional) in [
        ("parent", Band::Watch, Band::Watch),
        ("teacher", Band::Watch, Band::Normal),
        ("self", Band::Normal, Band::Normal),
    ] {
        let scale = sdq(version);
        let found = of(&scale, &all_but(&scale, 0, &given));
        assert_eq!((found.total, found.band, found.parts[0].band), (Some(14), band, Some(emotional)), "{version}");
    }
}

#[test]
fn sdq_fills_missing_items_in_proportion_and_rounds_to_the_nearest() {
    let parent = sdq("parent");
    let with = |emotional: [Option<u8>; 5]| {
        let pairs: Vec<String> = (1..=25)
            .filter_map(|item| match [3, 8, 13, 16, 24].iter().position(|own| *own == item) {
                Some(at) => emotional[at].map(|score| format!("{item}={score}")),
                None => Some(format!("{item}=0")),
            })
            .collect();
        of(&parent, &pairs.join(","))
    };
    for (answers, score) in [
        // 1 × 5 ÷ 4 = 1.25 · 2 × 5 ÷ 4 = 2.5 · 3 × 5 ÷ 4 = 3.75 · 1 × 5 ÷ 3 = 1.67 · 2 × 5 ÷ 3 = 3.33 · 6 × 5 ÷ 3 = 10
        ([Some(1), Some(0), Some(0), Some(0), None], Some(1)),
        ([Some(2), Some(0), Some(0), Some(0), None], Some(3)),
        ([Some(2), Some(1), Some(0), Some(0), None], Some(4)),
        ([Some(1), Some(0), Some(0), None, None], Some(2)),
        ([Some(2), Some(0), Some(0), None, None], Some(3)),
        ([Some(2), Some(2), Some(2), None, None], Some(10)),
        ([Some(2), Some(2), None, None, None], None),
    ] {
        let found = with(answers);
        assert_eq!(found.parts[0].score, score, "{answers:?}");
        assert_eq!(found.total, score.map(|score| score + 10), "{answers:?}");
        assert_eq!(found.band == Band::Incomplete, score.is_none(), "{answers:?}");
    }
}

#[test]
fn a_child_outside_the_ages_or_grades_gets_no_band() {
    let answers = Given::Answers(Answers::read(&mht(), &"1".repeat(70).add_noughts(30)).unwrap());
    for (grade, fit) in [(Some(3), Fit::Outside), (Some(4), Fit::Fits), (None, Fit::Unknown)] {
        assert_eq!(mht().fit(None, grade), fit);
        let found = scored(&mht(), &answers, fit);
        let band = if fit == Fit::Outside { Band::OutOfAge } else { Band::High };
        assert_eq!((found.band, found.total), (band, Some(70)), "{grade:?}");
    }
    for (age, fit) in [(10, Fit::Outside), (11, Fit::Fits), (16, Fit::Fits), (17, Fit::Outside)] {
        assert_eq!(sdq("self").fit(Some(age), Some(4)), fit, "{age}");
    }
}

trait AddNoughts {
    fn add_noughts(self, count: usize) -> String;
}

impl AddNoughts for String {
    fn add_noughts(self, count: usize) -> String {
        self + &"0".repeat(count)
    }
}

#[test]
fn totals_that_were_added_up_elsewhere_get_the_same_band() {
    let parent = sdq("parent");
    let totals = Totals::read(&parent, "emotional=5，品行问题=2 hyperactivity=6,peer=4,prosocial=7").unwrap();
    assert_eq!(totals.said(&parent), "emotional=5 conduct=2 hyperactivity=6 peer=4 prosocial=7");
    let found = scored(&parent, &Given::Totals(totals), Fit::Fits);
    assert_eq!((found.total, found.band), (Some(17), Band::High));
    for (text, wrong) in [
        ("emotional=5", Misread::Lacking(["conduct", "hyperactivity", "peer", "prosocial"].map(str::to_owned).into())),
        (
            "emotional=11,conduct=2,hyperactivity=6,peer=4,prosocial=7",
            Misread::NotAScore { part: "emotional".into(), value: "11".into(), most: 10 },
        ),
    ] {
        assert_eq!(Totals::read(&parent, text).unwrap_err(), [wrong], "{text}");
    }
    // Without its validity score nobody can say that a result is valid.
    let parts = "learning=9,people=9,loneliness=9,self-blame=9,sensitivity=9,body=9,fear=9,impulse=9";
    assert_eq!(Totals::read(&mht(), parts).unwrap_err(), [Misread::Lacking(vec!["validity".into()])]);
    let unsure = Totals::read(&mht(), &format!("{parts},validity=-")).unwrap();
    assert_eq!(scored(&mht(), &Given::Totals(unsure), Fit::Fits).band, Band::Incomplete);
}

#[test]
fn answers_that_the_scale_does_not_have_are_named_by_item() {
    let mht = mht();
    let wrong = Answers::read(&mht, &format!("2{}x", "0".repeat(98))).unwrap_err();
    let not = |item, value: &str| Misread::NotAnAnswer { item, value: value.into() };
    assert_eq!(wrong, [not(1, "2"), not(100, "x")]);
    assert_eq!(Answers::read(&mht, "01").unwrap_err(), [Misread::Length(2)]);
    assert_eq!(
        Answers::read(&mht, "1=是, 101=1, 1=0, 2=3").unwrap_err(),
        [Misread::Unknown("101".into()), Misread::Twice("1".into()), not(2, "3")]
    );
    assert_eq!(Answers::read(&mht, "1=是 2=0").unwrap().missing().len(), 98);
}

proptest! {
    /// For every item of every scale: another answer moves its own subscale, by what the answers differ, and nothing else.
    #[test]
    fn an_item_moves_the_subscale_that_it_belongs_to_and_no_other(
        which in 0_usize..5, item in 0_u32..100, given in proptest::collection::vec(0_u8..3, 100), other in 0_u8..3,
    ) {
        let scale = &every_scale()[which];
        let (item, highest) = (item % scale.items + 1, scale.highest());
        let mut answers = Answers::none(scale);
        (1..=scale.items).for_each(|one| answers.put(one, given[one as usize - 1].min(highest)));
        let before = scored(scale, &Given::Answers(answers.clone()), Fit::Fits);
        let was = answers.get(item).unwrap();
        let other = other.min(highest);
        answers.put(item, other);
        let after = scored(scale, &Given::Answers(answers), Fit::Fits);
        let difference = i64::from(other) - i64::from(was);
        for ((subscale, before), after) in scale.subscale.iter().zip(&before.parts).zip(&after.parts) {
            let sign = match (subscale.items.contains(&item), subscale.reversed.contains(&item)) {
                (false, _) => 0,
                (true, true) => -1,
                (true, false) => 1,
            };
            let moved = i64::from(after.score.unwrap()) - i64::from(before.score.unwrap());
            prop_assert_eq!(moved, sign * difference);
        }
        let valid = scale.validity.as_ref().is_some_and(|validity| validity.items.contains(&item));
        let moved = i64::from(after.validity.unwrap_or(0)) - i64::from(before.validity.unwrap_or(0));
        prop_assert_eq!(moved, if valid { difference } else { 0 });
        let counted: u32 = scale
            .subscale
            .iter()
            .zip(&after.parts)
            .filter(|(subscale, _)| subscale.in_total)
            .filter_map(|(_, part)| part.score)
            .sum();
        prop_assert_eq!(after.total, Some(counted));
    }

    /// What the ledger keeps is read again as what it was.
    #[test]
    fn answers_and_totals_are_read_as_they_were_written(which in 0_usize..5, given in proptest::collection::vec(0_u8..4, 100)) {
        let scale = &every_scale()[which];
        let mut answers = Answers::none(scale);
        for item in (1..=scale.items).filter(|item| given[*item as usize - 1] <= scale.highest()) {
            answers.put(item, given[item as usize - 1]);
        }
        prop_assert_eq!(&Answers::read(scale, &answers.to_string()).unwrap(), &answers);
        let found = scored(scale, &Given::Answers(answers), Fit::Fits);
        let totals = Totals { parts: scores(&found), validity: found.validity };
        prop_assert_eq!(&Totals::read(scale, &totals.said(scale)).unwrap(), &totals);
        let again = scored(scale, &Given::Totals(totals), Fit::Fits);
        // Seven answers that make a screening invalid are enough, even where its score is not known.
        if found.band != Band::Invalid {
            prop_assert_eq!(again.band, found.band);
        }
        prop_assert_eq!(again.total, found.total);
    }

    #[test]
    fn no_text_makes_the_reader_of_answers_panic(text in "[-0-9=,， 是否a-z]{0,120}") {
        for scale in every_scale() {
            let _ = Answers::read(&scale, &text);
            let _ = Totals::read(&scale, &text);
        }
    }
}
