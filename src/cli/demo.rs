//! `guanai demo [DIR]`: an invented, lived-in school, and a tour of the main job in it.

use std::path::PathBuf;

use super::{Context, init};
use crate::invent::{self, Wish};
use crate::ledger::definitions::parse_toml;
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::template;
use crate::model::kind::Kind;
use crate::model::{Exit, FollowUpTypes, Outcome};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub dir: Option<PathBuf>,
    #[arg(long, default_value_t = 294)]
    pub students: usize,
    #[arg(long, default_value_t = 2)]
    pub terms: usize,
    #[arg(long)]
    pub rows: Option<usize>,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

pub(crate) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let dir = args.dir.clone().unwrap_or_else(|| PathBuf::from("guanai-demo"));
    let kinds = shipped_kinds()?;
    let types = shipped_types()?;
    let day = context.day;
    let wish = Wish { seed: args.seed, students: args.students, terms: args.terms, rows: args.rows, day };
    let invented = invent::school(&wish, &kinds, &types);
    let school = invent::school_file(&template::text(SCHOOL_FILE), &invented);
    let mut files = invented.files;
    files.push((SCHOOL_FILE.to_owned(), school.into_bytes()));
    init::create(context, &dir, &invented.name, files)?;
    let shown = dir.to_string_lossy().into_owned();
    context.tell(&context.words("demo-done", &[("dir", &shown), ("school", &invented.name)]));
    Ok(Exit::Done)
}

fn shipped_kinds() -> Outcome<std::collections::BTreeMap<String, Kind>> {
    let mut kinds = std::collections::BTreeMap::new();
    for (path, bytes) in template::files() {
        if path.starts_with("kinds/") && path != "kinds/words.toml" {
            let text = String::from_utf8_lossy(bytes);
            let defined: std::collections::BTreeMap<String, Kind> = parse_toml(&path, &text)?;
            kinds.extend(defined.into_iter().map(|(name, kind)| (name.clone(), Kind { name, ..kind })));
        }
    }
    Ok(kinds)
}

fn shipped_types() -> Outcome<FollowUpTypes> {
    parse_toml("rules/followups.toml", &template::text("rules/followups.toml"))
}
