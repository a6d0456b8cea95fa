//! What the TOML parser says, in the language of the reader. Its messages have few shapes: what it found, and behind
//! `, expected ` what it wanted, with names in backticks. What has another shape is said as the parser says it.

use super::{Lang, find, say};

/// The shapes of what was found, each with the key of its words; `*` stands for a name.
const FOUND: [(&str, &str); 24] = [
    ("missing field `*`", "parser-missing-field"),
    ("unknown field `*`", "parser-unknown-field"),
    ("unknown variant `*`", "parser-unknown-value"),
    ("duplicate field `*`", "parser-duplicate-field"),
    ("invalid type: string *", "parser-type-text"),
    ("invalid type: integer `*`", "parser-type-number"),
    ("invalid type: floating point `*`", "parser-type-number"),
    ("invalid type: boolean `*`", "parser-type-bool"),
    ("invalid type: sequence", "parser-type-list"),
    ("invalid type: map", "parser-type-table"),
    ("duplicate key", "parser-duplicate-key"),
    ("invalid date", "parser-date"),
    ("unclosed *", "parser-unclosed"),
    ("string values must be quoted", "parser-quotes"),
    ("invalid basic string", "parser-quotes-open"),
    ("key with no value", "parser-no-value"),
    ("* is not a class such as 2023-2 (year of entry - class)", "parser-class"),
    ("* is not a day such as 2026-09-10", "parser-day"),
    ("* is not a day of the calendar", "parser-date"),
    ("wanted string or table", "parser-text-or-table"),
    ("missing comma between array elements", "parser-comma"),
    ("unquoted keys cannot be empty", "parser-no-key"),
    ("unexpected key or value", "parser-too-much"),
    ("missing escaped value", "parser-escape"),
];

/// The shapes of what was wanted.
const WANTED: [(&str, &str); 10] = [
    ("a TOML datetime", "parser-wants-day"),
    ("a string", "parser-wants-text"),
    ("a boolean", "parser-wants-bool"),
    ("a sequence", "parser-wants-list"),
    ("struct *", "parser-wants-table"),
    ("a map", "parser-wants-table"),
    ("day between 01 and *", "parser-wants-day-of-month"),
    ("month between 01 and 12", "parser-wants-month"),
    ("i32", "parser-wants-number"),
    ("literal string", "parser-wants-text"),
];

/// The parser's message in a language.
pub fn parser(lang: Lang, message: &str) -> String {
    if lang == Lang::En {
        return message.to_owned();
    }
    let (found, wanted) = message.split_once(", expected ").unwrap_or((message, ""));
    let Some(found) = worded(lang, &FOUND, found) else {
        return say(lang, "parser-other", &[("message", message)]);
    };
    if wanted.is_empty() {
        return found;
    }
    let wanted = worded(lang, &WANTED, wanted).unwrap_or_else(|| {
        wanted.trim_start_matches("one of ").replace(" or ", &find(lang, "parser-or").unwrap_or_default())
    });
    say(lang, "parser-found-and-wanted", &[("found", &found), ("wanted", &wanted)])
}

fn worded(lang: Lang, shapes: &[(&str, &str)], text: &str) -> Option<String> {
    shapes.iter().find_map(|(shape, key)| {
        let name = match shape.split_once('*') {
            None if *shape == text => "",
            None => return None,
            Some((before, after)) => text.strip_prefix(before)?.strip_suffix(after)?,
        };
        Some(say(lang, key, &[("name", name)]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_says_is_said_in_chinese() {
        for (message, wanted) in [
            ("unknown variant `x`, expected `male` or `female`", "没有“x”这个值；应为`male` 或 `female`"),
            (
                "invalid type: string \"2016-13-01\", expected a TOML datetime",
                "写成了文字 \"2016-13-01\"；应为日期，如 2016-03-06，不加引号",
            ),
            ("missing field `relation`", "缺少 relation"),
            ("invalid date, expected day between 01 and 29", "日期不对；应为01 至 29 日"),
            ("unclosed table, expected `]`", "没有写完（table）；应为`]`"),
            (
                "\"9\" is not a class such as 2023-2 (year of entry - class)",
                "班级“\"9\"”认不出；写成 2023-2（入学年份-班）",
            ),
            ("something of the next version", "写法不对（something of the next version）"),
        ] {
            assert_eq!(parser(Lang::Zh, message), wanted);
            assert_eq!(parser(Lang::En, message), message);
        }
    }
}
