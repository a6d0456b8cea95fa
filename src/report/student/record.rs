//! The record: basic facts, home and health, study, the family, and who cared for the child when.

use super::Source;
use crate::assess::OWN;
use crate::ledger::record::changes;
use crate::model::{Spell, Student, When};
use crate::report::listing::{coded, left_behind, shown_value};
use crate::report::speaking::Speaking;
use crate::report::{Block, Cell, Table, field_label};

pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let keys =
        |part: &str, caption: &str, keep: &dyn Fn(&str) -> bool| Block::Table(fields(source, part, caption, keep));
    let is_plain = |key: &str| !key.contains('.');
    let is_home = |key: &str| key.starts_with("health.") || key.starts_with("household.");
    let is_study = |key: &str| key.starts_with("study.");
    vec![
        facts(source),
        source.heading("dossier-basics"),
        keys("basics", "dossier-basics-table", &is_plain),
        keys("home", "dossier-home", &is_home),
        keys("study", "dossier-study", &is_study),
        source.heading("dossier-family"),
        Block::Table(family(source)),
        Block::Table(over_time(source)),
    ]
}

fn facts(source: &Source) -> Block {
    let student = source.student;
    let age = student.age_on(source.day).map_or(Cell::Unknown, |age| Cell::Integer(i64::from(age)));
    let own = source.rules.left_behind(source.snapshot, source.at, source.day, OWN);
    let answer = own.map_or(Cell::Unknown, |found| left_behind(&found.answer, source.lang));
    let guardian = student.guardian_on(source.day).and_then(|guardian| guardian.name.clone());
    Block::Facts(vec![
        (source.word("column-name"), Cell::text(&student.name)),
        (source.word("column-age"), age),
        (source.word("column-left-behind"), answer),
        (source.word("column-guardian"), guardian.map_or(Cell::Unknown, Cell::text)),
    ])
}

fn fields(source: &Source, key: &str, caption: &str, keep: &dyn Fn(&str) -> bool) -> Table {
    let columns = vec![source.column("field", "column-field"), source.column("value", "column-value")];
    let mut table = Table::new(key, source.word(caption), columns);
    let blank = Student::new(source.student.id.clone(), "");
    for change in changes(&blank, source.student).into_iter().filter(|change| keep(&change.key)) {
        let value = change.to.unwrap_or_default();
        let name = Cell::code(&change.key, field_label(&change.key, source.student, source.lang));
        let shown = match shown_value(&change.key, &value, source.private, source.lang) {
            Cell::Text(text) if !is_number(&change.key) => source.text(&text),
            other => other,
        };
        table.rows.push(vec![name, shown]);
    }
    table
}

/// Masked already, or shown whole on request.
fn is_number(key: &str) -> bool {
    ["phone", "national_id", "roll_number"].iter().any(|number| key.ends_with(number))
}

fn family(source: &Source) -> Table {
    let columns = vec![
        source.column("person", "dossier-person"),
        source.column("name", "column-name"),
        source.column("born", "field-born"),
        source.column("phone", "column-phone"),
        source.column("state", "column-status"),
        source.column("note", "column-note"),
    ];
    let mut table = Table::new("family", source.word("dossier-family-table"), columns);
    let phone = |number: Option<&String>| number.map_or(Cell::Empty, |one| Cell::text(source.private.phone(one)));
    let born = |born: Option<When>| born.map_or(Cell::Empty, |born| Cell::text(born.to_string()));
    let name = |name: Option<&String>| name.map_or(Cell::Unknown, Cell::text);
    for parent in &source.student.parent {
        table.rows.push(vec![
            coded(source.lang, "relation", parent.relation.code()),
            name(parent.name.as_ref()),
            born(parent.born),
            phone(parent.phone.as_ref()),
            parent.status.map_or(Cell::Empty, |status| coded(source.lang, "parent-status", status.code())),
            Cell::Empty,
        ]);
    }
    for guardian in &source.student.guardian {
        let relation = guardian.relation.map(|relation| source.word(&relation.key())).unwrap_or_default();
        let who = source.say("dossier-guardian", &[("relation", &relation)]);
        let entrusted = guardian.entrusted.filter(|entrusted| *entrusted).map(|_| source.word("field-entrusted"));
        table.rows.push(vec![
            Cell::text(who),
            name(guardian.name.as_ref()),
            born(guardian.born),
            phone(guardian.phone.as_ref()),
            guardian.ability.map_or(Cell::Empty, |ability| coded(source.lang, "ability", ability.code())),
            entrusted.map_or(Cell::Empty, Cell::text),
        ]);
    }
    table
}

/// Stretches of time: enrolment, who was away, who cared for the child.
fn over_time(source: &Source) -> Table {
    let columns = vec![
        source.column("what", "column-event"),
        source.column("who", "dossier-person"),
        source.column("from", "column-since"),
        source.column("until", "column-until"),
        source.column("place", "dossier-place"),
    ];
    let mut table = Table::new("over-time", source.word("dossier-over-time"), columns);
    let mut add = |what: &str, who: String, spell: Spell, place: &str| {
        let from = spell.from.map_or(Cell::Unknown, |from| Cell::text(from.to_string()));
        let until = spell.until.map_or_else(|| Cell::text(source.word("dossier-to-date")), Cell::Day);
        table.rows.push(vec![Cell::text(source.word(what)), Cell::text(who), from, until, source.text(place)]);
    };
    for spell in &source.student.enrolment {
        add("dossier-enrolled", source.student.name.clone(), *spell, "");
    }
    for parent in &source.student.parent {
        for away in &parent.away {
            let spell = Spell { from: away.from.or(away.noted.map(When::Day)), until: away.until };
            add("dossier-away", source.word(&parent.relation.key()), spell, away.place.as_deref().unwrap_or_default());
        }
    }
    for guardian in &source.student.guardian {
        for spell in &guardian.spell {
            add("dossier-cared", guardian.name.clone().unwrap_or_default(), *spell, "");
        }
    }
    table
}
