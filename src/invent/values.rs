//! What the fields of an invented activity say: by its rhythm, or else by the type of the field.

use std::collections::BTreeMap;

use super::children::Child;
use super::dice::Dice;
use super::lore::{Drawn, Values};
use crate::model::kind::{Field, FieldType, Kind, yes_or_no};
use crate::model::{Day, Relation};

/// What a value can follow from.
pub(super) struct Moment<'a> {
    pub day: Day,
    pub child: Option<&'a Child>,
    /// Counts the activities of this unit, for choices that are gone through in turn.
    pub turn: usize,
    /// The class, the group of children or the child among those that the kind is for.
    pub unit: usize,
    pub festival: Option<&'a str>,
    pub term_end: Day,
    /// The day that the school stands at: nothing has happened after it.
    pub today: Day,
    pub enrolled: usize,
    pub boarders: usize,
    pub in_class: usize,
    /// Somebody of the staff, for fields that name one.
    pub staff: &'a str,
}

/// The cells of the kind's own fields, in their order.
pub(super) fn cells(
    kind: &Kind,
    rules: Option<&BTreeMap<String, Values>>,
    weights: &BTreeMap<String, usize>,
    moment: &Moment,
    dice: &mut Dice,
) -> Vec<String> {
    let mut cells: Vec<String> = Vec::with_capacity(kind.fields.len());
    for field in &kind.fields {
        let said = |name: &String| {
            let at = kind.fields.iter().position(|field| field.name == *name);
            at.and_then(|at| cells.get(at)).map_or("", String::as_str)
        };
        let cell = match rules.and_then(|rules| rules.get(&field.name)) {
            Some(Values::Word(word)) => by_word(word, field, moment, dice),
            Some(Values::OneOf(list)) => dice.word(list),
            Some(Values::Drawn(drawn)) => {
                let holds = drawn.when.iter().all(|(name, of)| of.iter().any(|value| value == said(name)));
                if holds && dice.chance(drawn.share.unwrap_or(100.0)) {
                    by_drawn(drawn, field, weights, moment, dice)
                } else {
                    String::new()
                }
            }
            None => by_type(field, weights, moment, dice),
        };
        cells.push(cell);
    }
    cells
}

fn by_word(word: &str, field: &Field, moment: &Moment, dice: &mut Dice) -> String {
    match word {
        "rotate" if !field.of.is_empty() => field.of[moment.turn % field.of.len()].clone(),
        "@parents-away" => parents_away(moment, dice),
        "@guardian-name" => guardian(moment, |guardian| guardian.name.clone()),
        "@guardian-phone" => guardian(moment, |guardian| guardian.phone.clone()),
        "@enrolled" => moment.enrolled.to_string(),
        "@boarders" => moment.boarders.to_string(),
        "@class" => moment.in_class.to_string(),
        "@class-part" => (moment.in_class - dice.below(4).min(moment.in_class)).to_string(),
        "@term-end" => moment.term_end.to_string(),
        "@festival" => moment.festival.unwrap_or_default().to_owned(),
        "@risk" => risk(moment, dice).to_owned(),
        fixed => fixed.to_owned(),
    }
}

fn guardian(moment: &Moment, part: impl Fn(&crate::model::Guardian) -> Option<String>) -> String {
    moment.child.and_then(|child| child.student.guardian_on(moment.day)).and_then(part).unwrap_or_default()
}

/// Which of the parents who are away was on the line.
fn parents_away(moment: &Moment, dice: &mut Dice) -> String {
    let Some(child) = moment.child else { return String::new() };
    let away = child.student.parent.iter().filter(|parent| parent.away_on(moment.day).is_some());
    let mut who: Vec<&str> =
        away.map(|parent| if parent.relation == Relation::Father { "father" } else { "mother" }).collect();
    match who.len() {
        0 => return "other".to_owned(),
        2 => who.push("both-parents"),
        _ => {}
    }
    (*dice.pick(&who)).to_owned()
}

fn risk(moment: &Moment, dice: &mut Dice) -> &'static str {
    match moment.child {
        Some(child) if child.focus => dice.pick::<&str>(&["medium", "high", "high"]),
        _ => dice.pick::<&str>(&["none", "none", "none", "none", "watch", "watch"]),
    }
}

fn by_drawn(
    drawn: &Drawn,
    field: &Field,
    weights: &BTreeMap<String, usize>,
    moment: &Moment,
    dice: &mut Dice,
) -> String {
    if let Some(word) = &drawn.derived {
        return by_word(word, field, moment, dice);
    }
    if let (Some(from), Some(to)) = (drawn.from, drawn.to) {
        return number(from, to, drawn, moment, dice);
    }
    match drawn.of.len() {
        0 => by_type(field, weights, moment, dice),
        count if drawn.steady => drawn.of[moment.unit % count].clone(),
        _ => dice.word(&drawn.of),
    }
}

fn number(from: f64, to: f64, drawn: &Drawn, moment: &Moment, dice: &mut Dice) -> String {
    let scale = 10f64.powi(drawn.places as i32);
    let drawn_number = dice.between((from * scale) as i64, (to * scale) as i64) as f64 / scale;
    let age = moment.child.and_then(|child| child.student.age_on(moment.day)).unwrap_or(6);
    let grown = drawn_number + f64::from((age - 6).max(0)) * drawn.yearly;
    let text = format!("{grown:.*}", drawn.places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn by_type(field: &Field, weights: &BTreeMap<String, usize>, moment: &Moment, dice: &mut Dice) -> String {
    match field.kind {
        FieldType::Choice => by_weight(&field.of, weights, dice),
        FieldType::Bool => yes_or_no(dice.chance(92.0)).to_owned(),
        FieldType::Integer | FieldType::Minutes => dice.between(5, 40).to_string(),
        FieldType::Number | FieldType::Money => dice.between(1, 100).to_string(),
        FieldType::Quantity => format!("{} {}", dice.between(1, 20), field.label.zh),
        FieldType::Date => moment.day.plus(dice.between(0, 3)).min(moment.today).to_string(),
        FieldType::Staff => moment.staff.to_owned(),
        FieldType::Student => moment.child.map(|child| child.student.id.to_string()).unwrap_or_default(),
        FieldType::Phone => super::family::phone(dice),
        FieldType::Text | FieldType::Resource if field.required => field.label.zh.clone(),
        FieldType::Text | FieldType::Resource => String::new(),
    }
}

fn by_weight(of: &[String], weights: &BTreeMap<String, usize>, dice: &mut Dice) -> String {
    const USUAL: usize = 4;
    let weight = |value: &String| weights.get(value).copied().unwrap_or(USUAL);
    let mut left = dice.below(of.iter().map(weight).sum::<usize>().max(1));
    for value in of {
        if left < weight(value) {
            return value.clone();
        }
        left -= weight(value);
    }
    String::new()
}
