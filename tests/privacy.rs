//! What every reading command shows of phones and resident numbers, in every format; what is written down of every file that
//! names children; and who can read the files of a ledger.

mod support;

use std::path::Path;

use support::{Said, School, said};

const CHILD: &str = "cccccc";

/// Every command that reads, as `tests/sealed.rs` has them: a new command is put there once, and tried here too.
fn reads() -> Vec<Vec<String>> {
    let list = include_str!("sealed.rs").split("const READS").nth(1).unwrap().split("];").next().unwrap();
    let lines = list.lines().map(str::trim).filter(|line| line.starts_with("&["));
    let commands: Vec<Vec<String>> = lines
        .map(|line| serde_json::from_str(line.trim_start_matches('&').trim_end_matches(',')).expect("a list of words"))
        .collect();
    assert!(commands.len() > 50, "{}", commands.len());
    commands
}

/// A school with keys, and a child of whom every place that can hold a number holds one.
struct Numbers {
    school: School,
    keys: tempfile::TempDir,
    /// Every phone and resident number in the ledger.
    whole: Vec<String>,
}

/// A resident number with its check character.
fn resident(digits: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{digits}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

impl Numbers {
    fn new() -> Numbers {
        let school = School::with_two_children();
        let mut numbers = Numbers { school, keys: tempfile::tempdir().unwrap(), whole: Vec::new() };
        numbers.ok(&["key", "new", "--name", "王老师"]);
        numbers.ok(&["student", "add", "章隐隐", "--id", CHILD, "class=2023-2", "--since", "2023-09-01"]);
        let ids = ["52990120160306004", "52990119860306003", "52990119540306002"].map(resident);
        numbers.whole.extend(ids.clone());
        let fields = [
            format!("national_id={}", ids[0]),
            format!("roll_number=G{}", ids[0]),
            format!("phone={}", numbers.phone()),
            format!("parent.father.national_id={}", ids[1]),
            format!("parent.father.phone={}", numbers.phone()),
            format!("parent.father.other_phone={}", numbers.phone()),
            format!("guardian.national_id={}", ids[2]),
            format!("guardian.phone={}", numbers.phone()),
            format!("guardian.other_phone={}", numbers.phone()),
            format!("note=奶奶电话{}", numbers.phone()),
            format!("escort=爷爷{}", numbers.phone()),
            format!("address=龙潭村3组（{}）", numbers.phone()),
            format!("health.note=医生{}", numbers.phone()),
            format!("household.note=村委{}", numbers.phone()),
            format!("study.habits=辅导{}", numbers.phone()),
            format!("extra.联系方式=微信{}", numbers.phone()),
            "guardian.name=李秀英".to_owned(),
            "born=2016-03-06".to_owned(),
        ];
        for field in &fields {
            numbers.ok(&["student", "set", CHILD, field]);
        }
        for line in [
            "staff add 石军 --id staff-1 --role class-teacher --class 2023-2 --phone",
            "resource add police 派出所 --id police-1 --phone",
            "log add home-visit cccccc met=guardian --id visit-1 --date 2026-11-20 --note",
            "log add care-talk cccccc --id talk-1 --date 2026-11-21 --note",
            "log add crisis cccccc type=loss --id crisis-1 --date 2026-11-20 --note",
            "log add crisis-response cccccc action=x --id crisis-response-1 --date 2026-11-20 --note",
            "log add counselling cccccc --id couns-1 --date 2026-11-20 --note",
            "log add incident cccccc type=injury --id incident-1 --date 2026-11-20 --note",
            "log void talk-1 --reason",
            "followup add wish cccccc --id wish-1 --what",
            "followup add visit cccccc --id visit-2 --what",
            "followup move visit-2 --due 2026-12-24 --reason",
            "pair add caring-parent cccccc 石军 --id pair-1 --until 2026-12-01",
            "risk set cccccc high --reason",
        ] {
            let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            if line.ends_with("--phone") {
                words.push(numbers.phone());
            } else if !line.ends_with("2026-12-01") {
                words.push(format!("电话{}，号码{}", numbers.phone(), numbers.whole[0]));
            }
            numbers.ok(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
        // Two clones gave the child two phones, and a third file looks like the child's.
        let clash =
            format!("\n[[clash]]\nkey = \"phone\"\nvalues = [\"{}\", \"{}\"]\n", numbers.phone(), numbers.phone());
        let path = numbers.school.path("students/cccccc.toml");
        let text = std::fs::read_to_string(&path).unwrap() + &clash;
        std::fs::write(path, text).unwrap();
        numbers.ok(&["student", "set", "aaaaaa", &format!("phone={}", numbers.whole[3])]);
        numbers
    }

    /// A phone that stands nowhere else.
    fn phone(&mut self) -> String {
        let phone = format!("1540000{:04}", 7000 + self.whole.len());
        self.whole.push(phone.clone());
        phone
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let mut command = self.school.command(arguments);
        said(command.env("GUANAI_KEY", self.keys.path().join("key.txt")).output().unwrap())
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        said.out
    }

    fn said_whole(&self, text: &str) -> Vec<&String> {
        self.whole.iter().filter(|number| text.contains(number.as_str())).collect()
    }
}

#[test]
fn no_command_that_reads_shows_a_whole_phone_or_resident_number_in_any_format() {
    let numbers = Numbers::new();
    std::fs::write(numbers.school.path("lines.txt"), "followup cancel wish-1 --reason x\n").unwrap();
    let mut wrong = Vec::new();
    for command in reads() {
        let command: Vec<&str> =
            command.iter().map(|word| if word == "FOLLOW-UP" { "wish-1" } else { word.as_str() }).collect();
        for format in ["table", "csv", "json", "jsonl", "markdown", "html", "text"] {
            // What would change the ledger is tried without changing it.
            let said = numbers.run(&[&command[..], &["--format", format, "--dry-run"]].concat());
            let whole = numbers.said_whole(&format!("{}{}", said.out, said.err));
            if !whole.is_empty() {
                wrong.push(format!("{command:?} {format}: {whole:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // The numbers are there for who asks for them.
    let shown = numbers.ok(&["student", "show", CHILD, "--reveal"]);
    assert!(numbers.said_whole(&shown).len() > 10, "{shown}");
}

#[test]
fn what_a_command_would_change_is_shown_without_numbers_and_whole_on_request() {
    let numbers = Numbers::new();
    let dry = ["student", "set", CHILD, "guardian.phone=15400009999", "--dry-run"];
    let said = numbers.ok(&dry);
    assert!(said.contains("154******99") && numbers.said_whole(&said).is_empty(), "{said}");
    assert!(numbers.ok(&[&dry[..], &["--reveal"]].concat()).contains("15400009999"));
}

/// The lines in the register of what left.
fn disclosures(school: &School) -> usize {
    std::fs::read_to_string(school.path("registers/disclosures.csv")).map_or(0, |text| text.lines().count())
}

#[test]
fn every_file_that_names_a_child_has_its_line_in_the_register_first() {
    let numbers = Numbers::new();
    for line in [
        "log add score cccccc exam=midterm subject=语文 score=80 --id s1",
        "log add aid cccccc item=书包 quantity=1个 --id aid-1",
    ] {
        numbers.ok(&line.split(' ').collect::<Vec<_>>());
    }
    let why = ["--to", "县教育局", "--reason", "检查"];
    let named: &[(&str, &[&str])] = &[
        ("report term --names", &why),
        ("report funds --names", &why),
        ("report student cccccc", &why),
        ("report class 2023-2 --names", &why),
        ("report class 2023-2 --rank", &why),
        ("letter contact-card cccccc --leave-blank --by paper", &[]),
        ("letter safety-agreement cccccc --leave-blank --by paper --draft", &[]),
        ("student handover cccccc", &why),
        ("due --days 400", &[]),
        ("plan export", &[]),
        ("report term", &[]),
        ("report funds", &[]),
        ("report mind", &[]),
        ("report class 2023-2", &[]),
    ];
    let mut outcomes = Vec::new();
    for (line, more) in named {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.extend(*more);
        let file = match words[0] {
            "due" => "out.ics",
            "student" => "out.zip",
            _ => "out.html",
        };
        words.extend([if words[0] == "due" { "--ics" } else { "--out" }, file]);
        let before = disclosures(&numbers.school);
        let said = numbers.run(&words);
        assert_eq!(said.code, 0, "{words:?}: {said:?}");
        let bytes = std::fs::read(numbers.school.path(file)).unwrap();
        let is_named = words[1] == "handover" || ["章隐隐", "王小明"].iter().any(|name| holds(&bytes, name));
        let lines = disclosures(&numbers.school) - before;
        assert!(
            lines <= 1 && lines >= usize::from(is_named),
            "{words:?} wrote {lines} lines, and names children: {is_named}"
        );
        outcomes.push((words.join(" "), is_named));
        #[cfg(unix)]
        assert_eq!(mode(&numbers.school.path(file)), 0o600, "{words:?}");
        std::fs::remove_file(numbers.school.path(file)).unwrap();
        // Nothing is handed out where the line cannot be written.
        if is_named {
            let register = numbers.school.path("registers/disclosures.csv");
            let kept = std::fs::read(&register).unwrap();
            std::fs::write(&register, b"\xff\xfe no table").unwrap();
            let said = numbers.run(&words);
            assert!(said.code != 0 && !numbers.school.path(file).exists(), "{words:?}: {said:?}");
            std::fs::write(&register, kept).unwrap();
        }
    }
    assert!(outcomes.iter().filter(|(_, is_named)| *is_named).count() > 5, "{outcomes:#?}");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Every file and folder of a ledger with the rights of others, without git's own.
#[cfg(unix)]
fn open_to_others(root: &Path, dir: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        // The lock holds nothing, and lies in a folder that nobody else can enter.
        if entry.file_name() == ".git" || path.ends_with(".guanai/lock") {
            continue;
        }
        if mode(&path) & 0o077 != 0 {
            found.push(format!("{} {:o}", path.strip_prefix(root).unwrap().display(), mode(&path)));
        }
        if path.is_dir() {
            open_to_others(root, &path, found);
        }
    }
}

#[cfg(unix)]
#[test]
fn nobody_but_the_owner_can_read_what_the_program_writes() {
    let numbers = Numbers::new();
    let root = numbers.school.root();
    std::fs::remove_file(root.join("students/cccccc.toml")).unwrap();
    numbers.ok(&["student", "add", "章隐", "--id", CHILD, "class=2023-2"]);
    std::fs::write(root.join("scan.txt"), "x").unwrap();
    numbers.ok(&["log", "add", "care-talk", CHILD, "--attach", "scan.txt"]);
    std::fs::remove_file(root.join("scan.txt")).unwrap();
    let mut found = Vec::new();
    open_to_others(root, root, &mut found);
    assert_eq!(mode(&root.join(".guanai")), 0o700);
    assert!(found.is_empty(), "{found:#?}");
    // What somebody has copied in with other rights is made the owner's when it is next written, by `check --fix` too.
    use std::os::unix::fs::PermissionsExt;
    let path = root.join("logs/2026-autumn/care-talk.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    numbers.run(&["check", "--fix"]);
    assert_eq!(mode(&path), 0o600);
}

#[cfg(unix)]
#[test]
fn what_a_merge_of_git_writes_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let school = School::with_two_children();
    for (file, text) in [
        ("base", "id,date,note\n"),
        ("ours", "id,date,note\na,2026-09-01,x\n"),
        ("theirs", "id,date,note\nb,2026-09-02,y\n"),
    ] {
        std::fs::write(school.path(file), text).unwrap();
        std::fs::set_permissions(school.path(file), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    school.ok(&["git", "merge", "base", "ours", "theirs", "logs/2026-autumn/care-talk.csv"]);
    assert!(school.read("ours").contains("a,2026-09-01") && school.read("ours").contains("b,2026-09-02"));
    assert_eq!(mode(&school.path("ours")), 0o600);
}

#[test]
fn the_document_on_privacy_names_tests_that_are_there() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(home.join("docs/privacy.md")).unwrap();
    let quoted = document.split('`').skip(1).step_by(2).filter_map(|words| words.split_once(' '));
    let tests = |file: &str| std::fs::read_to_string(home.join(format!("tests/{file}.rs"))).ok();
    let named: Vec<(&str, &str)> = quoted.filter(|(file, name)| tests(file).is_some() && name.contains('_')).collect();
    assert!(named.len() > 12, "{named:?}");
    for (file, name) in named {
        assert!(tests(file).unwrap().contains(&format!("fn {name}()")), "{file} has no test {name}");
    }
}
