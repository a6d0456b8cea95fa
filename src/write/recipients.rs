//! The recipients in `guanai.toml`: added and taken out with the rest of the file as it is.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::ledger::definitions::text_of;
use crate::ledger::folder::SCHOOL_FILE;
use crate::ledger::{ChangeSet, Snapshot};
use crate::model::{Outcome, Place, Problem, Recipient};

/// Adds the writing of these recipients to a change set.
pub fn write(snapshot: &Snapshot, recipients: &[Recipient], change_set: &mut ChangeSet) -> Outcome<()> {
    let before = snapshot.read(SCHOOL_FILE)?;
    let text = text_of(SCHOOL_FILE, before.as_deref().unwrap_or_default())?;
    let wrong = |error: toml_edit::TomlError| {
        Problem::data("toml-syntax", Place::file(SCHOOL_FILE)).with("message", error.message())
    };
    let mut document: DocumentMut = text.parse().map_err(wrong)?;
    set(&mut document, recipients);
    change_set.write(SCHOOL_FILE, before, Some(document.to_string().into_bytes()));
    Ok(())
}

fn set(document: &mut DocumentMut, recipients: &[Recipient]) {
    let privacy = document.entry("privacy").or_insert_with(|| Item::Table(Table::new()));
    let Some(privacy) = privacy.as_table_mut() else { return };
    let list = privacy.entry("recipient").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = list.as_array_of_tables_mut() else { return };
    let key = |table: &Table| table.get("key").and_then(Item::as_str).map(|key| key.trim().to_owned());
    list.retain(|table| recipients.iter().any(|one| key(table).as_deref() == Some(one.key.as_str())));
    for one in recipients {
        if !list.iter().any(|table| key(table).as_deref() == Some(one.key.as_str())) {
            list.push(table_of(one));
        }
    }
}

fn table_of(one: &Recipient) -> Table {
    let mut table = Table::new();
    table["name"] = value(&one.name);
    table["key"] = value(&one.key);
    if let Some(since) = one.since {
        let day: toml_edit::Datetime = since.to_string().parse().expect("a day is a TOML date");
        table["since"] = value(day);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, key: &str) -> Recipient {
        Recipient { name: name.into(), key: key.into(), since: "2026-11-24".parse().ok() }
    }

    #[test]
    fn a_recipient_comes_and_goes_and_every_other_line_stays() {
        let file = "format = 1\n[school]\nname = \"x\"\n\n[privacy]\n# why\nconfidential = \"sealed\"\n\n[group.a]\nboarding = true\n";
        let mut document: DocumentMut = file.parse().unwrap();
        set(&mut document, &[one("王老师", "age1a"), one("李校长", "age1b")]);
        let both = document.to_string();
        let school: crate::model::School = toml::from_str(&both).unwrap();
        assert_eq!(school.privacy.recipient, [one("王老师", "age1a"), one("李校长", "age1b")]);
        set(&mut document, &[one("李校长", "age1b")]);
        let left: crate::model::School = toml::from_str(&document.to_string()).unwrap();
        assert_eq!(left.privacy.recipient, [one("李校长", "age1b")]);
        for line in file.lines() {
            assert!(both.contains(line), "{line} is gone: {both}");
        }
    }
}
