//! Charts as SVG: no script, no outside resource, colours that print and that the colour-blind can tell apart.
//!
//! Begin with `svg`. Bars lie on their side, since names of classes and months have room only there.

pub(super) mod colors;
mod lines;

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use self::colors::{Hatch, color, hatch, ink};
pub(super) use self::lines::Scale;
use super::document::{Chart, ChartKind, Series, decimal};
use super::safe;
use crate::text::{self, Lang};

/// In units of the picture; a phone shows four fifths of it, at which letters of 14 can still be read.
const WIDTH: f64 = 400.0;
const LETTER: f64 = 7.0;
const LINE: f64 = 20.0;
const LABELS: f64 = 130.0;
/// The width of a series' sign in the legend.
const SIGN: f64 = 28.0;
/// The height of a bar.
const BAR: f64 = 16.0;

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
pub(super) fn spoken(chart: &Chart, lang: Lang) -> String {
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

    /// A bar that says for a program which number it draws, hatched beside its colour.
    fn bar(&mut self, chart: &Chart, at: (usize, usize), x: f64, width: f64) {
        let (series, category) = at;
        let value = chart.series[series].at(category).and_then(decimal).unwrap_or_default();
        let _ = write!(
            self.written,
            "<rect data-series=\"{series}\" data-category=\"{category}\" data-value=\"{value}\" x=\"{x:.1}\" \
             y=\"{:.1}\" width=\"{width:.1}\" height=\"{BAR:.1}\" fill=\"{}\" stroke=\"#444\" stroke-width=\".7\"/>",
            self.y + 2.0,
            color(chart, series)
        );
        self.hatch(hatch(chart, series), x, width, color(chart, series));
    }

    /// Thin lines inside of a bar.
    fn hatch(&mut self, hatch: Hatch, x: f64, width: f64, color: &str) {
        let (run, gap) = match hatch {
            Hatch::Plain => return,
            Hatch::Rising | Hatch::Falling => (BAR, 6.0),
            Hatch::Upright => (0.0, 5.0),
        };
        let (top, bottom) = (self.y + 2.0, self.y + 2.0 + BAR);
        let (from, to) = if hatch == Hatch::Falling { (top, bottom) } else { (bottom, top) };
        let mut path = String::new();
        let mut left = x + 3.0;
        while left + run <= x + width - 1.0 {
            let _ = write!(path, "M{left:.1} {from:.1}L{:.1} {to:.1}", left + run);
            left += gap;
        }
        if !path.is_empty() {
            let ink = ink(color);
            let _ = write!(self.written, "<path d=\"{path}\" stroke=\"{ink}\" stroke-opacity=\".35\"/>");
        }
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
            let width = SIGN + 22.0 + label.width() as f64 * LETTER;
            if x > 0.0 && x + width > WIDTH {
                (x, self.y) = (0.0, self.y + LINE);
            }
            self.sign(chart, index, x);
            self.words(x + SIGN + 6.0, &label, "start");
            x += width;
        }
        self.y += LINE + 6.0;
    }

    /// What a series looks like, in small.
    fn sign(&mut self, chart: &Chart, series: usize, x: f64) {
        if chart.kind == ChartKind::Lines {
            return self.line_sign(chart, series, x);
        }
        let color = color(chart, series);
        let _ = write!(
            self.written,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{SIGN:.1}\" height=\"{BAR:.1}\" fill=\"{color}\" stroke=\"#444\" \
             stroke-width=\".7\"/>",
            self.y + 2.0
        );
        self.hatch(hatch(chart, series), x, SIGN, color);
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
            if value.is_some() {
                self.bar(chart, (number, index), left, width);
            }
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
            self.bar(chart, (number, index), x, width);
            self.part(x + width / 2.0, width, value, color(chart, number));
            x += width;
        }
        let shown = sum.and_then(decimal).unwrap_or_else(|| text::label(lang, "report-unknown"));
        self.words(x + 6.0, &shown, "start");
        self.y += LINE;
    }

    /// The number inside a part of a stack, where it has room.
    fn part(&mut self, middle: f64, width: f64, value: f64, color: &str) {
        let shown = decimal(value).unwrap_or_default();
        if shown.width() as f64 * LETTER + 6.0 <= width {
            let ink = ink(color);
            let _ = write!(self.written, "<g fill=\"{ink}\" font-size=\"12\">");
            self.words(middle, &shown, "middle");
            self.written += "</g>";
        }
    }
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
        assert_eq!(drawn.matches("<rect").count(), 2);
        assert!(drawn.contains("data-series=\"0\" data-category=\"1\" data-value=\"9\""), "{drawn}");
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
