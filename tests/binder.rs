//! `guanai report binder`: a folder in numbered parts, all of it or nothing; no child's name unless it was asked for.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use support::School;

/// A lived-in school in a folder of its own, so that a binder can stand beside it.
fn school() -> (tempfile::TempDir, School) {
    let around = tempfile::tempdir().unwrap();
    let school = School { dir: tempfile::tempdir_in(around.path()).unwrap() };
    school.ok(&["demo", ".", "-q", "--students", "36"]);
    (around, school)
}

/// The files of a folder by their paths in it.
fn files(root: &Path) -> BTreeMap<String, PathBuf> {
    fn walk(root: &Path, dir: &Path, found: &mut BTreeMap<String, PathBuf>) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), path);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

/// Everything that stands in a file: of a document or workbook what its parts hold.
fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let Ok(mut parts) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) else {
        return String::from_utf8_lossy(&bytes).into_owned();
    };
    let mut text = String::new();
    for at in 0..parts.len() {
        let mut part = Vec::new();
        parts.by_index(at).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

/// The names, whole phones and numbers of every child and family in the ledger.
fn private(school: &School) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(school.path("students")).unwrap().flatten() {
        for line in fs::read_to_string(entry.path()).unwrap().lines() {
            let is_private = ["name = ", "phone = ", "national_id = "].iter().any(|key| line.starts_with(key));
            if let Some(value) = line.split('"').nth(1).filter(|_| is_private) {
                found.push(value.to_owned());
            }
        }
    }
    found
}

fn line_of<'s>(text: &'s str, part: &str) -> Option<&'s str> {
    text.lines().find(|line| line.contains(part))
}

#[test]
fn a_binder_has_every_part_names_nobody_and_counts_as_papers_filed() {
    let (around, school) = school();
    fs::write(school.path("drill.png"), [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0]).unwrap();
    let dir = around.path().join("binder");
    let shown = dir.to_str().unwrap();
    school.ok(&["report", "binder", shown]);
    let made = files(&dir);
    for part in [
        "01-组织与职责",
        "02-计划与制度",
        "03-花名册与一人一档",
        "04-关爱记录",
        "05-学习帮扶",
        "06-心理关爱",
        "07-安全与生活",
        "08-家庭与社会",
        "09-经费与捐赠",
        "10-培训与总结",
        "11-照片",
    ] {
        assert!(made.keys().any(|path| path.starts_with(&format!("{part}/"))), "{part} is empty");
    }
    for name in [
        "00-目录.docx",
        "00-缺少的资料及补法.docx",
        "00-迎检资料总册.docx",
        "10-培训与总结/留守儿童关爱工作学期总结.docx",
    ] {
        assert!(made.contains_key(name), "{name}: {:?}", made.keys());
    }
    let names = private(&school);
    assert!(names.len() > 100);
    for (path, file) in &made {
        let text = text(file);
        for name in names.iter().filter(|name| name.chars().count() > 1) {
            assert!(!text.contains(name.as_str()), "{path} holds {name}");
        }
    }
    #[cfg(unix)]
    for file in made.values() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o077, 0, "{}", file.display());
    }
    // Who had a crisis is not told by an id either.
    let missing = text(&made["00-缺少的资料及补法.docx"]);
    assert!(missing.contains("guanai plan gaps C3.5"), "{missing}");
    assert!(!missing.contains("log add crisis-response"), "{missing}");
    let log = school.read("logs/2026-autumn/binder.csv");
    assert!(
        log.lines().any(|line| line.contains("2026-11-24") && line.contains(",yes,") && line.ends_with(",no")),
        "{log}"
    );
    let status = school.ok(&["plan", "status", "--format", "json"]);
    assert!(line_of(&status, "\"C8.5\"").is_some_and(|line| line.contains("\"met\":1")), "{status}");
    assert!(!school.read("registers/disclosures.csv").contains("report binder"));
}

#[test]
fn with_names_the_line_of_the_disclosure_stands_first_and_dossiers_are_there() {
    let (around, school) = school();
    let dir = around.path().join("binder");
    let shown = dir.to_str().unwrap();
    school.ok(&["report", "binder", shown, "--names", "--to", "县教育局", "--reason", "迎检", "--format", "html"]);
    let made = files(&dir);
    let dossiers =
        made.keys().filter(|path| path.starts_with("03-花名册与一人一档/") && path.ends_with(".html")).count();
    assert!(dossiers > 5, "{:?}", made.keys());
    assert!(line_of(&school.read("registers/disclosures.csv"), "report binder").unwrap().contains("县教育局"));
    let whole = text(&made["00-迎检资料总册.html"]);
    for phone in private(&school).iter().filter(|one| one.starts_with("154") && one.len() == 11) {
        assert!(!whole.contains(phone.as_str()), "{phone} is not masked");
    }
}

#[test]
fn a_binder_is_not_put_over_other_files_nor_into_the_ledgers_own_folders() {
    let (around, school) = school();
    let before = school.files();
    let full = around.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("mine.txt"), "mine").unwrap();
    for (dir, option) in [(full.to_str().unwrap(), "--replace"), ("students/binder", "-q"), (".", "-q")] {
        let said = school.run(&["report", "binder", dir, option]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{dir}: {}", said.err);
    }
    assert_eq!(fs::read_dir(&full).unwrap().count(), 1);
    let dry = school.run(&["report", "binder", around.path().join("dry").to_str().unwrap(), "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(!around.path().join("dry").exists());
    assert_eq!(school.files(), before);
}

#[test]
fn a_binder_is_replaced_only_on_request_and_says_the_same_of_the_same_day() {
    let (around, school) = school();
    let dir = around.path().join("binder");
    let shown = dir.to_str().unwrap();
    school.ok(&["report", "binder", shown, "--format", "html"]);
    let page = |name: &str| fs::read_to_string(dir.join(name)).unwrap();
    let first = page("04-关爱记录/记录.html");
    let said = school.run(&["report", "binder", shown]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--replace"), "{}", said.err);
    fs::write(dir.join("old.txt"), "from the old binder").unwrap();
    school.ok(&["report", "binder", shown, "--replace", "--format", "html"]);
    assert!(!dir.join("old.txt").exists());
    assert_eq!(page("04-关爱记录/记录.html"), first);
    let beside: Vec<_> = fs::read_dir(around.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}

#[test]
fn a_photo_of_a_drill_lies_among_the_photos_and_one_of_a_child_only_with_names() {
    let (around, school) = school();
    let picture = around.path().join("photo.png");
    // The smallest picture: one grey point.
    let bytes = [
        0x89u8, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
        0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1,
        0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
    ];
    fs::write(&picture, bytes).unwrap();
    let photo = picture.to_str().unwrap();
    let some = school.ok(&["student", "list", "--ids"]);
    let child = some.lines().next().unwrap();
    school.ok(&["log", "add", "drill", "type=fire", "--attach", photo]);
    fs::write(&picture, [&bytes[..], b"x"].concat()).unwrap();
    school.ok(&["log", "add", "home-visit", child, "met=guardian", "--attach", photo]);
    let of = |options: &[&str], name: &str| {
        let dir = around.path().join(name);
        school.ok(&[&["report", "binder", dir.to_str().unwrap()], options].concat());
        files(&dir).into_keys().filter(|path| path.ends_with(".png")).collect::<Vec<_>>()
    };
    let without = of(&[], "a");
    assert_eq!(without.len(), 1, "{without:?}");
    assert!(without[0].starts_with("11-照片/"), "{without:?}");
    let with = of(&["--names", "--to", "局", "--reason", "迎检"], "b");
    assert_eq!(with.len(), 2, "{with:?}");
}

#[test]
fn what_is_sealed_is_in_no_binder_even_for_who_holds_the_key() {
    let (school, around) = (School::with_two_children(), tempfile::tempdir().unwrap());
    let key = around.path().join("key.txt");
    let with_key = |arguments: &[&str]| {
        let said = support::said(school.command(arguments).env("GUANAI_KEY", &key).output().unwrap());
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
    };
    with_key(&["key", "new", "--name", "王老师"]);
    with_key(&["log", "add", "counselling", "aaaaaa", "form=面谈", "topic=家庭", "--note", "MARK-sealed"]);
    let dir = around.path().join("binder");
    let shown = dir.to_str().unwrap();
    with_key(&["report", "binder", shown, "--names", "--to", "局", "--reason", "迎检"]);
    let made = files(&dir);
    assert!(made.len() > 10, "{:?}", made.keys());
    for (path, file) in &made {
        assert!(!text(file).contains("MARK-sealed"), "{path}");
    }
}

#[test]
fn a_folder_that_holds_the_ledger_or_only_looks_like_a_binder_is_left_alone() {
    let (around, school) = school();
    fs::write(around.path().join("binder.json"), "{\"made-by\":\"guanai report binder\"}").unwrap();
    let other = around.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("binder.json"), "{}").unwrap();
    for dir in [around.path(), &other] {
        let said = school.run(&["report", "binder", dir.to_str().unwrap(), "--replace"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}: {}", dir.display(), said.err);
    }
    assert!(school.path("guanai.toml").is_file() && other.join("binder.json").is_file());
}
