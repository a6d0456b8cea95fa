//! The same question again: where no file of the ledger has changed since it was answered, it is answered from what was
//! kept then. Only questions that a whole ledger is read for are kept, and none by whom sealed records are open to.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::time::{Instant, SystemTime};

use super::{Command, Context, plan, report, risk};
use crate::ledger::answers::{self, State};
use crate::ledger::{Folder, Lock};
use crate::model::{Exit, Outcome};

/// Where a piece of an answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    Output,
    Messages,
}

/// What a command has said, piece by piece.
pub(crate) type Said = Vec<(To, Vec<u8>)>;

/// Runs a command, or says again what it said.
pub(crate) fn run(context: &Context, command: &Command, arguments: &[OsString]) -> Outcome<Exit> {
    match answered(context, command, arguments) {
        Some(exit) => exit,
        None => command.run(context),
    }
}

/// The exit of a question that is kept or can be; nothing where it is neither.
fn answered(context: &Context, command: &Command, arguments: &[OsString]) -> Option<Outcome<Exit>> {
    let holds_a_key = || context.keys.path().is_some_and(std::path::Path::exists);
    if !is_a_question(command) || context.reveal || holds_a_key() {
        return None;
    }
    let folder = context.folder().ok()?;
    let question = question(context, arguments)?;
    let begun = Begun::now();
    if !Lock::shared(&folder).ok()?.pending.is_empty() {
        return None;
    }
    if !answers::is_kept(&folder, &question) {
        // Nothing can be recalled. Meanwhile another core looks at the files, so that the answer can be kept.
        let ((exit, said), state) = std::thread::scope(|scope| {
            let state = scope.spawn(|| State::of_by_one_core(&folder, begun.at));
            (context.listened(|| command.run(context)), state.join().expect("looking at files does not panic"))
        });
        keep(&folder, &question, state.filter(|_| begun.is_of_one_clock()), &exit, &said);
        return Some(exit);
    }
    let state = State::of(&folder, begun.at)?;
    if let Some((exit, said)) = answers::recalled(&folder, &question, &state).as_deref().and_then(read) {
        said.iter().for_each(|(to, bytes)| context.say_bytes(*to, bytes));
        return Some(Ok(exit));
    }
    let (exit, said) = context.listened(|| command.run(context));
    keep(&folder, &question, Some(state), &exit, &said);
    Some(exit)
}

fn keep(folder: &Folder, question: &[u8; 32], state: Option<State>, exit: &Outcome<Exit>, said: &Said) {
    if let (Some(state), Ok(exit)) = (state, exit) {
        answers::keep(folder, question, &state, &written(*exit, said));
    }
}

/// When a command began, by both clocks of the system.
struct Begun {
    at: SystemTime,
    by_steady_clock: Instant,
}

impl Begun {
    fn now() -> Begun {
        Begun { at: SystemTime::now(), by_steady_clock: Instant::now() }
    }

    /// Whether nobody has set the clock since then: a change of a file that came later has a later time.
    fn is_of_one_clock(&self) -> bool {
        let (passed, steady) = (self.at.elapsed(), self.by_steady_clock.elapsed());
        passed.is_ok_and(|passed| passed.abs_diff(steady) < answers::TICK / 2)
    }
}

/// Whether the command only asks, and asks the whole ledger.
fn is_a_question(command: &Command) -> bool {
    match command {
        Command::Risk(args) => matches!(args.command, None | Some(risk::Command::Explain(_))),
        Command::Plan(command) => {
            matches!(command, plan::Command::Status(_) | plan::Command::Gaps(_) | plan::Command::Show(_))
        }
        Command::Due(args) => args.ics.is_none(),
        Command::Report(report::Command::Term(args)) => args.is_shown_without_names(),
        _ => false,
    }
}

/// Everything beside the files that an answer hangs on: the program, the arguments, the day, the language, the screen.
fn question(context: &Context, arguments: &[OsString]) -> Option<[u8; 32]> {
    let program = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    let screen = context.screen();
    let of_messages = std::io::stderr().is_terminal();
    let words = format!(
        "{} {} {:?} {} {:?} {:?} {of_messages}",
        env!("CARGO_PKG_VERSION"),
        program.len(),
        program.modified().ok()?,
        context.day,
        context.lang,
        screen,
    );
    let mut hasher = blake3::Hasher::new();
    hasher.update(words.as_bytes());
    // The program's own name is no part of the question.
    for argument in arguments.iter().skip(1) {
        hasher.update(&[0]).update(argument.as_encoded_bytes());
    }
    Some(*hasher.finalize().as_bytes())
}

fn written(exit: Exit, said: &Said) -> Vec<u8> {
    let mut bytes = vec![exit as u8];
    for (to, text) in said {
        bytes.push(*to as u8);
        bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text);
    }
    bytes
}

fn read(bytes: &[u8]) -> Option<(Exit, Said)> {
    let (exit, mut rest) = bytes.split_first()?;
    let exit = [Exit::Done, Exit::Found].into_iter().find(|one| *one as u8 == *exit)?;
    let mut said = Said::new();
    while let Some((to, behind)) = rest.split_first() {
        let to = [To::Output, To::Messages].into_iter().find(|one| *one as u8 == *to)?;
        let (length, behind) = behind.split_first_chunk::<8>()?;
        let (text, behind) = behind.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        said.push((to, text.to_vec()));
        rest = behind;
    }
    Some((exit, said))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_a_part_of_it_is_not() {
        let said = vec![(To::Output, b"[1]\n".to_vec()), (To::Messages, "在校 2 人\n".into())];
        let bytes = written(Exit::Found, &said);
        assert_eq!(read(&bytes), Some((Exit::Found, said)));
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        assert_eq!(read(&[9]), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_changed_after_the_moment_that_an_answer_began_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder { root: dir.path().to_owned() };
        std::fs::create_dir_all(folder.path(".guanai")).unwrap();
        let path = folder.path("guanai.toml");
        std::fs::write(&path, "old").unwrap();
        std::thread::sleep(2 * answers::TICK);
        let (began, question) = (SystemTime::now(), [7; 32]);
        // Nothing is kept on this file system.
        let Some(state) = State::of(&folder, began) else { return };
        assert_eq!(State::of_by_one_core(&folder, began), Some(state));
        let write = |path: &Path| std::fs::write(path, "new").unwrap();
        let remove = |path: &Path| std::fs::remove_file(path).unwrap();
        for change in [&write as &dyn Fn(&Path), &remove] {
            change(&path);
            let late = State::of_by_one_core(&folder, began).unwrap();
            answers::keep(&folder, &question, &late, b"an answer from the old file");
            assert!(!answers::is_kept(&folder, &question));
        }
        answers::keep(&folder, &question, &state, b"an answer");
        assert!(answers::recalled(&folder, &question, &state).is_some());
    }
}
