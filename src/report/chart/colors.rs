//! The colours and hatchings of series: hues of Okabe and Ito that the colour-blind can tell apart, in steps of lightness
//! that remain on a grey print.

use crate::report::document::{Chart, ChartKind};

/// Bars side by side: neighbours differ in hue and by a wide step of lightness.
const BESIDE: [&str; 6] = ["#00517F", "#E69F00", "#009E73", "#8CCBEF", "#B34700", "#EBC6DC"];
/// Lines are thin, so that none of them is light.
const LINES: [&str; 6] = ["#00517F", "#E69F00", "#00805D", "#000000", "#CC79A7", "#7A2E00"];
/// The parts of a stack are steps of one thing, from the gravest to none: ever lighter.
const STACK: [&str; 6] = ["#7A2E00", "#B84F00", "#DE7C1C", "#EFA94A", "#F6D08F", "#F3EDE2"];

/// How a bar is hatched, beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Hatch {
    Plain,
    Rising,
    Falling,
    Upright,
}

/// The colour of a series of a chart, as `#RRGGBB`.
pub(in crate::report) fn color(chart: &Chart, series: usize) -> &'static str {
    match chart.kind {
        ChartKind::StackedBars => STACK[step(series, chart.series.len())],
        ChartKind::Bars => BESIDE[series % BESIDE.len()],
        ChartKind::Lines => LINES[series % LINES.len()],
    }
}

/// The parts of a stack spread over all steps.
fn step(series: usize, count: usize) -> usize {
    let last = STACK.len() - 1;
    if count < 2 { 0 } else { (series * last / (count - 1)).min(last) }
}

/// The hatching of a series of bars. The first is plain, and so are the parts of a stack: they differ in lightness, and
/// their numbers stand on them.
pub(in crate::report) fn hatch(chart: &Chart, series: usize) -> Hatch {
    match chart.kind {
        ChartKind::StackedBars => Hatch::Plain,
        _ => [Hatch::Plain, Hatch::Rising, Hatch::Falling, Hatch::Upright][series % 4],
    }
}

/// Black or white: what can be read on the colour.
pub(in crate::report) fn ink(color: &str) -> &'static str {
    if lightness(color) < 50.0 { "#FFFFFF" } else { "#000000" }
}

/// The lightness of a colour as people see it (L* of CIE 1976): 0 is black and 100 white.
pub(in crate::report) fn lightness(color: &str) -> f64 {
    let part = |at: usize| {
        let value = color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let light = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    if light <= 0.008_856 { light * 903.3 } else { 116.0 * light.cbrt() - 16.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Series;
    use crate::report::sample;
    use crate::report::shade_map::SHADES;

    fn of(kind: ChartKind, count: usize) -> Vec<f64> {
        let series = vec![Series { label: String::new(), values: Vec::new() }; count];
        let chart = Chart { kind, series, ..sample::visits() };
        (0..count).map(|at| lightness(color(&chart, at))).collect()
    }

    #[test]
    fn neighbours_can_be_told_apart_on_a_grey_print() {
        for kind in [ChartKind::Bars, ChartKind::Lines, ChartKind::StackedBars] {
            for count in 2..=6 {
                let found = of(kind, count);
                assert!(found.windows(2).all(|two| (two[0] - two[1]).abs() > 8.0), "{kind:?} {found:?}");
            }
        }
    }

    #[test]
    fn a_stack_grows_lighter_and_so_does_a_map_grow_darker() {
        let found = of(ChartKind::StackedBars, 4);
        assert!(found.windows(2).all(|two| two[0] + 15.0 < two[1]), "{found:?}");
        let map = SHADES.map(lightness);
        assert!(map.windows(2).all(|two| two[1] + 7.0 < two[0]), "{map:?}");
    }

    #[test]
    fn words_on_every_colour_can_be_read() {
        for color in BESIDE.iter().chain(&STACK).chain(&SHADES) {
            assert!((lightness(ink(color)) - lightness(color)).abs() > 40.0, "{color}");
        }
    }
}
