//! Every kind of change set is cut at every system call that writes, by a kill, by a full or failing disk and by the loss
//! of what was not synced: the ledger is the old one or the new one, the next command goes on, and `undo` works.
//!
//! `cargo test --test cuts` takes a selection; `GUANAI_CUTS=all cargo test --test cuts -- --nocapture` makes every cut but of the
//! most numerous sorts, `GUANAI_CUTS=bytes` one behind every byte of the ledger's own state, and both print the figures of
//! docs/reliability.md.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod cases;
mod disk;
mod editor;
mod merge_driver;
mod places;
mod sticks;
mod tracer;
mod whole;

use cases::Case;
use whole::Seen;

/// Every cut of one kind of change set.
fn cut(case: Case) {
    if !tracer::can_trace() {
        eprintln!("skipped: this machine does not let a process trace its child; tests/crash.rs cuts without that");
        return;
    }
    let started = std::time::Instant::now();
    let mut seen = Seen::of(case);
    seen.killed();
    seen.torn();
    seen.without_power();
    seen.really_killed();
    seen.refused();
    seen.report(started.elapsed());
}

macro_rules! cuts {
    ($($name:ident: $case:expr;)*) => {
        $(#[test]
        fn $name() {
            cut($case);
        })*
    };
}

cuts! {
    a_new_file: cases::a_new_file();
    a_changed_file: cases::a_changed_file();
    a_removed_file: cases::a_removed_file();
    several_files: cases::several_files();
    an_attachment: cases::an_attachment();
    an_undo_of_several_files: cases::an_undo();
    two_commands_one_after_the_other: cases::two_commands();
    a_batch: cases::a_batch();
    a_census: cases::a_census();
    a_mended_ledger: cases::a_mended_ledger();
    a_new_ledger: cases::a_new_ledger();
    one_row_that_is_sealed: cases::one_sealed_row();
    a_rotation_that_seals_what_was_clear: cases::a_rotation();
}
