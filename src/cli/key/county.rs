//! `guanai key county`: a new key of a county, in a file outside every ledger.

use std::path::PathBuf;

use crate::cli::Context;
use crate::ledger::seal::write_key_file;
use crate::model::{CountyKey, Exit, Outcome, Problem};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub file: PathBuf,
}

/// Needs no ledger: a county has none. The key itself is never shown; its mark is.
pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let shown = args.file.to_string_lossy().into_owned();
    if args.file.symlink_metadata().is_ok() {
        return Err(Problem::usage("county-key-there").with("file", &shown).into());
    }
    if super::lies_inside(context, &args.file)? {
        return Err(Problem::usage("county-key-inside").with("file", &shown).into());
    }
    let text = CountyKey::new_file(context.day);
    let mark = CountyKey::parse(&text).expect("a key that was just made is one").mark();
    if context.dry_run {
        context.tell(&context.words("dry-run", &[]));
        return Ok(Exit::Done);
    }
    write_key_file(&args.file, &text)?;
    context.print(&format!("{mark}\n"));
    context.tell(&context.words("county-key-made", &[("file", &shown)]));
    Ok(Exit::Done)
}
