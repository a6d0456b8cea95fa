//! `guanai demo [DIR]`: an invented, lived-in school, and a tour of the main job in it.

use std::path::PathBuf;

use super::{Context, init, plan, report, risk};
use crate::assess::Rules;
use crate::assess::risk::assess;
use crate::invent::{self, Wish};
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::{Need, template};
use crate::model::{Exit, Level, Outcome};
use crate::report::{Block, FileFormat, listing};

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
    let (kinds, types) = (template::kinds()?, template::follow_up_types()?);
    let day = context.day;
    let wish = Wish { seed: args.seed, students: args.students, terms: args.terms, rows: args.rows, day };
    let invented = context.working("working-invent", || invent::school(&wish, &kinds, &types));
    let school = invent::school_file(&template::text(SCHOOL_FILE), &invented);
    let mut files = invented.files;
    files.push((SCHOOL_FILE.to_owned(), school.into_bytes()));
    init::create(context, &dir, &invented.name, files)?;
    let shown = dir.to_string_lossy().into_owned();
    context.tell(&context.words("demo-done", &[("dir", &shown), ("school", &invented.name)]));
    if !context.dry_run && !context.quiet {
        tour(&context.in_folder(&dir), &shown)?;
    }
    Ok(Exit::Done)
}

/// The main job, each step under the command that shows it: who is at risk and why, what is due, the term summary.
fn tour(context: &Context, dir: &str) -> Outcome<Exit> {
    let step = |command: &str| context.print(&format!("\n$ guanai -C {dir} {command}\n"));
    step("risk --level high");
    risk::run(context, &risk::Args { level: Some(Level::High), ..risk::Args::default() })?;
    let snapshot = context.read(&Need::everything())?;
    let rules = Rules::load(&snapshot)?;
    if let Some(first) = assess(&snapshot, &rules, context.day).first() {
        let id = &snapshot.student(first.student).id;
        step(&format!("risk explain {id}"));
        for line in listing::risk_summary(&snapshot, first, context.lang) {
            context.print(&format!("{line}\n"));
        }
    }
    step("due");
    plan::due(context, &plan::DueArgs { days: 7, ics: None, to: None, reason: None, owner: None })?;
    step("report term");
    let mut document = report::term_document(context, &snapshot, None, false)?;
    document.blocks.retain(is_headline);
    context.print_bytes(&report::rendered(&document, FileFormat::Text, context.screen())?);
    context.print("\n");
    context.tell(&context.words("demo-next", &[("dir", dir)]));
    Ok(Exit::Done)
}

/// What of the term summary is shown on the tour.
fn is_headline(block: &Block) -> bool {
    match block {
        Block::Facts(_) => true,
        Block::Table(table) => ["numbers", "plans", "domains"].contains(&table.key.as_str()),
        _ => false,
    }
}
