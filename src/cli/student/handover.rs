//! `guanai student handover` and `guanai student receive`: a child's record on its way to the next school or class teacher.

use std::path::{Path, PathBuf};

use clap_complete::engine::ArgValueCompleter;

use crate::assess::Rules;
use crate::cli::report::{Ready, Whom, put_disclosure};
use crate::cli::{Context, Made, shell};
use crate::ledger::folder::disk_problem;
use crate::ledger::package::{Unread, packed, unpacked};
use crate::ledger::{ChangeSet, Need, Recipients, Snapshot, find};
use crate::model::{Class, Day, Exit, Outcome, Place, Problem, Problems, Recipient};
use crate::report::FileFormat;
use crate::report::handover::{Handed, handover as paper};
use crate::write::handover::{Asked, handover};
use crate::write::receiving::{Asked as Receiving, receiving};

/// The paper to read, in the package.
const PAPER: &str = "handover.html";
/// No package of a school is larger.
const LARGEST: u64 = 512 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(crate) struct HandoverArgs {
    #[arg(required = true, add = ArgValueCompleter::new(shell::students))]
    pub students: Vec<String>,
    #[arg(long, value_name = "KEY")]
    pub to_reader: Option<String>,
    #[arg(long, value_name = "WHOM")]
    pub to: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(short, long)]
    pub out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReceiveArgs {
    pub file: PathBuf,
    #[arg(long, value_parser = crate::cli::arguments::day)]
    pub since: Option<Day>,
    #[arg(long)]
    pub class: Option<Class>,
}

/// Writes down that the record leaves, and then hands it out: no line, no package.
pub(super) fn run(context: &Context, args: &HandoverArgs) -> Outcome<Exit> {
    if args.to.trim().is_empty() || args.reason.trim().is_empty() {
        return Err(Problem::usage("handover-to-whom").into());
    }
    let whom = Whom { to: args.to.clone(), why: args.reason.clone() };
    let mut ready = None;
    context.write(&Need::everything(), |snapshot| {
        let students = students(context, snapshot, &args.students)?;
        let ids: Vec<&str> = students.iter().map(|at| snapshot.student(*at).id.as_str()).collect();
        let what = format!("student handover {}", ids.join(" "));
        let (bytes, sealed) = package(context, snapshot, args, &students)?;
        ready = Some(Ready::of(context, bytes, Some(&args.out))?);
        let mut made = Made { change_set: ChangeSet::new(&what), ..Made::default() };
        put_disclosure(context, snapshot, (&what, &whom, students.len()), &mut made.change_set)?;
        made.messages.push(sealed);
        Ok(made)
    })?;
    if !context.dry_run {
        ready.expect("what was written was made").hand_out(context, Some(&args.out))?;
    }
    Ok(Exit::Done)
}

fn students(context: &Context, snapshot: &Snapshot, texts: &[String]) -> Outcome<Vec<u32>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for text in texts {
        match find::student(snapshot, text, context.day) {
            Ok(at) if snapshot.student(at).forgotten.is_some() => {
                problems.push(Problem::usage("handover-forgotten").with("id", &snapshot.student(at).id));
            }
            Ok(at) if !found.contains(&at) => found.push(at),
            Ok(_) => {}
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(Problems(problems)) }
}

/// The bytes of the package, and what is said of its sealed part.
fn package(
    context: &Context,
    snapshot: &Snapshot,
    args: &HandoverArgs,
    students: &[u32],
) -> Outcome<(Vec<u8>, String)> {
    let reader = args.to_reader.as_deref().map(|text| reader(snapshot, text)).transpose()?;
    let asked = Asked { students, day: context.day, to: &args.to, reason: &args.reason, reader: reader.as_ref() };
    let mut handed = handover(snapshot, &asked)?;
    let count = handed.sealed.to_string();
    let sealed = match &reader {
        Some(_) => context.words("handover-sealed-for", &[("count", &count)]),
        None => context.words("handover-sealed-left-out", &[]),
    };
    let rules = Rules::load(snapshot)?;
    let document = paper(&Handed {
        snapshot,
        rules: &rules,
        students,
        day: context.day,
        to: &args.to,
        sealed: match &reader {
            Some(_) => context.words("handover-paper-sealed", &[("count", &count)]),
            None => context.words("handover-paper-open", &[]),
        },
        private: context.private(),
        lang: context.lang,
    })?;
    let html = crate::cli::report::rendered(&document.masked(context.private()), FileFormat::Html, context.screen())?;
    handed.files.insert(PAPER.to_owned(), html);
    Ok((packed(&handed.files), sealed))
}

/// The one reader of the sealed part: a public key, or somebody whom the school names.
fn reader(snapshot: &Snapshot, text: &str) -> Outcome<Recipients> {
    let known = snapshot.school.privacy.recipient.iter().find(|one| one.name == text);
    let one = known.cloned().unwrap_or_else(|| Recipient { name: text.to_owned(), key: text.to_owned(), since: None });
    Recipients::of(&[one]).map_err(|_| {
        let names: Vec<&str> = snapshot.school.privacy.recipient.iter().map(|one| one.name.as_str()).collect();
        Problem::usage("handover-reader").with("value", text).with("known", names.join(", ")).into()
    })
}

/// Takes a package in.
pub(super) fn receive(context: &Context, args: &ReceiveArgs) -> Outcome<Exit> {
    let shown = args.file.to_string_lossy().into_owned();
    let files = unpacked(&read(&args.file, &shown)?).map_err(|why| {
        let code = match why {
            Unread::NoPackage => "receive-no-package",
            Unread::TooMuch => "receive-too-much",
            Unread::Astray => "receive-astray",
        };
        Problem::data(code, Place::file(&shown))
    })?;
    context.write(&Need::everything(), |snapshot| {
        let asked = Receiving {
            file: &shown,
            files: &files,
            keys: &context.keys,
            since: args.since.unwrap_or(context.day),
            class: args.class,
        };
        let received = receiving(snapshot, &asked)?;
        let counts = [received.students.len(), received.known.len(), received.rows].map(|count| count.to_string());
        let values = [("new", counts[0].as_str()), ("known", &counts[1]), ("rows", &counts[2])];
        let mut messages = vec![context.words("received", &values)];
        for (key, count) in [("received-left-out", received.left_out), ("received-closed", received.closed)] {
            if count > 0 {
                messages.push(context.words(key, &[("count", &count.to_string())]));
            }
        }
        Ok(Made { change_set: received.change_set, ids: received.students, messages, ..Made::default() })
    })
}

fn read(path: &Path, shown: &str) -> Outcome<Vec<u8>> {
    let about = std::fs::metadata(path).map_err(|error| disk_problem("unreadable", shown, &error))?;
    if !about.is_file() {
        return Err(Problem::data("not-a-file", Place::file(shown)).into());
    }
    if about.len() > LARGEST {
        return Err(Problem::data("receive-too-much", Place::file(shown)).into());
    }
    std::fs::read(path).map_err(|error| disk_problem("unreadable", shown, &error).into())
}
