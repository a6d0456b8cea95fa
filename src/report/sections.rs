//! Coverage by section of one plan as bars: of one term, or of two side by side.

use super::{Chart, ChartKind, Series};
use crate::assess::plan::{Covered, Plan, Section};
use crate::text::{Lang, label};

/// The bars of the sections of a plan; each term with its name. Nothing where the last of the terms has no section.
pub(super) fn coverage(plan: &Plan, terms: &[(String, &[Covered])], lang: Lang) -> Option<Chart> {
    let sections = terms.last().map_or_else(Vec::new, |(_, covered)| sections(plan, covered));
    let name = |section: &&Section| format!("{} {}", section.id, section.label.in_language(lang.code()));
    let series = |(name, covered): &(String, &[Covered])| Series {
        label: name.clone(),
        values: sections.iter().map(|section| percent(plan, covered, &section.id)).collect(),
    };
    let chart = Chart {
        key: format!("sections-{}", plan.name),
        caption: label(lang, "term-section-coverage"),
        kind: ChartKind::Bars,
        categories: sections.iter().map(name).collect(),
        series: terms.iter().map(series).collect(),
        unit: "%".to_owned(),
    };
    (!sections.is_empty()).then_some(chart)
}

/// The sections of a plan that have a commitment, in its order.
fn sections<'a>(plan: &'a Plan, covered: &[Covered]) -> Vec<&'a Section> {
    let is_kept = |section: &&Section| own(plan, covered, &section.id).next().is_some();
    plan.section.iter().filter(is_kept).collect()
}

fn own<'a>(plan: &'a Plan, covered: &'a [Covered<'a>], section: &'a str) -> impl Iterator<Item = &'a Covered<'a>> {
    covered.iter().filter(move |one| one.plan.name == plan.name && one.commitment.section() == section)
}

/// Met of met and missed, with one place behind the point; nothing where nothing is due.
fn percent(plan: &Plan, covered: &[Covered], section: &str) -> Option<f64> {
    let shares = own(plan, covered, section).map(Covered::share);
    let (met, of) = shares.fold((0, 0), |(met, of), (more, all)| (met + more, of + all));
    (of > 0).then(|| (met as f64 * 1000.0 / of as f64).round() / 10.0)
}
