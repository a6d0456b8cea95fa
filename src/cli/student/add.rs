//! `guanai student add NAME [KEY=VALUE…]`.

use crate::cli::{Context, Made};
use crate::ledger::record::{canonical, path_of};
use crate::ledger::{ChangeSet, Need, Snapshot, find};
use crate::model::{Day, Exit, IdSource, Outcome, Place, Problem, Spell, Student, StudentId, When};
use crate::write::fields::by_words;
use crate::write::set_field;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub name: String,
    /// Fields, such as `class=2023-2` or `parent.father.phone=15400001234`.
    pub fields: Vec<String>,
    #[arg(long)]
    pub id: Option<StudentId>,
    #[arg(long, value_parser = crate::cli::arguments::day)]
    pub since: Option<Day>,
    #[arg(long)]
    pub even_if_alike: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    context.write(&Need::students(), |snapshot| {
        let student = student(context, args, snapshot)?;
        let path = path_of(&student.id);
        let ids = vec![student.id.to_string()];
        if let Some(at) = snapshot.place_of_student(&student.id) {
            let same = *snapshot.student(at) == student;
            let message = context.words("there-already", &[("id", student.id.as_str())]);
            return if same {
                Ok(Made { ids, messages: vec![message], ..Made::default() })
            } else {
                Err(Problem::data("id-taken", Place::file(&path)).with("id", &student.id).into())
            };
        }
        refuse_twice(snapshot, &student, args.even_if_alike)?;
        let mut change_set = ChangeSet::new(&format!("student add {}", student.id));
        change_set.write(&path, None, Some(canonical(&student).into_bytes()));
        Ok(Made { change_set, ids, ..Made::default() })
    })
}

fn student(context: &Context, args: &Args, snapshot: &Snapshot) -> Outcome<Student> {
    let name = args.name.trim();
    if name.is_empty() {
        return Err(Problem::usage("name-empty").into());
    }
    let mut ids = IdSource::Random;
    let fresh = std::iter::repeat_with(|| ids.student()).find(|id| snapshot.place_of_student(id).is_none());
    let id = args.id.clone().or(fresh).expect("there are more ids than students");
    let mut student = Student::new(id, name);
    let words = snapshot.words()?;
    for field in &args.fields {
        let (key, value) = field.split_once('=').ok_or_else(|| Problem::usage("not-a-field").with("value", field))?;
        set_field(&mut student, key, value, &by_words(words))?;
    }
    student.enrolment.push(Spell { from: Some(When::Day(args.since.unwrap_or(context.day))), until: None });
    Ok(student)
}

/// A child with this resident number or roll number is there already; one of the same name and birth day or class may be.
fn refuse_twice(snapshot: &Snapshot, new: &Student, even_if_alike: bool) -> Outcome<()> {
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    for file in &snapshot.students {
        let old = &file.student;
        if same(&old.national_id, &new.national_id) || same(&old.roll_number, &new.roll_number) {
            return Err(Problem::data("student-there", Place::file(&file.path))
                .with("who", find::described(old))
                .into());
        }
        let alike = old.name == new.name
            && ((old.born.is_some() && old.born == new.born) || (old.class.is_some() && old.class == new.class));
        if alike && !even_if_alike {
            return Err(Problem::data("student-alike", Place::file(&file.path))
                .with("who", find::described(old))
                .into());
        }
    }
    Ok(())
}
