//! The Debian package, laid out with the program of this build: what is in it, and that the same is made each time.
//! Where the tools of Debian are not at hand this says so and tests nothing; `.debian/check-in-chroot.sh` installs one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn have(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Builds the package as somebody with this mask, language and time zone does.
fn built(out: &Path, mask: &str, language: &str, zone: &str) -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".debian/build.sh");
    let line = format!("umask {mask}; exec \"$0\" --store --binary \"$1\" \"$2\"");
    let mut command = Command::new("bash");
    command.args(["-c", &line]).arg(script).arg(env!("CARGO_BIN_EXE_guanai")).arg(out);
    command.env_remove("SOURCE_DATE_EPOCH").env("LC_ALL", language).env("TZ", zone);
    printed(&mut command).trim().into()
}

/// Each file of the package with its rights and owner, as `dpkg-deb -c` lists them.
fn files(package: &Path) -> BTreeMap<String, String> {
    let listed = printed(Command::new("dpkg-deb").arg("-c").arg(package));
    let file = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        (words[5].to_owned(), format!("{} {}", words[0], words[1]))
    };
    listed.lines().map(file).filter(|(name, _)| !name.ends_with('/')).collect()
}

#[test]
fn a_package_has_program_manuals_completions_and_documents_and_is_the_same_each_time() {
    if !["dpkg-deb", "dpkg-shlibdeps", "dpkg-parsechangelog", "gzip"].into_iter().all(have) {
        eprintln!("not tested: dpkg-dev is not installed");
        return;
    }
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (package, again) = std::thread::scope(|scope| {
        let again = scope.spawn(|| built(other.path(), "077", "C", "Asia/Shanghai"));
        (built(one.path(), "022", "C.UTF-8", "UTC"), again.join().unwrap())
    });
    assert!(std::fs::read(&package).unwrap() == std::fs::read(&again).unwrap(), "two builds are not the same");

    let files = files(&package);
    let share = "./usr/share";
    let man = |page: &str| format!("{share}/man/{page}.gz");
    let pages =
        |folder: &str| files.keys().filter(|name| name.starts_with(&man(folder)[..man(folder).len() - 3])).count();
    assert!(pages("man1/") > 90 && pages("man1/") == pages("zh_CN/man1/"), "{}", pages("man1/"));
    for name in [
        man("man1/guanai.1"),
        man("man1/guanai-risk-explain.1"),
        man("zh_CN/man1/guanai-log-add.1"),
        format!("{share}/bash-completion/completions/guanai"),
        format!("{share}/zsh/vendor-completions/_guanai"),
        format!("{share}/fish/vendor_completions.d/guanai.fish"),
        format!("{share}/doc/guanai/copyright"),
        format!("{share}/doc/guanai/changelog.gz"),
        format!("{share}/doc/guanai/README.md"),
        format!("{share}/doc/guanai/docs/guide.md"),
        format!("{share}/doc/guanai/docs/guide.en.md"),
    ] {
        assert_eq!(files.get(&name).map(String::as_str), Some("-rw-r--r-- root/root"), "{name}");
    }
    assert_eq!(files["./usr/bin/guanai"], "-rwxr-xr-x root/root");
    let elsewhere: Vec<&String> =
        files.keys().filter(|name| !name.starts_with(share) && name.as_str() != "./usr/bin/guanai").collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");

    let field = |name: &str| printed(Command::new("dpkg-deb").arg("-f").arg(&package).arg(name)).trim().to_owned();
    assert_eq!(field("Version"), env!("CARGO_PKG_VERSION"));
    assert!(field("Depends").contains("libc6 (>= "), "{}", field("Depends"));
}

#[test]
fn the_changelog_and_the_crate_speak_of_one_version() {
    let log = include_str!("../.debian/changelog");
    assert!(log.starts_with(concat!("guanai (", env!("CARGO_PKG_VERSION"), ") ")), "{log}");
}
