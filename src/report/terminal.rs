//! A document as plain text, for a terminal or a pipe. No text of the ledger reaches the terminal as a command to it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::bars;
use super::document::{Block, Cell, Document, Table, signing};
use super::safe;
use super::spark;
use super::table::{Screen, aligned};
use crate::text::{self, Lang};

/// The whole document, wrapped to the screen; blocks are parted by one empty line.
pub(super) fn document(document: &Document, screen: Screen) -> String {
    let mut parts = if document.headed { head(document, screen) } else { Vec::new() };
    parts.extend(document.blocks.iter().map(|block| self::block(block, document.lang, screen)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn head(document: &Document, screen: Screen) -> Vec<String> {
    let lines = document.subtitle.iter().cloned().chain(document.origin());
    vec![underlined(&document.title, '═', screen), lines.map(|line| wrapped(&line, "", screen)).collect()]
}

fn block(block: &Block, lang: Lang, screen: Screen) -> String {
    match block {
        Block::Heading { level: 0 | 1, text } => underlined(text, '─', screen),
        Block::Heading { level, text } => {
            wrapped(&format!("{} {text}", "▪".repeat(usize::from(*level - 1).min(2))), "", screen)
        }
        Block::Paragraph(text) => wrapped(text, "", screen),
        Block::Note(text) => wrapped(text, "  ", screen),
        Block::List(items) => items.iter().map(|item| listed(item, screen)).collect(),
        Block::Facts(facts) => self::facts(facts, lang, screen),
        Block::Table(table) => captioned(table, lang, screen),
        Block::Chart(chart) => {
            let mut written = captioned(&bars::with_bars(chart, lang), lang, screen);
            let courses: Vec<(String, Cell)> =
                spark::courses(chart).into_iter().map(|(label, course)| (label, Cell::Text(course))).collect();
            written += &facts(&courses, lang, screen);
            written
        }
        Block::Map(map) => captioned(&map.numbers(lang), lang, screen),
        Block::SignOff(text) => signed_off(text, screen),
        Block::Signatures(labels) => labels.iter().map(|label| wrapped(&signing(label), "", screen)).collect(),
        Block::CutLine => across("╌", screen),
        Block::PageBreak => across("═", screen),
    }
}

/// Text at the right margin of a page of 72 letters, or of the screen where that is narrower.
fn signed_off(text: &str, screen: Screen) -> String {
    let room = screen.width.map_or(PAGE_WIDTH, |width| PAGE_WIDTH.min(width.into()));
    let indent = room.saturating_sub(safe::visible(text).width());
    format!("{}{}", " ".repeat(indent), wrapped(text, "", screen))
}

const PAGE_WIDTH: usize = 72;

fn across(line: &str, screen: Screen) -> String {
    line.repeat(screen.width.map_or(PAGE_WIDTH, |width| PAGE_WIDTH.min(width.into()))) + "\n"
}

fn underlined(text: &str, line: char, screen: Screen) -> String {
    let heading = wrapped(text, "", screen);
    let width = heading.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    heading + &line.to_string().repeat(width) + "\n"
}

/// Labels and values under one another, values at one column.
fn facts(facts: &[(String, Cell)], lang: Lang, screen: Screen) -> String {
    let widest = facts.iter().map(|(label, _)| safe::visible(label).width()).max().unwrap_or(0);
    let line = |(label, cell): &(String, Cell)| {
        let gap = " ".repeat(widest - safe::visible(label).width() + 2);
        wrapped(&format!("{label}{gap}{}", cell.words(lang)), "", screen)
    };
    facts.iter().map(line).collect()
}

fn listed(item: &str, screen: Screen) -> String {
    let lines = wrapped(item, "  ", screen);
    format!("- {}", lines.strip_prefix("  ").unwrap_or("\n"))
}

fn captioned(table: &Table, lang: Lang, screen: Screen) -> String {
    let caption = if table.caption.is_empty() { String::new() } else { wrapped(&table.caption, "", screen) };
    match table.rows.is_empty() {
        true => caption + &text::label(lang, "report-none") + "\n",
        false => caption + &aligned(table, lang, screen),
    }
}

/// Text made harmless, in lines no wider than the screen, each behind the indent.
fn wrapped(text: &str, indent: &str, screen: Screen) -> String {
    let text = safe::visible(text);
    let room = screen.width.map_or(usize::MAX, |width| usize::from(width).saturating_sub(indent.len()).max(8));
    lines(&text, room).into_iter().map(|line| format!("{indent}{line}\n")).collect()
}

/// Breaks at the last space, or before any wide character that is no closing mark; a word longer than a line is cut.
fn lines(text: &str, room: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim_end();
    while rest.width() > room {
        let (head, tail) = rest.split_at(break_at(rest, room));
        lines.push(head.trim_end());
        rest = tail.trim_start_matches(' ');
    }
    lines.push(rest);
    lines
}

/// Where the line that begins here ends: a byte past the first character, and on a character's edge.
fn break_at(text: &str, room: usize) -> usize {
    let (mut width, mut good, mut before) = (0, 0, ' ');
    for (index, c) in text.char_indices() {
        if index > 0 && (c == ' ' || breaks_between(before, c)) && width <= room {
            good = index;
        }
        width += c.width().unwrap_or(0);
        if width > room && index > 0 {
            return if good > 0 { good } else { index };
        }
        before = c;
    }
    text.len()
}

fn breaks_between(before: char, c: char) -> bool {
    before == ' ' || ((is_wide(before) || is_wide(c)) && !is_closing(c) && !is_opening(before))
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

/// Ideographic comma and full stop, closing brackets and quotes, wide comma, colon, semicolon, marks.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'
            | '\u{3002}'
            | '\u{ff0c}'
            | '\u{ff1a}'
            | '\u{ff1b}'
            | '\u{ff01}'
            | '\u{ff1f}'
            | '\u{ff09}'
            | '\u{300b}'
            | '\u{300d}'
            | '\u{300f}'
            | '\u{3011}'
            | '\u{201d}'
            | '\u{2019}'
            | ','
            | '.'
            | ')'
            | ':'
            | ';'
            | '!'
            | '?'
            | '%'
    )
}

fn is_opening(c: char) -> bool {
    matches!(c, '\u{ff08}' | '\u{300a}' | '\u{300c}' | '\u{300e}' | '\u{3010}' | '\u{201c}' | '\u{2018}' | '(')
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_document_is_readable_as_plain_text() {
        let expected = "\
留守儿童关爱工作学期总结
════════════════════════

2026 年秋季学期
学校：龙潭小学
数据截至 2026-12-20

在册儿童          152
家访完成率        95% (38/40)
平均陪伴（小时）  2.5
失联家长          未知

一、基本情况
────────────

本学期共有 152 名留守儿童在册，全部建立一人一档。

重点关注名单
姓名    级别  走访  完成率     最近联系
─────────────────────────────────────────
王小明  高       3  75% (3/4)  2026-09-01
李秀    未知     0  — (0/0)    未知

  级别由规则计算，教师的判断另列。

▪ 各班走访

各班家访（次）
类别       次数  图示
─────────────────────────────────────────
一年级1班    12  ████████████████████████
二年级1班     9  ██████████████████
三年级1班  未知

跟进事项
类别  █ 已完成  ▒ 逾期  图示
────────────────────────────────────────────────
九月         8       2  ███████████████████▒▒▒▒▒
十月         4       0  ██████████

- 继续每月家访
- 寒假前签订安全协议
";
        let written = document(&sample::document(), Screen::default());
        assert_eq!(written, expected, "\n{written}");
    }

    #[test]
    fn a_line_breaks_between_characters_but_not_before_a_full_stop() {
        assert_eq!(lines("本学期家访完成。下学期", 14), ["本学期家访完", "成。下学期"]);
        assert_eq!(lines("one two three", 8), ["one two", "three"]);
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("共有152名儿童", 6), ["共有", "152名", "儿童"]);
    }

    proptest! {
        #[test]
        fn nothing_but_newlines_controls_the_terminal_and_no_text_is_lost(text in any::<String>()) {
            let mut hostile = sample::document();
            hostile.title.clone_from(&text);
            hostile.blocks = vec![
                Block::Heading { level: 2, text: text.clone() },
                Block::List(vec![text.clone()]),
                Block::Facts(vec![(text.clone(), Cell::text(&text))]),
            ];
            let written = document(&hostile, Screen { width: Some(30), color: false });
            prop_assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{:?}", written);
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(kept(&lines(&safe::visible(&text), 9).concat()), kept(&safe::visible(&text)));
        }
    }
}
