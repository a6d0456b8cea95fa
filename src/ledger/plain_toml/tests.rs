use super::*;
use crate::ledger::coding;
use proptest::prelude::*;

/// What the full parser makes of the text, as this one says it.
fn in_full(value: &Value) -> toml::Value {
    let table = |entries: &Entries| {
        toml::Value::Table(entries.iter().map(|(key, value)| ((*key).to_owned(), in_full(value))).collect())
    };
    match value {
        Value::Text(text) => toml::Value::String((*text).to_owned()),
        Value::Truth(truth) => toml::Value::Boolean(*truth),
        Value::Number(number) => toml::Value::Integer(*number),
        Value::Decimal(number) => toml::Value::Float(*number),
        Value::Day(day) => toml::Value::Datetime(day.parse().unwrap()),
        Value::List(list) => toml::Value::Array(list.iter().map(in_full).collect()),
        Value::Table(_, entries) | Value::Inline(_, entries) => table(entries),
        Value::Tables(tables) => toml::Value::Array(tables.iter().map(|(_, entries)| table(entries)).collect()),
    }
}

fn same_in_full(text: &str) -> bool {
    let Some(tree) = tree(text) else { return true };
    text.parse::<toml::Table>().is_ok_and(|table| toml::Value::Table(table) == in_full(&tree))
}

#[test]
fn what_every_question_reads_of_the_template_is_plain() {
    for (path, bytes) in crate::ledger::template::files() {
        let text = std::str::from_utf8(bytes).unwrap();
        if path.ends_with(".toml") {
            let is_asked_for_often = !path.starts_with("import/");
            assert!(tree(text).is_some() || !is_asked_for_often, "{path}");
            assert!(same_in_full(text), "{path}");
        }
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_full_parser() {
    for text in [
        "a = \"x\\n\"",
        "a = 'x'",
        "a = \"\"\"x\"\"\"",
        "a = 1.",
        "a = .5",
        "a = 01.5",
        "a = 1.5e3",
        "a = 1.5.5",
        "a = --1",
        "a = -01",
        "a = +1",
        "a = -",
        "a = 01",
        "a = 1_000",
        "a = 2026-09-31",
        "a = 2026-09-01T10:00:00",
        "a = 2026-09-01 10:00:00",
        "a.b = 1",
        "a = 1\na = 2",
        "[a]\n[a]",
        "a = [{ b = 1 }]\n[[a]]",
        "a = { b = 1 }\n[a.c]",
        "a = 1 b = 2",
        "a = \"x\"\r\n",
        "a = [1 2]",
        "a = { b = 1, }",
        "[[a]\n",
        "[a] b = 1",
        "a = ",
        "= 1",
    ] {
        assert!(tree(text).is_none(), "{text:?}");
    }
}

#[test]
fn a_day_and_a_month_are_read_as_the_full_parser_reads_them() {
    #[derive(serde::Deserialize, PartialEq, Debug)]
    struct Both {
        from: crate::model::When,
        noted: crate::model::When,
        on: crate::model::Day,
    }
    let text = "from = \"2021-02\"\nnoted = 2021-02-15 # by phone\non = 2024-02-29";
    assert_eq!(read::<Both>(text), Ok(toml::from_str(text).unwrap()));
}

#[derive(serde::Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
struct Typed {
    a: Option<u8>,
    list: Option<Vec<Way>>,
    on: Option<crate::model::Day>,
    words: Option<std::collections::BTreeMap<String, String>>,
    entry: Option<Vec<toml::Spanned<Entry>>>,
}

#[derive(serde::Deserialize, PartialEq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Way {
    Plain,
    Number(f64),
    Of { x: i64 },
}

#[derive(serde::Deserialize, PartialEq, Debug)]
struct Entry {
    name: String,
    way: Option<Way>,
}

/// What the full parser makes of the text by itself: the value, or the line of what is wrong with it.
fn alone(text: &str) -> Result<Typed, u32> {
    let line = |wrong: toml::de::Error| coding::line_at(text.as_bytes(), wrong.span().map_or(0, |span| span.start));
    toml::from_str(text).map_err(line)
}

fn here(text: &str) -> Result<Typed, u32> {
    read(text).map_err(|(_, byte)| coding::line_at(text.as_bytes(), byte.unwrap_or(0)))
}

#[test]
fn what_is_wrong_is_said_with_its_line_as_the_full_parser_says_it() {
    for (text, said) in [
        (
            "a = 1\nlist = [\n  \"plain\",\n  \"other\",\n]\n",
            "unknown variant `other`, expected one of `plain`, `number`, `of`",
        ),
        ("\n\na = \"x\"\n", "invalid type: string \"x\", expected u8"),
        ("a = 300\n", "invalid value: integer `300`, expected u8"),
        ("\nb = 1\n", "unknown field `b`, expected one of `a`, `list`, `on`, `words`, `entry`"),
        ("[[entry]]\nname = \"x\"\n\n[[entry]]\nway = \"plain\"\n", "missing field `name`"),
        ("on = 2026-09-01T10:00:00\n", "2026-09-01T10:00:00 is not a day such as 2026-09-10"),
    ] {
        let Err((message, _)) = read::<Typed>(text) else { panic!("{text}") };
        assert_eq!((message.as_str(), here(text)), (said, alone(text)), "{text}");
    }
    // A key with escapes is no piece of the text: its table is named.
    assert_eq!(here("\n[words]\n\"a\\u0062\" = 1\n"), Err(2));
    // By itself it names the first line behind the heading.
    assert_eq!(here("[[entry]]\nname = \"x\"\n[entry.way.of]\ny = 1\n"), Err(3));
    let (message, byte) = read::<Typed>("a = 99999999999999999999\n").unwrap_err();
    assert_eq!((message.as_str(), byte), ("a number that cannot be read: 99999999999999999999", Some(4)));
}

#[test]
fn what_only_the_full_parser_reads_makes_the_same_values() {
    for text in [
        "a = 0x1F\nlist = ['plain', { number = 1_0.5 }, { of = { x = -1 } }]\n",
        "on = 2026-09-01\nwords = { 'x y' = \"a\\nb\", y = \"\"\"long\"\"\" }\n",
        "words.a = \"1\"\nwords.b = \"2\"\r\n[[entry]]\r\nname = 'x'\r\nway.of.x = 7\r\n",
        "list = [{ number = inf }] # \r\n",
    ] {
        assert!(tree(text).is_none(), "{text}");
        assert_eq!(here(text), alone(text), "{text}");
    }
    let text = "a = 2026-09-01T10:00:00Z\nb = [1, 'x', {}]";
    assert_eq!(read::<toml::Table>(text), Ok(toml::from_str(text).unwrap()));
}

proptest! {
    #[test]
    fn whatever_is_read_the_full_parser_reads_the_same(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "b", "\"c d\"", "'", "\"", "=", " = ", "1", "01", "true", "2026-02-28", "2026-02-30", "\"x\"", "\"名\"", "[", "]",
        "[[", "]]", "{", "}", ",", ".", "\n", "\n", "# x", " ", "\t", "\r", "\n[a]\n", "\n[[b]]\n", "\n[b.a]\n", "a = 1\n",
        "b = [1, 2]\n", "a = { b = 1 }\n", "\n[[b.a]]\n", "1.5", "-", "\u{7f}", "\\n",
    ]), 0..12)) {
        let text = parts.concat();
        prop_assert!(same_in_full(&text), "{text:?}");
    }

    #[test]
    fn whatever_the_full_parser_makes_of_a_text_is_made_of_it_here(parts in prop::collection::vec(prop::sample::select(vec![
        "a = 1\n", "a = 300\n", "a = \"x\"\n", "a = 0x1F # x\n", "list = [\"plain\"]\n", "list = [\n", "]\n", "{ of = { x = 1 } },\n",
        "{ number = 1.5 }, { of = { y = 'z' } }\n", "'plain',\n", "on = 2026-09-01\n", "on = 2026-09-01T10:00:00\n", "on = 10:00:00\n",
        "[words]\n", "x = \"y\"\n", "'x y' = 'z'\n", "x = 1\n", "[[entry]]\n", "name = \"n\"\n", "name = 'n'\r\n", "way = \"plain\"\n",
        "way = { number = 2.0 }\n", "way = {}\n", "[entry.way]\n", "[entry.way.of]\n", "b = 1\n", "\n", "# 名\n", "\"",
    ]), 0..8)) {
        let text = parts.concat();
        prop_assert_eq!(here(&text).is_ok(), alone(&text).is_ok(), "{:?}", text);
        if let Ok(typed) = alone(&text) {
            prop_assert_eq!(here(&text), Ok(typed), "{:?}", text);
        }
    }
}
