//! Help among children: who could be whose peer tutor, and what came of the help that there was.

use std::collections::BTreeMap;

use super::board::{Board, Entry};
use crate::assess::pairing::Pairing;
use crate::ledger::Snapshot;
use crate::model::{Class, Day};

/// The type of pairing that is proposed.
pub const PEER_TUTOR: &str = "peer-tutor";

/// How a child does in a subject: its share of full marks in per cent, and its standard score where one is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    pub share: f64,
    pub standard: Option<f64>,
}

/// A peer tutor for a child, both by their places in the snapshot's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub student: u32,
    pub subject: String,
    pub own: Strength,
    /// Nothing where nobody in the class is strong enough, or all who are have enough to do.
    pub helper: Option<Helper>,
}

/// Who could help.
#[derive(Debug, Clone, PartialEq)]
pub struct Helper {
    pub student: u32,
    pub strength: Strength,
    /// How many children the helper has already, those proposed before included.
    pub helps: usize,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wish<'a> {
    pub class: Option<Class>,
    pub subject: Option<&'a str>,
    /// So many children a helper has at most.
    pub most: Option<usize>,
}

/// A peer tutor for each child that is weak in a subject and has none. Who needs it most is served first; what is given
/// comes in the order of class and id, so that it ranks nobody.
pub fn suggest(snapshot: &Snapshot, board: &Board, pairings: &[Pairing], wish: Wish, day: Day) -> Vec<Suggestion> {
    let latest = Latest::of(snapshot, board, day);
    let mut helps = loads(snapshot, pairings, day);
    let most = wish.most.unwrap_or(board.rules.peer_tutor.most);
    let paired = |at: u32| {
        let own = pairings.iter().filter(|one| one.student == at && one.kind == PEER_TUTOR);
        own.into_iter().any(|one| one.covers(day) != Some(false))
    };
    let mut needs: Vec<(u32, Vec<(&str, Strength)>)> = latest
        .children()
        .filter(|at| wish.class.is_none_or(|class| snapshot.student(*at).class == Some(class)) && !paired(*at))
        .map(|at| (at, latest.weak(at, wish.subject, board)))
        .filter(|(_, weak)| !weak.is_empty())
        .collect();
    needs.sort_by(|a, b| order(&a.1[0].1, &b.1[0].1).then(a.0.cmp(&b.0)));
    let mut found: Vec<Suggestion> = needs
        .iter()
        .map(|(at, weak)| {
            let with_helper = weak.iter().find_map(|(subject, own)| {
                let helper = latest.helper(snapshot, *at, subject, &helps, most, board)?;
                Some((*subject, *own, Some(helper)))
            });
            let (subject, own, helper) = with_helper.unwrap_or((weak[0].0, weak[0].1, None));
            if let Some(helper) = &helper {
                *helps.entry(helper.student).or_default() += 1;
            }
            Suggestion { student: *at, subject: subject.to_owned(), own, helper }
        })
        .collect();
    found.sort_by_key(|one| (snapshot.student(one.student).class, snapshot.student(one.student).id.clone()));
    found
}

/// The weakest first: by standard score, then by share.
fn order(a: &Strength, b: &Strength) -> std::cmp::Ordering {
    let standard = |one: &Strength| one.standard.unwrap_or(0.0);
    standard(a).total_cmp(&standard(b)).then(a.share.total_cmp(&b.share))
}

/// The latest score of each child in each subject.
struct Latest<'a>(BTreeMap<u32, BTreeMap<&'a str, Strength>>);

impl<'a> Latest<'a> {
    fn of(snapshot: &Snapshot, board: &'a Board, day: Day) -> Latest<'a> {
        let first = day.plus(1 - i64::from(board.rules.peer_tutor.days));
        let enrolled = (0..snapshot.students.len() as u32).filter(|at| {
            let student = snapshot.student(*at);
            student.enrolled_on(day) && student.class.is_some()
        });
        let strength =
            |at: u32, entry: &Entry| Some(Strength { share: entry.share()?, standard: board.standard(at, entry) });
        let of_child = |at: u32| -> BTreeMap<&str, Strength> {
            let entries = board.entries(at).iter().filter(|entry| first <= entry.day);
            entries.filter_map(|entry| Some((&*entry.subject, strength(at, entry)?))).collect()
        };
        Latest(enrolled.map(|at| (at, of_child(at))).collect())
    }

    fn children(&self) -> impl Iterator<Item = u32> {
        self.0.keys().copied()
    }

    /// The subjects in which a child is weak, the weakest first.
    fn weak(&self, at: u32, subject: Option<&str>, board: &Board) -> Vec<(&'a str, Strength)> {
        let bounds = &board.rules.peer_tutor;
        // On a hard paper most of a class is below a pass: who is not below its middle is not weak.
        let is_weak = |one: &Strength| match one.standard {
            Some(standard) => standard <= bounds.weak || (standard < 0.0 && one.share < board.rules.bands.pass),
            None => one.share < board.rules.bands.pass,
        };
        let own =
            self.0[&at].iter().filter(|(name, one)| subject.is_none_or(|wanted| wanted == **name) && is_weak(one));
        let mut weak: Vec<(&str, Strength)> = own.map(|(name, one)| (*name, *one)).collect();
        weak.sort_by(|a, b| order(&a.1, &b.1).then(a.0.cmp(b.0)));
        weak
    }

    /// Of those in the class who are strong in the subject, the one who helps fewest; then one of the same gender, then
    /// the strongest.
    fn helper(
        &self,
        snapshot: &Snapshot,
        of: u32,
        subject: &str,
        helps: &BTreeMap<u32, usize>,
        most: usize,
        board: &Board,
    ) -> Option<Helper> {
        let bounds = &board.rules.peer_tutor;
        let child = snapshot.student(of);
        let strong = |(at, subjects): (&u32, &BTreeMap<&str, Strength>)| {
            let strength = *subjects.get(subject)?;
            let standard = strength.standard.filter(|standard| *standard >= bounds.strong)?;
            let load = helps.get(at).copied().unwrap_or(0);
            let fits = *at != of
                && snapshot.student(*at).class == child.class
                && strength.share >= bounds.share
                && load < most;
            let other_gender = snapshot.student(*at).gender != child.gender;
            fits.then_some((load, other_gender, -standard, *at, strength))
        };
        let mut found: Vec<_> = self.0.iter().filter_map(strong).collect();
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
        found.first().map(|(helps, .., student, strength)| Helper {
            student: *student,
            strength: *strength,
            helps: *helps,
        })
    }
}

/// How many children each child helps on a day.
fn loads(snapshot: &Snapshot, pairings: &[Pairing], day: Day) -> BTreeMap<u32, usize> {
    let mut loads = BTreeMap::new();
    for one in pairings.iter().filter(|one| one.kind == PEER_TUTOR && one.covers(day) != Some(false)) {
        let class = snapshot.student(one.student).class;
        if let Some(at) = helper_named(snapshot, &one.helper, class) {
            *loads.entry(at).or_default() += 1;
        }
    }
    loads
}

/// The child that the cell of a helper names: by id, by name and class, or by name in the class of who is helped.
fn helper_named(snapshot: &Snapshot, helper: &str, class: Option<Class>) -> Option<u32> {
    let (name, class) = match helper.split_once('@') {
        Some((name, class)) => (name, class.parse().ok()),
        None => (helper, class),
    };
    (0..snapshot.students.len() as u32).find(|at| {
        let student = snapshot.student(*at);
        student.id.as_str() == helper || (student.name == name && student.class == class)
    })
}

/// How a helper is written in the register: by name where that is enough.
pub fn helper_words(snapshot: &Snapshot, at: u32) -> String {
    let student = snapshot.student(at);
    let same = |class: Option<Class>| {
        let named = snapshot.students.iter().filter(|file| file.student.name == student.name);
        named.filter(|file| class.is_none() || file.student.class == class).count()
    };
    match student.class {
        _ if same(None) == 1 => student.name.clone(),
        Some(class) if same(Some(class)) == 1 => format!("{}@{class}", student.name),
        _ => student.id.to_string(),
    }
}

/// What came of one pairing.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect<'a> {
    pub pairing: &'a Pairing,
    /// Activities of help in its time, and their minutes.
    pub sessions: u32,
    pub minutes: u32,
    /// The child's standard score in the last exam up to its first day, and in the latest one after it.
    pub before: Option<f64>,
    pub after: Option<f64>,
}

impl Effect<'_> {
    /// In spreads of the class; nothing where one side is not known.
    pub fn change(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }
}

/// What came of each pairing of study, in the order of the register.
pub fn effects<'a>(snapshot: &Snapshot, board: &Board, pairings: &'a [Pairing], day: Day) -> Vec<Effect<'a>> {
    let help = &board.rules.help;
    let of_study = pairings.iter().filter(|one| help.pairings.contains(&one.kind));
    let begun = of_study.filter(|one| one.dated && one.from.is_none_or(|from| from <= day));
    begun.map(|pairing| effect(snapshot, board, pairing, day)).collect()
}

fn effect<'a>(snapshot: &Snapshot, board: &Board, pairing: &'a Pairing, day: Day) -> Effect<'a> {
    let last = pairing.until.unwrap_or(day).min(day);
    let inside = |other: Day| pairing.from.is_none_or(|from| from <= other) && other <= last;
    let rows: Vec<_> = snapshot
        .activities()
        .filter(|(_, log, one)| board.rules.help.kinds.contains(&log.kind) && inside(one.day))
        .filter(|(_, log, one)| log.students(one).contains(&pairing.student))
        .collect();
    let minutes =
        rows.iter().filter_map(|(_, log, one)| log.table.get(one.row as usize, "minutes").parse::<u32>().ok());
    let course = board.course(pairing.student);
    let known = || course.iter().filter_map(|point| Some((board.exams[point.exam].day, point.standard?)));
    let before = pairing.from.and_then(|from| known().rfind(|(day, _)| *day <= from));
    let after = known().rfind(|(day, _)| pairing.from.is_none_or(|from| from < *day));
    Effect {
        pairing,
        sessions: rows.len() as u32,
        minutes: minutes.sum(),
        before: before.map(|(_, standard)| standard),
        after: after.map(|(_, standard)| standard),
    }
}
