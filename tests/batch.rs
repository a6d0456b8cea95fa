//! `undo`, a batch and the help, as the shell sees them.

mod support;

use support::School;

#[test]
fn undo_stops_before_the_ledger_itself() {
    let school = School::new();
    school.ok(&["student", "add", "王小明", "--id", "aaaaaa"]);
    school.ok(&["undo"]);
    let before = school.files();
    let said = school.run(&["undo"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("没有可以撤销的改动"), "{said:?}");
    assert_eq!(school.files(), before);
}
