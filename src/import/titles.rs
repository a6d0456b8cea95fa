//! What stands around a table: the class in a sheet's name or title, cells that a merge fills, ids in a named column.

use super::census::whole;
use super::class::{Named, named};
use super::fold::{self, folded};
use super::header::Column;
use super::row::{Context, Given, RowReader};
use super::sheet::{Cell, Row, Sheet};
use crate::model::StudentId;

/// No way of writing a class is longer.
const LONGEST_CLASS: usize = 12;

/// The class that a sheet's name or a title above its table gives, or the grade alone.
pub(super) fn class(sheet: Option<&str>, titles: &[String], context: &Context<'_>) -> Named {
    let sheet = sheet.unwrap_or_default();
    let all = || titles.iter().map(String::as_str).chain([sheet]);
    let complete = all().find_map(|text| within(text, context));
    complete
        .or_else(|| whole(sheet, context))
        .or_else(|| all().find_map(|text| grade_within(text, context)))
        .unwrap_or_default()
}

/// The class that is named in a longer text, with the word for a class.
pub(super) fn within(text: &str, context: &Context<'_>) -> Option<Named> {
    pieces(text).find_map(|piece| {
        let with_word = context.synonyms.signs.class.iter().any(|word| piece.ends_with(word.as_str()));
        named(&piece, &context.synonyms.signs)
            .filter(|class| with_word && class.number.is_some() && class.year.is_some())
            .filter(|class| class.on(context.options.day, context.options.school_years).is_some())
    })
}

/// A grade in a title serves a column of classes; alone it names no class, as the table may hold all of the grade's.
fn grade_within(text: &str, context: &Context<'_>) -> Option<Named> {
    pieces(text).find_map(|piece| {
        let with_word = context.synonyms.signs.grade.first().is_some_and(|word| piece.ends_with(word.as_str()));
        let grade = named(&piece, &context.synonyms.signs).filter(|class| with_word && class.number.is_none());
        // No class has this number: only a column can complete it.
        grade.map(|grade| Named { number: Some(0), ..grade })
    })
}

/// Every stretch of a text, the longest from each start first; none begins inside a number.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = folded(text).chars().collect();
    let starts = 0..letters.len();
    starts.flat_map(move |start| {
        let inside = start > 0 && letters[start].is_ascii_digit() && letters[start - 1].is_ascii_digit();
        let ends = if inside { 0..0 } else { start + 1..letters.len().min(start + LONGEST_CLASS) + 1 };
        let letters = letters.clone();
        ends.rev().map(move |end| letters[start..end].iter().collect::<String>())
    })
}

/// The row's cells with those that a merge down a column covers; nothing else is filled down.
pub(super) fn filled(sheet: &Sheet, row: &Row, first_row: u32) -> Vec<Cell> {
    let mut cells = row.cells.clone();
    let covering = sheet.merges.iter().filter(|merge| {
        merge.columns.0 == merge.columns.1
            && first_row <= merge.rows.0
            && merge.rows.0 < row.number
            && row.number <= merge.rows.1
    });
    for merge in covering {
        let column = merge.columns.0;
        let top = sheet.rows.binary_search_by_key(&merge.rows.0, |row| row.number);
        if let Ok(top) = top
            && row.cell(column).is_empty()
        {
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            cells[column] = sheet.rows[top].cell(column).clone();
        }
    }
    cells
}

/// The id of the student, where the caller names a column for it.
pub(super) fn id(reader: &mut RowReader<'_>, cells: &[Cell], columns: &[Column]) -> Option<StudentId> {
    let wanted = fold::header(reader.context.options.id_from.as_deref()?);
    let column = columns.iter().find(|column| fold::header(&column.header) == wanted)?;
    let cell = cells.get(column.index).filter(|cell| !cell.is_empty())?;
    let id = folded(&cell.text()).to_lowercase().parse();
    reader.extra.remove(&column.header);
    id.map_err(|_| reader.refuse(Given { column, cell }, "not-an-id")).ok()
}
