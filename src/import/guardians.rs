//! Who cares for the child in a row: guardians from their own columns or from numbered members of the family.

use super::facts::Facts;
use super::family::{keep_rest, name_and_status, parted, person_id, person_phones};
use super::fold::{self, bracketed, folded};
use super::row::RowReader;
use super::synonyms::Synonyms;
use super::target::{Field, Owner, Part, Target};
use crate::model::{Ability, Guardian, Parent, Relation};

/// Numbered members of the family: father and mother are parents, another one who is guardian is a guardian.
pub(super) fn add_members(reader: &mut RowReader<'_>, parents: &mut [Parent], facts: &mut Facts) {
    for number in 1..=9 {
        let owner = Owner::Member(number);
        let Some(named) = reader.some(Target::Person(owner, Part::Name)) else { continue };
        let (name, status) = name_and_status(&named.cell.text(), reader.context.synonyms);
        let relation = reader.some(Target::Person(owner, Part::Relation));
        let known = relation.and_then(|given| relation_of(&given.word(), reader.context.synonyms));
        let is_guardian = reader.yes_or_no(Target::Person(owner, Part::IsGuardian)) == Some(true);
        let parent = parents.iter_mut().find(|parent| Some(parent.relation) == known);
        if let Some(parent) = parent {
            parent.name = parent.name.take().or(name);
            parent.status = parent.status.or(status);
            person_phones(reader, owner, &mut parent.phone, &mut parent.other_phone);
            parent.born = reader.when(Target::Person(owner, Part::Born));
            parent.national_id = person_id(reader, owner);
        } else if let Some(name) = name.filter(|_| is_guardian) {
            let mut guardian = Guardian::named(&name, known);
            detail(reader, owner, &mut guardian);
            facts.guardians.push(guardian);
        } else {
            keep_all(reader, owner);
            continue;
        }
        for part in [Part::Workplace, Part::Place] {
            if let Some(given) = reader.some(Target::Person(owner, part)) {
                reader.keep(given);
            }
        }
    }
}

/// A member of the family for whom the record has no place stays under the columns' own headers.
fn keep_all(reader: &mut RowReader<'_>, owner: Owner) {
    for part in [
        Part::Name,
        Part::Relation,
        Part::Phone,
        Part::Workplace,
        Part::Place,
        Part::Born,
        Part::NationalId,
        Part::Address,
    ] {
        if let Some(given) = reader.some(Target::Person(owner, part)) {
            reader.keep(given);
        }
    }
}

/// Guardians from their own columns; and the phone that no column gives an owner.
pub(super) fn add(reader: &mut RowReader<'_>, facts: &mut Facts) {
    let mut guardians = named(reader);
    if let Some(first) = guardians.first_mut() {
        detail(reader, Owner::Guardian, first);
    }
    share_phones(&mut guardians);
    if let Some(mut second) = named_by(reader, Owner::SecondGuardian).into_iter().next() {
        detail(reader, Owner::SecondGuardian, &mut second);
        guardians.push(second);
    }
    guardians.append(&mut facts.guardians);
    for guardian in &mut guardians {
        as_parent(guardian, &facts.parents);
    }
    ability(reader, &mut guardians);
    if let Some(entrusted) = reader.yes_or_no(Target::Child(Field::Entrusted))
        && let Some(first) = guardians.first_mut()
    {
        first.entrusted = Some(entrusted);
    }
    phone_without_owner(reader, &mut guardians, facts);
    facts.guardians = guardians;
}

fn named(reader: &mut RowReader<'_>) -> Vec<Guardian> {
    let mut guardians = named_by(reader, Owner::Guardian);
    if guardians.is_empty() {
        // Details of a guardian whom nobody names would be lost with the guardian.
        for part in [Part::Relation, Part::Phone, Part::Address, Part::Born, Part::NationalId] {
            if let Some(given) = reader.some(Target::Person(Owner::Guardian, part)) {
                let relation = relation_of(&given.word(), reader.context.synonyms);
                let phone = part == Part::Phone;
                if guardians.is_empty() && (relation.is_some() || phone) {
                    guardians.push(Guardian { name: None, ..Guardian::named("", relation) });
                } else if guardians.is_empty() {
                    reader.keep(given);
                }
            }
        }
    }
    guardians
}

/// The people of a cell of guardians, with the relations that stand beside them, before them or in brackets.
fn named_by(reader: &mut RowReader<'_>, owner: Owner) -> Vec<Guardian> {
    let synonyms = reader.context.synonyms;
    let Some(given) = reader.some(Target::Person(owner, Part::Name)) else { return Vec::new() };
    let text = given.text().replace(['，', '；', '／', '\n', '\r'], "/");
    let mut guardians: Vec<Guardian> =
        parted(&text, &synonyms.words.hard_partings).into_iter().map(|piece| person(piece, synonyms)).collect();
    let Some(given) = reader.some(Target::Person(owner, Part::Relation)) else { return guardians };
    let word = given.word();
    let words = if relation_of(&word, synonyms).is_some() {
        vec![word.as_str()]
    } else {
        parted(&word, &synonyms.words.partings)
    };
    let relations: Vec<Option<Relation>> = words.iter().map(|word| relation_of(word, synonyms)).collect();
    if relations.contains(&None) {
        reader.keep(given);
    }
    relate(&mut guardians, &relations);
    guardians
}

/// Gives people their relations: one each; or one word, such as grandparents, for two.
fn relate(guardians: &mut [Guardian], relations: &[Option<Relation>]) {
    use Relation::{
        MaternalGrandfather, MaternalGrandmother, MaternalGrandparents, PaternalGrandfather, PaternalGrandmother,
        PaternalGrandparents,
    };
    let known = |relation: &Option<Relation>| Some(relation.unwrap_or(Relation::Other));
    match (guardians, relations) {
        ([first, second], [Some(PaternalGrandparents)]) => {
            (first.relation, second.relation) = (Some(PaternalGrandfather), Some(PaternalGrandmother));
        }
        ([first, second], [Some(MaternalGrandparents)]) => {
            (first.relation, second.relation) = (Some(MaternalGrandfather), Some(MaternalGrandmother));
        }
        ([one], [Some(PaternalGrandfather), Some(PaternalGrandmother)]) => one.relation = Some(PaternalGrandparents),
        ([one], [Some(MaternalGrandfather), Some(MaternalGrandmother)]) => one.relation = Some(MaternalGrandparents),
        (people, relations) => {
            for (person, relation) in people.iter_mut().zip(relations) {
                person.relation = known(relation);
            }
        }
    }
}

/// `name`, `relation`, `name (relation)`, `relation: name`.
fn person(piece: &str, synonyms: &Synonyms) -> Guardian {
    let named = |text: &str, relation| Guardian::named(&fold::name(text, &synonyms.signs.middle_dots), relation);
    if let Some(relation) = long_relation(piece, synonyms) {
        return Guardian { name: None, ..Guardian::named("", Some(relation)) };
    }
    if let Some((before, inner)) = bracketed(piece) {
        match (relation_of(&folded(&inner), synonyms), long_relation(&before, synonyms)) {
            (Some(relation), _) => return named(&before, Some(relation)),
            (None, Some(relation)) => return named(&inner, Some(relation)),
            _ => {}
        }
    }
    let labels =
        synonyms.values("relation").iter().flat_map(|(_, words)| words).filter(|word| word.chars().count() > 1);
    let longest = labels.filter(|word| piece.starts_with(word.as_str())).max_by_key(|word| word.len());
    match longest {
        Some(word) => named(piece[word.len()..].trim_start_matches([':', '：', ' ', '-']), relation_of(word, synonyms)),
        None => named(piece, None),
    }
}

/// A relation that cannot be a person's name: one of a single character might.
fn long_relation(text: &str, synonyms: &Synonyms) -> Option<Relation> {
    let word = folded(text);
    relation_of(&word, synonyms).filter(|_| word.chars().count() > 1)
}

pub(super) fn relation_of(word: &str, synonyms: &Synonyms) -> Option<Relation> {
    synonyms.code("relation", word).and_then(Relation::of_code)
}

fn detail(reader: &mut RowReader<'_>, owner: Owner, guardian: &mut Guardian) {
    person_phones(reader, owner, &mut guardian.phone, &mut guardian.other_phone);
    guardian.born = reader.when(Target::Person(owner, Part::Born));
    guardian.national_id = person_id(reader, owner);
    for part in [Part::Address, Part::Place] {
        let text = reader.some(Target::Person(owner, part)).map(|given| given.text());
        guardian.address = guardian.address.take().or(text);
    }
    for part in [Part::Workplace, Part::State] {
        if let Some(given) = reader.some(Target::Person(owner, part)) {
            reader.keep(given);
        }
    }
}

/// Two numbers for two guardians are one each.
fn share_phones(guardians: &mut [Guardian]) {
    if let [first, second] = guardians {
        second.phone = first.other_phone.take();
    }
}

/// A guardian who is a parent is known by the parent's name, or takes it.
fn as_parent(guardian: &mut Guardian, parents: &[Parent]) {
    for parent in parents {
        if guardian.relation.is_none() && guardian.name.is_some() && guardian.name == parent.name {
            guardian.relation = Some(parent.relation);
        }
        if guardian.name.is_none() && guardian.relation == Some(parent.relation) {
            guardian.name.clone_from(&parent.name);
        }
    }
}

/// How well the child is cared for; without a guardian to say it of, it stays under its header.
fn ability(reader: &mut RowReader<'_>, guardians: &mut [Guardian]) {
    let mut told = reader.ticked(Field::Ability, "ability");
    if let [_, (_, second), ..] = told[..] {
        reader.refuse(second, "two-marks");
    }
    for target in [Target::Child(Field::Ability), Target::Person(Owner::Guardian, Part::Ability)] {
        let Some(given) = reader.any(target) else { continue };
        let word = given.word();
        match reader.context.synonyms.code("ability", &word) {
            Some(code) => told.push((code, given)),
            None if reader.is_absent(&word) => {}
            None => reader.keep(given),
        }
    }
    let Some((code, given)) = told.first().copied() else { return };
    if guardians.is_empty() || code == "none" {
        reader.keep(given);
    }
    let ability = if code == "none" { Some(Ability::Poor) } else { Ability::of_code(code) };
    if let Some(first) = guardians.first_mut() {
        first.ability = ability;
    }
}

/// A phone that no header gives an owner is the guardian's, where one stands beside it without a phone column.
fn phone_without_owner(reader: &mut RowReader<'_>, guardians: &mut [Guardian], facts: &mut Facts) {
    let target = Target::Child(Field::Phone);
    let mut numbers = reader.phones(target).into_iter();
    let has_own = reader.has_column(Target::Person(Owner::Guardian, Part::Phone));
    match guardians.first_mut() {
        Some(guardian) if guardian.phone.is_none() && !has_own => {
            guardian.phone = numbers.next();
            guardian.other_phone = numbers.next();
        }
        _ => facts.phone = numbers.next(),
    }
    keep_rest(reader, target, numbers);
    if let Some(given) = reader.some(Target::Person(Owner::Both, Part::Phone)).filter(|_| facts.phone.is_none())
        && let [one] = &super::phone::phones(&given.cell.text(), &[]).unwrap_or_default()[..]
    {
        facts.phone = Some(one.clone());
        reader.extra.remove(&given.column.header);
    }
}
