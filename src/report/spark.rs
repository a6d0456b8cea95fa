//! A course of numbers in one line of characters, for where there are no pictures.

use super::document::{Chart, ChartKind};

/// From low to high.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Where nothing is known.
const GAP: char = '·';

/// One character a value, between the lowest and the highest of a range; a dot where the value is unknown.
pub fn sparkline(values: &[Option<f64>], range: (f64, f64)) -> String {
    let (low, high) = range;
    let step = |value: f64| {
        // All alike: half way up, as neither high nor low is said.
        let part = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        STEPS[(part * (STEPS.len() - 1) as f64).round() as usize]
    };
    values.iter().map(|value| value.filter(|value| value.is_finite()).map_or(GAP, step)).collect()
}

/// The lowest and highest of known values; nothing where none is known.
pub fn range<'a>(values: impl Iterator<Item = &'a Option<f64>>) -> Option<(f64, f64)> {
    values.flatten().filter(|value| value.is_finite()).fold(None, |range, value| {
        let (low, high) = range.unwrap_or((*value, *value));
        Some((low.min(*value), high.max(*value)))
    })
}

/// The course of each series of a chart of lines, all on one scale; none for other charts.
pub(super) fn courses(chart: &Chart) -> Vec<(String, String)> {
    if chart.kind != ChartKind::Lines || chart.categories.len() < 2 {
        return Vec::new();
    }
    let Some(range) = range(chart.series.iter().flat_map(|series| &series.values)) else { return Vec::new() };
    chart.series.iter().map(|series| (series.label.clone(), sparkline(&series.values, range))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_goes_from_its_lowest_to_its_highest() {
        let values = [Some(40.0), Some(60.0), None, Some(80.0)];
        assert_eq!(sparkline(&values, range(values.iter()).unwrap()), "▁▅·█");
        assert_eq!(sparkline(&[Some(70.0), Some(70.0)], (70.0, 70.0)), "▅▅");
        assert_eq!(sparkline(&[Some(f64::NAN), Some(200.0), Some(-9.0)], (0.0, 100.0)), "·█▁");
        assert_eq!(sparkline(&[], (0.0, 1.0)), "");
        assert_eq!(range([None, None].iter()), None);
    }
}
