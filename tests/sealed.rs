//! What is sealed: who reads it, who does not, and that nothing of it lies or is said anywhere in the clear.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use support::{DAY, Said, School};

/// A school that seals, and the folder of its keys.
struct Sealed {
    school: School,
    keys: tempfile::TempDir,
}

impl Sealed {
    fn new() -> Sealed {
        let sealed = Sealed { school: School::with_two_children(), keys: tempfile::tempdir().unwrap() };
        sealed.ok(&["key", "new", "--name", "王老师"]);
        sealed
    }

    fn key(&self, name: &str) -> PathBuf {
        self.keys.path().join(name)
    }

    /// Runs a command with one of the keys.
    fn with(&self, key: &str, arguments: &[&str]) -> Said {
        support::said(self.school.command(arguments).env("GUANAI_KEY", self.key(key)).output().unwrap())
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let said = self.with("key.txt", arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(&[arguments, &["--format", "json"]].concat())).unwrap()
    }

    /// Runs a command as one who has no key.
    fn without(&self, arguments: &[&str]) -> Said {
        self.school.run(arguments)
    }

    fn log(&self, kind: &str) -> String {
        self.school.read(&format!("logs/2026-autumn/{kind}.csv"))
    }
}

/// A field of a confidential kind, and a value for it: of text, one that occurs nowhere else.
fn value_of(kind: &str, field: &toml::Value) -> (String, String) {
    let text = |key: &str| field.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let name = text("name");
    let value = match text("type").as_str() {
        "text" => format!("MARK-{kind}-{name}"),
        "choice" => field["of"][0].as_str().unwrap().to_owned(),
        "bool" => "yes".to_owned(),
        "number" | "integer" | "minutes" | "money" => "7".to_owned(),
        "date" => "2026-11-20".to_owned(),
        "phone" => "15400007777".to_owned(),
        other => panic!("{kind}.{name}: a value of type {other} is needed here"),
    };
    (name, value)
}

/// The shipped kinds that are confidential, with a value for every field.
fn confidential_kinds() -> BTreeMap<String, Vec<(String, String)>> {
    let mut kinds = BTreeMap::new();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template/kinds");
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let file: BTreeMap<String, toml::Value> = toml::from_str(&text).unwrap();
        for (name, kind) in file {
            if kind.get("confidential").and_then(toml::Value::as_bool) == Some(true) {
                let fields = kind.get("fields").and_then(toml::Value::as_array).cloned().unwrap_or_default();
                kinds.insert(name.clone(), fields.iter().map(|field| value_of(&name, field)).collect());
            }
        }
    }
    assert!(kinds.len() >= 5, "{kinds:?}");
    kinds
}

/// Every confidential kind recorded twice for the child `cccccc` (章隐隐), about whom nothing else is recorded: once as it
/// is and once taken back. Gives the marks that stand inside.
fn seed(sealed: &Sealed) -> BTreeSet<String> {
    sealed.school.ok(&["student", "add", "章隐隐", "--id", "cccccc", "class=2023-2", "--since", "2023-09-01"]);
    let mut marks = BTreeSet::from(["MARK-reason".to_owned(), "MARK-outcome".to_owned(), "MARK-late".to_owned()]);
    for (kind, fields) in confidential_kinds() {
        let note = format!("MARK-{kind}-note");
        let mut line = vec!["log", "add", &kind, "cccccc", "--date", "2026-11-20", "--minutes", "40", "--note", &note];
        let typed: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        line.extend(typed.iter().map(String::as_str));
        let (kept, void) = (format!("{kind}-1"), format!("{kind}-2"));
        sealed.ok(&[&line[..], &["--id", &kept]].concat());
        sealed.ok(&[&line[..], &["--id", &void]].concat());
        sealed.ok(&["log", "void", &void, "--reason", "MARK-reason"]);
        marks.insert(note);
        marks.extend(fields.into_iter().map(|(_, value)| value).filter(|value| value.starts_with("MARK")));
    }
    // What was opened first has been answered by the kinds behind it: two more wait.
    for line in [["crisis", "type=loss", "crisis-3"], ["counselling", "outcome=worse", "counselling-3"]] {
        sealed.ok(&["log", "add", line[0], "cccccc", line[1], "--id", line[2], "--date", "2026-11-21"]);
    }
    let open = sealed.json(&["followup", "list"]);
    let ids: Vec<&str> = open.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.len() >= 2, "{open}");
    sealed.ok(&["followup", "done", ids[0], "--outcome", "MARK-outcome"]);
    sealed.ok(&["followup", "move", ids[1], "--due", "2026-12-24", "--reason", "MARK-late"]);
    marks
}

/// Every command that reads, and those that fail without a key. A new command of the program is put here or there.
const READS: &[&[&str]] = &[
    &["log", "list", "--all"],
    &["log", "list", "--student", "cccccc"],
    &["log", "list", "--class", "2023-2"],
    &["log", "list", "crisis"],
    &["log", "show", "crisis-1"],
    &["log", "show", "crisis-2"],
    &["log", "kinds"],
    &["followup", "list", "--all"],
    &["student", "show", "cccccc"],
    &["student", "history", "cccccc"],
    &["student", "list"],
    &["student", "duplicates"],
    &["student", "merge", "cccccc", "aaaaaa"],
    &["student", "forget", "--due", "--dry-run"],
    &["student", "forget", "cccccc", "--before-time", "--reason", "x", "--dry-run"],
    &["student", "handover", "cccccc", "--to", "x", "--reason", "y", "--out", "child.zip", "--dry-run"],
    &["risk"],
    &["risk", "--since", "2026-11-01"],
    &["risk", "explain", "cccccc"],
    &["plan", "status"],
    &["plan", "gaps"],
    &["plan", "show", "M1.4"],
    &["plan", "show", "C3.5"],
    &["plan", "export"],
    &["due", "--days", "60"],
    &["report", "term"],
    &["report", "mind"],
    &["report", "mind", "--student", "cccccc"],
    &["report", "student", "cccccc"],
    &["report", "statistics", "civil-affairs"],
    &["report", "class", "2023-2"],
    &["report", "staff"],
    &["report", "staff", "何"],
    &["report", "changes", "--since", "2026-09-01"],
    &["report", "binder", "binder", "--dry-run"],
    &["screen", "list"],
    &["screen", "show", "cccccc"],
    &["screen", "scales"],
    &["resolve"],
    &["health"],
    &["boarders"],
    &["report", "funds"],
    &["resource", "hours"],
    &["letter", "list"],
    &["letter", "pending", "safety-agreement"],
    &["pair", "list", "--all"],
    &["pair", "suggest"],
    &["pair", "effect"],
    &["resource", "list"],
    &["staff", "list"],
    &["staff", "workload"],
    &["key", "list"],
    &["check"],
    &["undo", "--list"],
    &["undo", "--dry-run"],
    &["log", "amend", "crisis-1", "description=x"],
    &["log", "void", "crisis-response-1", "--reason", "x", "--dry-run"],
    &["followup", "cancel", "FOLLOW-UP", "--reason", "x"],
    &["followup", "done", "FOLLOW-UP", "--dry-run"],
    &["key", "rotate"],
    &["batch", "lines.txt"],
];

/// The commands that read nothing of the ledger, or are tried elsewhere in this file.
const OTHERS: &[&str] = &["init", "demo", "import", "completions", "man", "git", "export"];

fn all_files(dir: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        if entry.path().is_dir() {
            all_files(&entry.path(), found);
        } else {
            found.push((entry.path(), std::fs::read(entry.path()).unwrap()));
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn every_command_of_the_program_is_tried_for_what_it_lets_out() {
    let help = School::new().ok(&["--lang", "en", "--help"]);
    let list = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: BTreeSet<&str> = list
        .lines()
        .filter(|line| !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let tried: BTreeSet<&str> = READS.iter().map(|line| line[0]).chain(OTHERS.iter().copied()).collect();
    assert_eq!(commands.difference(&tried).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn without_the_key_nothing_that_is_sealed_is_said_and_nothing_lies_in_the_clear() {
    let sealed = Sealed::new();
    let marks = seed(&sealed);
    std::fs::write(sealed.school.path("lines.txt"), "log amend crisis-1 description=x\nlog show crisis-1\n").unwrap();
    let follow_ups = sealed.without(&["followup", "list", "--format", "json"]).out;
    let follow_ups: serde_json::Value = serde_json::from_str(&follow_ups).unwrap();
    let open = follow_ups[0]["id"].as_str().unwrap().to_owned();
    for command in READS {
        let command: Vec<&str> =
            command.iter().map(|word| if *word == "FOLLOW-UP" { open.as_str() } else { word }).collect();
        for format in ["table", "csv", "json", "jsonl", "markdown", "html", "text"] {
            for lang in ["zh", "en"] {
                let said = sealed.without(&[&command[..], &["--format", format, "--lang", lang]].concat());
                for mark in &marks {
                    assert!(!said.out.contains(mark) && !said.err.contains(mark), "{command:?} said {mark}: {said:?}");
                }
                // About this child there are sealed records alone: no listing of records may name it.
                if ["log", "followup", "due", "batch"].contains(&command[0]) {
                    let asked = command.contains(&"cccccc");
                    for who in ["章隐隐", "cccccc"] {
                        assert!(asked || !said.out.contains(who), "{command:?} named the child: {}", said.out);
                        assert!(!said.err.contains(who), "{command:?} named the child: {}", said.err);
                    }
                }
            }
        }
    }
    let mut complete = sealed.school.command(&["--", "guanai", "log", "show", ""]);
    complete.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", "3").env("GUANAI_KEY", sealed.key("key.txt"));
    let offered = support::said(complete.output().unwrap()).out;
    assert!(marks.iter().all(|mark| !offered.contains(mark)), "{offered}");
    let mut files = Vec::new();
    all_files(sealed.school.root(), &mut files);
    assert!(files.iter().any(|(path, _)| path.components().any(|part| part.as_os_str() == ".guanai")));
    for (path, bytes) in files {
        for mark in &marks {
            assert!(!holds(&bytes, mark), "{} holds {mark}", path.display());
        }
        // The child's own file, and the change set that made it, name the child; no other does.
        let own = path.ends_with("students/cccccc.toml") || holds(&bytes, "students/cccccc.toml");
        assert!(own || !holds(&bytes, "cccccc"), "{} names the child", path.display());
    }
}

#[test]
fn with_the_key_every_field_is_shown_and_reading_leaves_nothing_behind() {
    let sealed = Sealed::new();
    let marks = seed(&sealed);
    let before = sealed.school.files();
    for (kind, fields) in confidential_kinds() {
        let shown = sealed.ok(&["log", "show", &format!("{kind}-1"), "--format", "csv"]);
        for (name, value) in fields.iter().filter(|(_, value)| value.starts_with("MARK")) {
            assert!(shown.contains(value), "{kind}: {name} is not shown: {shown}");
        }
        for wanted in [format!("MARK-{kind}-note"), "章隐隐".to_owned(), "cccccc".to_owned(), "40".to_owned()] {
            assert!(shown.contains(&wanted), "{kind}: {wanted} is not shown: {shown}");
        }
        let void = sealed.ok(&["log", "show", &format!("{kind}-2")]);
        assert!(void.contains("MARK-reason"), "{void}");
    }
    let said = sealed.ok(&["followup", "list", "--all"]) + &sealed.ok(&["student", "show", "cccccc"]);
    for wanted in ["MARK-outcome", "MARK-late", "MARK-crisis-description"] {
        assert!(said.contains(wanted) && marks.contains(wanted), "{wanted} is not shown: {said}");
    }
    assert_eq!(sealed.school.files(), before);
    // Who has the key may look at the ledger as one who has not.
    for said in [
        sealed.with("key.txt", &["log", "show", "crisis-1", "--no-key"]),
        support::said(
            sealed
                .school
                .command(&["log", "show", "crisis-1"])
                .env("GUANAI_KEY", sealed.key("key.txt"))
                .env("GUANAI_NO_KEY", "1")
                .output()
                .unwrap(),
        ),
    ] {
        assert!(said.code == 0 && !said.out.contains("MARK"), "{said:?}");
    }
}

#[test]
fn what_leaves_the_ledger_counts_and_never_quotes_or_names_even_with_the_key() {
    let sealed = Sealed::new();
    let marks = seed(&sealed);
    for format in ["text", "markdown", "html", "json"] {
        for lang in ["zh", "en"] {
            let report = sealed.ok(&["report", "term", "--format", format, "--lang", lang]);
            for mark in marks.iter().map(String::as_str).chain(["章隐隐", "cccccc"]) {
                assert!(!report.contains(mark), "the report says {mark}");
            }
        }
    }
    let times = |said: &str| -> serde_json::Value {
        let report: serde_json::Value = serde_json::from_str(said).unwrap();
        let find = |value: &serde_json::Value| -> Option<serde_json::Value> {
            let rows = value.get("rows")?.as_array()?;
            rows.iter().find(|row| row["kind"] == "counselling").cloned()
        };
        fn walk(
            value: &serde_json::Value,
            find: &dyn Fn(&serde_json::Value) -> Option<serde_json::Value>,
        ) -> Option<serde_json::Value> {
            find(value).or_else(|| match value {
                serde_json::Value::Array(list) => list.iter().find_map(|one| walk(one, find)),
                serde_json::Value::Object(object) => object.values().find_map(|one| walk(one, find)),
                _ => None,
            })
        }
        walk(&report, &find).expect("the report counts the counselling")
    };
    let open = times(&sealed.ok(&["report", "term", "--format", "json"]));
    let closed = times(&sealed.without(&["report", "term", "--format", "json"]).out);
    assert_eq!((&open["times"], &open["children"]), (&2.into(), &"不足5".into()), "{open}");
    // How often is known to everybody; how many children there were is not, and is not nought.
    assert_eq!((&closed["times"], &closed["children"]), (&2.into(), &serde_json::Value::Null), "{closed}");
    sealed.ok(&["due", "--days", "60", "--ics", "due.ics"]);
    let calendar = sealed.school.read("due.ics");
    assert!(!calendar.contains("章隐隐") && !calendar.contains("MARK"), "{calendar}");
}

#[test]
fn a_school_without_a_key_is_told_how_to_make_one_and_may_say_that_it_wants_the_clear() {
    let school = School::with_two_children();
    let line = ["log", "add", "counselling", "aaaaaa", "content=MARK"];
    let said = school.run(&[&line[..], &["--lang", "en"]].concat());
    assert_eq!(said.code, 3);
    assert!(said.err.contains("guanai key new") && said.err.contains("confidential = \"clear\""), "{}", said.err);
    assert!(!school.path("logs").exists());
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    school.ok(&line);
    assert!(school.read("logs/2026-autumn/counselling.csv").contains("MARK"));
}

#[test]
fn a_new_key_says_what_losing_it_means_lies_outside_and_is_never_written_over() {
    let school = School::with_two_children();
    let keys = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], key: &Path| {
        support::said(school.command(arguments).env("GUANAI_KEY", key).output().unwrap())
    };
    let path = keys.path().join("deep/key.txt");
    let before = school.files();
    let dry = run(&["key", "new", "--name", "王老师", "--dry-run", "--lang", "en"], &path);
    assert!(dry.code == 0 && !path.exists() && school.files() == before, "{dry:?}");
    let inside = run(&["key", "new", "--name", "王老师"], &school.path("students/../my.key"));
    assert!(inside.code == 2 && !school.path("my.key").exists(), "{inside:?}");
    assert_eq!(run(&["key", "new"], &path).code, 2, "a key has a name");
    let made = run(&["key", "new", "--name", "王老师", "--lang", "en"], &path);
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.err.contains("nobody can open any more") && made.err.contains("second person"), "{}", made.err);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(made.out.trim()) && text.contains("AGE-SECRET-KEY-1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = run(&["key", "new", "--name", "李校长", "--lang", "en"], &path);
    assert!(again.code == 2 && again.err.contains("never written over"), "{again:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    let other = keys.path().join("other.txt");
    let same_name = run(&["key", "new", "--name", "王老师", "--out", &other.to_string_lossy()], &path);
    assert!(same_name.code == 2 && !other.exists(), "a key that no ledger lists was left: {same_name:?}");
    let secret = text.lines().last().unwrap();
    let mut files = Vec::new();
    all_files(school.root(), &mut files);
    assert!(files.iter().all(|(_, bytes)| !holds(bytes, secret)));
}

#[test]
fn a_key_of_age_keygen_opens_what_is_sealed_to_it() {
    let sealed = Sealed::new();
    sealed.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "description=MARK", "--id", "c1"]);
    let mut text = b"# created: 2026-11-24T08:00:00+08:00\n# public key: x\n".to_vec();
    let spare = School::with_two_children();
    let path = sealed.key("spare.txt");
    let made = support::said(spare.command(&["key", "new", "--name", "x"]).env("GUANAI_KEY", &path).output().unwrap());
    let own = std::fs::read_to_string(&path).unwrap();
    text.extend(own.lines().last().unwrap().bytes());
    std::fs::write(&path, text).unwrap();
    assert!(!sealed.with("spare.txt", &["log", "show", "c1"]).out.contains("MARK"));
    sealed.ok(&["key", "rotate", "--add", made.out.trim(), "--name", "李校长"]);
    assert!(sealed.with("spare.txt", &["log", "show", "c1"]).out.contains("MARK"));
    let listed: serde_json::Value =
        serde_json::from_str(&sealed.with("spare.txt", &["key", "list", "--format", "json"]).out).unwrap();
    let here: Vec<(&str, bool)> =
        listed.as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), one["here"] == true)).collect();
    assert_eq!(here, [("王老师", false), ("李校长", true)]);
}

#[test]
fn a_row_is_one_line_and_rewriting_a_log_leaves_every_other_line_as_it_was() {
    let sealed = Sealed::new();
    for (id, day) in [("c1", "2026-11-02"), ("c3", "2026-11-06")] {
        sealed.ok(&["log", "add", "counselling", "aaaaaa", "content=a\nb", "--id", id, "--date", day]);
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let before = lines(&sealed.log("counselling"));
    assert_eq!((before.len(), before[0].as_str()), (3, "id,date,sealed,void"));
    sealed.ok(&["log", "add", "counselling", "bbbbbb", "content=c", "--id", "c2", "--date", "2026-11-04"]);
    let added = lines(&sealed.log("counselling"));
    assert_eq!((&added[1], &added[3]), (&before[1], &before[2]));
    sealed.ok(&["log", "amend", "c2", "content=d", "risk=high"]);
    let amended = lines(&sealed.log("counselling"));
    assert_eq!((&amended[1], &amended[3]), (&before[1], &before[2]));
    assert_ne!(amended[2], added[2]);
    assert_eq!(sealed.without(&["log", "void", "c2", "--reason", "typed twice"]).code, 0);
    let void = lines(&sealed.log("counselling"));
    assert!(void[2].starts_with(&amended[2]) && void[2].len() > amended[2].len(), "the sealed cell was touched");
    let shown = sealed.ok(&["log", "show", "c2"]);
    assert!(shown.contains("typed twice") && shown.contains("李小红"), "{shown}");
    // The same command again changes nothing, and other words under the same id are refused.
    let line = ["log", "add", "counselling", "aaaaaa", "content=a\nb", "--id", "c1", "--date", "2026-11-02"];
    let files = sealed.school.files();
    sealed.ok(&line);
    assert_eq!(sealed.with("key.txt", &[&line[..4], &["content=z", "--id", "c1"]].concat()).code, 3);
    assert_eq!(sealed.without(&line).code, 3);
    assert_eq!(sealed.school.files(), files);
}

#[test]
fn without_the_key_an_activity_is_not_amended_and_one_that_may_have_closed_something_is_not_taken_back() {
    let sealed = Sealed::new();
    sealed.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "--id", "c1", "--date", "2026-11-20"]);
    let said = sealed.without(&["log", "add", "crisis-response", "aaaaaa", "action=x", "--id", "r0", "--lang", "en"]);
    assert!(said.code == 0 && said.err.contains("followup done"), "{said:?}");
    sealed.ok(&["log", "add", "crisis-response", "aaaaaa", "action=x", "--id", "r1"]);
    let files = sealed.school.files();
    for line in [&["log", "amend", "c1", "type=abuse"][..], &["log", "void", "r1", "--reason", "x"]] {
        let said = sealed.without(&[line, &["--lang", "en"]].concat());
        assert!(said.code == 3 && said.err.contains("guanai key list"), "{said:?}");
    }
    assert_eq!(sealed.school.files(), files);
    let is_done = || sealed.json(&["followup", "list", "--all"])[0]["done"].is_string();
    assert!(is_done());
    sealed.ok(&["log", "void", "r1", "--reason", "x"]);
    assert!(!is_done());
}

#[test]
fn the_follow_up_of_a_confidential_record_names_nobody_and_is_done_and_moved_all_the_same() {
    let sealed = Sealed::new();
    sealed.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "--id", "c1", "--staff", "王老师"]);
    let register = sealed.school.read("registers/followups.csv");
    assert!(!register.contains("aaaaaa") && register.contains("crisis"), "{register}");
    let with_key = sealed.json(&["followup", "list"]);
    let one = &with_key[0];
    assert_eq!((&one["student"], &one["name"], &one["owner"]), (&"aaaaaa".into(), &"王小明".into(), &"王老师".into()));
    let closed: serde_json::Value =
        serde_json::from_str(&sealed.without(&["followup", "list", "--format", "json"]).out).unwrap();
    assert_eq!((&closed[0]["student"], &closed[0]["due"]), (&serde_json::Value::Null, &one["due"]));
    // An id that followed from the child's would tell it to whoever tries every child.
    let id = one["id"].as_str().unwrap();
    let other = Sealed::new();
    other.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "--id", "c1", "--staff", "王老师"]);
    assert_ne!(other.json(&["followup", "list"])[0]["id"], one["id"]);
    let refused = sealed.without(&["followup", "move", id, "--due", "2026-12-01", "--reason", "x"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    let cell = |register: &str| register.lines().nth(1).unwrap().rsplit(',').next().unwrap().to_owned();
    assert_eq!(sealed.without(&["followup", "done", id]).code, 0);
    let done = sealed.school.read("registers/followups.csv");
    assert_eq!(cell(&done), cell(&register), "the sealed cell was touched");
    assert_eq!(sealed.json(&["followup", "list", "--all"])[0]["name"], "王小明");
}

#[test]
fn a_spreadsheet_of_confidential_records_comes_in_once_and_its_ids_tell_nothing() {
    let sealed = Sealed::new();
    let sheet = "日期,学生,咨询内容\n2026-11-02,王小明,MARK一\n2026-11-02,王小明,MARK一\n2026-11-03,李小红,MARK二\n";
    std::fs::write(sealed.keys.path().join("in.csv"), sheet).unwrap();
    let file = sealed.keys.path().join("in.csv").to_string_lossy().into_owned();
    let ids = sealed.ok(&["import", "log", "counselling", &file]);
    assert_eq!(ids.lines().count(), 3, "{ids}");
    assert!(!sealed.ok(&["undo", "--list"]).contains("in.csv"), "the name of a file may be a child's");
    let once = sealed.school.files();
    sealed.ok(&["import", "log", "counselling", &file]);
    assert_eq!(sealed.school.files(), once);
    assert!(!sealed.log("counselling").contains("MARK"));
    let other = Sealed::new();
    assert_ne!(other.ok(&["import", "log", "counselling", &file]), ids);
    let refused = sealed.without(&["import", "log", "counselling", &file]);
    assert!(refused.code == 3 && !refused.err.contains("MARK"), "{refused:?}");
}

#[test]
fn rotating_seals_everything_again_to_the_recipients_or_nothing_at_all() {
    let sealed = Sealed::new();
    sealed.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "description=MARK", "--id", "c1"]);
    sealed.ok(&["log", "add", "counselling", "aaaaaa", "content=MARK", "--id", "k1"]);
    sealed.ok(&["log", "void", "k1", "--reason", "MARK-why"]);
    sealed.with("second.txt", &["key", "new", "--name", "李校长"]);
    let opens = |key: &str| ["c1", "k1"].map(|id| sealed.with(key, &["log", "show", id]).out.contains("MARK"));
    assert_eq!((opens("key.txt"), opens("second.txt")), ([true, true], [false, false]));
    let stale = sealed.with("key.txt", &["check", "--lang", "en"]);
    assert_eq!(stale.code, 1, "{stale:?}");
    assert_eq!(stale.out.matches("check-seal-other").count(), 4, "{}", stale.out);
    let without = sealed.without(&["check"]);
    assert_eq!(without.out.matches("check-seal-other").count(), 4, "{}", without.out);
    // Whoever cannot open the rows cannot rotate, and nothing is written.
    let files = sealed.school.files();
    for key in ["second.txt", "none.txt"] {
        let said = sealed.with(key, &["key", "rotate", "--lang", "en"]);
        assert!(
            said.code == 3 && said.err.contains("counselling.csv:2") && said.err.contains("crisis.csv:2"),
            "{said:?}"
        );
    }
    assert_eq!(sealed.school.files(), files);
    sealed.ok(&["key", "rotate"]);
    assert_eq!((opens("key.txt"), opens("second.txt")), ([true, true], [true, true]));
    assert_eq!(sealed.with("key.txt", &["check"]).out.matches("check-seal").count(), 0);
    let rotated = sealed.school.files();
    sealed.ok(&["key", "rotate"]);
    assert_eq!(sealed.school.files(), rotated, "a rotation with nothing to do");
    sealed.ok(&["key", "rotate", "--remove", "王老师"]);
    assert_eq!((opens("key.txt"), opens("second.txt")), ([false, false], [true, true]));
    assert!(sealed.with("second.txt", &["log", "show", "k1"]).out.contains("MARK-why"));
    assert!(!sealed.with("key.txt", &["followup", "list"]).out.contains("王小明"));
    assert_eq!(sealed.with("second.txt", &["key", "rotate", "--remove", "李校长"]).code, 2, "nobody would be left");
    sealed.ok(&["undo"]);
    assert_eq!(sealed.school.files(), rotated);
}

#[test]
fn rotating_seals_what_lay_in_the_clear_and_forgets_the_history_that_held_it() {
    let school = School::with_two_children();
    let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
    std::fs::write(school.path("guanai.toml"), text).unwrap();
    school.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "description=MARK", "--id", "c1"]);
    school.ok(&["log", "add", "counselling", "bbbbbb", "content=MARK", "--id", "k1"]);
    school.ok(&["log", "void", "k1", "--reason", "MARK-why"]);
    let sealed = Sealed { school, keys: tempfile::tempdir().unwrap() };
    sealed.ok(&["key", "new", "--name", "王老师"]);
    sealed.ok(&["log", "add", "crisis", "bbbbbb", "type=loss", "description=MARK2", "--id", "c2"]);
    assert!(!sealed.log("crisis").contains("MARK2") && sealed.log("crisis").contains("MARK"));
    let said = sealed.with("key.txt", &["check"]);
    assert_eq!(said.out.matches("check-seal-clear ").count(), 2, "{}", said.out);
    assert!(said.out.contains("guanai key rotate") && said.out.contains("check-seal-clear-follow-up"), "{}", said.out);
    let listed = |said: String| -> Vec<String> {
        let rows: serde_json::Value = serde_json::from_str(&said).unwrap();
        let text = |row: &serde_json::Value| format!("{} {} {}", row["id"], row["details"], row["void"]);
        rows.as_array().unwrap().iter().map(text).collect()
    };
    let before = listed(sealed.ok(&["log", "list", "--all", "--format", "json"]));
    sealed.ok(&["key", "rotate"]);
    assert_eq!(sealed.log("crisis").lines().next(), Some("id,date,sealed,void"));
    assert_eq!(listed(sealed.ok(&["log", "list", "--all", "--format", "json"])), before);
    let mut files = Vec::new();
    all_files(sealed.school.root(), &mut files);
    for (path, bytes) in files.iter().filter(|(path, _)| !path.to_string_lossy().contains("students")) {
        assert!(!holds(bytes, "MARK") && !holds(bytes, "aaaaaa"), "{} still holds it", path.display());
    }
    assert_eq!(sealed.with("key.txt", &["undo"]).code, 2, "there is nothing to take back");
    assert_eq!(sealed.with("key.txt", &["check"]).out.matches("check-seal").count(), 0);
    let open = sealed.ok(&["followup", "list"]);
    assert!(open.contains("王小明") && open.contains("李小红"), "{open}");
}

#[test]
fn changing_a_row_that_lay_in_the_clear_seals_it_and_leaves_no_trace_of_it() {
    for change in [&["log", "amend", "c1", "description=new"][..], &["log", "void", "c1", "--reason", "x"]] {
        let school = School::with_two_children();
        let text = school.read("guanai.toml").replace("confidential = \"sealed\"", "confidential = \"clear\"");
        std::fs::write(school.path("guanai.toml"), text).unwrap();
        school.ok(&["log", "add", "crisis-response", "aaaaaa", "action=MARK", "--note", "MARK", "--id", "c0"]);
        school.ok(&["undo"]);
        school.ok(&["log", "add", "crisis", "aaaaaa", "type=danger", "--note", "MARK", "--id", "c1"]);
        let sealed = Sealed { school, keys: tempfile::tempdir().unwrap() };
        sealed.ok(&["key", "new", "--name", "王老师"]);
        let said = sealed.with("key.txt", &[change, &["--lang", "en"]].concat());
        assert!(said.code == 0 && said.err.contains("undo history"), "{said:?}");
        let mut files = Vec::new();
        all_files(sealed.school.root(), &mut files);
        for (path, bytes) in files {
            assert!(!holds(&bytes, "MARK"), "{change:?}: {} still holds it", path.display());
        }
        assert!(sealed.ok(&["log", "show", "c1"]).contains("MARK"));
    }
}

#[test]
fn a_damaged_row_is_named_and_hides_no_other() {
    let sealed = Sealed::new();
    for id in ["c1", "c2", "c3"] {
        sealed.ok(&["log", "add", "counselling", "aaaaaa", &format!("content=MARK{id}"), "--id", id]);
    }
    let text = sealed.log("counselling");
    let cell = text.lines().nth(2).unwrap().split(',').nth(2).unwrap().to_owned();
    std::fs::write(sealed.school.path("logs/2026-autumn/counselling.csv"), text.replace(&cell, &cell[..900])).unwrap();
    let said = sealed.with("key.txt", &["log", "list", "--lang", "en"]);
    assert!(said.out.contains("MARKc1") && said.out.contains("MARKc3") && said.out.contains("c2"), "{said:?}");
    assert!(said.err.contains("counselling.csv:3") && said.err.contains("git or a copy"), "{said:?}");
    assert!(sealed.without(&["check"]).out.contains("check-seal-cut"));
    assert_eq!(sealed.with("key.txt", &["check"]).out.matches("c2").count(), 1);
    assert_eq!(sealed.with("key.txt", &["key", "rotate"]).code, 3);
    // A cell that was moved to another row does not pass for that row's.
    let first = text.lines().nth(1).unwrap().split(',').nth(2).unwrap();
    std::fs::write(sealed.school.path("logs/2026-autumn/counselling.csv"), text.replace(&cell, first)).unwrap();
    let moved = sealed.with("key.txt", &["log", "list"]);
    assert!(moved.out.matches("MARKc1").count() == 1 && moved.err.contains("counselling.csv:3"), "{moved:?}");
}

#[test]
fn a_ledger_that_names_nobody_for_its_sealed_rows_is_an_error_and_a_wrong_key_file_is_named() {
    let sealed = Sealed::new();
    sealed.ok(&["log", "add", "crisis", "aaaaaa", "type=loss", "--id", "c1"]);
    let text = sealed.school.read("guanai.toml");
    let without = text.replace("[[privacy.recipient]]", "[somebody]");
    std::fs::write(sealed.school.path("guanai.toml"), without).unwrap();
    assert!(sealed.with("key.txt", &["check"]).out.contains("check-seal-nobody"));
    assert_eq!(sealed.with("key.txt", &["followup", "list"]).code, 0);
    assert_eq!(sealed.with("key.txt", &["log", "void", "c1", "--reason", "x"]).code, 3);
    std::fs::write(sealed.school.path("guanai.toml"), text.replace("age1", "age2")).unwrap();
    let said = sealed.with("key.txt", &["log", "add", "crisis", "aaaaaa", "type=loss", "--lang", "en"]);
    assert!(said.code == 3 && said.err.contains("王老师"), "{said:?}");
    std::fs::write(sealed.school.path("guanai.toml"), &text).unwrap();
    std::fs::write(sealed.key("bad.txt"), "AGE-SECRET-KEY-1NOTONE\n").unwrap();
    let said = sealed.with("bad.txt", &["log", "list", "--lang", "en"]);
    assert!(said.code == 0 && said.err.contains("bad.txt:1") && !said.err.contains("NOTONE"), "{said:?}");
}

#[test]
fn a_file_that_would_lie_in_the_clear_beside_a_sealed_record_is_refused() {
    let sealed = Sealed::new();
    std::fs::write(sealed.key("note.txt"), "MARK").unwrap();
    let file = sealed.key("note.txt").to_string_lossy().into_owned();
    let add = ["log", "add", "counselling", "aaaaaa", "--attach", &file];
    let said = sealed.with("key.txt", &add);
    assert!(said.code == 2 && !sealed.school.path("attachments").exists(), "{said:?}");
    sealed.ok(&["log", "add", "counselling", "aaaaaa", "--id", "k1"]);
    let said = sealed.with("key.txt", &["log", "amend", "k1", "--attach", &file]);
    assert!(said.code == 2 && !sealed.school.path("attachments").exists(), "{said:?}");
}

#[test]
fn a_follow_up_that_a_person_adds_is_sealed_where_its_type_tells_what_happened() {
    let sealed = Sealed::new();
    sealed.ok(&["followup", "add", "counselling", "王小明", "--what", "MARK", "--id", "wait-1"]);
    let register = sealed.school.read("registers/followups.csv");
    assert!(!register.contains("aaaaaa") && !register.contains("MARK"), "{register}");
    assert!(sealed.ok(&["followup", "list"]).contains("MARK"));
    assert!(!sealed.without(&["followup", "list"]).out.contains("王小明"));
    // What a wish is about harms nobody.
    sealed.ok(&["followup", "add", "wish", "王小明", "--what", "一本字典"]);
    assert!(sealed.school.read("registers/followups.csv").contains("一本字典"));
}

#[test]
fn a_mandatory_report_is_due_at_once_until_its_receipt_is_recorded() {
    let sealed = Sealed::new();
    let report = ["log", "add", "mandatory-report", "aaaaaa", "type=abuse", "to=police"];
    let waiting = || {
        let list = sealed.json(&["followup", "list", "--type", "mandatory-report"]);
        list.as_array().unwrap().iter().map(|one| one["due"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    sealed.ok(&[&report[..], &["--id", "m1"]].concat());
    assert_eq!(waiting(), [DAY]);
    assert!(sealed.ok(&["due", "--days", "0"]).contains("强制报告"));
    sealed.ok(&["log", "amend", "m1", "reference=公受2026-17"]);
    assert!(waiting().is_empty());
    sealed.ok(&[&report[..], &["--id", "m2"]].concat());
    sealed.ok(&[&report[..], &["--id", "m3"]].concat());
    assert_eq!(waiting().len(), 2, "a report without its receipt answers no other");
    sealed.ok(&[&report[..], &["--id", "m4", "reference=公受2026-18"]].concat());
    assert!(waiting().is_empty());
    assert!(!sealed.log("mandatory-report").contains("公受"));
    let risk = sealed.json(&["risk", "--level", "high"]);
    assert_eq!(risk[0]["student"].as_str().or(risk[0]["id"].as_str()), Some("aaaaaa"), "{risk}");
    let counted = sealed.without(&["log", "list", "mandatory-report", "--format", "csv"]).out;
    assert_eq!(counted.lines().count(), 5, "{counted}");
}

#[test]
fn a_unit_that_a_sealed_record_might_meet_is_unknown_and_never_missed() {
    let sealed = Sealed::new();
    let standing = |said: String, who: &str| -> BTreeSet<String> {
        let units: serde_json::Value = serde_json::from_str(&said).unwrap();
        let of = |unit: &&serde_json::Value| who.is_empty() || unit.to_string().contains(who);
        units.as_array().unwrap().iter().filter(of).map(|unit| unit["standing"].as_str().unwrap().to_owned()).collect()
    };
    let show = |code: &str| ["plan", "show", code, "--format", "json", "--as-of", "2027-01-30"].map(str::to_owned);
    let with = |code: &str| sealed.ok(&show(code).each_ref().map(String::as_str));
    let without = |code: &str| sealed.without(&show(code).each_ref().map(String::as_str)).out;
    sealed.school.ok(&["student", "set", "aaaaaa", "consent=2026-09-01"]);
    sealed.ok(&["log", "add", "counselling", "aaaaaa", "--date", "2026-10-10", "--id", "k1"]);
    // Nobody has answered it: that is missed, whomever it concerns.
    assert_eq!(standing(without("M1.4"), ""), BTreeSet::from(["missed".to_owned()]));
    sealed.ok(&["log", "add", "return-visit", "aaaaaa", "--date", "2026-10-20", "--id", "v1"]);
    assert_eq!(standing(with("M1.4"), ""), BTreeSet::from(["met".to_owned()]));
    // Somebody has been visited: whether it was the child that was counselled is not known.
    assert_eq!(standing(without("M1.4"), ""), BTreeSet::from(["unknown".to_owned()]));
    sealed.ok(&["log", "add", "screening", "aaaaaa", "scale=mht", "band=watch", "--date", "2026-10-01", "--id", "s1"]);
    assert_eq!(standing(with("M2.1"), ""), BTreeSet::from(["met".to_owned()]));
    assert_eq!(standing(without("M2.1"), ""), BTreeSet::from(["unknown".to_owned()]));
}
