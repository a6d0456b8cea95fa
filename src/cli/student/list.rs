//! `guanai student list`.

use crate::assess::left_behind::Answer;
use crate::assess::{OWN, Rules};
use crate::cli::Context;
use crate::ledger::{Need, Snapshot, find};
use crate::model::{Class, Exit, Outcome, Student};
use crate::report::listing::{self, StudentRow};
use crate::report::{Private, Table};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    pub class: Option<Class>,
    #[arg(long)]
    pub grade: Option<i32>,
    /// Those who have left too.
    #[arg(long)]
    pub all: bool,
    /// Ids alone, one a line.
    #[arg(long)]
    pub ids: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need::students())?;
    let day = context.day;
    let wanted = |student: &&Student| {
        (args.all || student.enrolled_on(day))
            && args.class.is_none_or(|class| student.class == Some(class))
            && args.grade.is_none_or(|grade| student.grade_on(day) == Some(grade))
    };
    let mut found: Vec<&Student> = snapshot.students.iter().map(|file| &file.student).filter(wanted).collect();
    sort(&mut found);
    if args.ids {
        found.iter().for_each(|student| context.print(&format!("{}\n", student.id)));
        return Ok(Exit::Done);
    }
    let rules = Rules::load(&snapshot)?;
    let private = context.private();
    context.list(&table(context, &snapshot, &rules, &found, private))?;
    Ok(Exit::Done)
}

/// Everybody who is enrolled on the day, by grade, class and name.
pub(crate) fn listed(context: &Context, snapshot: &Snapshot, rules: &Rules, private: Private) -> Table {
    let mut found: Vec<&Student> =
        snapshot.students.iter().map(|file| &file.student).filter(|one| one.enrolled_on(context.day)).collect();
    sort(&mut found);
    table(context, snapshot, rules, &found, private)
}

fn sort(students: &mut [&Student]) {
    students.sort_by_cached_key(|student| {
        let grade = student.class.map(|class| (std::cmp::Reverse(class.cohort), class.number));
        (grade, find::whole_pinyin(&student.name), student.id.clone())
    });
}

fn table(context: &Context, snapshot: &Snapshot, rules: &Rules, found: &[&Student], private: Private) -> Table {
    let answer = |student: &Student| {
        let at = snapshot.place_of_student(&student.id)?;
        match rules.left_behind_answer(snapshot, at, context.day, OWN)? {
            Answer::Yes(_) => Some(true),
            Answer::No => Some(false),
            Answer::Unknown { .. } => None,
        }
    };
    let rows: Vec<StudentRow> =
        found.iter().map(|student| StudentRow { student, left_behind: answer(student) }).collect();
    listing::students(&rows, context.day, private, context.lang)
}
