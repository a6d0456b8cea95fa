//! A document as one HTML file that needs no other: its own style, pictures as SVG, and a policy under which nothing runs.

use minijinja::{Environment, Error, UndefinedBehavior, Value, context};

use super::document::{Align, Block, Cell, Chart, Column, Document, Table, decimal};
use super::shade_map::{SHADES, ShadeMap, is_dark};
use super::{chart, safe};
use crate::text::{self, Lang};

const NAME: &str = "page.html";
const PAGE: &str = include_str!("../../data-template/report/page.html");

/// The whole page. The template escapes every text; control characters are made visible before.
pub(super) fn document(document: &Document) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template(NAME, PAGE)?;
    let page = environment.get_template(NAME)?.render(context! {
        lang => tag(document.lang),
        title => shown(&document.title),
        headed => document.headed,
        subtitle => document.subtitle.as_deref().map(shown),
        origin => document.origin().iter().map(|line| shown(line)).collect::<Vec<_>>(),
        nothing => text::label(document.lang, "report-none"),
        shades => shades(),
        blocks => document.blocks.iter().map(|block| self::block(block, document.headed, document.lang)).collect::<Vec<_>>(),
    })?;
    Ok(page + "\n")
}

fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

fn shown(text: &str) -> String {
    safe::visible_lines(text).into_owned()
}

/// A heading stands one level below the title, where the document has one.
fn block(block: &Block, headed: bool, lang: Lang) -> Value {
    match block {
        Block::Heading { level, text } => {
            context! { kind => "heading", level => (*level).clamp(1, 3) + u8::from(headed), text => shown(text) }
        }
        Block::Paragraph(text) => context! { kind => "paragraph", text => shown(text) },
        Block::Note(text) => context! { kind => "note", text => shown(text) },
        Block::List(items) => {
            context! { kind => "list", items => items.iter().map(|item| shown(item)).collect::<Vec<_>>() }
        }
        Block::Facts(facts) => {
            context! { kind => "facts", facts => facts.iter().map(|fact| self::fact(fact, lang)).collect::<Vec<_>>() }
        }
        Block::Table(table) => {
            let shares = if headed { Vec::new() } else { shares(table) };
            context! { kind => "table", table => self::table(table, lang), shares => shares }
        }
        Block::Chart(chart) => self::chart(chart, lang),
        Block::Map(map) => self::map(map, lang),
        Block::SignOff(text) => context! { kind => "sign-off", text => shown(text) },
        Block::Signatures(labels) => {
            context! { kind => "signatures", items => labels.iter().map(|label| shown(label)).collect::<Vec<_>>() }
        }
        Block::CutLine => context! { kind => "cut-line" },
        Block::PageBreak => context! { kind => "page-break" },
    }
}

fn fact((label, cell): &(String, Cell), lang: Lang) -> Value {
    context! { label => shown(label), text => shown(&cell.figure(lang)), class => manner(cell) }
}

/// The picture, and under it the numbers without their caption, which the picture has.
fn chart(chart: &Chart, lang: Lang) -> Value {
    let numbers = Table { caption: String::new(), ..chart.numbers(lang) };
    context! {
        kind => "chart",
        caption => shown(&chart.full_caption(lang)),
        svg => chart::svg(chart, lang),
        table => table(&numbers, lang),
    }
}

/// A table whose cells are shaded; the name of a row is its header.
fn map(map: &ShadeMap, lang: Lang) -> Value {
    let cell = |value: &Option<f64>| match value.and_then(decimal) {
        Some(number) => context! { text => number, shade => value.map(|value| map.shade(value)) },
        None => context! { text => "", shade => () },
    };
    let row = |(label, values): &(String, Vec<Option<f64>>)| {
        context! { label => shown(label), cells => values.iter().map(cell).collect::<Vec<_>>() }
    };
    context! {
        kind => "map",
        caption => shown(&map.full_caption(lang)),
        corner => shown(&map.corner),
        columns => map.columns.iter().map(|label| shown(label)).collect::<Vec<_>>(),
        rows => map.rows.iter().map(row).collect::<Vec<_>>(),
        nothing => text::label(lang, "report-none"),
    }
}

fn shades() -> Vec<Value> {
    let shade = |(at, color): (usize, &&str)| context! { at => at, color => *color, dark => is_dark(at) };
    SHADES.iter().enumerate().map(shade).collect()
}

fn table(table: &Table, lang: Lang) -> Value {
    let columns = table.columns.iter().map(|column| context! { text => shown(&column.label), class => side(column) });
    let rows =
        table.full_rows().map(|row| row.map(|(column, cell)| self::cell(column, cell, lang)).collect::<Vec<_>>());
    context! {
        caption => shown(&table.caption),
        columns => columns.collect::<Vec<_>>(),
        rows => rows.collect::<Vec<_>>(),
    }
}

/// Each column's part of a table that is as wide as the page, in percent, where the columns have widths.
fn shares(table: &Table) -> Vec<usize> {
    let widths: Option<Vec<usize>> = table.columns.iter().map(|column| column.width.map(usize::from)).collect();
    let widths = widths.unwrap_or_default();
    let sum = widths.iter().sum::<usize>().max(1);
    widths.iter().map(|width| width * 100 / sum).collect()
}

fn cell(column: &Column, cell: &Cell, lang: Lang) -> Value {
    let class = format!("{} {}", side(column), manner(cell));
    context! { text => shown(&cell.words(lang)), class => class.trim() }
}

fn side(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "",
        Align::Right => "right",
        Align::Center => "center",
    }
}

/// What is unknown looks unlike an answer; numbers and days stay on one line.
fn manner(cell: &Cell) -> &'static str {
    match cell {
        Cell::Unknown => "unknown",
        Cell::Integer(_) | Cell::Money(_) | Cell::Decimal(_) | Cell::Percent { .. } | Cell::Day(_) => "keep",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_page_names_its_language_and_needs_nothing_from_outside() {
        let page = document(&sample::document()).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), "{page}");
        for outside in ["src=", "href=", "url(", "@import", "<script", "<link"] {
            assert!(!page.contains(outside), "{outside} is in the page");
        }
    }

    #[test]
    fn every_block_has_its_element() {
        let page = document(&sample::document()).unwrap();
        let body = page.split("<main>").nth(1).unwrap();
        for (element, count) in [("<h2>", 1), ("<h3>", 1), ("<dt>", 4), ("<table>", 3), ("<svg", 2), ("<li>", 2)] {
            assert_eq!(body.matches(element).count(), count, "{element}");
        }
        assert!(body.contains("<td class=\"unknown\">未知</td>"), "{body}");
        assert!(body.contains("<td class=\"right keep\">3</td>"), "{body}");
    }

    #[test]
    fn hostile_text_is_no_markup_in_any_place() {
        let hostile = "<script>alert(1)</script>\u{1b}[31m\" onload=x {{ y }} {% z %}";
        let mut document = sample::document();
        document.title = hostile.to_owned();
        document.school = hostile.to_owned();
        document.blocks.push(Block::Note(hostile.to_owned()));
        document.blocks.push(Block::Facts(vec![(hostile.to_owned(), Cell::text(hostile))]));
        document.blocks.push(Block::Table(Table::new(hostile, hostile, vec![Column::left("a", hostile)])));
        let page = super::document(&document).unwrap();
        assert!(!page.contains("<script") && !page.contains('\u{1b}') && !page.contains("\" onload"), "{page}");
        assert_eq!(page.matches("{{ y }} {% z %}").count(), 7);
    }

    #[test]
    fn an_empty_table_says_so() {
        let mut document = sample::document();
        document.blocks = vec![Block::Table(Table { rows: Vec::new(), ..sample::risks() })];
        assert!(super::document(&document).unwrap().contains("<strong>重点关注名单</strong> （无）"));
    }
}
