//! Races: contenders take turns, so that whatever else the machine does falls on all of them alike.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One way to do a task: what to prepare unmeasured, and the process that is measured.
pub struct Contender {
    pub name: String,
    prepare: Box<dyn FnMut()>,
    command: Option<Box<dyn Fn() -> Command>>,
}

impl Contender {
    pub fn new(name: &str, command: impl Fn() -> Command + 'static) -> Contender {
        Contender { name: name.to_owned(), prepare: Box::new(|| ()), command: Some(Box::new(command)) }
    }

    /// One that cannot run yet, so that its line says so.
    pub fn missing(name: &str) -> Contender {
        Contender { name: name.to_owned(), prepare: Box::new(|| ()), command: None }
    }

    /// Does this before every run, outside the measured time.
    pub fn after(mut self, prepare: impl FnMut() + 'static) -> Contender {
        self.prepare = Box::new(prepare);
        self
    }

    /// The time of one run, or why it is no answer. A run that says nothing has not answered.
    fn run(&mut self) -> Result<Duration, String> {
        let command = self.command.as_ref().ok_or("the program has no such command")?;
        (self.prepare)();
        let mut command = command();
        command.stdin(Stdio::null());
        let begun = Instant::now();
        let output = command.output().map_err(|error| error.to_string())?;
        let taken = begun.elapsed();
        let said = String::from_utf8_lossy(&output.stderr);
        match (output.status.success(), output.stdout.is_empty()) {
            (true, false) => Ok(taken),
            (true, true) => Err("it said nothing".to_owned()),
            (false, _) => Err(said.lines().next().unwrap_or("it failed").to_owned()),
        }
    }
}

/// Runs the contenders in turn, once unmeasured to warm the page cache, and prints the median of each and its ratio to
/// the first: the floor, or the question that a report answers.
pub fn race(task: &str, rounds: usize, mut contenders: Vec<Contender>) {
    println!("\n{task}");
    let mut times: Vec<Result<Vec<Duration>, String>> =
        contenders.iter_mut().map(|one| one.run().map(|_| Vec::new())).collect();
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            if let Ok(list) = times {
                match contender.run() {
                    Ok(taken) => list.push(taken),
                    Err(why) => *times = Err(why),
                }
            }
        }
    }
    let word = contenders.first().and_then(|first| first.name.split_once(':')).map_or("first", |(word, _)| word);
    let word = word.to_owned();
    let floor = times.first().and_then(|times| times.as_ref().ok()).map(|list| median(list));
    for (contender, times) in contenders.iter().zip(&times) {
        match times {
            Ok(list) => println!("{}", line(&contender.name, median(list), floor, &word)),
            Err(why) => println!("  {:<44} not run: {why}", contender.name),
        }
    }
}

fn line(name: &str, taken: f64, floor: Option<f64>, word: &str) -> String {
    let ratio = floor.map_or(String::new(), |floor| format!("{:8.2} × {word}", taken / floor));
    format!("  {name:<44} {taken:10.2} ms {ratio}")
}

/// In milliseconds.
fn median(times: &[Duration]) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
