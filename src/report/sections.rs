//! Coverage by section of the plans as bars: of one term, or of two side by side.

use super::{Chart, ChartKind, Series};
use crate::assess::plan::{Covered, Plan, Section};
use crate::text::{Lang, label};

/// The bars of the sections that the last of the terms has; each term with its name.
pub(super) fn coverage(key: &str, terms: &[(String, &[Covered])], lang: Lang) -> Chart {
    let sections = terms.last().map_or_else(Vec::new, |(_, covered)| sections(covered));
    let name = |(_, section): &(&Plan, &Section)| format!("{} {}", section.id, section.label.in_language(lang.code()));
    let series = |(name, covered): &(String, &[Covered])| Series {
        label: name.clone(),
        values: sections.iter().map(|(_, section)| percent(covered, &section.id)).collect(),
    };
    Chart {
        key: key.to_owned(),
        caption: label(lang, "term-section-coverage"),
        kind: ChartKind::Bars,
        categories: sections.iter().map(name).collect(),
        series: terms.iter().map(series).collect(),
        unit: "%".to_owned(),
    }
}

/// The sections that have a commitment, in the order of the plans.
fn sections<'a>(covered: &[Covered<'a>]) -> Vec<(&'a Plan, &'a Section)> {
    let mut found: Vec<(&Plan, &Section)> = Vec::new();
    for one in covered {
        let id = one.commitment.section();
        let section = one.plan.section.iter().find(|section| section.id == id);
        if let Some(section) = section
            && !found.iter().any(|(_, known)| known.id == section.id)
        {
            found.push((one.plan, section));
        }
    }
    found
}

/// Met of met and missed, with one place behind the point; nothing where nothing is due.
fn percent(covered: &[Covered], section: &str) -> Option<f64> {
    let shares = covered.iter().filter(|one| one.commitment.section() == section).map(Covered::share);
    let (met, of) = shares.fold((0, 0), |(met, of), (more, all)| (met + more, of + all));
    (of > 0).then(|| (met as f64 * 1000.0 / of as f64).round() / 10.0)
}
