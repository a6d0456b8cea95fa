//! Lines over an axis: told apart by colour, dashes and the shape of their marks.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::colors::color;
use super::{BAR, Drawing, LABELS, LETTER, LINE, SIGN, WIDTH, drawn, fitted};
use crate::report::document::{Chart, decimal};

const DASHES: [&str; 4] = ["none", "7 4", "2 3", "9 3 2 3"];
/// The height of what is drawn over the axis.
const PLOT: f64 = 180.0;

/// A round scale that holds every value of a chart and zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) struct Scale {
    pub bottom: f64,
    pub top: f64,
    pub step: f64,
}

impl Scale {
    pub(in crate::report) fn of(chart: &Chart) -> Scale {
        let values = || {
            chart.series.iter().flat_map(|series| (0..chart.categories.len()).filter_map(|index| drawn(series, index)))
        };
        let step = round_step(values().fold(0.0, f64::max) - values().fold(0.0, f64::min));
        let bottom = (values().fold(0.0, f64::min) / step).floor() * step;
        let top = (values().fold(0.0, f64::max) / step).ceil().max(bottom / step + 1.0) * step;
        Scale { bottom, top, step }
    }

    /// From the lowest to the highest.
    pub(in crate::report) fn ticks(self) -> impl Iterator<Item = f64> {
        (0..=((self.top - self.bottom) / self.step).round() as usize)
            .map(move |tick| self.bottom + tick as f64 * self.step)
    }
}

/// A step of 1, 2 or 5 times a power of ten that cuts the span into three to seven.
fn round_step(span: f64) -> f64 {
    let raw = if span > 1e-9 { span / 5.0 } else { 1.0 };
    let power = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= raw * 0.999).unwrap_or(power * 10.0)
}

impl Drawing {
    pub(super) fn lines(&mut self, chart: &Chart) {
        let scale = Scale::of(chart);
        let (left, right) = (48.0, WIDTH - 24.0);
        let height = |value: f64| (scale.top - value) / (scale.top - scale.bottom) * PLOT;
        let start = self.y;
        for value in scale.ticks() {
            let y = start + 8.0 + height(value);
            self.rule((left, right), (y, y), if value == 0.0 { "#666" } else { "#ddd" });
            self.y = y - 9.0;
            self.words(left - 6.0, &decimal(value).unwrap_or_default(), "end");
        }
        let gap = (right - left - 40.0) / (chart.categories.len().max(2) - 1) as f64;
        let point = |index: usize, value| (left + 20.0 + index as f64 * gap, start + 8.0 + height(value));
        for (number, series) in chart.series.iter().enumerate() {
            self.line(chart, number, |index| drawn(series, index).map(|value| point(index, value)));
        }
        self.y = start + PLOT + 12.0;
        self.categories(chart, left + 20.0, gap);
        self.y += LINE;
    }

    /// A line that stops where a value is unknown, with a mark at each value that says for a program which it is.
    fn line(&mut self, chart: &Chart, series: usize, point: impl Fn(usize) -> Option<(f64, f64)>) {
        let (mut path, mut marks, mut command) = (String::new(), String::new(), 'M');
        for index in 0..chart.categories.len() {
            let Some((x, y)) = point(index) else {
                command = 'M';
                continue;
            };
            let _ = write!(path, "{command}{x:.1} {y:.1}");
            let value = chart.series[series].at(index).and_then(decimal).unwrap_or_default();
            let said = format!("data-series=\"{series}\" data-category=\"{index}\" data-value=\"{value}\"");
            marks += &mark(series, (x, y), &said);
            command = 'L';
        }
        self.stroke(chart, series, &path, &marks);
    }

    fn stroke(&mut self, chart: &Chart, series: usize, path: &str, marks: &str) {
        let (color, dash) = (color(chart, series), DASHES[series % DASHES.len()]);
        let _ = write!(
            self.written,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>\
             <g fill=\"{color}\" stroke=\"#fff\">{marks}</g>"
        );
    }

    /// A short piece of the line, with its mark.
    pub(super) fn line_sign(&mut self, chart: &Chart, series: usize, x: f64) {
        let y = self.y + 2.0 + BAR / 2.0;
        let path = format!("M{x:.1} {y:.1}L{:.1} {y:.1}", x + SIGN);
        self.stroke(chart, series, &path, &mark(series, (x + SIGN / 2.0, y), ""));
    }

    /// As many names under the axis as have room, evenly.
    fn categories(&mut self, chart: &Chart, left: f64, gap: f64) {
        let widest = chart.categories.iter().map(|category| category.width()).max().unwrap_or(0) as f64 * LETTER;
        let every = ((widest.min(LABELS) + 8.0) / gap.max(1.0)).ceil().max(1.0) as usize;
        for (index, category) in chart.categories.iter().enumerate().step_by(every) {
            let label = fitted(category, LABELS);
            let half = label.width() as f64 * LETTER / 2.0;
            let x = (left + index as f64 * gap).min(WIDTH - half).max(half);
            self.words(x, &label, "middle");
        }
    }
}

/// A disc, a square, a triangle or a lozenge.
fn mark(series: usize, (x, y): (f64, f64), said: &str) -> String {
    let path = match series % 4 {
        0 => return format!("<circle {said} cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>"),
        1 => format!("M{:.1} {:.1}h8v8h-8z", x - 4.0, y - 4.0),
        2 => format!("M{x:.1} {:.1}l5 9h-10z", y - 5.5),
        _ => format!("M{x:.1} {:.1}l5.5 5.5l-5.5 5.5l-5.5-5.5z", y - 5.5),
    };
    format!("<path {said} d=\"{path}\"/>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::svg;
    use crate::report::document::ChartKind;
    use crate::report::sample;
    use crate::text::Lang;

    #[test]
    fn a_line_has_a_gap_where_a_value_is_unknown() {
        let mut chart = Chart { kind: ChartKind::Lines, ..sample::visits() };
        chart.series[0].values = vec![Some(12.0), None, Some(9.0)];
        let drawn = svg(&chart, Lang::Zh);
        let path = drawn.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!((path.matches('M').count(), path.matches('L').count()), (2, 0), "{path}");
        assert_eq!(drawn.matches("data-value=").count(), 2);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([round_step(12.0), round_step(100.0), round_step(0.7), round_step(0.0)], [5.0, 20.0, 0.2, 1.0]);
    }
}
