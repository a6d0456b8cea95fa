//! The native charts of a workbook, drawn from the numbers of their own sheets.

use rust_xlsxwriter::{
    Chart as Picture, ChartDataLabel, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, Color,
};

use super::{series_count, shortened};
use crate::report::chart::colors::{Hatch, color, hatch, ink};
use crate::report::chart::spoken;
use crate::report::document::{Chart, ChartKind};
use crate::report::safe;
use crate::text::Lang;

/// In pixels: the width, what a bar needs in height, and what stands around the bars.
const WIDTH: u32 = 620;
const BAR: u32 = 22;
const AROUND: u32 = 130;
/// Excel takes no longer description; the numbers stand beside the picture.
const LONGEST_DESCRIPTION: usize = 255;

/// The picture of a chart; none where there is nothing to draw.
pub(super) fn of(chart: &Chart, sheet: &str, lang: Lang) -> Option<Picture> {
    let last = u32::try_from(chart.categories.len()).ok().filter(|count| *count > 0)?;
    let mut picture = Picture::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::StackedBars => ChartType::BarStacked,
        ChartKind::Lines => ChartType::Line,
    });
    for (number, column) in (0..chart.series.len()).zip(1..=series_count(chart)) {
        let series = picture.add_series();
        series
            .set_name((sheet, 0, column))
            .set_categories((sheet, 1, 0, last, 0))
            .set_values((sheet, 1, column, last, column));
        series.set_format(&mut format(chart, number));
        if chart.kind == ChartKind::Lines {
            series.set_marker(&marker(chart, number));
        } else {
            series.set_data_label(&label(chart, number));
        }
    }
    // A title that begins with = would be a reference.
    picture.title().set_name(safe::csv(&chart.full_caption(lang)).as_ref());
    if chart.kind != ChartKind::Lines {
        // Bars begin below, and readers above.
        picture.y_axis().set_reverse();
    }
    if chart.series.len() < 2 {
        picture.legend().set_hidden();
    }
    let side_by_side = if chart.kind == ChartKind::Bars { u32::from(series_count(chart)).max(1) } else { 1 };
    let height =
        if chart.kind == ChartKind::Lines { 320 } else { (last * side_by_side * BAR + AROUND).clamp(240, 2400) };
    picture.set_width(WIDTH).set_height(height);
    picture.set_alt_text(description(chart, lang));
    Some(picture)
}

/// As much of the numbers in words as a description can hold.
fn description(chart: &Chart, lang: Lang) -> String {
    shortened(&format!("{} {}", chart.full_caption(lang), spoken(chart, lang)), LONGEST_DESCRIPTION)
}

fn label(chart: &Chart, number: usize) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    label.show_value();
    if chart.kind == ChartKind::StackedBars {
        let mut font = rust_xlsxwriter::ChartFont::new();
        font.set_color(Color::from(ink(color(chart, number))));
        label.set_font(&font);
    }
    label
}

fn format(chart: &Chart, number: usize) -> ChartFormat {
    let own = color(chart, number);
    let mut format = ChartFormat::new();
    if chart.kind == ChartKind::Lines {
        let dash = [
            ChartLineDashType::Solid,
            ChartLineDashType::Dash,
            ChartLineDashType::RoundDot,
            ChartLineDashType::LongDashDot,
        ];
        format.set_line(ChartLine::new().set_color(Color::from(own)).set_width(2.25).set_dash_type(dash[number % 4]));
        return format;
    }
    let pattern = match hatch(chart, number) {
        Hatch::Plain => None,
        Hatch::Rising => Some(ChartPatternFillType::DiagonalStripesWideUpwards),
        Hatch::Falling => Some(ChartPatternFillType::DiagonalStripesWideDownwards),
        Hatch::Upright => Some(ChartPatternFillType::VerticalStripesLight),
    };
    match pattern {
        None => format.set_solid_fill(ChartSolidFill::new().set_color(Color::from(own))),
        Some(pattern) => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(pattern)
                .set_background_color(Color::from(own))
                .set_foreground_color(Color::RGB(0x44_44_44)),
        ),
    };
    format.set_border(ChartLine::new().set_color(Color::RGB(0x44_44_44)).set_width(0.5));
    format
}

fn marker(chart: &Chart, number: usize) -> ChartMarker {
    let kinds = [ChartMarkerType::Circle, ChartMarkerType::Square, ChartMarkerType::Triangle, ChartMarkerType::Diamond];
    let mut marker = ChartMarker::new();
    let fill = ChartSolidFill::new().set_color(Color::from(color(chart, number))).clone();
    marker.set_type(kinds[number % 4]).set_size(7).set_format(ChartFormat::new().set_solid_fill(&fill));
    marker
}
