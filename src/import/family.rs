//! The people around the child in a row: parents, who of them is away, guardians, and whose a phone is.

use super::facts::Facts;
use super::fold::{self, bracketed, folded};
use super::identity::adult_id;
use super::row::{Given, RowReader};
use super::synonyms::Synonyms;
use super::target::{Field, Owner, Part, Target};
use crate::model::{Away, Parent, ParentStatus, Relation, Reported, When};

/// A place of work, or the words that stand in for one.
enum Whereabouts {
    Away(Option<String>),
    Status(ParentStatus),
    Home,
}

/// Adds what the row says of parents and guardians.
pub(super) fn add(reader: &mut RowReader<'_>, facts: &mut Facts) {
    let mut parents =
        vec![parent(reader, Owner::Father, Relation::Father), parent(reader, Owner::Mother, Relation::Mother)];
    of_both(reader, &mut parents);
    super::guardians::add_members(reader, &mut parents, facts);
    away_as_told(reader, &mut parents, facts);
    since(reader, &mut parents);
    incapable(reader, &mut parents);
    facts.parents = parents.into_iter().filter(|parent| *parent != Parent::new(parent.relation)).collect();
    super::guardians::add(reader, facts);
}

fn parent(reader: &mut RowReader<'_>, owner: Owner, relation: Relation) -> Parent {
    let mut parent = Parent::new(relation);
    if let Some(given) = reader.some(Target::Person(owner, Part::Name)) {
        (parent.name, parent.status) = name_and_status(&given.cell.text(), reader.context.synonyms);
    }
    person_phones(reader, owner, &mut parent.phone, &mut parent.other_phone);
    parent.born = reader.when(Target::Person(owner, Part::Born));
    parent.national_id = person_id(reader, owner);
    parent.capable = reader.yes_or_no(Target::Person(owner, Part::Capable));
    for part in [Part::Place, Part::Workplace, Part::State] {
        if let Some(given) = reader.some(Target::Person(owner, part)) {
            whereabouts_of(reader, &mut parent, given, part);
        }
    }
    if reader.yes_or_no(Target::Person(owner, Part::Away)) == Some(true) && parent.away.is_empty() {
        parent.away.push(away(reader, None));
    }
    parent
}

fn whereabouts_of(reader: &mut RowReader<'_>, parent: &mut Parent, given: Given<'_>, part: Part) {
    match whereabouts(&given.text(), reader.context.synonyms) {
        Whereabouts::Status(status) => parent.status = Some(status),
        Whereabouts::Home => reader.keep(given),
        // A sentence about a parent's state is no place, and a second place is not lost.
        Whereabouts::Away(Some(_)) if part == Part::State => reader.keep(given),
        Whereabouts::Away(Some(_)) if parent.away.first().is_some_and(|away| away.place.is_some()) => {
            reader.keep(given)
        }
        Whereabouts::Away(place) => parent.away = vec![away(reader, place)],
    }
}

fn whereabouts(text: &str, synonyms: &Synonyms) -> Whereabouts {
    let word = folded(text);
    let is_home = synonyms.words.at_home.iter().any(|home| word.starts_with(home.as_str()));
    match synonyms.code("status", &fold::without_brackets(&word)).and_then(ParentStatus::of_code) {
        Some(status) => Whereabouts::Status(status),
        None if is_home => Whereabouts::Home,
        None if synonyms.words.away.contains(&word) || synonyms.words.yes.contains(&word) => Whereabouts::Away(None),
        None => Whereabouts::Away(Some(text.to_owned())),
    }
}

/// An absence that is open on the form's day.
pub(super) fn away(reader: &RowReader<'_>, place: Option<String>) -> Away {
    Away { from: None, until: None, place, noted: Some(reader.context.options.day) }
}

/// `name (dead)`, or the state alone.
pub(super) fn name_and_status(text: &str, synonyms: &Synonyms) -> (Option<String>, Option<ParentStatus>) {
    let status = |text: &str| synonyms.code("status", &folded(text)).and_then(ParentStatus::of_code);
    let name = |text: &str| Some(fold::name(text, &synonyms.signs.middle_dots)).filter(|name| !name.is_empty());
    if let Some(status) = status(text) {
        return (None, Some(status));
    }
    match bracketed(text) {
        Some((before, inner)) if status(&inner).is_some() => {
            let nobody = synonyms.words.absent.contains(&folded(&before));
            (name(&before).filter(|_| !nobody), status(&inner))
        }
        _ => (name(text), None),
    }
}

pub(super) fn person_phones(
    reader: &mut RowReader<'_>,
    owner: Owner,
    phone: &mut Option<String>,
    other: &mut Option<String>,
) {
    let mut numbers = reader.phones(Target::Person(owner, Part::Phone)).into_iter();
    (*phone, *other) = (numbers.next(), numbers.next());
    keep_rest(reader, Target::Person(owner, Part::Phone), numbers);
}

/// Numbers past those that a person's record has room for.
pub(super) fn keep_rest(reader: &mut RowReader<'_>, target: Target, numbers: impl Iterator<Item = String>) {
    let rest: Vec<String> = numbers.collect();
    if let Some(given) = reader.some(target).filter(|_| !rest.is_empty()) {
        reader.keep_text(&given.column.header, rest.join(" "));
    }
}

pub(super) fn person_id(reader: &mut RowReader<'_>, owner: Owner) -> Option<String> {
    let given = reader.some(Target::Person(owner, Part::NationalId))?;
    adult_id(given.cell).map_err(|code| reader.refuse(given, code)).ok()
}

/// Columns that hold father and mother in one cell.
fn of_both(reader: &mut RowReader<'_>, parents: &mut [Parent]) {
    for part in [Part::Name, Part::Phone, Part::Place, Part::Workplace] {
        let Some(given) = reader.some(Target::Person(Owner::Both, part)) else { continue };
        let [father, mother] = halves(&given.cell.text(), reader.context.synonyms);
        match (part, father, mother) {
            (Part::Name, Some(father), Some(mother)) => {
                for (parent, text) in parents.iter_mut().zip([father, mother]) {
                    let (name, status) = name_and_status(&text, reader.context.synonyms);
                    parent.name = parent.name.take().or(name);
                    parent.status = parent.status.or(status);
                }
            }
            (Part::Phone, ..) => both_phones(reader, parents, given),
            (Part::Place | Part::Workplace, Some(father), Some(mother)) => {
                for (parent, text) in parents.iter_mut().zip([father, mother]) {
                    place_of_half(reader, parent, &text, given);
                }
            }
            (Part::Place | Part::Workplace, None, None) => {
                for parent in &mut *parents {
                    place_of_half(reader, parent, &given.text(), given);
                }
            }
            _ => reader.keep(given),
        }
    }
}

fn place_of_half(reader: &mut RowReader<'_>, parent: &mut Parent, text: &str, given: Given<'_>) {
    if reader.is_absent(&folded(text)) || !parent.away.is_empty() {
        return;
    }
    match whereabouts(text, reader.context.synonyms) {
        Whereabouts::Away(place) => parent.away.push(away(reader, place)),
        Whereabouts::Status(status) => parent.status = Some(status),
        Whereabouts::Home => reader.keep(given),
    }
}

/// Two numbers are the father's and the mother's; one is the household's, as nobody says whose.
fn both_phones(reader: &mut RowReader<'_>, parents: &mut [Parent], given: Given<'_>) {
    let text = given.cell.text();
    let synonyms = reader.context.synonyms;
    let pieces: Vec<String> = match halves(&text, synonyms) {
        [Some(father), Some(mother)] => vec![father, mother],
        _ => vec![text],
    };
    let mut numbers = Vec::new();
    for piece in &pieces {
        match super::phone::phones(piece, &synonyms.words.hard_partings) {
            Ok(found) => numbers.push(found),
            Err(word) if reader.is_absent(&folded(&word)) => numbers.push(Vec::new()),
            Err(_) => return reader.refuse(given, "phone"),
        }
    }
    if let [both] = &numbers[..] {
        if let [father, mother] = &both[..] {
            numbers = vec![vec![father.clone()], vec![mother.clone()]];
        } else {
            return reader.keep(given);
        }
    }
    for (parent, numbers) in parents.iter_mut().zip(numbers) {
        parent.phone = parent.phone.take().or(numbers.into_iter().next());
    }
}

/// Father's and mother's half of a cell, where it has two; labels before them may turn the order.
fn halves(text: &str, synonyms: &Synonyms) -> [Option<String>; 2] {
    let text: String = text.replace(['\r', '\n', '，', '；', '／'], "/");
    let mut pieces = parted(&text, &synonyms.words.partings);
    if pieces.len() != 2 {
        pieces = text.split(fold::is_space).filter(|piece| !piece.is_empty()).collect();
    }
    let [first, second] = pieces[..] else { return [None, None] };
    let labelled = |piece: &str, labels: &[String]| {
        labels.iter().find_map(|label| {
            let rest = piece.trim().strip_prefix(label.as_str())?;
            let after = rest.trim_start_matches([':', '：']);
            (label.chars().count() > 1 || after.len() < rest.len()).then(|| after.trim().to_owned())
        })
    };
    let words = &synonyms.words;
    match (labelled(first, &words.mother), labelled(second, &words.father)) {
        (Some(mother), Some(father)) => [Some(father), Some(mother)],
        _ => {
            let father = labelled(first, &words.father).unwrap_or_else(|| first.trim().to_owned());
            let mother = labelled(second, &words.mother).unwrap_or_else(|| second.trim().to_owned());
            [Some(father), Some(mother)]
        }
    }
}

/// The pieces of a text between any of the partings, without empty ones.
pub(super) fn parted<'a>(text: &'a str, partings: &[String]) -> Vec<&'a str> {
    let mut pieces = vec![text];
    for parting in partings {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(parting.as_str())).collect();
    }
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// Columns that say which parents are away, by name or as a count.
fn away_as_told(reader: &mut RowReader<'_>, parents: &mut [Parent], facts: &mut Facts) {
    let reported = reported_count(reader);
    let told = which_away(reader);
    let both = reader.yes_or_no(Target::Child(Field::BothAway)) == Some(true);
    let one = reader.yes_or_no(Target::Child(Field::OneAway)) == Some(true);
    let count = match told {
        Some("one") => Some(1),
        Some("two") => Some(2),
        Some("none") => Some(0),
        _ => None,
    };
    for (parent, own) in parents.iter_mut().zip(["father", "mother"]) {
        let is_away = both || told == Some("both") || told == Some(own);
        if is_away && parent.away.is_empty() {
            parent.away.push(away(reader, None));
        }
    }
    let known = parents.iter().filter(|parent| !parent.away.is_empty()).count();
    let one = (one && known == 0).then_some(1);
    let orphan = reader.yes_or_no(Target::Child(Field::Orphan));
    let away_parents = reported.or(count).or(one);
    if away_parents.is_some() || orphan.is_some() {
        facts.reported = Some(Reported { away_parents, orphan, on: reader.context.options.day });
    }
}

/// 0, 1 or 2. A plain yes says that somebody is away, not how many: it stays under its own header.
fn reported_count(reader: &mut RowReader<'_>) -> Option<u8> {
    let ticked = super::child::sole(reader, Field::ReportedAway, "reported_away");
    let given = reader.field(Field::ReportedAway);
    let word = given.map(|given| given.word());
    let code = ticked.or_else(|| reader.context.synonyms.code("reported_away", word.as_deref()?));
    if code.is_none()
        && let Some(given) = given
    {
        match reader.answer(&given.word()) {
            Some(true) => reader.keep(given),
            _ => reader.refuse(given, "unknown-value"),
        }
    }
    code.and_then(|code| code.parse().ok())
}

fn which_away<'a>(reader: &mut RowReader<'a>) -> Option<&'a str> {
    let ticked = reader.ticked(Field::WhichAway, "which_away");
    match ticked[..] {
        [] => {}
        [("father", _), ("mother", _)] | [("mother", _), ("father", _)] => return Some("both"),
        [(code, _)] => return Some(code),
        [_, (_, second), ..] => reader.refuse(second, "two-marks"),
    }
    let given = reader.field(Field::WhichAway)?;
    let code = reader.context.synonyms.code("which_away", &given.word());
    if code.is_none() {
        // Schools tell much else in this column; what is no closed word is kept and not guessed at.
        reader.keep(given);
    }
    code
}

fn since(reader: &mut RowReader<'_>, parents: &mut [Parent]) {
    let owned: Vec<Option<When>> = [Owner::Father, Owner::Mother]
        .into_iter()
        .map(|owner| reader.when(Target::Person(owner, Part::Since)))
        .collect();
    let both = reader.when(Target::Person(Owner::Both, Part::Since));
    let mut used = false;
    for (parent, own) in parents.iter_mut().zip(&owned) {
        if own.is_some() && parent.away.is_empty() {
            parent.away.push(away(reader, None));
        }
        for stretch in &mut parent.away {
            used |= own.is_none() && both.is_some();
            stretch.from = own.or(both);
        }
    }
    if let Some(given) = reader.some(Target::Person(Owner::Both, Part::Since)).filter(|_| both.is_some() && !used) {
        reader.keep(given);
    }
}

fn incapable(reader: &mut RowReader<'_>, parents: &mut [Parent]) {
    let Some(given) = reader.field(Field::Incapable) else { return };
    let code = reader.context.synonyms.code("which_away", &given.word());
    match code {
        Some("father") => parents[0].capable = Some(false),
        Some("mother") => parents[1].capable = Some(false),
        Some("both") => parents.iter_mut().for_each(|parent| parent.capable = Some(false)),
        _ => reader.keep(given),
    }
}
