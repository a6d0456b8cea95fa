//! A small table and a small document that the tests of every renderer share.

use super::document::{Block, Cell, Chart, ChartKind, Column, Document, Series, Table};
use super::shade_map::ShadeMap;
use crate::model::Day;
use crate::text::Lang;

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn risks() -> Table {
    let columns = vec![
        Column::left("name", "姓名"),
        Column::left("level", "级别"),
        Column::right("visits", "走访"),
        Column::left("share", "完成率"),
        Column::left("last-contact", "最近联系"),
    ];
    let mut table = Table::new("risks", "重点关注名单", columns);
    table.rows = vec![
        vec![
            Cell::text("王小明"),
            Cell::code("high", "高"),
            Cell::Integer(3),
            Cell::Percent { met: 3, of: 4 },
            Cell::Day(day("2026-09-01")),
        ],
        vec![Cell::text("李秀"), Cell::Unknown, Cell::Integer(0), Cell::Percent { met: 0, of: 0 }, Cell::Unknown],
    ];
    table
}

pub(super) fn document() -> Document {
    Document {
        title: "留守儿童关爱工作学期总结".to_owned(),
        subtitle: Some("2026 年秋季学期".to_owned()),
        lang: Lang::Zh,
        day: day("2026-12-20"),
        school: "龙潭小学".to_owned(),
        headed: true,
        blocks: vec![
            Block::Facts(vec![
                ("在册儿童".to_owned(), Cell::Integer(152)),
                ("家访完成率".to_owned(), Cell::Percent { met: 38, of: 40 }),
                ("平均陪伴（小时）".to_owned(), Cell::Decimal(2.5)),
                ("失联家长".to_owned(), Cell::Unknown),
            ]),
            Block::Heading { level: 1, text: "一、基本情况".to_owned() },
            Block::Paragraph("本学期共有 152 名留守儿童在册，全部建立一人一档。".to_owned()),
            Block::Table(risks()),
            Block::Note("级别由规则计算，教师的判断另列。".to_owned()),
            Block::Heading { level: 2, text: "各班走访".to_owned() },
            Block::Chart(visits()),
            Block::Chart(follow_ups()),
            Block::List(vec!["继续每月家访".to_owned(), "寒假前签订安全协议".to_owned()]),
        ],
    }
}

pub(super) fn visits() -> Chart {
    Chart {
        key: "visits-by-class".to_owned(),
        caption: "各班家访".to_owned(),
        kind: ChartKind::Bars,
        categories: ["一年级1班", "二年级1班", "三年级1班"].map(str::to_owned).to_vec(),
        series: vec![Series { label: "次数".to_owned(), values: vec![Some(12.0), Some(9.0), None] }],
        unit: "次".to_owned(),
    }
}

pub(super) fn follow_ups() -> Chart {
    let series = |label: &str, values: [f64; 2]| Series { label: label.to_owned(), values: values.map(Some).to_vec() };
    Chart {
        key: "follow-ups".to_owned(),
        caption: "跟进事项".to_owned(),
        kind: ChartKind::StackedBars,
        categories: ["九月", "十月"].map(str::to_owned).to_vec(),
        series: vec![series("已完成", [8.0, 4.0]), series("逾期", [2.0, 0.0])],
        unit: String::new(),
    }
}

pub(super) fn calendar() -> ShadeMap {
    ShadeMap {
        key: "calendar".to_owned(),
        caption: "每日联系".to_owned(),
        corner: "周一".to_owned(),
        columns: ["一", "二", "三"].map(str::to_owned).to_vec(),
        rows: vec![
            ("09-01".to_owned(), vec![None, Some(20.0), Some(1.0)]),
            ("09-08".to_owned(), vec![Some(9.0), Some(0.0), None]),
        ],
        unit: "次".to_owned(),
    }
}

/// A document as long and as hostile as a school's, to look at.
pub(super) fn large() -> Document {
    let mut large = document();
    let mut roster = Table { key: "roster".to_owned(), caption: "花名册：2026/秋 [全校]".to_owned(), ..risks() };
    roster.columns.push(Column::left("note", "备注").wide(40));
    roster.rows = (0..90).map(roster_row).collect();
    large.blocks.push(Block::Heading { level: 1, text: "二、花名册".to_owned() });
    large.blocks.push(Block::Paragraph("本表按班级和姓名排列，级别由规则计算。".repeat(6)));
    large.blocks.push(Block::Table(roster));
    large.blocks.push(Block::Chart(terms(ChartKind::Lines)));
    large.blocks.push(Block::Chart(terms(ChartKind::Bars)));
    large.blocks.push(Block::Map(calendar()));
    large.blocks.push(Block::Table(Table { rows: Vec::new(), caption: "本期新增".to_owned(), ..risks() }));
    large
}

fn roster_row(number: usize) -> Vec<Cell> {
    let levels = [("high", "高"), ("medium", "中"), ("watch", "关注")];
    let (code, label) = levels[number % 3];
    vec![
        Cell::text(["王小明", "李秀英", "阿卜杜热合曼"][number % 3]),
        Cell::code(code, label),
        Cell::count(number),
        Cell::Percent { met: number as u64, of: 90 },
        Cell::Day(day("2026-09-01").plus(number as i64)),
        Cell::text(
            super::safe::HOSTILE.get(number / 8).copied().unwrap_or("父母均在外，祖母照料，身体较好，每周通话一次"),
        ),
    ]
}

fn terms(kind: ChartKind) -> Chart {
    let series = |label: &str, values: [Option<f64>; 5]| Series { label: label.to_owned(), values: values.to_vec() };
    Chart {
        key: "terms".to_owned(),
        caption: "历次监测平均分".to_owned(),
        kind,
        categories: ["九月", "十月", "十一月", "十二月", "期末"].map(str::to_owned).to_vec(),
        series: vec![
            series("语文", [Some(71.5), Some(74.0), None, Some(79.25), Some(81.0)]),
            series("数学", [Some(65.0), Some(66.0), Some(70.0), Some(69.0), Some(75.5)]),
        ],
        unit: "分".to_owned(),
    }
}
