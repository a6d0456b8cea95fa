//! Work that takes longer than a second says so, on a terminal only: a turning sign and the seconds, gone when it is done.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How long nothing is said.
const PATIENCE: Duration = Duration::from_secs(1);
const TURN: Duration = Duration::from_millis(120);

/// Runs the work, which prints nothing itself, and says that it goes on once it has taken a second.
///
/// The words are put together only where they may be shown: most commands are done before.
pub(crate) fn shown<T>(words: impl FnOnce() -> String, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let words = words();
    let (done, waits) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waits.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("the template is right");
                let bar = ProgressBar::new_spinner().with_elapsed(PATIENCE).with_style(style).with_message(words);
                bar.enable_steady_tick(TURN);
                // The sender goes away when the work is done, or when it panics.
                let _ = waits.recv();
                bar.finish_and_clear();
            }
        });
        let result = work();
        drop(done);
        result
    })
}
