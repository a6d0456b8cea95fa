//! `guanai import scores FILE`: wide and long sheets of scores. Importing again updates; the same file twice changes
//! nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::log::in_row;
use super::{bytes_of, write_rejects};
use crate::cli::log::kind_named;
use crate::cli::{Context, Made, arguments, ask, errors};
use crate::import::scores::{
    MarkIn, SCORE_WORDS, ScoreOptions, ScoreReading, ScoreRow, ScoreWords, exam_said, read_scores,
};
use crate::import::{Facts, RefusedRow, Synonyms, read};
use crate::ledger::{Logs, Need, Snapshot, find};
use crate::model::kind::Kind;
use crate::model::national_id::masked;
use crate::model::{Class, Day, ExamSaid, Exit, Outcome, Place, Problem, Problems, StudentId};
use crate::report::listing::{self, ScoreVerdict};
use crate::write::scores::{Becomes, Exam, NewScore, Scores};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub file: PathBuf,
    #[arg(long)]
    pub exam: Option<String>,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub kind: Option<String>,
    #[arg(long, value_name = "[SUBJECT=]N")]
    pub full: Vec<String>,
    #[arg(long)]
    pub subject: Option<String>,
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub sheet: Option<String>,
    #[arg(long)]
    pub accept_good: bool,
}

const CENSUS_WORDS: &str = "import/census.toml";
const SCORE: &str = "score";

/// What reads a sheet.
struct Words {
    scores: ScoreWords,
    census: Synonyms,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let (name, bytes) = bytes_of(&args.file)?;
    let sheets = context.working("working-sheet", || read(&name, &bytes))?;
    let kind = kind_named(&context.definitions()?, SCORE)?;
    let need = Need { students: true, logs: Logs::Kinds(BTreeSet::from([kind.name.clone()])) };
    context.write(&need, |snapshot| {
        let definitions = snapshot.definitions();
        let words = Words {
            scores: ScoreWords::parse(SCORE_WORDS, &definitions.text_or_shipped(SCORE_WORDS)?)?,
            census: Synonyms::parse(CENSUS_WORDS, &definitions.text(CENSUS_WORDS)?)?,
        };
        let options = options(context, args, snapshot, &words.scores)?;
        let reading = read_scores(&name, &sheets, &words.scores, &words.census, &options);
        if reading.rows.is_empty() && !reading.problems.is_empty() {
            return Err(Problems(reading.problems));
        }
        let numbers = numbers(snapshot);
        Import { context, args, snapshot, kind: &kind, words: &words, numbers }.made(&reading)
    })
}

fn options(context: &Context, args: &Args, snapshot: &Snapshot, words: &ScoreWords) -> Outcome<ScoreOptions> {
    let mut options = ScoreOptions {
        day: args.date.unwrap_or(context.day),
        school_years: snapshot.school.school.years,
        sheet: args.sheet.clone(),
        class: args.class,
        subject: args.subject.as_deref().map(|subject| words.subject(subject)),
        full: None,
        full_of: BTreeMap::new(),
    };
    for text in &args.full {
        let (subject, number) = text.split_once('=').map_or((None, text.as_str()), |(of, number)| (Some(of), number));
        let full = ScoreWords::full_marks(number);
        let full = full.ok_or_else(|| Problem::usage("full-marks").with("value", text))?;
        match subject {
            Some(subject) => {
                options.full_of.insert(words.subject(subject), full);
            }
            None => options.full = Some(full),
        }
    }
    Ok(options)
}

/// One run of the import.
struct Import<'a> {
    context: &'a Context,
    args: &'a Args,
    snapshot: &'a Snapshot,
    kind: &'a Kind,
    words: &'a Words,
    numbers: BTreeMap<String, StudentId>,
}

/// Who has which roll number, resident number or id.
fn numbers(snapshot: &Snapshot) -> BTreeMap<String, StudentId> {
    let mut numbers = BTreeMap::new();
    for file in &snapshot.students {
        let student = &file.student;
        let own = [student.roll_number.as_deref(), student.national_id.as_deref(), Some(student.id.as_str())];
        for number in own.into_iter().flatten() {
            numbers.entry(number.to_uppercase()).or_insert_with(|| student.id.clone());
        }
    }
    numbers
}

/// What the rows have become.
#[derive(Default)]
struct Done {
    verdicts: Vec<ScoreVerdict>,
    refused: Vec<RefusedRow>,
    counts: BTreeMap<&'static str, usize>,
    exams: BTreeSet<Exam>,
}

impl Import<'_> {
    fn made(&self, reading: &ScoreReading) -> Outcome<Made> {
        let mut scores = Scores::of(self.snapshot, self.kind)?;
        let mut problems = reading.problems.clone();
        let exams = self.exams(&scores, reading, &mut problems);
        let mut done = Done::default();
        for row in &reading.rows {
            match self.row(&mut scores, exams.get(&row.exam), row, &mut done) {
                Ok(()) => {}
                Err(wrong) => done.refused.push(refused(row, wrong.0)),
            }
        }
        let nothing = done.verdicts.is_empty() && done.counts.is_empty();
        if !problems.is_empty() || (!done.refused.is_empty() && (!self.args.accept_good || nothing)) {
            problems.extend(done.refused.into_iter().flat_map(|row| row.problems));
            return Err(Problems(problems));
        }
        let messages = self.messages(reading, &done)?;
        let table =
            listing::score_verdicts(self.snapshot, &done.verdicts, &refusals(self.context, &done), self.context.lang);
        let table = (!table.rows.is_empty()).then_some(table);
        let change_set = scores.change_set(&format!("import scores {}", self.args.file.display()));
        Ok(Made { change_set, messages, table, ..Made::default() })
    }

    /// The exam of each way in which a title or a row names one. A problem with it is named once.
    fn exams(&self, scores: &Scores, reading: &ScoreReading, problems: &mut Vec<Problem>) -> BTreeMap<ExamSaid, Exam> {
        let mut exams = BTreeMap::new();
        let mut failed: BTreeSet<ExamSaid> = BTreeSet::new();
        let typed = match self.typed() {
            Ok(typed) => typed,
            Err(wrong) => {
                problems.extend(wrong.0);
                return exams;
            }
        };
        let file = self.args.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let file = exam_said(&file, &self.words.scores, &self.words.census);
        for row in &reading.rows {
            if exams.contains_key(&row.exam) || failed.contains(&row.exam) {
                continue;
            }
            let mut said = typed.clone().or(&row.exam);
            if said.kind.is_none() {
                said = said.or(&file);
            }
            let place = sheet_of(&row.place);
            match scores.exam(&self.asked(said), self.context.day, &place) {
                Ok(exam) => {
                    exams.insert(row.exam.clone(), exam);
                }
                Err(wrong) => {
                    failed.insert(row.exam.clone());
                    problems.extend(wrong.0);
                }
            }
        }
        exams
    }

    /// What the command says of the exam.
    fn typed(&self) -> Outcome<ExamSaid> {
        let words = &self.words.scores;
        let mut said =
            self.args.exam.as_deref().map(|text| exam_said(text, words, &self.words.census)).unwrap_or_default();
        if let Some(kind) = &self.args.kind {
            said.kind = Some(self.kind_of_exam(kind)?);
        }
        match (&self.args.exam, &said.kind) {
            (Some(name), None) => return Err(self.unknown_kind(name)),
            (Some(name), Some(kind)) => {
                let once = words.is_once_a_term(kind);
                said.name = if once { String::new() } else { name.trim().to_owned() };
                said.told = once || words.is_numbered(name);
            }
            (None, Some(kind)) => said.told = words.is_once_a_term(kind),
            (None, None) => {}
        }
        said.day = self.args.date.or(said.day);
        said.by_person = said.kind.is_some();
        Ok(said)
    }

    fn kind_of_exam(&self, text: &str) -> Outcome<String> {
        let of_title = exam_said(text, &self.words.scores, &self.words.census).kind;
        let field = self.kind.field("exam");
        let read = field.and_then(|field| field.read(text, self.snapshot.words().ok()?).ok());
        read.or(of_title).ok_or_else(|| self.unknown_kind(text))
    }

    fn unknown_kind(&self, text: &str) -> Problems {
        let known = self.kind.field("exam").map(|field| field.of.join(", ")).unwrap_or_default();
        Problem::usage("exam-kind").with("value", text).with("known", known).into()
    }

    /// On a terminal, what is missing is asked for.
    fn asked(&self, mut said: ExamSaid) -> ExamSaid {
        if said.kind.is_none()
            && let Some(answer) = ask::ask(&self.context.words("ask-exam", &[]))
        {
            said = exam_said(&answer, &self.words.scores, &self.words.census).or(&said);
        }
        if said.kind.is_some()
            && !said.told
            && said.day.is_none()
            && let Some(answer) = ask::ask(&self.context.words("ask-exam-day", &[]))
        {
            said.day = arguments::day(&answer).ok();
        }
        said
    }

    fn row(&self, scores: &mut Scores, exam: Option<&Exam>, row: &ScoreRow, done: &mut Done) -> Outcome<()> {
        let mut problems = row.problems.clone();
        let day = exam.map_or(self.context.day, |exam| exam.day);
        let is_nobody = row.whose.number.is_empty() && row.whose.name.is_empty();
        let student = match is_nobody {
            true => None,
            false => self.student(row, day).map_err(|wrong| problems.extend(wrong.0)).ok(),
        };
        let (Some(student), Some(exam), true) = (student, exam, problems.is_empty()) else {
            return if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) };
        };
        let mut said = Vec::new();
        for mark in &row.marks {
            let MarkIn { subject, mark, place } = mark.clone();
            let new = NewScore { student: student.clone(), subject, mark, place };
            match scores.add(exam, &new) {
                Ok(becomes) => said.push((new, becomes)),
                Err(wrong) => problems.extend(wrong.0),
            }
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        done.exams.insert(exam.clone());
        for (new, becomes) in said {
            *done.counts.entry(counted(&becomes)).or_default() += 1;
            let before = match becomes {
                Becomes::Same => continue,
                Becomes::Added if !self.context.dry_run => continue,
                Becomes::Added => None,
                Becomes::Changed(before) => Some(before),
            };
            let NewScore { student, subject, mark, place } = new;
            done.verdicts.push(ScoreVerdict { place, student, subject, before, after: mark });
        }
        Ok(())
    }

    /// The child that a row means: by its number, where it has one, and else by its name in its class.
    fn student(&self, row: &ScoreRow, day: Day) -> Outcome<StudentId> {
        let whose = &row.whose;
        let in_row = |wrong: Problems| Problems(wrong.0.into_iter().map(|problem| in_row(problem, &row.at)).collect());
        let is_long = whose.number.chars().count() >= SHORTEST_NUMBER;
        if is_long || (!whose.number.is_empty() && whose.name.is_empty()) {
            let id = self.numbers.get(&whose.number.to_uppercase()).cloned().ok_or_else(|| {
                let problem = Problem::data("score-nobody", row.at.clone());
                problem.with("value", masked(&whose.number)).with("name", &whose.name)
            })?;
            let own = self.snapshot.place_of_student(&id).map(|at| self.snapshot.student(at).name.clone());
            if !whose.name.is_empty() && own.as_ref() != Some(&whose.name) {
                let problem = Problem::data("score-other-name", row.at.clone()).with("value", &whose.name);
                return Err(problem.with("name", own.unwrap_or_default()).into());
            }
            return Ok(id);
        }
        self.by_name(&whose.name, whose.class, day).map_err(in_row)
    }

    fn by_name(&self, name: &str, class: Option<Class>, day: Day) -> Outcome<StudentId> {
        let text = class.map_or_else(|| name.to_owned(), |class| format!("{name}@{class}"));
        let named: Vec<_> = self.snapshot.students.iter().filter(|file| file.student.name == name).collect();
        if named.is_empty() {
            // A sheet is not a command line: the beginning of a name or its pinyin name nobody there.
            return Err(Problem::data("score-nobody", Place::Nowhere).with("value", name).with("name", name).into());
        }
        if class.is_some() && !named.iter().any(|file| file.student.class == class) {
            let classes: Vec<String> = named.iter().map(|file| find::described(&file.student)).collect();
            let problem = Problem::data("score-other-class", Place::Nowhere).with("value", name);
            let class = class.map(|class| class.to_string()).unwrap_or_default();
            return Err(problem.with("class", class).with("candidates", classes.join(", ")).into());
        }
        find::student(self.snapshot, &text, day).map(|at| self.snapshot.student(at).id.clone())
    }

    fn messages(&self, reading: &ScoreReading, done: &Done) -> Outcome<Vec<String>> {
        let context = self.context;
        let mut messages: Vec<String> =
            reading.warnings.iter().map(|problem| errors::message(problem, context.lang)).collect();
        for sheet in &reading.left_out {
            let why = context.words(sheet.reason.key(), &[]);
            let values = [("sheet", sheet.sheet.as_deref().unwrap_or("")), ("why", &why)];
            messages.push(context.words("sheet-left-out", &values));
        }
        for exam in &done.exams {
            messages.push(self.exam_message(exam));
        }
        if !done.refused.is_empty() && !context.dry_run {
            let path = write_rejects(context, &self.args.file, &reading.sheets, &done.refused)?;
            let (count, file) = (done.refused.len().to_string(), path.to_string_lossy().into_owned());
            messages.push(context.words("rejects-written", &[("count", &count), ("file", &file)]));
        }
        let count = |name: &str| done.counts.get(name).copied().unwrap_or(0).to_string();
        let (added, changed, same) = (count("added"), count("changed"), count("same"));
        let refused = done.refused.len().to_string();
        let values = [("added", added.as_str()), ("changed", &changed), ("same", &same), ("refused", &refused)];
        messages.push(context.words("scores-summary", &values));
        messages.extend(self.next_steps(done));
        Ok(messages)
    }

    /// What the plan asks for after an exam that there is once a term.
    fn next_steps(&self, done: &Done) -> Vec<String> {
        let is_new = done.counts.contains_key("added") && !self.context.dry_run;
        let asked = done.exams.iter().filter(|exam| is_new && self.words.scores.is_once_a_term(&exam.kind));
        asked.map(|exam| self.context.words("exam-next", &[("kind", &exam.kind)])).collect()
    }

    fn exam_message(&self, exam: &Exam) -> String {
        let lang = self.context.lang;
        let kind = listing::exam_label(self.snapshot, &exam.kind, &exam.name, lang);
        let day = exam.day.to_string();
        let key = if exam.day_guessed { "exam-taken-today" } else { "exam-taken" };
        self.context
            .words(key, &[("exam", &kind), ("term", &crate::text::stretch_name(lang, &exam.term)), ("day", &day)])
    }
}

/// Shorter ones are numbers in a class, which tell nobody where the name stands beside them.
const SHORTEST_NUMBER: usize = 6;

fn counted(becomes: &Becomes) -> &'static str {
    match becomes {
        Becomes::Added => "added",
        Becomes::Changed(_) => "changed",
        Becomes::Same => "same",
    }
}

/// The sheet that a row stands in.
fn sheet_of(place: &Place) -> Place {
    match place {
        Place::Cell { file, sheet: Some(sheet), .. } => Place::File(format!("{file}!{sheet}")),
        Place::Cell { file, .. } => Place::file(file),
        other => other.clone(),
    }
}

fn refused(row: &ScoreRow, problems: Vec<Problem>) -> RefusedRow {
    RefusedRow { place: row.place.clone(), facts: Facts::default(), cells: row.cells.clone(), problems }
}

fn refusals(context: &Context, done: &Done) -> Vec<(Place, String)> {
    let said = |row: &RefusedRow| -> Vec<(Place, String)> {
        row.problems.iter().map(|problem| (problem.place.clone(), errors::what(problem, context.lang))).collect()
    };
    done.refused.iter().flat_map(said).collect()
}
