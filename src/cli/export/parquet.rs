//! `guanai export parquet`: what the county gets of this school's terms, once the register of disclosures says so.

use std::path::{Path, PathBuf};

use super::place::{Staged, staged};
use crate::assess::{Rules, plan};
use crate::cli::plan::{covered_in, term_named};
use crate::cli::report::{Whom, put_disclosure};
use crate::cli::{Context, Made, key};
use crate::ledger::folder::{SCHOOL_FILE, disk_problem};
use crate::ledger::registers::DISCLOSURES;
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{CountyKey, Exit, NoCountyKey, Outcome, Place, Problem, Problems, Stretch, is_id};
use crate::report::county::{Asked, Part, Reporting, mark_of, parts, path_of};
use crate::report::listing;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    #[arg(long, value_name = "CODE")]
    pub county: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub school: Option<String>,
    #[arg(long)]
    pub term: Vec<String>,
    #[arg(long, value_name = "WHOM")]
    pub to: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// Lays everything out beside its place, writes down that it leaves, and then puts it there: no line, no file.
pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        return Err(Problem::usage("export-in-batch").into());
    }
    // Nobody's key opens what is sealed for this: the files are the same whoever makes them.
    let context = &context.without_a_key()?;
    let county_key = key_in(context, &args.key)?;
    may_stand(context, &args.out)?;
    let whom = Whom::asked(context, args.to.as_deref(), args.reason.as_deref());
    let whom = whom.map_err(|_| Problem::usage("export-whom"))?;
    let mut ready = None;
    context.write(&Need::everything(), |snapshot| {
        sound(snapshot)?;
        let reporting = reporting(snapshot, args, county_key)?;
        let terms = terms(context, snapshot, args)?;
        same_key(&args.out, &reporting, &terms)?;
        let (parts, children) = all_parts(context, snapshot, &reporting, &terms)?;
        if !context.dry_run {
            ready = Some(staged(&args.out, &parts)?);
        }
        made(context, snapshot, (&whom, children), &terms, &parts)
    })?;
    match ready {
        Some(staged) => put(context, staged, &args.out),
        None => Ok(Exit::Done),
    }
}

/// The key in its file. What is wrong with it is said without a letter of what stands there.
fn key_in(context: &Context, path: &Path) -> Outcome<CountyKey> {
    let shown = path.to_string_lossy().into_owned();
    if key::lies_inside(context, path)? {
        return Err(Problem::usage("county-key-inside").with("file", &shown).into());
    }
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::usage("county-key-missing").with("file", &shown),
        _ => disk_problem("unreadable", &shown, &error),
    })?;
    let key = CountyKey::parse(&String::from_utf8_lossy(&bytes)).map_err(|fault| {
        let (code, length) = match fault {
            NoCountyKey::Empty => ("county-key-empty", 0),
            NoCountyKey::Several => ("county-key-several", 0),
            NoCountyKey::Shape(length) => ("county-key-shape", length),
        };
        Problem::data(code, Place::file(&shown)).with("length", length)
    })?;
    if key::others_can_read(path) {
        context.tell(&context.words("key-readable", &[("file", &shown)]));
    }
    Ok(key)
}

/// In the ledger the files would be taken for some of its own, and go with it onto sticks and into git.
fn may_stand(context: &Context, dir: &Path) -> Outcome<()> {
    let shown = dir.to_string_lossy().into_owned();
    if key::lies_inside(context, dir)? {
        return Err(Problem::usage("export-inside").with("dir", &shown).into());
    }
    match std::fs::metadata(dir) {
        Ok(about) if !about.is_dir() => Err(Problem::usage("export-no-folder").with("dir", &shown).into()),
        _ => Ok(()),
    }
}

/// A child whose file cannot be read would be missing from the county's sums, and nobody there would know.
fn sound(snapshot: &Snapshot) -> Outcome<()> {
    let Some(first) = snapshot.problems.first() else { return Ok(()) };
    let count = snapshot.problems.len();
    Err(Problem::data("export-unsound", first.place.clone()).with("count", count).into())
}

/// The codes of county and school: those of the command, or of `guanai.toml`. They become names of folders.
fn reporting(snapshot: &Snapshot, args: &Args, key: CountyKey) -> Outcome<Reporting> {
    let own = &snapshot.school.school;
    let code = |option: &'static str, given: &Option<String>, own: &Option<String>| -> Outcome<String> {
        let code = given.clone().or_else(|| own.clone());
        let code = code.ok_or_else(|| Problem::usage("export-code-missing").with("option", option))?;
        match is_id(&code) {
            true => Ok(code),
            false => Err(Problem::usage("export-code").with("option", option).with("code", code).into()),
        }
    };
    let (county, school) = (code("county", &args.county, &own.county), code("school", &args.school, &own.code));
    match (county, school) {
        (Ok(county), Ok(school)) => Ok(Reporting { county, school, key }),
        (county, school) => {
            let wrong = [county.err(), school.err()].into_iter().flatten().flat_map(|wrong| wrong.0);
            Err(Problems(wrong.collect()))
        }
    }
}

/// The terms asked for, each once; without any, the one of the day.
fn terms<'s>(context: &Context, snapshot: &'s Snapshot, args: &Args) -> Outcome<Vec<&'s Stretch>> {
    let mut terms: Vec<&Stretch> = match args.term.is_empty() {
        true => vec![term_named(context, snapshot, None)?],
        false => args.term.iter().map(|name| term_named(context, snapshot, Some(name))).collect::<Outcome<_>>()?,
    };
    terms.sort_by_key(|term| (term.from, &term.name));
    terms.dedup_by_key(|term| &term.name);
    match terms.iter().find(|term| context.day < term.from) {
        Some(ahead) => {
            let problem = Problem::usage("export-term-ahead").with("term", &ahead.name).with("from", ahead.from);
            Err(Problem { place: Place::file(SCHOOL_FILE), ..problem }.into())
        }
        None => Ok(terms),
    }
}

/// Under two keys the same child would be two: what lies there of this school has to have been written under the same
/// one. `schools` is looked at because every export writes it, one row long.
fn same_key(dir: &Path, reporting: &Reporting, terms: &[&Stretch]) -> Outcome<()> {
    let own = dir.join(path_of("schools", reporting, terms.first().map_or("", |term| &term.name)));
    let of_school = own.parent().and_then(Path::parent).unwrap_or(dir);
    let of_county = of_school.parent().unwrap_or(dir);
    let theirs = [of_school].into_iter().map(Path::to_owned).chain(folders(of_county).into_iter().take(1));
    let files = theirs.flat_map(|school| folders(&school)).map(|term| term.join("part.parquet"));
    for file in files {
        let mark = std::fs::File::open(&file).ok().and_then(mark_of);
        if let Some(mark) = mark.filter(|mark| *mark != reporting.key.mark()) {
            let place = Place::file(&file.to_string_lossy());
            let values =
                Problem::data("county-key-other", place).with("there", mark).with("here", reporting.key.mark());
            return Err(values.into());
        }
    }
    Ok(())
}

/// The folders in a folder, by name.
fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The files of all terms, and how many children they speak of: at most, as a child stands in each of its terms.
fn all_parts(
    context: &Context,
    snapshot: &Snapshot,
    reporting: &Reporting,
    terms: &[&Stretch],
) -> Outcome<(Vec<Part>, usize)> {
    let (rules, plans) = (Rules::load(snapshot)?, plan::load(snapshot)?);
    let (mut all, mut most) = (Vec::new(), 0);
    for term in terms {
        let covered = covered_in(context, snapshot, &rules, &plans, term)?;
        let asked = Asked { snapshot, rules: &rules, reporting, term, covered: &covered, day: context.day };
        let (parts, children) = parts(&asked)?;
        all.extend(parts);
        most = most.max(children);
    }
    Ok((all, most))
}

/// The line in the register, and what is said of the files.
fn made(
    context: &Context,
    snapshot: &Snapshot,
    (whom, children): (&Whom, usize),
    terms: &[&Stretch],
    parts: &[Part],
) -> Outcome<Made> {
    let names: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    let what = format!("export parquet {}", names.join(" "));
    let mut made = Made { change_set: ChangeSet::new(&what), ..Made::default() };
    put_disclosure(context, snapshot, (&what, whom, children), &mut made.change_set)?;
    made.table = Some(listing::parts(parts, context.lang));
    Ok(made)
}

fn put(context: &Context, staged: Staged, dir: &Path) -> Outcome<Exit> {
    context.tell(&context.words("disclosed", &[("file", DISCLOSURES.path)]));
    staged.put()?;
    context.tell(&context.words("report-written", &[("file", &dir.to_string_lossy())]));
    Ok(Exit::Done)
}
