//! What the program can be asked, as its own help says it.

use std::collections::BTreeMap;

use super::support::School;

/// One command that has none below it, with what it takes.
#[derive(Debug, Clone, Default)]
pub struct Leaf {
    pub words: Vec<String>,
    /// How many words it takes that are no options.
    pub positional: usize,
    /// Its own options, and those of them that take a value.
    pub flags: Vec<String>,
    pub options: Vec<String>,
}

impl Leaf {
    pub fn name(&self) -> String {
        self.words.join(" ")
    }

    pub fn takes(&self, option: &str) -> bool {
        self.flags.iter().any(|own| own == option)
    }
}

/// Options that every command takes: they are tried with one.
const GLOBAL: [&str; 4] = ["--dir", "--as-of", "--format", "--lang"];

/// Every command of the program, by its words.
pub fn leaves(school: &School) -> BTreeMap<String, Leaf> {
    let mut found = BTreeMap::new();
    below(school, &mut Vec::new(), &mut found);
    found
}

fn below(school: &School, words: &mut Vec<String>, found: &mut BTreeMap<String, Leaf>) {
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help", "--lang", "en"]).collect();
    let help = school.ok(&arguments);
    for command in part(&help, "Commands:").filter_map(|line| line.split_whitespace().next()) {
        words.push(command.to_owned());
        below(school, words, found);
        words.pop();
    }
    // A command with others below it may be one of its own, as `risk` is.
    if part(&help, "Commands:").next().is_none() || help.lines().any(|line| line.starts_with("       guanai ")) {
        let option = |line: &str| {
            let (_, rest) = line.split_once("--")?;
            let (name, value) = rest.split_once([' ', '='])?;
            value.starts_with('<').then(|| format!("--{name}"))
        };
        let flag = |line: &str| Some(format!("--{}", line.split_once("--")?.1.split_whitespace().next()?));
        let leaf = Leaf {
            words: words.clone(),
            positional: part(&help, "Arguments:").count(),
            flags: part(&help, "Options:").filter_map(flag).collect(),
            options: part(&help, "Options:")
                .filter_map(option)
                .filter(|name| !GLOBAL.contains(&name.as_str()))
                .collect(),
        };
        found.insert(leaf.name(), leaf);
    }
}

/// The lines under a heading of a help text that begin something, without those that go on with it.
fn part<'a>(help: &'a str, heading: &str) -> impl Iterator<Item = &'a str> {
    let rest = help.split_once(&format!("{heading}\n")).map_or("", |(_, rest)| rest);
    let is_first = |line: &&str| line.trim_start().starts_with(['-', '[', '<']) || line.find(|c| c != ' ') == Some(2);
    rest.lines().take_while(|line| !line.is_empty()).filter(is_first)
}

/// The commands that only write: what they print is what would change. A new command is put here, or among those that read.
pub const WRITES: &[&str] = &[
    "init",
    "demo",
    "student add",
    "student set",
    "student edit",
    "student away",
    "student back",
    "student guardian",
    "student leave",
    "student return",
    "student receive",
    "student merge",
    "student forget",
    "import census",
    "import scores",
    "import log",
    "log add",
    "log amend",
    "log void",
    "followup add",
    "followup done",
    "followup move",
    "followup cancel",
    "pair add",
    "pair end",
    "resource add",
    "resource update",
    "staff add",
    "staff leave",
    "screen add",
    "screen import",
    "screen rescore",
    "risk set",
    "risk clear",
    "export parquet",
    "key county",
    "key new",
    "key rotate",
    "letter receipt",
    "batch",
    "undo",
    "git setup",
    "git merge",
    "completions",
    "man",
];

/// The commands that read, as `tests/sealed.rs` has them.
pub fn reads() -> Vec<Vec<String>> {
    let list = include_str!("../sealed.rs").split("const READS").nth(1).unwrap().split("];").next().unwrap();
    let lines = list.lines().map(str::trim).filter(|line| line.starts_with("&["));
    lines
        .map(|line| serde_json::from_str(line.trim_start_matches('&').trim_end_matches(',')).expect("a list of words"))
        .collect()
}

/// The leaf that a line asks.
pub fn leaf_of<'a>(leaves: &'a BTreeMap<String, Leaf>, line: &[String]) -> &'a Leaf {
    let names = (1..=line.len().min(3)).rev().map(|words| line[..words].join(" "));
    names.into_iter().find_map(|name| leaves.get(&name)).unwrap_or_else(|| panic!("{line:?} is no command"))
}
