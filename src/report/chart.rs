//! Charts as SVG: no script, no outside resource, colours that print and that the colour-blind can tell apart.
//!
//! Begin with `svg`. Bars lie on their side, since names of classes and months have room only there.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::document::{Chart, ChartKind, Series, decimal};
use super::safe;
use crate::text::{self, Lang};

/// The colours of Okabe and Ito, ordered so that neighbours differ in lightness too.
pub(super) const COLORS: [&str; 6] = ["#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7"];
/// Lines are told apart by their dashes as well.
const DASHES: [&str; 4] = ["none", "7 4", "2 3", "9 3 2 3"];

/// In units of the picture; a phone shows four fifths of it, at which letters of 14 can still be read.
const WIDTH: f64 = 400.0;
const LETTER: f64 = 7.0;
const LINE: f64 = 20.0;
const LABELS: f64 = 130.0;
const PLOT: f64 = 180.0;

/// The picture of a chart, with its caption and its numbers as words for those who cannot see it.
pub fn svg(chart: &Chart, lang: Lang) -> String {
    let mut drawing = Drawing { written: String::new(), y: 4.0 };
    if chart.series.len() > 1 {
        drawing.legend(chart);
    }
    match chart.kind {
        _ if !has_number(chart) => drawing.line_of_words(&text::label(lang, "report-no-number")),
        ChartKind::Lines => drawing.lines(chart),
        ChartKind::Bars | ChartKind::StackedBars => drawing.bars(chart, lang),
    }
    let height = drawing.y + 4.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-size=\"14\" fill=\"#222\"><title>{}</title><desc>{}</desc>{}</svg>",
        safe::xml(&chart.full_caption(lang)),
        safe::xml(&spoken(chart, lang)),
        drawing.written
    )
}

fn has_number(chart: &Chart) -> bool {
    chart.series.iter().any(|series| (0..chart.categories.len()).any(|index| series.at(index).is_some()))
}

/// Every number with its category and series.
fn spoken(chart: &Chart, lang: Lang) -> String {
    let unknown = text::label(lang, "report-unknown");
    let number = |series: &Series, index| series.at(index).and_then(decimal).unwrap_or_else(|| unknown.clone());
    let parts: Vec<_> = (chart.categories.iter().enumerate())
        .flat_map(|(index, category)| chart.series.iter().map(move |series| (index, category, series)))
        .map(|(index, category, series)| format!("{category} {} {}", series.label, number(series, index)))
        .collect();
    parts.join(&text::label(lang, "report-list-join"))
}

/// What has been drawn, and the upper edge of what is next.
struct Drawing {
    written: String,
    y: f64,
}

impl Drawing {
    /// One line of words; `anchor` is the end of them that stands at `x`.
    fn words(&mut self, x: f64, words: &str, anchor: &str) {
        let y = self.y + 14.0;
        let _ = write!(
            self.written,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            safe::xml(words)
        );
    }

    fn line_of_words(&mut self, words: &str) {
        self.words(0.0, words, "start");
        self.y += LINE;
    }

    fn rect(&mut self, x: f64, width: f64, height: f64, color: &str) {
        let _ = write!(
            self.written,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{color}\" stroke=\"#fff\"/>",
            self.y + 2.0
        );
    }

    fn rule(&mut self, x: (f64, f64), y: (f64, f64), color: &str) {
        let _ = write!(
            self.written,
            "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"{color}\"/>",
            x.0, x.1, y.0, y.1
        );
    }

    fn legend(&mut self, chart: &Chart) {
        let mut x = 0.0;
        for (index, series) in chart.series.iter().enumerate() {
            let label = fitted(&series.label, WIDTH - 30.0);
            let width = 36.0 + label.width() as f64 * LETTER;
            if x > 0.0 && x + width > WIDTH {
                (x, self.y) = (0.0, self.y + LINE);
            }
            self.rect(x, 14.0, 14.0, color(index));
            self.words(x + 20.0, &label, "start");
            x += width;
        }
        self.y += LINE + 6.0;
    }

    fn bars(&mut self, chart: &Chart, lang: Lang) {
        let widest = chart.categories.iter().map(|category| category.width()).max().unwrap_or(0) as f64 * LETTER;
        let left = widest.min(LABELS) + 10.0;
        // Room behind the longest bar for its number.
        let scale = (WIDTH - left - 60.0) / longest(chart);
        for (index, category) in chart.categories.iter().enumerate() {
            self.words(left - 10.0, &fitted(category, LABELS), "end");
            match chart.kind {
                ChartKind::StackedBars => self.stack(chart, index, left, scale, lang),
                _ => self.side_by_side(chart, index, left, scale, lang),
            }
            self.y += 6.0;
        }
    }

    fn side_by_side(&mut self, chart: &Chart, index: usize, left: f64, scale: f64, lang: Lang) {
        for (number, series) in chart.series.iter().enumerate() {
            let value = series.at(index);
            let width = drawn(series, index).unwrap_or(0.0).max(0.0) * scale;
            self.rect(left, width, 16.0, color(number));
            let shown = value.and_then(decimal).unwrap_or_else(|| text::label(lang, "report-unknown"));
            self.words(left + width + 6.0, &shown, "start");
            self.y += LINE;
        }
    }

    fn stack(&mut self, chart: &Chart, index: usize, left: f64, scale: f64, lang: Lang) {
        let (mut x, mut sum) = (left, None);
        for (number, series) in chart.series.iter().enumerate() {
            let Some(value) = series.at(index) else { continue };
            sum = Some(sum.unwrap_or(0.0) + value);
            let width = drawn(series, index).unwrap_or(0.0).max(0.0) * scale;
            self.rect(x, width, 16.0, color(number));
            self.part(x + width / 2.0, width, value, number);
            x += width;
        }
        let shown = sum.and_then(decimal).unwrap_or_else(|| text::label(lang, "report-unknown"));
        self.words(x + 6.0, &shown, "start");
        self.y += LINE;
    }

    /// The number inside a part of a stack, where it has room.
    fn part(&mut self, middle: f64, width: f64, value: f64, series: usize) {
        let shown = decimal(value).unwrap_or_default();
        if shown.width() as f64 * LETTER + 6.0 <= width {
            let ink = if series.is_multiple_of(COLORS.len()) { "#fff" } else { "#000" };
            let _ = write!(self.written, "<g fill=\"{ink}\" font-size=\"12\">");
            self.words(middle, &shown, "middle");
            self.written += "</g>";
        }
    }

    fn lines(&mut self, chart: &Chart) {
        let values = || {
            chart.series.iter().flat_map(|series| (0..chart.categories.len()).filter_map(|index| drawn(series, index)))
        };
        let step = round_step(values().fold(0.0, f64::max) - values().fold(0.0, f64::min));
        let bottom = (values().fold(0.0, f64::min) / step).floor() * step;
        let top = (values().fold(0.0, f64::max) / step).ceil().max(bottom / step + 1.0) * step;
        let (left, right) = (48.0, WIDTH - 24.0);
        let height = |value: f64| (top - value) / (top - bottom) * PLOT;
        let start = self.y;
        for tick in 0..=((top - bottom) / step).round() as usize {
            let value = bottom + tick as f64 * step;
            let y = start + 8.0 + height(value);
            self.rule((left, right), (y, y), if value == 0.0 { "#666" } else { "#ddd" });
            self.y = y - 9.0;
            self.words(left - 6.0, &decimal(value).unwrap_or_default(), "end");
        }
        let gap = (right - left - 40.0) / (chart.categories.len().max(2) - 1) as f64;
        let point = |index: usize, value| (left + 20.0 + index as f64 * gap, start + 8.0 + height(value));
        for (number, series) in chart.series.iter().enumerate() {
            self.line(chart.categories.len(), number, |index| drawn(series, index).map(|value| point(index, value)));
        }
        self.y = start + PLOT + 12.0;
        self.categories(chart, left + 20.0, gap);
        self.y += LINE;
    }

    /// A line that stops where a value is unknown, with a mark at each value.
    fn line(&mut self, count: usize, number: usize, point: impl Fn(usize) -> Option<(f64, f64)>) {
        let (mut path, mut marks, mut command) = (String::new(), String::new(), 'M');
        for index in 0..count {
            let Some((x, y)) = point(index) else {
                command = 'M';
                continue;
            };
            let _ = write!(path, "{command}{x:.1} {y:.1}");
            let _ = write!(marks, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>");
            command = 'L';
        }
        let (color, dash) = (color(number), DASHES[number % DASHES.len()]);
        let _ = write!(
            self.written,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>\
             <g fill=\"{color}\">{marks}</g>"
        );
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

fn color(series: usize) -> &'static str {
    COLORS[series % COLORS.len()]
}

/// The value within bounds at which its distances can still be computed.
fn drawn(series: &Series, index: usize) -> Option<f64> {
    series.at(index).map(|value| value.clamp(-1e15, 1e15))
}

/// The greatest bar, or 1 where every bar is empty.
fn longest(chart: &Chart) -> f64 {
    let parts = |index| chart.series.iter().filter_map(move |series| drawn(series, index)).map(|value| value.max(0.0));
    let each = (0..chart.categories.len()).map(|index| match chart.kind {
        ChartKind::StackedBars => parts(index).sum(),
        _ => parts(index).fold(0.0, f64::max),
    });
    let longest = each.fold(0.0, f64::max);
    if longest > 1e-9 { longest } else { 1.0 }
}

/// A step of 1, 2 or 5 times a power of ten that cuts the span into three to seven.
fn round_step(span: f64) -> f64 {
    let raw = if span > 1e-9 { span / 5.0 } else { 1.0 };
    let power = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= raw * 0.999).unwrap_or(power * 10.0)
}

/// The text, or its beginning with an ellipsis where it is wider than the room.
fn fitted(text: &str, room: f64) -> String {
    let text = safe::visible(text);
    let letters = (room / LETTER) as usize;
    if text.width() <= letters {
        return text.into_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if short.width() >= letters.saturating_sub(1) {
            break;
        }
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_bar_has_its_name_and_its_number_and_unknown_is_said() {
        let drawn = svg(&sample::visits(), Lang::Zh);
        for part in ["<title>各班家访（次）</title>", ">12</text>", ">9</text>", ">未知</text>", "三年级1班 次数 未知"]
        {
            assert!(drawn.contains(part), "{part} is not in {drawn}");
        }
        assert_eq!(drawn.matches("<rect").count(), 3);
    }

    #[test]
    fn a_line_has_a_gap_where_a_value_is_unknown() {
        let mut chart = Chart { kind: ChartKind::Lines, ..sample::visits() };
        chart.series[0].values = vec![Some(12.0), None, Some(9.0)];
        let drawn = svg(&chart, Lang::Zh);
        let path = drawn.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!((path.matches('M').count(), path.matches('L').count()), (2, 0), "{path}");
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([round_step(12.0), round_step(100.0), round_step(0.7), round_step(0.0)], [5.0, 20.0, 0.2, 1.0]);
    }

    #[test]
    fn a_chart_of_nothing_and_of_extremes_is_drawn_all_the_same() {
        for values in [
            vec![],
            vec![None; 3],
            vec![Some(0.0); 3],
            vec![Some(-2.0), Some(f64::MAX), Some(f64::NAN)],
            vec![Some(5e-324)],
        ] {
            for kind in [ChartKind::Bars, ChartKind::StackedBars, ChartKind::Lines] {
                let series = vec![Series { label: "a".to_owned(), values: values.clone() }];
                let drawn = svg(&Chart { kind, series, ..sample::visits() }, Lang::Zh);
                assert!(drawn.ends_with("</svg>") && !drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
            }
        }
    }

    #[test]
    fn hostile_names_are_text() {
        let mut chart = sample::visits();
        chart.categories = safe::HOSTILE.map(str::to_owned).to_vec();
        chart.caption = "</title><script>".to_owned();
        assert!(!svg(&chart, Lang::Zh).contains("<script"));
    }
}
