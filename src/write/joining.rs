//! A child who has two files: the one file is taken into the other, and whatever spoke of the one who is gone speaks of the
//! one who stays. No row is dropped; `registers/matches.csv` keeps who has become whom, for copies of the ledger that still
//! know the other.

use std::collections::BTreeMap;

use toml_edit::DocumentMut;

use super::rows::{LogRow, change_follow_ups, change_logs, change_register, refuse_closed};
use super::united::{Choices, united};
use crate::ledger::definitions::text_of;
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::joined::{WAS, joined};
use crate::ledger::merge::CLASH_COLUMN;
use crate::ledger::record::StudentFile;
use crate::ledger::registers::{DISCLOSURES, MATCHES, PAIRINGS};
use crate::ledger::table::{Cells, Edit};
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::kind::FieldType;
use crate::model::{Day, IdSource, Outcome, Place, Problem, Student, StudentId, Whom, whom};

/// Who becomes whom.
type Now = BTreeMap<StudentId, StudentId>;

/// What a joining writes.
pub struct Joining {
    pub change_set: ChangeSet,
    /// Rows of logs and registers that speak of the child who stays now.
    pub rows: usize,
}

/// Takes the file of `other` into that of `keep`, as `united` has it.
///
/// # Errors
/// Where a sealed row is closed: it may name the child, and cannot be changed without its key.
pub fn joining(
    snapshot: &Snapshot,
    keep: &StudentFile,
    other: &StudentFile,
    united: (&Student, Vec<u8>),
) -> Outcome<Joining> {
    refuse_closed(snapshot, "join-sealed")?;
    let (student, bytes) = united;
    let mut change_set = ChangeSet::new(&format!("student merge {} {}", keep.student.id, other.student.id));
    change_set.write(&keep.path, Some(keep.source.clone()), Some(bytes));
    change_set.write(&other.path, Some(other.source.clone()), None);
    let now = Now::from([(other.student.id.clone(), keep.student.id.clone())]);
    let was_there = [&keep.student.id, &other.student.id].map(|id| snapshot.place_of_student(id));
    let stays = Stays { student, was_there };
    let rows = redirect(snapshot, &now, Some(&stays), &mut change_set)?;
    remember(snapshot, keep, other, &mut change_set)?;
    Ok(Joining { change_set, rows })
}

/// Mends what still speaks of a child who was joined into another: rows are changed, and a file that has come back is taken
/// in again where the two say nothing different. What a key would have to open is left.
///
/// # Errors
/// Where a file cannot be written anew.
pub fn mended(snapshot: &Snapshot) -> Outcome<ChangeSet> {
    let mut change_set = ChangeSet::new("check --fix");
    let mut now = joined(snapshot)?;
    let file = |id: &StudentId| snapshot.place_of_student(id).map(|at| &snapshot.students[at as usize]);
    now.retain(|_, keep| file(keep).is_some());
    for (was, keep) in now.clone() {
        let (Some(other), Some(keep)) = (file(&was), file(&keep)) else { continue };
        let found = united(keep, other, &Choices::new())?;
        if !found.differences.is_empty() || change_set.files.iter().any(|one| one.path == keep.path) {
            now.remove(&was);
            continue;
        }
        change_set.write(&keep.path, Some(keep.source.clone()), Some(found.bytes));
        change_set.write(&other.path, Some(other.source.clone()), None);
    }
    if !now.is_empty() {
        redirect(snapshot, &now, None, &mut change_set)?;
    }
    Ok(change_set)
}

/// The child who stays, and the places of both files in the snapshot: in a row of a class the child stays, whichever class
/// the record has in the end.
struct Stays<'a> {
    student: &'a Student,
    was_there: [Option<u32>; 2],
}

/// Changes every row that names somebody who is gone; gives how many there were.
fn redirect(snapshot: &Snapshot, now: &Now, stays: Option<&Stays>, change_set: &mut ChangeSet) -> Outcome<usize> {
    let mut rows = change_logs(snapshot, change_set, |row| of_log(row, now, stays))?;
    rows += change_follow_ups(snapshot, change_set, |one| {
        if let Some(keep) = one.student.as_ref().and_then(|id| now.get(id)) {
            one.student = Some(keep.clone());
        }
    })?;
    for (path, columns) in
        [(PAIRINGS.path, &["student", "helper"][..]), (MATCHES.path, &["student"]), (DISCLOSURES.path, &["what"])]
    {
        rows += change_register(snapshot, path, change_set, |row| {
            let cell = |column: &&str| Some(((*column).to_owned(), words(row.get(column).copied()?, now)));
            columns.iter().filter_map(cell).collect()
        })?;
    }
    groups(snapshot, now, change_set)?;
    Ok(rows)
}

fn of_log(row: &LogRow, now: &Now, stays: Option<&Stays>) -> Cells {
    let mut cells = Cells::new();
    let students = row.get("students");
    let changed = words(students, now);
    let mut said = if changed == students { changed } else { once(&changed) };
    if let Some(stays) = stays
        && is_left_out(row, &said, stays)
    {
        said = format!("{said} {}", stays.student.id);
    }
    cells.insert("students".to_owned(), said);
    let named = row.kind.map_or(&[][..], |kind| &kind.fields);
    for field in named.iter().filter(|field| field.kind == FieldType::Student) {
        cells.insert(field.name.clone(), words(row.get(&field.name), now));
    }
    if !row.get(CLASH_COLUMN).is_empty() {
        // Both values of a cell that waits to be settled stand in quotes.
        let clash = row.get(CLASH_COLUMN);
        let changed = now
            .iter()
            .fold(clash.to_owned(), |text, (was, keep)| text.replace(&format!("\"{was}\""), &format!("\"{keep}\"")));
        cells.insert(CLASH_COLUMN.to_owned(), changed);
    }
    cells.retain(|column, value| row.get(column) != value);
    cells
}

/// Whether the row meant the child before, through a class, and would not mean it any more.
fn is_left_out(row: &LogRow, said: &str, stays: &Stays) -> bool {
    let Some(activity) = row.log.activities.iter().find(|one| one.row as usize == row.row) else { return false };
    let meant = row.log.students(activity);
    if !stays.was_there.iter().flatten().any(|at| meant.contains(at)) {
        return false;
    }
    !means(said, stays.student, activity.day)
}

/// Whether the words of a cell mean a child, or say that it was absent.
fn means(cell: &str, student: &Student, day: Day) -> bool {
    let is_meant = |word: &Whom| match word {
        Whom::One(id) | Whom::Absent(id) => *id == student.id,
        Whom::Class(class) => student.class == Some(*class) && student.enrolled_on(day),
        Whom::All => student.enrolled_on(day),
    };
    whom(cell).is_ok_and(|words| words.iter().any(is_meant))
}

/// Words of which some are ids of who is gone, alone or behind the sign of an absent child.
fn words(cell: &str, now: &Now) -> String {
    let of = |word: &str| {
        let (sign, id) = word.strip_prefix('-').map_or(("", word), |id| ("-", id));
        let keep = id.parse::<StudentId>().ok().and_then(|id| now.get(&id));
        keep.map(|keep| format!("{sign}{keep}"))
    };
    if !cell.split(' ').any(|word| of(word).is_some()) {
        return cell.to_owned();
    }
    cell.split(' ').map(|word| of(word).unwrap_or_else(|| word.to_owned())).collect::<Vec<_>>().join(" ")
}

/// The words, each once, where joining has made two alike.
fn once(cell: &str) -> String {
    let mut found: Vec<&str> = Vec::new();
    for word in cell.split(' ') {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(" ")
}

/// Groups of `guanai.toml` that list children.
fn groups(snapshot: &Snapshot, now: &Now, change_set: &mut ChangeSet) -> Outcome<()> {
    let is_named = snapshot.school.group.values().any(|group| group.students.iter().any(|id| now.contains_key(id)));
    if !is_named {
        return Ok(());
    }
    let before = snapshot.read(SCHOOL_FILE)?.unwrap_or_default();
    let mut document: DocumentMut = text_of(SCHOOL_FILE, &before)?.parse().map_err(|error: toml_edit::TomlError| {
        Problem::data("toml-syntax", Place::file(SCHOOL_FILE)).with("message", error.message())
    })?;
    let groups = document.get_mut("group").and_then(toml_edit::Item::as_table_mut);
    for (_, group) in groups.into_iter().flat_map(toml_edit::Table::iter_mut) {
        let Some(list) = group.get_mut("students").and_then(toml_edit::Item::as_array_mut) else { continue };
        for value in list.iter_mut() {
            let keep = value.as_str().and_then(|id| id.parse::<StudentId>().ok()).and_then(|id| now.get(&id));
            if let Some(keep) = keep {
                let decor = value.decor().clone();
                *value = keep.as_str().into();
                *value.decor_mut() = decor;
            }
        }
    }
    change_set.write(SCHOOL_FILE, Some(before), Some(document.to_string().into_bytes()));
    Ok(())
}

/// Keeps that the one has become the other, beside what a census gives to know the child by. The register may have been
/// changed by this change set before.
fn remember(snapshot: &Snapshot, keep: &StudentFile, other: &StudentFile, change_set: &mut ChangeSet) -> Outcome<()> {
    let known = change_set.files.iter().position(|file| file.path == MATCHES.path);
    let (before, bytes) = match known {
        Some(at) => {
            let file = change_set.files.remove(at);
            (file.before, file.after)
        }
        None => (snapshot.read(MATCHES.path)?, snapshot.read(MATCHES.path)?),
    };
    let table = MATCHES.writable_from(bytes)?;
    let gone = &other.student;
    let text = |value: Option<String>| value.unwrap_or_default();
    let cells = Cells::from([
        (
            "id".to_owned(),
            IdSource::derived_from(&["joined", gone.id.as_str(), keep.student.id.as_str()]).row().to_string(),
        ),
        ("name".to_owned(), gone.name.clone()),
        ("class".to_owned(), text(gone.class.map(|class| class.to_string()))),
        ("born".to_owned(), text(gone.born.map(|born| born.to_string()))),
        ("student".to_owned(), keep.student.id.to_string()),
        (WAS.to_owned(), gone.id.to_string()),
    ]);
    let is_there = table.row_of(&cells["id"]).is_some();
    let edit = if is_there { Edit::default() } else { Edit { added: vec![cells], ..Edit::default() } };
    change_set.write(MATCHES.path, before, Some(table.edited(&edit)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now::from([("bbbbbb".parse().unwrap(), "aaaaaa".parse().unwrap())])
    }

    #[test]
    fn an_id_is_changed_where_it_is_a_word_of_its_own_and_stands_once() {
        for (cell, after) in [
            ("bbbbbb", "aaaaaa"),
            ("cccccc bbbbbb", "cccccc aaaaaa"),
            ("aaaaaa bbbbbb", "aaaaaa"),
            ("class:2023-2 -bbbbbb", "class:2023-2 -aaaaaa"),
            ("bbbbbbb", "bbbbbbb"),
            ("report student bbbbbb", "report student aaaaaa"),
            ("", ""),
        ] {
            assert_eq!(once(&words(cell, &now())), after, "{cell}");
        }
    }
}
