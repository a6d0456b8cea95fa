//! Tables and documents as JSON: English keys, values as they are, `null` for what is unknown or empty.

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::csv::cell_share;
use super::document::{Block, Cell, Chart, ChartKind, Column, Document, Series, Table};
use super::safe;
use super::shade_map::ShadeMap;

/// One array of objects, one object a line, so that a change is a line of a diff.
pub(super) fn array(table: &Table) -> String {
    let rows = written(table);
    match rows.is_empty() {
        true => "[]\n".to_owned(),
        false => safe::json(&format!("[\n{}\n]\n", rows.join(",\n"))).into_owned(),
    }
}

/// One object a line.
pub(super) fn lines(table: &Table) -> String {
    let lines: Vec<String> = written(table).into_iter().map(|object| object + "\n").collect();
    safe::json(&lines.concat()).into_owned()
}

/// The whole document, indented, its blocks in their order.
pub(super) fn document(document: &Document) -> String {
    let value = json!({
        "title": document.title,
        "subtitle": document.subtitle,
        "school": document.school,
        "day": document.day.to_string(),
        "lang": document.lang.code(),
        "blocks": document.blocks.iter().map(block).collect::<Vec<_>>(),
    });
    safe::json(&format!("{value:#}\n")).into_owned()
}

/// Each row as it is written. Those of a whole school are put together on all cores.
fn written(table: &Table) -> Vec<String> {
    let rows: Vec<Vec<(&Column, &Cell)>> = table.full_rows().map(Iterator::collect).collect();
    rows.into_par_iter().map(|row| object(row.into_iter()).to_string()).collect()
}

fn object<'t>(row: impl Iterator<Item = (&'t Column, &'t Cell)>) -> Value {
    row.map(|(column, cell)| (column.key.to_string(), value(cell))).collect::<Map<_, _>>().into()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty | Cell::Unknown => Value::Null,
        Cell::Text(text) | Cell::Code { code: text, .. } => json!(text),
        Cell::Integer(number) => json!(number),
        // Text, as a reader's own number may not be exact.
        Cell::Money(money) => json!(money.to_string()),
        Cell::Decimal(number) => json!(number),
        Cell::Percent { met, of } => json!({ "met": met, "of": of, "share": cell_share(*met, *of) }),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Bool(yes) => json!(yes),
        Cell::List(items) | Cell::Places(items) => json!(items),
    }
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { level, text } => json!({ "type": "heading", "level": level, "text": text }),
        Block::Paragraph(text) => json!({ "type": "paragraph", "text": text }),
        Block::Note(text) => json!({ "type": "note", "text": text }),
        Block::List(items) => json!({ "type": "list", "items": items }),
        Block::Facts(facts) => json!({ "type": "facts", "facts": facts.iter().map(fact).collect::<Vec<_>>() }),
        Block::Table(table) => self::table(table),
        Block::Chart(chart) => self::chart(chart),
        Block::Map(map) => self::map(map),
        Block::SignOff(text) => json!({ "type": "sign-off", "text": text }),
        Block::Signatures(labels) => json!({ "type": "signatures", "labels": labels }),
        Block::CutLine => json!({ "type": "cut-line" }),
        Block::PageBreak => json!({ "type": "page-break" }),
    }
}

fn fact((label, cell): &(String, Cell)) -> Value {
    json!({ "label": label, "value": value(cell) })
}

fn table(table: &Table) -> Value {
    let column = |column: &Column| json!({ "key": column.key, "label": column.label });
    json!({
        "type": "table",
        "key": table.key,
        "caption": table.caption,
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": table.full_rows().map(object).collect::<Vec<_>>(),
    })
}

fn chart(chart: &Chart) -> Value {
    let values = |series: &Series| (0..chart.categories.len()).map(|index| series.at(index)).collect::<Vec<_>>();
    let series = |series: &Series| json!({ "label": series.label, "values": values(series) });
    json!({
        "type": "chart",
        "key": chart.key,
        "caption": chart.caption,
        "kind": kind(chart.kind),
        "unit": chart.unit,
        "categories": chart.categories,
        "series": chart.series.iter().map(series).collect::<Vec<_>>(),
    })
}

fn map(map: &ShadeMap) -> Value {
    let row = |(label, values): &(String, Vec<Option<f64>>)| json!({ "label": label, "values": values });
    json!({
        "type": "map",
        "key": map.key,
        "caption": map.caption,
        "unit": map.unit,
        "columns": map.columns,
        "rows": map.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn kind(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Bars => "bars",
        ChartKind::StackedBars => "stacked-bars",
        ChartKind::Lines => "lines",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_listing_is_an_array_of_objects_under_english_keys() {
        let expected = r#"[
{"name":"王小明","level":"high","visits":3,"share":{"met":3,"of":4,"share":0.75},"last-contact":"2026-09-01"},
{"name":"李秀","level":null,"visits":0,"share":{"met":0,"of":0,"share":null},"last-contact":null}
]
"#;
        assert_eq!(array(&sample::risks()), expected);
        assert_eq!(lines(&sample::risks()).lines().count(), 2);
    }

    #[test]
    fn a_number_that_is_none_is_null() {
        assert_eq!(value(&Cell::Decimal(f64::NAN)), Value::Null);
        assert_eq!(value(&Cell::Decimal(2.5)), json!(2.5));
    }

    #[test]
    fn a_document_keeps_its_blocks_in_order_with_raw_values() {
        let read: Value = serde_json::from_str(&document(&sample::document())).unwrap();
        let types: Vec<_> =
            read["blocks"].as_array().unwrap().iter().map(|block| block["type"].as_str().unwrap()).collect();
        let wanted = ["facts", "heading", "paragraph", "table", "note", "heading", "chart", "chart", "list"];
        assert_eq!(types, wanted);
        assert_eq!((&read["day"], &read["lang"]), (&json!("2026-12-20"), &json!("zh")));
        assert_eq!(read["blocks"][0]["facts"][1]["value"]["met"], json!(38));
        assert_eq!(read["blocks"][6]["series"][0]["values"], json!([12.0, 9.0, null]));
    }

    proptest! {
        #[test]
        fn every_text_comes_back_from_jsonl_exactly(text in any::<String>()) {
            let mut table = sample::risks();
            table.rows = vec![vec![Cell::text(&text)]];
            let line = lines(&table);
            prop_assert_eq!(line.lines().count(), 1);
            let read: Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(read["name"].as_str(), Some(text.as_str()));
        }
    }
}
