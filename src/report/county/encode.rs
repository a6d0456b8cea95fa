//! Rows as the bytes of a Parquet file, the same bytes for the same rows.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::layout::{Column, ColumnType, Sheet};
use super::value::{Row, Value};
use crate::model::Day;

/// The rows of a table as a file, with what its footer says of it.
///
/// # Errors
/// None but a fault of the program, which a test finds.
pub fn encoded(sheet: &Sheet, rows: &[Row], about: &[(String, String)]) -> Result<Vec<u8>> {
    let said = about.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
    let properties = WriterProperties::builder()
        .set_created_by(concat!("guanai ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::UNCOMPRESSED)
        .set_key_value_metadata(Some(said))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema(sheet)?, Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for column in &sheet.column {
        let mut writer = group.next_column()?.ok_or_else(|| missing(column))?;
        write(writer.untyped(), column, rows)?;
        writer.close()?;
    }
    group.close()?;
    file.into_inner()
}

fn missing(column: &Column) -> ParquetError {
    ParquetError::General(format!("column {} is not in the schema", column.name))
}

fn schema(sheet: &Sheet) -> Result<TypePtr> {
    let fields = sheet.column.iter().map(|column| field(column).map(Arc::new)).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(&sheet.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<Type> {
    let (physical, logical) = match column.kind {
        ColumnType::Pseudonym | ColumnType::Code => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnType::Integer => (Physical::INT32, None),
        ColumnType::Date => (Physical::INT32, Some(LogicalType::Date)),
        ColumnType::Bool => (Physical::BOOLEAN, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_logical_type(logical);
    builder.with_repetition(Repetition::OPTIONAL).build()
}

fn write(writer: &mut ColumnWriter, column: &Column, rows: &[Row]) -> Result<()> {
    let cells: Vec<Option<&Value>> = rows.iter().map(|row| row.get(&column.name)).collect();
    match (writer, column.kind) {
        (ColumnWriter::ByteArrayColumnWriter(writer), _) => {
            let (values, there) = parted(&cells, |value| text(value, column.kind));
            writer.write_batch(&values, Some(&there), None)?;
        }
        (ColumnWriter::Int32ColumnWriter(writer), _) => {
            let (values, there) = parted(&cells, |value| number(value, column.kind));
            writer.write_batch(&values, Some(&there), None)?;
        }
        (ColumnWriter::BoolColumnWriter(writer), _) => {
            let (values, there) = parted(&cells, truth);
            writer.write_batch(&values, Some(&there), None)?;
        }
        _ => return Err(missing(column)),
    }
    Ok(())
}

/// The values that are there, and for each row whether one is (1) or none (0).
fn parted<T>(cells: &[Option<&Value>], read: impl Fn(&Value) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let read: Vec<Option<T>> = cells.iter().map(|cell| cell.and_then(&read)).collect();
    let there = read.iter().map(|value| i16::from(value.is_some())).collect();
    (read.into_iter().flatten().collect(), there)
}

/// A value of another type than its column's is left out: the list says what goes out.
fn text(value: &Value, kind: ColumnType) -> Option<ByteArray> {
    match (value, kind) {
        (Value::Pseudonym(child), ColumnType::Pseudonym) => Some(child.as_str().into()),
        (Value::Code(code), ColumnType::Code) => Some(code.as_str().into()),
        _ => None,
    }
}

fn number(value: &Value, kind: ColumnType) -> Option<i32> {
    match (value, kind) {
        (Value::Integer(number), ColumnType::Integer) => Some(*number),
        (Value::Date(day), ColumnType::Date) => Some(days(*day)),
        _ => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

/// Days since 1 January 1970, as Parquet counts.
fn days(day: Day) -> i32 {
    let epoch = Day::new(1970, 1, 1).expect("a day of the calendar");
    i32::try_from(day.days_since(epoch)).expect("years have four digits")
}
