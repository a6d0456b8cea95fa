//! Stretches of a child's life: a parent leaves for work and comes back, a guardian takes over, the child leaves the
//! school and returns.

use clap_complete::engine::ArgValueCompleter;

use super::change;
use crate::cli::shell;
use crate::cli::{Context, arguments};
use crate::model::{Ability, Away, Day, Exit, Guardian, Outcome, Parent, Problem, Relation, Spell, Student, When};
use crate::write::fields::by_words;
use crate::write::set_field;

#[derive(Debug, clap::Args)]
pub(crate) struct AwayArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    /// father or mother.
    pub parent: String,
    #[arg(long, value_parser = when)]
    pub from: Option<When>,
    #[arg(long)]
    pub place: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct BackArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    pub parent: String,
    #[arg(long, value_parser = arguments::day)]
    pub on: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct GuardianArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    pub name: String,
    #[arg(long)]
    pub relation: Option<String>,
    #[arg(long)]
    pub phone: Option<String>,
    #[arg(long)]
    pub born: Option<String>,
    #[arg(long)]
    pub ability: Option<Ability>,
    #[arg(long)]
    pub entrusted: bool,
    #[arg(long, value_parser = when)]
    pub from: Option<When>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct LeaveArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long, value_parser = arguments::day)]
    pub on: Option<Day>,
    #[arg(long)]
    pub reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReturnArgs {
    #[arg(add = ArgValueCompleter::new(shell::students))]
    pub student: String,
    #[arg(long, value_parser = arguments::day)]
    pub on: Option<Day>,
}

fn when(text: &str) -> Result<When, String> {
    arguments::day(text)
        .map(When::Day)
        .or_else(|_| text.parse().map_err(|error: crate::model::NotADay| error.to_string()))
}

/// A relation by its code, or in the words that people type.
fn relation(text: &str, means: &dyn Fn(&str, &str) -> bool, lang: crate::text::Lang) -> Outcome<Relation> {
    let fits =
        |one: &&Relation| one.code() == text || means(one.code(), text) || crate::text::label(lang, &one.key()) == text;
    let known = || Relation::ALL.iter().map(|one| one.code()).collect::<Vec<_>>().join(", ");
    let found = Relation::ALL.iter().find(fits).copied();
    found.ok_or_else(|| Problem::usage("relation-unknown").with("value", text).with("known", known()).into())
}

fn parent_of<'a>(student: &'a mut Student, relation: Relation) -> &'a mut Parent {
    let at = student.parent.iter().position(|parent| parent.relation == relation).unwrap_or_else(|| {
        student.parent.push(Parent::new(relation));
        student.parent.len() - 1
    });
    &mut student.parent[at]
}

pub(super) fn away(context: &Context, args: &AwayArgs) -> Outcome<Exit> {
    let day = context.day;
    change(context, &args.student, "away", |student, snapshot| {
        let words = snapshot.words()?;
        let relation = relation(&args.parent, &by_words(words), context.lang)?;
        let parent = parent_of(student, relation);
        let from = args.from.map_or(day, When::first_day);
        let open = parent.away.iter_mut().find(|away| away.until.is_none());
        if let Some(open) = open {
            if open.place == args.place && (args.from.is_none() || open.from == args.from) {
                return Ok(());
            }
            // The place changes: the old stretch ends on the day before.
            open.until = Some(from.plus(-1));
        }
        parent.away.push(Away { from: args.from, until: None, place: args.place.clone(), noted: Some(day) });
        Ok(())
    })
}

pub(super) fn back(context: &Context, args: &BackArgs) -> Outcome<Exit> {
    let on = args.on.unwrap_or(context.day);
    change(context, &args.student, "back", |student, snapshot| {
        let words = snapshot.words()?;
        let relation = relation(&args.parent, &by_words(words), context.lang)?;
        let parent = parent_of(student, relation);
        let last_away = on.plus(-1);
        match parent.away.iter_mut().find(|away| away.until.is_none()) {
            Some(open) => {
                if open.from.is_some_and(|from| from.first_day() > last_away) {
                    let from = open.from.map(|from| from.to_string()).unwrap_or_default();
                    return Err(Problem::usage("back-before-away").with("day", on).with("from", from).into());
                }
                open.until = Some(last_away);
            }
            // Nobody had written down that the parent was away; now it is known that they are at home.
            None => parent.away.push(Away { from: None, until: Some(last_away), place: None, noted: Some(on) }),
        }
        Ok(())
    })
}

pub(super) fn guardian(context: &Context, args: &GuardianArgs) -> Outcome<Exit> {
    let from = args.from.unwrap_or(When::Day(context.day));
    change(context, &args.student, "guardian", |student, snapshot| {
        let words = snapshot.words()?;
        let relation =
            args.relation.as_deref().map(|text| relation(text, &by_words(words), context.lang)).transpose()?;
        let last = from.first_day().plus(-1);
        for guardian in student.guardian.iter_mut().filter(|guardian| guardian.name.as_deref() != Some(&args.name)) {
            end(guardian, last);
        }
        let known = student.guardian.iter().position(|guardian| guardian.name.as_deref() == Some(&args.name));
        let mut guardian = match known {
            Some(at) => student.guardian.remove(at),
            None => Guardian::named(&args.name, None),
        };
        guardian.relation = relation.or(guardian.relation);
        guardian.ability = args.ability.or(guardian.ability);
        guardian.entrusted = if args.entrusted { Some(true) } else { guardian.entrusted };
        if !guardian.spell.iter().any(|spell| spell.until.is_none()) {
            guardian.spell.push(Spell { from: Some(from), until: None });
        }
        student.guardian.insert(0, guardian);
        for (key, value) in [("guardian.phone", &args.phone), ("guardian.born", &args.born)] {
            if let Some(value) = value {
                set_field(student, key, value, &by_words(words))?;
            }
        }
        Ok(())
    })
}

/// Ends a guardian's care. One without a spell cared from a day that nobody wrote down.
fn end(guardian: &mut Guardian, last: Day) {
    if guardian.spell.is_empty() {
        guardian.spell.push(Spell { from: None, until: Some(last) });
        return;
    }
    for spell in guardian.spell.iter_mut().filter(|spell| spell.until.is_none_or(|until| until > last)) {
        spell.until = Some(last);
    }
}

pub(super) fn leave(context: &Context, args: &LeaveArgs) -> Outcome<Exit> {
    let on = args.on.unwrap_or(context.day);
    change(context, &args.student, "leave", |student, _| {
        if student.enrolment.is_empty() {
            student.enrolment.push(Spell::default());
        }
        let open = student.enrolment.iter_mut().find(|spell| spell.until.is_none());
        let open = open.ok_or_else(|| Problem::usage("left-already").with("student", &student.name))?;
        if open.from.is_some_and(|from| from.first_day() > on) {
            return Err(Problem::usage("left-before-entry").with("day", on).into());
        }
        open.until = Some(on);
        if let Some(reason) = &args.reason {
            let key = crate::text::label(context.lang, "extra-leaving-reason");
            student.extra.insert(key, reason.clone());
        }
        Ok(())
    })
}

pub(super) fn come_back(context: &Context, args: &ReturnArgs) -> Outcome<Exit> {
    let on = args.on.unwrap_or(context.day);
    change(context, &args.student, "return", |student, _| {
        if student.enrolled_on(on) {
            return Err(Problem::usage("enrolled-already").with("student", &student.name).with("day", on).into());
        }
        student.enrolment.push(Spell::since(on));
        Ok(())
    })
}
