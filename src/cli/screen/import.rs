//! `guanai screen import FILE --scale NAME`: a class's answer sheet, all or nothing. Again is an update, and the same file
//! twice changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use super::{band_said, kind, need, scale};
use crate::cli::import::{bytes_of, write_rejects};
use crate::cli::log::follow_ups_said;
use crate::cli::{Context, Made, arguments, shell};
use crate::import::screening::{SheetReader, SheetReading, SheetRow, SheetWords};
use crate::import::{Facts, RefusedRow, Synonyms, read};
use crate::ledger::{Snapshot, find};
use crate::model::scale::{Band, Fit, Scale};
use crate::model::{Day, Exit, Outcome, Place, Problem, Problems, Student, StudentId};
use crate::report::listing::{self, ScreeningVerdict};
use crate::write::Recording;
use crate::write::screening::{Did, Differing, Kept, NewScreening, record};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub file: PathBuf,
    #[arg(long, add = ArgValueCompleter::new(shell::scales))]
    pub scale: String,
    #[arg(long, value_parser = arguments::day)]
    pub date: Option<Day>,
    #[arg(long)]
    pub staff: Option<String>,
    #[arg(long)]
    pub accept_good: bool,
}

const WORDS: &str = "import/screening.toml";
const CENSUS_WORDS: &str = "import/census.toml";

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let scale = scale(context, &args.scale)?;
    let (name, bytes) = bytes_of(&args.file)?;
    let sheets = context.working("working-sheet", || read(&name, &bytes))?;
    context.write(&need(), |snapshot| {
        let definitions = snapshot.definitions();
        let words = SheetWords::parse(WORDS, &definitions.text(WORDS)?)?;
        let synonyms = Synonyms::parse(CENSUS_WORDS, &definitions.text(CENSUS_WORDS)?)?;
        let reader = SheetReader {
            file: &name,
            scale: &scale,
            words: &words,
            synonyms: &synonyms,
            day: args.date.unwrap_or(context.day),
            school_years: snapshot.school.school.years,
        };
        let reading = reader.read(&sheets);
        if !reading.problems.is_empty() {
            return Err(Problems(reading.problems));
        }
        let kept = Kept::of(snapshot);
        Import { context, args, snapshot, kept: &kept, scale: &scale }.record(&reading)
    })
}

struct Import<'a> {
    context: &'a Context,
    args: &'a Args,
    snapshot: &'a Snapshot,
    kept: &'a Kept<'a>,
    scale: &'a Scale,
}

/// What the rows of a sheet did.
#[derive(Default)]
struct Tally {
    ids: Vec<String>,
    added: usize,
    changed: usize,
    same: usize,
    /// Children without any answer.
    absent: usize,
    bands: BTreeMap<Band, usize>,
    age_unknown: usize,
    ahead: usize,
    refused: Vec<RefusedRow>,
    /// What each row does, for whoever looks before writing.
    verdicts: Vec<ScreeningVerdict>,
}

impl Import<'_> {
    fn record(&self, reading: &SheetReading) -> Outcome<Made> {
        let mut recording = Recording::new(self.snapshot)?;
        let mut tally = Tally::default();
        let mut seen: BTreeMap<(StudentId, Day), u32> = BTreeMap::new();
        let kind = kind(self.snapshot)?;
        let reason = self.context.words("amended-reason", &[]);
        let differing = Differing::TakesItsPlace { today: self.context.day, reason: &reason };
        for row in &reading.rows {
            let recorded = self.screening(row, &mut seen).and_then(|new| {
                let Some(new) = new else { return Ok(None) };
                let (did, id) = record(&mut recording, (self.snapshot, self.kept), &kind, &new, differing)?;
                Ok(Some((did, id, new)))
            });
            match recorded {
                Ok(None) => tally.absent += 1,
                Ok(Some((did, id, new))) => tally.add(did, id.as_str(), &new, (&row.place, self.context.day)),
                Err(wrong) => tally.refused.push(RefusedRow {
                    place: row.place.clone(),
                    facts: Facts::default(),
                    cells: row.cells.clone(),
                    problems: wrong.0,
                }),
            }
        }
        let taken = tally.added + tally.changed + tally.same;
        if !tally.refused.is_empty() && (!self.args.accept_good || taken == 0) {
            return Err(Problems(tally.refused.into_iter().flat_map(|row| row.problems).collect()));
        }
        let mut messages = self.messages(reading, &tally)?;
        messages.extend(self.follow_ups(&recording));
        let change_set = recording.change_set(&format!("screen import {}", self.args.file.display()));
        // The difference of the files would print every child's answers.
        let shown = self.context.dry_run && !self.context.in_batch();
        let table = shown.then(|| listing::screening_verdicts(&tally.verdicts, self.context.lang));
        Ok(Made { change_set, ids: tally.ids, messages, table, ..Made::default() })
    }

    /// The follow-ups that were opened and closed: each, or of many how many.
    fn follow_ups(&self, recording: &Recording) -> Vec<String> {
        const MOST: usize = 10;
        let said = follow_ups_said(self.context, recording);
        if said.len() <= MOST {
            return said;
        }
        let numbers = [&recording.opened, &recording.closed, &recording.given_up].map(|list| list.len().to_string());
        let values = [("opened", numbers[0].as_str()), ("closed", &numbers[1]), ("given-up", &numbers[2])];
        vec![self.context.words("screen-follow-ups", &values)]
    }

    /// A row as a screening; nothing where the child was not there.
    fn screening(
        &self,
        row: &SheetRow,
        seen: &mut BTreeMap<(StudentId, Day), u32>,
    ) -> Outcome<Option<NewScreening<'_>>> {
        let mut problems = row.problems.clone();
        let day = row.day.or(self.args.date);
        let student = match self.child(row, day.unwrap_or(self.context.day)) {
            Ok(student) => student,
            Err(wrong) => {
                problems.extend(wrong.0);
                None
            }
        };
        let Some(given) = row.given.clone() else {
            return if problems.is_empty() { Ok(None) } else { Err(Problems(problems)) };
        };
        if day.is_none() && !problems.iter().any(is_of_a_day) {
            problems.push(Problem::data("sheet-no-date", row.place.clone()));
        }
        if let (Some(student), Some(day)) = (student, day) {
            let number = row.place.row().unwrap_or_default();
            if let Some(first) = seen.insert((student.id.clone(), day), number) {
                let twice = Problem::data("sheet-child-twice", row.place.clone()).with("name", &student.name);
                problems.push(twice.with("first", first));
            }
            if self.kept.unreadable_on(day) > 0 {
                problems.push(Problem::data("screening-unreadable", row.place.clone()).with("day", day));
            }
        }
        match (student, day, problems.is_empty()) {
            (Some(student), Some(day), true) => Ok(Some(NewScreening {
                scale: self.scale,
                student,
                day,
                given,
                staff: if row.staff.is_empty() {
                    self.args.staff.clone().unwrap_or_default()
                } else {
                    row.staff.clone()
                },
                note: row.note.clone(),
                id: None,
            })),
            _ => Err(Problems(problems)),
        }
    }

    /// The child that a row means: by a number, or by name and class. Where the two disagree nobody is meant. Nothing where
    /// the row names no child, which the reader has said.
    fn child(&self, row: &SheetRow, day: Day) -> Outcome<Option<&Student>> {
        let by_number = |number: &String| {
            let has = |of: &Option<String>| of.as_ref().is_some_and(|own| own == number);
            let mut students = self.snapshot.students.iter().map(|file| &file.student);
            students.find(|one| has(&one.roll_number) || has(&one.national_id))
        };
        let found = row.numbers.iter().find_map(by_number);
        let child = match found {
            Some(student) => student,
            None if row.name.is_empty() && row.numbers.is_empty() => return Ok(None),
            None if row.name.is_empty() => {
                return Err(Problem::data("sheet-number-nobody", row.place.clone()).into());
            }
            None => self.by_name(row, day)?,
        };
        if !row.name.is_empty() && child.name != row.name {
            let problem = Problem::data("sheet-other-name", row.place.clone()).with("name", &row.name);
            return Err(problem.with("own", find::described(child)).into());
        }
        match (row.class, child.class) {
            (Some(class), Some(own)) if class != own => {
                let problem = Problem::data("sheet-other-class", row.place.clone()).with("name", &child.name);
                Err(problem.with("class", class).with("own", own).into())
            }
            _ => Ok(Some(child)),
        }
    }

    fn by_name(&self, row: &SheetRow, day: Day) -> Outcome<&Student> {
        let with_class = row.class.map(|class| format!("{}@{class}", row.name));
        let known = with_class.as_deref().filter(|text| find::student(self.snapshot, text, day).is_ok());
        match find::student(self.snapshot, known.unwrap_or(&row.name), day) {
            Ok(at) => Ok(self.snapshot.student(at)),
            Err(wrong) => Err(Problems(wrong.0.into_iter().map(|problem| in_row(problem, &row.place)).collect())),
        }
    }

    fn messages(&self, reading: &SheetReading, tally: &Tally) -> Outcome<Vec<String>> {
        let context = self.context;
        let mut messages = Vec::new();
        if !tally.refused.is_empty() && !context.dry_run {
            let path = write_rejects(context, &self.args.file, &reading.sheets, &tally.refused)?;
            let (count, file) = (tally.refused.len().to_string(), path.to_string_lossy().into_owned());
            messages.push(context.words("rejects-written", &[("count", &count), ("file", &file)]));
        }
        for (key, name, list) in
            [("screen-unread", "headers", &reading.unread), ("screen-left-out", "sheets", &reading.left_out)]
        {
            let list: BTreeSet<&str> = list.iter().map(String::as_str).collect();
            if !list.is_empty() {
                let list = list.into_iter().map(|word| crate::report::visible(word).into_owned());
                messages.push(context.words(key, &[(name, &list.collect::<Vec<_>>().join(" · "))]));
            }
        }
        for (key, count) in [("days-ahead", tally.ahead), ("screen-ages-unknown", tally.age_unknown)] {
            if count > 0 {
                messages.push(context.words(key, &[("count", &count.to_string())]));
            }
        }
        let numbers = [
            ("added", tally.added),
            ("changed", tally.changed),
            ("same", tally.same),
            ("absent", tally.absent),
            ("refused", tally.refused.len()),
        ];
        let numbers = numbers.map(|(name, number)| (name, number.to_string()));
        let values: Vec<(&str, &str)> = numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
        messages.push(context.words("screen-summary", &values));
        let bands = tally.bands.iter().map(|(band, count)| {
            let values = [("label", band_said(context, *band)), ("value", count.to_string())];
            context.words("report-fact-line", &[("label", &values[0].1), ("value", &values[1].1)])
        });
        let bands = bands.collect::<Vec<_>>().join(" · ");
        messages.push(context.words("screen-bands", &[("bands", &bands)]));
        Ok(messages)
    }
}

fn is_of_a_day(problem: &Problem) -> bool {
    ["no-such-day", "ambiguous-date", "unknown-value"].contains(&problem.code)
}

fn in_row(mut problem: Problem, place: &Place) -> Problem {
    problem.place = place.clone();
    problem.exit = Exit::Data;
    problem
}

impl Tally {
    fn add(&mut self, did: Did, id: &str, new: &NewScreening, (place, today): (&Place, Day)) {
        let scored = new.scored();
        match did {
            Did::Added => self.added += 1,
            Did::Changed => self.changed += 1,
            Did::Nothing => self.same += 1,
        }
        if did != Did::Nothing {
            self.ids.push(id.to_owned());
        }
        self.verdicts.push(ScreeningVerdict {
            verdict: match did {
                Did::Added => "added",
                Did::Changed => "changed",
                Did::Nothing => "same",
            },
            place: place.clone(),
            name: new.student.name.clone(),
            class: new.student.class,
            total: scored.total,
            band: scored.band,
        });
        *self.bands.entry(scored.band).or_default() += 1;
        self.age_unknown += usize::from(new.fit() == Fit::Unknown);
        self.ahead += usize::from(new.day > today);
    }
}
