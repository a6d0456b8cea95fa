//! What the documents show runs, and both READMEs show the same.

mod support;

use std::process::Command;

use support::School;

/// The commands of the ```sh blocks of a document, one a line.
fn commands(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            _ if line.starts_with("```") => inside = false,
            _ if inside => found.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

fn document(name: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs a line as the shell does, with the binary of this build as `guanai`.
fn run(school: &School, line: &str) -> support::Said {
    let binary = env!("CARGO_BIN_EXE_guanai");
    let script = format!("set -o pipefail; guanai() {{ '{binary}' \"$@\"; }}; {line}");
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(school.root())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GUANAI_AS_OF", support::DAY)
        .output()
        .expect("bash runs");
    support::said(output)
}

#[test]
fn every_command_of_the_readme_runs() {
    let lines = commands(&document("README.md"));
    assert!(lines.len() >= 20, "{lines:?}");
    let school = School { dir: tempfile::tempdir().unwrap() };
    for line in lines {
        let said = run(&school, &line);
        assert_eq!(said.code, 0, "{line}: {}{}", said.out, said.err);
        assert!(!said.err.contains("panicked"), "{line}: {}", said.err);
    }
}

#[test]
fn both_readmes_show_the_same_commands() {
    assert_eq!(commands(&document("README.md")), commands(&document("README.zh-CN.md")));
}

#[test]
fn a_term_from_the_shell_runs_from_census_to_summary() {
    let script = format!("{}/examples/term.sh", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("bash")
        .arg(script)
        .env("GUANAI", env!("CARGO_BIN_EXE_guanai"))
        .env_remove("GUANAI_LANG")
        .output()
        .expect("bash runs");
    let said = support::said(output);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for word in ["summary.docx", "gone", "3 ", "== The census is taken back in one step"] {
        assert!(said.out.contains(word), "{word}: {}", said.out);
    }
}
