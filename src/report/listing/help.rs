//! Help among children: proposals of peer tutors with their reasons, and what came of pairings.

use super::{class_cell, coded, left, maybe, right, signed, standard_cell, subject_column};
use crate::assess::score::tutor::{Effect, PEER_TUTOR, Strength, Suggestion, helper_words};
use crate::ledger::Snapshot;
use crate::report::{Cell, Column, Table};
use crate::text::{self, Lang, label};

/// Proposals in the order given, each with its reason and the command that would record it.
pub fn suggestions(snapshot: &Snapshot, found: &[Suggestion], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "class"),
        left(lang, "id"),
        left(lang, "name"),
        subject_column(lang),
        left(lang, "helper"),
        left(lang, "reasons").wide(50),
        left(lang, "command").wide(50),
    ];
    let mut table = Table::new("suggestions", label(lang, "caption-suggestions"), columns);
    for one in found {
        let student = snapshot.student(one.student);
        let helper = one.helper.as_ref().map(|helper| helper_words(snapshot, helper.student));
        let command = helper.as_ref().map(|helper| command(student.id.as_str(), helper));
        table.rows.push(vec![
            class_cell(student.class),
            Cell::text(student.id.as_str()),
            Cell::text(&student.name),
            Cell::text(&one.subject),
            helper.map_or(Cell::Empty, Cell::text),
            Cell::text(why(one, lang)),
            command.map_or(Cell::Empty, Cell::text),
        ]);
    }
    table
}

fn command(student: &str, helper: &str) -> String {
    let helper = shlex::try_quote(helper).map(|helper| helper.into_owned()).unwrap_or_default();
    format!("guanai pair add {PEER_TUTOR} {student} {helper}")
}

fn why(one: &Suggestion, lang: Lang) -> String {
    let own = strength(&one.own, lang);
    let Some(helper) = &one.helper else {
        return text::say(lang, "suggest-nobody", &[("own", &own)]);
    };
    let helps = helper.helps.to_string();
    let other = strength(&helper.strength, lang);
    text::say(lang, "suggest-why", &[("own", &own), ("other", &other), ("helps", &helps)])
}

fn strength(one: &Strength, lang: Lang) -> String {
    let share = format!("{:.0}", one.share);
    match one.standard {
        Some(standard) => text::say(lang, "strength", &[("share", &share), ("standard", &signed(standard))]),
        None => text::say(lang, "strength-share", &[("share", &share)]),
    }
}

/// What came of pairings, in the order given.
pub fn effects(snapshot: &Snapshot, found: &[Effect], lang: Lang) -> Table {
    let columns = vec![
        left(lang, "class"),
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "type"),
        left(lang, "helper"),
        Column::left("from", label(lang, "column-since")),
        left(lang, "until"),
        right(lang, "times"),
        right(lang, "minutes"),
        right(lang, "before"),
        right(lang, "after"),
        right(lang, "change"),
    ];
    let mut table = Table::new("effects", label(lang, "caption-effects"), columns);
    for one in found {
        let student = snapshot.student(one.pairing.student);
        table.rows.push(vec![
            class_cell(student.class),
            Cell::text(student.id.as_str()),
            Cell::text(&student.name),
            coded(lang, "pairing", &one.pairing.kind),
            maybe(&one.pairing.helper),
            one.pairing.from.map_or(Cell::Empty, Cell::Day),
            one.pairing.until.map_or(Cell::Empty, Cell::Day),
            Cell::Integer(i64::from(one.sessions)),
            Cell::Integer(i64::from(one.minutes)),
            standard_cell(one.before),
            standard_cell(one.after),
            one.change().map_or(Cell::Unknown, |change| Cell::text(signed(change))),
        ]);
    }
    table
}
