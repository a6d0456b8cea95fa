//! The tables of the books, each fund by fund, in the order of the names.

use crate::report::speaking::Speaking;
use std::collections::BTreeMap;

use super::Source;
use crate::assess::funds::{Fund, Line, Moved};
use crate::model::fund::Stuff;
use crate::model::{ActivityAt, Money};
use crate::report::{Cell, Column, Table, few};

fn left(source: &Source, key: &'static str, word: &str) -> Column {
    Column::left(key, source.word(word))
}

fn right(source: &Source, key: &'static str, word: &str) -> Column {
    Column::right(key, source.word(word))
}

fn table(source: &Source, key: &str, columns: Vec<Column>) -> Table {
    Table::new(key, source.word(&format!("funds-table-{key}")), columns)
}

/// Brought forward, in, out, left; the sum of all funds below them.
pub(super) fn by_fund(source: &Source) -> Table {
    let columns = vec![
        left(source, "fund", "funds-fund"),
        right(source, "brought", "funds-brought"),
        right(source, "income", "funds-income"),
        right(source, "spending", "funds-spending"),
        right(source, "left", "funds-left"),
    ];
    let mut table = table(source, "funds", columns);
    let row = |name: Cell, [brought, income, spending, left]: [Money; 4]| {
        vec![name, Cell::Money(brought), Cell::Money(income), Cell::Money(spending), Cell::Money(left)]
    };
    for (name, fund) in &source.books.funds {
        let sums = [fund.brought, fund.income, fund.spending, fund.left];
        table.rows.push(row(Cell::text(source.fund(name)), sums));
    }
    let all = [
        source.sum(|fund| fund.brought),
        source.sum(|fund| fund.income),
        source.sum(|fund| fund.spending),
        source.sum(|fund| fund.left),
    ];
    table.rows.push(row(Cell::code("total", source.word("funds-total")), all));
    table
}

pub(super) fn sources(source: &Source) -> Table {
    let what = left(source, "source", "funds-source");
    lines(source, "income", what, |fund| &fund.sources, None)
}

/// What was spent for what, and for how many children: few of them are folded, and none can be had from the others.
pub(super) fn purposes(source: &Source) -> Table {
    let spent = source.books.funds.values().flat_map(|fund| fund.purposes.values());
    let counts: Vec<u32> = spent.map(|line| line.children.len() as u32).collect();
    let what = left(source, "purpose", "funds-purpose");
    lines(source, "spending", what, |fund| &fund.purposes, Some(few::parts(&counts, source.lang)))
}

/// What came or went, line by line; with the children of each line where they are given.
fn lines(
    source: &Source,
    key: &str,
    what: Column,
    of: impl Fn(&Fund) -> &BTreeMap<String, Line>,
    children: Option<Vec<Cell>>,
) -> Table {
    let mut columns = vec![left(source, "fund", "funds-fund"), what, right(source, "times", "term-times")];
    columns.extend(children.as_ref().map(|_| right(source, "children", "term-children")));
    columns.push(right(source, "amount", "funds-amount"));
    let mut table = table(source, key, columns);
    let mut children = children.map(Vec::into_iter);
    for (name, fund) in &source.books.funds {
        for (what, line) in of(fund) {
            let mut row =
                vec![Cell::text(source.fund(name)), source.free_or_unknown(what), Cell::Integer(i64::from(line.times))];
            row.extend(children.as_mut().map(|children| children.next().unwrap_or_default()));
            row.push(Cell::Money(line.money));
            table.rows.push(row);
        }
    }
    table
}

pub(super) fn goods(source: &Source) -> Table {
    let columns = vec![
        left(source, "fund", "funds-fund"),
        left(source, "item", "funds-item"),
        left(source, "unit", "funds-unit"),
        right(source, "brought", "funds-brought"),
        right(source, "came", "funds-came"),
        right(source, "went", "funds-went"),
        right(source, "left", "funds-left"),
    ];
    let mut table = table(source, "goods", columns);
    let number = |exact: crate::model::Exact| Cell::text(exact.to_string());
    for (name, fund) in &source.books.funds {
        for ((item, unit), goods) in &fund.goods {
            table.rows.push(vec![
                Cell::text(source.fund(name)),
                source.free_or_unknown(item),
                Cell::text(unit),
                if goods.is_kept { number(goods.brought) } else { Cell::Unknown },
                number(goods.came),
                number(goods.went),
                if goods.is_kept { number(goods.left) } else { Cell::Unknown },
            ]);
        }
    }
    table
}

/// Each total had in two ways, and whether both are the same.
pub(super) fn crossed(source: &Source) -> Table {
    let columns = vec![
        left(source, "check", "funds-check"),
        right(source, "parts", "funds-of-parts"),
        right(source, "whole", "funds-of-whole"),
        left(source, "agrees", "funds-agrees"),
    ];
    let mut table = table(source, "checks", columns);
    for (key, parts, whole) in source.books.crossed() {
        table.rows.push(vec![
            Cell::code(key, source.word(&format!("funds-check-{key}"))),
            Cell::Money(parts),
            Cell::Money(whole),
            Cell::Bool(parts == whole),
        ]);
    }
    let goods = Cell::Bool(source.books.goods_agree());
    table.rows.push(vec![Cell::code("goods", source.word("funds-check-goods")), Cell::Empty, Cell::Empty, goods]);
    table
}

pub(super) fn overdrawn(source: &Source) -> Table {
    let columns = vec![
        left(source, "fund", "funds-fund"),
        left(source, "day", "column-date"),
        right(source, "balance", "funds-balance"),
        left(source, "rows", "funds-row"),
        left(source, "reason", "column-reason"),
    ];
    let mut table = table(source, "overdrawn", columns);
    for one in &source.books.overdrawn {
        table.rows.push(vec![
            Cell::text(source.fund(&one.fund)),
            Cell::Day(one.day),
            Cell::Money(one.balance),
            Cell::List(one.rows.clone()),
            source.free_or_unknown(&one.reason),
        ]);
    }
    table
}

/// Each row once, with all that it moves.
pub(super) fn without_receipt(source: &Source) -> Table {
    rows(source, "without-receipt", &source.books.without_receipt)
}

pub(super) fn unread(source: &Source) -> Table {
    rows(source, "unread", &source.books.unread)
}

fn rows(source: &Source, key: &str, moved: &[Moved]) -> Table {
    let columns = vec![
        left(source, "place", "funds-place"),
        left(source, "row", "funds-row"),
        left(source, "day", "column-date"),
        left(source, "fund", "funds-fund"),
        left(source, "way", "funds-way"),
        left(source, "what", "funds-what"),
    ];
    let mut table = table(source, key, columns);
    let mut by_row: BTreeMap<(crate::model::Day, ActivityAt), Vec<&Moved>> = BTreeMap::new();
    moved.iter().for_each(|one| by_row.entry((one.day, one.at)).or_default().push(one));
    for ((day, _), moved) in by_row {
        let (place, id) = source.row(moved[0]);
        let what: Vec<String> = moved.iter().map(|one| said(source, &one.flow.stuff)).collect();
        let way = moved[0].flow.way;
        table.rows.push(vec![
            place,
            id,
            Cell::Day(day),
            Cell::text(source.fund(&moved[0].flow.fund)),
            Cell::code(way.code(), source.word(&way.key())),
            Cell::List(what),
        ]);
    }
    table
}

fn said(source: &Source, stuff: &Stuff) -> String {
    match stuff {
        Stuff::Money(money) => money.to_string(),
        Stuff::Goods { item, quantity } => format!("{quantity} {}", source.free(item)),
        Stuff::Unread => source.word("report-unknown"),
    }
}
