use super::*;
use proptest::prelude::*;

const CHILD: &str = "id = \"aaaaaa\"\nname = \"王小明\"\nboarding = false\naddress = \"一组\"\n\n[[parent]]\nrelation = \"father\"\n\
                     phone = \"15400000001\"\n\n[[parent.away]]\nfrom = 2021-02-15\n\n[[guardian]]\nrelation = \"aunt\"\nname = \"李秀英\"\n";
const LOG: &str = "id,date,students,note,met\nr1,2026-09-01,aaaaaa,,guardian\nr2,2026-09-03,aaaaaa,alt,\n";

fn both_ways(path: &str, base: &str, one: &str, other: &str) -> (String, Vec<Clash>) {
    let there = merged(path, Three { base: base.as_bytes(), ours: one.as_bytes(), theirs: other.as_bytes() }).unwrap();
    let back = merged(path, Three { base: base.as_bytes(), ours: other.as_bytes(), theirs: one.as_bytes() }).unwrap();
    assert_eq!(there, back, "the two directions differ");
    (String::from_utf8(there.bytes).unwrap(), there.clashes)
}

const STUDENT: &str = "students/aaaaaa.toml";
const VISITS: &str = "logs/2026-autumn/home-visit.csv";

#[test]
fn two_fields_of_one_child_and_people_in_its_lists_come_together() {
    let one =
        CHILD.replace("一组", "二组").replace("relation = \"aunt\"", "relation = \"aunt\"\nphone = \"15400000002\"");
    let other = CHILD.replace("boarding = false", "boarding = true")
        + "\n[[guardian]]\nrelation = \"uncle\"\nname = \"王大山\"\n\n[custom]\nkept = true\n";
    let (text, clashes) = both_ways(STUDENT, CHILD, &one, &other);
    assert_eq!(clashes, []);
    for part in ["二组", "boarding = true", "15400000002", "王大山", "李秀英", "[custom]\nkept = true"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_same_field_changed_twice_keeps_the_old_value_and_both_new_ones() {
    let one = CHILD.replace("15400000001", "15400000003");
    let other = CHILD.replace("15400000001", "15400000002");
    let (text, clashes) = both_ways(STUDENT, CHILD, &one, &other);
    let key = "parent.father.phone".to_owned();
    assert_eq!(clashes, [Clash { key, values: vec!["15400000002".into(), "15400000003".into()] }]);
    assert!(text.contains("phone = \"15400000001\""), "{text}");
    let file = crate::ledger::record::StudentFile::read(STUDENT, text.into()).unwrap();
    assert_eq!(file.student.clash, clashes);
    assert!(resolved_student(&file, "parent.father.phone", "15400000009").is_none());
    let settled = String::from_utf8(resolved_student(&file, "parent.father.phone", "15400000003").unwrap()).unwrap();
    assert_eq!(settled, one);
}

#[test]
fn remarks_of_both_are_kept() {
    let one = CHILD.replace("address", "# asked the aunt\naddress").replace("false", "true");
    let other = CHILD.replace("name", "# called 明明\nname").replace("一组", "三组");
    let (text, _) = both_ways(STUDENT, CHILD, &one, &other);
    assert!(text.contains("# asked the aunt") && text.contains("# called 明明"), "{text}");
    assert!(text.contains("三组") && text.contains("boarding = true"), "{text}");
}

#[test]
fn rows_of_both_are_there_in_their_order_and_cells_of_one_row_come_together() {
    let one =
        LOG.replace("r1,2026-09-01,aaaaaa,,guardian", "r1,2026-09-01,aaaaaa,neu,guardian") + "r4,2026-09-04,bbbbbb,,\n";
    let other =
        LOG.replace("r1,2026-09-01,aaaaaa,,guardian", "r1,2026-09-01,aaaaaa,,parent") + "r3,2026-09-02,bbbbbb,,\n";
    let (text, clashes) = both_ways(VISITS, LOG, &one, &other);
    assert_eq!(clashes, []);
    let wanted = "id,date,students,note,met\nr1,2026-09-01,aaaaaa,neu,parent\nr3,2026-09-02,bbbbbb,,\n\
                  r2,2026-09-03,aaaaaa,alt,\nr4,2026-09-04,bbbbbb,,\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_cell_changed_twice_stays_and_both_values_stand_beside_it_until_one_is_chosen() {
    let one = LOG.replace("alt", "x, \"y\"");
    let one = one.replace("x, \"y\"", "\"x, \"\"y\"\"\"");
    let other = LOG.replace("alt", "z");
    let (text, clashes) = both_ways(VISITS, LOG, &one, &other);
    assert_eq!(clashes, [Clash { key: "note".into(), values: vec!["x, \"y\"".into(), "z".into()] }]);
    let table = crate::ledger::table::Table::read(VISITS, text.into(), &["id"]);
    let row = table.row_of("r2").unwrap();
    assert_eq!(table.get(row, "note"), "alt");
    assert!(resolved_row(&table, row, "note", "w").is_none());
    let settled = resolved_row(&table, row, "note", "z").unwrap();
    let settled = crate::ledger::table::Table::read(VISITS, settled, &["id"]);
    assert_eq!((settled.get(row, "note"), settled.get(row, CLASH_COLUMN)), ("z", ""));
}

#[test]
fn what_one_took_out_and_the_other_changed_stays_and_what_is_damaged_is_left_to_a_person() {
    let without = LOG.replace("r2,2026-09-03,aaaaaa,alt,\n", "");
    let changed = LOG.replace("alt", "neu");
    assert!(both_ways(VISITS, LOG, &without, &changed).0.contains("neu"));
    assert!(!both_ways(VISITS, LOG, &without, &LOG.replace("guardian", "parent")).0.contains("r2"));
    let three =
        |theirs: &'static str| Three { base: LOG.as_bytes(), ours: changed.as_bytes(), theirs: theirs.as_bytes() };
    for damaged in ["<<<<<<< HEAD\nid,date\n", "id,date\nr1,2026-09-01\nr1,2026-09-02\n", "id,date\n\"r1,2026\n"] {
        assert_eq!(merged(VISITS, three(damaged)), None, "{damaged}");
    }
    assert_eq!(merged("guanai.toml", three("x = 1\n")), None);
    let child = Three { base: CHILD.as_bytes(), ours: b"id = \"aaaaaa\"\nname = \"x\"\n", theirs: b"id = \n" };
    assert_eq!(merged(STUDENT, child), None);
}

/// What a teacher does to a log: a new row, another value in a row, or a void.
#[derive(Debug, Clone)]
enum Deed {
    Add(u8, u8),
    Change(u8, u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (any::<u8>(), 1..28_u8).prop_map(|(id, day)| Deed::Add(id, day)),
        (any::<u8>(), 0..3_u8, any::<u8>()).prop_map(|(row, column, value)| Deed::Change(row, column, value)),
    ]
}

fn after(base: &[(String, [String; 4])], deeds: &[Deed], who: &str) -> Vec<(String, [String; 4])> {
    let mut rows = base.to_vec();
    for deed in deeds {
        match deed {
            Deed::Add(id, day) => {
                let id = format!("{who}{id}");
                if !rows.iter().any(|(own, _)| *own == id) {
                    rows.push((id, [format!("2026-09-{day:02}"), "aaaaaa".into(), String::new(), String::new()]));
                }
            }
            Deed::Change(row, column, value) if !rows.is_empty() => {
                let at = usize::from(*row) % rows.len();
                rows[at].1[usize::from(*column) + 1] = format!("{who}, {}", value % 4);
            }
            Deed::Change(..) => {}
        }
    }
    rows
}

fn written(rows: &[(String, [String; 4])]) -> Vec<u8> {
    use crate::ledger::table::{Table, encode};
    let mut bytes = encode(["id", "date", "students", "note", "void"].into_iter());
    for (id, cells) in rows {
        bytes.extend(encode(std::iter::once(id.as_str()).chain(cells.iter().map(String::as_str))));
    }
    Table::read(VISITS, bytes, &["id"]).canonical()
}

proptest! {
    #[test]
    fn two_logs_that_went_apart_merge_alike_in_both_directions_and_lose_no_row(
        before in prop::collection::vec(deed(), 0..8),
        one in prop::collection::vec(deed(), 0..8),
        other in prop::collection::vec(deed(), 0..8),
    ) {
        let base = after(&[], &before, "o");
        let (one, other) = (after(&base, &one, "a"), after(&base, &other, "b"));
        let (base, first, second) = (written(&base), written(&one), written(&other));
        let three = Three { base: &base, ours: &first, theirs: &second };
        let there = merged(VISITS, three).unwrap();
        let back = merged(VISITS, Three { ours: &second, theirs: &first, ..three }).unwrap();
        prop_assert_eq!(&there, &back);
        let text = String::from_utf8(there.bytes).unwrap();
        let table = crate::ledger::table::Table::read(VISITS, text.into_bytes(), &["id"]);
        for (id, cells) in one.iter().chain(&other) {
            let row = table.row_of(id).expect("no row is lost");
            let kept = [table.get(row, "students"), table.get(row, "note"), table.get(row, "void"), table.get(row, "clash")];
            for value in cells[1..].iter().filter(|value| !value.is_empty() && *value != "aaaaaa" && !value.starts_with('o')) {
                // A value is in its cell, or in the clash, or the other side's value of the same cell is the same.
                prop_assert!(kept.iter().any(|cell| cell.contains(value.as_str())), "{id}: {value} of {kept:?}");
            }
        }
        // Merging what is merged changes nothing.
        let again = written(&one);
        let twice = merged(VISITS, Three { base: &again, ours: table.source(), theirs: &again }).unwrap();
        prop_assert_eq!(&twice.bytes[..], table.source());
    }
}
