use super::layout::{ColumnType, Layout};
use super::shipped::Shipped;
use crate::model::kind::FieldType;

#[test]
fn every_field_that_goes_out_is_one_of_a_shipped_kind_that_is_not_confidential_and_no_text() {
    let (layout, shipped) = (Layout::shipped().unwrap(), Shipped::load().unwrap());
    let mut count = 0;
    for column in layout.table.iter().flat_map(|sheet| &sheet.column) {
        for path in &column.fields {
            let (kind, name) = path.split_once('.').unwrap_or_else(|| panic!("{path} is no KIND.FIELD"));
            let field = shipped.field(kind, name).unwrap_or_else(|| panic!("{path} is not shipped"));
            let fits = match column.kind {
                ColumnType::Code => field.kind == FieldType::Choice,
                ColumnType::Integer => matches!(field.kind, FieldType::Integer | FieldType::Minutes),
                ColumnType::Date => field.kind == FieldType::Date,
                ColumnType::Bool => field.kind == FieldType::Bool,
                ColumnType::Pseudonym => false,
            };
            assert!(fits, "{path} is {:?}, and {} is {:?}", field.kind, column.name, column.kind);
            assert!(!shipped.kind(kind).unwrap().confidential, "{path}");
            count += 1;
        }
    }
    assert!(count > 10);
}

#[test]
fn every_name_stands_once() {
    let layout = Layout::shipped().unwrap();
    let mut tables: Vec<&str> = layout.table.iter().map(|sheet| sheet.name.as_str()).collect();
    for sheet in &layout.table {
        let mut names: Vec<&str> = sheet.column.iter().map(|column| column.name.as_str()).collect();
        assert!(!sheet.each.is_empty() && sheet.column.iter().all(|column| !column.about.is_empty()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{}", sheet.name);
    }
    tables.dedup();
    assert_eq!(tables.len(), 7);
}
