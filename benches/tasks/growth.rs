//! How time and memory grow with the school: the same questions at four sizes, as lines on a sheet with two logarithmic axes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::floor::again;
use super::school::{self, Size};
use super::{AS_OF, guanai, some_student};

const SIZES: [usize; 4] = [200, 2_000, 20_000, 200_000];
const ROWS_OF_A_CHILD: usize = 100;
/// Of a ledger that takes minutes only one is measured.
const ROUNDS: [usize; 4] = [3, 3, 3, 1];

/// Makes the ledger of so many children.
pub fn make(students: &str) {
    let students = students.parse().expect("a number of children");
    school::ledger(Size { students, rows: students * ROWS_OF_A_CHILD });
}

/// What is asked at every size.
struct Question {
    name: &'static str,
    color: &'static str,
    /// For each size the median in milliseconds and the highest memory in MiB.
    measured: Vec<(f64, f64)>,
}

impl Question {
    fn new(name: &'static str, color: &'static str) -> Question {
        Question { name, color, measured: Vec::new() }
    }
}

/// Measures every question at every size, prints the figures and draws them into `picture`.
pub fn measure(picture: &Path) {
    let mut questions = [
        Question::new("every byte read", "#888888"),
        Question::new("risk", "#c0392b"),
        Question::new("plan status", "#2471a3"),
        Question::new("student show", "#1e8449"),
        Question::new("log add", "#b7950b"),
    ];
    println!("\n== growth: {ROWS_OF_A_CHILD} rows for each child; ms, and MiB at the highest ==");
    for (students, rounds) in SIZES.into_iter().zip(ROUNDS) {
        // In a process of its own: a child of one that has had much memory counts as having had it too.
        let size = Size { students, rows: students * ROWS_OF_A_CHILD };
        let made = again("--make", Path::new(&students.to_string())).status();
        assert!(made.is_ok_and(|status| status.success()), "the ledger can be made");
        let ledger = school::place(size);
        let student = some_student(&ledger);
        let visit = ["log", "add", "home-visit", student.as_str(), "--date", "2026-11-20", "met=guardian"];
        let asked: [&dyn Fn() -> Command; 5] = [
            &|| again("--read", &ledger),
            &guanai(&ledger, &["--as-of", AS_OF, "risk", "--format", "json"]),
            &guanai(&ledger, &["--as-of", AS_OF, "plan", "status", "--format", "json"]),
            &guanai(&ledger, &["--as-of", AS_OF, "student", "show", &student]),
            &guanai(&ledger, &visit),
        ];
        for (question, command) in questions.iter_mut().zip(asked) {
            let runs: Vec<(f64, f64)> = (0..=rounds)
                .map(|_| {
                    let _ = fs::remove_dir_all(ledger.join(".guanai/answers"));
                    run(command())
                })
                .collect();
            // The first one warms the page cache.
            let mut times: Vec<f64> = runs[1..].iter().map(|(time, _)| *time).collect();
            times.sort_by(f64::total_cmp);
            let highest = runs.iter().map(|(_, memory)| *memory).fold(0.0, f64::max);
            println!(
                "  {students:>7} children  {:<16} {:>10.1} ms {highest:>8.1} MiB",
                question.name,
                times[rounds / 2]
            );
            question.measured.push((times[rounds / 2], highest));
        }
    }
    fs::write(picture, drawn(&questions)).expect("the picture can be written");
    println!("  drawn: {}", picture.display());
}

/// Milliseconds, and the highest memory of the process in MiB.
fn run(mut command: Command) -> (f64, f64) {
    let begun = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let memory = wait(child);
    (begun.elapsed().as_secs_f64() * 1000.0, memory)
}

#[cfg(target_os = "linux")]
fn wait(child: std::process::Child) -> f64 {
    let mut status = 0;
    // SAFETY: zeros are a valid rusage, and both places live until the call is over.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage);
        usage
    };
    assert_eq!(status, 0, "a command that fails is not a fast one");
    usage.ru_maxrss as f64 / 1024.0
}

#[cfg(not(target_os = "linux"))]
fn wait(mut child: std::process::Child) -> f64 {
    assert!(child.wait().is_ok_and(|status| status.success()), "a command that fails is not a fast one");
    f64::NAN
}

/// Two drawings side by side: time, and memory.
fn drawn(questions: &[Question]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 380\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"860\" height=\"380\" fill=\"#ffffff\"/>\n",
    );
    draw(&mut svg, 60.0, "milliseconds, start to exit", questions, |(time, _)| *time);
    draw(&mut svg, 480.0, "MiB of memory at the highest", questions, |(_, memory)| *memory);
    for (at, question) in questions.iter().enumerate() {
        let x = 60 + 150 * at;
        let _ = writeln!(svg, "<rect x=\"{x}\" y=\"352\" width=\"14\" height=\"4\" fill=\"{}\"/>", question.color);
        let _ = writeln!(svg, "<text x=\"{}\" y=\"359\">{}</text>", x + 20, question.name);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, left: f64, title: &str, questions: &[Question], of: impl Fn(&(f64, f64)) -> f64) {
    let (width, top, height) = (330.0, 40.0, 260.0);
    let values = || questions.iter().flat_map(|one| one.measured.iter().map(&of)).filter(|value| *value > 0.0);
    let lowest = values().fold(f64::INFINITY, f64::min).log10().floor();
    let highest = values().fold(1.0, f64::max).log10().ceil().max(lowest + 1.0);
    let x = |at: usize| left + width * at as f64 / (SIZES.len() - 1) as f64;
    let y = |value: f64| top + height * (1.0 - (value.log10() - lowest) / (highest - lowest));
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"24\" font-weight=\"bold\">{title}</text>");
    for power in lowest as i32..=highest as i32 {
        let (value, at) = (10f64.powi(power), y(10f64.powi(power)));
        let _ = writeln!(svg, "<path d=\"M{left} {at:.1}h{width}\" stroke=\"#dddddd\"/>");
        let _ = writeln!(svg, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>", left - 6.0, at + 4.0);
    }
    for (at, students) in SIZES.iter().enumerate() {
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"318\" text-anchor=\"middle\">{students}</text>", x(at));
    }
    let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"336\" text-anchor=\"middle\">children</text>", left + width / 2.0);
    for question in questions {
        let points: Vec<String> =
            question.measured.iter().enumerate().map(|(at, one)| format!("{:.1},{:.1}", x(at), y(of(one)))).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
            points.join(" "),
            question.color
        );
    }
}
