//! Tables and documents as Markdown (the dialect of GitHub), in which no text of the ledger is markup.

use std::fmt::Write;

use super::bars;
use super::document::{Align, Block, Cell, Document, Table, signing};
use super::safe;
use super::spark;
use crate::text::{self, Lang};

/// A table with a header, one line a row.
pub(super) fn table(table: &Table, lang: Lang) -> String {
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
        Align::Center => ":---:".to_owned(),
    });
    let mut written = line(table.columns.iter().map(|column| safe::markdown(&column.label)));
    written += &line(rules);
    for row in table.full_rows() {
        written += &line(row.map(|(_, cell)| safe::markdown(&cell.words(lang))));
    }
    written
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.fold("|".to_owned(), |line, cell| line + " " + &cell + " |") + "\n"
}

/// The whole document; every block ends in an empty line, and the document in one newline.
pub(super) fn document(document: &Document) -> String {
    let mut written = if document.headed { head(document) } else { String::new() };
    for block in &document.blocks {
        written += &self::block(block, document.headed, document.lang);
    }
    written.truncate(written.trim_end().len());
    written + "\n"
}

fn head(document: &Document) -> String {
    let mut written = format!("# {}\n\n", safe::markdown(&document.title));
    for line in document.subtitle.iter().cloned().chain(document.origin()) {
        let _ = write!(written, "{}\n\n", safe::markdown_line(&line));
    }
    written
}

/// A heading stands one level below the title, where the document has one.
fn block(block: &Block, headed: bool, lang: Lang) -> String {
    match block {
        Block::Heading { level, text } => {
            let marks = "#".repeat(usize::from((*level).clamp(1, 3)) + usize::from(headed));
            format!("{marks} {}\n\n", safe::markdown(text))
        }
        Block::Paragraph(text) => safe::markdown_line(text) + "\n\n",
        Block::Note(text) => format!("> {}\n\n", safe::markdown_line(text)),
        Block::List(items) => {
            items.iter().map(|item| format!("- {}\n", safe::markdown_line(item))).collect::<String>() + "\n"
        }
        Block::Facts(facts) => facts.iter().map(|fact| self::fact(fact, lang)).collect::<String>() + "\n",
        Block::Table(table) => captioned(table, lang),
        Block::Chart(chart) => {
            let courses: String = spark::courses(chart)
                .into_iter()
                .map(|(label, course)| fact(&(label, Cell::Text(course)), lang))
                .collect();
            let courses = if courses.is_empty() { courses } else { courses + "\n" };
            captioned(&bars::with_bars(chart, lang), lang) + &courses
        }
        Block::Map(map) => captioned(&map.numbers(lang), lang),
        Block::SignOff(text) => safe::markdown_line(text) + "\n\n",
        Block::Signatures(labels) => {
            labels.iter().map(|label| safe::markdown_line(&signing(label)) + "\n\n").collect::<String>()
        }
        Block::CutLine => "- - -\n\n".to_owned(),
        Block::PageBreak => "* * *\n\n".to_owned(),
    }
}

fn fact((label, cell): &(String, Cell), lang: Lang) -> String {
    let label = safe::markdown_line(label);
    format!(
        "- {}\n",
        text::say(lang, "report-fact-line", &[("label", &label), ("value", &safe::markdown(&cell.words(lang)))])
    )
}

fn captioned(table: &Table, lang: Lang) -> String {
    let caption = safe::markdown_line(&table.caption);
    let body = match table.rows.is_empty() {
        true => text::label(lang, "report-none") + "\n",
        false => self::table(table, lang),
    };
    if caption.is_empty() { body + "\n" } else { format!("{caption}\n\n{body}\n") }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_document_has_headings_lists_and_tables() {
        let expected = "\
# 留守儿童关爱工作学期总结

2026 年秋季学期

学校：龙潭小学

数据截至 2026-12-20

- 在册儿童：152
- 家访完成率：95% (38/40)
- 平均陪伴（小时）：2.5
- 失联家长：未知

## 一、基本情况

本学期共有 152 名留守儿童在册，全部建立一人一档。

重点关注名单

| 姓名 | 级别 | 走访 | 完成率 | 最近联系 |
| --- | --- | ---: | --- | --- |
| 王小明 | 高 | 3 | 75% (3/4) | 2026-09-01 |
| 李秀 | 未知 | 0 | — (0/0) | 未知 |

> 级别由规则计算，教师的判断另列。

### 各班走访

各班家访（次）

| 类别 | 次数 | 图示 |
| --- | ---: | --- |
| 一年级1班 | 12 | ████████████████████████ |
| 二年级1班 | 9 | ██████████████████ |
| 三年级1班 | 未知 |  |

跟进事项

| 类别 | █ 已完成 | ▒ 逾期 | 图示 |
| --- | ---: | ---: | --- |
| 九月 | 8 | 2 | ███████████████████▒▒▒▒▒ |
| 十月 | 4 | 0 | ██████████ |

- 继续每月家访
- 寒假前签订安全协议
";
        let written = document(&sample::document());
        assert_eq!(written, expected, "\n{written}");
    }

    #[test]
    fn every_row_of_hostile_text_is_one_line_with_as_many_bars_as_any_other() {
        let mut hostile = sample::risks();
        hostile.rows = safe::HOSTILE.iter().map(|text| vec![Cell::text(*text), Cell::code("x", *text)]).collect();
        let written = table(&hostile, Lang::Zh);
        assert_eq!(written.lines().count(), hostile.rows.len() + 2);
        for line in written.lines() {
            assert_eq!(line.matches('|').count() - line.matches("\\|").count(), 6, "{line}");
        }
    }

    #[test]
    fn an_empty_table_says_so_under_its_caption() {
        let mut table = sample::risks();
        table.rows.clear();
        assert_eq!(captioned(&table, Lang::Zh), "重点关注名单\n\n（无）\n\n");
    }
}
