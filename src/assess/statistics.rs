//! Means, spreads and places of numbers. Nothing is said of no numbers: a mean of none is not 0.

/// The arithmetic mean.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The standard deviation of a whole: the root of the mean of the squares of the distances from the mean. 0 for one
/// value, and where all are equal.
pub fn spread(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: Vec<f64> = values.iter().map(|value| (value - mean).powi(2)).collect();
    self::mean(&squares).map(f64::sqrt)
}

/// The middle value; between two middle ones, half way.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some((lower + upper) / 2.0)
}

/// The lower quartile, the median and the upper quartile: a quarter, a half and three quarters of the way through the
/// sorted values, between two of them in proportion.
pub fn quartiles(values: &[f64]) -> Option<[f64; 3]> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    Some([0.25, 0.5, 0.75].map(|part| {
        let at = part * last as f64;
        let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
        below + (above - below) * at.fract()
    }))
}

/// How many spreads a value lies above the mean. Nothing where the spread is below a least one: there, a spread means
/// nothing.
pub fn standard_score(value: f64, mean: f64, spread: f64, least_spread: f64) -> Option<f64> {
    (spread >= least_spread && spread > 0.0).then(|| (value - mean) / spread)
}

/// The place of each value, the greatest first: 1, 2, 2, 4 where two are equal.
pub fn places(values: &[f64]) -> Vec<usize> {
    values.iter().map(|own| 1 + values.iter().filter(|other| *other > own).count()).collect()
}

/// How many values lie in each band. A band reaches from its bound up to the next one, and the last one has no end;
/// a value below the first bound is in the first band.
pub fn in_bands(values: &[f64], bounds: &[f64]) -> Vec<usize> {
    let mut counts = vec![0; bounds.len()];
    for value in values {
        let band = bounds.iter().rposition(|bound| bound <= value).unwrap_or(0);
        if let Some(count) = counts.get_mut(band) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: Option<f64>, wanted: f64) {
        let found = found.expect("there is a value");
        assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
    }

    /// Computed with Python 3's module: `statistics.mean`, `pstdev` and `median` of the same lists.
    #[test]
    fn numbers_are_those_of_pythons_statistics_module() {
        let class = [93.0, 53.0, 68.0, 92.0, 81.0, 38.0, 43.0, 98.0, 79.0, 85.0, 39.0, 71.0];
        near(mean(&class), 70.0);
        near(spread(&class), 20.880_613_017_821_1);
        near(median(&class), 75.0);
        let halves = [88.5, 88.5, 59.0, 70.0, 100.0];
        near(mean(&halves), 81.2);
        near(spread(&halves), 14.685_366_866_374_16);
        near(median(&halves), 88.5);
    }

    /// The inclusive method of `statistics.quantiles` of the same module.
    #[test]
    fn quartiles_lie_between_two_values_in_proportion() {
        assert_eq!(quartiles(&[93.0, 53.0, 68.0, 92.0, 81.0, 38.0, 43.0, 98.0]), Some([50.5, 74.5, 92.25]));
        assert_eq!(quartiles(&[70.0]), Some([70.0; 3]));
        assert_eq!(quartiles(&[]), None);
    }

    /// By hand: 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and the spread √(32 ÷ 8) = 2.
    #[test]
    fn the_spread_is_of_the_whole_and_not_of_a_sample() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        near(mean(&values), 5.0);
        near(spread(&values), 2.0);
        near(standard_score(9.0, 5.0, 2.0, 1.0), 2.0);
        near(standard_score(4.0, 5.0, 2.0, 1.0), -0.5);
    }

    #[test]
    fn of_nothing_nothing_is_known() {
        assert_eq!((mean(&[]), spread(&[]), median(&[])), (None, None, None));
        assert!(places(&[]).is_empty());
        assert_eq!(in_bands(&[], &[0.0, 60.0]), [0, 0]);
    }

    #[test]
    fn one_child_and_equal_children_have_no_standard_score() {
        for values in [vec![73.0], vec![73.0; 30]] {
            near(mean(&values), 73.0);
            near(median(&values), 73.0);
            near(spread(&values), 0.0);
            assert_eq!(standard_score(73.0, 73.0, 0.0, 0.0), None);
        }
        assert_eq!(standard_score(74.0, 73.0, 0.5, 1.0), None);
    }

    #[test]
    fn ties_share_a_place_and_the_next_one_is_behind_all_of_them() {
        assert_eq!(places(&[90.0, 85.0, 90.0, 60.0, 85.0]), [1, 3, 1, 5, 3]);
        assert_eq!(places(&[50.0, 50.0]), [1, 1]);
    }

    #[test]
    fn a_bound_belongs_to_the_band_that_it_opens() {
        let values = [0.0, 59.9, 60.0, 69.99, 70.0, 89.5, 90.0, 100.0];
        assert_eq!(in_bands(&values, &[0.0, 60.0, 70.0, 80.0, 90.0]), [2, 2, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn a_harder_paper_for_all_moves_no_standard_score(
            marks in proptest::collection::vec(20.0_f64..100.0, 8..40), harder in 0.3_f64..1.0, off in 0.0_f64..15.0,
        ) {
            let hard: Vec<f64> = marks.iter().map(|mark| mark * harder - off).collect();
            let scores = |values: &[f64]| -> Vec<Option<f64>> {
                let (mean, spread) = (mean(values).unwrap(), spread(values).unwrap());
                values.iter().map(|value| standard_score(*value, mean, spread, 0.0)).collect()
            };
            prop_assume!(spread(&marks).unwrap() > 0.1);
            for (easy, hard) in scores(&marks).into_iter().zip(scores(&hard)) {
                prop_assert!((easy.unwrap() - hard.unwrap()).abs() < 1e-6);
            }
        }

        #[test]
        fn standard_scores_have_the_mean_0_and_the_spread_1(values in proptest::collection::vec(0.0_f64..150.0, 2..60)) {
            let (middle, wide) = (mean(&values).unwrap(), spread(&values).unwrap());
            prop_assume!(wide > 0.01);
            let scores: Vec<f64> = values.iter().filter_map(|one| standard_score(*one, middle, wide, 0.0)).collect();
            prop_assert!(mean(&scores).unwrap().abs() < 1e-7);
            prop_assert!((spread(&scores).unwrap() - 1.0).abs() < 1e-7);
        }

        #[test]
        fn every_value_is_in_one_band(values in proptest::collection::vec(-5.0_f64..120.0, 0..60)) {
            let counts = in_bands(&values, &[0.0, 60.0, 70.0, 80.0, 90.0]);
            prop_assert_eq!(counts.iter().sum::<usize>(), values.len());
        }
    }
}
