//! Files that records bring along: cleaned of place and device, kept by content, together with their row or not at all.

mod support;

use support::School;

/// A JPEG of a phone with a place in it; `picture` is what its scan holds.
fn photo(picture: &[u8]) -> Vec<u8> {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 26.5N";
    let mut bytes = b"\xFF\xD8\xFF\xE1".to_vec();
    bytes.extend((exif.len() as u16 + 2).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(b"\xFF\xDB\0\x04\0\x01\xFF\xDA\0\x03\x01");
    bytes.extend(picture);
    bytes.extend(b"\xFF\xD9");
    bytes
}

fn attachments(school: &School) -> Vec<String> {
    let names = school.files().into_keys().filter_map(|path| path.strip_prefix("attachments/").map(str::to_owned));
    names.collect()
}

fn cell(school: &School, id: &str) -> String {
    let log = school.read("logs/2026-autumn/home-visit.csv");
    let row = log.lines().find(|line| line.starts_with(id)).unwrap_or_else(|| panic!("{log}"));
    row.split(',').nth(5).unwrap().to_owned()
}

const VISIT: [&str; 5] = ["log", "add", "home-visit", "aaaaaa", "met=guardian"];

fn visit(school: &School, more: &[&str]) -> support::Said {
    school.run(&[&VISIT, more].concat())
}

#[test]
fn a_photo_comes_in_under_its_content_without_its_place_and_with_its_picture_and_turn() {
    let school = School::with_two_children();
    std::fs::write(school.path("IMG 1.JPG"), photo(b"picture")).unwrap();
    let said = visit(&school, &["--attach", "IMG 1.JPG", "--id", "v1"]);
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, "v1\n", ""), "{said:?}");
    let names = attachments(&school);
    assert_eq!(names, [cell(&school, "v1")]);
    assert!(names[0].ends_with(".jpg") && names[0].len() == 36, "{names:?}");
    let kept = std::fs::read(school.path("attachments").join(&names[0])).unwrap();
    let has = |part: &[u8]| kept.windows(part.len()).any(|window| window == part);
    assert!(!has(b"GPS") && has(b"\xFF\xDB\0\x04\0\x01\xFF\xDA\0\x03\x01picture\xFF\xD9"));
    assert!(has(b"\x12\x01\x03\0\x01\0\0\0\x06\0"), "the turn is lost");
    let shown = school.ok(&["log", "show", "v1", "--format", "json"]);
    assert!(shown.contains(&format!("attachments/{}", names[0])), "{shown}");
    std::fs::remove_file(school.path("IMG 1.JPG")).unwrap();
    assert!(!school.run(&["check", "--format", "csv"]).out.contains("attachment"));
}

#[test]
fn the_same_content_is_kept_once_and_several_files_are_named_in_their_row() {
    let school = School::with_two_children();
    std::fs::write(school.path("a.jpg"), photo(b"one")).unwrap();
    std::fs::write(school.path("b.jpg"), photo(b"one")).unwrap();
    std::fs::write(school.path("c.pdf"), b"%PDF-1.7 scan").unwrap();
    let said = visit(&school, &["--attach", "a.jpg", "--attach", "c.pdf", "--id", "v1"]);
    assert!(said.code == 0 && said.err.contains("c.pdf"), "{said:?}");
    assert_eq!(visit(&school, &["--attach", "b.jpg", "--id", "v2"]).code, 0);
    assert_eq!(attachments(&school).len(), 2);
    assert_eq!(cell(&school, "v1").split(' ').next(), Some(cell(&school, "v2").as_str()));
    // The same command again is the same row.
    let before = school.files();
    assert_eq!(visit(&school, &["--attach", "b.jpg", "--id", "v2"]).code, 0);
    assert_eq!(school.files(), before);
    // Another file comes to the row, and the one that it has stays.
    school.ok(&["log", "amend", "v2", "--attach", "c.pdf", "--attach", "a.jpg"]);
    assert_eq!(cell(&school, "v2"), cell(&school, "v1"));
    school.ok(&["undo"]);
    assert_eq!(school.files(), before);
    school.ok(&["undo"]);
    school.ok(&["undo"]);
    assert!(attachments(&school).is_empty());
}

#[test]
fn what_is_no_whole_plain_file_of_a_fair_size_is_refused_and_nothing_is_written() {
    let school = School::with_two_children();
    let limit = school.read("guanai.toml").replace("most-mb = 20", "most-mb = 1");
    std::fs::write(school.path("guanai.toml"), limit).unwrap();
    std::fs::write(school.path("empty.jpg"), b"").unwrap();
    std::fs::write(school.path("large.pdf"), vec![b'x'; 1_000_001]).unwrap();
    std::fs::write(school.path("cut.jpg"), &photo(b"picture")[..40]).unwrap();
    std::fs::write(school.path("false.png"), b"no picture").unwrap();
    std::fs::write(school.path("phone.heic"), b"\0\0\0\x18ftypheic\0\0").unwrap();
    std::fs::create_dir(school.path("folder.jpg")).unwrap();
    std::fs::write(school.path("good.jpg"), photo(b"picture")).unwrap();
    let mut wrong = vec![
        "empty.jpg",
        "large.pdf",
        "cut.jpg",
        "false.png",
        "phone.heic",
        "folder.jpg",
        "not-there.jpg",
        "/dev/null",
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("good.jpg", school.path("link.jpg")).unwrap();
        wrong.push("link.jpg");
    }
    let before = school.files();
    for file in &wrong {
        let said = visit(&school, &["--attach", "good.jpg", "--attach", file]);
        assert!(said.code == 2 || said.code == 3, "{file}: {said:?}");
        assert!(said.out.is_empty() && said.err.contains(file) && !said.err.contains("good.jpg"), "{file}: {said:?}");
    }
    assert_eq!(school.files(), before);
    // All at once.
    let all: Vec<&str> = wrong.iter().flat_map(|file| ["--attach", file]).collect();
    let said = visit(&school, &all);
    assert!(wrong.iter().all(|file| said.err.contains(file)), "{}", said.err);
    assert_eq!(school.files(), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_takes_nothing_out_of_the_ledger() {
    let school = School::with_two_children();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), school.path("attachments")).unwrap();
    std::fs::write(school.path("a.jpg"), photo(b"picture")).unwrap();
    let said = visit(&school, &["--attach", "a.jpg"]);
    assert!(said.code == 3 && said.err.contains("attachments"), "{said:?}");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    assert!(!school.path("logs/2026-autumn/home-visit.csv").exists());
    assert!(school.run(&["check", "--format", "csv"]).out.contains("link,attachments"));
}

#[test]
fn an_ending_can_be_no_path_and_no_trick() {
    let school = School::with_two_children();
    for file in ["x.P\u{202e}df", "scan", "weird.照片", "two.tar.GZ"] {
        std::fs::write(school.path(file), format!("text of {file}")).unwrap();
        assert_eq!(visit(&school, &["--attach", file]).code, 0, "{file}");
    }
    for name in attachments(&school) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
        assert!(name.bytes().all(plain), "{name}");
    }
    assert_eq!(attachments(&school).len(), 4);
}

#[test]
fn a_dry_run_shows_a_photo_as_its_size_and_writes_nothing() {
    let school = School::with_two_children();
    std::fs::write(school.path("a.jpg"), photo(b"picture\0\xFF\0")).unwrap();
    let before = school.files();
    let said = visit(&school, &["--attach", "a.jpg", "--dry-run"]);
    assert!(said.code == 0 && said.out.contains("  + <") && said.out.contains("attachments/"), "{said:?}");
    assert!(!said.out.contains('\u{fffd}'));
    assert_eq!(school.files(), before);
}

#[test]
fn check_finds_what_is_missing_orphaned_or_changed() {
    let school = School::with_two_children();
    for (file, id) in [("a", "v1"), ("b", "v2")] {
        std::fs::write(school.path(file), format!("content of {file}")).unwrap();
        assert_eq!(visit(&school, &["--attach", file, "--id", id]).code, 0);
        std::fs::remove_file(school.path(file)).unwrap();
    }
    let path = |id: &str| school.path("attachments").join(cell(&school, id));
    let well = school.run(&["check", "--format", "csv"]);
    assert!(well.code == 0 && !well.out.contains("attachment"), "{well:?}");
    std::fs::remove_file(path("v1")).unwrap();
    std::fs::write(path("v2"), "another content").unwrap();
    std::fs::write(school.path("attachments/stray.jpg"), "stray").unwrap();
    let log = school.path("logs/2026-autumn/home-visit.csv");
    let named = std::fs::read_to_string(&log).unwrap();
    let row = "x9,2026-11-24,aaaaaa,,,../guanai.toml,,,guardian,,,\n";
    std::fs::write(&log, named.clone() + row).unwrap();
    let found = school.run(&["check", "--format", "csv"]);
    assert_eq!(found.code, 1);
    let line = |id: &str| named.lines().position(|line| line.starts_with(id)).unwrap() + 1;
    for wanted in [
        format!("check-attachment-missing,logs/2026-autumn/home-visit.csv:{},", line("v1")),
        format!("check-attachment-content,attachments/{},", path("v2").file_name().unwrap().to_str().unwrap()),
        "stray-file,attachments/stray.jpg,".to_owned(),
        "check-attachment-name,logs/2026-autumn/home-visit.csv:4,".to_owned(),
    ] {
        assert!(found.out.contains(&wanted), "{wanted} is not among {}", found.out);
    }
}
