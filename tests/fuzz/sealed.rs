//! What is sealed, and the keys that open it: a cell as it came, what an opened cell holds, and a file of keys.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guanai::ledger::Keys;
use guanai::ledger::seal::{Shut, is_sealed, new_key, recipient_count};

use super::ledger::{SEALED_ROW, small};

/// A sealed cell, and what stands inside of one.
pub fn seeds() -> Vec<Vec<u8>> {
    let small = small();
    let cell = small.recipients.seal(SEALED_ROW, [("note", "x"), ("students", "aaaaaa")].into_iter());
    let to = &small.recipients.keys()[0];
    let inside = format!(r#"{{"id":"{SEALED_ROW}","to":["{to}"],"cells":{{"note":"x","students":"aaaaaa","n":1}}}}"#);
    vec![cell.into_bytes(), inside.into_bytes()]
}

/// The input as a cell, with every key; then the input as what somebody has sealed to the school.
pub fn read(input: &[u8]) {
    let small = small();
    let text = String::from_utf8_lossy(input);
    let _ = (is_sealed(&text), recipient_count(&text));
    for keys in [&small.right_key, &small.wrong_key, &Keys::none()] {
        let _ = (keys.open(SEALED_ROW, &text), keys.open_file(input));
    }
    let file = small.recipients.sealed_file(&text);
    let cell = STANDARD.encode(&file);
    assert_eq!(small.wrong_key.open(SEALED_ROW, &cell), Err(Shut::NoKey), "a wrong key opens it");
    assert_eq!(small.wrong_key.open_file(&file), Err(Shut::NoKey), "a wrong key opens it");
    let opened = small.right_key.open_file(&file).expect("the right key opens what was just sealed");
    assert!(opened.starts_with(text.as_bytes()), "something else comes out than was put in");
    let _ = small.right_key.open(SEALED_ROW, &cell);
}

pub fn key_seeds() -> Vec<Vec<u8>> {
    vec![new_key("2026-11-24").0.into_bytes(), b"# none\nAGE-SECRET-KEY-1QQQ\n".to_vec()]
}

/// What reads the input as a file of keys.
pub fn key_reader() -> impl Fn(&[u8]) {
    let dir = super::ledger::scratch();
    let small = small();
    let cell = small.recipients.seal(SEALED_ROW, [("note", "x")].into_iter());
    move |input| {
        let path = dir.path().join("key.txt");
        std::fs::write(&path, input).expect("a temporary file");
        let keys = Keys::at(&path);
        let _ = keys.recipients();
        assert!(keys.open(SEALED_ROW, &cell).is_err(), "a key of somebody else opens it");
    }
}
