//! The follow-ups that the activities of an invented school opened: most are done in time, some late, a few are
//! overdue, one was moved and one given up.

use std::collections::BTreeMap;

use super::activities::{Setting, one_more};
use super::calendar::is_school_day;
use super::dice::Dice;
use super::{Log, Logs};
use crate::ledger::snapshot::FOLLOW_UPS;
use crate::ledger::table::{Cells, Edit, Table};
use crate::model::kind::{FieldType, Kind, Opens};
use crate::model::{Day, FOLLOW_UP_COLUMNS, FollowUp, FollowUpType, FollowUpTypes, RowId};

/// Adds the activities that answered most of the follow-ups which only an activity closes.
pub(super) fn answer(setting: &Setting, kinds: &BTreeMap<String, Kind>, types: &FollowUpTypes, logs: &mut Logs) {
    let mut dice = Dice::new(setting.wish.seed, "answers");
    let mut answers = Vec::new();
    for ((_, name), drafts) in logs.iter() {
        let opened = drafts.iter().flat_map(|draft| draft.opens.iter().map(move |(at, _)| (draft, *at)));
        for (draft, at) in opened {
            let kind = opened_type(kinds, types, name, at).and_then(|kind| closer(kinds, kind));
            let Some(kind) = kind else { continue };
            let day = school_day_from(draft.day.plus(dice.between(2, 12)));
            let forgotten = draft.child.is_some_and(|child| setting.children[child].forgotten);
            if let (Some(child), true) = (draft.child, day <= setting.wish.day && !forgotten && dice.chance(80.0)) {
                answers.push((kind, child, day));
            }
        }
    }
    for (at, (kind, child, day)) in answers.into_iter().enumerate() {
        let dice = Dice::new(setting.wish.seed, &format!("answer {at}"));
        let key = (setting.calendar.term_at(day), kind.name.clone());
        logs.entry(key).or_default().push(one_more(setting, kind, child, day, dice));
    }
}

fn opened_type<'a>(
    kinds: &BTreeMap<String, Kind>,
    types: &'a FollowUpTypes,
    kind: &str,
    at: usize,
) -> Option<&'a FollowUpType> {
    types.get(&kinds.get(kind)?.opens.get(at)?.follow_up)
}

/// The kind whose record closes a follow-up, where it may stand in the clear.
fn closer<'a>(kinds: &'a BTreeMap<String, Kind>, kind: &FollowUpType) -> Option<&'a Kind> {
    kind.closed_by.iter().filter_map(|name| kinds.get(name)).find(|kind| !kind.confidential)
}

fn school_day_from(day: Day) -> Day {
    (0..10).map(|later| day.plus(later)).find(|day| is_school_day(*day)).unwrap_or(day)
}

/// The register of follow-ups.
pub(super) fn register(
    setting: &Setting,
    kinds: &BTreeMap<String, Kind>,
    types: &FollowUpTypes,
    logs: &[Log],
) -> (String, Vec<u8>) {
    let mut dice = Dice::new(setting.wish.seed, "follow-ups");
    let answers = Answers::of(logs, types);
    let mut follow_ups = Vec::new();
    for log in logs {
        let kind = &kinds[&log.kind];
        let opened = log.rows.iter().flat_map(|(id, draft)| draft.opens.iter().map(move |one| (id, draft, one)));
        for (id, draft, (at, value)) in opened {
            let Some(kind_of) = opened_type(kinds, types, &log.kind, *at) else { continue };
            let opens = &kind.opens[*at];
            let student = draft.child.map(|child| &setting.children[child].student);
            let class = student.and_then(|student| student.class);
            let role = &setting.rhythm(kind).who;
            let mut follow_up = FollowUp {
                id: dice.ids().row(),
                kind: opens.follow_up.clone(),
                student: student.map(|student| student.id.clone()),
                opened: draft.day,
                due: draft.day.plus(i64::from(kind_of.days)),
                first_due: None,
                owner: setting.somebody(role, class, &mut dice).to_owned(),
                what: what(setting, kind, opens, value, &mut dice),
                opened_by: Some(id.clone()),
                done: None,
                done_by: None,
                outcome: String::new(),
                cancelled: None,
                reason: String::new(),
                seal: crate::model::Seal::Clear,
            };
            match (draft.child, closer(kinds, kind_of)) {
                (Some(child), Some(_)) => answers.close(&mut follow_up, child, kind_of),
                _ => close_by_hand(&mut follow_up, setting.wish.day, &mut dice),
            }
            if follow_up.done.is_some() {
                follow_up.outcome = words(setting, &follow_up.kind, &mut dice).1;
            }
            follow_ups.push(follow_up);
        }
    }
    leave_some_undone(&mut follow_ups, setting, &mut dice);
    (FOLLOW_UPS.to_owned(), as_csv(&follow_ups))
}

/// What is to do: the text that opened it, or the usual words where a choice did.
fn what(setting: &Setting, kind: &Kind, opens: &Opens, value: &str, dice: &mut Dice) -> String {
    let watched = opens.when.as_deref().and_then(|name| kind.field(name));
    let is_text = watched.is_some_and(|field| field.kind == FieldType::Text);
    if is_text && !value.is_empty() { value.to_owned() } else { words(setting, &opens.follow_up, dice).0 }
}

fn words(setting: &Setting, follow_up: &str, dice: &mut Dice) -> (String, String) {
    match setting.rhythms.follow_up.get(follow_up) {
        Some(words) => (dice.word(&words.what), dice.word(&words.outcome)),
        None => (String::new(), String::new()),
    }
}

/// The activities that close follow-ups, by kind and child, in the order of their days.
struct Answers<'a>(BTreeMap<(&'a str, usize), Vec<(Day, &'a RowId)>>);

impl<'a> Answers<'a> {
    fn of(logs: &'a [Log], types: &FollowUpTypes) -> Answers<'a> {
        let closes = |kind: &str| types.values().any(|one| one.closed_by.iter().any(|name| name == kind));
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for log in logs.iter().filter(|log| closes(&log.kind)) {
            for (id, draft) in &log.rows {
                if let (Some(child), true) = (draft.child, draft.counts) {
                    found.entry((log.kind.as_str(), child)).or_default().push((draft.day, id));
                }
            }
        }
        found.values_mut().for_each(|list: &mut Vec<(Day, &RowId)>| list.sort());
        Answers(found)
    }

    fn close(&self, follow_up: &mut FollowUp, child: usize, kind: &FollowUpType) {
        let lists = kind.closed_by.iter().filter_map(|name| self.0.get(&(name.as_str(), child)));
        let later = lists.flatten().filter(|(day, _)| *day > follow_up.opened).min();
        if let Some((day, id)) = later {
            (follow_up.done, follow_up.done_by) = (Some(*day), Some((*id).clone()));
        }
    }
}

/// Somebody says that it is done: mostly in time, sometimes late; never on a day that has not come.
fn close_by_hand(follow_up: &mut FollowUp, today: Day, dice: &mut Dice) {
    let span = follow_up.due.days_since(follow_up.opened);
    let late = dice.chance(11.0);
    let taken = if late { span + dice.between(1, 9) } else { dice.between(span.min(1), span) };
    let day = follow_up.opened.plus(taken);
    follow_up.done = (day <= today).then_some(day);
}

/// Two that are overdue, one that was moved and one that was given up: the latest that can be.
fn leave_some_undone(follow_ups: &mut [FollowUp], setting: &Setting, dice: &mut Dice) {
    let today = setting.wish.day;
    follow_ups.sort_by(|a, b| (b.opened, &b.id).cmp(&(a.opened, &a.id)));
    let mut left = follow_ups.iter_mut().filter(|one| one.done_by.is_none() && one.due < today);
    for one in left.by_ref().take(2) {
        (one.done, one.outcome) = (None, String::new());
    }
    if let Some(moved) = left.next() {
        moved.first_due = Some(moved.due);
        moved.due = moved.due.plus(7);
        moved.reason = dice.word(&setting.rhythms.reasons.moved);
    }
    if let Some(given_up) = left.next() {
        (given_up.done, given_up.outcome) = (None, String::new());
        given_up.cancelled = Some(given_up.opened.plus(1));
        given_up.reason = dice.word(&setting.rhythms.reasons.cancelled);
    }
}

fn as_csv(follow_ups: &[FollowUp]) -> Vec<u8> {
    let row = |one: &FollowUp| FOLLOW_UP_COLUMNS.into_iter().map(str::to_owned).zip(one.cells()).collect::<Cells>();
    let edit = Edit { added: follow_ups.iter().map(row).collect(), ..Edit::default() };
    Table::new(FOLLOW_UPS, FOLLOW_UP_COLUMNS.map(str::to_owned).to_vec()).edited(&edit)
}
