//! Two teachers work apart, and git brings their ledgers together: by rows and fields, alike in both directions, and
//! nothing is lost. Through the real git: merge, rebase, cherry-pick and stash.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use support::{Said, School, said};

/// Two clones of one ledger.
struct Desks {
    dir: tempfile::TempDir,
}

impl Desks {
    fn new() -> Desks {
        let desks = Desks { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(desks.path("one")).unwrap();
        desks.ok("one", "guanai init . --name 青石镇中心小学 -q && git init -q -b main && guanai git setup -q");
        desks.ok("one", "guanai -q student add 王小明 --id aaaaaa class=2023-2 address=一组; guanai -q student add 李小红 --id bbbbbb class=2023-2");
        desks.ok("one", "guanai -q log add home-visit aaaaaa met=guardian --id visit-0 --date 2026-10-08");
        desks.ok(
            "one",
            "git add -A && git commit -qm start && git clone -q . ../two && cd ../two && guanai git setup -q",
        );
        desks
    }

    fn path(&self, desk: &str) -> PathBuf {
        self.dir.path().join(desk)
    }

    fn run(&self, desk: &str, script: &str) -> Said {
        let binary = Path::new(env!("CARGO_BIN_EXE_guanai")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).current_dir(self.path(desk)).env_clear().env("PATH", path);
        shell.env("HOME", self.dir.path()).env("GUANAI_AS_OF", "2026-11-24").env("LC_ALL", "C.UTF-8");
        for (key, value) in [("NAME", "t"), ("EMAIL", "t@example.invalid")] {
            shell.env(format!("GIT_AUTHOR_{key}"), value).env(format!("GIT_COMMITTER_{key}"), value);
        }
        said(shell.output().unwrap())
    }

    fn ok(&self, desk: &str, script: &str) -> String {
        let said = self.run(desk, script);
        assert_eq!(said.code, 0, "{script}: {said:?}");
        said.out
    }

    fn read(&self, desk: &str, file: &str) -> String {
        std::fs::read_to_string(self.path(desk).join(file)).unwrap()
    }
}

const ONE: &str = "guanai -q log add home-visit bbbbbb met=parent --id visit-1 --date 2026-10-09;
                   guanai -q log amend visit-0 --note 没有书桌; guanai -q student set aaaaaa boarding=是;
                   guanai -q pair add tutor aaaaaa 石军 --id pair-1; git add -A; git commit -qm one";
const TWO: &str = "guanai -q log add home-visit bbbbbb met=guardian --id visit-2 --date 2026-10-09;
                   guanai -q log amend visit-0 environment=差; guanai -q student guardian aaaaaa 李秀英 --relation 奶奶;
                   guanai -q pair add tutor bbbbbb 石军 --id pair-2; git add -A; git commit -qm two";

fn is_together(desks: &Desks, desk: &str) {
    let log = desks.read(desk, "logs/2026-autumn/home-visit.csv");
    for part in ["visit-1", "visit-2", "没有书桌", "poor"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    let child = desks.read(desk, "students/aaaaaa.toml");
    assert!(child.contains("boarding = true") && child.contains("李秀英"), "{child}");
    let pairs = desks.read(desk, "registers/pairings.csv");
    assert!(pairs.contains("pair-1") && pairs.contains("pair-2"), "{pairs}");
    assert!(!desks.ok(desk, "guanai check --format csv || true").contains("error"));
}

#[test]
fn two_days_of_work_come_together_by_merge_rebase_cherry_pick_and_stash() {
    for (name, bring) in [
        ("merge", "git pull -q --no-rebase --no-edit ../one main"),
        ("rebase", "git pull -q --rebase ../one main"),
        ("cherry-pick", "git fetch -q ../one main && git cherry-pick FETCH_HEAD >/dev/null"),
        (
            "stash",
            "git reset -q --soft HEAD~1 && git stash -q && git pull -q --ff-only ../one main && git stash pop -q",
        ),
    ] {
        let desks = Desks::new();
        desks.ok("one", ONE);
        desks.ok("two", TWO);
        let brought = desks.run("two", bring);
        assert_eq!(brought.code, 0, "{name}: {brought:?}");
        is_together(&desks, "two");
    }
}

#[test]
fn the_same_field_changed_by_two_is_kept_twice_named_by_check_and_settled_by_one_command() {
    let desks = Desks::new();
    desks.ok(
        "one",
        "guanai -q student set aaaaaa address=二组; guanai -q log amend visit-0 --note x; git commit -qam one",
    );
    desks.ok(
        "two",
        "guanai -q student set aaaaaa address=三组; guanai -q log amend visit-0 --note y; git commit -qam two",
    );
    desks.ok("two", "git pull -q --no-rebase --no-edit ../one main");
    let child = desks.read("two", "students/aaaaaa.toml");
    assert!(child.contains("address = \"一组\"") && child.contains("二组") && child.contains("三组"), "{child}");
    let check = desks.run("two", "guanai check --format csv");
    assert_eq!((check.code, check.out.matches("check-clash").count()), (1, 2), "{check:?}");
    let listed = desks.ok("two", "guanai resolve --format csv");
    assert!(listed.contains("aaaaaa") && listed.contains("visit-0"), "{listed}");
    let wrong = desks.run("two", "guanai resolve aaaaaa address=四组");
    assert!(wrong.code == 2 && wrong.err.contains("address=二组"), "{wrong:?}");
    desks.ok("two", "guanai resolve 王小明 address=三组; guanai resolve visit-0 note=x");
    assert!(desks.ok("two", "guanai student list --format csv").contains("三组"));
    let check = desks.ok("two", "guanai check --format csv || true");
    assert!(!check.contains("clash"), "{check}");
    let child = desks.read("two", "students/aaaaaa.toml");
    assert!(!child.contains("clash"), "{child}");
}

#[test]
fn a_ledger_in_a_folder_of_a_repository_is_merged_too_and_a_damaged_copy_stops_git() {
    let desks = Desks::new();
    desks.ok("one", "printf '<<<<<<< x\\n' > logs/2026-autumn/home-visit.csv; git commit -qam one");
    desks.ok("two", TWO);
    let stopped = desks.run("two", "git pull -q --no-rebase --no-edit ../one main");
    assert_ne!(stopped.code, 0, "{stopped:?}");
    assert!(
        desks.read("two", "logs/2026-autumn/home-visit.csv").contains("visit-2"),
        "the rows of this side are there"
    );

    let above = Desks { dir: tempfile::tempdir().unwrap() };
    std::fs::create_dir_all(above.path("one/school")).unwrap();
    above.ok("one", "git init -q -b main; cd school; guanai init . -q; guanai git setup -q; guanai -q student add 王小明 --id aaaaaa;
                     guanai -q log add care-talk aaaaaa --id talk-0; git add -A; git commit -qm start; cd ..; git clone -q . ../two;
                     cd ../two/school; guanai git setup -q");
    above.ok("one", "cd school; guanai -q log add care-talk aaaaaa --id talk-1; git commit -qam one");
    above.ok("two", "cd school; guanai -q log add care-talk aaaaaa --id talk-2; git commit -qam two; git pull -q --no-rebase --no-edit $HOME/one main");
    let log = above.read("two", "school/logs/2026-autumn/care-talk.csv");
    assert!(log.contains("talk-1") && log.contains("talk-2"), "{log}");
}

/// Commands that a teacher runs, by number.
fn command(who: &str, number: usize, what: u8) -> String {
    let child = ["aaaaaa", "bbbbbb"][number % 2];
    match what % 7 {
        0 => format!("guanai -q log add care-talk {child} --id {who}-talk-{number}"),
        1 => format!("guanai -q log amend visit-0 --note {who}-{what}"),
        2 => format!("guanai -q student set {child} address={who}-{what} escort=奶奶"),
        3 => format!("guanai -q pair add tutor {child} {who} --id {who}-pair-{number}"),
        4 => format!("guanai -q student guardian {child} {who}-{number} --relation 姑姑"),
        5 => format!("guanai -q log add home-visit {child} met=guardian problem={who} --id {who}-visit-{number}"),
        _ => "guanai -q log void visit-0 --reason x || true".to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn two_ledgers_that_went_apart_by_random_commands_are_the_same_bytes_in_both_directions(
        one in prop::collection::vec(any::<u8>(), 1..5),
        two in prop::collection::vec(any::<u8>(), 1..5),
    ) {
        let desks = Desks::new();
        for (desk, deeds) in [("one", &one), ("two", &two)] {
            let commands: Vec<String> = deeds.iter().enumerate().map(|(at, what)| command(desk, at, *what)).collect();
            desks.ok(desk, &format!("set -e; {}; git add -A; git commit -qm {desk} || true", commands.join("; ")));
        }
        desks.ok("one", "git fetch -q ../two main:other; git tag mine");
        desks.ok("two", "git fetch -q ../one mine:refs/heads/other");
        for desk in ["one", "two"] {
            desks.ok(desk, "git merge -q --no-edit other");
        }
        let ledger = |desk: &str| School::files_of(&desks.path(desk));
        prop_assert_eq!(ledger("one"), ledger("two"));
        for (desk, deeds) in [("one", &one), ("two", &two)] {
            for (at, what) in deeds.iter().enumerate() {
                let (id, file) = match what % 7 {
                    0 => (format!("{desk}-talk-{at}"), "logs/2026-autumn/care-talk.csv"),
                    3 => (format!("{desk}-pair-{at}"), "registers/pairings.csv"),
                    5 => (format!("{desk}-visit-{at}"), "logs/2026-autumn/home-visit.csv"),
                    _ => continue,
                };
                prop_assert!(desks.read("one", file).contains(&id), "{id} is lost");
            }
        }
    }
}
