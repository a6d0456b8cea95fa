//! A table as CSV: RFC 4180 with LF, the English keys as header, text that no spreadsheet takes for a formula.

use super::document::{Cell, Table};
use super::safe;

/// The header and every row. Reading it gives the texts back as `safe::csv` has them.
pub(super) fn csv(table: &Table) -> String {
    let mut written = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let header = table.columns.iter().map(|column| column.key.as_bytes());
    written.write_record(header).expect("every record has one field a column, and memory does not fail");
    for row in table.full_rows() {
        let fields = row.map(|(_, cell)| field(cell));
        written.write_record(fields).expect("every record has one field a column, and memory does not fail");
    }
    let bytes = written.into_inner().expect("memory does not fail");
    String::from_utf8(bytes).expect("only text was written")
}

/// A share is a fraction, since a spreadsheet would read `5/6` as a day in May.
fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Unknown => String::new(),
        Cell::Text(text) | Cell::Code { code: text, .. } => safe::csv(text).into_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Money(money) => money.to_string(),
        Cell::Decimal(number) if number.is_finite() => number.to_string(),
        Cell::Decimal(_) => String::new(),
        Cell::Percent { met, of } => cell_share(*met, *of).map(|share| share.to_string()).unwrap_or_default(),
        Cell::Day(day) => day.to_string(),
        Cell::Bool(yes) => yes.to_string(),
        Cell::List(items) | Cell::Places(items) => safe::csv(&items.join(";")).into_owned(),
    }
}

/// The share to four places, which is none of nothing.
pub(super) fn cell_share(met: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| (met as f64 / of as f64 * 10_000.0).round() / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::super::document::Column;
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn keys_codes_and_fractions_stand_where_people_read_words() {
        let expected = "\
name,level,visits,share,last-contact
王小明,high,3,0.75,2026-09-01
李秀,,0,,
";
        assert_eq!(csv(&sample::risks()), expected);
    }

    #[test]
    fn a_negative_number_is_no_formula_and_a_text_that_looks_like_one_is_guarded() {
        let mut table = Table::new("t", "", vec![Column::left("a", ""), Column::right("b", "")]);
        table.rows.push(vec![Cell::text("-5"), Cell::Integer(-5)]);
        table.rows.push(vec![Cell::List(vec!["=1".to_owned(), "2".to_owned()]), Cell::Decimal(-0.5)]);
        assert_eq!(csv(&table), "a,b\n'-5,-5\n'=1;2,-0.5\n");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_as_it_can_be_shown(texts in prop::collection::vec(any::<String>(), 1..6)) {
            let columns = (0..texts.len()).map(|index| Column::left(format!("c{index}"), "")).collect();
            let mut table = Table::new("t", "", columns);
            table.rows.push(texts.iter().map(Cell::text).collect());
            // A record of one empty field is written as quotes, since an empty line would be no record.
            let wanted: Vec<_> = texts.iter().map(|text| safe::csv(text).into_owned()).collect();
            prop_assert_eq!(&read(&csv(&table))[1], &wanted);
        }
    }
}
