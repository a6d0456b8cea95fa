//! A child who has left is forgotten: nothing in the folder says any more who it was, other children's records are as they
//! were, and every past day is counted as before.

mod support;

use std::path::{Path, PathBuf};

use support::{Said, School, said};

const CHILD: &str = "cccccc";
const LATER: &str = "2033-01-01";

/// A school that seals, and the folder of its key.
struct Sealed {
    school: School,
    keys: tempfile::TempDir,
}

impl Sealed {
    fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.school.command(arguments);
        said(command.env("GUANAI_KEY", self.keys.path().join("key.txt")).output().unwrap())
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out
    }

    /// A child of whom every field, every kind of row and every register holds something that names or marks it.
    fn with_a_marked_child() -> Sealed {
        let sealed = Sealed { school: School::with_two_children(), keys: tempfile::tempdir().unwrap() };
        sealed.ok(&["key", "new", "--name", "王老师"]);
        sealed.ok(&["student", "add", "章隐隐", "--id", CHILD, "class=2020-2", "--since", "2020-09-01"]);
        let fields = [
            "former_name=章MARK",
            "gender=female",
            "national_id=52990120140306004X",
            "roll_number=MARK-roll",
            "address=贵州省青石县MARK村3组",
            "hukou_address=贵州省青石县MARK村3组",
            "phone=15400007777",
            "escort=MARK-escort",
            "note=MARK-note",
            "ethnicity=苗族",
            "parent.father.name=章MARK父",
            "parent.father.phone=15400007778",
            "guardian.name=李MARK英",
            "guardian.relation=paternal-grandmother",
            "guardian.phone=15400007779",
            "guardian.address=MARK-address",
            "health.status=ill",
            "health.illness=MARK-illness",
            "health.allergies=MARK-allergy",
            "health.note=MARK-health",
            "household.housing=MARK-housing",
            "household.note=MARK-household",
            "study.habits=MARK-habits",
            "study.difficulties=MARK-difficulties",
            "extra.MARK=MARK-extra",
        ];
        let number = number();
        for field in fields {
            let field =
                if field.starts_with("national_id") { format!("national_id={number}") } else { field.to_owned() };
            sealed.ok(&["student", "set", CHILD, &field]);
        }
        sealed.ok(&["student", "away", CHILD, "father", "--place", "广东省MARK市", "--from", "2024-02-15"]);
        sealed.ok(&["risk", "set", CHILD, "high", "--reason", "MARK-risk"]);
        std::fs::write(sealed.school.path("photo.txt"), "MARK of a file").unwrap();
        sealed.rows();
        sealed.ok(&["student", "leave", CHILD, "--on", "2026-11-23", "--reason", "MARK-leaving"]);
        sealed
    }

    /// A row of every kind that is for children, in which every field of text holds a mark.
    fn rows(&self) {
        for (kind, fields) in kinds() {
            let note = format!("MARK-{kind}");
            let mut line = vec!["log", "add", &kind, CHILD, "--date", "2026-11-20", "--note", &note];
            line.extend(fields.iter().map(String::as_str));
            let id = format!("own-{kind}");
            let added = self.run(&[&line[..], &["--id", &id]].concat());
            assert_eq!(added.code, 0, "{kind}: {added:?}");
        }
        for line in [
            "log add care-talk cccccc --id own-file --attach photo.txt --note MARK",
            "log add care-talk cccccc --id own-void --note MARK",
            "log void own-void --reason MARK-void",
            "log add care-talk aaaaaa cccccc --id shared --note 同章隐隐谈读书，奶奶李MARK英电话15400007779",
            "log add care-talk aaaaaa --id of-others --note 与章隐隐同桌",
            "log add safety-lesson class:2020-2 topic=fire --id of-class --note 章隐隐答得好",
            "followup add wish cccccc --what MARK-wish --id wish-1",
            "followup add wish aaaaaa --what 和章隐隐一起看书 --id wish-2",
            "pair add tutor cccccc 石军 --id pair-1",
            "pair end pair-1 --reason MARK-pair",
            "report student cccccc --to 章MARK父 --reason MARK-why --out dossier.html",
        ] {
            self.ok(&line.split(' ').collect::<Vec<_>>());
        }
        std::fs::remove_file(self.school.path("dossier.html")).unwrap();
        std::fs::remove_file(self.school.path("photo.txt")).unwrap();
        let matches = "id,name,class,born,student\nm1,章隐隐,2020-2,,cccccc\nm2,王小明,2023-2,,aaaaaa\n";
        std::fs::write(self.school.path("registers/matches.csv"), matches).unwrap();
    }
}

/// A resident number of the child, with its check character.
fn number() -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = "52990120140306004";
    let sum: u32 = digits.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{digits}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

/// The shipped kinds for children, with a value for every field.
fn kinds() -> Vec<(String, Vec<String>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-template/kinds");
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut found = Vec::new();
    for path in files {
        let file: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        for (name, kind) in file {
            // A screening has answers of its own form, and tests of its own.
            if kind.get("target").and_then(toml::Value::as_str) != Some("student") || name == "screening" {
                continue;
            }
            let fields = kind.get("fields").and_then(toml::Value::as_array).cloned().unwrap_or_default();
            let of = |field: &toml::Value| -> Option<String> {
                let text = |key: &str| field.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
                let value = match text("type").as_str() {
                    "text"
                        if ["fund", "subject", "item", "scale", "name", "scores", "letter", "platform"]
                            .contains(&text("name").as_str()) =>
                    {
                        "x".to_owned()
                    }
                    // Somebody of the staff, who then owns the follow-up.
                    "text" if text("name") == "responsible" => "石军".to_owned(),
                    "text" => format!("MARK-{}", text("name")),
                    "choice" => field["of"][0].as_str()?.to_owned(),
                    "bool" => "yes".to_owned(),
                    "phone" => "15400007780".to_owned(),
                    "date" => "2026-11-21".to_owned(),
                    "student" => CHILD.to_owned(),
                    "number" | "integer" | "minutes" | "money" => "7".to_owned(),
                    "quantity" => "7 kg".to_owned(),
                    _ => return None,
                };
                Some(format!("{}={value}", text("name")))
            };
            let fields = fields.iter().filter_map(of).filter(|field| !skipped(&name, field)).collect();
            found.push((name, fields));
        }
    }
    assert!(found.len() > 30, "{}", found.len());
    found
}

/// Fields that exclude one another.
fn skipped(kind: &str, field: &str) -> bool {
    kind == "score" && (field.starts_with("absent") || field.starts_with("grade"))
}

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
fn after_it_no_byte_of_the_folder_says_who_the_child_was() {
    let sealed = Sealed::with_a_marked_child();
    // A crash left a file that was to be renamed into its place.
    std::fs::write(sealed.school.path(".guanai/file-99999"), "name = \"章隐隐\" MARK").unwrap();
    let marks = ["MARK", "章隐隐", "1540000777", "15400007780", &number()];
    let before: Vec<String> =
        sealed.ok(&["log", "list", "--all", "--format", "csv"]).lines().map(str::to_owned).collect();
    let done = sealed.run(&["student", "forget", CHILD, "--as-of", LATER, "--lang", "en"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(!done.err.contains("still hold"), "{done:?}");
    let mut files = Vec::new();
    all_files(sealed.school.root(), &mut files);
    for (path, bytes) in &files {
        for mark in marks {
            assert!(!holds(bytes, mark), "{} holds {mark}: {}", path.display(), String::from_utf8_lossy(bytes));
        }
    }
    assert!(!sealed.school.path("attachments").join("x").exists());
    let attachments = std::fs::read_dir(sealed.school.path("attachments")).map_or(0, |dir| dir.count());
    assert_eq!(attachments, 0);
    // What is sealed says it no more either.
    let after = sealed.ok(&["log", "list", "--all", "--format", "csv", "--reveal"]);
    assert!(!after.contains("MARK") && !after.contains("章隐隐"), "{after}");
    assert_eq!(after.lines().count(), before.len(), "a row is lost");
    let shared = sealed.ok(&["log", "show", "shared", "--format", "csv"]);
    assert!(shared.contains("谈读书") && shared.contains("王小明"), "{shared}");
    assert!(sealed.ok(&["followup", "list", "--all", "--format", "csv"]).contains("一起看书"));
    let register = sealed.school.read("registers/disclosures.csv");
    assert!(register.contains("student forget cccccc") && register.contains("keep-years = 6"), "{register}");
    assert!(sealed.school.read("registers/matches.csv").contains("王小明"));
    // Nothing is left to take back.
    assert_eq!(sealed.run(&["undo"]).code, 2);
    let check = sealed.run(&["check", "--format", "csv", "--as-of", LATER]).out;
    let named: Vec<&str> = check.lines().filter(|line| line.contains("cccccc")).collect();
    assert!(named.is_empty(), "check names the forgotten record: {named:?}");
    let again = sealed.school.files();
    sealed.ok(&["student", "forget", CHILD, "--as-of", LATER]);
    let mut now = sealed.school.files();
    now.remove("registers/disclosures.csv");
    assert!(now.iter().all(|(path, bytes)| again[path] == *bytes), "forgetting twice changes something");
}

#[test]
fn a_pupil_and_a_leaver_whose_years_are_not_over_are_refused() {
    let sealed = Sealed::with_a_marked_child();
    let before = sealed.school.files();
    let refused = |arguments: &[&str]| {
        let said = sealed.run(&[arguments, &["--lang", "en"]].concat());
        assert_ne!(said.code, 0, "{said:?}");
        said.err
    };
    assert!(refused(&["student", "forget", "aaaaaa", "--as-of", LATER]).contains("student leave aaaaaa"));
    assert!(refused(&["student", "forget", CHILD]).contains("2032-11-24"));
    assert!(refused(&["student", "forget", CHILD, "--before-time"]).contains("--reason"));
    // A sealed row may be the child's: without its key nobody can tell.
    let closed = sealed.school.run(&["student", "forget", CHILD, "--as-of", LATER, "--lang", "en"]);
    assert!(closed.code == 3 && closed.err.contains("GUANAI_KEY"), "{closed:?}");
    sealed.ok(&["student", "forget", CHILD, "--as-of", LATER, "--dry-run"]);
    assert_eq!(sealed.school.files(), before);
    sealed.ok(&["student", "forget", CHILD, "--before-time", "--reason", "监护人要求删除"]);
    assert!(sealed.school.read("registers/disclosures.csv").contains("监护人要求删除"));
}

#[test]
fn who_is_due_is_named_by_due_and_check_and_forgotten_together() {
    let sealed = Sealed::with_a_marked_child();
    let on = |day: &str, words: &[&str]| sealed.run(&[words, &["--as-of", day, "--format", "csv"]].concat()).out;
    assert!(on("2032-11-24", &["check"]).contains("check-forget-due"));
    assert!(!on("2032-11-23", &["check"]).contains("check-forget-due"));
    assert!(on("2032-11-20", &["due", "--days", "7"]).contains("forget"));
    let listed = on(LATER, &["student", "forget", "--due", "--dry-run"]);
    assert!(listed.contains("cccccc") && listed.contains("2026-11-23") && listed.contains("2032-11-24"), "{listed}");
    assert_eq!(on("2032-11-23", &["student", "forget", "--due", "--dry-run"]).lines().count(), 1);
    sealed.ok(&["student", "forget", "--due", "--as-of", LATER]);
    assert!(sealed.school.read("students/cccccc.toml").contains("forgotten = 2033-01-01"));
    assert!(!on(LATER, &["check"]).contains("check-forget-due"));
    let text = sealed.school.read("guanai.toml").replace("keep-years = 6\n", "");
    std::fs::write(sealed.school.path("guanai.toml"), text).unwrap();
    assert_eq!(sealed.run(&["student", "forget", "--due"]).code, 2);
}

#[test]
fn a_file_beside_the_ledger_that_still_names_the_child_is_said_and_so_is_git() {
    let sealed = Sealed::with_a_marked_child();
    std::fs::create_dir(sealed.school.path("handed-in")).unwrap();
    std::fs::create_dir(sealed.school.path(".git")).unwrap();
    std::fs::write(sealed.school.path("handed-in/list.txt"), "章隐隐\n").unwrap();
    let done = sealed.run(&["student", "forget", CHILD, "--as-of", LATER, "--lang", "en"]);
    assert!(done.err.contains("handed-in/list.txt"), "{done:?}");
    assert!(done.err.contains("git filter-repo") && done.err.contains("Clones of others"), "{done:?}");
}

/// What a report says, as far as it counts.
fn counted(dir: &Path, words: &[&str], day: &str) -> serde_json::Value {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_guanai"));
    let out = command.args(words).args(["--format", "json", "--as-of", day]).current_dir(dir).output().unwrap();
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn every_past_day_is_counted_as_it_was_before() {
    let dir = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_guanai"));
        let out = command.args(words).current_dir(dir.path()).env("GUANAI_AS_OF", "2026-11-24").output().unwrap();
        assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    run(&["demo", ".", "--students", "60", "--terms", "2"]);
    let ids: Vec<String> = run(&["student", "list", "--ids"]).lines().step_by(6).map(str::to_owned).collect();
    assert!(ids.len() > 8);
    for id in &ids {
        run(&["student", "leave", id, "--on", "2026-11-20"]);
    }
    let asked: [&[&str]; 7] = [
        &["report", "term", "--term", "2026-spring"],
        &["report", "term"],
        &["report", "funds"],
        &["report", "mind"],
        &["plan", "status"],
        &["plan", "status", "--term", "2026-spring"],
        &["risk"],
    ];
    let all = || -> Vec<serde_json::Value> {
        let days = ["2026-07-08", "2026-10-31", "2026-11-24"];
        let of = |day: &&str| asked.iter().map(|words| counted(dir.path(), words, day)).collect::<Vec<_>>();
        days.iter().flat_map(of).collect()
    };
    let before = all();
    let mut forget = vec!["student", "forget", "--as-of", LATER];
    forget.extend(ids.iter().map(String::as_str));
    run(&forget);
    for (at, (before, after)) in before.iter().zip(all()).enumerate() {
        // The listing of risk names children; what it counts is who is at risk and how much.
        let (mut before, mut after) = (before.clone(), after);
        for listed in [&mut before, &mut after] {
            if asked[at % asked.len()] == ["risk"] {
                let rows = listed.as_array_mut().unwrap();
                rows.iter_mut().for_each(|row| *row = serde_json::json!([row["id"], row["level"]]));
                rows.sort_by_key(ToString::to_string);
            }
        }
        assert_eq!(before, after, "{:?}", asked[at % asked.len()]);
    }
}
