//! The screenings of a term by scale, grade and band, folded so that no child can be told, and beside those of the term
//! before.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::fold::Folded;
use super::{Source, Term, count, signed};
use crate::assess::figures::ScaleCount;
use crate::ledger::scales::scales;
use crate::model::scale::{Band, Scale};
use crate::report::{Block, Cell, Column, Table};

/// The columns of bands; what is no result stands in one.
const BANDS: [Band; 3] = [Band::Normal, Band::Watch, Band::High];

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let scales = scales(source.snapshot.definitions()).unwrap_or_default();
    let results = Results { source, scales: &scales };
    let mut blocks = vec![source.heading("mind-screening"), Block::Paragraph(source.word("mind-no-diagnosis"))];
    blocks.push(Block::Table(results.by_band()));
    blocks.push(Block::Table(results.by_grade()));
    blocks.push(Block::Table(results.raised()));
    blocks.push(Block::Note(source.word("mind-note-folded")));
    for term in source.terms().filter(|term| term.screenings.unreadable > 0) {
        let number = term.screenings.unreadable.to_string();
        blocks.push(Block::Note(source.say("mind-unreadable", &[("term", &term.name), ("count", &number)])));
    }
    blocks
}

struct Results<'a> {
    source: &'a Source<'a>,
    scales: &'a BTreeMap<String, Scale>,
}

/// The grades of a scale in a term, with their numbers as they may be shown.
struct Grades {
    grades: Vec<Option<i32>>,
    folded: Folded,
}

impl Grades {
    fn of(found: &ScaleCount) -> Grades {
        let row = |bands: &BTreeMap<Option<Band>, u32>| {
            let of = |band: Band| bands.get(&Some(band)).copied().unwrap_or(0);
            let results = BANDS.map(of);
            let rest = bands.values().sum::<u32>() - results.iter().sum::<u32>();
            results.into_iter().chain([rest]).collect::<Vec<u32>>()
        };
        let rows: Vec<Vec<u32>> = found.by_grade.values().map(row).collect();
        Grades { grades: found.by_grade.keys().copied().collect(), folded: Folded::of(&rows) }
    }

    /// The numbers of a row: the sum, then each band, then those without a result.
    fn shown(&self, row: usize) -> Vec<Option<u32>> {
        let bands = (0..=BANDS.len()).map(|column| self.folded.shown(row, column));
        std::iter::once(self.folded.shown(row, BANDS.len() + 1)).chain(bands).collect()
    }

    fn sums(&self) -> Vec<Option<u32>> {
        self.shown(self.folded.sums())
    }
}

impl Results<'_> {
    fn grades(&self, term: &Term, scale: &str) -> Option<Grades> {
        term.screenings.by_scale.get(scale).map(Grades::of)
    }

    /// The scales of either term.
    fn names(&self) -> Vec<&str> {
        let names = self.source.terms().flat_map(|term| term.screenings.by_scale.keys());
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn scale(&self, name: &str) -> Cell {
        let label = self.scales.get(name).map(|scale| scale.label.in_language(self.source.lang.code()));
        Cell::code(name, label.unwrap_or(name))
    }

    fn columns(&self, first: Vec<Column>) -> Vec<Column> {
        let source = self.source;
        let bands = BANDS.iter().map(|band| Column::right(band.code(), source.word(&band.key())));
        let mut columns = first;
        columns.push(Column::right("screened", source.word("mind-screened")));
        columns.extend(bands);
        columns.push(Column::right("no-result", source.word("mind-no-result")));
        columns
    }

    fn hidden_or(&self, number: Option<u32>) -> Cell {
        number.map_or_else(|| Cell::text(self.source.word("mind-hidden")), count)
    }

    /// Scale by scale this term, the term before, and what has changed between numbers that are shown.
    fn by_band(&self) -> Table {
        let source = self.source;
        let first =
            vec![Column::left("scale", source.word("column-scale")), Column::left("term", source.word("mind-term"))];
        let mut table = Table::new("bands", source.word("mind-by-band"), self.columns(first));
        for name in self.names() {
            let sums = |term: &Term| self.grades(term, name).map(|grades| grades.sums());
            let (now, before) = (sums(&source.now), source.before.as_ref().and_then(sums));
            let mut add = |label: Cell, cells: Vec<Cell>| {
                table.rows.push([vec![self.scale(name), label], cells].concat());
            };
            let shown = |numbers: &[Option<u32>]| numbers.iter().map(|number| self.hidden_or(*number)).collect();
            if let Some(now) = &now {
                add(Cell::code(&source.now.id, &source.now.name), shown(now));
            }
            if let (Some(term), Some(before)) = (&source.before, &before) {
                add(Cell::code(&term.id, &term.name), shown(before));
            }
            if let (Some(now), Some(before)) = (&now, &before) {
                let change = |(now, before): (&Option<u32>, &Option<u32>)| match now.zip(*before) {
                    Some((now, before)) => signed(i64::from(now) - i64::from(before)),
                    None => Cell::Empty,
                };
                let label = Cell::code("change", source.word("term-change"));
                add(label, now.iter().zip(before).map(change).collect());
            }
        }
        table
    }

    /// This term's screenings by scale and grade.
    fn by_grade(&self) -> Table {
        let source = self.source;
        let first = vec![
            Column::left("scale", source.word("column-scale")),
            Column::right("grade", source.word("column-grade")),
        ];
        let mut table = Table::new("grades", source.word("mind-by-grade"), self.columns(first));
        for name in self.names() {
            let Some(found) = self.grades(&source.now, name) else { continue };
            for (row, grade) in found.grades.iter().enumerate() {
                let grade = grade.map_or(Cell::Unknown, |grade| Cell::Integer(i64::from(grade)));
                let numbers = found.shown(row).into_iter().map(|number| self.hidden_or(number));
                table.rows.push([self.scale(name), grade].into_iter().chain(numbers).collect());
            }
        }
        table
    }

    /// How many children each subscale is raised for: numbers that make no sum.
    fn raised(&self) -> Table {
        let source = self.source;
        let mut columns = vec![
            Column::left("scale", source.word("column-scale")),
            Column::left("subscale", source.word("mind-subscale")),
        ];
        let terms: Vec<&Term> = source.terms().collect();
        let keys = ["now", "before"];
        columns.extend(terms.iter().zip(keys).map(|(term, key)| Column::right(key, &term.name)));
        let mut table = Table::new("raised", source.word("mind-raised"), columns);
        for name in self.names() {
            let Some(scale) = self.scales.get(name) else { continue };
            for subscale in scale.subscale.iter().filter(|subscale| !subscale.bands.is_empty()) {
                let label = Cell::code(&subscale.id, subscale.label.in_language(source.lang.code()));
                let number = |term: &&Term| {
                    let found = &term.screenings.by_scale.get(name)?.raised;
                    found.iter().find(|(id, _)| *id == subscale.id).map(|(_, number)| *number)
                };
                let cells = terms.iter().map(|term| number(term).map_or(Cell::Empty, |found| source.children(found)));
                table.rows.push([self.scale(name), label].into_iter().chain(cells).collect());
            }
        }
        table
    }
}
