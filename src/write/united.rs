//! Two records of one child as one: what one of them says is kept, stretches of time that overlap become one, and where both
//! say different things a person chooses. Nothing that either record says is lost unseen.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::fields::agree;
use super::stretch::{Stretch, folded};
use crate::ledger::merge::{put, remarks, united as united_tables, value_at};
use crate::ledger::record::{StudentFile, rewritten_to};
use crate::model::{Away, Guardian, Outcome, Parent, Place, Problem, Reported, Risk, Spell, Student};

/// What the two records say of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Such as `parent.father.phone`, `enrolment`, `guardian.李秀英.spell`.
    pub key: String,
    pub keep: String,
    pub other: String,
}

/// Which of the two values a field gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    Keep,
    Other,
    /// A third one, as a person writes it.
    Value(String),
}

/// What a person has chosen, by field.
pub type Choices = BTreeMap<String, Taken>;

/// The united record, and what is still to be chosen.
pub struct United {
    /// The bytes of the file that stays.
    pub bytes: Vec<u8>,
    pub student: Student,
    pub differences: Vec<Difference>,
    /// Choices that name no field in which the records differ.
    pub unused: Vec<String>,
}

/// Unites the record of a child with another one of the same child.
///
/// # Errors
/// Where a choice is no value of its field, or number, birth day and gender do not agree.
pub fn united(keep: &StudentFile, other: &StudentFile, choices: &Choices) -> Outcome<United> {
    let mut uniting = Uniting { choices, differences: Vec::new(), met: Vec::new() };
    let (of_keep, of_other) = (plain(keep)?, plain(other)?);
    let (mut whole, clashes) = united_tables(&of_keep, &of_other);
    for clash in clashes {
        let said = |record: &Table| value_at(record, &clash.key).unwrap_or_default();
        let (mine, theirs) = (said(&of_keep), said(&of_other));
        let value = match uniting.chosen(&clash.key, &mine, &theirs) {
            Some(Taken::Value(text)) => text,
            Some(Taken::Other) => theirs,
            Some(Taken::Keep) | None => mine,
        };
        put(&mut whole, &clash.key, &value)
            .ok_or_else(|| Problem::usage("value-wrong").with("key", &clash.key).with("value", &value))?;
    }
    let (mine, theirs) = (&keep.student, &other.student);
    let mut student = record_of(&whole, mine)?;
    student.enrolment = uniting.stretches("enrolment", &mine.enrolment, &theirs.enrolment);
    people(&mut student, mine, theirs, &mut uniting);
    student.reported = uniting.reported(mine.reported.as_ref(), theirs.reported.as_ref());
    student.risk = judged(mine.risk.as_ref(), theirs.risk.as_ref());
    uniting.extra(&mut student, mine, theirs);
    agree(&mut student)?;
    let unused = choices.keys().filter(|key| !uniting.met.contains(key)).cloned().collect();
    let bytes = file_of(keep, other, &student, &whole);
    Ok(United { bytes, student, differences: uniting.differences, unused })
}

/// A record as a table, with what is united in a way of its own taken out.
fn plain(file: &StudentFile) -> Outcome<Table> {
    let read = file.text().parse::<Table>();
    let mut table = read.map_err(|_| Problem::data("toml-syntax", Place::file(&file.path)).with("message", ""))?;
    for key in ["id", "enrolment", "reported", "risk", "extra", "clash"] {
        table.remove(key);
    }
    for (list, stretches) in [("parent", "away"), ("guardian", "spell")] {
        let people = table.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        people.filter_map(Value::as_table_mut).for_each(|person| {
            person.remove(stretches);
        });
    }
    Ok(table)
}

fn record_of(whole: &Table, keep: &Student) -> Outcome<Student> {
    let mut table = whole.clone();
    table.insert("id".to_owned(), Value::String(keep.id.to_string()));
    let read: Result<Student, _> = table.try_into();
    read.map_err(|error| {
        let message = error.message().to_owned();
        Problem::data("toml-value", Place::file(&crate::ledger::record::path_of(&keep.id)))
            .with("message", message)
            .into()
    })
}

/// The file that stays, with the keys that nobody knows and the remarks of both.
fn file_of(keep: &StudentFile, other: &StudentFile, student: &Student, whole: &Table) -> Vec<u8> {
    let mut text = rewritten_to(keep, student, whole);
    for remark in remarks(&other.source).difference(&remarks(&keep.source)) {
        text.push_str(&format!("{remark}\n"));
    }
    text.into_bytes()
}

struct Uniting<'a> {
    choices: &'a Choices,
    differences: Vec<Difference>,
    met: Vec<&'a String>,
}

impl<'a> Uniting<'a> {
    /// What was chosen for a field; where nothing was, the field is one more to choose.
    fn chosen(&mut self, key: &str, keep: &str, other: &str) -> Option<Taken> {
        match self.choices.get_key_value(key) {
            Some((key, taken)) => {
                self.met.push(key);
                Some(taken.clone())
            }
            None => {
                let difference = Difference { key: key.to_owned(), keep: keep.to_owned(), other: other.to_owned() };
                self.differences.push(difference);
                None
            }
        }
    }

    /// Stretches of both. One that overlaps another is the same stretch: what only one of them knows of it is taken, it
    /// begins with the earlier one, and its end is a person's to choose where the two say different ends.
    fn stretches<T: Stretch>(&mut self, key: &str, keep: &[T], other: &[T]) -> Vec<T> {
        let mut found = folded(keep, other, None);
        if found.1 {
            let said = |list: &[T]| list.iter().map(Stretch::said).collect::<Vec<_>>().join("; ");
            let taken = self.chosen(key, &said(keep), &said(other));
            found = folded(keep, other, taken.as_ref());
        }
        found.0
    }

    fn reported(&mut self, keep: Option<&Reported>, other: Option<&Reported>) -> Option<Reported> {
        let (Some(mine), Some(theirs)) = (keep, other) else { return keep.or(other).cloned() };
        let differ = |a: bool, b: bool, same: bool| a && b && !same;
        let away = differ(
            mine.away_parents.is_some(),
            theirs.away_parents.is_some(),
            mine.away_parents == theirs.away_parents,
        );
        let orphan = differ(mine.orphan.is_some(), theirs.orphan.is_some(), mine.orphan == theirs.orphan);
        let (first, second) = if away || orphan {
            let said = |one: &Reported| {
                let away = one.away_parents.map_or_else(|| "-".to_owned(), |count| count.to_string());
                let orphan = one.orphan.map_or_else(|| "-".to_owned(), |orphan| orphan.to_string());
                format!("away_parents {away}, orphan {orphan} ({})", one.on)
            };
            match self.chosen("reported", &said(mine), &said(theirs)) {
                Some(Taken::Other) => (theirs, mine),
                _ => (mine, theirs),
            }
        } else {
            (mine, theirs)
        };
        Some(Reported {
            away_parents: first.away_parents.or(second.away_parents),
            orphan: first.orphan.or(second.orphan),
            on: if away || orphan { first.on } else { first.on.min(second.on) },
        })
    }

    fn extra(&mut self, student: &mut Student, keep: &Student, other: &Student) {
        student.extra.clone_from(&keep.extra);
        for (header, theirs) in &other.extra {
            let mine = keep.extra.get(header);
            let value = match mine.filter(|mine| *mine != theirs) {
                None => theirs.clone(),
                Some(mine) => match self.chosen(&format!("extra.{header}"), mine, theirs) {
                    Some(Taken::Other) => theirs.clone(),
                    Some(Taken::Value(text)) => text,
                    Some(Taken::Keep) | None => mine.clone(),
                },
            };
            student.extra.insert(header.clone(), value);
        }
    }
}

/// Parents and guardians in the order of the record that stays, each with the stretches of both.
fn people(student: &mut Student, keep: &Student, other: &Student, uniting: &mut Uniting) {
    for parent in &mut student.parent {
        let of = |record: &Student| -> Vec<Away> {
            let same = record.parent.iter().find(|one: &&Parent| one.relation == parent.relation);
            same.map_or_else(Vec::new, |one| one.away.clone())
        };
        let key = format!("parent.{}.away", parent.relation.code());
        parent.away = uniting.stretches(&key, &of(keep), &of(other));
    }
    for guardian in &mut student.guardian {
        let is_same =
            |one: &&Guardian| one.name == guardian.name && (one.name.is_some() || one.relation == guardian.relation);
        let of = |record: &Student| -> Option<Vec<Spell>> { Some(record.guardian.iter().find(is_same)?.spell.clone()) };
        let (mine, theirs) = (of(keep).unwrap_or_default(), of(other).unwrap_or_default());
        let name = guardian.name.clone().or_else(|| Some(guardian.relation?.code().to_owned())).unwrap_or_default();
        guardian.spell = uniting.stretches(&format!("guardian.{name}.spell"), &mine, &theirs);
    }
    let place = |guardian: &Guardian| {
        let same =
            |one: &Guardian| one.name == guardian.name && (one.name.is_some() || one.relation == guardian.relation);
        keep.guardian.iter().position(same).unwrap_or(usize::MAX)
    };
    student.guardian.sort_by_key(place);
    let place = |parent: &Parent| keep.parent.iter().position(|one| one.relation == parent.relation);
    student.parent.sort_by_key(|parent| place(parent).unwrap_or(usize::MAX));
}

/// Judgements of both, in the order of their days; the latest of those in force is the one in force.
fn judged(keep: Option<&Risk>, other: Option<&Risk>) -> Option<Risk> {
    let (Some(mine), Some(theirs)) = (keep, other) else { return keep.or(other).cloned() };
    let mut in_force: Vec<_> = [&theirs.judged, &mine.judged].into_iter().flatten().cloned().collect();
    in_force.sort_by_key(|one| one.from);
    let judged = in_force.pop();
    let mut past = mine.past.clone();
    let more: Vec<_> = theirs.past.iter().cloned().chain(in_force).filter(|one| !past.contains(one)).collect();
    past.extend(more.into_iter().filter(|one| judged.as_ref() != Some(one)));
    past.sort_by_key(|one| one.from);
    Some(Risk { judged, past })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: &str, rest: &str) -> StudentFile {
        let text = format!("id = \"{id}\"\nname = \"王小明\"\n{rest}");
        StudentFile::read(&format!("students/{id}.toml"), text.into_bytes()).unwrap()
    }

    fn keys(united: &United) -> Vec<&str> {
        united.differences.iter().map(|one| one.key.as_str()).collect()
    }

    const ONE: &str = "class = \"2023-2\"\naddress = \"一组\"\n# mine\n[[enrolment]]\nfrom = 2023-09-01\n[[parent]]\nrelation = \"father\"\nphone = \"15400000001\"\nshoes = 1\n[[parent.away]]\nfrom = \"2021-02\"\nnoted = 2026-09-10\n[[guardian]]\nname = \"李秀英\"\n";
    const TWO: &str = "born = 2016-03-06\naddress = \"二组\"\nours = 1\n# theirs\n[[enrolment]]\nfrom = 2023-09-05\n[[parent]]\nrelation = \"father\"\nname = \"王大山\"\nphone = \"15400000002\"\n[[parent.away]]\nplace = \"广东省\"\nnoted = 2026-09-01\n[[parent]]\nrelation = \"mother\"\n[[guardian]]\nname = \"张桂花\"\n";

    #[test]
    fn what_one_says_is_kept_and_what_both_say_differently_is_asked() {
        let found = united(&file("aaaaaa", ONE), &file("bbbbbb", TWO), &Choices::new()).unwrap();
        assert_eq!(keys(&found), ["address", "parent.father.phone"]);
        let choices = Choices::from([
            ("address".to_owned(), Taken::Other),
            ("parent.father.phone".to_owned(), Taken::Value("15400000003".into())),
            ("note".to_owned(), Taken::Keep),
        ]);
        let found = united(&file("aaaaaa", ONE), &file("bbbbbb", TWO), &choices).unwrap();
        assert!(found.differences.is_empty());
        assert_eq!(found.unused, ["note"]);
        let text = String::from_utf8(found.bytes).unwrap();
        let student = &found.student;
        assert_eq!((student.id.as_str(), student.address.as_deref()), ("aaaaaa", Some("二组")));
        assert_eq!(student.born, "2016-03-06".parse().ok());
        let father = &student.parent[0];
        assert_eq!((father.name.as_deref(), father.phone.as_deref()), (Some("王大山"), Some("15400000003")));
        assert_eq!((father.away.len(), father.away[0].place.as_deref()), (1, Some("广东省")));
        assert_eq!(father.away[0].noted, "2026-09-01".parse().ok());
        assert_eq!((student.enrolment.len(), student.enrolment[0].said().as_str()), (1, "2023-09-01…"));
        assert_eq!(
            student.guardian.iter().filter_map(|one| one.name.as_deref()).collect::<Vec<_>>(),
            ["李秀英", "张桂花"]
        );
        for kept in ["# mine", "# theirs", "ours = 1", "shoes = 1"] {
            assert!(text.contains(kept), "{kept} is lost: {text}");
        }
        assert_eq!(StudentFile::read("students/aaaaaa.toml", text.into_bytes()).unwrap().student, *student);
    }

    #[test]
    fn two_ends_of_one_stretch_are_a_persons_to_choose_and_two_stretches_stay_two() {
        let one = file("aaaaaa", "[[enrolment]]\nfrom = 2023-09-01\nuntil = 2024-06-30\n");
        let other = file("bbbbbb", "[[enrolment]]\nfrom = 2024-03-01\n");
        assert_eq!(keys(&united(&one, &other, &Choices::new()).unwrap()), ["enrolment"]);
        let taken = Choices::from([("enrolment".to_owned(), Taken::Other)]);
        let found = united(&one, &other, &taken).unwrap();
        assert_eq!(found.student.enrolment.iter().map(Stretch::said).collect::<Vec<_>>(), ["2023-09-01…"]);
        let later = file("bbbbbb", "[[enrolment]]\nfrom = 2025-09-01\n");
        let found = united(&one, &later, &Choices::new()).unwrap();
        assert_eq!((found.student.enrolment.len(), found.differences.len()), (2, 0));
    }

    #[test]
    fn no_judgement_of_a_person_is_lost() {
        let risk =
            |level: &str, from: &str| format!("[risk.override]\nlevel = \"{level}\"\nreason = \"x\"\nfrom = {from}\n");
        let one = file("aaaaaa", &risk("high", "2026-09-01"));
        let other = file("bbbbbb", &risk("watch", "2026-10-01"));
        let risk = united(&one, &other, &Choices::new()).unwrap().student.risk.unwrap();
        assert_eq!((risk.judged.unwrap().from.to_string(), risk.past.len()), ("2026-10-01".to_owned(), 1));
    }
}
