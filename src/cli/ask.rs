//! Asking on the terminal for what is missing. In a pipe nothing is asked.

use std::io::{self, IsTerminal, Write};

/// Whether somebody is there to answer.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// One answer, without the white space around it; nothing where there is nobody to ask, or no answer.
pub(crate) fn ask(question: &str) -> Option<String> {
    if !can_ask() {
        return None;
    }
    let _ = write!(io::stderr(), "{question} ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    let answer = answer.trim().to_owned();
    (!answer.is_empty()).then_some(answer)
}
