//! What a person has set for this machine, in a file of their own outside every ledger: `$GUANAI_CONFIG`, else `config.toml`
//! beside the keys. An option or a variable of the environment goes before it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::ledger::Folder;
use crate::ledger::definitions::{parse_toml, text_of};
use crate::ledger::folder::disk_problem;
use crate::model::{Outcome, Place, Problem};
use crate::text::Lang;

/// The settings of a person.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The ledger that is meant outside every ledger.
    pub dir: Option<PathBuf>,
    lang: Option<String>,
    /// What shows a listing that is longer than the terminal; nothing shows it where this is empty.
    pub pager: Option<String>,
}

impl Settings {
    /// Reads the settings; those of whoever has none.
    ///
    /// # Errors
    /// Where the file cannot be read, or says something that is no setting.
    pub fn load() -> Outcome<Settings> {
        file().map_or_else(|| Ok(Settings::default()), |path| Settings::read(&path))
    }

    fn read(path: &Path) -> Outcome<Settings> {
        let shown = path.to_string_lossy();
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(error) => return Err(disk_problem("unreadable", &shown, &error).into()),
        };
        let mut settings: Settings = parse_toml(&shown, &text_of(&shown, &bytes)?)?;
        if let Some(lang) = &settings.lang
            && Lang::of_code(lang).is_none()
        {
            let problem = Problem::data("settings-lang", Place::file(&shown)).with("value", lang);
            return Err(problem.into());
        }
        settings.dir = settings.dir.map(|dir| at_home(&dir, path));
        Ok(settings)
    }

    pub fn lang(&self) -> Option<Lang> {
        Lang::of_code(self.lang.as_deref()?)
    }
}

/// The ledger at a folder or above it, else the one that is usual.
///
/// # Errors
/// As [`Folder::find`].
pub(crate) fn ledger(dir: &Path, usual: Option<&Path>) -> Outcome<Folder> {
    Folder::find(dir).or_else(|no_ledger| usual.map_or(Err(no_ledger), Folder::find))
}

/// A folder as a person writes it: from the home behind `~/`, else from the folder of the settings.
fn at_home(dir: &Path, settings: &Path) -> PathBuf {
    match (dir.strip_prefix("~"), home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => settings.parent().unwrap_or(Path::new(".")).join(dir),
    }
}

fn file() -> Option<PathBuf> {
    set("GUANAI_CONFIG").or_else(|| Some(own_folder()?.join("config.toml")))
}

/// The folder of what is a person's own and belongs to no ledger: the settings and the keys.
pub(crate) fn own_folder() -> Option<PathBuf> {
    let base = if cfg!(windows) { set("APPDATA") } else { home().map(|home| home.join(".config")) };
    Some(base?.join("guanai"))
}

fn home() -> Option<PathBuf> {
    set(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
}

/// A variable of the environment that is set to something.
pub(crate) fn set(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (tempfile::TempDir, Outcome<Settings>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        let settings = Settings::read(&path);
        (dir, settings)
    }

    #[test]
    fn a_folder_is_seen_from_the_settings_and_what_is_no_setting_is_named_with_its_line() {
        let (home, settings) = read("dir = \"school\"\nlang = \"en\"\n");
        let settings = settings.unwrap();
        assert_eq!((settings.dir.unwrap(), settings.lang), (home.path().join("school"), Some("en".to_owned())));
        for (text, code, line) in [
            ("dir = \"x\"\ncolour = 1\n", "toml-value", Some(2)),
            ("dir = \n", "toml-syntax", Some(1)),
            ("lang = \"fr\"\n", "settings-lang", None),
        ] {
            let (home, settings) = read(text);
            let path = home.path().join("config.toml").to_string_lossy().into_owned();
            let problem = &settings.unwrap_err().0[0];
            let place = line.map_or_else(|| Place::file(&path), |line| Place::line(&path, line));
            assert_eq!((problem.code, &problem.place), (code, &place), "{text}");
        }
        assert!(Settings::read(&home.path().join("none.toml")).unwrap().dir.is_none());
    }
}
