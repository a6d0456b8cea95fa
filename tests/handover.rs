//! A child's record on its way to the next school: what is in the package and what is not, who can open the sealed part, and
//! that another ledger takes it in without writing over anything.

mod support;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use support::{Said, School, said};

/// A school with a key of its own.
struct Desk {
    school: School,
    keys: tempfile::TempDir,
}

impl Desk {
    fn new(school: School, name: &str) -> Desk {
        let desk = Desk { school, keys: tempfile::tempdir().unwrap() };
        desk.ok(&["key", "new", "--name", name]);
        desk
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

    fn public_key(&self) -> String {
        let text = self.school.read("guanai.toml");
        let line = text.lines().find_map(|line| line.trim().strip_prefix("key = \"")).expect("a recipient");
        line.trim_end_matches('"').to_owned()
    }
}

/// 王小明 (aaaaaa) with a record, a family, rows alone and with 李小红, and confidential rows.
fn old_school() -> Desk {
    let desk = Desk::new(School::with_two_children(), "王老师");
    for line in [
        "student set aaaaaa born=2016-03-06 gender=male study.interests=画画 study.character=开朗 consent=2026-09-01",
        "student set aaaaaa parent.father.name=王大山 parent.father.phone=15400000001 health.allergies=花生",
        "student guardian aaaaaa 李秀英 --relation 奶奶 --phone 15400000002",
        "student away aaaaaa father --place 广东省东莞市",
        "log add progress-note aaaaaa progress=主动举手，和李小红一起领读 --id note-1 --date 2026-10-12",
        "log add home-visit aaaaaa met=guardian problem=没有书桌 --id visit-1 --date 2026-10-08 --note 电话15400000002",
        "log add care-talk aaaaaa bbbbbb content=一起谈读书 --id talk-1 --date 2026-10-10",
        "log add care-talk bbbbbb content=OTHERS --id talk-2 --date 2026-10-11",
        "log add counselling aaaaaa content=SEALED --id couns-1 --date 2026-10-20",
        "log add mandatory-report aaaaaa type=abuse to=police reference=SEALED-17 --id report-1 --date 2026-10-21",
        "log add counselling bbbbbb content=SEALED-OTHERS --id couns-2 --date 2026-10-20",
        "followup add wish aaaaaa --what 一本字典 --id wish-1",
        "pair add peer-tutor aaaaaa bbbbbb --id pair-1",
    ] {
        desk.ok(&line.split(' ').collect::<Vec<_>>());
    }
    std::fs::write(desk.school.path("scan.txt"), "desk").unwrap();
    desk.ok(&["log", "add", "care-talk", "aaaaaa", "--attach", "scan.txt", "--id", "talk-3", "--date", "2026-10-13"]);
    desk
}

fn new_school() -> Desk {
    let school = School::new();
    Desk::new(school, "李校长")
}

const HAND_OVER: [&str; 9] =
    ["student", "handover", "aaaaaa", "--to", "县二小", "--reason", "转学", "--out", "child.zip"];

fn files_of(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn what_is_good_comes_first_and_nothing_of_others_or_of_what_is_sealed_is_in_the_clear() {
    let (old, new) = (old_school(), new_school());
    let key = new.public_key();
    old.ok(&[&HAND_OVER[..], &["--to-reader", &key, "--lang", "en"]].concat());
    let path = old.school.path("child.zip");
    let files = files_of(&path);
    let paper = text(&files, "handover.html");
    let places = ["画画", "李秀英", "没有书桌", "一本字典"]
        .map(|part| paper.find(part).unwrap_or_else(|| panic!("{part}: {paper}")));
    assert!(places.is_sorted(), "{places:?}");
    for (name, bytes) in &files {
        for other in ["SEALED", "OTHERS", "李小红", "bbbbbb", "talk-2", "AGE-SECRET"] {
            assert!(!holds(bytes, other), "{name} holds {other}: {}", String::from_utf8_lossy(bytes));
        }
    }
    assert!(!paper.contains("15400000001") && !paper.contains("15400000002"), "a phone stands whole on the paper");
    assert!(text(&files, "record/students/aaaaaa.toml").contains("15400000001"));
    assert!(text(&files, "record/logs/2026-autumn/care-talk.csv").contains("talk-1,2026-10-10,aaaaaa"));
    assert!(text(&files, "handover.json").contains("\"sealed\": 2"));
    let register = old.school.read("registers/disclosures.csv");
    assert!(register.contains("student handover aaaaaa,县二小,转学,1"), "{register}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_name_inside_a_longer_one_leaves_no_part_of_it() {
    let old = old_school();
    old.ok(&["student", "add", "李小", "--id", "aaaabb", "class=2023-2", "--since", "2023-09-01"]);
    old.ok(&HAND_OVER);
    for (name, bytes) in files_of(&old.school.path("child.zip")) {
        assert!(!holds(&bytes, "红"), "{name}: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn another_ledger_takes_it_in_once_and_seals_what_was_sealed_for_itself() {
    let (old, new) = (old_school(), new_school());
    old.ok(&[&HAND_OVER[..], &["--to-reader", &new.public_key()]].concat());
    let package = old.school.path("child.zip").to_string_lossy().into_owned();
    let receive = ["student", "receive", &package, "--since", "2026-11-20", "--class", "2023-1"];
    let dry = new.run(&[&receive[..], &["--dry-run"]].concat());
    assert!(dry.code == 0 && !new.school.path("students/aaaaaa.toml").exists(), "{dry:?}");
    assert_eq!(new.ok(&receive).trim(), "aaaaaa");
    let child = new.school.read("students/aaaaaa.toml");
    for wanted in ["王小明", "class = \"2023-1\"", "from = 2026-11-20", "15400000001", "李秀英", "广东省东莞市", "花生"]
    {
        assert!(child.contains(wanted), "{wanted}: {child}");
    }
    assert!(!child.contains("consent") && !child.contains("2023-09-01"), "{child}");
    let shown = new.ok(&["log", "list", "--all", "--format", "csv"]);
    for id in ["note-1", "visit-1", "talk-1", "talk-3", "couns-1", "report-1"] {
        assert!(shown.contains(id), "{id}: {shown}");
    }
    assert!(new.ok(&["log", "show", "couns-1"]).contains("SEALED"));
    assert!(!new.school.run(&["log", "show", "couns-1"]).out.contains("SEALED"), "it is sealed for this school");
    let followups = new.ok(&["followup", "list", "--format", "csv"]);
    assert!(followups.contains("wish-1") && followups.contains("return-visit"), "{followups}");
    assert_eq!(std::fs::read_dir(new.school.path("attachments")).unwrap().count(), 1);
    for (path, bytes) in new.school.files() {
        assert!(!holds(&bytes, "SEALED"), "{path}");
    }
    let check = new.run(&["check", "--format", "csv"]);
    assert_eq!(check.code, 0, "{check:?}");
    let before = new.school.files();
    new.ok(&["student", "receive", &package]);
    assert_eq!(new.school.files(), before, "the same package twice changes something");
    new.ok(&["student", "set", "aaaaaa", "address=四组"]);
    let changed = new.school.files();
    new.ok(&["student", "receive", &package]);
    assert_eq!(new.school.files(), changed, "what was changed here was written over");
    new.ok(&["undo"]);
    new.ok(&["undo"]);
    assert!(!new.school.path("students/aaaaaa.toml").exists());
}

#[test]
fn the_sealed_part_opens_for_its_reader_alone_and_is_left_out_where_there_is_none() {
    let (old, new) = (old_school(), new_school());
    let said = old.run(&[&HAND_OVER[..], &["--lang", "en"]].concat());
    assert!(said.code == 0 && said.err.contains("not handed over"), "{said:?}");
    let files = files_of(&old.school.path("child.zip"));
    assert!(!files.contains_key("sealed.age") && text(&files, "handover.json").contains("\"sealed\": null"));
    // Without the key, nobody knows which sealed rows are the child's.
    let reader = new.public_key();
    let with_reader = [&HAND_OVER[..], &["--to-reader", &reader, "--lang", "en"]].concat();
    let before = old.school.files();
    let closed = old.school.run(&with_reader);
    assert!(closed.code == 3 && closed.err.contains("GUANAI_KEY"), "{closed:?}");
    let wrong = old.run(&[&HAND_OVER[..], &["--to-reader", "age1x", "--lang", "en"]].concat());
    assert!(wrong.code == 2 && wrong.err.contains("王老师"), "{wrong:?}");
    assert_eq!(old.school.files(), before, "a line was written for a package that was not made");
    old.ok(&with_reader);
    let package = old.school.path("child.zip").to_string_lossy().into_owned();
    // Somebody else receives it: the confidential records stay closed, and come when the key is there.
    let other = new_school();
    let said = other.run(&["student", "receive", &package, "--lang", "en"]);
    assert!(said.code == 0 && said.err.contains("2 confidential records did not come"), "{said:?}");
    assert!(!other.ok(&["log", "list", "--all", "--format", "csv"]).contains("couns-1"));
    // The sender cannot open it any more either.
    let again = old_school();
    let said = again.run(&["student", "receive", &package, "--lang", "en"]);
    assert!(said.err.contains("2 confidential records did not come"), "{said:?}");
}

#[test]
fn who_is_here_under_another_id_or_is_somebody_else_is_refused_and_so_is_what_is_no_package() {
    let old = old_school();
    old.ok(&HAND_OVER);
    let package = old.school.path("child.zip").to_string_lossy().into_owned();
    let new = School::new();
    new.ok(&["student", "add", "刘平", "--id", "aaaaaa"]);
    let before = new.files();
    assert_eq!(new.run(&["student", "receive", &package]).code, 3);
    std::fs::write(new.path("x.zip"), b"PK nothing").unwrap();
    let said = new.run(&["student", "receive", "x.zip", "--lang", "en"]);
    assert!(said.code == 3 && said.err.contains("no handover of guanai"), "{said:?}");
    assert_eq!(new.run(&["student", "receive", "missing.zip"]).code, 4);
    std::fs::remove_file(new.path("x.zip")).unwrap();
    // A package that somebody has changed: a row of another child, a file that leads outside, a version of tomorrow.
    for (name, from, to) in [
        ("record/logs/2026-autumn/care-talk.csv", "aaaaaa", "zzzzzz"),
        ("handover.json", "\"format\": 1", "\"format\": 9"),
        ("record/students/aaaaaa.toml", "id = \"aaaaaa\"", "id = \"../../x\""),
    ] {
        let mut files = files_of(&old.school.path("child.zip"));
        let changed = text(&files, name).replace(from, to);
        assert_ne!(changed, text(&files, name), "{name}");
        files.insert(name.to_owned(), changed.into_bytes());
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &files {
            archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut archive, bytes).unwrap();
        }
        let path = new.dir.path().with_extension("zip");
        std::fs::write(&path, archive.finish().unwrap().into_inner()).unwrap();
        let empty = School::new();
        let before = empty.files();
        let said = empty.run(&["student", "receive", &path.to_string_lossy()]);
        assert_eq!(said.code, 3, "{name}: {said:?}");
        assert_eq!(empty.files(), before, "{name}");
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(new.files(), before);
}
