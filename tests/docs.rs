//! What the documents show runs, and in both languages it is the same.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{School, said};

/// A piece of a document that a reader would do: a line of the shell, or text to put at the end of a file.
#[derive(Debug, PartialEq)]
enum Step {
    Run { line: String, code: i32 },
    Append { file: String, text: String },
}

/// The steps of a document: lines of its ```sh blocks (`# exit N` behind one that ends so), and its ```toml FILE blocks.
fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        if info == "sh" {
            steps.extend(block.iter().map(|line| run_step(line)));
        } else if let Some(file) = info.strip_prefix("toml ") {
            steps.push(Step::Append { file: file.to_owned(), text: format!("{}\n", block.join("\n")) });
        }
    }
    steps
}

fn run_step(line: &str) -> Step {
    let (line, code) = line.split_once(" # exit ").unwrap_or((line, "0"));
    Step::Run { line: line.to_owned(), code: code.parse().expect("a number behind `# exit`") }
}

fn at_home(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn document(name: &str) -> Vec<Step> {
    let path = at_home(name);
    steps(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// An empty folder to be a ledger, below one that holds the spreadsheets of which the guide speaks.
struct Desk {
    above: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let above = tempfile::tempdir().expect("a temporary folder");
        for (form, name) in [("01-civil-affairs.xlsx", "花名册.xlsx"), ("09-next-term.xlsx", "新学期花名册.xlsx")]
        {
            std::fs::copy(at_home("tests/forms").join(form), above.path().join(name)).expect("a form");
        }
        let visits = "日期,学生,教师,见到谁,发现问题\n2026-11-20,侯浩辉,刘老师,监护人,没有台灯\n";
        std::fs::write(above.path().join("家访.csv"), visits).expect("a spreadsheet of visits");
        let scores = "一年级1班2026年秋季期中考试成绩（2026年11月10日）\n姓名,语文,数学,总分\n易怡子,58,93,151\n侯浩辉,缺考,71,\n";
        std::fs::write(above.path().join("成绩.csv"), scores).expect("a spreadsheet of scores");
        std::fs::create_dir(above.path().join("ledger")).expect("a folder");
        Desk { above }
    }

    fn ledger(&self) -> PathBuf {
        self.above.path().join("ledger")
    }

    /// Runs a script as the shell does, with the binary of this build as `guanai`.
    ///
    /// The home is a folder beside the ledger: there the key of the guide lies.
    fn run(&self, script: &str) -> support::Said {
        let binary = env!("CARGO_BIN_EXE_guanai");
        let script = format!("set -o pipefail; guanai() {{ '{binary}' \"$@\"; }}; {script}");
        let mut command = Command::new("bash");
        command.args(["-c", &script]).current_dir(self.ledger());
        said(alone(&mut command).env("HOME", self.above.path()).output().expect("bash runs"))
    }

    fn follow(&self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Run { line, code } => {
                    let said = self.run(line);
                    assert_eq!(said.code, *code, "{line}: {}{}", said.out, said.err);
                    assert!(!said.err.contains("panicked"), "{line}: {}", said.err);
                }
                Step::Append { file, text } => {
                    let path = self.ledger().join(file);
                    let before = std::fs::read_to_string(&path).unwrap_or_default();
                    std::fs::write(&path, before + text).expect("a file of the ledger");
                }
            }
        }
    }
}

/// No clock, language, home or git settings of the machine.
fn alone(command: &mut Command) -> &mut Command {
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GUANAI", env!("CARGO_BIN_EXE_guanai"))
        .env("GUANAI_AS_OF", support::DAY)
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "刘老师").env(format!("GIT_{who}_EMAIL"), "teacher@school.example");
    }
    command
}

/// Runs a script of examples/ and gives what it said, having ended well.
fn example(name: &str, arguments: &[&str]) -> String {
    let said = recipe(name, arguments, "", &[]);
    assert_eq!(said.code, 0, "{name}: {}{}", said.out, said.err);
    said.out
}

/// Runs a script of examples/ with this on its standard input.
fn recipe(name: &str, arguments: &[&str], input: &str, set: &[(&str, &str)]) -> support::Said {
    use std::io::Write as _;
    let mut command = Command::new("bash");
    command.arg(at_home("examples").join(name)).args(arguments);
    let piped = || std::process::Stdio::piped();
    let spawned = alone(&mut command).envs(set.iter().copied()).stdin(piped()).stdout(piped()).stderr(piped()).spawn();
    let mut child = spawned.expect("bash runs");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).unwrap_or_default();
    let said = said(child.wait_with_output().expect("bash ends"));
    assert!(!said.err.contains("panicked"), "{name}: {}", said.err);
    said
}

/// An invented school, lived in for two terms.
fn lived_in(students: &str) -> School {
    let school = School { dir: tempfile::tempdir().expect("a temporary folder") };
    school.ok(&["demo", ".", "--students", students]);
    school
}

#[test]
fn every_command_of_the_readme_runs() {
    let steps = document("README.md");
    assert!(steps.len() >= 20, "{steps:?}");
    Desk::new().follow(&steps);
}

#[test]
fn every_command_of_the_guide_runs() {
    let steps = document("docs/guide.md");
    assert!(steps.len() >= 50, "{steps:?}");
    Desk::new().follow(&steps);
}

#[test]
fn what_is_shown_is_the_same_in_both_languages() {
    assert_eq!(document("README.md"), document("README.zh-CN.md"));
    assert_eq!(document("docs/guide.md"), document("docs/guide.en.md"));
    assert_eq!(document("docs/contributing.md"), document("docs/contributing.en.md"));
}

#[test]
fn what_the_page_for_contributors_shows_runs() {
    let steps = document("docs/contributing.md");
    assert!(steps.len() >= 10, "{steps:?}");
    Desk::new().follow(&steps);
}

/// Every document that has links, README first.
fn documents() -> Vec<String> {
    let mut names = vec!["README.md".to_owned(), "README.zh-CN.md".to_owned(), "benches/README.md".to_owned()];
    for entry in std::fs::read_dir(at_home("docs")).expect("docs/").flatten() {
        names.push(format!("docs/{}", entry.file_name().to_string_lossy()));
    }
    names.retain(|name| name.ends_with(".md"));
    names
}

/// How a heading is called in a link: as the usual renderers of Markdown do it.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || ['-', '_', ' '].contains(letter);
    heading.to_lowercase().chars().filter(kept).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

#[test]
fn what_a_document_points_to_is_there() {
    for name in documents() {
        let text = std::fs::read_to_string(at_home(&name)).expect("a document");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, part) = link.split_once('#').unwrap_or((link, ""));
            let beside = at_home(&name).parent().expect("a folder").join(file);
            let target = if file.is_empty() { at_home(&name) } else { beside };
            assert!(link.starts_with("https://") || target.exists(), "{name}: {link}");
            if !part.is_empty() && !link.starts_with("https://") {
                let text = std::fs::read_to_string(target).expect("a document");
                let headings =
                    text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#'));
                assert!(headings.map(|heading| anchor(heading.trim())).any(|one| one == part), "{name}: {link}");
            }
        }
    }
}

#[test]
fn the_readme_leads_to_every_document_in_both_languages() {
    let reached = |begin: &str| {
        let (mut names, mut at) = (vec![begin.to_owned()], 0);
        while at < names.len() {
            let text = std::fs::read_to_string(at_home(&names[at])).unwrap_or_default();
            let folder = Path::new(&names[at]).parent().expect("a folder").to_path_buf();
            for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
                let name = folder.join(link).to_string_lossy().into_owned();
                if name.ends_with(".md") && !link.starts_with("https://") && !names.contains(&name) {
                    names.push(name);
                }
            }
            at += 1;
        }
        names
    };
    for begin in ["README.md", "README.zh-CN.md"] {
        let reached = reached(begin);
        let missing: Vec<String> = documents().into_iter().filter(|name| !reached.contains(name)).collect();
        assert!(missing.is_empty(), "{begin} leads to none of {missing:?}");
    }
}

/// A document by its sections: what stands between backticks in each, in order of the alphabet, and its blocks of code.
fn named(file: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let text = std::fs::read_to_string(at_home(file)).expect("a document");
    let section = |section: &str| {
        let (mut prose, mut code) = (String::new(), Vec::new());
        for (at, part) in section.split("\n```").enumerate() {
            if at % 2 == 0 { prose.push_str(part) } else { code.push(part.to_owned()) }
        }
        let mut words: Vec<String> =
            prose.replace('\n', " ").split('`').skip(1).step_by(2).map(str::to_owned).collect();
        words.sort();
        (words, code)
    };
    text.split("\n## ").map(section).collect()
}

#[test]
fn the_format_is_told_in_two_languages_and_each_names_what_the_other_does() {
    let (english, chinese) = (named("docs/format.md"), named("docs/format.zh-CN.md"));
    assert_eq!(english.len(), chinese.len(), "one has another number of sections");
    for (number, (english, chinese)) in english.iter().zip(&chinese).enumerate() {
        assert_eq!(english, chinese, "section {number}");
    }
}

/// What stands between backticks in a document.
fn quoted(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("```")).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_files_tests_and_variables_that_contributors_are_told_of_are_there() {
    let rooms = ["src/", "tests/", "data-template/", "benches/", ".debian/", ".ci/"];
    let mut sources = String::new();
    for name in ["tests/cuts/whole.rs", "tests/fuzz/main.rs", "tests/injection/main.rs"] {
        sources.push_str(&std::fs::read_to_string(at_home(name)).expect("a test"));
    }
    for name in ["together", "damage", "commands"] {
        sources.push_str(&std::fs::read_to_string(at_home(&format!("tests/{name}.rs"))).expect("a test"));
    }
    for name in ["docs/contributing.md", "docs/contributing.en.md"] {
        let text = std::fs::read_to_string(at_home(name)).expect("a document");
        for word in quoted(&text) {
            if rooms.iter().any(|room| word.starts_with(room)) && !word.contains("NAME") {
                assert!(at_home(word).exists(), "{name}: {word}");
            }
            if let Some((_, test)) = word.split_once("--test ") {
                let test = test.split(' ').next().expect("a name");
                let there = [format!("tests/{test}.rs"), format!("tests/{test}/main.rs")];
                assert!(there.iter().any(|file| at_home(file).exists()), "{name}: {word}");
            }
            if let Some((variable, _)) = word.split_once('=').filter(|(name, _)| name.starts_with("GUANAI_")) {
                assert!(sources.contains(&format!("\"{variable}\"")), "{name}: {variable}");
            }
        }
    }
}

#[test]
fn no_example_is_without_a_test() {
    let mut names: Vec<String> = std::fs::read_dir(at_home("examples"))
        .expect("examples/")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let tested = [
        "backup.sh",
        "bureau-template.sh",
        "census-to-report.sh",
        "county",
        "county.sh",
        "inspection.sh",
        "mail-due.sh",
        "monday.sh",
        "pre-commit",
        "roll-call.sh",
        "term.sh",
        "visits-folder.sh",
    ];
    assert_eq!(names, tested, "test the new one below");
}

#[test]
fn a_term_from_the_shell_runs_from_census_to_summary() {
    let said = example("term.sh", &[]);
    for word in ["summary.docx", "gone", "3 ", "== The census is taken back in one step"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn mondays_list_names_the_child_nobody_saw() {
    let school = School::with_two_children();
    for id in ["aaaaaa", "bbbbbb"] {
        school.ok(&["student", "away", id, "父亲", "--from", "2026-01"]);
        school.ok(&[
            "student",
            "guardian",
            id,
            "李秀英",
            "--relation",
            "奶奶",
            "--born",
            "1950-01",
            "--ability",
            "poor",
        ]);
    }
    school.ok(&["log", "add", "care-talk", "bbbbbb"]);
    let said = example("monday.sh", &[&school.root().to_string_lossy()]);
    let untouched = said.split("\n== ").nth(1).expect("the first list");
    assert!(untouched.contains("王小明") && !untouched.contains("李小红"), "{said}");
}

#[test]
fn mondays_list_of_an_invented_school_has_its_plans() {
    assert!(example("monday.sh", &[]).contains("留守儿童关爱综合工作计划"));
}

#[test]
fn a_census_becomes_a_summary_without_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let census = at_home("tests/forms/01-civil-affairs.xlsx").to_string_lossy().into_owned();
    let summary = folder.path().join("summary.md").to_string_lossy().into_owned();
    let said = example("census-to-report.sh", &[&census, &summary]);
    assert!(said.contains("10 2026-1"), "{said}");
    let summary = std::fs::read_to_string(summary).expect("a summary");
    assert!(summary.contains("60") && !summary.contains("易怡子"), "{summary}");
}

#[test]
fn the_hook_stops_a_commit_that_check_finds_wrong() {
    let school = School::with_two_children();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(school.root());
        said(alone(&mut command).output().expect("git runs"))
    };
    git(&["init", "-q"]);
    std::fs::create_dir_all(school.path(".git/hooks")).expect("a folder");
    std::fs::copy(at_home("examples/pre-commit"), school.path(".git/hooks/pre-commit")).expect("the hook");
    git(&["add", "-A"]);
    let good = git(&["commit", "-m", "good"]);
    assert_eq!(good.code, 0, "{good:?}");
    std::fs::write(school.path("registers/followups.csv"), "id,type\nx,y,z\n").expect("a broken file");
    git(&["add", "-A"]);
    let broken = git(&["commit", "-m", "broken"]);
    assert_eq!(broken.code, 1, "{broken:?}");
    let shown = format!("{}{}", broken.out, broken.err);
    assert!(shown.contains("registers/followups.csv"), "{shown}");
}

/// Git may not choose between two tables by itself: a row that one teacher took back would stand beside its old self.
#[test]
fn a_merge_of_two_teachers_rows_stops_and_is_named_until_the_marks_are_out() {
    let desk = Desk::new();
    let said = desk.run(
        "set -e; guanai init . --name 青石镇中心小学; guanai student add 王小明 --id aaaaaa; git init -q -b main
         git add -A; git commit -qm start; git clone -q . ../other
         guanai log add home-visit aaaaaa met=guardian --id visit-one; git add -A; git commit -qm one
         cd ../other; guanai log add home-visit aaaaaa met=parent --id visit-two; git add -A; git commit -qm two
         git pull -q --no-rebase --no-edit && exit 9
         guanai check --format csv && exit 8
         sed -i '/^<<<<<<< /d; /^=======$/d; /^>>>>>>> /d' logs/2026-autumn/home-visit.csv
         sed -i '2,${/^id,/d}' logs/2026-autumn/home-visit.csv
         guanai check --fix >/dev/null; guanai log list home-visit --format csv",
    );
    assert_eq!(said.code, 0, "{said:?}");
    for word in ["form-conflict", "visit-one", "visit-two"] {
        assert!(said.out.contains(word), "{word}: {said:?}");
    }
}

#[test]
fn whoever_owes_something_gets_a_mail_without_names() {
    let school = lived_in("60");
    let out = tempfile::tempdir().unwrap();
    let mail = out.path().join("mail");
    let sent = out.path().join("sent");
    std::fs::write(&mail, format!("#!/bin/sh\necho \"to $3\" >> '{0}'\ncat >> '{0}'\n", sent.display())).unwrap();
    std::fs::set_permissions(&mail, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let owners = school.ok(&["due", "--days", "7", "--format", "csv"]);
    let owner = owners.lines().nth(1).and_then(|line| line.rsplit(',').next()).expect("something is due");
    let teachers = out.path().join("teachers.txt");
    std::fs::write(&teachers, format!("{owner} one@school.example\n没有这人 two@school.example\n")).unwrap();
    let (teachers, root) = (teachers.to_string_lossy().into_owned(), school.root().to_string_lossy().into_owned());
    let said = recipe("mail-due.sh", &[&teachers, &root], "", &[("MAIL", &mail.to_string_lossy())]);
    assert_eq!(said.code, 0, "{said:?}");
    let sent = std::fs::read_to_string(sent).expect("a mail");
    assert!(sent.contains("to one@") && sent.contains("due:20") && !sent.contains("two@"), "{sent}");
    for name in school.ok(&["student", "list", "--format", "csv"]).lines().skip(1) {
        let name = name.split(',').nth(1).expect("a name");
        assert!(!sent.contains(name), "{name} in {sent}");
    }
}

#[test]
fn a_roll_call_is_recorded_once() {
    let school = School::with_two_children();
    let root = school.root().to_string_lossy().into_owned();
    for _ in 0..2 {
        let said = recipe("roll-call.sh", &[&root, "2023-2"], "王小明 ill\n", &[]);
        assert_eq!((said.code, said.out.ends_with("told\n王小明\n")), (0, true), "{said:?}");
    }
    assert_eq!(school.ok(&["log", "list", "attendance", "--format", "csv"]).lines().count(), 2);
    let unknown = recipe("roll-call.sh", &[&root, "2023-2"], "没有这人 ill\n", &[]);
    assert!(unknown.code != 0 && unknown.err.contains("没有这人"), "{unknown:?}");
}

#[test]
fn a_folder_of_visits_is_taken_in_and_what_is_wrong_is_set_aside() {
    let school = School::with_two_children();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let good = "日期,学生,教师,见到谁,发现问题\n2026-11-20,王小明,刘老师,监护人,没有台灯\n";
    std::fs::write(at("a.csv"), format!("{good}2026-11-20,没有这人,刘老师,监护人,\n")).unwrap();
    std::fs::write(at("b.csv"), "x\n").unwrap();
    let arguments = [&*folder.path().to_string_lossy(), &*school.root().to_string_lossy()];
    let said = example("visits-folder.sh", &arguments);
    assert_eq!(said, "a.csv: taken\na.csv: some rows are to be mended\nb.csv: refused\n");
    for name in ["done/a.csv", "refused/a.rejects.xlsx", "refused/b.csv", "refused/b.csv.txt"] {
        assert!(at(name).is_file(), "{name}");
    }
    std::fs::write(at("again.csv"), good).unwrap();
    assert_eq!(example("visits-folder.sh", &arguments), "again.csv: taken\n");
    assert_eq!(school.ok(&["log", "list", "home-visit", "--format", "csv"]).lines().count(), 2);
}

#[test]
fn the_bureaus_template_is_filled_and_the_register_says_so() {
    let school = lived_in("60");
    let out = tempfile::tempdir().unwrap();
    let filled = out.path().join("filled.xlsx").to_string_lossy().into_owned();
    let template = at_home("tests/forms/01-civil-affairs.xlsx").to_string_lossy().into_owned();
    let said = example("bureau-template.sh", &[&template, &filled, &school.root().to_string_lossy()]);
    assert!(said.contains("合计,") && Path::new(&filled).is_file(), "{said}");
    assert!(school.read("registers/disclosures.csv").contains("bureau"));
}

#[test]
fn schools_are_added_up_and_one_that_gives_no_answer_stops_it() {
    let (one, other, out) = (lived_in("60"), lived_in("90"), tempfile::tempdir().unwrap());
    let file = out.path().join("county.csv").to_string_lossy().into_owned();
    let roots = [one.root(), other.root()].map(|root| root.to_string_lossy().into_owned());
    let said = recipe("county.sh", &[&file, &roots[0], &roots[1]], "", &[]);
    let rows: Vec<Vec<u32>> = std::fs::read_to_string(&file)
        .expect("a file")
        .lines()
        .skip(1)
        .map(|line| line.split(',').skip(1).map(|cell| cell.parse().expect("a number")).collect())
        .collect();
    assert!(rows.len() == 3 && rows[0][0] > 0 && rows[1][0] > 0 && said.code <= 1, "{said:?}");
    for (column, sum) in rows[2].iter().enumerate() {
        assert_eq!(*sum, rows[0][column] + rows[1][column], "column {column}");
    }
    std::fs::remove_file(&file).unwrap();
    let none = recipe("county.sh", &[&file, &roots[0], "/nowhere"], "", &[]);
    assert!(none.code > 1 && !Path::new(&file).exists(), "{none:?}");
}

/// The column of an answer of the roll-up, summed over the rows of a term.
fn rolled_up(folder: &Path, name: &str, column: &str, term: &str) -> u64 {
    let text =
        std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap_or_else(|error| panic!("{name}: {error}"));
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let at = header.iter().position(|own| *own == column).unwrap_or_else(|| panic!("{column}: {header:?}"));
    let rows = text.lines().skip(1).filter(|row| row.contains(term));
    rows.map(|row| row.split(',').nth(at).and_then(|cell| cell.parse::<u64>().ok()).unwrap_or(0)).sum()
}

/// Three schools, one child who moves between two of them. Spark is run by hand, see docs/scale.md.
#[test]
fn a_county_of_three_schools_is_rolled_up_as_the_schools_count_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, out) = (folder.path().to_string_lossy().into_owned(), folder.path().join("out"));
    let made = recipe("county/generate.sh", &[&dir, "3"], "", &[("KEEP", "1"), ("JOBS", "1")]);
    assert_eq!(made.code, 0, "{made:?}");
    let python = |arguments: &[&str]| {
        let mut command = Command::new("python3");
        alone(command.args(arguments)).env("PYTHONDONTWRITEBYTECODE", "1").output()
    };
    if !python(&["-c", "import duckdb"]).is_ok_and(|output| output.status.success()) {
        println!("skipped: python3 has no duckdb (pip install duckdb)");
        return;
    }
    let runner = at_home("examples/county/on_duckdb.py").to_string_lossy().into_owned();
    let ran = said(python(&[&runner, &format!("{dir}/county"), &out.to_string_lossy()]).expect("python3 runs"));
    assert_eq!(ran.code, 0, "{ran:?}");

    // One file a term in place of one a school gives the same answers.
    let compacted = format!("{dir}/compacted");
    let compact = at_home("examples/county/compact.py").to_string_lossy().into_owned();
    let again = folder.path().join("again");
    for arguments in
        [[&*compact, &format!("{dir}/county"), &compacted], [&*runner, &compacted, &again.to_string_lossy()]]
    {
        let ran = said(python(&arguments).expect("python3 runs"));
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    assert_eq!(School::files_of(&out), School::files_of(&again));

    let ledgers: Vec<PathBuf> =
        std::fs::read_dir(folder.path().join("ledgers")).unwrap().flatten().map(|entry| entry.path()).collect();
    assert_eq!(ledgers.len(), 3);
    let listed = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let of = |ledger: &PathBuf| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_guanai"));
            command.arg("-C").arg(ledger).args(arguments).args(["--format", "json"]);
            let answer = said(alone(&mut command).output().expect("the binary runs"));
            serde_json::from_str::<Vec<serde_json::Value>>(&answer.out)
                .unwrap_or_else(|error| panic!("{error}: {answer:?}"))
        };
        ledgers.iter().flat_map(of).collect()
    };
    let term = "2026-autumn";
    let children = listed(&["student", "list"]).len() as u64;
    assert_eq!(rolled_up(&out, "children", "enrolled", term), children);
    assert_eq!(rolled_up(&out, "left_behind", "children", term), children);
    let (files, once) = (rolled_up(&out, "children", "files", term), rolled_up(&out, "children", "children", term));
    assert_eq!((files - once, rolled_up(&out, "moves", "moves", "")), (1, 1), "who moved counts once");
    let high = listed(&["risk"]).iter().filter(|row| row["level"] == "high").count() as u64;
    assert!(high > 0);
    assert_eq!(rolled_up(&out, "risk", "high", term), high);
    let met: u64 = listed(&["plan", "status"]).iter().map(|row| row["met"].as_u64().unwrap()).sum();
    assert_eq!(rolled_up(&out, "coverage", "met", term), met);
}

#[test]
fn a_copy_of_a_ledger_is_read_back() {
    let school = School::with_two_children();
    let out = tempfile::tempdir().unwrap();
    let copy = out.path().join("copy.bundle").to_string_lossy().into_owned();
    let root = school.root().to_string_lossy().into_owned();
    for expected in ["2 children", "3 children"] {
        let said = example("backup.sh", &[&copy, &root]);
        assert!(said.contains(expected), "{said}");
        school.run(&["student", "add", "张三", "--id", "cccccc", "class=2024-1"]);
    }
}

#[test]
fn an_inspection_begins_with_check_and_ends_with_the_binder() {
    let school = lived_in("60");
    let out = tempfile::tempdir().unwrap();
    let (binder, root) =
        (out.path().join("binder").to_string_lossy().into_owned(), school.root().to_string_lossy().into_owned());
    let said = recipe("inspection.sh", &[&binder, &root], "", &[("ENOUGH", "1")]);
    assert!(said.code == 0 && said.out.contains("none") && Path::new(&binder).is_dir(), "{said:?}");
    assert_eq!(recipe("inspection.sh", &[&binder, &root], "", &[("ENOUGH", "100")]).code, 1);
    std::fs::write(school.path("registers/followups.csv"), "id\n\"").unwrap();
    let damaged = recipe("inspection.sh", &[&binder, &root], "", &[]);
    assert!(damaged.code == 1 && damaged.err.contains("mend these first"), "{damaged:?}");
}
