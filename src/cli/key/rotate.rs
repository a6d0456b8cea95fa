//! `guanai key rotate`: other recipients, and everything that is sealed sealed again to them.

use crate::cli::{Context, Made};
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::{Need, Recipients, Snapshot};
use crate::model::{Exit, Outcome, Place, Problem, Problems, Recipient};
use crate::write::recipients;
use crate::write::rotation::rotation;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long, value_name = "KEY", requires = "name")]
    pub add: Option<String>,
    #[arg(long, requires = "add")]
    pub name: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub remove: Vec<String>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    context.write(&Need::everything(), |snapshot| {
        // Where the key file itself cannot be read, no row is to blame.
        let mine = context.keys.recipients()?;
        let wanted = wanted(context, args, snapshot)?;
        let recipients = Recipients::of(&wanted)?;
        let mut made = rotation(snapshot, &context.keys, &recipients)?;
        recipients::write(snapshot, &wanted, &mut made.change_set)?;
        let values = [("resealed", made.resealed.to_string()), ("sealed", made.newly_sealed.to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut messages = vec![context.words("key-rotated", &values)];
        if made.change_set.forgets {
            messages.push(context.words("key-history-forgotten", &[]));
        }
        if !args.remove.is_empty() {
            messages.push(context.words("key-removed", &[]));
        }
        if !mine.iter().any(|key| recipients.keys().contains(key)) {
            messages.push(context.words("key-none-of-mine", &[]));
        }
        Ok(Made { change_set: made.change_set, messages, ..Made::default() })
    })
}

/// The recipients that the school is to have.
fn wanted(context: &Context, args: &Args, snapshot: &Snapshot) -> Outcome<Vec<Recipient>> {
    let mut wanted = snapshot.school.privacy.recipient.clone();
    let of_school = |problem: Problem| Problem { place: Place::file(SCHOOL_FILE), ..problem };
    let mut problems = Vec::new();
    for name in &args.remove {
        let before = wanted.len();
        wanted.retain(|one| one.name != *name && one.key != *name);
        if wanted.len() == before {
            let known: Vec<&str> = wanted.iter().map(|one| one.name.as_str()).collect();
            let problem = Problem::usage("key-name-unknown").with("name", name).with("known", known.join(", "));
            problems.push(of_school(problem));
        }
    }
    if let (Some(key), Some(name)) = (&args.add, &args.name) {
        let new = Recipient { name: name.clone(), key: key.trim().to_owned(), since: Some(context.day) };
        match wanted.iter().find(|one| one.name == new.name || one.key == new.key) {
            Some(one) if one.key == new.key => {}
            Some(one) => problems.push(of_school(Problem::usage("key-name-taken").with("name", &one.name))),
            None => wanted.push(new),
        }
    }
    if wanted.is_empty() && problems.is_empty() {
        problems.push(of_school(Problem::usage("key-nobody-left")));
    }
    if problems.is_empty() { Ok(wanted) } else { Err(Problems(problems)) }
}
