//! Bytes from anywhere: nothing that reads them panics, hangs, or takes more memory than a stated multiple of them.
//!
//! `cargo test --test fuzz` tries the kept inputs and some thousands of new ones, always the same. With GUANAI_FUZZ=N it
//! tries N new ones, from the seed GUANAI_FUZZ_SEED (a number), with GUANAI_FUZZ_ONLY=NAME all of them in one reader. An
//! input that fails is kept in the folder of the build.

mod ledger;
mod mutate;
mod records;
mod sealed;
mod targets;
mod values;
mod watch;

use std::path::Path;
use std::time::Instant;

use mutate::{Dice, mutated, refolded, unfolded_length};
use targets::Target;

#[global_allocator]
static COUNTING: watch::Counting = watch::Counting;

/// No input takes more than this many bytes …
const BASE: usize = 8 << 20;
/// … and this many times its length, or what it unfolds to.
const MULTIPLE: usize = 64;
/// An old workbook is read into the whole rectangles that its cells span, and its rows are taken out of them: two million
/// cells at the most, twice 32 bytes each.
const RECTANGLE: usize = 128 << 20;
/// New inputs are no longer than this.
const LONGEST: usize = 64 << 10;

/// Runs one input; says what is wrong.
fn tried(target: &Target, input: &[u8]) -> Result<(), String> {
    let ran = watch::run(target.name, input, || (target.read)(input));
    if let Some(panic) = ran.panic {
        return Err(format!("panics: {panic}"));
    }
    let length = if target.folded { unfolded_length(input) } else { input.len() };
    let rectangle = if target.name == "xls" { RECTANGLE } else { 0 };
    let most = BASE + rectangle + MULTIPLE * length;
    if ran.peak > most { Err(format!("takes {} bytes for {length}", ran.peak)) } else { Ok(()) }
}

#[test]
fn no_kept_or_new_input_panics_hangs_or_takes_more_memory_than_a_multiple_of_it() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<usize>().ok());
    let (count, seed) = (number("GUANAI_FUZZ").unwrap_or(2_000), number("GUANAI_FUZZ_SEED").unwrap_or(1));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut failures = Vec::new();
    let only = std::env::var("GUANAI_FUZZ_ONLY").ok();
    let mut tried_in_all = 0;
    for target in targets::all().into_iter().filter(|target| only.as_ref().is_none_or(|only| *only == target.name)) {
        let started = Instant::now();
        let mut dice = Dice(seed as u64);
        for entry in std::fs::read_dir(corpus.join(target.name)).into_iter().flatten().flatten() {
            let input = std::fs::read(entry.path()).expect("a kept input");
            if let Err(why) = tried(&target, &input) {
                failures.push(format!("{}: {why}", entry.path().display()));
            }
        }
        let inputs = if only.is_some() { count } else { count * target.share / 1000 };
        let mut slowest = std::time::Duration::ZERO;
        for _ in 0..inputs {
            let parts_are_changed = target.folded && dice.below(4) > 0;
            let new = if parts_are_changed { refolded(&mut dice, &target.seeds, LONGEST) } else { None };
            let input = new.unwrap_or_else(|| mutated(&mut dice, &target.seeds, LONGEST));
            let began = Instant::now();
            let result = tried(&target, &input);
            if began.elapsed() > slowest {
                slowest = began.elapsed();
            }
            if let Err(why) = result {
                failures.push(format!(
                    "{}: {why}: {}",
                    target.name,
                    watch::keep(target.name, "fails", &input).display()
                ));
                if failures.len() > 40 {
                    break;
                }
            }
        }
        tried_in_all += inputs;
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("{:12} {inputs:8} inputs {seconds:6.1} s, the slowest {} ms", target.name, slowest.as_millis());
    }
    eprintln!("{tried_in_all} inputs, seed {seed}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
