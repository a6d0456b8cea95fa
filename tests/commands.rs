//! Every command, in `docs/commands.md` and `docs/commands.en.md`: what its own help says, and a line that uses it, most
//! of them from the guide. `GUANAI_WRITE=1 cargo test --test commands` writes the two files anew.

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use support::{School, said};

/// What the document of one language is made of.
struct Words {
    lang: &'static str,
    file: &'static str,
    /// The headings of help, as the program prints them.
    commands: &'static str,
    global: &'static str,
    example: &'static str,
    head: &'static str,
}

const ZH: Words = Words {
    lang: "zh",
    file: "docs/commands.md",
    commands: "命令:",
    global: "通用选项:",
    example: "例如",
    head: "# 全部命令

每条命令自己的帮助（`guanai 命令 --help`），由测试生成并核对（`tests/commands.rs`）；例子多取自[手册](guide.md)和 README，都由测试运行过。
列表的列名见 [listings.md](listings.md)。English: [commands.en.md](commands.en.md)
",
};

const EN: Words = Words {
    lang: "en",
    file: "docs/commands.en.md",
    commands: "Commands:",
    global: "Options of every command:",
    example: "Such as",
    head: "# Every command

What each says of itself (`guanai COMMAND --help`), gathered and compared by a test (`tests/commands.rs`). Most examples are lines
of the [guide](guide.en.md) and the README; tests run all of them. The columns of listings are in [listings.md](listings.md). 中文：[commands.md](commands.md)
",
};

/// Lines for the commands that neither the guide nor the README uses, in a school with two children.
const MORE: &[&str] = &[
    "guanai demo ../invented --students 60",
    "guanai student edit 王小明",
    "guanai student away 王小明 父亲 --from 2026-02",
    "guanai student back 王小明 父亲 --on 2026-11-20",
    "guanai student leave 李小红 --on 2026-10-30 --reason 转学",
    "guanai student return 李小红 --on 2026-11-20",
    "guanai student add 王晓明 --id cccccc class=2023-2",
    "guanai student merge aaaaaa cccccc --take name=keep",
    "guanai student handover 李小红 --to 县二小 --reason 转学 --out ../移交.zip",
    "guanai student receive ../移交.zip --class 2023-1",
    "guanai followup add wish 王小明 --what 想学画画 --id wish-2",
    "guanai followup cancel wish-2 --reason 记重了",
    "guanai pair add caring-parent 王小明 龙玉珍 --id pair-1",
    "guanai pair list",
    "guanai pair end pair-1 --on 2026-11-24 --reason 离校",
    "guanai resource add volunteer 青石志愿队 --contact 安文静 --phone 15400001234 --id team",
    "guanai resource list",
    "guanai resource update team --offers 周末陪伴",
    "guanai staff add 刘老师 --role class-teacher --class 2023-2 --id liu",
    "guanai staff list",
    "guanai staff workload",
    "guanai staff leave liu --on 2026-11-24",
    "guanai risk set 王小明 high --reason 祖母住院",
    "guanai risk clear 王小明 --reason 祖母已出院",
    "guanai plan export --plan mind --out ../心理工作计划.docx",
    "guanai report staff --out ../教师工作.xlsx",
    "guanai report changes --since 2026-11-17",
    r"printf 'log add care-talk 王小明\nlog add care-talk 李小红\n' > ../lines.txt",
    "guanai batch ../lines.txt",
    "cp students/aaaaaa.toml ../base.toml && cp ../base.toml ../ours.toml && cp ../base.toml ../theirs.toml",
    "guanai git merge ../base.toml ../ours.toml ../theirs.toml students/aaaaaa.toml",
    "guanai resolve",
    "guanai completions bash > ../guanai.bash",
    "guanai man ../man1",
];

/// One command: the words that call it, and the parts of its help, each with its heading.
struct Entry {
    words: Vec<String>,
    about: String,
    parts: Vec<String>,
    below: Vec<Entry>,
}

impl Entry {
    fn of(school: &School, own: &Words, words: &[String]) -> Entry {
        let mut command = school.command(&["--lang", own.lang]);
        let given = said(command.env("COLUMNS", "120").args(words).arg("--help").output().expect("the binary runs"));
        assert_eq!(given.code, 0, "{words:?}: {given:?}");
        let (about, rest) = given.out.split_once("\n\n").expect("a first line, and the rest");
        let parts: Vec<String> = rest.trim_end().split("\n\n").map(str::to_owned).collect();
        let names = parts.iter().filter(|part| part.starts_with(own.commands)).flat_map(|part| names(part));
        let below = names.map(|name| Entry::of(school, own, &[words, &[name]].concat())).collect();
        Entry { words: words.to_vec(), about: about.to_owned(), parts, below }
    }

    fn name(&self) -> String {
        self.words.join(" ")
    }

    /// A group that cannot be called by itself has no usage to show.
    fn is_called(&self) -> bool {
        self.below.is_empty() || self.parts[0].contains('\n')
    }

    fn write(&self, own: &Words, lines: &[String], out: &mut String) {
        let name = self.name();
        let depth = if self.words.len() > 1 { "###" } else { "##" };
        write!(out, "\n{depth} {name}\n\n{}\n", self.about).expect("text");
        if self.is_called() {
            let shown = |part: &&String| !part.starts_with(own.global) && !part.starts_with(own.commands);
            let parts: Vec<&str> = self.parts.iter().filter(shown).map(String::as_str).collect();
            write!(out, "\n```text\n{}\n```\n", parts.join("\n\n")).expect("text");
        }
        if let Some(line) = self.example(lines).filter(|_| self.is_called()) {
            write!(out, "\n{}: `{line}`\n", own.example).expect("text");
        }
        for inner in &self.below {
            inner.write(own, lines, out);
        }
    }

    /// The first line that calls this command, and none below it, with something behind its name; else the first one.
    fn example<'a>(&self, lines: &'a [String]) -> Option<&'a String> {
        let start = format!("guanai {}", self.name());
        let calls = |line: &&String| {
            let rest = line.strip_prefix(&start);
            let next = rest.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
                && !self.below.iter().any(|inner| inner.words.last().is_some_and(|word| word == next))
        };
        let mut found = lines.iter().filter(calls);
        found.clone().find(|line| line.len() > start.len()).or_else(|| found.next())
    }
}

/// The names in a list of commands; a line that goes on from the one above stands further in.
fn names(part: &str) -> Vec<String> {
    let named = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(str::to_owned);
    part.lines().skip(1).filter_map(named).filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap_or_default()
}

/// The lines of the guide and the README that a test runs and that end well, and those above.
fn shown() -> Vec<String> {
    let mut lines = Vec::new();
    for document in ["docs/guide.md", "README.md"] {
        let text = read(document);
        for block in text.split("```sh\n").skip(1).filter_map(|block| block.split("```").next()) {
            lines.extend(block.lines().filter(|line| !line.contains(" # exit ")).map(str::to_owned));
        }
    }
    lines.extend(MORE.iter().map(|line| (*line).to_owned()));
    lines
}

fn document(own: &Words) -> String {
    let school = School { dir: tempfile::tempdir().expect("a temporary folder") };
    let whole = Entry::of(&school, own, &[]);
    let mut out = own.head.to_owned();
    let list = whole.parts.iter().find(|part| part.starts_with(own.commands)).expect("a list of commands");
    let global = whole.parts.iter().find(|part| part.starts_with(own.global)).expect("the options of every command");
    let usage = &whole.parts[0];
    write!(out, "\n```text\n{usage}\n\n{list}\n\n{global}\n```\n").expect("text");
    let lines = shown();
    for entry in &whole.below {
        entry.write(own, &lines, &mut out);
    }
    out
}

fn agrees(own: &Words) {
    let made = document(own);
    if std::env::var_os("GUANAI_WRITE").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(own.file), &made).expect("a document");
    }
    let written = read(own.file);
    let differs = made.lines().zip(written.lines()).find(|(made, written)| made != written);
    let advice = "run: GUANAI_WRITE=1 cargo test --test commands";
    assert!(made == written, "{} is not what the program says ({differs:?}); {advice}", own.file);
}

#[test]
fn the_reference_is_what_the_commands_say_in_chinese() {
    agrees(&ZH);
}

#[test]
fn the_reference_is_what_the_commands_say_in_english() {
    agrees(&EN);
}

#[test]
fn the_examples_that_stand_in_no_other_document_run() {
    let above = tempfile::tempdir().expect("a temporary folder");
    let school = School::with_two_children();
    let ledger = above.path().join("ledger");
    std::fs::rename(school.root(), &ledger).expect("a ledger beside the files that the lines make");
    for line in MORE {
        let script = format!("guanai() {{ '{}' \"$@\"; }}; {line}", env!("CARGO_BIN_EXE_guanai"));
        let mut command = Command::new("bash");
        command.args(["-c", &script]).current_dir(&ledger).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GUANAI_AS_OF", support::DAY);
        let given = said(command.env("HOME", above.path()).env("EDITOR", "true").output().expect("bash runs"));
        assert_eq!(given.code, 0, "{line}: {given:?}");
    }
}

#[test]
fn every_command_has_an_example() {
    let text = document(&EN);
    let lacks = |section: &&str| section.contains("```text") && !section.contains("\nSuch as: `");
    let sections = text.split("\n##").skip(1);
    let lacking: Vec<&str> = sections.filter(lacks).filter_map(|section| section.lines().next()).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}
