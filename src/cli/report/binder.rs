//! `guanai report binder DIR`: the inspection binder as a folder, all of it or nothing, and its record in the ledger.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Names, classes, put_disclosure, rendered, staff, term_document};
use crate::assess::check::{Gravity, findings};
use crate::assess::figures::Span;
use crate::assess::group::{Groups, Member};
use crate::assess::risk::levels;
use crate::assess::{Rules, plan};
use crate::cli::plan::{covered_in, term_named, work_plan};
use crate::cli::{Context, Made, student};
use crate::ledger::folder::disk_problem;
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{Exit, IdSource, Outcome, Place, Problem};
use crate::report::binder::{Asked, Binder, Layout, binder};
use crate::report::nameless::unless_named;
use crate::report::{self, Block, Document, FileFormat, Private};
use crate::text;
use crate::write::{NewActivity, Recording};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub folder: PathBuf,
    #[arg(long)]
    pub term: Option<String>,
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub names: Names,
}

/// The kind of activity that records that a binder was made.
const KIND: &str = "binder";
/// By this file a folder is known to be a binder that may be replaced.
const MARK: &str = "binder.json";
/// What that file says.
const MADE_BY: &str = "guanai report binder";
/// Where a ledger keeps its own files, a binder would be taken for one of them.
const LEDGER: [&str; 14] = [
    "students",
    "logs",
    "registers",
    "plans",
    "kinds",
    "rules",
    "scales",
    "import",
    "documents",
    "forms",
    "report",
    "attachments",
    ".guanai",
    ".git",
];

/// Writes the binder beside its place, then what the ledger keeps of it, and then puts it into its place.
pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        return Err(Problem::usage("binder-in-batch").into());
    }
    let dir = place(&args.folder)?;
    let replaces = may_stand(context, args, &dir)?;
    let format = printed(context)?;
    let mut ready = None;
    context.write(&Need::everything(), |snapshot| {
        let made = made(context, args, snapshot, format)?;
        if !context.dry_run {
            ready = Some(laid_out(context, snapshot, &made, &dir)?);
        }
        recorded(context, args, snapshot, &made)
    })?;
    let Some(written) = ready else { return Ok(Exit::Done) };
    put(written, &dir, replaces)?;
    let shown = args.folder.to_string_lossy().into_owned();
    context.tell(&context.words("report-written", &[("file", &shown)]));
    Ok(Exit::Done)
}

/// Where the folder is to stand, whatever links and dots lead there.
fn place(folder: &Path) -> Outcome<PathBuf> {
    let shown = folder.to_string_lossy().into_owned();
    let failed = |error: io::Error| disk_problem("unreadable", &shown, &error);
    if let Ok(there) = fs::canonicalize(folder) {
        return Ok(there);
    }
    let name = folder.file_name().ok_or_else(|| Problem::usage("binder-no-folder").with("dir", &shown))?;
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(above).map_err(failed)?.join(name))
}

/// Whether a binder may stand there, and whether one does that it replaces.
fn may_stand(context: &Context, args: &Args, dir: &Path) -> Outcome<bool> {
    let shown = args.folder.display();
    let root = context.folder()?.root;
    let own = |name: &&str| dir.starts_with(root.join(name));
    // A folder above the ledger is refused too: to replace it would take the ledger away.
    if root.starts_with(dir) || LEDGER.iter().any(own) {
        return Err(Problem::usage("binder-inside").with("dir", shown).into());
    }
    let Ok(mut entries) = fs::read_dir(dir) else {
        return match fs::symlink_metadata(dir) {
            Ok(_) => Err(Problem::usage("binder-no-folder").with("dir", shown).into()),
            Err(_) => Ok(false),
        };
    };
    if entries.next().is_none() {
        return Ok(true);
    }
    let is_binder = fs::read_to_string(dir.join(MARK)).is_ok_and(|mark| mark.contains(MADE_BY));
    match (is_binder, args.replace) {
        (true, true) => Ok(true),
        (true, false) => Err(Problem::usage("binder-there").with("dir", shown).into()),
        (false, _) => Err(Problem::usage("binder-full").with("dir", shown).into()),
    }
}

/// The format of what is printed: DOCX, or the HTML that was asked for.
fn printed(context: &Context) -> Outcome<FileFormat> {
    match context.format_name() {
        None | Some("docx") => Ok(FileFormat::Docx),
        Some("html") => Ok(FileFormat::Html),
        Some(other) => Err(Problem::usage("format-unknown").with("format", other).with("known", "docx, html").into()),
    }
}

fn made(context: &Context, args: &Args, snapshot: &Snapshot, format: FileFormat) -> Outcome<Binder> {
    let layout = Layout::load(snapshot)?;
    let term = term_named(context, snapshot, args.term.as_deref())?;
    let (rules, plans) = (Rules::load(snapshot)?, plan::load(snapshot)?);
    let covered = covered_in(context, snapshot, &rules, &plans, term)?;
    let last = snapshot.school.last_day_with_holiday(term).min(context.day).max(term.from);
    let span = Span { first: term.from, last };
    let names = args.names.names;
    let mut reports = BTreeMap::new();
    for name in layout.part.iter().flat_map(|part| &part.reports) {
        reports.insert(name.clone(), reports_of(context, snapshot, &rules, &layout, (name, &term.name, span, names))?);
    }
    let asked =
        Asked { snapshot, rules: &rules, covered: &covered, term, span, reports, format, lang: context.lang, names };
    binder(&layout, asked)
}

/// The documents of a report that a part asks for, each with the name of its file.
fn reports_of(
    context: &Context,
    snapshot: &Snapshot,
    rules: &Rules,
    layout: &Layout,
    (name, term, span, names): (&str, &str, Span, bool),
) -> Outcome<Vec<(String, Document)>> {
    let term_name = Some(term);
    let one = |document: Document| vec![(document.title.clone(), document)];
    match name {
        "staff" => staff::document(context, snapshot, term_name, None, false).map(one),
        "plan" => work_plan(context, snapshot, term_name, None).map(one),
        "term" => term_document(context, snapshot, term_name, names).map(one),
        "roster" => roster(context, snapshot, rules, names).map(one),
        "classes" => Ok(classes::documents(context, snapshot, rules, span)),
        "mind" => {
            let term = term_named(context, snapshot, term_name)?;
            report::mind::mind(snapshot, rules, term, context.day, context.lang).map(one)
        }
        "funds" => {
            let period = text::stretch_name(context.lang, term);
            let asked = report::funds::Asked { span, period: &period, day: context.day, lang: context.lang, names };
            report::funds::funds(snapshot, asked).map(one)
        }
        "dossiers" if names => dossiers(context, snapshot, rules, &layout.dossiers),
        "dossiers" => Ok(Vec::new()),
        other => Err(Problem::data("binder-report", Place::file("report/binder.toml")).with("name", other).into()),
    }
}

/// Every child of the school; without names by id.
fn roster(context: &Context, snapshot: &Snapshot, rules: &Rules, names: bool) -> Outcome<Document> {
    let table = student::listed(context, snapshot, rules, Private::Masked);
    let mut table = unless_named(table, names);
    if !names {
        table = report::nameless::without(table, &["guardian", "phone"]);
    }
    Ok(Document {
        headed: true,
        title: context.words("binder-roster", &[]),
        subtitle: None,
        lang: context.lang,
        day: context.day,
        school: snapshot.school.school.name.clone(),
        blocks: vec![Block::Table(table)],
    })
}

fn dossiers(context: &Context, snapshot: &Snapshot, rules: &Rules, group: &str) -> Outcome<Vec<(String, Document)>> {
    let whole = levels(snapshot, rules, context.day, |_| true);
    let members = Groups::by(snapshot, rules, context.day, whole).members(group).unwrap_or_default();
    let files = report::student::Files::of(snapshot, rules, context.day);
    let dossier = |at: u32| {
        let student = snapshot.student(at);
        let name = format!("{}-{}", student.name, student.id);
        report::student::one_of(&files, at, (context.private(), context.lang)).map(|document| (name, document))
    };
    members.into_iter().filter(|(_, member)| *member == Member::Yes).map(|(at, _)| dossier(at)).collect()
}

/// What the ledger keeps of it: that it was made, and to whom it goes where it names children.
fn recorded(context: &Context, args: &Args, snapshot: &Snapshot, binder: &Binder) -> Outcome<Made> {
    let mut made = Made { change_set: ChangeSet::new("report binder"), ..Made::default() };
    if let Some(kind) = snapshot.kinds()?.get(KIND) {
        let sound = !findings(snapshot, context.day).iter().any(|one| one.gravity == Gravity::Error);
        let truth = |holds: bool| if holds { "yes" } else { "no" }.to_owned();
        let fields = [
            ("sound", truth(sound)),
            ("files", (binder.papers.len() + binder.copies.len()).to_string()),
            ("missing", binder.missing.to_string()),
            ("named", truth(args.names.names)),
        ];
        let known = |(name, value): (&str, String)| kind.field(name).map(|field| (field.name.clone(), value));
        let activity = NewActivity {
            id: IdSource::Random.row(),
            day: context.day,
            students: String::new(),
            children: Vec::new(),
            staff: String::new(),
            minutes: None,
            attachments: String::new(),
            note: String::new(),
            fields: fields.into_iter().filter_map(known).collect(),
        };
        let mut recording = Recording::new(snapshot)?;
        recording.add(kind, &activity)?;
        made.change_set = recording.change_set("report binder");
        if !sound {
            made.messages.push(context.words("binder-unsound", &[]));
        }
    }
    if args.names.names {
        let students = snapshot.students.iter().filter(|file| file.student.enrolled_on(context.day)).count();
        put_disclosure(context, snapshot, ("report binder", &args.names.whom(), students), &mut made.change_set)?;
    }
    let (files, missing) = (binder.papers.len() + binder.copies.len(), binder.missing);
    let values = [("files", files.to_string()), ("missing", missing.to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    made.messages.push(context.words("binder-made", &values));
    Ok(made)
}

/// The whole binder in a folder beside its place.
fn laid_out(context: &Context, snapshot: &Snapshot, binder: &Binder, dir: &Path) -> Outcome<tempfile::TempDir> {
    let shown = dir.to_string_lossy().into_owned();
    let failed = |error: io::Error| disk_problem("unwritable", &shown, &error);
    let parent = dir.parent().unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".guanai-binder-").tempdir_in(parent).map_err(failed)?;
    for paper in &binder.papers {
        let document = paper.document.clone().masked(context.private());
        let bytes = rendered(&document, paper.format, context.screen())?;
        write(&beside.path().join(&paper.path), &bytes).map_err(failed)?;
    }
    for copy in &binder.copies {
        let bytes = snapshot.read(&copy.from)?.unwrap_or_default();
        write(&beside.path().join(&copy.path), &bytes).map_err(failed)?;
    }
    let mark = serde_json::json!({ "made-by": MADE_BY, "day": context.day.to_string() });
    write(&beside.path().join(MARK), format!("{mark}\n").as_bytes()).map_err(failed)?;
    Ok(beside)
}

/// Writes a file that is its owner's alone, with the folders above it.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (mut dirs, mut options) = (DirBuilder::new(), OpenOptions::new());
    dirs.recursive(true);
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut dirs, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    path.parent().map_or(Ok(()), |parent| dirs.create(parent))?;
    options.open(path)?.write_all(bytes)
}

/// Puts the folder into its place; one that it replaces goes when the new one stands.
fn put(beside: tempfile::TempDir, dir: &Path, replaces: bool) -> Outcome<()> {
    let failed = |error: io::Error| disk_problem("unwritable", &dir.to_string_lossy(), &error);
    let old = match replaces {
        true => {
            let aside =
                tempfile::Builder::new().prefix(".guanai-binder-").tempdir_in(beside.path().parent().unwrap_or(dir));
            let aside = aside.map_err(failed)?;
            fs::rename(dir, aside.path().join("old")).map_err(failed)?;
            Some(aside)
        }
        false => None,
    };
    if let Err(error) = fs::rename(beside.path(), dir) {
        // Where the old one cannot come back either, it stays where it was put aside.
        if let Some(aside) = old
            && fs::rename(aside.path().join("old"), dir).is_err()
        {
            let _ = aside.keep();
        }
        return Err(failed(error).into());
    }
    // It stands in its place under its own name.
    let _ = beside.keep();
    Ok(())
}
