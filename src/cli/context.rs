//! What a command runs in: the ledger's folder, the day, the language, where words go, and the one way to write.

use std::cell::{Cell, OnceCell, RefCell};
use std::io::{self, IsTerminal, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::pager::Pager;
use super::remember::{Said, To};
use super::settings::{self, Settings};
use super::{Global, errors, progress};
use crate::ledger::change::{Pending, View};
use crate::ledger::definitions::Definitions;
use crate::ledger::{ChangeSet, Folder, Keys, Lock, Need, Snapshot};
use crate::model::{Day, Exit, Outcome, Problem};
use crate::report::safe::visible_lines;
use crate::report::{Format, Private, Screen, Table, visible};
use crate::text::{self, Lang};

pub(crate) struct Context {
    /// The day asked about: `--as-of`, or today.
    pub day: Day,
    pub lang: Lang,
    pub reveal: bool,
    pub dry_run: bool,
    pub quiet: bool,
    /// The keys that open what is sealed: none with `--no-key`.
    pub keys: Keys,
    format: Option<String>,
    dir: PathBuf,
    /// The ledger that the person's settings mean where the folder is in none, and nobody said which.
    usual_dir: Option<PathBuf>,
    pager: Option<Pager>,
    /// The ledger there, once it was looked for.
    found: OnceCell<Folder>,
    /// The change set that a batch gathers, under the one lock of all its commands.
    batch: RefCell<Option<(Lock, ChangeSet)>>,
    /// What the commands of a batch have to say once it is written: before, no id that they made is there.
    unsaid: RefCell<Vec<Made>>,
    warned: Cell<bool>,
    /// What is said while somebody listens.
    said: RefCell<Option<Said>>,
}

/// What a command wants to write, and what it says of it.
#[derive(Default)]
pub(crate) struct Made {
    pub change_set: ChangeSet,
    /// The ids that it made: printed to standard output, one a line.
    pub ids: Vec<String>,
    /// Messages for standard error.
    pub messages: Vec<String>,
    /// A listing for standard output, in place of the ids.
    pub table: Option<Table>,
    /// The exit code where all went well.
    pub exit: Option<Exit>,
}

/// The ledger as a command has loaded it.
///
/// The process ends with its command, and the system takes back all of its memory at once: a ledger is not taken apart
/// child by child before. The lines of a batch are many commands, so that what they load goes line by line.
pub(crate) struct Loaded {
    snapshot: Option<Snapshot>,
    is_last: bool,
}

impl Loaded {
    fn one_of_many(snapshot: Snapshot) -> Loaded {
        Loaded { snapshot: Some(snapshot), is_last: false }
    }
}

impl Deref for Loaded {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        self.snapshot.as_ref().expect("it is there until it is dropped")
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        if self.is_last {
            std::mem::forget(self.snapshot.take());
        }
    }
}

impl Context {
    pub fn new(global: &Global, settings: &Settings, spoken: Option<Lang>) -> Outcome<Context> {
        let dir = global.dir.clone().unwrap_or_else(|| PathBuf::from("."));
        let mut context = Context {
            day: global.as_of.unwrap_or_else(today),
            lang: spoken.or(global.lang).unwrap_or_default(),
            reveal: global.reveal,
            dry_run: global.dry_run,
            quiet: global.quiet,
            keys: super::key::file_of_keys().filter(|_| !global.no_key).map_or_else(Keys::none, |path| Keys::at(&path)),
            format: global.format.clone(),
            dir,
            usual_dir: settings.dir.clone().filter(|_| global.dir.is_none()),
            pager: Pager::of(settings),
            found: OnceCell::new(),
            batch: RefCell::new(None),
            unsaid: RefCell::default(),
            warned: Cell::new(false),
            said: RefCell::default(),
        };
        if spoken.is_none() && global.lang.is_none() {
            context.lang = context.language_of_the_school().unwrap_or_default();
        }
        Ok(context)
    }

    /// The same settings in another folder.
    pub fn in_folder(&self, dir: &Path) -> Context {
        Context {
            day: self.day,
            lang: self.lang,
            reveal: self.reveal,
            dry_run: self.dry_run,
            quiet: self.quiet,
            keys: self.keys.clone(),
            format: self.format.clone(),
            dir: dir.to_owned(),
            usual_dir: None,
            pager: self.pager.clone(),
            found: OnceCell::new(),
            batch: RefCell::new(None),
            unsaid: RefCell::default(),
            warned: Cell::new(false),
            said: RefCell::default(),
        }
    }

    /// The same in this ledger as one who holds no key.
    pub fn without_a_key(&self) -> Outcome<Context> {
        Ok(Context { keys: Keys::none(), ..self.in_folder(&self.folder()?.root) })
    }

    fn language_of_the_school(&self) -> Option<Lang> {
        let folder = self.folder().ok()?;
        Lang::of_code(&crate::ledger::snapshot::language(&View::of_disk(&folder))?)
    }

    /// The folder that `-C` names, or the current one.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn folder(&self) -> Outcome<Folder> {
        if let Some(folder) = self.found.get() {
            return Ok(folder.clone());
        }
        let folder = settings::ledger(&self.dir, self.usual_dir.as_deref())?;
        Ok(self.found.get_or_init(|| folder).clone())
    }

    /// The format of a listing.
    pub fn listing_format(&self) -> Outcome<Format> {
        match &self.format {
            None => Ok(Format::Table),
            Some(name) => name.parse().map_err(|_| {
                let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
                Problem::usage("format-unknown").with("format", name).with("known", known.join(", ")).into()
            }),
        }
    }

    pub fn format_name(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// The definitions of the ledger alone.
    pub fn definitions(&self) -> Outcome<Definitions> {
        let folder = self.folder()?;
        let pending = match &*self.batch.borrow() {
            Some((lock, _)) => lock.pending.clone(),
            None => Pending::default(),
        };
        Ok(Definitions::of(&View { folder, pending }))
    }

    /// Loads the ledger. What could not be read is said once, on standard error.
    pub fn read(&self, need: &Need) -> Outcome<Loaded> {
        if let Some((lock, _)) = &*self.batch.borrow() {
            let snapshot = Snapshot::load_with(&self.folder()?, need, &lock.pending, &self.keys);
            return snapshot.map(Loaded::one_of_many);
        }
        let folder = self.folder()?;
        self.load(&folder, need, &Lock::shared(&folder)?)
    }

    fn load(&self, folder: &Folder, need: &Need, lock: &Lock) -> Outcome<Loaded> {
        let mut snapshot =
            self.working("working-read", || Snapshot::load_with(folder, need, &lock.pending, &self.keys))?;
        snapshot.problems.extend(lock.problems.iter().cloned());
        self.warn_of(&snapshot);
        Ok(Loaded { snapshot: Some(snapshot), is_last: true })
    }

    fn commit(&self, lock: &Lock, change_set: &ChangeSet) -> Outcome<()> {
        self.working("working-write", || lock.commit(change_set, &now()))
    }

    /// Work that prints nothing: past a second, a terminal shows that it goes on.
    pub fn working<T>(&self, key: &str, work: impl FnOnce() -> T) -> T {
        if self.quiet { work() } else { progress::shown(|| self.words(key, &[]), work) }
    }

    /// Loads the ledger for a command that says itself what could not be read.
    pub fn read_quietly(&self, need: &Need) -> Outcome<Loaded> {
        self.warned.set(true);
        self.read(need)
    }

    fn warn_of(&self, snapshot: &Snapshot) {
        const MOST: usize = 10;
        if snapshot.problems.is_empty() || self.warned.replace(true) {
            return;
        }
        for problem in snapshot.problems.iter().take(MOST) {
            self.tell(&errors::message(problem, self.lang));
        }
        let count = snapshot.problems.len().to_string();
        self.tell(&self.words("some-not-read", &[("count", &count)]));
    }

    /// Writes what a command makes of the ledger: all of it, or nothing. Nobody else writes meanwhile.
    pub fn write(&self, need: &Need, make: impl FnOnce(&Snapshot) -> Outcome<Made>) -> Outcome<Exit> {
        let in_batch = self.batch.borrow().is_some();
        if in_batch {
            let snapshot = self.read(need)?;
            let made = make(&snapshot)?;
            let exit = made.exit.unwrap_or(Exit::Done);
            self.gather(made)?;
            return Ok(exit);
        }
        let folder = self.folder()?;
        if self.dry_run {
            let snapshot = self.load(&folder, need, &Lock::shared(&folder)?)?;
            return self.say_made(make(&snapshot)?, false);
        }
        let lock = Lock::alone(&folder)?;
        let snapshot = self.load(&folder, need, &lock)?;
        let made = make(&snapshot)?;
        self.commit(&lock, &made.change_set)?;
        self.say_made(made, true)
    }

    fn say_made(&self, made: Made, done: bool) -> Outcome<Exit> {
        made.messages.iter().for_each(|message| self.tell(message));
        match &made.table {
            Some(table) => self.list(table)?,
            None if done => made.ids.iter().for_each(|id| self.print(&format!("{id}\n"))),
            None => self.print(&super::undo::difference(&made.change_set, self.private())),
        }
        if !done {
            self.tell(&self.words("dry-run", &[]));
        }
        Ok(made.exit.unwrap_or(Exit::Done))
    }

    fn gather(&self, made: Made) -> Outcome<()> {
        if let Some((lock, gathered)) = &mut *self.batch.borrow_mut() {
            gathered.merge(&made.change_set)?;
            lock.pending = Pending::of(gathered);
        }
        self.unsaid.borrow_mut().push(made);
        Ok(())
    }

    /// Runs commands as one change set: what they write is committed together, or not at all.
    pub fn as_one(&self, what: &str, run: impl FnOnce() -> Outcome<()>) -> Outcome<ChangeSet> {
        let lock = if self.dry_run { Lock::shared(&self.folder()?)? } else { Lock::alone(&self.folder()?)? };
        *self.batch.borrow_mut() = Some((lock, ChangeSet::new(what)));
        let result = run();
        let unsaid = self.unsaid.take();
        let (mut lock, gathered) = self.batch.borrow_mut().take().expect("put there above");
        result?;
        lock.pending = Pending::default();
        if !self.dry_run {
            self.commit(&lock, &gathered)?;
            for made in unsaid {
                self.say_made(made, true)?;
            }
        }
        Ok(gathered)
    }

    /// Whether the command runs inside a batch.
    pub fn in_batch(&self) -> bool {
        self.batch.borrow().is_some()
    }

    /// Words of a message. Values can be texts of the ledger: each is shown on one line, and does nothing.
    pub fn words(&self, key: &str, values: &[(&str, &str)]) -> String {
        let shown: Vec<_> = values.iter().map(|(name, value)| (*name, visible(value))).collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        text::say(self.lang, key, &shown)
    }

    /// Words that become data, in which the values stay as they are: whatever writes them in a format makes them harmless.
    pub fn words_of_data(&self, key: &str, values: &[(&str, &str)]) -> String {
        text::say(self.lang, key, values)
    }

    /// A message, on standard error. Lines are parted by the program alone: what the ledger says in it has none.
    pub fn tell(&self, message: &str) {
        if !self.quiet {
            self.say_bytes(To::Messages, format!("{}\n", visible_lines(message)).as_bytes());
        }
    }

    /// Says how many sealed records a listing could not tell of, if any.
    pub fn tell_of_closed(&self, key: &str, count: usize) {
        if count > 0 {
            self.tell(&self.words(key, &[("count", &count.to_string())]));
        }
    }

    /// Data, on standard output. A reader that has gone away (`| head`) ends the process quietly.
    pub fn print(&self, text: &str) {
        self.print_bytes(text.as_bytes());
    }

    pub fn print_bytes(&self, bytes: &[u8]) {
        self.say_bytes(To::Output, bytes);
    }

    /// A piece of an answer, where it belongs.
    pub fn say_bytes(&self, to: To, bytes: &[u8]) {
        if let Some(said) = &mut *self.said.borrow_mut() {
            said.push((to, bytes.to_vec()));
        }
        match to {
            To::Messages => drop(io::stderr().write_all(bytes)),
            To::Output if self.pager.as_ref().is_some_and(|pager| pager.show(bytes)) => {}
            To::Output => {
                if let Err(error) = io::stdout().write_all(bytes).and_then(|()| io::stdout().flush())
                    && error.kind() == io::ErrorKind::BrokenPipe
                {
                    std::process::exit(0);
                }
            }
        }
    }

    /// Does something, and hands over what was said meanwhile.
    pub fn listened<T>(&self, run: impl FnOnce() -> T) -> (T, Said) {
        *self.said.borrow_mut() = Some(Said::new());
        let result = run();
        (result, self.said.take().unwrap_or_default())
    }

    /// A listing, on standard output, in the format that was asked for.
    pub fn list(&self, table: &Table) -> Outcome<()> {
        let format = self.listing_format()?;
        self.print(&table.masked(self.private()).listing(format, self.lang, self.screen()));
        if table.rows.is_empty() && format == Format::Table {
            self.tell(&self.words("nothing-to-list", &[]));
        }
        Ok(())
    }

    /// Whether phones and resident numbers are shown whole.
    pub fn private(&self) -> Private {
        Private::revealed_if(self.reveal)
    }

    pub fn screen(&self) -> Screen {
        let to_terminal = io::stdout().is_terminal();
        let color = to_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0));
        Screen { width: if to_terminal { width } else { None }, color }
    }
}

fn today() -> Day {
    Day::from_naive(chrono::Local::now().date_naive())
}

/// The moment of a change set, as the undo list shows it.
pub(crate) fn now() -> String {
    chrono::Local::now().format("%Y-%m-%d %H:%M:%S").to_string()
}
