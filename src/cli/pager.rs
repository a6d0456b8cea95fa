//! A listing that is longer than the terminal is shown by a pager, as `man` and `git` do.

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

use super::settings::{Settings, set};

/// What shows long listings on this terminal; nothing in a pipe, or where the person wants none.
#[derive(Debug, Clone)]
pub(crate) struct Pager {
    words: Vec<String>,
    height: usize,
}

impl Pager {
    /// `$GUANAI_PAGER`, the settings, `$PAGER`, else `less`; an empty one, or `cat`, is none.
    pub fn of(settings: &Settings) -> Option<Pager> {
        if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
            return None;
        }
        let height = usize::from(terminal_size::terminal_size()?.1.0);
        let own = std::env::var("GUANAI_PAGER").ok().or_else(|| settings.pager.clone());
        let usual = || set("PAGER").map_or_else(|| "less".to_owned(), |pager| pager.to_string_lossy().into_owned());
        let words = shlex::split(&own.unwrap_or_else(usual))?;
        let is_one = words.first().is_some_and(|program| program != "cat");
        is_one.then_some(Pager { words, height })
    }

    /// Shows a text that is longer than the terminal; says whether it was shown.
    pub fn show(&self, text: &[u8]) -> bool {
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        if lines < self.height {
            return false;
        }
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).stdin(Stdio::piped());
        // Colours are let through, nothing is cut off at the right, and what fits on a screen is left standing there.
        if set("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        if set("LESSCHARSET").is_none() {
            command.env("LESSCHARSET", "utf-8");
        }
        // Who presses Ctrl-C inside the pager means the pager: it must not be left behind without us.
        #[cfg(unix)]
        let _ignored = signal_hook::flag::register(signal_hook::consts::SIGINT, std::sync::Arc::default());
        let Ok(mut child) = command.spawn() else { return false };
        if let Some(mut into) = child.stdin.take() {
            // Whoever leaves the pager early closes the pipe.
            let _ = into.write_all(text);
        }
        child.wait().is_ok()
    }
}
